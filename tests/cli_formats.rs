//! Documents as they come: Word, Markdown, corpora, packed files, other encodings. Each file is made here.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fmt::Write as _;
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
fn a_table_of_two_columns_is_one() {
    let folder = folder();
    fs::write(input(&folder, "a.csv"), "指标,2031年(亿元)\n工业增加值,98.7\n固定资产投资,75.2\n").unwrap();
    let run = run(folder, &[]);
    assert_eq!(run.quotes(), ["a.csv 98.7", "a.csv 75.2"], "{}", run.said);
}

#[test]
fn what_explodes_or_is_no_file_is_named_and_the_rest_goes_on() {
    let folder = folder();
    fs::write(input(&folder, "a.txt"), SENTENCE).unwrap();
    zipped(&input(&folder, "b.zip"), &[("big.txt", &vec![b'0'; 40_000_000]), ("c.txt", SENTENCE.as_bytes())]);
    fs::write(input(&folder, "d.docx"), b"PK no archive").unwrap();
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packer.write_all(&vec![b'0'; 40_000_000]).unwrap();
    fs::write(input(&folder, "e.txt.gz"), packer.finish().unwrap()).unwrap();
    #[cfg(unix)]
    assert!(std::process::Command::new("mkfifo").arg(input(&folder, "e.txt")).status().unwrap().success());
    let run = run(folder, &[]);
    assert_eq!(run.status, Some(2));
    assert_eq!(run.quotes().len(), 4, "{:?}", run.quotes());
    for part in [
        "b.zip#big.txt: it grows to more than 100 times",
        "e.txt.gz: it grows to more than 100 times",
        "d.docx: no Word document",
    ] {
        assert!(run.said.contains(part), "{part}: {}", run.said);
    }
    #[cfg(unix)]
    assert!(run.said.contains("e.txt: not a regular file"), "{}", run.said);
    assert!(run.folder.path().join("out.json").exists());
}

/// A workbook with percentages, days and words in its formats, a hidden sheet, and gaps.
fn workbook() -> Vec<u8> {
    let parts: [(&str, &str); 6] = [
        (
            "xl/workbook.xml",
            "<workbook xmlns:r='r'><sheets><sheet name='工业' sheetId='1' r:id='r1'/>\
             <sheet name='草稿' sheetId='2' state='hidden' r:id='r2'/><sheet name='农业' sheetId='3' r:id='r3'/>\
             </sheets></workbook>",
        ),
        (
            "xl/_rels/workbook.xml.rels",
            "<Relationships><Relationship Id='r1' Target='worksheets/sheet1.xml'/>\
             <Relationship Id='r2' Target='worksheets/sheet1.xml'/>\
             <Relationship Id='r3' Target='/xl/worksheets/sheet2.xml'/></Relationships>",
        ),
        (
            "xl/sharedStrings.xml",
            "<sst><si><t>地区</t></si><si><r><t>产值（</t></r><r><t>亿元）</t></r><rPh><t>读</t></rPh></si>\
             <si><t>增速</t></si><si><t>河东县</t></si></sst>",
        ),
        (
            "xl/styles.xml",
            "<styleSheet><numFmts><numFmt numFmtId='170' formatCode='0.0&quot;万吨&quot;'/></numFmts>\
             <cellStyleXfs><xf numFmtId='9'/></cellStyleXfs>\
             <cellXfs><xf numFmtId='0'/><xf numFmtId='10'/><xf numFmtId='170'/><xf numFmtId='14'/></cellXfs>\
             </styleSheet>",
        ),
        (
            "xl/worksheets/sheet1.xml",
            "<worksheet><sheetData><row><c r='A1' t='s'><v>0</v></c><c r='B1' t='s'><v>1</v></c>\
             <c r='C1' t='s'><v>2</v></c></row><row><c r='A2' t='s'><v>3</v></c>\
             <c r='B2'><f>29*2</f><v>58.600000000000001</v></c><c r='C2' s='1'><v>6.7000000000000004E-2</v></c>\
             </row></sheetData></worksheet>",
        ),
        (
            "xl/worksheets/sheet2.xml",
            "<worksheet><sheetData><row><c r='A1' t='inlineStr'><is><t>粮食产量</t></is></c>\
             <c r='D1' s='2'><v>12.5</v></c></row><row><c t='e'><v>#N/A</v></c><c s='3'><v>45047</v></c></row>\
             </sheetData></worksheet>",
        ),
    ];
    let folder = folder();
    let path = folder.path().join("a.xlsx");
    zipped(&path, &parts.map(|(name, text)| (name, text.as_bytes())));
    fs::read(path).unwrap()
}

#[test]
fn spreadsheets_show_what_their_formats_say() {
    let folder = folder();
    fs::write(input(&folder, "a.xlsx"), workbook()).unwrap();
    let run = run(folder, &[]);
    assert_eq!(run.status, Some(0), "{}", run.said);
    let dataset: Value =
        serde_json::from_str(&fs::read_to_string(run.folder.path().join("out.json")).unwrap()).unwrap();
    assert_eq!(
        dataset["documents"][0]["text"],
        "工业\n地区\t产值（亿元）\t增速\n河东县\t58.6\t6.7%\n农业\n粮食产量 12.5万吨"
    );
    let values: Vec<&str> = run.figures.iter().filter_map(|figure| figure["value"].as_str()).collect();
    assert_eq!(values, ["5860000000", "6.7", "125000"]);
}

/// A PDF of one page with these lines, or with a picture alone.
#[cfg(feature = "pdf")]
fn portable(lines: &[&str]) -> Vec<u8> {
    drawn(lines, "")
}

/// The same with a stream packed by `FlateDecode` in place of the lines, if there is one.
#[cfg(feature = "pdf")]
fn drawn(lines: &[&str], packed: &str) -> Vec<u8> {
    let mut content = String::from("BT /F1 12 Tf 60 760 Td 18 TL\n");
    for line in lines {
        content.push('<');
        for code in line.encode_utf16() {
            write!(content, "{code:04X}").unwrap();
        }
        content.push_str("> Tj T*\n");
    }
    content += "ET";
    if lines.is_empty() {
        content.replace_range(.., "q 595 0 0 842 0 0 cm /I1 Do Q");
    }
    let mut filter = "";
    if !packed.is_empty() {
        packed.clone_into(&mut content);
        filter = "/Filter [/ASCIIHexDecode /FlateDecode] ";
    }
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R \
         /Resources << /Font << /F1 5 0 R >> /XObject << /I1 7 0 R >> >> >>"
            .to_owned(),
        format!("<< {filter}/Length {} >>\nstream\n{content}\nendstream", content.len()),
        "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H \
         /DescendantFonts [6 0 R] >>"
            .to_owned(),
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 \
         /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>"
            .to_owned(),
        "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 \
         /Length 1 >>\nstream\n0\nendstream"
            .to_owned(),
    ];
    let mut file = String::from("%PDF-1.4\n");
    let mut places = Vec::new();
    for (n, object) in objects.iter().enumerate() {
        places.push(file.len());
        writeln!(file, "{} 0 obj\n{object}\nendobj", n + 1).unwrap();
    }
    let start = file.len();
    writeln!(file, "xref\n0 {}\n0000000000 65535 f ", objects.len() + 1).unwrap();
    for place in &places {
        writeln!(file, "{place:010} 00000 n ").unwrap();
    }
    let size = objects.len() + 1;
    writeln!(file, "trailer << /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF").unwrap();
    file.into_bytes()
}

#[cfg(feature = "pdf")]
#[test]
fn a_pdf_gives_its_text_and_a_scanned_one_is_called_so() {
    let folder = folder();
    fs::write(
        input(&folder, "a.pdf"),
        portable(&["河东县工作简报", "2023年，河东县粮食产量12.5万吨，比上年增长6.2%。"]),
    )
    .unwrap();
    fs::write(input(&folder, "b.pdf"), portable(&[])).unwrap();
    let sound = portable(&[SENTENCE]);
    fs::write(input(&folder, "c.pdf"), &sound[..sound.len() / 3]).unwrap();
    fs::write(input(&folder, "d.pdf"), "no such thing").unwrap();
    // A few kilobytes that grow to most of a gigabyte.
    let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    let blank = vec![b' '; 1 << 20];
    (0..800).for_each(|_| packer.write_all(&blank).unwrap());
    let bytes = packer.finish().unwrap();
    let packed = bytes.iter().fold(String::new(), |mut hex, byte| {
        write!(hex, "{byte:02x}").unwrap();
        hex
    }) + ">";
    fs::write(input(&folder, "e.pdf"), drawn(&[], &packed)).unwrap();
    let run = run(folder, &[]);
    assert_eq!(run.status, Some(2));
    assert_eq!(run.quotes(), ["a.pdf 12.5万吨", "a.pdf 6.2%"], "{}", run.said);
    for part in [
        "b.pdf: a scanned PDF: it holds pictures of pages, but no text",
        "c.pdf: ",
        "d.pdf: no readable PDF",
        "e.pdf: reading it takes more memory than such a file may take",
    ] {
        assert!(run.said.contains(part), "{part}: {}", run.said);
    }
    assert!(!run.said.contains("panicked"), "{}", run.said);
}
