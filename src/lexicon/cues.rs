//! Cue words by class, from `data/lexicon/cues.txt`: `[attain] 达到 完成 …`.

use std::sync::OnceLock;

use super::chars::{ByChar, ByChars};

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
    FactWeak,
    Duty,
    PlanTitle,
    PolicyTitle,
    ReportTitle,
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
    Brand,
    Example,
    Invest,
    Fund,
    Division,
    Put,
    Gain,
    Office,
    Media,
    Works,
    Causes,
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
        ("fact_weak", Self::FactWeak),
        ("duty", Self::Duty),
        ("plan_title", Self::PlanTitle),
        ("policy_title", Self::PolicyTitle),
        ("report_title", Self::ReportTitle),
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
        ("brand", Self::Brand),
        ("example", Self::Example),
        ("invest", Self::Invest),
        ("fund", Self::Fund),
        ("division", Self::Division),
        ("put", Self::Put),
        ("gain", Self::Gain),
        ("office", Self::Office),
        ("media", Self::Media),
        ("works", Self::Works),
        ("causes", Self::Causes),
    ];

    /// The words of this class.
    pub fn words(self) -> &'static Words {
        static EMPTY: OnceLock<Words> = OnceLock::new();
        table().get(self as usize).unwrap_or_else(|| EMPTY.get_or_init(Words::default))
    }
}

/// A set of words that answers which of them a text starts with, ends with or holds.
#[derive(Debug, Default)]
pub struct Words {
    heads: Ends,
    tails: Ends,
}

/// Words by the two characters at one of their ends, the longest first; those of one character apart.
#[derive(Debug, Default)]
struct Ends {
    longer: ByChars<Vec<&'static str>>,
    single: ByChar<&'static str>,
}

impl Ends {
    /// The words that may stand where a text has these characters.
    fn of(&self, mut chars: impl Iterator<Item = char>) -> impl Iterator<Item = &'static str> {
        let (first, second) = (chars.next(), chars.next());
        let longer = first.zip(second).and_then(|pair| self.longer.get(&pair));
        let single = first.filter(|_| !self.single.is_empty()).and_then(|c| self.single.get(&c));
        longer.into_iter().flatten().chain(single).copied()
    }

    fn add(&mut self, word: &'static str, mut chars: impl Iterator<Item = char>) {
        match (chars.next(), chars.next()) {
            (Some(first), Some(second)) => {
                let list = self.longer.entry((first, second)).or_default();
                let at = list.partition_point(|other| other.len() >= word.len());
                list.insert(at, word);
            }
            (Some(only), None) => _ = self.single.insert(only, word),
            _ => {}
        }
    }
}

impl Words {
    pub(super) fn add(&mut self, word: &'static str) {
        if !self.contains(word) {
            self.heads.add(word, word.chars());
            self.tails.add(word, word.chars().rev());
        }
    }

    pub fn contains(&self, word: &str) -> bool {
        self.heads.of(word.chars()).any(|w| w == word)
    }

    /// The longest word that `text` starts with.
    pub fn prefix(&self, text: &str) -> Option<&'static str> {
        self.heads.of(text.chars()).find(|w| text.starts_with(w))
    }

    /// The longest word that `text` ends with.
    pub fn suffix(&self, text: &str) -> Option<&'static str> {
        self.tails.of(text.chars().rev()).find(|w| text.ends_with(w))
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
        self.heads.longer.values().flatten().chain(self.heads.single.values()).copied()
    }

    pub fn is_in(&self, text: &str) -> bool {
        self.find(text).is_some()
    }
}

/// The words of every class, in the order of [`Cue`].
fn table() -> &'static [Words] {
    static TABLE: OnceLock<Vec<Words>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table: Vec<Words> = Cue::NAMES.iter().map(|_| Words::default()).collect();
        let mut class = None;
        for line in include_str!("../../data/lexicon/cues.txt").lines() {
            if line.starts_with('#') {
                continue;
            }
            if let Some(name) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
                class = Cue::NAMES.iter().find(|(n, _)| *n == name).map(|(_, c)| *c);
            } else if let Some(class) = class {
                let Some(words) = table.get_mut(class as usize) else { continue };
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
            assert!(class.words().all().next().is_some(), "[{name}] is empty");
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
