//! A PDF with text → its text: a paragraph a line, a table's row a line with tabs.
//!
//! Positions count in the text made here. The library that takes the file apart may fail in any way: it works
//! in a thread of its own, whose panic is a reason like others, and which is not waited for without end.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc;
use std::time::Duration;

use unpdf::{Block, Document, ParseOptions};

use super::quiet;

/// How long a file is worked on.
const PATIENCE: Duration = Duration::from_secs(120);
/// Bytes that the library may put on its stack.
const STACK: usize = 1 << 26;

/// The document's text, or why there is none.
pub(super) fn text(bytes: &[u8]) -> Result<String, String> {
    let bytes = bytes.to_vec();
    let (tell, hear) = mpsc::channel();
    let work = move || {
        quiet::here();
        let text = catch_unwind(AssertUnwindSafe(|| read(&bytes)));
        // Who does not wait any more does not hear it.
        let _ = tell
            .send(text.unwrap_or_else(|_| Err("the PDF is damaged in a way nobody thought of".to_owned())));
    };
    let thread = std::thread::Builder::new().stack_size(STACK).spawn(work);
    thread.map_err(|error| error.to_string())?;
    hear.recv_timeout(PATIENCE).unwrap_or_else(|_| Err(format!("not read in {} seconds", PATIENCE.as_secs())))
}

fn read(bytes: &[u8]) -> Result<String, String> {
    let options = ParseOptions::new().lenient().with_resources(false).sequential();
    let document = unpdf::parse_bytes_with_options(bytes, options)
        .map_err(|error| format!("no readable PDF: {error}"))?;
    let text = lines(&document);
    if !text.trim().is_empty() {
        return Ok(text);
    }
    Err(match &document.extraction_quality {
        quality if quality.encrypted => "the PDF is encrypted".to_owned(),
        quality if quality.is_scan_pdf || document.pages.iter().any(|page| page.image_op_count > 0) => {
            "a scanned PDF: it holds pictures of pages, but no text".to_owned()
        }
        _ => "the PDF holds no text".to_owned(),
    })
}

fn lines(document: &Document) -> String {
    let mut text = String::new();
    for page in &document.pages {
        for (n, block) in page.elements.iter().enumerate() {
            let mut own = String::new();
            match block {
                Block::Table(table) => {
                    for row in &table.rows {
                        let cells: Vec<String> =
                            row.cells.iter().map(|cell| flat(&cell.plain_text())).collect();
                        own.push_str(&cells.join("\t"));
                        own.push('\n');
                    }
                }
                other => other.append_plain_text(&mut own),
            }
            let own = own.trim_end_matches('\n');
            if own.trim().is_empty() {
                continue;
            }
            if n == 0 && matches!(block, Block::Paragraph(_)) && goes_on(&text) {
                text.pop();
            }
            text.push_str(own);
            text.push('\n');
        }
    }
    text
}

/// Whether the last paragraph of a page has no end: it is a long line that stops in the middle.
fn goes_on(text: &str) -> bool {
    const LONG: usize = 20;
    let last = text.trim_end_matches('\n').rsplit('\n').next().unwrap_or("");
    let open = |c: char| c.is_alphanumeric() || matches!(c, '，' | '、' | '(' | '（' | '“');
    last.chars().count() >= LONG && !last.contains('\t') && last.ends_with(open)
}

fn flat(cell: &str) -> String {
    cell.replace(['\t', '\n', '\r'], " ")
}
