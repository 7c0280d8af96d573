//! The figures of the explorer: of a large dataset without a cache the first ones at once, the others as they are
//! read beside the screen.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc};
use std::thread::JoinHandle;

use super::data::{self, Figures};
use crate::dataset::DatasetError;
use crate::index::{Index, Reading, Slot};
use crate::term::Post;
use crate::ui::{Grown, Msg};

/// Figures of which there may be more to come.
pub(super) struct Growing {
    shared: Arc<Shared>,
    /// Whether there were more to come when the first were there.
    pub(super) reading: bool,
    thread: Option<JoinHandle<()>>,
}

/// What the reading thread and the screen share.
struct Shared {
    latest: Mutex<Arc<Index>>,
    fault: Mutex<Option<DatasetError>>,
    stop: AtomicBool,
    /// Whether a cache is being written, which must not be left half done.
    keeping: AtomicBool,
}

/// That there are figures, and whether more are to come.
type First = Result<bool, DatasetError>;

/// The figures of a file, or those that come with the program; more of them are sent to `post`.
pub(super) fn open(file: Option<&Path>, caching: data::Caching, post: &Post) -> anyhow::Result<Growing> {
    let (shared, reading, thread) = match data::unread(file, caching)? {
        Ok(Figures { index, .. }) => (Shared::new(index), false, None),
        Err((file, slot)) => {
            let (tell, hear) = mpsc::channel();
            let shared = Shared::new(Arc::default());
            let (mine, post) = (Arc::clone(&shared), post.clone());
            let thread = std::thread::spawn(move || mine.read(&file, slot, &tell, &post));
            (shared, hear.recv()??, Some(thread))
        }
    };
    Ok(Growing { shared, reading, thread })
}

impl Growing {
    /// Those of somewhere else: none of them are here before they are fetched.
    pub(super) fn elsewhere() -> Self {
        Self { shared: Shared::new(Arc::default()), reading: false, thread: None }
    }

    /// All figures read so far.
    pub(super) fn latest(&self) -> Arc<Index> {
        Arc::clone(&lock(&self.shared.latest))
    }

    /// Reads no further; what is wrong with the dataset, if that was found out.
    pub(super) fn end(self) -> Option<DatasetError> {
        self.shared.stop.store(true, Ordering::SeqCst);
        if self.shared.keeping.load(Ordering::SeqCst) {
            // It ends with what it is writing just now, and takes away what is half written.
            let _ = self.thread.map(JoinHandle::join);
        }
        lock(&self.shared.fault).take()
    }
}

impl Shared {
    fn new(index: Arc<Index>) -> Arc<Self> {
        let (stop, keeping) = (AtomicBool::new(false), AtomicBool::new(false));
        Arc::new(Self { latest: Mutex::new(index), fault: Mutex::new(None), stop, keeping })
    }

    fn read(&self, file: &PathBuf, slot: Option<Slot>, first: &mpsc::Sender<First>, post: &Post) {
        let length = std::fs::metadata(file).map_or(0, |found| found.len()).max(1);
        let (mut begun, mut percent) = (false, 0);
        let read = Index::open_meanwhile(file, &mut |Reading { index, bytes }| {
            let now = u8::try_from(bytes * 100 / length).unwrap_or(99).min(99);
            match index.map(Arc::new) {
                Some(index) if !begun => {
                    begun = true;
                    *lock(&self.latest) = index;
                    let _ = first.send(Ok(true));
                }
                grown if grown.is_some() || now > percent => {
                    percent = now;
                    self.tell(grown, Some(now), post);
                }
                _ => {}
            }
            !self.stop.load(Ordering::Relaxed)
        });
        match read.map(Arc::new) {
            Ok(index) if begun => self.tell(Some(index), None, post),
            Ok(index) => {
                *lock(&self.latest) = index;
                let _ = first.send(Ok(false));
            }
            Err(error) if begun => {
                *lock(&self.fault) = Some(error);
                post.send(Msg::Unreadable);
            }
            Err(error) => _ = first.send(Err(error)),
        }
        // Whoever stops it from now on waits for it.
        self.keeping.store(true, Ordering::SeqCst);
        if let Some(slot) = slot.filter(|_| !self.stop.load(Ordering::SeqCst) && lock(&self.fault).is_none())
        {
            let index = Arc::clone(&lock(&self.latest));
            // That it cannot be written is no error.
            let _ = slot.store(&index, &self.stop);
        }
    }

    fn tell(&self, grown: Option<Arc<Index>>, percent: Option<u8>, post: &Post) {
        if let Some(index) = &grown {
            *lock(&self.latest) = Arc::clone(index);
        }
        post.send(Msg::Read { grown: grown.map(Grown), percent });
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::{Form, Writer};
    use crate::generate::Shape;
    use crate::ui::{Model, Settings, update};

    /// A dataset that is read in several pieces, with something behind its documents.
    fn dataset(end: &str) -> tempfile::NamedTempFile {
        let shape = Shape { documents: 200, figures: 10_000, seed: 3, errors: false };
        let mut file = tempfile::Builder::new().suffix(".jsonl").tempfile().unwrap();
        let mut writer = Writer::new(&mut file, Form::Lines, "test").unwrap();
        (0..shape.documents).try_for_each(|n| writer.document(&shape.document(n))).unwrap();
        writer.finish().unwrap();
        std::io::Write::write_all(&mut file, end.as_bytes()).unwrap();
        file
    }

    fn without_cache() -> data::Caching {
        data::Caching { no_cache: true }
    }

    #[test]
    fn the_first_figures_come_first_and_all_come() {
        let file = dataset("");
        let (post, inbox) = crate::term::post().unwrap();
        let growing = open(Some(file.path()), without_cache(), &post).unwrap();
        assert!(growing.reading);
        let mut model = Model::new(growing.latest(), Settings::default()).still_reading();
        let first = model.index().len();
        assert!(first > 0 && model.unsaved().is_none());
        while model.unsaved().is_none() {
            for msg in inbox.take() {
                update(&mut model, msg);
            }
        }
        assert!(model.index().len() == 10_000 && growing.latest().len() == 10_000);
        assert!(growing.end().is_none());
    }

    #[test]
    fn a_dataset_that_changed_is_told_in_the_first_row() {
        let file = dataset("");
        let settings = Settings { lang: crate::model::Lang::En, ..Settings::default() };
        let mut model = Model::new(Arc::new(Index::open(file.path()).unwrap()), settings);
        update(&mut model, Msg::Resize(120, 30));
        let first_row = |model: &Model| {
            let area = ratatui::layout::Rect { x: 0, y: 0, width: 120, height: 30 };
            let mut buffer = ratatui::buffer::Buffer::empty(area);
            crate::ui::view(model, area, &mut buffer);
            buffer.content.iter().take(120).map(ratatui::buffer::Cell::symbol).collect::<String>()
        };
        let changed = "the dataset changed: open it again";
        assert!(!first_row(&model).contains(changed));
        std::fs::write(file.path(), "").unwrap();
        for key in crate::ui::Key::script("G") {
            update(&mut model, Msg::Key(key));
        }
        assert!(first_row(&model).contains(changed), "{}", first_row(&model));
    }

    #[test]
    fn a_fault_far_behind_ends_it() {
        let file = dataset("{\"id\":");
        let (post, inbox) = crate::term::post().unwrap();
        let growing = open(Some(file.path()), without_cache(), &post).unwrap();
        assert!(growing.reading);
        while !inbox.take().contains(&Msg::Unreadable) {}
        let fault = growing.end().map(|fault| fault.to_string());
        assert!(fault.as_deref().is_some_and(|fault| fault.contains("202")), "{fault:?}");
    }
}
