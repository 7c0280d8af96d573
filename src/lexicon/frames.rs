//! Words around a number that decide what it is, read from `data/lexicon/frames.txt`.
//!
//! `工期` before `6个月` → the length of time is the statement; `附件` before `3` → a list number.

use std::sync::LazyLock;

use super::table::{field, rows};
use super::words::{End, Words};

const FRAMES: &str = include_str!("../../data/lexicon/frames.txt");

macro_rules! roles {
    ($($(#[$doc:meta])* $name:ident = $text:literal, $end:ident;)+) => {
        /// What a word says about the number it stands by.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Role { $($(#[$doc])* $name),+ }

        impl Role {
            const ALL: &'static [(Self, &'static str, End)] = &[$((Self::$name, $text, End::$end)),+];
        }
    };
}

roles! {
    /// Right before: the number counts items.
    ListBefore = "list-before", Tail;
    /// Shortly before: telephone, code, licence.
    IdBefore = "id-before", Tail;
    /// Right after: the number is part of a name.
    NameAfter = "name-after", Head;
    /// Right after: edition, version, model.
    EditionAfter = "edition-after", Head;
    /// Right after a count: a size that classifies.
    GradeAfter = "grade-after", Head;
    /// In the clause before: a length of time that is the statement.
    DurationBefore = "duration-before", Head;
    /// Right after a length of time: the same.
    DurationAfter = "duration-after", Head;
    /// Right before a length of time: days and hours that are counted.
    DaysBefore = "days-before", Tail;
    /// Right before a length of time: it dates other figures whatever the clause says.
    SpanStrong = "span-strong", Tail;
    /// Right before a length of time: it dates other figures.
    SpanBefore = "span-before", Tail;
    /// Right after a length of time: the same.
    SpanAfter = "span-after", Head;
    /// In the clause before a magnitude without a unit: money.
    MoneyBefore = "money-before", Head;
    /// In the clause before a magnitude without a unit: not money.
    PeopleBefore = "people-before", Head;
    /// Right before a bare number: a percentage.
    PercentBefore = "percent-before", Tail;
    /// In the clause before a bare number: a ratio or an index without a unit.
    IndexBefore = "index-before", Head;
    /// After a bare number: persons are counted.
    PersonNoun = "person-noun", Head;
    /// Right after 3点: points that are made, not an hour.
    PointsAfter = "points-after", Head;
    /// Right after 三成: another word (成立).
    NotTenths = "not-tenths", Head;
    /// Right before a count: a size by comparison.
    CompareBefore = "compare-before", Tail;
    /// Right after 500万元以上: the number classifies.
    ClassNoun = "class-noun", Head;
    /// In the clause before an amount that classifies: a rule's condition opens.
    ConditionBefore = "condition-before", Head;
    /// Right before an amount that classifies: what of theirs is meant.
    AmountBefore = "amount-before", Tail;
    /// Right after 万人, 万元: what is stated per head or per yuan.
    Denominated = "denominated", Head;
    /// In the clause before 第一: a place in an order.
    RankBefore = "rank-before", Head;
    /// Right before 第一: the same.
    RankNear = "rank-near", Tail;
    /// Before a bound that several items share.
    ShareVerb = "share-verb", Head;
    /// Right after 二次, 三届: a numbered meeting.
    MeetingAfter = "meeting-after", Head;
}

static TABLE: LazyLock<Vec<Words<()>>> = LazyLock::new(|| {
    let words = |role: &'static str| {
        let of_role = rows(FRAMES).filter(move |row| field(row, 0) == role);
        of_role.flat_map(|row| field(&row, 1).split('|').map(|word| (word, ())).collect::<Vec<_>>())
    };
    Role::ALL.iter().map(|(_, text, end)| Words::new(*end, words(text))).collect()
});

fn words(role: Role) -> Option<&'static Words<()>> {
    TABLE.get(Role::ALL.iter().position(|(r, ..)| *r == role)?)
}

/// The longest word of `role` at the end of `text` (a role that stands right before the number) or
/// at its start (one that stands right after).
pub fn touching(role: Role, text: &str) -> Option<&'static str> {
    words(role)?.longest(text).map(|(word, ())| word)
}

/// A word of `role` anywhere in `text`.
pub fn within(role: Role, text: &str) -> Option<&'static str> {
    words(role)?.within(text).map(|(word, ())| word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_has_a_known_role_and_no_word_twice() {
        let mut seen = std::collections::HashSet::new();
        for row in rows(FRAMES) {
            let role = field(&row, 0);
            assert!(Role::ALL.iter().any(|(_, text, _)| *text == role), "unknown role {role}");
            for word in field(&row, 1).split('|') {
                assert!(!word.is_empty(), "{role}: an empty word");
                assert!(seen.insert((role, word)), "{role}: {word} stands twice");
            }
        }
        for (_, text, _) in Role::ALL {
            assert!(seen.iter().any(|(role, _)| role == text), "no words for {text}");
        }
    }

    #[test]
    fn words_are_found_where_they_stand() {
        assert_eq!(touching(Role::ListBefore, "详见附件"), Some("附件"));
        assert_eq!(touching(Role::NameAfter, "强企业"), Some("强"));
        assert_eq!(within(Role::DurationBefore, "工程建设工期为"), Some("工期"));
        assert_eq!(within(Role::DurationBefore, "全市共有"), None);
    }
}
