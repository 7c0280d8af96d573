//! `zhibiao extract PATH… -o FILE`: documents → a dataset.

use std::io::{self, IsTerminal};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use anyhow::{Context, bail};
use clap::Args;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::files::{self, Input, Trouble};
use super::output;
use crate::dataset::{Form, GENERATOR, Writer, replace_file};
use crate::model::Document;
use crate::{extract, text};

/// Read the figures out of documents and write them as a dataset
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  zhibiao extract reports/ -o figures.json      every .txt and .html file in the folder
  zhibiao extract a.txt b.html -o figures.jsonl one document a line, for streaming

Files are UTF-8 or GB18030. A file that cannot be read is named on standard error and the rest
goes on; the exit status is then 2. The dataset is written whole or not at all.")]
pub(super) struct Extract {
    /// Files, or folders whose .txt, .html and .htm files are read
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The dataset to write: .json or .jsonl
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// How many documents are worked on at the same time; by default as many as there are processors
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,
}

/// How many documents are worked on before they are written.
const BATCH: usize = 64;

/// What was done, for the last line.
#[derive(Default)]
struct Counts {
    documents: usize,
    figures: usize,
    rejected: usize,
    problems: usize,
}

pub(super) fn run(arguments: &Extract) -> anyhow::Result<ExitCode> {
    let (inputs, troubles) = files::inputs(&arguments.paths);
    let output = arguments.output.as_path();
    refuse(output, &inputs)?;
    let mut counts = Counts::default();
    for trouble in troubles {
        problem(&mut counts, &trouble);
    }
    let stop = stop_signal()?;
    let all = || std::thread::available_parallelism().ok();
    let threads = arguments.threads.or_else(all).map_or(1, usize::from);
    let bar = progress(inputs.len());
    let written = replace_file(output, |out| {
        let mut writer = Writer::new(out, Form::of(output), GENERATOR)?;
        for batch in inputs.chunks(BATCH) {
            for done in work(batch, threads, &bar, &stop) {
                match done {
                    Ok(document) => {
                        counts.documents += 1;
                        counts.figures += document.figures.len();
                        counts.rejected += document.rejected.len();
                        writer.document(&document)?;
                    }
                    Err(trouble) => bar.suspend(|| problem(&mut counts, &trouble)),
                }
            }
            if stop.load(Ordering::Relaxed) {
                return Err(io::ErrorKind::Interrupted.into());
            }
        }
        if counts.documents == 0 {
            return Err(io::Error::other("no document could be read"));
        }
        writer.finish()
    });
    bar.finish_and_clear();
    if stop.load(Ordering::Relaxed) {
        output::message("zhibiao: stopped; nothing was written");
        return Ok(ExitCode::from(130));
    }
    written.with_context(|| format!("{}: not written", output.display()))?;
    output::message(&summary(&counts, output));
    Ok(ExitCode::from(if counts.problems == 0 { 0 } else { 2 }))
}

/// An output that is one of the inputs, or that has no folder to be in, is refused before any work.
fn refuse(output: &Path, inputs: &[Input]) -> anyhow::Result<()> {
    let real = std::fs::canonicalize(output).ok();
    let same = |input: &&Input| real.is_some() && std::fs::canonicalize(&input.path).ok() == real;
    if let Some(input) = inputs.iter().find(same) {
        bail!("{}: is one of the documents to read and would be overwritten", input.path.display());
    }
    let folder = output.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if !folder.is_dir() {
        bail!("{}: there is no folder {}", output.display(), folder.display());
    }
    Ok(())
}

/// Reads a batch of files, in order, by so many threads.
fn work(
    batch: &[Input],
    threads: usize,
    bar: &ProgressBar,
    stop: &AtomicBool,
) -> Vec<Result<Document, Trouble>> {
    let next = AtomicUsize::new(0);
    let results: Mutex<Vec<_>> = Mutex::new(batch.iter().map(|_| None).collect());
    let threads = threads.min(batch.len());
    let worker = || {
        while let Some((n, input)) = (!stop.load(Ordering::Relaxed))
            .then(|| next.fetch_add(1, Ordering::Relaxed))
            .and_then(|n| Some((n, batch.get(n)?)))
        {
            let result = one(input);
            bar.inc(1);
            if let Some(place) = results.lock().unwrap_or_else(PoisonError::into_inner).get_mut(n) {
                *place = Some(result);
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..threads {
            scope.spawn(worker);
        }
        worker();
    });
    results.into_inner().unwrap_or_else(PoisonError::into_inner).into_iter().flatten().collect()
}

/// Reads one file.
pub(super) fn one(input: &Input) -> Result<Document, Trouble> {
    let bytes = std::fs::read(&input.path)
        .map_err(|error| Trouble { path: input.path.clone(), reason: error.to_string() })?;
    document(input, &bytes)
}

/// The document that a file's bytes are.
pub(super) fn document(input: &Input, bytes: &[u8]) -> Result<Document, Trouble> {
    let prepared = text::prepare(&input.id, &input.path.to_string_lossy(), bytes)
        .map_err(|error| Trouble { path: input.path.clone(), reason: error.to_string() })?;
    let mut document = extract::document(prepared);
    // The dataset lists both in the order of the file.
    document.figures.sort_by_key(|figure| (figure.raw.start, figure.raw.end));
    document.rejected.sort_by_key(|rejected| (rejected.raw.start, rejected.raw.end));
    Ok(document)
}

fn problem(counts: &mut Counts, trouble: &Trouble) {
    counts.problems += 1;
    output::message(&trouble.to_string());
}

fn summary(counts: &Counts, output: &Path) -> String {
    let some = |n: usize, one: &str| format!("{n} {one}{}", if n == 1 { "" } else { "s" });
    format!(
        "{}: {}, {}, {} rejected, {}",
        output.display(),
        some(counts.documents, "document"),
        some(counts.figures, "figure"),
        counts.rejected,
        some(counts.problems, "problem"),
    )
}

/// A bar on standard error, if that is a terminal.
fn progress(length: usize) -> ProgressBar {
    if !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::with_draw_target(Some(length as u64), ProgressDrawTarget::stderr());
    if let Ok(style) = ProgressStyle::with_template("{bar:32} {pos}/{len} {elapsed}") {
        bar.set_style(style);
    }
    bar
}

/// Set by Ctrl-C and the like, so that the half-written file is taken away.
fn stop_signal() -> anyhow::Result<Arc<AtomicBool>> {
    let stop = Arc::new(AtomicBool::new(false));
    for signal in [signal_hook::consts::SIGINT, signal_hook::consts::SIGTERM, signal_hook::consts::SIGHUP] {
        signal_hook::flag::register(signal, Arc::clone(&stop))?;
    }
    Ok(stop)
}
