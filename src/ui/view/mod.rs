//! The screen, drawn from the state into a buffer. Nothing here changes the state.

mod browse;
mod overlay;
mod source;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::canvas::Canvas;
use super::keymap::{self, Context};
use super::model::{Model, Overlay};
use super::style::Role;
use super::texts::Text;

/// Where things were drawn that the terminal must know of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Placed {
    /// The caret of the input: the terminal's own cursor belongs there, where an input method
    /// draws what is being composed.
    pub caret: Option<(u16, u16)>,
}

/// Draws the explorer. The area must be the size the model was told.
pub fn view(model: &Model, area: Rect, buffer: &mut Buffer) -> Placed {
    let mut placed = Placed::default();
    if area.width == 0 || area.height == 0 {
        return placed;
    }
    let layout = model.layout();
    let canvas = &mut Canvas::new(buffer, model.settings.widths);
    if layout.header.height > 0 {
        placed.caret = header(model, layout.header, canvas);
    }
    match model.overlays.last() {
        Some(Overlay::Detail(detail)) => overlay::detail(model, detail, layout.body, canvas),
        Some(Overlay::Help { of, top }) => overlay::help(model, *of, *top, layout.body, canvas),
        None => browse::draw(model, layout, canvas),
    }
    if layout.footer.height > 0 {
        footer(model, layout.footer, canvas);
    }
    placed
}

/// `指标  5 篇 · 142 条      / 过滤 …      38 条`, and where the caret stands.
fn header(model: &Model, area: Rect, canvas: &mut Canvas<'_>) -> Option<(u16, u16)> {
    let colours = model.settings.colours;
    let widths = model.settings.widths;
    let (left, right, y) = (area.x, area.right(), area.y);
    let counts = format!(
        " {}  {} {}  {} {}",
        model.text(Text::App),
        model.counts.len(),
        model.text(Text::DocumentCount),
        model.index.len(),
        model.text(Text::FigureCount)
    );
    let hits = format!("{} {} ", model.rows.len(), model.text(Text::FigureCount));
    let shows_filter = model.typing || !model.filter.is_empty();
    // Typing in a narrow window takes the whole line.
    let narrow = area.width < 60;
    let mut x = left;
    if !(narrow && shows_filter) {
        x = canvas.put(x, y, right, &counts, colours.style(Role::Heading)) + 2;
    }
    let end = right.saturating_sub(widths.of(&hits) as u16);
    if end > x {
        canvas.put(end, y, right, &hits, colours.style(Role::Plain));
    }
    if !shows_filter {
        return None;
    }
    let label = " / ";
    x = canvas.put(x, y, right, label, colours.style(Role::Key));
    let room = end.max(x + 1).min(right).saturating_sub(x + 1);
    let (shown, caret) = model.filter.window(usize::from(room), widths);
    let plain = colours.style(Role::Plain);
    canvas.put(x, y, right, model.filter.text().get(shown.clone()).unwrap_or(""), plain);
    // What the filter cannot make sense of is underlined where it stands.
    for message in &model.plan.messages {
        let (from, to) = (message.span.start.max(shown.start), message.span.end.min(shown.end));
        let columns = |from: usize, to: usize| {
            model.filter.text().get(from..to).map_or(0, |text| widths.of(text) as u16)
        };
        let place = Rect { x: x + columns(shown.start, from), y, width: columns(from, to), height: 1 };
        canvas.restyle(place, colours.style(Role::Mistake));
    }
    let caret = (x + caret as u16).min(right.saturating_sub(1));
    model.typing.then_some((caret, y))
}

/// What just happened, or the keys that work here.
fn footer(model: &Model, area: Rect, canvas: &mut Canvas<'_>) {
    let colours = model.settings.colours;
    let (y, right) = (area.y, area.right());
    let mistake = model.plan.messages.first().filter(|_| model.typing);
    let mistake = mistake.map(|message| model.settings.lang.pick(&message.zh, &message.en));
    if let Some(notice) = model.notice.as_ref().or(mistake) {
        let text = model.settings.widths.cut(notice, usize::from(area.width).saturating_sub(1));
        canvas.put(area.x + 1, y, right, &text, colours.style(Role::Heading));
        return;
    }
    let widths = model.settings.widths;
    let context = model.context();
    let mut x = area.x + 1;
    // Help and the way out are never the ones left off: they come first when the line is short.
    let hints: Vec<_> = keymap::bindings(context).filter(|b| b.footer).collect();
    let width_of =
        |b: &keymap::Binding| widths.of(&b.label()) + 1 + widths.of(b.text(model.settings.lang)) + 2;
    let total: usize = hints.iter().map(|b| width_of(b)).sum();
    let room = usize::from(area.width).saturating_sub(1);
    let mut over = total.saturating_sub(room + 2);
    let keep = if context == Context::Browse { 2 } else { 1 };
    let last = hints.len().saturating_sub(keep);
    let mut dropped = vec![false; hints.len()];
    for (n, hint) in hints.iter().enumerate().take(last).rev() {
        if over == 0 {
            break;
        }
        over = over.saturating_sub(width_of(hint));
        if let Some(d) = dropped.get_mut(n) {
            *d = true;
        }
    }
    for (hint, _) in hints.iter().zip(dropped).filter(|(_, dropped)| !dropped) {
        x = canvas.put(x, y, right, &hint.label(), colours.style(Role::Key));
        x = canvas.put(x + 1, y, right, hint.text(model.settings.lang), colours.style(Role::Plain)) + 2;
        if x >= right {
            break;
        }
    }
}
