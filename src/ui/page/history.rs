//! The filters used before, in this run and earlier ones, the latest first.

use super::{Cell, Col, Row, Title, cut};
use crate::text::visible;
use crate::ui::model::Model;
use crate::ui::texts::Text;

pub(super) const COLUMNS: &[Col] = &[cut(Title::None, 12, 120, 9)];

pub(super) fn rows(model: &Model) -> (String, Vec<Row>) {
    let latest_first = (0..model.history.queries().len()).rev();
    (model.text(Text::History).to_owned(), latest_first.map(Row::Query).collect())
}

pub(super) fn cells(model: &Model, n: usize) -> Vec<Cell> {
    model.history.queries().get(n).map(|query| Cell::plain(visible(query))).into_iter().collect()
}
