//! A line of text being typed: editing by grapheme, the caret in columns.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::keymap::Action;
use super::width::Widths;

/// The text and the caret's place in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Input {
    text: String,
    /// A byte of `text`, on the border of a grapheme.
    caret: usize,
}

impl Input {
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The byte before which the caret stands.
    pub(super) fn caret(&self) -> usize {
        self.caret
    }

    /// Puts text in the place of some bytes, and the caret after it.
    pub(super) fn replace(&mut self, span: Range<usize>, text: &str) {
        if self.text.get(span.clone()).is_some() {
            self.caret = span.start + text.len();
            self.text.replace_range(span, text);
        }
    }

    /// Empties the line; says whether there was anything.
    pub(super) fn clear(&mut self) -> bool {
        let had = !self.text.is_empty();
        *self = Self::default();
        had
    }

    /// Inserts typed or pasted text at the caret: one line, nothing that acts on a terminal.
    pub(super) fn insert(&mut self, text: &str) {
        let line: String = text
            .chars()
            .map(|c| if c.is_whitespace() { ' ' } else { c })
            .filter(|c| !c.is_control())
            .collect();
        self.text.insert_str(self.caret.min(self.text.len()), &line);
        self.caret += line.len();
    }

    /// Does an editing action; `false` if it is none.
    pub(super) fn edit(&mut self, action: Action) -> bool {
        match action {
            Action::CaretLeft => self.caret = self.before(),
            Action::CaretRight => self.caret = self.after(),
            Action::CaretHome => self.caret = 0,
            Action::CaretEnd => self.caret = self.text.len(),
            Action::DeleteBack => self.remove(self.before(), self.caret),
            Action::DeleteForward => self.remove(self.caret, self.after()),
            Action::DeleteWord => self.remove(self.word(), self.caret),
            Action::DeleteAll => {
                self.clear();
            }
            _ => return false,
        }
        true
    }

    /// The bytes of the line to show in `width` columns, and the caret's column among them. The
    /// caret always has a column of its own.
    pub(super) fn window(&self, width: usize, widths: Widths) -> (Range<usize>, usize) {
        let before = self.text.get(..self.caret).unwrap_or("");
        let mut column = widths.of(before);
        let mut start = 0;
        for g in before.graphemes(true) {
            if column < width.max(1) {
                break;
            }
            column -= widths.glyph(g);
            start += g.len();
        }
        let shown = self.text.get(start..).unwrap_or("");
        let mut used = 0;
        let end = shown
            .grapheme_indices(true)
            .find(|(_, g)| {
                used += widths.glyph(g);
                used > width
            })
            .map_or(shown.len(), |(at, _)| at);
        (start..start + end, column)
    }

    fn before(&self) -> usize {
        let before = self.text.get(..self.caret).unwrap_or("");
        before.grapheme_indices(true).next_back().map_or(0, |(at, _)| at)
    }

    fn after(&self) -> usize {
        let rest = self.text.get(self.caret..).unwrap_or("");
        self.caret + rest.graphemes(true).next().map_or(0, str::len)
    }

    /// Start of the word before the caret: blanks, then all up to the next blank.
    fn word(&self) -> usize {
        let before = self.text.get(..self.caret).unwrap_or("");
        before.trim_end().rfind(' ').map_or(0, |at| at + 1)
    }

    fn remove(&mut self, from: usize, to: usize) {
        if self.text.get(from..to).is_some() {
            self.text.replace_range(from..to, "");
            self.caret = from;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn editing_goes_by_grapheme_and_the_caret_by_column() {
        let mut input = Input::default();
        input.insert("长春 GDP\u{1b}\n");
        assert_eq!(input.text(), "长春 GDP ");
        assert_eq!(input.window(40, Widths::Narrow), (0..11, 9));
        input.edit(Action::CaretHome);
        input.edit(Action::CaretRight);
        input.edit(Action::CaretRight);
        assert_eq!(input.window(40, Widths::Narrow).1, 4);
        input.edit(Action::DeleteBack);
        assert_eq!(input.text(), "长 GDP ");
        input.edit(Action::CaretEnd);
        input.edit(Action::DeleteWord);
        assert_eq!(input.text(), "长 ");
        input.edit(Action::DeleteAll);
        assert!(input.is_empty());
        assert!(!input.edit(Action::DeleteForward) || input.is_empty());
    }

    #[test]
    fn a_long_line_scrolls_with_the_caret() {
        let mut input = Input::default();
        input.insert("一二三四五六七八九十");
        let (shown, column) = input.window(7, Widths::Narrow);
        assert_eq!((input.text().get(shown), column), (Some("八九十"), 6));
        assert_eq!(input.window(0, Widths::Narrow), (30..30, 0));
    }
}
