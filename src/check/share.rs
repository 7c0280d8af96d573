//! Shares against the part and the whole, both stated, in one document or in several.
//!
//! `16户,占长春市的59%` and elsewhere `长春市…27户` → 16 ÷ 27 = 59.26 % ≈ 59 %
//!
//! The whole is the same indicator of the place that the share names, another indicator of the same subject,
//! the whole that a part stands under, or what is left of a whole when its other parts are taken away. Where
//! it is not stated it follows from the part: 16 at 45.7 % are of 35, and two shares of one whole must imply
//! the same.

use std::collections::HashMap;

use super::ledger::{Like, NONE, Row, Symbol};
use super::name::Rank;
use super::reading::{Reading, Verdict, judge};
use super::show::{Style, outcome, stated};
use super::{Bench, Check, Remark};
use crate::model::{Bound, Decimal, Kind};

/// A whole that a share may be of.
struct Whole<'l> {
    reading: Reading,
    /// The figures it is made of: one, or a total and the parts taken away from it.
    rows: Vec<&'l Row>,
    /// Not certainly the same thing: it can confirm, it cannot contradict.
    loose: bool,
}

/// A share with the part it is about and the name of its whole.
struct Stated<'l, 'i> {
    share: &'l Row,
    of: &'i str,
    /// The share as a fraction.
    fraction: Reading,
    /// The share in per cent.
    percent: Reading,
}

/// A whole that follows from a part and its share.
struct Implied {
    part: Row,
    share: Row,
    reading: Reading,
}

pub(super) fn check(bench: &mut Bench<'_, '_>) {
    let ledger = bench.ledger;
    let mut implied: HashMap<(Symbol, Symbol, Symbol, String), Vec<Implied>> = HashMap::new();
    for sentence in ledger.sentences() {
        for share in sentence.iter().filter(|row| row.kind == Kind::Share && row.has_of) {
            let Some(stated) = read(bench, share) else { continue };
            let parts = parts(bench, &stated, sentence);
            let settled = parts.iter().any(|part| one(bench, &stated, part));
            if let Some(part) = parts.first().filter(|part| !settled && part.document == share.document)
                && let Some(found) = without_whole(bench, &stated, part)
            {
                let key = (part.family, share.period, Symbol::from(part.dimension), place_key(stated.of));
                implied.entry(key).or_default().push(found);
            }
        }
    }
    same_implied(bench, implied);
}

/// The name of a whole, so that two shares of it meet.
fn place_key(of: &str) -> String {
    super::name::fold_subject(of).0
}

fn read<'l, 'i>(bench: &Bench<'l, 'i>, share: &'l Row) -> Option<Stated<'l, 'i>> {
    let figure = bench.ledger.figure(share)?;
    let of = figure.full().of.as_deref()?;
    if !matches!(figure.unit()?, "%" | "‰") {
        return None;
    }
    let percent = bench.ledger.reading(share)?;
    let fraction = percent.scaled(Decimal::new(1, 2))?;
    Some(Stated { share, of, fraction, percent })
}

/// The figures that may be the part: in the sentence, else in the document, else anywhere.
fn parts<'l>(bench: &Bench<'l, '_>, stated: &Stated<'_, '_>, sentence: &'l [Row]) -> Vec<&'l Row> {
    let share = stated.share;
    let is_part = |row: &&Row| {
        row.kind == Kind::Level
            && (row.name, row.subject, row.status) == (share.name, share.subject, share.status)
    };
    // The part stands before its share; the nearest one first.
    let mut here: Vec<&Row> = sentence.iter().filter(is_part).collect();
    here.sort_by_key(|row| (row.id > share.id, row.id.0.abs_diff(share.id.0)));
    if !here.is_empty() {
        here.truncate(3);
        return here;
    }
    if share.subject == NONE || share.period == NONE {
        return Vec::new();
    }
    let ledger = bench.ledger;
    let dimensions = ledger.dimensions(share.name, share.subject, Kind::Level);
    let like = |dimension| Like { kind: Kind::Level, dimension, status: share.status, period: share.period };
    dimensions
        .into_iter()
        .flat_map(|d| ledger.nearest(ledger.like(share.name, share.subject, like(d)), share))
        .take(4)
        .collect()
}

/// Tries every whole for one part; whether one was found.
fn one(bench: &mut Bench<'_, '_>, stated: &Stated<'_, '_>, part: &Row) -> bool {
    let ledger = bench.ledger;
    let Some(amount) = ledger.reading(part) else { return false };
    let mut firm = None;
    for whole in wholes(bench, stated, part) {
        let verdict = compare(&amount, &whole.reading, stated, part);
        let Some(verdict) = verdict else { continue };
        if verdict == Verdict::Agrees {
            let remark = None;
            say(bench, stated, part, &whole, verdict, remark);
            return true;
        }
        if !whole.loose && firm.is_none() {
            firm = Some((whole, verdict));
        }
    }
    let Some((whole, verdict)) = firm else { return false };
    say(bench, stated, part, &whole, verdict, None);
    true
}

/// The part against whole × share if the part is a bound, else part ÷ whole against the share.
fn compare(amount: &Reading, whole: &Reading, stated: &Stated<'_, '_>, part: &Row) -> Option<Verdict> {
    if part.bound == Bound::Eq {
        let computed = amount.over(whole)?.scaled(Decimal::ONE_HUNDRED)?;
        Some(judge(&computed, &stated.percent))
    } else {
        Some(judge(&whole.times(&stated.fraction)?, amount))
    }
}

fn say(
    bench: &mut Bench<'_, '_>,
    share: &Stated<'_, '_>,
    part: &Row,
    whole: &Whole<'_>,
    verdict: Verdict,
    remark: Option<Remark>,
) {
    let ledger = bench.ledger;
    let Some(amount) = ledger.reading(part) else { return };
    let mut text = whole.rows.iter().map(|row| stated(ledger, row)).collect::<Vec<_>>().join(" − ");
    if whole.rows.len() > 1 {
        text = format!("({text})");
    }
    let formula = if part.bound == Bound::Eq {
        let Some(computed) = amount.over(&whole.reading).and_then(|r| r.scaled(Decimal::ONE_HUNDRED)) else {
            return;
        };
        format!(
            "{} ÷ {text}{}",
            stated(ledger, part),
            outcome(ledger, computed.nominal, share.share, verdict)
        )
    } else {
        let Some(computed) = whole.reading.times(&share.fraction) else { return };
        let by = stated(ledger, share.share);
        format!("{text} × {by}{}", outcome(ledger, computed.nominal, part, verdict))
    };
    let mut rows = vec![share.share, part];
    rows.extend(whole.rows.iter().copied());
    bench.add(Check::Share, verdict, remark, &rows, formula);
}

/// Everything that may be the whole of a part, the surest first.
fn wholes<'l>(bench: &Bench<'l, '_>, stated: &Stated<'_, '_>, part: &Row) -> Vec<Whole<'l>> {
    let ledger = bench.ledger;
    let mut found = Vec::new();
    let mut add = |row: &'l Row, loose: bool| {
        if let Some(reading) = ledger.reading(row).filter(|_| row.id != part.id) {
            found.push(Whole { reading, rows: vec![row], loose });
        }
    };
    let like = Like { period: stated.share.period, ..Like::of(part) };
    let own = Like::of(part);
    if let Some(place) = ledger.subject(stated.of).filter(|place| *place != part.subject) {
        for row in ledger.nearest(ledger.like(part.name, place, own), part) {
            add(row, row.period == NONE && row.document != part.document);
        }
        let relatives = ledger.relatives(part.family, place);
        let related =
            |row: &&Row| row.level == part.level && row.name != part.name && row.dimension == part.dimension;
        for row in relatives.iter().take(64).map(|&n| ledger.row(n)).filter(related) {
            add(row, true);
        }
        found.extend(remainder(bench, part, place));
        return found;
    }
    if let Some(indicator) = ledger.name(stated.of).filter(|name| *name != part.name) {
        for like in [like, own] {
            for row in ledger.nearest(ledger.like(indicator, part.subject, like), part) {
                add(row, row.document != part.document && (part.subject == NONE || row.period == NONE));
            }
        }
    }
    if let Some(row) = under(bench, stated, part) {
        add(row, false);
    }
    found
}

/// The whole that a part stands under, if the share names it.
fn under<'l>(bench: &Bench<'l, '_>, stated: &Stated<'_, '_>, part: &Row) -> Option<&'l Row> {
    let ledger = bench.ledger;
    let whole = ledger.whole_of(part)?;
    let name = super::name::fold_indicator(ledger.figure(whole)?.indicator());
    let of = super::name::fold_indicator(stated.of);
    let fits = whole.dimension == part.dimension && whole.status == part.status && name.ends_with(&of);
    fits.then_some(whole)
}

/// What is left of a place's total after its other parts, told apart by level: 市级 is what is neither 国家级
/// nor 省级 of 市级以上.
fn remainder<'l>(bench: &Bench<'l, '_>, part: &Row, place: Symbol) -> Option<Whole<'l>> {
    let ledger = bench.ledger;
    if part.level.rank == Rank::None || part.level.and_above {
        return None;
    }
    let rows: Vec<&Row> = ledger
        .relatives(part.family, place)
        .iter()
        .take(64)
        .map(|&n| ledger.row(n))
        .filter(|row| (row.dimension, row.status) == (part.dimension, part.status))
        .filter(|row| row.period == part.period)
        .collect();
    let total = rows.iter().find(|row| row.level.and_above && row.level.rank == part.level.rank)?;
    let mut whole = Whole { reading: ledger.reading(total)?, rows: vec![total], loose: true };
    let others = rows.iter().filter(|row| !row.level.and_above && row.level.rank < part.level.rank);
    for row in others.filter(|row| row.level.rank != Rank::None && row.document == total.document) {
        if whole.rows.iter().any(|other| other.level == row.level) {
            return None;
        }
        whole.reading = whole.reading.minus(&ledger.reading(row)?)?;
        whole.rows.push(row);
    }
    // Every level above the part's must be known.
    let above = part.level.rank as usize - Rank::State as usize;
    (whole.rows.len() == above + 1 && above > 0 && whole.reading.shown.is_amount()).then_some(whole)
}

/// A share whose whole is not stated: what it implies, and whether that can be.
fn without_whole(bench: &mut Bench<'_, '_>, share: &Stated<'_, '_>, part: &Row) -> Option<Implied> {
    let ledger = bench.ledger;
    if part.bound != Bound::Eq
        || !matches!(share.share.bound, Bound::Eq | Bound::Approx)
        || share.percent.nominal.is_zero()
    {
        return None;
    }
    let amount = ledger.reading(part)?;
    let whole = amount.over(&share.fraction)?;
    let style = Style::of(ledger, part);
    let counts = ledger.unit(part).is_some_and(|unit| unit.counts) && amount.is_exact();
    let of_place = ledger.subject(share.of).is_some() || share.of.ends_with(['省', '市', '区', '县', '国']);
    let impossible = counts && of_place && !share.percent.vague && !whole.wide.holds_integer();
    let number =
        if counts && !impossible { style.full(whole.nominal.round()) } else { style.computed(whole.nominal) };
    let formula = format!("{} ÷ {} = {number}", stated(ledger, part), stated(ledger, share.share));
    let (verdict, remark) = if impossible {
        (Verdict::Contradicts, Remark::NoWhole)
    } else {
        (Verdict::CannotSay, Remark::Implied)
    };
    bench.add(Check::Share, verdict, Some(remark), &[share.share, part], formula);
    (!impossible).then_some(Implied { part: *part, share: *share.share, reading: whole })
}

/// Wholes implied by several parts must be one.
fn same_implied(bench: &mut Bench<'_, '_>, implied: HashMap<(Symbol, Symbol, Symbol, String), Vec<Implied>>) {
    let ledger = bench.ledger;
    let mut groups: Vec<Vec<Implied>> = implied.into_values().filter(|group| group.len() > 1).collect();
    groups.sort_by_key(|group| group.first().map(|one| one.share.id));
    for group in groups {
        let Some((first, rest)) = group.split_first() else { continue };
        for other in rest.iter().filter(|other| other.part.level == first.part.level) {
            // The same share said twice is a repeat, not a second witness.
            if other.part.subject == first.part.subject && other.part.name == first.part.name {
                continue;
            }
            let agree = !first.reading.shown.apart(other.reading.shown);
            if agree && first.part.name == other.part.name {
                let text = |one: &Implied| {
                    let style = Style::of(ledger, &one.part);
                    format!(
                        "{} ÷ {} = {}",
                        stated(ledger, &one.part),
                        stated(ledger, &one.share),
                        style.full(one.reading.nominal.round())
                    )
                };
                let formula = format!("{}; {}", text(first), text(other));
                let rows = [&other.share, &other.part, &first.share, &first.part];
                bench.add(Check::Share, Verdict::Agrees, Some(Remark::Implied), &rows, formula);
            }
        }
    }
}
