//! `zhibiao merge A.json B.json -o C.json`: several datasets → one.
//!
//! Documents are taken in the order in which the datasets are named. A document of a name and content that was
//! taken before is the same document and left out; one of the same name and another content is called
//! `name@2`, `name@3`, ….

use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use clap::Args;

use super::output;
use super::report::some;
use crate::dataset::{self, Form, GENERATOR, Pieces, Writer, replace_file};
use crate::model::Document;

/// Put several datasets into one
///
/// Documents come in the order in which the datasets are named. Of documents with the same id and the same
/// content the first is kept; a document with an id that was given to another content is called id@2, id@3, ….
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  zhibiao merge 2023.json 2024.json -o figures.json
  zhibiao merge new.json old.json -o all.jsonl        what is in both is taken from new.json")]
pub(super) struct Merge {
    /// Datasets: .json or .jsonl
    #[arg(required = true, num_args = 1.., value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The dataset to write: .json or .jsonl; may be one of those that are read
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
}

pub(super) fn run(arguments: &Merge) -> anyhow::Result<ExitCode> {
    let output = arguments.output.as_path();
    let mut taken = Taken::default();
    let mut fault = None;
    let written = replace_file(output, |out| {
        let mut writer = Writer::new(out, Form::of(output), GENERATOR)?;
        for path in &arguments.files {
            if let Err(error) = merge(path, &mut taken, &mut writer) {
                let stopped = io::Error::other("a dataset cannot be read");
                fault = Some(error);
                return Err(stopped);
            }
        }
        writer.finish()
    });
    if let Some(error) = fault {
        return Err(error.context(format!("{}: not written", output.display())));
    }
    written.with_context(|| format!("{}: not written", output.display()))?;
    let Taken { documents, figures, twice, renamed, .. } = taken;
    let output = output.display();
    let (documents, figures) = (some(documents, "document"), some(figures, "figure"));
    output::message(&format!(
        "{output}: {documents}, {figures}; {twice} given twice, {renamed} given another id"
    ));
    Ok(ExitCode::SUCCESS)
}

/// What has been taken so far.
#[derive(Default)]
struct Taken {
    /// The content that each id stands for.
    ids: HashMap<String, String>,
    documents: usize,
    figures: usize,
    twice: usize,
    renamed: usize,
}

impl Taken {
    /// The document as it is to be written; `None` if it was taken before.
    fn new_one(&mut self, mut document: Document) -> Option<Document> {
        let content = content(&document);
        let names = std::iter::once(document.id.clone()).chain((2..).map(|n| format!("{}@{n}", document.id)));
        for name in names {
            match self.ids.get(&name) {
                Some(other) if *other == content => {
                    self.twice += 1;
                    return None;
                }
                Some(_) => {}
                None => {
                    if name != document.id {
                        document.rename(name.clone());
                        self.renamed += 1;
                    }
                    self.ids.insert(name, content);
                    break;
                }
            }
        }
        self.documents += 1;
        self.figures += document.figures.len();
        Some(document)
    }
}

/// What a document is made of: two files with the same bytes are the same.
fn content(document: &Document) -> String {
    if document.sha256.is_empty() { document.text.clone() } else { document.sha256.clone() }
}

fn merge(path: &Path, taken: &mut Taken, writer: &mut Writer<'_>) -> anyhow::Result<()> {
    // Read in pieces, nobody sees an id that is given twice within a file, nor the line of a fault.
    let exact = |error| dataset::fault(path).unwrap_or(error);
    for piece in Pieces::open(path).map_err(exact)? {
        for document in piece.map_err(exact)?.documents() {
            let (_, document) = document.map_err(exact)?;
            if let Some(document) = taken.new_one(document) {
                writer.document(&document)?;
            }
        }
    }
    Ok(())
}
