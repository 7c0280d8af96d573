//! Parts against their whole: 其中-parts, equal lists, and wholes whose parts are known by name.
//!
//! `179户,其中16户、29家、134家` → 16 + 29 + 134 = 179
//!
//! A list under 其中 need not be complete and its members may overlap, so a sum that differs contradicts only
//! where the words of the parts divide a whole (`checks.txt`). A whole can be divided twice (by industry, then
//! by owner): runs of neighbouring parts are tried.

use std::collections::HashMap;

use super::ledger::{Like, NONE, Row};
use super::name::{Rank, fold_indicator};
use super::reading::{Reading, Verdict, judge};
use super::show::{outcome, stated};
use super::words::{Division, knowledge};
use super::{Bench, Check, Remark};
use crate::index::FigureId;
use crate::model::{Bound, Kind};

/// Longest list whose runs are tried.
const LONGEST: usize = 24;

pub(super) fn check(bench: &mut Bench<'_, '_>) {
    by_reference(bench);
    by_level(bench);
    by_name(bench);
}

/// Parts that name their whole.
fn by_reference(bench: &mut Bench<'_, '_>) {
    let ledger = bench.ledger;
    for document in ledger.rows.chunk_by(|a, b| a.document == b.document) {
        let mut parts: HashMap<FigureId, Vec<&Row>> = HashMap::new();
        let mut order = Vec::new();
        for row in document {
            if let Some(whole) = ledger.whole_of(row).filter(|whole| adds_up(row, whole)) {
                let list = parts.entry(whole.id).or_default();
                if list.is_empty() {
                    order.push(whole);
                }
                list.push(row);
            }
        }
        for whole in order {
            if let Some(list) = parts.get(&whole.id) {
                one_whole(bench, whole, list);
            }
        }
    }
}

/// Whether a part is counted as its whole is.
fn adds_up(part: &Row, whole: &Row) -> bool {
    part.kind == whole.kind
        && matches!(part.kind, Kind::Level | Kind::Change)
        && part.dimension == whole.dimension
        && part.status == whole.status
        && part.id != whole.id
}

fn one_whole(bench: &mut Bench<'_, '_>, whole: &Row, parts: &[&Row]) {
    let ledger = bench.ledger;
    let Some(total) = ledger.reading(whole) else { return };
    let read: Vec<(&Row, Reading)> =
        parts.iter().filter_map(|&row| Some((row, ledger.reading(row)?))).collect();
    for (part, reading) in read.iter().filter(|(part, _)| is_certain(bench, part, whole)) {
        if total.shown.is_amount() && total.wide.ends_before(reading.wide) && !reading.vague && !total.vague {
            let formula = format!("{} > {}", stated(ledger, part), stated(ledger, whole));
            bench.add(Check::Parts, Verdict::Contradicts, Some(Remark::OverWhole), &[part, whole], formula);
            return;
        }
    }
    if read.len() < 2 || read.len() > LONGEST {
        return;
    }
    let mut from = 0;
    let mut settled = vec![false; read.len()];
    while from < read.len() {
        let fitting = (from + 2..=read.len())
            .rev()
            .find(|&to| read.get(from..to).and_then(sum).is_some_and(|sum| fits(&sum, &total)));
        let Some(to) = fitting else {
            from += 1;
            continue;
        };
        settled.iter_mut().take(to).skip(from).for_each(|s| *s = true);
        if let Some(run) = read.get(from..to) {
            say(bench, whole, run, Verdict::Agrees, None);
        }
        from = to;
    }
    divided(bench, whole, &read, &settled);
}

/// Whether a part certainly belongs to its whole: the name of the one ends like that of the other or holds it,
/// and no sign ends the list between them.
fn is_certain(bench: &Bench<'_, '_>, part: &Row, whole: &Row) -> bool {
    let ledger = bench.ledger;
    let (Some(a), Some(b)) = (ledger.figure(part), ledger.figure(whole)) else { return false };
    let (from, to) = (b.full().span.end, a.full().span.start);
    let between = a.document().text.get(from..to).unwrap_or("。");
    let (part, whole) = (fold_indicator(a.indicator()), fold_indicator(b.indicator()));
    let related = part.contains(&whole) || whole.contains(&part) || last_two(&part) == last_two(&whole);
    related && !between.contains(['；', ';', '。', '\n'])
}

fn last_two(name: &str) -> String {
    name.chars().skip(name.chars().count().saturating_sub(2)).collect()
}

/// Whether a sum is its whole beyond chance: every term counts, none is vague or a bound.
fn fits(sum: &Reading, total: &Reading) -> bool {
    !sum.vague && !total.vague && sum.is_bounded() && judge(sum, total) == Verdict::Agrees
}

fn sum(run: &[(&Row, Reading)]) -> Option<Reading> {
    let (first, rest) = run.split_first()?;
    rest.iter().try_fold(first.1, |sum, (_, next)| sum.plus(next))
}

fn say(
    bench: &mut Bench<'_, '_>,
    whole: &Row,
    run: &[(&Row, Reading)],
    verdict: Verdict,
    remark: Option<Remark>,
) {
    let Some(sum) = sum(run) else { return };
    let ledger = bench.ledger;
    let terms: Vec<String> = run.iter().map(|(row, _)| stated(ledger, row)).collect();
    let formula = format!("{}{}", terms.join(" + "), outcome(ledger, sum.nominal, whole, verdict));
    let rows: Vec<&Row> = std::iter::once(whole).chain(run.iter().map(|(row, _)| *row)).collect();
    bench.add(Check::Parts, verdict, remark, &rows, formula);
}

/// Parts whose words divide any whole must make it up; parts that cannot overlap must not exceed it.
fn divided(bench: &mut Bench<'_, '_>, whole: &Row, read: &[(&Row, Reading)], settled: &[bool]) {
    let ledger = bench.ledger;
    let Some(total) = ledger.reading(whole) else { return };
    let whole_words = words_of(bench, whole);
    for division in &knowledge().divisions {
        let mut members: Vec<Option<(&Row, Reading)>> = vec![None; division.words.len()];
        let mut twice = false;
        for ((row, reading), settled) in read.iter().zip(settled) {
            let words = words_of(bench, row);
            let Some(at) = member(division, &words, &whole_words) else { continue };
            let Some(slot) = members.get_mut(at) else { continue };
            twice |= slot.is_some() || *settled;
            *slot = Some((*row, *reading));
        }
        let run: Vec<(&Row, Reading)> = members.iter().flatten().copied().collect();
        if twice || run.len() < 2 {
            continue;
        }
        let complete = division.complete && run.len() == division.words.len();
        let Some(sum) = sum(&run) else { continue };
        let contradicts =
            judge(&sum, &total) == Verdict::Contradicts && (complete || total.wide.ends_before(sum.wide));
        if contradicts {
            let remark = (!complete).then_some(Remark::OverWhole);
            say(bench, whole, &run, Verdict::Contradicts, remark);
            return;
        }
    }
}

/// Which word of a division a figure has and its whole has not; `None` if it has several.
fn member(division: &Division, words: &str, whole: &str) -> Option<usize> {
    let mut found = None;
    for (at, spellings) in division.words.iter().enumerate() {
        if spellings.iter().any(|word| words.contains(word) && !whole.contains(word)) {
            if found.is_some() {
                return None;
            }
            found = Some(at);
        }
    }
    found
}

/// Subject and indicator in one text.
fn words_of(bench: &Bench<'_, '_>, row: &Row) -> String {
    let figure = bench.ledger.figure(row);
    figure.map_or_else(String::new, |f| format!("{} {}", f.subject().unwrap_or(""), f.indicator()))
}

/// Parts of one family told apart by their level alone, in the sentence of their whole, without a reference.
fn by_level(bench: &mut Bench<'_, '_>) {
    let ledger = bench.ledger;
    for sentence in ledger.sentences() {
        for whole in sentence {
            let general = whole.level.rank == Rank::None || whole.level.and_above;
            if !general || whole.kind != Kind::Level {
                continue;
            }
            let mut parts: Vec<&Row> = Vec::new();
            for row in sentence {
                let inside = !row.level.and_above
                    && row.level.rank != Rank::None
                    && (whole.level.rank == Rank::None || row.level.rank <= whole.level.rank);
                let same =
                    (row.family, row.subject, row.period) == (whole.family, whole.subject, whole.period);
                if inside && same && adds_up(row, whole) && parts.iter().all(|p| p.level != row.level) {
                    parts.push(row);
                }
            }
            if parts.len() < 2 {
                continue;
            }
            let Some(total) = ledger.reading(whole) else { continue };
            let read: Vec<(&Row, Reading)> =
                parts.iter().filter_map(|&row| Some((row, ledger.reading(row)?))).collect();
            if sum(&read).is_some_and(|sum| fits(&sum, &total)) {
                say(bench, whole, &read, Verdict::Agrees, None);
            }
        }
    }
}

/// Wholes whose parts are indicators of their own: 进出口总额 = 出口额 + 进口额.
fn by_name(bench: &mut Bench<'_, '_>) {
    let ledger = bench.ledger;
    for rule in &knowledge().sums {
        let Some(whole_name) = ledger.name(rule.whole) else { continue };
        let Some(names) = rule.parts.iter().map(|part| ledger.name(part)).collect::<Option<Vec<_>>>() else {
            continue;
        };
        let wholes = ledger.rows.iter().filter(|row| row.name == whole_name && row.subject != NONE);
        for whole in wholes.filter(|row| row.kind == Kind::Level && row.bound == Bound::Eq) {
            let like = Like::of(whole);
            let parts: Option<Vec<&Row>> = names
                .iter()
                .map(|&name| {
                    let found = ledger.nearest(ledger.like(name, whole.subject, like), whole);
                    found.first().copied().filter(|part| part.document == whole.document)
                })
                .collect();
            let Some(parts) = parts else { continue };
            let read: Vec<(&Row, Reading)> =
                parts.iter().filter_map(|&row| Some((row, ledger.reading(row)?))).collect();
            let (Some(total), Some(sum)) = (ledger.reading(whole), sum(&read)) else { continue };
            if read.len() == names.len() {
                let verdict = judge(&sum, &total);
                if verdict != Verdict::CannotSay {
                    say(bench, whole, &read, verdict, None);
                }
            }
        }
    }
}
