//! Values that the columns do not hold: those with an upper end, and those of very many digits.

use super::column::Column;
use crate::model::Decimal;

/// A value and its upper end.
pub(super) type Values = (Option<Decimal>, Option<Decimal>);

/// Values by row.
#[derive(Clone, Debug, Default)]
pub(super) struct Apart {
    /// Rising.
    pub(super) rows: Column<u32>,
    /// [`PACKED`] bytes for each row.
    pub(super) values: Column<u8>,
}

/// Bytes of a value and its upper end.
const PACKED: usize = 34;

impl Apart {
    /// Adds the values of a row behind all others.
    pub(super) fn push(&mut self, row: u32, (low, high): Values) {
        let one = |value: Option<Decimal>| {
            let bytes = value.unwrap_or_default().serialize();
            [u8::from(value.is_some())].into_iter().chain(bytes)
        };
        self.rows.push(row);
        self.values.extend(one(low).chain(one(high)));
    }

    /// Moves the values of another part behind one's own, their rows moved on by `by`.
    pub(super) fn append(&mut self, mut other: Self, by: u32) {
        self.rows.extend(other.rows.iter().map(|row| row + by));
        self.values.append(&mut other.values);
    }

    /// The values of a row; none if they do not stand here.
    pub(super) fn get(&self, row: u32) -> Values {
        let one = |bytes: &[u8]| match bytes.split_first() {
            Some((1, bytes)) => bytes.try_into().ok().map(Decimal::deserialize),
            _ => None,
        };
        let found = self.rows.binary_search(&row).ok();
        let bytes = found.and_then(|at| (*self.values).get(at * PACKED..(at + 1) * PACKED));
        let (low, high) = bytes.and_then(|bytes| bytes.split_at_checked(PACKED / 2)).unwrap_or_default();
        (one(low), one(high))
    }
}
