//! What can be compared: the indicators of the shown figures, with how many subjects and periods each has.

use super::{Cell, Col, Row, Title, cut, whole};
use crate::model::Kind;
use crate::query::{Field, show};
use crate::text::visible;
use crate::ui::model::Model;
use crate::ui::texts::Text;

pub(super) const COLUMNS: &[Col] = &[
    whole(Title::None, false, 9),
    cut(Title::Field(Field::Indicator), 12, 44, 8),
    whole(Title::Field(Field::Kind), false, 5),
    whole(Title::Field(Field::Unit), false, 6),
    whole(Title::Text(Text::Count), true, 7),
];

pub(super) fn rows(model: &Model) -> (String, Vec<Row>) {
    let count = model.compare().map_or(0, |compare| compare.matters.len());
    (format!("{}: {count}", model.text(Text::ChooseIndicators)), (0..count).map(Row::Matter).collect())
}

pub(super) fn cells(model: &Model, n: usize) -> Vec<Cell> {
    let Some(compare) = model.compare() else { return Vec::new() };
    let Some(&(matter, count, unit)) = compare.matters.get(n) else { return Vec::new() };
    let lang = model.settings.lang;
    let unit =
        model.index.columns().units.get(unit as usize).map_or("", |name| model.index.names().text(*name));
    let kind =
        if matter.kind == Kind::Level { "" } else { show::choice(Field::Kind, matter.kind as u8, lang) };
    vec![
        Cell::plain(if compare.picked.contains(&n) { "[x]" } else { "[ ]" }),
        Cell::plain(visible(model.index.names().text(matter.indicator))),
        Cell::quiet(kind),
        Cell::quiet(visible(unit)),
        Cell::plain(count.to_string()),
    ]
}
