//! How many columns text takes, and text made to take a given number of them.
//!
//! Everything the explorer draws is measured here and nowhere else: `436.29亿元` takes 10
//! columns; fitted into 8 it is `436.29 …`, never `436.29亿` with half of a glyph.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::text::visible;

/// The width of characters of East Asian *ambiguous* width (`“ ” … — · ≥ ─`), which terminals
/// disagree about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Widths {
    /// One column, as most terminals have it.
    #[default]
    Narrow,
    /// Two columns.
    Wide,
}

impl Widths {
    /// Columns a text takes.
    pub fn of(self, text: &str) -> usize {
        if text.is_ascii() { text.len() } else { text.graphemes(true).map(|g| self.glyph(g)).sum() }
    }

    /// Columns one grapheme takes; at least one, as it has a cell of its own.
    pub fn glyph(self, grapheme: &str) -> usize {
        let mut chars = grapheme.chars();
        let width = match (chars.next(), chars.next()) {
            (Some(c), None) => match self {
                Self::Narrow => c.width(),
                Self::Wide => c.width_cjk(),
            }
            .unwrap_or(1),
            _ => match self {
                Self::Narrow => grapheme.width(),
                Self::Wide => grapheme.width_cjk(),
            },
        };
        width.max(1)
    }

    /// A text cut to at most `width` columns; what is left out is marked by `…`.
    pub fn cut(self, text: &str, width: usize) -> Cow<'_, str> {
        if self.of(text) <= width {
            return Cow::Borrowed(text);
        }
        let mark = self.ellipsis();
        let Some(room) = width.checked_sub(self.of(mark)) else {
            return Cow::Borrowed(if width == 0 { "" } else { "." });
        };
        let mut used = 0;
        let kept: String = text
            .graphemes(true)
            .take_while(|g| {
                used += self.glyph(g);
                used <= room
            })
            .collect();
        Cow::Owned(kept + mark)
    }

    /// A text that takes exactly `width` columns: padded on the right, or cut.
    pub fn fit(self, text: &str, width: usize) -> String {
        self.padded(width, |room| format!("{}{}", self.cut(text, width), " ".repeat(room)))
    }

    /// The same, padded on the left.
    pub fn fit_right(self, text: &str, width: usize) -> String {
        self.padded(width, |room| format!("{}{}", " ".repeat(room), self.cut(text, width)))
    }

    /// What `with` makes of as many blanks as fill `width` columns. The whole is measured: a mark that joins
    /// the blank beside it takes no column of its own.
    fn padded(self, width: usize, with: impl Fn(usize) -> String) -> String {
        let mut blanks = 0;
        loop {
            let whole = with(blanks);
            let missing = width.saturating_sub(self.of(&whole));
            if missing == 0 {
                return whole;
            }
            blanks += missing;
        }
    }

    /// The mark of what was left out.
    pub fn ellipsis(self) -> &'static str {
        match self {
            Self::Narrow => "…",
            Self::Wide => "..",
        }
    }
}

/// Whether a grapheme is one of those that are wide in some terminals' Chinese settings: `“ … ─`.
pub fn ambiguous(grapheme: &str) -> bool {
    let mut chars = grapheme.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) => c.width() != c.width_cjk() && !combining(c) && u32::from(c) < 0x1f000,
        _ => false,
    }
}

/// Whether terminals are known to disagree about a grapheme's width: after it, nobody knows
/// for sure in which column the cursor stands.
pub fn uncertain(grapheme: &str) -> bool {
    if grapheme.is_ascii() {
        return false;
    }
    let mut chars = grapheme.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) => {
            c.width() != c.width_cjk() || combining(c) || u32::from(c) >= 0x1f000 && !ideograph(c)
        }
        _ => true,
    }
}

/// The ideographs beyond the basic plane.
fn ideograph(c: char) -> bool {
    ('\u{20000}'..='\u{3ffff}').contains(&c)
}

/// Running text as it is shown: what would act on the terminal, or act unseen, becomes a mark, a
/// tab two blanks.
pub fn shown(text: &str) -> Cow<'_, str> {
    match visible(text) {
        Cow::Owned(marked) if text.contains('\t') => Cow::Owned(marked.replace('\u{2409}', "  ")),
        other => other,
    }
}

/// Marks that sit on the letter before them, as in `wa\u{300}n`.
fn combining(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn columns() {
        assert_eq!(Widths::Narrow.of("436.29亿元"), 10);
        assert_eq!(Widths::Narrow.of("“专精特新”"), 10);
        assert_eq!(Widths::Wide.of("“专精特新”"), 12);
        assert_eq!(Widths::Narrow.cut("436.29亿元", 8), "436.29…");
        assert_eq!(Widths::Narrow.fit("长春", 3), "长…");
        assert_eq!(Widths::Narrow.fit("长春", 2), "… ");
        assert_eq!(Widths::Narrow.fit_right("6 %", 5), "  6 %");
        // A mark that joins the blank before it.
        assert_eq!(Widths::Narrow.fit_right("\u{16ff0}", 2), "  \u{16ff0}");
    }

    #[test]
    fn nothing_acts_unseen() {
        assert_eq!(shown("a\u{1b}[31mb"), "a␛[31mb");
        assert_eq!(shown("1\u{202e}2\t3"), "1<202E>2  3");
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn fitted_text_takes_its_columns(text in "[\\p{Han}\\p{Hiragana}\\p{Latin}\\p{N}\\p{P}\\p{S} ]{0,30}", width in 0usize..20) {
            for widths in [Widths::Narrow, Widths::Wide] {
                let shown = visible(&text);
                prop_assert_eq!(widths.of(&widths.fit(&shown, width)), width);
                prop_assert_eq!(widths.of(&widths.fit_right(&shown, width)), width);
            }
        }
    }
}
