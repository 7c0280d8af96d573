//! The items of a page of news: each has a subject of its own.
//!
//! Headline `青石县林下经济结硕果` ⏎ `本报讯 ……` → 青石县 up to the next headline.

use crate::extract::body;
use crate::extract::own;
use crate::extract::scope::{Genre, Scope};
use crate::extract::subject::{self, Mention, Named};
use crate::extract::time::Calendar;
use crate::lexicon::names::Level;
use crate::text::{self, Block, BlockKind, CleanSpan, Prepared};

/// Openings of a newspaper's text.
const OPENINGS: &[&str] = &["本报", "本刊", "新华社", "据", "日前", "近日", "（记者", "(记者", "从", "又讯"];
/// Ends of what a newspaper's text opens with: 本报北京1月1日讯 记者某某报道：.
const DATELINE_ENDS: &[&str] = &["报道：", "报道:", "讯", "电"];
/// Longest dateline, in characters.
const DATELINE: usize = 40;

/// For each block at which an item begins the scope of its figures.
pub(super) fn items(prepared: &Prepared, scope: &Scope) -> Vec<(usize, Scope)> {
    // The dates of a plan or a policy sign it; no news begins there.
    let own = scope.genre != Genre::Report && !scope.is_loose();
    let dates = if own { Vec::new() } else { dates(prepared) };
    // Several headlines over datelines: the title is that of the first item.
    let news = (0..prepared.blocks.len())
        .filter(|&n| {
            prepared.blocks.get(n).is_some_and(|b| b.kind == BlockKind::Heading)
                && opens_news(prepared, n + 1)
        })
        .count();
    let digest = !dates.is_empty() || is_digest(prepared, scope) || scope.genre == Genre::Report && news >= 2;
    let dated = |n: usize| dates.binary_search_by_key(&n, |(at, _)| *at).is_ok();
    let begins = |n: usize| {
        let Some(block) = prepared.blocks.get(n) else { return false };
        let body = block.span.of(&prepared.text);
        match block.kind {
            _ if dated(n) => true,
            BlockKind::Heading => digest && !is_numbered(body) || opens_news(prepared, n + 1),
            BlockKind::Paragraph => body.starts_with("又讯") || is_rubric(prepared, n),
            BlockKind::Title => digest,
            BlockKind::Row => false,
        }
    };
    let starts: Vec<usize> = (0..prepared.blocks.len()).filter(|&n| begins(n)).collect();
    let last = prepared.blocks.len();
    let ends = starts.iter().skip(1).copied().chain([last]);
    let paper = prepared.source.as_deref().and_then(own::local_paper);
    let own = |n: usize, end: usize| {
        let here = prepared.blocks.get(n..end).unwrap_or(&[]);
        let span = CleanSpan::new(here.first()?.span.start, here.last()?.span.end);
        // A digest's own place is that of some other item.
        let spoken = || {
            digest.then(|| {
                own::most_spoken(&prepared.text, span)
                    .0
                    .or_else(|| paper.clone())
                    .unwrap_or("全国".to_owned())
            })
        };
        subject_of(prepared, n, dated(n), scope).or_else(spoken)
    };
    let item = |(n, end): (usize, usize)| {
        let mut item = scope.clone();
        // 某某市商务委员会昨日发布…: an office speaks for its place.
        let of_office = |name: String| own::of_office(&name).unwrap_or(name);
        if let Some(own) = own(n, end).map(of_office) {
            (item.own, item.own_rule) = (Some(own), "the news item names it");
        }
        if let Some((_, date)) = dates.iter().rfind(|(at, _)| *at <= n) {
            item.calendar = Calendar::parse(Some(date));
            (item.annual, item.months) = (None, None);
        }
        (n, item)
    };
    starts.iter().copied().zip(ends).map(item).collect()
}

/// Longest headline, in characters.
const HEADLINE: usize = 40;

/// The items that a line dates, with the block at which each begins: its headline, or that line.
fn dates(prepared: &Prepared) -> Vec<(usize, String)> {
    let text = |n: usize| prepared.blocks.get(n).map_or("", |b| b.span.of(&prepared.text));
    let mut found: Vec<(usize, String)> = Vec::new();
    for n in 0..prepared.blocks.len() {
        let Some(date) = text::dateline(text(n)) else { continue };
        let headline = |n: &usize| {
            let line = text(*n);
            !line.contains('。') && line.chars().count() <= HEADLINE && !line.ends_with(['）', ')'])
        };
        // 青石县人民政府办公室 over a date signs what stands above.
        if n.checked_sub(1).is_some_and(|before| body::is_office(text(before)) && headline(&before)) {
            continue;
        }
        let start = n.checked_sub(1).filter(headline).unwrap_or(n);
        found.push((start, date));
    }
    // The last line of a text signs it.
    found.pop_if(|(at, _)| *at + 3 > prepared.blocks.len());
    // One date is that of the whole text.
    found.retain(|(_, date)| prepared.date.as_ref() != Some(date));
    found
}

/// Three headlines or more over running text, none of them numbered, and no area for all.
fn is_digest(prepared: &Prepared, scope: &Scope) -> bool {
    let headings = || prepared.blocks.iter().filter(|b| b.kind == BlockKind::Heading);
    scope.is_loose()
        && scope.genre == Genre::Report
        && headings().count() >= 3
        && !headings().any(|b| is_numbered(b.span.of(&prepared.text)))
}

/// Whether a line is an item of a list: ——产业规模。…, 1.…, 一是….
pub(super) fn is_listed(line: &str) -> bool {
    line.starts_with(['—', '-', '－', '•', '●', '·', '◆', '■'])
        || text::is_numbered(line)
        || ["一是", "二是", "三是", "四是", "五是", "六是", "七是", "八是"]
            .iter()
            .any(|w| line.starts_with(w))
}

fn is_numbered(heading: &str) -> bool {
    heading.starts_with(['一', '二', '三', '四', '五', '（', '(', '第'])
        || heading.starts_with(|c: char| c.is_ascii_digit())
}

fn opens_news(prepared: &Prepared, n: usize) -> bool {
    prepared.blocks.get(n).is_some_and(|next| {
        let body = next.span.of(&prepared.text);
        next.kind == BlockKind::Paragraph && OPENINGS.iter().any(|w| body.starts_with(w))
    })
}

/// 【短讯】某工程进展顺利, over a newspaper's text.
fn is_rubric(prepared: &Prepared, n: usize) -> bool {
    let line = prepared.blocks.get(n).map_or("", |b| b.span.of(&prepared.text));
    line.starts_with('【')
        && !line.contains('。')
        && line.chars().count() <= DATELINE
        && opens_news(prepared, n + 1)
}

/// Whom an item speaks of: named at the head of its headline or its text, else anywhere in the headline.
fn subject_of(prepared: &Prepared, n: usize, dated: bool, scope: &Scope) -> Option<String> {
    let text = &prepared.text;
    let block = prepared.blocks.get(n)?;
    let headline = (block.kind != BlockKind::Paragraph || dated || is_rubric(prepared, n)).then(|| {
        let line = block.span.of(text);
        let skip = line.find('】').filter(|_| line.starts_with('【')).map_or(0, |at| at + '】'.len_utf8());
        CleanSpan::new(block.span.start + skip, block.span.end)
    });
    let after: &[Block] = prepared.blocks.get(if headline.is_some() { n + 1 } else { n }..).unwrap_or(&[]);
    let first = after
        .iter()
        .find(|b| b.kind == BlockKind::Paragraph && b.span.of(text).contains('。'))
        .map(|b| after_dateline(text, b.span));
    let places = |span: CleanSpan| subject::places(text, span).into_iter();
    let county = |p: &Named| p.level.is_some_and(|l| l <= Level::Province);
    let whole = |p: &Named| p.span.of(text) == p.name;
    let place = |span: CleanSpan, fits: &dyn Fn(&Named) -> bool| {
        places(span).find(|p| county(p) && fits(p)).map(|p| p.name)
    };
    let sentences: Vec<CleanSpan> =
        first.map(|span| text::sentences(text, span).into_iter().take(2).collect()).unwrap_or_default();
    let opened = |by: fn(&str, CleanSpan, &Scope) -> Option<String>| {
        sentences.iter().find_map(|span| clauses(text, *span).find_map(|c| by(text, c, scope)))
    };
    headline
        .and_then(|h| body_named(text, h, scope))
        .or_else(|| headline.and_then(|h| place(h, &|p| p.span.start == h.start && whole(p))))
        .or_else(|| opened(body_named))
        .or_else(|| headline.and_then(|h| place_named(text, h, scope)))
        .or_else(|| opened(place_named))
        .or_else(|| headline.and_then(|h| place(h, &|_| true)))
}

/// The body that a clause opens with.
fn body_named(text: &str, clause: CleanSpan, scope: &Scope) -> Option<String> {
    let body = clause.of(text);
    let alias = scope.aliases.iter().find(|a| body.starts_with(a.as_str())).cloned();
    let apposed =
        || body::apposed(text, clause).or_else(|| body::opening(text, clause)).map(|(name, _)| name);
    alias.or_else(apposed).or_else(|| body::village(body).map(str::to_owned))
}

/// The place that a clause opens with.
fn place_named(text: &str, clause: CleanSpan, _: &Scope) -> Option<String> {
    match subject::leading(text, clause).0? {
        Mention::Named(name) | Mention::Nation(name) => Some(name),
        Mention::Own(_) => None,
    }
}

fn clauses(text: &str, sentence: CleanSpan) -> impl Iterator<Item = CleanSpan> {
    let mut start = sentence.start;
    sentence.of(text).split(['，', ',', '；', '：', ':']).map(move |part| {
        let span = CleanSpan::new(start, start + part.len());
        start = span.end + text.get(span.end..).and_then(|r| r.chars().next()).map_or(0, char::len_utf8);
        span
    })
}

/// The paragraph without 本报讯, 据新华社某地某日电, 记者某某报道：.
pub(super) fn after_dateline(text: &str, span: CleanSpan) -> CleanSpan {
    let mut span = span;
    for _ in 0..2 {
        let body = span.of(text);
        // 中新网10月25日电: a site's or agency's name, then 电 or 讯.
        let agency = body.char_indices().take(8).any(|(_, c)| "网社报".contains(c))
            && body.chars().take(DATELINE).take_while(|c| !"，。".contains(*c)).any(|c| "电讯".contains(c));
        let reporter = ["记者", "通讯员", "本报记者"].iter().any(|w| body.starts_with(w));
        if !reporter
            && !OPENINGS.iter().take(4).any(|w| body.starts_with(w))
            && !body.starts_with("又讯")
            && !agency
        {
            break;
        }
        let ends = if reporter { DATELINE_ENDS.get(..2) } else { Some(DATELINE_ENDS) };
        let near = body.char_indices().nth(DATELINE).map_or(body, |(i, _)| body.get(..i).unwrap_or(body));
        let end = ends.unwrap_or(&[]).iter().filter_map(|e| near.find(e).map(|at| at + e.len())).max();
        let Some(end) = end.filter(|e| !near.get(..*e).unwrap_or("").contains(['，', '。'])) else { break };
        let rest = body.get(end..).unwrap_or("");
        let start = span.start + end + (rest.len() - rest.trim_start_matches([' ', '　', ',', '，']).len());
        span = CleanSpan::new(start, span.end);
    }
    span
}
