//! Rates and quotients against what they are made of.
//!
//! `受理1873件,解决1805件,解决率96.4%` → 1805 ÷ 1873 = 96.37 % ≈ 96.4 %
//!
//! A 率 and its two counts meet in one sentence: by the words of `checks.txt` (解决率: 解决 of 受理), else by the
//! name itself (问题解决率: 解决问题). Quotients with a definition of their own (城镇化率, 人均地区生产总值) meet
//! by indicator, subject and period.

use super::ledger::{Like, NONE, Row};
use super::reading::{Reading, Verdict, judge};
use super::show::{outcome, stated};
use super::words::knowledge;
use super::{Bench, Check, Remark};
use crate::index::FigureRef;
use crate::model::{Bound, Decimal, Kind};

pub(super) fn check(bench: &mut Bench<'_, '_>) {
    let ledger = bench.ledger;
    for sentence in ledger.sentences() {
        for rate in sentence.iter().filter(|row| matches!(row.kind, Kind::Rate | Kind::Share)) {
            in_sentence(bench, rate, sentence);
        }
    }
    by_definition(bench);
}

fn indicator<'i>(bench: &Bench<'_, 'i>, row: &Row) -> &'i str {
    bench.ledger.figure(row).map_or("", |figure| figure.indicator())
}

fn in_sentence(bench: &mut Bench<'_, '_>, rate: &Row, sentence: &[Row]) {
    let ledger = bench.ledger;
    let name = indicator(bench, rate);
    let Some(stem) = name.strip_suffix('率') else { return };
    if ledger.figure(rate).and_then(FigureRef::unit) != Some("%") {
        return;
    }
    let counted: Vec<&Row> = sentence
        .iter()
        .filter(|row| row.kind == Kind::Level && row.status == rate.status && row.subject == rate.subject)
        .filter(|row| row.bound == Bound::Eq)
        .collect();
    let rule = knowledge().stems.iter().find(|rule| stem.contains(rule.word));
    // What was received and solved stands before the number, whatever the figure is called.
    let has = |row: &Row, words: &[&str]| {
        let clause = ledger.clause(row);
        let (over, under) = rule.map_or((&[][..], &[][..]), |rule| (&rule.over, &rule.under));
        let says = over.iter().chain(under).any(|word| clause.contains(word));
        let text = if says { clause } else { indicator(bench, row) };
        words.iter().any(|word| text.contains(word))
    };
    let mut best: Option<(&Row, &Row, Reading, Verdict)> = None;
    let mut firm_pairs = 0;
    for over in &counted {
        let by_rule = rule.is_some_and(|rule| has(over, &rule.over) && !has(over, &rule.under));
        if !by_rule && !same_characters(stem, indicator(bench, over)) {
            continue;
        }
        for under in counted.iter().filter(|under| under.id != over.id && under.dimension == over.dimension) {
            let firm = by_rule && rule.is_some_and(|rule| has(under, &rule.under));
            let computed = percent(bench, over, under);
            let (Some(computed), Some(given)) = (computed, ledger.reading(rate)) else { continue };
            let verdict = judge(&computed, &given);
            if verdict == Verdict::Agrees {
                say(bench, rate, [over, under], computed.nominal, verdict);
                return;
            }
            if firm {
                firm_pairs += 1;
                best.get_or_insert((over, under, computed, verdict));
            }
        }
    }
    // With several pairs to choose from, none is certainly meant.
    if let Some((over, under, computed, verdict)) = best.filter(|_| firm_pairs == 1) {
        say(bench, rate, [over, under], computed.nominal, verdict);
    }
}

fn percent(bench: &Bench<'_, '_>, over: &Row, under: &Row) -> Option<Reading> {
    let ledger = bench.ledger;
    ledger.reading(over)?.over(&ledger.reading(under)?)?.scaled(Decimal::ONE_HUNDRED)
}

fn say(bench: &mut Bench<'_, '_>, rate: &Row, [over, under]: [&Row; 2], computed: Decimal, verdict: Verdict) {
    let ledger = bench.ledger;
    let formula = format!(
        "{} ÷ {}{}",
        stated(ledger, over),
        stated(ledger, under),
        outcome(ledger, computed, rate, verdict)
    );
    bench.add(Check::Rate, verdict, None, &[rate, over, under], formula);
}

/// 问题解决 and 解决问题.
fn same_characters(a: &str, b: &str) -> bool {
    let sorted = |text: &str| {
        let mut characters: Vec<char> = text.chars().collect();
        characters.sort_unstable();
        characters
    };
    a.len() == b.len() && sorted(a) == sorted(b)
}

/// Quotients by the definitions of `checks.txt`.
fn by_definition(bench: &mut Bench<'_, '_>) {
    let ledger = bench.ledger;
    for rule in &knowledge().quotients {
        let names = (ledger.name(rule.ratio), ledger.name(rule.over), ledger.name(rule.under));
        let (Some(ratio), Some(over), Some(under)) = names else { continue };
        for rate in ledger.rows.iter().filter(|row| row.name == ratio && row.subject != NONE) {
            if rate.period == NONE || !matches!(rate.kind, Kind::Level | Kind::Rate | Kind::Share) {
                continue;
            }
            let find = |name| {
                let like = |dimension| Like { kind: Kind::Level, dimension, ..Like::of(rate) };
                let dimensions = ledger.dimensions(name, rate.subject, Kind::Level);
                let found = dimensions
                    .into_iter()
                    .flat_map(|d| ledger.nearest(ledger.like(name, rate.subject, like(d)), rate));
                found.into_iter().next()
            };
            let (Some(over), Some(under)) = (find(over), find(under)) else { continue };
            let computed = quotient(bench, rate, over, under);
            let (Some(computed), Some(given)) = (computed, ledger.reading(rate)) else { continue };
            let same_document = over.document == rate.document && under.document == rate.document;
            match judge(&computed, &given) {
                Verdict::Agrees => say(bench, rate, [over, under], computed.nominal, Verdict::Agrees),
                verdict if !rule.about && same_document => {
                    say(bench, rate, [over, under], computed.nominal, verdict);
                }
                _ => {
                    let formula = format!(
                        "{} ÷ {}{}",
                        stated(ledger, over),
                        stated(ledger, under),
                        outcome(ledger, computed.nominal, rate, Verdict::CannotSay)
                    );
                    let rows = [rate, over, under];
                    bench.add(Check::Rate, Verdict::CannotSay, Some(Remark::Loose), &rows, formula);
                }
            }
        }
    }
}

/// The quotient in the base unit of the ratio; `None` if the units do not make it.
fn quotient(bench: &Bench<'_, '_>, rate: &Row, over: &Row, under: &Row) -> Option<Reading> {
    let ledger = bench.ledger;
    let unit = |row: &Row| ledger.figure(row).and_then(FigureRef::unit);
    if over.dimension == under.dimension {
        return (unit(rate)? == "%").then(|| percent(bench, over, under))?;
    }
    // 人均: the unit of the numerator, with or without /人.
    let whole = unit(rate)?;
    let head = whole.split(['/', '／', '每']).next()?;
    let per = whole.split(['/', '／']).nth(1);
    let fits = head == unit(over)? && per.is_none_or(|per| Some(per) == unit(under));
    fits.then(|| ledger.reading(over)?.over(&ledger.reading(under)?))?
}
