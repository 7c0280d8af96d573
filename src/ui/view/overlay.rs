//! What lies over the panes: the detail of a figure, the list of keys.

use ratatui::layout::Rect;

use crate::ui::canvas::Canvas;
use crate::ui::detail::{Detail, LABEL};
use crate::ui::keymap::{self, Context};
use crate::ui::model::Model;
use crate::ui::style::Role;
use crate::ui::texts::Text;

pub(super) fn detail(model: &Model, detail: &Detail, area: Rect, canvas: &mut Canvas<'_>) {
    let colours = model.settings.colours;
    let right = area.right();
    let rows = title(model, model.text(Text::Detail), area, canvas);
    for (line, y) in detail.lines.iter().skip(detail.top).zip(rows.y..rows.bottom()) {
        canvas.put(area.x + 1, y, area.x + LABEL as u16, line.label, colours.style(Role::Heading));
        canvas.put(area.x + LABEL as u16 + 1, y, right, &line.text, colours.style(line.role));
    }
}

pub(super) fn help(model: &Model, of: Context, top: usize, area: Rect, canvas: &mut Canvas<'_>) {
    let colours = model.settings.colours;
    let lang = model.settings.lang;
    let text = format!("{}: {}", model.text(Text::KeysHere), of.name(lang));
    let rows = title(model, &text, area, canvas);
    for (binding, y) in keymap::bindings(of).skip(top).zip(rows.y..rows.bottom()) {
        let labels = model.settings.widths.fit(&binding.labels(), 24);
        let x = canvas.put(area.x + 1, y, area.right(), &labels, colours.style(Role::Key));
        canvas.put(x + 1, y, area.right(), binding.text(lang), colours.style(Role::Plain));
    }
}

/// The overlay's name, if there is room for it and something else; returns what is left.
fn title(model: &Model, text: &str, area: Rect, canvas: &mut Canvas<'_>) -> Rect {
    if area.height < 2 {
        return area;
    }
    canvas.put(
        area.x,
        area.y,
        area.right(),
        &format!(" {text}"),
        model.settings.colours.style(Role::ActiveBorder),
    );
    Rect { y: area.y + 1, height: area.height - 1, ..area }
}
