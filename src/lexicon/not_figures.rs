//! Fixed phrases, names and slogans that hold numerals, read from `data/lexicon/not_figures.txt`.
//!
//! At the 一 of `进一步完善` → the idiom 进一步, which begins one character before.

use std::sync::LazyLock;

use super::numerals::{digit, is_numeral};
use super::table::{field, rows};
use crate::model::Reason;

const PHRASES: &str = include_str!("../../data/lexicon/not_figures.txt");

/// A phrase that is no figure.
#[derive(Clone, Debug)]
pub struct Phrase {
    pub text: &'static str,
    pub reason: Reason,
    /// Where in `text` its first numeral stands.
    pub numeral: usize,
    /// Words that undo it when they follow.
    not_before: Vec<&'static str>,
    /// Words that undo it when they stand in front.
    not_after: Vec<&'static str>,
}

/// Phrases by their first numeral and the character after it (`\0` at the end), longest first.
#[derive(Debug)]
struct Table {
    phrases: Vec<Phrase>,
    index: Vec<((char, char), usize)>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut phrases: Vec<Phrase> = rows(PHRASES).filter_map(|row| read(&row)).collect();
    phrases.sort_by(|a, b| key(a).cmp(&key(b)).then(b.text.len().cmp(&a.text.len())));
    let mut index: Vec<((char, char), usize)> = Vec::new();
    for (n, phrase) in phrases.iter().enumerate() {
        if index.last().is_none_or(|&(last, _)| last != key(phrase)) {
            index.push((key(phrase), n));
        }
    }
    Table { phrases, index }
});

fn key(phrase: &Phrase) -> (char, char) {
    let mut chars = phrase.text.get(phrase.numeral..).unwrap_or("").chars();
    (chars.next().unwrap_or('\0'), chars.next().unwrap_or('\0'))
}

fn read(row: &[&'static str]) -> Option<Phrase> {
    let text = field(row, 0);
    let (numeral, _) = text.char_indices().find(|&(_, c)| is_numeral(c))?;
    let words = field(row, 2).split('|').filter(|word| !word.is_empty());
    let (after, before): (Vec<_>, Vec<_>) = words.partition(|word| word.starts_with('<'));
    let not_after = after.into_iter().map(|word| word.trim_start_matches('<')).collect();
    Some(Phrase { text, reason: Reason::parse(field(row, 1))?, numeral, not_before: before, not_after })
}

/// The longest phrase whose first numeral is at byte `at` of `text` and that begins at `floor` or later,
/// with the byte it begins at.
pub fn phrase(text: &str, at: usize, floor: usize) -> Option<(usize, &'static Phrase)> {
    let table = &*TABLE;
    let mut chars = text.get(at..)?.chars();
    let (first, second) = (chars.next()?, chars.next().unwrap_or('\0'));
    let mut best: Option<(usize, &'static Phrase)> = None;
    for key in [(first, second), (first, '\0')] {
        let Ok(n) = table.index.binary_search_by_key(&key, |&(k, _)| k) else { continue };
        let from = table.index.get(n).map_or(0, |&(_, i)| i);
        let to = table.index.get(n + 1).map_or(table.phrases.len(), |&(_, i)| i);
        let found = table.phrases.get(from..to)?.iter().find_map(|phrase| {
            let start = at.checked_sub(phrase.numeral)?;
            (start >= floor && stands(text, start, phrase)).then_some((start, phrase))
        });
        if let Some((start, phrase)) = found
            && best.is_none_or(|(_, b)| phrase.text.len() > b.text.len())
        {
            best = Some((start, phrase));
        }
    }
    best
}

/// Whether the phrase stands at `start` and is not part of a longer number or word.
fn stands(text: &str, start: usize, phrase: &Phrase) -> bool {
    let (Some(head), Some(rest)) = (text.get(..start), text.get(start..)) else { return false };
    let Some(rest) = rest.strip_prefix(phrase.text) else { return false };
    let ends_in_number = phrase.text.chars().next_back().is_some_and(is_numeral);
    let numbers_only = phrase.text.chars().all(is_numeral);
    let runs_on = |c: char| {
        is_numeral(c) && (digit(c).is_none() || numbers_only) && c != '两' && c != '几' && c != '数'
            || c == '点' && rest.chars().nth(1).is_some_and(is_numeral)
            || c == '.' && rest.chars().nth(1).is_some_and(|c| c.is_ascii_digit())
            || "%‰倍".contains(c)
    };
    let alnum = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let cut = alnum(phrase.text.chars().next()) && alnum(head.chars().next_back())
        || alnum(phrase.text.chars().next_back()) && alnum(rest.chars().next());
    let undone = phrase.not_before.iter().any(|word| rest.starts_with(word))
        || phrase.not_after.iter().any(|word| head.ends_with(word));
    !(cut || undone || ends_in_number && rest.starts_with(runs_on))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_sound() {
        let mut seen = std::collections::HashSet::new();
        for row in rows(PHRASES) {
            let phrase = read(&row).unwrap_or_else(|| panic!("no numeral or no such reason: {row:?}"));
            assert!(seen.insert(phrase.text), "{} stands twice", phrase.text);
        }
        assert!(seen.len() > 1000);
    }

    #[test]
    fn the_longest_phrase_is_found_around_its_first_numeral() {
        let find = |text: &str, at: usize, floor: usize| phrase(text, at, floor).map(|(_, p)| p.text);
        assert_eq!(find("进一步完善", 3, 0), Some("进一步"));
        assert_eq!(find("进一步完善", 3, 3), Some("一步"));
        assert_eq!(find("一起事故", 0, 0), None);
        assert_eq!(find("一起努力", 0, 0), Some("一起"));
        assert_eq!(find("统一百家", 3, 0), None);
    }
}
