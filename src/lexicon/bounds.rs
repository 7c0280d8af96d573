//! The words around a number that say how it bounds the true one, read from `data/lexicon/bounds.txt`.
//!
//! `不超过` before the number → at most; `以上` after the unit → at least; `节约` → nothing, though it ends in 约.

use std::sync::LazyLock;

use super::table::{field, rows};
use super::words::{End, Words};
use crate::model::Bound;

const BOUNDS: &str = include_str!("../../data/lexicon/bounds.txt");

/// Where a bound word stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Right before the number.
    Before,
    /// Right before a number that opens with a magnitude.
    Bare,
    /// Before the number, words of [`Place::Gap`] between.
    Far,
    /// Anywhere before the number in its clause.
    Clause,
    /// Right after the unit.
    After,
    /// Between a bound and its number.
    Gap,
}

/// A bound word.
#[derive(Clone, Debug)]
pub struct BoundWord {
    pub place: Place,
    /// `None` for a word that only looks like a bound.
    pub bound: Option<Bound>,
    /// What makes another word of it.
    exceptions: Vec<&'static str>,
}

/// The sets of bound words.
#[derive(Debug)]
struct Bounds {
    before: Words<BoundWord>,
    bare: Words<BoundWord>,
    far: Words<BoundWord>,
    clause: Words<BoundWord>,
    gap: Words<BoundWord>,
    after: Words<BoundWord>,
}

static TABLE: LazyLock<Bounds> = LazyLock::new(|| {
    let all: Vec<_> = rows(BOUNDS).filter_map(|row| read(&row)).collect();
    let set = |place: Place, end: End| {
        let chosen = all.iter().filter(|(_, entry)| entry.place == place);
        Words::new(end, chosen.map(|(word, entry)| (*word, entry.clone())))
    };
    Bounds {
        before: set(Place::Before, End::Tail),
        bare: set(Place::Bare, End::Tail),
        far: set(Place::Far, End::Tail),
        clause: set(Place::Clause, End::Head),
        gap: set(Place::Gap, End::Tail),
        after: set(Place::After, End::Head),
    }
});

fn read(row: &[&'static str]) -> Option<(&'static str, BoundWord)> {
    let place = match field(row, 1) {
        "before" => Place::Before,
        "bare" => Place::Bare,
        "far" => Place::Far,
        "clause" => Place::Clause,
        "gap" => Place::Gap,
        "after" => Place::After,
        _ => return None,
    };
    let bound = match field(row, 2) {
        "none" | "" => None,
        code => Some(Bound::parse(code)?),
    };
    let exceptions = match place {
        Place::After => field(row, 3).split('|').filter(|word| !word.is_empty()).collect(),
        _ => field(row, 3).split_inclusive(|_| true).collect(),
    };
    Some((field(row, 0), BoundWord { place, bound, exceptions }))
}

/// The bound word that ends `text`, the text before a number; `bare` if the number opens with a magnitude.
pub fn before(text: &str, bare: bool) -> Option<(&'static str, Bound)> {
    let found = at_end(&TABLE.before, text);
    if found.is_none() && bare && TABLE.before.longest(text).is_none_or(|(_, entry)| entry.bound.is_some()) {
        return at_end(&TABLE.bare, text);
    }
    found
}

/// The bound that ends `text` and may stand apart from its number.
pub fn far(text: &str) -> Option<(&'static str, Bound)> {
    if TABLE.before.longest(text).is_some_and(|(_, entry)| entry.bound.is_none()) {
        return None;
    }
    at_end(&TABLE.far, text)
}

/// The longest word at the end of `text` that may stand between a bound and its number.
pub fn gap(text: &str) -> Option<&'static str> {
    TABLE.gap.longest(text).map(|(word, _)| word)
}

/// A bound that holds for a share anywhere later in the clause.
pub fn clause(text: &str) -> Option<(&'static str, Bound)> {
    TABLE.clause.within(text).and_then(|(word, entry)| Some((word, entry.bound?)))
}

/// The bound word that opens `text`, the text after a unit.
pub fn after(text: &str) -> Option<(&'static str, Bound)> {
    let (word, entry) = TABLE.after.longest(text)?;
    let rest = text.get(word.len()..).unwrap_or("");
    if entry.exceptions.iter().any(|other| rest.starts_with(other)) {
        return None;
    }
    Some((word, entry.bound?))
}

fn at_end(words: &Words<BoundWord>, text: &str) -> Option<(&'static str, Bound)> {
    let (word, entry) = words.longest(text)?;
    let head = text.get(..text.len() - word.len()).unwrap_or("");
    if entry.exceptions.iter().any(|other| head.ends_with(other)) {
        return None;
    }
    Some((word, entry.bound?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_sound() {
        let mut seen = std::collections::HashSet::new();
        for row in rows(BOUNDS) {
            let (word, entry) = read(&row).unwrap_or_else(|| panic!("cannot read {row:?}"));
            assert!(!word.is_empty());
            assert_eq!(entry.place == Place::Gap, field(&row, 2).is_empty(), "{row:?}");
            assert!(seen.insert((word, field(&row, 1))), "{word} stands twice");
        }
    }

    #[test]
    fn false_friends_are_none() {
        assert_eq!(before("增加投资约", false).map(|f| f.1), Some(Bound::Approx));
        assert_eq!(before("每年节约", false), None);
        assert_eq!(before("企业签约", false), None);
        assert_eq!(before("不超过", false).map(|f| f.1), Some(Bound::Le));
        assert_eq!(before("吸引上", true).map(|f| f.1), Some(Bound::Ge));
        assert_eq!(before("吸引上", false), None);
        assert_eq!(before("规模以上", true), None);
        assert_eq!(after("以上的企业").map(|f| f.1), Some(Bound::Ge));
        assert_eq!(after("以上市公司"), None);
        assert_eq!(after("起事故"), Some(("起", Bound::Ge)));
    }
}
