//! `zhibiao extract --stream`: a document a line in, its record a line out.
//!
//! `{"id":"7","text":"…"}` → `{"id":"7",…,"figures":[…]}`, or `{"problem":"…","sha256":"…","line":"…"}`
//!
//! A record depends on nothing but its line, so that lines can be dealt to any number of processes. Of the
//! lines no more than one is held. What is wrong with a line is told in its record, never by the exit status.

use std::io;
use std::panic::{self, AssertUnwindSafe};
use std::process::ExitCode;

use anyhow::Context;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::extract::document;
use super::files::Item;
use super::output;
use crate::dataset::{Form, GENERATOR, Writer, document_line};
use crate::text::container::{Line, Options};
use crate::text::read::hexadecimal;

/// The record of a line that gives no document.
#[derive(Serialize)]
struct Refusal<'a> {
    problem: &'a str,
    /// Of the line without its end, in hexadecimal.
    sha256: &'a str,
    /// The line's beginning.
    line: String,
}

/// Reads standard input to its end and writes a record for each line, after the header of a dataset if one
/// is wanted.
pub(super) fn run(options: &Options, header: bool) -> anyhow::Result<ExitCode> {
    let mut input = io::stdin().lock();
    let mut line = Line::default();
    let mut failed = None;
    output::safe(|out| {
        if header {
            Writer::new(out, Form::Lines, GENERATOR)?.finish()?;
        }
        loop {
            match line.read(&mut input) {
                Ok(true) => {}
                Ok(false) => return Ok(()),
                Err(error) => {
                    failed = Some(error);
                    return Ok(());
                }
            }
            if let Some(record) = record(&line, options) {
                writeln!(out, "{record}")?;
                // Whoever waits for the record of a line before sending the next gets it.
                out.flush()?;
            }
        }
    })?;
    failed.map_or(Ok(ExitCode::SUCCESS), |error| Err(error).context("standard input"))
}

/// The record of a line; none if it is blank.
fn record(line: &Line, options: &Options) -> Option<String> {
    let text = line.text(options)?;
    let bytes = line.bytes().trim_ascii_end();
    let sha256 = hexadecimal(&Sha256::digest(bytes));
    let made = text.map_err(|flaw| flaw.reason).and_then(|mut text| {
        let id = text.id.take().unwrap_or_else(|| sha256.clone());
        let item = Item { id, path: String::new(), text };
        guarded(|| document_line(&document(item)).map_err(|error| error.to_string()))
    });
    Some(made.unwrap_or_else(|problem| {
        let line = String::from_utf8_lossy(bytes).chars().take(120).collect();
        let refusal = Refusal { problem: &problem, sha256: &sha256, line };
        serde_json::to_string(&refusal).unwrap_or_default()
    }))
}

/// Does some work so that a mistake of the program costs one document and not the millions behind it; what
/// went wrong stands on standard error, too.
fn guarded<T>(work: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    panic::catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
        Err("a mistake of the program; please report it with this line and what it says on standard error"
            .to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistake_costs_one_document() {
        let told = guarded(|| -> Result<(), String> { panic!("a mistake made for this test") });
        assert!(told.is_err_and(|reason| reason.starts_with("a mistake of the program")));
        assert_eq!(guarded(|| Ok(7)), Ok(7));
    }
}
