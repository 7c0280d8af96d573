//! `zhibiao merge`: which documents are taken, and that the output is whole or as it was.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use zhibiao::dataset::{self, Dataset};

fn run(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_zhibiao"));
    command.current_dir(folder).args(arguments).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// A dataset of documents with these names and texts.
fn extracted(folder: &Path, name: &str, documents: &[(&str, &str)]) -> Dataset {
    let inside = folder.join(format!("{name}.d"));
    fs::create_dir(&inside).unwrap();
    for (name, text) in documents {
        fs::write(inside.join(name), text).unwrap();
    }
    let output = folder.join(name);
    run(folder, &["extract", inside.to_str().unwrap(), "-o", output.to_str().unwrap()]);
    dataset::read(&output).unwrap()
}

fn ids(dataset: &Dataset) -> Vec<&str> {
    dataset.documents.iter().map(|document| document.id.as_str()).collect()
}

#[test]
fn the_same_document_is_taken_once_and_another_of_its_name_renamed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let one = extracted(path, "one.json", &[("a.txt", "全乡投资3亿元。"), ("b.txt", "全乡修渠20公里。")]);
    let two = extracted(
        path,
        "two.jsonl",
        &[("a.txt", "全乡投资4亿元。"), ("b.txt", "全乡修渠20公里。"), ("c.txt", "全乡新建学校2所。")],
    );
    let three = extracted(path, "three.json", &[("a.txt", "全乡投资5亿元。")]);
    let output = run(path, &["merge", "one.json", "two.jsonl", "three.json", "two.jsonl", "-o", "all.json"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert_eq!(said(&output), "all.json: 5 documents, 5 figures; 4 given twice, 2 given another id\n");
    let all = dataset::read(&path.join("all.json")).unwrap();
    assert_eq!(ids(&all), ["a.txt", "b.txt", "a.txt@2", "c.txt", "a.txt@3"]);
    assert_eq!(all.documents[..2], one.documents[..]);
    assert_eq!(all.documents[3], two.documents[2]);
    assert_eq!(all.documents[2].figures[0].id, "a.txt@2#4-7");
    assert_eq!(all.documents[4].text, three.documents[0].text);
    // The output may be one of those that are read.
    let output = run(path, &["merge", "one.json", "all.json", "-o", "one.json"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert_eq!(fs::read(path.join("one.json")).unwrap(), fs::read(path.join("all.json")).unwrap());
}

#[test]
fn a_fault_is_named_with_its_place_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    extracted(path, "one.json", &[("a.txt", "全乡投资3亿元。"), ("b.txt", "全乡修渠20公里。")]);
    extracted(path, "two.jsonl", &[("a.txt", "全乡投资4亿元。"), ("c.txt", "全乡新建学校2所。")]);
    let sound = fs::read_to_string(path.join("two.jsonl")).unwrap();
    fs::write(path.join("all.json"), "old").unwrap();
    for (damaged, told) in [
        (
            sound.replace("\"level\"", "\"much\""),
            "two.jsonl: line 2: documents[0].figures[0].kind: found \"much\"",
        ),
        (sound.trim_end().trim_end_matches("]}").to_owned(), "two.jsonl: line 3:"),
        (sound.replace("\"version\":1", "\"version\":8"), "two.jsonl: line 1: version: version 8"),
    ] {
        fs::write(path.join("two.jsonl"), damaged).unwrap();
        let output = run(path, &["merge", "one.json", "two.jsonl", "-o", "all.json"]);
        assert_eq!(output.status.code(), Some(2));
        assert!(
            said(&output).contains("all.json: not written") && said(&output).contains(told),
            "{}",
            said(&output)
        );
        assert_eq!(fs::read_to_string(path.join("all.json")).unwrap(), "old");
    }
    let output = run(path, &["merge", "one.json", "none.json", "-o", "all.json"]);
    assert!(said(&output).contains("none.json: No such file"), "{}", said(&output));
}

#[test]
fn a_kill_at_any_moment_leaves_the_old_or_the_new() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    for (name, seed) in [("one.jsonl", "1"), ("two.json", "2")] {
        let made = run(path, &["generate", "--figures", "2000", "--seed", seed, "-o", name]);
        assert_eq!(made.status.code(), Some(0));
    }
    let arguments = ["merge", "one.jsonl", "two.json", "-o", "all.json"];
    let start = std::time::Instant::now();
    assert_eq!(run(path, &arguments).status.code(), Some(0));
    let whole = start.elapsed();
    let new = fs::read(path.join("all.json")).unwrap();
    let rounds = std::env::var("ZHIBIAO_ROUNDS").ok().and_then(|n| n.parse().ok()).unwrap_or(8);
    for round in 0..rounds {
        fs::write(path.join("all.json"), "old").unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_zhibiao"));
        let mut child = command.current_dir(path).args(arguments).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(whole.mul_f64(f64::from(round) / f64::from(rounds)));
        child.kill().unwrap();
        child.wait().unwrap();
        let now = fs::read(path.join("all.json")).unwrap();
        assert!(now == b"old" || now == new, "round {round}");
    }
}
