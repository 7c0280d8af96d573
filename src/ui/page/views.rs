//! The views that have names: what each of them shows.

use super::{Cell, Col, Row, Title, cut};
use crate::text::visible;
use crate::ui::model::Model;
use crate::ui::session;
use crate::ui::texts::Text;

pub(super) const COLUMNS: &[Col] = &[cut(Title::None, 12, 40, 9), cut(Title::None, 12, 80, 8)];

pub(super) fn rows(model: &Model) -> (String, Vec<Row>) {
    let title = format!("{} ({})", model.text(Text::Views), model.text(Text::AtName));
    (title, (0..model.views.len()).map(Row::View).collect())
}

pub(super) fn cells(model: &Model, n: usize) -> Vec<Cell> {
    let Some(view) = model.views.get(n) else { return Vec::new() };
    let arrangement = &view.arrangement;
    let name = |id: &str| session::field(id).map_or("", |field| field.name(model.settings.lang));
    let mut says = vec![arrangement.filter.clone()];
    if !arrangement.sort.is_empty() {
        says.push(format!("{}: {}", model.text(Text::Sorted), name(&arrangement.sort)));
    }
    if !arrangement.group.is_empty() {
        says.push(model.text(Text::GroupedBy).replace('#', name(&arrangement.group)));
    }
    says.retain(|part| !part.is_empty());
    vec![Cell::plain(visible(&view.name)), Cell::quiet(visible(&says.join("  ")))]
}
