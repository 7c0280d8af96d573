//! `zhibiao export` and `zhibiao schema`: what they print, and their exit statuses.

#[path = "support/sample.rs"]
mod support;

use std::process::{Output, Stdio};

use assert_cmd::Command;

fn run(arguments: &[&str]) -> Output {
    Command::cargo_bin("zhibiao").expect("the program").args(arguments).output().expect("it runs")
}

fn printed(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

/// The sample as a file; the folder goes with it.
fn sample() -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("sample.json");
    support::sample().write(&path).expect("it can be written");
    let path = path.to_str().expect("UTF-8").to_owned();
    (folder, path)
}

#[test]
fn json_lines_by_default() {
    let (_folder, path) = sample();
    for arguments in [&["export", &path][..], &["export", &path, "--format", "jsonl"]] {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(0));
        let text = printed(&output);
        let lines: Vec<serde_json::Value> =
            text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(lines.len(), 4);
        for key in [
            "doc",
            "start",
            "end",
            "value",
            "value_high",
            "unit",
            "unit_inferred",
            "bound",
            "kind",
            "indicator",
            "subject",
            "period",
            "status",
            "of",
            "parent",
            "owners",
        ] {
            assert!(lines.iter().all(|line| line.get(key).is_some()), "{key}");
        }
    }
}

#[test]
fn csv() {
    let (folder, path) = sample();
    let output = run(&["export", &path, "-f", "csv"]);
    assert_eq!(output.status.code(), Some(0));
    let text = printed(&output);
    assert!(text.starts_with("doc,id,start,end,") && text.contains("\r\na.html,a.html:1,"), "{text}");

    let mut formula = support::sample();
    formula.documents[0].figures[0].indicator = "=HYPERLINK(\"x\")".to_owned();
    let path = folder.path().join("formula.jsonl");
    formula.write(&path).unwrap();
    let path = path.to_str().unwrap();
    assert!(printed(&run(&["export", path, "--format", "csv"])).contains(",\"'=HYPERLINK(\"\"x\"\")\","));
    assert!(
        printed(&run(&["export", path, "--format", "csv", "--raw-csv"]))
            .contains(",\"=HYPERLINK(\"\"x\"\")\",")
    );
}

#[test]
fn what_is_no_dataset() {
    let (folder, _) = sample();
    for (name, text, message) in [
        ("other.json", "{\"format\":\"geojson\"}", "other.json: line 1: format: not a zhibiao dataset"),
        (
            "newer.json",
            "{\"format\":\"zhibiao\",\"version\":2,\"generator\":\"x\",\"documents\":[]}",
            "newer.json: version: version 2 of the format is not known",
        ),
        ("short.json", "{\"format\":\"zhibiao\",", "short.json: line 1:"),
    ] {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        let output = run(&["export", path.to_str().unwrap()]);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(said.starts_with("zhibiao: ") && said.contains(message), "{said}");
    }
    let output = run(&["export", "/no/such/file.json"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains("/no/such/file.json: No such file"));
    assert_eq!(run(&["export"]).status.code(), Some(2));
    assert_eq!(run(&["export", "x.json", "--format", "xml"]).status.code(), Some(2));
}

#[test]
fn a_reader_that_has_gone_is_no_error() {
    let (_folder, path) = sample();
    for arguments in [&["export", &path][..], &["export", &path, "--format", "csv"], &["schema"], &["--help"]]
    {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_zhibiao"));
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = command.args(arguments).stdout(writer).stderr(Stdio::piped()).output().unwrap();
        assert_eq!((output.status.code(), output.stderr.len()), (Some(0), 0), "{arguments:?}");
    }
}

#[test]
fn an_output_that_is_full_is_an_error() {
    if let Ok(full) = std::fs::OpenOptions::new().write(true).open("/dev/full") {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_zhibiao"))
            .arg("schema")
            .stdout(full)
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(2));
        assert!(String::from_utf8(output.stderr).unwrap().starts_with("zhibiao: standard output: "));
    }
}

#[test]
fn the_schema() {
    let output = run(&["schema"]);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(printed(&output), zhibiao::dataset::SCHEMA);
    assert_eq!(run(&["schema", "more"]).status.code(), Some(2));
}
