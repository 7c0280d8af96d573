//! Readings left in brackets after a character by pages that annotate them.
//!
//! `經(jīng)濟(jì)` → `经济`; `企业(GDP)` and `出租车(robotaxi)` stay.

use super::clean::{Cell, Drops};
use super::fold::is_han;

/// Letters with a tone mark, and the plain letter.
const TONED: &[(&str, char)] = &[
    ("āáǎàăâ", 'a'),
    ("ēéěèĕê", 'e'),
    ("īíǐìĭî", 'i'),
    ("ōóǒòŏô", 'o'),
    ("ūúǔùŭû", 'u'),
    ("ǖǘǚǜ", 'v'),
    ("ńňǹ", 'n'),
    ("ḿ", 'm'),
];

const INITIALS: &[&str] = &[
    "zh", "ch", "sh", "b", "p", "m", "f", "d", "t", "n", "l", "g", "k", "h", "j", "q", "x", "r", "z", "c",
    "s", "y", "w", "",
];

const FINALS: &[&str] = &[
    "a", "o", "e", "i", "u", "v", "ai", "ei", "ui", "ao", "ou", "iu", "ie", "ve", "ue", "er", "an", "en",
    "in", "un", "vn", "ang", "eng", "ing", "ong", "ia", "iao", "ian", "iang", "iong", "ua", "uo", "uai",
    "uan", "uang", "n", "ng", "m",
];

/// Longest syllable in letters (zhuang with a stray mark).
const LONGEST: usize = 7;

/// So many readings with tone marks mean that a bare `(de)` is one, too.
const MANY: usize = 8;

/// A bracket that may hold a reading: indices of its first and one past its last character.
struct Gloss {
    from: usize,
    to: usize,
    toned: bool,
}

/// Takes the readings out.
pub(super) fn strip(cells: &mut Vec<Cell>, drops: &mut Drops) {
    let found: Vec<Gloss> = (1..cells.len()).filter_map(|at| gloss(cells, at)).collect();
    let plain_too = found.iter().filter(|gloss| gloss.toned).count() >= MANY;
    let mut doomed = found.iter().filter(|gloss| gloss.toned || plain_too).peekable();
    if doomed.peek().is_none() {
        return;
    }
    let (mut to, mut from) = (0, 0);
    while let Some(&cell) = cells.get(from) {
        if let Some(gloss) = doomed.next_if(|gloss| gloss.from == from) {
            let end = cells.get(gloss.to - 1).map_or(cell.end, |last| last.end);
            drops.push(cell.start, end, "pinyin");
            from = gloss.to;
            continue;
        }
        if let Some(place) = cells.get_mut(to) {
            *place = cell;
        }
        (to, from) = (to + 1, from + 1);
    }
    cells.truncate(to);
}

/// The reading in the bracket at `at`, which stands directly after a Chinese character.
fn gloss(cells: &[Cell], at: usize) -> Option<Gloss> {
    let get = |n: usize| cells.get(n).map(|cell| cell.ch);
    let close = match get(at)? {
        '(' => ')',
        '（' => '）',
        _ => return None,
    };
    if !get(at - 1).is_some_and(is_han) {
        return None;
    }
    let inside = cells.get(at + 1..)?;
    let length = inside.iter().take(LONGEST + 1).position(|cell| matches!(cell.ch, ')' | '）'))?;
    if get(at + 1 + length) != Some(close) && get(at + 1 + length) != Some(')') {
        return None;
    }
    let letters: String = inside.get(..length)?.iter().map(|cell| cell.ch).collect();
    let toned = syllable(&letters)?;
    Some(Gloss { from: at, to: at + length + 2, toned })
}

/// Whether the letters are a syllable, and whether they bear a tone mark.
fn syllable(letters: &str) -> Option<bool> {
    let mut toned = 0;
    let mut plain = String::with_capacity(letters.len());
    for ch in letters.chars() {
        if let Some((_, letter)) = TONED.iter().find(|(marked, _)| marked.contains(ch)) {
            toned += 1;
            plain.push(*letter);
        } else {
            plain.push(match ch {
                'ü' => 'v',
                'ɡ' => 'g',
                'ɑ' => 'a',
                'a'..='z' => ch,
                _ => return None,
            });
        }
    }
    let legal =
        INITIALS.iter().any(|initial| plain.strip_prefix(initial).is_some_and(|rest| FINALS.contains(&rest)));
    (legal && toned <= 1).then_some(toned == 1)
}

#[cfg(test)]
mod tests {
    use super::super::clean::{Drops, cells_of};
    use super::*;

    fn stripped(text: &str) -> String {
        let mut cells = cells_of(text);
        strip(&mut cells, &mut Drops::default());
        cells.iter().map(|c| c.ch).collect()
    }

    #[test]
    fn readings_go() {
        assert_eq!(
            stripped("农(nóng)业(yè)、装(zhuāng)备、绿(lǜ)色、女(nǚ)、二(èr)、嗯(ńg)"),
            "农业、装备、绿色、女、二、嗯"
        );
        assert_eq!(stripped("长（zhǎng）大，万(wàn)人"), "长大，万人");
        assert_eq!(stripped("广(ɡuǎnɡ)场(chăng)"), "广场");
    }

    #[test]
    fn other_brackets_stay() {
        for same in [
            "生产总值(GDP)",
            "出租车(robotaxi)",
            "方案(A)",
            "(yè)",
            "A(yè)",
            "店(café)",
            "我的(de)",
            "第一(1)",
            "企业(yè",
            "(二)(èr)",
        ] {
            assert_eq!(stripped(same), same);
        }
    }

    #[test]
    fn readings_without_marks_go_where_marks_abound() {
        let marked = "业(yè)".repeat(MANY);
        assert_eq!(
            stripped(&format!("{marked}我的(de)GDP(de)")),
            format!("{}我的GDP(de)", "业".repeat(MANY))
        );
    }
}
