//! Figures in the order a reader asks for.
//!
//! `排序:-数值` → the largest first, those without a value last, equal ones in document order

use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::Hash;
use std::num::NonZero;
use std::sync::atomic::{AtomicBool, Ordering as Memory};

use super::field::{Field, Type};
use super::rules;
use super::show;
use super::source::{Source, sources};
use crate::index::bits::Bits;
use crate::index::columns::{OWNERS_BETWEEN, near};
use crate::index::quick::QuickMap;
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

/// Figures by position in one order.
#[derive(Clone, Debug)]
struct Order {
    /// The place of each figure; equal values have equal places.
    places: Vec<u32>,
    /// The figures by place, those of equal place in document order.
    rows: Vec<u32>,
}

/// Figures by position: all of an index, or some of them.
#[derive(Clone, Copy)]
enum Rows<'r> {
    All(usize),
    Some(&'r [u32]),
}

impl Rows<'_> {
    fn len(self) -> usize {
        match self {
            Self::All(len) => len,
            Self::Some(rows) => rows.len(),
        }
    }

    fn at(self, position: u32) -> u32 {
        match self {
            Self::All(_) => position,
            Self::Some(rows) => rows.get(position as usize).copied().unwrap_or(LAST),
        }
    }

    fn iter(self) -> impl Iterator<Item = u32> {
        (0..self.len() as u32).map(move |position| self.at(position))
    }

    /// Their entries in a column.
    fn of<T: Copy>(self, column: &[T]) -> impl Iterator<Item = Option<T>> {
        self.iter().map(|row| column.get(row as usize).copied())
    }
}

/// The first `most` of some figures, ordered by the fields, the first one first: nothing is kept for the next time.
pub(super) fn sorted(
    index: &Index,
    rows: &[u32],
    by: &[(Field, bool)],
    most: usize,
    stop: &AtomicBool,
) -> Option<Vec<FigureId>> {
    let all = Bits::all(rows.len());
    let sorted = Orders::default().positions(index, Rows::Some(rows), &all, by, most, stop)?;
    Some(sorted.into_iter().map(|position| FigureId(Rows::Some(rows).at(position))).collect())
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
        let rows = self.positions(index, Rows::All(index.len()), set, by, most, stop)?;
        Some(rows.into_iter().map(FigureId).collect())
    }

    /// The same by position.
    fn positions(
        &mut self,
        index: &Index,
        of: Rows<'_>,
        set: &Bits,
        by: &[(Field, bool)],
        most: usize,
        stop: &AtomicBool,
    ) -> Option<Vec<u32>> {
        for (field, _) in by {
            if stop.load(Memory::Relaxed) {
                return None;
            }
            self.fields.entry(*field).or_insert_with(|| Order::new(index, *field, of));
        }
        if stop.load(Memory::Relaxed) {
            return None;
        }
        let mut rows = match by {
            [(field, descending)] => self.fields.get(field)?.rows_of(set, *descending, most),
            _ => self.joined(by, of.len())?.rows_of(set, false, most),
        };
        rows.truncate(most);
        Some(rows)
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
            let mut order = Cow::Borrowed(first);
            let mut down = down;
            for (next, next_down) in by_fields {
                order = Cow::Owned(Order::joined((&order, down), (next, next_down), len));
                down = false;
            }
            if self.joined.len() >= KEPT {
                self.joined.remove(0);
            }
            self.joined.push((by.to_vec(), order.into_owned()));
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

/// Rows by their keys below `count`, those without one last; rows of one key stay in their order.
fn counted(rows: impl Iterator<Item = u32> + Clone, keys: &[u32], count: usize) -> Vec<u32> {
    let key = |row: u32| keys.get(row as usize).map_or(count, |&key| (key as usize).min(count));
    let mut starts = vec![0_u32; count + 2];
    for &key in keys {
        if let Some(size) = starts.get_mut((key as usize).min(count) + 1) {
            *size += 1;
        }
    }
    let mut sum = 0;
    for start in &mut starts {
        sum += *start;
        *start = sum;
    }
    let mut sorted = vec![0; keys.len()];
    for row in rows {
        if let Some(at) = starts.get_mut(key(row))
            && let Some(slot) = sorted.get_mut(*at as usize)
        {
            *slot = row;
            *at += 1;
        }
    }
    sorted
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
    fn new(index: &Index, field: Field, rows: Rows<'_>) -> Self {
        let columns = index.columns();
        let days = |(from, to): Days| (from <= to).then_some((to, from));
        match (field.row().kind, sources(field).first()) {
            (Type::Amount, _) => Self::of_amounts(index, rows),
            (Type::Number, _) => Self::of_keys(rows.of(&columns.confidence)),
            (Type::Code(_), _) => {
                let column = match field {
                    Field::Status => &columns.status,
                    Field::Kind => &columns.kind,
                    _ => &columns.bound,
                };
                Self::of_ranks(rows.of(column).map(|code| code.map(u32::from)), 1 << u8::BITS)
            }
            (Type::Period, _) if field == Field::Date => {
                let of = |document: u32| columns.documents.days.get(document as usize).copied();
                Self::of_few(rows.of(&columns.document).map(|document| days(of(document?)?)))
            }
            (Type::Period, _) => Self::of_few(rows.of(&columns.days).map(|key| days(key?))),
            (_, Some(source)) => Self::of_names(index, field, *source, rows),
            (_, None) => {
                let key = |row| index.figure(FigureId(row)).map_or(show::Key::None, |f| show::key(f, field));
                let keys: Vec<show::Key<'_>> = rows.iter().map(key).collect();
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

    /// The same by keys of which there are far fewer than figures.
    fn of_few<K: Ord + Copy + Hash>(keys: impl Iterator<Item = Option<K>>) -> Self {
        let mut numbers: QuickMap<K, u32> = QuickMap::default();
        let mut of = Vec::with_capacity(keys.size_hint().0);
        for key in keys {
            let next = numbers.len() as u32;
            of.push(key.map(|key| *numbers.entry(key).or_insert(next)));
        }
        let mut sorted: Vec<(K, u32)> = numbers.into_iter().collect();
        sorted.sort_unstable();
        let mut ranks = vec![0; sorted.len()];
        for (rank, (_, number)) in (0..).zip(&sorted) {
            if let Some(slot) = ranks.get_mut(*number as usize) {
                *slot = rank;
            }
        }
        let rank = |number: Option<u32>| ranks.get(number? as usize).copied();
        Self::of_ranks(of.into_iter().map(rank), sorted.len())
    }

    /// The same by ranks below `count`: counted, not sorted.
    fn of_ranks(ranks: impl Iterator<Item = Option<u32>>, count: usize) -> Self {
        let ranks: Vec<u32> = ranks.map(|rank| rank.unwrap_or(LAST)).collect();
        let rows = counted(0..ranks.len() as u32, &ranks, count);
        let rank = |row: u32| ranks.get(row as usize).copied().unwrap_or(LAST);
        Self::of_groups(rows, |a, b| rank(a) == rank(b), |row| rank(row) == LAST)
    }

    /// By one order, and those that are equal there by another.
    fn joined((first, down): (&Self, bool), (then, then_down): (&Self, bool), len: usize) -> Self {
        let keys: Vec<u32> = (0..len as u32).map(|row| first.key(row, down)).collect();
        let least = keys.iter().copied().min().filter(|_| down).unwrap_or_default();
        let keys: Vec<u32> =
            keys.into_iter().map(|key| if key == LAST { key } else { key - least }).collect();
        let rows = counted(then.rows_of(&Bits::all(len), then_down, len).into_iter(), &keys, len);
        let key = |row: u32| (keys.get(row as usize), then.key(row, then_down));
        // Nothing comes last of all: every figure has its place among those that lack one field.
        Self::of_groups(rows, |a, b| key(a) == key(b), |_| false)
    }

    /// Of rows in their order: neighbours that are the same share a place, those that lack the field have none.
    fn of_groups(rows: Vec<u32>, same: impl Fn(u32, u32) -> bool, lacks: impl Fn(u32) -> bool) -> Self {
        let mut places = vec![LAST; rows.len()];
        let (mut before, mut place) = (None, 0);
        for (at, &row) in (0_u32..).zip(&rows) {
            if before.is_none_or(|before| !same(before, row)) {
                place = at;
            }
            before = Some(row);
            if let Some(slot) = places.get_mut(row as usize).filter(|_| !lacks(row)) {
                *slot = place;
            }
        }
        Self { places, rows }
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
    fn of_names(index: &Index, field: Field, source: Source, rows: Rows<'_>) -> Self {
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
        let rank = |name: u32| ranks.get(name as usize).copied().flatten();
        let of = |column: &[u32], at: u32| column.get(at as usize).copied().and_then(rank);
        match source {
            Source::Figure(column) => {
                Self::of_ranks(rows.of(column.names(columns)).map(|name| rank(name?)), names.len())
            }
            Source::Unit => {
                let units: &[u32] = &columns.units;
                Self::of_ranks(rows.of(&columns.unit).map(|unit| of(units, unit?)), names.len())
            }
            Source::Document(column) => {
                let column: &[u32] = column(&columns.documents);
                Self::of_ranks(rows.of(&columns.document).map(|document| of(column, document?)), names.len())
            }
        }
    }

    /// By amount: near numbers first, and exactly where those cannot tell.
    fn of_amounts(index: &Index, rows: Rows<'_>) -> Self {
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
        let (mut with, mut without) = (Vec::with_capacity(rows.len()), Vec::new());
        let ends = rows.of(&columns.low).zip(rows.of(&columns.high));
        for (position, (unit, ends)) in (0_u32..).zip(rows.of(&columns.unit).zip(ends)) {
            let (Some(unit), (Some(low), Some(high))) = (unit, ends) else { continue };
            // A range counts by the end that is written first.
            let range = low.to_bits() != high.to_bits();
            let written = || index.figure(FigureId(rows.at(position)))?.value().map(near);
            let value = if low.is_nan() || !range { Some(low) } else { written() };
            match (units.get(unit as usize), value.filter(|value| !value.is_nan())) {
                (Some(unit), Some(value)) => with.push(unit.key(value, range, position)),
                _ => without.push(position),
            }
        }
        sort(&mut with);
        let mut order = Self::empty(with.len() + without.len());
        for alike in with.chunk_by(|a, b| near_each_other(*a, *b)) {
            let positions = alike.iter().map(|key| *key as u32);
            // One number in units of one scale, no ranges: nothing is left to tell apart.
            let same =
                |key: &u128| alike.first().is_some_and(|first| key >> 32 == first >> 32 && key & RANGE == 0);
            if alike.len() == 1 || alike.iter().all(same) {
                order.push(positions);
                continue;
            }
            let key = |at: u32| Some((show::key(index.figure(FigureId(rows.at(at)))?, Field::Value), at));
            let mut keyed: Vec<(show::Key<'_>, u32)> = positions.filter_map(key).collect();
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
