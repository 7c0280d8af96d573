//! Figures in the order a reader asks for.
//!
//! `排序:-数值` → the largest first, those without a value last, equal ones in document order

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering as Memory};

use super::field::{Field, Type};
use super::show;
use super::source::{Source, sources};
use crate::index::bits::Bits;
use crate::index::columns::{OWNERS_BETWEEN, near};
use crate::index::time::Days;
use crate::index::{FigureId, Index};

/// The place of figures that lack the field.
const LAST: u32 = u32::MAX;

/// The orders asked for so far, kept for the next time.
#[derive(Debug, Default)]
pub(super) struct Orders {
    fields: HashMap<Field, Order>,
}

/// All figures in the order of one field.
#[derive(Debug)]
struct Order {
    /// The place of each figure; equal values have equal places.
    places: Vec<u32>,
    /// The figures by place, those of equal place in document order.
    rows: Vec<u32>,
}

impl Orders {
    /// The first `most` figures of a set, ordered by the fields, the first one first.
    pub(super) fn sorted(
        &mut self,
        index: &Index,
        set: &Bits,
        by: &[(Field, bool)],
        most: usize,
        stop: &AtomicBool,
    ) -> Option<Vec<FigureId>> {
        for (field, _) in by {
            if stop.load(Memory::Relaxed) {
                return None;
            }
            self.fields.entry(*field).or_insert_with(|| Order::new(index, *field));
        }
        let orders: Vec<(&Order, bool)> = by
            .iter()
            .filter_map(|(field, descending)| Some((self.fields.get(field)?, *descending)))
            .collect();
        let mut rows: Vec<u32> = if let [(order, descending)] = orders.as_slice() {
            order.rows_of(set, *descending, most)
        } else {
            let mut rows: Vec<u32> = set.iter().map(|row| row as u32).collect();
            let key = |row: u32| orders.iter().map(move |(order, descending)| order.key(row, *descending));
            rows.sort_by(|&a, &b| key(a).cmp(key(b)));
            rows
        };
        rows.truncate(most);
        Some(rows.into_iter().map(FigureId).collect())
    }
}

impl Order {
    fn new(index: &Index, field: Field) -> Self {
        let columns = index.columns();
        let days = |(from, to): Days| (from <= to).then_some((to, from));
        match (field.row().kind, sources(field).first()) {
            (Type::Amount, _) => Self::of_amounts(index),
            (Type::Number, _) => Self::of_keys(columns.confidence.iter().map(|&key| Some(key))),
            (Type::Code(_), _) => {
                let column = match field {
                    Field::Status => &columns.status,
                    Field::Kind => &columns.kind,
                    _ => &columns.bound,
                };
                Self::of_keys(column.iter().map(|&key| Some(key)))
            }
            (Type::Period, _) if field == Field::Date => {
                let of = |document: &u32| columns.documents.days.get(*document as usize).copied();
                Self::of_keys(columns.document.iter().map(|document| of(document).and_then(days)))
            }
            (Type::Period, _) => Self::of_keys(columns.days.iter().map(|&key| days(key))),
            (_, Some(source)) => Self::of_names(index, field, *source),
            (_, None) => {
                let keys: Vec<show::Key<'_>> =
                    index.figures().map(|figure| show::key(figure, field)).collect();
                Self::of_keys(keys.iter().map(|key| (!key.is_none()).then_some(key)))
            }
        }
    }

    /// By a key for each figure; those without one come last.
    fn of_keys<K: Ord>(keys: impl Iterator<Item = Option<K>>) -> Self {
        let (mut with, mut without) = (Vec::new(), Vec::new());
        for (row, key) in (0..).zip(keys) {
            match key {
                Some(key) => with.push((key, row)),
                None => without.push(row),
            }
        }
        with.sort_unstable();
        let groups = with.chunk_by(|a, b| a.0 == b.0);
        Self::of_groups(groups.map(|group| group.iter().map(|(_, row)| *row)), without)
    }

    /// From the figures in order, equal ones together, and those without a value.
    fn of_groups<G: Iterator<Item = u32>>(groups: impl Iterator<Item = G>, without: Vec<u32>) -> Self {
        let mut rows = Vec::new();
        let mut place_of = Vec::new();
        for group in groups {
            let place = rows.len() as u32;
            rows.extend(group);
            place_of.resize(rows.len(), place);
        }
        let mut places = vec![LAST; rows.len() + without.len()];
        for (&row, place) in rows.iter().zip(place_of) {
            if let Some(slot) = places.get_mut(row as usize) {
                *slot = place;
            }
        }
        rows.extend(without);
        Self { places, rows }
    }

    /// By the text of a column of names: the names are sorted, not the figures.
    fn of_names(index: &Index, field: Field, source: Source) -> Self {
        let (columns, names) = (index.columns(), index.names());
        let text = |name: u32| match field {
            Field::Owners => Cow::Owned(names.text(name).replace(OWNERS_BETWEEN, "、")),
            _ => Cow::Borrowed(names.text(name)),
        };
        let mut sorted: Vec<(Cow<'_, str>, u32)> =
            (0..names.len() as u32).map(|name| (text(name), name)).collect();
        sorted.sort_unstable();
        let mut ranks = vec![None; names.len()];
        for (rank, group) in (0_u32..).zip(sorted.chunk_by(|a, b| a.0 == b.0)) {
            for (text, name) in group {
                if let Some(slot) = ranks.get_mut(*name as usize).filter(|_| !text.is_empty()) {
                    *slot = Some(rank);
                }
            }
        }
        let rank = |name: &u32| ranks.get(*name as usize).copied().flatten();
        let of = |column: &[u32], at: u32| column.get(at as usize).and_then(rank);
        match source {
            Source::Figure(column) => Self::of_keys(column(columns).iter().map(rank)),
            Source::Unit => Self::of_keys(columns.unit.iter().map(|&unit| of(&columns.units, unit))),
            Source::Document(column) => {
                let column = column(&columns.documents);
                Self::of_keys(columns.document.iter().map(|&document| of(column, document)))
            }
        }
    }

    /// By amount: near numbers first, and exactly where those cannot tell.
    fn of_amounts(index: &Index) -> Self {
        let columns = index.columns();
        let measures: Vec<(Cow<'_, str>, f64)> =
            columns.units.iter().map(|&name| show::measure(index.names().text(name))).collect();
        let mut kinds: Vec<&str> = measures.iter().map(|(kind, _)| kind.as_ref()).collect();
        kinds.sort_unstable();
        kinds.dedup();
        let ranks: Vec<(usize, f64)> = measures
            .iter()
            .map(|(kind, factor)| (kinds.binary_search(&kind.as_ref()).unwrap_or_default(), *factor))
            .collect();
        let (mut with, mut without) = (Vec::new(), Vec::new());
        let single = |row: u32| columns.low.get(row as usize) == columns.high.get(row as usize);
        for (row, (&unit, &low)) in (0_u32..).zip(columns.unit.iter().zip(&columns.low)) {
            // A range counts by the end that is written first.
            let written = || index.figure(FigureId(row))?.value().map(near);
            let value = if low.is_nan() || single(row) { Some(low) } else { written() };
            match (ranks.get(unit as usize), value.filter(|value| !value.is_nan())) {
                (Some((kind, factor)), Some(value)) => with.push((*kind, value * factor, row)),
                _ => without.push(row),
            }
        }
        with.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)).then(a.2.cmp(&b.2)));
        let close = |a: f64, b: f64| (a - b).abs() <= 1e-12 * a.abs().max(b.abs());
        let figure = |row: u32| {
            let at = row as usize;
            let written = columns.low.get(at).zip(columns.high.get(at));
            (columns.unit.get(at), written.map(|(low, high)| (low.to_bits(), high.to_bits())))
        };
        let mut groups: Vec<Vec<u32>> = Vec::new();
        for alike in with.chunk_by(|a, b| a.0 == b.0 && close(a.1, b.1)) {
            let rows: Vec<u32> = alike.iter().map(|(_, _, row)| *row).collect();
            let first = alike.first().map(|(_, _, row)| figure(*row));
            if rows.iter().all(|&row| single(row) && Some(figure(row)) == first) {
                groups.push(rows);
                continue;
            }
            let mut keyed: Vec<(show::Key<'_>, u32)> = rows
                .iter()
                .filter_map(|&row| Some((show::key(index.figure(FigureId(row))?, Field::Value), row)))
                .collect();
            keyed.sort_unstable();
            let equal = keyed.chunk_by(|a, b| a.0 == b.0);
            groups.extend(equal.map(|group| group.iter().map(|(_, row)| *row).collect()));
        }
        Self::of_groups(groups.into_iter().map(Vec::into_iter), without)
    }

    /// Sorts a figure among others: those without a value come last in either direction.
    fn key(&self, row: u32, descending: bool) -> u32 {
        match self.places.get(row as usize) {
            Some(&place) if place != LAST => {
                if descending {
                    LAST - 1 - place
                } else {
                    place
                }
            }
            _ => LAST,
        }
    }

    fn rows_of(&self, set: &Bits, descending: bool, most: usize) -> Vec<u32> {
        // A small set is sorted; a large one is read off the order of all.
        if set.count() < set.length() / 16 {
            let mut rows: Vec<u32> = set.iter().map(|row| row as u32).collect();
            rows.sort_by_key(|&row| self.key(row, descending));
            return rows;
        }
        let wanted = |row: &&u32| set.has(**row as usize);
        let lacking = |row: &u32| self.places.get(*row as usize) == Some(&LAST);
        let split = self.rows.partition_point(|row| !lacking(row));
        let (with, without) = self.rows.split_at(split);
        let mut rows = Vec::with_capacity(most.min(set.length()));
        if descending {
            let place = |row: &u32| self.places.get(*row as usize);
            for group in with.chunk_by(|a, b| place(a) == place(b)).rev() {
                rows.extend(group.iter().filter(wanted));
                if rows.len() >= most {
                    return rows;
                }
            }
        } else {
            rows.extend(with.iter().filter(wanted).take(most));
        }
        rows.extend(without.iter().filter(wanted));
        rows
    }
}
