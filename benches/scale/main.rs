//! The tables of docs/performance.md: datasets of growing size, opened, searched, sorted and extracted, beside
//! other programs where they are installed.
//!
//! `cargo bench --bench scale -- [--figures N] [--rounds N] [--no-peers]` makes datasets of 1,000 figures and ten
//! times as many up to N (a million) in the target folder, and prints medians over the rounds in milliseconds, as
//! the Markdown of that page.
//! All of one line is measured in the same run, so ratios hold on a busy machine too; absolute times do not.

mod parse;
mod peers;
mod pty;
#[path = "../support/times.rs"]
mod times;

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::Duration;

use pty::Terminal;
use times::{share, timed};
use zhibiao::index::Index;

const PROGRAM: &str = env!("CARGO_BIN_EXE_zhibiao");

struct Options {
    figures: usize,
    rounds: usize,
    peers: bool,
}

fn options() -> Result<Options, String> {
    let mut options = Options { figures: 1_000_000, rounds: 3, peers: true };
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let number = match argument.as_str() {
            "--figures" => &mut options.figures,
            "--rounds" => &mut options.rounds,
            "--no-peers" => {
                options.peers = false;
                continue;
            }
            // Given by cargo.
            "--bench" => continue,
            other => return Err(format!("unknown option {other}")),
        };
        let given = arguments.next().and_then(|n| n.parse().ok()).filter(|n| *n > 0);
        *number = given.ok_or_else(|| format!("{argument} wants a number"))?;
    }
    Ok(options)
}

fn main() -> ExitCode {
    let options = match options() {
        Ok(options) => options,
        Err(message) => {
            eprintln!("scale: {message}");
            return ExitCode::from(2);
        }
    };
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("scale");
    std::fs::create_dir_all(&folder).expect("a folder");
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    println!("{cores} processors, load {} at the start; milliseconds unless said otherwise", load());
    let sizes = (3..10).map(|n| 10_usize.pow(n)).take_while(|n| *n <= options.figures);
    let files: Vec<(usize, PathBuf)> = sizes.map(|n| (n, dataset(&folder, n))).collect();
    opening(&files, options.rounds);
    keys(&files, options.rounds);
    shell(&files, options.rounds);
    if let Some((figures, file)) = files.last() {
        extraction(&folder, *figures / 10, options.rounds);
        if options.peers {
            peers::compare(&folder, file, *figures, options.rounds);
        }
    }
    println!("\nload {} at the end", load());
    ExitCode::SUCCESS
}

/// A dataset of so many figures, made if it is not there.
fn dataset(folder: &Path, figures: usize) -> PathBuf {
    let file = folder.join(format!("{figures}.jsonl"));
    if !file.exists() {
        run(&["generate", "--figures", &figures.to_string(), "-o", &file.display().to_string()]);
    }
    file
}

/// First opening and second opening.
fn opening(files: &[(usize, PathBuf)], rounds: usize) {
    head("| figures | parse | index | ratio | rows | all | key | MiB | 2nd rows | MiB |");
    for (figures, file) in files {
        let (mut bare, mut index, mut rows, mut all, mut key) = (vec![], vec![], vec![], vec![], vec![]);
        let (mut again, mut memory) = (vec![], [0.0_f64; 2]);
        for _ in 0..rounds {
            bare.push(timed(|| parse::file(file)));
            index.push(timed(|| Index::open(file).map(|index| index.len())));
            let home = tempfile::tempdir().expect("a folder");
            let mut first = Terminal::start(&format!("{PROGRAM} open {}", file.display()), home.path());
            rows.push(first.until(|screen| screen.contains(" 条 ")));
            if *figures >= 100_000 {
                key.extend((0..3).map(|_| first.move_on("j")));
            }
            let count = format!("{figures} 条");
            all.push(first.until(|screen| screen.contains(&count) && !screen.contains("读取中")));
            memory[0] = memory[0].max(first.peak());
            // The cache is written meanwhile.
            std::thread::sleep(Duration::from_millis(500 + *figures as u64 / 500));
            first.end("q");
            let mut second = Terminal::start(&format!("{PROGRAM} open {}", file.display()), home.path());
            again.push(second.until(|screen| screen.contains(&count)));
            second.settle();
            memory[1] = memory[1].max(second.peak());
            second.end("q");
        }
        println!(
            "| {} | {:.1} | {:.1} | {:.2} | {:.1} | {:.1} | {} | {:.0} | {:.1} | {:.0} |",
            grouped(*figures),
            median(&bare),
            median(&index),
            median(&index) / median(&bare),
            median(&rows),
            median(&all),
            if key.is_empty() { "-".to_owned() } else { format!("{:.1}", median(&key)) },
            memory[0],
            median(&again),
            memory[1],
        );
    }
}

/// Keys on the screen: the time of the last byte after each.
fn keys(files: &[(usize, PathBuf)], rounds: usize) {
    /// What is typed into the filter, each with the keys that leave it.
    const FILTERS: &[&str] = &["高新区", "zjtx", "状态:目标", ">100亿元"];
    head("| figures | move | page | end | filter | most | sort | group | summary | MiB |");
    for (figures, file) in files {
        let home = tempfile::tempdir().expect("a folder");
        let command = format!("{PROGRAM} open {}", file.display());
        let count = format!("{figures} 条");
        let mut columns: [Vec<Duration>; 7] = Default::default();
        let mut memory = 0.0_f64;
        for round in 0..=rounds {
            let mut screen = Terminal::start(&command, home.path());
            screen.until(|screen| screen.contains(&count) && !screen.contains("读取中"));
            screen.settle();
            if round == 0 {
                // This one leaves the cache behind.
                std::thread::sleep(Duration::from_millis(500 + *figures as u64 / 500));
                screen.end("q");
                continue;
            }
            let [moves, pages, end, filter, sort, group, summary] = &mut columns;
            moves.extend((0..5).map(|_| screen.press("j")));
            pages.extend((0..3).map(|_| screen.press("\x1b[6~")));
            end.push(screen.press("G"));
            screen.press("g");
            for text in FILTERS {
                screen.press("/");
                filter.extend(text.chars().map(|c| screen.press(c.encode_utf8(&mut [0; 4]))));
                screen.press("\x1b");
            }
            // Through the six usual columns, then back to the order of the text.
            sort.extend((0..6).map(|_| screen.press("s")));
            screen.press("s");
            group.extend((0..2).map(|_| screen.press("z")));
            screen.press("z");
            summary.push(screen.press("o"));
            screen.press("\x1b");
            memory = memory.max(screen.peak());
            screen.end("q");
        }
        let [moves, pages, end, filter, sort, group, summary] = &columns;
        println!(
            "| {} | {:.1} | {:.1} | {:.1} | {:.1} | {:.1} | {:.1} | {:.1} | {:.1} | {memory:.0} |",
            grouped(*figures),
            median(moves),
            median(pages),
            median(end),
            median(filter),
            share(filter, 99),
            median(sort),
            median(group),
            median(summary),
        );
    }
}

/// `find` from the shell, process start included.
fn shell(files: &[(usize, PathBuf)], rounds: usize) {
    const QUESTIONS: &[&str] =
        &["专精特新 前:20", "状态:目标 前:20", ">100亿元 前:20", "主体:长春 排序:-数值 前:20"];
    head(&format!("| figures | {} |", QUESTIONS.join(" | ")));
    for (figures, file) in files {
        let home = tempfile::tempdir().expect("a folder");
        let ask = |question: &str| {
            let mut command = Command::new(PROGRAM);
            command.args(["find", question, "--data"]).arg(file).env("XDG_CACHE_HOME", home.path());
            timed(|| command.stdout(Stdio::null()).stderr(Stdio::null()).status())
        };
        // This one leaves the cache behind.
        ask("没有的话");
        let medians = QUESTIONS.iter().map(|question| {
            let times: Vec<Duration> = (0..rounds).map(|_| ask(question)).collect();
            format!("{:.1}", median(&times))
        });
        println!("| {} | {} |", grouped(*figures), medians.collect::<Vec<_>>().join(" | "));
    }
}

/// One processor against all, on a corpus of about so many figures.
fn extraction(folder: &Path, figures: usize, rounds: usize) {
    let corpus = folder.join(format!("corpus-{figures}.jsonl"));
    if !corpus.exists() {
        let dataset = zhibiao::dataset::read(&dataset(folder, figures)).expect("a dataset");
        let line = |d: &zhibiao::model::Document| {
            serde_json::json!({ "id": d.id, "title": d.title, "date": d.date, "text": d.text }).to_string()
                + "\n"
        };
        let lines: String = dataset.documents.iter().map(line).collect();
        std::fs::write(&corpus, lines).expect("written");
    }
    let out = |threads: usize| folder.join(format!("extracted-{threads}.jsonl"));
    let mut peak = 0.0_f64;
    let mut extract = |threads: usize| {
        let mut command = Command::new(PROGRAM);
        command
            .arg("extract")
            .arg(&corpus)
            .arg("-o")
            .arg(out(threads))
            .args(["--threads", &threads.to_string()]);
        timed(|| {
            let mut child = command.stderr(Stdio::null()).spawn().expect("it runs");
            while matches!(child.try_wait(), Ok(None)) {
                peak = peak.max(self::peak(child.id()));
                std::thread::sleep(Duration::from_millis(2));
            }
        })
    };
    let (mut one, mut two) = (Vec::new(), Vec::new());
    for _ in 0..rounds {
        one.push(extract(1));
        two.push(extract(2));
    }
    let same = std::fs::read(out(1)).ok() == std::fs::read(out(2)).ok();
    let size = std::fs::metadata(&corpus).map_or(0, |found| found.len() / 1_000_000);
    println!(
        "\nextraction of {size} MB: one thread {:.0}, two {:.0}, ratio {:.2}; {} bytes; at most {peak:.0} MiB",
        median(&one),
        median(&two),
        median(&one) / median(&two),
        if same { "the same" } else { "OTHER" },
    );
}

/// Begins a table of numbers.
fn head(titles: &str) {
    println!("\n{titles}\n|{}", "--:|".repeat(titles.matches('|').count() - 1));
}

/// 1,000,000
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

fn run(arguments: &[&str]) {
    let done = Command::new(PROGRAM).args(arguments).stderr(Stdio::null()).status().expect("it runs");
    assert!(done.success(), "{arguments:?}");
}

fn median(times: &[Duration]) -> f64 {
    share(times, 50)
}

/// The most memory a process ever held, in MiB; 0 where the system does not say.
fn peak(process: u32) -> f64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<f64>().ok()).unwrap_or(0.0) / 1024.0
}

fn load() -> String {
    let found = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    found.split(' ').next().unwrap_or("unknown").to_owned()
}
