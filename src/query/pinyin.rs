//! Finds Chinese text by Latin letters: by initials, full pinyin or a mixture.
//!
//! `zjtx`, `zhuanjing`, `zhuanjtx`, `zhjtx` → 专精特新; `ccxq` → 长春新区; `xi'an` → 西安, not 先
//!
//! The query is a row of letters with the places between them as states. A character leads from
//! state i to state i+l if one of its readings can be written with the l letters at i: its
//! initial (l = 1, or 2 for zh, ch, sh), the whole syllable, or, at the end of the query, any
//! beginning of it. All states are the bits of one word, and each class of characters that are
//! read alike has one mask for each l, so a character costs a few operations whatever it is.

use std::ops::Range;

use crate::index::fold::fold_char;
use crate::index::reading::{self, class_of};

/// No syllable is longer: zhuang, chuang, shuang.
const LONGEST: usize = 6;

/// A word with Latin letters, ready to be found.
#[derive(Clone, Debug)]
pub struct Pinyin {
    /// The folded characters of the word, without apostrophes.
    word: Vec<char>,
    /// For each class: from which states a character leads 1, 2, … 6 letters on.
    steps: Vec<[u64; LONGEST]>,
    /// For each class: whether a match can begin with it.
    begins: Vec<bool>,
    /// Which letters may be read as pinyin.
    readable: Vec<bool>,
    /// Whether an apostrophe parts syllables.
    parted: bool,
}

impl Pinyin {
    /// `None` if the word has no Latin letter that may be pinyin, or is too long for it.
    ///
    /// Runs of Latin letters and digits for which `stands` holds mean only themselves.
    pub fn new(word: &str, stands: impl Fn(&str) -> bool) -> Option<Self> {
        let mut letters = Vec::new();
        let mut breaks = Vec::new();
        for c in word.chars().map(fold_char) {
            if matches!(c, '\'' | '’') && !letters.is_empty() {
                breaks.push(letters.len());
            } else {
                letters.push(c);
            }
        }
        if letters.len() >= 64 {
            return None;
        }
        let readable = readable(&letters, stands);
        if !readable.contains(&true) {
            return None;
        }
        let mut steps = vec![[0; LONGEST]; reading::count()];
        for (class, masks) in steps.iter_mut().enumerate() {
            for syllable in reading::readings(class as u16) {
                for from in 0..letters.len() {
                    add_steps(masks, syllable, class as u16, &letters, &readable, &breaks, from);
                }
            }
        }
        // Characters other than letters stand for themselves; `find` compares them exactly.
        for (from, &c) in letters.iter().enumerate() {
            if let Some(masks) = steps.get_mut(usize::from(class_of(c))) {
                masks[0] |= 1 << from;
            }
        }
        let begins = steps.iter().map(|masks| masks.iter().any(|mask| mask & 1 != 0)).collect();
        let parted = !breaks.is_empty();
        Some(Self { word: letters, steps, begins, readable, parted })
    }

    /// Whether a text given by the classes of its characters may match: never misses, and is
    /// exact if the word consists of letters and digits.
    pub fn may_match(&self, classes: &[u16]) -> bool {
        self.find_end(classes).is_some()
    }

    /// The place of the last character of the first match.
    pub fn find_end(&self, classes: &[u16]) -> Option<usize> {
        let end = 1_u64 << self.word.len();
        let mut at = 0;
        loop {
            // Most characters neither begin a match nor stand in one: pass over them quickly.
            let begins = |class: &u16| self.begins.get(usize::from(*class)).is_some_and(|begins| *begins);
            at += classes.get(at..)?.iter().position(begins)?;
            let mut states = 1_u64;
            for &class in classes.get(at..)? {
                states = self.step(states, class);
                if states & end != 0 {
                    return Some(at);
                }
                at += 1;
                if states == 0 {
                    break;
                }
                states |= 1;
            }
        }
    }

    /// Whether [`Self::may_match`] is the whole truth.
    pub fn is_exact(&self) -> bool {
        self.word.iter().all(char::is_ascii_alphanumeric)
    }

    /// Whether every text that matches this also matches `shorter`, a word typed on to this one.
    pub fn extends(&self, shorter: &Self) -> bool {
        let as_wide = |(mine, shorter): (&bool, &bool)| *shorter || !*mine;
        !self.parted
            && !shorter.parted
            && self.word.starts_with(&shorter.word)
            && self.readable.iter().zip(&shorter.readable).all(as_wide)
    }

    /// Whether an apostrophe parts syllables.
    pub fn is_parted(&self) -> bool {
        self.parted
    }

    /// Which letters may be read as pinyin.
    pub fn readable(&self) -> &[bool] {
        &self.readable
    }

    /// The folded characters of the word, without apostrophes: a state stands before each of them.
    pub fn letters(&self) -> &[char] {
        &self.word
    }

    /// Whether a character of a class leads so many letters on from a state.
    pub fn leads(&self, class: u16, from: usize, letters: usize) -> bool {
        let masks = self.steps.get(usize::from(class));
        masks.and_then(|masks| masks.get(letters.checked_sub(1)?)).is_some_and(|mask| mask >> from & 1 == 1)
    }

    fn step(&self, states: u64, class: u16) -> u64 {
        let Some(masks) = self.steps.get(usize::from(class)) else { return 0 };
        let mut next = 0;
        for (n, mask) in masks.iter().enumerate() {
            next |= (states & mask) << (n + 1);
        }
        next
    }

    pub fn is_match(&self, text: &str) -> bool {
        let chars: Vec<(usize, char)> = text.char_indices().collect();
        (0..chars.len()).any(|from| self.match_at(&chars, from).is_some())
    }

    /// Whether a match begins with the text's first character.
    pub fn begins(&self, text: &str) -> bool {
        self.match_at(&text.char_indices().collect::<Vec<_>>(), 0).is_some()
    }

    /// The bytes of every match, from the left, without overlaps.
    pub fn find_all(&self, text: &str) -> Vec<Range<usize>> {
        let chars: Vec<(usize, char)> = text.char_indices().collect();
        let byte = |n: usize| chars.get(n).map_or(text.len(), |&(at, _)| at);
        let mut found = Vec::new();
        let mut from = 0;
        while from < chars.len() {
            match self.match_at(&chars, from) {
                Some(to) => {
                    found.push(byte(from)..byte(to));
                    from = to;
                }
                None => from += 1,
            }
        }
        found
    }

    /// One past the last character of the shortest match that begins at character `from`.
    fn match_at(&self, chars: &[(usize, char)], from: usize) -> Option<usize> {
        let end = 1_u64 << self.word.len();
        let mut states = 1_u64;
        for (n, &(_, c)) in chars.iter().enumerate().skip(from) {
            let c = fold_char(c);
            // A state before a character that is no letter can only be left by that character.
            for (at, &wanted) in self.word.iter().enumerate() {
                if !wanted.is_ascii_alphanumeric() && wanted != c {
                    states &= !(1 << at);
                }
            }
            states = self.step(states, class_of(c));
            if states & end != 0 {
                return Some(n + 1);
            }
            if states == 0 {
                return None;
            }
        }
        None
    }
}

/// Which letters may be read as pinyin: those in runs that do not stand in the text themselves.
fn readable(letters: &[char], stands: impl Fn(&str) -> bool) -> Vec<bool> {
    let mut readable = vec![false; letters.len()];
    let mut at = 0;
    for run in letters.chunk_by(|a, b| a.is_ascii_alphanumeric() == b.is_ascii_alphanumeric()) {
        let text: String = run.iter().collect();
        let latin = text.chars().any(|c| c.is_ascii_lowercase());
        if latin && !stands(&text) {
            for (place, c) in readable.iter_mut().skip(at).zip(run) {
                *place = c.is_ascii_lowercase();
            }
        }
        at += run.len();
    }
    readable
}

/// Adds the ways in which a reading can be written with the letters at `from`.
fn add_steps(
    masks: &mut [u64; LONGEST],
    syllable: &str,
    class: u16,
    letters: &[char],
    readable: &[bool],
    breaks: &[usize],
    from: usize,
) {
    let end = breaks.iter().copied().find(|&at| at > from).unwrap_or(letters.len());
    let here = letters.iter().zip(readable).take(end).skip(from);
    let common = here.zip(syllable.chars()).take_while(|((a, readable), b)| *a == b && **readable).count();
    let is_letter = reading::is_letter(class);
    if common == 0 || is_letter {
        return;
    }
    let mut add = |length: usize| {
        if let Some(mask) = masks.get_mut(length - 1) {
            *mask |= 1 << from;
        }
    };
    add(1);
    if common >= 2 && ["zh", "ch", "sh"].iter().any(|initial| syllable.starts_with(initial)) {
        add(2);
    }
    if common == syllable.len() || from + common == letters.len() {
        add(common);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(word: &str, text: &str) -> Vec<String> {
        let pinyin = Pinyin::new(word, |_| false).unwrap();
        let classes: Vec<u16> = text.chars().map(fold_char).map(class_of).collect();
        let all = pinyin.find_all(text);
        if pinyin.is_exact() {
            assert_eq!(pinyin.may_match(&classes), !all.is_empty(), "{word} {text}");
        }
        all.into_iter().map(|span| text.get(span).unwrap().to_owned()).collect()
    }

    #[test]
    fn initials_full_and_mixed() {
        for word in ["zjtx", "zhuanjingtexin", "zhuanjtx", "zjtexin", "zhjtx", "zjtexi", "ZJTX"] {
            assert_eq!(found(word, "培育“专精特新”企业"), ["专精特新"], "{word}");
        }
        assert_eq!(found("zhuanjing", "专精特新"), ["专精"]);
        assert!(found("zjtxq", "专精特新企业").len() == 1);
        assert!(found("zjxt", "专精特新").is_empty());
    }

    #[test]
    fn several_readings_of_a_character() {
        for (word, text) in [
            ("changchun", "长春"),
            ("zhangda", "长大"),
            ("chongqing", "重庆"),
            ("zhongyao", "重要"),
            ("yinhang", "银行"),
            ("xingdong", "行动"),
            ("xinqu", "新区"),
            ("ccxq", "长春新区"),
            ("zengzl", "增长率"),
            ("zzlv", "增长率"),
        ] {
            assert_eq!(found(word, text), [text], "{word}");
        }
    }

    #[test]
    fn an_apostrophe_parts_syllables() {
        assert_eq!(found("xi'an", "西安和先进"), ["西安"]);
        assert_eq!(found("xian", "西安和先进"), ["西安", "先"]);
    }

    #[test]
    fn letters_and_other_characters_mean_themselves() {
        assert_eq!(found("gdp", "GDP和国地盘"), ["GDP", "国地盘"]);
        assert_eq!(found("5gjz", "5G基站"), ["5G基站"]);
        assert_eq!(found("新q", "新区和心区"), ["新区"]);
        assert!(Pinyin::new("新区", |_| false).is_none());
        assert!(Pinyin::new("2021", |_| false).is_none());
    }

    #[test]
    fn a_latin_word_that_stands_in_the_text_is_no_pinyin() {
        assert!(Pinyin::new("gdp", |run| run == "gdp").is_none());
        let mixed = Pinyin::new("gdp增z", |run| run == "gdp").unwrap();
        assert!(mixed.is_match("GDP增长"));
        assert!(!mixed.is_match("国地盘增长"));
    }
}
