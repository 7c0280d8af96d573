//! Texts to search, folded and joined line by line into one arena, and their characters' reading
//! classes in a second one.
//!
//! `["专精特新企业", "GDP"]` → `专精特新企业\ngdp\n`, with where each line begins

use std::ops::Range;
use std::sync::OnceLock;

use super::column::Column;
use super::fold::fold_char;
use super::reading::class_of;

/// Lines of folded text.
#[derive(Clone, Debug)]
pub struct Lines {
    /// Every line with a line break behind it, in UTF-8.
    bytes: Column<u8>,
    /// Where each line begins in `bytes`, and one past the last of all.
    starts: Column<usize>,
    /// Made when pinyin is first looked for.
    readings: OnceLock<Readings>,
}

/// The reading classes of every character of an arena.
#[derive(Clone, Debug)]
struct Readings {
    classes: Vec<u16>,
    /// Where each line begins in `classes`, and one past the last of all.
    starts: Vec<usize>,
}

impl Default for Lines {
    fn default() -> Self {
        Self { bytes: Column::default(), starts: vec![0].into(), readings: OnceLock::new() }
    }
}

impl Lines {
    /// Lines as they were kept: folded, and where each begins.
    pub(super) fn stored(bytes: Column<u8>, starts: Column<usize>) -> Self {
        Self { bytes, starts, readings: OnceLock::new() }
    }

    /// Adds a line and returns its number. Line breaks inside it become blanks.
    pub fn push(&mut self, line: &str) -> usize {
        self.readings = OnceLock::new();
        let mut utf8 = [0; 4];
        for c in line.chars().map(fold_char).chain(['\n']) {
            self.bytes.extend_from(c.encode_utf8(&mut utf8).as_bytes());
        }
        self.starts.push(self.bytes.len());
        self.starts.len() - 2
    }

    /// Adds all lines of another arena behind one's own.
    pub(super) fn append(&mut self, other: &Self) {
        self.readings = OnceLock::new();
        let before = self.bytes.len();
        self.bytes.extend_from(&other.bytes);
        self.starts.extend(other.starts.iter().skip(1).map(|at| before + at));
    }

    /// Some lines by themselves, read for this once and not kept; `None` if they are in memory.
    pub fn unread(&self, lines: Range<usize>) -> Option<Self> {
        if self.bytes.is_read() {
            return None;
        }
        let starts = self.starts().get(lines.start..=lines.end)?;
        let (&first, &end) = (starts.first()?, starts.last()?);
        let starts = starts.iter().map(|start| start - first).collect::<Vec<usize>>().into();
        let bytes = self.bytes.some(first..end).into_owned().into();
        Some(Self { bytes, starts, readings: OnceLock::new() })
    }

    fn readings(&self) -> &Readings {
        self.readings.get_or_init(|| Readings::new(&self.bytes))
    }

    /// How many lines there are.
    pub fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The whole arena, in UTF-8.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The reading classes of the whole arena.
    pub fn classes(&self) -> &[u16] {
        &self.readings().classes
    }

    /// Where the lines begin in [`Self::bytes`], and its length.
    pub fn starts(&self) -> &[usize] {
        &self.starts
    }

    /// Where the lines begin in [`Self::classes`], and its length.
    pub fn class_starts(&self) -> &[usize] {
        &self.readings().starts
    }

    /// One line, folded; empty past the last.
    pub fn line(&self, number: usize) -> &str {
        std::str::from_utf8(self.line_bytes(number)).unwrap_or("")
    }

    /// The same in UTF-8.
    pub fn line_bytes(&self, number: usize) -> &[u8] {
        let starts: &[usize] = &self.starts;
        let (Some(&from), Some(&to)) = (starts.get(number), starts.get(number + 1)) else { return &[] };
        self.bytes().get(from..to.saturating_sub(1)).unwrap_or(&[])
    }

    /// The reading classes of one line.
    pub fn line_classes(&self, number: usize) -> &[u16] {
        let readings = self.readings();
        let place = |n: usize| readings.starts.get(n).copied();
        let (Some(from), Some(to)) = (place(number), place(number + 1)) else { return &[] };
        readings.classes.get(from..to - 1).unwrap_or(&[])
    }
}

impl Readings {
    /// Large arenas are shared out over the processor's cores.
    fn new(text: &[u8]) -> Self {
        /// Bytes worth a thread of their own.
        const SHARE: usize = 1 << 20;
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let share = text.len().div_ceil(cores).max(SHARE);
        let (first, mut rest) = whole_lines(text, share);
        let mut all = Self { classes: Vec::new(), starts: vec![0] };
        std::thread::scope(|scope| {
            let mut threads = Vec::new();
            while !rest.is_empty() {
                let (part, after) = whole_lines(rest, share);
                threads.push(scope.spawn(move || Self::of(part)));
                rest = after;
            }
            all.append(Self::of(first));
            threads.into_iter().filter_map(|thread| thread.join().ok()).for_each(|part| all.append(part));
        });
        all
    }

    fn append(&mut self, part: Self) {
        let before = self.classes.len();
        self.classes.extend(part.classes);
        self.starts.extend(part.starts.iter().map(|at| before + at));
    }

    /// Those of some whole lines, with where each line ends.
    fn of(text: &[u8]) -> Self {
        let mut part = Self { classes: Vec::with_capacity(text.len() / 3), starts: Vec::new() };
        for c in std::str::from_utf8(text).unwrap_or_default().chars() {
            part.classes.push(class_of(c));
            if c == '\n' {
                part.starts.push(part.classes.len());
            }
        }
        part
    }
}

/// Splits a text after the line that holds its byte `least`.
fn whole_lines(text: &[u8], least: usize) -> (&[u8], &[u8]) {
    let end = text.get(least..).and_then(|after| memchr::memchr(b'\n', after));
    text.split_at(end.map_or(text.len(), |end| least + end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_folded_and_found_again() {
        let mut lines = Lines::default();
        assert!(lines.is_empty());
        assert_eq!((lines.push("專精\n特新"), lines.push(""), lines.push("ＧＤＰ")), (0, 1, 2));
        assert_eq!(lines.bytes(), "专精 特新\n\ngdp\n".as_bytes());
        assert_eq!(
            [lines.line(0), lines.line(1), lines.line(2), lines.line(3)],
            ["专精 特新", "", "gdp", ""]
        );
        assert_eq!(lines.line_classes(2), [class_of('g'), class_of('d'), class_of('p')]);
        assert!(lines.line_classes(1).is_empty() && lines.line_classes(9).is_empty());
    }
}
