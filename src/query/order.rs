//! Figures in the order a reader asks for.
//!
//! `排序:-数值` → the largest first, those without a value last, equal ones in document order

use std::borrow::Cow;
use std::collections::HashMap;
use std::num::NonZero;
use std::sync::atomic::{AtomicBool, Ordering as Memory};

use super::field::{Field, Type};
use super::rules;
use super::show;
use super::source::{Source, sources};
use crate::index::bits::Bits;
use crate::index::columns::{OWNERS_BETWEEN, near};
use crate::index::time::Days;
use crate::index::{FigureId, Index};
use crate::model::Lang;

/// The place of figures that lack the field.
const LAST: u32 = u32::MAX;

/// Most orders by several fields that are kept.
const KEPT: usize = 4;

/// The orders asked for so far, kept for the next time: a query that narrows reads its figures off them.
#[derive(Debug, Default)]
pub(super) struct Orders {
    fields: HashMap<Field, Order>,
    /// By several fields, each with whether it descends.
    joined: Vec<(Vec<(Field, bool)>, Order)>,
}

/// All figures in one order.
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
        if stop.load(Memory::Relaxed) {
            return None;
        }
        let mut rows = match by {
            [(field, descending)] => self.fields.get(field)?.rows_of(set, *descending, most),
            _ => self.joined(by, index.len())?.rows_of(set, false, most),
        };
        rows.truncate(most);
        Some(rows.into_iter().map(FigureId).collect())
    }

    /// The order by several fields.
    fn joined(&mut self, by: &[(Field, bool)], len: usize) -> Option<&Order> {
        if let Some(at) = self.joined.iter().position(|(known, _)| known == by) {
            // The latest used are the last to be forgotten.
            let known = self.joined.remove(at);
            self.joined.push(known);
        } else {
            let mut by_fields = by.iter().filter_map(|(field, down)| Some((self.fields.get(field)?, *down)));
            let (first, down) = by_fields.next()?;
            let mut places: Vec<u32> = (0..len as u32).map(|row| first.key(row, down)).collect();
            let mut order = None;
            for (next, down) in by_fields {
                let keys = (0..)
                    .zip(&places)
                    .map(|(row, place)| Some(u64::from(*place) << 32 | u64::from(next.key(row, down))));
                let joined = Order::of_keys(keys);
                places.clone_from(&joined.places);
                order = Some(joined);
            }
            if self.joined.len() >= KEPT {
                self.joined.remove(0);
            }
            self.joined.push((by.to_vec(), order?));
        }
        self.joined.last().map(|(_, order)| order)
    }
}

/// Sorts keys, large numbers of them with all processors.
fn sort<K: Ord + Send>(keys: &mut [K]) {
    let threads = std::thread::available_parallelism().map_or(1, NonZero::get);
    sort_with(keys, threads);
}

fn sort_with<K: Ord + Send>(keys: &mut [K], threads: usize) {
    if threads < 2 || keys.len() < 1 << 15 {
        return keys.sort_unstable();
    }
    let (low, _, high) = keys.select_nth_unstable(keys.len() / 2);
    std::thread::scope(|scope| {
        scope.spawn(|| sort_with(low, threads / 2));
        sort_with(high, threads.div_ceil(2));
    });
}

/// What amounts in a unit are sorted by.
struct Unit {
    /// What it measures, by rank.
    kind: u16,
    /// How many base units it is, and the rank of that number.
    factor: f64,
    scale: u16,
}

/// Marks the key of a range of amounts.
const RANGE: u128 = 1 << 32;

impl Unit {
    /// Kind, number, scale, whether it is a range, row: one number, so that a million are sorted quickly.
    fn key(&self, value: f64, range: bool, row: u32) -> u128 {
        u128::from(self.kind) << 112
            | u128::from(ordered(value * self.factor)) << 48
            | u128::from(self.scale) << 33
            | if range { RANGE } else { 0 }
            | u128::from(row)
    }
}

/// Whether two keys next to each other differ by less than near numbers tell.
fn near_each_other(a: u128, b: u128) -> bool {
    let value = |key: u128| unordered((key >> 48) as u64);
    let close = |a: f64, b: f64| (a - b).abs() <= 1e-12 * a.abs().max(b.abs());
    a >> 48 == b >> 48 || a >> 112 == b >> 112 && close(value(a), value(b))
}

/// Each value once, rising.
fn distinct<T: Ord>(values: impl Iterator<Item = T>) -> Vec<T> {
    let mut values: Vec<T> = values.collect();
    values.sort_unstable();
    values.dedup();
    values
}

/// A floating-point number as one that sorts the same way.
fn ordered(value: f64) -> u64 {
    let bits = value.to_bits();
    if bits >> 63 == 1 { !bits } else { bits | 1 << 63 }
}

/// The floating-point number again.
fn unordered(bits: u64) -> f64 {
    f64::from_bits(if bits >> 63 == 1 { bits & !(1 << 63) } else { !bits })
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
    fn of_keys<K: Ord + Send>(keys: impl Iterator<Item = Option<K>>) -> Self {
        let (mut with, mut without) = (Vec::with_capacity(keys.size_hint().0), Vec::new());
        for (row, key) in (0..).zip(keys) {
            match key {
                Some(key) => with.push((key, row)),
                None => without.push(row),
            }
        }
        sort(&mut with);
        let mut order = Self::empty(with.len() + without.len());
        for group in with.chunk_by(|a, b| a.0 == b.0) {
            order.push(group.iter().map(|(_, row)| *row));
        }
        order.rows.extend(without);
        order
    }

    /// Of so many figures, none of which has its place yet.
    fn empty(len: usize) -> Self {
        Self { places: vec![LAST; len], rows: Vec::with_capacity(len) }
    }

    /// Puts figures of equal value after those before.
    fn push(&mut self, group: impl Iterator<Item = u32>) {
        let place = self.rows.len() as u32;
        for row in group {
            if let Some(slot) = self.places.get_mut(row as usize) {
                *slot = place;
            }
            self.rows.push(row);
        }
    }

    /// By the text of a column of names: the names are sorted, not the figures.
    fn of_names(index: &Index, field: Field, source: Source) -> Self {
        let (columns, names) = (index.columns(), index.names());
        let text = |name: u32| match field {
            Field::Owners => Cow::Owned(names.text(name).replace(OWNERS_BETWEEN, "、")),
            Field::Trace => rules::trace(names.text(name), Lang::Zh),
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
            Source::Figure(column) => Self::of_keys(column.names(columns).iter().map(rank)),
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
        let kinds = distinct(measures.iter().map(|(kind, _)| kind.as_ref()));
        let factors = distinct(measures.iter().map(|(_, factor)| ordered(*factor)));
        let units: Vec<Unit> = measures
            .iter()
            .map(|(kind, factor)| Unit {
                // There are far fewer of both than a key has room for.
                kind: kinds.binary_search(&kind.as_ref()).unwrap_or_default() as u16,
                factor: *factor,
                scale: factors.binary_search(&ordered(*factor)).unwrap_or_default() as u16,
            })
            .collect();
        let (mut with, mut without) = (Vec::with_capacity(columns.unit.len()), Vec::new());
        let ends = columns.low.iter().zip(columns.high.iter());
        for (row, (&unit, (&low, &high))) in (0_u32..).zip(columns.unit.iter().zip(ends)) {
            // A range counts by the end that is written first.
            let range = low.to_bits() != high.to_bits();
            let written = || index.figure(FigureId(row))?.value().map(near);
            let value = if low.is_nan() || !range { Some(low) } else { written() };
            match (units.get(unit as usize), value.filter(|value| !value.is_nan())) {
                (Some(unit), Some(value)) => with.push(unit.key(value, range, row)),
                _ => without.push(row),
            }
        }
        sort(&mut with);
        let mut order = Self::empty(with.len() + without.len());
        for alike in with.chunk_by(|a, b| near_each_other(*a, *b)) {
            let rows = alike.iter().map(|key| *key as u32);
            // One number in units of one scale, no ranges: nothing is left to tell apart.
            let same =
                |key: &u128| alike.first().is_some_and(|first| key >> 32 == first >> 32 && key & RANGE == 0);
            if alike.len() == 1 || alike.iter().all(same) {
                order.push(rows);
                continue;
            }
            let mut keyed: Vec<(show::Key<'_>, u32)> = rows
                .filter_map(|row| Some((show::key(index.figure(FigureId(row))?, Field::Value), row)))
                .collect();
            keyed.sort_unstable();
            for equal in keyed.chunk_by(|a, b| a.0 == b.0) {
                order.push(equal.iter().map(|(_, row)| *row));
            }
        }
        order.rows.extend(without);
        order
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_keys_are_sorted_as_few_are() {
        let scrambled = |n: u64| n.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40;
        let mut keys: Vec<(u64, u64)> = (0..100_000).map(|n| (scrambled(n) % 5_000, n)).collect();
        let mut expected = keys.clone();
        expected.sort_unstable();
        sort_with(&mut keys, 4);
        assert_eq!(keys, expected);
    }

    #[test]
    fn numbers_sort_as_their_bits() {
        let numbers = [f64::NEG_INFINITY, -2.5, -1e-300, 0.0, 1e-9, 210.0, 4.36e10, f64::INFINITY];
        assert!(numbers.map(ordered).is_sorted());
        assert!(numbers.iter().all(|number| unordered(ordered(*number)).to_bits() == number.to_bits()));
    }
}
