//! When two figures are certainly about the same thing, so that they may contradict each other.
//!
//! `2024年新增就业6万人` and `2024年新增就业9万人` → firm; `累计新增就业6万人` under a heading about 2024 → not
//!
//! A report tells of one year and of five under the same headings, and short names (企业, 项目) stand for many
//! things. Such figures may confirm each other; a contradiction needs what the sentence itself says.

use super::ledger::{Ledger, Row};
use crate::lexicon::names::{Level, indicators, places};

/// Whether the period and the thing are said so plainly that another statement of it must be equal.
pub(super) fn is_plain(ledger: &Ledger<'_>, row: &Row) -> bool {
    is_dated(ledger, row) && is_specific(ledger, row)
}

/// Whether two plain figures are of one thing: parts of a whole are not compared with what is none.
pub(super) fn is_same(ledger: &Ledger<'_>, a: &Row, b: &Row) -> bool {
    let parts = [a, b].map(|row| ledger.figure(row).is_some_and(|f| f.full().parent.is_some()));
    parts[0] == parts[1] && is_plain(ledger, a) && is_plain(ledger, b)
}

/// Whether the sentence names the year; the row of a table has it from its head.
fn is_dated(ledger: &Ledger<'_>, row: &Row) -> bool {
    let Some(figure) = ledger.figure(row) else { return false };
    let Some((from, to)) = ledger.time(row).and_then(|time| time.years) else { return false };
    let sentence = figure.sentence();
    let names = |year: i32| sentence.contains(&year.to_string());
    is_cell(sentence) || (names(from) && names(to))
}

/// Whether a sentence is the row of a table: cells without any sign of a sentence.
fn is_cell(sentence: &str) -> bool {
    !sentence.contains(['，', '。', '；', '、', ',', ';']) && sentence.split_whitespace().count() > 2
}

/// Whether the indicator has a name of its own and the subject is narrower than a country: 全国文明城市 are not
/// cities of the whole country.
fn is_specific(ledger: &Ledger<'_>, row: &Row) -> bool {
    let Some(figure) = ledger.figure(row) else { return false };
    let wide = figure
        .subject()
        .and_then(|subject| places().get(subject))
        .is_some_and(|place| matches!(place.level, Level::Country | Level::World));
    !wide && (indicators().canonical(figure.indicator_id()).is_some() || is_long(figure.indicator()))
}

/// A name of one or two words stands for many things.
fn is_long(name: &str) -> bool {
    name.chars().count() >= 5
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_row_of_a_table_is_no_sentence() {
        assert!(is_cell("青河县 1200 5.5 30"));
        assert!(!is_cell("青河县2024年新增就业6万人"));
        assert!(!is_cell("全县新增就业 6 万人，增长 3%"));
    }
}
