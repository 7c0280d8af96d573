//! `zhibiao extract`: what it writes, what it says, and its exit statuses.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use assert_cmd::Command;
use zhibiao::dataset::{self, Dataset};

const PAGE: &str = "<html><body><h1>柳河乡修渠</h1><p>全鄉(xiāng)投資<b>5</b>億元。</p></body></html>";

/// A folder with its path.
struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a folder") }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Puts a file there, with its folders.
    fn put(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(&path, bytes).expect("a file");
        path
    }

    /// Runs the program there.
    fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::cargo_bin("zhibiao").expect("the program");
        command.current_dir(self.folder.path()).args(arguments).output().expect("it runs")
    }

    fn dataset(&self, name: &str) -> Dataset {
        dataset::read(&self.path(name)).expect("a sound dataset")
    }

    /// The names in the folder itself.
    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.folder.path()).expect("the folder");
        let mut names: Vec<String> = entries
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }
}

fn status(output: &Output) -> i32 {
    output.status.code().expect("no signal ended it")
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("UTF-8")
}

fn ids(dataset: &Dataset) -> Vec<&str> {
    dataset.documents.iter().map(|document| document.id.as_str()).collect()
}

#[test]
fn a_folder_is_read_in_order_hidden_files_and_other_endings_left_alone() {
    let desk = Desk::new();
    desk.put("docs/b.txt", "全乡投资3亿元。");
    desk.put("docs/a.html", PAGE);
    desk.put("docs/deep/c.HTM", "全乡修渠20公里。");
    desk.put("docs/.hidden.txt", "不读。");
    desk.put("docs/.git/d.txt", "不读。");
    desk.put("docs/notes.odt", "不读。");
    let output = desk.run(&["extract", "docs", "-o", "out.json"]);
    assert_eq!((status(&output), output.stdout.as_slice()), (0, &b""[..]), "{}", said(&output));
    assert!(said(&output).starts_with("out.json: 3 documents, "), "{}", said(&output));
    assert!(said(&output).ends_with(" 0 problems\n"));
    let dataset = desk.dataset("out.json");
    assert_eq!(ids(&dataset), ["a.html", "b.txt", "c.HTM"]);
    let page = &dataset.documents[0];
    assert_eq!((page.text.as_str(), page.path.as_str()), ("柳河乡修渠\n全乡投资5亿元。", "docs/a.html"));
    assert_eq!(page.title.as_deref(), Some("柳河乡修渠"));
    assert_eq!(page.raw_length, PAGE.chars().count());
    assert_eq!(desk.names(), ["docs", "out.json"]);
}

#[test]
fn lines_by_the_ending() {
    let desk = Desk::new();
    desk.put("a.txt", "一。");
    desk.put("b.txt", "二。");
    assert_eq!(status(&desk.run(&["extract", "a.txt", "b.txt", "-o", "out.jsonl"])), 0);
    assert_eq!(fs::read_to_string(desk.path("out.jsonl")).unwrap().lines().count(), 3);
    assert_eq!(ids(&desk.dataset("out.jsonl")), ["a.txt", "b.txt"]);
}

#[test]
fn files_of_one_name_and_files_named_twice() {
    let desk = Desk::new();
    desk.put("d/x/a.txt", "一。");
    desk.put("d/y/a.txt", "二。");
    let output = desk.run(&["extract", "d", "d/x/a.txt", "./d", "-o", "out.json"]);
    assert_eq!(status(&output), 0);
    assert_eq!(ids(&desk.dataset("out.json")), ["x/a.txt", "y/a.txt"]);
}

#[test]
fn what_cannot_be_read_is_named_and_the_rest_goes_on() {
    let desk = Desk::new();
    desk.put("good.txt", "全乡投资3亿元。");
    desk.put("empty.txt", "");
    desk.put("binary.txt", b"PK\x03\x04\x00\x00\x00");
    desk.put("wounded.txt", b"\xe5\x85\xa8\xe4\xb9\xa1\xff\xe6\x8a\x95\xe8\xb5\x84");
    desk.put("nothing/readme.exe", "x");
    let names = ["empty.txt", "binary.txt", "wounded.txt", "missing.txt", "nothing", "good.txt"];
    let output = desk.run(&[&["extract"], &names[..], &["-o", "out.json"]].concat());
    assert_eq!(status(&output), 2);
    let said = said(&output);
    for line in [
        "empty.txt: the file is empty",
        "binary.txt: not a text file: byte 4 is 0x00",
        "wounded.txt: neither UTF-8 nor GB18030 nor Big5: the first bad byte is 0xff at offset 6 (line 1)",
        "missing.txt: No such file or directory",
        "nothing: no document in it (.txt .text .md ",
        "out.json: 1 document, ",
        " rejected, 5 problems",
    ] {
        assert!(said.contains(line), "{line}: {said}");
    }
    assert_eq!(said.lines().count(), 6);
    assert_eq!(ids(&desk.dataset("out.json")), ["good.txt"]);
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_nowhere_and_one_that_leads_in_a_circle() {
    let desk = Desk::new();
    desk.put("d/good.txt", "全乡投资3亿元。");
    std::os::unix::fs::symlink(desk.path("gone"), desk.path("d/broken.txt")).unwrap();
    std::os::unix::fs::symlink(desk.path("d"), desk.path("d/circle")).unwrap();
    let output = desk.run(&["extract", "d", "-o", "out.json"]);
    assert_eq!(status(&output), 2);
    assert!(said(&output).starts_with("d/broken.txt: No such file"), "{}", said(&output));
    assert_eq!(ids(&desk.dataset("out.json")), ["good.txt"]);
}

#[test]
fn where_nothing_can_be_read_nothing_is_written() {
    let desk = Desk::new();
    desk.put("empty.txt", "\n");
    desk.put("out.json", "old");
    let output = desk.run(&["extract", "empty.txt", "-o", "out.json"]);
    assert_eq!(status(&output), 2);
    assert!(said(&output).ends_with("zhibiao: out.json: not written: no document could be read\n"));
    assert_eq!(fs::read_to_string(desk.path("out.json")).unwrap(), "old");
    assert_eq!(desk.names(), ["empty.txt", "out.json"]);
}

#[test]
fn an_input_is_never_overwritten() {
    let desk = Desk::new();
    let input = desk.put("d/a.txt", "全乡投资3亿元。");
    for arguments in [["extract", "d", "-o", "d/a.txt"], ["extract", "d/a.txt", "-o", "./d/../d/a.txt"]] {
        let output = desk.run(&arguments);
        assert_eq!(status(&output), 2);
        assert!(said(&output).contains("would be overwritten"), "{}", said(&output));
    }
    assert_eq!(fs::read_to_string(input).unwrap(), "全乡投资3亿元。");
}

#[test]
fn an_output_that_cannot_be_written() {
    let desk = Desk::new();
    desk.put("a.txt", "全乡投资3亿元。");
    fs::create_dir(desk.path("folder")).unwrap();
    for (target, reason) in
        [("no/out.json", "there is no folder no"), ("folder", "not written: is a directory")]
    {
        let output = desk.run(&["extract", "a.txt", "-o", target]);
        assert_eq!(status(&output), 2, "{target}");
        assert!(said(&output).contains(reason), "{}", said(&output));
    }
    if Path::new("/dev/full").exists() {
        let output = desk.run(&["extract", "a.txt", "-o", "/dev/full"]);
        assert_eq!(status(&output), 2);
        assert!(said(&output).contains("/dev/full: not written"), "{}", said(&output));
    }
    assert_eq!(desk.names(), ["a.txt", "folder"]);
}

#[test]
fn names_cannot_act_on_the_terminal() {
    let desk = Desk::new();
    let output = desk.run(&["extract", "a\u{1b}[2J\u{202e}b.txt", "-o", "out.json"]);
    assert_eq!(status(&output), 2);
    assert!(said(&output).starts_with("a␛[2J<202E>b.txt: "), "{:?}", said(&output));
}

#[test]
fn wrong_arguments() {
    let desk = Desk::new();
    for arguments in [&["extract"][..], &["extract", "a.txt"], &["extract", "-o", "x.json"], &["extrakt"]] {
        let output = desk.run(arguments);
        assert_eq!(status(&output), 2, "{arguments:?}");
        assert!(said(&output).contains("Usage:"), "{}", said(&output));
    }
    let help = desk.run(&["extract", "--help"]);
    assert_eq!(status(&help), 0);
    assert!(String::from_utf8_lossy(&help.stdout).contains("Examples:"));
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let desk = Desk::new();
    for n in 0..100 {
        desk.put(&format!("d/{n:03}.txt"), format!("第{n}号文件，投资{n}亿元。"));
    }
    assert_eq!(status(&desk.run(&["extract", "d", "-o", "one.json"])), 0);
    let read = |name| fs::read(desk.path(name)).unwrap();
    for threads in ["1", "2", "7", "200"] {
        assert_eq!(status(&desk.run(&["extract", "d", "-o", "two.json", "--threads", threads])), 0);
        assert_eq!(read("one.json"), read("two.json"), "{threads}");
    }
    assert_eq!(status(&desk.run(&["extract", "d", "-o", "two.json", "--threads", "0"])), 2);
    assert_eq!(desk.dataset("one.json").documents.len(), 100);
}
