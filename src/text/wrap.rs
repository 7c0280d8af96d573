//! Lines that a file breaks at a fixed width are joined again.
//!
//! `……固定资产投资23` ⏎ `2亿元，其中……` → `……固定资产投资232亿元，其中……`

use super::clean::{Cell, WRAP};
use super::markup::Mark;
use super::numbering;

/// Narrowest line that may be broken at a width, in columns: a Chinese character takes two.
const NARROWEST: usize = 40;
/// How much narrower than the widest a full line may be: words and numbers are not cut everywhere.
const SLACK: usize = 7;
/// Columns by which a paragraph's first line is narrower where its indent is lost.
const INDENT: usize = 4;
/// Columns by which a line is narrower where a number and its unit, which are not cut, come next.
const NUMBER: usize = 5;
/// Fewest full lines that show that a file breaks them.
const FEWEST: usize = 3;

/// A line end that may stand inside a sentence.
struct Break {
    /// The line end's place.
    at: usize,
    /// Columns of the line before and of the line after.
    columns: (usize, usize),
    /// The line before opens a paragraph: the one above it ends there.
    first: bool,
    /// The line before holds a comma or a full stop, as running text does.
    running: bool,
    /// A clause goes on behind it, whatever the widths.
    torn: bool,
    /// The line after begins with a number.
    number: bool,
}

/// Takes out the line ends inside sentences, if the file's lines are as wide as each other.
pub(super) fn join(cells: &mut Vec<Cell>, marks: &[Mark]) {
    let breaks = breaks(cells, marks);
    let widest = width(&breaks);
    let mut gone = vec![false; cells.len()];
    for end in breaks.iter().filter(|b| b.torn || widest.is_some_and(|widest| fits(b, widest))) {
        let before = cells.get(..end.at).unwrap_or_default();
        let after = cells.get(end.at + 1..).unwrap_or_default();
        let from = before.iter().rposition(|c| !is_blank(c.ch)).map_or(0, |n| n + 1);
        let to = end.at + 1 + after.iter().position(|c| !is_blank(c.ch)).unwrap_or(0);
        let letter =
            |at: Option<usize>| at.and_then(|at| cells.get(at)).is_some_and(|c| c.ch.is_ascii_alphabetic());
        let words = letter(from.checked_sub(1)) && letter(Some(to));
        gone.get_mut(from..to).unwrap_or_default().fill(true);
        if words && let (Some(cell), Some(gone)) = (cells.get_mut(end.at), gone.get_mut(end.at)) {
            cell.ch = WRAP;
            *gone = false;
        }
    }
    let mut gone = gone.into_iter();
    cells.retain(|_| !gone.next().unwrap_or(false));
}

fn breaks(cells: &[Cell], marks: &[Mark]) -> Vec<Break> {
    let marked = |line: &[Cell]| {
        let start = line.first().map_or(0, |c| c.start);
        let first = marks.partition_point(|mark| mark.start <= start);
        marks.get(..first).unwrap_or_default().iter().rev().take(2).any(|mark| start < mark.end)
    };
    let mut found = Vec::new();
    let mut lines = cells.split(|c| c.ch == '\n').peekable();
    let mut at = 0;
    let mut first = true;
    while let Some(line) = lines.next() {
        at += line.len();
        let joins = found.len();
        if let Some(next) = lines.peek()
            && is_open(line)
            && goes_on(line, next)
            && !marked(line)
            && !marked(next)
        {
            let running = line.iter().any(|c| matches!(c.ch, '，' | ',' | '、' | '。' | '；' | ';'));
            let torn = is_torn(line, next);
            let number = next.iter().find(|c| !is_blank(c.ch)).is_some_and(|c| c.ch.is_ascii_digit());
            let columns = (columns(line), columns(next));
            found.push(Break { at, columns, first, running, torn, number });
        }
        first = found.len() == joins;
        at += 1;
    }
    found
}

/// The width at which most of the lines end, if there are enough of them.
fn width(breaks: &[Break]) -> Option<usize> {
    let mut candidates: Vec<usize> = breaks.iter().map(|b| b.columns.0).collect();
    candidates.sort_unstable();
    candidates.dedup();
    let full = |widest: usize| breaks.iter().filter(move |b| fits(b, widest));
    let widest = candidates.into_iter().max_by_key(|widest| full(*widest).count())?;
    let count = full(widest).count();
    (count >= FEWEST && full(widest).filter(|b| b.running).count() * 3 >= count * 2).then_some(widest)
}

fn fits(b: &Break, widest: usize) -> bool {
    let slack = SLACK + if b.first { INDENT } else { 0 } + if b.number { NUMBER } else { 0 };
    (widest.saturating_sub(slack)..=widest).contains(&b.columns.0) && b.columns.1 <= widest + 2
}

/// A line wide enough that ends in the middle of a sentence.
fn is_open(line: &[Cell]) -> bool {
    let ends = line.iter().rfind(|c| !is_blank(c.ch)).map(|c| c.ch);
    line.len() * 2 >= NARROWEST
        && columns(line) >= NARROWEST
        && ends.is_some_and(|c| !matches!(c, '。' | '！' | '？' | '!' | '?' | '：' | ':' | '|'))
}

/// `……。累计完成固定` ⏎ `资产投资18亿元，……。`: sentences, then a few characters without a mark at the end;
/// `增长4.4` ⏎ `%，`: a line that opens with what opens none.
fn is_torn(line: &[Cell], next: &[Cell]) -> bool {
    /// Most characters of the clause that is torn.
    const REST: usize = 10;
    let stop = |c: &Cell| matches!(c.ch, '。' | '；');
    let han = |c: Option<&Cell>| c.is_some_and(|c| ('\u{4e00}'..='\u{9fff}').contains(&c.ch));
    let shown = |c: &&Cell| !is_blank(c.ch);
    let digit = line.iter().rfind(shown).is_some_and(|c| c.ch.is_ascii_digit());
    if digit && next.iter().find(shown).is_some_and(|c| matches!(c.ch, '%' | '％' | '，' | '。' | '；')) {
        return true;
    }
    let rest = line.iter().rev().take_while(|c| han(Some(c))).count();
    let told = line.get(..line.len() - rest).and_then(<[Cell]>::last).is_some_and(stop);
    (2..=REST).contains(&rest) && told && han(next.first()) && next.iter().any(stop)
}

/// Whether the next line is no new paragraph: neither indented nor numbered.
fn goes_on(line: &[Cell], next: &[Cell]) -> bool {
    let indent = |line: &[Cell]| line.iter().take_while(|c| is_blank(c.ch)).count();
    let opening: String = next.iter().skip(indent(next)).take(12).map(|c| c.ch).collect();
    // A notice's number stands below its title.
    let number = opening.contains(['〔', '［'])
        && next.iter().rev().find(|c| !is_blank(c.ch)).is_some_and(|c| c.ch == '号');
    !opening.is_empty()
        && !number
        && indent(next) <= indent(line)
        && !opening.starts_with(['【', '—', '•', '●', '■', '★'])
        && (numbering::of(&opening).is_none() || is_broken_decimal(&opening))
}

/// `24. 3 亿元` that a line begins with, where the file sets a blank after the point.
fn is_broken_decimal(opening: &str) -> bool {
    let decimals = opening.trim_start_matches(|c: char| c.is_ascii_digit()).strip_prefix(". ");
    let unit = decimals.map(|rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()));
    unit.is_some_and(|rest| {
        decimals.is_some_and(|whole| whole.len() > rest.len())
            && rest.trim_start_matches(' ').starts_with(['%', '亿', '万', '元'])
    })
}

/// The width of a line without its blanks: converted files add them around digits.
fn columns(line: &[Cell]) -> usize {
    line.iter().filter(|c| !is_blank(c.ch)).map(|c| if c.ch.is_ascii() { 1 } else { 2 }).sum()
}

fn is_blank(ch: char) -> bool {
    matches!(ch, ' ' | '\t' | WRAP)
}
