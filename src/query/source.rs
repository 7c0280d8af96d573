//! Which columns of the index hold a field.

use super::field::Field;
use crate::index::column;
use crate::index::columns::{Columns, DocumentColumns};

/// A column of names that each figure has an entry in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Column {
    Indicator,
    IndicatorId,
    Subject,
    Of,
    Owners,
    Section,
    Trace,
    Period,
    OddQuote,
}

impl Column {
    pub(super) fn names(self, columns: &Columns) -> &column::Column<u32> {
        match self {
            Self::Indicator => &columns.indicator,
            Self::IndicatorId => &columns.indicator_id,
            Self::Subject => &columns.subject,
            Self::Of => &columns.of,
            Self::Owners => &columns.owners,
            Self::Section => &columns.section,
            Self::Trace => &columns.trace,
            Self::Period => &columns.period,
            Self::OddQuote => &columns.odd_quote,
        }
    }
}

/// A column of names.
#[derive(Clone, Copy)]
pub(super) enum Source {
    Figure(Column),
    Unit,
    Document(fn(&DocumentColumns) -> &column::Column<u32>),
}

/// The columns that hold a field, the displayed one first; none for a field that is looked at figure by
/// figure.
pub(super) fn sources(field: Field) -> Vec<Source> {
    use Source::{Document, Figure};
    match field {
        Field::Indicator => vec![Figure(Column::Indicator), Figure(Column::IndicatorId)],
        Field::Subject => vec![Figure(Column::Subject)],
        Field::Unit => vec![Source::Unit],
        Field::Of => vec![Figure(Column::Of)],
        Field::Owners => vec![Figure(Column::Owners)],
        Field::Section => vec![Figure(Column::Section)],
        Field::Trace => vec![Figure(Column::Trace)],
        Field::Period => vec![Figure(Column::Period)],
        Field::Document => vec![Document(|c| &c.title), Document(|c| &c.id)],
        Field::Source => vec![Document(|c| &c.source)],
        Field::Date => vec![Document(|c| &c.date)],
        Field::Url => vec![Document(|c| &c.url)],
        _ => Vec::new(),
    }
}
