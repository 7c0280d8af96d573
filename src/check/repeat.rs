//! The same fact stated more than once: equal, equal after rounding, or different.
//!
//! `5.67万亿元` and elsewhere `56708.71亿元` → 56708.71亿元 ≈ 5.67万亿元
//!
//! Only what shares indicator, subject, period, kind, status, dimension and base is the same fact. Two figures of
//! one sentence are never two statements of one fact: something told them apart. To differ they must also say
//! plainly what they are (see `firm`).

use super::firm::is_same;
use super::ledger::{Like, NONE, Row};
use super::reading::{Reading, Verdict, judge};
use super::show::{Style, outcome, stated};
use super::{Bench, Check, Remark};
use crate::model::{Kind, Status};

/// Distinct values of one fact that are kept apart; more are not one fact.
const MOST: usize = 6;

pub(super) fn check(bench: &mut Bench<'_, '_>) {
    let ledger = bench.ledger;
    for group in ledger.groups() {
        let same = |a: &u32, b: &u32| Like::of(ledger.row(*a)) == Like::of(ledger.row(*b));
        for alike in group.chunk_by(same).filter(|alike| alike.len() > 1) {
            one_fact(bench, alike);
        }
    }
}

fn one_fact(bench: &mut Bench<'_, '_>, alike: &[u32]) {
    let ledger = bench.ledger;
    let Some(first) = alike.first().map(|&n| ledger.row(n)) else { return };
    if first.subject == NONE || first.status == Status::Rule || !matters(bench, first) {
        return;
    }
    let mut distinct: Vec<(&Row, Reading)> = Vec::new();
    for row in alike.iter().map(|&n| ledger.row(n)) {
        let Some(reading) = ledger.reading(row) else { continue };
        let apart = |other: &Row| (other.document, other.sentence) != (row.document, row.sentence);
        let same = distinct.iter().position(|(other, stated)| {
            base(bench, other) == base(bench, row) && compare(stated, &reading) == Verdict::Agrees
        });
        match same.and_then(|at| distinct.get(at).copied()) {
            Some((other, known)) if apart(other) => {
                let pair = if exactness(&known) <= exactness(&reading) {
                    [(other, known), (row, reading)]
                } else {
                    [(row, reading), (other, known)]
                };
                say(bench, pair, Verdict::Agrees, None);
            }
            Some(_) => {}
            None => {
                let rival = distinct
                    .iter()
                    .find(|(other, known)| {
                        apart(other)
                            && base(bench, other) == base(bench, row)
                            && compare(known, &reading) == Verdict::Contradicts
                            && is_same(ledger, other, row)
                    })
                    .copied();
                if let Some((other, known)) = rival {
                    differ(bench, (other, known), (row, reading));
                }
                if distinct.len() < MOST {
                    distinct.push((row, reading));
                }
            }
        }
    }
}

/// Facts whose time is known; ranks and durations are left out.
fn matters(bench: &Bench<'_, '_>, row: &Row) -> bool {
    let fixed = bench.ledger.time(row).is_some_and(|time| time.years.is_some());
    fixed && !matches!(row.kind, Kind::Rank | Kind::Duration)
}

/// What a share or a growth is of; the year before goes without saying.
fn base<'i>(bench: &Bench<'_, 'i>, row: &Row) -> Option<&'i str> {
    if !row.has_of {
        return None;
    }
    bench.ledger.figure(row)?.full().of.as_deref().filter(|of| *of != "yoy")
}

/// How wide a reading is: the narrower one is the more exact.
fn exactness(reading: &Reading) -> crate::model::Decimal {
    reading.shown.width().unwrap_or(crate::model::Decimal::MAX)
}

fn compare(a: &Reading, b: &Reading) -> Verdict {
    let (exact, coarse) = if exactness(a) <= exactness(b) { (a, b) } else { (b, a) };
    judge(exact, coarse)
}

fn differ(bench: &mut Bench<'_, '_>, first: (&Row, Reading), second: (&Row, Reading)) {
    let aims = first.0.status == Status::Target;
    let (verdict, remark) =
        if aims { (Verdict::CannotSay, Some(Remark::AimsDiffer)) } else { (Verdict::Contradicts, None) };
    let check = if aims { Check::Target } else { Check::Repeat };
    let ledger = bench.ledger;
    let formula = format!("{} ≠ {}", stated(ledger, first.0), stated(ledger, second.0));
    bench.add(check, verdict, remark, &[second.0, first.0], formula);
}

fn say(
    bench: &mut Bench<'_, '_>,
    [(exact, a), (coarse, b)]: [(&Row, Reading); 2],
    verdict: Verdict,
    remark: Option<Remark>,
) {
    let ledger = bench.ledger;
    let formula = if a.nominal == b.nominal && exact.bound == coarse.bound {
        format!("{} = {}", stated(ledger, exact), stated(ledger, coarse))
    } else {
        let text = outcome(ledger, a.nominal, coarse, verdict);
        // `= computed ≈ stated` with the exact figure itself in the place of the computed one.
        let style = Style::of(ledger, exact);
        let tail = text.trim_start_matches(" = ");
        let relation = tail.split(' ').find(|word| matches!(*word, "≈" | "≠" | ">" | "≥" | "<" | "≤" | "?"));
        format!("{} {} {}", style.full(a.nominal), relation.unwrap_or("≈"), stated(ledger, coarse))
    };
    bench.add(Check::Repeat, verdict, remark, &[exact, coarse], formula);
}
