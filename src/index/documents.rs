//! The documents themselves: in memory, or read from their file when first asked for.
//!
//! Columns answer questions and fill rows; a document's text is wanted only where it is shown. What
//! has been read once is kept.

use std::fs::File;
use std::sync::OnceLock;

use crate::dataset::{self, FilePlace};
use crate::model::Document;

/// The documents of an index, by number.
#[derive(Debug)]
pub(super) enum Documents {
    Memory(Vec<Document>),
    File { file: File, places: Vec<FilePlace>, read: Vec<OnceLock<Option<Box<Document>>>> },
}

impl Documents {
    pub(super) fn of_file(file: File, places: Vec<FilePlace>) -> Self {
        let read = places.iter().map(|_| OnceLock::new()).collect();
        Self::File { file, places, read }
    }

    /// A document; `None` past the last, and where the file no longer holds it.
    pub(super) fn get(&self, number: usize) -> Option<&Document> {
        match self {
            Self::Memory(documents) => documents.get(number),
            Self::File { file, places, read } => {
                let (place, slot) = (places.get(number)?, read.get(number)?);
                let read = || dataset::document(file, *place).ok().map(Box::new);
                slot.get_or_init(read).as_deref()
            }
        }
    }
}
