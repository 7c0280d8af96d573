//! Views: a filter with columns, order and grouping, kept under a name; and the filters used before.
//!
//! A view named 大额 → `@大额` in a filter stands for its filter

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
    let mut views = std::mem::take(&mut model.views);
    view.clone().put(&mut views);
    model.notice = Some(model.text(Text::ViewKept).replace('#', name));
    changed(model, views);
    effects.push(Effect::KeepView(view));
}

pub(super) fn remove(model: &mut Model, effects: &mut Vec<Effect>) {
    if let Some(n) = selected(model) {
        let mut views = std::mem::take(&mut model.views);
        let forgotten = views.remove(n);
        changed(model, views);
        effects.push(Effect::ForgetView(forgotten.name));
    }
}

fn changed(model: &mut Model, views: Vec<View>) {
    model.set_views(views);
    if model.filter.text().contains(['@', '＠']) {
        model.refilter();
    }
    refill(model);
}

/// Enter in the history: the selected filter is used again.
pub(super) fn again(model: &mut Model) {
    let Some(Overlay::Page(page)) = model.overlays.last() else { return };
    let Some(Row::Query(n)) = page.selected() else { return };
    let Some(query) = model.history.queries().get(*n).cloned() else { return };
    model.overlays.pop();
    model.filter.clear();
    model.filter.insert(&query);
    model.refilter();
    super::typing::keep(model);
}
