//! A Word document (Office Open XML) → its text: a paragraph a line, a table's row a line with tabs.
//!
//! `<w:p><w:r><w:t>436</w:t></w:r><w:r><w:t>.29亿元</w:t></w:r></w:p>` → `436.29亿元`
//!
//! Deleted text and field codes are left out. Numbers that Word makes (of lists, of headings) are not text and
//! do not appear. Positions count in the text made here.

use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::Event;

/// The most bytes that the document's own part may unpack to.
const MOST: u64 = 1 << 28;

/// The document's text, or why there is none.
pub(super) fn text(bytes: &[u8]) -> Result<String, String> {
    let mut archive =
        zip::ZipArchive::new(Cursor::new(bytes)).map_err(|e| format!("no Word document: {e}"))?;
    let part = archive.by_name("word/document.xml").map_err(|e| format!("no Word document: {e}"))?;
    let mut xml = String::new();
    part.take(MOST).read_to_string(&mut xml).map_err(|e| format!("word/document.xml: {e}"))?;
    if xml.len() as u64 >= MOST {
        return Err(format!("word/document.xml: more than {} MiB", MOST >> 20));
    }
    let mut writer = Writer::default();
    let mut reader = Reader::from_str(&xml);
    loop {
        match reader.read_event() {
            Ok(Event::Eof) => return Ok(writer.text),
            Ok(event) => writer.event(&event),
            Err(error) => {
                return Err(format!("word/document.xml: {error} at byte {}", reader.error_position()));
            }
        }
    }
}

/// The text as far as it is read.
#[derive(Default)]
struct Writer {
    text: String,
    /// Inside `w:t`.
    running: bool,
    /// Tables around this place.
    tables: usize,
}

impl Writer {
    fn event(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(tag) => match tag.local_name().as_ref() {
                "t" => self.running = true,
                "tbl" => self.tables += 1,
                _ => {}
            },
            Event::Empty(tag) => match tag.local_name().as_ref() {
                "br" | "cr" if self.tables == 0 => self.text.push('\n'),
                "tab" | "br" | "cr" => self.text.push(' '),
                _ => {}
            },
            Event::End(tag) => match tag.local_name().as_ref() {
                "t" => self.running = false,
                "p" if self.tables == 0 => self.text.push('\n'),
                "tc" => self.text.push('\t'),
                "tr" => self.end_row(),
                "tbl" => self.tables = self.tables.saturating_sub(1),
                _ => {}
            },
            Event::Text(text) if self.running => self.text.push_str(text.as_ref()),
            Event::GeneralRef(name) if self.running => self.text.extend(reference(name.as_ref())),
            _ => {}
        }
    }

    fn end_row(&mut self) {
        if self.text.ends_with('\t') {
            self.text.pop();
        }
        self.text.push('\n');
    }
}

/// The character that `&amp;` or `&#21495;` stands for, by what is between `&` and `;`.
pub(super) fn reference(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => number(name),
    }
}

/// The character of `#21495` or `#x53F7`.
fn number(name: &str) -> Option<char> {
    let digits = name.strip_prefix('#')?;
    let code = match digits.strip_prefix(['x', 'X']) {
        Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16),
        None => digits.parse(),
    };
    char::from_u32(code.ok()?)
}
