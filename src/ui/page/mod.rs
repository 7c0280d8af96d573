//! A list over the panes: overview, targets, checks, numbers left out, basket, columns.
//!
//! A page knows its rows; their cells are made when they are drawn, so that a long list opens at once.

mod basket;
mod checks;
mod columns;
mod history;
mod indicators;
mod overview;
mod rejected;
mod targets;
mod views;

pub use rejected::reason;

use super::columns::cell;
use super::grid::{self, Want};
use super::layout::Layout;
use super::model::{List, Model};
use super::source::Place;
use super::style::Role;
use super::texts::Text;
use crate::index::{DocumentId, FigureId, FigureRef};
use crate::model::Status;
use crate::query::Field;

/// Which list it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Overview,
    Rejected,
    Targets,
    Checks,
    Basket,
    Columns,
    Views,
    History,
    Indicators,
}

/// A row of a page.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Row {
    /// A line between groups of rows.
    Heading(String),
    /// A value of a field, how many figures have it, and the most any value of that field has.
    Facet { label: String, filter: String, count: usize, most: usize },
    /// A number that is no figure.
    Rejected(DocumentId, usize),
    /// An aim, the latest fact about the same thing, and how much of the aim that is.
    Aim { aim: FigureId, fact: Option<FigureId>, reached: Option<f64> },
    /// What a check found, by its number in the report, and its first figure.
    Finding(usize, FigureId),
    /// A figure.
    Figure(FigureId),
    /// A field the table can show.
    Column(Field),
    /// A view that has a name.
    View(usize),
    /// A filter used before, by its number in the history.
    Query(usize),
    /// A matter to compare.
    Matter(usize),
}

/// A piece of a row.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Cell {
    pub(super) text: String,
    pub(super) role: Role,
    /// Draw a bar of this share of the column instead of the text.
    pub(super) bar: Option<f64>,
}

impl Cell {
    fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), role: Role::Plain, bar: None }
    }

    fn quiet(text: impl Into<String>) -> Self {
        Self { role: Role::Quiet, ..Self::plain(text) }
    }

    fn bar(share: f64) -> Self {
        Self { bar: Some(share), ..Self::plain("") }
    }
}

/// A column of a page.
#[derive(Clone, Copy, Debug)]
pub(super) struct Col {
    pub(super) title: Title,
    pub(super) right: bool,
    /// The narrowest it may be made if its texts are wider.
    low: usize,
    high: usize,
    worth: u8,
}

/// What stands over a column.
#[derive(Clone, Copy, Debug)]
pub(super) enum Title {
    Field(Field),
    Text(Text),
    None,
}

impl Title {
    pub(super) fn of(self, model: &Model) -> &'static str {
        match self {
            Self::Field(field) => field.name(model.settings.lang),
            Self::Text(text) => model.text(text),
            Self::None => "",
        }
    }
}

/// A column that is never cut.
const fn whole(title: Title, right: bool, worth: u8) -> Col {
    Col { title, right, low: usize::MAX, high: usize::MAX, worth }
}

/// A column that may be cut down to `low`.
const fn cut(title: Title, low: usize, high: usize, worth: u8) -> Col {
    Col { title, right: false, low, high, worth }
}

/// The page and its window.
#[derive(Clone, Debug)]
pub(super) struct Page {
    pub(super) kind: Kind,
    pub(super) title: String,
    pub(super) rows: Vec<Row>,
    pub(super) list: List,
    /// The widest text seen in each column.
    natural: Vec<usize>,
}

impl Page {
    pub(super) fn new(kind: Kind, model: &Model) -> Self {
        let mut page =
            Self { kind, title: String::new(), rows: Vec::new(), list: List::default(), natural: Vec::new() };
        page.fill(model);
        page.list.cursor = page.rows.iter().position(Row::selectable).unwrap_or(0);
        page
    }

    /// Makes the rows anew after something they show has changed.
    pub(super) fn fill(&mut self, model: &Model) {
        (self.title, self.rows) = match self.kind {
            Kind::Overview => overview::rows(model),
            Kind::Rejected => rejected::rows(model),
            Kind::Targets => targets::rows(model),
            Kind::Checks => checks::rows(model),
            Kind::Basket => basket::rows(model),
            Kind::Columns => columns::rows(model),
            Kind::Views => views::rows(model),
            Kind::History => history::rows(model),
            Kind::Indicators => indicators::rows(model),
        };
        let titles = self.columns().iter().map(|col| model.settings.widths.of(col.title.of(model)));
        self.natural = titles.collect();
        self.see(model, 0, 300);
    }

    /// Takes the widths of some rows into account.
    fn see(&mut self, model: &Model, from: usize, count: usize) {
        let widths = model.settings.widths;
        let mut seen = std::mem::take(&mut self.natural);
        for row in self.rows.iter().skip(from).take(count) {
            for (natural, cell) in seen.iter_mut().zip(self.cells(model, row)) {
                *natural = (*natural).max(widths.of(&cell.text));
            }
        }
        self.natural = seen;
    }

    pub(super) fn settle(&mut self, model: &Model, rows: usize) {
        self.list.settle(self.rows.len(), rows);
        // The heading above the first row stays in view.
        if self.rows.iter().take(self.list.cursor).all(|row| !row.selectable()) {
            self.list.top = 0;
            self.list.settle(self.rows.len(), rows);
        }
        self.see(model, self.list.top, rows);
    }

    /// Where its parts stand: what has no place in a text needs no source under it.
    pub(super) fn layout(&self, layout: Layout) -> Layout {
        match self.kind {
            Kind::Overview | Kind::Columns | Kind::Views | Kind::History | Kind::Indicators => {
                layout.without_source()
            }
            Kind::Rejected | Kind::Targets | Kind::Checks | Kind::Basket => layout,
        }
    }

    pub(super) fn columns(&self) -> &'static [Col] {
        match self.kind {
            Kind::Overview => overview::COLUMNS,
            Kind::Rejected => rejected::COLUMNS,
            Kind::Targets => targets::COLUMNS,
            Kind::Checks => checks::COLUMNS,
            Kind::Basket => basket::COLUMNS,
            Kind::Columns => columns::COLUMNS,
            Kind::Views => views::COLUMNS,
            Kind::History => history::COLUMNS,
            Kind::Indicators => indicators::COLUMNS,
        }
    }

    pub(super) fn cells(&self, model: &Model, row: &Row) -> Vec<Cell> {
        match row {
            Row::Heading(_) => Vec::new(),
            Row::Facet { label, count, most, .. } => overview::cells(label, *count, *most),
            Row::Rejected(document, n) => rejected::cells(model, *document, *n),
            Row::Aim { aim, fact, reached } => targets::cells(model, *aim, *fact, *reached),
            Row::Finding(n, _) => checks::cells(model, *n),
            Row::Figure(id) if self.kind == Kind::Targets => targets::cells(model, *id, None, None),
            Row::Figure(id) => basket::cells(model, *id),
            Row::Column(field) => columns::cells(model, *field),
            Row::View(n) => views::cells(model, *n),
            Row::Query(n) => history::cells(model, *n),
            Row::Matter(n) => indicators::cells(model, *n),
        }
    }

    pub(super) fn plan(&self, room: usize) -> grid::Plan {
        let want = |(col, natural): (&Col, &usize)| Want {
            low: col.low.min(*natural),
            high: if col.high == BAR { BAR } else { col.high.min(*natural) },
            worth: col.worth,
        };
        grid::plan(&self.columns().iter().zip(&self.natural).map(want).collect::<Vec<_>>(), room)
    }

    pub(super) fn selected(&self) -> Option<&Row> {
        self.rows.get(self.list.cursor)
    }

    /// Moves to a row; past headings in the direction of the movement.
    pub(super) fn select(&mut self, to: usize) {
        let down = to >= self.list.cursor;
        let ahead = self.rows.iter().enumerate().skip(to).find(|(_, row)| row.selectable());
        let behind = self.rows.iter().enumerate().take(to + 1).rev().find(|(_, row)| row.selectable());
        let found = if down { ahead.or(behind) } else { behind.or(ahead) };
        self.list.cursor = found.map_or(0, |(at, _)| at);
    }
}

/// Columns of a bar.
const BAR: usize = 24;

impl Row {
    fn selectable(&self) -> bool {
        !matches!(self, Self::Heading(_))
    }

    /// The figure behind it.
    pub(super) fn figure(&self) -> Option<FigureId> {
        match self {
            Self::Aim { aim, .. } => Some(*aim),
            Self::Figure(id) | Self::Finding(_, id) => Some(*id),
            _ => None,
        }
    }

    /// The place in a text behind it.
    pub(super) fn place(&self, model: &Model) -> Option<Place> {
        match self {
            Self::Rejected(document, n) => {
                let rejected = model.index.document(*document)?.rejected.get(*n)?;
                Some(Place::rejected(*document, rejected))
            }
            _ => Some(Place::figure(model.index.figure(self.figure()?)?)),
        }
    }
}

/// A figure's indicator after the mark of what the checks say of it.
fn indicator(model: &Model, figure: FigureRef<'_>) -> Cell {
    let name = cell(Field::Indicator, figure, model.settings.lang, model.settings.widths);
    Cell::plain(format!("{}{name}", model.verdict_mark(figure.id()).0))
}

/// A figure's status as a cell.
fn status(model: &Model, status: Status) -> Cell {
    let text = crate::query::show::choice(Field::Status, status as u8, model.settings.lang);
    Cell { role: Role::Status(status), ..Cell::plain(text) }
}
