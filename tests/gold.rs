//! The bundled documents extracted and scored against their answer key, `tests/gold/corpus.jsonl`.
//!
//! The floors below are what the program reached when they were last raised, rounded down to the hundredth
//! and 0.99 at most. They only rise.

#[path = "support/scoring/mod.rs"]
mod scoring;

#[path = "gold/scorer.rs"]
mod scorer;

use std::fmt::Write as _;

use scoring::run::Corpus;
use scoring::score::{self, FIELDS, Report};

/// F1 of finding the figures.
const DETECTION: f64 = 0.99;
/// F1 of finding them with all eight strict fields right.
const STRICT: f64 = 0.94;
/// Numbers named as traps that may be taken for a figure; this one only falls.
const TRAPS: usize = 0;
/// Share of the figures found in which the field is right, in the order of `FIELDS`.
const FIELD: [f64; FIELDS.len()] = [
    0.99, // value
    0.99, // unit
    0.99, // bound
    0.99, // kind
    0.96, // indicator
    0.98, // subject
    0.99, // period
    0.99, // status
    0.98, // of
    0.99, // parent
    0.99, // owners
    0.99, // unit_inferred
];

/// How many errors are shown when a floor breaks.
const SHOWN: usize = 40;

#[test]
fn the_corpus_is_read_as_well_as_before() -> Result<(), String> {
    let corpus = Corpus::bundled()?;
    let report = score::score(&corpus.key, &corpus.extract()?);
    let broken = broken(&report);
    assert!(broken.is_empty(), "{broken}\n{report}\n{}", worst(&report));
    Ok(())
}

/// The floors that do not hold.
fn broken(report: &Report) -> String {
    let overall = &report.overall;
    let mut floors =
        vec![("detection", overall.detection().f1, DETECTION), ("strict", overall.strict().f1, STRICT)];
    for (n, (name, floor)) in FIELDS.iter().zip(FIELD).enumerate() {
        floors.push((name, overall.accuracy(n), floor));
    }
    let mut out = String::new();
    for (name, reached, floor) in floors.into_iter().filter(|(_, reached, floor)| reached < floor) {
        let _ = writeln!(out, "{name} is {reached:.4}, the floor is {floor}");
    }
    if overall.trap_hits > TRAPS {
        let _ = writeln!(out, "{} traps are hit, at most {TRAPS} may be", overall.trap_hits);
    }
    out
}

fn worst(report: &Report) -> String {
    let mut out = format!("{SHOWN} of {} errors, document: quote → key | program\n", report.errors.len());
    for error in report.errors.iter().take(SHOWN) {
        let _ = writeln!(out, "{}: {}", error.document, error.message);
    }
    out
}
