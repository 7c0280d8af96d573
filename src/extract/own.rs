//! Whom a document, or an item of a digest, speaks of.
//!
//! Title `青石县2023年统计公报` → 青石县; second line `——在甲省第十四届人民代表大会…上` → 甲省; a ministry
//! → the country; a company with a short name → that; else the place the text speaks of most.

use std::cell::LazyCell;
use std::collections::HashMap;

use crate::extract::body;
use crate::extract::phrase;
use crate::extract::subject;
use crate::extract::time::{self, Calendar};
use crate::extract::words;
use crate::lexicon::cues::Cue;
use crate::lexicon::names::{self, Level};
use crate::text::{BlockKind, CleanSpan, Prepared};

type Found = (Option<String>, &'static str);

/// The document's own area or body: from the title, else from the source, else from the text.
pub(super) fn of_document(prepared: &Prepared, title: &str, aliases: &[String]) -> Found {
    let text = &prepared.text;
    if let Some(name) = headed_by(title, text).or_else(|| in_title(title)) {
        return (Some(name), "the title names it");
    }
    if let Some(name) = subtitles(prepared).find_map(|line| in_subtitle(text, line)) {
        return (Some(name), "the title's second line names it");
    }
    if let Some(village) = visited(text) {
        return (Some(village), "the text introduces it");
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
    if let Some(name) = introduced(text) {
        return (Some(name), "the text introduces it");
    }
    if let Some(name) = of_offices(text) {
        return (Some(name), "the place whose government speaks");
    }
    // Counting what the whole text speaks of is dear: it is done once, and only where it decides.
    let spoken = LazyCell::new(|| most_spoken(text, CleanSpan::new(0, text.len())));
    if let Some(name) = prepared.source.as_deref().and_then(local_paper) {
        let (other, rule) = &*spoken;
        let of_another = *rule == "the place the text speaks of most" && other.as_ref() != Some(&name);
        if !of_another {
            return (Some(name), "the source is a paper of it");
        }
    }
    if opens_with_organ(text) {
        return (Some("全国".to_owned()), "the text opens with a ministry");
    }
    // 在全市水利工作会议上的讲话: whose it is stays unsaid, but it is one.
    let area = Cue::Place.words().find(title).filter(|_| spoken.1 == "the only place named");
    area.map_or_else(
        || spoken.clone(),
        |(_, word)| (Some(word.to_owned()), "the text's own word for its area"),
    )
}

/// 中新网10月25日电 国家统计局今天公布…: a body of the whole country speaks first.
fn opens_with_organ(text: &str) -> bool {
    let mut before = ' ';
    text.char_indices().take(160).any(|(at, c)| {
        let free = "电讯据，。 \n　".contains(before)
            || text.get(..at).is_some_and(|head| head.ends_with("中国") || head.ends_with("从"));
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

/// The body that the first lines introduce: 某某学院|始建于1958年.
fn introduced(text: &str) -> Option<String> {
    const SAID: &[&str] = &[
        "是",
        "系",
        "为",
        "始建于",
        "创建于",
        "创办于",
        "成立于",
        "建于",
        "位于",
        "坐落",
        "座落",
        "地处",
        "前身",
        "隶属",
        "占地",
        "始创于",
        "（",
        "(",
    ];
    let mut at = 0;
    text.split_inclusive('\n').take(4).find_map(|line| {
        let start = at + line.len() - line.trim_start_matches([' ', '>', '·', '●', '　']).len();
        at += line.len();
        let (name, end) = body::opening(text, CleanSpan::new(start, at))?;
        let rest = text.get(end..at)?;
        let clear = !body::is_office(&name) && SAID.iter().any(|w| rest.starts_with(w));
        clear.then_some(name)
    })
}

/// The village that a story goes to and goes on about: 走进青石县白水镇|梨园村,… 村里….
fn visited(text: &str) -> Option<String> {
    /// How often it speaks of a village at least, not counting its name.
    const TIMES: usize = 3;
    let spoken = ["村里", "全村", "村集体", "村民", "村党", "该村", "村支"];
    if spoken.iter().map(|w| text.matches(w).count()).sum::<usize>() < TIMES {
        return None;
    }
    let head = phrase::first_chars(text, CleanSpan::new(0, text.len()), 160).of(text);
    head.char_indices().find_map(|(at, c)| {
        let rest = matches!(c, '镇' | '乡').then(|| head.get(at + c.len_utf8()..)).flatten()?;
        body::division(rest).filter(|d| d.ends_with('村')).map(str::to_owned)
    })
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
            let occasion = line.contains("代表大会") && line.chars().count() <= 50;
            b.kind == BlockKind::Title || line.starts_with(['—', '―']) || is_office(line) || occasion
        })
        .map(|(b, _)| b.span)
}

fn in_subtitle(text: &str, line: CleanSpan) -> Option<String> {
    let body = line.of(text);
    let place = || body::division(body.trim_start_matches(['—', '―'])).map(str::to_owned);
    // ——2019年1月8日在青石县|第十七届人民代表大会….
    let congress = || {
        let at = body.find('第')?;
        let name = body.get(..at)?.rsplit('在').next()?;
        body::division(name).filter(|d| *d == name).map(str::to_owned)
    };
    first_place(text, line).or_else(place).or_else(congress)
}

/// 甲省青石：…, of which the text says 青石县.
fn headed_by(title: &str, text: &str) -> Option<String> {
    let (head, _) = title.split_once(['：', ':'])?;
    let (upper, _) = names::places().prefix(head)?;
    let short = head.get(upper.len()..).filter(|rest| rest.chars().count() == 2)?;
    let full = ["区", "县", "市"].iter().map(|level| format!("{short}{level}"));
    full.into_iter().find(|name| text.matches(name.as_str()).count() >= 2)
}

fn in_title(title: &str) -> Option<String> {
    // 2012年上半年|青石区招商引资工作总结.
    let title = untimed(title);
    if let Some(name) = doer(title) {
        return Some(name);
    }
    // 某区法院…通报: the body, not the place it is called after; an office speaks for its place.
    let undated = title.find(|c: char| c.is_ascii_digit() || "“《".contains(c)).unwrap_or(title.len());
    let parts = [Some(0), title.find("——").map(|at| at + "——".len())].into_iter().flatten();
    let mut named = parts.filter_map(|from| body::opening(title, CleanSpan::new(from, undated.max(from))));
    if let Some((name, _)) = named.find(|(name, _)| !body::is_office(name)) {
        return Some(name);
    }
    if let Some(name) = governed(title) {
        return Some(name);
    }
    if let Some(name) = first_place(title, CleanSpan::new(0, title.len())) {
        return Some(name);
    }
    // …关于印发《|青石县|招商引资政策》的通知.
    let within = title.split('《').skip(1).find_map(body::division);
    if let Some(name) = body::division(title).or(within) {
        return Some(name.to_owned());
    }
    let state = title.starts_with("国家") && title.chars().take(12).any(|c| "委部局署".contains(c));
    let organ = state || Cue::Organ.words().prefix(title).is_some();
    organ.then(|| "全国".to_owned())
}

/// A title without the time that it begins with.
fn untimed(title: &str) -> &str {
    let times = time::scan(title, CleanSpan::new(0, title.len()), Calendar::default());
    let end = times.first().filter(|e| e.span.start == 0).map_or(0, |e| e.span.end);
    title.get(end..).map(str::trim_start).filter(|rest| rest.chars().count() >= 6).unwrap_or(title)
}

/// The place whose government a title names: (甲省)2018年|青石县|人民政府工作报告.
fn governed(title: &str) -> Option<String> {
    let at = Cue::Office.words().all().filter_map(|office| title.find(office)).min()?;
    ending_at(title, at)
}

/// The place whose name ends at byte `at`, listed or known by its form.
fn ending_at(text: &str, at: usize) -> Option<String> {
    let before = text.get(..at)?;
    let starts: Vec<usize> = before
        .char_indices()
        .rev()
        .take(12)
        .take_while(|(_, c)| ('\u{4e00}'..='\u{9fff}').contains(c))
        .map(|(i, _)| i)
        .collect();
    let listed = |&from: &usize| {
        // 市委|和|县委 is not 和县.
        let joined = text.get(from..at)?.starts_with('和') && from > 0;
        subject::place_at(text, from, at)
            .filter(|n| n.span.end == at && n.level.is_some_and(|l| l <= Level::Province) && !joined)
    };
    // The longest that is listed: 甲省乙县, else the longest by its form.
    if let Some(named) = starts.iter().rev().find_map(listed) {
        return Some(named.name);
    }
    let formed = |&from: &usize| {
        let name = text.get(from..at)?;
        let name = name.trim_start_matches("中共").trim_start_matches(['年', '月', '日']);
        // 我|代表县人民政府: a name begins where something ends.
        let free = text.get(..at - name.len())?.chars().next_back();
        let free = free.is_none_or(|c| {
            !('\u{4e00}'..='\u{9fff}').contains(&c) || "在从经由据向对共与和及年月日".contains(c)
        });
        body::division(name).filter(|d| free && *d == name).map(str::to_owned)
    };
    starts.iter().rev().find_map(formed)
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
    if let Some(place) = governed(source).filter(|place| source.starts_with(place.as_str())) {
        return Some(place);
    }
    let named = subject::place_at(source, 0, source.len())?;
    let rest = source.get(named.span.end..)?;
    let organ =
        names::organisations().suffix(rest).is_some() || rest.ends_with('网') || rest.starts_with("政府");
    (named.level.is_some_and(|l| l <= Level::Province) && organ).then_some(named.name)
}

/// The place whose party committee or government a text names, at its head or its end: 中共青石市委、
/// 青石市人民政府关于….
fn of_offices(text: &str) -> Option<String> {
    const NEAR: usize = 260;
    let head = phrase::first_chars(text, CleanSpan::new(0, text.len()), NEAR);
    let from = text.char_indices().rev().nth(120).map_or(0, |(at, _)| at).max(head.end);
    let mut counts: Vec<(String, usize)> = Vec::new();
    for part in [head, CleanSpan::new(from.min(text.len()), text.len())] {
        let body = part.of(text);
        let offices = body.char_indices().filter_map(|(at, _)| {
            let office = Cue::Office.words().prefix(body.get(at..)?)?;
            // 青石|市委: the ending of the place's name opens the office's.
            let inner = office.chars().next().filter(|c| office.ends_with('委') && "省市县区州".contains(*c));
            ending_at(body, at + inner.map_or(0, char::len_utf8))
        });
        for name in offices {
            match counts.iter_mut().find(|(known, _)| *known == name) {
                Some((_, n)) => *n += 1,
                None => counts.push((name, 1)),
            }
        }
    }
    let most = counts.iter().map(|(_, n)| *n).max()?;
    counts.into_iter().find(|(_, n)| *n == most).map(|(name, _)| name)
}

/// The place that a state organ is of: 某市商务委员会.
pub(super) fn of_office(name: &str) -> Option<String> {
    let (_, place) = names::places().prefix(name)?;
    body::is_office(name).then(|| place.name.to_owned())
}

/// The city or county whose paper, station or site printed a text.
pub(super) fn local_paper(source: &str) -> Option<String> {
    let source = source.split([' ', '　', '-']).next()?;
    Cue::Media.words().suffix(source)?;
    let named = subject::place_at(source, 0, source.len())?;
    named.level.is_some_and(|l| l <= Level::City).then_some(named.name)
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
            && !["关于", "对", "为", "在"].iter().any(|w| head.starts_with(w))
            && !body::is_office(head)
            // 三大经济区: several.
            && !head.starts_with(|c: char| "一二三四五六七八九十两多各".contains(c))
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

/// The place or zone a stretch speaks of most, else its own word for its area, else the country.
pub(super) fn most_spoken(text: &str, span: CleanSpan) -> Found {
    let body = span.of(text);
    let mut counts: HashMap<String, (usize, usize)> = HashMap::new();
    // What the first lines speak of weighs more than what is named on the way.
    let head = phrase::first_chars(text, span, 80).end;
    let mut count = |name: String, at: usize| {
        let entry = counts.entry(name).or_insert((0, at));
        entry.0 += if entry.0 == 0 && at < head { 2 } else { 1 };
    };
    for named in subject::places(text, span) {
        if named.level.is_some_and(|l| l <= Level::Province) {
            count(named.name, named.span.start);
        }
    }
    for (zone, at) in zones(text, span) {
        count(zone, at);
    }
    for (place, at) in unlisted(text, span) {
        count(place, at);
    }
    let nation = ["全国", "我国", "国家", "中国"].iter().map(|w| spoken_of(body, w)).sum::<usize>();
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

/// How often a text speaks of the country, not of its mean, its ranks or its bodies.
fn spoken_of(text: &str, word: &str) -> usize {
    const BEFORE: &[&str] =
        &["高于", "低于", "快于", "好于", "超过", "居", "占", "比", "与", "获", "获得", "在", "经", "为"];
    const AFTER: &[&str] = &[
        "平均",
        "先进",
        "文明",
        "百强",
        "首",
        "第",
        "优秀",
        "最",
        "人大",
        "一流",
        "领先",
        "前列",
        "前",
        "级",
        "发展改革委",
        "有关",
    ];
    let told = |(at, _): &(usize, &str)| {
        let (before, after) = (text.get(..*at).unwrap_or(""), text.get(at + word.len()..).unwrap_or(""));
        !BEFORE.iter().any(|w| before.ends_with(w)) && !AFTER.iter().any(|w| after.starts_with(w))
    };
    text.match_indices(word).filter(told).count()
}

/// The zones that sentences open with and no list of places knows: 青丘工业园区|设立….
fn zones(text: &str, span: CleanSpan) -> Vec<(String, usize)> {
    let mut found = Vec::new();
    let mut at = span.start;
    for clause in span.of(text).split_inclusive(['。', '，', ',', '；', ';', '\n']) {
        let here = CleanSpan::new(at, at + clause.len());
        at = here.end;
        let named = names::organisations().find(clause).and_then(|_| body::opening(text, here));
        if let Some((name, _)) = named.filter(|(name, _)| names::zones().suffix(name).is_some()) {
            found.push((name, here.start));
        }
    }
    found
}

/// The cities and districts that no list knows and that several clauses open with: 青丘区|新建….
fn unlisted(text: &str, span: CleanSpan) -> Vec<(String, usize)> {
    let mut found: Vec<(String, usize)> = Vec::new();
    let mut at = span.start;
    for clause in span.of(text).split_inclusive(['。', '，', ',', '；', ';', '\n']) {
        let here = at;
        at += clause.len();
        // Words are cut only where a short head ends like a place.
        let ends = clause.char_indices().take(5).skip(2).any(|(_, c)| "市区旗州".contains(c));
        if let Some(name) = ends.then(|| body::division(clause)).flatten() {
            found.push((name.to_owned(), here));
        }
    }
    let mut times: HashMap<String, usize> = HashMap::new();
    for (name, _) in &found {
        *times.entry(name.clone()).or_default() += 1;
    }
    found.retain(|(name, _)| times.get(name).is_some_and(|n| *n > 1) && names::places().get(name).is_none());
    found
}
