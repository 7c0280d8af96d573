//! What a confidence is worth, and which rules are to blame.
//!
//! `cargo bench --bench confidence -- [KEY.jsonl DOCS_DIR] [--all] [--errors]` extracts the documents of a key (without
//! arguments: the bundled ones), scores them and prints
//!
//! 1. for each band of confidence the share of figures right in all strict fields, and of figures that are none;
//! 2. for each rule named in the figures' traces how often its field is right, worst first (`--all`: every
//!    rule, not only those that are ever wrong);
//! 3. with `--errors` what is wrong, figure by figure, worst first.
//!
//! `-- --measure KEY.jsonl DOCS_DIR [KEY.jsonl DOCS_DIR …]` prints `data/lexicon/reliability.txt` anew.

mod measure;
#[path = "../../tests/support/scoring/mod.rs"]
mod scoring;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;

use scoring::run::Corpus;
use scoring::score::{self, FIELDS, Outcome};
use zhibiao::lexicon::reliability::general;
use zhibiao::model::Figure;

/// Lower ends of the bands, highest first.
const BANDS: [f64; 9] = [0.95, 0.9, 0.85, 0.8, 0.7, 0.6, 0.5, 0.3, 0.0];

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("confidence: {message}");
            ExitCode::from(2)
        }
    }
}

fn run() -> Result<(), String> {
    let (flags, paths): (Vec<String>, Vec<String>) =
        std::env::args().skip(1).partition(|a| a.starts_with("--"));
    if flags.iter().any(|f| f == "--measure") {
        return measured(&paths);
    }
    let corpus = match paths.as_slice() {
        [] => Corpus::bundled()?,
        [key, folder] => Corpus::read(Path::new(key), Path::new(folder))?,
        _ => return Err("wants KEY.jsonl DOCS_DIR, or nothing for the bundled documents".to_owned()),
    };
    let found = corpus.extract()?;
    let report = score::score(&corpus.key, &found);
    println!("{report}");
    let judged: Vec<(&Figure, Outcome)> = found.iter().flat_map(|one| judged(one, &report)).collect();
    bands(&judged);
    rules(&judged, flags.iter().any(|f| f == "--all"));
    if flags.iter().any(|f| f == "--errors") {
        println!("\n{} errors, document: quote → key | program", report.errors.len());
        for error in &report.errors {
            println!("{}: {}", error.document, error.message);
        }
    }
    Ok(())
}

/// Prints the table of rules as measured on several keys with their documents.
fn measured(paths: &[String]) -> Result<(), String> {
    let mut corpora = Vec::new();
    for pair in paths.chunks(2) {
        let [key, folder] = pair else {
            return Err("--measure wants KEY.jsonl DOCS_DIR in pairs".to_owned());
        };
        let corpus = Corpus::read(Path::new(key), Path::new(folder))?;
        let found = corpus.extract()?;
        let report = score::score(&corpus.key, &found);
        corpora.push((found, report));
    }
    let documents: Vec<measure::Judged<'_>> =
        corpora.iter().flat_map(|(found, report)| found.iter().map(|one| judged(one, report))).collect();
    measure::print(&documents);
    Ok(())
}

/// What became of a document's figures; those that are neither right nor wrong are left out.
fn judged<'a>((name, figures): (&String, &'a Vec<Figure>), report: &score::Report) -> measure::Judged<'a> {
    let outcomes = report.outcomes.get(name).map(Vec::as_slice).unwrap_or_default();
    let all = figures.iter().zip(outcomes.iter().copied());
    all.filter(|(_, outcome)| *outcome != Outcome::Ignored).collect()
}

/// Counts of figures by what became of them.
#[derive(Clone, Copy, Default)]
struct Band {
    figures: usize,
    right: usize,
    none: usize,
    sum: f64,
}

impl Band {
    fn add(&mut self, figure: &Figure, outcome: Outcome) {
        self.figures += 1;
        self.sum += figure.confidence;
        match outcome {
            Outcome::Matched(verdict) => self.right += usize::from(score::strictly_right(&verdict)),
            Outcome::Wrong | Outcome::Trap => self.none += 1,
            Outcome::Ignored => {}
        }
    }

    fn row(&self, name: &str) {
        if self.figures == 0 {
            return;
        }
        let share = |n| score::ratio(n, self.figures, 0.0);
        let mean = self.sum * share(1);
        println!(
            "{name:<12} {:>7} {:>8.3} {:>8.3} {:>9.3} {:>9.3}",
            self.figures,
            mean,
            share(self.right),
            share(self.right) - mean,
            share(self.none)
        );
    }
}

fn bands(judged: &[(&Figure, Outcome)]) {
    println!("confidence   figures     mean    right  right-mean  no figure");
    let within = |low: f64, high: f64| {
        let mut band = Band::default();
        for (figure, outcome) in judged.iter().filter(|(f, _)| f.confidence >= low && f.confidence < high) {
            band.add(figure, *outcome);
        }
        band
    };
    let mut high = f64::INFINITY;
    for low in BANDS {
        let name = if high.is_infinite() { format!(">= {low}") } else { format!("{low} - {high}") };
        within(low, high).row(&name);
        high = low;
    }
    println!();
    for low in [0.9, 0.8, 0.5] {
        within(low, f64::INFINITY).row(&format!("all >= {low}"));
    }
    within(f64::NEG_INFINITY, f64::INFINITY).row("all");
}

/// What became of the figures a rule took part in.
#[derive(Default)]
struct Rule {
    /// Figures of the key.
    matched: usize,
    /// Its field is right.
    right: usize,
    /// All strict fields are right.
    strict: usize,
    /// Figures that are none.
    none: usize,
    confidence: f64,
    /// A quote for which it is wrong.
    example: Option<String>,
}

fn rules(judged: &[(&Figure, Outcome)], all: bool) {
    let mut rules: BTreeMap<(&str, &str), Rule> = BTreeMap::new();
    for (figure, outcome) in judged {
        for trace in &figure.trace {
            let rule = rules.entry((trace.field.as_str(), general(&trace.rule))).or_default();
            rule.confidence += figure.confidence;
            let Outcome::Matched(verdict) = outcome else {
                rule.none += 1;
                continue;
            };
            let right = FIELDS.iter().position(|f| *f == trace.field.as_str()).is_none_or(|n| verdict[n]);
            rule.matched += 1;
            rule.right += usize::from(right);
            rule.strict += usize::from(score::strictly_right(verdict));
            if !right {
                rule.example.get_or_insert_with(|| figure.quote.replace('\n', " "));
            }
        }
    }
    let mut rows: Vec<_> =
        rules.into_iter().filter(|(_, r)| all || r.right < r.matched || r.none > 0).collect();
    // With one right and one wrong added, a rule seen once does not outrank one that is often wrong.
    let share = |r: &Rule| score::ratio(r.right + 1, r.matched + r.none + 2, 0.0);
    rows.sort_by(|(_, a), (_, b)| share(a).total_cmp(&share(b)));
    println!("\nfield        times    right   strict     conf  none  rule (an example it gets wrong)");
    for ((field, name), r) in rows {
        println!(
            "{field:<10} {:>7} {:>8.3} {:>8.3} {:>8.3} {:>5}  {name}{}",
            r.matched + r.none,
            score::ratio(r.right, r.matched, 0.0),
            score::ratio(r.strict, r.matched, 0.0),
            r.confidence * score::ratio(1, r.matched + r.none, 0.0),
            r.none,
            r.example.map_or(String::new(), |e| format!(" ({e})")),
        );
    }
}
