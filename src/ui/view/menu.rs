//! The keys of a context: help and palette.

use ratatui::layout::Rect;

use super::lines::marker;
use super::page::title;
use crate::ui::canvas::Canvas;
use crate::ui::menu::Menu;
use crate::ui::model::Model;
use crate::ui::style::Role;
use crate::ui::texts::Text;

/// Columns of the keys' names.
const KEYS: usize = 22;

/// Draws the list; where something is typed, the caret's place is returned.
pub(super) fn draw(model: &Model, menu: &Menu, area: Rect, canvas: &mut Canvas<'_>) -> Option<(u16, u16)> {
    let colours = model.settings.colours;
    let (lang, widths) = (model.settings.lang, model.settings.widths);
    let text = if menu.palette {
        model.text(Text::Commands).to_owned()
    } else {
        format!("{}: {}", model.text(Text::KeysHere), menu.of.name(lang))
    };
    let rows = title(model, &text, area, canvas);
    let mut caret = None;
    if menu.typing || !menu.input.is_empty() {
        let y = area.y;
        let x = if rows.y > y { area.x + widths.of(&text) as u16 + 3 } else { area.x };
        let x = x.min(area.right().saturating_sub(2));
        let (shown, column) = menu.input.window(usize::from(area.right().saturating_sub(x + 1)), widths);
        canvas.put(
            x,
            y,
            area.right(),
            menu.input.text().get(shown).unwrap_or(""),
            colours.style(Role::Plain),
        );
        let visible = menu.typing && area.height > 0;
        caret = visible.then_some(((x + column as u16).min(area.right().saturating_sub(1)), y));
    }
    let all = menu.rows(&model.keys, lang);
    for ((n, bound), y) in all.iter().enumerate().skip(menu.list.top).zip(rows.y..rows.bottom()) {
        let selected = n == menu.list.cursor;
        let (keys, plain) =
            if selected { (Role::Selected, Role::Selected) } else { (Role::Key, Role::Plain) };
        let x = canvas.mark(area.x, y, area.right(), selected.then(|| marker(widths)), colours.style(keys));
        let labels = widths.fit(&bound.labels(), KEYS);
        let x = canvas.put(x, y, area.right(), &labels, colours.style(keys));
        let text = widths.fit(bound.binding.text(lang), 30);
        canvas.put(x, y, area.right(), &text, colours.style(plain));
    }
    caret
}
