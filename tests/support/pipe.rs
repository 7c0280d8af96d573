//! A reader that goes away.

use std::process::{Command, Output, Stdio};

/// Runs the program with standard output closed by its reader at once.
pub(crate) fn closed(arguments: &[&str]) -> Output {
    let mut child = Command::new(assert_cmd::cargo::cargo_bin("zhibiao"))
        .args(arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it runs");
    drop(child.stdout.take());
    child.wait_with_output().expect("it ends")
}
