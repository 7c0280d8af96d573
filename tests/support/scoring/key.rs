//! The answer key: what a careful reader finds in a document, one JSON object a line.
//!
//! `{"doc":"a.txt","quote":"16户","nth":1,"value":"16","unit":"户",…}` → an [`Entry`] with its place in the
//! raw file. `tests/gold/README.md` describes the format.

use std::collections::BTreeMap;

use serde::Deserialize;
use zhibiao::model::Decimal;
use zhibiao::text::RawSpan;

/// A line of the key.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) quote: String,
    pub(crate) raw: RawSpan,
    pub(crate) sort: Sort,
    pub(crate) value: Option<Decimal>,
    pub(crate) value_high: Option<Decimal>,
    pub(crate) unit: Answers,
    pub(crate) unit_inferred: bool,
    pub(crate) bound: Answers,
    pub(crate) kind: Answers,
    pub(crate) indicator: Answers,
    pub(crate) subject: Answers,
    pub(crate) period: Answers,
    pub(crate) status: Answers,
    pub(crate) of: Answers,
    pub(crate) parent: Option<RawSpan>,
    pub(crate) owners: Vec<String>,
}

/// What a line of the key says about its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    /// A figure that must be found.
    Required,
    /// One that a careful reader could leave out.
    Optional,
    /// A number that is no figure.
    Trap,
}

/// The answers accepted for a field; none at all, or an empty one among them, accepts no answer.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(from = "Given")]
pub(crate) struct Answers(pub(crate) Vec<Option<String>>);

/// A field of the key is one answer, a list of answers, or null.
#[derive(Deserialize)]
#[serde(untagged)]
enum Given {
    One(Option<String>),
    Several(Vec<Option<String>>),
}

impl From<Given> for Answers {
    fn from(given: Given) -> Self {
        match given {
            Given::One(None) => Self::default(),
            Given::One(answer) => Self(vec![answer]),
            Given::Several(answers) => Self(answers),
        }
    }
}

impl Answers {
    /// Whether what was said is one of them.
    pub(crate) fn accept(&self, said: Option<&str>, same: impl Fn(&str, &str) -> bool) -> bool {
        let mut stated = self.0.iter().map(|answer| answer.as_deref().filter(|a| !a.is_empty()));
        match said.filter(|s| !s.is_empty()) {
            None => self.0.is_empty() || stated.any(|answer| answer.is_none()),
            Some(said) => stated.flatten().any(|answer| same(answer, said)),
        }
    }
}

impl std::fmt::Display for Answers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.0.is_empty() {
            return f.write_str("null");
        }
        let shown: Vec<&str> = self.0.iter().map(|a| a.as_deref().unwrap_or("null")).collect();
        f.write_str(&shown.join("/"))
    }
}

/// A line as it is written.
#[derive(Deserialize)]
struct Line {
    doc: String,
    quote: String,
    #[serde(default = "one")]
    nth: usize,
    /// The reason why the number is no figure; an empty one says nothing.
    #[serde(default)]
    trap: Option<String>,
    #[serde(default)]
    optional: bool,
    #[serde(default)]
    value: Option<String>,
    #[serde(default)]
    value_high: Option<String>,
    #[serde(default)]
    unit: Answers,
    #[serde(default)]
    unit_inferred: bool,
    #[serde(default = "as_stated")]
    bound: Answers,
    #[serde(default)]
    kind: Answers,
    #[serde(default)]
    indicator: Answers,
    #[serde(default)]
    subject: Answers,
    #[serde(default)]
    period: Answers,
    #[serde(default)]
    status: Answers,
    #[serde(default)]
    of: Answers,
    #[serde(default)]
    parent: Option<String>,
    #[serde(default)]
    owners: Vec<String>,
}

fn one() -> usize {
    1
}

fn as_stated() -> Answers {
    Answers(vec![Some("eq".to_owned())])
}

/// The entries of each document, in the key's order. `raws` holds the raw text of every document.
pub(crate) fn read(
    key: &str,
    raws: &BTreeMap<String, String>,
) -> Result<BTreeMap<String, Vec<Entry>>, String> {
    let mut documents: BTreeMap<String, Vec<Entry>> = BTreeMap::new();
    for (n, text) in key.lines().enumerate().filter(|(_, text)| !text.trim().is_empty()) {
        let (doc, entry) = line(text, raws).map_err(|e| format!("line {}: {e}", n + 1))?;
        documents.entry(doc).or_default().push(entry);
    }
    Ok(documents)
}

/// The documents a key speaks of, in the order of their names.
pub(crate) fn documents(key: &str) -> Result<Vec<String>, String> {
    #[derive(Deserialize)]
    struct Name {
        doc: String,
    }
    let mut names = Vec::new();
    for (n, text) in key.lines().enumerate().filter(|(_, text)| !text.trim().is_empty()) {
        let name: Name = serde_json::from_str(text).map_err(|e| format!("line {}: {e}", n + 1))?;
        names.push(name.doc);
    }
    names.sort();
    names.dedup();
    Ok(names)
}

fn line(text: &str, raws: &BTreeMap<String, String>) -> Result<(String, Entry), String> {
    let line: Line = serde_json::from_str(text).map_err(|e| e.to_string())?;
    let raw = raws.get(&line.doc).ok_or_else(|| format!("there is no document {}", line.doc))?;
    let place = |quote: &str, nth: usize| {
        find(raw, quote, nth).ok_or_else(|| format!("{}: there is no {quote:?} number {nth}", line.doc))
    };
    let parent = match &line.parent {
        None => None,
        Some(parent) => {
            let (quote, nth) = parent.rsplit_once('#').ok_or_else(|| format!("{parent:?} has no #"))?;
            Some(place(quote, nth.parse().map_err(|_| format!("{parent:?} ends with no number"))?)?)
        }
    };
    let sort = match (&line.trap, line.optional) {
        (Some(reason), _) if !reason.is_empty() => Sort::Trap,
        (_, true) => Sort::Optional,
        _ => Sort::Required,
    };
    let entry = Entry {
        raw: place(&line.quote, line.nth)?,
        quote: line.quote,
        sort,
        value: number(line.value)?,
        value_high: number(line.value_high)?,
        unit: line.unit,
        unit_inferred: line.unit_inferred,
        bound: line.bound,
        kind: line.kind,
        indicator: line.indicator,
        subject: line.subject,
        period: line.period,
        status: line.status,
        of: line.of,
        parent,
        owners: line.owners,
    };
    Ok((line.doc, entry))
}

/// The place of the nth occurrence of a quote in code points; occurrences may overlap.
pub(crate) fn find(raw: &str, quote: &str, nth: usize) -> Option<RawSpan> {
    let first = quote.chars().next()?.len_utf8();
    let mut from = 0;
    for left in (0..nth).rev() {
        let at = from + raw.get(from..)?.find(quote)?;
        if left == 0 {
            let start = raw.get(..at)?.chars().count();
            return Some(RawSpan { start, end: start + quote.chars().count() });
        }
        from = at + first;
    }
    None
}

/// An exact number; separators of thousands are allowed.
fn number(text: Option<String>) -> Result<Option<Decimal>, String> {
    let Some(text) = text.filter(|t| !t.is_empty()) else { return Ok(None) };
    let plain: String = text.chars().filter(|c| !matches!(c, ',' | '，') && !c.is_whitespace()).collect();
    let parsed = plain.parse().or_else(|_| Decimal::from_scientific(&plain));
    parsed.map(Some).map_err(|_| format!("{text:?} is no decimal number"))
}
