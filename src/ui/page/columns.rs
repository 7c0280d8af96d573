//! The columns of the figures' table: which are shown, in what order.

use super::{Cell, Col, Row, Title, cut, whole};
use crate::query::Field;
use crate::ui::model::Model;
use crate::ui::texts::Text;

pub(super) const COLUMNS: &[Col] =
    &[whole(Title::None, false, 9), whole(Title::None, false, 8), cut(Title::None, 10, 60, 1)];

/// The shown ones in their order, then the others.
pub(super) fn rows(model: &Model) -> (String, Vec<Row>) {
    let hidden = Field::of_figures().map(|row| row.field).filter(|field| !model.fields.contains(field));
    let rows = model.fields.iter().copied().chain(hidden).map(Row::Column).collect();
    (model.text(Text::Columns).to_owned(), rows)
}

pub(super) fn cells(model: &Model, field: Field) -> Vec<Cell> {
    let lang = model.settings.lang;
    let shown = if model.fields.contains(&field) { "[x]" } else { "[ ]" };
    let about = lang.pick(field.row().about_zh, field.row().about_en);
    vec![Cell::plain(shown), Cell::plain(field.name(lang)), Cell::quiet(about)]
}
