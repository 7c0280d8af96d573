//! Dataset files and texts → [`Dataset`], checked.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use super::decode::Decoder;
use super::error::{DatasetError, Problem};
use super::wire::{self, Outline};
use super::{Dataset, VERSION};
use crate::model::Document;

/// Reads a dataset file in either form.
pub fn read(path: &Path) -> Result<Dataset, DatasetError> {
    let mut bytes = Vec::new();
    open(path)?.read_to_end(&mut bytes).map_err(|error| DatasetError::file(path, error))?;
    let text = std::str::from_utf8(&bytes)
        .map_err(|error| DatasetError::at("", Problem::NotUtf8(error.valid_up_to())).in_file(path))?;
    from_str(text).map_err(|error| error.in_file(path))
}

/// Opens a file that is one: a pipe would be waited for, a device never ends.
pub(super) fn open(path: &Path) -> Result<File, DatasetError> {
    let opened = std::fs::metadata(path).and_then(|found| match found.file_type() {
        kind if kind.is_file() => File::open(path),
        kind if kind.is_dir() => Err(io::ErrorKind::IsADirectory.into()),
        _ => Err(io::Error::other("not a regular file")),
    });
    opened.map_err(|error| DatasetError::file(path, error))
}

/// Reads a dataset from text: one object, or a header line followed by a document a line.
pub fn from_str(text: &str) -> Result<Dataset, DatasetError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let first = text.lines().next().unwrap_or_default();
    if is_header(first) { lines(first, text) } else { whole(text) }
}

/// Whether the first line of a file begins the form of lines.
pub(super) fn is_header(first: &str) -> bool {
    serde_json::from_str::<Outline>(first).is_ok_and(|outline| outline.documents.is_none())
}

fn whole(text: &str) -> Result<Dataset, DatasetError> {
    let whole: wire::Whole<'_> = parse(text, "")?;
    known(&whole.format, whole.version)?;
    let mut decoder = Decoder::default();
    let documents =
        whole.documents.into_iter().map(|document| decoder.document(document)).collect::<Result<_, _>>()?;
    Ok(Dataset { generator: whole.generator.into_owned(), documents })
}

fn lines(first: &str, text: &str) -> Result<Dataset, DatasetError> {
    let generator = header(first).map_err(|error| error.on_line(1))?;
    let mut documents = Vec::new();
    let rest = text.split_once('\n').map_or("", |(_, rest)| rest);
    Lines::default().feed(rest, |document| documents.push(document))?;
    Ok(Dataset { generator, documents })
}

/// Checks a header line and returns what wrote it.
pub(super) fn header(line: &str) -> Result<String, DatasetError> {
    let header: wire::Header<'_> = parse(line, "")?;
    known(&header.format, header.version)?;
    Ok(header.generator.into_owned())
}

/// Reads the lines after the header.
#[derive(Default)]
pub(super) struct Lines {
    decoder: Decoder,
    /// How many have been read.
    count: usize,
    documents: usize,
}

impl Lines {
    /// Reads the documents of the next lines, each as a whole.
    pub(super) fn feed(&mut self, text: &str, mut each: impl FnMut(Document)) -> Result<(), DatasetError> {
        for line in text.lines() {
            self.count += 1;
            if line.trim().is_empty() {
                continue;
            }
            let prefix = format!("documents[{}]", self.documents);
            let document = parse(line, &prefix).and_then(|wire| self.decoder.document(wire));
            each(document.map_err(|error| error.on_line(self.count + 1))?);
            self.documents += 1;
        }
        Ok(())
    }
}

/// Parses quickly; if that fails, once more with an eye on where, and whether it is a dataset of
/// another version.
pub(super) fn parse<'a, T: serde::Deserialize<'a>>(text: &'a str, prefix: &str) -> Result<T, DatasetError> {
    let error = match serde_json::from_str::<T>(text) {
        Ok(value) => return Ok(value),
        Err(error) => error,
    };
    if prefix.is_empty()
        && let Ok(outline) = serde_json::from_str::<Outline>(text)
    {
        recognise(&outline)?;
    }
    let mut parser = serde_json::Deserializer::from_str(text);
    match serde_path_to_error::deserialize::<_, T>(&mut parser) {
        Ok(_) => Err(DatasetError::json(prefix.to_owned(), &error)),
        Err(found) => {
            let path = match (prefix, found.path().to_string()) {
                (prefix, path) if path == "." => prefix.to_owned(),
                ("", path) => path,
                (prefix, path) => format!("{prefix}.{path}"),
            };
            Err(DatasetError::json(path, found.inner()))
        }
    }
}

/// The format's name first, then its version: only then do keys and types matter.
fn recognise(outline: &Outline) -> Result<(), DatasetError> {
    let shown =
        |value: &Option<serde_json::Value>| value.as_ref().map_or("none".to_owned(), ToString::to_string);
    if outline.format != Some("zhibiao".into()) {
        return Err(DatasetError::at("format", Problem::NotDataset(shown(&outline.format))));
    }
    if outline.version != Some(VERSION.into()) {
        return Err(DatasetError::at("version", Problem::Version(shown(&outline.version))));
    }
    Ok(())
}

pub(super) fn known(format: &str, version: u64) -> Result<(), DatasetError> {
    recognise(&Outline { format: Some(format.into()), version: Some(version.into()), documents: None })
}
