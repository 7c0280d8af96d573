//! A question to the figures, and its answer: put beside the screen, so that keys are answered meanwhile.
//!
//! filter, order, grouping → [`Search`] → figures in display order, counted by document → [`Found`]

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::far::{Fetched, Request};
use super::keymap::{Action, Context};
use super::model::Model;
use super::msg::Msg;
use crate::index::{DocumentId, FigureId, Index};
use crate::query::{self, Field, Plan, Query, Searcher};
use crate::source::{Ask, Key, Problem, Source};

/// What is sought. Each has a number of its own; a later one makes those before it needless.
#[derive(Clone)]
pub struct Search {
    generation: u64,
    index: Arc<Index>,
    plan: Arc<Plan>,
    backwards: bool,
    /// Only to get ready for those to come.
    ahead: bool,
    /// What is fetched instead, where the figures are not all here.
    request: Option<Request>,
}

impl std::fmt::Debug for Search {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Search").field("generation", &self.generation).finish_non_exhaustive()
    }
}

impl PartialEq for Search {
    fn eq(&self, other: &Self) -> bool {
        self.generation == other.generation
    }
}

impl Eq for Search {}

impl Search {
    /// Answers with what earlier searches have left in `memory`; `None` if `stop` became true before, or
    /// nothing was asked yet.
    pub fn run(&self, memory: &mut Searcher, stop: &AtomicBool) -> Option<Found> {
        if self.ahead {
            memory.prepare(&self.index, stop);
            return None;
        }
        let mut hits = memory.run(&self.index, &self.plan, stop)?.ids;
        if self.backwards {
            hits.reverse();
        }
        let counts = counts(&self.index, &hits);
        Some(Found { generation: self.generation, hits, counts, fetched: None, millis: None })
    }

    /// Fetches a page of what is sought from a source that holds more than the model.
    ///
    /// # Errors
    /// The source's.
    pub fn fetch(&self, source: &mut dyn Source, stop: &AtomicBool) -> Result<Found, Problem> {
        let request = self.request.as_ref().ok_or(Problem::Stopped)?;
        request.run(self.generation, source, stop)
    }

    /// Tells its answers from those of other searches.
    pub fn generation(&self) -> u64 {
        self.generation
    }
}

/// How many of some figures each document has.
pub(super) fn counts(index: &Index, figures: &[FigureId]) -> Vec<usize> {
    let documents = (0..index.document_count() as u32).map(DocumentId);
    if figures.len() == index.len() {
        return documents.map(|id| index.of_document(id).len()).collect();
    }
    let mut counts = vec![0; documents.len()];
    let of: &[u32] = &index.columns().document;
    for document in figures.iter().filter_map(|id| of.get(id.0 as usize)) {
        if let Some(count) = counts.get_mut(*document as usize) {
            *count += 1;
        }
    }
    counts
}

/// What was found.
#[derive(Clone, Debug)]
pub struct Found {
    generation: u64,
    /// In display order.
    hits: Vec<FigureId>,
    /// How many each document has.
    counts: Vec<usize>,
    /// The figures themselves, if they were not all there before.
    fetched: Option<Fetched>,
    /// How long it took, if that was measured.
    pub millis: Option<u32>,
}

impl PartialEq for Found {
    fn eq(&self, other: &Self) -> bool {
        (self.generation, &self.hits, &self.counts) == (other.generation, &other.hits, &other.counts)
    }
}

impl Eq for Found {}

impl Found {
    /// A page that was fetched.
    pub(super) fn far(generation: u64, hits: Vec<FigureId>, counts: Vec<usize>, fetched: Fetched) -> Self {
        Self { generation, hits, counts, fetched: Some(fetched), millis: None }
    }

    /// What is to be counted in all, if that is not known yet.
    pub fn uncounted(&self) -> Option<&Ask> {
        self.fetched.as_ref().filter(|fetched| !fetched.counted).map(|fetched| &fetched.ask)
    }
}

/// How far the answer to the filter as it stands is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Progress {
    /// It is on the screen, and took so many milliseconds.
    Done(Option<u32>),
    /// On its way; the screen shows an earlier one.
    Running,
    /// Given up; the screen shows an earlier one.
    Stopped,
}

/// The searches of an explorer.
#[derive(Debug)]
pub(super) struct Searches {
    /// The number of the last one.
    generation: u64,
    pub(super) progress: Progress,
    /// One that nobody was asked for yet.
    waiting: Option<Search>,
    /// The conditions last typed that made any sense.
    sensible: Plan,
    /// What the figures on the screen were found by.
    pub(super) shown: Arc<Plan>,
    /// The plan that is sought.
    sought: Arc<Plan>,
    /// The figure to be selected in what is found.
    wish: Option<FigureId>,
}

impl Searches {
    pub(super) fn new(index: &Index) -> Self {
        let everything = query::resolve(&Query::parse(""), index);
        let shown = Arc::new(everything.clone());
        Self {
            generation: 0,
            progress: Progress::Done(None),
            waiting: None,
            sensible: everything,
            sought: Arc::clone(&shown),
            shown,
            wish: None,
        }
    }

    /// The search that somebody must be asked for.
    pub(super) fn take(&mut self) -> Option<Search> {
        self.waiting.take()
    }

    /// Whether an answer is that to the last search.
    pub(super) fn is_latest(&self, generation: u64) -> bool {
        self.generation == generation
    }

    /// Moves what is about to be asked to another page.
    pub(super) fn at(&mut self, begins: Vec<Key>, counted: bool) {
        if let Some(request) = self.waiting.as_mut().and_then(|search| search.request.as_mut()) {
            (request.begins, request.counted) = (begins, counted);
        }
    }
}

impl Model {
    /// Begins to look for what the filter says as it stands. Where nothing of it makes sense, what was found
    /// before stays.
    pub(super) fn refilter(&mut self) {
        self.plan = query::resolve_with(&Query::parse(self.filter.text()), &self.index, &self.saved);
        if !self.plan.is_nonsense() {
            self.searches.sensible = self.plan.clone();
        }
        let mut plan = self.searches.sensible.clone();
        // Numbers of one unit belong together.
        let unit = (self.order.by == Some(Field::Value)).then_some((Field::Unit, false));
        let order = self.order.by.map(|field| (field, self.order.reversed));
        let group = self.figures_by.field().map(|field| (field, false));
        let before: Vec<(Field, bool)> = group.into_iter().chain(unit).chain(order).collect();
        plan.sort.splice(..0, before.iter().copied());
        let backwards = self.order.by.is_none() && self.order.reversed && group.is_none();
        self.searches.generation += 1;
        let search = Search {
            generation: self.searches.generation,
            index: Arc::clone(&self.index),
            plan: Arc::new(plan),
            backwards,
            ahead: false,
            request: self.request(before, backwards),
        };
        self.searches.sought = Arc::clone(&search.plan);
        if self.far.is_none() && search.plan.is_everything() && search.plan.sort.is_empty() {
            // No search at all.
            let found = search.run(&mut Searcher::default(), &AtomicBool::new(false));
            self.searches.waiting = None;
            if let Some(found) = found {
                self.found(found);
            }
        } else {
            self.searches.progress = Progress::Running;
            self.searches.waiting = Some(search);
        }
    }

    /// Gets ready for the searches that typing will begin.
    pub(super) fn prospect(&self) -> Search {
        Search {
            generation: self.searches.generation,
            index: Arc::clone(&self.index),
            plan: Arc::clone(&self.searches.shown),
            backwards: false,
            ahead: true,
            request: None,
        }
    }

    /// Shows what was found, unless something else is sought by now.
    pub(super) fn found(&mut self, found: Found) {
        if found.generation != self.searches.generation {
            return;
        }
        self.searches.progress = Progress::Done(found.millis);
        self.searches.shown = Arc::clone(&self.searches.sought);
        if let Some(fetched) = found.fetched
            && self.fetched(fetched)
        {
            self.searches.wish = found.hits.last().copied();
        }
        self.hits = found.hits;
        self.counts = found.counts;
        self.rearrange();
        if let Some(id) = self.searches.wish.take() {
            self.select(id);
        }
    }

    /// Gives the search up: what was found before stays on the screen.
    pub(super) fn stop_search(&mut self) {
        self.searches.generation += 1;
        self.searches.progress = Progress::Stopped;
        self.searches.waiting = None;
        self.searches.wish = None;
    }

    /// Selects a figure, now or when it is found.
    pub(super) fn select(&mut self, id: FigureId) {
        if self.is_searching() {
            self.searches.wish = Some(id);
        } else if let Some(at) = self.rows.iter().position(|row| *row == id) {
            self.figures.cursor = at;
        }
    }

    /// Whether what the filter says is still being looked for.
    pub fn is_searching(&self) -> bool {
        self.searches.progress == Progress::Running
    }

    /// Whether a message is about what is being looked for, so that it had better wait a moment: keys typed ahead
    /// move about in what the filter finds. Typing goes on at once.
    pub fn would_wait(&self, msg: &Msg) -> bool {
        let Msg::Key(key) = msg else { return self.is_searching() && matches!(msg, Msg::Mouse(..)) };
        let context = self.context();
        let at_once = match self.keys.action(context, *key) {
            Some(Action::Quit | Action::Redraw | Action::Suspend) => true,
            Some(Action::Back) => self.far.is_some(),
            _ => context == Context::Filter,
        };
        self.is_searching() && !at_once
    }
}
