//! The text of a figure's fields, and what figures are ordered by.
//!
//! status target → `目标`; value 43629000000 元 → `43629000000`, ordered among the amounts of money

use std::borrow::Cow;
use std::cmp::Ordering;

use super::amount;
use super::field::{Field, Type};
use super::rules;
use crate::index::columns::near;
use crate::index::fold::fold;
use crate::index::{FigureRef, time};
use crate::lexicon::units::{Class, Unit};
use crate::model::{Decimal, Lang};

/// The text of a field; empty if the figure has none.
pub fn text<'a>(figure: FigureRef<'a>, field: Field, lang: Lang) -> Cow<'a, str> {
    let optional = |text: Option<&'a str>| Cow::Borrowed(text.unwrap_or(""));
    match field {
        Field::Indicator => figure.indicator().into(),
        Field::Subject => figure.subject().unwrap_or("").into(),
        Field::Period => figure.period().map_or("", |period| period.as_str()).into(),
        Field::Value => {
            let value = figure.value().map_or(String::new(), |value| value.normalize().to_string());
            value.into()
        }
        Field::Unit => figure.unit().unwrap_or("").into(),
        Field::Status => choice(field, figure.status() as u8, lang).into(),
        Field::Kind => choice(field, figure.kind() as u8, lang).into(),
        Field::Bound => choice(field, figure.bound() as u8, lang).into(),
        Field::Of => optional(figure.of()),
        Field::Parent => figure.parent().map_or("", |whole| whole.quote()).into(),
        Field::Owners => figure.owners().collect::<Vec<_>>().join("、").into(),
        Field::Quote => figure.quote().into(),
        Field::Sentence => figure.sentence().into(),
        Field::Section => figure.section().into(),
        Field::Document => figure.title().into(),
        Field::Source => optional(figure.source()),
        Field::Date => optional(figure.date()),
        Field::Url => optional(figure.url()),
        Field::Confidence => format!("{:.2}", f64::from(figure.confidence()) / 1e6).into(),
        Field::Trace => rules::trace(figure.trace(), lang),
        Field::Id => figure.name_in_dataset(),
        Field::Has | Field::Sort | Field::Limit => "".into(),
    }
}

/// The name of a value of a closed list.
pub fn choice(field: Field, code: u8, lang: Lang) -> &'static str {
    field.row().choices().get(usize::from(code)).map_or("", |choice| choice.name(lang))
}

/// What figures are ordered by; those without a value come after the others.
#[derive(Clone, Debug, PartialEq)]
pub enum Key<'a> {
    /// What is measured (amounts of one dimension stand together, and all counts), then the
    /// number in the base unit, near and exact.
    Amount(Cow<'a, str>, f64, Decimal),
    Number(i32),
    Days(i32, i32),
    Text(Cow<'a, str>),
    None,
}

impl Eq for Key<'_> {}

impl PartialOrd for Key<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Key<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Amount(a, near, exact), Self::Amount(b, other_near, other)) => {
                a.cmp(b).then_with(|| near.total_cmp(other_near)).then_with(|| exact.cmp(other))
            }
            (Self::Number(a), Self::Number(b)) => a.cmp(b),
            (Self::Days(a, b), Self::Days(c, d)) => (a, b).cmp(&(c, d)),
            (Self::Text(a), Self::Text(b)) => a.cmp(b),
            // One field has one kind of key, or none.
            _ => self.is_none().cmp(&other.is_none()),
        }
    }
}

impl Key<'_> {
    pub fn is_none(&self) -> bool {
        matches!(self, Self::None)
    }
}

/// Orders two figures by a field; figures without a value come last in either direction.
pub fn compare(a: FigureRef<'_>, b: FigureRef<'_>, field: Field, descending: bool) -> Ordering {
    let (a, b) = (key(a, field), key(b, field));
    let lacking = a.is_none().cmp(&b.is_none());
    lacking.then_with(|| if descending { b.cmp(&a) } else { a.cmp(&b) })
}

/// What a figure is ordered by for a field.
pub fn key(figure: FigureRef<'_>, field: Field) -> Key<'_> {
    match field.row().kind {
        Type::Amount => figure.value().map_or(Key::None, |value| {
            let unit = figure.unit().unwrap_or("");
            let base = base(unit, value);
            Key::Amount(measure(unit).0, near(base), base)
        }),
        Type::Number => Key::Number(figure.confidence()),
        Type::Period => {
            let days = match field {
                Field::Date => figure.date().and_then(time::point),
                _ => figure.days(),
            };
            days.map_or(Key::None, |(from, to)| Key::Days(to, from))
        }
        Type::Code(_) => Key::Number(i32::from(match field {
            Field::Status => figure.status() as u8,
            Field::Kind => figure.kind() as u8,
            _ => figure.bound() as u8,
        })),
        _ => {
            let text = text(figure, field, Lang::Zh);
            if text.is_empty() { Key::None } else { Key::Text(text) }
        }
    }
}

/// An amount in the base unit of what it measures; counts stay as they are.
pub fn base(unit: &str, value: Decimal) -> Decimal {
    let unit = amount::unit(&fold(unit)).filter(|unit| !is_count(unit));
    unit.and_then(|unit| unit.to_base(value)).unwrap_or(value)
}

/// What an amount in a unit measures, and how many base units the unit is, nearly: amounts of one dimension
/// stand together, and all counts. Without a unit it is a count.
pub fn measure(unit: &str) -> (Cow<'static, str>, f64) {
    let name = fold(if unit.is_empty() { "个" } else { unit });
    match amount::unit(&name) {
        Some(unit) if is_count(unit) => ("count".into(), 1.0),
        Some(unit) => (unit.dimension.into(), near(unit.factor.0) / near(unit.factor.1)),
        None => (name.into(), 1.0),
    }
}

fn is_count(unit: &Unit) -> bool {
    matches!(unit.class, Class::Count | Class::Tally | Class::Place)
}
