//! Hostile documents and datasets: what they hold never reaches a terminal raw, and what is wrong with them is
//! told with file and place, in bounded memory.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fs;
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

#[path = "support/mix.rs"]
mod mix;

use mix::{Dice, Seeds};
use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use serde_json::{Value, json};

/// Sets the title, clears the screen, turns text round, hides, piles up marks.
fn poison() -> String {
    let marks = "\u{301}".repeat(100);
    format!(
        "\u{1b}]0;owned\u{7}\u{1b}[2J\u{9b}31m\u{202e}甲\u{200b}\u{2066}乙{marks}\u{feff}\u{ad}\u{85}\u{90}\u{7f}\u{8}"
    )
}

/// A dataset in which every text is poisoned.
fn dataset() -> Value {
    let poison = poison();
    let sentence = format!("2023年，{poison}县产值{poison}5亿元，增长6%。");
    let second = format!("2023年，{poison}县产值{poison}7亿元。");
    let text = format!("{sentence}\n{second}");
    let length = text.chars().count();
    let at = |quote: &str| text.split(quote).next().unwrap().chars().count();
    let figure = |n: usize, quote: &str, value: &str, kind: &str, sentence: (usize, usize)| {
        let (start, end) = (at(quote), at(quote) + quote.chars().count());
        json!({
            "id": format!("{poison}#{n}"), "start": start, "end": end, "text_start": start, "text_end": end,
            "quote": quote, "value": value, "value_high": null, "unit": format!("元{poison}"),
            "unit_inferred": false, "bound": "eq", "kind": kind, "indicator": format!("产值{poison}"),
            "indicator_id": format!("产值{poison}"), "subject": format!("{poison}县"), "period": "2023",
            "status": "actual", "of": poison, "parent": null, "owners": [poison],
            "sentence": {"start": sentence.0, "end": sentence.1}, "section": 0, "confidence": 0.5,
            "trace": [{"field": "unit", "rule": poison}],
        })
    };
    let first = sentence.chars().count();
    json!({
        "format": "zhibiao", "version": 1, "generator": poison,
        "documents": [{
            "id": poison, "path": poison, "title": poison, "source": poison, "url": poison, "date": "2024",
            "encoding": poison, "sha256": "", "raw_length": length, "text": text, "map": [[0, length]],
            "dropped": [], "sections": [{"title": poison, "level": 1, "start": 0, "end": 3}],
            "figures": [
                figure(1, "5亿元", "500000000", "level", (0, first)),
                figure(2, "6%", "6", "growth", (0, first)),
                figure(3, "7亿元", "700000000", "level", (first + 1, length)),
            ],
            "rejected": [],
        }],
    })
}

/// What a terminal is sent by the program while keys are pressed.
fn on_terminal(folder: &Path, arguments: &[&str], keys: &[&str]) -> Vec<u8> {
    watched(folder, arguments, keys).0
}

/// The same, and the most memory the program held, in bytes. After the keys it is told to end until it does: a key
/// pressed while it was busy may have been taken together with the Escape before it.
fn watched(folder: &Path, arguments: &[&str], keys: &[&str]) -> (Vec<u8>, u64) {
    let size = PtySize { rows: 40, cols: 150, pixel_width: 0, pixel_height: 0 };
    let pair = native_pty_system().openpty(size).unwrap();
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_zhibiao"));
    command.args(arguments);
    command.cwd(folder);
    for (name, value) in [("HOME", "home"), ("XDG_STATE_HOME", "home"), ("XDG_CACHE_HOME", "home")] {
        command.env(name, folder.join(value));
    }
    command.env("TERM", "xterm-256color");
    command.env("LC_ALL", "zh_CN.UTF-8");
    let mut child = pair.slave.spawn_command(command).unwrap();
    drop(pair.slave);
    let mut output = pair.master.try_clone_reader().unwrap();
    let bytes = Arc::new(Mutex::new(Vec::new()));
    let all = Arc::clone(&bytes);
    let reader = std::thread::spawn(move || {
        let mut piece = [0; 4096];
        while let Ok(n @ 1..) = output.read(&mut piece) {
            all.lock().unwrap().extend_from_slice(&piece[..n]);
        }
    });
    let mut writer = pair.master.take_writer().unwrap();
    let settled = || {
        let mut before = 0;
        let start = Instant::now();
        loop {
            std::thread::sleep(Duration::from_millis(60));
            let now = bytes.lock().unwrap().len();
            if (now == before && now > 0) || start.elapsed() > Duration::from_secs(30) {
                return;
            }
            before = now;
        }
    };
    for key in keys {
        settled();
        let _ = writer.write_all(key.as_bytes());
    }
    if !keys.is_empty() {
        settled();
    }
    let most = child.process_id().map(most_memory).unwrap_or_default();
    let start = Instant::now();
    let mut told = 0;
    while child.try_wait().unwrap().is_none() {
        if !keys.is_empty() && start.elapsed() >= Duration::from_millis(500) * told {
            told += 1;
            let _ = writer.write_all(b"\x03");
        }
        if start.elapsed() > Duration::from_secs(60) {
            child.kill().unwrap();
            panic!("{arguments:?} does not end");
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    drop(writer);
    drop(pair.master);
    reader.join().unwrap();
    let bytes = bytes.lock().unwrap().clone();
    (bytes, most)
}

/// The most memory that a process has held, in bytes; 0 where it is gone, or nobody says.
fn most_memory(process: u32) -> u64 {
    let text = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok());
    kilobytes.unwrap_or_default() * 1024
}

/// The text of a stream without the sequences that a painter of screens sends.
fn painted(bytes: &[u8]) -> String {
    let mut text = String::new();
    let stream = String::from_utf8_lossy(bytes);
    let mut chars = stream.chars().peekable();
    while let Some(c) = chars.next() {
        match (c, chars.peek()) {
            // CSI: parameters, then a letter.
            ('\u{1b}', Some('[')) => {
                chars.next();
                let mut sequence = String::new();
                for c in chars.by_ref() {
                    sequence.push(c);
                    if ('\u{40}'..='\u{7e}').contains(&c) {
                        break;
                    }
                }
                let plain = sequence.chars().all(|c| c.is_ascii_digit() || ";?$ GHhlmnpq CDJK".contains(c));
                assert!(plain, "a sequence nobody sends: {sequence:?}");
            }
            // OSC: the clipboard and the question for the background.
            ('\u{1b}', Some(']')) => {
                let mut sequence = String::new();
                while let Some(c) = chars.next().filter(|c| !matches!(c, '\u{7}' | '\\')) {
                    sequence.push(c);
                }
                assert!(
                    sequence.starts_with("]52;c;") || sequence.starts_with("]11;?"),
                    "{sequence:?} after {:?}",
                    text.chars().rev().take(600).collect::<Vec<_>>().iter().rev().collect::<String>()
                );
            }
            _ => text.push(c),
        }
    }
    text
}

/// Nothing in it acts on a terminal, or is there unseen; and it is there.
#[track_caller]
fn harmless(what: &str, bytes: &[u8]) {
    acts_not(what, bytes);
    let marks = ["<202E>", "␛", "<0301>", "\\u{1b}", "\\u001b"];
    let text = painted(bytes);
    assert!(marks.iter().any(|mark| text.contains(mark)), "{what}: no mark is shown: {text:?}");
}

#[track_caller]
fn acts_not(what: &str, bytes: &[u8]) {
    let text = painted(bytes);
    let mut pile = 0;
    for c in text.chars() {
        let raw = (c.is_control() && !matches!(c, '\r' | '\n'))
            || "\u{202e}\u{200b}\u{2066}\u{feff}\u{ad}".contains(c);
        assert!(!raw, "{what}: {c:?} in {:?}", text.chars().take(3000).collect::<String>());
        pile = if c == '\u{301}' { pile + 1 } else { 0 };
        assert!(pile <= 4, "{what}: marks are piled up");
    }
}

#[test]
fn no_command_sends_a_terminal_what_a_dataset_holds() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    fs::write(path.join("bad.json"), dataset().to_string()).unwrap();
    let name = format!("{}.txt", poison().replace('/', ""));
    let name: String = name.chars().filter(|c| *c != '\u{301}').collect();
    fs::write(path.join(&name), format!("2023年，{}县产值5亿元。", poison())).unwrap();
    fs::write(path.join(format!("wrong{name}.json")), "{").unwrap();
    fs::write(path.join("version.json"), json!({"format": poison(), "documents": []}).to_string()).unwrap();
    let mut unsound = dataset();
    unsound["documents"][0]["figures"][0]["kind"] = Value::String(poison());
    fs::write(path.join("unsound.json"), unsound.to_string()).unwrap();
    let wrong = format!("wrong{name}.json");
    let query = format!("没有:{}", poison());
    for arguments in [
        &["find", "--data", "bad.json", "产值"][..],
        &["find", "--data", "bad.json", "产值", "--format", "lines"],
        &["find", "--data", "bad.json", "产值", "--format", "md"],
        &["find", "--data", "bad.json", "产值", "--format", "csv"],
        &["find", "--data", "bad.json", "产值", "--format", "json"],
        &["find", "--data", "bad.json", &query],
        &["check", "bad.json"],
        &["explain", &name],
        &["export", "bad.json"],
        &["export", "bad.json", "--format", "csv"],
        &["extract", &name, "nothing\u{1b}[2J", "-o", "out.json"],
        &["extract", &name, "-o", &format!("none{name}/out.json")],
        &["merge", "bad.json", "unsound.json", "-o", "merged.json"],
        &["find", "--data", &wrong, "产值"],
        &["export", "version.json"],
        &["export", "unsound.json"],
        &["open", "unsound.json"],
        &["open", &wrong],
        &["open", "bad.json", "--config", &wrong],
    ] {
        harmless(&format!("{arguments:?}"), &on_terminal(path, arguments, &[]));
    }
}

#[test]
fn the_explorer_shows_marks_on_every_page() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("bad.json"), dataset().to_string()).unwrap();
    let keys = [
        "\r",
        "\x1b",
        "j",
        "\r",
        "\x1b",
        "o",
        "\x1b",
        "c",
        "\x1b",
        "t",
        "\x1b",
        "x",
        "\r",
        "\x1b",
        "\x1b",
        "g",
        "\t",
        "\t",
        "j",
        "r",
        "v",
        "Z",
        "y",
        " ",
        "b",
        "\x1b",
        "f",
        "\x1b",
        "e",
        "\x1b",
        "?",
        "\x1b",
        "/产值\r",
        "\x1b",
        "q",
        "q",
        "q",
        "y",
    ];
    harmless("open", &on_terminal(folder.path(), &["open", "bad.json"], &keys));
}

/// Runs the program on a file; its exit status, what it said, and the most memory it held, in bytes.
fn measured(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, u64) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_zhibiao"));
    command.current_dir(folder).args(arguments).env("XDG_CACHE_HOME", folder.join("cache"));
    let errors = tempfile::tempfile().unwrap();
    let mut child = command.stdout(Stdio::null()).stderr(errors.try_clone().unwrap()).spawn().unwrap();
    let mut most = 0;
    let start = Instant::now();
    while child.try_wait().unwrap().is_none() {
        most = most.max(most_memory(child.id()));
        if start.elapsed() > Duration::from_secs(120) {
            child.kill().unwrap();
            panic!("{arguments:?} does not end");
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    let mut said = String::new();
    (&errors).seek(SeekFrom::Start(0)).unwrap();
    (&errors).read_to_string(&mut said).unwrap();
    (child.wait().unwrap().code(), said, most)
}

/// 50 MB and twenty times the input; a program built for finding faults is larger itself.
fn bound(input: u64) -> u64 {
    let program = if cfg!(debug_assertions) { 90_000_000 } else { 50_000_000 };
    program + 20 * input
}

#[test]
fn damaged_datasets_are_refused_with_file_and_place_in_bounded_memory() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let mut sound = dataset();
    sound["documents"][0]["id"] = json!("a");
    let text = sound.to_string();
    let with = |from: &str, to: &str| {
        assert!(text.contains(from), "{from}");
        text.replacen(from, to, 1)
    };
    let twice = {
        let mut twice = sound.clone();
        let again = twice["documents"][0].clone();
        twice["documents"].as_array_mut().unwrap().push(again);
        twice.to_string()
    };
    let cases: Vec<(String, &str)> = vec![
        (text.chars().take(text.chars().count() * 2 / 3).collect(), "the file ends in the middle"),
        (with("\"version\":1", "\"version\":2"), "version: version 2 of the format is not known"),
        (with("\"text_end\":", "\"text_end\":9"), "is past the end of the text, which has"),
        (with("\"confidence\":0.5", "\"confidence\":NaN"), "not JSON"),
        (with("\"confidence\":0.5", "\"confidence\":1e999"), "number out of range"),
        (
            with("\"confidence\":0.5", &format!("\"confidence\":{}", "9".repeat(1_000_000))),
            "number out of range",
        ),
        (
            with("\"value\":\"500000000\"", &format!("\"value\":\"{}\"", "9".repeat(1_000_000))),
            "a decimal number",
        ),
        (
            with("\"owners\":[", &format!("\"owners\":[{}", "[".repeat(1_000_000))),
            "documents[0].figures[0].owners[0]",
        ),
        (
            format!("{}1{}", "[".repeat(1_000_000), "]".repeat(1_000_000)),
            "line 1:1: [0]: invalid type: sequence",
        ),
        (twice, "documents[1].id: \"a\" was given before, to documents[0]"),
        (
            with("\"source\":", &format!("\"source\":\"{}\",\"s\":", "长".repeat(35_000_000))),
            "unknown field `s`",
        ),
        (with("\"owners\":", &format!("\"{}\":", "k".repeat(1_000_000))), "documents[0].figures[0].kkk"),
        (String::new(), "the file ends in the middle"),
        ("\u{0}\u{1}".to_owned(), "not JSON"),
    ];
    for (n, (damaged, told)) in cases.iter().enumerate() {
        fs::write(path.join("x.json"), damaged).unwrap();
        for command in [
            &["find", "--data", "x.json", "产值"][..],
            &["export", "x.json"],
            &["merge", "x.json", "-o", "y.json"],
        ] {
            if command.contains(&"merge") && told.contains("given before") {
                // To put such a dataset right is what merging does.
                continue;
            }
            let (status, said, most) = measured(path, command);
            assert_eq!(status, Some(2), "case {n} {command:?}: {said:.300}");
            assert!(said.contains("x.json: ") && said.contains(told), "case {n} {command:?}: {said:.600}");
            assert!(said.len() < 2_000, "case {n} {command:?}: an error of {} bytes", said.len());
            let most_allowed = bound(damaged.len() as u64);
            assert!(most < most_allowed, "case {n} {command:?}: {most} bytes of {most_allowed}");
        }
        assert!(!path.join("y.json").exists());
    }
    fs::write(path.join("x.json"), b"{\"format\":\"\xff\"}").unwrap();
    let (_, said, _) = measured(path, &["export", "x.json"]);
    assert!(said.contains("x.json: not UTF-8: byte 11"), "{said}");
}

#[test]
fn what_is_no_file_to_read_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    fs::create_dir(path.join("in")).unwrap();
    fs::write(path.join("in/a.txt"), "全乡投资3亿元。").unwrap();
    std::os::unix::fs::symlink("in", path.join("in/loop")).unwrap();
    std::os::unix::fs::symlink("b.txt", path.join("in/b.txt")).unwrap();
    std::os::unix::fs::symlink("/dev/zero", path.join("in/c.txt")).unwrap();
    assert!(Command::new("mkfifo").arg(path.join("in/d.txt")).status().unwrap().success());
    let (status, said, _) = measured(path, &["extract", "in", "-o", "out.json"]);
    assert_eq!(status, Some(2), "{said}");
    for part in [
        "in/b.txt: Too many levels of symbolic links",
        "in/c.txt: not a regular file",
        "in/d.txt: not a regular file",
        "1 document, ",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    // A dataset that is a pipe nobody writes to, or a device.
    assert!(Command::new("mkfifo").arg(path.join("pipe.json")).status().unwrap().success());
    for name in ["pipe.json", "/dev/zero", "in"] {
        for command in [
            &["find", "--data", name, "产值"][..],
            &["export", name],
            &["open", name],
            &["merge", name, "-o", "m.json"],
        ] {
            let (status, said, _) = measured(path, command);
            assert_eq!(status, Some(2), "{command:?}: {said}");
            assert!(said.contains(name), "{command:?}: {said}");
        }
    }
}

/// A folder of documents, and what was seen of them.
struct Mixtures {
    folder: tempfile::TempDir,
    bytes: u64,
    batches: usize,
    /// The most memory of `extract`, `find` and `open`, in bytes.
    most: [u64; 3],
}

impl Mixtures {
    fn put(&mut self, name: &str, bytes: &[u8]) {
        let folder = self.folder.path().join("in");
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(name), bytes).unwrap();
        self.bytes += bytes.len() as u64;
    }

    /// Reads the documents, looks at them as people do, and takes them away.
    fn run(&mut self) {
        let keys = "jj \r \x1b G o \x1b /增长\r j t \x1b x \x1b n \x1b r c";
        let keys: Vec<&str> = keys.split(' ').collect();
        let path = self.folder.path();
        let (status, said, most) = measured(path, &["extract", "in", "-o", "out.json"]);
        assert!(matches!(status, Some(0 | 2)) && !said.contains("panicked"), "{said}");
        self.note(0, most, bound(self.bytes));
        let path = self.folder.path();
        if let Ok(dataset) = fs::metadata(path.join("out.json")) {
            let (status, said, found) = measured(path, &["find", "--data", "out.json", "增长", "前:50"]);
            assert!(matches!(status, Some(0 | 1)), "{said}");
            acts_not("find", &on_terminal(path, &["find", "--data", "out.json", "5"], &[]));
            acts_not("check", &on_terminal(path, &["check", "out.json"], &[]));
            let (bytes, opened) = watched(path, &["open", "out.json"], &keys);
            acts_not("open", &bytes);
            assert!(!String::from_utf8_lossy(&bytes).contains("panicked"));
            fs::remove_file(path.join("out.json")).unwrap();
            self.note(1, found, bound(dataset.len()));
            self.note(2, opened, bound(dataset.len()));
        }
        fs::remove_dir_all(self.folder.path().join("in")).unwrap();
        self.batches += 1;
        self.bytes = 0;
    }

    fn note(&mut self, command: usize, most: u64, allowed: u64) {
        let name = ["extract", "find", "open"][command];
        assert!(most < allowed, "{name}: {most} bytes of {allowed}");
        self.most[command] = self.most[command].max(most);
    }
}

/// Documents, and mixtures of them, through extract, find and the explorer as processes: many in a folder, and one
/// of a hundred alone, where memory has the least room. More of them: `fuzz/folder FOLDER MUTATIONS`.
#[test]
fn mixtures_of_documents_are_extracted_found_and_shown() {
    /// Bytes of a batch, and of the piece of a file that is changed.
    const BATCH: u64 = 4 << 20;
    const PIECE: usize = 1 << 15;
    let variable = |name: &str| std::env::var(name).ok();
    let documents = variable("ZHIBIAO_FOLDER").unwrap_or_else(|| "data/corpus".to_owned());
    let mutations = variable("ZHIBIAO_MUTATIONS").and_then(|n| n.parse().ok()).unwrap_or(2);
    let seeds = Seeds::of(&documents, &[], usize::MAX);
    let folder = tempfile::tempdir().unwrap();
    let mut mixtures = Mixtures { folder, bytes: 0, batches: 0, most: [0; 3] };
    let mut alone = Mixtures { folder: tempfile::tempdir().unwrap(), bytes: 0, batches: 0, most: [0; 3] };
    let mut dice = Dice(0x5eed);
    let mut files = 0_usize;
    for (seed, content) in seeds.0.iter().enumerate() {
        let is_lines = content.starts_with(b"{");
        for mutation in 0..=mutations {
            let mixed = if mutation == 0 {
                content.clone()
            } else {
                let from = dice.below(content.len().saturating_sub(PIECE) + 1);
                let to = content.len().min(from + PIECE);
                seeds.changed(content[from..to].to_vec(), &mut dice)
            };
            let ending =
                if is_lines && mutation % 2 == 0 { "jsonl" } else { *dice.of(&["txt", "html", "csv"]) };
            let name = format!("{seed}-{mutation}.{ending}");
            if mutation % 100 == 0 {
                alone.put(&name, &mixed);
                alone.run();
            }
            mixtures.put(&name, &mixed);
            files += 1;
            if mixtures.bytes > BATCH {
                mixtures.run();
            }
        }
    }
    if mixtures.bytes > 0 {
        mixtures.run();
    }
    for (what, seen) in [("together", mixtures), ("alone", alone)] {
        let [extract, find, open] = seen.most.map(|most| most / 1_000_000);
        _ = writeln!(
            std::io::stderr(),
            "mixtures {what}: {files} files, {} runs, at most {extract} MB in extract, {find} in find, {open} in open",
            seen.batches
        );
    }
}
