//! Text in which pinyin can be found by a regular expression, whatever engine runs it.
//!
//! Before each folded character stands a sign of the class of characters that are read like it: `新区` is spelled
//! `<xin>新<ou qu>区`. A letter of a word then is a class of signs and any character behind it, and a character
//! that stands for itself is any sign and that character. The signs are private characters, one for each class.

use std::fmt::Write;

use crate::index::fold::fold_char;
use crate::index::reading::{self, class_of};
use crate::query::pinyin::Pinyin;

/// The sign of the first class.
const SIGNS: u32 = 0xe000;
/// The last private character.
const LAST_SIGN: u32 = 0xf8ff;

/// No expression grows longer than this; what would is not asked.
const LONGEST: usize = 400_000;

/// Of an expression that would be longer.
struct TooLong;

fn sign(class: u16) -> u32 {
    SIGNS + u32::from(class)
}

/// A text with the signs of its characters.
pub(super) fn spelled(text: &str) -> String {
    let mut spelled = String::with_capacity(text.len() * 2);
    for c in text.chars().map(fold_char) {
        // A private character of the text itself must not be taken for a sign.
        let c = if (SIGNS..=LAST_SIGN).contains(&(c as u32)) { '\u{fffd}' } else { c };
        spelled.extend(char::from_u32(sign(class_of(c))));
        spelled.push(c);
    }
    spelled
}

/// The expression that finds a word in spelled text; `None` if it would be too long.
pub(super) fn expression(word: &Pinyin) -> Option<String> {
    // What nothing can match is an expression too: a sign never stands at the end.
    from(word, 0).ok().map(|from| format!("(?s){}", from.unwrap_or_else(|| format!("\\x{{{SIGNS:x}}}$"))))
}

/// What finds the rest of a word from a state on; `None` if nothing does.
fn from(word: &Pinyin, at: usize) -> Result<Option<String>, TooLong> {
    let letters = word.letters();
    let Some(&c) = letters.get(at) else { return Ok(Some(String::new())) };
    if !c.is_ascii_alphanumeric() {
        let itself = format!("[\\x{{{SIGNS:x}}}-\\x{{{LAST_SIGN:x}}}]\\x{{{:x}}}", c as u32);
        return Ok(from(word, at + 1)?.map(|rest| itself + &rest));
    }
    let mut ways = Vec::new();
    for length in 1..=letters.len() - at {
        let signs = signs((0..reading::count() as u16).filter(|class| word.leads(*class, at, length)));
        if signs.is_empty() {
            continue;
        }
        if let Some(rest) = from(word, at + length)? {
            ways.push(format!("[{signs}].{rest}"));
        }
    }
    let joined = match ways.len() {
        0 => return Ok(None),
        1 => ways.remove(0),
        _ => format!("(?:{})", ways.join("|")),
    };
    if joined.len() <= LONGEST { Ok(Some(joined)) } else { Err(TooLong) }
}

/// The signs of classes, neighbours joined.
fn signs(classes: impl Iterator<Item = u16>) -> String {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for sign in classes.map(sign) {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == sign => *last = sign,
            _ => runs.push((sign, sign)),
        }
    }
    let mut text = String::new();
    for (first, last) in runs {
        // Writing into a string cannot fail.
        let _ = write!(text, "\\x{{{first:x}}}");
        if last > first {
            let _ = write!(text, "-\\x{{{last:x}}}");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The same that Java's expressions mean: these use no more than classes, groups and code points.
    fn found(word: &str, text: &str) -> bool {
        let pinyin = Pinyin::new(word, |run| run == "5g").unwrap();
        let expression = expression(&pinyin).unwrap();
        let found = regex_lite::RegexBuilder::new(&expression)
            .size_limit(1 << 26)
            .build()
            .unwrap()
            .is_match(&spelled(text));
        assert_eq!(found, pinyin.is_match(text), "{word} in {text}");
        found
    }

    #[test]
    fn expressions_find_what_pinyin_finds() {
        let texts = [
            "培育“專精特新”企业",
            "長春新区",
            "先进企业",
            "西安",
            "5G基站",
            "国地盘",
            "新区和心区",
            "ＧＤＰ增长",
        ];
        for word in [
            "zjtx",
            "zhuanjing",
            "zhuanjtx",
            "ccxq",
            "zhangch",
            "xi'an",
            "xian",
            "5gjz",
            "新q",
            "专jtx",
            "gdp",
            "gdpz",
            "qiy",
            "zjxt",
            "x",
        ] {
            let count = texts.iter().filter(|text| found(word, text)).count();
            assert!(count < texts.len(), "{word} is everywhere");
        }
        assert!(found("zjtx", texts[0]) && found("新q", texts[6]) && !found("xi'an", texts[2]));
    }

    #[test]
    fn a_private_character_is_no_sign() {
        assert_eq!(spelled("\u{e123}").chars().last(), Some('\u{fffd}'));
    }
}
