//! [`Dataset`] → text and files, whole or not at all.

use std::io::{self, BufWriter, Write};
use std::path::Path;

use serde::Serialize;

use super::error::DatasetError;
use super::{Dataset, Form, VERSION, encode, wire};
use crate::model::Document;

impl Dataset {
    /// Writes to `path` in the form its ending asks for: the file is there whole, or as it was.
    pub fn write(&self, path: &Path) -> Result<(), DatasetError> {
        replace_file(path, |out| self.write_to(out, Form::of(path)))
            .map_err(|error| DatasetError::file(path, error))
    }

    /// Writes in the given form.
    pub fn write_to(&self, out: &mut dyn Write, form: Form) -> io::Result<()> {
        match form {
            Form::Json => self.json(out),
            Form::Lines => self.lines(out),
        }
    }

    /// Lines are broken so that two versions can be compared line by line: one figure a line.
    fn json(&self, out: &mut dyn Write) -> io::Result<()> {
        let generator = value(&self.generator)?;
        write!(
            out,
            "{{\n\"format\": \"zhibiao\",\n\"version\": {VERSION},\n\"generator\": {generator},\n\"documents\": ["
        )?;
        for (n, document) in self.documents.iter().enumerate() {
            out.write_all(if n == 0 { b"\n" } else { b",\n" })?;
            whole_document(out, document)?;
        }
        out.write_all(b"\n]\n}\n")
    }

    fn lines(&self, out: &mut dyn Write) -> io::Result<()> {
        let header = wire::Header {
            format: "zhibiao".into(),
            version: VERSION,
            generator: self.generator.as_str().into(),
        };
        serde_json::to_writer(&mut *out, &header)?;
        out.write_all(b"\n")?;
        for document in &self.documents {
            serde_json::to_writer(&mut *out, &encode::document(document))?;
            out.write_all(b"\n")?;
        }
        Ok(())
    }
}

fn whole_document(out: &mut dyn Write, document: &Document) -> io::Result<()> {
    let wire = encode::document(document);
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
    key(out, "sections", &one_a_line(&wire.sections)?)?;
    key(out, "figures", &one_a_line(&wire.figures)?)?;
    key(out, "rejected", &one_a_line(&wire.rejected)?)?;
    out.write_all(b"\n}")
}

fn value(value: &impl Serialize) -> io::Result<String> {
    Ok(serde_json::to_string(value)?)
}

fn one_a_line(list: &[impl Serialize]) -> io::Result<String> {
    if list.is_empty() {
        return Ok("[]".to_owned());
    }
    let lines: Vec<String> = list.iter().map(value).collect::<io::Result<_>>()?;
    Ok(format!("[\n  {}\n ]", lines.join(",\n  ")))
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
    let mut builder = tempfile::Builder::new();
    builder.prefix(".zhibiao-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut out = BufWriter::with_capacity(1 << 18, builder.tempfile_in(folder)?);
    fill(&mut out)?;
    let written = out.into_inner().map_err(io::IntoInnerError::into_error)?;
    if let Some(existing) = existing {
        written.as_file().set_permissions(existing.permissions())?;
    }
    written.as_file().sync_all()?;
    written.persist(&target).map_err(|error| error.error)?;
    // The rename itself, too, is to outlive a crash; where a folder cannot be opened, it is done anyway.
    if let Ok(folder) = std::fs::File::open(folder) {
        let _ = folder.sync_all();
    }
    Ok(())
}
