//! One indicator, its subjects against its periods, in one unit; aims in rows of their own.
//!
//! ```text
//! 专精特新企业 (户)      2021   2022
//! 长春新区   事实          80      -  ████
//! 长春新区   目标           -    210  ██████████
//! ```

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::comparable::{Matter, Units, in_unit, near, until};
use super::model::List;
use super::width::Widths;
use crate::index::quick::QuickMap;
use crate::index::{FigureId, FigureRef, Index};
use crate::model::{Decimal, Kind, Status};
use crate::text::visible;

/// A row's name: whose, and fact, aim or rule.
type Whose = (String, Status);

/// A period, in the order of time.
type When = (Option<i32>, String);

/// A figure in the table, and its value in the table's unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cell {
    pub(super) id: FigureId,
    value: Option<Decimal>,
}

/// The columns of the screen that the table's texts take.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Widest {
    pub(super) subject: usize,
    pub(super) period: usize,
    pub(super) value: usize,
}

/// The table of one matter.
#[derive(Clone, Debug, Default)]
pub(super) struct Compare {
    /// Every matter of the figures with how many figures it has and the unit of the first, the one with the most first.
    pub(super) matters: Vec<(Matter, usize, u32)>,
    at: usize,
    /// The matters to go through; all if none is picked.
    pub(super) picked: Vec<usize>,
    /// Figures that the table may be made of.
    figures: Vec<FigureId>,
    units: Units,
    widths: Widths,
    pub(super) widest: Widest,
    indicator: String,
    pub(super) periods: Vec<String>,
    pub(super) rows: Vec<(Whose, Vec<Option<Cell>>)>,
    /// The unit shown, and the power of ten in front of it.
    pub(super) unit: String,
    pub(super) magnitude: (&'static str, u32),
    pub(super) list: List,
    /// The selected period, and the first one in the window.
    pub(super) column: usize,
    pub(super) left: usize,
}

impl Compare {
    /// The table of a figure's matter, or of the richest one.
    pub(super) fn new(
        index: &Index,
        figures: &[FigureId],
        selected: Option<FigureRef<'_>>,
        widths: Widths,
    ) -> Self {
        let units = Units::new(index);
        let mut counts: QuickMap<Matter, (usize, u32)> = QuickMap::default();
        for figure in figures.iter().filter_map(|id| index.figure(*id)) {
            counts.entry(units.matter(figure)).or_insert((0, figure.unit_number())).0 += 1;
        }
        let mut matters: Vec<_> =
            counts.into_iter().map(|(matter, (count, unit))| (matter, count, unit)).collect();
        // Of those with as many figures the one that is named first.
        matters.sort_unstable_by_key(|(matter, count, _)| (Reverse(*count), *matter));
        let of = selected.map(|figure| units.matter(figure));
        let at = of.and_then(|of| matters.iter().position(|(matter, ..)| *matter == of)).unwrap_or(0);
        let mut compare = Self { matters, at, figures: figures.to_vec(), units, widths, ..Self::default() };
        compare.fill(index);
        if let Some(selected) = selected {
            compare.select(selected.id());
        }
        compare
    }

    /// The indicator shown, its kind, which it is and of how many.
    pub(super) fn matter(&self) -> Option<(&str, Kind, usize, usize)> {
        let (matter, ..) = self.matters.get(self.at)?;
        let place = self.picked.iter().position(|n| *n == self.at).filter(|_| !self.picked.is_empty());
        let (at, of) = place.map_or((self.at, self.matters.len()), |at| (at, self.picked.len()));
        Some((&self.indicator, matter.kind, at + 1, of))
    }

    /// Turns to the next or previous indicator: of the picked ones, if there are any.
    pub(super) fn turn(&mut self, index: &Index, forward: bool) {
        let step = |at: usize, count: usize| {
            let count = count.max(1);
            if forward { (at + 1) % count } else { (at + count - 1) % count }
        };
        let to = if self.picked.is_empty() {
            step(self.at, self.matters.len())
        } else {
            let at = self.picked.iter().position(|n| *n == self.at);
            let to = at.map_or(0, |at| step(at, self.picked.len()));
            self.picked.get(to).copied().unwrap_or(0)
        };
        self.show(index, to);
    }

    /// Shows a matter.
    pub(super) fn show(&mut self, index: &Index, matter: usize) {
        self.at = matter;
        (self.list, self.column, self.left) = (List::default(), 0, 0);
        self.fill(index);
    }

    /// The matter shown.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    fn fill(&mut self, index: &Index) {
        let Some(&(matter, ..)) = self.matters.get(self.at) else { return };
        index.names().text(matter.indicator).clone_into(&mut self.indicator);
        let figures: Vec<FigureRef<'_>> = (self.figures.iter().filter_map(|id| index.figure(*id)))
            .filter(|f| self.units.matter(*f) == matter && f.value().is_some())
            .collect();
        let mut units: HashMap<&str, usize> = HashMap::new();
        for figure in &figures {
            *units.entry(figure.unit().unwrap_or("")).or_default() += 1;
        }
        let unit =
            units.into_iter().max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(a.0))).map_or("", |(u, _)| u);
        unit.clone_into(&mut self.unit);
        let cell = |figure: FigureRef<'_>| {
            let value = self.units.base(figure).and_then(|base| in_unit(base, unit));
            Cell { id: figure.id(), value }
        };
        let mut periods: BTreeSet<When> = BTreeSet::new();
        let mut rows: BTreeMap<Whose, HashMap<&str, Cell>> = BTreeMap::new();
        for figure in &figures {
            let period = figure.period().map_or("", |p| p.as_str());
            periods.insert((until(*figure), period.to_owned()));
            let whose = (figure.subject().unwrap_or("").to_owned(), figure.status());
            // Of several statements the first one stands in the table.
            rows.entry(whose).or_default().entry(period).or_insert_with(|| cell(*figure));
        }
        self.periods = periods.into_iter().map(|(_, period)| period).collect();
        let cells =
            |of: &HashMap<&str, Cell>| self.periods.iter().map(|p| of.get(p.as_str()).copied()).collect();
        self.rows = rows.iter().map(|(whose, of)| (whose.clone(), cells(of))).collect();
        let shown = || self.rows.iter().flat_map(|(_, cells)| cells).flatten();
        self.magnitude = magnitude(shown().filter_map(|cell| cell.value));
        let widest = |texts: &mut dyn Iterator<Item = usize>| texts.max().unwrap_or(0);
        self.widest = Widest {
            subject: widest(&mut self.rows.iter().map(|((name, _), _)| self.widths.of(&visible(name)))),
            period: widest(&mut self.periods.iter().map(|period| self.widths.of(period))),
            value: widest(&mut shown().map(|cell| self.widths.of(&self.text(*cell)))),
        };
    }

    fn select(&mut self, id: FigureId) {
        for (n, (_, cells)) in self.rows.iter().enumerate() {
            if let Some(column) = cells.iter().position(|cell| cell.is_some_and(|cell| cell.id == id)) {
                (self.list.cursor, self.column) = (n, column);
            }
        }
    }

    /// A figure's value as the table shows it.
    pub(super) fn text(&self, cell: Cell) -> String {
        let Some(value) = cell.value else { return String::new() };
        let scaled = value.checked_div(super::value::power(self.magnitude.1)).unwrap_or(value);
        super::value::plain(if scaled.scale() > 4 { scaled.round_dp(4) } else { scaled })
    }

    /// The figure in the selected cell.
    pub(super) fn selected(&self) -> Option<FigureId> {
        self.rows.get(self.list.cursor)?.1.get(self.column)?.map(|cell| cell.id)
    }

    /// Each row's value in the selected period as a share of the largest.
    pub(super) fn shares(&self) -> Vec<Option<f64>> {
        let value = |cells: &Vec<Option<Cell>>| value_at(cells, self.column).map(near);
        let values: Vec<Option<f64>> = self.rows.iter().map(|(_, cells)| value(cells)).collect();
        let most = values.iter().flatten().fold(0.0_f64, |most, value| most.max(value.abs()));
        values.into_iter().map(|v| v.filter(|_| most > 0.0).map(|v| v.abs() / most)).collect()
    }

    /// A row's values over time, each as a share of the largest; empty with fewer than three.
    pub(super) fn course(&self, row: usize) -> Vec<Option<f64>> {
        let Some((_, cells)) = self.rows.get(row) else { return Vec::new() };
        let values: Vec<Option<f64>> = (0..cells.len()).map(|at| value_at(cells, at).map(near)).collect();
        if values.iter().flatten().count() < 3 {
            return Vec::new();
        }
        let most = values.iter().flatten().fold(0.0_f64, |most, value| most.max(value.abs()));
        values.into_iter().map(|v| v.filter(|_| most > 0.0).map(|v| v.max(0.0) / most)).collect()
    }

    /// For each row the change of the selected year's level against the year before, in percent, where both
    /// stand; and that year.
    pub(super) fn growths(&self) -> Option<(Vec<Option<Decimal>>, String)> {
        let (_, kind, ..) = self.matter()?;
        if !matches!(kind, Kind::Level | Kind::Change) {
            return None;
        }
        let year: i32 = self.periods.get(self.column)?.parse().ok()?;
        let before = (year - 1).to_string();
        let at = self.periods.iter().position(|p| *p == before)?;
        let growth = |cells: &Vec<Option<Cell>>| {
            let (old, new) = (value_at(cells, at)?, value_at(cells, self.column)?);
            let change = new.checked_sub(old)?.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(old.abs())?;
            Some(change.round_dp(1))
        };
        let growths: Vec<Option<Decimal>> = self.rows.iter().map(|(_, cells)| growth(cells)).collect();
        growths.iter().any(Option::is_some).then_some((growths, before))
    }

    /// Keeps row and column inside the table and in the window.
    pub(super) fn settle(&mut self, rows: usize, columns: usize) {
        self.list.settle(self.rows.len(), rows);
        self.column = self.column.min(self.periods.len().saturating_sub(1));
        let columns = columns.max(1);
        self.left = self.left.min(self.column).max((self.column + 1).saturating_sub(columns));
        self.left = self.left.min(self.periods.len().saturating_sub(columns));
    }
}

fn value_at(cells: &[Option<Cell>], column: usize) -> Option<Decimal> {
    cells.get(column).copied().flatten()?.value
}

/// The magnitude under which the largest value is short.
fn magnitude(values: impl Iterator<Item = Decimal>) -> (&'static str, u32) {
    let most = values.map(|value| value.abs()).max().unwrap_or_default();
    [("亿", 8), ("万", 4)].into_iter().find(|(_, n)| most >= super::value::power(*n)).unwrap_or(("", 0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::sample;

    #[test]
    fn subjects_stand_against_periods_in_one_unit() {
        let index = sample::index();
        let all: Vec<FigureId> = index.figures().map(FigureRef::id).collect();
        let selected = index.figures().find(|f| f.quote() == "210户");
        let compare = Compare::new(&index, &all, selected, Widths::Narrow);
        assert_eq!(compare.matter().map(|m| (m.0, m.1)), Some(("专精特新企业", Kind::Level)));
        // A year ends after its days.
        assert_eq!(compare.periods, ["2022-08-16", "2022", "2025"]);
        let names: Vec<_> = compare.rows.iter().map(|((name, status), _)| (name.as_str(), *status)).collect();
        assert_eq!(
            names,
            [("净月高新区", Status::Actual), ("净月高新区", Status::Target), ("长春新区", Status::Target)]
        );
        assert_eq!(compare.selected(), selected.map(FigureRef::id));
        let shown = compare.rows.iter().flat_map(|(_, cells)| cells).flatten();
        let shown =
            shown.copied().find(|cell| Some(cell.id) == compare.selected()).map(|cell| compare.text(cell));
        assert_eq!((shown.as_deref(), compare.unit.as_str()), (Some("210"), "户"));
    }
}
