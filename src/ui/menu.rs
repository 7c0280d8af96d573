//! The keys of a context as a list: read, searched, run.

use super::input::Input;
use super::keymap::Context;
use super::keys::{Bound, Keys};
use super::model::List;
use crate::model::Lang;

/// The help of a context, or the palette of commands.
#[derive(Clone, Debug)]
pub(super) struct Menu {
    /// Whose keys are listed.
    pub(super) of: Context,
    pub(super) input: Input,
    pub(super) typing: bool,
    /// Opened as the palette: it closes with the end of typing.
    pub(super) palette: bool,
    pub(super) list: List,
}

impl Menu {
    pub(super) fn help(of: Context) -> Self {
        Self { of, input: Input::default(), typing: false, palette: false, list: List::default() }
    }

    pub(super) fn palette(of: Context) -> Self {
        Self { typing: true, palette: true, ..Self::help(of) }
    }

    /// The rows that hold every typed word in key or text.
    pub(super) fn rows<'k>(&self, keys: &'k Keys, lang: Lang) -> Vec<&'k Bound> {
        let typed = self.input.text().to_lowercase();
        let words: Vec<&str> = typed.split_whitespace().collect();
        let fits = |bound: &&Bound| {
            let (text, en) = (bound.binding.text(lang), bound.binding.en);
            let all = format!("{} {text} {en}", bound.labels()).to_lowercase();
            words.iter().all(|word| all.contains(word))
        };
        keys.of(self.of).filter(fits).collect()
    }
}
