//! The folders of the person's own files, and what the program remembers in them from one run to the next.
//!
//! `~/.local/state/zhibiao/views.json`; a file that cannot be read is as good as none.

use std::io;
use std::path::PathBuf;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::locale::variable;

/// A base folder of the XDG specification: the variable's, or else the one below the home folder.
pub(super) fn base(name: &str, below_home: &str) -> Option<PathBuf> {
    // A path that is not absolute is to be ignored.
    let asked = variable(name).map(PathBuf::from).filter(|path| path.is_absolute());
    asked.or_else(|| Some(PathBuf::from(variable("HOME")?).join(below_home)))
}

/// Where the program keeps what it remembers.
pub(super) fn folder() -> Option<PathBuf> {
    Some(base("XDG_STATE_HOME", ".local/state")?.join("zhibiao"))
}

/// What a file of the state folder holds.
pub(super) fn read<T: DeserializeOwned>(name: &str) -> Option<T> {
    let text = std::fs::read_to_string(folder()?.join(name)).ok()?;
    serde_json::from_str(&text).ok()
}

/// Puts something into a file of the state folder: the old one stays whole until the new one is.
pub(super) fn write(name: &str, what: &impl Serialize) -> io::Result<()> {
    let path = folder().ok_or(io::ErrorKind::NotFound)?.join(name);
    let beside = path.with_extension(format!("{}.new", std::process::id()));
    let parent = path.parent().ok_or(io::ErrorKind::NotFound)?;
    std::fs::create_dir_all(parent)?;
    // Not flushed to the disk: it is written with every key.
    std::fs::write(&beside, serde_json::to_vec(what)?)?;
    std::fs::rename(&beside, &path)
}
