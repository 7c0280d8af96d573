//! Aims against the latest fact for the same indicator and subject.
//!
//! `力争达到210户以上`, 2021 `179户` → 179 ÷ 210 = 85.2 %, on the way
//!
//! Whether an aim is reached is news, not a contradiction: every finding says `cannot say` with a remark.

use super::ledger::{Like, NONE, Row};
use super::reading::Verdict;
use super::show::{Style, stated};
use super::{Bench, Check, Remark};
use crate::model::{Bound, Decimal, Kind, Status};

pub(super) fn check(bench: &mut Bench<'_, '_>) {
    let ledger = bench.ledger;
    for row in &ledger.rows {
        if row.status == Status::Target && row.subject != NONE {
            one(bench, row);
        }
    }
}

fn one(bench: &mut Bench<'_, '_>, aim: &Row) {
    let ledger = bench.ledger;
    let Some((_, due)) = ledger.time(aim).and_then(|time| time.years) else { return };
    // A growth or an addition belongs to its period; a level or a rate of an earlier year is a step on the way.
    let flow = matches!(aim.kind, Kind::Growth | Kind::Change | Kind::Share);
    if !flow && !matches!(aim.kind, Kind::Level | Kind::Rate) {
        return;
    }
    let facts = ledger.facts(aim.name, aim.subject);
    let like = |row: &Row| (row.kind, row.dimension, row.status) == (aim.kind, aim.dimension, Status::Actual);
    let low = facts.partition_point(|&n| {
        Like::of(ledger.row(n))
            < Like { kind: aim.kind, dimension: aim.dimension, status: Status::Actual, period: NONE }
    });
    let rows = facts.iter().skip(low).take(256).map(|&n| ledger.row(n)).take_while(|row| like(row));
    let dated = rows.filter_map(|row| Some((ledger.time(row)?.years?, row)));
    let latest = dated
        .filter(|((_, to), row)| *to <= due && (!flow || row.period == aim.period))
        .max_by_key(|((_, to), row)| (*to, row.document == aim.document, std::cmp::Reverse(row.id)));
    let Some(((_, to), fact)) = latest else { return };
    if fact.id == aim.id {
        return;
    }
    let (Some(wanted), Some(have)) = (ledger.reading(aim), ledger.reading(fact)) else { return };
    let down = matches!(aim.bound, Bound::Lt | Bound::Le) || is_negative(wanted.nominal);
    let there = if down { have.nominal <= wanted.nominal } else { have.nominal >= wanted.nominal };
    let remark = match (there, to < due) {
        (true, true) => Remark::AtLevel,
        (true, false) => Remark::Reached,
        (false, true) => Remark::OnTheWay,
        (false, false) => Remark::Missed,
    };
    let quotient = have.nominal.checked_div(wanted.nominal).and_then(|q| q.checked_mul(Decimal::ONE_HUNDRED));
    let plain = aim.kind == Kind::Level && !down;
    let formula = if let Some(quotient) = quotient.filter(|_| plain) {
        format!(
            "{} ÷ {} = {}",
            stated(ledger, fact),
            Style::of(ledger, aim).full(wanted.nominal),
            Style::percent(0).computed(quotient)
        )
    } else {
        let relation = match have.nominal.cmp(&wanted.nominal) {
            std::cmp::Ordering::Less => "<",
            std::cmp::Ordering::Equal => "=",
            std::cmp::Ordering::Greater => ">",
        };
        let goal = Style::of(ledger, aim).full(wanted.nominal);
        format!("{} {relation} {goal}", stated(ledger, fact))
    };
    bench.add(Check::Target, Verdict::CannotSay, Some(remark), &[aim, fact], formula);
}

fn is_negative(number: Decimal) -> bool {
    number.is_sign_negative() && !number.is_zero()
}
