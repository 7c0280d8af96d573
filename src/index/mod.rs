//! A dataset ready for questions: figures by number, each with its document.
//!
//! Readers use [`FigureRef`] and its accessors, never the storage behind it, so that columns and
//! arenas can take the place of structs without a change elsewhere.

pub mod fold;
pub mod reading;
#[cfg(test)]
pub(crate) mod sample;
pub mod time;

use std::collections::HashSet;

use crate::dataset::Dataset;
use crate::model::{Bound, Decimal, Document, Figure, Kind, Period, Status};

/// A figure's number in the index, in document order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FigureId(pub u32);

/// A document's number in the index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DocumentId(pub u32);

/// All figures of a dataset.
#[derive(Debug, Default)]
pub struct Index {
    dataset: Dataset,
    /// (document, figure within it) for every figure.
    rows: Vec<(u32, u32)>,
    /// First figure of each document, and one past the last of all.
    starts: Vec<u32>,
    /// Folded units.
    units: HashSet<String>,
    /// Folded runs of Latin letters and digits in names and sentences.
    latin: HashSet<String>,
}

/// One figure, by reference.
#[derive(Clone, Copy, Debug)]
pub struct FigureRef<'a> {
    id: FigureId,
    document: DocumentId,
    figure: &'a Figure,
    owner: &'a Document,
}

impl Index {
    pub fn new(dataset: Dataset) -> Self {
        let mut rows = Vec::new();
        let mut starts = vec![0];
        for (d, document) in dataset.documents.iter().enumerate() {
            rows.extend((0..document.figures.len()).map(|f| (d as u32, f as u32)));
            starts.push(rows.len() as u32);
        }
        let mut index = Self { dataset, rows, starts, ..Self::default() };
        index.units = index.figures().filter_map(FigureRef::unit).map(fold::fold).collect();
        let mut latin = HashSet::new();
        for figure in index.figures() {
            for text in
                [figure.indicator(), figure.subject().unwrap_or(""), figure.sentence(), figure.title()]
            {
                latin.extend(latin_words(&fold::fold(text)).map(str::to_owned));
            }
        }
        index.latin = latin;
        index
    }

    /// Whether a figure has this unit (folded).
    pub fn has_unit(&self, unit: &str) -> bool {
        self.units.contains(unit)
    }

    /// Whether this run of Latin letters and digits (folded) stands in a name or sentence.
    pub fn has_latin_word(&self, word: &str) -> bool {
        self.latin.contains(word)
    }

    /// How many figures there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    pub fn figures(&self) -> impl Iterator<Item = FigureRef<'_>> {
        (0..self.rows.len() as u32).filter_map(|n| self.figure(FigureId(n)))
    }

    pub fn figure(&self, id: FigureId) -> Option<FigureRef<'_>> {
        let &(d, f) = self.rows.get(id.0 as usize)?;
        let owner = self.dataset.documents.get(d as usize)?;
        let figure = owner.figures.get(f as usize)?;
        Some(FigureRef { id, document: DocumentId(d), figure, owner })
    }

    pub fn documents(&self) -> &[Document] {
        &self.dataset.documents
    }

    pub fn document(&self, id: DocumentId) -> Option<&Document> {
        self.dataset.documents.get(id.0 as usize)
    }

    /// The figures of one document, in text order.
    pub fn of_document(&self, id: DocumentId) -> std::ops::Range<u32> {
        let at = |n: usize| self.starts.get(n).copied().unwrap_or(self.rows.len() as u32);
        at(id.0 as usize)..at(id.0 as usize + 1)
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

    pub fn title(self) -> &'a str {
        self.owner.title.as_deref().unwrap_or(&self.owner.id)
    }
}
