//! Numbers that look like chance and are the same every time (`SplitMix64`).

#[derive(Debug)]
pub(super) struct Random(u64);

impl Random {
    /// The numbers of one document: they do not depend on those of another.
    pub(super) fn new(seed: u64, document: u64) -> Self {
        let mut random = Self(seed);
        Self(random.next() ^ document.wrapping_mul(0xd134_2543_de82_ef95))
    }

    /// The numbers of something with a name: they do not depend on where it is named.
    pub(super) fn named(seed: u64, name: &[&str]) -> Self {
        // FNV-1a, with a mark between the parts.
        let bytes = name.iter().flat_map(|part| part.bytes().chain([0]));
        let hash = bytes.fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        Self::new(seed, hash)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// From `from` up to, not including, `to`.
    pub(super) fn between(&mut self, from: i64, to: i64) -> i64 {
        let width = to.abs_diff(from).max(1);
        from + (self.next() % width) as i64
    }

    /// Below `count`, small numbers more often than large ones.
    pub(super) fn skewed(&mut self, count: usize) -> usize {
        // 32 bits of a share of one, squared.
        let share = u128::from(self.next() >> 32);
        ((share * share * count as u128) >> 64) as usize
    }

    pub(super) fn once_in(&mut self, times: i64) -> bool {
        self.between(0, times) == 0
    }

    /// One of a list that is not empty.
    pub(super) fn pick<'l, T>(&mut self, list: &'l [T]) -> &'l T {
        &list[(self.next() % list.len() as u64) as usize]
    }
}
