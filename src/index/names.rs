//! Short texts that many figures share, each kept once and known by a number.
//!
//! `长春新区`, `元`, `长春新区` → 1, 2, 1; 0 is the empty text

use std::collections::HashMap;

use super::lines::Lines;
use super::texts::Texts;

/// The number of the empty text.
pub const NONE: u32 = 0;

/// Every distinct name of an index.
#[derive(Clone, Debug)]
pub struct Names {
    /// As written.
    texts: Texts,
    /// Folded, for searching.
    lines: Lines,
}

impl Names {
    pub(super) fn new(texts: Texts) -> Self {
        let mut lines = Lines::default();
        for text in texts.iter() {
            lines.push(text);
        }
        Self { texts, lines }
    }

    pub(super) fn stored(texts: Texts, lines: Lines) -> Self {
        Self { texts, lines }
    }

    pub(super) fn texts(&self) -> &Texts {
        &self.texts
    }

    /// As written.
    pub fn text(&self, name: u32) -> &str {
        self.texts.get(name)
    }

    /// Folded, under the same numbers.
    pub fn lines(&self) -> &Lines {
        &self.lines
    }

    pub fn len(&self) -> usize {
        self.texts.len()
    }

    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }
}

/// Gathers distinct texts while an index is built.
#[derive(Clone, Debug)]
pub(super) struct Gatherer {
    texts: Texts,
    known: HashMap<Box<str>, u32>,
}

impl Gatherer {
    pub(super) fn new() -> Self {
        let mut gatherer = Self { texts: Texts::default(), known: HashMap::new() };
        gatherer.add("");
        gatherer
    }

    /// The number of a text.
    pub(super) fn add(&mut self, text: &str) -> u32 {
        if let Some(&name) = self.known.get(text) {
            return name;
        }
        let name = self.texts.push(text);
        self.known.insert(text.into(), name);
        name
    }

    /// Takes in all texts of another one and returns their numbers here.
    pub(super) fn join(&mut self, other: &Self) -> Vec<u32> {
        other.texts.iter().map(|text| self.add(text)).collect()
    }

    pub(super) fn finish(self) -> Texts {
        self.texts
    }
}
