//! Text that is safe to print: characters that act on a terminal, or cannot be seen, become marks.
//!
//! `"\u{1b}[31m甲\u{202e}"` → `␛[31m甲<202E>`

use std::borrow::Cow;
use std::fmt::Write;

use unicode_width::UnicodeWidthChar;

/// How many marks may sit on one letter; Vietnamese has two, pointed Hebrew four.
const PILE: usize = 4;

/// `text` with control characters, bidirectional overrides, zero-width characters, and marks piled up on a letter
/// made visible. Line ends and tabs are control characters here, too: split lines first.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|ch| is_unseen(ch) || sits(ch)) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len() + 16);
    let mut pile = 0;
    for ch in text.chars() {
        pile = if sits(ch) { pile + 1 } else { 0 };
        match ch {
            ch if pile > PILE => _ = write!(safe, "<{:04X}>", u32::from(ch)),
            '\0'..='\u{1f}' => safe.push(char::from_u32(0x2400 + u32::from(ch)).unwrap_or('?')),
            '\u{7f}' => safe.push('␡'),
            ch if is_unseen(ch) => _ = write!(safe, "<{:04X}>", u32::from(ch)),
            ch => safe.push(ch),
        }
    }
    Cow::Owned(safe)
}

/// Marks that sit on the letter before them.
fn sits(ch: char) -> bool {
    ch >= '\u{300}' && ch.width() == Some(0)
}

/// Characters that act instead of showing.
fn is_unseen(ch: char) -> bool {
    ch.is_control()
        || matches!(ch, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::visible;

    #[test]
    fn marks() {
        assert_eq!(visible("产值5亿元"), "产值5亿元");
        assert_eq!(visible("\u{1b}[31m甲\n\t\u{7f}\u{9b}"), "␛[31m甲␊␉␡<009B>");
        assert_eq!(visible("wa\u{300}n"), "wa\u{300}n");
        let piled = format!("甲{}乙", "\u{301}".repeat(6));
        assert_eq!(visible(&piled), format!("甲{}<0301><0301>乙", "\u{301}".repeat(4)));
        assert_eq!(visible("甲\u{202e}乙\u{200b}丙\u{feff}"), "甲<202E>乙<200B>丙<FEFF>");
    }
}
