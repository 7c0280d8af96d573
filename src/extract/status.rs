//! Fact, aim or rule: `力争达到210户` target, `已突破800家` actual, `给予100万元奖励` rule.

use crate::extract::scope::{Genre, Scope, SectionScope};
use crate::lexicon::cues::Cue;
use crate::model::Status;

/// What bears on the status of one figure.
#[derive(Clone, Copy, Debug)]
pub struct Evidence<'a> {
    /// The sentence up to the number.
    pub before: &'a str,
    /// The clause that holds the number, up to it.
    pub clause: &'a str,
    /// The clause after the number.
    pub after: &'a str,
    /// The sentence after the number.
    pub rest: &'a str,
    pub period: Option<&'a str>,
    /// The status of the figure before it in the sentence.
    pub last: Option<Status>,
    /// The paragraph lists aims.
    pub aim: bool,
    /// The paragraph lists rules.
    pub ruled: bool,
    /// The number is the earlier end of a pair: a fact.
    pub start_of_pair: bool,
}

/// The status, the rule, and how sure it is.
pub fn status(e: Evidence<'_>, scope: &Scope, section: &SectionScope) -> (Status, &'static str, f64) {
    let year = e
        .period
        .and_then(|p| p.rsplit('/').next())
        .and_then(|p| p.get(..4))
        .and_then(|y| y.parse::<i32>().ok());
    let fixed = e.period.is_some_and(|p| p.starts_with(|c: char| c.is_ascii_digit()));
    let rule_cue = is_rule(e.clause) || is_rule(e.after);
    let aims = scope.genre == Genre::Plan || section.status == Some(Status::Target);
    let begun = scope.plan.as_deref().and_then(|p| p.get(..4)?.parse::<i32>().ok());
    let weak = !aims && e.last != Some(Status::Target) || begun.is_some() && fixed && year < begun;
    let told = |text: &str| Cue::Fact.words().is_in(text) || weak && Cue::FactWeak.words().is_in(text);
    let fact_cue = match earlier_end(e.clause) {
        Some((before, after)) => told(before) || told(after),
        None => told(e.clause),
    };
    if is_aim_moved(e.clause) {
        return (Status::Target, "an aim is moved", 0.9);
    }
    if e.start_of_pair && scope.genre != Genre::Policy {
        return (Status::Actual, "the earlier end of a pair", 0.93);
    }
    if scope.genre == Genre::Policy {
        let conditional = e.rest.contains(['的', '者']) && is_rule(e.rest);
        if fixed && (fact_cue || year < scope.calendar.year) && !rule_cue && !conditional {
            return (Status::Actual, "a deed done inside a policy", 0.9);
        }
        let ahead = scope.calendar.year.is_some() && year > scope.calendar.year;
        if fixed && ahead || is_aim(e.clause) && !rule_cue {
            return (Status::Target, "an aim inside a policy", 0.85);
        }
        return (Status::Rule, "the document is a policy", 0.95);
    }
    if e.ruled && !fact_cue {
        return (Status::Rule, "a rule is quoted", 0.85);
    }
    let each = ["每户", "每人", "每亩", "每台", "每个", "单台", "单户"].iter().any(|w| e.clause.contains(w));
    if rule_cue && each && !fact_cue && Cue::Granted.words().is_in(e.before) {
        return (Status::Rule, "a grant for each is set", 0.9);
    }
    if section.status == Some(Status::Rule) && !fixed {
        return (Status::Rule, "the section's heading", 0.9);
    }
    let granted = e.before.contains("给予")
        || e.after.contains("给予")
        || is_measured(e.before)
        || e.clause.contains("不超过") && scope.genre == Genre::Plan;
    if rule_cue
        && granted
        && !fact_cue
        && (scope.genre == Genre::Plan || e.before.contains('对') || is_measured(e.before))
    {
        return (Status::Rule, "a grant, a quota or a ratio is set", 0.9);
    }
    // 宣布的“…将在2000年降到|15%”: the aim stands after the deed.
    let later = Cue::Fact.words().rfind(e.clause).and_then(|(at, word)| e.clause.get(at + word.len()..));
    if later.is_some_and(is_aim) {
        return (Status::Target, "a word of aiming in the clause", 0.9);
    }
    let aimed_at = is_of_an_aim(e.after);
    let aimed = is_planned(e.before);
    // Of what is past, 预计 estimates and 着力 tells what was done.
    let review = section.status == Some(Status::Actual) && scope.yearly.is_some() && year < scope.yearly;
    if review && fixed {
        return (Status::Actual, "the section looks back", 0.97);
    }
    if aimed_at {
        return (Status::Target, AIMED_AT, 0.95);
    }
    if (aimed || is_aim(e.clause)) && !(fact_cue && fixed && year < scope.calendar.year) {
        return (Status::Target, "a word of aiming in the clause", 0.98);
    }
    if fixed && scope.genre == Genre::Plan && begun.is_some() && year < begun {
        return (Status::Actual, "the period lies before the plan's", 0.95);
    }
    if let (Some(year), Some(now)) = (year.filter(|_| fixed), scope.calendar.year) {
        if year > now && e.before.contains("以来") {
            return (Status::Actual, "since then", 0.93);
        }
        // The year that a chronicle opens with is not the one it was written in.
        if year > now && !scope.opened {
            return (Status::Target, "the period lies ahead", 1.0);
        }
        let reached = format!("到{year}年");
        if year < now && section.status == Some(Status::Target) && e.before.contains(&reached) {
            return (Status::Target, "the section's heading", 0.9);
        }
        if year < now {
            return (Status::Actual, "the period lies behind", 1.0);
        }
        let whole_year = e.period.is_some_and(|p| p.len() == 4);
        if whole_year && !fact_cue && (scope.announced || scope.calendar.month.is_some_and(|m| m <= 3)) {
            return (Status::Target, "the year has just begun", 0.95);
        }
    }
    if fact_cue {
        return (Status::Actual, "a word of a deed done", 1.0);
    }
    if Cue::Duty.words().is_in(e.clause) {
        return (Status::Target, "what is required", 0.93);
    }
    if e.aim {
        return (Status::Target, "the paragraph lists aims", 0.97);
    }
    if e.last == Some(Status::Target) && !e.before.is_empty() || is_aim(e.before) {
        return (Status::Target, "an aim earlier in the sentence", 0.93);
    }
    if let Some(status) = section.status {
        return (status, "the section's heading", 0.98);
    }
    match scope.genre {
        Genre::Plan => (Status::Target, "the document is a plan", 0.95),
        Genre::Policy => (Status::Rule, "the document is a policy", 0.9),
        Genre::Report => (Status::Actual, "reported", 0.97),
    }
}

/// The rule for a number that the text compares with what was reached.
pub(super) const AIMED_AT: &str = "what was aimed at";

/// 40所|的年度目标任务: the number is what was aimed at.
fn is_of_an_aim(after: &str) -> bool {
    let after = after.trim_start_matches('的');
    let after = ["年度", "全年", "年初"].iter().find_map(|w| after.strip_prefix(w)).unwrap_or(after);
    // 50亿元|投资目标的七成.
    let object = ["目标", "任务"].iter().filter_map(|w| after.find(w)).min();
    let named = object
        .and_then(|at| after.get(..at))
        .is_some_and(|name| name.chars().count() <= 4 && !name.contains(['完', '达', '超', '实', '，', ',']));
    let shared = named && after.contains("的") && !after.contains('，');
    after.starts_with("目标") || shared || ["计划任务", "任务目标"].iter().any(|w| after.starts_with(w))
}

/// 投资任务由|40亿元调增至50亿元: both are aims.
fn is_aim_moved(clause: &str) -> bool {
    let aims = ["任务", "目标", "计划", "预期"];
    clause.trim_end().strip_suffix(['由', '从']).is_some_and(|head| aims.iter().any(|w| head.ends_with(w)))
}

/// 按照建设计划,…: what follows is what the plan says.
fn is_planned(before: &str) -> bool {
    ["计划", "规划", "设计", "安排", "方案"].iter().any(|plan| {
        let stop = ["，", ","].iter().find_map(|c| before.split_once(&format!("{plan}{c}")));
        stop.is_some_and(|(opening, _)| {
            ["按照", "根据", "按"].iter().any(|w| opening.contains(w)) && opening.chars().count() <= 16
        })
    })
}

/// 按|每亩…, 按|5%: by a measure, not according to a text or in time.
fn is_measured(text: &str) -> bool {
    text.match_indices('按').any(|(at, word)| {
        text.get(at + word.len()..).is_some_and(|rest| !rest.starts_with(['照', '期', '时']))
    })
}

/// A rule's word that is no part of a ratio's name (适用|率).
fn is_rule(text: &str) -> bool {
    let words = Cue::Rule.words();
    text.char_indices().any(|(at, _)| {
        let rest = text.get(at..).unwrap_or("");
        // 补贴率 names a ratio; 标准煤, 标准化 and 标准厂房 are things.
        let thing = ["标准煤", "标准化", "标准厂房", "标准箱"].iter().any(|w| rest.starts_with(w));
        !thing && words.prefix(rest).is_some_and(|w| !rest.get(w.len()..).unwrap_or("").starts_with('率'))
    })
}

/// Whether a stretch of text aims: words of one character count only where they are words.
pub fn is_aim(text: &str) -> bool {
    let words = Cue::TargetStrong.words();
    let mut skip = 0;
    for (at, _) in text.char_indices() {
        if at < skip {
            continue;
        }
        let Some(word) = text.get(at..).and_then(|rest| words.prefix(rest)) else { continue };
        skip = at + word.len();
        let before = text.get(..at).and_then(|b| b.chars().next_back());
        let rest = text.get(skip..).unwrap_or("");
        let after = rest.chars().next();
        let opens = text.get(..at).is_some_and(|b| {
            b.rsplit(['，', ',', '；', ';', '。', '：', ':']).next().unwrap_or("").chars().count() <= 5
        });
        let inside = match word {
            "要" => {
                !opens
                    || before.is_some_and(|c| "重主需首必只纲摘紧就想年天月周".contains(c))
                    || after.is_some_and(|c| "求素点闻目道件么是".contains(c))
            }
            "将" => {
                Cue::Ahead.words().prefix(rest).is_none() || before.is_some_and(|c| "即麻健".contains(c))
            }
            "拟" => before.is_some_and(|c| "模虚".contains(c)),
            "规划" | "计划" => {
                Cue::Ahead.words().prefix(after_time(rest)).is_none()
                    && !rest.starts_with(|c: char| c.is_ascii_digit())
                    || is_named(text, at, skip)
            }
            "预期" => {
                rest.starts_with("寿命")
                    || before.is_some_and(|c| c == '超' || c == '于' || c == '好')
                    || is_named(text, at, skip)
            }
            "有望" => Cue::Ahead.words().prefix(rest).is_none() || rest.starts_with("培育"),
            "未来" => after.is_some_and(|c| "科城".contains(c)),
            _ => is_named(text, at, skip),
        };
        if !inside {
            return true;
        }
    }
    false
}

/// 能力|由目前的8吨|提高到: what stands before and after the earlier end of a pair.
fn earlier_end(clause: &str) -> Option<(&str, &str)> {
    let at = clause.rfind(['由', '从'])?;
    let (before, pair) = clause.split_at(at);
    let end = pair.rfind(|c: char| c.is_ascii_digit())? + 1;
    Some((before, pair.get(end..)?))
}

/// 计划|今年3月底前|再建…: what follows the time by which it is to be done.
fn after_time(text: &str) -> &str {
    let part = |c: char| c.is_ascii_digit() || "到在今明本年内上下半一二三四季度月底末初前".contains(c);
    let rest = text.trim_start_matches(part);
    let time = text.strip_suffix(rest).unwrap_or("");
    if time.contains(['年', '月', '季']) { rest } else { text }
}

/// Inside a title or quotation marks: 《…规划》, “鸿雁计划”.
fn is_named(text: &str, at: usize, end: usize) -> bool {
    let rest = text.get(end..).unwrap_or("");
    let open = |o: char, c: char| text.get(..at).is_some_and(|b| b.rfind(o) > b.rfind(c)) && rest.contains(c);
    open('《', '》') || open('“', '”') || rest.starts_with(['”', '》'])
}
