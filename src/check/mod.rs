//! Figures checked against each other: what one says and others imply, recomputed exactly.
//!
//! `16户 of 179户`, `29家`, `134家` → 16 + 29 + 134 = 179, agrees
//!
//! ```
//! use zhibiao::check::{self, Verdict};
//! use zhibiao::index::Index;
//!
//! let report = check::run(&Index::default());
//! assert_eq!(report.count(Verdict::Contradicts), 0);
//! ```
//!
//! Two rules keep false alarms away. A verdict asks whether true numbers exist that could have been *written*
//! as the figures are (see `reading`), so no tolerance is made up. And figures that are joined loosely (a
//! family name, another document) may confirm each other; to contradict they must be the same thing in every
//! field.
//!
//! | file | what it does |
//! |---|---|
//! | `interval`, `reading`, `written` | numbers with the precision they are written in; verdicts |
//! | `name`, `unit`, `words` | what makes two figures comparable; `data/lexicon/checks.txt` |
//! | `firm` | what a figure must say itself to contradict another |
//! | `ledger` | the figures sorted so that every check finds its partners in its own small group |
//! | `parts`, `share`, `rate`, `growth`, `repeat`, `target`, `limit` | the checks |
//! | `show`, `finding` | the line of arithmetic; results |

mod finding;
mod firm;
#[cfg(test)]
mod gold;
mod growth;
mod interval;
mod ledger;
mod limit;
mod name;
mod parts;
mod rate;
mod reading;
mod repeat;
mod share;
mod show;
mod target;
#[cfg(test)]
mod tests;
mod unit;
mod words;
mod written;

use std::collections::HashSet;

pub use finding::{Check, Finding, Remark, Report};
pub use reading::Verdict;

use crate::index::{FigureId, Index};
use ledger::{Ledger, Row};

/// Checks all figures of an index against each other.
pub fn run(index: &Index) -> Report {
    let ledger = Ledger::new(index);
    let mut bench = Bench { ledger: &ledger, findings: Vec::new() };
    parts::check(&mut bench);
    share::check(&mut bench);
    rate::check(&mut bench);
    growth::check(&mut bench);
    repeat::check(&mut bench);
    target::check(&mut bench);
    limit::check(&mut bench);
    bench.report()
}

/// Where the checks put what they find.
struct Bench<'l, 'i> {
    ledger: &'l Ledger<'i>,
    findings: Vec<Finding>,
}

impl Bench<'_, '_> {
    fn add(
        &mut self,
        check: Check,
        verdict: Verdict,
        remark: Option<Remark>,
        rows: &[&Row],
        formula: String,
    ) {
        let mut figures: Vec<FigureId> = Vec::with_capacity(rows.len());
        for row in rows {
            if !figures.contains(&row.id) {
                figures.push(row.id);
            }
        }
        self.findings.push(Finding { check, verdict, remark, figures, formula });
    }

    /// The findings in order: contradictions, agreements, the rest; each in text order. What was found twice
    /// (by the parts' own reference and by a rule) stays once.
    fn report(self) -> Report {
        let mut findings = self.findings;
        findings.sort_by_key(|f| (f.verdict, f.figures.first().copied(), f.check));
        let mut seen = HashSet::new();
        findings.retain(|finding| {
            let mut figures = finding.figures.clone();
            figures.sort_unstable();
            seen.insert((finding.check, figures))
        });
        Report { findings }
    }
}
