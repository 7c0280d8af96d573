//! Expressions of time in a sentence: `近3年为350名人才…` → `P3Y` from there to the full stop.
//!
//! Every expression says what it resolves to and how far it governs. Relative words (今年, 目前)
//! are resolved with the document's date; where that is not known they resolve to nothing.

use super::time_parts::{YEARS_FROM, digit, is_han_digit, small};
use super::time_reach::reach;
use super::time_words::{self, ENDED, WORDS, Word};
use crate::lexicon::cues::Cue;
use crate::text::CleanSpan;

/// How far an expression governs the figures after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Governs {
    /// Everything up to the full stop, or the next expression of this sort.
    Sentence,
    /// The figures of its clause.
    Clause,
    /// The next figure only.
    Figure,
    /// No figure: it names what a growth is measured against.
    Base,
    /// No figure: it dates an event told by the way (成立于2014年).
    Event,
}

/// One expression of time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeExpr {
    pub span: CleanSpan,
    /// The period in the dataset's spelling; `None` if it cannot be resolved.
    pub period: Option<String>,
    pub governs: Governs,
    /// Whether the period is fixed on the calendar, so that later sentences may carry it on.
    pub calendar: bool,
    /// 全年, 年末, 上半年: the period's year is the one that governs here.
    pub relative_year: Option<&'static str>,
    /// The rule's name.
    pub rule: &'static str,
}

/// The document's date as far as it is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    pub year: Option<i32>,
    pub month: Option<u32>,
}

impl Calendar {
    /// From `YYYY-MM-DD`, `YYYY-MM` or `YYYY`.
    pub fn parse(date: Option<&str>) -> Self {
        let mut parts = date.unwrap_or("").split('-');
        let year = parts.next().and_then(|p| p.parse().ok());
        Self { year, month: parts.next().and_then(|p| p.parse().ok()) }
    }

    fn now(self) -> Option<String> {
        let year = self.year?;
        Some(self.month.map_or_else(|| year.to_string(), |m| format!("{year}-{m:02}")))
    }
}

/// A cursor over a sentence's characters.
pub(super) struct Scan<'a> {
    text: &'a str,
    chars: Vec<(usize, char)>,
    calendar: Calendar,
    end: usize,
}

/// Finds the expressions of time in one sentence, in order.
pub fn scan(text: &str, span: CleanSpan, calendar: Calendar) -> Vec<TimeExpr> {
    let chars: Vec<(usize, char)> = span.of(text).char_indices().map(|(i, c)| (span.start + i, c)).collect();
    let scan = Scan { text, chars, calendar, end: span.end };
    let mut found: Vec<TimeExpr> = Vec::new();
    let mut at = 0;
    while at < scan.chars.len() {
        match scan.expression(at) {
            Some((next, expression)) => {
                found.push(expression);
                at = next.max(at + 1);
            }
            None => at += 1,
        }
    }
    found
}

impl Scan<'_> {
    pub(super) fn char(&self, at: usize) -> Option<char> {
        self.chars.get(at).map(|&(_, c)| c)
    }

    fn byte(&self, at: usize) -> usize {
        self.chars.get(at).map_or(self.end, |&(b, _)| b)
    }

    pub(super) fn rest(&self, at: usize) -> &str {
        self.text.get(self.byte(at)..self.end).unwrap_or("")
    }

    fn before(&self, at: usize) -> &str {
        self.text.get(self.byte(0)..self.byte(at)).unwrap_or("")
    }

    pub(super) fn make(
        &self,
        from: usize,
        to: usize,
        period: Option<String>,
        governs: Governs,
        rule: &'static str,
    ) -> (usize, TimeExpr) {
        let governs = reach(self.before(from), self.rest(to), governs);
        let calendar = period.as_deref().is_some_and(|p| p.starts_with(|c: char| c.is_ascii_digit()));
        let span = CleanSpan::new(self.byte(from), self.byte(to));
        (to, TimeExpr { span, period, governs, calendar, relative_year: None, rule })
    }

    fn expression(&self, at: usize) -> Option<(usize, TimeExpr)> {
        let c = self.char(at)?;
        if c.is_ascii_digit() || is_han_digit(c) || c == '廿' {
            let inside = at > 0 && self.char(at - 1).is_some_and(|p| p.is_ascii_alphanumeric() || p == '.');
            return if inside {
                None
            } else {
                self.plan(at).or_else(|| self.year(at)).or_else(|| self.short(at)).or_else(|| self.word(at))
            };
        }
        self.word(at)
    }

    /// Four digits of a year and what belongs to it.
    fn year(&self, at: usize) -> Option<(usize, TimeExpr)> {
        let (year, mut to) = self.four(at)?;
        if let Some(second) = self.range_mark(to).and_then(|next| {
            let (y, end) = self.four(next)?;
            (self.char(end) == Some('年')).then_some((y, end + 1))
        }) {
            return Some(self.make(
                at,
                second.1,
                Some(format!("{year}/{}", second.0)),
                Governs::Sentence,
                "years",
            ));
        }
        if let Some(period) = self.iso(at) {
            return Some(period);
        }
        to = self.blank(to);
        if self.char(to) != Some('年') {
            return None;
        }
        to += 1;
        if let Some((n, end)) = self.years_from(to) {
            let span = Some(format!("{year}/{}", year + n - 1));
            return Some(self.make(at, end, span, Governs::Sentence, YEARS_FROM));
        }
        // 2017年以来: up to the document's year.
        if self.rest(to).starts_with("以来")
            && let Some(now) = self.calendar.year.filter(|now| *now > year)
        {
            return Some(self.make(at, to, Some(format!("{year}/{now}")), Governs::Sentence, "since then"));
        }
        if self.char(to) == Some('代') {
            return Some(self.make(
                at,
                to + 1,
                Some(format!("{year}/{}", year + 9)),
                Governs::Sentence,
                "decade",
            ));
        }
        if let Some(next) = self.range_mark(to)
            && let Some((y, end)) = self.four(next)
            && self.char(end) == Some('年')
        {
            if let Some((m, e)) = self.month(end + 1) {
                return Some(self.make(
                    at,
                    e,
                    Some(format!("{year}/{y}-{m:02}")),
                    Governs::Sentence,
                    "years",
                ));
            }
            return Some(self.make(at, end + 1, Some(format!("{year}/{y}")), Governs::Sentence, "years"));
        }
        Some(self.within_year(at, to, Some(year), "year"))
    }

    /// Months, halves and quarters after a year (or after 今年).
    fn within_year(
        &self,
        from: usize,
        to: usize,
        year: Option<i32>,
        rule: &'static str,
    ) -> (usize, TimeExpr) {
        let of_year = |part: String| year.map(|y| part.replace('Y', &y.to_string()));
        if let Some((first, last, end)) = self.months(self.blank(to)) {
            // 2001年1月1日|起: from then on.
            let part = if self.rest(end).starts_with('起') && !self.rest(end).starts_with("起施") {
                "Y".to_owned()
            } else if first == last {
                format!("Y-{first:02}")
            } else {
                format!("Y-{first:02}/Y-{last:02}")
            };
            return self.make(from, end, of_year(part), Governs::Sentence, rule);
        }
        let appended = |part: &str| part.split('/').map(|p| format!("Y{p}")).collect::<Vec<_>>().join("/");
        if let Some((part, end)) = self.first_months(to) {
            return self.make(from, end, of_year(appended(part)), Governs::Sentence, rule);
        }
        let rest = self.rest(to);
        let ordinal = rest.strip_prefix('第').unwrap_or(rest);
        for (word, part) in
            WORDS.iter().filter_map(|(w, p)| if let Word::Part(p) = p { Some((w, p)) } else { None })
        {
            if !part.is_empty() && ordinal.starts_with(word) {
                let skip = word.chars().count() + usize::from(ordinal.len() < rest.len());
                return self.make(from, to + skip, of_year(appended(part)), Governs::Sentence, rule);
            }
        }
        let mut to = to;
        for word in ["年底前", "年底", "年末", "底前", "底", "末", "初", "度", "全年", "期间", "以后"]
        {
            if rest.starts_with(word) {
                to += word.chars().count();
                break;
            }
        }
        self.make(from, to, year.map(|y| y.to_string()), Governs::Sentence, rule)
    }

    /// `2022-08-16`, `2022/8/16`, `2022.8.16`, to the month.
    fn iso(&self, at: usize) -> Option<(usize, TimeExpr)> {
        let (year, to) = self.four(at)?;
        let mark = self.char(to).filter(|c| "-/.".contains(*c))?;
        let (month, to) = self.int(to + 1)?;
        let to = if self.char(to) == Some(mark) { self.int(to + 1)?.1 } else { return None };
        (1..=12)
            .contains(&month)
            .then(|| self.make(at, to, Some(format!("{year}-{month:02}")), Governs::Sentence, "date"))
    }

    /// `近3年`, `十年间`, `5年年均`, `80年代`, `1—6月`, `9月底`.
    fn short(&self, at: usize) -> Option<(usize, TimeExpr)> {
        if let Some((first, last, end)) = self.months(at) {
            let year = self.calendar.year;
            let part = |y: i32| {
                if first == last {
                    format!("{y:04}-{first:02}")
                } else {
                    format!("{y:04}-{first:02}/{y:04}-{last:02}")
                }
            };
            // Without a year the months stand for those of the year that governs.
            let period = Some(part(year.unwrap_or(0)));
            let (next, mut expression) = self.make(at, end, period, Governs::Sentence, "month");
            expression.calendar = year.is_some();
            expression.relative_year = Some("month");
            return Some((next, expression));
        }
        let (n, to) = self.int(at)?;
        let to = self.blank(to);
        if self.char(to) != Some('年') {
            return None;
        }
        let to = to + 1;
        let before = self.before(at);
        let rest = self.rest(to);
        if rest.starts_with('代') && n >= 10 && n % 10 == 0 {
            let from = 1900 + n;
            return Some(self.make(
                at,
                to + 1,
                Some(format!("{from}/{}", from + 9)),
                Governs::Sentence,
                "decade",
            ));
        }
        if n == 0 || n > 100 {
            return None;
        }
        if n == 1 && (before.ends_with('这') || before.ends_with('那')) {
            let (next, mut expression) = self.make(at, to, None, Governs::Sentence, "part of the year");
            expression.relative_year = Some("");
            return Some((next, expression));
        }
        let length = Some(format!("P{n}Y"));
        let ahead = |y: i32| if n == 1 { y.to_string() } else { format!("{y}/{}", y + n - 1) };
        if n == 1 && ["来", "以来"].iter().any(|w| rest.starts_with(w)) && !before.ends_with('近') {
            // 一年来 is the year that governs.
            let (next, mut expression) = self.make(at, to + 1, None, Governs::Sentence, "part of the year");
            expression.relative_year = Some("");
            return Some((next, expression));
        }
        if ["未来", "今后", "接下来", "此后"].iter().any(|w| before.ends_with(w))
            || ["内", "之内"].iter().any(|w| rest.starts_with(w))
        {
            return Some(self.make(at, to, self.calendar.year.map(ahead), Governs::Sentence, "years ahead"));
        }
        // 五年后,…: at the head of a clause.
        if rest.starts_with(['后'])
            && (before.is_empty() || before.ends_with(['，', ',', '；', ';', '。']))
            && rest.chars().nth(1).is_some_and(|c| "，,".contains(c))
        {
            let year = self.calendar.year.map(|y| (y + n).to_string());
            return Some(self.make(at, to + 1, year, Governs::Sentence, "years ahead"));
        }
        if ["近", "最近", "过去", "过去的", "这", "头", "最近的", "刚刚过去的"]
            .iter()
            .any(|w| before.ends_with(w))
        {
            return Some(self.make(at, to, length, Governs::Sentence, "years back"));
        }
        for word in ["来", "间", "多来", "以来", "中", "里"] {
            if let Some(after) = rest.strip_prefix(word) {
                // 30年来首次达到: it says how rare that is.
                if ["首次", "首度", "最", "第一次"].iter().any(|w| after.starts_with(w)) {
                    return Some(self.make(at, to, None, Governs::Event, "years back"));
                }
                return Some(self.make(
                    at,
                    to + word.chars().count(),
                    length,
                    Governs::Sentence,
                    "years back",
                ));
            }
        }
        // 用三年时间|投入900亿元: for how long it goes on.
        let spent = ["时间", "左右时间", "的时间", "左右的时间"].iter().find(|w| rest.starts_with(**w));
        if let Some(word) = spent.filter(|_| before.ends_with(['用', '花'])) {
            let end = to + word.chars().count();
            return Some(self.make(at, end, length, Governs::Sentence, "length of time"));
        }
        // 三年安排450亿元: at the head of a clause, before a verb.
        let opens = before.is_empty() || before.ends_with(['，', ',', '；', ';', '。']);
        if opens && n > 1 && [Cue::Predicate, Cue::Attain, Cue::Change].iter().any(|c| acts(*c, rest)) {
            return Some(self.make(at, to, length, Governs::Clause, "length of time"));
        }
        if before.ends_with("连续")
            || ["年均", "平均", "累计", "共", "销", "产", "增", "间", "总"]
                .iter()
                .any(|w| rest.starts_with(w))
        {
            return Some(self.make(at, to, length, Governs::Figure, "length of time"));
        }
        None
    }

    fn word(&self, at: usize) -> Option<(usize, TimeExpr)> {
        if let Some((part, to)) = self.first_months(at) {
            let (next, mut expression) = self.make(at, to, None, Governs::Sentence, "part of the year");
            expression.relative_year = Some(part);
            return Some((next, expression));
        }
        let rest = self.rest(at);
        let ordinal = rest.strip_prefix('第');
        let (word, meaning) = time_words::at_start(ordinal.unwrap_or(rest))?;
        let to = at + word.chars().count() + usize::from(ordinal.is_some());
        match *meaning {
            Word::Year(offset) => {
                let year = self.calendar.year.map(|y| y + offset);
                Some(self.within_year(at, to, year, "relative year"))
            }
            Word::Now => Some(self.make(at, to, self.calendar.now(), Governs::Sentence, "present")),
            Word::Vague => Some(self.make(at, to, None, Governs::Sentence, "indefinite time")),
            Word::Every(period) => {
                let before = self.before(at);
                let after = self.rest(to);
                // 每人每月2375元: an amount per month, whatever its period.
                let each = ["每人", "每户", "每生", "每亩", "人均", "户均", "每头"];
                let per = each.iter().any(|w| before.ends_with(w))
                    || word != "每年"
                        && word != "年度"
                        && (after.starts_with(|c: char| c.is_ascii_digit())
                            || ["人均", "户均", "平均", "不低于", "每人"]
                                .iter()
                                .any(|w| after.starts_with(w)));
                let named = word == "年度"
                    && (before.ends_with(['本', '上', '该', '各', '年', '跨', '两', '二', '三', '四', '五'])
                        || ["计划", "任务", "考核", "报告", "工作", "目标", "高"]
                            .iter()
                            .any(|w| after.starts_with(w)));
                if word == "年度" && after.starts_with("投资") && self.calendar.year.is_some() {
                    let year = self.calendar.year.map(|y| y.to_string());
                    return Some(self.make(at, to, year, Governs::Clause, "the document's year"));
                }
                let granted = ["补助", "奖励", "最高", "累计", "不超过", "限额", "资助", "补贴"]
                    .iter()
                    .any(|w| after.starts_with(w));
                let rule = if word == "年度" && !granted { "a year's" } else { "recurring" };
                (!per && !named).then(|| self.make(at, to, Some(period.to_owned()), Governs::Clause, rule))
            }
            Word::Part(part) => {
                let before = self.before(at);
                // 完成全年|任务的38%: a task for the year.
                let task =
                    ["任务", "计划", "目标", "预算"].iter().find_map(|w| self.rest(to).strip_prefix(w));
                // 全年目标是…: what follows is that year's.
                if word == "全年" && task.is_some_and(|rest| !rest.starts_with(['是', '为', '：', ':']))
                {
                    return None;
                }
                if word == "年底" && before.ends_with(['今', '去', '明']) || before.ends_with("年年") {
                    return None;
                }
                let (next, mut expression) = self.make(at, to, None, Governs::Sentence, "part of the year");
                let begun = word == "全年" && self.calendar.month.is_some_and(|m| m <= 2);
                expression.relative_year = Some(if begun { ENDED } else { part });
                Some((next, expression))
            }
        }
    }

    fn blank(&self, at: usize) -> usize {
        if self.char(at) == Some(' ') { at + 1 } else { at }
    }

    fn range_mark(&self, at: usize) -> Option<usize> {
        let at = self.blank(at);
        let c = self.char(at)?;
        if !"-—–－~～至到".contains(c) {
            return None;
        }
        let mut to = at + 1;
        while self.char(to).is_some_and(|c| "-—".contains(c)) {
            to += 1;
        }
        Some(self.blank(to))
    }

    /// A year in four Arabic or Chinese digits.
    fn four(&self, at: usize) -> Option<(i32, usize)> {
        let mut year = 0;
        for n in 0..4 {
            year = year * 10 + digit(self.char(at + n)?)?;
        }
        if self.char(at + 4).is_some_and(|c| c.is_ascii_digit()) {
            return None;
        }
        (1800..2200).contains(&year).then_some((year, at + 4))
    }

    fn month(&self, at: usize) -> Option<(i32, usize)> {
        let (m, to) = self.int(self.blank(at))?;
        let to = self.blank(to);
        ((1..=12).contains(&m) && self.char(to) == Some('月')).then_some((m, to + 1))
    }

    /// `6月`, `1—6月`, `1月至6月`, with the day if there is one.
    fn months(&self, at: usize) -> Option<(i32, i32, usize)> {
        let (first, to) = self.int(at)?;
        if !(1..=12).contains(&first) {
            return None;
        }
        let after_month = if self.char(to) == Some('月') { to + 1 } else { to };
        if let Some(next) = self.range_mark(after_month)
            && let Some((last, end)) = self.month(next)
        {
            return (last > first).then_some((first, last, end));
        }
        if self.char(to) != Some('月') {
            return None;
        }
        let mut end = to + 1;
        if let Some((_, day_end)) = self.int(end)
            && self.char(day_end).is_some_and(|c| c == '日' || c == '号')
        {
            end = day_end + 1;
        } else if self.char(end).is_some_and(|c| c == '底' || c == '末' || c == '份') {
            end += 1;
        }
        Some((first, first, end))
    }

    /// A small number in Arabic or Chinese numerals.
    pub(super) fn int(&self, at: usize) -> Option<(i32, usize)> {
        let mut to = at;
        while self.char(to).is_some_and(|c| c.is_ascii_digit()) && to < at + 5 {
            to += 1;
        }
        if to > at {
            let digits: String = self.chars.get(at..to)?.iter().map(|&(_, c)| c).collect();
            return digits.parse().ok().map(|n| (n, to));
        }
        while self.char(to).is_some_and(|c| "一二三四五六七八九十两廿".contains(c)) && to < at + 4
        {
            to += 1;
        }
        let digits: String = self.chars.get(at..to)?.iter().map(|&(_, c)| c).collect();
        small(&digits).map(|n| (n, to))
    }
}

/// Whether a text begins with a verb of two characters or more.
fn acts(cue: Cue, text: &str) -> bool {
    cue.words().prefix(text).is_some_and(|w| w.chars().count() > 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn periods(text: &str) -> Vec<String> {
        let calendar = Calendar { year: Some(2022), month: Some(8) };
        scan(text, CleanSpan::new(0, text.len()), calendar)
            .into_iter()
            .map(|e| {
                format!(
                    "{} {} {:?}",
                    e.span.of(text),
                    e.period.as_deref().unwrap_or(e.relative_year.unwrap_or("-")),
                    e.governs
                )
            })
            .collect()
    }

    #[test]
    fn spellings() {
        for (text, expected) in [
            ("2021年,完成", "2021年 2021 Sentence"),
            ("截至2021年年底,", "2021年年底 2021 Sentence"),
            ("二○○一年国家", "二○○一年 2001 Sentence"),
            ("2022年1-6月,", "2022年1-6月 2022-01/2022-06 Sentence"),
            ("2022年上半年,", "2022年上半年 2022-01/2022-06 Sentence"),
            ("1996年4月1日,", "1996年4月1日 1996-04 Sentence"),
            ("(2022-2025年)", "2022-2025年 2022/2025 Sentence"),
            ("近3年为", "3年 P3Y Sentence"),
            ("十年间,", "十年间 P10Y Sentence"),
            ("收入5年年均", "5年 P5Y Figure"),
            ("80年代末", "80年代 1980/1989 Sentence"),
            ("每年开展", "每年 R/P1Y Clause"),
            ("去年9月底", "去年9月底 2021-09 Sentence"),
            ("目前已", "目前 2022-08 Sentence"),
            ("“十三五”期间", "十三五”期间 2016/2020 Sentence"),
            ("较“十二五”末期", "十二五”末期 2015 Base"),
            ("比2020年增长", "2020年 2020 Base"),
            ("全年完成", "全年  Sentence"),
            ("近年来共", "近年来 - Sentence"),
        ] {
            assert_eq!(periods(text), [expected], "{text}");
        }
        assert!(periods("奖励期限为3年").is_empty());
        assert!(periods("电话010-88656100").is_empty());
    }
}
