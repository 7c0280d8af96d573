//! What a message does to the state, and what it asks of the world.

mod lists;
mod mouse;
mod sharing;
mod typing;
mod views;

pub(super) use lists::refill;

use super::checks::{Checks, Evidence};
use super::compare::Compare;
use super::detail::Detail;
use super::keymap::{Action, Context};
use super::menu::Menu;
use super::model::{Model, Order, Overlay, Pane};
use super::msg::{Effect, Msg};
use super::page::{Kind, Page, Row};
use super::source::Source;
use super::texts::Text;
use crate::index::FigureId;

/// Takes one message in.
pub fn update(model: &mut Model, msg: Msg) -> Vec<Effect> {
    let mut effects = Vec::new();
    model.loading.touched |= matches!(msg, Msg::Key(_) | Msg::Paste(_) | Msg::Mouse(..));
    match msg {
        Msg::Key(key) => {
            model.notice = None;
            let context = model.context();
            model.dragged = None;
            if let Some(action) = model.keys.action(context, key) {
                act(model, context, action, &mut effects);
            } else if let (true, Some(c)) = (context.types(), key.typed()) {
                typing::insert(model, c.encode_utf8(&mut [0; 4]));
            }
        }
        Msg::Paste(text) => {
            // Outside an input a paste is most likely meant for the filter; it is never taken for keys.
            if model.context() == Context::Browse {
                model.typing = true;
            }
            typing::insert(model, &text);
        }
        Msg::Mouse(mouse, x, y) => mouse::act(model, mouse, x, y),
        Msg::Resize(width, height) => model.size = (width, height),
        Msg::Raw(document, text) => {
            if text.is_err() && model.raw {
                model.notice = Some(model.text(Text::RawMissing).to_owned());
            }
            model.raw_texts.insert(document, text);
            model.source = Source::default();
        }
        Msg::Copied(route) => sharing::copied(model, &route),
        Msg::Written(path, result) => sharing::written(model, path, result),
        Msg::Found(found) => {
            model.found(found);
            lists::refill(model);
        }
        Msg::Counted(generation, total) => model.counted(generation, total),
        Msg::Unanswered(generation, problem) => model.unanswered(generation, &problem),
        Msg::Checked(report) => {
            model.checks = Some(Checks::new(report));
            lists::refill(model);
        }
        Msg::Read { grown, percent } => model.read(grown, percent),
        Msg::Unreadable => effects.push(Effect::Quit),
        Msg::Shown(Ok(())) => {}
        Msg::Shown(Err(why)) => model.notice = Some(model.text(Text::NotShown).replace('#', &why)),
        Msg::Widths(widths) => {
            model.settings.widths = widths;
            model.source = Source::default();
            lists::refill(model);
            model.rearrange();
        }
        Msg::WidthsTooLate => model.notice = Some(model.text(Text::WidthsTooLate).to_owned()),
        Msg::Background(background) => model.settings.colours.background = background,
    }
    effects.extend(model.searches.take().map(Effect::Search));
    effects.extend(model.unremembered.drain(..).map(Effect::Remember));
    model.settle();
    if model.raw || matches!(model.overlays.last(), Some(Overlay::Detail(_))) {
        want_raw(model, &mut effects);
    }
    effects
}

/// Asks for the raw file of the shown place, once.
fn want_raw(model: &Model, effects: &mut Vec<Effect>) {
    if let Some(place) = model.place()
        && !model.raw_texts.contains_key(&place.document)
    {
        effects.push(Effect::ReadRaw(place.document));
    }
}

fn act(model: &mut Model, context: Context, action: Action, effects: &mut Vec<Effect>) {
    match action {
        Action::Overview
        | Action::Rejected
        | Action::Targets
        | Action::Checks
        | Action::Indicators
        | Action::Compare
        | Action::Complete
            if model.needs_all() => {}
        Action::Quit => effects.push(Effect::Quit),
        Action::Redraw => effects.push(Effect::Redraw),
        Action::Suspend => effects.push(Effect::Suspend),
        Action::Help => model.overlays.push(Overlay::Menu(Menu::help(context))),
        Action::Palette => model.overlays.push(Overlay::Menu(Menu::palette(Context::Browse))),
        Action::Back => back(model, context, effects),
        Action::Filter => search(model, effects),
        Action::Accept => accept(model, context, effects),
        Action::Open => open(model, effects),
        Action::Up
        | Action::Down
        | Action::PageUp
        | Action::PageDown
        | Action::Top
        | Action::Bottom
        | Action::Left
        | Action::Right => lists::go(model, action),
        Action::NextPane => turn(model, 1),
        Action::PreviousPane => turn(model, 2),
        Action::Sort => {
            if let Some(field) = lists::column(model) {
                model.order = Order { by: Some(field), reversed: false };
            } else {
                // Through the shown columns, then back to the order of the text.
                let at = model.order.by.and_then(|now| model.fields.iter().position(|f| *f == now));
                model.order.by = model.fields.get(at.map_or(0, |at| at + 1)).copied();
            }
            sorted(model);
        }
        Action::Reverse => {
            model.order.by = lists::column(model).or(model.order.by);
            model.order.reversed = !model.order.reversed;
            sorted(model);
        }
        Action::Group => group(model),
        Action::NarrowerLeft | Action::WiderLeft | Action::LowerBelow | Action::HigherBelow => {
            resize(model, action);
        }
        Action::Pager => show(model, false, effects),
        Action::Editor => show(model, true, effects),
        Action::NextInText => walk(model, true),
        Action::PreviousInText => walk(model, false),
        Action::Raw => raw(model),
        Action::Overview => page(model, Kind::Overview),
        Action::Rejected => page(model, Kind::Rejected),
        Action::Targets => page(model, Kind::Targets),
        Action::Checks => checks(model),
        Action::Columns => page(model, Kind::Columns),
        Action::Views => page(model, Kind::Views),
        Action::History => page(model, Kind::History),
        Action::Indicators => {
            page(model, Kind::Indicators);
            let at = model.compare().map_or(0, Compare::at);
            if let Some(Overlay::Page(page)) = model.overlays.last_mut() {
                page.list.cursor = at;
            }
        }
        Action::Basket => {
            page(model, Kind::Basket);
            if model.marked.is_empty() {
                model.notice = Some(model.text(Text::BasketEmpty).to_owned());
            }
        }
        Action::Compare => {
            let widths = model.settings.widths;
            let compare = Compare::new(&model.index, &model.rows, model.selected(), widths);
            model.overlays.push(Overlay::Compare(Box::new(compare)));
        }
        Action::NextIndicator | Action::PreviousIndicator => {
            let forward = action == Action::NextIndicator;
            match model.overlays.last_mut() {
                Some(Overlay::Compare(compare)) => compare.turn(&model.index, forward),
                _ => typing::recall(model, forward),
            }
        }
        Action::Remove if context == Context::Views => views::remove(model, effects),
        Action::Mark | Action::Remove => lists::mark(model),
        Action::MoveUp => lists::shift(model, false),
        Action::MoveDown => lists::shift(model, true),
        Action::Copy => sharing::copy(model, effects),
        Action::Format => sharing::format(model),
        Action::Export if context == Context::Views => views::ask(model),
        Action::Export => sharing::ask(model),
        Action::Yes => sharing::overwrite(model, effects),
        Action::Mouse => {
            model.mouse = !model.mouse;
            let text = if model.mouse { Text::MouseOn } else { Text::MouseOff };
            model.notice = Some(model.text(text).to_owned());
            effects.push(Effect::Mouse(model.mouse));
        }
        Action::Complete => typing::complete(model),
        Action::CaretLeft
        | Action::CaretRight
        | Action::CaretHome
        | Action::CaretEnd
        | Action::DeleteBack
        | Action::DeleteForward
        | Action::DeleteWord
        | Action::DeleteAll => typing::edit(model, action),
    }
}

/// Esc: out of an overlay; stops a search; out of the filter, clearing it; then the chosen document.
fn back(model: &mut Model, context: Context, effects: &mut Vec<Effect>) {
    match context {
        Context::Filter | Context::Browse if model.is_searching() => {
            model.stop_search();
            model.notice = Some(model.text(Text::SearchStopped).to_owned());
            effects.push(Effect::Stop);
        }
        Context::Palette => match model.overlays.last_mut() {
            Some(Overlay::Menu(menu)) if !menu.palette => {
                menu.typing = false;
                menu.input.clear();
            }
            _ => {
                model.overlays.pop();
            }
        },
        Context::Filter | Context::Browse => {
            model.typing = false;
            model.completion = None;
            model.recalled = None;
            if model.filter.clear() {
                model.refilter();
            } else if context == Context::Browse && model.documents.cursor > 0 {
                model.documents.cursor = 0;
                model.rearrange();
            }
        }
        _ => {
            model.overlays.pop();
        }
    }
}

/// Begins to type: the filter, or the search in the help.
fn search(model: &mut Model, effects: &mut Vec<Effect>) {
    if let Some(Overlay::Menu(menu)) = model.overlays.last_mut() {
        menu.typing = true;
    } else {
        model.typing = true;
        model.focus = Pane::Figures;
        if !model.is_searching() {
            effects.push(Effect::Prepare(model.prospect()));
        }
    }
}

fn accept(model: &mut Model, context: Context, effects: &mut Vec<Effect>) {
    if context == Context::Prompt {
        sharing::save(model, effects);
    } else {
        typing::keep(model);
    }
}

fn page(model: &mut Model, kind: Kind) {
    let page = Page::new(kind, model);
    model.overlays.push(Overlay::Page(page));
}

/// The checks; the first one that the selected figure is part of is selected.
fn checks(model: &mut Model) {
    let selected = model.selected().map(crate::index::FigureRef::id);
    page(model, Kind::Checks);
    let (Some(Overlay::Page(page)), Some(checks)) = (model.overlays.last_mut(), &model.checks) else {
        return;
    };
    let has = |row: &Row| match row {
        Row::Finding(n, _) => checks
            .report
            .findings
            .get(*n)
            .is_some_and(|finding| selected.is_some_and(|id| finding.figures().contains(&id))),
        _ => false,
    };
    if let Some(at) = page.rows.iter().position(has) {
        page.list.cursor = at;
    }
}

/// The figures of the selected finding, beside each other.
fn evidence(model: &mut Model) {
    let Some(Overlay::Page(page)) = model.overlays.last() else { return };
    let Some(Row::Finding(n, _)) = page.selected() else { return };
    let finding = model.checks.as_ref().and_then(|checks| checks.report.findings.get(*n)).cloned();
    model.overlays.extend(finding.map(|finding| Overlay::Evidence(Evidence::new(finding))));
}

/// Enter: what is behind the selected row.
fn open(model: &mut Model, effects: &mut Vec<Effect>) {
    match model.overlays.last() {
        Some(Overlay::Menu(menu)) => {
            let of = menu.of;
            let rows = menu.rows(&model.keys, model.settings.lang);
            let chosen = rows.get(menu.list.cursor).map(|bound| bound.binding.action);
            model.overlays.pop();
            if let Some(action) = chosen {
                act(model, of, action, effects);
            }
        }
        Some(Overlay::Page(page)) if page.kind == Kind::Overview => lists::narrow(model),
        Some(Overlay::Page(page)) if page.kind == Kind::Checks => evidence(model),
        Some(Overlay::Page(page)) if page.kind == Kind::Views => views::apply(model),
        Some(Overlay::Page(page)) if page.kind == Kind::History => views::again(model),
        Some(Overlay::Page(page)) if page.kind == Kind::Indicators => lists::compare(model),
        None if model.focus == Pane::Documents => model.focus = Pane::Figures,
        _ if model.selected().is_some() => model.overlays.push(Overlay::Detail(Detail::default())),
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
    let order = model.order.by.map_or(model.text(Text::OrderText), |field| field.name(model.settings.lang));
    let mut notice = format!("{}: {order}", model.text(Text::Sorted));
    if model.order.reversed {
        notice.push_str(", ");
        notice.push_str(model.text(Text::Reversed));
    }
    model.notice = Some(notice);
}

/// Groups the documents, or the figures, by the next thing they can be grouped by.
fn group(model: &mut Model) {
    let by = if model.focus == Pane::Documents {
        model.documents_by = model.documents_by.next();
        model.list_documents();
        model.rearrange();
        model.documents_by.text().map(|text| model.text(text))
    } else {
        model.figures_by = model.figures_by.next();
        model.refilter();
        model.figures_by.field().map(|field| field.name(model.settings.lang))
    };
    let text = match by {
        Some(by) => model.text(Text::GroupedBy).replace('#', by),
        None => model.text(Text::Ungrouped).to_owned(),
    };
    model.notice = Some(text);
}

/// Moves a border between panes by a step.
fn resize(model: &mut Model, action: Action) {
    let layout = model.layout();
    let (left, below) = (layout.documents.width, layout.source.height);
    match action {
        _ if !layout.panes => {}
        Action::NarrowerLeft => model.split.left = Some(left.saturating_sub(2)),
        Action::WiderLeft => model.split.left = Some(left + 2),
        Action::LowerBelow => model.split.below = Some(below.saturating_sub(1)),
        _ => model.split.below = Some(below + 1),
    }
    // No further than the screen has room for.
    let layout = model.layout();
    let set = |slot: &mut Option<u16>, size: u16| *slot = slot.map(|_| size);
    set(&mut model.split.left, layout.documents.width);
    set(&mut model.split.below, layout.source.height);
}

/// Asks for the file of the selected figure or number, at its place.
fn show(model: &mut Model, editor: bool, effects: &mut Vec<Effect>) {
    if let Some(place) = model.place() {
        let (raw, span) = place.spans();
        effects.push(Effect::Show { document: place.document, raw, span, editor });
    }
}

/// To the next or previous of the shown figures in the order of the text.
fn walk(model: &mut Model, forward: bool) {
    let lists = |overlay: &Overlay| matches!(overlay, Overlay::Page(_) | Overlay::Compare(_));
    if model.overlays.iter().any(lists) {
        return;
    }
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
        model.place().and_then(|place| model.raw_texts.get(&place.document)).is_some_and(Result::is_err);
    if model.raw && unreadable {
        model.notice = Some(model.text(Text::RawMissing).to_owned());
    }
}
