//! Figures that are not all here: a window of rows of a table behind a server.
//!
//! filter, order, page → [`Request`] → the rows of one page as an index → the existing views; then how many there are
//!
//! What is drawn is true of the window; what would have to know all figures says so instead. Going on below the last
//! row fetches the next page, going up above the first one the page before.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::model::Model;
use super::search::{Found, Progress};
use super::texts::Text;
use crate::index::Index;
use crate::query::{self, Field, Plan, Query, Saved};
use crate::source::{Ask, Key, Problem, Source};

/// Rows of a page.
pub(super) const ROWS: usize = 200;

/// Which page of what is shown.
#[derive(Debug, Default)]
pub(super) struct Far {
    /// Behind what the pages before this one, and it itself, begin; the first page has none.
    begins: Vec<Key>,
    next: Option<Key>,
    /// How many figures the filter finds; none while they are counted.
    pub(super) total: Option<usize>,
    /// The filter last typed that made any sense.
    sensible: String,
    /// Whether the cursor goes to the last row of the page that is fetched.
    from_below: bool,
}

/// One page to be fetched.
#[derive(Clone, Debug)]
pub(super) struct Request {
    filter: String,
    saved: Saved,
    /// What orders the figures before the filter does.
    before: Vec<(Field, bool)>,
    backwards: bool,
    pub(super) begins: Vec<Key>,
    /// Whether it is known how many figures there are in all.
    pub(super) counted: bool,
}

/// What came with a page.
#[derive(Clone, Debug)]
pub(super) struct Fetched {
    index: Arc<Index>,
    pub(super) ask: Ask,
    begins: Vec<Key>,
    next: Option<Key>,
    pub(super) counted: bool,
}

impl Request {
    /// Fetches the page.
    pub(super) fn run(
        &self,
        generation: u64,
        source: &mut dyn Source,
        stop: &AtomicBool,
    ) -> Result<Found, Problem> {
        let mut plan: Plan = query::resolve_with(&Query::parse(&self.filter), source.words(), &self.saved);
        plan.sort.splice(..0, self.before.iter().copied());
        let before = ROWS * self.begins.len();
        let most = plan.limit.map_or(ROWS, |limit| limit.saturating_sub(before).min(ROWS));
        let ask = Ask { plan: Arc::new(plan), backwards: self.backwards };
        let page = source.page(&ask, self.begins.last(), most, stop)?;
        let more = ask.plan.limit.is_none_or(|limit| limit > before + ROWS);
        let next = page.next.filter(|_| more);
        let (begins, counted) = (self.begins.clone(), self.counted);
        let fetched = Fetched { index: page.index, ask, begins, next, counted };
        let counts = super::search::counts(&fetched.index, &page.ids);
        Ok(Found::far(generation, page.ids, counts, fetched))
    }
}

impl Model {
    /// Whose figures are fetched page by page; its own index is what was fetched last.
    #[must_use]
    pub fn far(mut self) -> Self {
        self.far = Some(Far::default());
        self.refilter();
        self
    }

    /// What is to be fetched for the filter as it stands: its first page.
    pub(super) fn request(&mut self, before: Vec<(Field, bool)>, backwards: bool) -> Option<Request> {
        let far = self.far.as_mut()?;
        if !self.plan.is_nonsense() {
            self.filter.text().clone_into(&mut far.sensible);
        }
        far.total = None;
        let (filter, saved) = (far.sensible.clone(), self.saved.clone());
        Some(Request { filter, saved, before, backwards, begins: Vec::new(), counted: false })
    }

    /// Takes a page in; whether the cursor goes to its last row.
    pub(super) fn fetched(&mut self, fetched: Fetched) -> bool {
        let Fetched { index, ask, begins, next, .. } = fetched;
        let Some(far) = &mut self.far else { return false };
        let from_below = std::mem::take(&mut far.from_below);
        (far.begins, far.next) = (begins, next);
        self.searches.shown = ask.plan;
        self.index = index;
        self.forget_units();
        self.raw_texts.clear();
        self.marked.clear();
        self.documents.cursor = 0;
        self.document_rows.clear();
        self.list_documents();
        self.rows.clear();
        from_below
    }

    /// Goes to the page after this one, or the one before, if the cursor is at its end; whether there is one.
    pub(super) fn turn_page(&mut self, forward: bool) -> bool {
        let at_end =
            if forward { self.figures.cursor + 1 >= self.rows.len() } else { self.figures.cursor == 0 };
        if !at_end || self.documents.cursor > 0 || self.is_searching() {
            return false;
        }
        let Some(far) = &mut self.far else { return false };
        let mut begins = far.begins.clone();
        if forward {
            let Some(next) = far.next.clone() else { return false };
            begins.push(next);
        } else if begins.pop().is_none() {
            return false;
        }
        let total = far.total;
        self.refilter();
        if let Some(far) = &mut self.far {
            // It is the same answer.
            (far.total, far.from_below) = (total, !forward);
        }
        self.searches.at(begins, total.is_some());
        true
    }

    /// How many figures there are in all.
    pub(super) fn counted(&mut self, generation: u64, total: usize) {
        if let Some(far) = self.far.as_mut().filter(|_| self.searches.is_latest(generation)) {
            far.total = Some(total);
        }
    }

    /// Says why there is no answer.
    pub(super) fn unanswered(&mut self, generation: u64, problem: &Problem) {
        if self.searches.is_latest(generation) {
            self.searches.progress = Progress::Stopped;
            self.notice = Some(problem.told(self.settings.lang));
        }
    }

    /// `201–400 / 70744`: which rows are shown, of how many.
    pub(super) fn shown_of(&self) -> Option<String> {
        let far = self.far.as_ref()?;
        let first = far.begins.len() * ROWS;
        let total = far.total.map_or_else(|| "…".to_owned(), |total| total.to_string());
        let from = if self.hits.is_empty() { first } else { first + 1 };
        Some(format!("{from}-{} / {total}", first + self.hits.len()))
    }

    /// Says that something needs all figures, if they are not here.
    pub(super) fn needs_all(&mut self) -> bool {
        if self.far.is_some() {
            self.notice = Some(self.text(Text::NeedsAll).to_owned());
        }
        self.far.is_some()
    }
}
