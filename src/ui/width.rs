//! How many columns text takes, and text made to take a given number of them.
//!
//! Everything the explorer draws is measured here and nowhere else: `436.29亿元` takes 10
//! columns; fitted into 8 it is `436.29 …`, never `436.29亿` with half of a glyph.

use std::borrow::Cow;
use std::fmt::Write;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

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
        let cut = self.cut(text, width);
        let room = width.saturating_sub(self.of(&cut));
        format!("{cut}{}", " ".repeat(room))
    }

    /// The same, padded on the left.
    pub fn fit_right(self, text: &str, width: usize) -> String {
        let cut = self.cut(text, width);
        let room = width.saturating_sub(self.of(&cut));
        format!("{}{cut}", " ".repeat(room))
    }

    /// The mark of what was left out.
    pub fn ellipsis(self) -> &'static str {
        match self {
            Self::Narrow => "…",
            Self::Wide => "..",
        }
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

/// A text with every character that would act on the terminal, or act unseen, shown as a mark:
/// ESC as `^[`, a right-to-left override as `<U+202E>`. Line breaks and tabs become blanks.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(unseen) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '\n' | '\r' | '\t' => out.push(' '),
            '\0'..='\u{1f}' => {
                out.push('^');
                out.push(char::from_u32(u32::from(c) + 0x40).unwrap_or('?'));
            }
            '\u{7f}' => out.push_str("^?"),
            _ if unseen(c) => {
                // Writing into a string does not fail.
                let _ = write!(out, "<U+{:04X}>", u32::from(c));
            }
            _ => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// The same for running text, where a character's place counts: each becomes one mark of one
/// column (ESC is `␛`), a tab two blanks.
pub fn marked(text: &str) -> Cow<'_, str> {
    if !text.chars().any(unseen) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\t' => out.push_str("  "),
            '\0'..='\u{1f}' => out.push(char::from_u32(u32::from(c) + 0x2400).unwrap_or('?')),
            '\u{7f}' => out.push('\u{2421}'),
            _ if unseen(c) => out.push('\u{2426}'),
            _ => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// Characters that control a terminal or take no place of their own.
fn unseen(c: char) -> bool {
    matches!(c,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{ad}' | '\u{61c}' | '\u{115f}' | '\u{1160}'
        | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ff9e}' | '\u{ff9f}' | '\u{ffa0}'
        | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
        || (!c.is_ascii() && !combining(c) && c.width() == Some(0))
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
    }

    #[test]
    fn nothing_acts_unseen() {
        assert_eq!(visible("a\u{1b}[31mb"), "a^[[31mb");
        assert_eq!(visible("1\u{202e}2\u{200b}3\u{9b}"), "1<U+202E>2<U+200B>3<U+009B>");
        assert_eq!(visible("长春\t亿"), "长春 亿");
    }

    proptest! {
        #[test]
        fn fitted_text_takes_its_columns(text in "\\PC{0,30}", width in 0usize..20) {
            for widths in [Widths::Narrow, Widths::Wide] {
                let shown = visible(&text);
                prop_assert_eq!(widths.of(&widths.fit(&shown, width)), width);
                prop_assert_eq!(widths.of(&widths.fit_right(&shown, width)), width);
            }
        }
    }
}
