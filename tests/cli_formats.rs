//! Documents as they come: Word, Markdown, corpora, packed files, other encodings. Each file is made here.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use serde_json::Value;
use zip::write::SimpleFileOptions;

const SENTENCE: &str = "2023年，河东县粮食产量12.5万吨，比上年增长6.2%。";

/// A folder of documents, and what `extract` said of it.
struct Run {
    folder: tempfile::TempDir,
    status: Option<i32>,
    said: String,
    figures: Vec<Value>,
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

fn run(folder: tempfile::TempDir, arguments: &[&str]) -> Run {
    let output = folder.path().join("out.json");
    let documents = folder.path().join("in");
    let mut command = Command::cargo_bin("zhibiao").unwrap();
    let done =
        command.arg("extract").arg(&documents).args(arguments).arg("-o").arg(&output).output().unwrap();
    let mut figures = Vec::new();
    if let Ok(text) = fs::read_to_string(&output) {
        let dataset: Value = serde_json::from_str(&text).unwrap();
        for document in dataset["documents"].as_array().unwrap() {
            for figure in document["figures"].as_array().unwrap() {
                let mut figure = figure.clone();
                for (name, of) in [("doc", "id"), ("date", "date"), ("encoding", "encoding")] {
                    figure[name] = document[of].clone();
                }
                figures.push(figure);
            }
        }
    }
    let said = String::from_utf8(done.stderr).unwrap();
    Run { folder, status: done.status.code(), said, figures }
}

fn input(folder: &tempfile::TempDir, name: &str) -> PathBuf {
    let path = folder.path().join("in").join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    path
}

impl Run {
    /// `doc quote` of every figure.
    fn quotes(&self) -> Vec<String> {
        let text = |value: &Value| value.as_str().unwrap_or("?").to_owned();
        self.figures.iter().map(|f| format!("{} {}", text(&f["doc"]), text(&f["quote"]))).collect()
    }
}

fn zipped(path: &Path, files: &[(&str, &[u8])]) {
    let mut archive = zip::ZipWriter::new(File::create(path).unwrap());
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    for (name, bytes) in files {
        archive.start_file(*name, options).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap();
}

/// A Word document with a number in two runs, a table, and deleted text.
fn word() -> Vec<u8> {
    let cell = |text: &str| format!("<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>");
    let row = |cells: &[&str]| format!("<w:tr>{}</w:tr>", cells.iter().map(|c| cell(c)).collect::<String>());
    let body = format!(
        "<w:p><w:r><w:t>2023年，河东县税收4.</w:t></w:r><w:del><w:r><w:delText>7</w:delText></w:r></w:del>\
         <w:r><w:t>29亿元&#12290;</w:t></w:r></w:p><w:tbl>{}{}</w:tbl>",
        row(&["地区", "产值（亿元）", "利润（亿元）"]),
        row(&["河东县", "31", "7"])
    );
    let xml =
        format!("<?xml version=\"1.0\"?><w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>");
    let folder = folder();
    let path = folder.path().join("a.docx");
    zipped(&path, &[("word/document.xml", xml.as_bytes())]);
    let mut bytes = Vec::new();
    File::open(path).unwrap().read_to_end(&mut bytes).unwrap();
    bytes
}

#[test]
fn encodings_are_found_out_and_recorded() {
    let folder = folder();
    fs::write(input(&folder, "a.txt"), encoding_rs::GB18030.encode(SENTENCE).0).unwrap();
    let big5 = "民國一百年，全縣工廠三十六家，產值五億元，較上年增長百分之三。";
    fs::write(input(&folder, "b.txt"), encoding_rs::BIG5.encode(big5).0).unwrap();
    let utf16: Vec<u8> = format!("\u{feff}{SENTENCE}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    fs::write(input(&folder, "c.txt"), utf16).unwrap();
    let run = run(folder, &[]);
    assert_eq!(run.status, Some(0), "{}", run.said);
    let quotes = run.quotes();
    for quote in ["a.txt 12.5万吨", "b.txt 三十六家", "b.txt 五億元", "c.txt 12.5万吨"] {
        assert!(quotes.iter().any(|q| q == quote), "{quote}: {quotes:?}");
    }
    let mut encodings: Vec<&str> = run.figures.iter().filter_map(|f| f["encoding"].as_str()).collect();
    encodings.dedup();
    assert_eq!(encodings, ["gb18030", "big5", "utf-16le"]);
}

#[test]
fn a_named_encoding_is_used_for_every_file() {
    let folder = folder();
    let utf16: Vec<u8> = SENTENCE.encode_utf16().flat_map(u16::to_be_bytes).collect();
    fs::write(input(&folder, "a.txt"), utf16).unwrap();
    let run = run(folder, &["--encoding", "utf-16be"]);
    assert_eq!(run.quotes(), ["a.txt 12.5万吨", "a.txt 6.2%"]);
}

#[test]
fn corpora_give_a_document_a_record() {
    let folder = folder();
    let lines = format!(
        "{{\"id\":\"k1\",\"title\":\"河东县公报\",\"date\":\"2024-03-05\",\"text\":\"{SENTENCE}\"}}\n\n{{broken\n\
         {{\"id\":\"k1\",\"text\":\"全县投资3亿元。\"}}\n{{\"note\":1}}\n"
    );
    fs::write(input(&folder, "a.jsonl"), lines).unwrap();
    fs::write(input(&folder, "b.csv"), "编号,日期,正文\nr7,2022-06-01,\"全县投资5亿元，\n增长4%。\"\n")
        .unwrap();
    let report = folder.path().join("report.jsonl");
    let run = run(folder, &["--report", report.to_str().unwrap()]);
    assert_eq!(run.status, Some(2));
    let report = fs::read_to_string(report).unwrap();
    let remarks: Vec<Value> = report.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(remarks.len(), 2);
    assert_eq!(remarks[0]["sort"], "problem");
    assert_eq!(
        run.quotes(),
        ["k1 12.5万吨", "k1 6.2%", "a.jsonl#4 3亿元", "r7 5亿元", "r7 4%"],
        "a second k1 is called by its place"
    );
    assert_eq!(run.figures[0]["date"], "2024-03-05");
    assert!(run.said.contains("a.jsonl#3: no JSON object"), "{}", run.said);
    assert!(run.said.contains("a.jsonl#5: no column holds the text (there are: note)"), "{}", run.said);
    assert!(run.said.contains("2 problems"), "{}", run.said);
}

#[test]
fn columns_can_be_named() {
    let folder = folder();
    fs::write(input(&folder, "a.csv"), format!("号,文\nz,\"{SENTENCE}\"\n")).unwrap();
    let run = run(folder, &["--columns", "id=号,text=文"]);
    assert_eq!(run.quotes(), ["z 12.5万吨", "z 6.2%"]);
}

#[test]
fn a_table_is_one_document() {
    let folder = folder();
    fs::write(input(&folder, "a.csv"), "地区,产值（亿元）,增速（%）\n长春市,58.6,6.2\n吉林市,40.1,5\n")
        .unwrap();
    let run = run(folder, &[]);
    assert_eq!(run.quotes(), ["a.csv 58.6", "a.csv 6.2", "a.csv 40.1", "a.csv 5"]);
    assert_eq!(run.figures[2]["value"], "4010000000");
}

#[test]
fn word_documents_and_packed_files() {
    let folder = folder();
    fs::write(input(&folder, "a.docx"), word()).unwrap();
    zipped(
        &input(&folder, "b.zip"),
        &[("一/c.txt", SENTENCE.as_bytes()), ("d.docx", &word()), ("e.exe", b"12\xe4"), (".f.txt", b"1")],
    );
    let gzip = File::create(input(&folder, "g.txt.gz")).unwrap();
    flate2::write::GzEncoder::new(gzip, flate2::Compression::fast()).write_all(SENTENCE.as_bytes()).unwrap();
    let run = run(folder, &[]);
    assert_eq!(run.status, Some(0), "{}", run.said);
    assert_eq!(
        run.quotes(),
        [
            "a.docx 4.29亿元",
            "a.docx 31",
            "a.docx 7",
            "b.zip#一/c.txt 12.5万吨",
            "b.zip#一/c.txt 6.2%",
            "b.zip#d.docx 4.29亿元",
            "b.zip#d.docx 31",
            "b.zip#d.docx 7",
            "g.txt.gz 12.5万吨",
            "g.txt.gz 6.2%"
        ]
    );
}

#[test]
fn what_explodes_or_is_no_file_is_named_and_the_rest_goes_on() {
    let folder = folder();
    fs::write(input(&folder, "a.txt"), SENTENCE).unwrap();
    zipped(&input(&folder, "b.zip"), &[("big.txt", &vec![b'0'; 40_000_000]), ("c.txt", SENTENCE.as_bytes())]);
    fs::write(input(&folder, "d.docx"), b"PK no archive").unwrap();
    #[cfg(unix)]
    assert!(std::process::Command::new("mkfifo").arg(input(&folder, "e.txt")).status().unwrap().success());
    let run = run(folder, &[]);
    assert_eq!(run.status, Some(2));
    assert_eq!(run.quotes().len(), 4, "{:?}", run.quotes());
    for part in ["b.zip#big.txt: it grows to more than 200 times", "d.docx: no Word document"] {
        assert!(run.said.contains(part), "{part}: {}", run.said);
    }
    #[cfg(unix)]
    assert!(run.said.contains("e.txt: not a regular file"), "{}", run.said);
    assert!(run.folder.path().join("out.json").exists());
}
