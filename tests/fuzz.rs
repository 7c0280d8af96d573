//! Random inputs into everything that reads something: no panic, and what must hold of every result holds.
//!
//! Inputs are pieces of the bundled documents, cases and datasets, cut up, put together and strewn with what is
//! awkward. `cargo test` tries a few of each; `fuzz/run SECONDS` goes on for as long as it is told, with other
//! inputs each time. An input that fails is written to `tests/fuzz/`, where it is tried first from then on.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fs;
use std::io::{Cursor, Write};
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

#[path = "support/mix.rs"]
mod mix;

use mix::{AWKWARD, Dice, Seeds};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use zhibiao::dataset::{self, Dataset, Form, GENERATOR};
use zhibiao::index::Index;
use zhibiao::model::{Document, Lang};
use zhibiao::query::{self, Query};
use zhibiao::text::container::{self, Options};
use zhibiao::text::{self, read};
use zhibiao::ui::{self, Key, Model, Msg, Settings};
use zhibiao::{check, extract};

/// How long, or how often, to go on.
fn asked() -> (Duration, usize) {
    let seconds = std::env::var("ZHIBIAO_FUZZ_SECONDS").ok().and_then(|seconds| seconds.parse().ok());
    seconds.map_or((Duration::from_secs(3), 150), |seconds| (Duration::from_secs(seconds), usize::MAX))
}

/// Tries a target with kept inputs, then with mixtures; prints how many.
fn run(target: &str, seeds: &Seeds, each: impl Fn(&[u8])) {
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz").join(target);
    let (time, most) = asked();
    // Another beginning each time, but the same in the gate.
    let seed =
        if most == usize::MAX { SystemTime::UNIX_EPOCH.elapsed().unwrap().as_nanos() as u64 } else { 20 };
    let mut dice = Dice(seed | 1);
    let old: Vec<PathBuf> =
        fs::read_dir(&kept).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    let start = Instant::now();
    let (mut tried, mut slowest) = (0, Duration::ZERO);
    let inputs = old.iter().map(|path| fs::read(path).unwrap());
    let inputs =
        inputs.chain(std::iter::from_fn(|| Some(seeds.changed(dice.of(&seeds.0).clone(), &mut dice))));
    for input in inputs {
        let begin = Instant::now();
        if catch_unwind(AssertUnwindSafe(|| each(&input))).is_err() {
            fs::create_dir_all(&kept).unwrap();
            let path = kept.join(format!(
                "{:016x}",
                input.iter().fold(7_u64, |n, b| n.wrapping_mul(31) + u64::from(*b))
            ));
            fs::write(&path, &input).unwrap();
            panic!("{target}: {} fails", path.display());
        }
        slowest = slowest.max(begin.elapsed());
        tried += 1;
        if tried >= old.len() && (tried >= old.len().saturating_add(most) || start.elapsed() > time) {
            break;
        }
    }
    let mut out = std::io::stderr();
    _ = writeln!(
        out,
        "{target}: {tried} executions in {:.1} s, the slowest {slowest:.1?}",
        start.elapsed().as_secs_f64()
    );
}

fn documents() -> Seeds {
    let mut seeds = Seeds::of("data/corpus", &["txt", "html", "md"], 6_000);
    seeds.0.extend(Seeds::of("tests/extract", &["md"], 6_000).0);
    seeds
}

fn extracted(bytes: &[u8]) -> Option<Document> {
    text::prepare("a", "a.txt", bytes).ok().map(extract::document)
}

/// A dataset of one document, as it is written.
fn written(document: Document) -> String {
    let dataset = Dataset { generator: GENERATOR.to_owned(), documents: vec![document] };
    let mut out = Vec::new();
    dataset.write_to(&mut out, Form::Json).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn decode() {
    run("decode", &documents(), |bytes| {
        for said in [None, Some("gb18030"), Some("big5"), Some("utf-16le")] {
            let said = said.map(|said| said.parse().unwrap());
            if let Ok(decoded) = read::decode(bytes, said) {
                assert!(!decoded.raw.is_empty() && decoded.sha256.len() == 64);
            }
        }
    });
}

#[test]
fn clean() {
    run("clean", &documents(), |bytes| {
        let Ok(prepared) = text::prepare("a", "a", bytes) else { return };
        let length = prepared.raw.chars().count();
        for removed in &prepared.removed {
            assert!(removed.raw.start < removed.raw.end && removed.raw.end <= length);
        }
        for block in &prepared.blocks {
            let line = prepared.text.get(block.span.start..block.span.end).unwrap();
            assert!(!line.contains('\n') && !line.is_empty());
        }
        for sentence in text::sentences(&prepared.text, text::CleanSpan::new(0, prepared.text.len())) {
            assert!(prepared.text.get(sentence.start..sentence.end).is_some());
        }
    });
}

#[test]
fn numerals_and_extract() {
    run("extract", &documents(), |bytes| {
        let Some(document) = extracted(bytes) else { return };
        let raw = read::decode(bytes, None).unwrap().raw;
        for figure in &document.figures {
            let quote: String =
                raw.chars().skip(figure.raw.start).take(figure.raw.end - figure.raw.start).collect();
            assert_eq!(quote, figure.quote);
        }
        let text = written(document.clone());
        let again = dataset::from_str(&text).unwrap_or_else(|error| panic!("{error}"));
        assert!(again.documents == [document]);
    });
}

#[test]
fn containers() {
    let seeds = documents();
    let packed = |name: &str, bytes: &[u8]| {
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
        archive.finish().unwrap().into_inner()
    };
    let xml = |bytes: &[u8]| format!("<w><p><t>{}</t></p></w>", String::from_utf8_lossy(bytes)).into_bytes();
    run("containers", &seeds, |bytes| {
        let files = [
            ("a.jsonl", bytes.to_vec()),
            ("a.csv", bytes.to_vec()),
            ("a.gz", bytes.to_vec()),
            ("a.zip", bytes.to_vec()),
            ("b.zip", packed("x.txt", bytes)),
            ("a.docx", packed("word/document.xml", &xml(bytes))),
            ("a.xlsx", packed("xl/workbook.xml", &xml(bytes))),
            ("a.pdf", [b"%PDF-1.4\n", bytes].concat()),
        ];
        for (name, bytes) in files {
            let mut each = |_| ControlFlow::Continue(());
            let _ = container::texts(name, Cursor::new(bytes), &Options::default(), &mut each);
        }
    });
}

/// Small datasets as text.
fn datasets() -> Seeds {
    let texts = documents().0;
    let short = texts.into_iter().map(|mut text| {
        text.truncate(700);
        String::from_utf8_lossy(&text).into_owned()
    });
    Seeds(short.filter_map(|text| extracted(text.as_bytes())).map(|one| written(one).into_bytes()).collect())
}

#[test]
fn dataset_is_read_or_refused() {
    run("dataset", &datasets(), |bytes| {
        let Ok(text) = std::str::from_utf8(bytes) else { return };
        match dataset::from_str(text) {
            Ok(dataset) => {
                let mut out = Vec::new();
                dataset.write_to(&mut out, Form::Lines).unwrap();
                let again = dataset::from_str(std::str::from_utf8(&out).unwrap()).unwrap();
                assert!(again == dataset);
            }
            Err(error) => assert!(error.to_string().chars().count() < 2_000),
        }
    });
}

#[test]
fn query() {
    let mut seeds = Seeds::of("tests/query", &["md"], 20_000);
    // A query is a line.
    seeds.0 = seeds.0.iter().flat_map(|page| page.split(|b| *b == b'\n')).map(<[u8]>::to_vec).collect();
    let dataset = dataset::from_str(include_str!("../data/figures.json")).unwrap();
    let index = Index::new(dataset);
    run("query", &seeds, |bytes| {
        let text: String = String::from_utf8_lossy(bytes).chars().take(400).collect();
        let query = Query::parse(&text);
        let hits = query::run(&index, &query::resolve(&query, &index));
        assert!(hits.total <= 100_000);
        let caret = text.char_indices().nth(bytes.len() % 7).map_or(0, |(at, _)| at);
        query::complete(&text, caret, &index, &query::Saved::default(), Lang::Zh);
    });
}

#[test]
fn any_dataset_is_drawn_at_any_size_after_any_keys() {
    let bound = [
        "j", "k", "<enter>", "<esc>", "<tab>", "o", "c", "t", "x", "g", "s", "v", "?", "/", "<space>", "y",
        "r", "e", "f", "b", "z", "Z", "w", "d", "[", "]", "n", "N", "<up>", "<down>", "<left>", "<right>",
        "专", "5", "%", "-", ":", "#",
    ];
    run("draw", &documents(), |bytes| {
        let mut dice = Dice(bytes.iter().fold(9_u64, |n, b| n.wrapping_mul(131) + u64::from(*b)) | 1);
        let bytes = &bytes[..bytes.len().min(1_500)];
        let Some(mut document) = extracted(String::from_utf8_lossy(bytes).as_bytes()) else { return };
        for figure in &mut document.figures {
            let texts = [&mut figure.indicator, &mut figure.indicator_id, &mut figure.quote];
            for text in texts.into_iter().chain(&mut figure.subject).chain(&mut figure.unit) {
                if dice.below(4) == 0 {
                    text.push_str(&dice.of(AWKWARD).repeat(dice.below(30)));
                }
            }
        }
        document.title = Some(dice.of(AWKWARD).repeat(40));
        let dataset = Dataset { generator: GENERATOR.to_owned(), documents: vec![document] };
        let settings = Settings { plain: dice.below(2) == 0, ..Settings::default() };
        let mut model = Model::new(Arc::new(Index::new(dataset)), settings);
        let report = Arc::new(check::run(model.index()));
        ui::update(&mut model, Msg::Checked(report));
        for _ in 0..12 {
            let (width, height) = (dice.below(140) as u16, dice.below(45) as u16);
            ui::update(&mut model, Msg::Resize(width, height));
            for _ in 0..dice.below(4) {
                for key in Key::script(dice.of::<&str>(&bound)) {
                    ui::update(&mut model, Msg::Key(key));
                }
            }
            let area = Rect { x: 0, y: 0, width, height };
            let mut buffer = Buffer::empty(area);
            ui::view(&model, area, &mut buffer);
            for cell in &buffer.content {
                let raw =
                    cell.symbol().chars().any(|c| c.is_control() || "\u{202e}\u{200b}\u{feff}".contains(c));
                assert!(!raw && cell.symbol().chars().count() < 30, "{:?}", cell.symbol());
            }
        }
    });
}
