//! [`Dataset`] → text and files, whole or not at all.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::time::Duration;

use serde::Serialize;

use super::error::DatasetError;
use super::{Dataset, Form, VERSION, encode, wire};
use crate::model::Document;
use crate::text::Positions;

impl Dataset {
    /// Writes to `path` in the form its ending asks for: the file is there whole, or as it was.
    pub fn write(&self, path: &Path) -> Result<(), DatasetError> {
        replace_file(path, |out| self.write_to(out, Form::of(path)))
            .map_err(|error| DatasetError::file(path, error))
    }

    /// Writes in the given form.
    pub fn write_to(&self, out: &mut dyn Write, form: Form) -> io::Result<()> {
        let mut writer = Writer::new(out, form, &self.generator)?;
        self.documents.iter().try_for_each(|document| writer.document(document))?;
        writer.finish()
    }
}

/// Writes a dataset document by document, so that they need not all be kept.
pub struct Writer<'a> {
    out: &'a mut dyn Write,
    form: Form,
    is_first: bool,
}

impl std::fmt::Debug for Writer<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Writer").field("form", &self.form).finish_non_exhaustive()
    }
}

impl<'a> Writer<'a> {
    /// Begins a dataset.
    pub fn new(out: &'a mut dyn Write, form: Form, generator: &str) -> io::Result<Self> {
        match form {
            Form::Json => {
                let generator = value(&generator)?;
                write!(out, "{{\n\"format\": \"zhibiao\",\n\"version\": {VERSION},\n")?;
                write!(out, "\"generator\": {generator},\n\"documents\": [")?;
            }
            Form::Lines => {
                let header =
                    wire::Header { format: "zhibiao".into(), version: VERSION, generator: generator.into() };
                line(out, &header)?;
            }
        }
        Ok(Self { out, form, is_first: true })
    }

    /// Adds a document. In the `.json` form lines are broken so that two versions can be compared:
    /// one figure a line.
    pub fn document(&mut self, document: &Document) -> io::Result<()> {
        let at = Positions::new(&document.text);
        let wire = encode::document(document, &at);
        let is_first = std::mem::take(&mut self.is_first);
        match self.form {
            Form::Json => {
                self.out.write_all(if is_first { b"\n" } else { b",\n" })?;
                whole_document(self.out, &wire)
            }
            Form::Lines => line(self.out, &wire),
        }
    }

    /// Ends the dataset.
    pub fn finish(self) -> io::Result<()> {
        match self.form {
            Form::Json => self.out.write_all(b"\n]\n}\n"),
            Form::Lines => Ok(()),
        }
    }
}

/// Writes a document as a line of the `.jsonl` form, without the line's end.
pub fn write_line(document: &Document, out: &mut dyn Write) -> io::Result<()> {
    let at = Positions::new(&document.text);
    Ok(serde_json::to_writer(out, &encode::document(document, &at))?)
}

/// The same as a text.
pub fn document_line(document: &Document) -> io::Result<String> {
    let at = Positions::new(&document.text);
    value(&encode::document(document, &at))
}

fn line(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    out.write_all(b"\n")
}

fn whole_document(out: &mut dyn Write, wire: &encode::Written<'_>) -> io::Result<()> {
    out.write_all(b"{")?;
    let mut first = true;
    let mut key = |out: &mut dyn Write, key: &str, value: &str| {
        let comma = if std::mem::take(&mut first) { "" } else { "," };
        write!(out, "{comma}\n \"{key}\": {value}")
    };
    key(out, "id", &value(&wire.id)?)?;
    if !wire.path.is_empty() {
        key(out, "path", &value(&wire.path)?)?;
    }
    key(out, "title", &value(&wire.title)?)?;
    key(out, "source", &value(&wire.source)?)?;
    key(out, "url", &value(&wire.url)?)?;
    key(out, "date", &value(&wire.date)?)?;
    key(out, "encoding", &value(&wire.encoding)?)?;
    key(out, "sha256", &value(&wire.sha256)?)?;
    key(out, "raw_length", &value(&wire.raw_length)?)?;
    key(out, "text", &value(&wire.text)?)?;
    key(out, "map", &value(&wire.map)?)?;
    key(out, "dropped", &value(&wire.dropped)?)?;
    key(out, "sections", "[")?;
    one_a_line(out, wire.sections.iter())?;
    key(out, "figures", "[")?;
    one_a_line(out, wire.figures.iter())?;
    key(out, "rejected", "[")?;
    one_a_line(out, wire.rejected.iter())?;
    out.write_all(b"\n}")
}

fn value(value: &impl Serialize) -> io::Result<String> {
    Ok(serde_json::to_string(value)?)
}

/// A list after its opening bracket.
fn one_a_line(out: &mut dyn Write, list: impl Iterator<Item = impl Serialize>) -> io::Result<()> {
    let mut end = "]";
    for (n, one) in list.enumerate() {
        out.write_all(if n == 0 { b"\n  " } else { b",\n  " })?;
        serde_json::to_writer(&mut *out, &one)?;
        end = "\n ]";
    }
    out.write_all(end.as_bytes())
}

/// What the names of files begin with while they are written.
const HALF: &str = ".zhibiao-";

/// Takes away what was half written when its writer was killed: nobody has it locked.
fn forget_left(folder: &Path) {
    /// Long enough to lock a file that was made.
    const AGE: Duration = Duration::from_secs(60);
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let is_half = entry.file_name().as_encoded_bytes().starts_with(HALF.as_bytes());
        let is_old = || {
            entry.metadata().and_then(|f| f.modified()).is_ok_and(|t| t.elapsed().is_ok_and(|age| age > AGE))
        };
        let is_left = || File::open(entry.path()).is_ok_and(|file| file.try_lock().is_ok());
        if is_half && entry.file_type().is_ok_and(|kind| kind.is_file()) && is_old() && is_left() {
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

/// Writes a file whole or not at all: to a new file beside it, flushed to the disk, then renamed.
/// What is no regular file (a pipe, `/dev/null`) is written to directly.
pub fn replace_file(path: &Path, fill: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    // A symbolic link stays one: the file it leads to is replaced.
    let target = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
    let existing = std::fs::metadata(&target).ok();
    if existing.as_ref().is_some_and(std::fs::Metadata::is_dir) {
        return Err(io::Error::from(io::ErrorKind::IsADirectory));
    }
    if existing.as_ref().is_some_and(|found| !found.is_file()) {
        let mut out = BufWriter::new(std::fs::OpenOptions::new().write(true).open(&target)?);
        fill(&mut out)?;
        return out.flush();
    }
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    forget_left(folder);
    let mut builder = tempfile::Builder::new();
    builder.prefix(HALF);
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let half = builder.tempfile_in(folder)?;
    // Says that somebody is at work on it; where files cannot be locked, nothing is lost but room.
    let _ = half.as_file().try_lock();
    let mut out = BufWriter::with_capacity(1 << 18, half);
    fill(&mut out)?;
    let written = out.into_inner().map_err(io::IntoInnerError::into_error)?;
    if let Some(existing) = existing {
        written.as_file().set_permissions(existing.permissions())?;
    }
    written.as_file().sync_all()?;
    written.persist(&target).map_err(|error| error.error)?;
    // The rename itself, too, is to outlive a crash; where a folder cannot be opened, it is done anyway.
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
    Ok(())
}
