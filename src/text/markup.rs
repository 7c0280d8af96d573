//! Markup out of the text: block tags end a line, inline tags vanish, table rows become lines of
//! tab-separated cells; a `<` that opens no tag stays.
//!
//! `<p>投资<span>255.2</span>亿元</p><tr><td>甲</td><td>3</td></tr>` → `投资255.2亿元` ⏎ `甲⇥3`

use std::collections::HashSet;

use super::clean::{BREAK, CELL, Cell, Drops, WRAP};
use super::furniture::Words;
use super::tag::{Tag, tag};

/// What a raw range is marked as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MarkKind {
    /// `<h1>` … `<h6>`.
    Heading(u8),
    /// A table's row.
    Row,
}

/// A marked raw range; the lines that begin inside it are of its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) kind: MarkKind,
}

/// What the markup says besides the text.
#[derive(Clone, Debug, Default)]
pub(super) struct Markup {
    /// In order of their starts.
    pub(super) marks: Vec<Mark>,
    /// `<title>`, entities decoded.
    pub(super) title: Option<String>,
    /// `<meta name=… content=…>`, names in lower case.
    pub(super) metas: Vec<(String, String)>,
    /// `<link rel="canonical" href=…>`.
    pub(super) url: Option<String>,
}

/// Elements that stand on lines of their own.
const BLOCK: &[&str] = &[
    "p",
    "div",
    "br",
    "li",
    "ul",
    "ol",
    "dl",
    "dt",
    "dd",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "tr",
    "table",
    "thead",
    "tbody",
    "tfoot",
    "caption",
    "section",
    "article",
    "header",
    "footer",
    "main",
    "aside",
    "nav",
    "blockquote",
    "pre",
    "hr",
    "form",
    "fieldset",
    "legend",
    "address",
    "center",
    "title",
    "body",
    "html",
    "head",
    "figure",
    "figcaption",
    "menu",
    "menuitem",
    "option",
    "td",
    "th",
];

/// Block elements whose line breaks inside are those of the markup, not of the file.
const LEAF: &[&str] = &["p", "li", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "dd", "dt", "div"];

/// Block elements that break a line even when they are empty; of the others an empty one is junk.
const BREAKS_EMPTY: &[&str] = &["p", "div", "li", "br", "hr", "tr", "td", "th"];

/// Elements whose contents are no text, and why.
const CONTENTS: &[(&str, &str)] = &[
    ("script", "script"),
    ("style", "script"),
    ("noscript", "script"),
    ("template", "script"),
    ("svg", "script"),
    ("iframe", "script"),
    ("object", "script"),
    ("textarea", "script"),
    ("select", "furniture"),
    ("nav", "furniture"),
    ("footer", "furniture"),
    ("title", "tag"),
];

/// A row is data if none of its cells is longer than this; else the table lays out a page.
const LONGEST_CELL: usize = 400;
/// … or has more lines of text than this.
const MOST_LINES: usize = 4;
/// How far the end of a hidden element is looked for, markup included.
const LONGEST_HIDDEN: usize = 2000;
/// How far the end of a menu is looked for.
const LONGEST_MENU: usize = 20_000;

/// Takes the tags out of `cells`.
pub(super) fn strip(cells: &mut Vec<Cell>, drops: &mut Drops) -> Markup {
    if !cells.iter().any(|cell| cell.ch == '<') {
        return Markup::default();
    }
    let closed = closed_names(cells);
    let mut stripper = Stripper {
        cells,
        to: 0,
        drops,
        leaf: None,
        row: None,
        heading: None,
        unclosed: HashSet::new(),
        found: Markup::default(),
    };
    let mut from = 0;
    while let Some(&cell) = stripper.cells.get(from) {
        if cell.ch == '<'
            && let Some(next) = stripper.skip(from).or_else(|| stripper.element(from, &closed))
        {
            from = next;
            continue;
        }
        stripper.put(cell);
        from += 1;
    }
    stripper.end_row(None);
    let Stripper { to, mut found, .. } = stripper;
    cells.truncate(to);
    found.marks.sort_by_key(|mark| mark.start);
    found
}

/// Names of all closing tags: an unknown name is a tag if it is closed somewhere.
fn closed_names(cells: &[Cell]) -> HashSet<String> {
    let closers =
        cells.windows(2).enumerate().filter(|(_, pair)| matches!(pair, [a, b] if a.ch == '<' && b.ch == '/'));
    closers.filter_map(|(at, _)| tag(cells, at)).map(|tag| tag.name).collect()
}

/// A table row being read.
struct Row {
    /// Index of its first cell character.
    to: usize,
    raw: u32,
    columns: usize,
}

struct Stripper<'a> {
    cells: &'a mut Vec<Cell>,
    /// Everything before this index is finished.
    to: usize,
    drops: &'a mut Drops,
    /// The open leaf element and where its text begins.
    leaf: Option<(String, usize)>,
    row: Option<Row>,
    /// Level and raw start of the open `<h1>` … `<h6>`.
    heading: Option<(u8, u32)>,
    /// Names that have no closing tag from here on.
    unclosed: HashSet<String>,
    found: Markup,
}

impl Stripper<'_> {
    fn put(&mut self, cell: Cell) {
        if let Some(place) = self.cells.get_mut(self.to) {
            *place = cell;
            self.to += 1;
        }
    }

    fn raw(&self, at: usize) -> u32 {
        self.cells.get(at).map_or_else(|| self.cells.last().map_or(0, |c| c.end), |c| c.start)
    }

    /// One past the raw end of the character before `at`.
    fn raw_end(&self, at: usize) -> u32 {
        at.checked_sub(1).and_then(|before| self.cells.get(before)).map_or(0, |c| c.end)
    }

    fn drop(&mut self, from: usize, to: usize, reason: &'static str) {
        self.drops.push(self.raw(from), self.raw_end(to), reason);
    }

    fn starts_with(&self, at: usize, text: &str) -> bool {
        text.chars().zip(at..).all(|(c, n)| self.cells.get(n).is_some_and(|cell| cell.ch == c))
    }

    fn find(&mut self, from: usize, text: &'static str) -> Option<usize> {
        if self.unclosed.contains(text) {
            return None;
        }
        let first = text.chars().next()?;
        let found = (from..self.cells.len())
            .find(|&at| self.cells.get(at).is_some_and(|c| c.ch == first) && self.starts_with(at, text));
        if found.is_none() {
            self.unclosed.insert(text.to_owned());
        }
        found
    }

    /// Comments, processing instructions, declarations.
    fn skip(&mut self, at: usize) -> Option<usize> {
        let next = if self.starts_with(at, "<!--") {
            self.find(at + 4, "-->").map(|end| end + 3)
        } else if self.starts_with(at, "<![CDATA[") {
            Some(at + 9)
        } else {
            None
        };
        let next = next.or_else(|| {
            let declaration = self.cells.get(at + 1).is_some_and(|c| matches!(c.ch, '!' | '?'));
            let end = (at..(at + 600).min(self.cells.len()))
                .find(|&n| self.cells.get(n).is_some_and(|c| c.ch == '>'));
            if declaration { end.map(|end| end + 1) } else { None }
        })?;
        self.drop(at, next, "tag");
        Some(next)
    }

    /// The tag at `at` with what belongs to it; `None` if the `<` opens none.
    fn element(&mut self, at: usize, closed: &HashSet<String>) -> Option<usize> {
        let tag = tag(self.cells, at)?;
        let block = BLOCK.contains(&tag.name.as_str());
        if !block && !tag.is_known() && !tag.is_odd_but_sure() && !closed.contains(&tag.name) {
            return None;
        }
        let (start, end) = (self.raw(at), self.raw_end(tag.end));
        if let Some(next) = self.contents(at, &tag) {
            if block {
                self.put(Cell { ch: BREAK, start, end });
            }
            return Some(next);
        }
        self.note(&tag);
        self.drops.push(start, end, "tag");
        if !block {
            return Some(tag.end);
        }
        if let Some(next) = self.empty(&tag) {
            self.drop(tag.end, next, "tag");
            return Some(next);
        }
        self.block(&tag, start, end);
        Some(tag.end)
    }

    /// The end of an element whose contents go with it.
    fn contents(&mut self, at: usize, tag: &Tag) -> Option<usize> {
        if tag.closing || tag.self_closing {
            return None;
        }
        let gloss = matches!(tag.name.as_str(), "rt" | "rp");
        let listed = CONTENTS.iter().find(|(name, _)| *name == tag.name);
        let menu = BLOCK.contains(&tag.name.as_str())
            && tag.classes().any(|class| Words::get().class.contains(class.to_lowercase().as_str()));
        if !gloss && !tag.is_hidden() && listed.is_none() && !menu {
            return None;
        }
        let reach = match (listed, menu) {
            (Some(_), _) => usize::MAX,
            (None, true) => LONGEST_MENU,
            (None, false) => LONGEST_HIDDEN,
        };
        let (inner, end) = self.close(tag, reach)?;
        let text: String = self.cells.get(tag.end..inner)?.iter().map(|c| c.ch).collect();
        let reason = match listed {
            Some(&(_, reason)) => reason,
            None if gloss && text.chars().count() <= 40 && !text.contains(['<', '。']) => "pinyin",
            // What holds a sentence, a headline or a table is no menu, whatever it is called.
            None if menu && !["。", "<h1", "<table"].iter().any(|part| text.contains(part)) => "furniture",
            None if tag.is_hidden() && text.chars().count() <= LONGEST_CELL => "hidden",
            None => return None,
        };
        if tag.name == "title" && self.found.title.is_none() {
            self.found.title =
                Some(text.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|t| !t.is_empty());
        }
        self.drop(at, end, reason);
        Some(end)
    }

    /// Where the closing tag of `tag` begins and ends, nested elements of the same name skipped.
    fn close(&mut self, open: &Tag, reach: usize) -> Option<(usize, usize)> {
        if self.unclosed.contains(&open.name) {
            return None;
        }
        let mut depth = 0;
        let last = self.cells.len().min(open.end.saturating_add(reach));
        for at in open.end..last {
            if self.cells.get(at).is_none_or(|c| c.ch != '<') {
                continue;
            }
            let Some(inner) = tag(self.cells, at).filter(|t| t.name == open.name) else { continue };
            if !inner.closing {
                depth += 1;
            } else if depth == 0 {
                return Some((at, inner.end));
            } else {
                depth -= 1;
            }
        }
        if last == self.cells.len() {
            self.unclosed.insert(open.name.clone());
        }
        None
    }

    /// The end of an element that holds nothing at all.
    fn empty(&self, open: &Tag) -> Option<usize> {
        if open.closing || BREAKS_EMPTY.contains(&open.name.as_str()) {
            return None;
        }
        let next = tag(self.cells, open.end)?;
        (next.closing && next.name == open.name).then_some(next.end)
    }

    /// Title, date, source and address that a page states about itself.
    fn note(&mut self, tag: &Tag) {
        let value = |name: &str| tag.attribute(name).map(str::to_owned);
        match tag.name.as_str() {
            "meta" => {
                let name = value("name").or_else(|| value("property"));
                if let (Some(name), Some(content)) = (name, value("content")) {
                    self.found.metas.push((name.to_lowercase(), content));
                }
            }
            "link" if tag.attribute("rel") == Some("canonical") => self.found.url = value("href"),
            _ => {}
        }
    }

    fn block(&mut self, tag: &Tag, start: u32, end: u32) {
        let name = tag.name.as_str();
        match (name, tag.closing) {
            ("tr", _) | ("table", true) => self.end_row(Some(start)),
            ("td" | "th", false) => {
                self.leaf = None;
                if let Some(row) = &mut self.row {
                    row.columns += 1;
                    if row.columns > 1 {
                        self.put(Cell { ch: CELL, start, end });
                    }
                    self.leaf = Some((tag.name.clone(), self.to));
                    return;
                }
            }
            ("td" | "th", true) => {
                self.join_lines(name);
                if self.row.is_some() {
                    return;
                }
            }
            _ => {}
        }
        if tag.closing {
            self.join_lines(name);
        }
        self.leaf = (!tag.closing && LEAF.contains(&name)).then(|| (tag.name.clone(), self.to));
        self.put(Cell { ch: BREAK, start, end });
        if let (Some((_, to)), false) = (&mut self.leaf, tag.closing) {
            *to = self.to;
        }
        if name == "tr" && !tag.closing {
            self.row = Some(Row { to: self.to, raw: end, columns: 0 });
        }
        self.heading(tag, start, end);
    }

    fn heading(&mut self, tag: &Tag, start: u32, end: u32) {
        let level = tag.name.strip_prefix('h').and_then(|n| n.parse().ok()).filter(|n| (1..=6).contains(n));
        match (level, tag.closing, self.heading) {
            (Some(level), false, _) => self.heading = Some((level, end)),
            (Some(_), true, Some((level, from))) => {
                self.found.marks.push(Mark { start: from, end: start, kind: MarkKind::Heading(level) });
                self.heading = None;
            }
            _ => {}
        }
    }

    /// Inside a leaf element the file's line ends are blanks.
    fn join_lines(&mut self, name: &str) {
        if let Some((open, from)) = self.leaf.take()
            && open == name
        {
            for cell in self.cells.get_mut(from..self.to).into_iter().flatten() {
                if matches!(cell.ch, '\n' | '\r' | '\t') {
                    cell.ch = WRAP;
                }
            }
        }
    }

    /// Finishes the open row: a line of cells if it holds data, lines of text if it lays out a page.
    fn end_row(&mut self, raw_end: Option<u32>) {
        let Some(row) = self.row.take() else { return };
        let end = raw_end.unwrap_or_else(|| self.raw_end(self.to));
        let Some(cells) = self.cells.get_mut(row.to..self.to) else { return };
        let is_data = row.columns > 1
            && cells.split(|c| c.ch == CELL).all(|cell| {
                let lines = cell.split(|c| c.ch == BREAK);
                cell.len() <= LONGEST_CELL
                    && lines.filter(|line| line.iter().any(|c| !c.ch.is_whitespace())).count() <= MOST_LINES
            });
        for cell in cells {
            cell.ch = match cell.ch {
                BREAK | '\n' | '\r' | '\t' if is_data => WRAP,
                CELL if !is_data => BREAK,
                same => same,
            };
        }
        if is_data {
            self.found.marks.push(Mark { start: row.raw, end, kind: MarkKind::Row });
        }
    }
}
