//! Sets of small numbers, one bit each.

/// A set of the numbers below its length.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bits {
    words: Vec<u64>,
    length: usize,
}

impl Bits {
    /// No number below `length`.
    pub fn none(length: usize) -> Self {
        Self { words: vec![0; length.div_ceil(64)], length }
    }

    /// Every number below `length`.
    pub fn all(length: usize) -> Self {
        let mut bits = Self { words: vec![u64::MAX; length.div_ceil(64)], length };
        bits.trim();
        bits
    }

    /// The numbers below `length` for which `holds`.
    pub fn of(length: usize, mut holds: impl FnMut(usize) -> bool) -> Self {
        let word = |n: usize| {
            let numbers = n * 64..(n * 64 + 64).min(length);
            numbers.enumerate().fold(0, |word, (bit, number)| word | u64::from(holds(number)) << bit)
        };
        Self { words: (0..length.div_ceil(64)).map(word).collect(), length }
    }

    /// The same, by all processors if the numbers are many.
    pub fn shared(length: usize, holds: impl Fn(usize) -> bool + Sync) -> Self {
        /// Numbers worth a thread of their own.
        const SHARE: usize = 1 << 17;
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let share = length.div_ceil(cores).max(SHARE).next_multiple_of(64);
        let holds = &holds;
        let part = |from: usize| Self::of(share.min(length - from), |number| holds(from + number)).words;
        let words = std::thread::scope(|scope| {
            let others: Vec<_> =
                (share..length).step_by(share).map(|from| scope.spawn(move || part(from))).collect();
            let mut words = part(0);
            for other in others {
                words.append(&mut other.join().unwrap_or_default());
            }
            words
        });
        Self { words, length }
    }

    /// From one word for every 64 numbers, the lowest bit first.
    pub fn from_words(mut words: Vec<u64>, length: usize) -> Self {
        words.resize(length.div_ceil(64), 0);
        let mut bits = Self { words, length };
        bits.trim();
        bits
    }

    /// Clears what lies past the length.
    fn trim(&mut self) {
        let over = self.length % 64;
        if over != 0
            && let Some(last) = self.words.last_mut()
        {
            *last &= (1 << over) - 1;
        }
    }

    /// One past the largest number the set can hold.
    pub fn length(&self) -> usize {
        self.length
    }

    #[inline]
    pub fn has(&self, number: usize) -> bool {
        self.words.get(number / 64).is_some_and(|word| word >> (number % 64) & 1 == 1)
    }

    #[inline]
    pub fn add(&mut self, number: usize) {
        if let Some(word) = self.words.get_mut(number / 64) {
            *word |= 1 << (number % 64);
        }
    }

    /// Adds the numbers from `from` up to `to`.
    pub fn add_range(&mut self, from: usize, to: usize) {
        for number in from..to.min(self.length) {
            self.add(number);
        }
    }

    pub fn count(&self) -> usize {
        self.words.iter().map(|word| word.count_ones() as usize).sum()
    }

    pub fn is_none(&self) -> bool {
        self.words.iter().all(|word| *word == 0)
    }

    pub fn and(&mut self, other: &Self) {
        self.words.iter_mut().zip(&other.words).for_each(|(a, b)| *a &= b);
    }

    pub fn or(&mut self, other: &Self) {
        self.words.iter_mut().zip(&other.words).for_each(|(a, b)| *a |= b);
    }

    pub fn not(&mut self) {
        self.words.iter_mut().for_each(|word| *word = !*word);
        self.trim();
    }

    /// The numbers in the set, rising.
    pub fn iter(&self) -> impl Iterator<Item = usize> {
        self.words.iter().enumerate().flat_map(|(n, &word)| {
            let some = |rest: u64| (rest != 0).then_some(rest);
            let rest = std::iter::successors(some(word), move |rest| some(rest & (rest - 1)));
            rest.map(move |rest| n * 64 + rest.trailing_zeros() as usize)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_of_numbers() {
        let mut thirds = Bits::of(130, |n| n % 3 == 0);
        assert_eq!((thirds.count(), thirds.has(129), thirds.has(128)), (44, true, false));
        let many = 1_000_001;
        assert_eq!(Bits::shared(many, |n| n % 3 == 0), Bits::of(many, |n| n % 3 == 0));
        assert_eq!(thirds.iter().take(3).collect::<Vec<_>>(), [0, 3, 6]);
        thirds.not();
        assert_eq!((thirds.count(), thirds.has(129), thirds.has(130)), (86, false, false));
        let mut all = Bits::all(130);
        assert_eq!(all.count(), 130);
        all.and(&thirds);
        assert_eq!(all, thirds);
        let mut some = Bits::none(130);
        some.add_range(60, 70);
        some.add(500);
        assert_eq!(some.iter().collect::<Vec<_>>(), (60..70).collect::<Vec<_>>());
        some.or(&thirds);
        assert!(some.has(60) && some.has(61) && some.has(1) && !Bits::all(130).is_none());
    }
}
