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
use std::time::{Duration, SystemTime};

use anyhow::{Context, bail};
use clap::Args;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::files::{self, Input, Item, Trouble};
use super::journal::{Event, Journal, Known, Stamp};
use super::report::Report;
use super::{output, stream};
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
  zhibiao extract --stream < crawl.jsonl > records.jsonl   a filter: docs/scale.md

Read are text, Markdown, HTML, Word (.docx), spreadsheets (.xlsx), PDF with text, corpora in .jsonl and .csv,
and .gz and .zip of these, in UTF-8, UTF-16, GB18030 or Big5. What cannot be read is named on standard error and
the rest goes on; the exit status is then 2. The dataset is written whole or not at all.")]
pub(super) struct Extract {
    /// Files, or folders whose documents are read
    #[arg(required_unless_present = "stream", value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The dataset to write: .json or .jsonl
    #[arg(short, long, value_name = "FILE", required_unless_present = "stream")]
    output: Option<PathBuf>,
    /// Read a document a line (JSON) from standard input and write its record a line to standard output
    #[arg(long, conflicts_with_all = ["paths", "output", "threads", "report", "resume", "watch"])]
    stream: bool,
    /// Begin with the line that makes a dataset (.jsonl) of the records behind it
    #[arg(long, requires = "stream")]
    header: bool,
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
    /// Read only what an earlier run has not, or what changed since: its journal, FILE.journal, is used and kept
    #[arg(long)]
    resume: bool,
    /// Go on, and write the dataset anew whenever a document comes, changes or goes
    #[arg(long)]
    watch: bool,
}

pub(super) fn run(arguments: &Extract) -> anyhow::Result<ExitCode> {
    const PAUSE: Duration = Duration::from_millis(500);
    let options = Options {
        encoding: arguments.encoding,
        columns: arguments.columns.clone().unwrap_or_default(),
        ..files::options()
    };
    let output = match &arguments.output {
        Some(output) if !arguments.stream => output.as_path(),
        _ => return stream::run(&options, arguments.header),
    };
    let stop = stop_signal()?;
    // What changes while it works is seen afterwards.
    let mut before = seen(&arguments.paths);
    let mut code = once(arguments, output, &options, arguments.resume || arguments.watch, &stop);
    while arguments.watch && !stop.load(Ordering::Relaxed) {
        if let Err(error) = std::mem::replace(&mut code, Ok(ExitCode::SUCCESS)) {
            output::message(&format!("zhibiao: {error:#}"));
        }
        std::thread::sleep(PAUSE);
        let now = seen(&arguments.paths);
        if now != before {
            before = now;
            code = once(arguments, output, &options, true, &stop);
        }
    }
    if arguments.watch { Ok(ExitCode::from(130)) } else { code }
}

/// The documents there are, each with its size and time.
fn seen(paths: &[PathBuf]) -> Vec<(PathBuf, Option<(u64, SystemTime)>)> {
    let stamp = |input: Input| {
        let found = std::fs::metadata(&input.path).and_then(|found| Ok((found.len(), found.modified()?)));
        (input.path, found.ok())
    };
    files::inputs(paths).0.into_iter().map(stamp).collect()
}

fn once(
    arguments: &Extract,
    output: &Path,
    options: &Options,
    resume: bool,
    stop: &AtomicBool,
) -> anyhow::Result<ExitCode> {
    let (inputs, troubles) = files::inputs(&arguments.paths);
    for written in [Some(output), arguments.report.as_deref()].into_iter().flatten() {
        refuse(written, &inputs)?;
    }
    let mut report = Report::default();
    for trouble in troubles {
        report.problem(&trouble);
    }
    let all = || std::thread::available_parallelism().ok();
    let threads = arguments.threads.or_else(all).map_or(1, usize::from);
    let bar = progress(&inputs);
    let how = format!("{:?} {:?}", options.encoding, options.columns);
    let mut journal =
        Journal::open(output, &how, resume).with_context(|| format!("{}: not written", output.display()))?;
    let written = replace_file(output, |out| {
        let writer = Writer::new(out, Form::of(output), GENERATOR)?;
        let journal = journal.as_mut();
        let mut pile = Pile::new(writer, journal, Progress { report: &mut report, bar: &bar, stop }, threads);
        for input in &inputs {
            pile.file(input, options)?;
        }
        pile.finish()
    });
    bar.finish_and_clear();
    if let Some(path) = &arguments.report {
        report.write(path).with_context(|| format!("{}: not written", path.display()))?;
    }
    if stop.load(Ordering::Relaxed) {
        output::message("zhibiao: stopped; nothing was written; --resume goes on from here");
        return Ok(ExitCode::from(130));
    }
    let nothing_done = report.documents() == 0;
    match journal {
        // What went wrong leaves it to go on from.
        Some(journal) if nothing_done || (written.is_ok() && !resume) => journal.remove(),
        Some(journal) if written.is_ok() => journal.keep().context("the journal")?,
        _ => {}
    }
    written.with_context(|| format!("{}: not written", output.display()))?;
    output::message(&report.summary(output));
    Ok(ExitCode::from(if report.problems() == 0 { 0 } else { 2 }))
}

/// Where a run tells how far it is, and hears that it should stop.
struct Progress<'a> {
    report: &'a mut Report,
    bar: &'a ProgressBar,
    stop: &'a AtomicBool,
}

/// What is done next, in order.
enum Step {
    Begin(Stamp),
    Read(Box<Item>),
    /// What became of a text; `true` if the journal knows it.
    Done(Event, bool),
    End,
}

impl Progress<'_> {
    fn problem(&mut self, trouble: &Trouble) {
        self.bar.suspend(|| self.report.problem(trouble));
    }

    fn doubt(&mut self, trouble: &Trouble) {
        self.bar.suspend(|| self.report.doubt(trouble));
    }

    fn stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }
}

/// Texts that are read, worked on together and written in order.
struct Pile<'a> {
    writer: Writer<'a>,
    journal: Option<&'a mut Journal>,
    to: Progress<'a>,
    threads: usize,
    steps: Vec<Step>,
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

    fn new(writer: Writer<'a>, journal: Option<&'a mut Journal>, to: Progress<'a>, threads: usize) -> Self {
        let (ids, hasher) = (HashSet::new(), RandomState::new());
        Self { writer, journal, to, threads, steps: Vec::new(), size: 0, ids, hasher }
    }

    /// Does the texts of a file: those that an earlier run has not done are read.
    fn file(&mut self, input: &Input, options: &Options) -> io::Result<()> {
        let file = match files::open(&input.path) {
            Ok(file) => file,
            Err(reason) => {
                self.to.problem(&Trouble { path: input.path.clone(), reason });
                return Ok(());
            }
        };
        let known = match &mut self.journal {
            Some(journal) => match journal.known(input) {
                Ok(known) => Some(known),
                Err(error) => {
                    let reason = error.to_string();
                    self.to.problem(&Trouble { path: input.path.clone(), reason });
                    return Ok(());
                }
            },
            None => None,
        };
        let mut done = 0;
        if let Some(Known { stamp, finished, ranges }) = &known {
            if !finished {
                self.steps.push(Step::Begin(stamp.clone()));
            }
            for range in ranges {
                let event = self.journal.as_ref().map(|journal| journal.event(range)).transpose()?;
                event.map_or(Ok(()), |event| self.again(input, event))?;
            }
            if *finished {
                self.to.bar.inc(stamp.size);
                return Ok(());
            }
            done = ranges.len();
        }
        let mut written = Ok(());
        files::items(input, self.to.bar.wrap_read(file), options, &mut |item| {
            // What stopped this run may have stopped whatever the text was to come from.
            if self.to.stopped() {
                return ControlFlow::Break(());
            }
            if done > 0 {
                done -= 1;
            } else {
                written = self.add(item);
            }
            if written.is_err() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        written?;
        if self.to.stopped() {
            return Err(io::ErrorKind::Interrupted.into());
        }
        if let Some(Known { stamp, .. }) = known {
            if stamp.holds(&input.path) {
                self.steps.push(Step::End);
            } else {
                let reason = "the file was changed while it was read".to_owned();
                self.to.doubt(&Trouble { path: input.path.clone(), reason });
            }
        }
        Ok(())
    }

    /// Takes over what an earlier run has made of a text.
    fn again(&mut self, input: &Input, mut event: Event) -> io::Result<()> {
        let mut size = 0;
        if let Event::Text { own, place, document, .. } = &mut event {
            let id = self.name(own.as_ref(), format!("{}{place}", input.id));
            if id != document.id {
                document.rename(id);
            }
            size = document.text.len();
        }
        self.push(Step::Done(event, true), size)
    }

    fn add(&mut self, item: Result<Item, Trouble>) -> io::Result<()> {
        let mut item = match item {
            Ok(item) => Box::new(item),
            Err(trouble) => return self.push(Step::Done(Event::Problem(trouble), false), 0),
        };
        item.id = self.name(item.text.id.as_ref(), std::mem::take(&mut item.id));
        let size = item.text.decoded.raw.len();
        self.push(Step::Read(item), size)
    }

    /// A text's own identifier, if none before it has the same; else that of its place.
    fn name(&mut self, own: Option<&String>, place: String) -> String {
        let id = own.filter(|own| !self.ids.contains(&self.hasher.hash_one(own))).cloned().unwrap_or(place);
        self.ids.insert(self.hasher.hash_one(&id));
        id
    }

    fn push(&mut self, step: Step, size: usize) -> io::Result<()> {
        self.steps.push(step);
        self.size += size;
        if self.steps.len() >= Self::MOST || self.size >= Self::BYTES { self.work() } else { Ok(()) }
    }

    /// Extracts what is piled up and writes it.
    fn work(&mut self) -> io::Result<()> {
        self.size = 0;
        for step in worked(std::mem::take(&mut self.steps), self.threads, self.to.stop) {
            match step {
                Step::Begin(stamp) => self.note(|journal| journal.begin(&stamp))?,
                Step::End => self.note(Journal::finished)?,
                Step::Done(event, known) => {
                    if !known {
                        self.note(|journal| journal.note(&event))?;
                    }
                    self.take(&event)?;
                }
                // Told to stop.
                Step::Read(_) => break,
            }
        }
        self.to.bar.set_message(self.to.report.counts());
        Ok(())
    }

    fn note(&mut self, what: impl FnOnce(&mut Journal) -> io::Result<()>) -> io::Result<()> {
        self.journal.as_deref_mut().map_or(Ok(()), what)
    }

    fn take(&mut self, event: &Event) -> io::Result<()> {
        match event {
            Event::Problem(trouble) => self.to.problem(trouble),
            Event::Text { doubt, document, .. } => {
                if let Some(doubt) = doubt {
                    self.to.doubt(doubt);
                }
                self.to.report.count(document);
                self.writer.document(document)?;
            }
        }
        Ok(())
    }

    fn finish(mut self) -> io::Result<()> {
        self.work()?;
        if self.to.report.documents() == 0 {
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

/// Extracts what was read, by so many threads; told to stop, they leave the rest as it is.
fn worked(steps: Vec<Step>, threads: usize, stop: &AtomicBool) -> Vec<Step> {
    let next = AtomicUsize::new(0);
    let threads = threads.min(steps.iter().filter(|step| matches!(step, Step::Read(_))).count());
    let places: Vec<Mutex<Step>> = steps.into_iter().map(Mutex::new).collect();
    let worker = || {
        while let Some(place) = (!stop.load(Ordering::Relaxed))
            .then(|| next.fetch_add(1, Ordering::Relaxed))
            .and_then(|n| places.get(n))
        {
            let mut place = place.lock().unwrap_or_else(PoisonError::into_inner);
            if let Step::Read(item) = &mut *place {
                *place = Step::Done(extracted(std::mem::take(item)), false);
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..threads {
            scope.spawn(worker);
        }
        worker();
    });
    places.into_iter().map(|place| place.into_inner().unwrap_or_else(PoisonError::into_inner)).collect()
}

fn extracted(mut item: Item) -> Event {
    let decoded = &item.text.decoded;
    let doubt = decoded.doubt.map(|other| {
        let reason =
            format!("read as {}; {other} fits nearly as well: --encoding says which", decoded.encoding);
        Trouble { path: item.path.clone().into(), reason }
    });
    let (own, place) = (item.text.id.take(), item.text.place.clone());
    Event::Text { own, place, doubt, document: Box::new(document(item)) }
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
