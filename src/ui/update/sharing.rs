//! Figures copied and saved.

use super::lists::{marked_or_selected, refill};
use crate::index::FigureId;
use crate::ui::input::Input;
use crate::ui::model::{Model, Naming, Overlay, Prompt};
use crate::ui::msg::{Effect, NotWritten, Route};
use crate::ui::page::{Kind, Page};
use crate::ui::share::{self, Format};
use crate::ui::texts::Text;

fn shared(model: &Model, figures: &[FigureId], format: Format) -> String {
    share::text(figures.iter().filter_map(|id| model.index.figure(*id)), format, model.settings.lang)
}

pub(super) fn copy(model: &mut Model, effects: &mut Vec<Effect>) {
    let figures = marked_or_selected(model);
    if figures.is_empty() {
        model.notice = Some(model.text(Text::NothingToCopy).to_owned());
        return;
    }
    model.copying = figures.len();
    effects.push(Effect::Copy(shared(model, &figures, model.format)));
}

pub(super) fn copied(model: &mut Model, route: &Route) {
    let way = match route {
        Route::Terminal => model.text(Text::ByTerminal).to_owned(),
        Route::Tmux => model.text(Text::ByTmux).to_owned(),
        Route::Tool(name) => model.text(Text::ByTool).replace('#', name),
        Route::OnLeaving => model.text(Text::OnLeaving).to_owned(),
        Route::TooLong => {
            model.notice = Some(model.text(Text::TooLong).to_owned());
            return;
        }
    };
    let count = model.text(Text::Copied).replace('#', &model.copying.to_string());
    let format = model.format.name(model.settings.lang);
    model.notice = Some(format!("{count} ({format}), {way}"));
}

pub(super) fn format(model: &mut Model) {
    model.format = model.format.next();
    let name = model.format.name(model.settings.lang);
    model.notice = Some(format!("{}: {name}", model.text(Text::Format)));
    refill(model);
}

/// Asks where to save the basket, or what the filter shows.
pub(super) fn ask(model: &mut Model) {
    let basket = matches!(model.overlays.last(), Some(Overlay::Page(Page { kind: Kind::Basket, .. })));
    let figures = if basket { model.marked.clone() } else { model.rows.clone() };
    let mut input = Input::default();
    input.insert("zhibiao.csv");
    model.overlays.push(Overlay::Prompt(Prompt { input, problem: None, what: Naming::File(figures) }));
}

/// Enter in the prompt.
pub(super) fn save(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(Overlay::Prompt(prompt)) = model.overlays.last_mut() else { return };
    let path = prompt.input.text().trim().to_owned();
    let Naming::File(figures) = &mut prompt.what else { return super::views::keep(model, &path, effects) };
    let Some(format) = Format::of_file(&path) else {
        prompt.problem = Some(Text::Endings);
        return;
    };
    let figures = std::mem::take(figures);
    model.overlays.pop();
    model.saving = shared(model, &figures, format);
    effects.push(Effect::Write { path, text: model.saving.clone(), overwrite: false });
}

pub(super) fn overwrite(model: &mut Model, effects: &mut Vec<Effect>) {
    if let Some(Overlay::Confirm { path }) = model.overlays.pop() {
        effects.push(Effect::Write { path, text: model.saving.clone(), overwrite: true });
    }
}

pub(super) fn written(model: &mut Model, path: String, result: Result<(), NotWritten>) {
    match result {
        Err(NotWritten::Exists) => model.overlays.push(Overlay::Confirm { path }),
        Ok(()) => {
            model.saving.clear();
            model.notice = Some(model.text(Text::Saved).replace('#', &path));
        }
        Err(NotWritten::Failed(why)) => {
            model.saving.clear();
            model.notice = Some(model.text(Text::NotSaved).replace('#', &why));
        }
    }
}
