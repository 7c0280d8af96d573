//! What a message does to the state, and what it asks of the world.

use super::keymap::{self, Action, Context};
use super::model::{Model, ORDERS, Overlay, Pane};
use super::msg::{Effect, Msg};
use super::source::Source;
use super::texts::Text;
use crate::index::FigureId;

/// Takes one message in.
pub fn update(model: &mut Model, msg: Msg) -> Vec<Effect> {
    let mut effects = Vec::new();
    match msg {
        Msg::Key(key) => {
            model.notice = None;
            let context = model.context();
            if let Some(action) = keymap::action(context, key) {
                act(model, context, action, &mut effects);
            } else if let (true, Some(c)) = (context.types(), key.typed()) {
                typed(model, c.encode_utf8(&mut [0; 4]));
            }
        }
        Msg::Paste(text) => {
            // Outside an input a paste is most likely meant for the filter; it is never taken for keys.
            if model.context() == Context::Browse {
                model.typing = true;
            }
            if model.context().types() {
                typed(model, &text);
            }
        }
        Msg::Resize(width, height) => model.size = (width, height),
        Msg::Raw(document, text) => {
            if text.is_err() && model.raw {
                model.notice = Some(model.text(Text::RawMissing).to_owned());
            }
            model.raw_texts.insert(document, text);
            model.source = Source::default();
        }
    }
    model.settle();
    if model.raw || matches!(model.overlays.last(), Some(Overlay::Detail(_))) {
        want_raw(model, &mut effects);
    }
    effects
}

/// Asks for the raw file of the selected figure, once.
fn want_raw(model: &Model, effects: &mut Vec<Effect>) {
    if let Some(figure) = model.selected()
        && !model.raw_texts.contains_key(&figure.document_id())
    {
        effects.push(Effect::ReadRaw(figure.document_id()));
    }
}

fn typed(model: &mut Model, text: &str) {
    model.filter.insert(text);
    model.refilter();
}

fn act(model: &mut Model, context: Context, action: Action, effects: &mut Vec<Effect>) {
    match action {
        Action::Quit => effects.push(Effect::Quit),
        Action::Redraw => effects.push(Effect::Redraw),
        Action::Suspend => effects.push(Effect::Suspend),
        Action::Help => model.overlays.push(Overlay::Help { of: context, top: 0 }),
        Action::Back => back(model, context),
        Action::Filter => {
            model.typing = true;
            model.focus = Pane::Figures;
        }
        Action::Accept => model.typing = false,
        Action::Open => open(model),
        Action::Up => go(model, Step::Rows(-1)),
        Action::Down => go(model, Step::Rows(1)),
        Action::PageUp => go(model, Step::Pages(-1)),
        Action::PageDown => go(model, Step::Pages(1)),
        Action::Top => go(model, Step::Top),
        Action::Bottom => go(model, Step::Bottom),
        Action::NextPane => turn(model, 1),
        Action::PreviousPane => turn(model, 2),
        Action::Left => model.focus = Pane::Documents,
        Action::Right => {
            model.focus = if model.focus == Pane::Documents { Pane::Figures } else { Pane::Source };
        }
        Action::Sort => {
            let at = model.order.and_then(|now| ORDERS.iter().position(|f| *f == now)).map_or(0, |at| at + 1);
            model.order = ORDERS.get(at).copied();
            sorted(model);
        }
        Action::Reverse => {
            model.reversed = !model.reversed;
            sorted(model);
        }
        Action::NextInText => walk(model, true),
        Action::PreviousInText => walk(model, false),
        Action::Raw => raw(model),
        edit => {
            let before = model.filter.text().to_owned();
            model.filter.edit(edit);
            if before != model.filter.text() {
                model.refilter();
            }
        }
    }
}

/// Esc: out of an overlay; out of the filter, clearing it; then the chosen document.
fn back(model: &mut Model, context: Context) {
    match context {
        Context::Detail | Context::Help => {
            model.overlays.pop();
        }
        Context::Filter | Context::Browse => {
            model.typing = false;
            if model.filter.clear() {
                model.refilter();
            } else if context == Context::Browse && model.documents.cursor > 0 {
                model.documents.cursor = 0;
                model.rearrange();
            }
        }
    }
}

fn open(model: &mut Model) {
    match model.focus {
        Pane::Documents => model.focus = Pane::Figures,
        _ if !model.rows.is_empty() => model.overlays.push(Overlay::Detail(super::detail::Detail::default())),
        _ => {}
    }
}

fn turn(model: &mut Model, by: usize) {
    const ROUND: [Pane; 3] = [Pane::Documents, Pane::Figures, Pane::Source];
    let at = ROUND.iter().position(|p| *p == model.focus).unwrap_or(0);
    if let Some(pane) = ROUND.get((at + by) % ROUND.len()) {
        model.focus = *pane;
    }
}

fn sorted(model: &mut Model) {
    model.refilter();
    let order = model.order.map_or(model.text(Text::OrderText), |field| field.name(model.settings.lang));
    let mut notice = format!("{}: {order}", model.text(Text::Sorted));
    if model.reversed {
        notice.push_str(", ");
        notice.push_str(model.text(Text::Reversed));
    }
    model.notice = Some(notice);
}

/// To the next or previous of the shown figures in the order of the text.
fn walk(model: &mut Model, forward: bool) {
    let Some(here) = model.rows.get(model.figures.cursor).copied() else { return };
    let row = |(at, id): (usize, &FigureId)| (*id, at);
    let rows = model.rows.iter().enumerate().map(row);
    let next = if forward { rows.filter(|r| r.0 > here).min() } else { rows.filter(|r| r.0 < here).max() };
    if let Some((_, at)) = next {
        model.figures.cursor = at;
    }
}

fn raw(model: &mut Model) {
    model.raw = !model.raw;
    model.source = Source::default();
    let unreadable =
        model.selected().and_then(|f| model.raw_texts.get(&f.document_id())).is_some_and(Result::is_err);
    if model.raw && unreadable {
        model.notice = Some(model.text(Text::RawMissing).to_owned());
    }
}

/// A movement in a list.
#[derive(Clone, Copy, Debug)]
enum Step {
    Rows(isize),
    Pages(isize),
    Top,
    Bottom,
}

impl Step {
    /// The new place in a list of `len` whose page has `page` rows.
    fn from(self, at: usize, len: usize, page: usize) -> usize {
        let by = |n: isize| at.saturating_add_signed(n);
        let to = match self {
            Self::Rows(n) => by(n),
            Self::Pages(n) => by(n.saturating_mul(isize::try_from(page.max(1)).unwrap_or(1))),
            Self::Top => 0,
            Self::Bottom => usize::MAX,
        };
        to.min(len.saturating_sub(1))
    }
}

fn go(model: &mut Model, step: Step) {
    let layout = model.layout();
    let body = usize::from(layout.body.height).saturating_sub(1);
    match model.overlays.last_mut() {
        Some(Overlay::Detail(detail)) => detail.top = step.from(detail.top, detail.lines.len(), body),
        Some(Overlay::Help { of, top }) => {
            *top = step.from(*top, keymap::bindings(*of).count(), body);
        }
        None => match model.focus {
            Pane::Documents => {
                let page = usize::from(layout.documents.height);
                let to = step.from(model.documents.cursor, model.counts.len() + 1, page);
                if to != model.documents.cursor {
                    model.documents.cursor = to;
                    model.rearrange();
                }
            }
            Pane::Figures => {
                let page = usize::from(layout.figure_rows_or_page());
                let to = step.from(model.figures.cursor, model.rows.len(), page);
                // A page turns the window with the cursor.
                if let Step::Pages(n) = step {
                    let by = n.saturating_mul(isize::try_from(page).unwrap_or(0));
                    model.figures.top = model.figures.top.saturating_add_signed(by);
                }
                model.figures.cursor = to;
            }
            Pane::Source => {
                let page = usize::from(layout.source_rows());
                model.source.top = step.from(model.source.top, model.source.lines.len(), page);
            }
        },
    }
}
