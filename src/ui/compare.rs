//! One indicator, its subjects against its periods, in one unit; aims in rows of their own.
//!
//! ```text
//! 专精特新企业 (户)      2021   2022
//! 长春新区   事实          80      -  ████
//! 长春新区   目标           -    210  ██████████
//! ```

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::comparable::{Matter, base, in_unit, near, until};
use super::model::List;
use crate::index::{FigureId, FigureRef, Index};
use crate::model::{Decimal, Kind, Status};

/// A row's name: whose, and fact, aim or rule.
type Whose = (String, Status);

/// A period, in the order of time.
type When = (Option<i32>, String);

/// The table of one matter.
#[derive(Clone, Debug, Default)]
pub(super) struct Compare {
    /// Every matter of the figures with how many figures it has, the one with the most first.
    pub(super) matters: Vec<(Matter, usize)>,
    at: usize,
    /// The matters to go through; all if none is picked.
    pub(super) picked: Vec<usize>,
    /// Figures that the table may be made of.
    figures: Vec<FigureId>,
    pub(super) periods: Vec<String>,
    pub(super) rows: Vec<(Whose, Vec<Option<FigureId>>)>,
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
    pub(super) fn new(index: &Index, figures: &[FigureId], selected: Option<FigureRef<'_>>) -> Self {
        let mut cells: HashMap<Matter, usize> = HashMap::new();
        for figure in figures.iter().filter_map(|id| index.figure(*id)) {
            *cells.entry(Matter::of(figure)).or_default() += 1;
        }
        let mut matters: Vec<(Matter, usize)> = cells.into_iter().collect();
        matters.sort_by(|a, b| (Reverse(a.1), &a.0).cmp(&(Reverse(b.1), &b.0)));
        let at =
            selected.map(Matter::of).and_then(|of| matters.iter().position(|(m, _)| *m == of)).unwrap_or(0);
        let mut compare = Self { matters, at, figures: figures.to_vec(), ..Self::default() };
        compare.fill(index);
        if let Some(selected) = selected {
            compare.select(selected.id());
        }
        compare
    }

    /// The indicator shown, its kind, which it is and of how many.
    pub(super) fn matter(&self) -> Option<(&str, Kind, usize, usize)> {
        let (matter, _) = self.matters.get(self.at)?;
        let place = self.picked.iter().position(|n| *n == self.at).filter(|_| !self.picked.is_empty());
        let (at, of) = place.map_or((self.at, self.matters.len()), |at| (at, self.picked.len()));
        Some((&matter.indicator, matter.kind, at + 1, of))
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
        let Some((matter, _)) = self.matters.get(self.at) else { return };
        let figures: Vec<FigureRef<'_>> = self
            .figures
            .iter()
            .filter_map(|id| index.figure(*id))
            .filter(|f| {
                f.indicator_id() == matter.indicator && Matter::of(*f) == *matter && f.value().is_some()
            })
            .collect();
        let mut periods: BTreeSet<When> = BTreeSet::new();
        let mut rows: BTreeMap<Whose, HashMap<String, FigureId>> = BTreeMap::new();
        let mut units: HashMap<&str, usize> = HashMap::new();
        for figure in &figures {
            let period = figure.period().map_or("", |p| p.as_str()).to_owned();
            periods.insert((until(*figure), period.clone()));
            let whose = (figure.subject().unwrap_or("").to_owned(), figure.status());
            // Of several statements the first one stands in the table.
            rows.entry(whose).or_default().entry(period).or_insert(figure.id());
            *units.entry(figure.unit().unwrap_or("")).or_default() += 1;
        }
        let unit =
            units.into_iter().max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(a.0))).map_or("", |(u, _)| u);
        unit.clone_into(&mut self.unit);
        self.periods = periods.into_iter().map(|(_, period)| period).collect();
        let cells =
            |of: &HashMap<String, FigureId>| self.periods.iter().map(|p| of.get(p).copied()).collect();
        self.rows = rows.iter().map(|(whose, of)| (whose.clone(), cells(of))).collect();
        let values: Vec<Decimal> = figures.iter().filter_map(|f| self.number(*f)).collect();
        self.magnitude = magnitude(&values);
    }

    fn select(&mut self, id: FigureId) {
        for (n, (_, cells)) in self.rows.iter().enumerate() {
            if let Some(column) = cells.iter().position(|cell| *cell == Some(id)) {
                (self.list.cursor, self.column) = (n, column);
            }
        }
    }

    /// A figure's value in the table's unit, without magnitude.
    fn number(&self, figure: FigureRef<'_>) -> Option<Decimal> {
        in_unit(base(figure)?, &self.unit)
    }

    /// A figure's value as the table shows it.
    pub(super) fn text(&self, figure: FigureRef<'_>) -> String {
        let Some(value) = self.number(figure) else { return String::new() };
        let scaled = value.checked_div(super::value::power(self.magnitude.1)).unwrap_or(value);
        super::value::plain(if scaled.scale() > 4 { scaled.round_dp(4) } else { scaled })
    }

    /// The figure in the selected cell.
    pub(super) fn selected(&self) -> Option<FigureId> {
        *self.rows.get(self.list.cursor)?.1.get(self.column)?
    }

    /// Each row's value in the selected period as a share of the largest.
    pub(super) fn shares(&self, index: &Index) -> Vec<Option<f64>> {
        let value = |cells: &Vec<Option<FigureId>>| {
            let figure = index.figure((*cells.get(self.column)?)?)?;
            self.number(figure).map(near)
        };
        let values: Vec<Option<f64>> = self.rows.iter().map(|(_, cells)| value(cells)).collect();
        let most = values.iter().flatten().fold(0.0_f64, |most, value| most.max(value.abs()));
        values.into_iter().map(|v| v.filter(|_| most > 0.0).map(|v| v.abs() / most)).collect()
    }

    /// A row's values over time, each as a share of the largest; empty with fewer than three.
    pub(super) fn course(&self, index: &Index, row: usize) -> Vec<Option<f64>> {
        let Some((_, cells)) = self.rows.get(row) else { return Vec::new() };
        let value = |cell: &Option<FigureId>| self.number(index.figure((*cell)?)?).map(near);
        let values: Vec<Option<f64>> = cells.iter().map(value).collect();
        if values.iter().flatten().count() < 3 {
            return Vec::new();
        }
        let most = values.iter().flatten().fold(0.0_f64, |most, value| most.max(value.abs()));
        values.into_iter().map(|v| v.filter(|_| most > 0.0).map(|v| v.max(0.0) / most)).collect()
    }

    /// For each row the change of the selected year's level against the year before, in percent, where both
    /// stand; and that year.
    pub(super) fn growths(&self, index: &Index) -> Option<(Vec<Option<Decimal>>, String)> {
        let (_, kind, ..) = self.matter()?;
        if !matches!(kind, Kind::Level | Kind::Change) {
            return None;
        }
        let year: i32 = self.periods.get(self.column)?.parse().ok()?;
        let before = (year - 1).to_string();
        let at = self.periods.iter().position(|p| *p == before)?;
        let growth = |cells: &Vec<Option<FigureId>>| {
            let value = |at: usize| self.number(index.figure((*cells.get(at)?)?)?);
            let (old, new) = (value(at)?, value(self.column)?);
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

/// The magnitude under which the largest value is short.
fn magnitude(values: &[Decimal]) -> (&'static str, u32) {
    let most = values.iter().map(Decimal::abs).max().unwrap_or_default();
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
        let compare = Compare::new(&index, &all, selected);
        assert_eq!(compare.matter().map(|m| (m.0, m.1)), Some(("专精特新企业", Kind::Level)));
        // A year ends after its days.
        assert_eq!(compare.periods, ["2022-08-16", "2022", "2025"]);
        let names: Vec<_> = compare.rows.iter().map(|((name, status), _)| (name.as_str(), *status)).collect();
        assert_eq!(
            names,
            [("净月高新区", Status::Actual), ("净月高新区", Status::Target), ("长春新区", Status::Target)]
        );
        assert_eq!(compare.selected(), selected.map(FigureRef::id));
        let shown = selected.map(|f| compare.text(f));
        assert_eq!((shown.as_deref(), compare.unit.as_str()), (Some("210"), "户"));
    }
}
