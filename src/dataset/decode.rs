//! JSON structs → model: every position, number and code is checked, and translated to bytes of
//! the cleaned text.

use std::collections::HashMap;

use super::error::{DatasetError, Problem};
use super::wire;
use crate::model::{
    Bound, Decimal, Document, Dropped, Field, Figure, Kind, Period, Reason, Rejected, Section, Status, Trace,
};
use crate::text::{CleanSpan, Positions, RawSpan, SourceMap};

type Checked<T> = Result<T, DatasetError>;

/// Turns documents one by one, and remembers their ids.
#[derive(Default)]
pub(super) struct Decoder {
    documents: HashMap<String, usize>,
    figures: HashMap<String, (usize, usize)>,
}

/// Where in the dataset a value stands; written out only for an error.
#[derive(Clone, Copy)]
struct Here<'a> {
    document: usize,
    /// `figures`, `rejected`, … and the number in it.
    item: Option<(&'a str, usize)>,
}

impl Here<'_> {
    fn key(self, key: &str) -> String {
        let document = self.document;
        match self.item {
            Some((list, n)) if key.is_empty() => format!("documents[{document}].{list}[{n}]"),
            Some((list, n)) => format!("documents[{document}].{list}[{n}].{key}"),
            None => format!("documents[{document}].{key}"),
        }
    }

    fn wrong<T>(self, key: &str, problem: Problem) -> Checked<T> {
        Err(DatasetError::at(self.key(key), problem))
    }

    fn value<T>(self, key: &str, found: &str, expected: impl Into<String>) -> Checked<T> {
        self.wrong(key, Problem::Value { found: found.to_owned(), expected: expected.into() })
    }
}

/// A document's texts: the raw one by its length, the cleaned one with its positions.
struct Texts<'a> {
    raw_length: usize,
    clean: Positions<'a>,
}

impl Decoder {
    /// Checks and translates a document, whose ids must be new.
    pub(super) fn document(&mut self, wire: wire::Document<'_>) -> Checked<Document> {
        let number = self.documents.len();
        let document = document(number, wire)?;
        let here = Here { document: number, item: None };
        if let Some(first) = self.documents.insert(document.id.clone(), number) {
            let first = format!("documents[{first}]");
            return here.wrong("id", Problem::Duplicate { id: document.id, first });
        }
        for (n, figure) in document.figures.iter().enumerate() {
            if let Some((document, first)) = self.figures.insert(figure.id.clone(), (number, n)) {
                let first = format!("documents[{document}].figures[{first}]");
                let here = Here { item: Some(("figures", n)), ..here };
                return here.wrong("id", Problem::Duplicate { id: figure.id.clone(), first });
            }
        }
        Ok(document)
    }
}

/// Checks and translates the document of this number; its ids are not compared with those of others.
pub(super) fn document(number: usize, wire: wire::Document<'_>) -> Checked<Document> {
    let here = Here { document: number, item: None };
    if wire.id.is_empty() {
        return here.value("id", "", "a name");
    }
    if let Some(date) = &wire.date
        && (!date.starts_with(|c: char| c.is_ascii_digit())
            || date.contains('/')
            || Period::parse(date).is_none())
    {
        return here.value("date", date, "YYYY-MM-DD, YYYY-MM or YYYY");
    }
    let text = wire.text.into_owned();
    let texts = Texts { raw_length: wire.raw_length, clean: Positions::new(&text) };
    let map = map(here, &wire.map, &text, &texts)?;
    let dropped = in_order(
        here,
        "dropped",
        wire.dropped,
        |one| one.start,
        |here, one| {
            let raw = texts.raw(here, ["start", "end"], one.start, one.end)?;
            Ok(Dropped { raw, reason: one.reason.into_owned() })
        },
    )?;
    let sections = in_order(
        here,
        "sections",
        wire.sections,
        |one| one.start,
        |here, one| {
            let span = texts.clean(here, ["start", "end"], one.start, one.end)?;
            Ok(Section { title: one.title.into_owned(), level: one.level, span })
        },
    )?;
    let figures = in_order(
        here,
        "figures",
        wire.figures,
        |one| one.start,
        |here, one| figure(here, one, &texts, sections.len()),
    )?;
    let rejected =
        in_order(here, "rejected", wire.rejected, |one| one.start, |here, one| rejected(here, one, &texts))?;
    let own = |text: Option<wire::Text<'_>>| text.map(wire::Text::into_owned);
    Ok(Document {
        id: wire.id.into_owned(),
        path: wire.path.into_owned(),
        title: own(wire.title),
        source: own(wire.source),
        url: own(wire.url),
        date: own(wire.date),
        encoding: wire.encoding.into_owned(),
        sha256: wire.sha256.into_owned(),
        raw_length: wire.raw_length,
        map,
        dropped,
        sections,
        figures,
        rejected,
        text,
    })
}

/// Translates a list whose starts must not go back.
fn in_order<W, M>(
    here: Here<'_>,
    list: &str,
    items: Vec<W>,
    start: impl Fn(&W) -> usize,
    mut one: impl FnMut(Here<'_>, W) -> Checked<M>,
) -> Checked<Vec<M>> {
    let mut before = 0;
    let mut translated = Vec::with_capacity(items.len());
    for (n, item) in items.into_iter().enumerate() {
        let here = Here { item: Some((list, n)), ..here };
        let start = start(&item);
        translated.push(one(here, item)?);
        if start < before {
            return here.wrong("start", Problem::Order { start, before });
        }
        before = start;
    }
    Ok(translated)
}

impl Texts<'_> {
    fn raw(&self, here: Here<'_>, keys: [&str; 2], start: usize, end: usize) -> Checked<RawSpan> {
        range(here, keys, start, end, "the file", self.raw_length)?;
        Ok(RawSpan { start, end })
    }

    fn clean(&self, here: Here<'_>, keys: [&str; 2], start: usize, end: usize) -> Checked<CleanSpan> {
        range(here, keys, start, end, "the text", self.clean.length())?;
        let byte = |at| self.clean.byte(at).unwrap_or_default();
        Ok(CleanSpan::new(byte(start), byte(end)))
    }

    fn sentence(&self, here: Here<'_>, span: wire::Span) -> Checked<CleanSpan> {
        self.clean(here, ["sentence.start", "sentence.end"], span.start, span.end)
    }
}

fn range(
    here: Here<'_>,
    keys: [&str; 2],
    start: usize,
    end: usize,
    what: &'static str,
    length: usize,
) -> Checked<()> {
    for (key, at) in keys.into_iter().zip([start, end]) {
        if at > length {
            return here.wrong(key, Problem::Outside { at, what, length });
        }
    }
    if end <= start {
        return here.wrong(keys.first().copied().unwrap_or_default(), Problem::Empty { start, end });
    }
    Ok(())
}

fn map(here: Here<'_>, pieces: &[wire::Piece], text: &str, texts: &Texts<'_>) -> Checked<SourceMap> {
    let mut map = SourceMap::default();
    let mut clean = text.char_indices();
    let mut before = 0;
    for (n, piece) in pieces.iter().enumerate() {
        let here = Here { item: Some(("map", n)), ..here };
        let (raw, length, one) = match *piece {
            wire::Piece::Run(raw, length) => (raw, length, false),
            wire::Piece::One(raw, length, 1) => (raw, length, true),
            wire::Piece::One(_, _, other) => {
                return here.value("", &other.to_string(), "[raw, n] or [raw, n, 1]");
            }
        };
        let end = raw.saturating_add(length);
        texts.raw(here, ["", ""], raw, end)?;
        if raw < before {
            return here.wrong("", Problem::Order { start: raw, before });
        }
        before = end;
        let mut push = |from, to| {
            let Some((at, _)) = clean.next() else {
                let length = texts.clean.length();
                return here.wrong("", Problem::Outside { at: length + 1, what: "the text", length });
            };
            map.push(at, from, to);
            Ok(())
        };
        if one {
            push(raw, end)?;
        } else {
            (raw..end).try_for_each(|at| push(at, at + 1))?;
        }
    }
    let missing = clean.count();
    if missing > 0 {
        return here.value(
            "map",
            &format!("{missing} characters of the text without a place"),
            "all of them",
        );
    }
    Ok(map)
}

fn figure(here: Here<'_>, wire: wire::Figure<'_>, texts: &Texts<'_>, sections: usize) -> Checked<Figure> {
    let own = |text: Option<wire::Text<'_>>| text.map(wire::Text::into_owned);
    let period = match &wire.period {
        None => None,
        Some(text) => match Period::parse(text) {
            Some(period) => Some(period),
            None => return here.value("period", text, "2021, 2021-05, 2022/2025, P3Y, R/P1Y or the like"),
        },
    };
    if let Some(section) = wire.section.filter(|section| *section >= sections) {
        return here.value(
            "section",
            &section.to_string(),
            format!("one of {sections} sections, counted from 0"),
        );
    }
    if !(0.0..=1.0).contains(&wire.confidence) {
        return here.value("confidence", &wire.confidence.to_string(), "a number from 0 to 1");
    }
    let parent = match wire.parent {
        Some(span) => Some(texts.raw(here, ["parent.start", "parent.end"], span.start, span.end)?),
        None => None,
    };
    Ok(Figure {
        raw: texts.raw(here, ["start", "end"], wire.start, wire.end)?,
        span: texts.clean(here, ["text_start", "text_end"], wire.text_start, wire.text_end)?,
        quote: quote(here, wire.quote, wire.end - wire.start)?,
        value: decimal(here, "value", wire.value.as_deref())?,
        value_high: decimal(here, "value_high", wire.value_high.as_deref())?,
        unit: own(wire.unit),
        unit_inferred: wire.unit_inferred,
        bound: code(here, "bound", &wire.bound, Bound::parse, Bound::ALL)?,
        kind: code(here, "kind", &wire.kind, Kind::parse, Kind::ALL)?,
        indicator: wire.indicator.into_owned(),
        indicator_id: wire.indicator_id.into_owned(),
        subject: own(wire.subject),
        period,
        status: code(here, "status", &wire.status, Status::parse, Status::ALL)?,
        of: own(wire.of),
        parent,
        owners: wire.owners.into_iter().map(wire::Text::into_owned).collect(),
        sentence: texts.sentence(here, wire.sentence)?,
        section: wire.section,
        confidence: wire.confidence,
        trace: wire
            .trace
            .into_iter()
            .map(|trace| {
                let field = code(here, "trace", &trace.field, Field::parse, Field::ALL)?;
                Ok(Trace { field, rule: trace.rule.into_owned() })
            })
            .collect::<Checked<_>>()?,
        id: wire.id.into_owned(),
    })
}

fn rejected(here: Here<'_>, wire: wire::Rejected<'_>, texts: &Texts<'_>) -> Checked<Rejected> {
    Ok(Rejected {
        raw: texts.raw(here, ["start", "end"], wire.start, wire.end)?,
        span: texts.clean(here, ["text_start", "text_end"], wire.text_start, wire.text_end)?,
        quote: quote(here, wire.quote, wire.end - wire.start)?,
        reason: code(here, "reason", &wire.reason, Reason::parse, Reason::ALL)?,
        rule: wire.rule.into_owned(),
        sentence: texts.sentence(here, wire.sentence)?,
    })
}

/// The quote must be as long as its span.
fn quote(here: Here<'_>, quote: wire::Text<'_>, length: usize) -> Checked<String> {
    if quote.chars().count() == length {
        return Ok(quote.into_owned());
    }
    here.value("quote", &quote, format!("the {length} characters from start to end"))
}

/// `-12.5`: digits with at most one point; nothing else that a decimal parser might take.
fn decimal(here: Here<'_>, key: &str, text: Option<&str>) -> Checked<Option<Decimal>> {
    let Some(text) = text else { return Ok(None) };
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let plain = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    match Decimal::from_str_exact(text) {
        Ok(value) if plain(whole) && plain(part) => Ok(Some(value)),
        _ => here.value(key, text, "a decimal number such as \"436.29\""),
    }
}

fn code<T: Copy + std::fmt::Display>(
    here: Here<'_>,
    key: &str,
    text: &str,
    parse: impl Fn(&str) -> Option<T>,
    all: &[T],
) -> Checked<T> {
    if let Some(value) = parse(text) {
        return Ok(value);
    }
    let known: Vec<String> = all.iter().map(ToString::to_string).collect();
    here.value(key, text, format!("one of {}", known.join(", ")))
}
