//! A spreadsheet (Office Open XML) → its text: a row a line with tabs, each sheet under its name.
//!
//! `0.067` in a cell of the format `0.0%` → `6.7%`; `45047` in one of `yyyy-mm-dd` → `2023-05-01`
//!
//! Cells are shown as far as it matters for what they say: percentages, dates and words that a format adds
//! (`0.0"万吨"`). Hidden sheets and formulas are left out; of a formula its last result is read.

use std::collections::HashMap;
use std::fmt::Write;
use std::io::{Cursor, Read};

use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use rust_decimal::Decimal;

use super::docx::reference;

/// The most bytes that a part, and the text made of all of them, may have.
const MOST: usize = 1 << 28;
/// The most columns that are left free between two cells of a row: beyond, something else is meant.
const GAP: usize = 64;

type Archive<'a> = zip::ZipArchive<Cursor<&'a [u8]>>;

/// The workbook's text, or why there is none.
pub(super) fn text(bytes: &[u8]) -> Result<String, String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|e| format!("no spreadsheet: {e}"))?;
    let mut book = Book::default();
    read(&mut archive, "xl/workbook.xml", &mut |event| book.workbook(event))?;
    read(&mut archive, "xl/_rels/workbook.xml.rels", &mut |event| book.relation(event))?;
    let mut strings = Strings::default();
    if archive.index_for_name("xl/sharedStrings.xml").is_some() {
        read(&mut archive, "xl/sharedStrings.xml", &mut |event| strings.event(event))?;
    }
    let mut styles = Styles { early: book.early, ..Styles::default() };
    if archive.index_for_name("xl/styles.xml").is_some() {
        read(&mut archive, "xl/styles.xml", &mut |event| styles.event(event))?;
    }
    let mut text = String::new();
    let many = book.sheets.len() > 1;
    for (name, relation) in &book.sheets {
        let Some(part) = book.parts.get(relation) else { continue };
        let mut sheet = Sheet::new(&strings.list, &styles);
        read(&mut archive, part, &mut |event| sheet.event(event))?;
        if sheet.text.is_empty() {
            continue;
        }
        if many {
            _ = writeln!(text, "{}", flat(name));
        }
        text.push_str(&sheet.text);
        if text.len() > MOST {
            return Err(too_much("the workbook"));
        }
    }
    Ok(text)
}

fn too_much(what: &str) -> String {
    format!("{what}: more than {} MiB", MOST >> 20)
}

/// Hands on what a part of the file holds.
fn read(archive: &mut Archive<'_>, name: &str, each: &mut dyn FnMut(&Event<'_>)) -> Result<(), String> {
    let part = archive.by_name(name).map_err(|error| format!("no spreadsheet: {name}: {error}"))?;
    let mut xml = String::new();
    part.take(MOST as u64).read_to_string(&mut xml).map_err(|error| format!("{name}: {error}"))?;
    if xml.len() >= MOST {
        return Err(too_much(name));
    }
    let mut reader = Reader::from_str(&xml);
    loop {
        match reader.read_event() {
            Ok(Event::Eof) => return Ok(()),
            Ok(event) => each(&event),
            Err(error) => return Err(format!("{name}: {error} at byte {}", reader.error_position())),
        }
    }
}

/// An attribute by its name without prefix.
fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.attributes().flatten().find(|a| a.key.local_name().as_ref() == name)?;
    value(&found)
}

fn value(attribute: &Attribute<'_>) -> Option<String> {
    attribute.normalized_value(XmlVersion::Implicit1_0).ok().map(std::borrow::Cow::into_owned)
}

/// The sheets by name, and the parts that hold them.
#[derive(Default)]
struct Book {
    sheets: Vec<(String, String)>,
    parts: HashMap<String, String>,
    /// Whether days are counted from 1904.
    early: bool,
}

impl Book {
    fn workbook(&mut self, event: &Event<'_>) {
        if let Event::Start(tag) | Event::Empty(tag) = event {
            match tag.local_name().as_ref() {
                "sheet" if attribute(tag, "state").is_none_or(|state| state == "visible") => {
                    let relation = tag.attributes().flatten().find(|a| a.key.as_ref().ends_with(":id"));
                    let relation = relation.and_then(|a| value(&a));
                    let name = attribute(tag, "name").unwrap_or_default();
                    self.sheets.extend(relation.map(|relation| (name, relation)));
                }
                "workbookPr" => {
                    self.early = attribute(tag, "date1904").is_some_and(|v| v == "1" || v == "true");
                }
                _ => {}
            }
        }
    }

    fn relation(&mut self, event: &Event<'_>) {
        if let Event::Start(tag) | Event::Empty(tag) = event
            && let (Some(id), Some(target)) = (attribute(tag, "Id"), attribute(tag, "Target"))
        {
            let part = target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned);
            self.parts.insert(id, part);
        }
    }
}

/// Texts that cells point to.
#[derive(Default)]
struct Strings {
    list: Vec<String>,
    inside: bool,
    /// Inside a reading put over the characters.
    reading: bool,
}

impl Strings {
    fn event(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(tag) => match tag.local_name().as_ref() {
                "si" => self.list.push(String::new()),
                "t" => self.inside = !self.reading,
                "rPh" => self.reading = true,
                _ => {}
            },
            Event::Empty(tag) if tag.local_name().as_ref() == "si" => self.list.push(String::new()),
            Event::End(tag) => match tag.local_name().as_ref() {
                "t" => self.inside = false,
                "rPh" => self.reading = false,
                _ => {}
            },
            other if self.inside => {
                if let Some(last) = self.list.last_mut() {
                    push(last, other);
                }
            }
            _ => {}
        }
    }
}

/// Adds the characters of an event.
fn push(text: &mut String, event: &Event<'_>) {
    match event {
        Event::Text(own) => text.push_str(own.as_ref()),
        Event::CData(own) => text.push_str(own.as_ref()),
        Event::GeneralRef(name) => text.extend(reference(name.as_ref())),
        _ => {}
    }
}

/// How a number is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Format {
    percent: bool,
    date: bool,
    /// What stands before and behind the number.
    before: String,
    after: String,
}

impl Format {
    /// One of the formats that every program knows by number.
    fn known(id: u32) -> Self {
        Self {
            percent: matches!(id, 9 | 10),
            date: matches!(id, 14..=17 | 22 | 27..=31 | 36 | 50..=58),
            ..Self::default()
        }
    }

    /// `0.0%`, `#,##0.00"万元"`, `yyyy"年"m"月"`: the part for positive numbers.
    fn parse(code: &str) -> Self {
        let mut format = Self::default();
        let mut chars = code.chars();
        let (mut digits, mut letters) = (false, false);
        while let Some(c) = chars.next() {
            let mut literal = String::new();
            match c {
                ';' => break,
                '"' => literal.extend(chars.by_ref().take_while(|c| *c != '"')),
                '\\' => literal.extend(chars.next().filter(|c| !c.is_ascii())),
                // A colour, a condition, a currency's sign.
                '[' => _ = chars.by_ref().take_while(|c| *c != ']').count(),
                // A blank as wide as a character; a character repeated.
                '_' | '*' => _ = chars.next(),
                '%' => format.percent = true,
                '0' | '#' | '?' => digits = true,
                'y' | 'Y' | 'd' | 'D' | 'm' | 'M' | 'h' | 'H' | 's' | 'S' => letters = true,
                c if !c.is_ascii() => literal.push(c),
                _ => {}
            }
            if digits {
                format.after.push_str(&literal);
            } else {
                format.before.push_str(&literal);
            }
        }
        format.date = letters && !digits && !format.percent;
        format
    }

    /// A number as the format says.
    fn show(&self, number: &str, early: bool) -> String {
        let Some(value) = exact(number) else { return number.to_owned() };
        if self.date {
            return day(value, early).unwrap_or_else(|| value.to_string());
        }
        let (value, sign) = if self.percent { (value * Decimal::ONE_HUNDRED, "%") } else { (value, "") };
        format!("{}{}{sign}{}", self.before, value.normalize(), self.after)
    }
}

/// The number that a binary fraction stands for: its first fifteen digits, as spreadsheets show it.
fn exact(number: &str) -> Option<Decimal> {
    let value: f64 = number.trim().parse().ok()?;
    Decimal::from_scientific(&format!("{value:.14e}")).ok()
}

/// The day of a serial number; `None` for a time of day and for what is no day.
fn day(serial: Decimal, early: bool) -> Option<String> {
    let serial = i64::try_from(serial.trunc()).ok()? + if early { 1462 } else { 0 };
    // The day 60 is one that never was.
    let days = match serial {
        1..=59 => serial - 25568,
        61..2_958_466 => serial - 25569,
        _ => return None,
    };
    let (year, month, day) = civil(days);
    Some(format!("{year}-{month:02}-{day:02}"))
}

/// Year, month and day of the days since 1970-01-01, in the Gregorian calendar.
fn civil(days: i64) -> (i64, i64, i64) {
    // Counted from 0000-03-01, each era of 400 years has the same days.
    let days = days + 719_468;
    let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (year + era * 400 + i64::from(month <= 2), month, day)
}

/// The formats of cells by the number of their style.
#[derive(Default)]
struct Styles {
    own: HashMap<u32, Format>,
    cells: Vec<Format>,
    in_cells: bool,
    early: bool,
}

impl Styles {
    fn event(&mut self, event: &Event<'_>) {
        let number = |tag: &BytesStart<'_>| attribute(tag, "numFmtId").and_then(|id| id.parse().ok());
        match event {
            Event::Start(tag) | Event::Empty(tag) => match tag.local_name().as_ref() {
                "numFmt" => {
                    if let (Some(id), Some(code)) = (number(tag), attribute(tag, "formatCode")) {
                        self.own.insert(id, Format::parse(&code));
                    }
                }
                "cellXfs" => self.in_cells = true,
                "xf" if self.in_cells => {
                    let id = number(tag).unwrap_or_default();
                    self.cells.push(self.own.get(&id).cloned().unwrap_or_else(|| Format::known(id)));
                }
                _ => {}
            },
            Event::End(tag) if tag.local_name().as_ref() == "cellXfs" => self.in_cells = false,
            _ => {}
        }
    }
}

/// A sheet as far as it is read.
struct Sheet<'a> {
    strings: &'a [String],
    styles: &'a Styles,
    text: String,
    /// Columns of the row that are written.
    columns: usize,
    /// The cell's column, style and sort.
    cell: (usize, usize, String),
    value: String,
    inside: bool,
}

impl<'a> Sheet<'a> {
    fn new(strings: &'a [String], styles: &'a Styles) -> Self {
        let cell = (0, 0, String::new());
        Self { strings, styles, text: String::new(), columns: 0, cell, value: String::new(), inside: false }
    }

    fn event(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(tag) => match tag.local_name().as_ref() {
                "c" => {
                    let column = attribute(tag, "r").and_then(|place| column(&place));
                    let style = attribute(tag, "s").and_then(|style| style.parse().ok()).unwrap_or_default();
                    let sort = attribute(tag, "t").unwrap_or_default();
                    self.cell = (column.unwrap_or(self.columns), style, sort);
                    self.value.clear();
                }
                "v" | "t" => self.inside = true,
                _ => {}
            },
            Event::End(tag) => match tag.local_name().as_ref() {
                "v" | "t" => self.inside = false,
                "c" => self.put(),
                "row" => self.end_row(),
                _ => {}
            },
            other if self.inside => push(&mut self.value, other),
            _ => {}
        }
    }

    fn put(&mut self) {
        let (column, style, sort) = &self.cell;
        let value = self.value.trim();
        let shown = match sort.as_str() {
            "s" => value.parse().ok().and_then(|n: usize| self.strings.get(n)).cloned().unwrap_or_default(),
            "str" | "inlineStr" => value.to_owned(),
            "d" => value.chars().take(10).collect(),
            // What went wrong, and yes and no, is nothing to read.
            "e" | "b" => String::new(),
            _ => {
                let plain = Format::default();
                let format = self.styles.cells.get(*style).unwrap_or(&plain);
                if value.is_empty() { String::new() } else { format.show(value, self.styles.early) }
            }
        };
        // Few strings, pointed to again and again, make any amount of text.
        if shown.trim().is_empty() || self.text.len() > MOST {
            return;
        }
        let gap = column.saturating_sub(self.columns).min(GAP);
        for _ in 0..gap {
            self.text.push('\t');
        }
        self.text.push_str(&flat(shown.trim()));
        self.text.push('\t');
        self.columns = column + 1;
    }

    fn end_row(&mut self) {
        if self.columns > 0 {
            self.text.pop();
            self.text.push('\n');
            self.columns = 0;
        }
    }
}

/// The column of `BC12`, counted from 0.
fn column(place: &str) -> Option<usize> {
    let letters = place.bytes().take_while(u8::is_ascii_alphabetic).take(4);
    let number = letters.fold(0, |n, letter| n * 26 + usize::from(letter.to_ascii_uppercase() - b'A') + 1);
    number.checked_sub(1)
}

fn flat(cell: &str) -> String {
    cell.replace(['\t', '\n', '\r'], " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats() {
        let shown = |code: &str, number: &str| Format::parse(code).show(number, false);
        assert_eq!(shown("General", "58.600000000000001"), "58.6");
        assert_eq!(shown("0.0%", "6.7000000000000004E-2"), "6.7%");
        assert_eq!(shown("0.0\"万吨\"", "12.5"), "12.5万吨");
        assert_eq!(shown("#,##0.00_);[Red]\\(#,##0.00\\)", "-1200"), "-1200");
        assert_eq!(shown("\"约\"0户", "30"), "约30户");
        assert_eq!(shown("yyyy\"年\"m\"月\"d\"日\"", "45047"), "2023-05-01");
        assert_eq!(Format::known(10).show("1", false), "100%");
        assert_eq!(Format::known(14).show("59", false), "1900-02-28");
        assert_eq!(Format::known(14).show("43585", true), "2023-05-01");
        assert_eq!(shown("0", "no number"), "no number");
    }

    #[test]
    fn columns() {
        assert_eq!(
            (column("A1"), column("Z9"), column("AA1"), column("7")),
            (Some(0), Some(25), Some(26), None)
        );
    }
}
