//! The source pane: the text around the selected figure, its quantity marked.

use ratatui::style::Modifier;

use crate::text::visible;
use crate::ui::canvas::Canvas;
use crate::ui::detail::section_path;
use crate::ui::layout::Layout;
use crate::ui::model::Model;
use crate::ui::source::Look;
use crate::ui::style::{Colours, Role};
use crate::ui::texts::Text;
use crate::ui::width::shown;

/// Title, section and place of the page; and which of the document's figures is selected.
pub(super) fn caption(model: &Model) -> (String, String) {
    let Some(figure) = model.selected() else { return (String::new(), String::new()) };
    let widths = model.settings.widths;
    let mut parts = vec![widths.cut(&visible(figure.title()), 40).into_owned()];
    let section = section_path(figure);
    if !section.is_empty() && section != figure.title() {
        parts.push(widths.cut(&visible(&section), 40).into_owned());
    }
    let raw = raw_text(model);
    let number = if raw.is_some() { Text::FileLine } else { Text::Paragraph };
    parts.push(model.text(number).replace('#', &model.source.number.to_string()));
    if raw.is_some() {
        parts.push(model.text(Text::RawShown).to_owned());
    } else if model.raw {
        let dropped = figure.document().dropped.len().to_string();
        parts.push(model.text(Text::DroppedHere).replace('#', &dropped));
    }
    let range = model.index.of_document(figure.document_id());
    let order = format!("{}/{}", figure.id().0 + 1 - range.start, range.end - range.start);
    (parts.join(" | "), order)
}

/// The raw file of the selected figure, if it is to be shown and was read.
fn raw_text(model: &Model) -> Option<&str> {
    let figure = model.selected().filter(|_| model.raw)?;
    model.raw_texts.get(&figure.document_id())?.as_deref().ok()
}

pub(super) fn draw(model: &Model, layout: Layout, canvas: &mut Canvas<'_>) {
    let area = layout.source;
    let Some(figure) = model.selected() else { return };
    let colours = model.settings.colours;
    let mut y = area.y;
    if layout.source_title() {
        let (place, order) = caption(model);
        let text = model.settings.widths.cut(&place, usize::from(area.width).saturating_sub(order.len() + 2));
        canvas.put(area.x, y, area.right(), &text, colours.style(Role::Heading));
        let at = area.right().saturating_sub(order.len() as u16);
        canvas.put(at, y, area.right(), &order, colours.style(Role::Quiet));
        y += 1;
    }
    let text = raw_text(model).unwrap_or(&figure.document().text);
    let rows = usize::from(layout.source_rows());
    for line in model.source.lines.iter().skip(model.source.top).take(rows) {
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
            let brackets = colours == Colours::None && look == Look::Quantity;
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
        y += 1;
    }
}
