//! `zhibiao extract PATH… -o FILE`: files and folders of documents → a dataset.
//!
//! A file that cannot be read is named with the reason, the rest goes on; the dataset is written
//! whole or not at all.

use std::collections::BTreeMap;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};

use crate::dataset::{Dataset, GENERATOR};
use crate::model::Document;
use crate::text::visible;
use crate::{extract, text};

/// Extract the figures of documents into a dataset.
///
/// Example: zhibiao extract reports/ news.html -o figures.json
#[derive(Args, Debug)]
pub(super) struct Extract {
    /// Files (.txt, .html) and folders of them
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// The dataset to write: .json, or .jsonl with a document a line
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
}

/// Endings of the files that are read from a folder; a file named on the command line is read whatever its ending.
const ENDINGS: &[&str] = &["txt", "html", "htm"];

pub(super) fn run(arguments: &Extract) -> anyhow::Result<ExitCode> {
    let mut problems: Vec<(PathBuf, String)> = Vec::new();
    let files = collect(&arguments.paths, &mut problems);
    refuse_overwriting_input(&files, &arguments.output)?;
    let bar = progress(files.len());
    let mut documents: Vec<Document> = Vec::with_capacity(files.len());
    for (path, id) in names(&files) {
        bar.set_message(visible(&id).into_owned());
        match read(&path, &id) {
            Ok(document) => documents.push(document),
            Err(reason) => problems.push((path, reason)),
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    let dataset = Dataset { generator: GENERATOR.to_owned(), documents };
    dataset.write(&arguments.output)?;
    for (path, reason) in &problems {
        eprintln!("zhibiao: {}: {}", visible(&path.display().to_string()), visible(reason));
    }
    let count = |f: fn(&Document) -> usize| dataset.documents.iter().map(f).sum::<usize>();
    eprintln!(
        "{} documents, {} figures, {} rejected, {} problems → {}",
        dataset.documents.len(),
        count(|d| d.figures.len()),
        count(|d| d.rejected.len()),
        problems.len(),
        visible(&arguments.output.display().to_string())
    );
    Ok(ExitCode::from(if problems.is_empty() { 0 } else { 2 }))
}

/// Reads one file and extracts its figures.
fn read(path: &Path, id: &str) -> Result<Document, String> {
    let bytes = std::fs::read(path).map_err(|error| error.to_string())?;
    let prepared =
        text::prepare(id, &path.display().to_string(), &bytes).map_err(|error| error.to_string())?;
    Ok(extract::document(prepared))
}

/// The files to read, in order of their paths; folders are searched, hidden entries skipped.
fn collect(paths: &[PathBuf], problems: &mut Vec<(PathBuf, String)>) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for path in paths {
        match std::fs::metadata(path) {
            Ok(found) if found.is_dir() => search(path, 0, &mut files, problems),
            Ok(found) if found.is_file() => files.push(path.clone()),
            Ok(_) => problems.push((path.clone(), "neither a file nor a folder".to_owned())),
            Err(error) => problems.push((path.clone(), error.to_string())),
        }
    }
    files.sort();
    files.dedup();
    files
}

/// Deepest nesting of folders that is followed: deeper means a loop of links.
const DEEPEST: usize = 64;

fn search(folder: &Path, depth: usize, files: &mut Vec<PathBuf>, problems: &mut Vec<(PathBuf, String)>) {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) if depth < DEEPEST => entries,
        Ok(_) => return problems.push((folder.to_path_buf(), "nested too deeply".to_owned())),
        Err(error) => return problems.push((folder.to_path_buf(), error.to_string())),
    };
    for entry in entries.flatten() {
        let path = entry.path();
        if entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        // Links are not followed inside a folder: a loop would not end.
        let Ok(kind) = entry.file_type() else { continue };
        if kind.is_dir() {
            search(&path, depth + 1, files, problems);
        } else if kind.is_file() && has_ending(&path) {
            files.push(path);
        }
    }
}

fn has_ending(path: &Path) -> bool {
    path.extension()
        .and_then(|e| e.to_str())
        .is_some_and(|e| ENDINGS.contains(&e.to_ascii_lowercase().as_str()))
}

/// Each file with its id: its name, or its path where two files share a name.
fn names(files: &[PathBuf]) -> Vec<(PathBuf, String)> {
    let name = |path: &Path| path.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for file in files {
        *counts.entry(name(file)).or_default() += 1;
    }
    files
        .iter()
        .map(|file| {
            let short = name(file);
            let id = if counts.get(&short) == Some(&1) { short } else { file.display().to_string() };
            (file.clone(), id)
        })
        .collect()
}

/// The output must not be one of the documents.
fn refuse_overwriting_input(files: &[PathBuf], output: &Path) -> anyhow::Result<()> {
    let Ok(output) = std::fs::canonicalize(output) else { return Ok(()) };
    for file in files {
        let same = std::fs::canonicalize(file).with_context(|| file.display().to_string())? == output;
        anyhow::ensure!(!same, "{}: is one of the documents; choose another output", file.display());
    }
    Ok(())
}

/// A bar on a terminal, nothing elsewhere.
fn progress(files: usize) -> ProgressBar {
    if !std::io::stderr().is_terminal() || files < 2 {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(files as u64);
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} {eta} {wide_msg}") {
        bar.set_style(style);
    }
    bar
}
