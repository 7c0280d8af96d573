//! A set of words, each with a value, found at the start or at the end of a text.
//!
//! `{以上: ge, 以上不含: gt}` at the start of `以上的企业` → 以上. Looking up goes to the words with the
//! text's first (or last) character, not over all words.

use super::chars::ByChar;

/// Which end of the words is looked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// Words at the start of a text.
    Head,
    /// Words at the end of a text.
    Tail,
}

/// Words indexed by their first or last character, longest first.
#[derive(Debug)]
pub struct Words<T> {
    end: End,
    entries: Vec<(&'static str, T)>,
    /// First or last character → where its words stand in `entries`.
    index: ByChar<(usize, usize)>,
}

impl<T> Words<T> {
    /// An index over words; empty words are left out.
    pub fn new(end: End, words: impl IntoIterator<Item = (&'static str, T)>) -> Self {
        let key = |word: &str| match end {
            End::Head => word.chars().next(),
            End::Tail => word.chars().next_back(),
        };
        let mut entries: Vec<_> = words.into_iter().filter(|(word, _)| !word.is_empty()).collect();
        entries.sort_by(|(a, _), (b, _)| key(a).cmp(&key(b)).then(b.len().cmp(&a.len())).then(a.cmp(b)));
        let mut index: ByChar<(usize, usize)> = ByChar::default();
        for (n, (word, _)) in entries.iter().enumerate() {
            if let Some(c) = key(word) {
                index.entry(c).or_insert((n, n)).1 = n + 1;
            }
        }
        Self { end, entries, index }
    }

    /// All words with their values.
    pub fn entries(&self) -> &[(&'static str, T)] {
        &self.entries
    }

    /// The words that stand at this set's end of `text`, longest first.
    pub fn all<'a, 't>(
        &'a self,
        text: &'t str,
    ) -> impl Iterator<Item = (&'static str, &'a T)> + use<'a, 't, T> {
        let c = match self.end {
            End::Head => text.chars().next(),
            End::Tail => text.chars().next_back(),
        };
        let (from, to) = c.and_then(|c| self.index.get(&c)).copied().unwrap_or_default();
        let end = self.end;
        self.entries.get(from..to).unwrap_or(&[]).iter().filter_map(move |(word, value)| {
            let stands = match end {
                End::Head => text.starts_with(word),
                End::Tail => text.ends_with(word),
            };
            stands.then_some((*word, value))
        })
    }

    /// The longest word at this set's end of `text`.
    pub fn longest<'a>(&'a self, text: &str) -> Option<(&'static str, &'a T)> {
        self.all(text).next()
    }

    /// Whether any of the words stands anywhere in `text` (for sets of [`End::Head`]).
    pub fn within<'a>(&'a self, text: &str) -> Option<(&'static str, &'a T)> {
        text.char_indices().find_map(|(at, _)| self.longest(text.get(at..)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_word_wins_at_either_end() {
        let heads = Words::new(End::Head, [("以上", 1), ("以上不含", 2), ("以下", 3), ("", 4)]);
        assert_eq!(heads.longest("以上的企业"), Some(("以上", &1)));
        assert_eq!(heads.longest("以上不含本数"), Some(("以上不含", &2)));
        assert_eq!(heads.longest("左右"), None);
        assert_eq!(heads.longest(""), None);
        assert_eq!(heads.within("一千家以下").map(|(word, _)| word), Some("以下"));
        let tails = Words::new(End::Tail, [("约", 1), ("节约", 2)]);
        assert_eq!(tails.all("每年节约").map(|(_, n)| *n).collect::<Vec<_>>(), [2, 1]);
    }
}
