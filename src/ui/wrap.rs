//! Chinese text broken into lines: between any two ideographs, never inside a number or a word,
//! no `，。、；：）”》` at a line's start and no `（“《` at its end.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::width::{Widths, shown};

/// What must not open a line.
const NO_START: &str = "，。、；：？！）》〉」』】〕”’…—·%％‰℃,.;:?!)]}>～";
/// What must not close a line.
const NO_END: &str = "（《〈「『【〔“‘([{<￥$";

/// The byte ranges of a paragraph's lines at a width; blanks at a break are left out. There is
/// always one line.
pub fn lines(text: &str, width: usize, widths: Widths) -> Vec<Range<usize>> {
    let width = width.max(1);
    let glyphs: Vec<(usize, &str, usize)> =
        text.grapheme_indices(true).map(|(at, g)| (at, g, widths.of(&shown(g)))).collect();
    let mut out = Vec::new();
    let mut first = 0;
    while first < glyphs.len() {
        let mut used = 0;
        let mut last = first;
        while let Some((_, _, w)) = glyphs.get(last) {
            if used + w > width && last > first {
                break;
            }
            used += w;
            last += 1;
        }
        if last < glyphs.len() {
            last = (first + 1..=last).rev().find(|&at| may_break(&glyphs, at)).unwrap_or(last);
        }
        let at = |n: usize| glyphs.get(n).map_or(text.len(), |(at, ..)| *at);
        out.push(at(first)..at(last));
        first = last;
        while last < glyphs.len() && glyphs.get(first).is_some_and(|(_, g, _)| *g == " ") {
            first += 1;
        }
    }
    if out.is_empty() {
        out.push(0..0);
    }
    out
}

/// Whether a line may end before glyph `at`.
fn may_break(glyphs: &[(usize, &str, usize)], at: usize) -> bool {
    let (Some((_, before, _)), Some((_, after, _))) = (glyphs.get(at - 1), glyphs.get(at)) else {
        return false;
    };
    if *after == " " {
        return true;
    }
    let held = in_word(before) && in_word(after);
    !held && !NO_START.contains(*after) && !NO_END.contains(*before)
}

/// Letters and digits that hold together, with the marks inside numbers.
fn in_word(g: &str) -> bool {
    g.chars().all(|c| c.is_ascii_alphanumeric() || ".,-+/%:".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn broken(text: &str, width: usize) -> Vec<&str> {
        lines(text, width, Widths::Narrow).into_iter().map(|r| text.get(r).unwrap_or("")).collect()
    }

    #[test]
    fn no_comma_opens_a_line() {
        assert_eq!(broken("产值增长，利润下降", 8), ["产值增", "长，利润", "下降"]);
        assert_eq!(broken("企业（含外资）共五家", 6), ["企业", "（含外", "资）共", "五家"]);
    }

    #[test]
    fn numbers_and_words_hold_together() {
        assert_eq!(broken("产值436.29亿元", 8), ["产值", "436.29亿", "元"]);
        assert_eq!(broken("one two three", 7), ["one two", "three"]);
        assert_eq!(broken("", 7), [""]);
        assert_eq!(broken("1234567890", 4), ["1234", "5678", "90"]);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn lines_fit_and_lose_nothing(text in "[一二三，。（）“”a-z0-9. ]{0,60}", width in 2usize..20) {
            let ranges = lines(&text, width, Widths::Narrow);
            let joined: String = ranges.iter().map(|r| text.get(r.clone()).unwrap_or("")).collect();
            prop_assert_eq!(joined.replace(' ', ""), text.replace(' ', ""));
            for r in ranges {
                prop_assert!(Widths::Narrow.of(text.get(r).unwrap_or("")) <= width);
            }
        }
    }
}
