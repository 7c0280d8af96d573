//! Comma-separated values after RFC 4180, safe to open in a spreadsheet.
//!
//! `=1+1` → `'=1+1`; `-5.2` stays, for it is a number

use std::borrow::Cow;
use std::io::{self, Write};

use super::flat::{self, CSV_HEADER};
use crate::model::Document;

/// Prints the names of the columns.
pub fn csv_header(out: &mut dyn Write) -> io::Result<()> {
    csv_line(out, CSV_HEADER.iter().copied(), true)
}

/// Prints the figures of a document, one a line. Unless `plain`, a cell that a spreadsheet would take for a
/// formula is prefixed with `'`.
pub fn csv(document: &Document, out: &mut dyn Write, plain: bool) -> io::Result<()> {
    for row in flat::rows(document) {
        let cells = row.cells();
        csv_line(out, cells.iter().map(String::as_str), plain)?;
    }
    Ok(())
}

/// Prints one record; unless `plain`, no cell is left that a spreadsheet would take for a formula.
pub fn csv_line<'a>(
    out: &mut dyn Write,
    cells: impl Iterator<Item = &'a str>,
    plain: bool,
) -> io::Result<()> {
    for (n, cell) in cells.enumerate() {
        if n > 0 {
            out.write_all(b",")?;
        }
        let cell = if plain { Cow::Borrowed(cell) } else { harmless(cell) };
        out.write_all(quoted(&cell).as_bytes())?;
    }
    out.write_all(b"\r\n")
}

/// A cell that begins as a formula does, marked as text.
fn harmless(cell: &str) -> Cow<'_, str> {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if formula && !is_number(cell) { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}

fn is_number(cell: &str) -> bool {
    let digits = cell.strip_prefix(['-', '+']).unwrap_or(cell);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    [whole, part].iter().all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
}

fn quoted(cell: &str) -> Cow<'_, str> {
    if cell.contains(['"', ',', '\n', '\r']) {
        Cow::Owned(format!("\"{}\"", cell.replace('"', "\"\"")))
    } else {
        Cow::Borrowed(cell)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(cells: &[&str], plain: bool) -> String {
        let mut out = Vec::new();
        csv_line(&mut out, cells.iter().copied(), plain).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn quoting() {
        assert_eq!(
            of(&["甲,乙", "他说\"好\"", "一\n二", "", "丁"], false),
            "\"甲,乙\",\"他说\"\"好\"\"\",\"一\n二\",,丁\r\n"
        );
    }

    #[test]
    fn formulas() {
        assert_eq!(
            of(&["=1+1", "+甲", "-2.5", "+3", "-甲", "@a", "\tb", "5"], false),
            "'=1+1,'+甲,-2.5,+3,'-甲,'@a,'\tb,5\r\n"
        );
        assert_eq!(of(&["=1+1", "-"], true), "=1+1,-\r\n");
        assert_eq!(of(&["-", "-1.", "--1"], false), "'-,'-1.,'--1\r\n");
    }
}
