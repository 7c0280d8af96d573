//! Rows put into groups under headings: figures by indicator or subject, documents by source or year.
//!
//! Rows 0–2 and 3–4 in two groups take the screen lines 1–3 and 5–6; the headings take 0 and 4.

use super::texts::Text;
use crate::index::{DocumentId, FigureId, Index};
use crate::query::Field;

/// What the figures are grouped by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum FiguresBy {
    #[default]
    Nothing,
    Indicator,
    Subject,
}

impl FiguresBy {
    const ALL: [Self; 3] = [Self::Nothing, Self::Indicator, Self::Subject];

    pub(super) fn next(self) -> Self {
        next(&Self::ALL, self)
    }

    pub(super) fn field(self) -> Option<Field> {
        match self {
            Self::Nothing => None,
            Self::Indicator => Some(Field::Indicator),
            Self::Subject => Some(Field::Subject),
        }
    }

    pub(super) fn of(field: Option<Field>) -> Self {
        Self::ALL.into_iter().find(|by| by.field() == field).unwrap_or_default()
    }
}

/// What the documents are grouped by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum DocumentsBy {
    #[default]
    Nothing,
    Source,
    Year,
}

impl DocumentsBy {
    const ALL: [Self; 3] = [Self::Nothing, Self::Source, Self::Year];

    pub(super) fn next(self) -> Self {
        next(&Self::ALL, self)
    }

    pub(super) fn text(self) -> Option<Text> {
        match self {
            Self::Nothing => None,
            Self::Source => Some(Text::BySource),
            Self::Year => Some(Text::ByYear),
        }
    }

    pub(super) fn id(self) -> &'static str {
        match self {
            Self::Nothing => "",
            Self::Source => "source",
            Self::Year => "year",
        }
    }

    pub(super) fn named(id: &str) -> Self {
        Self::ALL.into_iter().find(|by| by.id() == id).unwrap_or_default()
    }
}

fn next<T: Copy + PartialEq>(all: &[T], now: T) -> T {
    let at = all.iter().position(|other| *other == now).map_or(0, |at| at + 1);
    all.get(at).or(all.first()).copied().unwrap_or(now)
}

/// What stands on a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// The heading of the group that begins with this row.
    Heading(usize),
    Row(usize),
}

/// The first row of each group; empty if rows are not grouped.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Groups(Vec<usize>);

impl Groups {
    /// The groups of rows that share a text.
    pub(super) fn new(by: FiguresBy, rows: &[FigureId], index: &Index) -> Self {
        let column: &[u32] = match by {
            FiguresBy::Nothing => return Self::default(),
            FiguresBy::Indicator => &index.columns().indicator,
            FiguresBy::Subject => &index.columns().subject,
        };
        let name = |id: &FigureId| column.get(id.0 as usize);
        let borders = rows.windows(2).enumerate().filter(|(_, pair)| match pair {
            [before, after] => name(before) != name(after),
            _ => false,
        });
        let first = (!rows.is_empty()).then_some(0);
        Self(first.into_iter().chain(borders.map(|(n, _)| n + 1)).collect())
    }

    /// The line of a row.
    pub(super) fn line(&self, row: usize) -> usize {
        row + self.0.partition_point(|start| *start <= row)
    }

    /// How many lines `rows` rows take.
    pub(super) fn lines(&self, rows: usize) -> usize {
        rows + self.0.len()
    }

    /// What stands on a line.
    pub(super) fn at(&self, line: usize) -> Line {
        // Headings up to this line; each stands before the first row of its group.
        let (mut low, mut high) = (0, self.0.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            let head = self.0.get(middle).map_or(usize::MAX, |start| start + middle);
            if head <= line { low = middle + 1 } else { high = middle }
        }
        let last = low.checked_sub(1).and_then(|n| Some((n, *self.0.get(n)?)));
        match last {
            Some((n, start)) if start + n == line => Line::Heading(start),
            _ => Line::Row(line - low),
        }
    }

    /// How many rows the group has that begins with one.
    pub(super) fn size(&self, start: usize, rows: usize) -> usize {
        let after = self.0.get(self.0.partition_point(|s| *s <= start)).copied();
        after.unwrap_or(rows).saturating_sub(start)
    }
}

/// A row of the documents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum DocumentRow {
    All,
    /// Those of one source or year.
    Group(String, Vec<DocumentId>),
    One(DocumentId),
}

impl DocumentRow {
    /// Whether it stands for the same: a group may have more documents by now.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Group(name, _), Self::Group(other, _)) => name == other,
            _ => self == other,
        }
    }
}

/// The rows of the documents: all, then each one, under its group.
pub(super) fn documents(by: DocumentsBy, index: &Index, without: &str) -> Vec<DocumentRow> {
    let all = (0..index.document_count() as u32).map(DocumentId);
    let mut rows = vec![DocumentRow::All];
    if by == DocumentsBy::Nothing {
        rows.extend(all.map(DocumentRow::One));
        return rows;
    }
    let mut groups: std::collections::BTreeMap<String, Vec<DocumentId>> = std::collections::BTreeMap::new();
    for id in all {
        let name = match by {
            DocumentsBy::Source => index.source(id),
            _ => index.date(id).split('-').next().unwrap_or(""),
        };
        let name = if name.is_empty() { without } else { name };
        groups.entry(name.to_owned()).or_default().push(id);
    }
    let groups: Vec<(String, Vec<DocumentId>)> = match by {
        // The latest year first.
        DocumentsBy::Year => groups.into_iter().rev().collect(),
        _ => groups.into_iter().collect(),
    };
    for (name, documents) in groups {
        let each = documents.clone();
        rows.push(DocumentRow::Group(name, documents));
        rows.extend(each.into_iter().map(DocumentRow::One));
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_rows() {
        let groups = Groups(vec![0, 3]);
        let lines: Vec<Line> = (0..7).map(|line| groups.at(line)).collect();
        assert_eq!(
            lines,
            [
                Line::Heading(0),
                Line::Row(0),
                Line::Row(1),
                Line::Row(2),
                Line::Heading(3),
                Line::Row(3),
                Line::Row(4)
            ]
        );
        for row in 0..5 {
            assert_eq!(groups.at(groups.line(row)), Line::Row(row));
        }
        assert_eq!((groups.lines(5), groups.size(0, 5), groups.size(3, 5)), (7, 3, 2));
        assert_eq!(Groups::default().at(4), Line::Row(4));
    }
}
