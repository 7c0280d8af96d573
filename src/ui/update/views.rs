//! Views: a filter with columns, order and grouping, kept under a name.

use super::lists::refill;
use crate::ui::input::Input;
use crate::ui::model::{Model, Naming, Overlay, Prompt};
use crate::ui::msg::Effect;
use crate::ui::page::Row;
use crate::ui::session::View;
use crate::ui::texts::Text;

/// The view of the selected row.
fn selected(model: &Model) -> Option<usize> {
    match model.overlays.last() {
        Some(Overlay::Page(page)) => match page.selected() {
            Some(Row::View(n)) => Some(*n),
            _ => None,
        },
        _ => None,
    }
}

/// Enter: things are as they were when the view was kept.
pub(super) fn apply(model: &mut Model) {
    if let Some(view) = selected(model).and_then(|n| model.views.get(n)).cloned() {
        model.overlays.pop();
        model.arrange(&view.arrangement);
        super::typing::keep(model);
    }
}

/// Asks for the name of the present view.
pub(super) fn ask(model: &mut Model) {
    let mut input = Input::default();
    input.insert(model.filter.text());
    model.overlays.push(Overlay::Prompt(Prompt { input, problem: None, what: Naming::View }));
}

/// Keeps the present view; one of the same name makes room for it.
pub(super) fn keep(model: &mut Model, name: &str, effects: &mut Vec<Effect>) {
    if name.is_empty() {
        return;
    }
    model.overlays.pop();
    let view = View { name: name.to_owned(), arrangement: model.arrangement() };
    match model.views.iter_mut().find(|old| old.name == name) {
        Some(old) => *old = view,
        None => model.views.push(view),
    }
    model.notice = Some(model.text(Text::ViewKept).replace('#', name));
    kept(model, effects);
}

pub(super) fn remove(model: &mut Model, effects: &mut Vec<Effect>) {
    if let Some(n) = selected(model) {
        model.views.remove(n);
        kept(model, effects);
    }
}

fn kept(model: &mut Model, effects: &mut Vec<Effect>) {
    effects.push(Effect::KeepViews(model.views.clone()));
    refill(model);
}
