//! How long checking takes as figures grow tenfold: it should take about tenfold.
//!
//! `cargo bench --bench check -- [--most N]` checks invented datasets of ten thousand figures and tenfold
//! sizes up to N (by default a million), on one thread; the index's own time stands beside. Where the system tells
//! it (Linux), the processor's time for the check stands there, too: on a busy machine it is the one to read.

use std::process::ExitCode;
use std::time::Instant;

use zhibiao::check::{self, Verdict};
use zhibiao::dataset::Dataset;
use zhibiao::generate::Shape;
use zhibiao::index::Index;

const PER_DOCUMENT: usize = 50;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    let most = match arguments.as_slice() {
        [] => Ok(1_000_000),
        [option, number] if option == "--most" => number.parse().map_err(|_| "--most wants a number"),
        _ => Err("usage: cargo bench --bench check -- [--most N]"),
    };
    match most {
        Ok(most) => {
            table(most);
            ExitCode::SUCCESS
        }
        Err(message) => {
            eprintln!("check: {message}");
            ExitCode::from(2)
        }
    }
}

fn table(most: usize) {
    println!("| figures | index | check | processor | contradicts | agrees | cannot say |");
    println!("|--:|--:|--:|--:|--:|--:|--:|");
    for figures in std::iter::successors(Some(10_000), |n| Some(n * 10)).take_while(|n| *n <= most) {
        let shape = Shape { documents: figures / PER_DOCUMENT, figures, seed: 1, errors: true };
        let documents = (0..shape.documents).map(|number| shape.document(number)).collect();
        let start = Instant::now();
        let index = Index::new(Dataset { generator: String::new(), documents });
        let indexed = start.elapsed();
        let (start, before) = (Instant::now(), processor());
        let report = check::run(&index);
        let (checked, after) = (start.elapsed(), processor());
        let worked = before.zip(after).map(|(before, after)| format!("{:.2} s", after - before));
        let counts = Verdict::ALL.map(|verdict| report.count(verdict));
        let [contradicts, agrees, unsure] = counts;
        println!(
            "| {figures} | {:.2} s | {:.2} s | {} | {contradicts} | {agrees} | {unsure} |",
            indexed.as_secs_f64(),
            checked.as_secs_f64(),
            worked.as_deref().unwrap_or("-")
        );
    }
}

/// Seconds that this thread has had a processor, if the system tells.
fn processor() -> Option<f64> {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanoseconds: f64 = told.split_whitespace().next()?.parse().ok()?;
    Some(nanoseconds / 1e9)
}
