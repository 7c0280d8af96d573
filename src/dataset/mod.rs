//! The dataset: documents with their figures, and the versioned JSON they are kept in.
//!
//! `{"format":"zhibiao","version":1,"generator":"zhibiao 0.1.0","documents":[…]}` ⇄ [`Dataset`]
//!
//! Positions in the JSON are Unicode code points, half open: `start`/`end` in the raw decoded
//! file, everything else in the cleaned text. The model counts bytes in the cleaned text; [`encode`]
//! and [`decode`] translate. `data/dataset.schema.json` describes the format.

use crate::model::Document;

mod csv;
mod decode;
mod encode;
mod error;
mod flat;
mod pieces;
mod read;
mod text;
mod wire;
mod write;

pub use csv::{csv, csv_header, csv_line};
pub use error::{DatasetError, Place, Problem};
pub use flat::{CSV_HEADER, Row, json_lines};
pub use pieces::{Piece, Pieces, Place as FilePlace, document, fault, from_line};
pub use read::{from_str, read};
pub use write::{Writer, document_line, replace_file, write_line};

/// The version of the format that is written, and the only one that is read.
pub const VERSION: u64 = 1;

/// Name and version of this program, as written into a dataset.
pub const GENERATOR: &str = concat!("zhibiao ", env!("CARGO_PKG_VERSION"));

/// The JSON Schema (2020-12) of the `.json` form; a line of the `.jsonl` form is its `$defs/document`.
pub const SCHEMA: &str = include_str!("../../data/dataset.schema.json");

/// What one dataset file holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Dataset {
    /// Name and version of the program that wrote it.
    pub generator: String,
    pub documents: Vec<Document>,
}

/// The two forms of a dataset file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// One object.
    Json,
    /// A header line, then a document a line.
    Lines,
}

impl Form {
    /// By the file's ending: `.jsonl` and `.ndjson` are lines.
    pub fn of(path: &std::path::Path) -> Self {
        let ending =
            path.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_ascii_lowercase();
        if matches!(ending.as_str(), "jsonl" | "ndjson") { Self::Lines } else { Self::Json }
    }
}
