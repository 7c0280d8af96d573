//! A dataset that is read while it is already looked at: the first figures stand on the screen, more follow.
//!
//! Figures keep their numbers when more of them are known, so that what is selected, marked or shown stays so.

use std::sync::Arc;

use super::model::Model;
use super::session::Session;
use super::update::refill;
use crate::index::Index;

/// All figures read so far.
#[derive(Clone, Debug)]
pub struct Grown(pub Arc<Index>);

impl PartialEq for Grown {
    fn eq(&self, other: &Self) -> bool {
        self.0.stamp() == other.0.stamp()
    }
}

impl Eq for Grown {}

/// How far the reading is.
#[derive(Clone, Debug, Default)]
pub(super) struct Loading {
    /// In per cent; `None` when all is read.
    pub(super) percent: Option<u8>,
    /// How the dataset was left: what of it could not be found yet is looked for again at the end.
    pub(super) session: Option<Session>,
    /// Whether the person has done anything since.
    pub(super) touched: bool,
}

impl Model {
    /// That its figures are not all yet.
    #[must_use]
    pub fn still_reading(mut self) -> Self {
        self.loading.percent = Some(0);
        self
    }

    /// Takes in how much has been read, and the figures read so far if there are more of them.
    pub(super) fn read(&mut self, grown: Option<Grown>, percent: Option<u8>) {
        self.loading.percent = percent;
        let Some(Grown(index)) = grown else { return };
        let selected = self.rows.get(self.figures.cursor).copied();
        self.index = index;
        self.forget_units();
        self.list_documents();
        self.refilter();
        if let Some(id) = selected {
            self.select(id);
        }
        refill(self);
        if percent.is_none()
            && let Some(session) = self.loading.session.take()
        {
            if self.loading.touched {
                self.mark_again(&session);
            } else {
                self.resume(&session);
            }
        }
    }
}
