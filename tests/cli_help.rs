//! What a stranger sees first: help that is short and has examples, errors that say what to do next,
//! completions, manual pages.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::process::Command as Process;

use assert_cmd::Command;
use assert_cmd::cargo::cargo_bin;

/// Standard output and standard error.
fn said(arguments: &[&str]) -> (String, String) {
    let done = Command::cargo_bin("zhibiao").unwrap().args(arguments).output().unwrap();
    (String::from_utf8(done.stdout).unwrap(), String::from_utf8(done.stderr).unwrap())
}

/// The sub-commands that the help lists.
fn commands() -> Vec<String> {
    let (help, _) = said(&["--help"]);
    let list = help.split_once("Commands:\n").unwrap().1.split_once("\n\n").unwrap().0;
    // A line that is indented further goes on with the one before.
    let own = list.lines().filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    own.map(|line| line.split_whitespace().next().unwrap().to_owned()).filter(|name| name != "help").collect()
}

#[test]
fn every_help_is_short_and_has_an_example() {
    let names = commands();
    assert!(names.len() > 8, "{names:?}");
    for command in std::iter::once(None).chain(names.iter().map(Some)) {
        let arguments: Vec<&str> = command.map(String::as_str).into_iter().chain(["--help"]).collect();
        let (help, _) = said(&arguments);
        assert!(help.lines().count() <= 60, "{command:?}: {} lines", help.lines().count());
        let widest = help.lines().map(unicode_width::UnicodeWidthStr::width).max();
        assert!(widest <= Some(120), "{command:?}: {widest:?} columns");
        let example = command.map_or("zhibiao ".to_owned(), |name| format!("zhibiao {name}"));
        let (_, below) = help.split_once("\n\n").unwrap();
        assert!(below.lines().any(|line| line.starts_with("  ") && line.contains(&example)), "{help}");
    }
}

#[test]
fn a_mistyped_word_is_told_the_nearest() {
    assert!(said(&["fnd", "x"]).1.contains("'find'"));
    assert!(said(&["find", "--formt", "csv"]).1.contains("'--format'"));
    assert!(said(&["find", "--lang", "en", "statsu:target"]).1.contains("did you mean “status”?"));
    assert!(said(&["find", "--lang", "zh", "状太:目标"]).1.contains("是“状态”吗？"));
}

#[test]
fn errors_say_what_to_do_next() {
    for (arguments, next) in [
        (["open", "README.md"], "zhibiao extract PATH… -o figures.json"),
        (["open", "src"], "zhibiao extract FOLDER -o figures.json"),
        (["check", "missing.json"], "without a file"),
        (["find", "没有这样的词语"], "fewer words"),
    ] {
        let (_, told) = said(&arguments);
        assert!(told.contains(next), "{arguments:?}: {told}");
    }
}

/// What a shell is offered at the last of these words.
fn offered(shell: &str, words: &[&str]) -> Vec<String> {
    let mut command = Command::cargo_bin("zhibiao").unwrap();
    command.env("ZHIBIAO_COMPLETE", shell).env("_CLAP_COMPLETE_INDEX", (words.len() - 1).to_string());
    command.env("_CLAP_IFS", "\n").env("LC_ALL", "zh_CN.UTF-8").arg("--").args(words);
    let done = command.output().unwrap();
    assert!(done.status.success(), "{done:?}");
    // Some shells are told what a candidate is, behind a tab or a colon.
    String::from_utf8(done.stdout).unwrap().lines().map(str::to_owned).collect()
}

#[test]
fn commands_options_fields_and_values_are_offered() {
    assert_eq!(offered("bash", &["zhibiao", "exp"]), ["explain", "export"]);
    assert_eq!(offered("bash", &["zhibiao", "find", "--format", "c"]), ["csv"]);
    assert_eq!(offered("bash", &["zhibiao", "find", "状态", ":", "目"]), ["目标"]);
    assert!(offered("bash", &["zhibiao", "find", "状态", ":"]).contains(&"事实".to_owned()));
    assert!(offered("bash", &["zhibiao", "check", "主体", ":", "liangj"]).contains(&"两江新区".to_owned()));
    assert!(offered("fish", &["zhibiao", "find", "zht"]).iter().any(|line| line.starts_with("状态:")));
    let values = offered("zsh", &["zhibiao", "find", "主体:长春"]);
    assert!(values.iter().any(|line| line.contains("长春新区")), "{values:?}");
}

#[test]
fn values_come_from_the_dataset_that_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let (text, figures) = (folder.path().join("a.txt"), folder.path().join("a.json"));
    std::fs::write(&text, "2023年，河东县粮食产量12.5万吨。").unwrap();
    let [text, figures] = [&text, &figures].map(|path| path.to_str().unwrap());
    Command::cargo_bin("zhibiao").unwrap().args(["extract", text, "-o", figures]).assert().success();
    let values = offered("bash", &["zhibiao", "find", "--data", figures, "主体", ":", "河"]);
    assert_eq!(values, ["河东县"]);
    assert_eq!(offered("bash", &["zhibiao", "check", figures, "主体", ":", "河"])[..1], ["河东县"]);
}

/// The script is run by the shell itself, which parts words at colons and asks for the last.
#[test]
fn bash_completes_with_the_script() {
    let folder = cargo_bin("zhibiao").parent().unwrap().to_owned();
    let script = "
        PATH=$FOLDER:$PATH
        source <(zhibiao completions bash)
        COMP_WORDS=(zhibiao find 状态 : 目) COMP_CWORD=4 COMP_TYPE=9
        _clap_complete_zhibiao zhibiao 目 :
        printf '%s\\n' \"${COMPREPLY[@]}\"
        COMP_WORDS=(zhibiao find 类型 :) COMP_CWORD=3
        _clap_complete_zhibiao zhibiao '' :
        printf '%s\\n' \"${COMPREPLY[@]}\"";
    let done = Process::new("bash").args(["-c", script]).env("FOLDER", folder).output().unwrap();
    let offered = String::from_utf8(done.stdout).unwrap();
    let lines: Vec<&str> = offered.lines().collect();
    assert_eq!(lines.first(), Some(&"目标"), "{}", String::from_utf8_lossy(&done.stderr));
    assert!(lines.contains(&"增速"), "{offered}");
}

#[test]
fn manual_pages_are_written() {
    let folder = tempfile::tempdir().unwrap();
    let pages = folder.path().join("man1");
    Command::cargo_bin("zhibiao").unwrap().arg("man").arg(&pages).assert().success();
    for command in commands() {
        let page = std::fs::read_to_string(pages.join(format!("zhibiao-{command}.1"))).unwrap();
        assert!(page.contains(".SH SYNOPSIS"), "{command}");
    }
    assert!(pages.join("zhibiao.1").exists() && !pages.join("zhibiao-generate.1").exists());
    Command::cargo_bin("zhibiao").unwrap().args(["man", "Cargo.toml"]).assert().code(2);
}
