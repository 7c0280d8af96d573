//! Finds the lines of an arena that a pattern matches.
//!
//! `专精特新` over a million sentences → the set of their numbers
//!
//! Plain words go through `memmem` over the whole arena; pinyin through the arena of reading
//! classes. Large arenas are shared out over the processor's cores.

use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};

use memchr::memmem::Finder;

use super::pattern::Pattern;
use super::pinyin::Pinyin;
use crate::index::bits::Bits;
use crate::index::lines::Lines;

/// Lines that are looked at between two looks at the stop sign.
const BLOCK: usize = 64 * 64;
/// Arenas with more lines are worth several threads.
const SHARED: usize = 8 * BLOCK;

/// The lines that match; `None` if it was stopped. With `within`, no other lines are looked at.
pub(super) fn scan(
    lines: &Lines,
    pattern: &Pattern,
    within: Option<&Bits>,
    stop: &AtomicBool,
) -> Option<Bits> {
    shared_out(lines.len(), stop, &|range, found| block(lines, pattern, within, range, found))
}

/// The same of lines that nobody will look at again: those in a cache are not kept.
pub(super) fn scan_once(lines: &Lines, pattern: &Pattern, stop: &AtomicBool) -> Option<Bits> {
    shared_out(lines.len(), stop, &|range, found| match lines.unread(range.clone()) {
        Some(some) => {
            let mut here = Found { first: 0, words: std::mem::take(&mut found.words) };
            block(&some, pattern, None, 0..some.len(), &mut here);
            found.words = here.words;
        }
        None => block(lines, pattern, None, range, found),
    })
}

/// Looks at so many lines block by block.
fn shared_out(
    count: usize,
    stop: &AtomicBool,
    look: &(dyn Fn(Range<usize>, &mut Found) + Sync),
) -> Option<Bits> {
    let cores = if count < SHARED { 1 } else { std::thread::available_parallelism().map_or(1, usize::from) };
    // Whole words of the bit set for each thread, so that the parts can be put one after another.
    let share = count.div_ceil(cores).next_multiple_of(64).max(64);
    let part = |from: usize| {
        let to = (from + share).min(count);
        let mut words = Vec::with_capacity(share / 64);
        for from in (from..to).step_by(BLOCK) {
            if stop.load(Ordering::Relaxed) {
                return None;
            }
            let mut found = Found { first: from, words: vec![0; (to - from).min(BLOCK).div_ceil(64)] };
            look(from..(from + BLOCK).min(to), &mut found);
            words.append(&mut found.words);
        }
        Some(words)
    };
    let mut words = Vec::with_capacity(count.div_ceil(64));
    if cores == 1 {
        words = part(0)?;
    } else {
        let parts: Vec<Option<Vec<u64>>> = std::thread::scope(|scope| {
            let part = &part;
            let threads: Vec<_> =
                (share..count).step_by(share).map(|from| scope.spawn(move || part(from))).collect();
            let first = part(0);
            let rest = threads.into_iter().map(|thread| thread.join().unwrap_or(None));
            [first].into_iter().chain(rest).collect()
        });
        for part in parts {
            words.append(&mut part?);
        }
    }
    Some(Bits::from_words(words, count))
}

/// The matching lines of one block.
struct Found {
    first: usize,
    words: Vec<u64>,
}

impl Found {
    fn add(&mut self, line: usize) {
        let at = line - self.first;
        if let Some(word) = self.words.get_mut(at / 64) {
            *word |= 1 << (at % 64);
        }
    }
}

fn block(lines: &Lines, pattern: &Pattern, within: Option<&Bits>, range: Range<usize>, found: &mut Found) {
    if let Some(within) = within {
        let finder = Finder::new(pattern.folded());
        for line in range.filter(|&line| within.has(line)) {
            let matches = match pattern.pinyin() {
                Some(pinyin) => {
                    pinyin.may_match(lines.line_classes(line))
                        && (pinyin.is_exact() || pinyin.is_match(lines.line(line)))
                }
                None if pattern.is_whole() => lines.line_bytes(line) == pattern.folded().as_bytes(),
                None => finder.find(lines.line_bytes(line)).is_some(),
            };
            if matches {
                found.add(line);
            }
        }
        return;
    }
    match pattern.pinyin() {
        Some(pinyin) => by_pinyin(lines, pinyin, range, found),
        None if pattern.is_whole() => {
            for line in range.filter(|&line| lines.line_bytes(line) == pattern.folded().as_bytes()) {
                found.add(line);
            }
        }
        None => by_text(lines, pattern.folded(), range, found),
    }
}

fn by_text(lines: &Lines, word: &str, range: Range<usize>, found: &mut Found) {
    let starts = lines.starts().get(range.start..=range.end).unwrap_or(&[]);
    let (Some(&first), Some(&end)) = (starts.first(), starts.last()) else { return };
    let text = lines.bytes().get(first..end).unwrap_or(&[]);
    if word.is_empty() {
        return;
    }
    let finder = Finder::new(word);
    let mut at = 0;
    let mut line = 0;
    while let Some(hit) = text.get(at..).and_then(|rest| finder.find(rest)) {
        line = line_of(starts, line, first + at + hit);
        found.add(range.start + line);
        // On with the next line.
        line += 1;
        at = starts.get(line).map_or(text.len(), |&start| start - first);
    }
}

/// The last line, from `line` on, that begins at or before `at`; steps that double, then halve,
/// so that both the next line and a far one are found quickly.
fn line_of(starts: &[usize], line: usize, at: usize) -> usize {
    let begins = |n: usize| starts.get(n).is_some_and(|&start| start <= at);
    let mut step = 1;
    while begins(line + step) {
        step *= 2;
    }
    let (low, high) = (line + step / 2, (line + step).min(starts.len()));
    low + starts.get(low..high).map_or(0, |part| part.partition_point(|&start| start <= at)).saturating_sub(1)
}

fn by_pinyin(lines: &Lines, pinyin: &Pinyin, range: Range<usize>, found: &mut Found) {
    let starts = lines.class_starts().get(range.start..=range.end).unwrap_or(&[]);
    let (Some(&first), Some(&end)) = (starts.first(), starts.last()) else { return };
    let classes = lines.classes().get(first..end).unwrap_or(&[]);
    let mut at = 0;
    let mut line = 0;
    while let Some(hit) = classes.get(at..).and_then(|rest| pinyin.find_end(rest)) {
        line = line_of(starts, line, first + at + hit);
        if pinyin.is_exact() || pinyin.is_match(lines.line(range.start + line)) {
            found.add(range.start + line);
        }
        line += 1;
        at = starts.get(line).map_or(classes.len(), |&start| start - first);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static STAY: AtomicBool = AtomicBool::new(false);

    fn arena() -> Lines {
        let mut lines = Lines::default();
        for n in 0..40_000 {
            let line = match n % 7 {
                0 => format!("第{n}户专精特新企业"),
                1 => String::new(),
                2 => format!("新增{n}家“專精特新”"),
                3 => "专精".to_owned(),
                4 => "特新".to_owned(),
                5 => format!("GDP{n}"),
                _ => "国地盘.".to_owned(),
            };
            lines.push(&line);
        }
        lines
    }

    #[test]
    fn a_scan_finds_what_a_look_at_each_line_finds() {
        let lines = arena();
        let patterns = [
            Pattern::literal("专精特新"),
            Pattern::literal("9"),
            Pattern::whole("特新"),
            Pattern::word("zjtx", |_| false),
            Pattern::word("t", |_| false),
            Pattern::word("gdp", |_| false),
            Pattern::word("gdp", |_| true),
            Pattern::word("dp.", |_| false),
            Pattern::literal("特新特新"),
        ];
        for pattern in patterns {
            let expected = Bits::of(lines.len(), |line| pattern.is_match_folded(lines.line(line)));
            let found = scan(&lines, &pattern, None, &STAY).unwrap();
            assert!(found == expected, "{} {} {}", pattern.folded(), found.count(), expected.count());
            assert!(scan_once(&lines, &pattern, &STAY).unwrap() == expected, "{}", pattern.folded());
            let some = Bits::of(lines.len(), |line| line % 3 == 0);
            let mut both = expected.clone();
            both.and(&some);
            assert!(scan(&lines, &pattern, Some(&some), &STAY).unwrap() == both, "{}", pattern.folded());
        }
    }

    #[test]
    fn a_stopped_scan_says_so() {
        assert!(scan(&arena(), &Pattern::literal("专"), None, &AtomicBool::new(true)).is_none());
    }
}
