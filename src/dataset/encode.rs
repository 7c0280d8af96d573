//! Model → JSON structs: bytes of the cleaned text become code points.

use serde::{Serialize, Serializer};

use super::wire::{self, Text};
use crate::model::{Decimal, Document, Figure, Rejected};
use crate::text::span::Piece;
use crate::text::{CleanSpan, Positions, RawSpan, SourceMap};

/// A document as it is written.
pub(super) type Written<'a> = wire::Document<'a, Each<'a, Figure>, Each<'a, Rejected>>;

/// Things of a document, turned into what is written one by one: all together would take as much memory again.
pub(super) struct Each<'a, T> {
    things: &'a [T],
    at: &'a Positions<'a>,
}

/// What can be turned into what is written.
pub(super) trait Turn {
    type Wire<'a>: Serialize
    where
        Self: 'a;

    fn turn<'a>(&'a self, at: &Positions<'_>) -> Self::Wire<'a>;
}

impl Turn for Figure {
    type Wire<'a> = wire::Figure<'a>;

    fn turn<'a>(&'a self, at: &Positions<'_>) -> wire::Figure<'a> {
        figure(self, at)
    }
}

impl Turn for Rejected {
    type Wire<'a> = wire::Rejected<'a>;

    fn turn<'a>(&'a self, at: &Positions<'_>) -> wire::Rejected<'a> {
        rejected(self, at)
    }
}

impl<'a, T: Turn> Each<'a, T> {
    pub(super) fn iter(&self) -> impl Iterator<Item = T::Wire<'a>> {
        self.things.iter().map(|thing| thing.turn(self.at))
    }
}

impl<T: Turn> Serialize for Each<'_, T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(self.iter())
    }
}

/// A document as it is written; `at` are the positions of its text.
pub(super) fn document<'a>(document: &'a Document, at: &'a Positions<'a>) -> Written<'a> {
    wire::Document {
        id: text(&document.id),
        path: text(&document.path),
        title: optional(document.title.as_deref()),
        source: optional(document.source.as_deref()),
        url: optional(document.url.as_deref()),
        date: optional(document.date.as_deref()),
        encoding: text(&document.encoding),
        sha256: text(&document.sha256),
        raw_length: document.raw_length,
        text: text(&document.text),
        map: map(&document.map, &document.text),
        dropped: document
            .dropped
            .iter()
            .map(|dropped| wire::Dropped {
                start: dropped.raw.start,
                end: dropped.raw.end,
                reason: text(&dropped.reason),
            })
            .collect(),
        sections: document
            .sections
            .iter()
            .map(|section| {
                let wire::Span { start, end } = span(at, section.span);
                wire::Section { title: text(&section.title), level: section.level, start, end }
            })
            .collect(),
        figures: Each { things: &document.figures, at },
        rejected: Each { things: &document.rejected, at },
    }
}

/// A figure as it is written; `at` are the positions of the cleaned text.
pub(super) fn figure<'a>(figure: &'a Figure, at: &Positions<'_>) -> wire::Figure<'a> {
    let clean = span(at, figure.span);
    wire::Figure {
        id: text(&figure.id),
        start: figure.raw.start,
        end: figure.raw.end,
        text_start: clean.start,
        text_end: clean.end,
        quote: text(&figure.quote),
        value: figure.value.map(decimal),
        value_high: figure.value_high.map(decimal),
        unit: optional(figure.unit.as_deref()),
        unit_inferred: figure.unit_inferred,
        bound: text(figure.bound.as_str()),
        kind: text(figure.kind.as_str()),
        indicator: text(&figure.indicator),
        indicator_id: text(&figure.indicator_id),
        subject: optional(figure.subject.as_deref()),
        period: optional(figure.period.as_ref().map(crate::model::Period::as_str)),
        status: text(figure.status.as_str()),
        of: optional(figure.of.as_deref()),
        parent: figure.parent.map(|RawSpan { start, end }| wire::Span { start, end }),
        owners: figure.owners.iter().map(|owner| text(owner)).collect(),
        sentence: span(at, figure.sentence),
        section: figure.section,
        confidence: figure.confidence,
        trace: figure
            .trace
            .iter()
            .map(|trace| wire::Trace { field: text(trace.field.as_str()), rule: text(&trace.rule) })
            .collect(),
    }
}

fn rejected<'a>(rejected: &'a Rejected, at: &Positions<'_>) -> wire::Rejected<'a> {
    let clean = span(at, rejected.span);
    wire::Rejected {
        start: rejected.raw.start,
        end: rejected.raw.end,
        text_start: clean.start,
        text_end: clean.end,
        quote: text(&rejected.quote),
        reason: text(rejected.reason.as_str()),
        rule: text(&rejected.rule),
        sentence: span(at, rejected.sentence),
    }
}

/// The map with neighbouring runs joined.
fn map(map: &SourceMap, text: &str) -> Vec<wire::Piece> {
    let mut list: Vec<wire::Piece> = Vec::new();
    let ends = map.pieces().iter().skip(1).map(|next| next.clean_start).chain([text.len()]);
    for (piece, end) in map.pieces().iter().zip(ends) {
        let Piece { clean_start, raw_start, raw_end, each } = *piece;
        let count = text.get(clean_start..end).map_or(0, |run| run.chars().count());
        match list.last_mut() {
            Some(wire::Piece::Run(from, length)) if each && *from + *length == raw_start => *length += count,
            _ if each => list.push(wire::Piece::Run(raw_start, count)),
            _ => list.push(wire::Piece::One(raw_start, raw_end - raw_start, 1)),
        }
    }
    list
}

fn span(at: &Positions<'_>, span: CleanSpan) -> wire::Span {
    wire::Span { start: at.code_point(span.start), end: at.code_point(span.end) }
}

/// Exact, without zeros that say nothing.
fn decimal(value: Decimal) -> Text<'static> {
    Text(value.normalize().to_string().into())
}

fn text(text: &str) -> Text<'_> {
    text.into()
}

fn optional(text: Option<&str>) -> Option<Text<'_>> {
    text.map(Text::from)
}
