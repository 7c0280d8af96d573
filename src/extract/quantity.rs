//! Number + magnitude + unit + modifier: `不超过1000万元` → 10000000 元, at most.
//!
//! [`numbers`] finds every number of a line and says of each whether it is a quantity, or why not.
//! Candidates are found by their bytes; each is then asked, in this order: is it a fixed phrase, an
//! ordinal, an item's number, a date, an identifier, a slogan, a name, a denominator? What is left is read
//! with its unit and judged.

use super::bound::Bounded;
use super::judge::{self, Draft};
use super::line::Line;
use super::reject::{self, Found};
use super::{date, identifier, infer, measure, order, shared, slogan};
use crate::lexicon::numerals;
use crate::model::{Bound, Decimal, Reason};
use crate::text::CleanSpan;

/// The form in which a quantity is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A count or an amount with a unit: `436.29亿元`, `80余户`.
    Amount,
    /// `6.7%`, `百分之三`, `三成`, `3‰`.
    Percent,
    /// `2个百分点`.
    Points,
    /// `20倍`.
    Times,
    /// `四分之一`, `1/4`.
    Fraction,
    /// `7∶3`.
    Ratio,
    /// `第一`, as in 位居第一.
    Rank,
    /// A length of time: `3年`, `6个月`.
    Duration,
}

/// A quantity as written, before anyone asks what it measures.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// From the first numeral to the end of the unit: the figure's quote.
    pub span: CleanSpan,
    /// The quantity with the words of approximation around it: `不超过|1000万元|`, `|20万人次|以上`.
    pub outer: CleanSpan,
    pub value: Option<Decimal>,
    pub value_high: Option<Decimal>,
    /// Without magnitude; widths folded, simplified.
    pub unit: Option<String>,
    pub unit_inferred: bool,
    pub bound: Bound,
    pub form: Form,
    /// An OCR slip was mended (l for 1).
    pub mended: bool,
    /// A count a careful reader could leave out (一批, 四大, 两个): kept only as a last resort.
    pub vague: bool,
    /// What decided the number and its unit, in a few words; empty if they are as written.
    pub rule: String,
    /// What decided the bound; empty if there is none.
    pub bound_rule: &'static str,
}

impl Quantity {
    /// Whether it only says which ones are counted: 亿元以上|项目.
    pub fn classifies(&self) -> bool {
        self.rule == judge::CLASSIFIES
    }
}

/// A number that is not a quantity, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotQuantity {
    pub span: CleanSpan,
    pub reason: Reason,
    pub rule: String,
}

/// Every number of a text is one or the other.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Numbers {
    pub quantities: Vec<Quantity>,
    pub others: Vec<NotQuantity>,
}

/// A number of the line, judged.
#[derive(Clone, Debug)]
pub(super) enum Item {
    Draft(Box<Draft>),
    Other(Found),
}

impl Item {
    pub(super) fn end(&self) -> usize {
        match self {
            Self::Draft(draft) => draft.end,
            Self::Other(found) => found.end,
        }
    }
}

/// Every number of the line under `span`, each a quantity or not one. All spans count from the start of `text`.
pub fn numbers(text: &str, span: CleanSpan) -> Numbers {
    let line = Line(span.of(text));
    let mut items = Vec::new();
    let (mut floor, mut from) = (0, 0);
    while let Some(at) = numerals::next(line.0, from) {
        match item(line, at, floor) {
            Some(item) => {
                floor = item.end().max(at + 1);
                from = floor;
                items.push(item);
            }
            None => from = at + line.at(at).map_or(1, char::len_utf8),
        }
    }
    shared::complete(line, &mut items);
    finish(items, span.start)
}

/// A number without a unit, read with the unit that a table's head gives: `亿元`, `%`, `单位：万吨`.
///
/// `span` is that of a [`NotQuantity`] with [`Reason::Bare`]; a minus sign before it is heeded. `None` if the
/// text under the span is no number or `unit` is no unit.
pub fn with_unit(text: &str, span: CleanSpan, unit: &str) -> Option<Quantity> {
    let line = Line(text);
    let (scale, unit) = infer::unit_text(unit)?;
    let reading = measure::reading(line, span.start)?;
    if reading.unit.is_some() || reading.end != span.end {
        return None;
    }
    let mut draft = judge::draft(line, reading, Some(&unit));
    let scaled = |value: Option<Decimal>| value.and_then(|v| v.checked_mul(scale)).map(|v| v.normalize());
    (draft.value, draft.high) = (scaled(draft.value), scaled(draft.high));
    draft.form = measure::form_of(Some(&unit));
    draft.inferred = true;
    draft.rule = "the unit of the table's head";
    finish(vec![Item::Draft(Box::new(draft))], 0).quantities.pop()
}

/// The number at `at`: what it is. `None` for a character that is no number here (数 in 数据).
fn item(line: Line<'_>, at: usize, floor: usize) -> Option<Item> {
    let c = line.at(at)?;
    let mut start = at;
    if c == '数' && line.at(at + c.len_utf8()).and_then(numerals::power).is_none() {
        return None;
    }
    if c.is_ascii_digit() {
        if let Some(slip) = mended(line, at, floor) {
            start = slip;
        } else if let Some((end, date)) = identifier::masked(line, at) {
            return Some(judge::masked(line, at, end, date));
        } else if let Some(found) = identifier::token(line, at, floor) {
            return Some(Item::Other(found));
        }
    }
    if let Some(found) = reject::fixed(line, at, floor) {
        return Some(Item::Other(found));
    }
    if let Some((start, end, number)) = order::rank(line, at) {
        return Some(judge::rank(line, start, end, number));
    }
    let found = order::ordinal(line, at)
        .or_else(|| slogan::sum(line, at, floor))
        .or_else(|| order::list_number(line, at))
        .or_else(|| date::date(line, at))
        .or_else(|| identifier::identifier(line, at));
    if let Some(found) = found {
        return Some(Item::Other(found));
    }
    let Some(reading) = measure::reading(line, start) else { return judge::wordless(line, at) };
    let plain = !matches!(reading.form, Form::Fraction | Form::Percent) && !reading.compound();
    let found = plain
        .then(|| slogan::pairs(line, at))
        .flatten()
        .or_else(|| slogan::dotted(line, at, &reading.number))
        .or_else(|| reject::named(line, at, &reading.number))
        .or_else(|| reject::denominator(line, at, &reading.number))
        .or_else(|| judge::in_quotes(line, &reading, floor));
    Some(match found {
        Some(found) => Item::Other(found),
        None => judge::judge(line, reading),
    })
}

/// Where a number begins whose first digit was read as a letter: l2万公顷.
fn mended(line: Line<'_>, at: usize, floor: usize) -> Option<usize> {
    let slipped = |start: usize| super::number::numeral(line, start).is_some_and(|n| n.mended && n.end > at);
    if slipped(at) && line.before(at).is_none_or(|c| !c.is_ascii_alphanumeric()) {
        return Some(at);
    }
    let start = at.checked_sub(1).filter(|&start| start >= floor)?;
    if !matches!(line.at(start)?, 'l' | 'I' | 'O' | 'o') {
        return None;
    }
    slipped(start).then_some(start)
}

/// Items → numbers, in positions of the whole text.
fn finish(items: Vec<Item>, offset: usize) -> Numbers {
    let span = |start: usize, end: usize| CleanSpan::new(start + offset, end + offset);
    let mut numbers = Numbers::default();
    for item in items {
        match item {
            Item::Other(found) => numbers.others.push(NotQuantity {
                span: span(found.start, found.end),
                reason: found.reason,
                rule: found.rule.to_owned(),
            }),
            Item::Draft(draft) => {
                let Bounded { bound, start, end, rule, .. } = draft.bounded;
                numbers.quantities.push(Quantity {
                    span: span(draft.start, draft.end),
                    outer: span(start, end),
                    value: draft.value,
                    value_high: draft.high,
                    unit: draft.unit,
                    unit_inferred: draft.inferred,
                    bound,
                    form: draft.form,
                    mended: draft.number.mended,
                    vague: draft.vague,
                    rule: draft.rule.to_owned(),
                    bound_rule: rule,
                });
            }
        }
    }
    numbers
}
