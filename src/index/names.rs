//! Short texts that many figures share, each kept once and known by a number.
//!
//! `长春新区`, `元`, `长春新区` → 1, 2, 1; 0 is the empty text

use std::collections::HashMap;

use super::lines::Lines;

/// The number of the empty text.
pub const NONE: u32 = 0;

/// Every distinct name of an index.
#[derive(Clone, Debug)]
pub struct Names {
    /// As written.
    texts: Vec<Box<str>>,
    /// Folded, for searching.
    lines: Lines,
}

impl Names {
    /// As written.
    pub fn text(&self, name: u32) -> &str {
        self.texts.get(name as usize).map_or("", |text| text)
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

/// Gathers names while an index is built.
#[derive(Debug)]
pub(super) struct Gatherer {
    names: Names,
    known: HashMap<Box<str>, u32>,
}

impl Gatherer {
    pub(super) fn new() -> Self {
        let mut gatherer =
            Self { names: Names { texts: Vec::new(), lines: Lines::default() }, known: HashMap::new() };
        gatherer.add("");
        gatherer
    }

    /// The number of a text.
    pub(super) fn add(&mut self, text: &str) -> u32 {
        if let Some(&name) = self.known.get(text) {
            return name;
        }
        let name = self.names.texts.len() as u32;
        self.names.texts.push(text.into());
        self.names.lines.push(text);
        self.known.insert(text.into(), name);
        name
    }

    pub(super) fn finish(self) -> Names {
        self.names
    }
}
