//! Clicks and the wheel, for those who switched the mouse on.

use ratatui::layout::{Position, Rect};

use super::lists::{Step, choose, steps, within};
use crate::ui::model::{Model, Overlay, Pane};
use crate::ui::msg::Mouse;

/// Rows a turn of the wheel moves.
const WHEEL: isize = 3;

pub(super) fn act(model: &mut Model, mouse: Mouse, x: u16, y: u16) {
    let wheel = match mouse {
        Mouse::Press => None,
        Mouse::WheelUp => Some(Step::Rows(-WHEEL)),
        Mouse::WheelDown => Some(Step::Rows(WHEEL)),
    };
    let layout = model.layout();
    let row = |area: Rect, headings: bool| {
        let inside = area.contains(Position { x, y });
        let top = area.y + u16::from(headings);
        if inside { y.checked_sub(top).map(usize::from) } else { None }
    };
    if !model.overlays.is_empty() {
        if let Some(step) = wheel {
            steps(model, step);
        } else if let Some(Overlay::Page(page)) = model.overlays.last_mut()
            && let layout = page.layout(layout)
            && let Some(n) = row(layout.above, layout.page_headings(page.columns()))
        {
            page.select((page.list.top + n).min(page.rows.len().saturating_sub(1)));
        }
        return;
    }
    let panes =
        [(Pane::Documents, layout.documents), (Pane::Figures, layout.figures), (Pane::Source, layout.source)];
    let Some((under, _)) = panes.into_iter().find(|(_, area)| area.contains(Position { x, y })) else {
        return;
    };
    match (wheel, under) {
        (Some(step), _) => within(model, under, step),
        (None, Pane::Documents) => {
            if let Some(n) = row(layout.documents, false) {
                choose(model, (model.documents.top + n).min(model.counts.len()));
            }
        }
        (None, Pane::Figures) => {
            if let Some(n) = row(layout.figures, layout.figure_headings()) {
                model.figures.cursor = (model.figures.top + n).min(model.rows.len().saturating_sub(1));
            }
        }
        (None, Pane::Source) => {}
    }
    if wheel.is_none() {
        model.focus = under;
    }
}
