//! The documents themselves: in memory, or read from their file when first asked for.
//!
//! Columns answer questions and fill rows; a document's text is wanted only where it is shown. What
//! has been read once is kept.

use std::fs::File;
use std::sync::atomic::{AtomicBool, Ordering};

use super::column::Column;
use super::slots::Slots;
use crate::dataset::{self, FilePlace};
use crate::model::Document;

/// The documents of an index, by number.
#[derive(Debug)]
pub(super) enum Documents {
    Memory(Vec<Document>),
    File {
        file: File,
        places: Places,
        read: Slots<Option<Box<Document>>>,
        /// Whether a document was asked for that the file no longer holds.
        lost: AtomicBool,
    },
}

/// Where each document stands in the file.
#[derive(Clone, Debug, Default)]
pub(super) struct Places {
    pub(super) starts: Column<u64>,
    pub(super) lengths: Column<u32>,
}

impl Places {
    pub(super) fn push(&mut self, place: FilePlace) {
        self.starts.push(place.start);
        self.lengths.push(place.length);
    }

    pub(super) fn append(&mut self, mut other: Self) {
        self.starts.append(&mut other.starts);
        self.lengths.append(&mut other.lengths);
    }
}

impl Documents {
    pub(super) fn of_file(file: File, places: Places) -> Self {
        let read = Slots::new(places.starts.len());
        Self::File { file, places, read, lost: AtomicBool::new(false) }
    }

    /// A document; `None` past the last, and where the file no longer holds it.
    pub(super) fn get(&self, number: usize) -> Option<&Document> {
        match self {
            Self::Memory(documents) => documents.get(number),
            Self::File { file, places, read, lost } => {
                let (&start, &length) = (places.starts.get(number)?, places.lengths.get(number)?);
                let place = FilePlace { start, length };
                let read_it = || dataset::document(file, place).ok().map(Box::new);
                let document = read.get_or_init(number, read_it)?.as_deref();
                lost.fetch_or(document.is_none(), Ordering::Relaxed);
                document
            }
        }
    }

    /// Whether a document was asked for that its file no longer holds.
    pub(super) fn lost(&self) -> bool {
        matches!(self, Self::File { lost, .. } if lost.load(Ordering::Relaxed))
    }
}
