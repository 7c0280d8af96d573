//! A figure in the making: the answers to each question, with the rule that gave them.

use crate::extract::clause::Site;
use crate::model::{Bound, Field, Kind, Status, Trace};

/// One figure before its spans are mapped to the raw file.
#[derive(Clone, Debug)]
pub struct Draft {
    pub site: Site,
    pub kind: Kind,
    pub negative: bool,
    pub indicator: String,
    pub subject: Option<String>,
    pub period: Option<String>,
    pub status: Status,
    pub of: Option<String>,
    /// The draft (of the same sentence) that this is a part of.
    pub parent: Option<usize>,
    pub owners: Vec<String>,
    /// A bound that stands apart from its number: it overrides the quantity's.
    pub limit: Option<Bound>,
    pub trace: Vec<Trace>,
    pub confidence: f64,
}

impl Draft {
    /// Records which rule decided a field, and how sure it is (1 leaves the confidence alone).
    pub fn decided(&mut self, field: Field, rule: impl Into<String>, sure: f64) {
        self.trace.retain(|t| t.field != field);
        self.trace.push(Trace { field, rule: rule.into() });
        self.confidence *= sure;
    }
}
