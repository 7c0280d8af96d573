//! The dataset's JSON: what is written is read back the same, and what is wrong is named with its place.

#[path = "support/schema.rs"]
mod schema;
#[path = "support/sample.rs"]
mod support;

use serde_json::{Value, json};
use support::sample;
use zhibiao::dataset::{self, Dataset, Form, SCHEMA};
use zhibiao::model::{Bound, Field, Kind, Reason, Status};

fn written(form: Form) -> String {
    let mut out = Vec::new();
    sample().write_to(&mut out, form).expect("the sample is sound");
    String::from_utf8(out).expect("the sample is sound")
}

/// The sample as a value, changed.
fn changed(change: impl FnOnce(&mut Value)) -> String {
    let mut value: Value = serde_json::from_str(&written(Form::Json)).expect("the sample is sound");
    change(&mut value);
    value.to_string()
}

/// The message for a sample with one value replaced.
fn message(pointer: &str, value: Value) -> String {
    let text = changed(|whole| *whole.pointer_mut(pointer).unwrap_or_else(|| panic!("no {pointer}")) = value);
    dataset::from_str(&text).expect_err("the change is wrong").to_string()
}

#[test]
fn both_forms_are_read_back_the_same() {
    for form in [Form::Json, Form::Lines] {
        assert_eq!(dataset::from_str(&written(form)).unwrap(), sample(), "{form:?}");
    }
    let empty = Dataset { generator: "x".to_owned(), documents: Vec::new() };
    for form in [Form::Json, Form::Lines] {
        let mut out = Vec::new();
        empty.write_to(&mut out, form).unwrap();
        assert_eq!(dataset::from_str(std::str::from_utf8(&out).unwrap()).unwrap(), empty);
    }
}

#[test]
fn the_order_of_keys_and_the_white_space_do_not_matter() {
    // serde_json's map sorts the keys: documents come before format and version.
    let sorted = changed(|_| {});
    assert!(sorted.starts_with("{\"documents\""));
    assert_eq!(dataset::from_str(&sorted).unwrap(), sample());
    assert_eq!(dataset::from_str(&format!("\u{feff}{}", written(Form::Json))).unwrap(), sample());
}

#[test]
fn a_figure_stands_on_a_line_of_its_own() {
    let text = written(Form::Json);
    let figures: Vec<&str> = text.lines().filter(|line| line.starts_with("  {\"id\":")).collect();
    assert_eq!(figures.len(), 4);
    let first: Value = serde_json::from_str(figures[0].trim_end_matches(',')).unwrap();
    assert_eq!(first["quote"], "１２</b>家");
    assert_eq!(first["value"], "12");
    assert_eq!(first["value_high"], "15.5");
}

#[test]
fn positions_are_code_points() {
    let value: Value = serde_json::from_str(&written(Form::Json)).unwrap();
    let document = &value["documents"][0];
    let text: Vec<char> = document["text"].as_str().unwrap().chars().collect();
    let raw: Vec<char> = support::PAGE.chars().collect();
    for figure in document["figures"].as_array().unwrap() {
        let at = |key: &str| figure[key].as_u64().unwrap() as usize;
        let quote: String = raw[at("start")..at("end")].iter().collect();
        assert_eq!(figure["quote"], quote);
        let clean: String = text[at("text_start")..at("text_end")].iter().collect();
        assert!(["12家", "30%"].contains(&clean.as_str()), "{clean}");
    }
    let covered: u64 = document["map"]
        .as_array()
        .unwrap()
        .iter()
        .map(|run| if run.get(2).is_some() { 1 } else { run[1].as_u64().unwrap() })
        .sum();
    assert_eq!(covered as usize, text.len());
}

#[test]
fn the_schema_holds_for_what_is_written() {
    let root: Value = serde_json::from_str(SCHEMA).unwrap();
    let value: Value = serde_json::from_str(&written(Form::Json)).unwrap();
    assert_eq!(schema::errors(&root, &root, &value), Vec::<String>::new());
    for (n, line) in written(Form::Lines).lines().enumerate() {
        let rule = root.pointer(if n == 0 { "/$defs/header" } else { "/$defs/document" }).unwrap();
        let value = serde_json::from_str(line).unwrap();
        assert_eq!(schema::errors(&root, rule, &value), Vec::<String>::new());
    }
}

#[test]
fn the_schema_fails_for_what_is_wrong() {
    let root: Value = serde_json::from_str(SCHEMA).unwrap();
    for (pointer, value) in [
        ("/version", json!(2)),
        ("/documents/0/id", json!("")),
        ("/documents/0/date", json!("2022年")),
        ("/documents/0/map/0", json!([1])),
        ("/documents/0/figures/0/value", json!(12)),
        ("/documents/0/figures/0/value", json!("1e5")),
        ("/documents/0/figures/0/bound", json!("more")),
        ("/documents/0/figures/0/start", json!(-1)),
        ("/documents/0/figures/0/period", json!("去年")),
        ("/documents/0/figures/0/confidence", json!(1.5)),
        ("/documents/0/figures/0/sentence", json!({"start": 1, "end": 2, "more": 3})),
        ("/documents/0/figures/0/trace/0/field", json!("colour")),
        ("/documents/0/rejected/0/reason", json!("because")),
    ] {
        let text = changed(|whole| *whole.pointer_mut(pointer).unwrap() = value.clone());
        let wrong = schema::errors(&root, &root, &serde_json::from_str(&text).unwrap());
        assert_eq!(wrong.len(), 1, "{pointer} {value}: {wrong:?}");
        assert!(dataset::from_str(&text).is_err(), "{pointer} {value} is read all the same");
    }
}

#[test]
fn the_schema_names_every_code() {
    let root: Value = serde_json::from_str(SCHEMA).unwrap();
    let codes = |all: Vec<&'static str>| Value::from(all);
    for (pointer, all) in [
        ("/$defs/figure/properties/bound/enum", codes(Bound::ALL.iter().map(|code| code.as_str()).collect())),
        ("/$defs/figure/properties/kind/enum", codes(Kind::ALL.iter().map(|code| code.as_str()).collect())),
        (
            "/$defs/figure/properties/status/enum",
            codes(Status::ALL.iter().map(|code| code.as_str()).collect()),
        ),
        ("/$defs/trace/properties/field/enum", codes(Field::ALL.iter().map(|code| code.as_str()).collect())),
        (
            "/$defs/rejected/properties/reason/enum",
            codes(Reason::ALL.iter().map(|code| code.as_str()).collect()),
        ),
    ] {
        assert_eq!(root.pointer(pointer), Some(&all), "{pointer}");
    }
}

#[test]
fn the_version_is_checked_first() {
    let newer = changed(|whole| {
        whole["version"] = json!(2);
        whole["colour"] = json!("red");
        whole["documents"][0]["figures"] = json!({});
    });
    let message = dataset::from_str(&newer).unwrap_err().to_string();
    assert_eq!(message, "version: version 2 of the format is not known: this program reads version 1");
    let lines = written(Form::Lines).replacen("\"version\":1", "\"version\":7,\"more\":true", 1);
    assert!(dataset::from_str(&lines).unwrap_err().to_string().starts_with("line 1: version: version 7 "));
    for (text, found) in [("{\"a\":1}", "none"), ("{\"format\":\"geojson\",\"version\":1}", "\"geojson\"")] {
        let message = dataset::from_str(text).unwrap_err().to_string();
        assert!(message.contains("not a zhibiao dataset") && message.ends_with(found), "{message}");
    }
}

#[test]
fn a_file_cut_off_is_named_so() {
    for form in [Form::Json, Form::Lines] {
        let text = written(form);
        for part in [text.len() / 3, text.len() / 2, text.len() - 4] {
            let part: String = text
                .chars()
                .take_while({
                    let mut n = 0;
                    move |c| {
                        n += c.len_utf8();
                        n <= part
                    }
                })
                .collect();
            let message = dataset::from_str(&part).unwrap_err().to_string();
            assert!(message.contains("cut off"), "{form:?}: {message}");
        }
    }
    assert!(dataset::from_str("").unwrap_err().to_string().contains("cut off"));
}

#[test]
fn wrong_types_and_keys_are_named_with_their_place() {
    let figure = "/documents/1/figures/1";
    for (pointer, value, parts) in [
        (
            format!("{figure}/start"),
            json!("x"),
            ["documents[1].figures[1].start", "invalid type: string \"x\", expected usize"],
        ),
        (format!("{figure}/value"), json!(30), ["documents[1].figures[1].value", "expected a string"]),
        (
            format!("{figure}/unit_inferred"),
            json!(null),
            ["documents[1].figures[1].unit_inferred", "expected a boolean"],
        ),
        (
            format!("{figure}/parent"),
            json!({"start": 1}),
            ["documents[1].figures[1].parent", "missing field `end`"],
        ),
        (figure.to_owned(), json!({"colour": 1}), ["documents[1].figures[1]", "unknown field `colour`"]),
        ("/documents".to_owned(), json!("none"), ["documents", "invalid type: string \"none\""]),
    ] {
        let message = message(&pointer, value);
        assert!(
            message.starts_with("line 1:") && parts.iter().all(|part| message.contains(part)),
            "{message}"
        );
    }
    let broken = written(Form::Json).replacen("\"quote\":", "\"quote\" ", 1);
    let message = dataset::from_str(&broken).unwrap_err().to_string();
    assert!(message.contains("not JSON: expected `:`") && message.starts_with("line "), "{message}");
}

#[test]
fn wrong_values_are_named_with_their_place() {
    for (key, value, expected) in [
        ("figures/0/start", json!(99999), "documents[1].figures[0].start: 99999 is past the end of the file"),
        (
            "figures/0/text_end",
            json!(500),
            "documents[1].figures[0].text_end: 500 is past the end of the text",
        ),
        ("figures/0/text_end", json!(0), "documents[1].figures[0].text_start: the span"),
        ("figures/0/sentence/end", json!(500), "documents[1].figures[0].sentence.end: 500 is past"),
        ("figures/1/parent/start", json!(88888), "documents[1].figures[1].parent.start: 88888 is past"),
        (
            "figures/0/value",
            json!("1_000"),
            "documents[1].figures[0].value: found \"1_000\", expected a decimal number",
        ),
        ("figures/0/value", json!("12,5"), "expected a decimal number"),
        ("figures/0/value", json!(".5"), "expected a decimal number"),
        (
            "figures/0/period",
            json!("2021年"),
            "documents[1].figures[0].period: found \"2021年\", expected 2021,",
        ),
        (
            "figures/0/kind",
            json!("size"),
            "documents[1].figures[0].kind: found \"size\", expected one of level, change",
        ),
        (
            "figures/0/section",
            json!(3),
            "documents[1].figures[0].section: found \"3\", expected one of 1 sections",
        ),
        ("figures/0/confidence", json!(2), "documents[1].figures[0].confidence"),
        (
            "figures/0/quote",
            json!("12家"),
            "documents[1].figures[0].quote: found \"12家\", expected the 7 characters",
        ),
        (
            "figures/0/id",
            json!("a.html:1"),
            "documents[1].figures[0].id: \"a.html:1\" was given before, to documents[0].figures[0]",
        ),
        ("id", json!("a.html"), "documents[1].id: \"a.html\" was given before, to documents[0]"),
        ("date", json!("yesterday"), "documents[1].date: found \"yesterday\""),
        ("map/0", json!([5, 2, 9]), "documents[1].map[0]: found \"9\""),
        ("map/1", json!([0, 1]), "documents[1].map[1]: starts at 0, before the one ahead of it"),
        ("map/0/1", json!(1), "documents[1].map: found"),
        ("text", json!("短"), "is past the end of the text, which has 1 characters"),
        ("raw_length", json!(3), "is past the end of the file, which has 3 characters"),
        ("dropped/0/end", json!(0), "documents[1].dropped[0].start: the span 0..0 is empty"),
    ] {
        let message = message(&format!("/documents/1/{key}"), value.clone());
        assert!(message.contains(expected), "{key} {value}: {message}");
    }
    let swapped = changed(|whole| whole["documents"][0]["figures"].as_array_mut().unwrap().reverse());
    let message = dataset::from_str(&swapped).unwrap_err().to_string();
    assert!(message.contains("documents[0].figures[1].start: starts at"), "{message}");
}

#[test]
fn errors_of_lines_name_the_line() {
    let text = written(Form::Lines).replacen("\"id\":\"b.html\"", "\"id\":\"a.html\"", 1);
    let message = dataset::from_str(&text).unwrap_err().to_string();
    assert!(message.starts_with("line 3: documents[1].id: "), "{message}");
    let text = written(Form::Lines).replacen("\"level\":1", "\"level\":-1", 2);
    let message = dataset::from_str(&text).unwrap_err().to_string();
    assert!(
        message.starts_with("line 2:") && message.contains("documents[0].sections[0].level"),
        "{message}"
    );
}

#[test]
fn files() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["a.json", "b.jsonl"] {
        let path = folder.path().join(name);
        std::fs::write(&path, "old").unwrap();
        sample().write(&path).unwrap();
        assert_eq!(dataset::read(&path).unwrap(), sample());
    }
    let names = std::fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(names, 2, "nothing else is left behind");
    let missing = folder.path().join("none.json");
    let message = dataset::read(&missing).unwrap_err().to_string();
    assert!(message.starts_with(&missing.display().to_string()), "{message}");
    let bytes = folder.path().join("bytes.json");
    std::fs::write(&bytes, b"{\"format\":\"\xff\"").unwrap();
    assert!(dataset::read(&bytes).unwrap_err().to_string().ends_with("not UTF-8: byte 11 fits no character"));
    assert!(sample().write(&folder.path().join("no/where.json")).is_err());
    assert!(sample().write(folder.path()).is_err());
}

#[test]
fn a_write_that_fails_leaves_the_file_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.json");
    std::fs::write(&path, "old").unwrap();
    let result = dataset::replace_file(&path, |out| {
        out.write_all(b"half")?;
        Err(std::io::Error::other("the disk is full"))
    });
    assert_eq!(result.unwrap_err().to_string(), "the disk is full");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "old");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn flat_lines() {
    let mut out = Vec::new();
    sample().documents.iter().try_for_each(|one| dataset::json_lines(one, &mut out)).unwrap();
    let lines: Vec<Value> =
        String::from_utf8(out).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 4);
    assert_eq!(lines[0]["doc"], "a.html");
    assert_eq!(lines[3]["doc"], "b.html");
    assert_eq!(lines[1]["parent"], json!({"start": lines[0]["start"], "end": lines[0]["end"]}));
    assert_eq!(lines[0]["owners"], json!(["镇政府", "经发办"]));
    assert_eq!(lines[1]["subject"], Value::Null);
}

#[test]
fn flat_csv() {
    let mut out = Vec::new();
    dataset::csv_header(&mut out).unwrap();
    sample().documents.iter().try_for_each(|one| dataset::csv(one, &mut out, false)).unwrap();
    let text = String::from_utf8(out).unwrap();
    let lines: Vec<&str> = text.split("\r\n").collect();
    assert_eq!(lines.len(), 6);
    assert_eq!(lines[0].split(',').collect::<Vec<_>>(), dataset::CSV_HEADER);
    assert!(lines[1].contains(",１２</b>家,12,15.5,家,false,eq,change,工厂,工厂,南坡镇,2021,actual,"));
    assert!(lines[1].contains("镇政府; 经发办"));
    assert!(lines[2].contains(",30%,-30,,%,false,eq,share,"));
}
