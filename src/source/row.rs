//! A figure as a row of the table that Spark reads.
//!
//! What is shown stands as in the flat form; what is sought stands beside it as this program understands it:
//! folded text, bounds as numbers, periods as days. So an engine needs no rule of zhibiao's, only comparisons.

use serde::{Deserialize, Serialize};

use super::spell::spelled;
use crate::index::columns::millionths;
use crate::index::fold::fold;
use crate::index::time::{self, Days};
use crate::model::{Decimal, Document, Figure, Lang};
use crate::query::amount;
use crate::query::rules;
use crate::query::show;
use crate::text::Positions;

/// Digits behind the point of numbers in the table; with 24 before it they fill Spark's widest decimal.
pub(super) const PLACES: u32 = 14;

/// The columns of the table with their types in Spark, in order.
pub const COLUMNS: &[(&str, &str)] = &[
    ("document", "string"),
    ("n", "int"),
    ("id", "string"),
    ("title", "string"),
    ("source", "string"),
    ("url", "string"),
    ("date", "string"),
    ("start", "bigint"),
    ("end", "bigint"),
    ("text_start", "bigint"),
    ("text_end", "bigint"),
    ("quote", "string"),
    ("value", "string"),
    ("value_high", "string"),
    ("unit", "string"),
    ("unit_inferred", "boolean"),
    ("bound", "string"),
    ("kind", "string"),
    ("indicator", "string"),
    ("indicator_id", "string"),
    ("subject", "string"),
    ("period", "string"),
    ("status", "string"),
    ("of", "string"),
    ("parent_start", "bigint"),
    ("parent_end", "bigint"),
    ("parent_quote", "string"),
    ("owners", "array<string>"),
    ("sentence", "string"),
    ("sentence_start", "bigint"),
    ("sentence_end", "bigint"),
    ("section", "int"),
    ("heading", "string"),
    ("confidence", "double"),
    ("trace", "array<struct<field:string,rule:string>>"),
    ("rules", "string"),
    ("indicator_folded", "string"),
    ("indicator_id_folded", "string"),
    ("subject_folded", "string"),
    ("unit_folded", "string"),
    ("of_folded", "string"),
    ("owners_folded", "array<string>"),
    ("heading_folded", "string"),
    ("source_folded", "string"),
    ("rules_folded", "string"),
    ("quote_folded", "string"),
    ("sentence_folded", "string"),
    ("title_folded", "string"),
    ("document_folded", "string"),
    ("parent_folded", "string"),
    ("url_folded", "string"),
    ("id_folded", "string"),
    ("quote_spelled", "string"),
    ("sentence_spelled", "string"),
    ("title_spelled", "string"),
    ("document_spelled", "string"),
    ("latin", "array<string>"),
    ("low", "decimal(38,14)"),
    ("low_step", "int"),
    ("high", "decimal(38,14)"),
    ("high_step", "int"),
    ("measure", "string"),
    ("base", "decimal(38,14)"),
    ("millionths", "int"),
    ("first_day", "int"),
    ("last_day", "int"),
    ("date_first", "int"),
    ("date_last", "int"),
];

/// Which rule decided a field.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Rule {
    pub field: String,
    pub rule: String,
}

/// What is shown of a figure; places count code points, as in the dataset.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(default)]
pub struct Row {
    pub document: String,
    /// Its place among the figures of its document.
    pub n: u32,
    pub id: String,
    pub title: Option<String>,
    pub source: Option<String>,
    pub url: Option<String>,
    pub date: Option<String>,
    pub start: usize,
    pub end: usize,
    pub text_start: usize,
    pub text_end: usize,
    pub quote: String,
    pub value: Option<String>,
    pub value_high: Option<String>,
    pub unit: Option<String>,
    pub unit_inferred: bool,
    pub bound: String,
    pub kind: String,
    pub indicator: String,
    pub indicator_id: String,
    pub subject: Option<String>,
    pub period: Option<String>,
    pub status: String,
    pub of: Option<String>,
    pub parent_start: Option<usize>,
    pub parent_end: Option<usize>,
    /// Of the whole, if that is a figure of the document.
    pub parent_quote: Option<String>,
    pub owners: Vec<String>,
    pub sentence: String,
    pub sentence_start: usize,
    pub sentence_end: usize,
    /// Which of the document's headings it stands under, and that heading.
    pub section: Option<usize>,
    pub heading: Option<String>,
    pub confidence: f64,
    pub trace: Vec<Rule>,
}

/// The shown columns, by name.
pub(super) fn shown() -> impl Iterator<Item = &'static str> {
    let names = COLUMNS.iter().map(|(name, _)| *name);
    names.take_while(|name| *name != "rules")
}

/// What is sought, beside it; what is empty is nothing.
#[derive(Serialize)]
struct Sought {
    rules: Option<String>,
    indicator_folded: String,
    indicator_id_folded: String,
    subject_folded: Option<String>,
    unit_folded: Option<String>,
    of_folded: Option<String>,
    owners_folded: Vec<String>,
    heading_folded: Option<String>,
    source_folded: Option<String>,
    rules_folded: Option<String>,
    quote_folded: Option<String>,
    sentence_folded: Option<String>,
    title_folded: String,
    document_folded: String,
    parent_folded: Option<String>,
    url_folded: Option<String>,
    id_folded: Option<String>,
    quote_spelled: String,
    sentence_spelled: String,
    title_spelled: String,
    document_spelled: String,
    /// The Latin words of its sentence and names.
    latin: Vec<String>,
    /// The stretch of numbers it stands for in comparisons: ends, and the smallest step beyond each.
    low: Option<String>,
    low_step: Option<i8>,
    high: Option<String>,
    high_step: Option<i8>,
    /// What is measured, and the number in the base unit: the order of amounts.
    measure: Option<String>,
    base: Option<String>,
    millionths: i32,
    /// Days of 31 a month and 372 a year: only their order matters.
    first_day: Option<i32>,
    last_day: Option<i32>,
    date_first: Option<i32>,
    date_last: Option<i32>,
}

#[derive(Serialize)]
struct Whole {
    #[serde(flatten)]
    row: Row,
    #[serde(flatten)]
    sought: Sought,
}

/// Each figure of a document as a line of JSON, to be read as a row of the table.
pub fn rows(document: &Document) -> impl Iterator<Item = serde_json::Result<String>> {
    let at = Positions::new(&document.text);
    let figures = (0..).zip(&document.figures);
    figures.map(move |(n, figure)| {
        let row = row(document, figure, n, &at);
        let sought = sought(&row, figure);
        serde_json::to_string(&Whole { row, sought })
    })
}

fn row(document: &Document, figure: &Figure, n: u32, at: &Positions<'_>) -> Row {
    let some = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
    let number = |value: Decimal| value.normalize().to_string();
    let whole = figure.parent.and_then(|raw| document.figures.iter().find(|figure| figure.raw == raw));
    let heading = figure.section.and_then(|n| document.sections.get(n));
    Row {
        document: document.id.clone(),
        n,
        id: figure.id.clone(),
        title: document.title.clone(),
        source: some(&document.source),
        url: some(&document.url),
        date: some(&document.date),
        start: figure.raw.start,
        end: figure.raw.end,
        text_start: at.code_point(figure.span.start),
        text_end: at.code_point(figure.span.end),
        quote: figure.quote.clone(),
        value: figure.value.map(number),
        value_high: figure.value_high.map(number),
        unit: some(&figure.unit),
        unit_inferred: figure.unit_inferred,
        bound: figure.bound.as_str().to_owned(),
        kind: figure.kind.as_str().to_owned(),
        indicator: figure.indicator.clone(),
        indicator_id: figure.indicator_id.clone(),
        subject: some(&figure.subject),
        period: figure.period.as_ref().map(|period| period.as_str().to_owned()),
        status: figure.status.as_str().to_owned(),
        of: some(&figure.of),
        parent_start: figure.parent.map(|raw| raw.start),
        parent_end: figure.parent.map(|raw| raw.end),
        parent_quote: whole.map(|whole| whole.quote.clone()),
        owners: figure.owners.clone(),
        sentence: figure.sentence.of(&document.text).to_owned(),
        sentence_start: at.code_point(figure.sentence.start),
        sentence_end: at.code_point(figure.sentence.end),
        section: figure.section,
        heading: heading.map(|section| section.title.clone()).filter(|title| !title.is_empty()),
        confidence: figure.confidence,
        trace: figure
            .trace
            .iter()
            .map(|trace| Rule { field: trace.field.as_str().to_owned(), rule: trace.rule.clone() })
            .collect(),
    }
}

fn sought(row: &Row, figure: &Figure) -> Sought {
    let folded = |text: &str| (!text.is_empty()).then(|| fold(text));
    let title = row.title.as_deref().unwrap_or(&row.document);
    let rules: Vec<String> =
        row.trace.iter().map(|Rule { field, rule }| format!("{field}: {rule}")).collect();
    let rules = rules.join("; ");
    // Sought in both languages, ordered by the first.
    let chinese = rules::trace(&rules, Lang::Zh).into_owned();
    let unit = figure.unit.as_deref().unwrap_or("");
    let stretch = figure.value.map(|value| amount::stretch(value, figure.value_high, figure.bound));
    let days = figure.period.as_ref().and_then(|period| time::period(period, row.date.as_deref()));
    let days = days.filter(|(from, to)| from <= to);
    let date: Option<Days> = row.date.as_deref().and_then(time::point);
    let sentence = fold(&row.sentence);
    let names =
        [&row.indicator, &row.indicator_id, row.subject.as_deref().unwrap_or(""), unit, title].map(fold);
    let words = crate::index::latin_words(&sentence)
        .chain(names.iter().flat_map(|name| crate::index::latin_words(name)));
    let mut latin: Vec<String> = words.map(str::to_owned).collect();
    latin.sort_unstable();
    latin.dedup();
    Sought {
        indicator_folded: fold(&row.indicator),
        indicator_id_folded: fold(&row.indicator_id),
        subject_folded: row.subject.as_deref().map(fold),
        unit_folded: row.unit.as_deref().map(fold),
        of_folded: row.of.as_deref().map(fold),
        owners_folded: row.owners.iter().map(|owner| fold(owner)).collect(),
        heading_folded: row.heading.as_deref().map(fold),
        source_folded: row.source.as_deref().map(fold),
        rules_folded: (!rules.is_empty()).then(|| fold(&format!("{rules}; {chinese}"))),
        quote_folded: folded(&row.quote),
        sentence_folded: folded(&row.sentence),
        title_folded: fold(title),
        document_folded: fold(&row.document),
        parent_folded: row.parent_quote.as_deref().and_then(folded),
        url_folded: row.url.as_deref().map(fold),
        id_folded: folded(&row.id),
        quote_spelled: spelled(&row.quote),
        sentence_spelled: spelled(&row.sentence),
        title_spelled: spelled(title),
        document_spelled: spelled(&row.document),
        rules: Some(chinese).filter(|rules| !rules.is_empty()),
        latin,
        low: stretch.map(|(low, _)| decimal(low.0)),
        low_step: stretch.map(|(low, _)| low.1),
        high: stretch.map(|(_, high)| decimal(high.0)),
        high_step: stretch.map(|(_, high)| high.1),
        measure: figure.value.map(|_| show::measure(unit).0.into_owned()),
        base: figure.value.map(|value| decimal(show::base(unit, value))),
        millionths: millionths(figure.confidence),
        first_day: days.map(|days| days.0),
        last_day: days.map(|days| days.1),
        date_first: date.map(|days| days.0),
        date_last: date.map(|days| days.1),
    }
}

/// A number as the table holds it: one that is too large or too fine is the nearest that is not.
pub(super) fn decimal(value: Decimal) -> String {
    let most = Decimal::from_i128_with_scale(999_999_999_999_999_999_999_999, 0);
    value.clamp(-most, most).round_dp(PLACES).normalize().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn a_row_has_the_columns_of_the_table_and_the_script_knows_them() {
        let figure = Figure::default();
        let document = Document { figures: vec![figure], ..Document::default() };
        let line = rows(&document).next().unwrap().unwrap();
        let row: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&line).unwrap();
        let columns: BTreeSet<&str> = COLUMNS.iter().map(|(name, _)| *name).collect();
        assert_eq!(row.keys().map(String::as_str).collect::<BTreeSet<_>>(), columns);
        assert!(row.keys().count() == COLUMNS.len() && shown().count() == 35);
        let script = include_str!("../../scale/extract_spark.py");
        let written: String =
            script.split("ROW = \"\"\"").nth(1).unwrap().split("\"\"\"").next().unwrap().to_owned();
        let wanted: Vec<String> = COLUMNS.iter().map(|(name, kind)| format!("`{name}` {kind}")).collect();
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(words(&written), wanted.join(", "));
    }

    #[test]
    fn numbers_fit_the_widest_decimal() {
        for (value, written) in [
            ("2.50", "2.5"),
            ("-0.000000000000004", "0"),
            ("79228162514264337593543950335", "999999999999999999999999"),
            ("1.000000000000006", "1.00000000000001"),
        ] {
            assert_eq!(decimal(value.parse().unwrap()), written, "{value}");
        }
    }
}
