//! The figures a command works on: those of a file, or those that come with the program.
//!
//! Large datasets are cached in `$XDG_CACHE_HOME/zhibiao`, or `~/.cache/zhibiao`.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use clap::Args;

use super::far;
use super::locale::variable;
use crate::index::{Index, Slot};

/// Files with fewer bytes are read before anybody notices.
const LEAST: u64 = 1 << 22;

#[derive(Args, Clone, Copy, Debug, Default)]
pub(super) struct Caching {
    /// Read the whole dataset, and leave no cache of it for the next time
    #[arg(long)]
    pub(super) no_cache: bool,
}

/// Figures, and where their cache is to be put if they were read from the dataset itself.
pub(super) struct Figures {
    pub(super) index: Arc<Index>,
    slot: Option<Slot>,
}

/// The figures of a file, or those that come with the program.
pub(super) fn open(file: Option<&Path>, caching: Caching) -> anyhow::Result<Figures> {
    Ok(match unread(file, caching)? {
        Ok(figures) => figures,
        Err((file, slot)) => Figures { index: Arc::new(Index::open(&file)?), slot },
    })
}

/// A dataset to be read, and where its cache belongs.
type Unread = (PathBuf, Option<Slot>);

/// The figures, unless they are many and in no cache: then the file that must be read.
pub(super) fn unread(file: Option<&Path>, caching: Caching) -> anyhow::Result<Result<Figures, Unread>> {
    /// `data/figures.json`, made by `zhibiao extract data/corpus`.
    const EMBEDDED: &str = include_str!("../../data/figures.json");
    let figures = |index| Ok(Ok(Figures { index: Arc::new(index), slot: None }));
    if let Some(address) = file.filter(|file| far::is_far(file)) {
        anyhow::bail!(
            "{}: only find, and open in a terminal, ask a server; its records make a dataset (docs/scale.md)",
            address.display()
        );
    }
    let Some(file) = file else { return figures(Index::new(crate::dataset::from_str(EMBEDDED)?)) };
    if !std::fs::metadata(file).is_ok_and(|found| found.is_file() && found.len() >= LEAST) {
        return figures(Index::open(file)?);
    }
    let slot = if caching.no_cache { None } else { slot(file) };
    match slot.as_ref().and_then(Slot::load) {
        Some(index) => figures(index),
        None => Ok(Err((file.to_owned(), slot))),
    }
}

/// Where the cache of a file belongs; no cache is better than an error.
fn slot(file: &Path) -> Option<Slot> {
    let folder = variable("XDG_CACHE_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
    let folder = folder.or_else(|| Some(PathBuf::from(variable("HOME")?).join(".cache")))?;
    Slot::new(&folder.join("zhibiao"), file).ok()
}

impl Figures {
    /// Writes the cache; that it cannot be written is no error.
    pub(super) fn keep(self) {
        if let Some(slot) = self.slot {
            let _ = slot.store(&self.index, &AtomicBool::new(false));
        }
    }
}
