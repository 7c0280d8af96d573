//! One character for each way to write it: traditional → simplified, full width → half width for
//! letters and digits, every blank → a space, what cannot be seen → nothing.
//!
//! `產值１２．５％` → `产值12.5%`

use std::collections::HashMap;
use std::sync::OnceLock;

use super::clean::{BREAK, CELL, Cell, Drops, WRAP};

/// Folds every character in place.
pub(super) fn fold(cells: &mut Vec<Cell>, drops: &mut Drops) {
    let script = Script::get();
    let mut to = 0;
    for from in 0..cells.len() {
        let Some(&cell) = cells.get(from) else { break };
        let next = || cells.get(from + 1).map(|c| c.ch);
        let Some(ch) = (match cell.ch {
            CELL | WRAP | '\t' | '\n' => Some(cell.ch),
            BREAK => Some('\n'),
            ' '..='~' => Some(cell.ch),
            han if is_han(han) => Some(script.fold(han, next)),
            other => symbol(other),
        }) else {
            drops.push(cell.start, cell.end, "control");
            continue;
        };
        // A line end of two characters is one.
        let crlf = ch == '\n' && cell.ch == '\r' && next() == Some('\n');
        if !crlf && let Some(place) = cells.get_mut(to) {
            *place = Cell { ch, ..cell };
            to += 1;
        }
    }
    cells.truncate(to);
}

/// The fold of one Chinese character, whatever stands after it; any other character is itself.
pub fn simplified(ch: char) -> char {
    if is_han(ch) { Script::get().fold(ch, || None) } else { ch }
}

/// Chinese characters, radicals and compatibility forms included.
pub(super) fn is_han(ch: char) -> bool {
    matches!(ch, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '〇' | '\u{2e80}'..='\u{2fdf}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Everything that is neither ASCII nor Chinese; `None` for what cannot be seen.
fn symbol(ch: char) -> Option<char> {
    match ch {
        '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some('\n'),
        // Chinese punctuation stays full width; letters, digits and signs do not.
        '！' | '（' | '）' | '，' | '：' | '；' | '？' | '＂' | '＇' | '～' => Some(ch),
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(ch) - 0xfee0),
        // An Internet Explorer of old wrote U+E5E5 for the ideographic space.
        '\u{e5e5}' | '\u{2800}' | '\u{3164}' => Some(' '),
        '\u{ad}'
        | '\u{34f}'
        | '\u{61c}'
        | '\u{180b}'..='\u{180e}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}'
        | '\u{fff0}'..='\u{fffc}'
        | '\u{e000}'..='\u{f8ff}'
        | '\u{e0000}'..='\u{10ffff}' => None,
        ch if ch.is_control() => None,
        ch if ch.is_whitespace() => Some(' '),
        ch => Some(ch),
    }
}

/// The fold of each Chinese character.
struct Script {
    /// For characters up to U+FFFF, from [`Script::FIRST`].
    table: Vec<char>,
    rest: HashMap<char, char>,
    /// Characters that stay before one of these.
    stays: HashMap<char, Vec<char>>,
}

impl Script {
    const FIRST: u32 = 0x2e80;
    const LAST: u32 = 0xffff;
    const TEXT: &str = include_str!("../../data/lexicon/traditional.txt");

    fn get() -> &'static Self {
        static SCRIPT: OnceLock<Script> = OnceLock::new();
        SCRIPT.get_or_init(|| Self::read(Self::TEXT))
    }

    fn read(text: &str) -> Self {
        let table = (Self::FIRST..=Self::LAST).map(|code| char::from_u32(code).unwrap_or('\0')).collect();
        let mut script = Self { table, rest: HashMap::new(), stays: HashMap::new() };
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let mut fields = line.split('\t');
            let mut one = || fields.next().and_then(|field| field.chars().next());
            let (Some(from), Some(to)) = (one(), one()) else { continue };
            match script.table.get_mut((u32::from(from) as usize).wrapping_sub(Self::FIRST as usize)) {
                Some(place) => *place = to,
                None => _ = script.rest.insert(from, to),
            }
            let words = fields.next().unwrap_or("").split(' ');
            let after: Vec<char> = words.filter_map(|word| word.chars().nth(1)).collect();
            if !after.is_empty() {
                script.stays.insert(from, after);
            }
        }
        script
    }

    fn fold(&self, ch: char, next: impl Fn() -> Option<char>) -> char {
        let to = match self.table.get((u32::from(ch) as usize).wrapping_sub(Self::FIRST as usize)) {
            Some(&to) => to,
            None => self.rest.get(&ch).copied().unwrap_or(ch),
        };
        if to != ch
            && let Some(after) = self.stays.get(&ch)
            && next().is_some_and(|next| after.contains(&next))
        {
            return ch;
        }
        to
    }
}

#[cfg(test)]
mod tests {
    use super::super::clean::{Drops, cells_of};
    use super::*;

    fn folded(text: &str) -> String {
        let mut cells = cells_of(text);
        fold(&mut cells, &mut Drops::default());
        cells.iter().map(|c| c.ch).collect()
    }

    #[test]
    fn scripts() {
        assert_eq!(folded("萬噸糧食產業鏈發展於東門"), "万吨粮食产业链发展于东门");
        assert_eq!(folded("乾隆年間曬乾，瞭望塔瞭解"), "乾隆年间晒干，瞭望塔了解");
        assert_eq!(folded("著名沈阳昇腾好像不坏么"), "著名沈阳昇腾好像不坏么");
        assert_eq!(folded("⼈⼝"), "人口");
    }

    #[test]
    fn widths() {
        assert_eq!(folded("ＧＤＰ１２．５％／人，（Ａ＋Ｂ）：－３"), "GDP12.5%/人，（A+B）：-3");
    }

    #[test]
    fn blanks_and_what_cannot_be_seen() {
        assert_eq!(
            folded("\u{feff}　产\u{200b}值\u{a0}\u{2003}5\u{ad}亿\u{202e}元\u{7}\r\n\u{e5e5}二"),
            " 产值  5亿元\n 二"
        );
        assert_eq!(folded("甲\r乙\u{2028}丙\r\n丁"), "甲\n乙\n丙\n丁");
    }

    #[test]
    fn the_table_is_sound() {
        for (n, line) in Script::TEXT.lines().enumerate().filter(|(_, line)| !line.starts_with('#')) {
            let fields: Vec<&str> = line.split('\t').collect();
            let [from, to, words @ ..] = fields.as_slice() else { panic!("line {}: {line}", n + 1) };
            assert!(
                from.chars().count() == 1 && to.chars().count() == 1 && from != to,
                "line {}: {line}",
                n + 1
            );
            assert!(
                words.iter().flat_map(|w| w.split(' ')).all(|w| w.starts_with(from)),
                "line {}: {line}",
                n + 1
            );
            assert_eq!(folded(to), *to, "line {}: the fold is folded again: {line}", n + 1);
        }
    }
}
