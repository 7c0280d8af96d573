//! Numbers that are not quantities, each with a reason: a result, not an error.
//!
//! `第五批` → ordinal; `（一）` → list number; `一主六双` → slogan; `PM2.5` → name; `010-88650000` → identifier.

use super::date::dash;
use super::line::{Line, is_han};
use super::measure::measure;
use super::number::{Numeral, numeral};
use crate::lexicon::frames::{self, Role};
use crate::lexicon::not_figures::phrase;
use crate::lexicon::numerals::{self, digit};
use crate::lexicon::units::{self, Class};
use crate::model::{Decimal, Reason};

/// A stretch of text that holds a number and is no quantity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) reason: Reason,
    pub(super) rule: &'static str,
}

impl Found {
    pub(super) fn new(start: usize, end: usize, reason: Reason, rule: &'static str) -> Self {
        Self { start, end, reason, rule }
    }
}

/// Longest stretch that is looked back over for a token or a quotation mark.
const BACK: usize = 64;

/// A phrase of the lexicon around the numeral at `at`.
pub(super) fn fixed(line: Line<'_>, at: usize, floor: usize) -> Option<Found> {
    let (start, phrase) = phrase(line.0, at, floor)?;
    // 第一期 is an ordinal whatever 一期 may be.
    if start == at && line.had(at, "第") {
        return None;
    }
    Some(Found::new(start, start + phrase.text.len(), phrase.reason, "a fixed phrase"))
}

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

/// Whether an item of a list may begin at `at`.
fn opens_item(line: Line<'_>, at: usize) -> bool {
    let head = line.upto(at);
    let trimmed = head.trim_end_matches([' ', '\u{3000}']);
    trimmed.chars().next_back().is_none_or(|c| {
        matches!(
            c,
            '。' | '；'
                | ';'
                | '：'
                | ':'
                | '！'
                | '？'
                | '!'
                | '?'
                | '\n'
                | '\t'
                | ')'
                | '）'
                | '》'
                | '●'
                | '■'
                | '◆'
                | '★'
                | '·'
                | '—'
                | '”'
                | '“'
        )
    })
}

/// The number of an item, a section, a table or a note.
pub(super) fn list_number(line: Line<'_>, at: usize) -> Option<Found> {
    let c = line.at(at)?;
    let found = |start, end, rule| Some(Found::new(start, end, Reason::ListNumber, rule));
    if matches!(c, '①'..='⑳') {
        return found(at, at + c.len_utf8(), "a circled number");
    }
    let number = numeral(line, at)?;
    // 2.1项目概况: a section number at the head of a line
    let section =
        number.decimals == 1 && !number.chinese && number.scale == Decimal::ONE && number.digits == 1;
    if section
        && line.upto(at).trim().is_empty()
        && line.at(number.end).is_some_and(is_han)
        && measure(line, number.end).is_none_or(|unit| unit.class == Class::Place)
    {
        return found(at, number.end, "a section number");
    }
    let value = number.plain().filter(|v| (0..=99).contains(v))?;
    let end = number.end;
    // （一）, (3)
    if let Some(open) = line.before(at).filter(|c| matches!(c, '(' | '（'))
        && let Some(close) = line.at(end).filter(|c| matches!(c, ')' | '）'))
        && value > 0
    {
        return found(at - open.len_utf8(), end + close.len_utf8(), "a number in brackets");
    }
    // ［1］, a note
    if line.before(at).is_some_and(|c| matches!(c, '［' | '[' | '【'))
        && line.at(end).is_some_and(|c| matches!(c, '］' | ']' | '】'))
    {
        return found(at, end, "a note");
    }
    let opens = opens_item(line, at);
    let next = line.at(end);
    let follows = |n: usize| line.at(line.skip_blank(n));
    if opens && value > 0 {
        match next {
            Some('、')
                if !follows(end + 3).is_some_and(|c| numerals::is_numeral(c) && listed(line, end + 3)) =>
            {
                return found(at, end + "、".len(), "an item's number");
            }
            Some('.' | '．') if !number.chinese || follows(end + 1).is_some_and(is_han) => {
                let width = next.map_or(1, char::len_utf8);
                return found(at, end + width, "an item's number");
            }
            Some(')' | '）') => {
                let width = next.map_or(1, char::len_utf8);
                return found(at, end + width, "an item's number");
            }
            Some(' ')
                if number.decimals == 0
                    && at == 0
                    && follows(end).is_some_and(|c| is_han(c) && !numerals::is_numeral(c))
                    && measure(line, end).is_none() =>
            {
                return found(at, end, "an item's number");
            }
            _ => {}
        }
    }
    let comma = line.before(at).is_none_or(|c| !is_han(c) || c == '的');
    if number.chinese && comma {
        for word in ["是", "要", "则", "手抓"] {
            if line.has(end, word) && value <= 20 {
                return found(at, end + word.len(), "an item of an enumeration");
            }
        }
    }
    // 附件3, 表1
    let head = line.upto(line.skip_blank_back(at));
    if (measure(line, end).is_none()
        || ["专栏", "附件", "附表", "附图"].into_iter().any(|word| head.ends_with(word)))
        && number.plain().is_some()
        && let Some(word) = frames::touching(Role::ListBefore, head)
        && word != "第"
        && (word.len() > 3
            || !line.upto(at - word.len()).ends_with(is_han)
            || next.is_none_or(|c| !is_han(c)))
    {
        return found(at, end, "the number of a table, note or annex");
    }
    None
}

/// Whether numbers separated by 、 run on to one with a unit: 12、15和18亿元.
fn listed(line: Line<'_>, at: usize) -> bool {
    numeral(line, line.skip_blank(at)).is_some_and(|n| {
        measure(line, n.end).is_some()
            || line.at(n.end).is_some_and(|c| matches!(c, '、' | '和' | '与' | '及'))
    })
}

/// `第五批`, `第十一次`; a place in an order is left to the caller.
pub(super) fn ordinal(line: Line<'_>, at: usize) -> Option<Found> {
    if !line.had(at, "第") {
        return None;
    }
    let start = at - "第".len();
    let number = numeral(line, at)?;
    let mut end = number.end;
    // 第二、三产业
    while let Some(next) = ["、", "和", "至", "到", "-", "—"].into_iter().find(|word| line.has(end, word))
    {
        let Some(other) = numeral(line, end + next.len()) else { break };
        if other.plain().is_none() || measure(line, other.end).is_some_and(|unit| unit.class != Class::Count)
        {
            break;
        }
        end = other.end;
    }
    for word in ["季度", "产业", "时间", "梯队", "方阵", "书记", "世界", "条"] {
        if line.has(end, word) {
            let reason = if word == "季度" { Reason::Date } else { Reason::Ordinal };
            return Some(Found::new(start, end + word.len(), reason, "第 before the number"));
        }
    }
    let next = line.at(end);
    if next.is_some_and(|c| matches!(c, '，' | ',' | '、' | '：' | ':')) && opens_item(line, start) {
        return Some(Found::new(start, end, Reason::ListNumber, "an item of an enumeration"));
    }
    if let Some(unit) = measure(line, end) {
        end = unit.end;
    }
    Some(Found::new(start, end, Reason::Ordinal, "第 before the number"))
}

/// Whether 第一 or 前十 states a place in an order: 位居全国第一, 排名第3位, 进入全国前十. Gives where
/// it begins and ends.
pub(super) fn rank(line: Line<'_>, at: usize) -> Option<(usize, usize, Numeral)> {
    let first = line.had(at, "第");
    let among = line.had(at, "前");
    if !first && !among {
        return None;
    }
    let number = numeral(line, at)?;
    number.plain()?;
    let mut end = number.end;
    for word in ["位", "名"] {
        if line.has(end, word) {
            end += word.len();
            break;
        }
    }
    let named = end > number.end;
    let start = at - "第".len();
    let head = line.upto(start);
    let closes =
        line.at(end).is_none_or(|c| !is_han(c) && c != '%' && c != '‰' || matches!(c, '的' | '和' | '与'))
            || line.has(end, "方阵")
            || line.has(end, "梯队")
            || line.has(end, "行列");
    let near = frames::touching(Role::RankNear, head).is_some();
    let strong = frames::within(Role::RankBefore, line.clause_before(start)).is_some();
    if among {
        let stands = (near || strong || named) && closes && measure(line, end).is_none();
        return stands.then_some((at, end, number));
    }
    (closes && (strong || near) || named && strong).then_some((start, end, number))
}

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
        let apart = line
            .at(next)
            .is_some_and(|c| is_han(c) && digit(c).is_none() && numerals::power(c).is_none() && c != '双');
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

/// A number that a word right after it makes a name, an edition or a meeting: `500强`, `2.0版`, `二次会议`.
pub(super) fn named(line: Line<'_>, at: usize, number: &Numeral) -> Option<Found> {
    let end = number.end;
    let rest = line.from(end);
    if let Some(word) = frames::touching(Role::EditionAfter, rest)
        && number.scale == Decimal::ONE
    {
        return Some(Found::new(at, end + word.len(), Reason::Edition, "an edition or version"));
    }
    if number.decimals == 1
        && number.scale == Decimal::ONE
        && number.value.is_some_and(|v| v.fract().is_zero())
        && measure(line, end).is_none()
        && !number.chinese
        && line.at(end).is_none_or(|c| !matches!(c, '∶' | ':' | '：' | '%'))
        && line.before(at).is_none_or(|c| !matches!(c, '∶' | ':' | '：'))
    {
        return Some(Found::new(at, end, Reason::Edition, "a version"));
    }
    if let Some(word) = frames::touching(Role::NameAfter, rest)
        && number.plain().is_some()
    {
        return Some(Found::new(at, end + word.len(), Reason::Name, "a name"));
    }
    for unit in ["次", "届", "中"] {
        if line.has(end, unit)
            && number.plain().is_some()
            && let Some(word) = frames::touching(Role::MeetingAfter, line.from(end + unit.len()))
        {
            let held = number.plain().is_some_and(|n| n > 20) && unit == "次";
            let stop = end + unit.len() + word.len();
            return (!held).then_some(Found::new(at, stop, Reason::Ordinal, "a numbered meeting"));
        }
    }
    None
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

/// The denominator of a rate: `每万人`, `每100户`, `万元GDP能耗`.
pub(super) fn denominator(line: Line<'_>, at: usize, number: &Numeral) -> Option<Found> {
    let end = measure(line, number.end).map_or(number.end, |unit| unit.end);
    let per = line.had(at, "每");
    let named = line.at(end).is_some_and(|c| is_han(c) || c.is_ascii_alphabetic());
    let noun = number.bare
        && number.more.is_none()
        && end > number.end
        && named
        && crate::lexicon::bounds::after(line.from(end)).is_none()
        && crate::lexicon::bounds::before(line.upto(at), true).is_none()
        && measure(line, number.end).is_some_and(|unit| {
            matches!(unit.dimension, "persons" | "money" | "length" | "households" | "area")
        })
        && frames::touching(Role::Denominated, line.from(end)).is_some();
    (per || noun).then_some(Found::new(at, end, Reason::Name, "denominator"))
}

/// The far end of a range without a unit (`2022-25`), so that it is not read as a new number.
pub(super) fn range_end(line: Line<'_>, number: &Numeral) -> usize {
    dash(line, number.end)
        .and_then(|at| numeral(line, at).filter(|n| n.plain().is_some() && !n.chinese).map(|n| n.end))
        .unwrap_or(number.end)
}
