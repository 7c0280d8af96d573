//! `zhibiao explain`: every number of a text in place, what became of it and why.

use std::path::PathBuf;

use assert_cmd::Command;
use zhibiao::dataset;

/// A report of a place that does not exist.
const TEXT: &str = "柳河县2023年工作情况\n\
    2023年，全县实现地区生产总值86.4亿元，增长5.2%，其中工业增加值31亿元。第五批示范村名单已公布。\n\
    一是抓好春耕。\n";

fn run(arguments: &[&str], input: &str) -> (i32, String, String) {
    run_with(arguments, input, &[])
}

fn run_with(arguments: &[&str], input: &str, variables: &[(&str, &str)]) -> (i32, String, String) {
    let mut command = Command::cargo_bin("zhibiao").expect("the program is built");
    command.env("LANG", "zh_CN.UTF-8").env_remove("LC_ALL").env_remove("COLUMNS").env_remove("NO_COLOR");
    command.envs(variables.iter().copied());
    let output = command.arg("explain").args(arguments).write_stdin(input).output().expect("it runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    (output.status.code().expect("an exit status"), text(output.stdout), text(output.stderr))
}

#[test]
fn every_number_is_marked_and_every_field_has_its_rule() {
    let (status, out, err) = run(&["-"], TEXT);
    assert_eq!((status, err.as_str()), (0, ""));
    let joined = out.replace('\n', "");
    for mark in ["地区生产总值[3:86.4亿元]", "增长[4:5.2%]", "[5:31亿元]", "{6:第五批}"] {
        assert!(joined.contains(mark), "{mark} in\n{out}");
    }
    for field in ["指标", "主体", "时期", "数值", "单位", "限定", "类型", "状态"] {
        let lines: Vec<&str> = out.lines().filter(|line| line.trim_start().starts_with(field)).collect();
        assert_eq!(lines.len(), 3, "{field}\n{out}");
        assert!(lines.iter().all(|line| line.contains("<- ")), "{field} without a rule\n{out}");
    }
    assert!(out.lines().any(|line| line.contains("{6} 第五批") && line.contains("<- 数字前有“第”")), "{out}");
    assert!(out.lines().any(|line| line.contains("上级") && line.contains("[3] 86.4亿元")), "{out}");
    assert!(!out.contains('\u{1b}'), "colours in a pipe");
}

#[test]
fn a_page_fits_eighty_columns_or_as_many_as_there_are() {
    let long = format!("{TEXT}{}投资12亿元。\n", "各镇各部门统筹推进".repeat(20));
    for (columns, most) in [("80", 80), ("40", 40)] {
        let (_, out, _) = run_with(&["-"], &long, &[("COLUMNS", columns)]);
        for line in out.lines() {
            let width = zhibiao::ui::width::Widths::Narrow.of(line);
            assert!(width <= most, "{width} columns: {line}");
        }
    }
}

#[test]
fn labels_values_and_rules_stand_in_columns() {
    let (_, out, _) = run(&["-", "--quote", "86.4"], TEXT);
    let narrow = zhibiao::ui::width::Widths::Narrow;
    let places: Vec<usize> =
        out.lines().filter_map(|line| Some(narrow.of(line.split_once("<- ")?.0))).collect();
    assert!(places.len() > 6 && places.iter().all(|place| *place == places[0]), "{places:?}\n{out}");
}

#[test]
fn some_numbers_can_be_asked_for() {
    let (status, out, _) = run(&["-", "--rejected"], TEXT);
    assert!(status == 0 && out.contains("第五批") && !out.contains("86.4亿元]"), "{out}");
    let (_, out, _) = run(&["-", "--figures"], TEXT);
    assert!(out.contains("[1:86.4亿元]") && !out.contains('{'), "{out}");
    let at = TEXT.chars().position(|c| c == '.').expect("a point").to_string();
    let (_, out, _) = run(&["-", "--at", &at], TEXT);
    assert!(out.contains("[1:86.4亿元]") && !out.contains("春耕") && !out.contains("[2:"), "{out}");
    let (status, out, _) = run(&["-", "--quote", "没有"], TEXT);
    assert_eq!((status, out.as_str()), (1, ""));
}

#[test]
fn colours_are_for_terminals_unless_asked_for() {
    let (_, out, _) = run(&["-", "--color", "always"], TEXT);
    assert!(out.contains("\u{1b}[1;32m86.4亿元\u{1b}[m"), "{out}");
    let (_, out, _) = run_with(&["-"], TEXT, &[("NO_COLOR", "1")]);
    assert!(!out.contains('\u{1b}'));
}

#[test]
fn what_acts_on_a_terminal_becomes_visible() {
    let (_, out, _) = run(&["-"], "产值\u{1b}[2J达到5\u{202e}0亿元。\n");
    assert!(!out.contains(|c: char| c.is_control() && c != '\n' || c == '\u{202e}'), "{out:?}");
    assert!(out.contains("50亿元]") && out.contains("5<202E>0亿元"), "{out}");
}

#[test]
fn as_json_it_is_a_dataset() {
    let (_, out, _) = run(&["-", "--format", "json"], TEXT);
    let all = dataset::from_str(&out).expect("a dataset");
    let (_, out, _) = run(&["-", "--format", "json", "--rejected"], TEXT);
    let rejected = dataset::from_str(&out).expect("a dataset");
    let [document] = all.documents.as_slice() else { panic!("one document") };
    let [other] = rejected.documents.as_slice() else { panic!("one document") };
    assert_eq!(document.figures.len(), 3);
    assert!(other.figures.is_empty() && other.rejected == document.rejected);
}

#[test]
fn files_are_read_as_by_extract_and_troubles_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| -> PathBuf { folder.path().join(name) };
    std::fs::write(path("a.txt"), TEXT).expect("a file");
    std::fs::write(path("b.html"), "<p>全镇投资<b>5</b>亿元。</p>").expect("a file");
    let folder_name = folder.path().to_str().expect("UTF-8");
    let (status, out, err) = run(&[folder_name], "");
    assert_eq!((status, err.as_str()), (0, ""));
    assert!(
        out.starts_with("== a.txt ==") && out.contains("== b.html ==") && out.contains("[1:5亿元]"),
        "{out}"
    );
    let (status, out, err) = run(&[folder_name, "no such file.txt"], "");
    assert!(status == 2 && out.contains("86.4") && err.contains("no such file.txt"), "{err}");
}
