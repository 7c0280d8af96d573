//! Whom a clause speaks of, and what name a word for it stands for.
//!
//! `隆昌县今年…` → 隆昌县; `全县` → the county named last; `公司` → the company named last; a ministry → 全国.

use crate::extract::body;
use crate::extract::clause::Clause;
use crate::extract::item;
use crate::extract::scope::Scope;
use crate::extract::sentence::{Memory, Setting};
use crate::extract::subject::{self, Mention};
use crate::extract::time::TimeExpr;
use crate::lexicon::cues::Cue;
use crate::text::CleanSpan;

/// Where several are compared: in one of these the clause goes on about the one spoken of before.
const COMPARED: &[&str] = &["评价中", "评选中", "评比中", "考核中", "排名中", "测评中", "竞赛中"];

/// The subject that a clause opens with.
pub(super) fn opening(
    s: Setting<'_>,
    clause: &Clause,
    times: &[TimeExpr],
    memory: &mut Memory,
) -> Option<String> {
    let clause = if memory.first && clause.span.start == s.sentence.start {
        item::after_dateline(s.text, clause.span)
    } else {
        clause.span
    };
    let body = clause.of(s.text);
    // 在全国县域综合评价中|居第6位: whom it is compared with.
    if body.starts_with('在') && COMPARED.iter().any(|w| body.contains(w)) {
        return None;
    }
    // 去年|全县…: a time opens the clause, not whom it speaks of.
    let mut start = clause.start + noise(body);
    loop {
        let rest = text_from(s.text, start, clause.end);
        start += rest.len() - rest.trim_start_matches(['“', '"', ' ', '‘', '—', '在', '据', '，', ',']).len();
        match times.iter().find(|t| t.span.start <= start && start < t.span.end && t.span.end <= clause.end) {
            Some(time) => start = time.span.end,
            None => break,
        }
    }
    // What an office is said to report is its place's.
    let told = body.starts_with('据');
    let clause = CleanSpan::new(start.min(clause.end), clause.end);
    let body = clause.of(s.text);
    if let Some(alias) = s.scope.aliases.iter().find(|a| body.starts_with(a.as_str())) {
        return Some(alias.clone());
    }
    if refers_back(body)
        && let Some(name) = body::exemplified(s.text, CleanSpan::new(s.sentence.start, clause.start))
    {
        return Some(resolve(&Mention::Named(name), s.scope, memory));
    }
    if let Some(name) = body::project(s.text, clause) {
        return Some(resolve(&Mention::Named(name.to_owned()), s.scope, memory));
    }
    // 该项目, 该工程: the one named last.
    if let Some(kind) = body
        .strip_prefix(['该', '本'])
        .and_then(|rest| ["项目", "工程"].into_iter().find(|w| rest.starts_with(w)))
        && let Some(named) = memory.places.iter().rfind(|p| p.ends_with(kind))
    {
        return Some(named.clone());
    }
    let body_named = body::apposed(s.text, clause)
        .or_else(|| body::opening(s.text, clause))
        .or_else(|| body::company(s.text, clause));
    if let Some((name, _)) = body_named.filter(|(name, _)| !told || !body::is_office(name)) {
        return Some(resolve(&Mention::Named(name), s.scope, memory));
    }
    let end = body.char_indices().nth(24).map_or(clause.end, |(i, _)| start + i);
    let (mention, _) = subject::leading(s.text, CleanSpan::new(start, end));
    if let Some(mention) = mention {
        return Some(resolve(&mention, s.scope, memory));
    }
    if let Some(name) = body::village(body) {
        return Some(resolve(&Mention::Named(name.to_owned()), s.scope, memory));
    }
    if body::division(body).is_some_and(|d| d == body) {
        return Some(resolve(&Mention::Named(body.to_owned()), s.scope, memory));
    }
    // 天津市：2025年…: a clause that is the place and nothing else.
    let alone = subject::place_at(s.text, start, clause.end).filter(|named| named.span.end == clause.end);
    if let Some(named) = alone {
        return Some(resolve(&Mention::Named(named.name), s.scope, memory));
    }
    // 博鳌：…, where the other paragraphs open with a place so.
    let headed = s.scope.headed
        && memory.first
        && (2..=6).contains(&body.chars().count())
        && s.text.get(clause.end..).is_some_and(|rest| rest.starts_with(['：', ':']));
    headed.then(|| resolve(&Mention::Named(body.to_owned()), s.scope, memory))
}

fn text_from(text: &str, start: usize, end: usize) -> &str {
    text.get(start..end.max(start)).unwrap_or("")
}

/// Whether a clause speaks of a company named before: 目前|该企业….
pub(super) fn refers_back(clause: &str) -> bool {
    ["该企业", "该公司", "该厂", "该集团"].iter().any(|w| clause.contains(w))
}

/// Whether a text speaks of an area named before and goes on about it: 据预测,今年|该市….
pub(super) fn area_referred_to(text: &str) -> bool {
    ["该市", "该县", "该区", "该镇", "该乡", "该村"].iter().any(|w| text.contains(w))
}

/// How much a scrape left before the first word: `* H' Z |据某省…`. Letters alone may be a name's.
fn noise(body: &str) -> usize {
    // `[: P8 l( b9 f( |据某省…`: blanks, marks and letters in a row are no words.
    let litter = body.len() - body.trim_start_matches(|c: char| c.is_ascii()).len();
    let words = body.get(..litter).unwrap_or("");
    if words.ends_with(' ')
        && words.matches(' ').count() >= 3
        && words.contains(|c: char| c.is_ascii_punctuation())
    {
        return litter;
    }
    let foreign = |c: char| c.is_ascii() && !c.is_ascii_digit() && c != '(' || "·●■◆▲※".contains(c);
    let length = body.len() - body.trim_start_matches(foreign).len();
    let blank = body.get(..length).is_some_and(|n| n.ends_with([' ', '*', '#', '>']));
    if blank { length } else { 0 }
}

/// The name that a mention stands for.
pub(super) fn resolve(mention: &Mention, scope: &Scope, memory: &mut Memory) -> String {
    match mention {
        // A ministry speaks of the whole country.
        Mention::Named(name) if Cue::Organ.words().contains(name) => "全国".to_owned(),
        Mention::Named(name) => {
            memory.places.push(name.clone());
            if memory.places.len() > 16 {
                memory.places.remove(0);
            }
            name.clone()
        }
        Mention::Nation(word) => word.clone(),
        Mention::Own(word) => {
            let level = word.chars().next_back().unwrap_or(' ');
            let fits = |name: &str| {
                name.ends_with(level)
                    || level == '区' && name.ends_with("自治区")
                    || level == '司' && name.ends_with(['团', '厂', '行', '业'])
                    || level == '校' && name.ends_with(['学', '院'])
            };
            let own = scope.own.as_deref().filter(|o| fits(o));
            let named = memory.places.iter().rfind(|p| fits(p)).map(String::as_str);
            // An area that was only guessed stands back behind the one spoken of last.
            // 该市 is the one named last, whosever the document is.
            let nearest = scope.is_guessed() || word.starts_with('该');
            let first = if nearest { named.or(own) } else { own.or(named) };
            if let Some(name) = first {
                return name.to_owned();
            }
            match &scope.own {
                Some(own) if !"市省县州业".contains(level) => own.clone(),
                _ => word.clone(),
            }
        }
    }
}
