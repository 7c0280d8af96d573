//! `zhibiao extract PATH… -o FILE`: documents → a dataset.

use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};
use std::io::{self, IsTerminal};
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use anyhow::{Context, bail};
use clap::Args;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::files::{self, Input, Item, Trouble};
use super::output;
use super::report::Report;
use crate::dataset::{Form, GENERATOR, Writer, replace_file};
use crate::model::Document;
use crate::text::container::{Columns, Options, Text};
use crate::text::read::Named;
use crate::{extract, text};

/// Read the figures out of documents and write them as a dataset
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  zhibiao extract reports/ -o figures.json         every document in the folder
  zhibiao extract a.txt b.docx -o figures.jsonl    one document a line, for streaming
  zhibiao extract news.jsonl.gz -o figures.jsonl   a corpus: a document a line, its text in the column text
  zhibiao extract old.csv --columns text=正文,title=题目 --encoding gbk -o figures.json

Read are text, Markdown, HTML, Word (.docx), corpora in .jsonl and .csv, and .gz and .zip of these, in UTF-8,
UTF-16, GB18030 or Big5. What cannot be read is named on standard error and the rest goes on; the exit status
is then 2. The dataset is written whole or not at all.")]
pub(super) struct Extract {
    /// Files, or folders whose documents are read
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The dataset to write: .json or .jsonl
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// How many documents are worked on at the same time; by default as many as there are processors
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,
    /// The encoding of the files, where it is not to be guessed: gb18030, big5, utf-16le, …
    #[arg(long, value_name = "NAME")]
    encoding: Option<Named>,
    /// Columns of a corpus that are not called id, title, source, url, date, text
    #[arg(long, value_name = "ROLE=COLUMN,…")]
    columns: Option<Columns>,
    /// Write the problems and doubts as JSON, one a line
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
}

pub(super) fn run(arguments: &Extract) -> anyhow::Result<ExitCode> {
    let (inputs, troubles) = files::inputs(&arguments.paths);
    let output = arguments.output.as_path();
    for written in [Some(output), arguments.report.as_deref()].into_iter().flatten() {
        refuse(written, &inputs)?;
    }
    let mut report = Report::default();
    for trouble in troubles {
        report.problem(&trouble);
    }
    let stop = stop_signal()?;
    let all = || std::thread::available_parallelism().ok();
    let threads = arguments.threads.or_else(all).map_or(1, usize::from);
    let bar = progress(&inputs);
    let options =
        Options { encoding: arguments.encoding, columns: arguments.columns.clone().unwrap_or_default() };
    let written = replace_file(output, |out| {
        let writer = Writer::new(out, Form::of(output), GENERATOR)?;
        let mut pile = Pile::new(writer, &mut report, &bar, &stop, threads);
        for input in &inputs {
            pile.file(input, &options)?;
        }
        pile.finish()
    });
    bar.finish_and_clear();
    if let Some(path) = &arguments.report {
        report.write(path).with_context(|| format!("{}: not written", path.display()))?;
    }
    if stop.load(Ordering::Relaxed) {
        output::message("zhibiao: stopped; nothing was written");
        return Ok(ExitCode::from(130));
    }
    written.with_context(|| format!("{}: not written", output.display()))?;
    output::message(&report.summary(output));
    Ok(ExitCode::from(if report.problems() == 0 { 0 } else { 2 }))
}

/// Texts that are read, worked on together and written in order.
struct Pile<'a> {
    writer: Writer<'a>,
    report: &'a mut Report,
    bar: &'a ProgressBar,
    stop: &'a AtomicBool,
    threads: usize,
    items: Vec<Item>,
    /// Bytes of the texts piled up.
    size: usize,
    /// Hashes of the identifiers given: a few bytes a document, however long they are.
    ids: HashSet<u64>,
    hasher: RandomState,
}

impl<'a> Pile<'a> {
    /// How many texts, and how many bytes of them, are worked on before they are written.
    const MOST: usize = 64;
    const BYTES: usize = 1 << 23;

    fn new(
        writer: Writer<'a>,
        report: &'a mut Report,
        bar: &'a ProgressBar,
        stop: &'a AtomicBool,
        threads: usize,
    ) -> Self {
        let (ids, hasher) = (HashSet::new(), RandomState::new());
        Self { writer, report, bar, stop, threads, items: Vec::new(), size: 0, ids, hasher }
    }

    /// Reads the texts of a file.
    fn file(&mut self, input: &Input, options: &Options) -> io::Result<()> {
        let file = match files::open(&input.path) {
            Ok(file) => self.bar.wrap_read(file),
            Err(reason) => {
                self.problem(&Trouble { path: input.path.clone(), reason });
                return Ok(());
            }
        };
        let mut written = Ok(());
        files::items(input, file, options, &mut |item| {
            match item {
                Ok(item) => written = self.add(item),
                Err(trouble) => self.problem(&trouble),
            }
            let stopped = self.stop.load(Ordering::Relaxed);
            if written.is_err() || stopped { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        written?;
        if self.stop.load(Ordering::Relaxed) { Err(io::ErrorKind::Interrupted.into()) } else { Ok(()) }
    }

    fn problem(&mut self, trouble: &Trouble) {
        self.bar.suspend(|| self.report.problem(trouble));
    }

    fn add(&mut self, mut item: Item) -> io::Result<()> {
        let decoded = &item.text.decoded;
        if let Some(other) = decoded.doubt {
            let reason =
                format!("read as {}; {other} fits nearly as well: --encoding says which", decoded.encoding);
            let doubt = Trouble { path: item.path.clone().into(), reason };
            self.bar.suspend(|| self.report.doubt(&doubt));
        }
        self.size += decoded.raw.len();
        // Its own identifier, if no document before it has the same.
        if let Some(own) = item.text.id.take().filter(|own| !self.ids.contains(&self.hasher.hash_one(own))) {
            item.id = own;
        }
        self.ids.insert(self.hasher.hash_one(&item.id));
        self.items.push(item);
        if self.items.len() >= Self::MOST || self.size >= Self::BYTES { self.work() } else { Ok(()) }
    }

    /// Extracts what is piled up and writes it.
    fn work(&mut self) -> io::Result<()> {
        self.size = 0;
        for document in documents(std::mem::take(&mut self.items), self.threads, self.stop) {
            self.report.count(&document);
            self.writer.document(&document)?;
        }
        self.bar.set_message(self.report.counts());
        Ok(())
    }

    fn finish(mut self) -> io::Result<()> {
        self.work()?;
        if self.report.documents() == 0 {
            return Err(io::Error::other("no document could be read"));
        }
        self.writer.finish()
    }
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

/// Extracts texts, in order, by so many threads.
fn documents(items: Vec<Item>, threads: usize, stop: &AtomicBool) -> Vec<Document> {
    let next = AtomicUsize::new(0);
    let threads = threads.min(items.len());
    let places: Vec<Mutex<(Option<Item>, Option<Document>)>> =
        items.into_iter().map(|item| Mutex::new((Some(item), None))).collect();
    let worker = || {
        while let Some(place) = (!stop.load(Ordering::Relaxed))
            .then(|| next.fetch_add(1, Ordering::Relaxed))
            .and_then(|n| places.get(n))
        {
            let mut place = place.lock().unwrap_or_else(PoisonError::into_inner);
            place.1 = place.0.take().map(document);
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..threads {
            scope.spawn(worker);
        }
        worker();
    });
    places.into_iter().filter_map(|p| p.into_inner().unwrap_or_else(PoisonError::into_inner).1).collect()
}

/// The document that a text is.
pub(super) fn document(item: Item) -> Document {
    let Item { id, path, text: Text { decoded, known, .. } } = item;
    extract::document(text::prepare_decoded(&id, &path, decoded, known))
}

/// A bar on standard error, if that is a terminal; it counts bytes read.
fn progress(inputs: &[Input]) -> ProgressBar {
    if !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let size = inputs.iter().filter_map(|input| std::fs::metadata(&input.path).ok()).map(|m| m.len()).sum();
    let bar = ProgressBar::with_draw_target(Some(size), ProgressDrawTarget::stderr());
    let template = "{bar:24} {bytes}/{total_bytes} {bytes_per_sec} {msg} {eta}";
    if let Ok(style) = ProgressStyle::with_template(template) {
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
