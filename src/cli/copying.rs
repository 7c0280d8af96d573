//! Programs that put text into the clipboard of this machine: only where the person sits at it.

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use super::locale::variable;

/// Name, arguments, and the variable without which it cannot work.
const TOOLS: &[(&str, &[&str], Option<&str>)] = &[
    ("wl-copy", &[], Some("WAYLAND_DISPLAY")),
    ("xclip", &["-selection", "clipboard"], Some("DISPLAY")),
    ("xsel", &["--clipboard", "--input"], Some("DISPLAY")),
    ("pbcopy", &[], None),
];

/// Hands the text to tmux, which keeps it and passes it on to the terminal of the person, also from afar:
/// as tmux comes, it heeds no escape sequence of a program for that.
const TMUX: (&str, &[&str], Option<&str>) = ("tmux", &["load-buffer", "-w", "-"], Some("TMUX"));

/// A program that copies.
#[derive(Clone, Debug)]
pub(super) struct Tool {
    pub(super) name: &'static str,
    path: PathBuf,
    arguments: &'static [&'static str],
}

/// The first one that can work here; over SSH, where the clipboard would be that of the far machine, none but tmux.
pub(super) fn tool() -> Option<Tool> {
    let far = ["SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT"].into_iter().any(|name| variable(name).is_some());
    let local = if far { &[] } else { TOOLS };
    let folders = std::env::var_os("PATH")?;
    let find = |name: &str| std::env::split_paths(&folders).map(|f| f.join(name)).find(|path| path.is_file());
    local
        .iter()
        .chain([&TMUX])
        .filter(|(.., needs)| needs.is_none_or(|needs| variable(needs).is_some()))
        .find_map(|(name, arguments, _)| Some(Tool { name, path: find(name)?, arguments }))
}

impl Tool {
    /// Whether the text was taken.
    pub(super) fn copy(&self, text: &str) -> bool {
        let child = Command::new(&self.path)
            .args(self.arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        let Ok(mut child) = child else { return false };
        let written = child.stdin.take().is_some_and(|mut stdin| stdin.write_all(text.as_bytes()).is_ok());
        written && child.wait().is_ok_and(|status| status.success())
    }
}
