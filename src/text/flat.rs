//! Tables whose cells a scrape left one a line are rows again.
//!
//! `行业` ⏎ `投资额(亿元)` ⏎ `增长(%)` ⏎ `采矿业` ⏎ `186.4` ⏎ `58.9` ⏎ … → `采矿业⇥186.4⇥58.9`

use super::clean::{Cell, Line};
use super::markup::MarkKind;

/// Widths of tables that are looked for: a label and at least two numbers a row.
const WIDTHS: std::ops::RangeInclusive<usize> = 3..=8;
/// Fewest rows under the heads.
const FEWEST: usize = 2;
/// Longest cell, in characters.
const LONGEST: usize = 18;

/// Joins the lines of such tables into rows, in place.
pub(super) fn join(cells: &mut [Cell], lines: &mut Vec<Line>) {
    let mut kept = Vec::with_capacity(lines.len());
    let mut at = 0;
    while at < lines.len() {
        let rest = lines.get(at..).unwrap_or_default();
        let Some((width, rows)) = table(rest) else {
            kept.extend(rest.first().cloned());
            at += 1;
            continue;
        };
        for row in rest.chunks(width).take(rows) {
            kept.extend(merge(cells, row));
        }
        at += width * rows;
    }
    *lines = kept;
}

/// How many cells a row has, and how many rows stand here, the heads among them.
fn table(lines: &[Line]) -> Option<(usize, usize)> {
    if !lines.first().is_some_and(is_label) {
        return None;
    }
    let is_row = |row: &[Line]| {
        row.first().is_some_and(is_label) && row.get(1..).unwrap_or_default().iter().all(is_number)
    };
    WIDTHS.into_iter().find_map(|width| {
        let heads = lines.get(..width)?.iter().all(is_label);
        let rows = lines.get(width..)?.chunks_exact(width).take_while(|row| is_row(row)).count();
        (heads && rows >= FEWEST).then_some((width, rows + 1))
    })
}

fn is_number(line: &Line) -> bool {
    let text = line.text.strip_suffix('%').unwrap_or(&line.text).trim_start_matches(['-', '—', '+']);
    line.kind.is_none()
        && line.text.len() <= LONGEST
        && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','))
        && (!text.is_empty() || !line.text.is_empty())
}

fn is_label(line: &Line) -> bool {
    line.kind.is_none()
        && line.cells.len() <= LONGEST
        && !is_number(line)
        && !line.text.contains(['。', '，', '；', '：', ':', ',', '|'])
}

/// The lines' cells in one row, moved together behind the first line's.
fn merge(cells: &mut [Cell], row: &[Line]) -> Option<Line> {
    let first = row.first()?;
    let mut to = first.cells.end;
    for line in row.get(1..)? {
        let tab = Cell { ch: '\t', start: line.before.0, end: line.before.1 };
        *cells.get_mut(to)? = tab;
        to += 1;
        cells.copy_within(line.cells.clone(), to);
        to += line.cells.len();
    }
    let text = cells.get(first.cells.start..to)?.iter().map(|c| c.ch).collect();
    Some(Line { cells: first.cells.start..to, text, before: first.before, kind: Some(MarkKind::Row) })
}
