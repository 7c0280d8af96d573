//! What the checks found, and the figures of one finding beside each other.

use std::collections::HashMap;
use std::sync::Arc;

use super::model::{List, Model};
use super::style::Role;
use crate::check::{Finding, Report, Verdict};
use crate::index::FigureId;

/// The report, with the strongest verdict of each figure at hand.
#[derive(Clone, Debug)]
pub(super) struct Checks {
    pub(super) report: Arc<Report>,
    verdicts: HashMap<FigureId, Verdict>,
}

impl Checks {
    pub(super) fn new(report: Arc<Report>) -> Self {
        let verdicts = report.verdicts();
        Self { report, verdicts }
    }

    pub(super) fn verdict(&self, figure: FigureId) -> Option<Verdict> {
        self.verdicts.get(&figure).copied()
    }

    /// Whether no figure has a verdict.
    pub(super) fn is_empty(&self) -> bool {
        self.verdicts.is_empty()
    }
}

impl Model {
    /// The mark beside a figure, a blank if no check says anything of it.
    pub(super) fn verdict_mark(&self, figure: FigureId) -> (&'static str, Role) {
        self.checks.as_ref().and_then(|checks| checks.verdict(figure)).map_or((" ", Role::Plain), mark)
    }
}

/// A verdict's mark, and how it looks.
pub(super) fn mark(verdict: Verdict) -> (&'static str, Role) {
    match verdict {
        Verdict::Contradicts => ("!", Role::Mistake),
        Verdict::Agrees => ("=", Role::Plain),
        Verdict::CannotSay => ("?", Role::Quiet),
    }
}

/// The figures of a finding, one of them selected.
#[derive(Clone, Debug)]
pub(super) struct Evidence {
    pub(super) finding: Finding,
    pub(super) list: List,
}

impl Evidence {
    pub(super) fn new(finding: Finding) -> Self {
        Self { finding, list: List::default() }
    }

    pub(super) fn selected(&self) -> Option<FigureId> {
        self.finding.figures().get(self.list.cursor).copied()
    }
}
