//! How exactly a number is written: the worth of its last digit.
//!
//! `436.29亿元` → 0.01亿, `18万人` → 1万, `8500亿元` → 1亿, read more coarsely 100亿
//!
//! The worth follows from the value wherever the value is the written number times a power of ten, so that a
//! table's `67665` under the head 亿元 is understood too.

use crate::model::Decimal;

/// The precision that a quote shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Written {
    /// What one step in the last written digit is worth.
    pub quantum: Decimal,
    /// The same if trailing zeros are not meant: `8500亿` may be good to a hundred 亿 only. Equal to `quantum`
    /// unless a whole number ends in two or more zeros; the first two digits are always meant.
    pub coarse: Decimal,
    /// The power of ten written behind the number: 万, 亿.
    pub magnitude: Decimal,
    /// Digits behind the point.
    pub decimals: u32,
}

/// Reads the precision of `quote`, which stands for `value` (in the unit without magnitude).
pub(super) fn written(quote: &str, value: Decimal) -> Option<Written> {
    let characters: Vec<char> =
        quote.chars().map(narrow).filter(|c| !c.is_whitespace() && *c != ',').collect();
    let value = value.abs();
    match runs(&characters).as_slice() {
        [] => in_words(&characters),
        [run, rest @ ..] => digits(&characters, run, rest.last(), value),
    }
}

/// A run of digits with at most one point: where it stands, what it says.
struct Run {
    end: usize,
    number: Decimal,
    decimals: u32,
    zeros: u32,
    /// All digits before the point.
    whole: u32,
}

fn runs(characters: &[char]) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut at = 0;
    while at < characters.len() {
        let length = |from: usize| characters.iter().skip(from).take_while(|c| c.is_ascii_digit()).count();
        let whole = length(at);
        if whole == 0 {
            at += 1;
            continue;
        }
        let pointed = characters.get(at + whole) == Some(&'.');
        let decimals = if pointed { length(at + whole + 1) } else { 0 };
        let end = at + whole + if decimals > 0 { decimals + 1 } else { 0 };
        let text: String = characters.iter().take(end).skip(at).collect();
        let zeros = text.chars().rev().take_while(|c| *c == '0').count();
        if let Ok(number) = text.parse() {
            runs.push(Run {
                end,
                number,
                decimals: decimals as u32,
                zeros: zeros as u32,
                whole: whole as u32,
            });
        }
        at = end;
    }
    runs
}

fn digits(characters: &[char], first: &Run, last: Option<&Run>, value: Decimal) -> Option<Written> {
    let step = |decimals: u32| power(-i64::from(decimals));
    let found = |run: &Run, magnitude: Decimal| {
        let quantum = magnitude.checked_mul(step(run.decimals)?)?;
        let coarse = if run.decimals == 0 && run.zeros >= 2 && !run.number.is_zero() {
            quantum.checked_mul(power(i64::from(run.zeros.min(run.whole - 2)))?)?
        } else {
            quantum
        };
        Some(Written { quantum, coarse, magnitude, decimals: run.decimals })
    };
    if first.number.is_zero() {
        return found(first, behind(characters, first.end));
    }
    let factor = value.checked_div(first.number)?;
    if is_power(factor) {
        return found(first, factor);
    }
    // 3万4000, 1亿2000万: the last group says how exact it is.
    let last = last?;
    found(last, behind(characters, last.end))
}

/// The product of the magnitudes from `at` on.
fn behind(characters: &[char], at: usize) -> Decimal {
    let worth = characters.iter().skip(at).map_while(|&c| magnitude(c));
    worth.fold(Decimal::ONE, |product, by| product.checked_mul(by).unwrap_or(product))
}

/// A number in Chinese numerals.
fn in_words(characters: &[char]) -> Option<Written> {
    let text: String = characters.iter().collect();
    for head in ["百分之", "千分之", "万分之"] {
        if let Some(rest) = text.strip_prefix(head) {
            return in_words(&rest.chars().collect::<Vec<_>>());
        }
    }
    let end = characters.iter().take_while(|c| is_numeral(**c) || **c == '点').count();
    let number = characters.get(..end)?;
    if number.is_empty() {
        return None;
    }
    if characters.get(end) == Some(&'成') {
        let ten = Decimal::TEN;
        return Some(Written { quantum: ten, coarse: ten, magnitude: Decimal::ONE, decimals: 0 });
    }
    let point = number.iter().position(|c| *c == '点');
    let tail = number.iter().rev().take_while(|c| matches!(c, '万' | '萬' | '亿' | '億' | '兆')).count();
    let magnitude = behind(number, number.len() - tail);
    let decimals = point.map_or(0, |at| number.len() - tail - at - 1) as u32;
    let quantum = magnitude.checked_mul(power(-i64::from(decimals))?)?;
    let has = |thousand: char| number.contains(&thousand);
    let unmeant = match number.iter().rev().nth(tail) {
        Some('百' | '佰') if !has('千') && !has('仟') => Decimal::TEN,
        Some('百' | '佰' | '千' | '仟') => Decimal::ONE_HUNDRED,
        _ => Decimal::ONE,
    };
    let coarse = if point.is_none() { quantum.checked_mul(unmeant)? } else { quantum };
    Some(Written { quantum, coarse, magnitude, decimals })
}

fn is_numeral(c: char) -> bool {
    "〇零一二三四五六七八九十百千万亿兆两廿卅壹贰叁肆伍陆柒捌玖拾佰仟萬億兩".contains(c)
}

fn magnitude(c: char) -> Option<Decimal> {
    let exponent = match c {
        '百' | '佰' => 2,
        '千' | '仟' => 3,
        '万' | '萬' => 4,
        '亿' | '億' => 8,
        '兆' => 12,
        _ => return None,
    };
    power(exponent)
}

/// Ten to the `exponent`.
pub(super) fn power(exponent: i64) -> Option<Decimal> {
    let places = u32::try_from(exponent.unsigned_abs()).ok()?;
    if exponent < 0 {
        return Decimal::try_from_i128_with_scale(1, places).ok();
    }
    Decimal::try_from_i128_with_scale(10_i128.checked_pow(places)?, 0).ok()
}

fn is_power(number: Decimal) -> bool {
    (-6..=16).any(|exponent| power(exponent) == Some(number))
}

/// Full-width characters as their narrow twins.
fn narrow(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_digit_says_how_exact_a_number_is() {
        for (quote, value, quantum, coarse) in [
            ("59%", "59", "1", "1"),
            ("45.7%", "45.7", "0.1", "0.1"),
            ("436.29亿元", "43629000000", "1000000", "1000000"),
            ("１８万人", "180000", "10000", "10000"),
            ("255.3&nbsp;亿元", "25530000000", "10000000", "10000000"),
            ("179户", "179", "1", "1"),
            ("3000家", "3000", "1", "100"),
            ("300家", "300", "1", "10"),
            ("12000家", "12000", "1", "1000"),
            ("8500亿元", "850000000000", "100000000", "10000000000"),
            ("1,234,500元", "1234500", "1", "100"),
            ("67665", "6766500000000", "100000000", "100000000"),
            ("2.10万亿元", "2100000000000", "10000000000", "10000000000"),
            ("3万4000户", "34000", "1", "100"),
            ("1亿2000万元", "120000000", "10000", "1000000"),
            ("十三点二九亿元", "1329000000", "1000000", "1000000"),
            ("百分之三", "3", "1", "1"),
            ("三成", "30", "10", "10"),
            ("百亿元", "10000000000", "100000000", "1000000000"),
            ("两千户", "2000", "1", "100"),
            ("三十五个", "35", "1", "1"),
            ("-3.3", "-3.3", "0.1", "0.1"),
            ("0.0%", "0", "0.1", "0.1"),
            ("80余户", "80", "1", "1"),
        ] {
            let written = written(quote, value.parse().unwrap()).unwrap_or_else(|| panic!("{quote}"));
            assert_eq!(written.quantum, quantum.parse().unwrap(), "{quote}");
            assert_eq!(written.coarse, coarse.parse().unwrap(), "{quote}");
        }
    }

    #[test]
    fn what_is_no_number_has_no_precision() {
        assert_eq!(written("户", Decimal::ONE), None);
        assert_eq!(written("", Decimal::ONE), None);
    }
}
