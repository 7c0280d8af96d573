//! Lines → blocks (title, heading, paragraph, row) and the tree of sections.
//!
//! `（一）扩大投资` ⏎ `1.抓项目。全年开工20个。` → a heading of level 1 and a paragraph in section `1.抓项目`

use super::clean::Line;
use super::fold::is_han;
use super::markup::MarkKind;
use super::numbering::{self, Class};
use super::{Block, BlockKind, CleanSpan, Heading};

/// A kept line in the cleaned text.
pub(super) struct Placed<'a> {
    pub(super) line: &'a Line,
    pub(super) span: CleanSpan,
    /// Of the title, or of what continues it.
    pub(super) is_title: bool,
    /// Whether it stands before the body.
    pub(super) head: bool,
}

/// Longest heading that has no number.
const LONGEST_PLAIN: usize = 36;
/// Longest heading line that has one.
const LONGEST_NUMBERED: usize = 50;
/// Longest heading line that ends with a full stop.
const LONGEST_STOPPED: usize = 24;
/// Longest phrase that heads a running paragraph.
const LONGEST_PHRASE: usize = 32;

/// Blocks in order, and the sections they stand in.
pub(super) fn blocks(lines: &[Placed<'_>]) -> (Vec<Block>, Vec<Heading>) {
    let mut tree = Tree::default();
    let mut blocks = Vec::with_capacity(lines.len());
    for (at, placed) in lines.iter().enumerate() {
        let next = lines.get(at + 1);
        let kind = kind(placed, next);
        let mut section = tree.current();
        match kind {
            BlockKind::Heading => {
                let class = class(placed);
                tree.open(class, &placed.line.text, placed.span);
                section = tree.current();
            }
            BlockKind::Paragraph => {
                if let Some((class, phrase)) = leading_phrase(&placed.line.text) {
                    tree.open(class, phrase, sub(placed.span, 0, phrase.len()));
                    section = tree.current();
                }
                for (class, from, to) in inner_phrases(&placed.line.text) {
                    let title = placed.line.text.get(from..to).unwrap_or_default();
                    tree.open(class, title, sub(placed.span, from, to));
                }
            }
            BlockKind::Title | BlockKind::Row => {}
        }
        blocks.push(Block { span: placed.span, kind, section });
    }
    (blocks, tree.sections)
}

fn sub(line: CleanSpan, from: usize, to: usize) -> CleanSpan {
    CleanSpan::new(line.start + from, line.start + to)
}

/// The sections found so far, and the open ones.
#[derive(Default)]
struct Tree {
    sections: Vec<Heading>,
    open: Vec<(Class, usize)>,
}

impl Tree {
    fn current(&self) -> Option<usize> {
        self.open.last().map(|(_, section)| *section)
    }

    /// A heading closes the open ones from its own class down; a new class nests.
    fn open(&mut self, class: Class, title: &str, span: CleanSpan) {
        let depth = self.open.iter().position(|(open, _)| *open == class);
        let depth = depth.or_else(|| self.open.iter().position(|(open, _)| outranks(class, *open)));
        self.open.truncate(depth.unwrap_or(self.open.len()));
        let level = u8::try_from(self.open.len() + 1).unwrap_or(u8::MAX);
        self.open.push((class, self.sections.len()));
        self.sections.push(Heading { title: title.trim().to_owned(), level, span });
    }
}

/// Whether `class` stands above `open` by convention, whichever came first.
fn outranks(class: Class, open: Class) -> bool {
    let rank = |class| match class {
        Class::Part => Some(0),
        Class::Chapter => Some(1),
        Class::SectionOf => Some(2),
        Class::Han | Class::Article | Class::Nth => Some(3),
        Class::HanBracket => Some(4),
        Class::Arabic => Some(5),
        Class::ArabicBracket => Some(6),
        Class::Circled => Some(7),
        Class::Marked(_) | Class::Boxed | Class::Dotted | Class::Plain => None,
    };
    match (class, open) {
        (Class::Marked(new), Class::Marked(old)) => new <= old,
        (Class::Boxed, _) => true,
        _ => matches!((rank(class), rank(open)), (Some(new), Some(old)) if new < old),
    }
}

fn class(placed: &Placed<'_>) -> Class {
    match (numbering::of(&placed.line.text), placed.line.kind) {
        (Some((class, _)), _) => class,
        (None, Some(MarkKind::Heading(level))) => Class::Marked(level),
        _ => Class::Plain,
    }
}

fn kind(placed: &Placed<'_>, next: Option<&Placed<'_>>) -> BlockKind {
    let line = placed.line;
    if line.kind == Some(MarkKind::Row) {
        return BlockKind::Row;
    }
    if placed.is_title {
        return BlockKind::Title;
    }
    let text = line.text.as_str();
    let length = line.cells.len();
    let open_end = !text.ends_with(['；', ';', '，', ',', '：', ':', '、', '…']);
    let numbered = numbering::of(text);
    let is_heading = match numbered {
        Some((class, at)) => {
            let rest = text.get(at..).unwrap_or_default();
            let one = rest.trim_end_matches('。');
            let stopped = one.len() < rest.len();
            length <= LONGEST_NUMBERED
                && open_end
                && !one.contains(['。', '；', ';'])
                && one.contains(is_han)
                && (class != Class::Article || length <= 20)
                && !(stopped && (length > LONGEST_STOPPED || one.contains(['，', ','])))
        }
        None if matches!(line.kind, Some(MarkKind::Heading(_))) => length <= 80,
        None => !placed.head && open_end && is_plain_heading(text, length) && next.is_some_and(is_running),
    };
    if is_heading { BlockKind::Heading } else { BlockKind::Paragraph }
}

/// A short line without closing punctuation that is no signature, caption or aside.
fn is_plain_heading(text: &str, length: usize) -> bool {
    let han = text.chars().filter(|c| is_han(*c)).count();
    (4..=LONGEST_PLAIN).contains(&length)
        && han * 2 >= length
        && !text.ends_with(['。', '！', '!', '？', '?', '）', ')', '”'])
        && !text.starts_with(['（', '(', '[', '【', '—', '-', '注'])
        && !text.contains(['。', '：', ':', '\t'])
}

/// A line of running text.
fn is_running(placed: &Placed<'_>) -> bool {
    placed.line.text.contains(['。', '；'])
        || placed.line.cells.len() > LONGEST_NUMBERED
        || numbering::of(&placed.line.text).is_some()
}

/// The number at the head of a paragraph with the phrase it introduces: up to the first full stop if
/// that comes early, else the first clause.
fn leading_phrase(text: &str) -> Option<(Class, &str)> {
    let (class, at) = numbering::of(text)?;
    let rest = text.get(at..)?;
    let boxed = if class == Class::Boxed { phrase_end(rest, &['（', '(', '。']) } else { None };
    // A sentence that is the whole paragraph is no heading; its first clause names it.
    let goes_on = |end: &usize| rest.get(*end..).is_some_and(|after| after.chars().nth(1).is_some());
    let end = boxed
        .or_else(|| phrase_end(rest, &['。']).filter(goes_on))
        .or_else(|| phrase_end(rest, &['，', ',', '。', '；', ';', '：', ':', '（', '(']));
    let end = end.unwrap_or_else(|| rest.char_indices().nth(LONGEST_PHRASE).map_or(rest.len(), |(at, _)| at));
    text.get(..at + end).map(|phrase| (class, phrase))
}

/// Where a phrase of ordinary length ends before one of `marks`.
fn phrase_end(text: &str, marks: &[char]) -> Option<usize> {
    let end = text.char_indices().take(LONGEST_PHRASE).find(|(_, c)| marks.contains(c))?.0;
    (end > 0).then_some(end)
}

/// Headings inside a paragraph whose line breaks were lost: `……管网。（二）治理河湖。开展……`.
fn inner_phrases(text: &str) -> Vec<(Class, usize, usize)> {
    let mut found = Vec::new();
    // The end of a boxed heading, after which a bracketed number follows directly.
    let mut boxed = numbering::of(text)
        .filter(|(class, _)| *class == Class::Boxed)
        .and_then(|(_, length)| phrase_end(text.get(length..)?, &['（', '(', '。']).map(|end| length + end));
    let mut before = '\0';
    for (at, ch) in text.char_indices() {
        let starts = matches!(before, '。' | '！' | '？') || boxed == Some(at);
        before = ch;
        if !starts || !matches!(ch, '（' | '(' | '专') {
            continue;
        }
        let Some((class, length)) = text.get(at..).and_then(numbering::of) else { continue };
        let Some(phrase) = text.get(at + length..) else { continue };
        let end = match class {
            Class::HanBracket => phrase_end(phrase, &['。']),
            Class::Boxed => phrase_end(phrase, &['（', '(', '。']),
            _ => None,
        };
        if let Some(end) = end {
            let to = at + length + end;
            found.push((class, at, to));
            if class == Class::Boxed {
                boxed = Some(to);
            }
        }
    }
    found
}
