//! A number with its magnitude and unit, ranges, percentages and fractions, before anyone judges it.
//!
//! `500万元(含)至2000万元` → 5000000 to 20000000 元; `百分之三点五` → 3.5 %; `四分之一` → 0.25.

use super::date::dash;
use super::judge;
use super::line::Line;
use super::number::{Numeral, numeral};
use super::quantity::Form;
use crate::lexicon::frames::{self, Role};
use crate::lexicon::numerals;
use crate::lexicon::units::{self, Class};
use crate::model::{Bound, Decimal};

/// A number read with its unit.
#[derive(Clone, Debug)]
pub(super) struct Reading {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) number: Numeral,
    pub(super) value: Option<Decimal>,
    pub(super) high: Option<Decimal>,
    pub(super) unit: Option<Measure>,
    pub(super) form: Form,
    /// What 余, 多, 几 or 来 inside says.
    pub(super) more: Option<Bound>,
}

impl Reading {
    /// More stands in the unit than its name: 五块三毛, 一米七八, 两吨半.
    pub(super) fn compound(&self) -> bool {
        self.unit.as_ref().is_some_and(|unit| unit.compound)
    }
}

/// The unit of a reading.
#[derive(Clone, Debug)]
pub(super) struct Measure {
    /// As written, widths folded.
    pub(super) name: String,
    pub(super) class: Class,
    pub(super) dimension: &'static str,
    pub(super) end: usize,
    /// 多 or 余 inside the unit: 3个多月.
    more: bool,
    /// 半 after it: 三年半.
    half: bool,
    /// 亿 of 3个亿.
    power: u32,
    /// Part of the number stands after it: 五块三毛, 一米七八, 两吨半.
    compound: bool,
}

/// Reads the quantity whose first numeral is at `at`; the unit may be missing.
pub(super) fn reading(line: Line<'_>, at: usize) -> Option<Reading> {
    let first = numeral(line, at)?;
    if let Some(found) = fraction(line, at, &first) {
        return Some(found);
    }
    if let Some(found) = tenths(line, at, &first) {
        return Some(found);
    }
    // 9.99万起: the least price, not a count of cases.
    let unit = measure(line, first.end).filter(|unit| unit.name != "起" || first.decimals < 2);
    if let Some(found) = range(line, at, &first, unit.as_ref()) {
        return Some(found);
    }
    let mut found = single(at, first, unit);
    small_change(line, &mut found);
    height(line, &mut found);
    Some(found)
}

/// 一米七八, 1米75: the decimals of a height follow its unit.
fn height(line: Line<'_>, reading: &mut Reading) {
    let Some(unit) = reading.unit.as_mut().filter(|unit| unit.name == "米" && !unit.half) else { return };
    let places = if line.at(unit.end).is_some_and(|c| c.is_ascii_digit()) {
        line.slice(unit.end, line.digits(unit.end))
    } else {
        let rest = line.from(unit.end);
        let end = rest.find(|c| numerals::digit(c).is_none()).unwrap_or(rest.len());
        rest.get(..end).unwrap_or("")
    };
    let end = unit.end + places.len();
    let mut count = 0;
    let digits = places.chars().try_fold(0_i64, |sum, c| {
        count += 1;
        let digit = numerals::digit(c).map(u32::from).or_else(|| c.to_digit(10))?;
        (count <= 2).then(|| sum * 10 + i64::from(digit))
    });
    let tall = reading.number.plain().is_some_and(|n| (1..=9).contains(&n));
    let closes = line.at(end).is_none_or(|c| !numerals::is_numeral(c) && !matches!(c, '.' | '-' | '%'));
    let (Some(digits), true) = (digits, count > 0 && tall && closes && measure(line, end).is_none()) else {
        return;
    };
    reading.value = reading.value.and_then(|v| v.checked_add(Decimal::new(digits, count)));
    (unit.end, unit.compound, reading.end) = (end, true, end);
}

/// 123元5角, 五块三毛钱: yuan, jiao and fen are one amount.
fn small_change(line: Line<'_>, reading: &mut Reading) {
    let Some(unit) = reading.unit.as_mut().filter(|unit| matches!(unit.name.as_str(), "元" | "块")) else {
        return;
    };
    for (name, places) in [("角", 1), ("毛", 1), ("分", 2)] {
        let Some(coins) = numeral(line, unit.end).filter(|n| line.has(n.end, name)) else { continue };
        let Some(value) = coins.plain().filter(|v| (0..=9).contains(v)) else { return };
        let Some(sum) = reading.value.and_then(|v| v.checked_add(Decimal::new(value, places))) else {
            return;
        };
        unit.end = coins.end + name.len();
        unit.compound = true;
        if unit.name == "块" {
            (unit.name, unit.class, unit.dimension) = ("元".to_owned(), Class::Measure, "money");
            unit.end += if line.has(unit.end, "钱") { "钱".len() } else { 0 };
        }
        reading.end = unit.end;
        reading.value = Some(sum);
    }
}

fn single(start: usize, number: Numeral, unit: Option<Measure>) -> Reading {
    let mut value = number.value;
    let high = number.high;
    let mut more = number.more;
    if let Some(unit) = &unit {
        if unit.more {
            more = Some(Bound::Gt);
        }
        if unit.power > 0 {
            value = value.and_then(|v| v.checked_mul(Decimal::from(10_i64.pow(unit.power))));
        }
        if unit.half {
            value = value.and_then(|v| v.checked_add(Decimal::new(5, 1)));
        }
    }
    let end = unit.as_ref().map_or(number.end, |unit| unit.end);
    let form = form_of(unit.as_ref());
    Reading { start, end, value: value.map(|v| v.normalize()), high, unit, form, more, number }
}

pub(super) fn form_of(unit: Option<&Measure>) -> Form {
    match unit.map(|unit| (unit.class, unit.dimension)) {
        Some((Class::Time, _)) => Form::Duration,
        Some((_, "percent")) => Form::Percent,
        Some((_, "points")) => Form::Points,
        Some((_, "multiple" | "doubling")) => Form::Times,
        _ => Form::Amount,
    }
}

/// The unit at `at`, after one blank at most.
pub(super) fn measure(line: Line<'_>, at: usize) -> Option<Measure> {
    let start = line.skip_blank(at);
    let spread = spread(line, start);
    if spread.is_some() {
        return spread;
    }
    let unit = units::at_start(line.from(start))?;
    let mut end = start + unit.name.len();
    let mut found = Measure {
        name: folded(unit.name),
        class: unit.class,
        dimension: unit.dimension,
        end,
        more: false,
        half: false,
        power: 0,
        compound: false,
    };
    if matches!(unit.class, Class::Count | Class::Tally)
        && let Some(stop) = bracketed(line, end)
    {
        end = stop;
    }
    if let Some(stop) = per(line, end) {
        end = stop;
        found.class = Class::Measure;
        found.dimension = "quotient";
    } else if halves(unit) && line.has(end, "半") && !HALF_WORDS.iter().any(|word| line.has(end, word)) {
        end += "半".len();
        (found.half, found.compound) = (true, true);
        found.end = end;
        return Some(found);
    }
    if end != found.end {
        found.name = folded(line.slice(start, end));
        found.end = end;
    }
    Some(found)
}

/// Words that 半 begins, so that it is not half a unit more: 3吨半挂车.
const HALF_WORDS: &[&str] =
    &["半径", "半数", "半价", "半导体", "半成品", "半挂", "半年", "半天", "半山", "半岛"];

/// Whether 半 may follow the unit: 三年半, 六岁半, 两吨半, 一倍半.
fn halves(unit: &units::Unit) -> bool {
    unit.class == Class::Time || matches!(unit.dimension, "age" | "mass" | "length" | "area" | "multiple")
}

fn folded(name: &str) -> String {
    match name {
        "％" | "﹪" => "%".to_owned(),
        "㎡" | "m²" | "m2" | "M2" | "M²" => "平方米".to_owned(),
        "㎢" | "km²" | "km2" | "KM2" => "平方公里".to_owned(),
        _ => name.replace('／', "/").replace('（', "(").replace('）', ")"),
    }
}

/// 个 with something between it and the rest: 3个多月, 2个半小时, 5个亿.
fn spread(line: Line<'_>, at: usize) -> Option<Measure> {
    if !line.has(at, "个") {
        return None;
    }
    let mut end = at + "个".len();
    let more = line.has(end, "多");
    let half = line.has(end, "半");
    if more || half {
        end += "多".len();
    }
    if line.has(end, "亿") && !half {
        end += "亿".len();
        return Some(Measure {
            name: "元".to_owned(),
            class: Class::Measure,
            dimension: "money",
            end: if line.has(end, "元") { end + "元".len() } else { end },
            more,
            half,
            power: 8,
            compound: false,
        });
    }
    if !more && !half {
        return None;
    }
    for name in ["月", "小时", "星期", "百分点", "世纪", "季度", "学期", "钟头"] {
        if line.has(end, name) {
            let unit = units::named(&format!("个{name}"))?;
            end += name.len();
            let (class, dimension) = (unit.class, unit.dimension);
            return Some(Measure {
                name: unit.name.to_owned(),
                class,
                dimension,
                end,
                more,
                half,
                power: 0,
                compound: half,
            });
        }
    }
    None
}

/// A second measure word in brackets: 61万套（间）.
fn bracketed(line: Line<'_>, at: usize) -> Option<usize> {
    let open = line.at(at).filter(|c| matches!(c, '(' | '（'))?;
    let inside = at + open.len_utf8();
    let unit = units::at_start(line.from(inside))?;
    if !matches!(unit.class, Class::Count | Class::Tally) {
        return None;
    }
    let close = inside + unit.name.len();
    let c = line.at(close).filter(|c| matches!(c, ')' | '）'))?;
    Some(close + c.len_utf8())
}

/// The rest of a quotient of units: `/人`, `/立方米`, `/万元`, `/平方米·月`.
fn per(line: Line<'_>, at: usize) -> Option<usize> {
    if line.has(at, "每") {
        // 微克每立方米, but not 5亿元|每年
        let start = at + "每".len();
        let unit = units::at_start(line.from(start))?;
        let physical = matches!(unit.dimension, "volume" | "area" | "mass" | "length")
            || matches!(unit.name, "秒" | "分钟" | "小时");
        return physical.then(|| start + unit.name.len());
    }
    let slash = line.at(at).filter(|c| matches!(c, '/' | '／'))?;
    let mut start = at + slash.len_utf8();
    if line.has(start, "每") {
        start += "每".len();
    }
    let under = numeral(line, start).filter(|n| n.bare).map_or(start, |n| n.end);
    let unit = units::at_start(line.from(under))?;
    let mut end = under + unit.name.len();
    while let Some(dot) = line.at(end).filter(|c| matches!(c, '·' | '/' | '／')) {
        let Some(unit) = units::at_start(line.from(end + dot.len_utf8())) else { break };
        end += dot.len_utf8() + unit.name.len();
    }
    Some(end)
}

/// `百分之三十`, `千分之三`, `四分之一`, `1/4`.
fn fraction(line: Line<'_>, start: usize, under: &Numeral) -> Option<Reading> {
    if line.at(under.end) == Some('/') {
        return slash_fraction(line, start, under);
    }
    if !line.has(under.end, "分之") {
        return None;
    }
    let over_at = line.skip_blank(under.end + "分之".len());
    let over = numeral(line, over_at)?;
    let whole = under.value?;
    let name = match whole.try_into() {
        Ok(100_i64) => "%",
        Ok(1000) => "‰",
        _ => {
            let value = over.value.and_then(|n| exact(n, whole));
            let (end, more) = (over.end, over.more);
            return Some(Reading {
                start,
                end,
                number: under.clone(),
                value,
                high: None,
                unit: None,
                form: Form::Fraction,
                more,
            });
        }
    };
    let (mut end, value, mut high, more) = (over.end, over.value, over.high, over.more);
    // 百分之三至五, 百分之三到百分之五
    if let Some(mut at) = dash(line, end) {
        for prefix in ["百分之", "千分之"] {
            if line.has(at, prefix) {
                at += prefix.len();
            }
        }
        if let Some(second) = numeral(line, at).filter(|n| n.value > value && measure(line, n.end).is_none())
        {
            (end, high) = (second.end, second.value);
        }
    }
    let unit = Measure {
        name: name.to_owned(),
        class: Class::Ratio,
        dimension: "percent",
        end,
        more: false,
        half: false,
        power: 0,
        compound: false,
    };
    Some(Reading { start, end, number: over, value, high, unit: Some(unit), form: Form::Percent, more })
}

fn slash_fraction(line: Line<'_>, start: usize, over: &Numeral) -> Option<Reading> {
    let at = over.end + 1;
    let end = line.digits(at);
    let under: i64 = line.slice(at, end).parse().ok()?;
    let part = over.plain().filter(|_| !over.chinese)?;
    let joined = line.at(end).is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '-'));
    let led = line.before(start).is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '-'));
    if part < 1 || under < 2 || part >= under || under > 100 || joined || led {
        return None;
    }
    let value = exact(Decimal::from(part), Decimal::from(under));
    Some(Reading {
        start,
        end,
        number: over.clone(),
        value,
        high: None,
        unit: None,
        form: Form::Fraction,
        more: None,
    })
}

/// The quotient if its decimal expansion ends.
fn exact(over: Decimal, under: Decimal) -> Option<Decimal> {
    let quotient = over.checked_div(under)?;
    (quotient.scale() <= 10 && quotient.checked_mul(under)? == over).then(|| quotient.normalize())
}

/// `三成`, `三成五`, `七八成`: tenths, stated in percent.
fn tenths(line: Line<'_>, start: usize, number: &Numeral) -> Option<Reading> {
    if !line.has(number.end, "成") || number.vague || number.decimals > 0 && number.chinese {
        return None;
    }
    let value = number.value.filter(|v| *v <= Decimal::TEN)?;
    let mut end = number.end + "成".len();
    let word = frames::touching(Role::NotTenths, line.from(end)).is_some();
    if word {
        return None;
    }
    let mut value = value.checked_mul(Decimal::TEN)?;
    let high = number.high.and_then(|h| h.checked_mul(Decimal::TEN));
    let mut more = number.more;
    if let Some(half) = numeral(line, end).filter(|n| n.small() && n.plain().is_some_and(|v| v > 0))
        && measure(line, half.end).is_none()
    {
        value = value.checked_add(half.value?)?;
        end = half.end;
    } else if line.has(end, "半") {
        value = value.checked_add(Decimal::from(5))?;
        end += "半".len();
    } else if line.has(end, "多") || line.has(end, "余") {
        end += "多".len();
        more = Some(Bound::Gt);
    }
    let unit = Measure {
        name: "%".to_owned(),
        class: Class::Ratio,
        dimension: "percent",
        end,
        more: false,
        half: false,
        power: 0,
        compound: false,
    };
    Some(Reading {
        start,
        end,
        number: number.clone(),
        value: Some(value),
        high,
        unit: Some(unit),
        form: Form::Percent,
        more,
    })
}

/// 万 or 亿 at the end of a number in Chinese numerals: it may hold for the number before, too (一百至一百五十万元).
fn spelled_scale(line: Line<'_>, number: &Numeral) -> Decimal {
    let power = line.before(number.end).and_then(numerals::power).filter(|e| *e >= 4);
    power.map_or(Decimal::ONE, |e| Decimal::from(10_i64.pow(e)))
}

/// `2-3支`, `5%—20%`, `100万元—500万元`, `1.5-2亿元`.
fn range(line: Line<'_>, start: usize, first: &Numeral, unit: Option<&Measure>) -> Option<Reading> {
    let low = first.value?;
    let mut end = unit.map_or(first.end, |unit| unit.end);
    for included in ["(含)", "（含）", "(不含)", "（不含）"] {
        if line.has(end, included) {
            end += included.len();
        }
    }
    let second_at = dash(line, end)?;
    let worded = line.had(second_at, "至") || line.had(second_at, "到");
    // 由35%到23% are two figures.
    let moved = ["从", "由", "自"].into_iter().any(|word| line.had(start, word));
    if worded && moved && unit.is_some() || first.vague {
        return None;
    }
    let below = judge::minus(line, start).is_some();
    let sign = ["零下", "-", "−", "负"].into_iter().find(|sign| line.has(second_at, sign));
    let second_at = second_at + sign.map_or(0, str::len);
    let second = numeral(line, second_at).filter(|n| !n.vague && !n.bare)?;
    let high = second.value?;
    let joined = line.at(second.end).is_some_and(|c| {
        matches!(c, '-' | '/')
            || c.is_ascii_alphanumeric() && units::at_start(line.from(second.end)).is_none()
    });
    if joined {
        return None;
    }
    let unit2 = measure(line, second.end);
    let (low, unit) = match (unit, unit2) {
        (Some(a), Some(b)) if a.name == b.name || a.dimension == b.dimension && a.dimension != "count" => {
            (low, b)
        }
        (None, Some(b)) => {
            let scale = if second.chinese { spelled_scale(line, &second) } else { second.scale };
            let mantissa = high.checked_div(scale)?;
            let shared = first.scale == Decimal::ONE && low <= mantissa;
            (if shared { low.checked_mul(scale)?.normalize() } else { low }, b)
        }
        _ => return None,
    };
    let (low, high) = match (below, sign.is_some()) {
        (false, false) => (low, high),
        // The sign before the first number turns both ends: 零下5至零下10度 is -10 to -5, -5℃到3℃ is -5 to 3.
        (true, false) if line.had(start, "-") || line.had(start, "−") => (low, -high),
        (true, _) => (low.max(high), low.min(high)),
        (false, true) => return None,
    };
    if low == high || !below && low > high {
        return None;
    }
    let form = form_of(Some(&unit));
    let (end, more) = (unit.end, second.more);
    let mut number = first.clone();
    number.chinese &= second.chinese;
    Some(Reading { start, end, number, value: Some(low), high: Some(high), unit: Some(unit), form, more })
}
