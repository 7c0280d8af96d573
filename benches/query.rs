//! How long a key typed into the filter takes over a million invented figures, beside a plain search through
//! the same text in the same run.
//!
//! `cargo bench --bench query -- [--figures N] [--rounds N]` types each query of a list letter by letter, as a
//! person does: the first letter into an empty filter, each of the others into what the one before left. Every
//! round begins with a filter that remembers nothing. Of each key the best round counts, since on a busy machine
//! the others measure the neighbours; the table says what share of the keys took how long. In every round `memmem` runs over the arena of all sentences
//! and nucleo over the same sentences as strings, so that a slow moment of the machine falls on all of them.

#[path = "support/times.rs"]
mod times;

use std::process::ExitCode;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use memchr::memmem::Finder;
use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};
use zhibiao::dataset::Dataset;
use zhibiao::generate::Shape;
use zhibiao::index::Index;
use zhibiao::query::{self, Query, Searcher};

use times::{share, timed};

/// What is typed, and the group its times belong to.
const TYPED: &[(&str, &str)] = &[
    ("words", "工业增加值"),
    ("words", "专精特新 力争"),
    ("words", "高新区"),
    ("words", "2020年上半年"),
    ("fields", "状态:目标 类型:总量"),
    ("fields", "主体:长春"),
    ("fields", "时期:2021..2023"),
    ("fields", "有:上级 单位:户"),
    ("amounts", ">100亿元"),
    ("amounts", ">=20%"),
    ("amounts", "500万..2亿元"),
    ("pinyin over names", "指标:zjtx"),
    ("pinyin over names", "主体:changchun"),
    ("pinyin over all", "zjtx"),
    ("pinyin over all", "gyzjz"),
    ("pinyin over all", "zhuanjing"),
    ("sorted", "状态:目标 排序:-数值 前:100"),
];

fn main() -> ExitCode {
    let (mut figures, mut rounds) = (1_000_000, 5);
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let number = match argument.as_str() {
            "--figures" => &mut figures,
            "--rounds" => &mut rounds,
            // Given by cargo.
            "--bench" => continue,
            other => {
                eprintln!("query: unknown option {other}");
                return ExitCode::from(2);
            }
        };
        let Some(n) = arguments.next().and_then(|n| n.parse().ok()).filter(|n| *n > 0) else {
            eprintln!("query: {argument} wants a number");
            return ExitCode::from(2);
        };
        *number = n;
    }
    let index = index(figures);
    println!(
        "{figures} figures, {} sentences of {} bytes, {} names; load {}",
        index.sentences().len(),
        index.sentences().bytes().len(),
        index.names().len(),
        std::fs::read_to_string("/proc/loadavg").unwrap_or_default().split(' ').next().unwrap_or("unknown"),
    );
    measure(&index, rounds);
    ExitCode::SUCCESS
}

fn index(figures: usize) -> Index {
    let shape = Shape { documents: figures.div_ceil(50), figures, seed: 1, errors: false };
    let documents = (0..shape.documents).map(|number| shape.document(number)).collect();
    Index::new(Dataset { generator: String::new(), documents })
}

/// The best times of one group.
#[derive(Default)]
struct Times {
    /// Of the letter that begins a query.
    first: Vec<Duration>,
    /// Of each further one.
    more: Vec<Duration>,
}

fn measure(index: &Index, rounds: usize) {
    let mut groups: Vec<(&str, Times)> = Vec::new();
    let (mut memmem, mut nucleo) = (Vec::new(), Vec::new());
    let lines = index.sentences();
    let sentences: Vec<&str> = (0..lines.len()).map(|line| lines.line(line)).collect();
    for (group, text) in TYPED {
        let best = (0..rounds).map(|_| typed(index, text));
        let best = best.reduce(|best, one| best.into_iter().zip(one).map(|(a, b)| a.min(b)).collect());
        let mut best = best.unwrap_or_default().into_iter();
        if groups.last().is_none_or(|(name, _)| name != group) {
            groups.push((group, Times::default()));
        }
        if let Some((_, times)) = groups.last_mut() {
            times.first.extend(best.next());
            times.more.extend(best);
        }
        memmem.push(timed(|| Finder::new("专精特新").find_iter(index.sentences().bytes()).count()));
    }
    for _ in 0..rounds {
        nucleo.push(timed(|| fuzzy(&sentences)));
    }
    println!("{:<24} {:>9} {:>9} {:>9} {:>9}", "milliseconds", "median", "p99", "most", "first");
    for (name, times) in groups {
        let (median, p99, most) = (share(&times.more, 50), share(&times.more, 99), share(&times.more, 100));
        println!("{name:<24} {median:>9.1} {p99:>9.1} {most:>9.1} {:>9.1}", share(&times.first, 100));
    }
    for (name, times) in [("memmem, the arena once", memmem), ("nucleo, sentences once", nucleo)] {
        println!("{name:<24} {:>9.1}   (best {:.1})", share(&times, 50), share(&times, 0));
    }
}

/// How long each key of a query takes, in a filter that remembers nothing.
fn typed(index: &Index, text: &str) -> Vec<Duration> {
    let mut searcher = Searcher::default();
    let ends = text.char_indices().map(|(at, c)| at + c.len_utf8());
    ends.map(|end| key(index, &mut searcher, text.get(..end).unwrap_or(text))).collect()
}

/// A key: the text of the filter is read and answered anew.
fn key(index: &Index, searcher: &mut Searcher, text: &str) -> Duration {
    let never = AtomicBool::new(false);
    timed(|| {
        let plan = query::resolve(&Query::parse(text), index);
        searcher.run(index, &plan, &never)
    })
}

fn fuzzy(sentences: &[&str]) -> usize {
    let mut matcher = Matcher::new(Config::DEFAULT);
    let pattern = Pattern::new("专精特新", CaseMatching::Ignore, Normalization::Never, AtomKind::Fuzzy);
    let mut buffer = Vec::new();
    let scores =
        sentences.iter().filter_map(|text| pattern.score(Utf32Str::new(text, &mut buffer), &mut matcher));
    scores.count()
}
