//! What ties the figures of a sentence together: parallel lists (分别) and parts (其中).

use crate::extract::clause::Clause;
use crate::extract::draft::Draft;
use crate::extract::grant;
use crate::extract::phrase;
use crate::extract::sentence::{Reading, Setting};
use crate::extract::subject;
use crate::extract::time::{Governs, TimeExpr};
use crate::extract::words::{self, Word};
use crate::lexicon::cues::Cue;
use crate::model::{Field, Kind};
use crate::text::CleanSpan;

/// `A、B、C同比分别增长1%、2%、3%`: the numbers belong to the names in order.
pub fn distribute(
    s: Setting<'_>,
    clauses: &[Clause],
    times: &[TimeExpr],
    readings: &[Reading],
    drafts: &mut [Draft],
) {
    let mut n = 0;
    // The names of the list before, for its second run of numbers: 分别从7家、4家|增加到10家、6家.
    let mut before = 0;
    while n < readings.len() {
        let Some(head) = readings.get(n) else { break };
        let mut to = n + 1;
        while readings
            .get(to)
            .is_some_and(|r| r.site.clause == head.site.clause && joins(r.site.lead.of(s.text)))
        {
            to += 1;
        }
        let count = to - n;
        if share_grant(drafts, n, to) {
            n = to;
            continue;
        }
        if head.lead.distributive && count >= 2 {
            group(s, clauses, times, readings, drafts, n, count);
            before = count;
        } else if count >= 2 && count == before && head.site.nth >= count && head.lead.reach {
            for k in n..to {
                let Some(name) = drafts.get(k - count).map(|d| d.indicator.clone()) else { continue };
                if let Some(draft) = drafts.get_mut(k) {
                    draft.indicator = name;
                    draft.decided(Field::Indicator, "the names listed, in order", 0.9);
                }
            }
        } else if count >= 2 && count == before && is_base_pair(s, head) {
            // 分别控制在10万吨、9万吨以内,比2010年的|12万吨、11万吨: of the same names, at the same time.
            let first = drafts.get(n).map(|d| (d.period.clone(), d.status));
            for k in n..to {
                let name = k.checked_sub(count).and_then(|k| drafts.get(k)).map(|d| d.indicator.clone());
                let Some((draft, (name, (period, status)))) = drafts.get_mut(k).zip(name.zip(first.clone()))
                else {
                    continue;
                };
                (draft.indicator, draft.period, draft.status) = (name, period, status);
                draft.decided(Field::Indicator, "the names listed, in order", 0.9);
            }
        } else if count >= 2 {
            // 增长1%、2%: the second takes kind and sign from the first.
            copy_kind(drafts, n, count);
        }
        n = to;
    }
}

/// Whether a run of numbers is what the run before is compared with: 比2010年的|12万吨、11万吨.
fn is_base_pair(s: Setting<'_>, head: &Reading) -> bool {
    let lead =
        head.site.lead.of(s.text).trim_start_matches(|c: char| !('\u{4e00}'..='\u{9fff}').contains(&c));
    head.lead.name.is_empty() && lead.starts_with(['比', '较']) && lead.ends_with('的')
}

/// `300万元、600万元、1000万元|奖励`: the list shares what its last item grants.
fn share_grant(drafts: &mut [Draft], n: usize, to: usize) -> bool {
    let named = |d: &Draft| d.trace.iter().any(|t| t.rule == grant::RULE);
    let Some(last) = drafts.get(to - 1).filter(|d| to - n >= 2 && named(d)) else { return false };
    let (indicator, kind) = (last.indicator.clone(), last.kind);
    for draft in drafts.iter_mut().take(to).skip(n) {
        draft.indicator.clone_from(&indicator);
        draft.kind = kind;
        draft.decided(Field::Indicator, grant::RULE, 0.9);
    }
    true
}

/// Whether nothing but a connector stands between two numbers.
fn joins(between: &str) -> bool {
    // 500万元、200万元、每项|100万元.
    let between = ["每项", "每个", "每家", "每户", "每人"]
        .iter()
        .find_map(|each| between.strip_suffix(each).filter(|list| !list.is_empty()))
        .unwrap_or(between);
    between.chars().all(|c| "、和与及以，, 或/／".contains(c)) && !between.is_empty()
}

fn copy_kind(drafts: &mut [Draft], n: usize, count: usize) {
    let Some(first) = drafts.get(n).map(|d| (d.kind, d.negative, d.of.clone())) else { return };
    for draft in drafts.iter_mut().skip(n + 1).take(count - 1) {
        if matches!(first.0, Kind::Growth | Kind::Change) {
            draft.kind = first.0;
            draft.negative = first.1;
            if draft.of.is_none() {
                draft.of.clone_from(&first.2);
            }
        }
    }
}

fn group(
    s: Setting<'_>,
    clauses: &[Clause],
    times: &[TimeExpr],
    readings: &[Reading],
    drafts: &mut [Draft],
    n: usize,
    count: usize,
) {
    let Some(head) = readings.get(n) else { return };
    let kind = drafts.get(n).map(|d| {
        (d.kind, d.negative, d.of.clone(), d.status, d.subject.clone(), d.period.clone(), d.indicator.clone())
    });
    let Some((kind, negative, of, status, subject, period, indicator)) = kind else { return };
    for draft in drafts.iter_mut().skip(n).take(count) {
        draft.kind = kind;
        draft.negative = negative;
        draft.of.clone_from(&of);
        draft.status = status;
        draft.subject.clone_from(&subject);
        draft.period.clone_from(&period);
        draft.indicator.clone_from(&indicator);
    }
    let here = clauses.get(head.site.clause).map_or(0, |c| c.span.start);
    // Names listed in the clause itself.
    let listed = listed(s, head, times).and_then(|list| items(&list, count));
    if let Some(items) = listed.or_else(|| items(&head.lead.name, count)) {
        assign(drafts, n, items);
        return;
    }
    // Several years before one name: 2019年至2021年,收入分别为….
    let years: Vec<&TimeExpr> =
        times.iter().filter(|t| t.governs == Governs::Sentence && t.span.end <= head.site.lead.end).collect();
    if years.len() == count && years.iter().all(|t| t.calendar) {
        for (draft, time) in drafts.iter_mut().skip(n).zip(years) {
            draft.period.clone_from(&time.period);
            draft.decided(Field::Period, "the years in order", 0.95);
        }
        return;
    }
    // 2019年至2021年 of the sentence before holds as well: 净利润分别为….
    if let Some(range) = years.last().and_then(|t| t.period.clone()).or(period)
        && let Some((from, to)) = range.split_once('/')
        && let (Ok(from), Ok(to)) = (from.parse::<i32>(), to.parse::<i32>())
        && to - from + 1 == count as i32
    {
        for (draft, year) in drafts.iter_mut().skip(n).zip(from..=to) {
            draft.period = Some(year.to_string());
            draft.decided(Field::Period, "the years in order", 0.95);
        }
        return;
    }
    // The figures right before: 零售业738亿元,餐饮业64亿元,分别增长….
    if n >= count && head.lead.name.is_empty() {
        let before: Vec<(String, Option<String>)> = drafts
            .iter()
            .skip(n - count)
            .take(count)
            .map(|d| (d.indicator.clone(), d.subject.clone()))
            .collect();
        let levels = drafts
            .iter()
            .skip(n - count)
            .take(count)
            .all(|d| d.kind == Kind::Level || d.kind == Kind::Change);
        if levels {
            for (draft, (indicator, subject)) in drafts.iter_mut().skip(n).zip(before) {
                draft.indicator = indicator;
                draft.subject = subject;
                draft.decided(Field::Indicator, "the figures before, in order", 0.93);
            }
            return;
        }
    }
    // Names listed in an earlier clause: A、B、C等产业高速增长,分别增长….
    for clause in clauses.iter().filter(|c| c.span.end <= here.max(1)).rev().take(2) {
        let body = clause.span.of(s.text);
        let listed = body.split('等').next().unwrap_or(body);
        if let Some(items) = items(&phrase::clean_name(listed), count) {
            assign(drafts, n, items);
            return;
        }
    }
}

fn assign(drafts: &mut [Draft], n: usize, items: Vec<String>) {
    for (draft, item) in drafts.iter_mut().skip(n).zip(items) {
        draft.indicator = item;
        draft.decided(Field::Indicator, "the names listed, in order", 0.9);
    }
}

/// What stands before 分别 in the lead: the whole list, whatever verbs its names hold.
fn listed(s: Setting<'_>, head: &Reading, times: &[TimeExpr]) -> Option<String> {
    let lead = head.site.lead;
    let end = lead.start + lead.of(s.text).rfind("分别")?;
    let stands = |t: &&TimeExpr| lead.contains(t.span) && t.span.end <= end;
    let base = times.iter().filter(stands).map(|t| t.span).find(|t| t.end == end);
    let end = base.map_or(end, |t| t.start);
    let start = times.iter().filter(stands).map(|t| t.span.end).filter(|&e| e <= end).max();
    let span = CleanSpan::new(start.unwrap_or(lead.start), end);
    let all = words::cut(s.text, subject::leading(s.text, span).1);
    let opens = |w: &&Word<'_>| {
        w.text != "对" && Cue::Adverb.words().contains(w.text)
            || w.text != "对"
                && Cue::Predicate.words().contains(w.text)
                && !Cue::Weak.words().contains(w.text)
    };
    let from = all.iter().find(|w| !opens(w))?.span.start;
    let list = CleanSpan::new(from, span.end.max(from)).of(s.text);
    let list = phrase::clean_name(list.split('占').next().unwrap_or(list));
    let moves = [Cue::Growth, Cue::Fall, Cue::TailAdverb, Cue::Attain].iter();
    let closing = moves
        .filter_map(|c| c.words().suffix(&list))
        .filter(|w| w.chars().count() > 1)
        .max_by_key(|w| w.len());
    Some(list.strip_suffix(closing.unwrap_or("")).unwrap_or(&list).to_owned())
}

/// The names of a list, if there are exactly `count`; what closes the last closes all.
fn items(list: &str, count: usize) -> Option<Vec<String>> {
    let mut parts: Vec<String> = list.split('、').map(str::to_owned).collect();
    if parts.len() < count {
        let last = parts.pop()?;
        let cut = last.char_indices().find(|&(i, c)| {
            i > 0 && "和与及".contains(c) && !last.get(i..).unwrap_or("").starts_with("与会")
        })?;
        let (left, right) = last.split_at_checked(cut.0)?;
        let right = right.trim_start_matches(['和', '与', '及']);
        parts.push(left.trim_end_matches('以').to_owned());
        parts.push(right.to_owned());
    }
    if parts.len() != count || parts.iter().any(String::is_empty) {
        return None;
    }
    let measured = |part: &String| {
        part.ends_with(['值', '额', '量', '率', '数', '费', '次', '价', '比', '度', '资', '款', '入', '口'])
    };
    let (last, before) = parts.split_last()?;
    let head = match split_list(last).filter(|(stem, rest)| !stem.is_empty() && !rest.is_empty()) {
        // 石油类、汽车类|等大宗消费: what they are together is no part of each one's name, save a measure.
        Some((_, sort)) if measured(&sort.to_owned()) && !sort.ends_with("消费") => {
            Some(phrase::known_suffix(sort)).filter(|k| !k.is_empty()).or(Some(sort)).map(str::to_owned)
        }
        Some(_) => None,
        None if before.iter().any(measured) => None,
        None => shared_head(before, last),
    };
    let stem = split_list(last).map(|(stem, _)| stem.to_owned()).filter(|s| !s.is_empty());
    if let Some((last, stem)) = parts.last_mut().zip(stem) {
        *last = stem;
    }
    for part in &mut parts {
        if split_list(part).is_some() {
            *part = part.replace('等', "");
        }
        let verbs = [Cue::Predicate, Cue::Weak, Cue::Change].iter().filter_map(|c| c.words().prefix(part));
        let bare = verbs.into_iter().all(|w| w.chars().count() < 2) && part.chars().count() <= 8;
        if let Some(head) = head.as_deref().filter(|h| bare && !part.ends_with(h)) {
            // 先进制造业、高技术|制造业增加值: what both have stands once.
            let ends = head.char_indices().filter_map(|(at, _)| head.split_at_checked(at));
            let rest = ends.rev().find(|(start, _)| part.ends_with(start)).map_or(head, |(_, rest)| rest);
            part.push_str(rest);
        }
    }
    Some(parts)
}

/// What stands before and after the 等 that closes a list; that of 高等, 中等, 等级 closes none.
fn split_list(name: &str) -> Option<(&str, &str)> {
    let (stem, rest) = name.split_once('等')?;
    let inside = stem.ends_with(['高', '中', '初', '平', '优', '劣', '上'])
        || rest.starts_with(['级', '于', '待', '值']);
    (!inside).then_some((stem, rest))
}

/// What the last name of a list lends to those before it: 食用菌、人参|全产业链产值.
fn shared_head(before: &[String], last: &str) -> Option<String> {
    // 城镇、农村|居民人均可支配收入: a known name that closes the last one.
    let closing = |least: usize| {
        let mut ends = last.char_indices().skip(1).filter_map(|(at, _)| last.get(at..));
        ends.find_map(|end| Some(phrase::known_suffix(end)).filter(|k| k.chars().count() >= least))
    };
    if let Some(known) = closing(4) {
        return Some(known.to_owned());
    }
    // The last name's own modifier is about as long as the name before it.
    let length = before.last()?.chars().count();
    let all = words::cut(last, CleanSpan::new(0, last.len()));
    let mut taken = 0;
    let mut best: Option<(usize, usize)> = None;
    for (n, word) in all.iter().enumerate().take(all.len().saturating_sub(1)) {
        taken += word.text.chars().count();
        let distance = taken.abs_diff(length);
        if !["全", "总", "年", "各", "均", "月", "日"].contains(&word.text)
            && best.is_none_or(|(d, _)| distance <= d)
        {
            best = Some((distance, n + 1));
        }
    }
    let head: String =
        all.iter().skip(best.map_or(0, |(_, n)| n)).map(|w| w.text).filter(|t| *t != "等").collect();
    if best.is_some() && head.chars().count() >= 2 {
        return Some(head);
    }
    closing(2).map(str::to_owned)
}

/// Whether a sentence opens with the parts of what was said: 其中, 分产业看.
pub fn names_parts(text: &str) -> bool {
    let text = text.trim_start();
    text.starts_with("其中") || is_division(text.split(['，', ',', ':', '：']).next().unwrap_or(""))
}

/// 分产业看, 按行业分, 从投向看.
fn is_division(clause: &str) -> bool {
    let clause = clause.trim();
    clause.starts_with(['分', '按', '从']) && clause.ends_with(['看', '分']) && clause.len() <= 30
}

/// 其中: the figures that follow are parts of the one before, as long as they count the same thing
/// and are no larger.
pub fn parents(s: Setting<'_>, clauses: &[Clause], readings: &[Reading], drafts: &mut [Draft]) {
    let quantity = |n: usize| readings.get(n).and_then(|r| s.quantities.get(r.site.quantity));
    let unit = |n: usize| quantity(n).map(|q| family(q.unit.as_deref().unwrap_or("")));
    let amount = |d: &Draft| matches!(d.kind, Kind::Level | Kind::Change);
    // Whether a semicolon stands between a figure and the clause `to`.
    let apart = |m: usize, to: usize| {
        let Some(from) = readings.get(m).map(|r| r.site.clause + 1) else { return false };
        let between = clauses.get(from..to).unwrap_or(&[]);
        between.iter().any(|c| matches!(c.opened_by, Some('；' | ';')))
    };
    let mut whole: Option<usize> = None;
    let mut outer: Option<usize> = None;
    let mut opened = 0;
    for n in 0..drafts.len() {
        let Some(reading) = readings.get(n) else { continue };
        let own = |d: &&Draft| amount(d) && !d.trace.iter().any(|t| t.rule == grant::RULE);
        let Some(draft) = drafts.get(n).filter(own) else { continue };
        // 小巨人企业由|2家: a pair tells of something else.
        if reading.site.lead.of(s.text).trim_end().ends_with(['由', '从']) {
            whole = None;
        }
        let before = |same: &dyn Fn(usize, &Draft) -> bool| {
            (0..n)
                .rev()
                .find(|&m| unit(m) == unit(n) && drafts.get(m).is_some_and(|d| amount(d) && same(m, d)))
        };
        // 第二产业708亿元,其中工业700亿元;第三产业|571亿元: back to the outer whole.
        if outer.is_some() && n > 0 && apart(n - 1, reading.site.clause + 1) {
            whole = outer.take();
        }
        if divides(s, clauses, reading) {
            whole = before(&|_, d| d.parent.is_none());
            opened = n;
        } else if reading.lead.among || opens_parts(s, clauses, reading) {
            outer = whole;
            let intro = reading.site.clause - usize::from(!reading.lead.among);
            whole = before(&|m, _| !apart(m, intro));
            opened = n;
        }
        let Some(first) = whole else { continue };
        // …总投资105亿元,其中重点项目8个,总投资|86亿元: each part's amount has its own whole.
        let parent = if unit(n) == unit(first) {
            first
        } else if let Some(own) = before(&|_, d| d.indicator.ends_with(&draft.indicator))
            && own < opened
        {
            own
        } else {
            continue;
        };
        let larger = quantity(n).zip(quantity(parent)).is_some_and(|(part, whole)| part.value > whole.value);
        if larger {
            whole = None;
        } else if let Some(draft) = drafts.get_mut(n) {
            draft.parent = Some(parent);
            draft.decided(Field::Parent, "其中", 0.98);
        }
    }
    // A bare level among the parts takes its name from the whole.
    for n in 0..drafts.len() {
        let Some(parent) = drafts.get(n).and_then(|d| d.parent) else { continue };
        let Some(whole) = drafts.get(parent).map(|d| d.indicator.clone()) else { continue };
        if let Some(draft) = drafts.get_mut(n) {
            draft.indicator = crate::extract::whole::complete_part(&draft.indicator, &whole);
        }
    }
}

/// The clause before the one that this figure opens.
fn clause_before<'a>(s: Setting<'a>, clauses: &[Clause], reading: &Reading) -> Option<&'a str> {
    let before = reading.site.clause.checked_sub(1).filter(|_| reading.site.nth == 0)?;
    Some(clauses.get(before)?.span.of(s.text).trim())
}

/// 其中 in a clause of its own, between the figure before and this one.
fn opens_parts(s: Setting<'_>, clauses: &[Clause], reading: &Reading) -> bool {
    clause_before(s, clauses, reading).is_some_and(|body| body.ends_with("其中"))
}

/// 分产业看 in a clause of its own, before this figure.
fn divides(s: Setting<'_>, clauses: &[Clause], reading: &Reading) -> bool {
    clause_before(s, clauses, reading).is_some_and(is_division)
}

/// Units that count the same: 户, 家, 个 of enterprises; a unit else stands for itself.
fn family(unit: &str) -> &str {
    match unit {
        "户" | "家" | "个" => "家",
        "名" | "位" | "人" => "人",
        other => other,
    }
}
