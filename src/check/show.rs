//! Amounts in a line of arithmetic, in the magnitude and unit in which the figure is written.
//!
//! 10470960000 beside `436.29亿元` → `104.71亿元`; counts stand without their measure word

use super::ledger::{Ledger, Row};
use super::reading::Verdict;
use super::written::written;
use crate::index::FigureRef;
use crate::model::{Bound, Decimal};

/// How amounts are written.
#[derive(Clone, Debug)]
pub(super) struct Style {
    magnitude: Decimal,
    label: &'static str,
    unit: String,
    decimals: u32,
    factor: (Decimal, Decimal),
}

impl Style {
    /// Per cent with so many decimals.
    pub(super) fn percent(decimals: u32) -> Self {
        let unit = "%".to_owned();
        Self { magnitude: Decimal::ONE, label: "", unit, decimals, factor: (Decimal::ONE, Decimal::ONE) }
    }

    /// In the style of a figure.
    pub(super) fn of(ledger: &Ledger<'_>, row: &Row) -> Self {
        let figure = ledger.figure(row);
        let measure = ledger.unit(row);
        let counts = measure.is_some_and(|m| m.counts);
        let unit = figure.and_then(FigureRef::unit).filter(|_| !counts).unwrap_or("").to_owned();
        let form = figure.and_then(|f| written(ledger.quote(row), f.value()?));
        let label = form.and_then(|w| label(w.magnitude));
        let magnitude = form.filter(|_| label.is_some()).map_or(Decimal::ONE, |w| w.magnitude);
        Self {
            magnitude,
            label: label.unwrap_or(""),
            unit,
            decimals: form.map_or(0, |w| w.decimals),
            factor: measure.map_or((Decimal::ONE, Decimal::ONE), |m| m.factor),
        }
    }

    /// An amount in base units, with one digit more than the figure shows.
    pub(super) fn computed(&self, amount: Decimal) -> String {
        self.write(amount, Some(self.decimals + 1))
    }

    /// An amount in base units in full.
    pub(super) fn full(&self, amount: Decimal) -> String {
        self.write(amount, None)
    }

    fn write(&self, amount: Decimal, decimals: Option<u32>) -> String {
        let own = amount.checked_mul(self.factor.1).and_then(|n| n.checked_div(self.factor.0));
        let number = own.and_then(|n| n.checked_div(self.magnitude)).unwrap_or(amount);
        let number = match decimals {
            // A small number keeps three digits that say something.
            Some(decimals) => round(number, decimals),
            None => number.round_dp(6),
        };
        let number = number.normalize();
        let space = if self.unit.starts_with(['%', '‰']) { " " } else { "" };
        format!("{number}{}{space}{}", self.label, self.unit)
    }
}

/// Rounds half away from zero; a number that would vanish keeps its first two digits.
fn round(number: Decimal, decimals: u32) -> Decimal {
    use rust_decimal::RoundingStrategy::MidpointAwayFromZero;
    let rounded = number.round_dp_with_strategy(decimals, MidpointAwayFromZero);
    if rounded.is_zero() && !number.is_zero() {
        return number.round_sf_with_strategy(2, MidpointAwayFromZero).unwrap_or(number);
    }
    rounded
}

fn label(magnitude: Decimal) -> Option<&'static str> {
    let zeros = magnitude.to_string();
    match zeros.strip_prefix('1')?.len() {
        0 => Some(""),
        2 => Some("百"),
        3 => Some("千"),
        4 => Some("万"),
        6 => Some("百万"),
        7 => Some("千万"),
        8 => Some("亿"),
        12 => Some("万亿"),
        _ => None,
    }
}

/// A figure as it is stated: with a sign for its bound.
pub(super) fn stated(ledger: &Ledger<'_>, row: &Row) -> String {
    let Some(figure) = ledger.figure(row) else { return String::new() };
    let style = Style::of(ledger, row);
    let factor = |value: Decimal| {
        value.checked_mul(style.factor.0).and_then(|v| v.checked_div(style.factor.1)).unwrap_or(value)
    };
    let value = figure.value().map(|v| style.full(factor(v))).unwrap_or_default();
    let high = figure.value_high().map(|v| format!("–{}", style.full(factor(v)))).unwrap_or_default();
    format!("{}{value}{high}", sign(row.bound))
}

/// The sign of a bound.
pub(super) fn sign(bound: Bound) -> &'static str {
    match bound {
        Bound::Eq => "",
        Bound::Gt => ">",
        Bound::Ge => "≥",
        Bound::Lt => "<",
        Bound::Le => "≤",
        Bound::Approx => "≈",
    }
}

/// ` = 179`, ` = 96.37 % ≈ 96.4 %`, ` = 104.71亿元 > 100亿元`: a computed amount against a stated figure.
pub(super) fn outcome(ledger: &Ledger<'_>, computed: Decimal, stated_row: &Row, verdict: Verdict) -> String {
    let style = Style::of(ledger, stated_row);
    let number = style.computed(computed);
    let Some(reading) = ledger.reading(stated_row) else { return format!(" = {number}") };
    let aim = style.full(reading.nominal);
    let equal = computed == reading.nominal;
    let holds = verdict == Verdict::Agrees;
    let relation = match stated_row.bound {
        _ if verdict == Verdict::CannotSay => "?",
        Bound::Eq if holds && equal => return format!(" = {aim}"),
        Bound::Eq | Bound::Approx => {
            if holds {
                "≈"
            } else {
                "≠"
            }
        }
        Bound::Gt => {
            if holds {
                ">"
            } else {
                "≤"
            }
        }
        Bound::Ge => {
            if holds {
                "≥"
            } else {
                "<"
            }
        }
        Bound::Lt => {
            if holds {
                "<"
            } else {
                "≥"
            }
        }
        Bound::Le => {
            if holds {
                "≤"
            } else {
                ">"
            }
        }
    };
    format!(" = {number} {relation} {}", range(ledger, stated_row).unwrap_or(aim))
}

/// A range as it is stated.
fn range(ledger: &Ledger<'_>, row: &Row) -> Option<String> {
    ledger.figure(row)?.value_high().map(|_| stated(ledger, row))
}
