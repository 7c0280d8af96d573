//! The explorer's whole state.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::columns::{Natural, USUAL};
use super::detail::Detail;
use super::input::Input;
use super::keymap::Context;
use super::layout::Layout;
use super::source::Source;
use super::style::Colours;
use super::texts::Text;
use super::width::Widths;
use crate::index::{DocumentId, FigureId, FigureRef, Index};
use crate::model::Lang;
use crate::query::{self, Field, Query, Searcher};

/// What the person chose, or the environment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    pub lang: Lang,
    pub colours: Colours,
    pub widths: Widths,
}

/// The three panes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Pane {
    Documents,
    #[default]
    Figures,
    Source,
}

/// A list's selected row and its first row on the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct List {
    pub(super) cursor: usize,
    pub(super) top: usize,
}

impl List {
    /// Keeps the selected row inside the list, and the list's window around it.
    pub(super) fn settle(&mut self, len: usize, rows: usize) {
        self.cursor = self.cursor.min(len.saturating_sub(1));
        let rows = rows.max(1);
        self.top = self.top.min(self.cursor).max((self.cursor + 1).saturating_sub(rows));
        self.top = self.top.min(len.saturating_sub(rows));
    }
}

/// The orders that the sorting key goes through, after the order of the text.
pub(super) const ORDERS: &[Field] =
    &[Field::Indicator, Field::Subject, Field::Period, Field::Value, Field::Status];

/// What lies over the panes.
#[derive(Clone, Debug)]
pub(super) enum Overlay {
    Detail(Detail),
    /// The keys of a context, scrolled.
    Help {
        of: Context,
        top: usize,
    },
}

/// The explorer's state.
#[derive(Debug)]
pub struct Model {
    pub(super) index: Arc<Index>,
    pub(super) settings: Settings,
    pub(super) size: (u16, u16),
    pub(super) focus: Pane,
    /// Row 0 stands for all documents.
    pub(super) documents: List,
    pub(super) figures: List,
    pub(super) filter: Input,
    pub(super) typing: bool,
    /// The filter as understood, with what is wrong with it.
    pub(super) plan: query::Plan,
    pub(super) searcher: Searcher,
    /// What the filter lets through, in the chosen order.
    pub(super) hits: Vec<FigureId>,
    /// How many hits each document has.
    pub(super) counts: Vec<usize>,
    /// The hits of the chosen document.
    pub(super) rows: Vec<FigureId>,
    /// What the figures are ordered by; the query's own order, or that of the text, if by nothing.
    pub(super) order: Option<Field>,
    pub(super) reversed: bool,
    pub(super) fields: Vec<Field>,
    pub(super) natural: Natural,
    pub(super) source: Source,
    pub(super) raw: bool,
    pub(super) raw_texts: HashMap<DocumentId, Result<String, String>>,
    pub(super) overlays: Vec<Overlay>,
    /// What the footer says until the next key.
    pub(super) notice: Option<String>,
}

impl Model {
    pub fn new(index: Arc<Index>, settings: Settings) -> Self {
        let mut model = Self {
            plan: query::resolve(&Query::parse(""), &index),
            index,
            settings,
            size: (0, 0),
            focus: Pane::default(),
            documents: List::default(),
            figures: List::default(),
            filter: Input::default(),
            typing: false,
            searcher: Searcher::default(),
            hits: Vec::new(),
            counts: Vec::new(),
            rows: Vec::new(),
            order: None,
            reversed: false,
            fields: USUAL.to_vec(),
            natural: Natural::default(),
            source: Source::default(),
            raw: false,
            raw_texts: HashMap::new(),
            overlays: Vec::new(),
            notice: None,
        };
        model.refilter();
        model
    }

    pub fn settings(&self) -> Settings {
        self.settings
    }

    pub fn index(&self) -> &Index {
        &self.index
    }

    /// Where the next key goes.
    pub fn context(&self) -> Context {
        match self.overlays.last() {
            Some(Overlay::Detail(_)) => Context::Detail,
            Some(Overlay::Help { .. }) => Context::Help,
            None if self.typing => Context::Filter,
            None => Context::Browse,
        }
    }

    /// The selected figure.
    pub fn selected(&self) -> Option<FigureRef<'_>> {
        self.index.figure(*self.rows.get(self.figures.cursor)?)
    }

    pub(super) fn layout(&self) -> Layout {
        Layout::new(self.size.0, self.size.1, self.focus, self.typing)
    }

    pub(super) fn text(&self, text: Text) -> &'static str {
        text.of(self.settings.lang)
    }

    /// The chosen document; none if the row for all is.
    pub(super) fn chosen(&self) -> Option<DocumentId> {
        self.documents.cursor.checked_sub(1).map(|n| DocumentId(n as u32))
    }

    /// Applies the filter as it is typed, then the rest.
    pub(super) fn refilter(&mut self) {
        self.plan = query::resolve(&Query::parse(self.filter.text()), &self.index);
        if let Some(field) = self.order {
            // Numbers of one unit belong together.
            let unit = (field == Field::Value).then_some((Field::Unit, false));
            let own = std::mem::take(&mut self.plan.sort);
            self.plan.sort = unit.into_iter().chain([(field, self.reversed)]).chain(own).collect();
        }
        let never = AtomicBool::new(false);
        let hits = self.searcher.run(&self.index, &self.plan, &never).unwrap_or_default();
        self.hits = hits.ids;
        if self.order.is_none() && self.reversed {
            self.hits.reverse();
        }
        self.counts = vec![0; self.index.documents().len()];
        for id in &self.hits {
            if let Some(figure) = self.index.figure(*id)
                && let Some(count) = self.counts.get_mut(figure.document_id().0 as usize)
            {
                *count += 1;
            }
        }
        self.rearrange();
    }

    /// Picks the rows of the chosen document; the selected figure stays selected
    /// if it is still there.
    pub(super) fn rearrange(&mut self) {
        let selected = self.rows.get(self.figures.cursor).copied();
        self.rows = match self.chosen() {
            None => self.hits.clone(),
            Some(document) => {
                let range = self.index.of_document(document);
                self.hits.iter().copied().filter(|id| range.contains(&id.0)).collect()
            }
        };
        let place = selected.and_then(|id| self.rows.iter().position(|row| *row == id));
        self.figures.cursor = place.unwrap_or(0);
        self.natural = Natural::headings(&self.fields, self.settings.lang, self.settings.widths);
        // Enough to choose widths that need not change while scrolling; rows further down
        // widen their column when they come into view.
        for id in self.rows.iter().take(300) {
            if let Some(figure) = self.index.figure(*id) {
                self.natural.see(figure, self.settings.lang, self.settings.widths);
            }
        }
    }

    /// Brings everything that follows from the rest up to date: windows, widths, source page.
    pub(super) fn settle(&mut self) {
        let layout = self.layout();
        self.documents.settle(self.counts.len() + 1, usize::from(layout.documents.height));
        let rows = usize::from(layout.figure_rows_or_page());
        self.figures.settle(self.rows.len(), rows);
        let (lang, widths) = (self.settings.lang, self.settings.widths);
        for id in self.rows.iter().skip(self.figures.top).take(rows) {
            if let Some(figure) = self.index.figure(*id) {
                self.natural.see(figure, lang, widths);
            }
        }
        self.settle_source(layout);
        self.settle_overlay(layout);
    }

    fn settle_source(&mut self, layout: Layout) {
        let Some(figure) = self.rows.get(self.figures.cursor).and_then(|id| self.index.figure(*id)) else {
            self.source = Source::default();
            return;
        };
        let raw = if self.raw {
            self.raw_texts.get(&figure.document_id()).and_then(|text| text.as_deref().ok())
        } else {
            None
        };
        // Without colours the quantity stands in brackets, which take two columns.
        let brackets = if self.settings.colours == Colours::None { 2 } else { 0 };
        let width = usize::from(layout.source.width).saturating_sub(brackets);
        self.source.follow(figure, raw, width, usize::from(layout.source_rows()), self.settings.widths);
        self.source.mark(&self.plan, figure);
    }

    fn settle_overlay(&mut self, layout: Layout) {
        let rows = usize::from(layout.body.height).saturating_sub(1).max(1);
        let width = usize::from(layout.body.width);
        let figure = self.rows.get(self.figures.cursor).and_then(|id| self.index.figure(*id));
        match (self.overlays.last_mut(), figure) {
            (Some(Overlay::Detail(detail)), Some(figure)) => {
                let raw = self.raw_texts.get(&figure.document_id()).and_then(|text| text.as_deref().ok());
                detail.settle(&self.index, figure, raw, self.settings, width, rows);
            }
            (Some(Overlay::Detail(_)), None) => {
                self.overlays.pop();
            }
            (Some(Overlay::Help { of, top }), _) => {
                let len = super::keymap::bindings(*of).count();
                *top = (*top).min(len.saturating_sub(rows));
            }
            (None, _) => {}
        }
    }
}
