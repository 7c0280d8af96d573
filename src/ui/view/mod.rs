//! The screen, drawn from the state into a buffer. Nothing here changes the state.

mod bars;
mod browse;
mod compare;
mod detail;
mod evidence;
mod lines;
mod menu;
mod page;
mod source;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::canvas::Canvas;
use super::keymap::Context;
use super::keys::Bound;
use super::model::{Model, Naming, Overlay};
use super::search::Progress;
use super::style::Role;
use super::texts::Text;

pub(super) use browse::{column_at, order_mark};
pub(super) use compare::columns as compare_columns;

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
    let asks = |overlay: &&Overlay| matches!(overlay, Overlay::Prompt(_) | Overlay::Confirm { .. });
    match model.overlays.iter().rev().find(|overlay| !asks(overlay)) {
        Some(Overlay::Detail(detail)) => detail::draw(model, detail, layout.body, canvas),
        Some(Overlay::Page(page)) => page::draw(model, page, layout, canvas),
        Some(Overlay::Compare(compare)) => compare::draw(model, compare, layout, canvas),
        Some(Overlay::Evidence(evidence)) => evidence::draw(model, evidence, layout.body, canvas),
        Some(Overlay::Menu(menu)) => {
            placed.caret = menu::draw(model, menu, layout.body, canvas);
        }
        Some(Overlay::Prompt(_) | Overlay::Confirm { .. }) | None => browse::draw(model, layout, canvas),
    }
    // Drawn when it is known whether all that was to be shown could be read.
    if layout.header.height > 0 {
        placed.caret = placed.caret.or(header(model, layout.header, canvas));
    }
    // A question is asked in the last row, whatever that is.
    let last = Rect { y: area.bottom() - 1, height: 1, ..area };
    match question(model, last, canvas) {
        Asked::At(x, y) => placed.caret = Some((x, y)),
        Asked::Plainly => placed.caret = None,
        Asked::Nothing if layout.footer.height > 0 => footer(model, layout.footer, canvas),
        Asked::Nothing => {}
    }
    if model.settings.plain && placed.caret.is_none() {
        // What reads the screen aloud follows the cursor.
        placed.caret = canvas.selected;
    }
    placed
}

/// `指标  5 篇  142 条      / 过滤 …      38 条`, and where the caret stands.
fn header(model: &Model, area: Rect, canvas: &mut Canvas<'_>) -> Option<(u16, u16)> {
    let colours = model.settings.colours;
    let widths = model.settings.widths;
    let (left, right, y) = (area.x, area.right(), area.y);
    let shown_of = model.shown_of();
    let counts = match &shown_of {
        Some(_) => format!(" {}  Spark", model.text(Text::App)),
        None => format!(
            " {}  {} {}  {} {}",
            model.text(Text::App),
            model.counts.len(),
            model.text(Text::DocumentCount),
            model.index.len(),
            model.text(Text::FigureCount)
        ),
    };
    let rows = shown_of.unwrap_or_else(|| model.rows.len().to_string());
    let mut hits = format!("{rows} {} ", model.text(Text::FigureCount));
    match model.searches.progress {
        Progress::Running => hits = format!("{}  {hits}", model.text(Text::Searching)),
        Progress::Stopped => hits = format!("{}  {hits}", model.text(Text::Stopped)),
        Progress::Done(Some(millis)) if !model.filter.is_empty() => {
            let millis = if millis == 0 { "<1".to_owned() } else { millis.to_string() };
            hits = format!("{hits} {millis} {} ", model.text(Text::Milliseconds));
        }
        Progress::Done(_) => {}
    }
    if let Some(percent) = model.loading.percent {
        hits = format!("{} {percent}%  {hits}", model.text(Text::Reading));
    }
    if model.index.lost() {
        hits = format!("{}  {hits}", model.text(Text::Lost));
    }
    if !model.marked.is_empty() {
        hits = format!("*{}  {hits}", model.marked.len());
    }
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
    x = canvas.put(x, y, right, " / ", colours.style(Role::Key));
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
    (model.typing && model.overlays.is_empty()).then_some((caret, y))
}

/// What is asked in the last row.
enum Asked {
    Nothing,
    /// A question answered by a key.
    Plainly,
    /// One answered by typing, with the caret here.
    At(u16, u16),
}

/// The name of a file being typed, or a question.
fn question(model: &Model, area: Rect, canvas: &mut Canvas<'_>) -> Asked {
    let colours = model.settings.colours;
    let widths = model.settings.widths;
    let (y, right) = (area.y, area.right());
    let blank = " ".repeat(usize::from(area.width));
    match model.overlays.last() {
        Some(Overlay::Prompt(prompt)) => {
            canvas.put(area.x, y, right, &blank, colours.style(Role::Plain));
            let what = if matches!(prompt.what, Naming::View) { Text::ViewName } else { Text::SaveAs };
            let label = format!(" {}: ", model.text(what));
            let mut x = area.x;
            if widths.of(&label) + 8 < usize::from(area.width) {
                x = canvas.put(x, y, right, &label, colours.style(Role::Heading));
            }
            let (shown, caret) = prompt.input.window(usize::from(right.saturating_sub(x + 1)), widths);
            let text = prompt.input.text().get(shown).unwrap_or("");
            let end = canvas.put(x, y, right, text, colours.style(Role::Plain));
            if let Some(problem) = prompt.problem {
                canvas.put(end + 2, y, right, model.text(problem), colours.style(Role::Mistake));
            }
            Asked::At((x + caret as u16).min(right.saturating_sub(1)), y)
        }
        Some(Overlay::Confirm { path }) => {
            canvas.put(area.x, y, right, &blank, colours.style(Role::Plain));
            let text = model.text(Text::Exists).replace('#', &crate::text::visible(path));
            let hints: Vec<&Bound> = model.keys.of(Context::Confirm).filter(|b| b.in_footer()).collect();
            let room = usize::from(area.width)
                .saturating_sub(hints.iter().map(|b| width_of(model, b)).sum::<usize>() + 3);
            let x = canvas.put(area.x + 1, y, right, &widths.cut(&text, room), colours.style(Role::Heading));
            put_hints(model, hints.into_iter(), x + 2, area, canvas);
            Asked::Plainly
        }
        _ => Asked::Nothing,
    }
}

/// What just happened, or the keys that work here.
fn footer(model: &Model, area: Rect, canvas: &mut Canvas<'_>) {
    let colours = model.settings.colours;
    let widths = model.settings.widths;
    let mistake = model.plan.messages.first().filter(|_| model.typing && model.overlays.is_empty());
    let mistake = mistake.map(|message| model.settings.lang.pick(&message.zh, &message.en).clone());
    if let Some(text) = model.notice.clone().or_else(|| offers(model)).or(mistake) {
        let text = widths.cut(&text, usize::from(area.width).saturating_sub(1)).into_owned();
        canvas.put(area.x + 1, area.y, area.right(), &text, colours.style(Role::Heading));
        return;
    }
    let context = model.context();
    // The help and the way out are never left off: the others go, from the end.
    let hints: Vec<_> = model.keys.of(context).filter(|b| b.in_footer()).collect();
    let total: usize = hints.iter().map(|b| width_of(model, b)).sum();
    let room = usize::from(area.width).saturating_sub(1);
    let mut over = total.saturating_sub(room + 2);
    let last = hints.len().saturating_sub(2);
    let mut dropped = vec![false; hints.len()];
    for (n, hint) in hints.iter().enumerate().take(last).rev() {
        if over == 0 {
            break;
        }
        over = over.saturating_sub(width_of(model, hint));
        if let Some(d) = dropped.get_mut(n) {
            *d = true;
        }
    }
    let kept = hints.iter().zip(dropped).filter(|(_, dropped)| !dropped).map(|(hint, _)| *hint);
    put_hints(model, kept, area.x + 1, area, canvas);
}

/// What completion offers, the one taken in brackets.
fn offers(model: &Model) -> Option<String> {
    let completing = model.completion.as_ref().filter(|_| model.overlays.is_empty())?;
    let offer = |(n, offer): (usize, &crate::query::Completion)| {
        let count = offer.count.map(|count| format!(" {count}")).unwrap_or_default();
        let text = crate::text::visible(&offer.insert).into_owned();
        if n == completing.at { format!("[{text}{count}]") } else { format!(" {text}{count} ") }
    };
    // The one taken stays in view.
    let from = completing.at.saturating_sub(2);
    let all: Vec<String> = completing.offers.iter().enumerate().skip(from).map(offer).collect();
    (!all.is_empty()).then(|| all.join(" "))
}

/// Columns of a hint, with the blanks after it.
fn width_of(model: &Model, bound: &Bound) -> usize {
    let widths = model.settings.widths;
    widths.of(&bound.label()) + 1 + widths.of(bound.binding.text(model.settings.lang)) + 2
}

fn put_hints<'a>(
    model: &Model,
    hints: impl Iterator<Item = &'a Bound>,
    mut x: u16,
    area: Rect,
    canvas: &mut Canvas<'_>,
) {
    let colours = model.settings.colours;
    for hint in hints {
        x = canvas.put(x, area.y, area.right(), &hint.label(), colours.style(Role::Key));
        let text = hint.binding.text(model.settings.lang);
        x = canvas.put(x + 1, area.y, area.right(), text, colours.style(Role::Plain)) + 2;
        if x >= area.right() {
            break;
        }
    }
}
