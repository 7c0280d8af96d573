//! The figures of a dataset as columns: one number a figure and property.
//!
//! figure 17: indicator 203, subject 4, status 1, value 210, first and last day of 2022, …

use super::column::Column;
use super::time::Days;
use crate::model::Decimal;

/// The days of a figure without a period on the calendar: no stretch of days meets them.
pub const NEVER: Days = (i32::MAX, i32::MIN);

/// No figure.
pub const NO_ROW: u32 = u32::MAX;

/// One entry for each figure, in document order; texts are numbers of names.
#[derive(Clone, Debug, Default)]
pub struct Columns {
    pub indicator: Column<u32>,
    pub indicator_id: Column<u32>,
    pub subject: Column<u32>,
    pub period: Column<u32>,
    /// Into [`Self::units`].
    pub unit: Column<u32>,
    pub of: Column<u32>,
    /// The responsible bodies, joined with [`OWNERS_BETWEEN`].
    pub owners: Column<u32>,
    pub section: Column<u32>,
    pub trace: Column<u32>,
    /// The quote where the sentence does not contain it (noise inside the quantity).
    pub odd_quote: Column<u32>,
    /// Into the index's sentences.
    pub sentence: Column<u32>,
    pub document: Column<u32>,
    /// The figure of the whole this one is a part of, or [`NO_ROW`].
    pub parent: Column<u32>,
    pub status: Column<u8>,
    pub kind: Column<u8>,
    pub bound: Column<u8>,
    /// Value and upper end, near enough to decide all but the closest comparisons; not a number
    /// for figures without a value.
    pub low: Column<f64>,
    pub high: Column<f64>,
    pub days: Column<Days>,
    /// In millionths.
    pub confidence: Column<i32>,
    /// The value's digits, and how many of them stand behind the point; [`NO_VALUE`] without a
    /// value, and for what does not fit: see [`APART`].
    pub(super) digits: Column<i64>,
    pub(super) scale: Column<u8>,
    /// [`UNIT_INFERRED`] and the like.
    pub(super) flags: Column<u8>,
    /// The name of each unit.
    pub units: Column<u32>,
    /// One entry for each document.
    pub documents: DocumentColumns,
}

/// The scale of a figure without a value.
pub(super) const NO_VALUE: u8 = u8::MAX;
/// Values with an upper end, and those with more digits than a column holds, stand apart.
pub(super) const APART: u8 = u8::MAX - 1;

/// The unit is missing in the text but certain from context.
pub(super) const UNIT_INFERRED: u8 = 1;
/// A whole was named, be it a figure or not.
pub(super) const HAS_PARENT: u8 = 2;

impl Columns {
    /// The columns of names.
    pub(super) fn names_mut(&mut self) -> [&mut Column<u32>; 9] {
        [
            &mut self.indicator,
            &mut self.indicator_id,
            &mut self.subject,
            &mut self.period,
            &mut self.of,
            &mut self.owners,
            &mut self.section,
            &mut self.trace,
            &mut self.odd_quote,
        ]
    }
}

impl DocumentColumns {
    /// The columns of names.
    pub(super) fn names_mut(&mut self) -> [&mut Column<u32>; 5] {
        [&mut self.title, &mut self.id, &mut self.source, &mut self.url, &mut self.date]
    }
}

/// One entry for each document.
#[derive(Clone, Debug, Default)]
pub struct DocumentColumns {
    pub title: Column<u32>,
    pub id: Column<u32>,
    pub source: Column<u32>,
    pub url: Column<u32>,
    pub date: Column<u32>,
    pub days: Column<Days>,
    /// How many numbers were not taken for figures.
    pub rejected: Column<u32>,
    /// One past the document's last figure.
    pub(super) ends: Column<u32>,
}

/// Between the responsible bodies of one figure: nobody types it and nothing matches across it.
pub const OWNERS_BETWEEN: char = '\u{1f}';

/// Figures grouped under numbers: the members of group `n` are a slice.
#[derive(Clone, Debug, Default)]
pub struct Groups {
    pub(super) starts: Column<u32>,
    pub(super) rows: Column<u32>,
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
        Self { starts: starts.into(), rows: rows.into() }
    }

    /// The same of one group alone: of groups in a cache no others are read.
    pub fn some(&self, group: usize) -> impl Iterator<Item = u32> {
        let at = |n: usize| self.starts.get(n).map_or(0, |&at| at as usize);
        (at(group)..at(group + 1)).filter_map(|n| self.rows.get(n).copied())
    }

    /// The members of a group, rising.
    pub fn rows(&self, group: usize) -> &[u32] {
        let (starts, rows): (&[u32], &[u32]) = (&self.starts, &self.rows);
        let at = |n: usize| starts.get(n).map_or(rows.len(), |&at| at as usize);
        rows.get(at(group)..at(group + 1)).unwrap_or(&[])
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
