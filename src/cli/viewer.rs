//! A document's file in the person's own pager or editor, at a place in it.
//!
//! `EDITOR=vim` → `vim "+call cursor(12,40)" report.txt`

use std::io::Write;
use std::path::Path;
use std::process::Command;

use super::locale::variable;
use crate::index::{DocumentId, Index};
use crate::model::Document;
use crate::text::{CleanSpan, RawSpan};

/// A place in a file, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct At {
    line: usize,
    /// In characters and in bytes.
    column: usize,
    byte: usize,
}

impl At {
    /// The place after some text.
    fn after(text: &str) -> Self {
        let last = text.rsplit('\n').next().unwrap_or("");
        Self { line: text.matches('\n').count() + 1, column: last.chars().count() + 1, byte: last.len() + 1 }
    }
}

/// Lends the terminal to the pager or editor.
pub(super) fn show(
    index: &Index,
    id: DocumentId,
    raw: RawSpan,
    span: CleanSpan,
    editor: bool,
) -> Result<(), String> {
    let document = index.document(id).ok_or("no such document")?;
    if editor {
        let text = super::open::raw(document)?;
        let at = At::after(&text.chars().take(raw.start).collect::<String>());
        return run(&program(&["VISUAL", "EDITOR"], &["vi", "nano"])?, Path::new(&document.path), at);
    }
    let pager = program(&["PAGER"], &["less", "more"])?;
    match super::open::raw(document) {
        Ok(text) => {
            let at = At::after(&text.chars().take(raw.start).collect::<String>());
            // A pager shows UTF-8.
            if document.encoding == "utf-8" {
                run(&pager, Path::new(&document.path), at)
            } else {
                copied(&pager, document, &text, at)
            }
        }
        // Better the cleaned text than nothing.
        Err(_) => {
            copied(&pager, document, &document.text, At::after(document.text.get(..span.start).unwrap_or("")))
        }
    }
}

/// Shows a copy of a text.
fn copied(pager: &str, document: &Document, text: &str, at: At) -> Result<(), String> {
    let why = |error: std::io::Error| format!("{}: {error}", document.path);
    let mut copy = tempfile::Builder::new().prefix("zhibiao-").suffix(".txt").tempfile().map_err(why)?;
    copy.write_all(text.as_bytes()).map_err(why)?;
    run(pager, copy.path(), at)
}

/// The command that a variable names, or else the first of the usual ones there is.
fn program(variables: &[&str], usual: &[&str]) -> Result<String, String> {
    let there = |name: &&&str| {
        let folders = std::env::var_os("PATH").unwrap_or_default();
        std::env::split_paths(&folders).any(|folder| folder.join(name).is_file())
    };
    let named = variables.iter().find_map(|name| variable(name));
    named
        .or_else(|| usual.iter().find(there).map(|name| (*name).to_owned()))
        .ok_or_else(|| format!("{} is not set", variables.join(", ")))
}

fn run(command: &str, path: &Path, at: At) -> Result<(), String> {
    // As other programs do it: the variable may hold options.
    let status = Command::new("sh")
        .args(["-c", &format!("{command} \"$@\""), "sh"])
        .args(arguments(command, path, at))
        .status()
        .map_err(|error| format!("sh: {error}"))?;
    match status.code() {
        Some(126 | 127) => Err(format!("{command}: {status}")),
        _ => Ok(()),
    }
}

/// How a program is told the place; one that is not known is given the file alone.
fn arguments(command: &str, path: &Path, at: At) -> Vec<String> {
    let At { line, column, byte } = at;
    let name = command.split_whitespace().next().unwrap_or("").rsplit('/').next().unwrap_or("");
    let file = path.display().to_string();
    match name {
        "vim" | "nvim" | "gvim" => vec![format!("+call cursor({line},{byte})"), file],
        "nano" => vec![format!("+{line},{column}"), file],
        "less" => vec![format!("+{line}g"), file],
        "vi" | "view" | "more" | "most" | "emacs" | "emacsclient" | "joe" | "ne" | "kak" | "mg" => {
            vec![format!("+{line}"), file]
        }
        "micro" => vec![format!("+{line}:{column}"), file],
        "hx" | "helix" => vec![format!("{file}:{line}:{column}")],
        "code" | "codium" => vec!["--goto".to_owned(), format!("{file}:{line}:{column}")],
        _ => vec![file],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_is_said_as_each_program_wants_it() {
        let at = At::after("一\n长春市");
        assert_eq!(at, At { line: 2, column: 4, byte: 10 });
        let said = |command: &str| arguments(command, Path::new("a.txt"), at).join(" ");
        assert_eq!(said("/usr/bin/vim -R"), "+call cursor(2,10) a.txt");
        assert_eq!(said("less -S"), "+2g a.txt");
        assert_eq!(said("hx"), "a.txt:2:4");
        assert_eq!(said("own-script"), "a.txt");
    }
}
