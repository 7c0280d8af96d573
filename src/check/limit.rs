//! Numbers that cannot be, or hardly can: shares over 100 %, falls below −100 %, 万 for 亿, odd units.
//!
//! `占全省的159%` → 159 % > 100 %, contradicts

use std::collections::HashMap;

use super::growth::is_slip;
use super::ledger::{NONE, Row};
use super::reading::Verdict;
use super::show::stated;
use super::words::knowledge;
use super::{Bench, Check, Remark};
use crate::model::{Bound, Decimal, Kind, Status};

/// How often an indicator must stand in its usual unit before another one is odd.
const USUAL: usize = 9;

pub(super) fn check(bench: &mut Bench<'_, '_>) {
    let ledger = bench.ledger;
    for row in &ledger.rows {
        out_of_range(bench, row);
    }
    for group in ledger.groups() {
        slips(bench, group);
    }
    odd_units(bench);
}

fn out_of_range(bench: &mut Bench<'_, '_>, row: &Row) {
    let ledger = bench.ledger;
    if !matches!(row.kind, Kind::Share | Kind::Rate | Kind::Growth) {
        return;
    }
    let Some(figure) = ledger.figure(row) else { return };
    let (Some("%"), Some(value)) = (figure.unit(), figure.value()) else { return };
    let hundred = Decimal::ONE_HUNDRED;
    let capped = match row.kind {
        Kind::Share => row.has_of && !figure.sentence().contains("相当于"),
        Kind::Rate => knowledge().is_capped(figure.indicator_id()),
        _ => false,
    };
    let over = capped && value > hundred && row.status != Status::Rule;
    let under = row.kind == Kind::Growth && value < -hundred;
    if (over || under) && !matches!(row.bound, Bound::Approx | Bound::Lt | Bound::Le) {
        let formula = if over {
            format!("{} > 100 %", stated(ledger, row))
        } else {
            format!("{} < -100 %", stated(ledger, row))
        };
        bench.add(Check::Limit, Verdict::Contradicts, Some(Remark::Impossible), &[row], formula);
    }
}

/// Levels of neighbouring years that are apart by orders of magnitude.
fn slips(bench: &mut Bench<'_, '_>, group: &[u32]) {
    let ledger = bench.ledger;
    let like = |a: &u32, b: &u32| {
        let (a, b) = (ledger.row(*a), ledger.row(*b));
        (a.kind, a.dimension, a.status) == (b.kind, b.dimension, b.status)
    };
    for series in group.chunk_by(like).filter(|series| series.len() > 2) {
        let Some(first) = series.first().map(|&n| ledger.row(n)) else { continue };
        if first.kind != Kind::Level || first.subject == NONE {
            continue;
        }
        let mut years: Vec<(i32, &Row, Decimal)> = series
            .iter()
            .take(64)
            .map(|&n| ledger.row(n))
            .filter_map(|row| {
                let time = ledger.time(row).filter(|time| time.whole_year)?;
                let value = ledger.reading(row)?.nominal;
                Some((time.years?.0, row, value)).filter(|_| value > Decimal::ZERO)
            })
            .collect();
        years.sort_by_key(|(year, row, _)| (*year, row.id));
        // Two levels of one year are told apart by something else.
        if years.windows(2).any(|pair| matches!(pair, [a, b] if a.0 == b.0)) {
            continue;
        }
        one_off(bench, &years);
    }
}

/// The one level of a series that is apart from all others, which are near each other.
fn one_off(bench: &mut Bench<'_, '_>, years: &[(i32, &Row, Decimal)]) {
    let ledger = bench.ledger;
    let near = |a: Decimal, b: Decimal| a.checked_div(b).is_some_and(|q| !is_slip(q));
    let mut odd = years.iter().filter(|(_, _, value)| {
        let fitting = years.iter().filter(|(_, _, other)| near(*value, *other)).count();
        fitting == 1
    });
    let (Some(&(year, row, value)), None) = (odd.next(), odd.next()) else { return };
    let rest: Vec<_> = years.iter().filter(|(_, other, _)| other.id != row.id).collect();
    let together = rest.iter().all(|a| rest.iter().all(|b| near(a.2, b.2)));
    let Some(&&(_, closest, other)) = rest.iter().min_by_key(|(y, ..)| y.abs_diff(year)) else { return };
    if rest.len() < 2 || !together {
        return;
    }
    let ratio = value.checked_div(other).map(|q| if q > Decimal::ONE { q } else { Decimal::ONE / q });
    // Four or eight zeros, to an order of magnitude.
    let zeros = ratio.is_some_and(|q| {
        let within = |low: i64, high: i64| q > Decimal::from(low) && q < Decimal::from(high);
        within(1_000, 100_000) || within(10_000_000, 1_000_000_000)
    });
    if zeros {
        let formula = format!(
            "{} ÷ {} = {}",
            stated(ledger, row),
            stated(ledger, closest),
            value.checked_div(other).unwrap_or_default().round_sf(3).unwrap_or_default().normalize()
        );
        bench.add(Check::Limit, Verdict::Contradicts, Some(Remark::Slip), &[row, closest], formula);
    }
}

/// A unit that an indicator has once where it has another many times.
fn odd_units(bench: &mut Bench<'_, '_>) {
    let ledger = bench.ledger;
    let mut used: HashMap<(u32, u16), (usize, &Row)> = HashMap::new();
    let mut total: HashMap<u32, usize> = HashMap::new();
    for row in ledger.rows.iter().filter(|row| row.kind == Kind::Level && row.status != Status::Rule) {
        used.entry((row.name, row.dimension)).or_insert((0, row)).0 += 1;
        *total.entry(row.name).or_default() += 1;
    }
    let mut odd: Vec<&Row> = used
        .iter()
        .filter(|((name, _), (count, _))| *count == 1 && total.get(name).is_some_and(|all| *all > USUAL))
        .filter(|((name, _), _)| {
            let all = total.get(name).copied().unwrap_or(0);
            used.iter().any(|((other, _), (count, _))| other == name && *count + 1 == all)
        })
        .map(|(_, (_, row))| *row)
        .collect();
    odd.sort_by_key(|row| row.id);
    for row in odd {
        let formula = stated(ledger, row);
        bench.add(Check::Limit, Verdict::CannotSay, Some(Remark::OddUnit), &[row], formula);
    }
}
