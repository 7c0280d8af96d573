//! The rules of the house that a compiler does not hold: which module may import which, how large a
//! file may grow, what the explorer must not touch, who prints, and what no file may say.
#![allow(clippy::string_slice, reason = "every place comes from `find` or `char_indices` on the same text")]

use std::fs;
use std::path::{Path, PathBuf};

/// Each module with those it may import. Every module stands after all that it may import, so an
/// arrow never points back and no two modules can come to know each other.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("model", &["text"]),
    ("lexicon", &["text", "model"]),
    ("extract", &["text", "model", "lexicon"]),
    ("generate", &["text", "model", "lexicon"]),
    ("dataset", &["text", "model"]),
    ("index", &["text", "model", "dataset"]),
    ("query", &["text", "model", "lexicon", "index"]),
    ("source", &["text", "model", "dataset", "index", "query"]),
    ("check", &["text", "model", "lexicon", "dataset", "index", "query"]),
    ("ui", &["text", "model", "dataset", "index", "query", "source", "check"]),
    ("term", &["text", "model", "query", "source", "ui"]),
    (
        "cli",
        &[
            "text", "model", "lexicon", "extract", "generate", "dataset", "index", "query", "source",
            "check", "ui", "term",
        ],
    ),
];

/// The longest a file may be, its tests left out.
const MOST_LINES: usize = 600;

/// What the explorer does without, so that it is tested without a terminal and without waiting.
const NOT_IN_UI: &[&str] = &["std::fs", "std::time", "std::env", "std::thread", "crossterm"];

const PRINTING: &[&str] = &["println!", "print!", "eprintln!", "eprint!"];

/// One source file.
struct Source {
    /// From the crate's root, with `/`.
    path: String,
    text: String,
}

impl Source {
    /// The names below `src/`, without the ending: `["query", "lex"]`.
    fn place(&self) -> Vec<&str> {
        let inside = self.path.trim_start_matches("src/").trim_end_matches(".rs");
        inside.split('/').filter(|name| *name != "mod").collect()
    }

    /// The module right below the root; empty for `lib.rs` and `main.rs`.
    fn module(&self) -> &str {
        let first = self.place().first().copied().unwrap_or_default();
        if matches!(first, "lib" | "main") { "" } else { first }
    }

    /// Whether the whole file is part of the tests: those may import and read what they need.
    fn is_test(&self) -> bool {
        self.place().contains(&"tests")
    }

    /// The lines before the tests, each with its number.
    fn own(&self) -> Vec<(usize, &str)> {
        let lines: Vec<&str> = self.text.lines().collect();
        let tests = lines.windows(2).position(|pair| {
            pair[0] == "#[cfg(test)]" && pair[1].starts_with("mod ") && pair[1].ends_with('{')
        });
        lines
            .into_iter()
            .take(tests.unwrap_or(usize::MAX))
            .enumerate()
            .map(|(n, line)| (n + 1, line))
            .collect()
    }

    /// Those lines without comments.
    fn code(&self) -> Vec<(usize, &str)> {
        self.own().into_iter().map(|(n, line)| (n, without_comment(line))).collect()
    }

    /// Modules of the root that the code names, each with its line.
    fn imports(&self) -> Vec<(usize, String)> {
        let mut found = Vec::new();
        let mut group: Option<usize> = None;
        for (n, line) in self.code() {
            // `use crate::{text, dataset::Dataset};`, on one line or on several: names at the first level.
            let mut rest = line;
            loop {
                if let Some(depth) = group.as_mut() {
                    let (names, after) = names_of_group(rest, depth);
                    found.extend(names.into_iter().map(|name| (n, name)));
                    if *depth > 0 {
                        break;
                    }
                    group = None;
                    rest = after;
                }
                let Some((_, after)) = rest.split_once("crate::") else { break };
                rest = after;
                if let Some(inside) = after.strip_prefix('{') {
                    group = Some(1);
                    rest = inside;
                } else {
                    found.push((n, identifier(after)));
                }
            }
        }
        found
    }
}

/// The identifier a text begins with.
fn identifier(text: &str) -> String {
    text.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect()
}

/// First-level names of a `{…}` group up to where it closes or the line ends, and what follows.
fn names_of_group<'t>(text: &'t str, depth: &mut usize) -> (Vec<String>, &'t str) {
    let mut names = Vec::new();
    let mut expected = true;
    for (at, c) in text.char_indices() {
        match c {
            '{' => *depth += 1,
            '}' => *depth -= 1,
            ',' => {}
            c if c.is_whitespace() => continue,
            _ => {
                if expected && *depth == 1 {
                    names.push(identifier(&text[at..]));
                }
                expected = false;
                continue;
            }
        }
        expected = c == ',';
        if *depth == 0 {
            return (names, &text[at + 1..]);
        }
    }
    (names, "")
}

/// A line up to `//`, unless that stands in a string (`"https://…"`).
fn without_comment(line: &str) -> &str {
    let mut quoted = false;
    let mut before = ' ';
    for (at, c) in line.char_indices() {
        match c {
            '"' if before != '\\' && before != '\'' => quoted = !quoted,
            '/' if before == '/' && !quoted => return &line[..at - 1],
            _ => {}
        }
        before = c;
    }
    line
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Files below a folder whose ending is one of these, hidden ones and build products left out.
fn files(folder: &Path, endings: &[&str], found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of the crate") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().and_then(|name| name.to_str()).expect("a plain name");
        if name.starts_with('.') || path == root().join("target") {
            continue;
        }
        if path.is_dir() {
            files(&path, endings, found);
        } else if path.extension().and_then(|e| e.to_str()).is_some_and(|e| endings.contains(&e)) {
            found.push(path);
        }
    }
    found.sort();
}

fn read(folder: &str, endings: &[&str]) -> Vec<Source> {
    let mut found = Vec::new();
    files(&root().join(folder), endings, &mut found);
    let inside = |path: &Path| path.strip_prefix(root()).expect("inside the crate").to_owned();
    found
        .into_iter()
        .map(|path| Source {
            path: inside(&path).to_str().expect("a plain name").replace('\\', "/"),
            text: fs::read_to_string(&path).expect("a text file"),
        })
        .collect()
}

fn sources() -> Vec<Source> {
    read("src", &["rs"])
}

#[track_caller]
fn none(wrong: &[String], rule: &str) {
    assert!(wrong.is_empty(), "{rule}:\n{}", wrong.join("\n"));
}

#[test]
fn imports_go_one_way() {
    let mut wrong = Vec::new();
    for source in sources().iter().filter(|source| !source.is_test() && !source.module().is_empty()) {
        let module = source.module();
        let Some((_, allowed)) = MAY_IMPORT.iter().find(|(name, _)| *name == module) else {
            wrong.push(format!("{}: {module} is not in the map", source.path));
            continue;
        };
        for (line, name) in source.imports() {
            let known = MAY_IMPORT.iter().any(|(other, _)| *other == name);
            if known && name != module && !allowed.contains(&name.as_str()) {
                wrong.push(format!("{}:{line}: {module} must not import {name}", source.path));
            }
        }
        // As many `super::` as lead to the root would go around the rule.
        let out = "super::".repeat(source.place().len());
        for (line, code) in source.code() {
            if code.contains(&out) {
                wrong.push(format!("{}:{line}: {out} leaves {module}; write crate::", source.path));
            }
        }
    }
    none(&wrong, "imports against the directions in src/lib.rs");
}

#[test]
fn the_map_has_no_way_back_and_is_that_of_the_library() {
    let library = fs::read_to_string(root().join("src/lib.rs")).expect("the library");
    for (at, (module, allowed)) in MAY_IMPORT.iter().enumerate() {
        for name in *allowed {
            assert!(MAY_IMPORT[..at].iter().any(|(before, _)| before == name), "{module} → {name}");
        }
    }
    for line in library.lines() {
        let Some(module) = line.strip_prefix("pub mod ").and_then(|rest| rest.strip_suffix(';')) else {
            continue;
        };
        assert!(MAY_IMPORT.iter().any(|(name, _)| *name == module), "{module} is not in the map");
        assert!(library.contains(&format!("//! | [`{module}`] |")), "{module} is not explained in lib.rs");
    }
}

#[test]
fn imports_are_seen() {
    let seen = |text: &str| {
        let source = Source { path: "src/ui/a.rs".to_owned(), text: text.to_owned() };
        source.imports().into_iter().map(|(_, name)| name).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(
        seen("use crate::text::{span, read};\nlet x = crate::index::new(crate::model::A);"),
        "text index model"
    );
    assert_eq!(seen("use crate::{extract, text::{self, span}, model};"), "extract text model");
    assert_eq!(
        seen("use crate::{\n    dataset::{A,\n      B},\n    text,\n};\nuse crate::ui;"),
        "dataset text ui"
    );
    assert_eq!(seen("/// [`crate::term`]\nlet a = \"//\"; crate::cli::run(); // crate::text"), "cli");
    assert_eq!(seen("fn f() {}\n#[cfg(test)]\nmod tests {\n    use crate::extract;"), "");
    assert_eq!(seen("#[cfg(test)]\nmod tests;\nuse crate::model::Lang;"), "model");
}

#[test]
fn files_are_small_and_open_with_their_purpose() {
    let mut wrong = Vec::new();
    for source in sources() {
        let lines = source.own().len();
        if lines > MOST_LINES {
            wrong.push(format!("{}: {lines} lines without tests, at most {MOST_LINES}", source.path));
        }
        if !source.text.starts_with("//!") {
            wrong.push(format!("{}: opens without //!", source.path));
        }
    }
    none(&wrong, "files that want splitting or an opening line");
}

/// Lines of code of some modules that hold one of these words.
fn uses(words: &[&str], within: impl Fn(&Source) -> bool) -> Vec<String> {
    let mut found = Vec::new();
    for source in sources().iter().filter(|source| !source.is_test() && within(source)) {
        for (line, code) in source.code() {
            let starts_there = |at: usize| {
                let before = code[..at].chars().next_back();
                !before.is_some_and(|c| c.is_alphanumeric() || c == '_')
            };
            for word in words {
                if code.match_indices(word).any(|(at, _)| starts_there(at)) {
                    found.push(format!("{}:{line}: {word}", source.path));
                }
            }
        }
    }
    found
}

#[test]
fn the_explorer_knows_no_file_clock_environment_or_terminal() {
    none(&uses(NOT_IN_UI, |source| source.module() == "ui"), "src/ui must do without");
}

#[test]
fn only_cli_prints() {
    none(&uses(PRINTING, |source| source.module() != "cli"), "printing outside src/cli");
}

#[test]
fn plain_values_know_no_json() {
    none(&uses(&["serde"], |source| source.module() == "model"), "the wire format is dataset's");
}

#[test]
fn no_file_names_a_place_of_one_machine_or_a_skipped_test() {
    // Put together, so that this file does not hold them.
    let forbidden = [["/wo", "rk/"].concat(), ["/ho", "me/"].concat(), ["#[ig", "nore"].concat()];
    let mut wrong = Vec::new();
    for source in read("", &["rs", "md", "toml"]) {
        for (n, line) in source.text.lines().enumerate() {
            for word in forbidden.iter().filter(|word| line.contains(word.as_str())) {
                wrong.push(format!("{}:{}: {word}", source.path, n + 1));
            }
        }
    }
    none(&wrong, "paths of one machine, skipped tests");
}

#[test]
fn what_holds_each_promise_exists() {
    let page = fs::read_to_string(root().join("docs/promises.md")).expect("the promises");
    let mut wrong = Vec::new();
    let mut named = 0;
    for (file, test) in
        page.split('`').filter(|word| word.contains('/')).filter_map(|word| word.split_once("::"))
    {
        named += 1;
        let text = fs::read_to_string(root().join(file)).unwrap_or_default();
        if !text.contains(&format!("fn {test}(")) {
            wrong.push(format!("{file}::{test}"));
        }
    }
    assert!(named > 40, "{named} tests are named");
    none(&wrong, "tests named in docs/promises.md that are not there");
}
