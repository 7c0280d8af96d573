//! Spellings that mean the same, made the same, character by character.
//!
//! `專精特新ＧＤＰ` → `专精特新gdp`: traditional becomes simplified, full width narrow, capitals small.
//! One character always becomes one character, so that a match can be shown in the text as it is.

use crate::text::simplified;

/// The form under which a character is looked for.
pub fn fold_char(c: char) -> char {
    let c = match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        // No line breaks or tabs: names and sentences are lines of an arena.
        '\u{3000}' | '\u{a0}' | '\n' | '\r' | '\t' => ' ',
        _ => c,
    };
    if c.is_ascii() {
        return c.to_ascii_lowercase();
    }
    let simple = simplified(c);
    if simple != c || ('\u{3400}'..='\u{9fff}').contains(&c) {
        return simple;
    }
    let mut lower = c.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(one), None) => one,
        _ => c,
    }
}

/// The form under which a text is looked for.
pub fn fold(text: &str) -> String {
    text.chars().map(fold_char).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_meet() {
        assert_eq!(fold("專精特新ＧＤＰ（５Ｇ）"), "专精特新gdp(5g)");
        assert_eq!(fold("甲\n乙\t丙　丁"), "甲 乙 丙 丁");
    }

    #[test]
    fn one_character_stays_one_character() {
        for c in (0..0x3_0000).filter_map(char::from_u32) {
            assert_eq!(fold(&c.to_string()).chars().count(), 1);
        }
    }
}
