//! `zhibiao find` as a person or a script runs it, on the bundled dataset.

#[path = "support/pipe.rs"]
mod pipe;

use assert_cmd::Command;

/// Runs `zhibiao find` with these arguments; exit status, standard output, standard error.
fn find(arguments: &[&str]) -> (i32, String, String) {
    find_at(&std::env::temp_dir().join("zhibiao-without-state"), arguments)
}

/// The same with a state folder of its own.
fn find_at(state: &std::path::Path, arguments: &[&str]) -> (i32, String, String) {
    let mut command = Command::cargo_bin("zhibiao").expect("the program is built");
    command.env("LANG", "zh_CN.UTF-8").env_remove("LC_ALL").env_remove("LC_MESSAGES");
    command.env("XDG_STATE_HOME", state);
    let output = command.arg("find").args(arguments).output().expect("it runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    (output.status.code().expect("an exit status"), text(output.stdout), text(output.stderr))
}

/// The ids that a query finds.
fn ids(words: &[&str]) -> Vec<String> {
    let arguments: Vec<&str> = words.iter().copied().chain(["--format", "json"]).collect();
    let (_, out, _) = find(&arguments);
    let hits: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    let hits = hits.as_array().expect("an array");
    hits.iter().map(|hit| hit["id"].as_str().expect("an id").to_owned()).collect()
}

#[test]
fn four_spellings_find_the_same_figures() {
    let found = ids(&["专精特新"]);
    assert!(found.len() > 20, "{}", found.len());
    for spelling in ["zjtx", "專精特新", "zhuanjing", "zhuanjtx"] {
        assert_eq!(ids(&[spelling]), found, "{spelling}");
    }
}

#[test]
fn several_arguments_are_one_query() {
    assert_eq!(ids(&["zjtx", "状态:目标"]), ids(&["zjtx 状态:目标"]));
    assert_eq!(ids(&["-状态:事实", "zjtx"]), ids(&["zjtx -状态:事实"]));
    assert!(ids(&["zjtx", "状态:目标"]).len() < ids(&["zjtx"]).len());
}

#[test]
fn the_exit_status_tells_found_nothing_and_error() {
    let (status, out, err) = find(&["zjtx"]);
    assert_eq!((status, err.as_str()), (0, ""));
    assert!(out.starts_with("指标"), "{out}");
    let (status, ..) = find(&["没有这样的指标"]);
    assert_eq!(status, 1);
    let (status, out, err) = find(&["zjtx", "颜色:红", "--format", "lines"]);
    assert_eq!(status, 2);
    assert!(!out.is_empty(), "what makes sense still filters");
    assert!(err.contains("没有叫“颜色”的字段") && err.contains("\n       ^^^^\n"), "{err}");
    let (status, out, err) = find(&["颜色:红", "--format", "lines"]);
    assert_eq!((status, out.as_str()), (2, ""), "nothing makes sense: nothing is found");
    assert!(err.contains("没有叫“颜色”的字段"), "{err}");
    let (status, out, err) = find(&["zjtx", "--data", "no such file.json"]);
    assert_eq!((status, out.as_str()), (2, ""));
    assert!(err.contains("no such file.json"), "{err}");
}

#[test]
fn queries_are_kept_listed_used_and_forgotten_by_name() {
    let state = tempfile::tempdir().expect("a folder");
    let find = |arguments: &[&str]| find_at(state.path(), arguments);
    assert_eq!(find(&["--kept"]), (1, String::new(), String::new()));
    let (status, kept, _) = find(&["--keep", "大额", ">100亿元", "排序:-数值"]);
    assert_eq!(status, 0);
    assert_eq!(find(&["@大额"]).1, kept);
    assert_eq!(find(&["@de", "主体:长春"]).1, find(&[">100亿元", "主体:长春", "排序:-数值"]).1);
    assert_eq!(find(&["--kept"]).1, "@大额\t>100亿元 排序:-数值\n");
    // What makes no sense is not kept, and an old one stays.
    let (status, _, err) = find(&["--keep", "大额", "颜色:红"]);
    assert_eq!((status, err.contains("not kept")), (2, true), "{err}");
    assert!(find(&["--kept"]).1.contains("排序:-数值"));
    assert_eq!(find(&["--forget", "大额"]), (0, String::new(), String::new()));
    assert_eq!(find(&["--forget", "大额"]).0, 2);
    let (status, out, err) = find(&["@大额"]);
    assert_eq!((status, out.lines().count()), (2, 1));
    assert!(err.contains("没有名为“大额”的查询"), "{err}");
}

#[test]
fn a_broken_file_of_kept_queries_is_named_and_put_aside() {
    let state = tempfile::tempdir().expect("a folder");
    let folder = state.path().join("zhibiao");
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join("views.json"), "[{\"name\": 大").expect("a file");
    let (status, _, err) = find_at(state.path(), &["zjtx"]);
    assert_eq!((status, err.as_str()), (0, ""), "nobody asked for a kept query");
    let (status, _, err) = find_at(state.path(), &["zjtx", "@大额"]);
    assert_eq!(status, 2);
    assert!(err.contains("views.json") && err.contains("line 1 column 11"), "{err}");
    assert!(folder.join("views.json.broken").exists() && !folder.join("views.json").exists());
}

#[test]
fn every_format_shows_every_hit() {
    let count = ids(&["zjtx"]).len();
    for (format, head) in [("table", 1), ("lines", 0), ("csv", 1), ("md", 2)] {
        let (status, out, _) = find(&["--format", format, "zjtx"]);
        assert_eq!((status, out.lines().count()), (0, count + head), "{format}");
    }
}

#[test]
fn a_closed_pipe_is_no_error() {
    let output = pipe::closed(&["find", "--format", "lines"]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(output.stderr.is_empty());
}
