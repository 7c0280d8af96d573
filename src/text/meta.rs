//! Title, date and source: from the markup, from bylines, from a line that reads like a title.
//!
//! `来源：某某日报 时间：2023-05-04` → source 某某日报, date 2023-05-04

use super::clean::Line;
use super::furniture::{Words, Zones, bare};
use super::markup::{MarkKind, Markup};
use super::{date, numbering};

/// What is known of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Meta {
    pub(super) title: Option<String>,
    /// Lines that hold the title, its continuation included.
    pub(super) title_lines: Vec<usize>,
    pub(super) source: Option<String>,
    pub(super) date: Option<String>,
    pub(super) url: Option<String>,
}

/// Reads the lines around the body; bylines, once read, are dropped.
pub(super) fn read(lines: &[Line], markup: &Markup, verdicts: &mut [Option<&'static str>]) -> Meta {
    let zones = Zones::of(lines);
    let mut meta = Meta { url: markup.url.clone(), ..Meta::default() };
    bylines(lines, zones, verdicts, &mut meta);
    stated(markup, &mut meta);
    title(lines, zones, markup, verdicts, &mut meta);
    meta.date = meta.date.take().or_else(|| stamped(lines, zones)).or_else(|| occasion(lines));
    meta
}

/// A date with its label before it or the time of day after it, in a short line before the body, or at the end.
fn stamped(lines: &[Line], zones: Zones) -> Option<String> {
    let dated = |text: &str| {
        let (found, place) = date::find(text)?;
        let clock = text.get(place.end..)?.trim_start();
        let hour = clock.trim_start_matches(|c: char| c.is_ascii_digit());
        let told = text.get(..place.start)?.trim_end().trim_end_matches([':', '：']);
        // The day of an upload is not the text's.
        let labelled = told.len() < place.start
            && Words::get().date.iter().any(|label| told.ends_with(label))
            && !told.contains("上传");
        let timed = (1..=2).contains(&(clock.len() - hour.len())) && hour.starts_with([':', '：']);
        (timed || labelled || opens_with_date(text)).then_some(found)
    };
    let head = lines
        .iter()
        .take(zones.head.max(12))
        .filter(|line| line.cells.len() <= 80 && !line.text.contains('。'));
    let alone = lines.iter().take(15).find_map(|line| {
        let (found, place) = date::find(&line.text)?;
        is_date_line(&line.text, &place).then_some(found)
    });
    // (编辑:2022-09-28 08:15): at the end of the last lines.
    let tail = lines.iter().rev().take(3).filter_map(|line| line.text.rsplit(['(', '（', '。']).next());
    head.map(|line| line.text.as_str()).find_map(dated).or(alone).or_else(|| tail.take(3).find_map(dated))
}

/// Whether a date opens a line of short words: 2019年03月04日 星期一 放大 缩小; 2024-08-07 admin 阅读 31.
fn opens_with_date(text: &str) -> bool {
    date::find(text).is_some_and(|(found, place)| {
        let rest = text.get(place.end..).unwrap_or("");
        place.start == 0
            && found.len() == "2000-01-01".len()
            && (rest.starts_with([' ', '\t'])
                || text.get(..place.end).is_some_and(|date| date.ends_with(' ')))
            && !rest.contains(['，', ',', '、', '》'])
            && rest.split([' ', '\t', '|']).all(|word| word.chars().count() <= 10)
    })
}

/// The date of the meeting a speech was held at (——2026年1月26日在…会议上), or of the paper a text
/// was printed in (《…日报》1996年3月21日).
fn occasion(lines: &[Line]) -> Option<String> {
    let dated = |line: &Line| date::find(&line.text).map(|(date, _)| date);
    let held =
        |line: &&Line| line.text.starts_with('—') && line.cells.len() <= 60 && line.text.contains('在');
    let printed = |line: &&Line| {
        line.cells.len() <= 40 && line.text.contains("报》") && line.text.starts_with(['（', '('])
    };
    let opening = lines.iter().take(8).filter(held).find_map(dated);
    opening.or_else(|| lines.iter().rev().find(printed).and_then(dated))
}

/// What the page's `<meta>` elements say.
fn stated(markup: &Markup, meta: &mut Meta) {
    let value = |names: &[&str]| {
        let found = markup
            .metas
            .iter()
            .find(|(name, value)| names.contains(&name.as_str()) && !value.trim().is_empty());
        found.map(|(_, value)| value.trim().to_owned())
    };
    meta.title = meta.title.take().or_else(|| value(&["articletitle", "og:title"]));
    meta.source = meta.source.take().or_else(|| value(&["contentsource"]));
    let published = || value(&["pubdate", "publishdate", "article:published_time"]);
    meta.date =
        meta.date.take().or_else(|| published().and_then(|text| date::find(&text)).map(|(date, _)| date));
    meta.url = meta.url.take().or_else(|| value(&["og:url", "url"]).filter(|url| url.starts_with("http")));
}

/// Whose value a label announces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Label {
    Source,
    Date,
    Title,
    Other,
}

fn bylines(lines: &[Line], zones: Zones, verdicts: &mut [Option<&'static str>], meta: &mut Meta) {
    // A label whose value stands on the next line.
    let mut open: Option<Label> = None;
    for (at, line) in lines.iter().enumerate().filter(|(at, _)| zones.edge(*at)) {
        let text = line.text.trim_matches(['（', '）', '(', ')', '[', ']', ' ', '|']);
        let fields = if line.text.contains('。') || line.cells.len() > 120 { None } else { fields(text) };
        let mut drop = true;
        if let Some((paper, found)) = page_of_paper(text) {
            take(Label::Source, &paper, meta, at >= zones.tail);
            take(Label::Date, &found, meta, at >= zones.tail);
            open = None;
        } else if let Some(fields) = fields {
            open = fields.last().filter(|(_, value)| value.is_empty()).map(|(label, _)| *label);
            for (label, value) in fields {
                take(label, &value, meta, at >= zones.tail);
            }
        } else if let Some((found, place)) = date::find(text).filter(|(_, place)| is_date_line(text, place)) {
            let _ = place;
            take(Label::Date, &found, meta, at >= zones.tail);
            open = None;
        } else {
            drop = open.is_some_and(|label| is_value(label, line));
            if let (Some(label), true) = (open.take(), drop) {
                take(label, text, meta, at >= zones.tail);
            }
        }
        if drop && let Some(verdict) = verdicts.get_mut(at) {
            verdict.get_or_insert("furniture");
        }
    }
}

/// The paper and the date of a line that heads its page: 某某日报数字报 第A3版：综合新闻 2010年11月25日 ….
fn page_of_paper(text: &str) -> Option<(String, String)> {
    let (paper, rest) = text.split_once([' ', '　'])?;
    let page = rest.trim_start();
    let (date, place) = date::find(rest)?;
    let paper =
        ["数字报", "电子版", "多媒体数字版"].iter().fold(paper, |p, w| p.strip_suffix(w).unwrap_or(p));
    let named = paper.ends_with(['报', '网']) && (3..=12).contains(&paper.chars().count());
    let headed = page.starts_with('第') && rest.get(..place.start)?.contains('版')
        || rest.get(..place.start)?.trim().is_empty() && rest.contains("编辑");
    (named && headed && text.chars().count() <= 80 && !text.contains('。')).then(|| (paper.to_owned(), date))
}

/// A title without the byline that stands in its line: 某区人才政策 发布日期：2020-04-30.
pub(super) fn unlabelled(title: String) -> String {
    const LABELS: &[&str] =
        &["发布日期", "发布时间", "发布人", "上传人", "上传时间", "来源：", "作者：", "时间："];
    let end = LABELS.iter().filter_map(|label| title.find(&format!(" {label}"))).min();
    match end.and_then(|end| title.get(..end)) {
        Some(head) if head.chars().count() >= 4 => head.trim_end().to_owned(),
        _ => title,
    }
}

/// Whether a line can be the value of the label on the line before.
fn is_value(label: Label, line: &Line) -> bool {
    let name = line.cells.len() <= 20 && !line.text.ends_with(['：', ':', '】', '。', '！']);
    match label {
        Label::Source | Label::Title => name,
        Label::Other => name && line.cells.len() <= 4,
        Label::Date => false,
    }
}

/// The date of a line that only says when and where a text was printed: `2019-08-08 来源：某某日报`,
/// `1993年7月2日某某日报 第2版`. Such lines also stand between the items of a page.
pub fn dateline(text: &str) -> Option<String> {
    let text = text.trim_matches([' ', '|']);
    if text.contains(['。', '，']) || text.chars().count() > 80 {
        return None;
    }
    let labelled = |(label, value): (Label, String)| {
        (label == Label::Date).then(|| date::find(&value).map(|(date, _)| date)).flatten()
    };
    let of_paper = |(_, place): &(String, std::ops::Range<usize>)| {
        let rest = text.get(place.end..).unwrap_or("").trim_start();
        place.start == 0 && (rest.contains('报') && rest.contains('版') || is_date_line(text, place))
    };
    fields(text)
        .and_then(|fields| fields.into_iter().find_map(labelled))
        .or_else(|| date::find(text).filter(of_paper).map(|(date, _)| date))
}

/// A value goes where none is yet; at the end of a page the date alone counts.
fn take(label: Label, value: &str, meta: &mut Meta, tail: bool) {
    let value =
        value.trim_matches(|c: char| c.is_whitespace() || matches!(c, '【' | '】' | '|' | '/' | '　'));
    if value.is_empty() {
        return;
    }
    match label {
        Label::Source => {
            // 来源：云海日报 2014-07-16.
            let dated = date::find(value).filter(|(_, place)| place.start > 0);
            let name =
                dated.as_ref().and_then(|(_, place)| value.get(..place.start)).unwrap_or(value).trim_end();
            meta.source.get_or_insert_with(|| name.to_owned());
            if let Some((date, _)) = dated {
                meta.date.get_or_insert(date);
            }
        }
        Label::Title if !tail => _ = meta.title.get_or_insert_with(|| value.to_owned()),
        Label::Date => {
            if let Some((date, _)) = date::find(value) {
                meta.date.get_or_insert(date);
            }
        }
        _ => {}
    }
}

/// A date with at most a time of day around it.
fn is_date_line(text: &str, date: &std::ops::Range<usize>) -> bool {
    /// What a paper's page sets beside its date.
    const BESIDE: &[&str] =
        &["星期", "放大", "缩小", "默认", "上一版", "下一版", "返回首页", "字号", "大 中 小"];
    let rest = [text.get(..date.start), text.get(date.end..)];
    let rest =
        rest.map(|part| BESIDE.iter().fold(part.unwrap_or("").to_owned(), |part, w| part.replace(w, "")));
    let days = |c: char| "一二三四五六日天".contains(c);
    let rest =
        rest.map(|part| part.trim_matches(|c: char| c.is_whitespace()).trim_start_matches(days).to_owned());
    rest.iter().flat_map(|part| part.chars()).all(|c| {
        c.is_ascii_digit()
            || c.is_whitespace()
            || matches!(c, ':' | '：' | '时' | '分' | '秒' | '(' | ')' | '（' | '）' | '|' | 'T')
    })
}

/// The labelled values of a byline; `None` if the line is none.
fn fields(text: &str) -> Option<Vec<(Label, String)>> {
    let mut found: Vec<(Label, String)> = Vec::new();
    let mut rest = text;
    if let Some((date, place)) = date::find(text).filter(|(_, place)| place.start == 0) {
        let after = text.get(place.end..)?;
        let time = after.trim_start_matches(|c: char| {
            c.is_ascii_digit() || c.is_whitespace() || matches!(c, ':' | '时' | '分' | '秒' | '|')
        });
        label(time)?;
        found.push((Label::Date, date));
        rest = time;
    }
    let (mut current, value) = label(rest)?;
    rest = value;
    loop {
        let next = next_label(rest);
        let (value, after) = match next {
            Some(at) => rest.split_at_checked(at)?,
            None => (rest, ""),
        };
        found.push((current, value.trim().to_owned()));
        match label(after) {
            Some((label, value)) if next.is_some() => (current, rest) = (label, value),
            _ => return Some(found),
        }
    }
}

/// Where the next label begins: after a blank or a bracket, or directly after the first one.
fn next_label(text: &str) -> Option<usize> {
    let mut free = true;
    for (at, ch) in text.char_indices() {
        if free && text.get(at..).is_some_and(|rest| label(rest).is_some()) {
            return Some(at);
        }
        free = !ch.is_alphanumeric();
    }
    None
}

/// The label `text` begins with, and what follows its colon.
fn label(text: &str) -> Option<(Label, &str)> {
    let words = Words::get();
    let text = text.trim_start_matches(['【', '[', '(', '（', ' ', '|']);
    let lists = [
        (Label::Source, &words.source),
        (Label::Date, &words.date),
        (Label::Title, &words.title),
        (Label::Other, &words.label),
    ];
    let colon = |rest: &'_ str| -> Option<usize> {
        // 【日期】= 1992.02.08
        let closed = rest.strip_prefix(['】', ']']).map(str::trim_start);
        let trimmed = closed.unwrap_or(rest.trim_start());
        let mark =
            trimmed.chars().next().filter(|c| matches!(c, ':' | '：') || closed.is_some() && *c == '=')?;
        Some(rest.len() - trimmed.len() + mark.len_utf8())
    };
    lists.into_iter().flat_map(|(label, list)| list.iter().map(move |word| (label, word))).find_map(
        |(label, word)| {
            let rest = text.strip_prefix(*word)?;
            rest.get(colon(rest)?..).map(|value| (label, value))
        },
    )
}

/// Openings of a speech or letter.
const SALUTATIONS: &[&str] = &["同志们", "各位", "尊敬的", "女士们", "朋友们", "编者按", "本报讯", "本刊讯"];

fn title(
    lines: &[Line],
    zones: Zones,
    markup: &Markup,
    verdicts: &mut [Option<&'static str>],
    meta: &mut Meta,
) {
    let open = |verdicts: &[Option<&'static str>], at: usize| verdicts.get(at) == Some(&None);
    let candidates: Vec<usize> = (0..zones.head)
        .filter(|&at| open(verdicts, at))
        .filter(|&at| lines.get(at).is_none_or(|line| !line.text.contains(['>', '→', '»', '›'])))
        .take_while(|&at| {
            lines
                .get(at)
                .is_some_and(|line| !SALUTATIONS.iter().any(|opening| line.text.starts_with(opening)))
        })
        .filter(|&at| lines.get(at).is_some_and(reads_like_a_title))
        .collect();
    let text = |at: usize| lines.get(at).map_or("", |line| line.text.as_str());
    let stated = meta.title.clone().or_else(|| markup.title.clone());
    let matching = stated.as_deref().and_then(|stated| {
        candidates.iter().copied().find(|&at| stated.starts_with(text(at)) || text(at).contains(stated))
    });
    let headed = (0..lines.len().min(zones.head + 3)).find(|&at| {
        open(verdicts, at) && lines.get(at).is_some_and(|line| line.kind == Some(MarkKind::Heading(1)))
    });
    let repeated = candidates
        .iter()
        .copied()
        .find(|&at| open(verdicts, at + 1) && text(at) == text(at + 1) && at + 1 < lines.len());
    // The site's name, a breadcrumb, then the title above the byline.
    let below = candidates.iter().copied().rfind(|&at| {
        let dropped = |line: usize| verdicts.get(line).is_some_and(Option::is_some);
        candidates.first().is_some_and(|&first| at > first + 1 && (first + 1..at).all(dropped))
            && dropped(at + 1)
    });
    let chosen = matching.or(headed).or(repeated).or(below).or_else(|| best_of(&candidates, text));
    if stated.is_none()
        && let Some((from, to, whole)) = chosen.and_then(|at| notice(lines, zones, at))
    {
        meta.title = Some(whole);
        meta.title_lines.extend(from..to);
        return;
    }
    if let Some(at) = chosen {
        meta.title.get_or_insert_with(|| text(at).to_owned());
        if matching.is_some() || headed.is_some() {
            meta.title = Some(text(at).to_owned());
        }
        meta.title_lines.push(at);
        // What stands before a repeated title names the page's rubric.
        let before = if repeated == Some(at) { 0..at } else { 0..0 };
        for other in before.chain(at + 1..zones.head) {
            let again = text(other) == text(at)
                || (other < at && lines.get(other).is_some_and(|l| l.cells.len() <= 8));
            if let (true, Some(verdict)) = (again, verdicts.get_mut(other)) {
                verdict.get_or_insert("furniture");
            }
        }
        let next = text(at + 1);
        if open(verdicts, at + 1) && at + 1 < zones.head && next.starts_with(['—', '―', '-']) {
            meta.title_lines.push(at + 1);
        } else if open(verdicts, at + 1) && is_rest_of_title(text(at), next) {
            // 某县2023年国民经济和社会发展 ⏎ 统计公报
            meta.title = meta
                .title
                .take()
                .map(|title| if title == text(at) { format!("{title}{next}") } else { title });
            meta.title_lines.push(at + 1);
        }
    } else if meta.title.is_none() {
        meta.title = markup.title.as_deref().map(|title| without_site(title).to_owned());
    }
}

/// The candidate that most looks like a title; the first of those that look alike.
fn best_of<'a>(candidates: &[usize], text: impl Fn(usize) -> &'a str) -> Option<usize> {
    let best = candidates.iter().copied().filter(|&at| text(at).chars().count() >= 5);
    best.max_by_key(|&at| {
        let line = text(at);
        let core = line.trim_end_matches(|c: char| !super::fold::is_han(c)).trim_end_matches("全文");
        let core = core.trim_end_matches(|c: char| !super::fold::is_han(c));
        let kind = KINDS.iter().any(|kind| core.ends_with(kind));
        // 会员登录 新用户注册 退出: words set apart, of a menu.
        let menu = line.split([' ', '|']).filter(|word| !word.is_empty()).count() >= 3;
        // 某市人民政府, 某县人民政府门户网站: whose site it is.
        let site = SITES.iter().any(|end| line.ends_with(end)) && line.chars().count() <= 20;
        let labelled = Words::get().source.iter().any(|label| line.starts_with(label));
        let short = line.chars().count() < 8;
        let score = i32::from(kind && !short) - i32::from(menu || labelled || site) * 2;
        (score, std::cmp::Reverse(at))
    })
}

/// A title in lines that a body's name opens: 某县人民政府 ⏎ 关于印发…的 ⏎ 通 知.
fn notice(lines: &[Line], zones: Zones, chosen: usize) -> Option<(usize, usize, String)> {
    let tight = |at: usize| -> String {
        lines.get(at).map_or("", |line| line.text.as_str()).chars().filter(|c| *c != ' ').collect()
    };
    let about = (chosen..zones.head.min(chosen + 5)).find(|&at| tight(at).starts_with("关于"))?;
    let body = about.checked_sub(1).map(tight).filter(|name| {
        name.chars().count() <= 20
            && ["政府", "办公室", "办公厅", "委员会", "局", "厅", "部"].iter().any(|w| name.ends_with(w))
    });
    if about != chosen && body.is_none() {
        return None;
    }
    let from = about - usize::from(body.is_some());
    let mut whole = body.unwrap_or_default();
    for at in about..zones.head.min(about + 4) {
        let line = tight(at);
        if line.chars().count() > 40 || line.contains(['：', ':']) {
            return None;
        }
        whole.push_str(&line);
        if KINDS.iter().any(|kind| line.ends_with(kind)) {
            return (at > from).then_some((from, at + 1, whole));
        }
    }
    None
}

/// How the names of sites end.
const SITES: &[&str] = &["人民政府", "政府网", "门户网站", "官方网站", "信息网", "新闻网", "首页"];

/// What documents call themselves; the last word of their titles.
const KINDS: &[&str] = &[
    "公报", "报告", "通知", "方案", "意见", "规划", "计划", "办法", "措施", "纲要", "细则", "规定", "要点",
    "决定", "条例", "通报", "摘要", "政策", "讲话", "致辞", "解读", "实录", "简介", "概况", "总结", "汇报",
    "年报", "行动", "指南", "标准",
];

/// Whether a line ends the title that the line before began.
fn is_rest_of_title(first: &str, next: &str) -> bool {
    let names_kind = |line: &str| KINDS.iter().any(|kind| line.ends_with(kind));
    !names_kind(first)
        && names_kind(next)
        && next.chars().count() <= 24
        && numbering::of(next).is_none()
        && !next.contains(['，', '：', ':'])
}

fn reads_like_a_title(line: &Line) -> bool {
    let text = line.text.as_str();
    let han = text.chars().filter(|c| super::fold::is_han(*c)).count();
    // Several bodies that issue a notice together stand before it: 某局 某委 某厅关于印发…的通知.
    let notice = text.contains("关于") && text.ends_with("通知");
    let (most, widest) = if notice { (120, 150) } else { (70, 90) };
    (4..=most).contains(&han)
        && line.cells.len() <= widest
        && !["现将", "你们", "请认真", "请结合"].iter().any(|w| text.contains(w))
        && !text.ends_with(['。', '：', ':', '；', ';', '，', ','])
        && !text.starts_with(['—', '―', '-', '['])
        && !(text.starts_with(['（', '(']) && text.ends_with(['）', ')']) && !text.contains("政府"))
        && !text.contains(['。', '\t'])
        && !opens_with_date(text)
        && numbering::of(text).is_none()
        && bare(text).chars().any(super::fold::is_han)
}

/// `某市上半年经济运行情况_某市人民政府` → without the site's name.
fn without_site(title: &str) -> &str {
    let cut = title.find(['_', '|']).or_else(|| title.rfind(" - ")).or_else(|| title.rfind("--"));
    let head = cut.and_then(|at| title.get(..at)).map(str::trim).filter(|head| head.chars().count() >= 6);
    head.unwrap_or(title)
}
