//! The marked figures, in the order they were marked.

use super::{Cell, Col, Row, Title, cut, indicator, status, whole};
use crate::index::FigureId;
use crate::query::Field;
use crate::text::visible;
use crate::ui::columns::cell;
use crate::ui::model::Model;
use crate::ui::texts::Text;

pub(super) const COLUMNS: &[Col] = &[
    cut(Title::Field(Field::Indicator), 12, 44, 8),
    cut(Title::Field(Field::Subject), 8, 28, 5),
    whole(Title::Field(Field::Period), false, 6),
    whole(Title::Field(Field::Value), true, 9),
    whole(Title::Field(Field::Status), false, 7),
    cut(Title::Field(Field::Document), 10, 30, 4),
];

pub(super) fn rows(model: &Model) -> (String, Vec<Row>) {
    let title = format!(
        "{}: {} {}  {}: {}",
        model.text(Text::Basket),
        model.marked.len(),
        model.text(Text::FigureCount),
        model.text(Text::Format),
        model.format.name(model.settings.lang)
    );
    (title, model.marked.iter().copied().map(Row::Figure).collect())
}

pub(super) fn cells(model: &Model, id: FigureId) -> Vec<Cell> {
    let Some(figure) = model.index.figure(id) else { return Vec::new() };
    let text = |field| Cell::plain(cell(field, figure, model.settings.lang, model.settings.widths));
    vec![
        indicator(model, figure),
        text(Field::Subject),
        text(Field::Period),
        text(Field::Value),
        status(model, figure.status()),
        Cell::quiet(visible(figure.title())),
    ]
}
