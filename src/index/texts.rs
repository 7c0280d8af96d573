//! Texts as written, one behind the other in one arena.

use std::fmt::{self, Debug, Formatter};

use super::column::Column;
use super::slots::Slots;
use super::stored::Section;

/// Texts by number: in memory, or read from a cache some at a time when one of them is asked for.
#[derive(Clone)]
pub struct Texts {
    arena: Arena,
    /// Where each text begins, and one past the last of all.
    starts: Column<u64>,
}

#[derive(Clone)]
enum Arena {
    Memory(String),
    Stored(Section, Slots<String>),
}

/// How many texts are read at a time.
const TOGETHER: usize = 256;

impl Default for Texts {
    fn default() -> Self {
        Self { arena: Arena::Memory(String::new()), starts: vec![0].into() }
    }
}

impl Debug for Texts {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl Texts {
    /// Texts as they were kept.
    pub(super) fn stored(arena: Section, starts: Column<u64>) -> Self {
        let slots = Slots::new(starts.len().div_ceil(TOGETHER));
        Self { arena: Arena::Stored(arena, slots), starts }
    }

    /// The whole arena, of texts in memory, and where each begins.
    pub(super) fn parts(&self) -> (&str, &[u64]) {
        match &self.arena {
            Arena::Memory(text) => (text, &self.starts),
            Arena::Stored(..) => ("", &[0]),
        }
    }

    /// Adds a text to those in memory and returns its number.
    pub fn push(&mut self, text: &str) -> u32 {
        if let Arena::Memory(arena) = &mut self.arena {
            arena.push_str(text);
            self.starts.push(arena.len() as u64);
        }
        self.starts.len() as u32 - 2
    }

    /// One text; empty past the last.
    pub fn get(&self, number: u32) -> &str {
        let at = |n: usize| self.starts.get(n).map(|&at| at as usize);
        let number = number as usize;
        let (Some(from), Some(to)) = (at(number), at(number + 1)) else { return "" };
        match &self.arena {
            Arena::Memory(text) => text.get(from..to).unwrap_or(""),
            Arena::Stored(section, slots) => {
                let first = number / TOGETHER * TOGETHER;
                let last = (first + TOGETHER).min(self.len());
                let (Some(start), Some(end)) = (at(first), at(last)) else { return "" };
                let read = || String::from_utf8(section.numbers(start..end)).unwrap_or_default();
                let text = slots.get_or_init(number / TOGETHER, read);
                text.and_then(|text| text.get(from.checked_sub(start)?..to.checked_sub(start)?)).unwrap_or("")
            }
        }
    }

    /// Adds all texts of another arena behind one's own, both in memory.
    pub fn append(&mut self, other: &Self) {
        if let (Arena::Memory(mine), Arena::Memory(theirs)) = (&mut self.arena, &other.arena) {
            let before = mine.len() as u64;
            mine.push_str(theirs);
            self.starts.extend(other.starts.iter().skip(1).map(|at| before + at));
        }
    }

    /// How many texts there are.
    pub fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len() as u32).map(|n| self.get(n))
    }
}
