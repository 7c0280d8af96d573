//! Moving through lists and doing things with their rows.

use std::sync::Arc;

use crate::index::FigureId;
use crate::query::Field;
use crate::ui::keymap::{self, Action};
use crate::ui::model::{Model, Overlay, Pane};
use crate::ui::page::{Kind, Page, Row};

/// A movement in a list.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step {
    Rows(isize),
    Pages(isize),
    Top,
    Bottom,
}

impl Step {
    /// The new place in a list of `len` whose page has `page` rows.
    pub(super) fn from(self, at: usize, len: usize, page: usize) -> usize {
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

/// A movement key.
pub(super) fn go(model: &mut Model, action: Action) {
    let step = match action {
        Action::Up => Step::Rows(-1),
        Action::Down => Step::Rows(1),
        Action::PageUp => Step::Pages(-1),
        Action::PageDown => Step::Pages(1),
        Action::Top => Step::Top,
        Action::Bottom => Step::Bottom,
        left_or_right => return sideways(model, left_or_right == Action::Right),
    };
    steps(model, step);
}

pub(super) fn steps(model: &mut Model, step: Step) {
    let layout = model.layout();
    let body = usize::from(layout.body.height).saturating_sub(1);
    let (lang, keys) = (model.settings.lang, Arc::clone(&model.keys));
    match model.overlays.last_mut() {
        Some(Overlay::Detail(detail)) => detail.top = step.from(detail.top, detail.lines.len(), body),
        Some(Overlay::Page(page)) => {
            let rows = page.layout(layout).page_rows(page.columns());
            page.select(step.from(page.list.cursor, page.rows.len(), rows));
        }
        Some(Overlay::Compare(compare)) => {
            let page = usize::from(layout.above.height).saturating_sub(1);
            compare.list.cursor = step.from(compare.list.cursor, compare.rows.len(), page);
        }
        Some(Overlay::Menu(menu)) => {
            menu.list.cursor = step.from(menu.list.cursor, menu.rows(&keys, lang).len(), body);
        }
        Some(Overlay::Evidence(evidence)) => {
            evidence.list.cursor = step.from(evidence.list.cursor, evidence.finding.figures().len(), 1);
        }
        Some(Overlay::Prompt(_) | Overlay::Confirm { .. }) => {}
        None => within(model, model.focus, step),
    }
}

/// A movement in one of the three panes.
pub(super) fn within(model: &mut Model, pane: Pane, step: Step) {
    let layout = model.layout();
    match pane {
        Pane::Documents => {
            let rows = usize::from(layout.documents.height);
            choose(model, step.from(model.documents.cursor, model.document_rows.len(), rows));
        }
        Pane::Figures => {
            let rows = usize::from(layout.figure_rows_or_page());
            let down = matches!(step, Step::Rows(1..) | Step::Pages(1..));
            let up = matches!(step, Step::Rows(..0) | Step::Pages(..0));
            if (down || up) && model.turn_page(down) {
                return;
            }
            let to = step.from(model.figures.cursor, model.rows.len(), rows);
            // A page turns the window with the cursor.
            if let Step::Pages(n) = step {
                let by = n.saturating_mul(isize::try_from(rows).unwrap_or(0));
                model.figures.top = model.figures.top.saturating_add_signed(by);
            }
            model.figures.cursor = to;
        }
        Pane::Source => {
            let rows = usize::from(layout.source_rows());
            model.source.top = step.from(model.source.top, model.source.lines.len(), rows);
        }
    }
}

/// Chooses a row of the documents.
pub(super) fn choose(model: &mut Model, row: usize) {
    if row != model.documents.cursor {
        model.documents.cursor = row;
        model.rearrange();
    }
}

fn sideways(model: &mut Model, right: bool) {
    match model.overlays.last_mut() {
        Some(Overlay::Compare(compare)) => {
            let by = if right { 1 } else { -1 };
            compare.column = Step::Rows(by).from(compare.column, compare.periods.len(), 1);
        }
        Some(_) => {}
        None if right => {
            model.focus = if model.focus == Pane::Documents { Pane::Figures } else { Pane::Source };
        }
        None => model.focus = if model.focus == Pane::Source { Pane::Figures } else { Pane::Documents },
    }
}

/// Space: into the basket or out of it; a column shown or hidden.
pub(super) fn mark(model: &mut Model) {
    let row = match model.overlays.last() {
        Some(Overlay::Page(page)) => page.selected().cloned(),
        _ => model.selected().map(|figure| Row::Figure(figure.id())),
    };
    match row {
        Some(Row::Figure(id)) => {
            toggle(&mut model.marked, id);
            // Marking several in a row needs no other key.
            if model.overlays.is_empty() {
                within(model, Pane::Figures, Step::Rows(1));
            }
        }
        Some(Row::Matter(n)) => {
            if let Some(Overlay::Compare(compare)) =
                model.overlays.iter_mut().rev().find(|overlay| matches!(overlay, Overlay::Compare(_)))
            {
                toggle(&mut compare.picked, n);
            }
            steps(model, Step::Rows(1));
        }
        Some(Row::Column(field)) => {
            toggle(&mut model.fields, field);
            if model.fields.is_empty() {
                model.fields.push(field);
            }
            model.rearrange();
        }
        _ => {}
    }
    refill(model);
}

fn toggle<T: PartialEq>(list: &mut Vec<T>, item: T) {
    match list.iter().position(|other| *other == item) {
        Some(at) => {
            list.remove(at);
        }
        None => list.push(item),
    }
}

/// Enter in the list of indicators: compares the selected one.
pub(super) fn compare(model: &mut Model) {
    let Some(Overlay::Page(page)) = model.overlays.pop() else { return };
    if let (Some(Row::Matter(n)), Some(Overlay::Compare(compare))) =
        (page.selected(), model.overlays.last_mut())
    {
        compare.show(&model.index, *n);
    }
}

/// The selected row of the list of columns.
pub(super) fn column(model: &Model) -> Option<Field> {
    match model.overlays.last() {
        Some(Overlay::Page(page)) => match page.selected() {
            Some(Row::Column(field)) => Some(*field),
            _ => None,
        },
        _ => None,
    }
}

/// Moves a column one place.
pub(super) fn shift(model: &mut Model, later: bool) {
    let Some(Overlay::Page(page)) = model.overlays.last_mut() else { return };
    let Some(Row::Column(field)) = page.selected() else { return };
    let Some(at) = model.fields.iter().position(|other| other == field) else { return };
    let to = Step::Rows(if later { 1 } else { -1 }).from(at, model.fields.len(), 1);
    model.fields.swap(at, to);
    page.list.cursor = to;
    model.rearrange();
    refill(model);
}

/// Makes the rows of the uppermost page anew.
pub(in crate::ui) fn refill(model: &mut Model) {
    match model.overlays.pop() {
        Some(Overlay::Page(mut page)) => {
            page.fill(model);
            page.select(page.list.cursor);
            model.overlays.push(Overlay::Page(page));
        }
        Some(other) => model.overlays.push(other),
        None => {}
    }
}

/// Filters by the selected value of the overview.
pub(super) fn narrow(model: &mut Model) {
    let chosen = match model.overlays.last() {
        Some(Overlay::Page(Page { kind: Kind::Overview, .. })) => model.overlays.pop(),
        _ => None,
    };
    let Some(Overlay::Page(page)) = chosen else { return };
    if let Some(Row::Facet { filter, .. }) = page.selected() {
        model.filter.edit(keymap::Action::CaretEnd);
        let blank = if model.filter.is_empty() || model.filter.text().ends_with(' ') { "" } else { " " };
        model.filter.insert(&format!("{blank}{filter}"));
        model.refilter();
        super::typing::keep(model);
        model.focus = Pane::Figures;
    }
}

/// The figures that copying and saving are about: the marked ones, or else the selected.
pub(super) fn marked_or_selected(model: &Model) -> Vec<FigureId> {
    let basket = matches!(model.overlays.last(), Some(Overlay::Page(Page { kind: Kind::Basket, .. })));
    if basket || model.overlays.is_empty() && !model.marked.is_empty() {
        model.marked.clone()
    } else {
        model.selected().map(crate::index::FigureRef::id).into_iter().collect()
    }
}
