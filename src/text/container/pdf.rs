//! A PDF with text → its text: a paragraph a line, a table's row a line with tabs.
//!
//! Positions count in the text made here. The library that takes the file apart may fail in any way: panic, run out of
//! stack or memory, never end. So it works in a process of its own, whose time and memory are limited and whose end is
//! a reason like others.

use std::io::{self, Read, Write};
use std::os::unix::process::ExitStatusExt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};

use rustix::process::{Resource, Rlimit, setrlimit};
use unpdf::{Block, Document, ParseOptions};

/// The word that makes the program take apart the PDF on its standard input, and nothing else.
pub const COMMAND: &str = "pdf-text";

/// How long a file is worked on, in seconds of a processor.
const PATIENCE: u64 = 120;
/// Bytes that the library may put on its stack.
const STACK: usize = 1 << 26;
/// Bytes of memory that a file may take beside what it takes for its own size.
const MEMORY: u64 = 1 << 29;
/// Bytes of memory for each of its own.
const GROWTH: u64 = 20;
/// The exit status of a process whose answer is a reason.
const REASON: u8 = 3;

/// The document's text, or why there is none.
pub(super) fn text(bytes: &[u8], program: Option<&Path>) -> Result<String, String> {
    let Some(program) = program else { return here(bytes) };
    let (status, answer) = ask(program, bytes).map_err(|error| format!("{}: {error}", program.display()))?;
    let answer = String::from_utf8_lossy(&answer).into_owned();
    match status.code() {
        Some(0) => Ok(answer),
        Some(code) if code == i32::from(REASON) => Err(answer),
        _ => Err(ended(status)),
    }
}

fn ask(program: &Path, bytes: &[u8]) -> io::Result<(ExitStatus, Vec<u8>)> {
    let mut command = Command::new(program);
    command.arg(COMMAND).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn()?;
    // One that ended before it read all has said why, or its end does.
    let _ = child.stdin.take().map(|mut input| input.write_all(bytes));
    let done = child.wait_with_output()?;
    Ok((done.status, done.stdout))
}

fn ended(status: ExitStatus) -> String {
    use signal_hook::consts::{SIGABRT, SIGKILL, SIGSEGV, SIGXCPU};
    match status.signal() {
        Some(SIGXCPU | SIGKILL) => format!("not read in {PATIENCE} seconds"),
        Some(SIGABRT | SIGSEGV) => "reading it takes more memory than such a file may take".to_owned(),
        _ => format!("reading it failed: {status}"),
    }
}

/// Takes apart the PDF that is read, and writes its text, or why there is none; the exit status says which. From then
/// on the process has little time and memory left.
///
/// # Errors
/// It cannot be read, or the answer not written.
pub fn serve(input: &mut dyn Read, output: &mut dyn Write) -> io::Result<u8> {
    let mut bytes = Vec::new();
    input.read_to_end(&mut bytes)?;
    let limit = |resource, most| setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) });
    // Where something cannot be limited, the file is read all the same.
    let _ = limit(Resource::Cpu, PATIENCE);
    let _ = limit(Resource::As, MEMORY + GROWTH * bytes.len() as u64);
    let _ = limit(Resource::Core, 0);
    let (status, answer) = here(&bytes).map_or_else(|reason| (REASON, reason), |text| (0, text));
    output.write_all(answer.as_bytes())?;
    output.flush()?;
    Ok(status)
}

/// Works in this process, by a thread with a large stack.
fn here(bytes: &[u8]) -> Result<String, String> {
    std::thread::scope(|scope| {
        let work = || catch_unwind(AssertUnwindSafe(|| read(bytes)));
        let thread = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work);
        let done = thread.map_err(|error| error.to_string())?.join();
        done.ok()
            .and_then(Result::ok)
            .unwrap_or_else(|| Err("the PDF is damaged in a way nobody thought of".to_owned()))
    })
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
