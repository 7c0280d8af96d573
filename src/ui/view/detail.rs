//! All fields of one figure.

use ratatui::layout::Rect;

use super::page::title;
use crate::ui::canvas::Canvas;
use crate::ui::detail::{Detail, LABEL};
use crate::ui::model::Model;
use crate::ui::style::Role;
use crate::ui::texts::Text;

pub(super) fn draw(model: &Model, detail: &Detail, area: Rect, canvas: &mut Canvas<'_>) {
    let colours = model.settings.colours;
    let right = area.right();
    let rows = title(model, model.text(Text::Detail), area, canvas);
    for (line, y) in detail.lines.iter().skip(detail.top).zip(rows.y..rows.bottom()) {
        canvas.put(area.x + 1, y, area.x + LABEL as u16, line.label, colours.style(Role::Heading));
        canvas.put(area.x + LABEL as u16 + 1, y, right, &line.text, colours.style(line.role));
    }
}
