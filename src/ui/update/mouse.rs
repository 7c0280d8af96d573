//! Clicks, the wheel and dragged borders, for those who switched the mouse on.

use ratatui::layout::{Position, Rect};

use super::lists::{Step, choose, steps, within};
use crate::ui::group::Line;
use crate::ui::model::{Model, Overlay, Pane};
use crate::ui::msg::Mouse;
use crate::ui::view;

/// Rows a turn of the wheel moves.
const WHEEL: isize = 3;

pub(super) fn act(model: &mut Model, mouse: Mouse, x: u16, y: u16) {
    match mouse {
        Mouse::WheelUp => wheel(model, Step::Rows(-WHEEL), x, y),
        Mouse::WheelDown => wheel(model, Step::Rows(WHEEL), x, y),
        Mouse::Press => press(model, x, y),
        Mouse::Drag => {
            if let Some(border) = model.dragged {
                model.split = model.layout().moved(model.split, border, x, y);
            }
        }
        Mouse::Release => model.dragged = None,
    }
}

fn wheel(model: &mut Model, step: Step, x: u16, y: u16) {
    if !model.overlays.is_empty() {
        steps(model, step);
    } else if let Some(pane) = under(model, x, y) {
        within(model, pane, step);
    }
}

fn press(model: &mut Model, x: u16, y: u16) {
    let layout = model.layout();
    let row = |area: Rect, headings: bool| {
        let inside = area.contains(Position { x, y });
        let top = area.y + u16::from(headings);
        if inside { y.checked_sub(top).map(usize::from) } else { None }
    };
    if !model.overlays.is_empty() {
        if let Some(Overlay::Page(page)) = model.overlays.last_mut()
            && let layout = page.layout(layout)
            && let Some(n) = row(layout.above, layout.page_headings(page.columns()))
        {
            page.select((page.list.top + n).min(page.rows.len().saturating_sub(1)));
        }
        return;
    }
    model.dragged = layout.border(x, y);
    let Some(pane) = under(model, x, y) else { return };
    match pane {
        Pane::Documents => {
            if let Some(n) = row(layout.documents, false) {
                choose(model, (model.documents.top + n).min(model.document_rows.len().saturating_sub(1)));
            }
        }
        Pane::Figures => match row(layout.figures, layout.figure_headings()) {
            Some(n) => {
                let last = model.rows.len().saturating_sub(1);
                let (Line::Row(row) | Line::Heading(row)) = model.groups.at(model.figures.top + n);
                model.figures.cursor = row.min(last);
            }
            None => {
                // The name of a column: by that, and a second time the other way round.
                if let Some(field) = view::column_at(model, layout, x) {
                    let again = model.order.by == Some(field);
                    model.order.reversed = again && !model.order.reversed;
                    model.order.by = Some(field);
                    super::sorted(model);
                }
            }
        },
        Pane::Source => {}
    }
    model.focus = pane;
}

fn under(model: &Model, x: u16, y: u16) -> Option<Pane> {
    let layout = model.layout();
    let panes =
        [(Pane::Documents, layout.documents), (Pane::Figures, layout.figures), (Pane::Source, layout.source)];
    panes.into_iter().find(|(_, area)| area.contains(Position { x, y })).map(|(pane, _)| pane)
}
