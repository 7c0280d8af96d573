//! The periods among the names.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::column::Column;
use crate::model::Period;

/// Periods by the numbers of their names; those in a cache are read when one is first asked for.
#[derive(Clone, Debug, Default)]
pub(super) struct Periods {
    known: OnceLock<HashMap<u32, Period>>,
    names: Column<u32>,
    /// Their texts, one a line, in the order of the names.
    lines: Column<u8>,
}

impl Periods {
    pub(super) fn new(known: HashMap<u32, Period>) -> Self {
        Self { known: OnceLock::from(known), ..Self::default() }
    }

    pub(super) fn stored(names: Column<u32>, lines: Column<u8>) -> Self {
        Self { known: OnceLock::new(), names, lines }
    }

    pub(super) fn get(&self, name: u32) -> Option<&Period> {
        let read = || {
            let lines = std::str::from_utf8(&self.lines).unwrap_or_default().lines();
            let named = self.names.iter().zip(lines);
            named.filter_map(|(name, text)| Some((*name, Period::parse(text)?))).collect()
        };
        self.known.get_or_init(read).get(&name)
    }

    /// Every period by its name, rising.
    pub(super) fn sorted(&self) -> Vec<(u32, &Period)> {
        self.get(0);
        let mut sorted: Vec<(u32, &Period)> =
            self.known.get().into_iter().flatten().map(|(name, period)| (*name, period)).collect();
        sorted.sort_unstable_by_key(|(name, _)| *name);
        sorted
    }
}
