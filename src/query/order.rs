//! Figures in the order a reader asks for.
//!
//! `排序:-数值` → the largest first, those without a value last, equal ones in document order

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering as Memory};

use super::field::Field;
use super::show;
use crate::index::bits::Bits;
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
        let mut rows: Vec<u32> = (0..index.len() as u32).collect();
        let keys: Vec<show::Key<'_>> = index.figures().map(|figure| show::key(figure, field)).collect();
        let key = |row: u32| keys.get(row as usize);
        rows.sort_by(|&a, &b| key(a).cmp(&key(b)));
        let mut places = vec![LAST; rows.len()];
        let mut place = 0;
        for (n, &row) in rows.iter().enumerate() {
            let before = n.checked_sub(1).and_then(|n| rows.get(n)).and_then(|&row| key(row));
            if before.is_some_and(|before| Some(before) != key(row)) {
                place = n as u32;
            }
            if let Some(slot) = places.get_mut(row as usize) {
                *slot = if key(row).is_some_and(show::Key::is_none) { LAST } else { place };
            }
        }
        Self { places, rows }
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
