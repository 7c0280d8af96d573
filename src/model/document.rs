//! One document with what was found in it.

use super::{Figure, Rejected};
use crate::text::{CleanSpan, RawSpan, SourceMap};

/// A stretch of the raw file that is not part of the cleaned text, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dropped {
    pub raw: RawSpan,
    /// `tag`, `pinyin`, `furniture`, `headline-list`, …
    pub reason: String,
}

/// A heading and the text under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// The heading's text.
    pub title: String,
    /// 1 for the outermost.
    pub level: u8,
    /// The heading itself, in the cleaned text; the section runs to the next one of its level.
    pub span: CleanSpan,
}

/// One document: where it comes from, its cleaned text, its figures.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// The file's name, or the record's id in a corpus; unique within a dataset.
    pub id: String,
    /// The path as given on the command line.
    pub path: String,
    pub title: Option<String>,
    pub source: Option<String>,
    pub url: Option<String>,
    /// `YYYY-MM-DD`, `YYYY-MM` or `YYYY`.
    pub date: Option<String>,
    /// As read: `utf-8`, `gb18030`, …
    pub encoding: String,
    /// Of the file's bytes, in hexadecimal.
    pub sha256: String,
    /// Length of the raw decoded file in code points.
    pub raw_length: usize,
    /// The cleaned text.
    pub text: String,
    pub map: SourceMap,
    pub dropped: Vec<Dropped>,
    pub sections: Vec<Section>,
    pub figures: Vec<Figure>,
    pub rejected: Vec<Rejected>,
}

impl Document {
    /// Calls the document otherwise, and its figures after it.
    pub fn rename(&mut self, id: String) {
        for figure in &mut self.figures {
            figure.id = Figure::name(&id, figure.raw);
        }
        self.id = id;
    }
}
