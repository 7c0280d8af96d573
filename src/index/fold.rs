//! Spellings that mean the same, made the same, character by character.
//!
//! `專精特新ＧＤＰ` → `专精特新gdp`: traditional becomes simplified, full width narrow, capitals small.
//! One character always becomes one character, so that a match can be shown in the text as it is.

/// The form under which a character is looked for.
pub fn fold_char(c: char) -> char {
    let c = match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        // No line breaks or tabs: names and sentences are lines of an arena.
        '\u{3000}' | '\u{a0}' | '\n' | '\r' | '\t' => ' ',
        _ => c,
    };
    if c.is_ascii() {
        return c.to_ascii_lowercase();
    }
    if ('\u{3400}'..='\u{9fff}').contains(&c) {
        return simplified(c);
    }
    let mut lower = c.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(one), None) => one,
        _ => c,
    }
}

/// The form under which a text is looked for.
pub fn fold(text: &str) -> String {
    text.chars().map(fold_char).collect()
}

const PAIRS: &str = "專专 區区 長长 業业 產产 總总 值值 萬万 億亿 個个 戶户 點点 標标 規规 則则 電电 經经 濟济 發发 開开 東东 車车 產产 務务 財财 國国 省省 縣县 鄉乡 鎮镇 實实 際际 過过 達达 畝亩 頃顷 噸吨 資资 額额 億亿 項项 條条 張张 實实 現现 頭头";

fn simplified(c: char) -> char {
    let pair = PAIRS.split(' ').find(|pair| pair.starts_with(c));
    pair.and_then(|pair| pair.chars().nth(1)).unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_meet() {
        assert_eq!(fold("專精特新ＧＤＰ（５Ｇ）"), "专精特新gdp(5g)");
        assert_eq!(fold("甲\n乙\t丙　丁"), "甲 乙 丙 丁");
    }

    #[test]
    fn one_character_stays_one_character() {
        for c in (0..0x3_0000).filter_map(char::from_u32) {
            assert_eq!(fold(&c.to_string()).chars().count(), 1);
        }
    }
}
