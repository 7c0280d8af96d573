//! What is wrong with a dataset, and where.
//!
//! `figures.json: documents[3].figures[12].start: 81 is past the end of the file, which has 80 characters`

use std::borrow::Cow;
use std::fmt;
use std::path::{Path, PathBuf};

/// A dataset that cannot be read or written.
#[derive(Debug)]
pub struct DatasetError {
    /// The file, if the text came from one.
    pub file: Option<PathBuf>,
    pub place: Place,
    pub problem: Problem,
}

/// Where in the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// From 1; 0 if only the path is known.
    pub line: usize,
    pub column: usize,
    /// `documents[3].figures[12].start`; empty for the file as a whole.
    pub path: String,
}

/// What was found there, and what was expected.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    #[error("{0}")]
    File(std::io::Error),
    #[error("not UTF-8: byte {0} fits no character")]
    NotUtf8(usize),
    #[error("not a zhibiao dataset: expected \"format\": \"zhibiao\", found {0}")]
    NotDataset(String),
    #[error("version {0} of the format is not known: this program reads version {known}", known = super::VERSION)]
    Version(String),
    #[error("the file ends in the middle: it was cut off or is still being written")]
    Truncated,
    #[error("not JSON: {0}")]
    Syntax(String),
    /// A wrong type, an unknown or a missing key.
    #[error("{0}")]
    Shape(String),
    #[error("found {}, expected {expected}", short(found))]
    Value { found: String, expected: String },
    #[error("{at} is past the end of {what}, which has {length} characters")]
    Outside { at: usize, what: &'static str, length: usize },
    #[error("the span {start}..{end} is empty or turned round")]
    Empty { start: usize, end: usize },
    #[error("starts at {start}, before the one ahead of it at {before}: they must be in order")]
    Order { start: usize, before: usize },
    #[error("{} was given before, to {first}: each must have its own", short(id))]
    Duplicate { id: String, first: String },
}

impl DatasetError {
    /// What could be done about it, if that can be told.
    pub fn remedy(&self) -> Option<&'static str> {
        match &self.problem {
            Problem::Syntax(_) | Problem::NotUtf8(_) | Problem::NotDataset(_) => {
                Some("a dataset is made of documents by: zhibiao extract PATH… -o figures.json")
            }
            Problem::File(error) if error.kind() == std::io::ErrorKind::IsADirectory => {
                Some("a dataset is made of a folder's documents by: zhibiao extract FOLDER -o figures.json")
            }
            Problem::File(error) if error.kind() == std::io::ErrorKind::NotFound => {
                Some("without a file, the dataset that comes with the program is used")
            }
            Problem::Version(_) => {
                Some("make it anew of its documents: zhibiao extract PATH… -o figures.json")
            }
            Problem::Truncated => {
                Some("wait for its writer, or make it anew: zhibiao extract PATH… -o figures.json")
            }
            _ => None,
        }
    }

    pub(super) fn at(path: impl Into<String>, problem: Problem) -> Self {
        Self { file: None, place: Place { path: path.into(), ..Place::default() }, problem }
    }

    pub(super) fn on_line(mut self, line: usize) -> Self {
        self.place.line = line;
        self
    }

    pub(super) fn in_file(mut self, file: &Path) -> Self {
        self.file = Some(file.to_path_buf());
        self
    }

    pub(super) fn file(file: &Path, error: std::io::Error) -> Self {
        Self::at("", Problem::File(error)).in_file(file)
    }

    /// What serde found wrong, at `path`.
    pub(super) fn json(path: String, error: &serde_json::Error) -> Self {
        let text = error.to_string();
        let text = text.rfind(" at line ").and_then(|at| text.get(..at)).unwrap_or(&text).to_owned();
        let problem = match error.classify() {
            serde_json::error::Category::Eof => Problem::Truncated,
            serde_json::error::Category::Syntax | serde_json::error::Category::Io => Problem::Syntax(text),
            serde_json::error::Category::Data => Problem::Shape(text),
        };
        let path = if path == "." { String::new() } else { path };
        Self { file: None, place: Place { line: error.line(), column: error.column(), path }, problem }
    }
}

/// A value between quotes, its middle left out if it is long.
fn short(value: &str) -> String {
    const END: usize = 60;
    match (value.char_indices().nth(END), value.char_indices().nth_back(END - 1)) {
        (Some((head, _)), Some((tail, _))) if tail > head => {
            let (head, tail) = (value.get(..head).unwrap_or_default(), value.get(tail..).unwrap_or_default());
            format!("\"{}…{}\"", head.escape_debug(), tail.escape_debug())
        }
        _ => format!("{value:?}"),
    }
}

/// The beginning of what is said of a problem: a key or a value may be a hundred megabytes long.
fn cut(text: &str) -> Cow<'_, str> {
    const MOST: usize = 400;
    match text.char_indices().nth(MOST) {
        Some((at, _)) => Cow::Owned(format!("{}…", text.get(..at).unwrap_or_default())),
        None => Cow::Borrowed(text),
    }
}

impl fmt::Display for DatasetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(file) = &self.file {
            write!(f, "{}: ", file.display())?;
        }
        let Place { line, column, path } = &self.place;
        if *line > 0 {
            write!(f, "line {line}")?;
            if *column > 0 {
                write!(f, ":{column}")?;
            }
            f.write_str(": ")?;
        }
        if !path.is_empty() {
            write!(f, "{}: ", cut(path))?;
        }
        f.write_str(&cut(&self.problem.to_string()))
    }
}

impl std::error::Error for DatasetError {}
