//! What is typed: into the filter, the search of the help, the name of a file.

use crate::query;
use crate::ui::keymap::Action;
use crate::ui::model::{Completing, Model, Overlay};

pub(super) fn insert(model: &mut Model, text: &str) {
    if let Some(input) = model.input() {
        input.insert(text);
        changed(model);
    }
}

pub(super) fn edit(model: &mut Model, action: Action) {
    if let Some(input) = model.input() {
        let before = input.text().to_owned();
        input.edit(action);
        if before != input.text() {
            changed(model);
        }
    }
}

fn changed(model: &mut Model) {
    match model.overlays.last_mut() {
        Some(Overlay::Menu(menu)) => menu.list = crate::ui::model::List::default(),
        Some(Overlay::Prompt(prompt)) => prompt.problem = None,
        Some(_) => {}
        None => {
            model.completion = None;
            model.recalled = None;
            model.refilter();
        }
    }
}

/// Enter: the filter stays.
pub(super) fn keep(model: &mut Model) {
    model.typing = false;
    model.completion = None;
    model.recalled = None;
    let text = model.filter.text().trim().to_owned();
    if !text.is_empty() {
        model.remember(&text);
    }
}

impl Model {
    /// Makes a filter the latest of the history.
    pub(in crate::ui) fn remember(&mut self, filter: &str) {
        self.history.push(filter);
        self.unremembered.push(filter.to_owned());
    }
}

/// Tab: what could be typed at the caret, one after another.
pub(super) fn complete(model: &mut Model) {
    let completing = if let Some(old) = model.completion.take() {
        Completing { at: (old.at + 1) % old.offers.len().max(1), ..old }
    } else {
        let typed = model.filter.clone();
        let mut offers =
            query::complete(typed.text(), typed.caret(), &model.index, &model.saved, model.settings.lang);
        offers.truncate(20);
        Completing { offers, at: 0, typed }
    };
    if let Some(offer) = completing.offers.get(completing.at) {
        model.filter = completing.typed.clone();
        model.filter.replace(offer.span.clone(), &offer.insert);
        model.refilter();
    }
    model.completion = Some(completing);
}

/// An earlier or later one of the remembered filters; after the latest, what had been typed.
pub(super) fn recall(model: &mut Model, later: bool) {
    let queries = model.history.queries();
    let (at, typed) = match model.recalled.take() {
        Some((at, typed)) => (if later { at + 1 } else { at.saturating_sub(1) }, typed),
        None if later || queries.is_empty() => return,
        None => (queries.len() - 1, model.filter.clone()),
    };
    if let Some(query) = queries.get(at) {
        model.filter.clear();
        model.filter.insert(query);
        model.recalled = Some((at, typed));
    } else {
        model.filter = typed;
    }
    model.completion = None;
    model.refilter();
}
