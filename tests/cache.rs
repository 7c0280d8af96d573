//! The cache of a large dataset changes nothing but time.

use std::path::{Path, PathBuf};

use assert_cmd::Command;

/// A folder with a dataset that is worth a cache.
struct Desk(tempfile::TempDir);

impl Desk {
    fn new() -> Self {
        let desk = Self(tempfile::tempdir().expect("a folder"));
        desk.run(&["generate", "--figures", "9000", "-o", "figures.jsonl"]);
        desk
    }

    /// Exit status and what was printed.
    fn run(&self, arguments: &[&str]) -> (i32, String) {
        let mut command = Command::cargo_bin("zhibiao").expect("the program is built");
        command.current_dir(self.0.path()).env("XDG_CACHE_HOME", self.0.path().join("cache"));
        let output = command.env("LANG", "C.UTF-8").args(arguments).output().expect("it runs");
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
        (output.status.code().expect("an exit status"), text(&output.stdout) + &text(&output.stderr))
    }

    /// Answers to questions of several kinds.
    fn answers(&self, option: &[&str]) -> Vec<(i32, String)> {
        let queries =
            ["增长 状态:目标", "zc 前:20", "数值:>1亿元 排序:-数值 前:30", "没有的话", "有:主体 时期:2021"];
        let ask = |query: &str| {
            let fixed = ["find", query, "--data", "figures.jsonl", "--format", "json"];
            self.run(&[&fixed[..], option].concat())
        };
        queries.into_iter().map(ask).collect()
    }

    fn caches(&self) -> Vec<PathBuf> {
        let folder: &Path = &self.0.path().join("cache/zhibiao");
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        entries.map(|entry| entry.path()).collect()
    }
}

#[test]
fn the_answers_are_the_same_with_and_without_a_cache() {
    let desk = Desk::new();
    let expected = desk.answers(&["--no-cache"]);
    assert!(expected.iter().filter(|(status, _)| *status == 0).count() >= 3);
    assert!(desk.caches().is_empty());
    assert!(desk.answers(&[]) == expected);
    let caches = desk.caches();
    let [cache] = caches.as_slice() else { panic!("{caches:?}") };
    assert!(desk.answers(&[]) == expected);
    // Half of it, something else under its name, and none.
    let sound = std::fs::read(cache).expect("a cache");
    std::fs::write(cache, &sound[..sound.len() / 2]).expect("written");
    assert!(desk.answers(&[]) == expected);
    assert!(std::fs::read(cache).expect("a cache") == sound);
    std::fs::write(cache, "not a cache").expect("written");
    assert!(desk.answers(&[]) == expected);
    std::fs::remove_file(cache).expect("removed");
    assert!(desk.answers(&[]) == expected);
}

#[test]
fn a_dataset_that_changed_is_read_again() {
    let desk = Desk::new();
    let before = desk.answers(&[]);
    desk.run(&["generate", "--figures", "9000", "--seed", "2", "-o", "figures.jsonl"]);
    let after = desk.answers(&[]);
    assert!(after != before && after == desk.answers(&["--no-cache"]));
}

/// `fuzz/faults` kills it a hundred times.
#[test]
fn a_kill_while_the_cache_is_written_leaves_none_or_a_whole_one() {
    let desk = Desk::new();
    let question = ["find", "增长 前:40", "--data", "figures.jsonl", "--format", "json"];
    let start = std::time::Instant::now();
    let expected = desk.run(&question);
    let whole = start.elapsed();
    let rounds: u32 = std::env::var("ZHIBIAO_ROUNDS").ok().and_then(|n| n.parse().ok()).unwrap_or(6);
    for round in 0..rounds {
        for cache in desk.caches() {
            std::fs::remove_file(cache).expect("removed");
        }
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_zhibiao"));
        command.current_dir(desk.0.path()).env("XDG_CACHE_HOME", desk.0.path().join("cache")).args(question);
        let mut child = command.stdout(std::process::Stdio::null()).spawn().expect("it runs");
        // The cache is written in the last part of the time.
        std::thread::sleep(whole.mul_f64(0.4 + 0.6 * f64::from(round) / f64::from(rounds)));
        child.kill().expect("killed");
        child.wait().expect("it ended");
        assert!(desk.run(&question) == expected, "round {round}");
    }
}

/// Bytes in the middle are written over so that neither size nor time nor the stretches looked at tell: only who
/// reads a document finds out.
#[test]
fn a_dataset_that_changed_behind_its_cache_is_told() {
    use std::io::{Seek, SeekFrom, Write};
    let desk = Desk::new();
    let ask = || desk.run(&["find", "增长", "--data", "figures.jsonl", "--format", "json", "--lang", "en"]);
    assert_eq!(ask().0, 0);
    let path = desk.0.path().join("figures.jsonl");
    let mut file = std::fs::File::options().write(true).open(&path).expect("the dataset");
    let found = file.metadata().expect("a file");
    let step = found.len() / 15;
    for n in 0..15 {
        file.seek(SeekFrom::Start(step * n + step / 4)).expect("a place");
        file.write_all(&vec![b'#'; step as usize / 2]).expect("written");
    }
    file.set_modified(found.modified().expect("a time")).expect("set");
    let (status, said) = ask();
    assert!(status == 2 && said.contains("the dataset changed while it was read"), "{status} {said:.300}");
}
