//! Units and measure words, read from `data/lexicon/units.txt`.
//!
//! `平方公里` → measure, dimension area, 1000000 平方米.

use std::sync::LazyLock;

use super::table::{field, rows};
use super::words::{End, Words};
use crate::model::Decimal;

const UNITS: &str = include_str!("../../data/lexicon/units.txt");

/// How a unit goes with its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Stands alone and measures: 元, 吨, 平方米.
    Measure,
    /// A pure number: %, 个百分点, 倍.
    Ratio,
    /// A length of time: 年, 个月, 小时.
    Time,
    /// A count that says what is counted: 人, 户, 人次.
    Tally,
    /// A measure word that wants a noun: 个, 家, 项.
    Count,
    /// A noun counted without a measure word: 省, 县.
    Place,
}

/// One spelling of a unit.
#[derive(Clone, Debug)]
pub struct Unit {
    /// As written.
    pub name: &'static str,
    pub class: Class,
    /// What can be added up: `area`, `money`, `persons`.
    pub dimension: &'static str,
    /// How many base units of the dimension it is, as a fraction.
    pub factor: (Decimal, Decimal),
    /// What makes another word of it when it follows (元 before 旦).
    not_before: Vec<&'static str>,
}

impl Unit {
    /// The same amount in the base unit of the dimension.
    pub fn to_base(&self, value: Decimal) -> Option<Decimal> {
        value.checked_mul(self.factor.0)?.checked_div(self.factor.1)
    }
}

static TABLE: LazyLock<Words<Unit>> = LazyLock::new(|| {
    Words::new(End::Head, rows(UNITS).filter_map(|row| read(&row)).flatten().map(|unit| (unit.name, unit)))
});

/// The units of one line; `None` if it is malformed (a test finds such lines).
fn read(row: &[&'static str]) -> Option<Vec<Unit>> {
    let class = match field(row, 1) {
        "measure" => Class::Measure,
        "ratio" => Class::Ratio,
        "time" => Class::Time,
        "tally" => Class::Tally,
        "count" => Class::Count,
        "place" => Class::Place,
        _ => return None,
    };
    let (over, under) = field(row, 3).split_once('/').unwrap_or((field(row, 3), "1"));
    let factor = (over.parse().ok()?, under.parse().ok()?);
    let not_before: Vec<_> = field(row, 4).split('|').filter(|word| !word.is_empty()).collect();
    let unit = |name| Unit { name, class, dimension: field(row, 2), factor, not_before: not_before.clone() };
    Some(field(row, 0).split('|').map(unit).collect())
}

/// The longest unit at the start of `text`.
///
/// A unit in Latin letters must not run on in letters or digits (`m` is none in `meter`).
pub fn at_start(text: &str) -> Option<&'static Unit> {
    TABLE
        .all(text)
        .find(|(name, unit)| {
            let rest = text.get(name.len()..).unwrap_or("");
            let latin = name.ends_with(|c: char| c.is_ascii_alphanumeric());
            let runs_on = latin && rest.starts_with(|c: char| c.is_ascii_alphanumeric());
            !runs_on && !unit.not_before.iter().any(|word| rest.starts_with(word))
        })
        .map(|(_, unit)| unit)
}

/// Every spelling of every unit.
pub fn all() -> impl Iterator<Item = &'static Unit> {
    TABLE.entries().iter().map(|(_, unit)| unit)
}

/// The unit with exactly this name.
pub fn named(name: &str) -> Option<&'static Unit> {
    TABLE.longest(name).filter(|(found, _)| *found == name).map(|(_, unit)| unit)
}

/// Whether a unit leaves open what is counted, so that a noun may follow it: 个, 家, 户.
pub fn wants_noun(name: &str) -> bool {
    named(name).is_some_and(|unit| matches!(unit.class, Class::Count | Class::Tally | Class::Place))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_sound() {
        let mut seen = std::collections::HashSet::new();
        for row in rows(UNITS) {
            let units = read(&row).unwrap_or_else(|| panic!("cannot read {row:?}"));
            for unit in units {
                assert!(!unit.name.is_empty() && !unit.dimension.is_empty(), "{row:?}");
                assert!(seen.insert(unit.name), "{} stands twice", unit.name);
                assert!(!unit.factor.0.is_zero() && !unit.factor.1.is_zero(), "{row:?}");
            }
        }
        assert!(seen.len() > 300);
    }

    #[test]
    fn units_of_one_dimension_convert() {
        let base = |name: &str, value: i64| named(name).unwrap().to_base(Decimal::from(value)).unwrap();
        assert_eq!(base("公顷", 1), base("亩", 15));
        assert_eq!(base("平方公里", 1), base("公顷", 100));
        assert_eq!(base("公斤", 1), base("斤", 2));
        assert_ne!(named("元").unwrap().dimension, named("美元").unwrap().dimension);
    }

    #[test]
    fn the_longest_name_counts_and_words_are_not_cut() {
        assert_eq!(at_start("平方公里以上").unwrap().name, "平方公里");
        assert_eq!(at_start("千瓦时").unwrap().name, "千瓦时");
        assert_eq!(at_start("个百分点").unwrap().name, "个百分点");
        assert_eq!(at_start("个人").unwrap().name, "个");
        assert!(at_start("meter").is_none());
        assert!(at_start("元旦").is_none());
    }
}
