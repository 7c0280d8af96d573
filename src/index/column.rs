//! A column of numbers: in memory, or in a cache and read as far as it is asked for.
//!
//! `column.get(7)` reads the block that holds row 7; `column.iter()` and all else that a slice can
//! do reads all of it. What has been read is kept.

use std::borrow::Cow;
use std::fmt::{self, Debug, Formatter};
use std::ops::{Deref, Range};
use std::sync::OnceLock;

pub use super::stored::Number;
use super::stored::{BLOCK, Section};

/// One number a row.
#[derive(Clone)]
pub struct Column<T> {
    whole: OnceLock<Vec<T>>,
    /// Where the numbers are while they are not in memory.
    stored: Option<Stored<T>>,
}

#[derive(Clone)]
struct Stored<T> {
    section: Section,
    blocks: Vec<OnceLock<Vec<T>>>,
}

impl<T> Default for Column<T> {
    fn default() -> Self {
        Vec::new().into()
    }
}

impl<T> From<Vec<T>> for Column<T> {
    fn from(numbers: Vec<T>) -> Self {
        Self { whole: OnceLock::from(numbers), stored: None }
    }
}

impl<T: Number + Debug> Debug for Column<T> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl<T: Number> Column<T> {
    /// The numbers of a section.
    pub(super) fn stored(section: Section) -> Self {
        let blocks = vec![OnceLock::new(); section.bytes().div_ceil(BLOCK)];
        Self { whole: OnceLock::new(), stored: Some(Stored { section, blocks }) }
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        match (&self.stored, self.whole.get()) {
            (Some(stored), None) => stored.section.bytes() / T::SIZE,
            (_, whole) => whole.map_or(0, Vec::len),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The number of a row; `None` past the last.
    pub fn get(&self, row: usize) -> Option<&T> {
        let rows = BLOCK / T::SIZE;
        match (&self.stored, self.whole.get()) {
            (Some(Stored { section, blocks }), None) => {
                let first = row / rows * rows;
                let read = || section.numbers(first..(first + rows).min(self.len()));
                blocks.get(row / rows)?.get_or_init(read).get(row % rows)
            }
            (_, whole) => whole?.get(row),
        }
    }

    /// Some rows, from memory or else read for this once and not kept.
    pub fn some(&self, rows: Range<usize>) -> Cow<'_, [T]> {
        let rows = rows.start..rows.end.min(self.len());
        match (&self.stored, self.whole.get()) {
            (Some(stored), None) => stored.section.numbers(rows).into(),
            (_, whole) => whole.and_then(|whole| whole.get(rows)).unwrap_or_default().into(),
        }
    }

    /// Whether all rows are in memory.
    pub fn is_read(&self) -> bool {
        self.whole.get().is_some()
    }

    /// Whether something of the store was lost.
    pub(super) fn lost(&self) -> bool {
        self.stored.as_ref().is_some_and(|stored| stored.section.lost())
    }

    /// Adds a row to a column in memory.
    pub(super) fn push(&mut self, number: T) {
        self.extend_from(&[number]);
    }

    /// Adds rows to a column in memory.
    pub(super) fn extend_from(&mut self, numbers: &[T]) {
        if let Some(whole) = self.whole.get_mut() {
            whole.extend_from_slice(numbers);
        }
    }

    /// Moves all rows of another column behind one's own.
    pub(super) fn append(&mut self, other: &mut Self) {
        self.extend_from(&std::mem::take(other));
    }
}

impl<T: Number> Deref for Column<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        let read = || match &self.stored {
            Some(stored) => stored.section.numbers(0..self.len()),
            None => Vec::new(),
        };
        self.whole.get_or_init(read)
    }
}

impl<T> Extend<T> for Column<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, numbers: I) {
        if let Some(whole) = self.whole.get_mut() {
            whole.extend(numbers);
        }
    }
}
