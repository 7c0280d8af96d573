//! What the figures are about: the commonest values of each field, with bars; Enter filters by one.
//!
//! `状态  事实 104 ██████████`

use std::collections::HashMap;

use super::{BAR, Cell, Col, Row, Title, cut, whole};
use crate::index::FigureRef;
use crate::query::{Field, show};
use crate::text::visible;
use crate::ui::model::Model;
use crate::ui::texts::Text;

pub(super) const COLUMNS: &[Col] = &[
    cut(Title::None, 12, 44, 8),
    whole(Title::Text(Text::Count), true, 9),
    Col { title: Title::None, right: false, low: 0, high: BAR, worth: 1 },
];

/// Most values of a field.
const MOST: usize = 10;

const FIELDS: &[Field] = &[
    Field::Status,
    Field::Kind,
    Field::Subject,
    Field::Indicator,
    Field::Period,
    Field::Unit,
    Field::Document,
    Field::Source,
];

pub(super) fn rows(model: &Model) -> (String, Vec<Row>) {
    let lang = model.settings.lang;
    let mut rows = Vec::new();
    for field in FIELDS {
        let mut counts: HashMap<String, usize> = HashMap::new();
        for id in &model.rows {
            if let Some(figure) = model.index.figure(*id) {
                *counts.entry(value(figure, *field, model)).or_default() += 1;
            }
        }
        let different = counts.keys().filter(|value| !value.is_empty()).count();
        let mut counts: Vec<(String, usize)> = counts.into_iter().collect();
        counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let most = counts.first().map_or(0, |(_, count)| *count);
        if different > 0 {
            rows.push(Row::Heading(format!("{} ({different})", field.name(lang))));
            rows.extend(
                counts.into_iter().take(MOST).map(|(value, count)| facet(model, *field, &value, count, most)),
            );
        }
    }
    let count = model.rows.len();
    (format!("{}: {count} {}", model.text(Text::Overview), model.text(Text::FigureCount)), rows)
}

/// What the figures are counted by.
fn value(figure: FigureRef<'_>, field: Field, model: &Model) -> String {
    match field {
        Field::Indicator => figure.indicator_id().to_owned(),
        Field::Period => figure.period().map_or_else(String::new, |period| match period.years() {
            Some((from, to)) if from == to => from.to_string(),
            Some((from, to)) => format!("{from}..{to}"),
            None => period.as_str().to_owned(),
        }),
        _ => show::text(figure, field, model.settings.lang).into_owned(),
    }
}

fn facet(model: &Model, field: Field, value: &str, count: usize, most: usize) -> Row {
    let lang = model.settings.lang;
    let name = field.name(lang);
    let plain = value.chars().all(|c| c.is_alphanumeric() || ".%".contains(c));
    let (label, filter) = match field {
        _ if value.is_empty() => {
            (model.text(Text::Without).to_owned(), format!("-{}:{name}", Field::Has.name(lang)))
        }
        Field::Period if value.starts_with('R') => {
            (model.text(Text::Yearly).to_owned(), format!("{name}:每年"))
        }
        Field::Period if value.starts_with('P') => (value.to_owned(), format!("{name}:{value}")),
        _ if plain => (value.to_owned(), format!("{name}:{value}")),
        _ => (value.to_owned(), format!("{name}:\"{}\"", value.replace('"', ""))),
    };
    Row::Facet { label: visible(&label).into_owned(), filter, count, most }
}

pub(super) fn cells(label: &str, count: usize, most: usize) -> Vec<Cell> {
    // Precise enough for a bar.
    #[expect(clippy::cast_precision_loss, reason = "a bar has 24 columns")]
    let share = count as f64 / most.max(1) as f64;
    vec![Cell::plain(format!("  {label}")), Cell::plain(count.to_string()), Cell::bar(share)]
}
