//! A dataset made from an answer key, so that checks are tested on figures as a person reads them.
//!
//! `{"doc": "a.txt", "quote": "179户", "nth": 1, …}` → a figure at the first 179户 of a.txt

use std::collections::HashMap;

use serde_json::Value;

use crate::dataset::Dataset;
use crate::model::{Bound, Document, Figure, Kind, Period, Status};
use crate::text::{CleanSpan, RawSpan};

/// The bundled documents with the figures of their answer key.
pub(crate) fn bundled() -> Dataset {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    from(&root.join("tests/gold/corpus.jsonl"), &root.join("data/corpus"))
}

/// The documents of a folder with the figures of a key.
pub(crate) fn from(key: &std::path::Path, folder: &std::path::Path) -> Dataset {
    let canonical = canonical();
    let mut documents: Vec<Document> = Vec::new();
    let key = std::fs::read_to_string(key).unwrap();
    for line in key.lines().filter(|line| !line.trim().is_empty()) {
        let line: Value = serde_json::from_str(line).unwrap();
        if line.get("trap").is_some_and(|trap| !trap.is_null() && trap != false) {
            continue;
        }
        let id = line["doc"].as_str().unwrap();
        if documents.last().is_none_or(|d| d.id != id) {
            let text = std::fs::read_to_string(folder.join(id)).unwrap();
            documents.push(Document { id: id.to_owned(), text, ..Document::default() });
        }
        let document = documents.last_mut().unwrap();
        let figure = figure(&line, &document.text, &canonical);
        document.figures.push(figure);
    }
    for document in &mut documents {
        document.figures.sort_by_key(|figure| figure.raw);
    }
    Dataset { generator: String::new(), documents }
}

/// Other names of indicators with their canonical names.
pub(crate) fn canonical() -> HashMap<&'static str, &'static str> {
    let names = include_str!("../../data/lexicon/indicators.txt");
    let mut canonical = HashMap::new();
    for line in names.lines().filter(|line| !line.starts_with('#')) {
        let (name, others) = line.split_once('\t').unwrap_or((line, ""));
        for other in others.split('、').filter(|other| !other.is_empty()) {
            canonical.insert(other, name);
        }
    }
    canonical
}

fn figure(line: &Value, text: &str, canonical: &HashMap<&str, &str>) -> Figure {
    let first = |field: &str| match &line[field] {
        Value::Array(several) => several.first().and_then(Value::as_str).map(str::to_owned),
        Value::String(one) => Some(one.clone()),
        _ => None,
    };
    let quote = line["quote"].as_str().unwrap();
    let nth = line["nth"].as_u64().unwrap() as usize;
    let span = locate(text, quote, nth);
    let indicator = first("indicator").unwrap();
    let parent = first("parent").map(|parent| {
        let (quote, nth) = parent.rsplit_once('#').unwrap();
        raw(text, locate(text, quote, nth.parse().unwrap()))
    });
    Figure {
        id: format!("{quote}#{nth}"),
        raw: raw(text, span),
        span,
        quote: quote.to_owned(),
        value: first("value").and_then(|value| value.parse().ok()),
        value_high: first("value_high").and_then(|value| value.parse().ok()),
        unit: first("unit"),
        unit_inferred: line["unit_inferred"] == true,
        bound: first("bound").and_then(|bound| Bound::parse(&bound)).unwrap_or(Bound::Eq),
        kind: first("kind").and_then(|kind| Kind::parse(&kind)).unwrap(),
        indicator_id: canonical.get(indicator.as_str()).map_or(indicator.clone(), |id| (*id).to_owned()),
        indicator,
        subject: first("subject"),
        period: first("period").and_then(|period| Period::parse(&period)),
        status: first("status").and_then(|status| Status::parse(&status)).unwrap(),
        of: first("of"),
        parent,
        sentence: sentence(text, span),
        confidence: 1.0,
        ..Figure::default()
    }
}

fn locate(text: &str, quote: &str, nth: usize) -> CleanSpan {
    let mut at = 0;
    for n in 1.. {
        at += text.get(at..).unwrap().find(quote).unwrap_or_else(|| panic!("no {quote}#{nth}"));
        if n == nth {
            break;
        }
        at += text.get(at..).unwrap().chars().next().unwrap().len_utf8();
    }
    CleanSpan::new(at, at + quote.len())
}

fn raw(text: &str, span: CleanSpan) -> RawSpan {
    let count = |end: usize| text.get(..end).unwrap().chars().count();
    RawSpan { start: count(span.start), end: count(span.end) }
}

fn sentence(text: &str, span: CleanSpan) -> CleanSpan {
    let ends = ['。', '！', '？', '\n'];
    let start = text
        .get(..span.start)
        .unwrap()
        .rfind(ends)
        .map_or(0, |at| at + text.get(at..).unwrap().chars().next().unwrap().len_utf8());
    let end = text.get(span.end..).unwrap().find(ends).map_or(text.len(), |at| span.end + at);
    CleanSpan::new(start, end)
}
