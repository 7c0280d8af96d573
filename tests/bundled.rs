//! The bundled dataset is what the program makes of the bundled documents, and every quote stands where it says.

use std::process::Command;

use assert_cmd::cargo::CommandCargoExt;

fn zhibiao() -> Command {
    let mut command = Command::cargo_bin("zhibiao").expect("the program was built");
    command.current_dir(env!("CARGO_MANIFEST_DIR")).env("LC_ALL", "zh_CN.UTF-8");
    command
}

#[test]
fn the_dataset_is_made_of_the_documents() {
    let folder = tempfile::tempdir().unwrap();
    let made = folder.path().join("figures.json");
    let done = zhibiao().args(["extract", "data/corpus", "-o"]).arg(&made).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let kept = std::fs::read_to_string("data/figures.json").unwrap();
    let made = std::fs::read_to_string(made).unwrap();
    assert!(
        made == kept,
        "data/figures.json is stale: run `cargo run -- extract data/corpus -o data/figures.json`"
    );
}

#[test]
fn every_quote_stands_where_it_says() {
    let dataset = zhibiao::dataset::read(std::path::Path::new("data/figures.json")).unwrap();
    let mut seen = 0;
    for document in &dataset.documents {
        let raw: Vec<char> = std::fs::read_to_string(&document.path).unwrap().chars().collect();
        for figure in &document.figures {
            let there: String = raw[figure.raw.start..figure.raw.end].iter().collect();
            assert_eq!(there, figure.quote, "{}", figure.id);
            seen += 1;
        }
        for rejected in &document.rejected {
            let there: String = raw[rejected.raw.start..rejected.raw.end].iter().collect();
            assert_eq!(there, rejected.quote, "{} {:?}", document.id, rejected.raw);
        }
    }
    assert!(seen > 400, "{seen} figures");
}

#[test]
fn a_name_is_found_by_characters_of_both_scripts_and_by_pinyin() {
    let found = |words: &str| zhibiao().args(["find", words, "--format", "csv"]).output().unwrap().stdout;
    let expected = found("专精特新");
    assert!(expected.len() > 1000);
    for words in ["專精特新", "zjtx", "zhuanjing"] {
        assert!(found(words) == expected, "{words} finds other figures");
    }
}

#[test]
fn the_readme_question_is_answered() {
    let answer = zhibiao().args(["find", "地区生产总值"]).output().unwrap();
    let answer = String::from_utf8(answer.stdout).unwrap();
    let line = answer.lines().find(|line| line.contains("436.29亿元") && line.contains("2021")).unwrap();
    assert!(line.contains("长春净月高新区") && line.contains("地区生产总值"), "{line}");
}
