//! A dataset file read piece by piece: a file larger than memory's share of it can still be opened.
//!
//! ```text
//! figures.jsonl ─► header, Piece { documents 0.. }, Piece { documents 57.. }, …
//! ```
//!
//! Lines are read as they come. The `.json` form is one value, so its text is held until its last
//! document has been handed out. Documents are checked as [`super::read`] checks them, but for ids
//! given twice, which nobody sees who holds one piece; [`fault`] names what is wrong in full.

use std::fs::File;
use std::io::{self, Read};
use std::ops::Range;
use std::os::unix::fs::FileExt;
use std::path::Path;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::decode;
use super::error::{DatasetError, Problem};
use super::read::{self, Lines};
use super::wire::{self, Text};
use crate::model::Document;

/// Bytes of the first piece: little, so that something can be shown at once.
const FIRST: usize = 1 << 17;
/// Bytes of the others, or one document if that is longer.
const SIZE: usize = 1 << 22;

/// Where a document's JSON stands in its file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    pub start: u64,
    pub length: u32,
}

/// Some consecutive documents of a file, not yet parsed.
#[derive(Debug)]
pub struct Piece {
    /// Where the text begins in the file.
    start: u64,
    text: String,
    documents: Vec<Range<usize>>,
}

/// The pieces of a file, in order.
#[derive(Debug)]
pub struct Pieces {
    file: File,
    /// Bytes read from the file so far that are not handed out yet, and where they begin.
    ahead: Vec<u8>,
    start: u64,
    ended: bool,
    size: usize,
    /// The places of the documents still to come, last first, if the form is one value.
    whole: Option<Vec<Range<usize>>>,
}

/// The `.json` form with its documents unread.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Whole<'a> {
    #[serde(borrow)]
    format: Text<'a>,
    version: u64,
    #[serde(borrow, rename = "generator")]
    _generator: Text<'a>,
    #[serde(borrow)]
    documents: Vec<&'a RawValue>,
}

impl Piece {
    /// Parses and checks the documents.
    pub fn documents(&self) -> impl Iterator<Item = Result<(Place, Document), DatasetError>> {
        self.documents.iter().map(|range| {
            let place = Place { start: self.start + range.start as u64, length: range.len() as u32 };
            Ok((place, from_line(self.text.get(range.clone()).unwrap_or(""))?))
        })
    }

    /// One past the last byte in the file.
    pub fn end(&self) -> u64 {
        self.start + self.text.len() as u64
    }
}

impl Iterator for Pieces {
    type Item = Result<Piece, DatasetError>;

    /// The next documents.
    fn next(&mut self) -> Option<Self::Item> {
        self.piece().transpose()
    }
}

impl Pieces {
    /// Opens a file and reads what stands before its first document.
    pub fn open(path: &Path) -> Result<Self, DatasetError> {
        let opened = read::open(path)?;
        let (ahead, whole) = (Vec::new(), None);
        let mut pieces = Self { file: opened, ahead, start: 0, ended: false, size: FIRST, whole };
        pieces.header().map_err(|error| error.in_file(path))?;
        Ok(pieces)
    }

    /// Makes the pieces as small as possible, for tests.
    #[cfg(test)]
    pub(crate) fn smallest(&mut self) {
        self.size = 1;
    }

    /// A handle of the same file, for [`document`].
    pub fn file(&self) -> io::Result<File> {
        self.file.try_clone()
    }

    fn piece(&mut self) -> Result<Option<Piece>, DatasetError> {
        let size = self.size;
        if size == FIRST {
            self.size = SIZE;
        }
        if let Some(rest) = &mut self.whole {
            let mut documents = Vec::new();
            let first = rest.last().map_or(0, |range| range.start);
            while let Some(range) = rest.pop_if(|range| range.start < first + size) {
                documents.push(range.start - first..range.end - first);
            }
            let Some(end) = documents.last().map(|range| range.end) else { return Ok(None) };
            let bytes = self.ahead.get(first..first + end).unwrap_or_default().to_vec();
            return Ok(Some(Piece { start: first as u64, text: text(bytes, first as u64)?, documents }));
        }
        let Some(bytes) = self.lines(size).map_err(io_error)? else { return Ok(None) };
        let start = self.start;
        self.start += bytes.len() as u64;
        let text = text(bytes, start)?;
        let mut documents = Vec::new();
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            if !line.trim().is_empty() {
                documents.push(at..at + line.trim_end_matches(['\r', '\n']).len());
            }
            at += line.len();
        }
        Ok(Some(Piece { start, text, documents }))
    }

    /// Takes whole lines of about `size` bytes; all that is left at the end of the file.
    fn lines(&mut self, size: usize) -> io::Result<Option<Vec<u8>>> {
        let mut searched = 0;
        loop {
            if self.ahead.len() >= size || self.ended {
                let fresh = self.ahead.get(searched..).unwrap_or_default();
                let end = memchr::memrchr(b'\n', fresh).map(|at| searched + at + 1);
                if let Some(end) = end.or(self.ended.then_some(self.ahead.len())) {
                    let rest = self.ahead.split_off(end);
                    let taken = std::mem::replace(&mut self.ahead, rest);
                    return Ok((!taken.is_empty()).then_some(taken));
                }
                searched = self.ahead.len();
            }
            self.more(size.max(FIRST))?;
        }
    }

    fn more(&mut self, bytes: usize) -> io::Result<()> {
        self.ahead.reserve(bytes);
        self.ended = (&self.file).take(bytes as u64).read_to_end(&mut self.ahead)? == 0;
        Ok(())
    }

    /// Reads the header line, or the whole value if there is none.
    fn header(&mut self) -> Result<(), DatasetError> {
        while !self.ended && !self.ahead.contains(&b'\n') {
            self.more(FIRST).map_err(io_error)?;
        }
        let mark: &[u8] = "\u{feff}".as_bytes();
        let skip = if self.ahead.starts_with(mark) { mark.len() } else { 0 };
        let end = memchr::memchr(b'\n', &self.ahead).map_or(self.ahead.len(), |at| at + 1);
        let first = text(self.ahead.get(skip..end).unwrap_or_default().to_vec(), skip as u64)?;
        if read::is_header(&first) {
            read::header(first.trim_end_matches(['\r', '\n'])).map_err(|error| error.on_line(1))?;
            self.start = end as u64;
            self.ahead.drain(..end);
            return Ok(());
        }
        while !self.ended {
            self.more(SIZE).map_err(io_error)?;
        }
        let all = std::str::from_utf8(&self.ahead).map_err(|error| not_utf8(&error, 0))?;
        let all = all.get(skip..).unwrap_or_default();
        let whole: Whole<'_> = read::parse(all, "")?;
        read::known(&whole.format, whole.version)?;
        let begin = all.as_ptr().addr();
        let place = |raw: &&RawValue| {
            let start = skip + raw.get().as_ptr().addr() - begin;
            start..start + raw.get().len()
        };
        self.whole = Some(whole.documents.iter().rev().map(place).collect());
        Ok(())
    }
}

/// One document from its JSON, as it stands in either form.
pub fn from_line(json: &str) -> Result<Document, DatasetError> {
    let wire: wire::Document<'_> = read::parse(json, "documents[0]")?;
    decode::document(0, wire)
}

/// Reads a document again from where it stands in a file.
///
/// # Errors
/// The file cannot be read, or holds something else there by now.
pub fn document(file: &File, place: Place) -> Result<Document, DatasetError> {
    let mut bytes = vec![0; place.length as usize];
    file.read_exact_at(&mut bytes, place.start).map_err(io_error)?;
    from_line(&text(bytes, place.start)?)
}

/// What is wrong with a file that could not be read piece by piece, with its exact place; `None` if
/// nothing is, when all of it is looked at.
pub fn fault(path: &Path) -> Option<DatasetError> {
    let pieces = match Pieces::open(path) {
        Ok(pieces) if pieces.whole.is_none() => pieces,
        _ => return super::read(path).err(),
    };
    let mut lines = Lines::default();
    for piece in pieces {
        if let Err(error) = piece.and_then(|piece| lines.feed(&piece.text, |_| ())) {
            return Some(error.in_file(path));
        }
    }
    None
}

fn text(bytes: Vec<u8>, start: u64) -> Result<String, DatasetError> {
    String::from_utf8(bytes).map_err(|error| not_utf8(&error.utf8_error(), start))
}

fn not_utf8(error: &std::str::Utf8Error, start: u64) -> DatasetError {
    DatasetError::at("", Problem::NotUtf8(start as usize + error.valid_up_to()))
}

fn io_error(error: io::Error) -> DatasetError {
    DatasetError::at("", Problem::File(error))
}
