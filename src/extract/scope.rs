//! What a whole document, a section or a news item says of every figure in it.
//!
//! Title `两江新区…行动计划(2022-2025年)` → subject 两江新区, span 2022/2025, aims; heading
//! `一、2025年工作回顾` → 2025, facts.

use std::collections::HashMap;

use crate::extract::subject;
use crate::extract::time::{self, Calendar, Governs};
use crate::lexicon::cues::Cue;
use crate::lexicon::names::Level;
use crate::model::Status;
use crate::text::{BlockKind, CleanSpan, Heading, Prepared};

/// What sort of text it is, as far as that bears on fact, aim or rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Genre {
    /// News, speeches, reports: facts unless something says otherwise.
    Report,
    /// Plans and programmes: aims.
    Plan,
    /// Measures and regulations: rules.
    Policy,
}

/// What the document says of its figures.
#[derive(Clone, Debug)]
pub struct Scope {
    pub own: Option<String>,
    /// How `own` was found.
    pub own_rule: &'static str,
    pub calendar: Calendar,
    pub genre: Genre,
    /// A plan's span from its title: `2022/2025`.
    pub plan: Option<String>,
    /// The year that an annual text speaks of: `2012`.
    pub annual: Option<String>,
    /// A government's yearly report to its congress.
    pub yearly_report: bool,
    /// The year was inferred from what the text announces for it.
    pub announced: bool,
}

impl Scope {
    /// Whether the text itself, not its title or source, gave the area: places named on the way
    /// then change the subject for what follows.
    pub fn is_loose(&self) -> bool {
        !(self.own_rule.starts_with("the title") || self.own_rule.starts_with("the source"))
    }
}

/// What a section says of its figures.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SectionScope {
    pub period: Option<String>,
    /// The span of years that the heading names beside the year: 十四五.
    pub span: Option<String>,
    pub status: Option<Status>,
}

const PLAN_TITLES: &[&str] = &["计划", "规划", "方案", "纲要", "要点", "行动", "意见", "目标任务"];
const POLICY_TITLES: &[&str] =
    &["办法", "措施", "细则", "规定", "条例", "政策", "指南", "奖励", "补贴", "补助", "标准", "指引"];

/// Reads the document's own scope.
pub fn scope(prepared: &Prepared) -> Scope {
    let title = prepared.title.as_deref().unwrap_or("");
    let mut calendar = Calendar::parse(prepared.date.as_deref());
    let (own, own_rule) = own_subject(prepared, title);
    let titled: Vec<_> = time::scan(title, CleanSpan::new(0, title.len()), calendar);
    let plan = titled.iter().filter_map(|e| e.period.clone()).find(|p| p.contains('/'));
    let ends_as = |words: &[&str]| {
        let core = title.split(['(', '（']).next().unwrap_or(title);
        let tail: String = core.chars().rev().take(8).collect::<Vec<_>>().into_iter().rev().collect();
        words.iter().any(|w| tail.contains(w))
    };
    let genre = if title.contains("公报") || title.contains("工作报告") {
        Genre::Report
    } else if ends_as(POLICY_TITLES) {
        Genre::Policy
    } else if ends_as(PLAN_TITLES) || plan.is_some() {
        Genre::Plan
    } else {
        Genre::Report
    };
    let annual = titled
        .iter()
        .filter_map(|e| e.period.clone())
        .find(|p| p.len() == 4)
        .filter(|_| title.contains("公报") || title.contains("统计"));
    let dated = calendar.year.is_some();
    if !dated {
        calendar.year = announced_year(&prepared.text);
    }
    let announced = !dated && calendar.year.is_some();
    let annual = annual.or_else(|| annual_of_text(&prepared.text, title));
    let plan = plan.or_else(|| plan_of_text(&prepared.text, title, genre));
    let genre = if genre == Genre::Report && plan.is_some() { Genre::Plan } else { genre };
    let yearly_report = title.contains("工作报告");
    Scope { own, own_rule, calendar, genre, plan, annual, yearly_report, announced }
}

/// A text without a title that opens with a plan's years speaks of that plan: “十三五”期间,….
fn plan_of_text(text: &str, title: &str, genre: Genre) -> Option<String> {
    if !title.is_empty() && genre == Genre::Report {
        return None;
    }
    let end = text.char_indices().nth(30).map_or(text.len(), |(i, _)| i);
    let first = time::scan(text, CleanSpan::new(0, end), Calendar::default()).into_iter().next()?;
    (first.rule == "plan period" && first.span.start < 8).then_some(first.period).flatten()
}

/// A text without a date whose first figure-bearing words are 2012年全市…: a communiqué's year.
fn annual_of_text(text: &str, title: &str) -> Option<String> {
    if !title.is_empty() || !text.contains("全年") {
        return None;
    }
    let end = text.char_indices().nth(200).map_or(text.len(), |(i, _)| i);
    time::scan(text, CleanSpan::new(0, end), Calendar::default())
        .into_iter()
        .filter_map(|e| e.period)
        .find(|p| p.len() == 4)
}

/// The year an undated text is written in: the one of which it speaks as of things to come.
fn announced_year(text: &str) -> Option<i32> {
    let mut best: Option<i32> = None;
    for line in text.lines() {
        for expression in time::scan(line, CleanSpan::new(0, line.len()), Calendar::default()) {
            let Some(year) =
                expression.period.as_deref().filter(|p| p.len() == 4).and_then(|p| p.parse::<i32>().ok())
            else {
                continue;
            };
            let after = line.get(expression.span.end..).unwrap_or("");
            let near: String = after.chars().take(24).collect();
            let ahead = ["将", "力争", "目标"].iter().any(|w| near.contains(w));
            let before: String =
                line.get(..expression.span.start).unwrap_or("").chars().rev().take(2).collect();
            if ahead && !before.starts_with('到') && expression.governs == Governs::Sentence {
                best = best.max(Some(year));
            }
        }
    }
    best
}

/// The document's own area: from the title, else from the source, else the place most spoken of.
fn own_subject(prepared: &Prepared, title: &str) -> (Option<String>, &'static str) {
    let in_title = subject::places(title, CleanSpan::new(0, title.len()));
    let named = in_title
        .iter()
        .filter(|n| n.level.is_some_and(|l| l <= Level::Province))
        .min_by_key(|n| (n.span.start, n.level));
    if let Some(named) = named {
        return (Some(named.name.clone()), "the title names it");
    }
    if let Some(source) = prepared.source.as_deref()
        && let Some(place) = crate::lexicon::names::places().get(source)
    {
        return (Some(place.name.to_owned()), "the source is it");
    }
    if let Some(word) = ["全国", "我国", "中国"].iter().find(|w| title.contains(**w)) {
        return (Some((*word).to_owned()), "the title speaks of the country");
    }
    if let Some(short) = short_name(&prepared.text) {
        return (Some(short), "the title or the text names it as its own");
    }
    if let Some(body) = body_in(title) {
        return (Some(body), "the title names it");
    }
    let mut counts: HashMap<String, (usize, usize)> = HashMap::new();
    let mut levels: HashMap<String, Level> = HashMap::new();
    for named in subject::places(&prepared.text, CleanSpan::new(0, prepared.text.len())) {
        let Some(level) = named.level.filter(|l| *l <= Level::Province) else { continue };
        let entry = counts.entry(named.name.clone()).or_insert((0, named.span.start));
        entry.0 += 1;
        levels.insert(named.name, level);
    }
    let nation =
        ["全国", "我国", "国家", "中国"].iter().map(|w| prepared.text.matches(w).count()).sum::<usize>();
    let own = Cue::Place.words().all().map(|w| (prepared.text.matches(w).count(), w)).max();
    let best = counts.iter().max_by_key(|(_, (n, at))| (*n, std::cmp::Reverse(*at)));
    match best {
        Some((name, (n, _))) if *n >= 2 && *n * 2 >= nation => {
            (Some(name.clone()), "the place the text speaks of most")
        }
        _ => match own {
            Some((n, word)) if n >= 2 => (Some(word.to_owned()), "the text's own word for its area"),
            _ if nation >= 2 => {
                let word = if prepared.text.contains("我国") && !prepared.text.contains("全国") {
                    "我国"
                } else {
                    "全国"
                };
                (Some(word.to_owned()), "the text speaks of the country")
            }
            _ => (best.map(|(name, _)| name.clone()), "the only place named"),
        },
    }
}

/// A body that the text gives a short name and keeps speaking of: …公司(以下简称“华锐”).
fn short_name(text: &str) -> Option<String> {
    for label in ["以下简称", "下称", "简称"] {
        let Some(at) = text.find(label) else { continue };
        let rest = text.get(at + label.len()..)?;
        let rest = rest.trim_start_matches([':', '：', '为', ' ']);
        let Some(inner) = rest.strip_prefix(['“', '"', '‘']) else { continue };
        let name = inner.split(['”', '"', '’']).next().unwrap_or("");
        let count = name.chars().count();
        if (2..=12).contains(&count) && text.matches(name).count() >= 4 {
            return Some(name.to_owned());
        }
    }
    None
}

/// A body named at the head of a title: 华锐储能科创板IPO过会 has none, 吉林大学章程 has.
fn body_in(title: &str) -> Option<String> {
    let mut end = 0;
    for (offset, c) in title.char_indices() {
        end = offset + c.len_utf8();
        let head = title.get(..end)?;
        if head.chars().count() >= 4 && !head.contains(['“', '"', '的', ' ', '《']) && subject::is_body(head)
        {
            let longer = title.get(end..).unwrap_or("");
            let more: String = longer.chars().take(4).collect();
            if !["公司", "集团", "银行", "大学", "学院"].iter().any(|w| more.starts_with(w)) {
                return Some(head.to_owned());
            }
        }
    }
    let _ = end;
    None
}

/// What each section says, its parents included.
pub fn sections(headings: &[Heading], scope: &Scope) -> Vec<SectionScope> {
    let mut result: Vec<SectionScope> = Vec::with_capacity(headings.len());
    let mut open: Vec<(u8, SectionScope)> = Vec::new();
    for heading in headings {
        open.retain(|(level, _)| *level < heading.level);
        let inherited = open.last().map(|(_, s)| s.clone()).unwrap_or_default();
        let own = section(&heading.title, scope);
        let merged = SectionScope {
            period: own.period.or(inherited.period),
            span: own.span.or(inherited.span),
            status: own.status.or(inherited.status),
        };
        open.push((heading.level, merged.clone()));
        result.push(merged);
    }
    result
}

fn section(title: &str, scope: &Scope) -> SectionScope {
    let times = time::scan(title, CleanSpan::new(0, title.len()), scope.calendar);
    let periods: Vec<String> = times
        .into_iter()
        .filter_map(|e| e.period)
        .filter(|p| p.starts_with(|c: char| c.is_ascii_digit()))
        .collect();
    // “十四五”时期和2025年工作回顾 speaks of both: the year is the safer one, the text names the five.
    let period = periods.iter().rfind(|p| p.len() == 4).or(periods.first()).cloned();
    let has = |words: &[&str]| words.iter().any(|w| title.contains(w));
    let status = if has(&["回顾", "成效", "成绩", "成就", "进展", "工作情况", "总结"]) {
        Some(Status::Actual)
    } else if has(&[
        "目标",
        "任务",
        "工作安排",
        "工作重点",
        "重点工作",
        "下一步",
        "总体要求",
        "总体部署",
        "打算",
        "展望",
        "工作思路",
        "安排",
        "主要工作",
    ]) {
        Some(Status::Target)
    } else {
        None
    };
    let span = periods.iter().find(|p| p.contains('/')).cloned();
    // A yearly report's 工作回顾 speaks of the year before it, its 安排 of its own.
    let year = scope.calendar.year.filter(|_| scope.yearly_report);
    let period = period.or_else(|| match status {
        Some(Status::Actual) => year.map(|y| (y - 1).to_string()),
        Some(Status::Target) => year.map(|y| y.to_string()),
        _ => None,
    });
    SectionScope { period, span, status }
}

/// The subject of a news item inside a page of several: named by its headline or its first words.
pub fn item_subject(text: &str, blocks: &[crate::text::Block], heading: usize) -> Option<String> {
    let headline = blocks.get(heading).filter(|b| b.kind == BlockKind::Heading)?;
    let named = |span: CleanSpan| {
        subject::places(text, span)
            .into_iter()
            .find(|n| n.level.is_some_and(|l| l <= Level::Province))
            .map(|n| n.name)
    };
    let first = blocks.get(heading + 1).map(|b| {
        let end = b.span.of(text).char_indices().nth(60).map_or(b.span.end, |(i, _)| b.span.start + i);
        CleanSpan::new(b.span.start, end)
    });
    named(headline.span).or_else(|| first.and_then(named))
}
