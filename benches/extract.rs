//! How fast text becomes figures, beside jieba-rs on the same text in the same run.
//!
//! `cargo bench --bench extract -- [FILE…] [--rounds N] [--short]` takes the bundled documents, repeated to about
//! 1 MB, or the files given (a folder stands for the files in it). What is compared runs in turn in every
//! round, so that a slow moment of the machine falls on all of them; medians are printed.
//!
//! Three parts: the stages of the pipeline and jieba; one line of 10 MB against ten of 1 MB (time should be
//! tenfold and no more); and the most memory the process ever held.

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use jieba_rs::Jieba;
use zhibiao::text::{CleanSpan, Prepared};

/// A text long enough that one round takes tens of milliseconds.
const ENOUGH: usize = 1_000_000;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("extract: {message}");
            ExitCode::from(2)
        }
    }
}

struct Options {
    files: Vec<PathBuf>,
    rounds: usize,
    /// Without the lines of 10 MB.
    short: bool,
}

fn options() -> Result<Options, String> {
    let mut options = Options { files: Vec::new(), rounds: 7, short: false };
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--rounds" => {
                let rounds = arguments.next().and_then(|n| n.parse().ok()).filter(|n| *n > 0);
                options.rounds = rounds.ok_or("--rounds wants a number")?;
            }
            "--short" => options.short = true,
            // Given by cargo.
            "--bench" => {}
            flag if flag.starts_with("--") => return Err(format!("unknown option {flag}")),
            path => options.files.push(PathBuf::from(path)),
        }
    }
    if options.files.is_empty() {
        options.files.push(Path::new(env!("CARGO_MANIFEST_DIR")).join("data/corpus"));
    }
    Ok(options)
}

fn run() -> Result<(), String> {
    let options = options()?;
    let documents = read(&options.files)?;
    let jieba = Jieba::new();
    stages(&documents, &jieba, options.rounds);
    if !options.short {
        println!();
        long_lines(&documents, &jieba);
    }
    if let Some(peak) = peak_memory() {
        println!("\nmost memory held: {peak}");
    }
    Ok(())
}

/// A file's name and content.
struct Text {
    name: String,
    text: String,
}

/// The files, those of folders included, in order of name.
fn read(paths: &[PathBuf]) -> Result<Vec<Text>, String> {
    let told = |path: &Path, e: std::io::Error| format!("{}: {e}", path.display());
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            let entries = std::fs::read_dir(path).map_err(|e| told(path, e))?;
            let mut inside: Vec<PathBuf> =
                entries.flatten().map(|e| e.path()).filter(|p| p.is_file()).collect();
            inside.sort();
            files.extend(inside);
        } else {
            files.push(path.clone());
        }
    }
    let mut texts = Vec::new();
    for path in files {
        let text = std::fs::read_to_string(&path).map_err(|e| told(&path, e))?;
        texts.push(Text { name: path.file_name().unwrap_or_default().to_string_lossy().into_owned(), text });
    }
    if texts.iter().all(|t| t.text.is_empty()) { Err("there is no text".to_owned()) } else { Ok(texts) }
}

/// One thing to be timed, with a number that says what it found.
struct Contestant<'a> {
    name: &'static str,
    work: Box<dyn FnMut() -> usize + 'a>,
    times: Vec<Duration>,
    found: usize,
}

impl<'a> Contestant<'a> {
    fn new(name: &'static str, work: impl FnMut() -> usize + 'a) -> Self {
        Self { name, work: Box::new(work), times: Vec::new(), found: 0 }
    }

    fn round(&mut self) {
        let start = Instant::now();
        self.found = black_box((self.work)());
        self.times.push(start.elapsed());
    }

    fn median(&self) -> f64 {
        let mut times = self.times.clone();
        times.sort();
        times.get(times.len() / 2).map_or(0.0, Duration::as_secs_f64)
    }
}

/// Runs all contestants in turn, once to warm up and then `rounds` times.
fn compete(contestants: &mut [Contestant<'_>], rounds: usize) {
    for round in 0..=rounds {
        for contestant in contestants.iter_mut() {
            contestant.round();
        }
        if round == 0 {
            for contestant in contestants.iter_mut() {
                contestant.times.clear();
            }
        }
    }
}

fn prepare(text: &Text) -> Prepared {
    zhibiao::text::prepare(&text.name, &text.name, text.text.as_bytes()).unwrap_or_default()
}

fn numbers(prepared: &Prepared) -> usize {
    let of = |span: CleanSpan| {
        let found = zhibiao::extract::quantity::numbers(&prepared.text, span);
        found.quantities.len() + found.others.len()
    };
    prepared.blocks.iter().map(|block| of(block.span)).sum()
}

fn megabytes(bytes: usize) -> f64 {
    f64::from(u32::try_from(bytes).unwrap_or(u32::MAX)) / 1e6
}

fn stages(documents: &[Text], jieba: &Jieba, rounds: usize) {
    let bytes: usize = documents.iter().map(|d| d.text.len()).sum();
    let times = ENOUGH.div_ceil(bytes);
    let size = megabytes(bytes * times);
    let ready: Vec<Prepared> = documents.iter().map(prepare).collect();
    let all = |work: &dyn Fn(usize) -> usize| -> usize {
        (0..times).map(|_| (0..documents.len()).map(work).sum::<usize>()).sum()
    };
    let mut contestants = [
        Contestant::new("jieba-rs cut, hmm", || all(&|n| jieba.cut(&documents[n].text, true).len())),
        Contestant::new("prepare + extract", || {
            all(&|n| zhibiao::extract::document(prepare(&documents[n])).figures.len())
        }),
        Contestant::new("prepare", || all(&|n| prepare(&documents[n]).blocks.len())),
        Contestant::new("numbers", || all(&|n| numbers(&ready[n]))),
        Contestant::new("extract", || all(&|n| zhibiao::extract::document(ready[n].clone()).figures.len())),
    ];
    compete(&mut contestants, rounds);
    println!(
        "{} documents, {size:.2} MB ({times} x {:.1} kB), medians of {rounds} rounds in turn",
        documents.len(),
        megabytes(bytes) * 1e3
    );
    println!("{:<22} {:>9} {:>8} {:>10} {:>10}", "", "ms", "MB/s", "to jieba", "found");
    let base = contestants[0].median();
    let row = |name: &str, seconds: f64, found: &str| {
        println!(
            "{name:<22} {:>9.1} {:>8.2} {:>10.2} {found:>10}",
            seconds * 1e3,
            size / seconds,
            base / seconds
        );
    };
    for c in &contestants {
        row(c.name, c.median(), &(c.found / times).to_string());
    }
    row("extract less numbers", (contestants[4].median() - contestants[3].median()).max(1e-9), "");
}

/// One line of 10 MB against ten of 1 MB each, all one document without a line break.
fn long_lines(documents: &[Text], jieba: &Jieba) {
    let short = line(documents, ENOUGH);
    let long = Text { name: "line.txt".to_owned(), text: short.text.repeat(10) };
    let mut contestants = [
        Contestant::new("jieba, ten of 1 MB", || (0..10).map(|_| jieba.cut(&short.text, true).len()).sum()),
        Contestant::new("jieba, one of 10 MB", || jieba.cut(&long.text, true).len()),
        Contestant::new("ten of 1 MB", || {
            (0..10).map(|_| zhibiao::extract::document(prepare(&short)).figures.len()).sum()
        }),
        Contestant::new("one of 10 MB", || zhibiao::extract::document(prepare(&long)).figures.len()),
    ];
    // Memory only ever rises, so the small ones go first.
    let mut peaks = Vec::new();
    for contestant in &mut contestants {
        contestant.round();
        peaks.push(peak_memory().unwrap_or_default());
    }
    let size = megabytes(long.text.len());
    println!("lines without a break, {size:.1} MB in all, one round");
    println!("{:<22} {:>9} {:>8} {:>10} {:>14}", "", "ms", "MB/s", "found", "memory so far");
    for (c, peak) in contestants.iter().zip(peaks) {
        let seconds = c.median();
        println!("{:<22} {:>9.1} {:>8.2} {:>10} {peak:>14}", c.name, seconds * 1e3, size / seconds, c.found);
    }
    let ratio = contestants[3].median() / contestants[2].median();
    println!("one of 10 MB takes {ratio:.2} times as long as ten of 1 MB");
}

/// About `size` bytes of the documents' sentences in one line.
fn line(documents: &[Text], size: usize) -> Text {
    let sentences: String = documents
        .iter()
        .flat_map(|d| d.text.lines())
        .map(str::trim)
        .filter(|l| l.ends_with('。') && !l.contains('<'))
        .collect();
    let unit = if sentences.is_empty() {
        "去年全市实现地区生产总值120亿元,增长5.5%。".to_owned()
    } else {
        sentences
    };
    Text { name: "line.txt".to_owned(), text: unit.repeat(size.div_ceil(unit.len())) }
}

/// The most memory the process held so far, where the system tells.
fn peak_memory() -> Option<String> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"))?;
    let kilobytes: u32 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(format!("{:.0} MB", f64::from(kilobytes) / 1e3))
}
