//! What a number measures: the noun phrase before it, after it, or in what was said before.
//!
//! `地区生产总值|436亿元`, `15所|高校`, `产值80亿元,增长|9%`.

use crate::extract::clause::Clause;
use crate::extract::draft::Draft;
use crate::extract::phrase::{self, Lead};
use crate::extract::quantity::{Form, Quantity};
use crate::extract::sentence::{Memory, Reading, Setting};
use crate::extract::words::{self, Word};
use crate::extract::{grant, subject, tail, whole};
use crate::lexicon::cues::Cue;
use crate::lexicon::{names, units};
use crate::model::{Field, Kind};
use crate::text::CleanSpan;

/// The indicator (and the whole of a share), from before or after the number or from the figure before.
pub(super) fn name(
    s: Setting<'_>,
    reading: &Reading,
    clauses: &[Clause],
    q: &Quantity,
    drafts: &[Draft],
    memory: &Memory,
    draft: &mut Draft,
) {
    let Reading { lead, tail, .. } = reading;
    // 受理案件6380件(含旧存214件),同比上升|3.85%: what stands in brackets is passed over.
    let bracketed = |n: usize| clauses.get(n).is_some_and(|c| c.bracketed);
    let named = |d: &&Draft| !d.indicator.is_empty() && d.kind != Kind::Rank;
    let last = drafts
        .iter()
        .rfind(|d| named(d) && (bracketed(reading.site.clause) || !bracketed(d.site.clause)))
        .or_else(|| drafts.iter().rfind(named));
    let inherit = last.map(|d| d.indicator.clone());
    if draft.kind == Kind::Share {
        whole::share(s, reading, clauses, drafts, draft);
        return;
    }
    draft.of.clone_from(&lead.against);
    if lead.limit.is_some() {
        draft.of.clone_from(&lead.whole);
        draft.limit = lead.limit;
    }
    if draft.of.is_none() && draft.kind == Kind::Rate {
        let counted = ["万人", "千人", "百户"].into_iter().find(|w| lead.name.starts_with(w));
        draft.of = lead.per.clone().or_else(|| counted.map(str::to_owned));
        // 每人每月|85元: how it is paid, no base of a ratio.
        let paid = ["每人每月", "每人每年"].iter().any(|w| reading.site.lead.of(s.text).contains(w));
        draft.of = draft.of.take().filter(|of| !(paid && of == "人"));
    }
    let rest = tail.rest.of(s.text);
    let relative = matches!(q.form, Form::Percent | Form::Times | Form::Fraction | Form::Points);
    let tail_name = if tail.name == "大关" { "" } else { tail.name.as_str() };
    let counts = q.unit.as_deref().is_some_and(units::wants_noun);
    let clause = clauses.get(reading.site.clause).map_or_else(CleanSpan::default, |c| c.span);
    let (mut name, rule, sure) = if let Some(name) = grant::measured(s, reading, clause) {
        (name, "what is done at this measure", 0.85)
    } else if let Some(granted) = grant::granted(s, reading, q, drafts) {
        // 按采购金额的1‰|给予奖励.
        if relative && !lead.name.is_empty() {
            draft.of = Some(lead.name.trim_start_matches("按照").trim_start_matches('按').to_owned());
        }
        draft.kind = if draft.kind == Kind::Change { Kind::Level } else { draft.kind };
        (granted, grant::RULE, 0.85)
    } else if relative {
        let plain = draft.kind == Kind::Rate && lead.verb.is_none() && !lead.reach && !tail.genitive;
        match (lead.name.as_str(), &inherit) {
            // 废旧放射源|100%|安全收贮.
            (n, _)
                if !n.is_empty()
                    && plain
                    && continues_name(tail.whole.of(s.text))
                    && !rest.starts_with(['、', '，', ',']) =>
            {
                (format!("{n}{}", phrase::clean_name(tail.whole.of(s.text))), "named around the number", 0.75)
            }
            (n, _) if !n.is_empty() => (n.to_owned(), "named before the number", 0.95),
            (_, Some(i)) => (i.clone(), "that of the figure before", 0.95),
            _ if !tail_name.is_empty() => (tail_name.to_owned(), "named after the number", 0.8),
            _ => (String::new(), "", 0.5),
        }
    } else if q.unit.as_deref() == Some("人") && reading.site.tail.of(s.text).starts_with('口') {
        ("人口".to_owned(), "named after the number", 0.9)
    } else if let Some(area) =
        q.unit.as_deref().filter(|u| tail_name.is_empty() && Cue::Division.words().contains(u))
    {
        (area.to_owned(), "the unit is what is counted", 0.85)
    } else if counts && !tail_name.is_empty() && !tail.genitive && !is_aim(tail) {
        (tail_name.to_owned(), "named after the number", 0.93)
    } else if !lead.name.is_empty() {
        match lead.name.strip_suffix("产").filter(|s| s.ends_with(['年', '月', '日'])) {
            // 年产|20万吨|合成氨, 刀片月产|8000万片.
            Some(_) if !tail_name.is_empty() => (tail_name.to_owned(), "named after the number", 0.85),
            Some(_) => (format!("{}量", lead.name), "named before the number", 0.85),
            None => (lead.name.clone(), "named before the number", 0.93),
        }
    } else if let Some(i) = inherit.clone().filter(|_| is_aim(tail) && lead.name.is_empty()) {
        (i, "the aim for the figure before", 0.85)
    } else if let Some(name) = spent(lead, q).filter(|_| !tail.genitive && !tail_name.ends_with(MONEY)) {
        (name, "what is done with the money", 0.85)
    } else if let Some(tier) = tier(s, reading, q, drafts) {
        (tier, "the next step of the figure before", 0.85)
    } else if !tail_name.is_empty() {
        (tail_name.to_owned(), "named after the number", 0.9)
    } else if let Some(deed) = deed(rest).filter(|_| counts && !tail.genitive) {
        let unit = |d: &&Draft| s.quantities.get(d.site.quantity).is_some_and(|last| last.unit == q.unit);
        match last.filter(unit) {
            // 60户企业,推动8户|向省级冲刺: of those counted before.
            Some(d) => (format!("{deed}的{}", d.indicator), "what the counted before did", 0.8),
            None => (deed, "what they did", 0.8),
        }
    } else if let Some(name) = lead.verb_only.as_deref().zip(last).and_then(|(verb, last)| {
        let unit = s.quantities.get(last.site.quantity).and_then(|l| l.unit.as_deref());
        with_verb(verb, &last.indicator).filter(|_| unit == q.unit.as_deref())
    }) {
        (name, "a verb and the name before", 0.75)
    } else if let Some(name) = foretold(s, reading, clauses, drafts) {
        (name, "the clause before says how it moved", 0.85)
    } else if let Some(i) = &inherit {
        (i.clone(), "that of the figure before", if draft.kind == Kind::Change { 0.92 } else { 0.75 })
    } else {
        (String::new(), "", 0.5)
    };
    // 农民|增收|2100万元: a verb that holds what was gained belongs to the name.
    if rule == "named before the number"
        && let Some(verb) = lead.verb.as_deref().filter(|v| Cue::Gain.words().contains(v))
    {
        name.push_str(verb);
    } else if rule == "named before the number" {
        if let Some(rest) = drafts.last().and_then(|d| after_counted(s, reading, d, &name)) {
            name = rest;
        }
        let before =
            last.map(|d| d.indicator.as_str()).filter(|i| draft.kind != Kind::Growth || output(i).is_some());
        let before = before
            .or(memory.output.as_deref().filter(|_| draft.kind == Kind::Growth))
            .or(memory.indicator.as_deref());
        settle(&mut name, tail_name, lead, before.filter(|_| !counts || !is_sector(&lead.name)), draft);
    }
    if (lead.among || drafts.last().is_some_and(|d| d.parent.is_some()))
        && let Some(whole) = inherit.as_deref()
    {
        name = whole::complete_part(&name, whole);
    }
    if name.is_empty() {
        let (topic, rule, sure) = topic_name(s, reading, clauses);
        name = topic;
        draft.decided(Field::Indicator, rule, sure);
    } else {
        draft.decided(Field::Indicator, rule, sure);
    }
    draft.indicator = name;
}

/// `70个大中城市|房屋价格上涨|6.7%`, `为46名职工|发放慰问金|9万元`: what was counted right before has its own figure.
fn after_counted(s: Setting<'_>, reading: &Reading, last: &Draft, name: &str) -> Option<String> {
    let before = s.quantities.get(last.site.quantity)?;
    let adjoins =
        before.outer.end == reading.site.lead.start && before.unit.as_deref().is_some_and(units::wants_noun);
    let rest =
        name.strip_prefix(last.indicator.as_str()).filter(|_| adjoins && !last.indicator.is_empty())?;
    let rest = phrase::clean_name(rest);
    let words = words::cut(&rest, CleanSpan::new(0, rest.len()));
    let verb = words.first().filter(|w| w.class == "v" && words.len() > 1).map_or(0, |w| w.span.end);
    rest.get(verb..).filter(|rest| rest.chars().count() >= 2).map(str::to_owned)
}

/// `年销售收入突破3000万元、|1亿元|的企业`, `投资额100万元以上的…;|500万元|以上的`: the steps of one amount.
fn tier(s: Setting<'_>, reading: &Reading, q: &Quantity, drafts: &[Draft]) -> Option<String> {
    let Reading { lead, tail, site } = reading;
    let steps = tail.genitive && (tail.name.is_empty() || tail.name == "部分" || lead.open || site.nth > 0);
    let unit = |d: &Draft| s.quantities.get(d.site.quantity).and_then(|l| l.unit.as_deref());
    let same = |d: &&Draft| {
        unit(d) == q.unit.as_deref()
            && !d.indicator.is_empty()
            && !d.trace.iter().any(|t| t.rule == grant::RULE)
    };
    drafts.iter().rfind(same).filter(|_| steps).map(|d| d.indicator.clone())
}

/// `财政收入也有显著提升,为|3987万元`: the clause before names it and says how it moved.
fn foretold(s: Setting<'_>, reading: &Reading, clauses: &[Clause], drafts: &[Draft]) -> Option<String> {
    const MEASURED: &[char] =
        &['入', '额', '值', '量', '率', '数', '价', '比', '度', '资', '款', '费', '模', '积', '口'];
    let Reading { lead, site, .. } = reading;
    let n = site
        .clause
        .checked_sub(1)
        .filter(|_| site.nth == 0 && (lead.reach || lead.verb.is_some()) && !lead.growth)?;
    let before = clauses.get(n).filter(|c| !c.bracketed)?;
    if drafts.last().is_some_and(|d| d.site.clause >= n) {
        return None;
    }
    let named = subject::leading(s.text, before.span).1;
    let all = words::cut(s.text, phrase::first_chars(s.text, named, 24));
    let end = all.iter().position(|w| matches!(w.class, "d" | "v" | "ad" | "p"))?;
    let stop = all.get(end)?.span.start;
    let name = phrase::clean_name(CleanSpan::new(named.start, stop.max(named.start)).of(s.text));
    (name.chars().count() >= 2 && name.ends_with(MEASURED)).then_some(name)
}

/// `超额完成|40所|的年度目标任务`: the number is what was aimed at.
pub(super) fn is_aim(tail: &tail::Tail) -> bool {
    let name = tail.name.trim_start_matches("全年").trim_start_matches("年度").trim_start_matches("年初");
    tail.genitive && ["目标", "任务", "目标任务", "计划"].contains(&name)
}

/// Ends of names of money.
const MONEY: &[char] = &['金', '款', '费', '贴', '助', '贷', '资'];

/// `投入|504万元|加大…` → 投入; `安排|450亿元|支持…` → 安排资金.
fn spent(lead: &Lead, q: &Quantity) -> Option<String> {
    let money = q.unit.as_deref().and_then(units::named).is_some_and(|u| u.dimension == "money");
    let alone = lead.verb.as_deref().filter(|_| lead.name.is_empty());
    let verb = lead.verb_only.as_deref().or(alone).filter(|_| money)?;
    if Cue::Invest.words().suffix(verb).is_some() {
        return Some(verb.to_owned());
    }
    Cue::Fund.words().contains(verb).then(|| format!("{verb}资金"))
}

/// `23万人|实现稳定脱贫` → 稳定脱贫.
fn deed(rest: &str) -> Option<String> {
    let rest = rest.trim_end_matches(['，', ',', '。', '；', ';', '、']);
    let rest = ["实现", "已经", "已"].iter().find_map(|w| rest.strip_prefix(w)).unwrap_or(rest);
    let plain = !rest.contains(|c: char| c.is_ascii_digit() || "，,、；;".contains(c))
        && Cue::Growth.words().prefix(rest).is_none();
    let name = phrase::clean_name(rest);
    (plain && (3..=16).contains(&name.chars().count())).then_some(name)
}

/// Whether what follows a percentage goes on with its name (安全收贮), not with the next number (下降为…).
fn continues_name(after: &str) -> bool {
    let after = after.trim();
    let moves = [Cue::Growth, Cue::Fall, Cue::Attain, Cue::Shift, Cue::TailAdverb];
    let moves = moves.iter().any(|c| c.words().prefix(after).is_some());
    !after.is_empty() && !moves && !after.contains(|c: char| c.is_ascii_digit())
}

/// What a work or a company has, whatever its name.
const ATTRIBUTES: &[&str] = &["全长", "总长", "总里程", "概算总投资", "建设工期", "工期", "注册资本"];

/// What of a name is the subject (外商投资企业|420家 counts them): 一汽集团|销量, 城镇 (实现747亿元), 户均 (四千元).
fn settle(name: &mut String, tail_name: &str, lead: &Lead, last: Option<&str>, draft: &mut Draft) {
    // 展览中心|6万平方米|投入使用: what was done with it measures nothing.
    let measures = !tail_name.is_empty() && Cue::Predicate.words().prefix(tail_name).is_none();
    if subject::is_body(name) && measures {
        draft.subject = Some(std::mem::replace(name, tail_name.to_owned()));
        return;
    }
    if let Some(last) = last {
        let count = name.chars().count();

        if ["户均", "人均", "亩均", "地均", "年均", "日均", "平均"].contains(&name.as_str()) {
            name.push_str(last.trim_start_matches("总"));
            return;
        }
        if ["总量", "总额", "总数", "总规模", "规模", "数量", "总值", "总面积", "增量", "同口径", "名额"]
            .contains(&name.as_str())
        {
            last.clone_into(name);
            return;
        }
        // 城市社区…覆盖率达到100%,农村|不低于80%: the same of its counterpart.
        if let Some(other) = counterpart(name, last) {
            *name = other;
            return;
        }
        let place = names::places().get(name).is_some_and(|p| p.level >= names::Level::Region);
        let sector = is_sector(name);
        let acts = lead.growth || lead.verb.as_deref().is_some_and(|v| ["实现", "完成", "达到"].contains(&v));
        if place || sector && count <= 10 && acts {
            let output =
                output(last).filter(|_| draft.kind == Kind::Growth).map(|output| format!("{name}{output}"));
            let indicator = output.unwrap_or_else(|| last.to_owned());
            draft.subject = Some(std::mem::replace(name, indicator));
            return;
        }
        // 私人控股企业增长11%: its output grew, if outputs are what was spoken of.
        if draft.kind == Kind::Growth
            && name.ends_with('业')
            && count > 2
            && names::indicators().canonical(name).is_none()
            && let Some(output) = output(last)
        {
            name.push_str(output);
            return;
        }
    }
    // 秦岭博物院|接待|18.7万人次.
    if let Some(host) = name.strip_suffix("接待").filter(|h| h.chars().count() >= 3) {
        draft.subject = Some(host.to_owned());
        "接待".clone_into(name);
        return;
    }
    // 杭台高速公路工程|全长, 项目|建设工期: the thing whose attribute it is.
    let attribute = ["工程", "项目", "公司"].iter().filter_map(|w| name.rsplit_once(w)).map(|(_, rest)| rest);
    if let Some(rest) =
        attribute.into_iter().find(|rest| ATTRIBUTES.contains(&rest.trim_start_matches(['路', '线'])))
    {
        *name = rest.to_owned();
        return;
    }
    let known = phrase::known_suffix(name).to_owned();
    let head = name.strip_suffix(known.as_str()).unwrap_or("").trim_end_matches('的').to_owned();
    if !known.is_empty() && known != "院士" && head.chars().count() >= 3 && subject::is_body(&head) {
        draft.subject = Some(head);
        *name = known;
    }
}

/// What was said of towns, of the country, or the other way round: 农村 after 城市社区覆盖率 → 农村社区覆盖率.
fn counterpart(name: &str, last: &str) -> Option<String> {
    let (towns, country) = (["城市", "城镇", "城区"], ["农村", "乡村", "农村地区"]);
    let others = if country.contains(&name) {
        towns
    } else if towns.contains(&name) {
        country
    } else {
        return None;
    };
    let rest = others.iter().find_map(|w| last.strip_prefix(w))?;
    (rest.chars().count() >= 2).then(|| format!("{name}{rest}"))
}

/// Whether a name is of an industry, not of what is measured of it.
fn is_sector(name: &str) -> bool {
    names::industries().contains(name) && names::indicators().canonical(name).is_none()
}

/// What of an indicator every industry has: 规模以上工业|增加值.
pub(super) fn output(indicator: &str) -> Option<&'static str> {
    ["增加值", "总产值", "产值", "营业收入", "利润", "销售额", "零售额", "投资"]
        .into_iter()
        .find(|w| indicator.ends_with(w))
}

/// `受理问题1873件,解决|1805件` → 解决问题; `项目开工390个、竣工|437个` → 项目竣工. Nothing where the name
/// before holds no verb that this one could stand for.
fn with_verb(verb: &str, before: &str) -> Option<String> {
    let words = words::cut(before, CleanSpan::new(0, before.len()));
    let acts = |w: &&Word<'_>| w.text.chars().count() > 1 && phrase::is_verb(w.text);
    let last = words.last()?;
    if acts(&last) {
        return Some(format!("{}{verb}", before.get(..last.span.start)?));
    }
    let first = words.iter().find(acts)?;
    Some(format!("{verb}{}", before.get(first.span.end..)?))
}

/// The name that an earlier clause without a figure of its own gives: `…企业比例偏低,|不到10%`.
pub(super) fn topic_name(
    s: Setting<'_>,
    reading: &Reading,
    clauses: &[Clause],
) -> (String, &'static str, f64) {
    for clause in clauses.iter().take(reading.site.clause).rev().filter(|c| !c.bracketed).take(2) {
        let body = clause.span.of(s.text);
        // 分区域看: how it is told, not what.
        let counted = s.quantities.iter().any(|q| clause.span.contains(q.span));
        if counted || body.trim_end().ends_with('看') {
            continue;
        }
        for ending in ["比例", "占比", "比重", "数量", "总数", "规模", "水平"] {
            if let Some(at) = body.find(ending) {
                let lead = phrase::lead(
                    s.text,
                    CleanSpan::new(clause.span.start, clause.span.start + at + ending.len()),
                    &[],
                    false,
                );
                if !lead.name.is_empty() {
                    return (lead.name, "named in the clause before", 0.75);
                }
            }
        }
        let tail = tail::tail(s.text, subject::leading(s.text, clause.span).1, "", false, false);
        if tail.name.chars().count() >= 2 && !phrase::is_time(&tail.name) {
            return (tail.name, "the clause before speaks of it", 0.6);
        }
    }
    (String::new(), "no name found", 0.4)
}
