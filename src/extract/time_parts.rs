//! Parts of a year or of a plan's five years: `前8个月` → `-01/-08`, `“十一五”|后三年` → 2008/2010;
//! and the small numbers that stand in them.

use super::time::{Governs, Scan, TimeExpr};
use crate::lexicon::numerals;

/// The first so many months, as months to append to a year.
const FIRST_MONTHS: [&str; 10] = [
    "-01/-02", "-01/-03", "-01/-04", "-01/-05", "-01/-06", "-01/-07", "-01/-08", "-01/-09", "-01/-10",
    "-01/-11",
];

/// The rule for a plan's first year with its length: 2012年起5年内.
pub(super) const YEARS_FROM: &str = "years from then on";

impl Scan<'_> {
    /// `十四五` with or without quotes, `末`, `期间`; not in the name of a plan.
    pub(super) fn plan(&self, at: usize) -> Option<(usize, TimeExpr)> {
        let mut digits = String::new();
        let mut to = at;
        while let Some(c) = self.char(to).filter(|&c| "一二三四五六七八九十".contains(c)) {
            digits.push(c);
            to += 1;
        }
        let ordinal = digits.strip_suffix('五')?;
        let number = match ordinal {
            "七" => 7,
            "八" => 8,
            "九" => 9,
            "六" => 6,
            _ => {
                10 + ordinal.strip_prefix('十').and_then(|d| if d.is_empty() { Some(0) } else { small(d) })?
            }
        };
        let from_year = 1966 + 5 * (number - 3);
        // “十二五 ”期间: converted pages leave a blank before the mark.
        let mark = to + usize::from(self.char(to) == Some(' '));
        let close = if self.char(mark).is_some_and(|c| "”\"’'".contains(c)) { mark + 1 - to } else { 0 };
        let rest = self.rest(to + close);
        // 十五届, 第十五: a number like any other.
        if number <= 10
            && close == 0
            && !["期间", "时期", "计划", "末", "初"].iter().any(|w| rest.starts_with(w))
        {
            return None;
        }
        to += close;
        if ["计划的", "计划重点", "规划的", "重点"].iter().any(|w| rest.starts_with(w)) {
            return None;
        }
        if ["规划", "纲要", "国家", "重点"].iter().any(|w| rest.starts_with(w)) {
            let end = if rest.starts_with("规划期") {
                Some(format!("{from_year}/{}", from_year + 4))
            } else {
                None
            };
            return end.map(|p| self.make(at, to, Some(p), Governs::Sentence, "plan period"));
        }
        for (word, last) in [
            ("末期", true),
            ("期末", true),
            ("末", true),
            ("收官", true),
            ("初期", false),
            ("初", false),
            ("开局", false),
            ("首年", false),
            ("第一年", false),
        ] {
            if rest.starts_with(word) {
                let year = if last { from_year + 4 } else { from_year };
                return Some(self.make(
                    at,
                    to + word.chars().count(),
                    Some(year.to_string()),
                    Governs::Sentence,
                    "plan period",
                ));
            }
        }
        if let Some((years, end)) = self.slice(to, from_year) {
            return Some(self.make(at, end, Some(years), Governs::Sentence, "plan period"));
        }
        let skip =
            ["期间", "时期", "以来"].iter().find(|w| rest.starts_with(**w)).map_or(0, |w| w.chars().count());
        Some(self.make(
            at,
            to + skip,
            Some(format!("{from_year}/{}", from_year + 4)),
            Governs::Sentence,
            "plan period",
        ))
    }

    /// After a year `起5年内`, `起用3年时间`: how many years, and where that ends.
    pub(super) fn years_from(&self, at: usize) -> Option<(i32, usize)> {
        let at = (self.char(at)? == '起').then_some(at + 1)?;
        let skip =
            |at: usize, marks: &str| at + usize::from(self.char(at).is_some_and(|c| marks.contains(c)));
        let (n, to) = self.int(skip(skip(at, "，,"), "用"))?;
        let to = (self.char(to)? == '年').then_some(to + 1)?;
        ((2..=20).contains(&n)).then(|| (n, skip(to, "内")))
    }

    /// `十四五`|`前四年`, `后三年`: some of the five years that begin with `first`.
    pub(super) fn slice(&self, at: usize, first: i32) -> Option<(String, usize)> {
        let front = match self.char(at)? {
            '前' | '头' => true,
            '后' => false,
            _ => return None,
        };
        let (n, to) = self.int(at + 1)?;
        let inside = (1..=5).contains(&n) && self.char(to) == Some('年');
        let (from, until) = if front { (first, first + n - 1) } else { (first + 5 - n, first + 4) };
        inside.then(|| (format!("{from}/{until}"), to + 1))
    }

    /// `前5个月`, `头两个月`, `前8月`; not 提前3个月.
    pub(super) fn first_months(&self, at: usize) -> Option<(&'static str, usize)> {
        self.char(at).filter(|c| "前头".contains(*c))?;
        if at.checked_sub(1).and_then(|b| self.char(b)).is_some_and(|c| "提之以此目".contains(c)) {
            return None;
        }
        let (n, to) = self.int(at + 1)?;
        let to = if self.char(to) == Some('个') { to + 1 } else { to };
        let to = if self.char(to) == Some('月') { to + 1 } else { return None };
        let to = if self.char(to) == Some('份') { to + 1 } else { to };
        let part = usize::try_from(n).ok()?.checked_sub(2).and_then(|at| FIRST_MONTHS.get(at))?;
        Some((part, to))
    }
}

pub(super) fn is_han_digit(c: char) -> bool {
    numerals::digit(c).is_some() && !numerals::is_formal(c) || c == '十'
}

pub(super) fn digit(c: char) -> Option<i32> {
    c.to_digit(10).map(|d| d as i32).or_else(|| {
        let at = "〇一二三四五六七八九".chars().position(|d| d == c);
        at.or((c == '○' || c == '零' || c == 'O').then_some(0)).map(|d| d as i32)
    })
}

/// A Chinese number below a hundred.
pub(super) fn small(text: &str) -> Option<i32> {
    let unit = |t: &str| match t {
        "" => Some(0),
        "两" => Some(2),
        _ => {
            let mut chars = t.chars();
            let d = digit(chars.next()?)?;
            chars.next().is_none().then_some(d)
        }
    };
    if let Some(rest) = text.strip_prefix('廿') {
        return unit(rest).map(|u| 20 + u);
    }
    match text.split_once('十') {
        Some((tens, ones)) => Some(if tens.is_empty() { 1 } else { unit(tens)? } * 10 + unit(ones)?),
        None if text.is_empty() => None,
        None => unit(text),
    }
}
