//! Things that are made when they are first asked for, by number, and kept.

use std::sync::OnceLock;

/// Slots in one block: only blocks that were looked into take room.
const TOGETHER: usize = 256;

#[derive(Clone, Debug)]
pub(super) struct Slots<T>(Vec<OnceLock<Box<[OnceLock<T>]>>>);

impl<T> Slots<T> {
    pub(super) fn new(count: usize) -> Self {
        Self((0..count.div_ceil(TOGETHER)).map(|_| OnceLock::new()).collect())
    }

    /// The thing of a number, made if it is not there yet; `None` past the last.
    pub(super) fn get_or_init(&self, number: usize, make: impl FnOnce() -> T) -> Option<&T> {
        let empty = || (0..TOGETHER).map(|_| OnceLock::new()).collect();
        let block = self.0.get(number / TOGETHER)?.get_or_init(empty);
        Some(block.get(number % TOGETHER)?.get_or_init(make))
    }
}
