//! Page furniture: lines around the body that a scrape left there.
//!
//! `当前位置：首页 > 要闻` · `浏览次数:318` · `扫一扫` → dropped, for a reason

use std::collections::HashSet;
use std::sync::OnceLock;

use super::clean::Line;
use super::fold::is_han;
use super::markup::MarkKind;

/// The words of `data/lexicon/furniture.txt`, section by section.
#[derive(Debug, Default)]
pub(super) struct Words {
    pub(super) word: HashSet<&'static str>,
    pub(super) start: Vec<&'static str>,
    pub(super) has: Vec<&'static str>,
    pub(super) contact: Vec<&'static str>,
    pub(super) list: HashSet<&'static str>,
    pub(super) label: Vec<&'static str>,
    pub(super) source: Vec<&'static str>,
    pub(super) date: Vec<&'static str>,
    pub(super) title: Vec<&'static str>,
    pub(super) class: HashSet<&'static str>,
}

const LEXICON: &str = include_str!("../../data/lexicon/furniture.txt");

impl Words {
    pub(super) fn get() -> &'static Self {
        static WORDS: OnceLock<Words> = OnceLock::new();
        WORDS.get_or_init(|| Self::read(LEXICON))
    }

    fn read(text: &'static str) -> Self {
        let mut words = Self::default();
        let mut section = "";
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
            if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
                section = name;
                continue;
            }
            match section {
                "word" => _ = words.word.insert(line),
                "list" => _ = words.list.insert(line),
                "start" => words.start.push(line),
                "has" => words.has.push(line),
                "contact" => words.contact.push(line),
                "label" => words.label.push(line),
                "source" => words.source.push(line),
                "date" => words.date.push(line),
                "title" => words.title.push(line),
                "class" => _ = words.class.insert(line),
                _ => {}
            }
        }
        words
    }
}

/// Where the body begins and ends: lines before `head` and from `tail` on surround it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Zones {
    pub(super) head: usize,
    pub(super) tail: usize,
}

impl Zones {
    /// Most lines that are looked at before the body.
    const MOST: usize = 60;

    pub(super) fn of(lines: &[Line]) -> Self {
        let first = lines.iter().position(is_body);
        let last = lines.iter().rposition(is_body);
        match (first, last) {
            (Some(first), Some(last)) => Self { head: first.min(Self::MOST), tail: last + 1 },
            _ => Self { head: lines.len().min(5), tail: lines.len().saturating_sub(5).max(5) },
        }
    }

    pub(super) fn edge(self, at: usize) -> bool {
        at < self.head || at >= self.tail
    }
}

/// A line that only a body has: a table's row, or one with a full stop, or a long one.
fn is_body(line: &Line) -> bool {
    let cut_off = line.text.ends_with("...") || line.text.ends_with('…');
    line.kind == Some(MarkKind::Row)
        || (line.text.contains('。') && !cut_off && !is_contact(&line.text))
        || (line.cells.len() >= 80
            && !cut_off
            && !is_contact(&line.text)
            && line.text.contains(['，', ',', '；']))
}

/// For each line the reason to drop it.
pub(super) fn judge(lines: &[Line]) -> Vec<Option<&'static str>> {
    let zones = Zones::of(lines);
    let mut verdicts: Vec<_> =
        lines.iter().enumerate().map(|(at, line)| furniture(line, zones.edge(at), at < zones.head)).collect();
    breadcrumbs(lines, zones, &mut verdicts);
    headline_lists(lines, zones, &mut verdicts);
    cut_headlines(lines, zones, &mut verdicts);
    verdicts
}

fn furniture(line: &Line, edge: bool, head: bool) -> Option<&'static str> {
    let words = Words::get();
    if line.kind == Some(MarkKind::Row) {
        return None;
    }
    let text = bare(&line.text);
    let short = line.cells.len() <= 60;
    let spoken = text.contains('。');
    let drop = if text.is_empty() || is_marker(&line.text) {
        !line.text.contains('…') && !line.text.contains(is_han)
    } else if spoken {
        edge && is_contact(text)
    } else {
        let tight: String = text.chars().filter(|c| *c != ' ').collect();
        (short && words.start.iter().any(|start| tight.starts_with(start)) && !reads_on(&tight))
            || (line.cells.len() <= 120 && words.has.iter().any(|part| tight.contains(part)))
            || is_contact(text)
            || is_measure(&tight)
            || (edge && short && is_navigation(text, &words.word))
            || (head && short && (is_counter(text) || is_keywords(text)))
    };
    drop.then_some("furniture")
}

/// The line without bullets and marks around it.
pub(super) fn bare(text: &str) -> &str {
    text.trim_matches(|c: char| {
        !c.is_alphanumeric() && !matches!(c, '（' | '(' | '“' | '《' | '©' | '。' | '”' | '》' | '%')
    })
}

/// The marker of an empty list item: `•`, `3.`.
fn is_marker(text: &str) -> bool {
    text.strip_suffix(['.', '、', ')'])
        .is_some_and(|n| (1..=3).contains(&n.len()) && n.bytes().all(|b| b.is_ascii_digit()))
}

/// A line that goes on as running text does: 主办、承办 and such may open a sentence.
fn reads_on(text: &str) -> bool {
    text.contains('，') && text.ends_with(['，', '；', '、'])
}

/// Address, post code, telephone: at least two of them with a colon.
fn is_contact(text: &str) -> bool {
    let labelled = |label: &&&str| {
        text.match_indices(**label).any(|(at, found)| {
            text.get(at + found.len()..).is_some_and(|rest| rest.trim_start().starts_with([':', '：']))
        })
    };
    text.len() <= 600 && Words::get().contact.iter().filter(labelled).count() >= 2
}

/// 左侧宽880, 高120px: a measure of the page.
fn is_measure(text: &str) -> bool {
    let text = text.strip_suffix("px").unwrap_or(text);
    let name = text.trim_end_matches(|c: char| c.is_ascii_digit());
    name.len() < text.len() && name.chars().count() <= 6 && name.ends_with(['宽', '高'])
}

/// Nothing but navigation words and what separates them.
fn is_navigation(text: &str, words: &HashSet<&str>) -> bool {
    let separates = |c: char| !c.is_alphanumeric() && c != '_';
    let mut parts = text.split(separates).filter(|part| !part.is_empty()).peekable();
    parts.peek().is_some()
        && parts
            .all(|part| words.contains(part) || part.chars().all(|c| c.is_ascii_digit()) && part.len() <= 2)
}

/// A few characters and a bare number, as a counter or an id leaves them: 编号 1001.
fn is_counter(text: &str) -> bool {
    text.split_once(' ').is_some_and(|(name, number)| {
        name.chars().all(is_han)
            && name.chars().count() <= 4
            && number.len() >= 3
            && number.bytes().all(|b| b.is_ascii_digit())
    })
}

/// Search words: blank-separated words of which one repeats the beginning of another.
fn is_keywords(text: &str) -> bool {
    let words: Vec<&str> = text.split(' ').collect();
    (2..=12).contains(&words.len())
        && words.iter().all(|word| word.chars().all(char::is_alphanumeric))
        && words
            .iter()
            .enumerate()
            .any(|(n, word)| words.iter().skip(n + 1).any(|other| other.starts_with(word)))
}

/// `首页` `>` `要闻` on lines of their own, and what hangs on a breadcrumb.
fn breadcrumbs(lines: &[Line], zones: Zones, verdicts: &mut [Option<&'static str>]) {
    let mut after_mark = false;
    for (line, verdict) in lines.iter().zip(verdicts).take(zones.head) {
        let short = line.cells.len() <= 12;
        let mark = line.text.ends_with(['>', '›', '»', '→']);
        if verdict.is_none() && short && (after_mark || (mark && line.cells.len() > 1)) {
            *verdict = Some("furniture");
        }
        after_mark = mark && short;
    }
}

/// 相关阅读 and the headlines under it.
fn headline_lists(lines: &[Line], zones: Zones, verdicts: &mut [Option<&'static str>]) {
    let words = Words::get();
    // A list of headlines goes to the end of the page, or is followed by furniture alone.
    let body = verdicts.iter().rposition(Option::is_none).map_or(0, |last| last + 1);
    let mut at = 0;
    while at < lines.len() {
        let opens = lines.get(at).is_some_and(|line| words.list.contains(bare(&line.text)));
        if !opens {
            at += 1;
            continue;
        }
        let items =
            lines.get(at + 1..).unwrap_or_default().iter().take_while(|line| is_headline(line)).count();
        let end = at + 1 + items;
        let (reason, to) = match (end >= body, zones.edge(at)) {
            (true, _) => ("headline-list", end),
            (false, true) => ("furniture", at + 1),
            (false, false) => ("", at),
        };
        for verdict in verdicts.get_mut(at..to).into_iter().flatten() {
            *verdict = Some(reason);
        }
        at = end;
    }
}

/// A headline, perhaps with the beginning of its article, cut off.
fn is_headline(line: &Line) -> bool {
    let text = line.text.trim_end();
    text.ends_with("...")
        || text.ends_with('…')
        || (line.cells.len() <= 60 && !text.contains('。') && !text.ends_with(['；', '！', ';']))
}

/// Headlines cut to one width at the end of a page: two or more lines of nearly the same length,
/// none with an end.
fn cut_headlines(lines: &[Line], zones: Zones, verdicts: &mut [Option<&'static str>]) {
    const SLACK: usize = 4;
    let tail = zones.tail.min(lines.len());
    let open: Vec<usize> = (tail..lines.len()).filter(|&at| verdicts.get(at) == Some(&None)).collect();
    let lengths = || open.iter().filter_map(|&at| lines.get(at)).map(|line| line.cells.len());
    let ends =
        |line: &Line| line.text.ends_with(['，', '；', '：', ',', ';', ':', '！', '？', '）', ')', '日']);
    let (Some(least), Some(most)) = (lengths().min(), lengths().max()) else { return };
    let ended = open.iter().filter_map(|&at| lines.get(at)).any(ends);
    let runs = open.windows(2).all(|pair| matches!(pair, [a, b] if a + 1 == *b));
    if open.len() >= 2 && runs && !ended && least >= 16 && most <= 45 && most - least <= SLACK {
        for at in open {
            if let Some(verdict) = verdicts.get_mut(at) {
                *verdict = Some("headline-list");
            }
        }
    }
}
