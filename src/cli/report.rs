//! What became of the documents: counts for the last line, problems and doubts as they are found.

use std::io;
use std::path::Path;

use serde::Serialize;

use super::files::Trouble;
use super::output;
use crate::dataset::replace_file;
use crate::model::Document;

/// Something the user should know of a document.
#[derive(Debug, Serialize)]
struct Remark {
    path: String,
    /// `problem`: it is not in the dataset; `doubt`: it is, and may have been misread.
    sort: &'static str,
    reason: String,
}

/// The account of a run.
#[derive(Debug, Default)]
pub(super) struct Report {
    documents: usize,
    figures: usize,
    rejected: usize,
    problems: usize,
    remarks: Vec<Remark>,
}

impl Report {
    /// Tells of a text that cannot be read.
    pub(super) fn problem(&mut self, trouble: &Trouble) {
        self.problems += 1;
        self.remark("problem", trouble);
    }

    /// Tells of a text that may have been misread.
    pub(super) fn doubt(&mut self, trouble: &Trouble) {
        self.remark("doubt", trouble);
    }

    fn remark(&mut self, sort: &'static str, trouble: &Trouble) {
        output::message(&trouble.to_string());
        let Trouble { path, reason } = trouble;
        self.remarks.push(Remark { path: path.to_string_lossy().into_owned(), sort, reason: reason.clone() });
    }

    pub(super) fn count(&mut self, document: &Document) {
        self.documents += 1;
        self.figures += document.figures.len();
        self.rejected += document.rejected.len();
    }

    pub(super) fn documents(&self) -> usize {
        self.documents
    }

    pub(super) fn problems(&self) -> usize {
        self.problems
    }

    /// `12 documents, 340 figures`
    pub(super) fn counts(&self) -> String {
        format!("{}, {}", some(self.documents, "document"), some(self.figures, "figure"))
    }

    /// The last line.
    pub(super) fn summary(&self, output: &Path) -> String {
        let problems = some(self.problems, "problem");
        format!("{}: {}, {} rejected, {problems}", output.display(), self.counts(), self.rejected)
    }

    /// Writes the remarks, a JSON object a line.
    pub(super) fn write(&self, path: &Path) -> io::Result<()> {
        replace_file(path, |out| {
            for remark in &self.remarks {
                serde_json::to_writer(&mut *out, remark)?;
                out.write_all(b"\n")?;
            }
            Ok(())
        })
    }
}

/// `1 document`, `2 documents`
pub(super) fn some(n: usize, one: &str) -> String {
    format!("{n} {one}{}", if n == 1 { "" } else { "s" })
}
