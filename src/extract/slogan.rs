//! Slogans, which mix numerals and words by pattern.
//!
//! `“2+4”` → numbers joined with a plus sign; `一主六双` → numerals in step; `5·18` → an event's day.

use super::line::{Line, is_han};
use super::measure::measure;
use super::number::{Numeral, numeral};
use super::reject::Found;
use crate::lexicon::numerals::{self, digit};
use crate::lexicon::units::{self, Class};
use crate::model::Reason;

/// Longest stretch that is looked back over for a token or a quotation mark.
const BACK: usize = 64;

/// `“2+4”`, `1+N`: numbers joined with a plus sign.
pub(super) fn sum(line: Line<'_>, at: usize, floor: usize) -> Option<Found> {
    let piece = |c: char| c.is_ascii_alphanumeric() || digit(c).is_some() || c == '十';
    let plus = |c: Option<char>| c.is_some_and(|c| matches!(c, '+' | '＋'));
    let number = numeral(line, at)?;
    let bare_end =
        if number.more.is_some() && line.had(number.end, "+") { number.end - 1 } else { number.end };
    let before = line.before(at);
    let joined_before = plus(before) && line.before(at - before.map_or(0, char::len_utf8)).is_some_and(piece);
    let after = bare_end + line.at(bare_end).map_or(0, char::len_utf8);
    let joined_after = plus(line.at(bare_end)) && line.at(after).is_some_and(piece);
    if !joined_before && !joined_after {
        return None;
    }
    let (mut start, mut end) = (at, bare_end);
    while let Some(c) = line.before(start).filter(|&c| piece(c) || plus(Some(c))) {
        if start - c.len_utf8() < floor || at - start > BACK {
            break;
        }
        start -= c.len_utf8();
    }
    while let Some(c) = line.at(end).filter(|&c| piece(c) || plus(Some(c))) {
        end += c.len_utf8();
    }
    Some(Found::new(start, end, Reason::Slogan, "numbers joined with a plus sign"))
}

/// A short quotation that mixes numerals and words: `“三强市、三中心”`, `“125”`.
pub(super) fn quoted(line: Line<'_>, at: usize, floor: usize) -> Option<Found> {
    const LONGEST: usize = 14;
    let open = |c: char| matches!(c, '“' | '‘' | '「' | '『' | '《' | '〈');
    let close = |c: char| matches!(c, '”' | '’' | '」' | '』' | '》' | '〉');
    let stop = |c: char| matches!(c, '。' | '；' | ';' | '\n' | '\t' | '！' | '？');
    let mut start = at;
    let mut count = 0;
    loop {
        let c = line.before(start)?;
        if open(c) {
            break;
        }
        start -= c.len_utf8();
        count += 1;
        if close(c) || stop(c) || count > LONGEST || start < floor {
            return None;
        }
    }
    let mut end = at;
    loop {
        let c = line.at(end)?;
        if close(c) {
            break;
        }
        end += c.len_utf8();
        count += 1;
        if open(c) || stop(c) || count > LONGEST {
            return None;
        }
    }
    Some(Found::new(start, end, Reason::Slogan, "a short quotation"))
}

/// `一主六双`, `万人助万企`, `一企一策`: single numerals that alternate with one to three characters.
pub(super) fn pairs(line: Line<'_>, at: usize) -> Option<Found> {
    let single = |at: usize| -> Option<usize> {
        let c = line.at(at)?;
        let counts = digit(c).is_some_and(|d| d > 0) || matches!(c, '十' | '百' | '千' | '万' | '双' | '多');
        let next = at + c.len_utf8();
        let apart = line.at(next).is_some_and(|c| {
            is_han(c) && digit(c).is_none() && numerals::power(c).is_none() && !"双至到".contains(c)
        });
        (counts && apart).then_some(next)
    };
    if line
        .before(at)
        .is_some_and(|c| digit(c).is_some() || numerals::power(c).is_some() || c.is_ascii_digit())
    {
        return None;
    }
    let mut end = single(at)?;
    let real = units::at_start(line.from(end))
        .is_some_and(|unit| matches!(unit.class, Class::Measure | Class::Ratio | Class::Time));
    if real {
        return None;
    }
    let mut members = 1;
    loop {
        let mut gap = 0;
        let mut next = end;
        let mut found = None;
        while let Some(c) = line.at(next).filter(|&c| is_han(c)) {
            if gap > 0
                && let Some(after) = single(next)
            {
                found = Some(after);
                break;
            }
            gap += 1;
            next += c.len_utf8();
            if gap > 2 {
                break;
            }
        }
        let Some(after) = found else { break };
        let unit = units::at_start(line.from(after))
            .is_some_and(|unit| matches!(unit.class, Class::Measure | Class::Ratio | Class::Time));
        if unit {
            break;
        }
        end = after;
        members += 1;
    }
    if members < 2 {
        return None;
    }
    // The last member's word: one or two characters.
    for _ in 0..2 {
        match line.at(end).filter(|&c| is_han(c) && c != '的' && c != '等') {
            Some(c) => end += c.len_utf8(),
            None => break,
        }
    }
    Some(Found::new(at, end, Reason::Slogan, "numerals in step"))
}

/// `5·18`: a day that names an event; `4×4`: a product that names a system.
pub(super) fn dotted(line: Line<'_>, at: usize, number: &Numeral) -> Option<Found> {
    let sign = |c: Option<char>| c.filter(|c| matches!(c, '·' | '×' | '•'));
    let ascii = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let after = sign(line.at(number.end)).filter(|c| ascii(line.at(number.end + c.len_utf8())));
    let before = sign(line.before(at)).filter(|c| ascii(line.before(at - c.len_utf8())));
    let counted = measure(line, number.end).is_some_and(|unit| unit.class == Class::Measure);
    if after.or(before).is_none() || counted || number.plain().is_none() {
        return None;
    }
    let date = after.or(before) != Some('×');
    let end = match after {
        Some(c) => line.digits(number.end + c.len_utf8()),
        None => number.end,
    };
    let (reason, rule) =
        if date { (Reason::Date, "a day that names an event") } else { (Reason::Name, "a product") };
    Some(Found::new(at, end, reason, rule))
}
