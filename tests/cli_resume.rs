//! `extract --resume` and `--watch`: nothing finished is lost, and what changed, and only that, is read again.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant, SystemTime};

/// A folder with documents in `in`, and whatever is written beside it.
struct Desk(tempfile::TempDir);

impl Desk {
    /// Some files, one of them a corpus, one of them not readable.
    fn new(files: usize, records: usize) -> Self {
        let desk = Self(tempfile::tempdir().unwrap());
        fs::create_dir(desk.path("in")).unwrap();
        for n in 0..files {
            desk.put(&format!("{n:03}.txt"), &text(n));
        }
        let mut corpus = String::new();
        for n in 0..records {
            let id = n % 7;
            writeln!(corpus, "{{\"id\":\"r{id}\",\"text\":\"{}\"}}", text(n).replace('\n', "\\n")).unwrap();
            if n % 11 == 3 {
                corpus.push_str("{no record\n");
            }
        }
        if records > 0 {
            desk.put("corpus.jsonl", &corpus);
        }
        desk.put("empty.txt", "");
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn put(&self, name: &str, text: &str) {
        fs::write(self.path("in").join(name), text).unwrap();
    }

    fn start(&self, output: &str, more: &[&str]) -> Child {
        let mut command = Command::new(env!("CARGO_BIN_EXE_zhibiao"));
        command.current_dir(self.0.path()).args(["extract", "in", "-o", output]).args(more);
        command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap()
    }

    /// Runs to the end; what was said.
    fn run(&self, output: &str, more: &[&str]) -> String {
        let done = self.start(output, more).wait_with_output().unwrap();
        String::from_utf8(done.stderr).unwrap()
    }

    fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap()
    }

    /// What a run that nothing disturbs writes, and says.
    fn undisturbed(&self) -> (Vec<u8>, String) {
        let said = self.run("undisturbed.json", &[]);
        (self.read("undisturbed.json"), said.replace("undisturbed.json", "out.json"))
    }
}

/// A program that does not outlive a test that fails.
struct Ended(Child);

impl Drop for Ended {
    fn drop(&mut self) {
        let _ = self.0.kill();
    }
}

fn text(n: usize) -> String {
    let mut text = format!("柳河乡第{n}号简报\n");
    for year in 2001..2013 {
        writeln!(text, "{year}年，全乡粮食产量{}.{}万吨，比上年增长{}%。", n + 3, year % 10, year % 9 + 1)
            .unwrap();
    }
    text
}

/// Writes over a file so that neither its size nor its time tells.
fn secretly(path: &Path) {
    let time = fs::metadata(path).unwrap().modified().unwrap();
    let length = fs::metadata(path).unwrap().len() as usize;
    fs::write(path, vec![b'#'; length]).unwrap();
    File::options().write(true).open(path).unwrap().set_modified(time).unwrap();
}

/// Moments that differ from run to run.
fn moment(most: Duration) -> Duration {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap();
    most.mul_f64(f64::from(now.subsec_micros() % 1000) / 1000.0)
}

#[test]
fn after_a_kill_at_any_moment_a_second_run_completes_to_the_same_bytes() {
    let desk = Desk::new(20, 80);
    let start = Instant::now();
    let (expected, said) = desk.undisturbed();
    let whole = start.elapsed();
    let mut before = b"old".to_vec();
    fs::write(desk.path("out.json"), &before).unwrap();
    let rounds = std::env::var("ZHIBIAO_ROUNDS").ok().and_then(|n| n.parse().ok()).unwrap_or(5);
    for _ in 0..rounds {
        let mut child = desk.start("out.json", &["--resume"]);
        std::thread::sleep(moment(whole));
        child.kill().unwrap();
        child.wait().unwrap();
        let now = desk.read("out.json");
        assert!(now == before || now == expected, "the old dataset or the new one, whole");
        assert_eq!(desk.run("out.json", &["--resume"]), said);
        before = desk.read("out.json");
        assert!(before == expected);
        // A journal of half its length is one of a run that was killed there.
        let journal = File::options().write(true).open(desk.path("out.json.journal")).unwrap();
        journal.set_len(moment(whole).as_nanos() as u64 % journal.metadata().unwrap().len()).unwrap();
    }
}

#[test]
fn what_is_finished_is_not_read_again() {
    let desk = Desk::new(6, 20);
    let (expected, said) = desk.undisturbed();
    assert!(!desk.path("undisturbed.json.journal").exists(), "left by nobody who did not ask for it");
    assert_eq!(desk.run("out.json", &["--resume"]), said);
    for name in ["004.txt", "corpus.jsonl"] {
        secretly(&desk.path("in").join(name));
    }
    assert_eq!(desk.run("out.json", &["--resume"]), said);
    assert!(desk.read("out.json") == expected);
    // Without the journal, it shows.
    desk.run("out.json", &[]);
    assert!(desk.read("out.json") != expected);
}

#[test]
fn the_texts_of_a_corpus_are_finished_one_by_one() {
    let desk = Desk::new(0, 60);
    let (expected, _) = desk.undisturbed();
    desk.run("out.json", &["--resume"]);
    let journal = desk.read("out.json.journal");
    let cut = journal.len() * 2 / 3;
    fs::write(desk.path("out.json.journal"), &journal[..cut]).unwrap();
    desk.run("out.json", &["--resume"]);
    assert!(desk.read("out.json") == expected);
    let again = desk.read("out.json.journal");
    let whole_lines = cut - journal[..cut].iter().rev().position(|b| *b == b'\n').unwrap();
    assert!(again[..whole_lines] == journal[..whole_lines], "what was whole is kept");
    assert!(again.len() < journal.len() + 1000, "nothing is done twice");
}

#[test]
fn what_comes_changes_and_goes_is_seen() {
    let desk = Desk::new(8, 12);
    desk.run("out.json", &["--resume"]);
    desk.put("003.txt", "全乡投资3亿元。");
    fs::remove_file(desk.path("in/005.txt")).unwrap();
    fs::create_dir(desk.path("in/deep")).unwrap();
    // Another file of a name gives both longer names.
    desk.put("deep/004.txt", "全乡修渠20公里。");
    desk.put("000.txt", &text(77));
    // Its own identifier, r0, is that of the first record from now on.
    desk.put("a.csv", "id,text\nr0,全乡修路7公里。\n");
    let (expected, said) = desk.undisturbed();
    assert_eq!(desk.run("out.json", &["--resume"]), said);
    assert!(desk.read("out.json") == expected);
}

#[test]
fn a_journal_that_is_damaged_or_of_other_options_misleads_nobody() {
    let desk = Desk::new(5, 12);
    let (expected, said) = desk.undisturbed();
    desk.run("out.json", &["--resume"]);
    let sound = desk.read("out.json.journal");
    for at in (0..sound.len()).step_by(sound.len() / 5) {
        let mut damaged = sound.clone();
        damaged[at] ^= 5;
        fs::write(desk.path("out.json.journal"), damaged).unwrap();
        assert_eq!(desk.run("out.json", &["--resume"]), said, "byte {at}");
        assert!(desk.read("out.json") == expected, "byte {at}");
    }
    desk.run("out.json", &["--resume", "--columns", "text=id"]);
    assert!(desk.read("out.json") != expected);
}

#[test]
fn a_journal_does_not_grow_without_end() {
    let desk = Desk::new(8, 0);
    desk.run("out.json", &["--resume"]);
    let first = desk.read("out.json.journal").len();
    for round in 0..6 {
        for n in 0..6 {
            desk.put(&format!("{n:03}.txt"), &text(100 * round + n));
        }
        desk.run("out.json", &["--resume"]);
    }
    let last = desk.read("out.json.journal").len();
    assert!(last < first * 3, "{first} {last}");
}

#[test]
fn a_dataset_is_written_by_one_run_at_a_time() {
    let desk = Desk::new(3, 0);
    let journal = File::create(desk.path("out.json.journal")).unwrap();
    journal.lock().unwrap();
    let said = desk.run("out.json", &[]);
    assert!(said.contains("out.json: not written: another run is writing this dataset"), "{said}");
}

#[test]
fn watched_documents_are_read_when_they_change() {
    let desk = Desk::new(3, 0);
    let mut child = Ended(desk.start("out.json", &["--watch"]));
    let mut lines = BufReader::new(child.0.stderr.take().unwrap()).lines();
    let holds = |text: &str| fs::read_to_string(desk.path("out.json")).is_ok_and(|all| all.contains(text));
    // Each time the dataset was written something is said.
    let mut until = |seen: &dyn Fn() -> bool| {
        while !seen() {
            lines.next().expect("it goes on").unwrap();
        }
    };
    until(&|| holds("002.txt"));
    desk.put("new.txt", "全乡修渠20公里。");
    until(&|| holds("20公里"));
    fs::remove_file(desk.path("in/new.txt")).unwrap();
    until(&|| !holds("20公里") && holds("002.txt"));
    let pid = rustix::process::Pid::from_raw(i32::try_from(child.0.id()).unwrap()).unwrap();
    rustix::process::kill_process(pid, rustix::process::Signal::INT).unwrap();
    assert_eq!(child.0.wait().unwrap().code(), Some(130));
}

/// Waits until a run has done some of its texts, and is not done with all.
fn begun(journal: &Path, child: &mut Child) {
    while fs::metadata(journal).map_or(0, |found| found.len()) < 20_000 {
        assert!(child.try_wait().unwrap().is_none(), "it ended before it was disturbed");
        std::thread::sleep(Duration::from_millis(1));
    }
}

/// What a run said, and its exit status.
fn ended(child: Child) -> (String, Option<i32>) {
    let done = child.wait_with_output().unwrap();
    (String::from_utf8(done.stderr).unwrap(), done.status.code())
}

#[test]
fn files_that_change_or_go_while_they_are_read_are_named() {
    let desk = Desk::new(70, 200);
    // The corpus comes before the files: it is what is being read.
    fs::rename(desk.path("in/corpus.jsonl"), desk.path("in/000-corpus.jsonl")).unwrap();
    let mut child = desk.start("out.json", &["--resume"]);
    begun(&desk.path("out.json.journal"), &mut child);
    let corpus = File::options().write(true).open(desk.path("in/000-corpus.jsonl")).unwrap();
    corpus.set_len(corpus.metadata().unwrap().len() * 9 / 10).unwrap();
    fs::remove_file(desk.path("in/069.txt")).unwrap();
    let (said, status) = ended(child);
    assert_eq!(status, Some(2));
    for named in ["in/000-corpus.jsonl: the file was changed while it was read", "in/069.txt: No such file"] {
        assert!(said.contains(named), "{named}: {said}");
    }
    let dataset = zhibiao::dataset::read(&desk.path("out.json")).unwrap();
    assert!(dataset.documents.iter().any(|document| document.id == "068.txt"));
    // What was read of it in two states is read again.
    let (expected, said) = desk.undisturbed();
    assert_eq!(desk.run("out.json", &["--resume"]), said);
    assert!(desk.read("out.json") == expected);
}

#[test]
fn a_folder_that_goes_while_its_dataset_is_written_is_named() {
    let desk = Desk::new(60, 300);
    fs::create_dir(desk.path("gone")).unwrap();
    let mut child = desk.start("gone/out.json", &["--report", "report.jsonl"]);
    begun(&desk.path("gone/out.json.journal"), &mut child);
    fs::remove_dir_all(desk.path("gone")).unwrap();
    let (said, status) = ended(child);
    assert_eq!(status, Some(2));
    assert!(said.contains("gone/out.json: not written: No such file or directory"), "{said}");
    let report = fs::read_to_string(desk.path("report.jsonl")).unwrap();
    assert!(report.ends_with("}\n") && report.contains("in/empty.txt"), "{report}");
    assert!(!desk.path("gone").exists());
}

/// Makes a folder that nobody can write to; whoever may do everything needs a file system for it.
fn read_only(folder: &Path) -> bool {
    let permissions = |mode| std::os::unix::fs::PermissionsExt::from_mode(mode);
    fs::set_permissions(folder, permissions(0o555)).unwrap();
    if File::create(folder.join("try")).is_err() {
        return true;
    }
    fs::remove_file(folder.join("try")).unwrap();
    let bind = Command::new("mount").args(["--bind"]).args([folder, folder]).output();
    let bound = bind.is_ok_and(|done| done.status.success());
    let option = ["-o", "remount,bind,ro"];
    bound && Command::new("mount").args(option).arg(folder).status().is_ok_and(|status| status.success())
}

#[test]
fn a_read_only_folder_keeps_what_is_in_it() {
    let desk = Desk::new(3, 0);
    let folder = desk.path("fixed");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("out.json"), "old").unwrap();
    if !read_only(&folder) {
        let _ = writeln!(std::io::stderr(), "not tried: a folder that root cannot write to");
        return;
    }
    let said: Vec<(String, Option<i32>)> = [
        &["extract", "in", "-o", "fixed/out.json"][..],
        &["extract", "in", "-o", "fixed/new.json"],
        &["extract", "in", "-o", "out.json", "--report", "fixed/report.jsonl"],
        &["merge", "out.json", "-o", "fixed/out.json"],
    ]
    .iter()
    .map(|arguments| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_zhibiao"));
        command.current_dir(desk.0.path()).args(*arguments).stderr(Stdio::piped());
        ended(command.spawn().unwrap())
    })
    .collect();
    let left: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    let old = fs::read(folder.join("out.json")).unwrap();
    let _ = Command::new("umount").arg(&folder).output();
    for ((said, status), file) in said.iter().zip(["out.json", "new.json", "report.jsonl", "out.json"]) {
        assert_eq!(*status, Some(2), "{said}");
        let reasons = ["Read-only file system", "Permission denied"];
        assert!(
            reasons.iter().any(|reason| said.contains(&format!("fixed/{file}: not written: {reason}"))),
            "{said}"
        );
    }
    assert_eq!((left.len(), &old[..]), (1, &b"old"[..]));
    // The report could not be written, the dataset could.
    assert!(zhibiao::dataset::read(&desk.path("out.json")).is_ok());
}

/// Needs the right to mount a file system of its own; without it, it says so.
#[test]
fn a_full_disk_leaves_the_old_dataset_and_a_journal_to_go_on_from() {
    let desk = Desk::new(10, 60);
    let (expected, said) = desk.undisturbed();
    fs::create_dir(desk.path("small")).unwrap();
    let small = desk.path("small");
    let mount = |size: &str| {
        let options = format!("size={size}");
        Command::new("mount").args(["-t", "tmpfs", "-o", &options, "none"]).arg(&small).output()
    };
    if !mount("160k").is_ok_and(|done| done.status.success()) {
        let _ = writeln!(std::io::stderr(), "not tried: a full disk, for no file system can be mounted here");
        return;
    }
    fs::write(small.join("out.json"), "old").unwrap();
    let full = desk.run("small/out.json", &["--resume"]);
    let after = fs::read(small.join("out.json")).unwrap();
    let grown = Command::new("mount").args(["-o", "remount,size=64m"]).arg(&small).status().unwrap();
    let again = desk.run("small/out.json", &["--resume"]);
    let written = fs::read(small.join("out.json")).unwrap();
    let left: Vec<_> = fs::read_dir(&small).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(Command::new("umount").arg(&small).status().unwrap().success() && grown.success());
    assert!(full.contains("small/out.json: not written: No space left on device"), "{full}");
    assert_eq!(after, b"old");
    assert_eq!(again, said.replace("out.json", "small/out.json"));
    assert!(written == expected);
    assert_eq!(left.len(), 2, "{left:?}");
}
