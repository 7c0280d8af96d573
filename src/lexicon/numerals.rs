//! The characters that numbers are written with.
//!
//! `三` → digit 3; `万` → ten to the fourth.

use std::sync::LazyLock;

/// The value of a Chinese digit: 一, 壹, 两, 〇.
pub const fn digit(c: char) -> Option<u8> {
    Some(match c {
        '〇' | '○' | '零' | '◯' => 0,
        '一' | '壹' => 1,
        '二' | '两' | '贰' => 2,
        '三' | '叁' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

/// The power of ten of a Chinese magnitude: 百 is 2, 亿 is 8.
pub const fn power(c: char) -> Option<u32> {
    Some(match c {
        '十' | '拾' => 1,
        '百' | '佰' => 2,
        '千' | '仟' => 3,
        '万' => 4,
        '亿' => 8,
        '兆' => 12,
        _ => return None,
    })
}

/// Twenty and thirty in one character.
pub const fn tens(c: char) -> Option<u8> {
    match c {
        '廿' => Some(2),
        '卅' => Some(3),
        _ => None,
    }
}

/// Whether the character is a numeral of the forms used on cheques, which are also ordinary words.
pub const fn is_formal(c: char) -> bool {
    matches!(c, '壹' | '贰' | '叁' | '肆' | '伍' | '陆' | '柒' | '捌' | '玖' | '拾' | '佰' | '仟')
}

/// Whether a number can begin with this character (几 and 数 count as unknown digits).
pub const fn is_numeral(c: char) -> bool {
    matches!(c, '0'..='9' | '几' | '数' | '①'..='⑳')
        || digit(c).is_some()
        || power(c).is_some()
        || tens(c).is_some()
}

/// [`is_numeral`] for every character of three bytes, a bit each: the scan asks at every one.
static OPENS: LazyLock<[u64; 1024]> = LazyLock::new(|| {
    let mut bits = [0; 1024];
    for (n, word) in bits.iter_mut().enumerate() {
        for bit in 0..64 {
            let c = u32::try_from(n * 64 + bit).ok().and_then(char::from_u32);
            *word |= u64::from(c.is_some_and(is_numeral)) << bit;
        }
    }
    bits
});

/// The first character of `text` from byte `from` on that a number can begin with.
pub fn next(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = from;
    while let Some(&lead) = bytes.get(at) {
        at += match lead {
            b'0'..=b'9' => return Some(at),
            0xE2..=0xE9 => {
                let (Some(&b), Some(&c)) = (bytes.get(at + 1), bytes.get(at + 2)) else { return None };
                let code = u32::from(lead & 0x0F) << 12 | u32::from(b & 0x3F) << 6 | u32::from(c & 0x3F);
                if OPENS.get(code as usize >> 6).is_some_and(|bits| bits >> (code & 63) & 1 == 1) {
                    return Some(at);
                }
                3
            }
            0xF0.. => 4,
            0xE0.. => 3,
            0xC0.. => 2,
            _ => 1,
        };
    }
    None
}

#[cfg(test)]
mod tests {
    use super::next;

    #[test]
    fn the_scan_finds_each_numeral_and_nothing_else() {
        let text = "共有：企业é😀十家，3户；○";
        let mut found = Vec::new();
        let mut at = 0;
        while let Some(i) = next(text, at) {
            let c = text.get(i..).unwrap().chars().next().unwrap();
            found.push(c);
            at = i + c.len_utf8();
        }
        assert_eq!(found, ['十', '3', '○']);
    }
}
