//! The figures of a dataset as columns: one number a figure and property.
//!
//! figure 17: indicator 203, subject 4, status 1, value 210, first and last day of 2022, …

use std::collections::HashMap;

use super::fold::fold;
use super::lines::Lines;
use super::names::{Gatherer, NONE, Names};
use super::time::{self, Days};
use crate::dataset::Dataset;
use crate::model::{Decimal, Document, Figure};

/// The days of a figure without a period on the calendar: no stretch of days meets them.
pub const NEVER: Days = (i32::MAX, i32::MIN);

/// No figure.
pub const NO_ROW: u32 = u32::MAX;

/// One entry for each figure, in document order; texts are numbers of names.
#[derive(Clone, Debug, Default)]
pub struct Columns {
    pub indicator: Vec<u32>,
    pub indicator_id: Vec<u32>,
    pub subject: Vec<u32>,
    pub period: Vec<u32>,
    /// Into [`Self::units`].
    pub unit: Vec<u32>,
    pub of: Vec<u32>,
    /// The responsible bodies, joined with [`OWNERS_BETWEEN`].
    pub owners: Vec<u32>,
    pub section: Vec<u32>,
    pub trace: Vec<u32>,
    /// The quote where the sentence does not contain it (noise inside the quantity).
    pub odd_quote: Vec<u32>,
    /// Into the index's sentences.
    pub sentence: Vec<u32>,
    pub document: Vec<u32>,
    /// The figure of the whole this one is a part of, or [`NO_ROW`].
    pub parent: Vec<u32>,
    pub status: Vec<u8>,
    pub kind: Vec<u8>,
    pub bound: Vec<u8>,
    /// Value and upper end, near enough to decide all but the closest comparisons; not a number
    /// for figures without a value.
    pub low: Vec<f64>,
    pub high: Vec<f64>,
    pub days: Vec<Days>,
    /// In millionths.
    pub confidence: Vec<i32>,
    /// The name of each unit.
    pub units: Vec<u32>,
    /// One entry for each document.
    pub documents: DocumentColumns,
}

/// One entry for each document.
#[derive(Clone, Debug, Default)]
pub struct DocumentColumns {
    pub title: Vec<u32>,
    pub id: Vec<u32>,
    pub source: Vec<u32>,
    pub url: Vec<u32>,
    pub date: Vec<u32>,
    pub days: Vec<Days>,
}

/// Between the responsible bodies of one figure: nobody types it and nothing matches across it.
pub const OWNERS_BETWEEN: char = '\u{1f}';

/// Everything an index keeps beside the documents themselves.
#[derive(Debug)]
pub(super) struct Built {
    pub(super) columns: Columns,
    pub(super) names: Names,
    pub(super) sentences: Lines,
    /// The figures of each sentence.
    pub(super) of_sentence: Groups,
}

/// Figures grouped under numbers: the members of group `n` are a slice.
#[derive(Clone, Debug, Default)]
pub struct Groups {
    starts: Vec<u32>,
    rows: Vec<u32>,
}

impl Groups {
    /// Groups the rows of a column by their entry, each below `count`.
    pub fn new(column: &[u32], count: usize) -> Self {
        let mut starts = vec![0_u32; count + 1];
        for &group in column {
            if let Some(size) = starts.get_mut(group as usize + 1) {
                *size += 1;
            }
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut next = starts.clone();
        let mut rows = vec![0; column.len()];
        for (row, &group) in column.iter().enumerate() {
            if let Some(at) = next.get_mut(group as usize)
                && let Some(place) = rows.get_mut(*at as usize)
            {
                *place = row as u32;
                *at += 1;
            }
        }
        Self { starts, rows }
    }

    /// The members of a group, rising.
    pub fn rows(&self, group: usize) -> &[u32] {
        let at = |n: usize| self.starts.get(n).map_or(self.rows.len(), |&at| at as usize);
        self.rows.get(at(group)..at(group + 1)).unwrap_or(&[])
    }
}

pub(super) fn build(dataset: &Dataset) -> Built {
    let mut builder = Builder {
        columns: Columns::default(),
        names: Gatherer::new(),
        sentences: Lines::default(),
        units: HashMap::new(),
    };
    for (number, document) in dataset.documents.iter().enumerate() {
        builder.document(number as u32, document);
    }
    let Builder { columns, names, sentences, .. } = builder;
    let of_sentence = Groups::new(&columns.sentence, sentences.len());
    Built { columns, names: names.finish(), sentences, of_sentence }
}

struct Builder {
    columns: Columns,
    names: Gatherer,
    sentences: Lines,
    units: HashMap<u32, u32>,
}

impl Builder {
    fn document(&mut self, number: u32, document: &Document) {
        let date = document.date.as_deref();
        let mut name = |text: Option<&str>| self.names.add(text.unwrap_or(""));
        let documents = &mut self.columns.documents;
        documents.title.push(name(Some(document.title.as_deref().unwrap_or(&document.id))));
        documents.id.push(name(Some(&document.id)));
        documents.source.push(name(document.source.as_deref()));
        documents.url.push(name(document.url.as_deref()));
        documents.date.push(name(date));
        documents.days.push(date.and_then(time::point).unwrap_or(NEVER));
        let sections: Vec<u32> = document.sections.iter().map(|section| name(Some(&section.title))).collect();
        let first = self.columns.indicator.len() as u32;
        let places: HashMap<_, u32> = document.figures.iter().map(|figure| figure.raw).zip(first..).collect();
        let mut sentences = HashMap::new();
        for figure in &document.figures {
            let sentence = *sentences.entry(figure.sentence).or_insert_with(|| {
                let text = figure.sentence.of(&document.text);
                self.sentences.push(text) as u32
            });
            let parent = figure.parent.and_then(|whole| places.get(&whole)).copied().unwrap_or(NO_ROW);
            let section = figure.section.and_then(|n| sections.get(n)).copied().unwrap_or(NONE);
            self.figure(figure, date);
            self.columns.sentence.push(sentence);
            self.columns.parent.push(parent);
            self.columns.section.push(section);
            self.columns.document.push(number);
            let odd = !self.sentences.line(sentence as usize).contains(&fold(&figure.quote));
            self.columns.odd_quote.push(if odd { self.names.add(&figure.quote) } else { NONE });
        }
    }

    fn figure(&mut self, figure: &Figure, date: Option<&str>) {
        let columns = &mut self.columns;
        columns.indicator.push(self.names.add(&figure.indicator));
        columns.indicator_id.push(self.names.add(&figure.indicator_id));
        columns.subject.push(self.names.add(figure.subject.as_deref().unwrap_or("")));
        columns.period.push(self.names.add(figure.period.as_ref().map_or("", |period| period.as_str())));
        let unit = self.names.add(figure.unit.as_deref().unwrap_or(""));
        let count = columns.units.len() as u32;
        let unit = *self.units.entry(unit).or_insert_with(|| {
            columns.units.push(unit);
            count
        });
        columns.unit.push(unit);
        columns.of.push(self.names.add(figure.of.as_deref().unwrap_or("")));
        columns.owners.push(self.names.add(&figure.owners.join(&OWNERS_BETWEEN.to_string())));
        let rules: Vec<String> =
            figure.trace.iter().map(|trace| format!("{}: {}", trace.field, trace.rule)).collect();
        columns.trace.push(self.names.add(&rules.join("; ")));
        columns.status.push(figure.status as u8);
        columns.kind.push(figure.kind as u8);
        columns.bound.push(figure.bound as u8);
        let (low, high) = match (figure.value, figure.value_high) {
            (Some(low), Some(high)) => (low.min(high), low.max(high)),
            (Some(low), None) => (low, low),
            (None, _) => (Decimal::MAX, Decimal::MAX),
        };
        let near = |value: Decimal| if figure.value.is_some() { near(value) } else { f64::NAN };
        columns.low.push(near(low));
        columns.high.push(near(high));
        let days = figure.period.as_ref().and_then(|period| time::period(period, date));
        columns.days.push(days.unwrap_or(NEVER));
        columns.confidence.push(millionths(figure.confidence));
    }
}

/// A floating-point number near enough to tell apart what differs in twelve digits.
pub fn near(value: Decimal) -> f64 {
    f64::try_from(value).unwrap_or(f64::NAN)
}

/// A share of one in millionths.
pub fn millionths(confidence: f64) -> i32 {
    (confidence * 1e6).round() as i32
}
