//! The raw characters → lines of cleaned characters, each with its place.
//!
//! `<p>規(guī)上工業(yè)&nbsp;１２０</p>` → `规上工业 120`

use super::fold;
use super::markup::{self, Mark, MarkKind, Markup};
use super::{RawSpan, Removed, entity, flat, pinyin, wrap};

/// A character on its way from raw to clean, and the raw code points it stands for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Cell {
    pub(super) ch: char,
    pub(super) start: u32,
    pub(super) end: u32,
}

/// Ends a line: put in the place of a block tag.
pub(super) const BREAK: char = '\u{1e}';
/// Separates the cells of a table's row.
pub(super) const CELL: char = '\u{1f}';
/// A line end of the file that is only a blank, inside a block element.
pub(super) const WRAP: char = '\u{1d}';

/// What was left out so far.
#[derive(Debug, Default)]
pub(super) struct Drops(Vec<(u32, u32, &'static str)>);

impl Drops {
    pub(super) fn push(&mut self, start: u32, end: u32, reason: &'static str) {
        if let Some(last) = self.0.last_mut()
            && last.2 == reason
            && last.1 == start
        {
            last.1 = end;
        } else if start < end {
            self.0.push((start, end, reason));
        }
    }

    /// In order, disjoint; neighbours with the same reason are one.
    pub(super) fn finish(mut self) -> Vec<Removed> {
        self.0.sort_by_key(|&(start, end, _)| (start, std::cmp::Reverse(end)));
        let mut list: Vec<Removed> = Vec::new();
        for (start, end, reason) in self.0 {
            let (mut start, end) = (start as usize, end as usize);
            if let Some(last) = list.last_mut() {
                start = start.max(last.raw.end);
                if last.reason == reason && last.raw.end == start {
                    last.raw.end = last.raw.end.max(end);
                    continue;
                }
            }
            if start < end {
                list.push(Removed { raw: RawSpan { start, end }, reason });
            }
        }
        list
    }
}

/// One line of cleaned characters.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// Indices into [`Page::cells`].
    pub(super) cells: std::ops::Range<usize>,
    /// The line as text; the cells of a row are separated by tabs.
    pub(super) text: String,
    /// The raw range of what ended the line before.
    pub(super) before: (u32, u32),
    pub(super) kind: Option<MarkKind>,
}

/// A file cut into cleaned lines.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) cells: Vec<Cell>,
    pub(super) lines: Vec<Line>,
    pub(super) drops: Drops,
    pub(super) markup: Markup,
}

/// The raw characters with their places.
pub(super) fn cells_of(raw: &str) -> Vec<Cell> {
    let own = |ch| if matches!(ch, BREAK | CELL | WRAP) { '\0' } else { ch };
    (0u32..).zip(raw.chars()).map(|(at, ch)| Cell { ch: own(ch), start: at, end: at + 1 }).collect()
}

/// Cleans the raw text, without judging its lines.
pub(super) fn lines(raw: &str) -> Page {
    let mut cells = cells_of(raw);
    let mut drops = Drops::default();
    entity::decode(&mut cells);
    let markup = markup::strip(&mut cells, &mut drops);
    fold::fold(&mut cells, &mut drops);
    pinyin::strip(&mut cells, &mut drops);
    wrap::join(&mut cells, &markup.marks);
    let lines = split(&mut cells, &markup.marks);
    Page { cells, lines, drops, markup }
}

/// Cuts at line ends, folds blanks, leaves out empty lines.
fn split(cells: &mut [Cell], marks: &[Mark]) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut marks = marks.iter().peekable();
    let (mut from, mut before) = (0, (0, 0));
    let mut in_bars = false;
    while from < cells.len() {
        let rest = cells.get(from..).unwrap_or_default();
        let length = rest.iter().position(|c| c.ch == '\n').unwrap_or(rest.len());
        let end = from + length;
        let start = cells.get(from..end).into_iter().flatten().find(|c| !is_blank(c.ch)).map(|c| c.start);
        if let Some(start) = start {
            while marks.next_if(|mark| mark.end <= start).is_some() {}
            let kind = marks.peek().filter(|mark| mark.start <= start).map(|mark| mark.kind);
            let bars = is_bar_table(rest, length)
                || (in_bars && is_text_table(rest.get(..length).unwrap_or_default(), '|'));
            let kind = kind.or_else(|| (bars || is_pair_table(rest, length)).then_some(MarkKind::Row));
            let line = cells.get_mut(from..end).unwrap_or_default();
            let (kept, kind) = tidy(line, kind);
            in_bars = bars;
            if kept > 0 {
                let text = cells.get(from..from + kept).into_iter().flatten().map(|c| c.ch).collect();
                lines.push(Line { cells: from..from + kept, text, before, kind });
            }
        }
        if let Some(line_end) = cells.get(end) {
            before = (line_end.start, line_end.end);
        }
        from = end + 1;
    }
    tables_of_blanks(cells, &mut lines);
    flat::join(cells, &mut lines);
    lines
}

fn is_blank(ch: char) -> bool {
    matches!(ch, ' ' | '\t' | WRAP | CELL)
}

/// Folds blanks in place; how many characters are left, and the line's kind if it is special.
fn tidy(line: &mut [Cell], kind: Option<MarkKind>) -> (usize, Option<MarkKind>) {
    let kind = kind.or_else(|| is_text_table(line, '\t').then_some(MarkKind::Row));
    let is_row = kind == Some(MarkKind::Row);
    let bars =
        is_row && line.iter().any(|c| c.ch == '|') && !line.iter().any(|c| matches!(c.ch, '\t' | CELL));
    let mut to = 0;
    // The blank seen since the last visible character, and whether it is only a wrapped line's end.
    let mut blank: Option<(Cell, bool)> = None;
    for from in 0..line.len() {
        let Some(&cell) = line.get(from) else { break };
        match cell.ch {
            // The bar at the line's start separates nothing.
            '|' if bars && to == 0 => {}
            CELL | '\t' | '|' if is_row && (bars || cell.ch != '|') => {
                put(line, &mut to, Cell { ch: '\t', ..cell });
                blank = None;
            }
            ' ' | '\t' | CELL | WRAP => {
                let wrap = cell.ch == WRAP;
                let first = blank.map_or(Cell { ch: ' ', ..cell }, |(first, _)| first);
                blank = Some((first, wrap || blank.is_some_and(|(_, wrap)| wrap)));
            }
            ch => {
                let last = to.checked_sub(1).and_then(|n| line.get(n)).map(|c| c.ch);
                if let (Some((space, wrap)), Some(last)) = (blank, last)
                    && last != '\t'
                    && !(wrap && is_wide(last) && is_wide(ch))
                {
                    put(line, &mut to, space);
                }
                blank = None;
                put(line, &mut to, cell);
            }
        }
    }
    let text = line.get(..to).unwrap_or_default();
    let kept = text.iter().rposition(|c| c.ch != '\t').map_or(0, |n| n + 1);
    (kept, kind)
}

fn put(line: &mut [Cell], to: &mut usize, cell: Cell) {
    if let Some(place) = line.get_mut(*to) {
        *place = cell;
        *to += 1;
    }
}

/// Tabs or bars of the file separate a table's cells if there are several short ones.
fn is_text_table(line: &[Cell], mark: char) -> bool {
    let cells = line.split(|c| c.ch == mark).map(|cell| cell.iter().filter(|c| c.ch != ' ').count());
    let filled = cells.clone().filter(|&n| n > 0).count();
    filled >= 3 && cells.clone().max().is_some_and(|longest| longest <= 30)
}

/// Whether bars make rows of a line and the next; a single line of them is a page's navigation.
fn is_bar_table(rest: &[Cell], length: usize) -> bool {
    let line = rest.get(..length).unwrap_or_default();
    let next = rest.get(length + 1..).unwrap_or_default();
    let next = next.split(|c| c.ch == '\n').next().unwrap_or_default();
    let bars = |line: &[Cell]| line.iter().filter(|c| c.ch == '|').count();
    is_text_table(line, '|') && bars(line) == bars(next)
}

/// Whether a tab parts a line into a name and a number, or the line above such a one into two headings.
fn is_pair_table(rest: &[Cell], length: usize) -> bool {
    const LONGEST: usize = 30;
    let pair = |line: &[Cell]| -> Option<bool> {
        let text: String = line.iter().map(|c| c.ch).collect();
        let (name, value) = text.trim().split_once('\t')?;
        let short = |cell: &str| (1..=LONGEST).contains(&cell.trim().chars().count());
        let number = value.chars().all(|c| c.is_ascii_digit() || ".,%- ".contains(c));
        (short(name) && short(value) && !value.contains('\t')).then_some(number)
    };
    let next = rest.get(length + 1..).unwrap_or_default();
    let next = next.split(|c| c.ch == '\n').next().unwrap_or_default();
    pair(rest.get(..length).unwrap_or_default()).is_some_and(|number| number || pair(next) == Some(true))
}

/// Lines of as many words each, of which the later ones end with numbers, are a table whose cells
/// stand apart by blanks: `水泥 万吨 312 6.2`.
fn tables_of_blanks(cells: &mut [Cell], lines: &mut [Line]) {
    let counted = |line: &Line| {
        let words = line.text.split(' ');
        let short = words.clone().all(|w| (1..=16).contains(&w.chars().count()));
        let text = line.text.trim_start_matches("其中").trim_start_matches(['：', ':']);
        let plain = line.kind.is_none() && !text.contains(['。', '，', '；', '：', ':']);
        (short && plain).then(|| words.count()).filter(|&n| n >= 3)
    };
    let numeric = |line: &Line| {
        let number = |w: &str| {
            !w.is_empty() && w.trim_start_matches('-').chars().all(|c| c.is_ascii_digit() || c == '.')
        };
        let mut words = line.text.split(' ');
        words.next().is_some_and(|w| !number(w)) && words.next_back().is_some_and(number)
    };
    let mut at = 0;
    while at < lines.len() {
        let width = lines.get(at).and_then(counted);
        let run = lines.get(at..).unwrap_or_default();
        let rows =
            run.iter().skip(1).take_while(|l| width.is_some() && counted(l) == width && numeric(l)).count();
        let headed = run.first().is_some_and(|l| !numeric(l));
        if rows < 2 || !headed {
            at += 1;
            continue;
        }
        for line in lines.get_mut(at..=at + rows).into_iter().flatten() {
            line.kind = Some(MarkKind::Row);
            line.text = line.text.replace(' ', "\t");
            for cell in cells.get_mut(line.cells.clone()).into_iter().flatten().filter(|c| c.ch == ' ') {
                cell.ch = '\t';
            }
        }
        at += rows + 1;
    }
}

/// Chinese characters and punctuation, which are written without blanks between them.
fn is_wide(ch: char) -> bool {
    fold::is_han(ch)
        || matches!(ch, '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ffef}' | '“' | '”' | '‘' | '’' | '…' | '—')
}
