//! `zhibiao check` as a person or a script runs it, on the bundled dataset and on small ones.

#[path = "support/pipe.rs"]
mod pipe;

use std::path::PathBuf;

use assert_cmd::Command;

/// Runs `zhibiao` with these arguments; exit status, standard output, standard error.
fn zhibiao(arguments: &[&str]) -> (i32, String, String) {
    let mut command = Command::cargo_bin("zhibiao").expect("the program is built");
    command.env("LANG", "zh_CN.UTF-8").env_remove("LC_ALL").env_remove("LC_MESSAGES");
    let output = command.args(arguments).output().expect("it runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    (output.status.code().expect("an exit status"), text(output.stdout), text(output.stderr))
}

fn check(arguments: &[&str]) -> (i32, String, String) {
    zhibiao(&[&["check"], arguments].concat())
}

/// A dataset made of one text.
fn dataset(folder: &tempfile::TempDir, text: &str) -> String {
    let path = |name: &str| -> PathBuf { folder.path().join(name) };
    std::fs::write(path("a.txt"), text).expect("it is written");
    let (from, to) = (path("a.txt"), path("figures.json"));
    let (from, to) = (from.to_str().expect("UTF-8"), to.to_str().expect("UTF-8"));
    let (status, _, err) = zhibiao(&["extract", from, "-o", to]);
    assert_eq!(status, 0, "{err}");
    to.to_owned()
}

/// 1500 of 1600 is 93.75 %; and 300 of the 1600 were handed on.
const WRONG: &str =
    "青河县2024年政务热线情况\n\n2024年，青河县受理群众诉求1600件，解决诉求1500件，解决率73.8%。\n";

#[test]
fn the_bundled_dataset_agrees_with_itself() {
    let (status, out, err) = check(&[]);
    assert_eq!(status, 0, "{out}");
    assert!(out.starts_with("相符  "), "{out}");
    assert!(
        out.contains("1805件 ÷ 1873件 = 96.37 % ≈ 96.4 %") || out.contains("1805 ÷ 1873 = 96.37 % ≈ 96.4 %")
    );
    assert!(err.starts_with("矛盾 0，相符 "), "{err}");
}

#[test]
fn a_contradiction_stands_first_and_is_the_exit_status() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = dataset(&folder, WRONG);
    let (status, out, err) = check(&[&file]);
    assert_eq!(status, 1, "{out}{err}");
    let mut lines = out.lines();
    assert_eq!(lines.next(), Some("矛盾  比率  1500 ÷ 1600 = 93.75 % ≠ 73.8 %"));
    let (what, sentence) = (lines.next().expect("a figure"), lines.next().expect("its sentence"));
    assert!(what.contains("解决率") && what.contains("青河县") && what.ends_with("第 1 段"), "{what}");
    assert!(sentence.contains("解决率[73.8%]"), "{sentence}");
    assert!(out.contains("[1500件]") && out.contains("[1600件]"), "{out}");
    // What is not shown does not count.
    assert_eq!(check(&[&file, "--verdict", "agrees"]).0, 0);
    assert_eq!(check(&[&file, "--kind", "growth,share"]).0, 0);
    assert_eq!(check(&[&file, "没有这样的指标"]).0, 0);
    assert_eq!(check(&[&file, "主体:青河"]).0, 1);
}

#[test]
fn a_query_that_is_partly_wrong_and_a_missing_file_are_errors() {
    let (status, out, err) = check(&["颜色:红"]);
    assert_eq!(status, 2);
    assert!(!out.is_empty() && err.contains("没有叫“颜色”的字段"), "{err}");
    let (status, out, err) = check(&["no such file.json"]);
    assert_eq!((status, out.as_str()), (2, ""));
    assert!(err.contains("no such file.json"), "{err}");
    assert_eq!(check(&["--verdict", "maybe"]).0, 2);
}

#[test]
fn every_format_shows_every_finding() {
    let (_, out, _) = check(&["--format", "json", "专精特新"]);
    let findings: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    let findings = findings.as_array().expect("an array");
    assert!(findings.len() > 3, "{}", findings.len());
    let mut figures = 0;
    for finding in findings {
        assert!(finding["arithmetic"].as_str().is_some_and(|text| !text.is_empty()), "{finding}");
        let of = finding["figures"].as_array().expect("figures");
        assert!(of.iter().all(|figure| figure["sentence_text"].is_string()));
        figures += of.len();
    }
    let (_, out, _) = check(&["--format", "md", "专精特新"]);
    assert_eq!(out.lines().count(), findings.len() + 2);
    let (_, out, _) = check(&["--format", "csv", "专精特新"]);
    assert_eq!(out.lines().count(), figures + 1);
    assert!(out.starts_with("finding,verdict,check,remark,arithmetic,"), "{out}");
    let (_, out, _) = check(&["专精特新"]);
    assert_eq!(out.split("\n\n").count(), findings.len());
}

#[test]
fn a_closed_pipe_is_no_error() {
    let output = pipe::closed(&["check", "--verdict", "agrees,cannot-say"]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
}
