//! What the documentation says can be followed: links lead somewhere, commands run and print what stands below them.
//!
//! Blocks ```` ```sh ```` and ```` ```console ```` of a page are run in its order, in a folder of its own that holds
//! `data/corpus`, `figures.json`, `crawl.jsonl` and `report.txt`. What needs something else than this program (cargo,
//! a package manager, a cluster) is not run, but tests and benches that are named must exist. In a `console` block the
//! lines below a command are what it prints; `UPDATE_DOCS=1 cargo test --test docs` writes them anew.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Command;

use assert_cmd::cargo::cargo_bin;
use portable_pty::{CommandBuilder, PtySize, native_pty_system};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The pages that people read.
fn pages() -> Vec<PathBuf> {
    let mut pages: Vec<PathBuf> =
        [root().to_owned(), root().join("docs"), root().join("data"), root().join("tests/gold")]
            .iter()
            .flat_map(|folder| fs::read_dir(folder).unwrap())
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
            .collect();
    pages.sort();
    pages
}

/// A code block: its language, where its lines begin, the lines.
type Block<'t> = (String, usize, Vec<&'t str>);

/// A page outside its code blocks, and each block.
fn parts(text: &str) -> (Vec<&str>, Vec<Block<'_>>) {
    let (mut prose, mut blocks) = (Vec::new(), Vec::new());
    let mut open: Option<Block<'_>> = None;
    for (n, line) in text.lines().enumerate() {
        match (&mut open, line.strip_prefix("```")) {
            (None, None) => prose.push(line),
            (None, Some(language)) => open = Some((language.to_owned(), n + 1, Vec::new())),
            (Some((.., lines)), None) => lines.push(line),
            (Some(_), Some(_)) => blocks.extend(open.take()),
        }
    }
    assert!(open.is_none(), "a code block has no end");
    (prose, blocks)
}

#[test]
fn links_lead_somewhere() {
    let mut wrong = Vec::new();
    let mut seen = 0;
    for page in pages() {
        let text = fs::read_to_string(&page).unwrap();
        for line in parts(&text).0 {
            for after in line.split("](").skip(1) {
                let Some((target, _)) = after.split_once(')') else { continue };
                let path = target.split('#').next().unwrap();
                if target.contains("://") || path.is_empty() {
                    continue;
                }
                seen += 1;
                if !page.parent().unwrap().join(path).exists() {
                    wrong.push(format!("{}: {target}", page.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(seen > 10, "{seen} links");
}

/// Files that pages name in backquotes, from the root.
#[test]
fn files_that_are_named_exist() {
    let mut wrong = Vec::new();
    for page in pages() {
        let text = fs::read_to_string(&page).unwrap();
        for line in parts(&text).0 {
            for name in line.split('`').skip(1).step_by(2) {
                let ours = ["docs/", "data/", "src/", "tests/", "benches/", "scale/"];
                let plain = name.chars().all(|c| c.is_ascii_alphanumeric() || "/._-".contains(c));
                if plain && ours.iter().any(|folder| name.starts_with(folder)) && !root().join(name).exists()
                {
                    wrong.push(format!("{}: {name}", page.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn tests_and_benches_that_are_named_exist() {
    let mut wrong = Vec::new();
    for page in pages() {
        let text = fs::read_to_string(&page).unwrap();
        for (flag, folder) in [("--test ", "tests"), ("--bench ", "benches")] {
            for after in text.split(flag).skip(1) {
                let name: String =
                    after.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
                let exists = root().join(folder).join(format!("{name}.rs")).exists()
                    || root().join(folder).join(&name).exists();
                if !exists {
                    wrong.push(format!("{}: {flag}{name}", page.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A folder in which a page's commands are run.
fn scene() -> tempfile::TempDir {
    let scene = tempfile::tempdir().unwrap();
    let at = |name: &str| scene.path().join(name);
    fs::create_dir_all(at("data/corpus")).unwrap();
    for entry in fs::read_dir(root().join("data/corpus")).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, at("data/corpus").join(path.file_name().unwrap())).unwrap();
    }
    let text = "2023年，柳河县完成工业产值86亿元，增长7.5%。";
    fs::write(at("report.txt"), text).unwrap();
    let line = |n| format!("{{\"id\":\"{n}\",\"text\":\"{text}\"}}\n");
    fs::write(at("crawl.jsonl"), (1..20).map(line).collect::<String>()).unwrap();
    fs::copy(root().join("data/figures.json"), at("figures.json")).unwrap();
    fs::create_dir(at("bin")).unwrap();
    std::os::unix::fs::symlink(cargo_bin("zhibiao"), at("bin/zhibiao")).unwrap();
    scene
}

/// Runs a piece of shell; its exit status and what it printed on both ways, first on a terminal if it has one.
fn shell(scene: &Path, script: &str, on_terminal: bool) -> (Option<i32>, String) {
    let path = format!("{}:{}", scene.join("bin").display(), std::env::var("PATH").unwrap());
    let terminal = if on_terminal { "xterm" } else { "dumb" };
    let home = scene.to_str().unwrap();
    let variables = [
        ("PATH", path.as_str()),
        ("HOME", home),
        ("LC_ALL", "C.UTF-8"),
        ("TERM", terminal),
        // A page shows no colours.
        ("NO_COLOR", "1"),
    ];
    if !on_terminal {
        let mut bash = Command::new("bash");
        bash.args(["-c", &format!("exec 2>&1\n{script}")]).current_dir(scene).env_clear().envs(variables);
        let done = bash.output().unwrap();
        return (done.status.code(), String::from_utf8(done.stdout).unwrap());
    }
    let size = PtySize { rows: 40, cols: 100, pixel_width: 0, pixel_height: 0 };
    let pty = native_pty_system().openpty(size).unwrap();
    let mut bash = CommandBuilder::new("bash");
    // No terminal for messages: some would draw how far they are.
    bash.args(["-c", &format!("exec 2>said\n{script}")]);
    bash.cwd(scene);
    bash.env_clear();
    for (name, value) in variables {
        bash.env(name, value);
    }
    let mut child = pty.slave.spawn_command(bash).unwrap();
    drop(pty.slave);
    let mut printed = Vec::new();
    // A terminal that nobody holds any more ends in an error.
    let _ = pty.master.try_clone_reader().unwrap().read_to_end(&mut printed);
    let status = child.wait().unwrap().exit_code();
    let said = fs::read_to_string(scene.join("said")).unwrap();
    let printed = String::from_utf8(printed).unwrap().replace("\r\n", "\n");
    (i32::try_from(status).ok(), printed + &said)
}

/// Whether a command is one that only this program and the shell are needed for.
fn is_ours(command: &str) -> bool {
    let others =
        ["cargo ", "sudo ", "apt", "git ", "pip ", "spark-submit", "scale/", "debootstrap", "rustup", "man "];
    !others.iter().any(|other| command.trim_start().starts_with(other))
}

#[test]
fn commands_run_and_print_what_stands_below_them() {
    let update = std::env::var_os("UPDATE_DOCS").is_some();
    let (mut wrong, mut run) = (Vec::new(), 0);
    for page in pages() {
        let text = fs::read_to_string(&page).unwrap();
        let (_, blocks) = parts(&text);
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        // From the last block to the first, so that places stay as they are; but run from the first.
        let mut changes: Vec<(usize, usize, String)> = Vec::new();
        let scene = scene();
        let at = |n: usize| format!("{}:{}", page.display(), n + 1);
        for (language, start, block) in blocks {
            if language == "sh" {
                let script =
                    block.iter().filter(|line| is_ours(line)).copied().collect::<Vec<_>>().join("\n");
                let (status, printed) = shell(scene.path(), &format!("set -e\n{}", tolerant(&script)), false);
                run += 1;
                if status != Some(0) {
                    wrong.push(format!("{}: exit status {status:?}\n{printed}", at(start)));
                }
            }
            if language == "console" {
                for (offset, command, expected) in commands(&block) {
                    let opens = command.starts_with("zhibiao open");
                    let (status, printed) = shell(scene.path(), command, !opens);
                    run += 1;
                    if status.is_none_or(|status| status > 1) {
                        wrong.push(format!("{}: exit status {status:?}\n{printed}", at(start + offset)));
                    }
                    // The explorer shows what it shows.
                    if !opens && printed.trim_end() != expected.join("\n") {
                        changes.push((start + offset + 1, expected.len(), printed.trim_end().to_owned()));
                    }
                }
            }
        }
        for (from, count, printed) in changes.into_iter().rev() {
            if update {
                lines.splice(from..from + count, printed.lines().map(str::to_owned));
            } else {
                wrong.push(format!("{}: prints now (UPDATE_DOCS=1 writes it)\n{printed}", at(from)));
            }
        }
        if update {
            fs::write(&page, lines.join("\n") + "\n").unwrap();
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    assert!(run > 20, "{run} commands");
}

/// That nothing is found, or that something contradicts, is an answer, not a failure.
fn tolerant(script: &str) -> String {
    format!("zhibiao() {{ command zhibiao \"$@\" || [ $? = 1 ]; }}\n{script}")
}

/// The commands of a `console` block: their line, themselves, and what is printed below.
fn commands<'t>(block: &[&'t str]) -> Vec<(usize, &'t str, Vec<&'t str>)> {
    let mut found: Vec<(usize, &str, Vec<&str>)> = Vec::new();
    for (n, line) in block.iter().enumerate() {
        match (line.strip_prefix("$ "), found.last_mut()) {
            (Some(command), _) => found.push((n, command, Vec::new())),
            (None, Some((.., printed))) => printed.push(line),
            (None, None) => panic!("a console block begins with a command: {line}"),
        }
    }
    found
}
