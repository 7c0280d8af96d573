//! Dates, years and times of day in all their spellings. They become periods, not figures.
//!
//! `2022年1月27日` · `二○○一年` · `1—6月` · `2012～2020年` · `2022-08-16` · `８０年代` · `8:30`.

use super::line::Line;
use super::number::{Numeral, numeral};
use super::reject::Found;
use crate::lexicon::frames::{self, Role};
use crate::lexicon::{numerals, units};
use crate::model::Reason;

/// A whole number in a date.
#[derive(Clone, Copy)]
struct Whole {
    value: i64,
    end: usize,
    /// Written with four digits, 一九九八 included.
    four: bool,
    chinese: bool,
}

/// The date that begins with the number at `at`.
pub(super) fn date(line: Line<'_>, at: usize) -> Option<Found> {
    let first = whole(line, at)?;
    let end = year(line, first)
        .or_else(|| numeric(line, at, first))
        .or_else(|| month(line, first))
        .or_else(|| day(line, first))
        .or_else(|| clock(line, at, first))
        .or_else(|| era(line, first))
        .or_else(|| lunar(line, at, first))?;
    Some(Found::new(at, end, Reason::Date, "a date"))
}

/// A year on its own without 年: nothing is counted after it.
pub(super) fn lone_year(number: &Numeral) -> bool {
    number.digits == 4 && number.plain().is_some_and(|y| (1900..=2099).contains(&y))
}

fn whole(line: Line<'_>, at: usize) -> Option<Whole> {
    let first = line.at(at)?;
    if first.is_ascii_digit() {
        let end = line.digits(at);
        let digits = line.slice(at, end);
        let value = digits.get(..digits.len().min(9))?.parse().ok()?;
        return (digits.len() <= 8).then_some(Whole { value, end, four: digits.len() == 4, chinese: false });
    }
    let number = numeral(line, at)?;
    let value = number.plain()?;
    let four = number.positional && number.digits == 4;
    (value < 10_000 && (!number.positional || number.digits == 4 || number.digits == 2)).then_some(Whole {
        value,
        end: number.end,
        four,
        chinese: true,
    })
}

fn is_year(w: Whole) -> bool {
    w.four && (1000..=2999).contains(&w.value)
}

/// A dash or word between the ends of a range of dates, and its end.
pub(super) fn dash(line: Line<'_>, at: usize) -> Option<usize> {
    let at = line.skip_blank(at);
    let rest = line.from(at);
    let width = ["——", "--", "—", "－", "-", "–", "―", "～", "~", "〜", "至", "到", "－", "−"]
        .into_iter()
        .find(|dash| rest.starts_with(dash))?
        .len();
    Some(line.skip_blank(at + width))
}

/// A dash, or a comma or word of a list.
fn joint(line: Line<'_>, at: usize) -> Option<usize> {
    dash(line, at).or_else(|| {
        let word = ["、", "和", "与", "及"].into_iter().find(|word| line.has(at, word))?;
        Some(at + word.len())
    })
}

/// `2021年…`, `2012～2020年`, `2019、2020年`, `2022-2025`.
fn year(line: Line<'_>, first: Whole) -> Option<usize> {
    // 08年, a year of this century in two digits
    let short = first.value < 50 && !first.chinese && line.had(first.end, &format!("0{}", first.value));
    if short && line.digits(first.end.saturating_sub(2)) == first.end && line.has(first.end, "年") {
        return Some(first.end + "年".len());
    }
    if !is_year(first) {
        return None;
    }
    let stop = line.skip_blank(first.end);
    if line.has(stop, "年") {
        let mut end = stop + "年".len();
        for word in ["代初", "代末", "代", "度", "底", "末", "初", "前后"] {
            if line.has(end, word) {
                return Some(end + word.len());
            }
        }
        if let Some(next) = whole(line, line.skip_blank(end))
            && let Some(after) = month(line, next)
        {
            end = after;
        }
        // 2021年至2025年
        if let Some(start) = dash(line, end)
            && let Some(next) = whole(line, start)
            && is_year(next)
            && let Some(after) = year(line, next)
        {
            end = after;
        }
        return Some(end);
    }
    // 2022-2025年, 2019、2020年; without 年 only if no unit follows
    let mut end = joint(line, first.end)?;
    let mut last = whole(line, end).filter(|&w| is_year(w) || short_year(line, first, w))?;
    for _ in 0..12 {
        let Some(next) = joint(line, last.end).and_then(|at| whole(line, at)).filter(|&w| is_year(w)) else {
            break;
        };
        last = next;
    }
    end = last.end;
    let stop = line.skip_blank(end);
    for word in ["年度", "年代", "学年度", "学年", "财年", "年底", "年末", "年初", "年"] {
        if line.has(stop, word) {
            return Some(stop + word.len());
        }
    }
    let calendar = |w: Whole| (1900..=2099).contains(&w.value);
    let counted =
        line.at(end).and_then(numerals::power).is_some() || units::at_start(line.from(stop)).is_some();
    (calendar(first) && calendar(last) && first.value < last.value && !counted).then_some(end)
}

/// The second year of `1998-99年`, `2021-22学年`.
fn short_year(line: Line<'_>, first: Whole, w: Whole) -> bool {
    w.end >= 2
        && line.digits(w.end.saturating_sub(2)) == w.end
        && w.value == (first.value + 1) % 100
        && (line.has(w.end, "年") || line.has(w.end, "学年") || line.has(w.end, "赛季"))
}

/// `2022-08-16`, `2022/8`, `2022.8`, `20220816`.
fn numeric(line: Line<'_>, at: usize, first: Whole) -> Option<usize> {
    let calendar = |y: i64| (1900..=2099).contains(&y);
    if first.end - at == 8 && !first.chinese {
        let (y, m, d) = (first.value / 10_000, first.value / 100 % 100, first.value % 100);
        let counted = line.at(first.end).and_then(numerals::power).is_some()
            || units::at_start(line.from(line.skip_blank(first.end))).is_some();
        return (calendar(y) && (1..=12).contains(&m) && (1..=31).contains(&d) && !counted)
            .then_some(first.end);
    }
    if !first.four || !calendar(first.value) || first.chinese {
        return None;
    }
    let separator = line.at(first.end).filter(|c| matches!(c, '-' | '/' | '.'))?;
    let next = whole(line, first.end + 1).filter(|m| !m.chinese && (1..=12).contains(&m.value))?;
    if next.end > first.end + 3 {
        return None;
    }
    let mut end = next.end;
    if line.at(end) == Some(separator)
        && let Some(d) = whole(line, end + 1).filter(|d| !d.chinese && (1..=31).contains(&d.value))
        && d.end <= end + 3
    {
        end = d.end;
    } else {
        let stop = line.skip_blank(end);
        let counted = line.at(end).and_then(numerals::power).is_some()
            || units::at_start(line.from(stop)).is_some()
            || line.has(end, "%")
            || line.at(end).is_some_and(|c| c.is_ascii_alphanumeric());
        if counted {
            return None;
        }
    }
    if let Some(start) = dash(line, end)
        && let Some(next) = whole(line, start)
        && let Some(after) = numeric(line, start, next)
    {
        end = after;
    }
    Some(end)
}

/// `1月27日`, `1—6月`, `5、6月份`, `十二月`.
fn month(line: Line<'_>, first: Whole) -> Option<usize> {
    let fits = |w: Whole| (1..=12).contains(&w.value);
    if !fits(first) {
        return None;
    }
    let mut last = first;
    let mut end = line.skip_blank(last.end);
    let mut members = 0;
    while !line.has(end, "月") {
        members += 1;
        if members > 12 {
            return None;
        }
        last = whole(line, joint(line, last.end)?).filter(|&w| fits(w))?;
        end = line.skip_blank(last.end);
    }
    end += "月".len();
    if line.has(end, "龄") || line.has(end, "球") {
        return None;
    }
    if line.has(end, "份") {
        return Some(end + "份".len());
    }
    if let Some(next) = whole(line, line.skip_blank(end))
        && let Some(after) = day(line, next)
    {
        return Some(after);
    }
    for word in ["上旬", "中旬", "下旬", "底", "末", "初"] {
        if line.has(end, word) {
            return Some(end + word.len());
        }
    }
    // 3月至5月
    if let Some(start) = dash(line, end)
        && let Some(next) = whole(line, start)
        && let Some(after) = month(line, next)
    {
        return Some(after);
    }
    Some(end)
}

/// `27日`, `8-10日`, `8日至10日`; 号 only as part of a date.
fn day(line: Line<'_>, first: Whole) -> Option<usize> {
    let fits = |w: Whole| (1..=31).contains(&w.value);
    if !fits(first) {
        return None;
    }
    let mut last = first;
    let mut end = line.skip_blank(last.end);
    let mut members = 0;
    while !line.has(end, "日") && !line.has(end, "号") {
        members += 1;
        if members > 12 {
            return None;
        }
        last = whole(line, joint(line, last.end)?).filter(|&w| fits(w))?;
        end = line.skip_blank(last.end);
    }
    if line.has(end, "号") && !after_month(line, first) {
        return None;
    }
    end += "日".len();
    // A length of time, not a day: 30日内, 15日的公示期.
    for word in ["内", "以内", "之内", "的", "龄", "次", "前向", "无理由", "游", "均", "产", "处理"]
    {
        if line.has(end, word) && !after_month(line, first) {
            return None;
        }
    }
    if let Some(start) = dash(line, end)
        && let Some(next) = whole(line, start)
        && let Some(after) = month(line, next).or_else(|| day(line, next))
    {
        return Some(after);
    }
    Some(end)
}

/// Whether a month stands right before the number that ends at `w.end`.
fn after_month(line: Line<'_>, w: Whole) -> bool {
    let head = line.upto(w.end);
    let number = |c: char| numerals::is_numeral(c) || c == ' ';
    head.trim_end_matches(number).ends_with('月')
}

/// `8:30`, `8时30分`, `上午9点`.
fn clock(line: Line<'_>, at: usize, first: Whole) -> Option<usize> {
    if first.value > 24 || first.end - at > 2 && !first.chinese {
        return None;
    }
    let end = first.end;
    if let Some(colon) = line.at(end).filter(|c| matches!(c, ':' | '：')) {
        let start = end + colon.len_utf8();
        let stop = line.digits(start);
        let minutes: u32 = line.slice(start, stop).parse().ok()?;
        let ratio = line.clause_before(at).contains(['比', '配']);
        if stop != start + 2 || minutes > 59 || ratio || line.has(stop, "亿") || line.has(stop, "万") {
            return None;
        }
        let mut stop = stop;
        if line.at(stop) == Some(colon) && line.digits(stop + colon.len_utf8()) == stop + colon.len_utf8() + 2
        {
            stop += colon.len_utf8() + 2;
        }
        return Some(range_of_clock(line, stop));
    }
    let spoken = ["上午", "下午", "早上", "晚上", "凌晨", "中午", "傍晚", "晚间", "早", "晚", "日", "当天"]
        .into_iter()
        .any(|word| line.had(at, word));
    if line.has(end, "时") {
        let after = end + "时".len();
        let word = ["代", "期", "间", "光", "装", "尚", "刻", "速", "事", "政", "任", "效"]
            .into_iter()
            .any(|word| line.has(after, word));
        if word {
            return None;
        }
        return Some(minutes(line, after));
    }
    if line.has(end, "点") {
        let after = end + "点".len();
        let timed = ["钟", "半", "整", "多钟", "开始", "前", "至", "到", "左右"]
            .into_iter()
            .find(|word| line.has(after, word));
        let counted = line.digits(after) > after && line.has(line.digits(after), "分");
        let opinions = frames::touching(Role::PointsAfter, line.from(after)).is_some();
        let moved = line.before(at).is_some_and(|c| "涨跌升降挫弹报收近出的了提有".contains(c));
        let hour = !first.chinese && !opinions && !moved;
        if spoken || timed.is_some() || counted || hour {
            let word = timed.filter(|word| matches!(*word, "钟" | "半" | "整" | "多钟")).map_or(0, str::len);
            return Some(minutes(line, after + word));
        }
    }
    None
}

/// Past `30分`, `15分20秒` or `许`, and the other end of a range of times.
fn minutes(line: Line<'_>, at: usize) -> usize {
    let mut end = at;
    for word in ["分", "秒"] {
        let stop = line.digits(end);
        if stop > end && line.has(stop, word) {
            end = stop + word.len();
        }
    }
    range_of_clock(line, end)
}

fn range_of_clock(line: Line<'_>, end: usize) -> usize {
    dash(line, end)
        .and_then(|start| whole(line, start).and_then(|next| clock(line, start, next)))
        .unwrap_or(end)
}

/// `21世纪`, `80年代`, `一季度`, `1-3季度`.
fn era(line: Line<'_>, first: Whole) -> Option<usize> {
    let end = line.skip_blank(first.end);
    if line.has(end, "世纪") && first.value <= 30 {
        let mut stop = end + "世纪".len();
        let next = line.skip_blank(stop);
        if let Some(decade) = whole(line, next)
            && line.has(decade.end, "年代")
        {
            stop = decade.end + "年代".len();
        }
        return Some(stop);
    }
    if line.has(end, "年代") && first.value < 3000 {
        return Some(end + "年代".len());
    }
    if line.has(end, "年级") && first.value <= 12 {
        return Some(end + "年级".len());
    }
    if first.value <= 4 {
        let mut last = first;
        let mut stop = end;
        if !line.has(stop, "季度") {
            last = whole(line, joint(line, last.end)?).filter(|w| w.value <= 4)?;
            stop = line.skip_blank(last.end);
        }
        if line.has(stop, "季度") {
            return Some(stop + "季度".len());
        }
    }
    None
}

/// `正月十五`, `初八`.
fn lunar(line: Line<'_>, at: usize, first: Whole) -> Option<usize> {
    let month = ["正月", "腊月", "冬月"].into_iter().any(|word| line.had(at, word));
    let initial =
        line.had(at, "初") && !line.had(at, "年初") && !line.had(at, "最初") && !line.had(at, "当初");
    let unit = units::at_start(line.from(first.end)).is_some();
    (first.chinese && first.value <= 30 && (month || initial && first.value <= 10 && !unit))
        .then_some(first.end)
}
