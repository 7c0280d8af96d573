//! The table of `data/lexicon/reliability.txt`, made anew.

use std::fmt::Write as _;

use zhibiao::lexicon::reliability::{Rules, STRICT, Share, general};
use zhibiao::model::Figure;

use super::scoring::score::{self, Outcome};

/// A figure with what became of it; one document's figures stand together.
pub(super) type Judged<'a> = Vec<(&'a Figure, Outcome)>;

/// Fewest figures in a step.
const STEP: u32 = 25;

const HEADER: &str = "\
# How often the rules of the extraction are right, field by field, and what their product is worth.
#
# Measured, not written: the figures of annotated documents, none of them held out for testing, are
# extracted, compared with the key and counted by the rules named in their traces. Made anew by
#
#     cargo bench --bench confidence -- --measure KEY.jsonl DOCS [KEY.jsonl DOCS ...] > reliability.txt
#
# A line: field TAB rule TAB right TAB times
#   A rule stands without the words that it quotes. A figure that is none counts against the rules of
#   its value and its unit. A rule seen seldom is drawn towards all rules of its field.
# A line: product TAB from TAB right TAB times
#   Of the figures whose rules' shares, multiplied, come to at least so much (and less than the next line
#   says), so many were right in all strict fields. A figure's confidence is this share less its standard
#   error. Both are taken from the same documents: expect less of texts of other kinds.
";

/// Prints the table for these documents.
pub(super) fn print(documents: &[Judged<'_>]) {
    let total = rules(documents.iter().map(Vec::as_slice));
    let figures = documents.iter().flatten();
    let products = figures.map(|(figure, outcome)| (total.product(&figure.trace), right(*outcome))).collect();
    let mut lines: Vec<String> = total
        .all()
        .map(|(of, rule, share)| format!("{of}\t{rule}\t{}\t{}", share.right, share.times))
        .collect();
    lines.sort();
    let mut text = HEADER.to_owned();
    for line in lines {
        let _ = writeln!(text, "{line}");
    }
    for (from, share) in steps(products) {
        let _ = writeln!(text, "product\t{from:.4}\t{}\t{}", share.right, share.times);
    }
    print!("{text}");
}

fn right(outcome: Outcome) -> bool {
    matches!(outcome, Outcome::Matched(verdict) if score::strictly_right(&verdict))
}

/// Counts the rules of the figures.
fn rules<'a>(documents: impl IntoIterator<Item = &'a [(&'a Figure, Outcome)]>) -> Rules {
    let mut rules = Rules::default();
    for (figure, outcome) in documents.into_iter().flatten() {
        for (n, of) in STRICT.into_iter().enumerate() {
            let is_right = match outcome {
                Outcome::Matched(verdict) => verdict[n],
                // A number that is no figure says nothing of the fields that ask what it measures.
                _ if n > 1 => continue,
                _ => false,
            };
            let rule =
                figure.trace.iter().find(|trace| trace.field == of).map_or("", |trace| general(&trace.rule));
            rules.add(of, rule, Share { right: u32::from(is_right), times: 1 });
        }
    }
    rules
}

/// Products in order, cut into steps whose shares rise.
fn steps(mut products: Vec<(f64, bool)>) -> Vec<(f64, Share)> {
    products.sort_by(|(a, _), (b, _)| a.total_cmp(b));
    let mut steps: Vec<(f64, Share)> = Vec::new();
    for (product, right) in products {
        match steps.last_mut() {
            Some((_, share)) if share.times < STEP => share.add(right),
            _ => steps.push((product, Share { right: u32::from(right), times: 1 })),
        }
    }
    // Neighbours that do not rise are one step.
    let mut risen: Vec<(f64, Share)> = Vec::new();
    for (mut from, mut share) in steps {
        while let Some((before, last)) = risen.pop() {
            if share.times >= STEP && last.smooth() < share.smooth() {
                risen.push((before, last));
                break;
            }
            share = Share { right: share.right + last.right, times: share.times + last.times };
            from = before;
        }
        risen.push((from, share));
    }
    risen
}
