//! Positions as types, so that mixing them does not compile, and the map between them.
//!
//! [`CleanSpan`] counts bytes in the cleaned text (it slices a `&str`); [`RawSpan`] counts
//! Unicode code points in the raw decoded file, half open, as the W3C `TextPositionSelector`
//! and the dataset do.

/// A half-open range of bytes in a document's cleaned text, always on character boundaries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CleanSpan {
    pub start: usize,
    pub end: usize,
}

impl CleanSpan {
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// The text under the span; empty if the span does not fit the text.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or("")
    }

    pub fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }

    pub fn is_empty(self) -> bool {
        self.end <= self.start
    }

    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }
}

/// A half-open range of Unicode code points in the raw decoded file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RawSpan {
    pub start: usize,
    pub end: usize,
}

/// A run of cleaned text and where it comes from.
///
/// If `each` is true the run's characters stand one for one with raw characters from
/// `raw_start`; otherwise the run is a single character that stands for all of
/// `raw_start..raw_end` (an entity, a folded sequence).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// First byte of the run in the cleaned text.
    pub clean_start: usize,
    /// First raw code point.
    pub raw_start: usize,
    /// One past the last raw code point.
    pub raw_end: usize,
    /// Whether characters correspond one to one.
    pub each: bool,
}

/// The map from cleaned text to raw positions: pieces in order of both texts.
///
/// Long one-to-one runs are cut into pieces of at most [`SourceMap::RUN`] characters, so that a
/// look-up counts a bounded number of characters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceMap {
    pieces: Vec<Piece>,
}

impl SourceMap {
    /// Most characters in one piece.
    pub const RUN: usize = 128;

    /// Appends one cleaned character of the cleaned text, standing at byte `clean` and
    /// representing raw code points `raw_start..raw_end`.
    pub fn push(&mut self, clean: usize, raw_start: usize, raw_end: usize) {
        let single = raw_end == raw_start + 1;
        if let Some(last) = self.pieces.last_mut()
            && single
            && last.each
            && last.raw_end == raw_start
            && last.raw_end - last.raw_start < Self::RUN
        {
            last.raw_end = raw_end;
            return;
        }
        self.pieces.push(Piece { clean_start: clean, raw_start, raw_end, each: single });
    }

    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// The raw range of the character at byte `at` of `text`.
    fn character(&self, text: &str, at: usize) -> Option<RawSpan> {
        let n = self.pieces.partition_point(|p| p.clean_start <= at).checked_sub(1)?;
        let piece = self.pieces.get(n)?;
        if !piece.each {
            return Some(RawSpan { start: piece.raw_start, end: piece.raw_end });
        }
        let ahead = text.get(piece.clean_start..at)?.chars().count();
        let start = piece.raw_start + ahead;
        Some(RawSpan { start, end: start + 1 })
    }

    /// The raw range from the first to the last character of a cleaned span; noise between
    /// them is inside, noise around them is not. `None` for an empty or misplaced span.
    pub fn raw(&self, text: &str, span: CleanSpan) -> Option<RawSpan> {
        let last = span.of(text).char_indices().next_back()?.0;
        let first = self.character(text, span.start)?;
        let end = self.character(text, span.start + last)?;
        Some(RawSpan { start: first.start, end: end.end })
    }
}

/// Code point positions of a text, for slicing it by [`RawSpan`]s without counting from its start.
#[derive(Clone, Debug)]
pub struct Positions<'a> {
    text: &'a str,
    /// The byte at which every [`Positions::STEP`]th code point begins.
    marks: Vec<usize>,
    length: usize,
}

impl<'a> Positions<'a> {
    const STEP: usize = 64;

    pub fn new(text: &'a str) -> Self {
        let (mut marks, mut length) = (Vec::with_capacity(text.len() / Self::STEP), 0);
        for (at, _) in text.char_indices() {
            if length % Self::STEP == 0 {
                marks.push(at);
            }
            length += 1;
        }
        Self { text, marks, length }
    }

    /// How many code points the text has.
    pub fn length(&self) -> usize {
        self.length
    }

    /// The byte at which a code point begins; the text's length for the position after the last.
    pub fn byte(&self, at: usize) -> Option<usize> {
        if at == self.length {
            return Some(self.text.len());
        }
        let mark = *self.marks.get(at / Self::STEP)?;
        let rest = self.text.get(mark..)?;
        rest.char_indices().nth(at % Self::STEP).map(|(ahead, _)| mark + ahead)
    }

    /// The code point that begins at, or holds, a byte.
    pub fn code_point(&self, byte: usize) -> usize {
        let n = self.marks.partition_point(|mark| *mark <= byte).saturating_sub(1);
        let mark = self.marks.get(n).copied().unwrap_or_default();
        n * Self::STEP + self.text.get(mark..byte).map_or(0, |ahead| ahead.chars().count())
    }

    /// The characters under a span; `None` if it does not fit the text.
    pub fn slice(&self, span: RawSpan) -> Option<&'a str> {
        self.text.get(self.byte(span.start)?..self.byte(span.end)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn noise_inside_a_span_is_kept_noise_around_it_is_not() {
        // raw 萬(wàn)人(rén)  clean 万人
        let text = "万人";
        let mut map = SourceMap::default();
        map.push(0, 0, 1);
        map.push(3, 6, 7);
        assert_eq!(map.raw(text, CleanSpan::new(0, 6)), Some(RawSpan { start: 0, end: 7 }));
        assert_eq!(map.raw(text, CleanSpan::new(3, 6)), Some(RawSpan { start: 6, end: 7 }));
        assert_eq!(map.raw(text, CleanSpan::new(0, 0)), None);
    }

    #[test]
    fn positions_count_code_points() {
        let text = "产值𠀀5亿元。".repeat(50);
        let positions = Positions::new(&text);
        assert_eq!(positions.length(), 350);
        for (n, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!((positions.byte(n), positions.code_point(byte)), (Some(byte), n));
        }
        assert_eq!(positions.slice(RawSpan { start: 72, end: 75 }), Some("𠀀5亿"));
        assert_eq!(positions.slice(RawSpan { start: 349, end: 350 }), Some("。"));
        assert_eq!(positions.slice(RawSpan { start: 349, end: 351 }), None);
    }
}
