//! Which columns of the index hold a field.

use super::field::Field;
use crate::index::columns::{Columns, DocumentColumns};

/// A column of names.
#[derive(Clone, Copy)]
pub(super) enum Source {
    Figure(fn(&Columns) -> &Vec<u32>),
    Unit,
    Document(fn(&DocumentColumns) -> &Vec<u32>),
}

/// The columns that hold a field, the displayed one first; none for a field that is looked at figure by
/// figure.
pub(super) fn sources(field: Field) -> Vec<Source> {
    use Source::{Document, Figure};
    match field {
        Field::Indicator => vec![Figure(|c| &c.indicator), Figure(|c| &c.indicator_id)],
        Field::Subject => vec![Figure(|c| &c.subject)],
        Field::Unit => vec![Source::Unit],
        Field::Of => vec![Figure(|c| &c.of)],
        Field::Owners => vec![Figure(|c| &c.owners)],
        Field::Section => vec![Figure(|c| &c.section)],
        Field::Trace => vec![Figure(|c| &c.trace)],
        Field::Period => vec![Figure(|c| &c.period)],
        Field::Document => vec![Document(|c| &c.title), Document(|c| &c.id)],
        Field::Source => vec![Document(|c| &c.source)],
        Field::Date => vec![Document(|c| &c.date)],
        Field::Url => vec![Document(|c| &c.url)],
        _ => Vec::new(),
    }
}
