//! The figures a command works on: those of a file, or those that come with the program.
//!
//! Large datasets are cached in `$XDG_CACHE_HOME/zhibiao`, or `~/.cache/zhibiao`.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;

use clap::Args;

use super::locale::variable;
use crate::index::{Index, Slot};

/// Files with fewer bytes are read before anybody notices.
const LEAST: u64 = 1 << 22;

#[derive(Args, Clone, Copy, Debug, Default)]
pub(super) struct Caching {
    /// Read the whole dataset, and leave no cache of it for the next time
    #[arg(long)]
    no_cache: bool,
}

/// Figures, and where their cache is to be put if they were read from the dataset itself.
pub(super) struct Figures {
    pub(super) index: Arc<Index>,
    slot: Option<Slot>,
}

/// The figures of a file, or those that come with the program.
pub(super) fn open(file: Option<&Path>, caching: Caching) -> anyhow::Result<Figures> {
    /// `data/figures.json`, made by `zhibiao extract data/corpus`.
    const EMBEDDED: &str = include_str!("../../data/figures.json");
    let figures = |index, slot| Ok(Figures { index: Arc::new(index), slot });
    let Some(file) = file else { return figures(Index::new(crate::dataset::from_str(EMBEDDED)?), None) };
    let slot = if caching.no_cache { None } else { slot(file) };
    if let Some(index) = slot.as_ref().and_then(Slot::load) {
        return figures(index, None);
    }
    figures(Index::open(file)?, slot)
}

/// Where the cache of a file belongs; no cache is better than an error.
fn slot(file: &Path) -> Option<Slot> {
    let found = std::fs::metadata(file).ok()?;
    if !found.is_file() || found.len() < LEAST {
        return None;
    }
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

    /// Writes the cache until the answer is dropped.
    pub(super) fn keep_meanwhile(self) -> Option<Keeping> {
        let Self { index, slot } = self;
        let slot = slot?;
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = Arc::clone(&stop);
        let thread = std::thread::spawn(move || {
            let _ = slot.store(&index, &stopped);
        });
        Some(Keeping { stop, thread: Some(thread) })
    }
}

/// A cache being written.
pub(super) struct Keeping {
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Drop for Keeping {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        // It ends with what it is writing just now, and takes away what is half written.
        let _ = self.thread.take().map(JoinHandle::join);
    }
}
