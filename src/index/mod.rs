//! A dataset ready for questions: figures by number, each with its document.
//!
//! Readers use [`FigureRef`] and its accessors, never the storage behind it, so that columns and
//! arenas can take the place of structs without a change elsewhere.

mod apart;
pub mod bits;
mod cache;
pub mod column;
pub mod columns;
mod documents;
mod figure;
pub mod fold;
pub mod lines;
mod load;
pub mod names;
mod part;
mod periods;
pub mod quick;
pub mod reading;
#[cfg(test)]
pub(crate) mod sample;
mod slots;
mod stored;
#[cfg(test)]
mod tests;
pub mod texts;
pub mod time;

use std::collections::HashSet;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{LazyLock, OnceLock};

use crate::dataset::Dataset;
use crate::model::Document;
use apart::Apart;
use bits::Bits;
pub use cache::Slot;
use column::Column;
use columns::{Columns, Groups};
use documents::Documents;
pub use figure::FigureRef;
use lines::Lines;
pub use load::Reading;
use names::Names;
pub use part::latin_words;
use part::{Part, keep};
use periods::Periods;
use texts::Texts;

/// A figure's number in the index, in document order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FigureId(pub u32);

/// A document's number in the index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DocumentId(pub u32);

/// All figures of a dataset.
#[derive(Debug)]
pub struct Index {
    documents: Documents,
    columns: Columns,
    names: Names,
    sentences: Lines,
    of_sentence: Groups,
    quotes: Texts,
    /// The figures' ids; see [`part::REST`].
    ids: Texts,
    /// Values that the columns do not hold.
    apart: Apart,
    periods: Periods,
    latin: Latin,
    /// Tells this index from every other one of the process.
    stamp: u64,
}

impl Default for Index {
    fn default() -> Self {
        Self::new(Dataset::default())
    }
}

impl Index {
    /// An index of documents in memory.
    pub fn new(dataset: Dataset) -> Self {
        let mut part = Part::default();
        for document in &dataset.documents {
            part.add(document);
        }
        Self::of(part, Documents::Memory(dataset.documents))
    }

    fn of(part: Part, documents: Documents) -> Self {
        let Part { columns, names, sentences, quotes, ids, apart, periods, mut latin, .. } = part;
        let names = Names::new(names.finish());
        let mut searched = Bits::none(names.len());
        for column in [
            &columns.indicator,
            &columns.subject,
            &columns.indicator_id,
            &columns.documents.title,
            &columns.units,
        ] {
            for &name in column.iter() {
                searched.add(name as usize);
            }
        }
        for word in searched.iter().flat_map(|name| latin_words(names.lines().line(name))) {
            keep(&mut latin, word);
        }
        let (periods, latin) = (Periods::new(periods), Latin::from(latin));
        let of_sentence = Groups::new(&columns.sentence, sentences.len());
        let stamp = Self::new_stamp();
        Self { documents, columns, names, sentences, of_sentence, quotes, ids, apart, periods, latin, stamp }
    }

    fn new_stamp() -> u64 {
        static STAMP: AtomicU64 = AtomicU64::new(0);
        STAMP.fetch_add(1, Ordering::Relaxed)
    }

    /// How many figures there are.
    pub fn len(&self) -> usize {
        self.columns.status.len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub fn figures(&self) -> impl Iterator<Item = FigureRef<'_>> {
        (0..self.len() as u32).filter_map(|n| self.figure(FigureId(n)))
    }

    pub fn figure(&self, id: FigureId) -> Option<FigureRef<'_>> {
        let &document = self.columns.document.get(id.0 as usize)?;
        Some(FigureRef { id, document: DocumentId(document), index: self })
    }

    /// How many documents there are.
    pub fn document_count(&self) -> usize {
        self.columns.documents.id.len()
    }

    /// A document in full: read from its file when it is first asked for.
    pub fn document(&self, id: DocumentId) -> Option<&Document> {
        self.documents.get(id.0 as usize)
    }

    /// A document's title, or its id if it has none.
    pub fn title(&self, id: DocumentId) -> &str {
        self.document_name(&self.columns.documents.title, id)
    }

    /// The name that the dataset has for a document.
    pub fn name_in_dataset(&self, id: DocumentId) -> &str {
        self.document_name(&self.columns.documents.id, id)
    }

    /// A document's date as written; empty if it has none.
    pub fn date(&self, id: DocumentId) -> &str {
        self.document_name(&self.columns.documents.date, id)
    }

    /// Who published a document; empty if nobody is named.
    pub fn source(&self, id: DocumentId) -> &str {
        self.document_name(&self.columns.documents.source, id)
    }

    /// How many numbers of a document were not taken for figures.
    pub fn rejected_count(&self, id: DocumentId) -> usize {
        self.columns.documents.rejected.get(id.0 as usize).map_or(0, |&count| count as usize)
    }

    fn document_name(&self, column: &Column<u32>, id: DocumentId) -> &str {
        column.get(id.0 as usize).map_or("", |&name| self.names.text(name))
    }

    /// The figures of one document, in text order.
    pub fn of_document(&self, id: DocumentId) -> std::ops::Range<u32> {
        let ends = &self.columns.documents.ends;
        let end = |n: usize| ends.get(n).copied().unwrap_or(self.len() as u32);
        (id.0 as usize).checked_sub(1).map_or(0, end)..end(id.0 as usize)
    }

    /// Every figure's properties as numbers.
    pub fn columns(&self) -> &Columns {
        &self.columns
    }

    /// Every distinct short text.
    pub fn names(&self) -> &Names {
        &self.names
    }

    /// Every sentence that holds a figure, folded.
    pub fn sentences(&self) -> &Lines {
        &self.sentences
    }

    /// The figures of each sentence.
    pub fn of_sentence(&self) -> &Groups {
        &self.of_sentence
    }

    /// Whether something that was asked for is neither in its cache nor in its dataset any longer; what stands for
    /// it says nothing.
    pub fn lost(&self) -> bool {
        self.columns.status.lost() || self.documents.lost()
    }

    /// Tells this index from every other one of the process.
    pub fn stamp(&self) -> u64 {
        self.stamp
    }

    /// Whether a figure has this unit (folded).
    pub fn has_unit(&self, unit: &str) -> bool {
        self.columns.units.iter().any(|&name| self.names.lines().line(name as usize) == unit)
    }

    /// Whether this run of Latin letters and digits (folded) stands in a name or sentence.
    pub fn has_latin_word(&self, word: &str) -> bool {
        self.latin.words().contains(word)
    }
}

/// Folded runs of Latin letters and digits in names and sentences; those in a cache are read when one is first
/// looked for.
#[derive(Debug, Default)]
struct Latin {
    known: OnceLock<HashSet<Box<str>>>,
    /// One a line.
    lines: Column<u8>,
}

impl From<HashSet<Box<str>>> for Latin {
    fn from(known: HashSet<Box<str>>) -> Self {
        Self { known: known.into(), lines: Column::default() }
    }
}

impl Latin {
    fn words(&self) -> &HashSet<Box<str>> {
        let read = || std::str::from_utf8(&self.lines).unwrap_or_default().lines().map(Into::into).collect();
        self.known.get_or_init(read)
    }
}

/// What stands for a document that its file no longer holds.
static LOST: LazyLock<Document> = LazyLock::new(Document::default);
