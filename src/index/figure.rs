//! One figure by reference: most of it comes from columns, the rest from its document.

use std::borrow::Cow;
use std::sync::LazyLock;

use super::apart::Values;
use super::column::Column;
use super::columns::{APART, HAS_PARENT, NEVER, NO_ROW, NO_VALUE, OWNERS_BETWEEN, UNIT_INFERRED};
use super::part::REST;
use super::time::Days;
use super::{DocumentId, FigureId, Index, LOST};
use crate::model::{Bound, Decimal, Document, Figure, Kind, Period, Status};

/// One figure, by reference.
#[derive(Clone, Copy, Debug)]
pub struct FigureRef<'a> {
    pub(super) id: FigureId,
    pub(super) document: DocumentId,
    pub(super) index: &'a Index,
}

/// What stands for a figure that its file no longer holds.
static LOST_FIGURE: LazyLock<Figure> = LazyLock::new(Figure::default);

/// One value of a closed list by its place in it.
fn code<T: Copy>(all: &'static [T], column: &Column<u8>, row: usize, otherwise: T) -> T {
    column.get(row).and_then(|&code| all.get(usize::from(code))).copied().unwrap_or(otherwise)
}

impl<'a> FigureRef<'a> {
    pub fn id(self) -> FigureId {
        self.id
    }

    pub fn document_id(self) -> DocumentId {
        self.document
    }

    /// The document in full: read from its file when it is first asked for.
    pub fn document(self) -> &'a Document {
        self.index.document(self.document).unwrap_or(&LOST)
    }

    /// The figure with all its fields, traces and places included: of the document in full.
    pub fn full(self) -> &'a Figure {
        let first = self.index.of_document(self.document).start;
        let figure = self.document().figures.get((self.id.0 - first) as usize);
        figure.unwrap_or(&LOST_FIGURE)
    }

    fn row(self) -> usize {
        self.id.0 as usize
    }

    /// The name in a column, if it is not empty.
    fn name(self, column: &Column<u32>) -> Option<&'a str> {
        let text = self.index.names.text(*column.get(self.row())?);
        (!text.is_empty()).then_some(text)
    }

    /// Value and upper end.
    fn values(self) -> Values {
        let columns = &self.index.columns;
        let (Some(&digits), Some(&scale)) = (columns.digits.get(self.row()), columns.scale.get(self.row()))
        else {
            return (None, None);
        };
        match scale {
            NO_VALUE => (None, None),
            APART => self.index.apart.get(self.id.0),
            _ => (Decimal::try_new(digits, scale.into()).ok(), None),
        }
    }

    pub fn value(self) -> Option<Decimal> {
        self.values().0
    }

    pub fn value_high(self) -> Option<Decimal> {
        self.values().1
    }

    pub fn unit(self) -> Option<&'a str> {
        let columns = &self.index.columns;
        let name = columns.unit.get(self.row()).and_then(|&unit| columns.units.get(unit as usize));
        let text = self.index.names.text(*name?);
        (!text.is_empty()).then_some(text)
    }

    /// Whether the unit is missing in the text but certain from context.
    pub fn unit_inferred(self) -> bool {
        self.flag(UNIT_INFERRED)
    }

    /// Whether a whole is named that it is a part of (其中), be that a figure or not.
    pub fn has_parent(self) -> bool {
        self.flag(HAS_PARENT)
    }

    fn flag(self, flag: u8) -> bool {
        self.index.columns.flags.get(self.row()).is_some_and(|flags| flags & flag != 0)
    }

    pub fn bound(self) -> Bound {
        code(Bound::ALL, &self.index.columns.bound, self.row(), Bound::Eq)
    }

    pub fn kind(self) -> Kind {
        code(Kind::ALL, &self.index.columns.kind, self.row(), Kind::Level)
    }

    pub fn status(self) -> Status {
        code(Status::ALL, &self.index.columns.status, self.row(), Status::Actual)
    }

    pub fn indicator(self) -> &'a str {
        self.name(&self.index.columns.indicator).unwrap_or("")
    }

    pub fn indicator_id(self) -> &'a str {
        self.name(&self.index.columns.indicator_id).unwrap_or("")
    }

    /// The number of the name that is its indicator's id: equal for equal ids.
    pub fn indicator_number(self) -> u32 {
        self.index.columns.indicator_id.get(self.row()).copied().unwrap_or_default()
    }

    /// The number of its subject's name: equal for equal subjects.
    pub fn subject_number(self) -> u32 {
        self.index.columns.subject.get(self.row()).copied().unwrap_or_default()
    }

    /// The number of its period's name: equal for equal periods.
    pub fn period_number(self) -> u32 {
        self.index.columns.period.get(self.row()).copied().unwrap_or_default()
    }

    /// The number of its unit among the units of [`super::Columns::units`].
    pub fn unit_number(self) -> u32 {
        self.index.columns.unit.get(self.row()).copied().unwrap_or_default()
    }

    pub fn subject(self) -> Option<&'a str> {
        self.name(&self.index.columns.subject)
    }

    pub fn period(self) -> Option<&'a Period> {
        self.index.periods.get(*self.index.columns.period.get(self.row())?)
    }

    /// The days of its period, if that is fixed on the calendar or by the document's date.
    pub fn days(self) -> Option<Days> {
        self.index.columns.days.get(self.row()).copied().filter(|days| *days != NEVER)
    }

    /// Share: the whole. Growth: the base, `yoy` or `avg`. Rate: the denominator.
    pub fn of(self) -> Option<&'a str> {
        self.name(&self.index.columns.of)
    }

    /// The bodies named as responsible.
    pub fn owners(self) -> impl Iterator<Item = &'a str> {
        self.name(&self.index.columns.owners).into_iter().flat_map(|owners| owners.split(OWNERS_BETWEEN))
    }

    /// Which rules decided its fields.
    pub fn trace(self) -> &'a str {
        self.name(&self.index.columns.trace).unwrap_or("")
    }

    /// In millionths.
    pub fn confidence(self) -> i32 {
        self.index.columns.confidence.get(self.row()).copied().unwrap_or_default()
    }

    pub fn quote(self) -> &'a str {
        self.index.quotes.get(self.id.0)
    }

    /// The name that the dataset has for it.
    pub fn name_in_dataset(self) -> Cow<'a, str> {
        let text = self.index.ids.get(self.id.0);
        let document = self.index.document_name(&self.index.columns.documents.id, self.document);
        text.strip_prefix(REST).map_or(text.into(), |rest| format!("{document}{rest}").into())
    }

    /// The sentence in the cleaned text: of the document in full.
    pub fn sentence(self) -> &'a str {
        self.full().sentence.of(&self.document().text)
    }

    /// The number of its sentence, which it shares with the other figures of that sentence only.
    pub fn sentence_number(self) -> u32 {
        self.index.columns.sentence.get(self.row()).copied().unwrap_or(u32::MAX)
    }

    /// The figures of its sentence, itself included.
    pub fn sentence_rows(self) -> impl Iterator<Item = FigureRef<'a>> {
        let rows = self.index.of_sentence.some(self.sentence_number() as usize);
        rows.filter_map(move |row| self.index.figure(FigureId(row)))
    }

    /// The heading it stands under; empty if there is none.
    pub fn section(self) -> &'a str {
        self.name(&self.index.columns.section).unwrap_or("")
    }

    /// The figure of the whole it is a part of (其中), if that is a figure of its document.
    pub fn parent(self) -> Option<FigureRef<'a>> {
        let &row = self.index.columns.parent.get(self.row()).filter(|row| **row != NO_ROW)?;
        self.index.figure(FigureId(row))
    }

    pub fn title(self) -> &'a str {
        self.index.title(self.document)
    }

    /// The document's date as written.
    pub fn date(self) -> Option<&'a str> {
        self.of_document(&self.index.columns.documents.date)
    }

    pub fn source(self) -> Option<&'a str> {
        self.of_document(&self.index.columns.documents.source)
    }

    pub fn url(self) -> Option<&'a str> {
        self.of_document(&self.index.columns.documents.url)
    }

    pub fn document_name(self) -> &'a str {
        self.of_document(&self.index.columns.documents.id).unwrap_or("")
    }

    /// A name of its document, if it is not empty.
    fn of_document(self, column: &Column<u32>) -> Option<&'a str> {
        Some(self.index.document_name(column, self.document)).filter(|text| !text.is_empty())
    }
}
