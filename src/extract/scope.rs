//! What a whole document, a section or a news item says of every figure in it.
//!
//! Title `两江新区…行动计划(2022-2025年)` → subject 两江新区, span 2022/2025, aims; heading
//! `一、2025年工作回顾` → 2025, facts.

use crate::extract::own;
use crate::extract::phrase;
use crate::extract::subject;
use crate::extract::time::{self, Calendar, Governs, TimeExpr};
use crate::extract::time_parts::YEARS_FROM;
use crate::extract::time_words::ENDED;
use crate::lexicon::cues::Cue;
use crate::lexicon::names;
use crate::model::Status;
use crate::text::{CleanSpan, Heading, Prepared};

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
    /// Short names that the text gives to bodies.
    pub aliases: Vec<String>,
    pub calendar: Calendar,
    pub genre: Genre,
    /// A plan's span from its title: `2022/2025`.
    pub plan: Option<String>,
    /// The year that an annual text speaks of: `2012`.
    pub annual: Option<String>,
    /// The months that the text returns to: those of growth told without a time.
    pub months: Option<String>,
    /// The year in the title.
    pub titled: Option<String>,
    /// The year that a government's yearly report to its congress plans for.
    pub yearly: Option<i32>,
    /// Paragraphs open with a place and a colon: 成都：….
    pub headed: bool,
    /// The year was inferred from what the text announces for it.
    pub announced: bool,
    /// The year is only the first that the text names.
    pub opened: bool,
}

impl Scope {
    /// Whether the area was only guessed from what the text speaks of most.
    pub fn is_guessed(&self) -> bool {
        ["the place the text", "the only place", "the text's own word"]
            .iter()
            .any(|r| self.own_rule.starts_with(r))
    }

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
    /// The years to come that a heading names after those that it looks back on.
    pub ahead: Option<String>,
    pub status: Option<Status>,
    /// What a heading of a policy names that is granted: 经营贡献奖励.
    pub grant: Option<String>,
    /// Where the heading stands that gave the status.
    pub at: usize,
}

/// What the plan part of a yearly report says, that a sentence opens instead of a heading:
/// 今年发展的主要预期目标是….
pub fn plan_part(text: &str, scope: &Scope, at: usize) -> Option<SectionScope> {
    let year = scope.yearly?;
    let opens = ["预期目标是", "预期目标为", "预期目标：", "预期目标:", "主要目标是", "主要目标为"]
        .iter()
        .any(|w| text.contains(w));
    opens.then(|| SectionScope {
        period: Some(year.to_string()),
        status: Some(Status::Target),
        at,
        ..SectionScope::default()
    })
}

/// What a paragraph says that tells the aims of the years to come, in a section that looks back and ahead:
/// 《纲要》设置了29项主要指标,包括….
pub fn aims_ahead(text: &str, section: &SectionScope) -> Option<SectionScope> {
    let ahead = section.ahead.clone()?;
    let aims = ["主要指标", "主要目标", "预期目标", "发展目标"].iter().any(|w| text.contains(w));
    aims.then(|| SectionScope {
        period: Some(ahead.clone()),
        span: Some(ahead),
        status: Some(Status::Target),
        ..section.clone()
    })
}

/// Reads the document's own scope.
pub fn scope(prepared: &Prepared) -> Scope {
    let title = prepared.title.as_deref().unwrap_or("");
    let mut calendar = Calendar::parse(prepared.date.as_deref());
    let mut aliases = own::aliases(&prepared.text);
    let (own, own_rule) = own::of_document(prepared, title, &aliases);
    if let Some(body) =
        own.as_ref().filter(|o| names::places().get(o).is_none() && title.starts_with(o.as_str()))
    {
        aliases.push(body.clone());
    }
    let titled: Vec<_> = time::scan(title, CleanSpan::new(0, title.len()), calendar);
    let titled: Vec<String> = titled.into_iter().filter_map(|e| e.period).collect();
    // “十四五”以来…, …期间成就: a look back is no plan.
    let back = ["以来", "成就", "成效", "回眸", "回顾", "综述", "落实", "完成", "进展", "情况", "总结"]
        .iter()
        .any(|w| title.contains(w));
    let plan =
        titled.iter().find(|p| p.contains('/') && !p.contains('-') && !p.starts_with('R') && !back).cloned();
    let titled_year = titled.iter().find(|p| p.len() == 4).cloned();
    let core = title.split(['(', '（']).next().unwrap_or(title).trim_end();
    let notice = core.strip_suffix("通知");
    let core = notice.map_or(core, |c| c.trim_end_matches('的'));
    let tail = core.char_indices().rev().nth(7).map_or(core, |(at, _)| core.get(at..).unwrap_or(core));
    let genre = if title.contains("公报") || title.contains("工作报告") {
        Genre::Report
    } else if Cue::PolicyTitle.words().is_in(tail) || notice.is_some() && sets_rules(title, &prepared.text) {
        Genre::Policy
    } else if Cue::PlanTitle.words().is_in(tail) && !back || plan.is_some() {
        Genre::Plan
    } else {
        Genre::Report
    };
    let dated = calendar.year.is_some();
    let told =
        if dated { None } else { announced_year(&prepared.text).or_else(|| summed_up(&prepared.text)) };
    let mut opened = false;
    if !dated {
        calendar.year = told.or_else(|| latest_day(&prepared.text));
        if calendar.year.is_none() {
            calendar.year = opening_year(&prepared.text, title);
            opened = calendar.year.is_some();
        }
    }
    let announced = told.is_some();
    let annual = reported(title, &prepared.text, calendar)
        .or_else(|| as_of(&prepared.text, calendar))
        .filter(|_| genre == Genre::Report);
    let months = returned_to(&prepared.text, calendar).filter(|_| genre == Genre::Report);
    let plan = plan.or_else(|| plan_of_text(&prepared.text, title, genre));
    let genre = if genre == Genre::Report && plan.is_some() { Genre::Plan } else { genre };
    let yearly = title.contains("工作报告");
    let yearly =
        yearly.then(|| titled_year.as_deref().and_then(|y| y.parse().ok()).or(calendar.year)).flatten();
    // 政府工作报告解读: 2024年工作回顾 looks back on the year it names.
    let looks_back = yearly.is_some() && title.contains("回顾");
    let yearly = yearly.map(|year| if looks_back && titled_year.is_some() { year + 1 } else { year });
    let annual = annual.or_else(|| reviewed(&prepared.text, yearly?));
    let plan = plan.or_else(|| long_plan(&prepared.text).filter(|_| genre == Genre::Plan));
    // A plan for one year: 2023年工作要点.
    let plan = plan.or(titled_year.clone().filter(|_| genre == Genre::Plan));
    let headed = prepared.blocks.iter().filter(|b| opens_with_place(&prepared.text, b.span)).count() >= 3;
    Scope {
        own,
        own_rule,
        aliases,
        calendar,
        genre,
        plan,
        annual,
        months,
        titled: titled_year,
        yearly,
        headed,
        announced,
        opened,
    }
}

/// The year that a paragraph of a report opens with: 去年以来,….
pub fn opening_time(text: &str, block: CleanSpan, scope: &Scope) -> Option<String> {
    if scope.genre != Genre::Report {
        return None;
    }
    let first = time::scan(text, block, scope.calendar).into_iter().next()?;
    let opens = first.span.start == block.start && first.governs == Governs::Sentence;
    first.period.filter(|p| opens && p.len() == 4)
}

/// The span of a plan that says when it begins and how long it runs: 2012年起5年内.
fn long_plan(text: &str) -> Option<String> {
    let mut lines = text.lines().filter(|line| line.contains("年起"));
    lines.find_map(|line| {
        let found = time::scan(line, CleanSpan::new(0, line.len()), Calendar::default());
        found.into_iter().find(|e| e.rule == YEARS_FROM).and_then(|e| e.period)
    })
}

/// 成都：…
fn opens_with_place(text: &str, line: CleanSpan) -> bool {
    subject::place_at(text, line.start, line.end)
        .is_some_and(|p| text.get(p.span.end..line.end).is_some_and(|rest| rest.starts_with(['：', ':'])))
}

/// Whether a notice sets standards and grants rather than tasks.
fn sets_rules(title: &str, text: &str) -> bool {
    let words = ["标准", "补助", "补贴", "奖励", "给予", "不得", "应当", "扣减", "聘用", "拨付"];
    let tasks = ["任务", "重点工作", "目标", "计划"].iter().any(|w| title.contains(w));
    !tasks && words.iter().map(|w| text.matches(w).count()).sum::<usize>() >= 6
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

/// The time that a text reports on as a whole: of a communiqué the year in its title, of an analysis the
/// months in its title or at its head.
fn reported(title: &str, text: &str, calendar: Calendar) -> Option<String> {
    // 某某日报 is a newspaper.
    let word = Cue::ReportTitle.words().rfind(title);
    let named = word.is_some_and(|(at, word)| word != "日报" || title.len() == at + word.len());
    let in_title = time::scan(title, CleanSpan::new(0, title.len()), calendar)
        .into_iter()
        .filter(|e| e.governs != Governs::Base && (named || !e.span.of(title).contains('日')))
        .filter_map(|e| whole_period(&e, calendar))
        .find(|p| p.len() == 4 && named || p.contains('-'));
    if in_title.is_some() || !(named || title.is_empty() && text.contains("全年")) {
        return in_title;
    }
    let daily = ["周报", "日报", "快报"].iter().any(|w| title.contains(w));
    let end = text.char_indices().nth(200).map_or(text.len(), |(i, _)| i);
    let named = |e: &TimeExpr| {
        let after = text.get(e.span.end..).unwrap_or("");
        ["中期报告", "年度报告", "半年度报告", "年报"].iter().any(|w| after.starts_with(w))
    };
    time::scan(text, CleanSpan::new(0, end), calendar)
        .into_iter()
        .filter(|e| {
            e.governs == Governs::Sentence && (daily || !e.span.of(text).contains('日')) && e.rule != "date"
        })
        .filter(|e| !named(e))
        .filter_map(|e| whole_period(&e, calendar))
        .find(|p| p.len() == 4 || p.contains('-') && (daily || p.contains('/')))
}

/// When all that a profile states holds: (数据截至2017年9月).
fn as_of(text: &str, calendar: Calendar) -> Option<String> {
    let (at, said) = ["数据截至", "数据截止", "数据统计截至", "数据统计截止", "数据更新至"]
        .iter()
        .find_map(|w| text.rfind(w).map(|at| (at, w)))?;
    let from = at + said.len();
    let end = text.get(from..)?.char_indices().nth(24).map_or(text.len(), |(n, _)| from + n);
    let times = time::scan(text, CleanSpan::new(from, end), calendar);
    times.first().filter(|e| e.calendar && e.span.start <= from + '到'.len_utf8())?.period.clone()
}

/// The months that a text names again and again, the first time where it opens: 今年前三季度.
fn returned_to(text: &str, calendar: Calendar) -> Option<String> {
    /// Where a text opens, in characters, and how often it names them.
    const OPENING: usize = 170;
    const TIMES: usize = 3;
    let end = text.char_indices().nth(OPENING).map_or(text.len(), |(at, _)| at);
    time::scan(text, CleanSpan::new(0, end), calendar)
        .iter()
        .filter(|e| e.governs == Governs::Sentence)
        .filter_map(|e| Some((e, whole_period(e, calendar)?)))
        .find(|(_, period)| period.contains('/') && period.contains('-'))
        .filter(|(e, _)| {
            let words = e.span.of(text);
            let part = words.rsplit('年').next().filter(|p| p.chars().count() > 2).unwrap_or(words);
            text.matches(part).count() >= TIMES
        })
        .map(|(_, period)| period)
}

/// The year that a yearly report looks back on: the one a paragraph opens with, else the year before.
fn reviewed(text: &str, year: i32) -> Option<String> {
    let opening =
        |line: &str| line.split_once('年').and_then(|(y, _)| y.parse::<i32>().ok()).filter(|y| *y < year);
    text.lines().take(20).find_map(opening).or(Some(year - 1)).map(|y| y.to_string())
}

/// The period of an expression that stands without a year: 4月份, 上半年 of a text of 2023.
fn whole_period(e: &TimeExpr, calendar: Calendar) -> Option<String> {
    let part =
        e.relative_year.filter(|part| *part != "month").map(|part| if part == ENDED { "" } else { part });
    let of_year =
        |y: i32| part.map(|p| p.split('/').map(|m| format!("{y}{m}")).collect::<Vec<_>>().join("/"));
    let period = e.period.clone().filter(|_| e.calendar).or_else(|| of_year(calendar.year?));
    period.filter(|p| p.starts_with(|c: char| c.is_ascii_digit()))
}

/// The year of the latest day that an undated text names: 2001年1月1日起.
fn latest_day(text: &str) -> Option<i32> {
    let day = |line: &str, e: &TimeExpr| {
        let named = e
            .span
            .of(line)
            .contains('日')
            .then(|| e.period.as_deref().filter(|_| e.calendar)?.get(..4)?.parse().ok());
        named.flatten()
    };
    let of_line = |line: &str| {
        let found = time::scan(line, CleanSpan::new(0, line.len()), Calendar::default());
        found.iter().filter_map(|e| day(line, e)).max()
    };
    text.lines().filter_map(of_line).max()
}

/// The year that an undated text opens with: 2018年第4周….
fn opening_year(text: &str, title: &str) -> Option<i32> {
    let start = text.find(title).map_or(0, |at| at + title.len());
    let end = text.get(start..)?.char_indices().nth(60).map_or(text.len(), |(i, _)| start + i);
    let found = time::scan(text, CleanSpan::new(start, end), Calendar::default());
    let first =
        found.iter().find(|e| e.calendar && e.governs != Governs::Base && !e.span.of(text).is_empty())?;
    if first.governs == Governs::Event && !first.span.of(text).ends_with('年') {
        return None;
    }
    let planned = text
        .get(start..end)
        .is_some_and(|head| ["规划", "计划", "方案", "纲要"].iter().any(|w| head.contains(w)));
    let ahead = planned || text.get(..first.span.start).is_some_and(|before| before.ends_with('到'));
    first.period.as_deref().filter(|p| !ahead && !p.contains('/'))?.get(..4)?.parse().ok()
}

/// The year an undated text is written in: the one of which it speaks as of things to come.
fn announced_year(text: &str) -> Option<i32> {
    let mut best: Option<i32> = None;
    // A chronicle goes on to years after the one in which somebody 将土地分给农户.
    let mut told: Option<i32> = None;
    for line in text.lines() {
        for expression in time::scan(line, CleanSpan::new(0, line.len()), Calendar::default()) {
            let Some(year) =
                expression.period.as_deref().filter(|p| p.len() == 4).and_then(|p| p.parse::<i32>().ok())
            else {
                continue;
            };
            let after = line.get(expression.span.end..).unwrap_or("");
            let near: String = after.chars().take(24).collect();
            // …6亿元的目标圆满完成: an aim that was reached.
            let reached = near.contains("完成");
            let ahead = ["将", "力争"].iter().any(|w| near.contains(w)) || near.contains("目标") && !reached;
            let before: String =
                line.get(..expression.span.start).unwrap_or("").chars().rev().take(2).collect();
            if expression.governs != Governs::Sentence || before.starts_with('到') {
                continue;
            }
            if ahead {
                best = best.max(Some(year));
            } else {
                told = told.max(Some(year));
            }
        }
    }
    best.filter(|_| told <= best)
}

/// The year after the one that an undated speech sums up: 总结2015年工作,部署今年….
fn summed_up(text: &str) -> Option<i32> {
    let line = text
        .lines()
        .find(|line| line.contains("总结") && ["今年", "来年"].iter().any(|w| line.contains(w)))?;
    let found = time::scan(line, CleanSpan::new(0, line.len()), Calendar::default());
    let summed = |e: &&TimeExpr| {
        let before = line.get(..e.span.start).unwrap_or("");
        e.period.as_deref().is_some_and(|p| p.len() == 4)
            && ["总结", "总结了", "回顾"].iter().any(|w| before.ends_with(w))
    };
    let year: i32 = found.iter().find(summed)?.period.as_deref()?.parse().ok()?;
    Some(year + 1)
}

/// What each section says, its parents included.
pub fn sections(headings: &[Heading], scope: &Scope) -> Vec<SectionScope> {
    let mut result: Vec<SectionScope> = Vec::with_capacity(headings.len());
    let mut open: Vec<(u8, SectionScope)> = Vec::new();
    for heading in headings {
        open.retain(|(level, _)| *level < heading.level);
        let inherited = open.last().map(|(_, s)| s.clone()).unwrap_or_default();
        let own = section(heading, scope);
        let merged = SectionScope {
            period: own.period.or(inherited.period),
            span: own.span.or(inherited.span),
            ahead: own.ahead.or(inherited.ahead),
            status: own.status.or(inherited.status),
            grant: own.grant,
            at: if own.status.is_some() { own.at } else { inherited.at },
        };
        open.push((heading.level, merged.clone()));
        result.push(merged);
    }
    result
}

/// What a rubric at the head of a paragraph says: 【发展目标】.
pub fn rubric(text: &str, block: CleanSpan, scope: &Scope, around: &SectionScope) -> Option<SectionScope> {
    let title = block.of(text).strip_prefix('【')?.split_once('】')?.0;
    let heading = Heading { title: title.to_owned(), level: 1, span: block };
    let own = section(&heading, scope);
    Some(SectionScope {
        period: own.period.or_else(|| around.period.clone()),
        status: own.status.or(around.status),
        ..own
    })
}

fn section(heading: &Heading, scope: &Scope) -> SectionScope {
    let title = heading.title.as_str();
    let times = time::scan(title, CleanSpan::new(0, title.len()), scope.calendar);
    let periods: Vec<String> = times
        .into_iter()
        .filter(|e| !matches!(e.governs, Governs::Event | Governs::Base))
        .filter_map(|e| e.period)
        .filter(|p| p.starts_with(|c: char| c.is_ascii_digit()))
        .collect();
    // “十四五”时期和2025年工作回顾 speaks of both: the year is the safer one, the text names the five.
    let period = periods.iter().rfind(|p| p.len() == 4).or(periods.first()).cloned();
    let has = |words: &[&str]| words.iter().any(|w| title.contains(w));
    let status = if title.ends_with("情况")
        || has(&[
            "回顾",
            "成效",
            "成绩",
            "成就",
            "进展",
            "工作情况",
            "总结",
            "发展基础",
            "现状",
            "存在问题",
            "主要问题",
        ]) {
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
        "再上新台阶",
        "努力方向",
    ]) {
        Some(Status::Target)
    } else {
        None
    };
    let rules = [
        "入园条件",
        "优惠政策",
        "扶持政策",
        "支持政策",
        "奖补政策",
        "奖励政策",
        "补贴政策",
        "奖励办法",
        "奖补办法",
        "收费标准",
        "申报条件",
        "奖补措施",
        "奖励措施",
        "扶持措施",
        "扶持标准",
        "奖励标准",
        "补助标准",
        "补贴标准",
        "建设标准",
        "附则",
    ];
    let status = if has(&rules) { Some(Status::Rule) } else { status };
    let span = periods.iter().find(|p| p.contains('/')).cloned();
    // “十四五”时期发展成就和“十五五”时期主要目标: what lies ahead is told by its own sentences.
    let both = has(&["成就", "成效", "回顾"]) && has(&["目标", "任务"]);
    let ahead =
        periods.iter().rfind(|p| both && p.contains('/')).filter(|p| Some(*p) != span.as_ref()).cloned();
    // A yearly report's 工作回顾 speaks of the year before it, its 安排 of its own.
    let year = scope.yearly;
    let period = period.or_else(|| match status {
        Some(Status::Actual) => year.map(|y| (y - 1).to_string()),
        Some(Status::Target) => year.map(|y| y.to_string()),
        _ => None,
    });
    let name = title.rsplit(['）', ')', '、', '.', '．']).next().unwrap_or(title).trim();
    let granted = Cue::Granted.words().suffix(name).is_some() || name.ends_with('奖');
    let grant = (granted && name.chars().count() >= 3).then(|| phrase::clean_name(name));
    SectionScope { period, span, ahead, status, grant, at: heading.span.start }
}
