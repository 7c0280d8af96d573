//! Telephone numbers, licences, addresses, words of letters and digits, masked digits.
//!
//! `010-88650000` → identifier; `PM2.5` → name; `20xx` → masked; `3号楼502室` → an address.

use super::line::Line;
use super::measure::measure;
use super::number::numeral;
use super::order::opens_item;
use super::reject::Found;
use crate::lexicon::frames::{self, Role};
use crate::lexicon::numerals::{self};
use crate::lexicon::units::{self};
use crate::model::{Decimal, Reason};

/// Longest stretch that is looked back over for a token or a quotation mark.
const BACK: usize = 64;

/// A word in Latin letters and digits: `C919`, `5G`, `PM2.5`, `http://…/12`, `h4sia`.
pub(super) fn token(line: Line<'_>, at: usize, floor: usize) -> Option<Found> {
    let bytes = line.0.as_bytes();
    let inside = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-' | b'/' | b'@');
    let mut start = at;
    while start > floor && at - start < BACK && bytes.get(start - 1).is_some_and(|&b| inside(b)) {
        start -= 1;
    }
    let after_digits = line.digits(at);
    let led = bytes.get(start..at).unwrap_or(&[]).iter().any(u8::is_ascii_alphabetic);
    let next = line.at(after_digits);
    let run_on =
        next.is_some_and(|c| c.is_ascii_alphabetic()) && units::at_start(line.from(after_digits)).is_none();
    if !led && !run_on {
        return None;
    }
    if led && quantity_after_name(line, start, at) {
        return None;
    }
    let mut end = after_digits;
    while let Some(&b) = bytes.get(end) {
        let connects =
            matches!(b, b'.' | b'_' | b'-' | b'/' | b'@' | b':' | b'?' | b'=' | b'&' | b'%' | b'~' | b'#')
                && bytes.get(end + 1).is_some_and(u8::is_ascii_alphanumeric);
        if !(b.is_ascii_alphanumeric() || connects) {
            break;
        }
        end += 1;
    }
    let word = line.slice(start, end);
    let start = start + word.len() - word.trim_start_matches(['.', '-', '_', '/']).len();
    let address = word.contains('@')
        || word.contains("://")
        || word.contains("www.")
        || word.contains(".com")
        || word.contains(".cn");
    Some(if address {
        Found::new(start, end, Reason::Furniture, "an address")
    } else {
        Found::new(start, end, Reason::Name, "letters and digits")
    })
}

/// `GDP5000亿元`, `CPI2.1%`: an abbreviation, then a quantity.
fn quantity_after_name(line: Line<'_>, start: usize, at: usize) -> bool {
    let name = line.slice(start, at);
    let Some(number) = numeral(line, at) else { return false };
    let counted = line.has(number.end, "%") && (number.decimals > 0 || number.digits < 3)
        || number.scale > Decimal::ONE && measure(line, number.end).is_some();
    name.len() >= 2
        && name.bytes().all(|b| b.is_ascii_uppercase() || b == b'-')
        && !name.ends_with('-')
        && counted
        || name.ends_with('-') && name.len() == 1
}

/// Digits and letters x that stand for digits: `20xx`, `202x年`.
pub(super) fn masked(line: Line<'_>, at: usize) -> Option<(usize, bool)> {
    let mut end = line.digits(at);
    if end == at {
        return None;
    }
    let mut masks = 0;
    while let Some(c) = line.at(end).filter(|c| matches!(c, 'x' | 'X' | '×' | '＊' | '*' | '某' | 'Ｘ')) {
        end += c.len_utf8();
        masks += 1;
    }
    let next = line.at(end);
    let date = next.is_some_and(|c| matches!(c, '年' | '月' | '日'));
    // 5×8 is a product, 2X a name.
    let runs_on = next.is_some_and(|c| c.is_ascii_alphanumeric());
    (masks > 0 && !runs_on && (masks > 1 || date || end - at >= 4)).then_some((end, date))
}

/// Telephone, licence, document and postal numbers, addresses.
pub(super) fn identifier(line: Line<'_>, at: usize) -> Option<Found> {
    if !line.at(at)?.is_ascii_digit() {
        return None;
    }
    let found = |end, rule| Some(Found::new(at, end, Reason::Identifier, rule));
    let end = line.digits(at);
    // 〔2021〕12号
    if let Some(open) = line.before(at).filter(|c| matches!(c, '〔' | '[' | '［' | '【' | '(' | '（'))
        && end == at + 4
        && let Some(close) = line.at(end).filter(|c| matches!(c, '〕' | ']' | '］' | '】' | ')' | '）'))
    {
        let mut start = end + close.len_utf8();
        if line.has(start, "第") {
            start += "第".len();
        }
        let stop = line.digits(start);
        if stop > start && line.has(stop, "号") && open != ' ' {
            return found(stop + "号".len(), "a document number");
        }
    }
    if let Some(stop) = coordinate(line, at) {
        return found(stop, "a geographical position");
    }
    // 010-88650000, 13019302号-1, 400-800-1234
    let (mut stop, mut groups, mut digits) = (end, 1, end - at);
    while line.at(stop) == Some('-') && line.digits(stop + 1) > stop + 1 {
        let next = line.digits(stop + 1);
        digits += next - stop - 1;
        groups += 1;
        stop = next;
    }
    let zero = line.has(at, "0") && end - at >= 3;
    if groups > 1 && (digits >= 9 || zero && digits >= 7 || groups > 3) {
        return found(stop, "a telephone number");
    }
    let counted = || {
        line.at(end).is_some_and(|c| numerals::power(c).is_some() || matches!(c, '余' | '多'))
            || units::at_start(line.from(line.skip_blank(end))).is_some()
    };
    if line.has(end, "号") {
        let mut stop = end + "号".len();
        if line.at(stop) == Some('-') {
            stop = line.digits(stop + 1);
        }
        return found(address(line, stop), "a number with 号");
    }
    if end - at >= 7
        && line.at(end) != Some('.')
        && line.at(end) != Some(',')
        && (end - at >= 12 || !counted())
    {
        return found(end, "a long number");
    }
    // 1.2.3, 192.168.0.1
    if line.at(end) == Some('.') {
        let (mut stop, mut dots) = (end, 0);
        while line.at(stop) == Some('.') && line.digits(stop + 1) > stop + 1 {
            stop = line.digits(stop + 1);
            dots += 1;
        }
        if dots >= 2 {
            return Some(if opens_item(line, at) {
                Found::new(at, stop, Reason::ListNumber, "a section number")
            } else {
                Found::new(at, stop, Reason::Identifier, "a dotted number")
            });
        }
    }
    for word in ["单元", "室", "弄", "号楼", "楼"] {
        if line.has(end, word) {
            return found(address(line, end + word.len()), "an address");
        }
    }
    let head = line.upto(at).trim_end_matches(['：', ':', ' ', '（', '(', '为', '是', '第']);
    if end - at >= 3
        && frames::touching(Role::IdBefore, head).is_some()
        && !counted()
        && line.at(end) != Some('.')
    {
        return found(end, "a number after its kind");
    }
    if end - at == 6 && line.has(at, "1") | line.has(at, "0") && head.ends_with("邮编") {
        return found(end, "a post code");
    }
    None
}

/// The end of a longitude or latitude: 东经|116度23分|, 北纬|30°—32°|.
fn coordinate(line: Line<'_>, at: usize) -> Option<usize> {
    ["东经", "西经", "北纬", "南纬"].into_iter().find(|side| line.had(at, side))?;
    let part = |c: char| c.is_ascii_digit() || "度分秒°′″'\".—-～~至".contains(c);
    let rest = line.from(at);
    Some(at + rest.find(|c| !part(c)).unwrap_or(rest.len()))
}

/// Past the rest of an address: 甲18号|3栋402室|.
fn address(line: Line<'_>, at: usize) -> usize {
    let mut end = at;
    loop {
        let stop = line.digits(end);
        let word = ["单元", "号楼", "栋", "幢", "座", "楼", "层", "室", "号"]
            .into_iter()
            .find(|word| line.has(stop, word));
        match word {
            Some(word) if stop > end => end = stop + word.len(),
            _ => return end,
        }
    }
}
