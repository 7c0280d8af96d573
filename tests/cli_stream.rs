//! `extract --stream`: a record a line, whatever the line; the same record wherever the line stands.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "support/schema.rs"]
mod schema;

use std::io::{BufRead, BufReader, Write};
use std::process::{Command as Process, Stdio};

use assert_cmd::Command;
use assert_cmd::cargo::cargo_bin;
use proptest::prelude::*;
use serde_json::{Value, json};
use zhibiao::dataset;

const SENTENCE: &str = "2023年，河东县粮食产量12.5万吨，比上年增长6.2%。";

fn line(id: &str, text: &str) -> String {
    json!({"id": id, "title": "河东县统计公报", "date": "2024-03-01", "text": text}).to_string()
}

/// What `extract --stream` writes for some bytes; the exit status must be 0.
fn stream(input: &[u8], arguments: &[&str]) -> Vec<String> {
    let mut command = Command::cargo_bin("zhibiao").unwrap();
    let done = command.args(["extract", "--stream"]).args(arguments).write_stdin(input).output().unwrap();
    assert_eq!((done.status.code(), String::from_utf8_lossy(&done.stderr)), (Some(0), "".into()));
    String::from_utf8(done.stdout).unwrap().lines().map(str::to_owned).collect()
}

fn parsed(record: &str) -> Value {
    let value: Value = serde_json::from_str(record).unwrap();
    let schema: Value = serde_json::from_str(dataset::SCHEMA).unwrap();
    let sort = if value.get("problem").is_some() { "problem" } else { "document" };
    let rule = &schema["$defs"][sort];
    assert_eq!(schema::errors(&schema, rule, &value), [""; 0], "{record}");
    value
}

#[test]
fn a_document_a_line_gives_a_record_a_line() {
    let input = format!("{}\n\n{}\n", line("甲", SENTENCE), line("乙", "没有数字。"));
    let records = stream(input.as_bytes(), &[]);
    let [first, second] = [0, 1].map(|n| parsed(&records[n]));
    assert_eq!(records.len(), 2);
    assert_eq!((&first["id"], &second["id"]), (&json!("甲"), &json!("乙")));
    assert_eq!(first["figures"][0]["quote"], "12.5万吨");
    assert_eq!(first["figures"][0]["period"], "2023");
    assert_eq!(second["figures"], json!([]));
}

#[test]
fn a_bad_line_is_a_record_and_the_rest_goes_on() {
    let bad: [&[u8]; 6] = [
        b"{\"id\":\"1\",\"text\":",
        b"[1,2]",
        b"{\"id\":\"3\",\"words\":\"\xe6\x97\xa0\"}",
        b"{\"id\":\"4\",\"text\":\"  \"}",
        b"\x00\x01\xff",
        b"{\"format\":\"zhibiao\",\"version\":1,\"generator\":\"x\"}",
    ];
    let said =
        ["no JSON object", "no JSON object", "--columns text=", "empty", "not a text file", "a dataset"];
    let mut input = bad.join(&b'\n');
    input.extend(format!("\n{}", line("末", SENTENCE)).bytes());
    let records = stream(&input, &[]);
    assert_eq!(records.len(), 7);
    for ((record, said), bytes) in records.iter().zip(said).zip(bad) {
        let problem = parsed(record);
        assert!(problem["problem"].as_str().unwrap().contains(said), "{record}");
        assert_eq!(problem["line"].as_str().unwrap(), String::from_utf8_lossy(bytes));
    }
    assert_eq!(parsed(&records[6])["figures"].as_array().unwrap().len(), 2);
}

#[test]
fn a_line_without_an_identifier_is_known_by_its_hash() {
    let input = format!("{{\"text\":\"{SENTENCE}\"}}\r\n{{\"text\":\"{SENTENCE}\"}}");
    let records = stream(input.as_bytes(), &[]);
    assert_eq!(records[0], records[1]);
    assert_eq!(parsed(&records[0])["id"].as_str().unwrap().len(), 64);
}

#[test]
fn columns_and_the_encoding_can_be_named() {
    let (bytes, ..) = encoding_rs::GB18030.encode("{\"正文内容\":\"全县投资5亿元。\",\"号\":7}");
    let arguments = ["--columns", "text=正文内容,id=号", "--encoding", "gbk"];
    let record = parsed(&stream(&bytes, &arguments)[0]);
    assert_eq!((&record["id"], &record["figures"][0]["value"]), (&json!("7"), &json!("500000000")));
}

#[test]
fn a_header_and_records_are_the_dataset_that_extract_writes() {
    let folder = tempfile::tempdir().unwrap();
    let (corpus, gathered) = (folder.path().join("corpus.jsonl"), folder.path().join("gathered.jsonl"));
    let written = folder.path().join("written.jsonl");
    let input = format!("{}\n{}\n", line("a", SENTENCE), line("b", "全县投资5亿元。"));
    std::fs::write(&corpus, &input).unwrap();
    let records = stream(input.as_bytes(), &["--header"]);
    std::fs::write(&gathered, records.join("\n") + "\n").unwrap();
    let mut extract = Command::cargo_bin("zhibiao").unwrap();
    extract.arg("extract").arg(&corpus).arg("-o").arg(&written).assert().success();
    let [mut gathered, mut written] = [gathered, written].map(|path| dataset::read(&path).unwrap());
    // The filter knows no file.
    for document in gathered.documents.iter_mut().chain(&mut written.documents) {
        document.path.clear();
    }
    assert_eq!(gathered, written);
}

#[test]
fn a_record_comes_before_the_next_line_is_sent() {
    let mut child = Process::new(cargo_bin("zhibiao"))
        .args(["extract", "--stream"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let (mut to, from) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
    let mut from = BufReader::new(from).lines();
    for id in ["1", "2"] {
        writeln!(to, "{}", line(id, SENTENCE)).unwrap();
        assert_eq!(parsed(&from.next().unwrap().unwrap())["id"], id);
    }
    drop(to);
    assert!(child.wait().unwrap().success());
}

#[test]
fn what_does_not_go_with_a_stream_is_refused() {
    for arguments in [&["a.txt"][..], &["-o", "x.json"], &["--threads", "2"], &["--report", "r"]] {
        let mut command = Command::cargo_bin("zhibiao").unwrap();
        command.args(["extract", "--stream"]).args(arguments).assert().code(2);
    }
    Command::cargo_bin("zhibiao").unwrap().args(["extract", "--header"]).assert().code(2);
    Command::cargo_bin("zhibiao").unwrap().args(["extract", "a.txt"]).assert().code(2);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]

    /// However the lines are dealt to processes, the records are the same.
    #[test]
    fn records_do_not_depend_on_their_neighbours(
        lines in prop::collection::vec("[0-9]{0,3}[年亿%，]{0,2}\\PC{0,12}", 1..8),
        cut in 0usize..8,
    ) {
        let inputs: Vec<String> = lines.iter().map(|text| line("x", text)).collect();
        let cut = cut.min(inputs.len());
        let of = |part: &[String]| stream(part.join("\n").as_bytes(), &[]);
        let apart = [of(&inputs[..cut]), of(&inputs[cut..])].concat();
        prop_assert_eq!(of(&inputs), apart);
    }
}
