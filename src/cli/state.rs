//! The folders of the person's own files, and what the program remembers in them from one run to the next.
//!
//! `~/.local/state/zhibiao/views.json`; a file that cannot be understood is put aside and said to be so

use std::io::{self, ErrorKind};
use std::path::PathBuf;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::locale::variable;
use crate::query::{History, Saved, same_name};
use crate::ui::View;

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

/// What a file of the state folder holds; nothing if there is none.
///
/// # Errors
/// Why it cannot be read or understood, with its path and place. One that cannot be understood is put aside, so that
/// nothing is written over it.
pub(super) fn read<T: DeserializeOwned>(name: &str) -> Result<Option<T>, String> {
    let Some(path) = folder().map(|folder| folder.join(name)) else { return Ok(None) };
    let Some(bytes) = bytes(&path)? else { return Ok(None) };
    serde_json::from_slice(&bytes).map(Some).map_err(|error| {
        let aside = path.with_extension("json.broken");
        let put = std::fs::rename(&path, &aside);
        let put = put.map_or_else(|_| String::new(), |()| format!(" -> {}", aside.display()));
        format!("{}: {error}{put}", path.display())
    })
}

fn bytes(path: &std::path::Path) -> Result<Option<Vec<u8>>, String> {
    match std::fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(format!("{}: {error}", path.display())),
    }
}

/// Puts something into a file of the state folder: the old one stays whole until the new one is.
pub(super) fn write(name: &str, what: &impl Serialize) -> io::Result<()> {
    replace(name, &serde_json::to_vec(what)?)
}

fn replace(name: &str, bytes: &[u8]) -> io::Result<()> {
    let path = folder().ok_or(ErrorKind::NotFound)?.join(name);
    let beside = path.with_extension(format!("{}.new", std::process::id()));
    let parent = path.parent().ok_or(ErrorKind::NotFound)?;
    std::fs::create_dir_all(parent)?;
    // Not flushed to the disk: it is written with every key.
    std::fs::write(&beside, bytes)?;
    std::fs::rename(&beside, &path)
}

/// The file of the views.
const VIEWS: &str = "views.json";

/// The views that have names.
///
/// # Errors
/// As for [`read`].
pub(super) fn views() -> Result<Vec<View>, String> {
    Ok(read(VIEWS)?.unwrap_or_default())
}

/// What `@name` may stand for.
///
/// # Errors
/// As for [`read`].
pub(super) fn saved() -> Result<Saved, String> {
    Ok(views()?.into_iter().map(|view| (view.name, view.arrangement.filter)).collect())
}

/// Changes the views as they are by now: other runs may have changed them meanwhile.
///
/// # Errors
/// Why they cannot be read or written.
pub(super) fn change_views<T>(change: impl FnOnce(&mut Vec<View>) -> T) -> Result<T, String> {
    let mut views = views()?;
    let result = change(&mut views);
    write(VIEWS, &views).map_err(|error| format!("{VIEWS}: {error}"))?;
    Ok(result)
}

/// Forgets the view of a name; false if there is none.
///
/// # Errors
/// As for [`change_views`].
pub(super) fn forget(name: &str) -> Result<bool, String> {
    change_views(|views| {
        let before = views.len();
        views.retain(|view| !same_name(&view.name, name));
        views.len() < before
    })
}

/// The file of the filters used before, one a line.
const HISTORY: &str = "history";

/// The filters used before.
///
/// # Errors
/// Why they cannot be read.
pub(super) fn history() -> Result<History, String> {
    let Some(path) = folder().map(|folder| folder.join(HISTORY)) else { return Ok(History::default()) };
    let bytes = bytes(&path)?.unwrap_or_default();
    Ok(History::parse(&String::from_utf8_lossy(&bytes)))
}

/// Puts a filter last in the history as it is by now.
///
/// # Errors
/// Why it cannot be read or written.
pub(super) fn remember(filter: &str) -> Result<(), String> {
    let mut history = history()?;
    history.push(filter);
    replace(HISTORY, history.lines().as_bytes()).map_err(|error| format!("{HISTORY}: {error}"))
}
