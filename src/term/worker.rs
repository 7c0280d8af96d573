//! The one thread that looks for figures while the screen answers keys: the latest search only.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, mpsc};
use std::time::{Duration, Instant};

use super::post::Post;
use crate::query::Searcher;
use crate::source::{Problem, Source};
use crate::ui::{Msg, Search};

/// After so long without another key a server is asked.
const TYPING: Duration = Duration::from_millis(150);

/// A search, and whether it is to be given up.
struct Job {
    search: Search,
    stop: Arc<AtomicBool>,
}

/// Asks the thread, which begins with the first search.
pub(super) struct Worker {
    post: Post,
    /// How long it dawdles before each search, so that a test can see one that is long.
    delay: Duration,
    /// Where figures are fetched from that are not all here; the thread takes it.
    far: Option<Box<dyn Source + Send>>,
    ask: Option<mpsc::Sender<Job>>,
    stop: Arc<AtomicBool>,
}

impl Worker {
    /// What is found is sent to `post`.
    pub(super) fn new(post: Post, delay: Duration) -> Self {
        Self { post, delay, far: None, ask: None, stop: Arc::default() }
    }

    /// Fetches what is sought from a source.
    pub(super) fn with_far(mut self, far: Option<Box<dyn Source + Send>>) -> Self {
        self.far = far;
        self
    }

    /// Looks for something, and no longer for what was sought before.
    pub(super) fn search(&mut self, search: Search) {
        self.stop();
        self.stop = Arc::default();
        let (post, delay, far) = (&self.post, self.delay, &mut self.far);
        let ask = self.ask.get_or_insert_with(|| {
            let (ask, jobs) = mpsc::channel();
            let post = post.clone();
            match far.take() {
                Some(source) => std::thread::spawn(move || fetch(&jobs, &post, delay, source)),
                None => std::thread::spawn(move || work(&jobs, &post, delay)),
            };
            ask
        });
        // The thread ends with the program only: a panic of any thread ends both.
        let _ = ask.send(Job { search, stop: Arc::clone(&self.stop) });
    }

    /// Gives up what is being sought.
    pub(super) fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.stop();
    }
}

fn work(jobs: &mpsc::Receiver<Job>, post: &Post, delay: Duration) {
    let mut memory = Searcher::default();
    while let Ok(first) = jobs.recv() {
        let Job { search, stop } = jobs.try_iter().last().unwrap_or(first);
        let start = Instant::now();
        dawdle(delay, &stop);
        if let Some(mut found) = search.run(&mut memory, &stop) {
            found.millis = u32::try_from(start.elapsed().as_millis()).ok();
            post.send(Msg::Found(found));
        }
    }
}

/// The same where each question costs a server something: keys typed on in the meantime are waited for, what nobody
/// waits for any more is interrupted, and the rows come before their number.
fn fetch(jobs: &mpsc::Receiver<Job>, post: &Post, delay: Duration, mut source: Box<dyn Source + Send>) {
    while let Ok(first) = jobs.recv() {
        let Job { search, stop } = jobs.try_iter().last().unwrap_or(first);
        dawdle(delay.max(TYPING), &stop);
        if stop.load(Ordering::Relaxed) {
            continue;
        }
        let start = Instant::now();
        let counted = search.fetch(source.as_mut(), &stop).and_then(|mut found| {
            found.millis = u32::try_from(start.elapsed().as_millis()).ok();
            let ask = found.uncounted().cloned();
            post.send(Msg::Found(found));
            ask.map(|ask| source.count(&ask, &stop)).transpose()
        });
        match counted {
            Ok(Some(total)) => post.send(Msg::Counted(search.generation(), total)),
            Ok(None) | Err(Problem::Stopped) => {}
            Err(problem) => post.send(Msg::Unanswered(search.generation(), problem)),
        }
    }
}

/// Waits, unless it is to stop.
fn dawdle(delay: Duration, stop: &AtomicBool) {
    let start = Instant::now();
    while start.elapsed() < delay && !stop.load(Ordering::Relaxed) {
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::term::post::post;
    use crate::ui::{Effect, Key, Model, Settings, sample, update};

    /// What typing a text asks to be found.
    fn typed(model: &mut Model, text: &str) -> Vec<Search> {
        let keys = Key::script(text).into_iter();
        let effects = keys.flat_map(|key| update(model, Msg::Key(key))).collect::<Vec<_>>();
        let searches = effects.into_iter().filter_map(|effect| match effect {
            Effect::Search(search) => Some(search),
            _ => None,
        });
        searches.collect()
    }

    #[test]
    fn the_latest_search_is_answered_and_a_stopped_one_is_not() {
        let mut model = Model::new(Arc::new(sample::index()), Settings::default());
        let (post, inbox) = post().unwrap();
        let mut worker = Worker::new(post, Duration::from_millis(20));
        let searches = typed(&mut model, "/专精特新");
        assert_eq!(searches.len(), 4);
        for search in searches {
            worker.search(search);
        }
        while model.is_searching() {
            let found = inbox.take();
            assert!(found.len() <= 1);
            for msg in found {
                update(&mut model, msg);
            }
        }
        for search in typed(&mut model, "企") {
            worker.search(search);
        }
        worker.stop();
        std::thread::sleep(Duration::from_millis(60));
        assert_eq!(inbox.take(), []);
    }
}
