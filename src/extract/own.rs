//! Whom a document, or an item of a digest, speaks of.
//!
//! Title `青石县2023年统计公报` → 青石县; second line `——在甲省第十四届人民代表大会…上` → 甲省; a ministry
//! → the country; a company with a short name → that; else the place the text speaks of most.

use std::collections::HashMap;

use crate::extract::body;
use crate::extract::phrase;
use crate::extract::subject;
use crate::extract::words;
use crate::lexicon::cues::Cue;
use crate::lexicon::names::{self, Level};
use crate::text::{BlockKind, CleanSpan, Prepared};

type Found = (Option<String>, &'static str);

/// The document's own area or body: from the title, else from the source, else from the text.
pub(super) fn of_document(prepared: &Prepared, title: &str, aliases: &[String]) -> Found {
    let text = &prepared.text;
    if let Some(name) = in_title(title) {
        return (Some(name), "the title names it");
    }
    if let Some(name) = subtitles(prepared).find_map(|line| in_subtitle(text, line)) {
        return (Some(name), "the title's second line names it");
    }
    if let Some(place) = prepared.source.as_deref().and_then(of_source) {
        return (Some(place), "the source is it");
    }
    let told = |a: &&String| title.starts_with(a.as_str()) || text.matches(a.as_str()).count() >= 4;
    if let Some(alias) = aliases.iter().find(told) {
        return (Some(alias.clone()), "the title or the text names it as its own");
    }
    if let Some(head) = repeated_head(title, text) {
        return (Some(head.to_owned()), "the title names it");
    }
    if let Some(word) = ["全国", "我国", "中国"].iter().find(|w| title.contains(**w)) {
        return (Some((*word).to_owned()), "the title speaks of the country");
    }
    if let Some(name) = body_in(title) {
        return (Some(name), "the title names it");
    }
    if let Some(name) = of_opening(text) {
        return (Some(name), "the title names it");
    }
    if opens_with_organ(text) {
        return (Some("全国".to_owned()), "the text opens with a ministry");
    }
    most_spoken(text, CleanSpan::new(0, text.len()))
}

/// 中新网10月25日电 国家统计局今天公布…: a body of the whole country speaks first.
fn opens_with_organ(text: &str) -> bool {
    let mut before = ' ';
    text.char_indices().take(160).any(|(at, c)| {
        let free = "电讯据，。 \n　".contains(before);
        before = c;
        free && text.get(at..).is_some_and(|rest| Cue::Organ.words().prefix(rest).is_some())
    })
}

/// The body that a text without a title of its own opens with: 1、某某大学“十二五”规划….
fn of_opening(text: &str) -> Option<String> {
    let start = text.find(|c: char| !c.is_ascii_digit() && !"、. .（）()".contains(c))?;
    let end = text.get(start..)?.char_indices().nth(40).map_or(text.len(), |(i, _)| start + i);
    let head = text.get(start..end)?;
    let named = subject::place_at(text, start, end).filter(|n| n.level.is_none())?;
    ["规划", "计划", "报告", "总结", "简介", "章程", "公报"]
        .iter()
        .any(|w| head.contains(w))
        .then_some(named.name)
}

/// Lines that continue the title: the occasion of a speech, and its speaker's office.
fn subtitles(prepared: &Prepared) -> impl Iterator<Item = CleanSpan> {
    let text = &prepared.text;
    let is_office = |line: &str| {
        line.chars().count() <= 20
            && ["省长", "市长", "县长", "区长", "主席", "州长"].iter().any(|w| line.contains(w))
    };
    prepared
        .blocks
        .iter()
        .take(6)
        .map(|b| (b, b.span.of(text)))
        .filter(move |(b, line)| {
            b.kind == BlockKind::Title || line.starts_with(['—', '―']) || is_office(line)
        })
        .map(|(b, _)| b.span)
}

fn in_subtitle(text: &str, line: CleanSpan) -> Option<String> {
    let place = || body::division(line.of(text).trim_start_matches(['—', '―'])).map(str::to_owned);
    first_place(text, line).or_else(place)
}

fn in_title(title: &str) -> Option<String> {
    if let Some(name) = doer(title) {
        return Some(name);
    }
    // 某区法院…通报: the body, not the place it is called after; an office speaks for its place.
    let undated = title.find(|c: char| c.is_ascii_digit() || "“《".contains(c)).unwrap_or(title.len());
    if let Some((name, _)) =
        body::opening(title, CleanSpan::new(0, undated)).filter(|(name, _)| !body::is_office(name))
    {
        return Some(name);
    }
    if let Some(name) = first_place(title, CleanSpan::new(0, title.len())) {
        return Some(name);
    }
    if let Some(name) = body::division(title) {
        return Some(name.to_owned());
    }
    let state = title.starts_with("国家") && title.chars().take(12).any(|c| "委部局署".contains(c));
    let organ = state || Cue::Organ.words().prefix(title).is_some();
    organ.then(|| "全国".to_owned())
}

/// The place at the head of a title that says what it does: 青石县|加快发展…产业行动方案.
fn doer(title: &str) -> Option<String> {
    const WRAPPERS: &[&str] = &["关于", "印发", "《", "〈", "“"];
    let mut head = title;
    while let Some(rest) = WRAPPERS.iter().find_map(|w| head.strip_prefix(w)) {
        head = rest;
    }
    let (name, end) = match subject::place_at(head, 0, head.len()) {
        Some(named) if named.level.is_some_and(|l| l <= Level::Province) => (named.name, named.span.end),
        Some(_) => return None,
        None => {
            let name = body::division(head)?;
            (name.to_owned(), name.len())
        }
    };
    let rest = phrase::first_chars(head, CleanSpan::new(end, head.len()), 8);
    let next = words::cut(head, rest);
    let acts = |w: &words::Word<'_>| w.text.chars().count() >= 2 && ["v", "d", "ad"].contains(&w.class);
    let wrapped = head.len() < title.len();
    next.first().is_some_and(|w| acts(w) || wrapped && !w.class.starts_with('n')).then_some(name)
}

/// The place that a line names first, down to a county.
fn first_place(text: &str, line: CleanSpan) -> Option<String> {
    let named = subject::places(text, line)
        .into_iter()
        .filter(|n| n.level.is_some_and(|l| l <= Level::Province))
        .min_by_key(|n| (n.span.start, n.level))?;
    Some(named.name)
}

/// 某市, 某市统计局: the place; a ministry: the country.
fn of_source(source: &str) -> Option<String> {
    if let Some(place) = names::places().get(source) {
        return Some(place.name.to_owned());
    }
    if Cue::Organ.words().contains(source) {
        return Some("全国".to_owned());
    }
    let named = subject::place_at(source, 0, source.len())?;
    let rest = source.get(named.span.end..)?;
    let organ =
        names::organisations().suffix(rest).is_some() || rest.ends_with('网') || rest.starts_with("政府");
    (named.level.is_some_and(|l| l <= Level::Province) && organ).then_some(named.name)
}

/// Short names that a text gives to bodies: …公司(以下简称“华锐”).
pub(super) fn aliases(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for label in ["以下简称", "下称", "简称"] {
        for (at, _) in text.match_indices(label) {
            let Some(rest) = text.get(at + label.len()..) else { continue };
            let rest = rest.trim_start_matches([':', '：', '为', ' ']);
            let Some(inner) = rest.strip_prefix(['“', '"', '‘']) else { continue };
            let Some(name) = inner.split(['”', '"', '’']).next() else { continue };
            if (2..=12).contains(&name.chars().count()) && !found.iter().any(|f| f == name) {
                found.push(name.to_owned());
            }
        }
    }
    for (at, _) in text.match_indices(['(', '（']) {
        let code: String = text.get(at..).unwrap_or("").chars().skip(1).take(7).collect();
        let coded =
            code.len() > 6 && code.chars().take(6).all(|c| c.is_ascii_digit()) && code.ends_with([')', '）']);
        let Some(name) = coded.then(|| han_before(text, at)).flatten() else { continue };
        if !found.iter().any(|f| f == name) {
            found.push(name.to_owned());
        }
    }
    found
}

/// The two to six Chinese characters before a place, back to a mark: 亿晶光电|(600537).
fn han_before(text: &str, at: usize) -> Option<&str> {
    let before = text.get(..at)?;
    let start =
        before.char_indices().rev().take_while(|(_, c)| ('\u{4e00}'..='\u{9fff}').contains(c)).last()?.0;
    before.get(start..).filter(|name| (2..=6).contains(&name.chars().count()))
}

/// What the title begins with and the text goes on to speak of: 某某建材|上半年净利增两成.
fn repeated_head<'a>(title: &'a str, text: &str) -> Option<&'a str> {
    const DEEDS: &[&str] = &[
        "实现",
        "完成",
        "表示",
        "披露",
        "发布",
        "公布",
        "称",
        "计划",
        "拟",
        "将",
        "已",
        "旗下",
        "相关负责人",
    ];
    let han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    (3..=6).rev().find_map(|count| {
        let end = title.char_indices().nth(count)?.0;
        let head = title.get(..end).filter(|h| h.chars().all(han))?;
        let spoken = text.match_indices(head).filter(|(at, _)| {
            text.get(at + head.len()..).is_some_and(|rest| DEEDS.iter().any(|w| rest.starts_with(w)))
        });
        (spoken.count() >= 1 && text.matches(head).count() >= 3).then_some(head)
    })
}

/// A body named at the head of a title: 吉林大学章程 has one.
fn body_in(title: &str) -> Option<String> {
    for (offset, c) in title.char_indices() {
        let end = offset + c.len_utf8();
        let head = title.get(..end)?;
        if head.chars().count() >= 4
            && !head.contains(['“', '"', '的', ' ', '《'])
            && subject::is_body(head)
            && !head.ends_with('港')
        {
            let longer = title.get(end..).unwrap_or("");
            let more: String = longer.chars().take(4).collect();
            if !["公司", "集团", "银行", "大学", "学院"].iter().any(|w| more.starts_with(w)) {
                return Some(head.to_owned());
            }
        }
    }
    None
}

/// The place a stretch speaks of most, else its own word for its area, else the country.
pub(super) fn most_spoken(text: &str, span: CleanSpan) -> Found {
    let body = span.of(text);
    let mut counts: HashMap<String, (usize, usize)> = HashMap::new();
    for named in subject::places(text, span) {
        if named.level.is_some_and(|l| l <= Level::Province) {
            counts.entry(named.name).or_insert((0, named.span.start)).0 += 1;
        }
    }
    let nation = ["全国", "我国", "国家", "中国"].iter().map(|w| body.matches(w).count()).sum::<usize>();
    let own = Cue::Place.words().all().map(|w| (body.matches(w).count(), w)).max();
    let best = counts.iter().max_by_key(|(_, (n, at))| (*n, std::cmp::Reverse(*at)));
    match best {
        Some((name, (n, _))) if *n >= 2 && *n * 2 >= nation => {
            (Some(name.clone()), "the place the text speaks of most")
        }
        _ => match own {
            Some((n, word)) if n >= 2 => (Some(word.to_owned()), "the text's own word for its area"),
            _ if nation >= 2 => {
                let word =
                    if body.contains("我国") && !body.contains("全国") { "我国" } else { "全国" };
                (Some(word.to_owned()), "the text speaks of the country")
            }
            _ => (best.map(|(name, _)| name.clone()), "the only place named"),
        },
    }
}
