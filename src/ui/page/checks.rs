//! Figures that imply each other: contradictions, then agreements, then what cannot be said; Enter shows the
//! figures of a finding beside each other.
//!
//! `占比  16 ÷ 27 = 59.3 % ≈ 59 %  国家级专精特新小巨人企业  长春新区`

use super::{Cell, Col, Row, Title, cut, whole};
use crate::check::Verdict;
use crate::index::FigureId;
use crate::query::Field;
use crate::text::visible;
use crate::ui::checks::mark;
use crate::ui::columns::cell;
use crate::ui::model::Model;
use crate::ui::texts::Text;

pub(super) const COLUMNS: &[Col] = &[
    whole(Title::Text(Text::Checks), false, 7),
    cut(Title::Text(Text::Arithmetic), 20, 60, 9),
    cut(Title::Field(Field::Indicator), 10, 36, 8),
    cut(Title::Field(Field::Subject), 8, 24, 6),
    cut(Title::Field(Field::Document), 10, 30, 4),
];

/// The findings that a shown figure is part of.
pub(super) fn rows(model: &Model) -> (String, Vec<Row>) {
    let name = model.text(Text::Checks);
    let Some(checks) = &model.checks else {
        return (format!("{name}: {}", model.text(Text::Checking)), Vec::new());
    };
    let mut shown = vec![false; model.index.len()];
    for id in &model.rows {
        if let Some(shown) = shown.get_mut(id.0 as usize) {
            *shown = true;
        }
    }
    let is_shown = |id: &FigureId| shown.get(id.0 as usize).is_some_and(|shown| *shown);
    let findings = || {
        let all = checks.report.findings.iter().enumerate();
        all.filter(|(_, finding)| finding.figures().iter().any(is_shown))
    };
    let mut rows = Vec::new();
    let mut total = 0;
    for verdict in Verdict::ALL {
        let group: Vec<Row> = findings()
            .filter(|(_, finding)| finding.verdict() == verdict)
            .filter_map(|(n, finding)| Some(Row::Finding(n, *finding.figures().first()?)))
            .collect();
        if !group.is_empty() {
            total += group.len();
            let (mark, _) = mark(verdict);
            rows.push(Row::Heading(format!(
                "{mark} {} ({})",
                verdict.label(model.settings.lang),
                group.len()
            )));
            rows.extend(group);
        }
    }
    (format!("{name}: {total}"), rows)
}

pub(super) fn cells(model: &Model, n: usize) -> Vec<Cell> {
    let (lang, widths) = (model.settings.lang, model.settings.widths);
    let finding = model.checks.as_ref().and_then(|checks| checks.report.findings.get(n));
    let Some(finding) = finding else { return Vec::new() };
    let said = [finding.check().label(lang).to_owned(), finding.expression(lang)].map(Cell::plain);
    let figure = finding.figures().first().and_then(|id| model.index.figure(*id));
    let Some(figure) = figure else { return said.into() };
    let text = |field| Cell::plain(cell(field, figure, lang, widths));
    let names = [text(Field::Indicator), text(Field::Subject), Cell::quiet(visible(figure.title()))];
    said.into_iter().chain(names).collect()
}
