//! The dataset: documents with their figures, and the versioned JSON they are kept in.

use crate::model::Document;

/// What one dataset file holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Dataset {
    /// Name and version of the program that wrote it.
    pub generator: String,
    pub documents: Vec<Document>,
}
