//! Numbers that are not quantities, each with a reason: a result, not an error.
//!
//! `第五批` → ordinal; `（一）` → list number; `一主六双` → slogan; `PM2.5` → name; `010-88650000` → identifier.

use super::date::dash;
use super::line::{Line, is_han};
use super::measure::measure;
use super::number::{Numeral, numeral};
use crate::lexicon::frames::{self, Role};
use crate::lexicon::not_figures::phrase;
use crate::model::{Decimal, Reason};

/// A stretch of text that holds a number and is no quantity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) reason: Reason,
    pub(super) rule: &'static str,
}

impl Found {
    pub(super) fn new(start: usize, end: usize, reason: Reason, rule: &'static str) -> Self {
        Self { start, end, reason, rule }
    }
}

/// A phrase of the lexicon around the numeral at `at`.
pub(super) fn fixed(line: Line<'_>, at: usize, floor: usize) -> Option<Found> {
    let (start, phrase) = phrase(line.0, at, floor)?;
    // 第一期 is an ordinal whatever 一期 may be.
    if start == at && line.had(at, "第") {
        return None;
    }
    Some(Found::new(start, start + phrase.text.len(), phrase.reason, "a fixed phrase"))
}

/// A number that a word right after it makes a name, an edition or a meeting: `500强`, `2.0版`, `二次会议`.
pub(super) fn named(line: Line<'_>, at: usize, number: &Numeral) -> Option<Found> {
    let end = number.end;
    let rest = line.from(end);
    if let Some(word) = frames::touching(Role::EditionAfter, rest)
        && number.scale == Decimal::ONE
    {
        return Some(Found::new(at, end + word.len(), Reason::Edition, "an edition or version"));
    }
    if number.decimals == 1
        && number.scale == Decimal::ONE
        && number.value.is_some_and(|v| v.fract().is_zero())
        && measure(line, end).is_none()
        && !number.chinese
        && line.at(end).is_none_or(|c| !matches!(c, '∶' | ':' | '：' | '%'))
        && line.before(at).is_none_or(|c| !matches!(c, '∶' | ':' | '：'))
    {
        return Some(Found::new(at, end, Reason::Edition, "a version"));
    }
    if let Some(word) = frames::touching(Role::NameAfter, rest)
        && number.plain().is_some()
    {
        return Some(Found::new(at, end + word.len(), Reason::Name, "a name"));
    }
    for unit in ["次", "届", "中"] {
        if line.has(end, unit)
            && number.plain().is_some()
            && let Some(word) = frames::touching(Role::MeetingAfter, line.from(end + unit.len()))
        {
            let held = number.plain().is_some_and(|n| n > 20) && unit == "次";
            let stop = end + unit.len() + word.len();
            return (!held).then_some(Found::new(at, stop, Reason::Ordinal, "a numbered meeting"));
        }
    }
    None
}

/// The denominator of a rate: `每万人`, `每100户`, `万元GDP能耗`.
pub(super) fn denominator(line: Line<'_>, at: usize, number: &Numeral) -> Option<Found> {
    let end = measure(line, number.end).map_or(number.end, |unit| unit.end);
    let per = line.had(at, "每");
    let named = line.at(end).is_some_and(|c| is_han(c) || c.is_ascii_alphabetic());
    let noun = number.bare
        && number.more.is_none()
        && end > number.end
        && named
        && crate::lexicon::bounds::after(line.from(end)).is_none()
        && crate::lexicon::bounds::before(line.upto(at), true).is_none()
        && measure(line, number.end).is_some_and(|unit| {
            matches!(unit.dimension, "persons" | "money" | "length" | "households" | "area")
        })
        && frames::touching(Role::Denominated, line.from(end)).is_some();
    (per || noun).then_some(Found::new(at, end, Reason::Name, "denominator"))
}

/// The far end of a range without a unit (`2022-25`), so that it is not read as a new number.
pub(super) fn range_end(line: Line<'_>, number: &Numeral) -> usize {
    dash(line, number.end)
        .and_then(|at| numeral(line, at).filter(|n| n.plain().is_some() && !n.chinese).map(|n| n.end))
        .unwrap_or(number.end)
}
