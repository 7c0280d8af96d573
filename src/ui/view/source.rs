//! The source pane: the text around the selected figure, its quantity marked.

use ratatui::layout::Rect;
use ratatui::style::Modifier;

use crate::text::visible;
use crate::ui::canvas::Canvas;
use crate::ui::detail::section_path;
use crate::ui::layout::Layout;
use crate::ui::model::Model;
use crate::ui::source::Look;
use crate::ui::style::Role;
use crate::ui::texts::Text;
use crate::ui::width::shown;

/// Title, section and place of the page; and which of the document's figures is selected.
fn caption(model: &Model) -> (String, String) {
    let Some(place) = model.place() else { return (String::new(), String::new()) };
    let Some(document) = model.index.document(place.document) else { return (String::new(), String::new()) };
    let widths = model.settings.widths;
    let title = document.title.as_deref().unwrap_or(&document.id);
    let mut parts = vec![widths.cut(&visible(title), 40).into_owned()];
    let figure = model.selected();
    let section = figure.map(section_path).unwrap_or_default();
    if !section.is_empty() && section != title {
        parts.push(widths.cut(&visible(&section), 40).into_owned());
    }
    let raw = raw_text(model);
    let number = if raw.is_some() { Text::FileLine } else { Text::Paragraph };
    // The title and what stands before the first paragraph have no number.
    if model.source.number > 0 {
        parts.push(model.text(number).replace('#', &model.source.number.to_string()));
    }
    if raw.is_some() {
        parts.push(model.text(Text::RawShown).to_owned());
    } else if model.raw {
        let dropped = document.dropped.len().to_string();
        parts.push(model.text(Text::DroppedHere).replace('#', &dropped));
    }
    let order = figure.map(|figure| {
        let range = model.index.of_document(figure.document_id());
        format!("{}/{}", figure.id().0 + 1 - range.start, range.end - range.start)
    });
    (parts.join(" | "), order.unwrap_or_default())
}

/// The caption on the line above the text, from a column on.
pub(super) fn caption_line(model: &Model, x: u16, y: u16, right: u16, canvas: &mut Canvas<'_>) {
    let (widths, colours) = (model.settings.widths, model.settings.colours);
    let (place, order) = caption(model);
    let order_at = right.saturating_sub(widths.of(&order) as u16 + 3);
    if order_at > x {
        let room = usize::from(order_at.saturating_sub(x + 3));
        let place = widths.cut(&place, room);
        if !place.is_empty() {
            canvas.put(x + 1, y, order_at, &format!(" {place} "), colours.style(Role::Plain));
        }
        if !order.is_empty() {
            canvas.put(order_at, y, right, &format!(" {order} "), colours.style(Role::Quiet));
        }
    }
}

/// The raw file of the shown place, if it is to be shown and was read.
fn raw_text(model: &Model) -> Option<&str> {
    let place = model.place().filter(|_| model.raw)?;
    model.raw_texts.get(&place.document)?.as_deref().ok()
}

/// The pane where the panes are stacked or side by side.
pub(super) fn draw(model: &Model, layout: Layout, canvas: &mut Canvas<'_>) {
    let mut area = layout.source;
    if layout.source_title() && model.place().is_some() {
        let colours = model.settings.colours;
        let (place, order) = caption(model);
        let room = usize::from(area.width).saturating_sub(order.len() + 2);
        let text = model.settings.widths.cut(&place, room);
        canvas.put(area.x, area.y, area.right(), &text, colours.style(Role::Heading));
        let at = area.right().saturating_sub(order.len() as u16);
        canvas.put(at, area.y, area.right(), &order, colours.style(Role::Quiet));
        area.y += 1;
        area.height -= 1;
    }
    text(model, area, canvas);
}

/// The text itself.
pub(super) fn text(model: &Model, area: Rect, canvas: &mut Canvas<'_>) {
    let Some(document) = model.place().and_then(|place| model.index.document(place.document)) else { return };
    let colours = model.settings.colours;
    let text = raw_text(model).unwrap_or(&document.text);
    for (line, y) in model.source.lines.iter().skip(model.source.top).zip(area.y..area.bottom()) {
        let mut x = area.x;
        for (range, look) in model.source.stretches(line) {
            let quantity = model.source.marks.quantity.clone();
            let style = colours.style(match look {
                Look::Context => Role::Quiet,
                Look::Sentence => Role::Plain,
                Look::Match => Role::Match,
                Look::Sibling => Role::Sibling,
                Look::Quantity => Role::Quantity,
            });
            let brackets = !colours.coloured && look == Look::Quantity;
            let (first, last) = (range.start == quantity.start, range.end == quantity.end);
            let plain = style.remove_modifier(Modifier::REVERSED);
            if brackets && first {
                x = canvas.put(x, y, area.right(), "[", plain);
            }
            x = canvas.put(x, y, area.right(), &shown(text.get(range).unwrap_or("")), style);
            if brackets && last {
                x = canvas.put(x, y, area.right(), "]", plain);
            }
        }
    }
}
