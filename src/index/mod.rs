//! A dataset ready for questions: figures by number, each with its document.
//!
//! Readers use [`FigureRef`] and its accessors, never the storage behind it, so that columns and
//! arenas can take the place of structs without a change elsewhere.

pub mod bits;
pub mod columns;
pub mod fold;
pub mod lines;
pub mod names;
pub mod reading;
#[cfg(test)]
pub(crate) mod sample;
pub mod time;

use std::collections::HashSet;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::dataset::Dataset;
use crate::model::{Bound, Decimal, Document, Figure, Kind, Period, Status};
use bits::Bits;
use columns::{Columns, Groups, NO_ROW};
use lines::Lines;
use names::Names;

/// A figure's number in the index, in document order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FigureId(pub u32);

/// A document's number in the index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DocumentId(pub u32);

/// All figures of a dataset.
#[derive(Debug)]
pub struct Index {
    dataset: Dataset,
    /// First figure of each document, and one past the last of all.
    starts: Vec<u32>,
    columns: Columns,
    names: Names,
    sentences: Lines,
    of_sentence: Groups,
    /// Folded runs of Latin letters and digits in names and sentences.
    latin: HashSet<Box<str>>,
    /// Tells this index from every other one of the process.
    stamp: u64,
}

/// One figure, by reference.
#[derive(Clone, Copy, Debug)]
pub struct FigureRef<'a> {
    id: FigureId,
    document: DocumentId,
    figure: &'a Figure,
    owner: &'a Document,
    index: &'a Index,
}

impl Default for Index {
    fn default() -> Self {
        Self::new(Dataset::default())
    }
}

impl Index {
    pub fn new(dataset: Dataset) -> Self {
        static STAMP: AtomicU64 = AtomicU64::new(0);
        let mut starts = vec![0];
        let mut count = 0;
        for document in &dataset.documents {
            count += document.figures.len() as u32;
            starts.push(count);
        }
        let columns::Built { columns, names, sentences, of_sentence } = columns::build(&dataset);
        let mut searched = Bits::none(names.len());
        let documents = &columns.documents;
        let units = &columns.units;
        for column in [&columns.indicator, &columns.subject, &columns.indicator_id, &documents.title, units] {
            for &name in column {
                searched.add(name as usize);
            }
        }
        let words = searched.iter().flat_map(|name| latin_words(names.lines().line(name)));
        let words = words.chain(latin_words(sentences.text()));
        let mut latin: HashSet<Box<str>> = HashSet::new();
        for word in words {
            if !latin.contains(word) {
                latin.insert(word.into());
            }
        }
        let stamp = STAMP.fetch_add(1, Ordering::Relaxed);
        Self { dataset, starts, columns, names, sentences, of_sentence, latin, stamp }
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
        let owner = self.dataset.documents.get(document as usize)?;
        let first = self.starts.get(document as usize)?;
        let figure = owner.figures.get((id.0 - first) as usize)?;
        Some(FigureRef { id, document: DocumentId(document), figure, owner, index: self })
    }

    pub fn documents(&self) -> &[Document] {
        &self.dataset.documents
    }

    pub fn document(&self, id: DocumentId) -> Option<&Document> {
        self.dataset.documents.get(id.0 as usize)
    }

    /// The figures of one document, in text order.
    pub fn of_document(&self, id: DocumentId) -> std::ops::Range<u32> {
        let at = |n: usize| self.starts.get(n).copied().unwrap_or(self.len() as u32);
        at(id.0 as usize)..at(id.0 as usize + 1)
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
        self.latin.contains(word)
    }
}

/// The runs of Latin letters and digits of a folded text that hold a letter.
fn latin_words(folded: &str) -> impl Iterator<Item = &str> {
    let runs = folded.split(|c: char| !c.is_ascii_alphanumeric());
    runs.filter(|run| run.bytes().any(|b| b.is_ascii_alphabetic()))
}

impl<'a> FigureRef<'a> {
    pub fn id(self) -> FigureId {
        self.id
    }

    pub fn document_id(self) -> DocumentId {
        self.document
    }

    pub fn document(self) -> &'a Document {
        self.owner
    }

    /// The figure with all its fields, traces included.
    pub fn full(self) -> &'a Figure {
        self.figure
    }

    pub fn value(self) -> Option<Decimal> {
        self.figure.value
    }

    pub fn value_high(self) -> Option<Decimal> {
        self.figure.value_high
    }

    pub fn unit(self) -> Option<&'a str> {
        self.figure.unit.as_deref()
    }

    pub fn bound(self) -> Bound {
        self.figure.bound
    }

    pub fn kind(self) -> Kind {
        self.figure.kind
    }

    pub fn status(self) -> Status {
        self.figure.status
    }

    pub fn indicator(self) -> &'a str {
        &self.figure.indicator
    }

    pub fn indicator_id(self) -> &'a str {
        &self.figure.indicator_id
    }

    pub fn subject(self) -> Option<&'a str> {
        self.figure.subject.as_deref()
    }

    pub fn period(self) -> Option<&'a Period> {
        self.figure.period.as_ref()
    }

    pub fn quote(self) -> &'a str {
        &self.figure.quote
    }

    /// The sentence in the cleaned text.
    pub fn sentence(self) -> &'a str {
        self.figure.sentence.of(&self.owner.text)
    }

    /// The heading it stands under; empty if there is none.
    pub fn section(self) -> &'a str {
        let section = self.figure.section.and_then(|n| self.owner.sections.get(n));
        section.map_or("", |section| section.title.as_str())
    }

    /// The figure of the whole it is a part of (其中), if that is a figure of its document.
    pub fn parent(self) -> Option<FigureRef<'a>> {
        let &row = self.index.columns.parent.get(self.id.0 as usize).filter(|row| **row != NO_ROW)?;
        self.index.figure(FigureId(row))
    }

    pub fn title(self) -> &'a str {
        self.owner.title.as_deref().unwrap_or(&self.owner.id)
    }
}
