//! Every aim with the latest fact about the same thing of the same subject, and how far it is;
//! the furthest first. Aims without a fact follow, then the rules.
//!
//! `专精特新企业  长春新区  2022  ≥ 210 户   80 户 (2021)   差 130 户  38% ████`

use super::{BAR, Cell, Col, Row, Title, cut, indicator, whole};
use crate::index::quick::QuickMap;
use crate::index::{FigureId, FigureRef, Index};
use crate::model::{Bound, Decimal, Status};
use crate::query::Field;
use crate::ui::columns::cell;
use crate::ui::comparable::{Matter, Units, in_unit, near, until};
use crate::ui::model::Model;
use crate::ui::style::Role;
use crate::ui::texts::Text;
use crate::ui::value;

pub(super) const COLUMNS: &[Col] = &[
    cut(Title::Field(Field::Indicator), 12, 44, 8),
    cut(Title::Field(Field::Subject), 8, 28, 6),
    whole(Title::Field(Field::Period), false, 4),
    whole(Title::Text(Text::Aim), true, 9),
    whole(Title::Text(Text::LatestFact), true, 7),
    whole(Title::Text(Text::When), false, 3),
    whole(Title::Text(Text::Distance), true, 5),
    Col { title: Title::None, right: false, low: 0, high: BAR, worth: 1 },
];

pub(super) fn rows(model: &Model) -> (String, Vec<Row>) {
    let units = model.units();
    let figures = || model.rows.iter().filter_map(|id| model.index.figure(*id));
    let aims = || figures().filter(|f| f.status() == Status::Target);
    let facts = latest_facts(&model.index, units, aims());
    let (mut far, mut open) = (Vec::new(), Vec::new());
    for aim in aims() {
        let fact = facts.get(&whose(units, aim)).and_then(|(_, id)| model.index.figure((*id)?));
        let reached = fact.and_then(|fact| reached(units, aim, fact));
        let row = Row::Aim { aim: aim.id(), fact: fact.map(FigureRef::id), reached };
        match reached {
            Some(share) => far.push((share, row)),
            None => open.push(row),
        }
    }
    far.sort_by(|a, b| a.0.total_cmp(&b.0));
    let rules: Vec<Row> =
        figures().filter(|f| f.status() == Status::Rule).map(|f| Row::Figure(f.id())).collect();
    let title = format!("{}: {}", model.text(Text::Targets), far.len() + open.len());
    let mut rows = Vec::new();
    for (text, group) in [
        (Text::WithFact, far.into_iter().map(|(_, row)| row).collect()),
        (Text::WithoutFact, open),
        (Text::Rules, rules),
    ] {
        let group: Vec<Row> = group;
        if !group.is_empty() {
            rows.push(Row::Heading(format!("{} ({})", model.text(text), group.len())));
            rows.extend(group);
        }
    }
    (title, rows)
}

/// A matter and its subject.
type Whose = (Matter, u32);

fn whose(units: &Units, figure: FigureRef<'_>) -> Whose {
    (units.matter(figure), figure.subject_number())
}

/// For each matter and subject of the aims the latest fact in the whole dataset, with its last day.
fn latest_facts<'a>(
    index: &Index,
    units: &Units,
    aims: impl Iterator<Item = FigureRef<'a>>,
) -> QuickMap<Whose, (Option<i32>, Option<FigureId>)> {
    let mut latest: QuickMap<Whose, (Option<i32>, Option<FigureId>)> =
        aims.map(|aim| (whose(units, aim), (None, None))).collect();
    for fact in index.figures().filter(|f| f.status() == Status::Actual && f.value().is_some()) {
        if let Some((day, id)) = latest.get_mut(&whose(units, fact))
            && (id.is_none() || until(fact) > *day)
        {
            (*day, *id) = (until(fact), Some(fact.id()));
        }
    }
    latest
}

/// How much of an aim a fact is; more than 1 is better than aimed at, also for a ceiling.
fn reached(units: &Units, aim: FigureRef<'_>, fact: FigureRef<'_>) -> Option<f64> {
    let (aim_value, fact_value) = (units.base(aim)?, units.base(fact)?);
    let ceiling = matches!(aim.bound(), Bound::Le | Bound::Lt) != aim_value.is_sign_negative();
    let (whole, part) = if ceiling { (fact_value, aim_value) } else { (aim_value, fact_value) };
    let share = near(part) / near(whole);
    share.is_finite().then_some(share)
}

pub(super) fn cells(model: &Model, aim: FigureId, fact: Option<FigureId>, reached: Option<f64>) -> Vec<Cell> {
    let (lang, widths) = (model.settings.lang, model.settings.widths);
    let Some(aim) = model.index.figure(aim) else { return Vec::new() };
    let text = |figure, field| Cell::plain(cell(field, figure, lang, widths));
    let mut cells = vec![
        indicator(model, aim),
        text(aim, Field::Subject),
        text(aim, Field::Period),
        Cell { role: Role::Status(aim.status()), ..text(aim, Field::Value) },
    ];
    let Some(fact) = fact.and_then(|id| model.index.figure(id)) else { return cells };
    cells.extend([text(fact, Field::Value), Cell::quiet(cell(Field::Period, fact, lang, widths))]);
    if let Some(reached) = reached {
        let distance = if reached >= 1.0 {
            model.text(Text::Reached).to_owned()
        } else {
            missing(model.units(), aim, fact).map_or_else(String::new, |missing| {
                format!("{} {}", model.text(Text::Missing), value::like(missing, aim))
            })
        };
        cells.extend([Cell::plain(distance), Cell::bar(reached.clamp(0.0, 1.0))]);
    }
    cells
}

/// What a fact lacks of an aim, in the aim's unit.
fn missing(units: &Units, aim: FigureRef<'_>, fact: FigureRef<'_>) -> Option<Decimal> {
    let fact = in_unit(units.base(fact)?, aim.unit().unwrap_or(""))?;
    Some(aim.value()?.checked_sub(fact)?.abs())
}
