//! Numerals of every script → an exact decimal, with what they leave open.
//!
//! `十三点二九亿` → 1329000000; `3万4000` → 34000; `三十几万` → more than 300000; `三四百` → 300 to 400.

use super::line::{Line, is_han};
use crate::lexicon::frames::{self, Role};
use crate::lexicon::numerals::{digit, is_formal, power, tens};
use crate::lexicon::units;
use crate::model::{Bound, Decimal};

/// A number as written, before its unit.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of the spelling on its own")]
pub struct Numeral {
    /// One past its last byte, magnitudes and 余, 多, 几 included.
    pub end: usize,
    /// `None` for an unknown or unprintable one (数百, 20xx).
    pub value: Option<Decimal>,
    /// The upper end of an approximation by two digits (三四百).
    pub high: Option<Decimal>,
    /// The magnitude written after Arabic digits: 10000 in 3.5万, otherwise 1.
    pub scale: Decimal,
    /// No Arabic digit in it.
    pub chinese: bool,
    /// 余, 多 or 几 stands inside: the true number is larger. With 来 it is about that.
    pub more: Option<Bound>,
    /// It opens with a magnitude above ten: 百亿, 万.
    pub bare: bool,
    /// It opens with 数 or 几, or digits are masked.
    pub vague: bool,
    /// Digits before the decimal point, if it is written in digits alone.
    pub digits: usize,
    /// Digits after the decimal point.
    pub decimals: usize,
    /// Thousands are separated.
    pub grouped: bool,
    /// A letter was read as a digit.
    pub mended: bool,
    /// A string of Chinese digits: 二〇二五.
    pub positional: bool,
}

/// Most parts of a numeral; longer runs are no numbers that anybody wrote.
const PARTS: usize = 40;
/// Most digits in a row.
const DIGITS: usize = 18;

/// One part of a numeral.
#[derive(Clone, Copy, Debug)]
enum Part {
    Number { low: Decimal, high: Option<Decimal>, single: bool },
    Power(u32),
}

/// A run of Arabic digits with separators and decimals.
struct Arabic {
    end: usize,
    value: Decimal,
    digits: usize,
    decimals: usize,
    grouped: bool,
    mended: bool,
}

/// The number that begins at byte `at`.
pub(super) fn numeral(line: Line<'_>, at: usize) -> Option<Numeral> {
    Reader { line, at, parts: Vec::new(), zero: false, num: Numeral::empty(at) }.read()
}

/// Parses a whole text as one number: `十三点二九亿`, `1,029`, `3万4000`.
pub fn parse(text: &str) -> Option<Decimal> {
    let number = numeral(Line(text), 0)?;
    if number.end == text.len() { number.value } else { None }
}

impl Numeral {
    fn empty(at: usize) -> Self {
        Self {
            end: at,
            value: None,
            high: None,
            scale: Decimal::ONE,
            chinese: true,
            more: None,
            bare: false,
            vague: false,
            digits: 0,
            decimals: 0,
            grouped: false,
            mended: false,
            positional: false,
        }
    }

    /// A whole number of a few digits without magnitude: a year, a day, the number of an item.
    pub fn plain(&self) -> Option<i64> {
        let whole = self.decimals == 0 && self.more.is_none() && !self.vague && self.high.is_none();
        let value = self.value.filter(|_| whole && self.scale == Decimal::ONE && !self.grouped)?;
        i64::try_from(value).ok()
    }

    /// Below ten and in Chinese.
    pub fn small(&self) -> bool {
        self.chinese && self.value.is_none_or(|v| v < Decimal::TEN) && !self.vague
    }
}

struct Reader<'a> {
    line: Line<'a>,
    at: usize,
    parts: Vec<Part>,
    /// 零 stood after a magnitude: 一千零五 is not 一千五.
    zero: bool,
    num: Numeral,
}

impl Reader<'_> {
    fn read(mut self) -> Option<Numeral> {
        if self.line.at(self.at).is_some_and(|c| c == '数' || c == '几') {
            self.at += '数'.len_utf8();
            self.line.at(self.at).and_then(power)?;
            self.num.vague = true;
            self.num.more = Some(Bound::Gt);
        }
        while self.parts.len() < PARTS && self.part().is_some() {}
        if self.parts.is_empty() {
            return None;
        }
        self.num.end = self.at;
        self.num.bare = matches!(self.parts.first(), Some(Part::Power(2..))) && !self.num.vague;
        if !self.num.vague {
            self.num.value = self.sum(false);
            if self.parts.iter().any(|p| matches!(p, Part::Number { high: Some(_), .. })) {
                self.num.high = self.sum(true);
            }
        }
        if !self.num.chinese {
            self.num.scale = self.trailing();
        }
        Some(self.num)
    }

    /// Reads one part; `None` at the end of the numeral.
    fn part(&mut self) -> Option<()> {
        let c = self.line.at(self.at)?;
        let last = self.parts.last().copied();
        if self.num.more.is_some() && !self.num.vague && power(c).is_none() && c != ' ' {
            return None;
        }
        if c.is_ascii_digit() || is_slip(c) {
            return self.arabic(last);
        }
        if c == '零'
            && !self.num.chinese
            && matches!(last, Some(Part::Power(_)))
            && self.line.at(self.at + c.len_utf8()).is_some_and(|c| c.is_ascii_digit())
        {
            self.at += c.len_utf8();
            self.zero = true;
            return Some(());
        }
        if let Some(e) = power(c) {
            return self.power(c, e, last);
        }
        if digit(c).is_some() {
            return self.chinese(last);
        }
        if let Some(n) = tens(c).filter(|_| last.is_none()) {
            self.at += c.len_utf8();
            self.parts.push(Part::Number { low: Decimal::from(n), high: None, single: true });
            self.parts.push(Part::Power(1));
            return Some(());
        }
        match c {
            ' ' => self.blank(last),
            '余' | '多' | '来' | '几' | '+' | '把' => self.more(c, last),
            _ => None,
        }
    }

    fn arabic(&mut self, last: Option<Part>) -> Option<()> {
        // Arabic digits open a number or follow a magnitude after Arabic digits: 3万4000.
        let follows = match last {
            None => !self.num.vague,
            Some(Part::Power(e)) => e >= 3 && !self.num.chinese,
            Some(Part::Number { .. }) => false,
        };
        if !follows {
            return None;
        }
        let found = arabic(self.line, self.at)?;
        // 3万4000 and 2亿3000万 are one number, 390万65岁 is two.
        let fits = match last {
            Some(Part::Power(3)) => found.digits == 3 || self.zero,
            // 1万3千 ends in a magnitude of its own.
            Some(Part::Power(4)) => (3..=4).contains(&found.digits) || self.zero || self.magnitude(found.end),
            Some(_) => self.magnitude(found.end),
            None => true,
        };
        if last.is_some() && found.decimals > 0 || !fits {
            return None;
        }
        self.at = found.end;
        self.num.chinese = false;
        if last.is_none() {
            (self.num.digits, self.num.decimals) = (found.digits, found.decimals);
            (self.num.grouped, self.num.mended) = (found.grouped, found.mended);
        }
        self.parts.push(Part::Number { low: found.value, high: None, single: false });
        Some(())
    }

    /// Whether a magnitude stands at `at`, and no unit that opens with one (千瓦).
    fn magnitude(&self, at: usize) -> bool {
        self.line.at(at).and_then(power).is_some() && units::at_start(self.line.from(at)).is_none()
    }

    fn power(&mut self, c: char, e: u32, last: Option<Part>) -> Option<()> {
        let rest = self.line.from(self.at);
        match last {
            // 千瓦, 千米, 百分点, 兆瓦 are units, not magnitudes, once there is a number.
            Some(_) if units::at_start(rest).is_some() => return None,
            None if e == 12 || is_formal(c) && !formal_run(rest) => return None,
            None if self.num.vague && e > 8 => return None,
            // 万亿, 百万, 千亿 multiply; 千百 and 百千 do not.
            Some(Part::Power(p)) if !(e >= 4 && e > p || e == 8 && p == 8) => return None,
            Some(Part::Number { .. }) if e == 1 && !self.num.chinese => return None,
            _ => {}
        }
        self.at += c.len_utf8();
        self.zero = false;
        self.parts.push(Part::Power(e));
        Some(())
    }

    fn chinese(&mut self, last: Option<Part>) -> Option<()> {
        if self.num.vague || !self.num.chinese {
            return None;
        }
        if matches!(last, Some(Part::Number { .. })) {
            return None;
        }
        let first = self.line.at(self.at)?;
        if last.is_none() && is_formal(first) && !formal_run(self.line.from(self.at)) {
            return None;
        }
        let (mut end, mut value, mut count, mut previous, mut zeros) = (self.at, 0_i64, 0_usize, 0_u8, 0);
        let mut before = 0;
        while let Some(c) = self.line.at(end) {
            // An Arabic 0 between Chinese digits stands for 〇.
            let arabic_zero = c == '0' && count > 0 && self.line.at(end + 1).and_then(digit).is_some();
            let Some(d) = digit(c).or(arabic_zero.then_some(0)) else { break };
            if count == DIGITS {
                return None;
            }
            (before, previous) = (previous, d);
            value = value * 10 + i64::from(d);
            zeros += usize::from(d == 0);
            count += 1;
            end += c.len_utf8();
        }
        let point = self.line.has(end, "点") && self.line.at(end + 3).and_then(digit).is_some();
        if count == 1 && previous == 0 && !point {
            // 一千零五: a place holder. A 零 on its own opens no number.
            if !matches!(last, Some(Part::Power(_)))
                || self.line.at(end).is_none_or(|c| digit(c).is_none() && power(c).is_none())
            {
                return None;
            }
            self.zero = true;
            self.at = end;
            return Some(());
        }
        let approximate = count == 2 && zeros == 0 && !point && near(before, previous);
        if zeros > 0
            && self.line.at(self.at).and_then(digit) == Some(0)
            && matches!(last, Some(Part::Power(_)))
        {
            self.zero = true;
        }
        let mut low = Decimal::from(value);
        let mut high = None;
        if approximate {
            low = Decimal::from(before);
            high = Some(Decimal::from(previous));
        } else if point {
            let (fraction, places, stop) = self.places(end + 3)?;
            low = low.checked_add(Decimal::new(fraction, places))?;
            end = stop;
            self.num.decimals = places as usize;
        } else if count > 1 && last.is_none() {
            self.num.positional = true;
            self.num.digits = count;
        }
        self.at = end;
        self.parts.push(Part::Number { low, high, single: count == 1 && !point || approximate });
        Some(())
    }

    /// The digits after 点, their number and where they end.
    fn places(&self, from: usize) -> Option<(i64, u32, usize)> {
        let (mut value, mut places, mut end) = (0_i64, 0, from);
        while let Some((c, d)) = self.line.at(end).and_then(|c| Some((c, digit(c)?))) {
            if places as usize == DIGITS - 4 {
                return None;
            }
            value = value * 10 + i64::from(d);
            places += 1;
            end += c.len_utf8();
        }
        Some((value, places, end))
    }

    /// One blank before a magnitude: 200 万.
    fn blank(&mut self, last: Option<Part>) -> Option<()> {
        if self.num.chinese || !matches!(last, Some(Part::Number { .. })) {
            return None;
        }
        let c = self.line.at(self.at + 1)?;
        // 1200 多人
        if matches!(c, '余' | '多') {
            let unit = self.line.skip_blank(self.at + 1 + c.len_utf8());
            return units::at_start(self.line.from(unit)).map(|_| self.at += 1);
        }
        (power(c).is_some_and(|e| e > 2) && self.magnitude(self.at + 1)).then(|| self.at += 1)
    }

    /// 余, 多, 来, 几, 把 after a round number.
    fn more(&mut self, c: char, last: Option<Part>) -> Option<()> {
        let last = last?;
        if self.num.more.is_some() {
            return None;
        }
        let round = match last {
            Part::Power(_) => true,
            Part::Number { low, .. } => {
                !self.num.chinese && (c == '余' || c == '多' || c == '+' || (low % Decimal::TEN).is_zero())
            }
        };
        let after = self.at + c.len_utf8();
        let next = self.line.at(after);
        let magnitude = next.is_some_and(|c| power(c).is_some());
        let unit = units::at_start(self.line.from(self.line.skip_blank(after))).is_some();
        let open = match c {
            '余' => !self.line.has(after, "额") && !self.line.has(after, "亩均"),
            '多' => {
                magnitude
                    || unit
                    || next.is_none_or(|c| !is_han(c))
                    || matches!(last, Part::Number { low, .. } if low >= Decimal::TEN)
            }
            // 千把人, not 三千把椅子
            '把' => unit && self.parts.len() == 1 && matches!(last, Part::Power(2..)),
            _ => magnitude || unit,
        };
        if !round || !open {
            return None;
        }
        self.at = after;
        self.num.more = Some(if matches!(c, '来' | '把') { Bound::Approx } else { Bound::Gt });
        Some(())
    }

    /// The value of the parts; `high` takes the upper end of approximations.
    fn sum(&self, upper: bool) -> Option<Decimal> {
        let ten = |e: u32| Decimal::from(10_i64.pow(e));
        let (mut total, mut section) = (Decimal::ZERO, Decimal::ZERO);
        let mut current: Option<(Decimal, bool)> = None;
        let mut smallest = None;
        let mut repeated = false;
        for part in &self.parts {
            match *part {
                Part::Number { low, high, single } => {
                    current = Some((if upper { high.unwrap_or(low) } else { low }, single));
                }
                Part::Power(e) if e < 4 => {
                    let n = current.take().map_or(Decimal::ONE, |(n, _)| n);
                    section = section.checked_add(n.checked_mul(ten(e))?)?;
                    smallest = Some(e);
                }
                Part::Power(e) if repeated && !total.is_zero() => {
                    total = total.checked_mul(ten(e))?;
                    smallest = Some(e);
                }
                Part::Power(e) => {
                    let alone = section.is_zero() && total.is_zero();
                    let n =
                        current.take().map_or(if alone { Decimal::ONE } else { Decimal::ZERO }, |(n, _)| n);
                    let n = section.checked_add(n)?;
                    total = if !total.is_zero() && total < ten(e) {
                        total.checked_add(n)?.checked_mul(ten(e))?
                    } else {
                        total.checked_add(n.checked_mul(ten(e))?)?
                    };
                    section = Decimal::ZERO;
                    smallest = Some(e);
                }
            }
            repeated = matches!(part, Part::Power(4..));
        }
        // 三万五 is 35000, 三万零五 is 30005.
        let rest = match (current, smallest) {
            (Some((n, true)), Some(e)) if e > 1 && !self.zero && self.num.chinese => {
                n.checked_mul(ten(e - 1))?
            }
            (Some((n, _)), _) => n,
            (None, _) => Decimal::ZERO,
        };
        total.checked_add(section)?.checked_add(rest).map(|v| v.normalize())
    }

    /// The product of the magnitudes that follow the only Arabic number.
    fn trailing(&self) -> Decimal {
        let mut scale = Decimal::ONE;
        for part in self.parts.iter().skip(1) {
            match part {
                Part::Power(e) => scale = scale.checked_mul(Decimal::from(10_i64.pow(*e))).unwrap_or(scale),
                Part::Number { .. } => return Decimal::ONE,
            }
        }
        scale
    }
}

/// Two digits in a row that approximate: 三四, 七八, 三五.
fn near(low: u8, high: u8) -> bool {
    low + 1 == high || low == 3 && high == 5
}

/// Whether cheque numerals stand at the start: two of them, or one and a magnitude.
fn formal_run(text: &str) -> bool {
    let mut chars = text.chars().skip(1);
    chars.next().is_some_and(|c| is_formal(c) || c == '万' || c == '亿')
}

/// A letter that optical recognition puts for a digit.
fn is_slip(c: char) -> bool {
    matches!(c, 'l' | 'I' | 'O' | 'o')
}

/// Arabic digits at `at`, with thousands separators, decimals and letters read for digits.
fn arabic(line: Line<'_>, at: usize) -> Option<Arabic> {
    let bytes = line.0.as_bytes();
    let byte = |n: usize| bytes.get(n).copied().unwrap_or(0);
    let (mut value, mut count, mut end, mut mended) = (0_i64, 0_usize, at, false);
    let mut take = |d: u8, count: &mut usize| -> Option<()> {
        if *count == DIGITS {
            return None;
        }
        value = value * 10 + i64::from(d);
        *count += 1;
        Some(())
    };
    loop {
        let b = byte(end);
        let d = match b {
            b'0'..=b'9' => b - b'0',
            b'l' | b'I' | b'O' | b'o' if slip_fits(line, at, end) => {
                mended = true;
                u8::from(matches!(b, b'l' | b'I'))
            }
            _ => break,
        };
        take(d, &mut count)?;
        end += 1;
    }
    if count == 0 {
        return None;
    }
    let mut grouped = false;
    let leading = byte(at) == b'0';
    while (grouped || count <= 3) && !leading && !mended {
        let width = if byte(end) == b',' {
            1
        } else if line.has(end, "，") {
            3
        } else {
            break;
        };
        let group = end + width;
        if line.digits(group) != group + 3 {
            break;
        }
        for n in group..group + 3 {
            take(byte(n) - b'0', &mut count)?;
        }
        end = group + 3;
        grouped = true;
    }
    // A number broken by one blank, as scans leave it or as thousands are set apart: 1 2家, 3 500吨.
    let head = line.upto(line.skip_blank_back(at));
    if count <= 3 && !grouped && byte(end) == b' ' && head.ends_with(is_han) {
        let stop = line.digits(end + 1);
        let width = stop - end - 1;
        let next = line.skip_blank(stop + if line.has(stop, "余") { "余".len() } else { 0 });
        let unit = units::at_start(line.from(next)).is_some() || line.at(next).and_then(power).is_some();
        let counts_items = || frames::touching(Role::ListBefore, head).is_some();
        if unit && (count <= 2 && (1..=2).contains(&width) || width == 3 && !counts_items()) {
            for n in end + 1..stop {
                take(byte(n) - b'0', &mut count)?;
            }
            end = stop;
        }
    }
    let whole = count;
    let mut decimals = 0;
    // 24. 3亿元: converted pages leave a blank after the point.
    let point = end + 1 + usize::from(is_point_apart(line, head, end));
    if byte(end) == b'.' && byte(point).is_ascii_digit() {
        let stop = line.digits(point);
        // 1.2.3 and 192.168.0.1 are no decimals.
        if !(byte(stop) == b'.' && byte(stop + 1).is_ascii_digit()) {
            for n in point..stop {
                take(byte(n) - b'0', &mut count)?;
            }
            decimals = stop - point;
            end = stop;
        }
    }
    let value = Decimal::new(value, u32::try_from(decimals).ok()?);
    Some(Arabic { end, value, digits: whole, decimals, grouped, mended })
}

/// Whether the point at `at` belongs to a number though a blank follows it: after a word or a comma,
/// before one or two digits and a unit. After a full stop or at a line's head it closes an item's number.
fn is_point_apart(line: Line<'_>, head: &str, at: usize) -> bool {
    if !line.has(at, ". ") || !head.ends_with(|c: char| is_han(c) || matches!(c, '、' | '，' | ',')) {
        return false;
    }
    let stop = line.digits(at + 2);
    let after = line.skip_blank(stop);
    let unit = line.has(after, "%")
        || line.at(after).and_then(power).is_some()
        || head.ends_with(is_han) && units::at_start(line.from(after)).is_some();
    // 增长36. 8、25%: the list's last item has the unit.
    let listed = head.ends_with(is_han) && line.has(stop, "、") && line.digits(stop + 3) > stop + 3;
    (1..=2).contains(&(stop - at - 2)) && (unit || listed)
}

/// Whether the letter at `at` stands for a digit: digits or a unit around it, no other letters.
fn slip_fits(line: Line<'_>, start: usize, at: usize) -> bool {
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
    let next = line.at(at + 1);
    if letter(line.before(start)) || letter(next) {
        return false;
    }
    let digit_before = at > start;
    let digit_after = next.is_some_and(|c| c.is_ascii_digit());
    let closes = |end: usize| {
        line.at(end).is_some_and(|c| {
            power(c).is_some() || c == '%' || is_han(c) && units::at_start(line.from(end)).is_some()
        })
    };
    // The run must end in a unit or a magnitude, and hold a true digit.
    let whole = line.digits(at + 1);
    let decimals = if line.has(whole, ".") { line.digits(whole + 1) } else { whole };
    let has_decimals = decimals > whole + 1;
    let end = if has_decimals { decimals } else { whole };
    (digit_after || has_decimals) && closes(end) || digit_before && closes(at + 1)
}
