//! Growth and change against the levels of two years, or against each other.
//!
//! `128亿元,比上年增长6.7%`, the year before `120亿元` → 128 ÷ 120 − 1 = 6.67 % ≈ 6.7 %
//! `3860件,比上年增加310件,增长8.7%` → 310 ÷ (3860 − 310) = 8.73 % ≈ 8.7 %
//!
//! Growth at constant prices (地区生产总值, 增加值) need not follow from stated levels; it contradicts only where
//! the levels are apart by orders of magnitude (万 for 亿).

use super::ledger::{Like, NONE, Row};
use super::reading::{Reading, Verdict, judge};
use super::show::{Style, outcome, stated};
use super::words::knowledge;
use super::{Bench, Check, Remark};
use crate::index::FigureRef;
use crate::model::{Bound, Decimal, Kind, Status};

pub(super) fn check(bench: &mut Bench<'_, '_>) {
    let ledger = bench.ledger;
    for sentence in ledger.sentences() {
        for row in sentence {
            match row.kind {
                Kind::Growth => growth(bench, row, sentence),
                Kind::Change => change(bench, row),
                _ => {}
            }
        }
    }
}

/// A growth as a factor: what the base is multiplied by. 增长20倍 is also said for 20 times the base.
fn factors(bench: &Bench<'_, '_>, row: &Row) -> Option<(Reading, Option<Reading>)> {
    let reading = bench.ledger.reading(row)?;
    let one = Reading::exact(Decimal::ONE);
    match bench.ledger.figure(row)?.unit()? {
        "%" => Some((reading.scaled(Decimal::new(1, 2))?.plus(&one)?, None)),
        "倍" => Some((reading.plus(&one)?, Some(reading))),
        _ => None,
    }
}

fn growth(bench: &mut Bench<'_, '_>, row: &Row, sentence: &[Row]) {
    let ledger = bench.ledger;
    if row.status == Status::Rule || row.subject == NONE {
        return;
    }
    let mut said = change_in_sentence(bench, row, sentence);
    let base = base(bench, row);
    for dimension in ledger.dimensions(row.name, row.subject, Kind::Level) {
        let near = |status, period| {
            let like = Like { kind: Kind::Level, dimension, status, period };
            ledger.nearest(ledger.like(row.name, row.subject, like), row).first().copied()
        };
        let Some(now) = near(row.status, row.period) else { continue };
        let before = match base {
            Base::YearBefore => ledger.year_before(row.period).and_then(|p| near(Status::Actual, p)),
            Base::Named => None,
            Base::Mean => return,
        };
        match before {
            Some(before) => said |= two_levels(bench, row, now, before),
            None if !said => implied(bench, row, now),
            None => {}
        }
    }
}

/// What a growth is reckoned from.
enum Base {
    YearBefore,
    /// A time the text names: 十二五末.
    Named,
    /// A mean over several years.
    Mean,
}

fn base(bench: &Bench<'_, '_>, row: &Row) -> Base {
    let figure = bench.ledger.figure(row);
    match figure.and_then(|f| f.full().of.as_deref()) {
        None | Some("yoy" | "上年" | "去年" | "上年同期" | "去年同期") => Base::YearBefore,
        Some("avg") => Base::Mean,
        Some(_) => Base::Named,
    }
}

/// Level ÷ earlier level against the stated growth.
fn two_levels(bench: &mut Bench<'_, '_>, row: &Row, now: &Row, base: &Row) -> bool {
    let ledger = bench.ledger;
    let (Some(given), Some(a), Some(b)) = (factors(bench, row), ledger.reading(now), ledger.reading(base))
    else {
        return false;
    };
    let Some(quotient) = a.over(&b) else { return false };
    let mut verdict = judge(&quotient, &given.0);
    if let (Verdict::Contradicts, Some(other)) = (verdict, given.1) {
        verdict = judge(&quotient, &other);
    }
    let mut remark = None;
    if verdict == Verdict::Contradicts {
        let slip = quotient.nominal.checked_div(given.0.nominal).is_some_and(is_slip);
        let indicator = ledger.figure(row).map_or("", |f| f.indicator_id());
        if slip {
            remark = Some(Remark::Slip);
        } else if knowledge().grows_in_real_terms(indicator) || now.document != base.document {
            verdict = Verdict::CannotSay;
            remark = Some(Remark::Comparable);
        }
    }
    let Some(percent) = quotient.nominal.checked_sub(Decimal::ONE) else { return false };
    let in_unit = if given.1.is_some() { Some(percent) } else { percent.checked_mul(Decimal::ONE_HUNDRED) };
    let Some(computed) = in_unit else { return false };
    let formula = format!(
        "{} ÷ {} − 1{}",
        stated(ledger, now),
        stated(ledger, base),
        outcome(ledger, computed, row, verdict)
    );
    bench.add(Check::Growth, verdict, remark, &[row, now, base], formula);
    true
}

/// Whether two amounts that should be near each other are apart by 10⁴ or 10⁸, to an order of magnitude.
pub(super) fn is_slip(quotient: Decimal) -> bool {
    let hundred = Decimal::ONE_HUNDRED;
    quotient > Decimal::ZERO
        && (quotient > hundred || quotient.checked_mul(hundred).is_some_and(|q| q < Decimal::ONE))
}

/// What a level and a rate say of the year before.
fn implied(bench: &mut Bench<'_, '_>, row: &Row, now: &Row) {
    let ledger = bench.ledger;
    let indicator = ledger.figure(row).map_or("", |f| f.indicator_id());
    if now.sentence != row.sentence
        || now.document != row.document
        || knowledge().grows_in_real_terms(indicator)
    {
        return;
    }
    let (Some((factor, _)), Some(level)) = (factors(bench, row), ledger.reading(now)) else { return };
    let Some(base) = level.over(&factor) else { return };
    let style = Style::of(ledger, now);
    let unit = ledger.figure(row).and_then(FigureRef::unit);
    let by = stated(ledger, row);
    let sum = if unit == Some("%") && factor.nominal < Decimal::ONE {
        format!("1 − {}", by.replace('-', ""))
    } else {
        format!("1 + {by}")
    };
    let formula = format!("{} ÷ ({sum}) = {}", stated(ledger, now), style.computed(base.nominal));
    bench.add(Check::Growth, Verdict::CannotSay, Some(Remark::Implied), &[row, now], formula);
}

/// Level, addition and growth in one sentence: addition ÷ (level − addition) is the growth.
fn change_in_sentence(bench: &mut Bench<'_, '_>, row: &Row, sentence: &[Row]) -> bool {
    let ledger = bench.ledger;
    let same = |other: &&Row| {
        (other.name, other.subject, other.period, other.status)
            == (row.name, row.subject, row.period, row.status)
            && other.bound == Bound::Eq
    };
    let changes: Vec<&Row> = sentence.iter().filter(same).filter(|r| r.kind == Kind::Change).collect();
    let levels: Vec<&Row> = sentence.iter().filter(same).filter(|r| r.kind == Kind::Level).collect();
    let ([change], [level]) = (changes.as_slice(), levels.as_slice()) else { return false };
    if level.dimension != change.dimension || row.bound != Bound::Eq || !is_net(bench, change) {
        return false;
    }
    let computed = || {
        let (level, change) = (ledger.reading(level)?, ledger.reading(change)?);
        let base = level.minus(&change)?;
        level.over(&base)
    };
    let (Some(quotient), Some((factor, None))) = (computed(), factors(bench, row)) else { return false };
    let indicator = ledger.figure(row).map_or("", |f| f.indicator_id());
    let mut verdict = judge(&quotient, &factor);
    let mut remark = None;
    if verdict == Verdict::Contradicts && knowledge().grows_in_real_terms(indicator) {
        verdict = Verdict::CannotSay;
        remark = Some(Remark::Comparable);
    }
    let percent =
        quotient.nominal.checked_sub(Decimal::ONE).and_then(|n| n.checked_mul(Decimal::ONE_HUNDRED));
    let Some(percent) = percent else { return false };
    let (now, by) = (stated(ledger, level), stated(ledger, change));
    let base = by.strip_prefix('-').map_or_else(|| format!("{now} − {by}"), |fall| format!("{now} + {fall}"));
    let formula = format!("{by} ÷ ({base}){}", outcome(ledger, percent, row, verdict));
    bench.add(Check::Growth, verdict, remark, &[row, change, level], formula);
    true
}

/// Whether an addition is said to be against the year before: 比上年增加. 新增 alone does not take off what was
/// lost.
fn is_net(bench: &Bench<'_, '_>, row: &Row) -> bool {
    let clause = bench.ledger.clause(row);
    ["比上年", "较上年", "比去年", "较去年", "比上年末", "比年初", "较年初", "同比", "比上期"]
        .iter()
        .any(|word| clause.contains(word))
}

/// Level − earlier level against the stated change; per cents against points.
fn change(bench: &mut Bench<'_, '_>, row: &Row) {
    let ledger = bench.ledger;
    if row.subject == NONE || row.status != Status::Actual || !is_net(bench, row) {
        return;
    }
    let Some(before) = ledger.year_before(row.period) else { return };
    let points = ledger.figure(row).and_then(FigureRef::unit) == Some("个百分点");
    let kinds: &[Kind] = if points { &[Kind::Share, Kind::Rate] } else { &[Kind::Level] };
    for &kind in kinds {
        for dimension in ledger.dimensions(row.name, row.subject, kind) {
            if !points && dimension != row.dimension {
                continue;
            }
            let like = |period| Like { kind, dimension, status: Status::Actual, period };
            let near = |period| {
                let found = ledger.nearest(ledger.like(row.name, row.subject, like(period)), row);
                found.first().copied()
            };
            let (Some(now), Some(base)) = (near(row.period), near(before)) else { continue };
            two_changes(bench, row, now, base);
        }
    }
}

fn two_changes(bench: &mut Bench<'_, '_>, row: &Row, now: &Row, base: &Row) {
    let ledger = bench.ledger;
    let (Some(given), Some(a), Some(b)) = (ledger.reading(row), ledger.reading(now), ledger.reading(base))
    else {
        return;
    };
    let Some(difference) = a.minus(&b) else { return };
    let mut verdict = judge(&difference, &given);
    let mut remark = None;
    if verdict == Verdict::Contradicts && now.document != base.document {
        verdict = Verdict::CannotSay;
        remark = Some(Remark::Loose);
    }
    let formula = format!(
        "{} − {}{}",
        stated(ledger, now),
        stated(ledger, base),
        outcome(ledger, difference.nominal, row, verdict)
    );
    bench.add(Check::Change, verdict, remark, &[row, now, base], formula);
}
