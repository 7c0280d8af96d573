//! Cue words by class, from `data/lexicon/cues.txt`: `[attain] 达到 完成 …`.

use std::collections::HashMap;
use std::sync::OnceLock;

/// The classes of `cues.txt`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cue {
    Attain,
    Predicate,
    Weak,
    Adverb,
    TailAdverb,
    Growth,
    Fall,
    Reach,
    GrowthNoun,
    Share,
    Change,
    Shift,
    Ahead,
    Granted,
    TailVerb,
    Rate,
    TargetStrong,
    Rule,
    Fact,
    Place,
    Nation,
    Generic,
    DropTail,
    PostVerb,
    Compound,
    Thing,
    Common,
    Person,
    Organ,
}

impl Cue {
    const NAMES: &'static [(&'static str, Self)] = &[
        ("attain", Self::Attain),
        ("predicate", Self::Predicate),
        ("weak", Self::Weak),
        ("adverb", Self::Adverb),
        ("tail_adverb", Self::TailAdverb),
        ("growth", Self::Growth),
        ("fall", Self::Fall),
        ("reach", Self::Reach),
        ("growthnoun", Self::GrowthNoun),
        ("share", Self::Share),
        ("change", Self::Change),
        ("shift", Self::Shift),
        ("ahead", Self::Ahead),
        ("granted", Self::Granted),
        ("tail_verb", Self::TailVerb),
        ("rate", Self::Rate),
        ("targetstrong", Self::TargetStrong),
        ("rule", Self::Rule),
        ("fact", Self::Fact),
        ("place", Self::Place),
        ("nation", Self::Nation),
        ("generic", Self::Generic),
        ("drop_tail", Self::DropTail),
        ("postverb", Self::PostVerb),
        ("compound", Self::Compound),
        ("thing", Self::Thing),
        ("common", Self::Common),
        ("person", Self::Person),
        ("organ", Self::Organ),
    ];

    /// The words of this class.
    pub fn words(self) -> &'static Words {
        static EMPTY: OnceLock<Words> = OnceLock::new();
        table().get(&self).unwrap_or_else(|| EMPTY.get_or_init(Words::default))
    }
}

/// A set of words that answers which of them a text starts with, ends with or holds.
#[derive(Debug, Default)]
pub struct Words {
    by_first: HashMap<char, Vec<&'static str>>,
    by_last: HashMap<char, Vec<&'static str>>,
}

impl Words {
    pub(super) fn add(&mut self, word: &'static str) {
        let (Some(first), Some(last)) = (word.chars().next(), word.chars().next_back()) else { return };
        let list = self.by_first.entry(first).or_default();
        if list.contains(&word) {
            return;
        }
        list.push(word);
        list.sort_by_key(|w| std::cmp::Reverse(w.len()));
        let list = self.by_last.entry(last).or_default();
        list.push(word);
        list.sort_by_key(|w| std::cmp::Reverse(w.len()));
    }

    pub fn contains(&self, word: &str) -> bool {
        let first = word.chars().next().and_then(|c| self.by_first.get(&c));
        first.is_some_and(|list| list.contains(&word))
    }

    /// The longest word that `text` starts with.
    pub fn prefix(&self, text: &str) -> Option<&'static str> {
        let list = self.by_first.get(&text.chars().next()?)?;
        list.iter().copied().find(|w| text.starts_with(w))
    }

    /// The longest word that `text` ends with.
    pub fn suffix(&self, text: &str) -> Option<&'static str> {
        let list = self.by_last.get(&text.chars().next_back()?)?;
        list.iter().copied().find(|w| text.ends_with(w))
    }

    /// The first place where one of the words stands, and the longest word there.
    pub fn find(&self, text: &str) -> Option<(usize, &'static str)> {
        text.char_indices().find_map(|(at, _)| Some((at, self.prefix(text.get(at..)?)?)))
    }

    /// The last place where one of the words stands, and the longest word that starts there.
    pub fn rfind(&self, text: &str) -> Option<(usize, &'static str)> {
        text.char_indices().rev().find_map(|(at, _)| Some((at, self.prefix(text.get(at..)?)?)))
    }

    /// Every word.
    pub fn all(&self) -> impl Iterator<Item = &'static str> {
        self.by_first.values().flatten().copied()
    }

    pub fn is_in(&self, text: &str) -> bool {
        self.find(text).is_some()
    }
}

fn table() -> &'static HashMap<Cue, Words> {
    static TABLE: OnceLock<HashMap<Cue, Words>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table: HashMap<Cue, Words> = HashMap::new();
        let mut class = None;
        for line in include_str!("../../data/lexicon/cues.txt").lines() {
            if line.starts_with('#') {
                continue;
            }
            if let Some(name) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
                class = Cue::NAMES.iter().find(|(n, _)| *n == name).map(|(_, c)| *c);
            } else if let Some(class) = class {
                let words = table.entry(class).or_default();
                line.split_whitespace().for_each(|word| words.add(word));
            }
        }
        table
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_class_has_words_and_every_heading_is_a_class() {
        for (name, class) in Cue::NAMES {
            assert!(!class.words().by_first.is_empty(), "[{name}] is empty");
        }
        let headings = include_str!("../../data/lexicon/cues.txt").lines().filter(|l| l.starts_with('['));
        assert_eq!(headings.count(), Cue::NAMES.len());
    }

    #[test]
    fn the_longest_word_wins() {
        assert_eq!(Cue::Attain.words().suffix("收入累计达到"), Some("累计达到"));
        assert_eq!(Cue::Growth.words().prefix("增长率为"), Some("增长率"));
    }
}
