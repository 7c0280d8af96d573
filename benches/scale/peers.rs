//! Other programs on the same figures as CSV, where they are installed.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use super::pty::Terminal;
use super::{PROGRAM, median, share, timed};

pub(crate) fn compare(folder: &Path, dataset: &Path, figures: usize, rounds: usize) {
    let csv = folder.join(format!("{figures}.csv"));
    if !csv.exists() {
        let out = std::fs::File::create(&csv).expect("a file");
        let done =
            Command::new(PROGRAM).arg("export").arg(dataset).args(["--format", "csv"]).stdout(out).status();
        assert!(done.is_ok_and(|status| status.success()));
    }
    println!(
        "\n| on {figures} rows of CSV ({} MB) | |\n|---|---|",
        csv.metadata().map_or(0, |f| f.len() / 1_000_000)
    );
    let csv = csv.display().to_string();
    viewer("less", &format!("less {csv}"), "doc,id", rounds);
    viewer("csvlens", &format!("csvlens {csv}"), "text_start", rounds);
    fzf(&csv, figures, rounds);
    engine("rg", &["rg", "-c", "专精特新", &csv], rounds);
    engine("grep", &["grep", "-c", "专精特新", &csv], rounds);
    duckdb(&csv, rounds);
}

fn installed(name: &str) -> bool {
    let folders = std::env::var_os("PATH").unwrap_or_default();
    let there = std::env::split_paths(&folders).any(|folder| folder.join(name).is_file());
    if !there {
        println!("| `{name}` | not installed: left out |");
    }
    there
}

/// The first rows of something that pages through a file.
fn viewer(name: &str, command: &str, shows: &str, rounds: usize) {
    if !installed(name) {
        return;
    }
    let mut rows = Vec::new();
    for _ in 0..rounds {
        let home = tempfile::tempdir().expect("a folder");
        let mut screen = Terminal::start(command, home.path());
        rows.push(screen.until(|screen| screen.contains(shows)));
        screen.settle();
        screen.end("q");
    }
    println!("| `{name}` | first rows {:.1} |", median(&rows));
}

fn fzf(csv: &str, figures: usize, rounds: usize) {
    if !installed("fzf") {
        return;
    }
    let (mut rows, mut all, mut keys) = (Vec::new(), Vec::new(), Vec::new());
    let mut memory = 0.0_f64;
    // The header is a row.
    let count = format!("{0}/{0}", figures + 1);
    for _ in 0..rounds.min(3) {
        let home = tempfile::tempdir().expect("a folder");
        let mut screen = Terminal::start(&format!("fzf -e < {csv}"), home.path());
        rows.push(screen.until(|screen| screen.contains("doc,id")));
        all.push(screen.until(|screen| screen.contains(&count)));
        screen.settle();
        keys.extend("高新区".chars().map(|c| screen.press(c.encode_utf8(&mut [0; 4]))));
        memory = memory.max(screen.peak());
        screen.end("\x1b");
    }
    let (rows, all) = (median(&rows), median(&all));
    println!(
        "| `fzf -e` | first rows {rows:.1}, all {all:.0}, a key in the filter {:.0} (most {:.0}), {memory:.0} MiB |",
        median(&keys),
        share(&keys, 99),
    );
}

/// A program that runs through the file once.
fn engine(name: &str, command: &[&str], rounds: usize) {
    let [program, arguments @ ..] = command else { return };
    if !installed(name) {
        return;
    }
    let once = || timed(|| Command::new(program).args(arguments).stdout(Stdio::null()).status());
    let times: Vec<Duration> = (0..rounds).map(|_| once()).collect();
    println!("| `{name}` | one word through the file {:.1} |", median(&times));
}

/// `DuckDB` inside Python, which times itself.
fn duckdb(csv: &str, rounds: usize) {
    const SCRIPT: &str = "
import duckdb, statistics, sys, time
def timed(f):
    start = time.perf_counter(); f(); return (time.perf_counter() - start) * 1000
rows = duckdb.connect()
rows.execute('set enable_progress_bar = false')
load = timed(lambda: rows.execute(f\"create table t as from read_csv('{sys.argv[1]}', all_varchar = true)\"))
def ask(how):
    where = ' or '.join(f\"{c} {how} '%专精特新%'\" for c in ['quote', 'indicator', 'subject'])
    return statistics.median(timed(lambda: rows.execute(f'select count(*) from t where {where}').fetchall())
                             for _ in range(int(sys.argv[2])))
print(f'load {load:.0f}, like over three columns {ask(\"like\"):.1f}, ilike {ask(\"ilike\"):.1f}')";
    let output = Command::new("python3").args(["-c", SCRIPT, csv, &rounds.to_string()]).output();
    match output {
        Ok(output) if output.status.success() => {
            println!("| `duckdb` | {} |", String::from_utf8_lossy(&output.stdout).trim_end());
        }
        _ => println!("| `duckdb` | not installed: left out |"),
    }
}
