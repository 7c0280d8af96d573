//! A word of a query, ready to be found in text: folded, and by pinyin if it has Latin letters.
//!
//! `專精` finds 专精特新, `zjtx` too; `GDP` finds only GDP if that word stands in the data

use std::ops::Range;

use super::pinyin::Pinyin;
use crate::index::fold::{fold, fold_char};

/// How a word is found.
#[derive(Clone, Debug)]
pub struct Pattern {
    folded: String,
    /// The whole text must equal the word.
    whole: bool,
    pinyin: Option<Pinyin>,
}

impl Pattern {
    /// A word: by pinyin too, except for the Latin words that stand in the data.
    pub fn word(text: &str, stands: impl Fn(&str) -> bool) -> Self {
        Self { folded: fold(text), whole: false, pinyin: Pinyin::new(text, stands) }
    }

    /// Between quotation marks: no pinyin.
    pub fn literal(text: &str) -> Self {
        Self { folded: fold(text), whole: false, pinyin: None }
    }

    /// The whole of a text.
    pub fn whole(text: &str) -> Self {
        Self { folded: fold(text), whole: true, pinyin: None }
    }

    pub fn folded(&self) -> &str {
        &self.folded
    }

    pub fn is_whole(&self) -> bool {
        self.whole
    }

    pub fn pinyin(&self) -> Option<&Pinyin> {
        self.pinyin.as_ref()
    }

    /// Whether every text that matches this also matches `shorter`.
    pub fn extends(&self, shorter: &Self) -> bool {
        match (&self.pinyin, &shorter.pinyin) {
            (Some(mine), Some(shorter)) => mine.extends(shorter),
            // A literal match of a letter is a match by pinyin, too.
            (None, Some(pinyin)) => {
                !self.whole && !pinyin.is_parted() && self.folded.contains(&shorter.folded)
            }
            (Some(_), None) => false,
            (None, None) => !self.whole && !shorter.whole && self.folded.contains(&shorter.folded),
        }
    }

    /// What tells patterns apart.
    pub fn key(&self) -> (bool, &str, &[bool]) {
        (self.whole, &self.folded, self.pinyin.as_ref().map_or(&[], |pinyin| pinyin.readable()))
    }

    /// Whether a text that is already folded matches.
    pub fn is_match_folded(&self, folded: &str) -> bool {
        match &self.pinyin {
            Some(pinyin) => pinyin.is_match(folded),
            None if self.whole => folded == self.folded,
            None => folded.contains(&self.folded),
        }
    }

    pub fn is_match(&self, text: &str) -> bool {
        self.is_match_folded(&fold(text))
    }

    /// The bytes of a text, as it is displayed, that match.
    pub fn find_all(&self, text: &str) -> Vec<Range<usize>> {
        if let Some(pinyin) = &self.pinyin {
            return pinyin.find_all(text);
        }
        let folded = fold(text);
        if self.whole {
            return (folded == self.folded).then_some(0..text.len()).into_iter().collect();
        }
        // Folding may change a character's length: carry the places over character by character.
        let mut places = Vec::new();
        for (at, c) in text.char_indices() {
            places.resize(places.len() + fold_char(c).len_utf8(), at);
        }
        places.push(text.len());
        let place = |at: usize| places.get(at).copied().unwrap_or(text.len());
        let found = folded.match_indices(&self.folded).filter(|(_, m)| !m.is_empty());
        found.map(|(at, m)| place(at)..place(at + m.len())).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_those_of_the_displayed_text() {
        let text = "５Ｇ、專精特新ＧＤＰ";
        let show = |pattern: Pattern| {
            let found = pattern.find_all(text).into_iter();
            found.map(|span| text.get(span).unwrap().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(show(Pattern::literal("5g")), ["５Ｇ"]);
        assert_eq!(show(Pattern::word("专精", |_| false)), ["專精"]);
        assert_eq!(show(Pattern::word("gdp", |_| true)), ["ＧＤＰ"]);
        assert_eq!(show(Pattern::literal("")), [""; 0]);
    }
}
