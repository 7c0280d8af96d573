//! The figures that the cases of a file ask about, one a line.
//!
//! `a 长春新区;专精特新企业;≥210户;2022;target;力争达到[210户]以上。;parent=b`

use std::collections::HashMap;

use zhibiao::dataset::Dataset;
use zhibiao::index::Index;
use zhibiao::lexicon::names::indicators;
use zhibiao::model::{Bound, Document, Field, Figure, Kind, Period, Section, Status, Trace};
use zhibiao::text::{CleanSpan, RawSpan};

/// An index, and what its figures are called in the cases.
pub(crate) struct Data {
    pub(crate) index: Index,
    pub(crate) keys: Vec<String>,
}

/// Lines `# title; date; source` begin documents, lines `## title` sections.
pub(crate) fn read(lines: &[&str]) -> Data {
    let mut documents: Vec<Document> = Vec::new();
    let mut keys: Vec<String> = Vec::new();
    let mut places: HashMap<String, RawSpan> = HashMap::new();
    for line in lines {
        if let Some(title) = line.strip_prefix("## ") {
            let document = documents.last_mut().expect("a document before its sections");
            document.sections.push(Section { title: title.to_owned(), level: 1, span: CleanSpan::new(0, 1) });
        } else if let Some(head) = line.strip_prefix("# ") {
            let mut parts = head.split("; ").map(str::to_owned);
            let id = format!("doc{}.txt", documents.len());
            let (title, date, source) = (parts.next(), parts.next(), parts.next());
            documents.push(Document { id, title, date, source, ..Document::default() });
        } else {
            let document = documents.last_mut().expect("a document before its figures");
            let (key, figure) = line.split_once(' ').unwrap_or_else(|| panic!("{line}: no key"));
            let at = keys.len();
            places.insert(key.to_owned(), RawSpan { start: at, end: at + 1 });
            add(document, figure, at, &places);
            keys.push(key.to_owned());
        }
    }
    Data { index: Index::new(Dataset { generator: String::new(), documents }), keys }
}

fn add(document: &mut Document, line: &str, at: usize, places: &HashMap<String, RawSpan>) {
    let cells: Vec<&str> = line.split(';').collect();
    let cell = |n: usize| cells.get(n).copied().unwrap_or_else(|| panic!("{line}: no cell {n}"));
    let more: HashMap<&str, &str> = cells
        .get(6)
        .map_or(HashMap::new(), |more| more.split(',').filter_map(|one| one.split_once('=')).collect());
    let bounds =
        [("≥", Bound::Ge), (">", Bound::Gt), ("≤", Bound::Le), ("<", Bound::Lt), ("≈", Bound::Approx)];
    let bounded = bounds.iter().find_map(|(sign, bound)| Some((cell(2).strip_prefix(sign)?, *bound)));
    let (amount, bound) = bounded.unwrap_or((cell(2), Bound::Eq));
    let number = |text: &'static str| move |c: char| !(c.is_ascii_digit() || text.contains(c));
    let (value, unit) = amount.split_at(amount.find(number(".-~")).unwrap_or(amount.len()));
    let (value, high) = value.split_once('~').map_or((value, None), |(low, high)| (low, Some(high)));
    let words: Vec<&str> = cell(4).split(' ').collect();
    let (before, rest) = cell(5).split_once('[').unwrap_or_else(|| panic!("{line}: no quote"));
    let (quote, after) = rest.split_once(']').unwrap_or_else(|| panic!("{line}: no quote"));
    let start = document.text.len();
    document.text.extend([before, quote, after, "\n"]);
    let quote_at = start + before.len();
    let some = |text: &str| Some(text).filter(|text| !text.is_empty()).map(str::to_owned);
    document.figures.push(Figure {
        id: format!("f{at}"),
        raw: RawSpan { start: at, end: at + 1 },
        span: CleanSpan::new(quote_at, quote_at + quote.len()),
        quote: quote.to_owned(),
        value: value.parse().ok(),
        value_high: high.map(|high| high.parse().expect("a number")),
        unit: some(unit),
        unit_inferred: false,
        bound,
        kind: words.iter().find_map(|word| Kind::parse(word)).unwrap_or(Kind::Level),
        indicator: cell(1).to_owned(),
        indicator_id: indicators().canonical(cell(1)).unwrap_or(cell(1)).to_owned(),
        subject: some(cell(0)),
        period: Period::parse(cell(3)),
        status: words.iter().find_map(|word| Status::parse(word)).unwrap_or(Status::Actual),
        of: more.get("of").map(|of| (*of).to_owned()),
        parent: more.get("parent").map(|key| *places.get(*key).expect("a figure named before")),
        owners: more.get("owners").map_or(Vec::new(), |all| all.split('、').map(str::to_owned).collect()),
        sentence: CleanSpan::new(start, document.text.len() - 1),
        section: document.sections.len().checked_sub(1),
        confidence: more.get("confidence").map_or(0.9, |text| text.parse().expect("a number")),
        trace: vec![Trace { field: Field::Indicator, rule: "named before the number".to_owned() }],
    });
}
