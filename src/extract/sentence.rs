//! One sentence: every quantity gets its kind, indicator, subject, period and status.
//!
//! The quantities are read from left to right; each may take from the one before it what it does
//! not say itself (`产值80亿元,增长9%`: the growth is that of 产值).

use crate::extract::body;
use crate::extract::clause::{self, Clause, Site};
use crate::extract::draft::Draft;
use crate::extract::item;
use crate::extract::kind;
use crate::extract::link;
use crate::extract::own;
use crate::extract::period::{self, Carried};
use crate::extract::phrase::{self, Lead};
use crate::extract::quantity::{Form, Quantity};
use crate::extract::scope::{Genre, Scope, SectionScope};
use crate::extract::status::{self, Evidence};
use crate::extract::tail::{self, Tail};
use crate::extract::time::{self, Governs, TimeExpr};
use crate::extract::topic::{self, opening, resolve};
use crate::extract::{grant, name, whole};
use crate::lexicon::cues::Cue;
use crate::lexicon::names;
use crate::model::{Field, Kind, Status};
use crate::text::CleanSpan;

/// What a paragraph carries from sentence to sentence.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    pub carried: Carried,
    /// The subject that opened the paragraph or the news item.
    pub topic: Option<String>,
    /// The last place named, by the last character of its level: 隆化县 for 全县.
    pub places: Vec<String>,
    /// The indicator of the sentence before, for 按地域分,城镇….
    pub indicator: Option<String>,
    /// When the first figure of the sentence before holds, for a sentence that opens with 其中.
    pub period: Option<String>,
    /// The last indicator that an industry has: 工业增加值, for 采矿业增长5%.
    pub output: Option<String>,
    /// No sentence of the paragraph was read yet.
    pub first: bool,
    /// The paragraph lists aims (预期目标是…).
    pub aim: bool,
    /// The paragraph lists rules (规定：…).
    pub ruled: bool,
}

/// Everything that does not change while a sentence is read.
#[derive(Clone, Copy, Debug)]
pub struct Setting<'a> {
    pub text: &'a str,
    pub sentence: CleanSpan,
    pub quantities: &'a [Quantity],
    pub fixed: &'a [CleanSpan],
    pub scope: &'a Scope,
    pub section: &'a SectionScope,
}

/// A quantity with all that was read around it.
#[derive(Debug)]
pub struct Reading {
    pub site: Site,
    pub lead: Lead,
    pub tail: Tail,
}

/// Reads a sentence that holds quantities.
pub fn read(s: Setting<'_>, memory: &mut Memory) -> Vec<Draft> {
    let clauses = clause::clauses(s.text, s.sentence, s.quantities, s.fixed);
    let sites = clause::sites(s.text, &clauses, s.quantities);
    let times = times(s, memory);
    let spans: Vec<CleanSpan> = times.iter().map(|t| t.span).collect();
    let readings: Vec<Reading> = sites
        .iter()
        .map(|&site| {
            let lead = phrase::lead(s.text, site.lead, &spans, site.nth > 0);
            let acts = ["调低", "调高", "下调", "上调", "降低", "提升", "提高"];
            let direct = lead.shift || lead.object_of.as_deref().is_some_and(|v| acts.contains(&v));
            let causes = lead.object_of.as_deref().is_some_and(|v| Cue::Causes.words().contains(v));
            let unit = s.quantities.get(site.quantity).and_then(|q| q.unit.as_deref()).unwrap_or("");
            Reading { site, tail: tail::tail(s.text, site.tail, unit, direct, causes), lead }
        })
        .collect();
    let mut drafts: Vec<Draft> = Vec::with_capacity(readings.len());
    let mut topic: Option<String> = body::speaker(s.text, s.sentence);
    let mut opener: Option<String> = None;
    let mut read_clauses = 0;
    let loose = s.scope.is_loose();
    for reading in &readings {
        let mut here = None;
        for (n, c) in clauses
            .iter()
            .enumerate()
            .take(reading.site.clause + 1)
            .skip(read_clauses)
            .filter(|(_, c)| !c.bracketed)
        {
            // 成都:甲景区…;乙景区…: after a semicolon the place speaks again.
            if matches!(c.opened_by, Some(';' | '；')) && opener.is_some() {
                topic.clone_from(&opener);
            }
            let Some(name) = opening(s, c, &times, memory) else { continue };
            let opens =
                clauses.iter().take(n).all(|before| spans.iter().any(|t| t.len() + 6 >= before.span.len()));
            // Where the document itself names its area, another place speaks for its own clause only.
            // In a yearly report a sentence goes on to other things than the body it opens with.
            let own = Some(&name) == s.scope.own.as_ref();
            let passing = s.scope.yearly.is_some() && !own && names::places().get(&name).is_none();
            let company = body::is_company(&name) || topic::refers_back(c.span.of(s.text));
            let back = topic::area_referred_to(c.span.of(s.text));
            if (opens || loose || own || company || back) && !passing {
                topic = Some(name.clone());
            }
            if opens || back {
                opener = Some(name.clone());
            }
            here = (n == reading.site.clause).then_some(name);
        }
        read_clauses = read_clauses.max(reading.site.clause + 1);
        let own = here.or_else(|| topic.clone());
        let draft = decide(s, reading, &clauses, &times, &drafts, own.as_deref(), memory);
        drafts.push(draft);
    }
    link::distribute(s, &clauses, &times, &readings, &mut drafts);
    link::parents(s, &clauses, &readings, &mut drafts);
    memory.period =
        drafts.first().and_then(|d| d.period.clone()).filter(|p| p.starts_with(|c: char| c.is_ascii_digit()));
    if let Some(first) = drafts.iter().find(|d| d.kind == Kind::Level && !d.indicator.is_empty()) {
        memory.indicator = Some(first.indicator.clone());
    }
    if let Some(last) = drafts.iter().rfind(|d| name::output(&d.indicator).is_some()) {
        memory.output = Some(last.indicator.clone());
    }
    remember(s, &times, opener, memory);
    drafts
}

/// The expressions of time in a sentence; the day in a paper's 本报某地1月1日讯 is none.
fn times(s: Setting<'_>, memory: &Memory) -> Vec<TimeExpr> {
    let span = if memory.first { item::after_dateline(s.text, s.sentence) } else { s.sentence };
    time::scan(s.text, span, s.scope.calendar)
}

/// A sentence without quantities still says when and of whom the next one speaks.
pub fn pass(s: Setting<'_>, memory: &mut Memory) {
    let times = times(s, memory);
    let clause = Clause { span: s.sentence, opened_by: None, bracketed: false };
    let topic = opening(s, &clause, &times, memory);
    remember(s, &times, topic, memory);
}

fn remember(s: Setting<'_>, times: &[TimeExpr], topic: Option<String>, memory: &mut Memory) {
    // 三年来…: a length of time that opens a paragraph holds for all of it.
    let told = times
        .first()
        .filter(|t| memory.first && t.rule == "years back" && t.span.start <= s.sentence.start + 9);
    memory.carried = match told {
        Some(t) => Carried { period: t.period.clone() },
        None => period::carry(s.sentence.end, times, s.text, &memory.carried, s.scope, s.section),
    };
    let back = topic.is_some() && topic::area_referred_to(s.sentence.of(s.text));
    if s.scope.is_loose() || topic == s.scope.own || back {
        memory.topic = topic.or(memory.topic.take());
    }
    let body = s.sentence.of(s.text);
    if ["目标是", "目标为", "预期目标：", "预期目标:", "目标：", "目标:"].iter().any(|w| body.contains(w))
    {
        // A sentence that lists its own aims is done with them, save in a plan.
        memory.aim |= s.quantities.is_empty() || s.scope.genre == Genre::Plan || s.section.status.is_some();
    }
    let opening = body.trim_start_matches(['一', '二', '三', '四', '五', '六', '七', '八', '九', '十']);
    memory.aim |= memory.first && opening.starts_with('要') && opening.len() < body.len();
    memory.ruled |= is_rule_quoted(body);
    memory.first = false;
}

fn is_rule_quoted(text: &str) -> bool {
    ["规定：", "规定:", "》规定，", "明确规定，"].iter().any(|w| text.contains(w))
}

fn decide(
    s: Setting<'_>,
    reading: &Reading,
    clauses: &[Clause],
    times: &[TimeExpr],
    drafts: &[Draft],
    topic: Option<&str>,
    memory: &mut Memory,
) -> Draft {
    let Reading { site, lead, tail } = reading;
    let blank = CleanSpan::default();
    let clause_span = clauses.get(site.clause).map_or(blank, |c| c.span);
    let mut draft = Draft {
        site: *site,
        kind: Kind::Level,
        negative: false,
        indicator: String::new(),
        subject: None,
        period: None,
        status: crate::model::Status::Actual,
        of: None,
        parent: None,
        owners: Vec::new(),
        limit: None,
        trace: Vec::new(),
        confidence: 0.98,
    };
    let Some(q) = s.quantities.get(site.quantity) else { return draft };
    let last = drafts.last();
    let same_clause = last.is_some_and(|l| l.site.clause == site.clause);
    let listed = last.filter(|_| same_clause).map(|l| l.kind);
    let (kind, negative, rule) = kind::kind(s.text, q, lead, tail, listed);
    draft.kind = kind;
    draft.negative = negative && q.value.is_some_and(|v| !v.is_sign_negative());
    draft.decided(Field::Kind, rule, 1.0);
    if q.vague || q.mended || q.unit_inferred {
        draft.confidence *= 0.8;
    }

    name::name(s, reading, clauses, q, drafts, memory, &mut draft);

    if draft.kind == Kind::Rate && q.form == Form::Percent && !grant::is_ratio(&draft.indicator) {
        for ending in ["比例", "占比", "比重"] {
            let Some(stem) = draft.indicator.strip_suffix(ending).map(str::to_owned) else { continue };
            let (whole, part) = whole::split_among(&stem);
            draft.kind = Kind::Share;
            draft.of = whole.or(draft.of.take());
            draft.indicator = part;
        }
    }

    // 外资结构:甲国46%;乙国24%: each is a part of what the colon is said of.
    if draft.kind == Kind::Rate
        && q.form == Form::Percent
        && let Some(of) = whole::structure(s.text, s.sentence)
    {
        if let Some(mention) =
            draft.subject.take().or_else(|| lead.subject.as_ref().map(|m| resolve(m, s.scope, memory)))
        {
            draft.indicator = mention;
        }
        draft.kind = Kind::Share;
        draft.subject.clone_from(&s.scope.own);
        draft.of = Some(of);
    }

    // Subject: named in the lead, else what the clause or the figure before carries on.
    // 中国|建材 of the company 中国建材: the beginning of the subject's own name.
    let begins = |name: &str| {
        topic.is_some_and(|t| {
            t.len() > name.len() && t.starts_with(name) && s.scope.aliases.iter().any(|a| a == t)
        })
    };
    // 甲市至乙县高速项目|全长: a place inside the name of the project that the clause opens with.
    let inside = |name: &str| {
        let short = name.trim_end_matches(['省', '市', '县', '区']);
        topic.is_some_and(|t| {
            (t.ends_with("项目") || t.ends_with("工程"))
                && t.contains(short)
                && clause_span.of(s.text).contains(t)
        })
    };
    let mention = lead.subject.as_ref().map(|m| resolve(m, s.scope, memory));
    let mention = mention.filter(|name| !begins(name) && !inside(name));
    // A remark in brackets (全市11.1%) does not hand on its subject.
    let handed =
        |d: &&Draft| d.site.clause == site.clause || clauses.get(d.site.clause).is_none_or(|c| !c.bracketed);
    let inherited = drafts.iter().rfind(handed).and_then(|l| l.subject.clone());
    let body = draft.subject.take();
    let (subject, rule, sure) = if let Some(body) = body {
        (Some(body), "named before the number", 0.9)
    } else if let Some(named) = mention {
        (Some(named), "named before the number", 0.97)
    } else if kind == Kind::Share && inherited.is_some() {
        (inherited, "the share's own figure", 0.97)
    } else if let Some(topic) = topic {
        (Some(topic.to_owned()), "named in the sentence", 0.95)
    } else if let Some(inherited) = inherited.filter(|_| lead.name.is_empty()) {
        (Some(inherited), "carried in the sentence", 0.95)
    } else if let Some(topic) = &memory.topic {
        (Some(topic.clone()), "carried from before", 0.88)
    } else {
        (
            s.scope.own.clone(),
            s.scope.own_rule,
            if s.scope.own_rule.starts_with("the title") { 0.95 } else { 0.88 },
        )
    };
    // 云岭港|货物吞吐量: the name of the subject is not the indicator's.
    if let Some(rest) = subject.as_deref().and_then(|s| draft.indicator.strip_prefix(s)) {
        let rest = rest.trim_start_matches('的');
        if rest.chars().count() >= 2 {
            draft.indicator = String::from(rest);
        }
    }
    // 收入128亿元,为预算的|102%: done against what was planned.
    if q.form == Form::Percent
        && ["预算", "年初预算", "调整预算", "年度预算", "全年预算", "变动预算"]
            .contains(&draft.indicator.as_str())
        && let Some(last) = last.filter(|l| !l.indicator.is_empty())
    {
        draft.of = draft.of.take().or(Some(std::mem::take(&mut draft.indicator)));
        draft.indicator.clone_from(&last.indicator);
        draft.decided(Field::Indicator, "that of the figure before", 0.95);
    }
    // 办法有效期内|产值: a time that the name begins with.
    if let Some((term, rest)) = draft.indicator.split_once("期内")
        && rest.chars().count() >= 2
        && ["有效", "规划", "建设", "考核", "运营"].iter().any(|w| term.ends_with(w))
    {
        draft.indicator = String::from(rest);
    }
    // 某某市商务委员会|公布: an office speaks for its place, save in a text of its own.
    let of_office =
        |name: String| own::of_office(&name).filter(|_| s.scope.own.as_ref() != Some(&name)).unwrap_or(name);
    draft.subject = subject.map(of_office);
    draft.decided(Field::Subject, rule, sure);

    let pair = is_start_of_pair(s.text, site, clause_span);
    let previous = last.and_then(|l| s.quantities.get(l.site.quantity)).map(|p| p.outer.end);
    let (period, rule, sure) = period::period(
        s.text,
        times,
        q.outer.start,
        clause_span,
        previous,
        &memory.carried,
        s.scope,
        s.section,
    );
    // “十三五”工作回顾 ⏎ 收入达到31580元: what was reached stands at their end.
    let reached = rule == "the section's heading"
        && lead.reach
        && matches!(draft.kind, Kind::Level | Kind::Share | Kind::Rate)
        && s.section.status == Some(Status::Actual);
    draft.period = match period.as_deref().and_then(|p| p.split_once('/')) {
        Some((from, to)) if reached && from.len() == 4 && to.len() == 4 => Some(to.to_owned()),
        _ => period,
    };
    draft.decided(Field::Period, rule, sure);
    if s.sentence.of(s.text).starts_with("其中")
        && let Some(whole) = &memory.period
        && !times.iter().any(|t| t.span.end <= q.outer.start && t.governs != Governs::Base)
    {
        draft.period = Some(whole.clone());
        draft.decided(Field::Period, "that of the whole", 1.0);
    }
    // 五年累计完成338亿元,其中技改127亿元,占…: parts and shares are of the whole's time.
    let since = |p: usize| {
        times.iter().any(|t| t.span.start >= p && t.span.end <= q.outer.start && t.governs != Governs::Base)
    };
    if (lead.among || kind == Kind::Share)
        && previous.is_some_and(|p| !since(p))
        && let Some(whole) =
            drafts.iter().rfind(handed).filter(|l| !is_start_of_pair(s.text, &l.site, clause_span))
    {
        draft.period.clone_from(&whole.period);
        draft.decided(Field::Period, "that of the whole", 1.0);
    }
    if pair {
        // 由120亿元增加到…: the earlier end; it takes no period but its own.
        let own = times.iter().any(|t| {
            let dated = t.calendar || t.relative_year.is_some();
            site.lead.contains(t.span) && dated && q.outer.start - t.span.end <= 12
        });
        if !own {
            draft.period = None;
            draft.decided(Field::Period, "the earlier end of a pair", 0.85);
        }
    }
    if lead.yearly && s.section.span.is_some() && rule.starts_with("the section") {
        draft.period.clone_from(&s.section.span);
    }

    let until = |from: usize| s.text.get(from..q.span.start).unwrap_or("");
    let evidence = Evidence {
        before: until(s.sentence.start),
        clause: until(clause_span.start.min(q.span.start)),
        after: CleanSpan::new(q.span.end, clause_span.end.max(q.span.end)).of(s.text),
        rest: CleanSpan::new(q.span.end, s.sentence.end.max(q.span.end)).of(s.text),
        period: draft.period.as_deref(),
        last: last
            .filter(|l| {
                (site.clause > 0 || same_clause) && !l.trace.iter().any(|t| t.rule == status::AIMED_AT)
            })
            .map(|l| l.status),
        aim: memory.aim,
        ruled: memory.ruled || is_rule_quoted(until(s.sentence.start)),
        start_of_pair: is_start_of_pair(s.text, site, clause_span),
    };
    let (status, rule, sure) = if name::is_aim(tail) {
        (crate::model::Status::Target, "the number is what was aimed at", 0.95)
    } else {
        status::status(evidence, s.scope, s.section)
    };
    draft.status = status;
    draft.decided(Field::Status, rule, sure);
    if draft.period.is_none()
        && status != crate::model::Status::Actual
        && let Some(plan) = &s.scope.plan
    {
        draft.period = Some(plan.clone());
        draft.decided(Field::Period, "the plan's span", 0.97);
    }
    if draft.period.is_none() && !pair && status == crate::model::Status::Actual && s.scope.annual.is_some() {
        draft.period.clone_from(&s.scope.annual);
        draft.decided(Field::Period, "the year the text reports", 0.97);
    }
    let grows = || ["同比", "增长", "下降"].iter().any(|w| s.sentence.of(s.text).contains(w));
    if draft.period.is_none()
        && !pair
        && status == crate::model::Status::Actual
        && !times.iter().any(|t| t.governs == Governs::Sentence && t.span.end <= q.outer.start)
        && grows()
        && s.scope.months.is_some()
    {
        draft.period.clone_from(&s.scope.months);
        draft.decided(Field::Period, "the months the text returns to", 0.9);
    }
    draft.of = base(s, lead, times, clause_span, q, &draft);
    draft
}

/// Whether the number is the earlier end of a pair: 由|120亿元|增加到….
fn is_start_of_pair(text: &str, site: &Site, clause: CleanSpan) -> bool {
    let opened = site.lead.of(text);
    if !opened.contains(['由', '从']) {
        return false;
    }
    let after = text.get(site.tail.start..clause.end).unwrap_or("");
    let near: String = after.chars().take(8).collect();
    ["到", "至", "为"].iter().filter_map(|to| near.split_once(to)).any(|(verb, _)| {
        let verb = verb.trim_end_matches('了');
        ["加", "降", "增", "升", "高", "大", "展", "整", "少", "低", "短", "缩", "减", "涨", "落", "调"]
            .iter()
            .any(|end| verb.ends_with(end))
    })
}

/// What a growth is measured against, what a share is part of, what a rate is per.
fn base(
    s: Setting<'_>,
    lead: &Lead,
    times: &[TimeExpr],
    clause: CleanSpan,
    q: &Quantity,
    draft: &Draft,
) -> Option<String> {
    match draft.kind {
        Kind::Growth => {
            // 比2010年的|1吨降低|17%: the year's own number stands between.
            let compared = |t: &TimeExpr| {
                t.governs == Governs::Base
                    || t.governs == Governs::Figure
                        && s.text.get(..t.span.start).is_some_and(|head| head.ends_with(['比', '较']))
            };
            let named =
                times.iter().rfind(|t| compared(t) && clause.contains(t.span) && t.span.end <= q.span.start);
            if lead.yearly {
                return Some("avg".to_owned());
            }
            match named {
                Some(t) if !t.span.of(s.text).contains("上年") && !t.span.of(s.text).contains("去年") => {
                    Some(phrase::clean_name(t.span.of(s.text)))
                }
                Some(_) => Some("yoy".to_owned()),
                None => lead.yoy.then(|| "yoy".to_owned()),
            }
        }
        _ => draft.of.clone(),
    }
}

/// The canonical name of an indicator, so that GDP and 地区生产总值 meet.
pub fn canonical(name: &str) -> String {
    names::indicators().canonical(name).map_or_else(|| name.to_owned(), str::to_owned)
}
