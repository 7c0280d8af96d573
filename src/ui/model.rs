//! The explorer's whole state.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::sync::Arc;

use super::checks::{Checks, Evidence};
use super::columns::{Natural, USUAL};
use super::comparable::Units;
use super::compare::Compare;
use super::detail::Detail;
use super::far::Far;
use super::group::{self, DocumentRow, DocumentsBy, FiguresBy, Groups, Line};
use super::input::Input;
use super::keymap::Context;
use super::keys::Keys;
use super::layout::{Layout, Split};
use super::loading::Loading;
use super::menu::Menu;
use super::page::{Kind, Page};
use super::search::Searches;
use super::session::{Session, View};
use super::share::Format;
use super::source::{Place, Source};
use super::style::Colours;
use super::texts::Text;
use super::view;
use super::width::Widths;
use crate::index::{DocumentId, FigureId, FigureRef, Index};
use crate::model::Lang;
use crate::query::{self, Field, History, Query, Saved};

/// The most figures that are checked against each other before anybody asks.
const CHECKED_UNASKED: usize = if cfg!(test) { 1_000 } else { 200_000 };

/// What the person chose, or the environment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    pub lang: Lang,
    pub colours: Colours,
    pub widths: Widths,
    /// One pane at a time, without borders, the cursor on the selected row: for what reads the screen aloud.
    pub plain: bool,
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

/// The order of the figures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Order {
    /// By nothing: the query's own order, or that of the text.
    pub(super) by: Option<Field>,
    pub(super) reversed: bool,
}

/// What lies over the panes.
#[derive(Clone, Debug)]
pub(super) enum Overlay {
    /// Of the figure behind it.
    Detail(Detail),
    Page(Page),
    Compare(Box<Compare>),
    Evidence(Evidence),
    Menu(Menu),
    Prompt(Prompt),
    /// Whether a file may be overwritten.
    Confirm {
        path: String,
    },
}

/// A name being typed.
#[derive(Clone, Debug)]
pub(super) struct Prompt {
    pub(super) input: Input,
    /// What is wrong with it.
    pub(super) problem: Option<Text>,
    pub(super) what: Naming,
}

/// What is given a name.
#[derive(Clone, Debug)]
pub(super) enum Naming {
    /// A file of figures.
    File(Vec<FigureId>),
    /// The present filter, columns and order.
    View,
}

/// The explorer's state.
#[derive(Debug)]
pub struct Model {
    pub(super) index: Arc<Index>,
    pub(super) settings: Settings,
    pub(super) keys: Arc<Keys>,
    pub(super) size: (u16, u16),
    pub(super) focus: Pane,
    pub(super) documents: List,
    pub(super) document_rows: Vec<DocumentRow>,
    pub(super) documents_by: DocumentsBy,
    /// The selected row, and the first line of the window: headings of groups take lines of their own.
    pub(super) figures: List,
    pub(super) groups: Groups,
    pub(super) figures_by: FiguresBy,
    pub(super) split: Split,
    pub(super) filter: Input,
    pub(super) typing: bool,
    /// The filter as understood, with what is wrong with it.
    pub(super) plan: query::Plan,
    pub(super) searches: Searches,
    /// What was found, in the chosen order.
    pub(super) hits: Vec<FigureId>,
    /// How many hits each document has.
    pub(super) counts: Vec<usize>,
    /// The hits of the chosen document.
    pub(super) rows: Vec<FigureId>,
    pub(super) order: Order,
    pub(super) fields: Vec<Field>,
    pub(super) natural: Natural,
    pub(super) source: Source,
    pub(super) raw: bool,
    pub(super) raw_texts: HashMap<DocumentId, Result<String, String>>,
    pub(super) overlays: Vec<Overlay>,
    /// What the checks found, once they are done.
    pub(super) checks: Option<Checks>,
    /// The marked figures, in the order they were marked.
    pub(super) marked: Vec<FigureId>,
    /// The form of what is copied.
    pub(super) format: Format,
    /// How many figures are on their way to a clipboard.
    pub(super) copying: usize,
    /// The file being written, and what is in it.
    pub(super) saving: String,
    pub(super) mouse: bool,
    pub(super) completion: Option<Completing>,
    /// Filters used before, and those among them that nobody was told of.
    pub(super) history: History,
    pub(super) unremembered: Vec<String>,
    /// Which of them is shown, and what had been typed before.
    pub(super) recalled: Option<(usize, Input)>,
    /// What the footer says until the next key.
    pub(super) notice: Option<String>,
    pub(super) views: Vec<View>,
    /// The filters of the views, by name.
    pub(super) saved: Saved,
    /// What is known to be kept of this session.
    pub(super) kept: Option<Session>,
    units: OnceCell<Units>,
    pub(super) loading: Loading,
    /// Set where the figures are a window of more.
    pub(super) far: Option<Far>,
    /// The border between panes that the mouse holds.
    pub(super) dragged: Option<super::layout::Border>,
}

impl Model {
    pub fn new(index: Arc<Index>, settings: Settings) -> Self {
        let mut model = Self {
            plan: query::resolve(&Query::parse(""), &index),
            searches: Searches::new(&index),
            index,
            settings,
            keys: Arc::default(),
            size: (0, 0),
            focus: Pane::default(),
            documents: List::default(),
            document_rows: Vec::new(),
            documents_by: DocumentsBy::default(),
            figures: List::default(),
            groups: Groups::default(),
            figures_by: FiguresBy::default(),
            split: Split::default(),
            filter: Input::default(),
            typing: false,
            hits: Vec::new(),
            counts: Vec::new(),
            rows: Vec::new(),
            order: Order::default(),
            fields: USUAL.to_vec(),
            natural: Natural::default(),
            source: Source::default(),
            raw: false,
            raw_texts: HashMap::new(),
            overlays: Vec::new(),
            checks: None,
            marked: Vec::new(),
            format: Format::default(),
            copying: 0,
            saving: String::new(),
            mouse: false,
            completion: None,
            history: History::default(),
            unremembered: Vec::new(),
            recalled: None,
            notice: None,
            views: Vec::new(),
            saved: Saved::default(),
            kept: None,
            units: OnceCell::new(),
            loading: Loading::default(),
            far: None,
            dragged: None,
        };
        model.list_documents();
        model.refilter();
        model
    }

    /// With other keys than the built-in ones.
    #[must_use]
    pub fn with_keys(mut self, keys: Keys) -> Self {
        self.keys = Arc::new(keys);
        self
    }

    pub fn settings(&self) -> Settings {
        self.settings
    }

    pub fn index(&self) -> &Index {
        &self.index
    }

    /// Whether the figures are to be checked against each other and have not been yet. Of very many, only once
    /// their page is opened: the checks look at every document, and what was looked at stays in memory.
    pub fn awaits_checks(&self) -> bool {
        let opened = |o: &Overlay| matches!(o, Overlay::Page(page) if page.kind == Kind::Checks);
        let few = self.index.len() <= CHECKED_UNASKED;
        self.checks.is_none()
            && self.far.is_none()
            && self.loading.percent.is_none()
            && (few || self.overlays.iter().any(opened))
    }

    /// Where the next key goes.
    pub fn context(&self) -> Context {
        match self.overlays.last() {
            Some(Overlay::Detail(_)) => Context::Detail,
            Some(Overlay::Page(page)) => match page.kind {
                Kind::Basket => Context::Basket,
                Kind::Columns => Context::Columns,
                Kind::Views => Context::Views,
                Kind::Indicators => Context::Indicators,
                Kind::Overview | Kind::Rejected | Kind::Targets | Kind::Checks | Kind::History => {
                    Context::List
                }
            },
            Some(Overlay::Evidence(_)) => Context::List,
            Some(Overlay::Compare(_)) => Context::Compare,
            Some(Overlay::Menu(menu)) if menu.typing => Context::Palette,
            Some(Overlay::Menu(_)) => Context::Help,
            Some(Overlay::Prompt(_)) => Context::Prompt,
            Some(Overlay::Confirm { .. }) => Context::Confirm,
            None if self.typing => Context::Filter,
            None => Context::Browse,
        }
    }

    /// The selected figure: of the uppermost list that has one.
    pub fn selected(&self) -> Option<FigureRef<'_>> {
        for overlay in self.overlays.iter().rev() {
            match overlay {
                Overlay::Page(page) => return self.index.figure(page.selected()?.figure()?),
                Overlay::Compare(compare) => return self.index.figure(compare.selected()?),
                Overlay::Evidence(evidence) => return self.index.figure(evidence.selected()?),
                _ => {}
            }
        }
        self.index.figure(*self.rows.get(self.figures.cursor)?)
    }

    /// The place whose source is shown.
    pub(super) fn place(&self) -> Option<Place> {
        let page = self.overlays.iter().rev().find_map(|overlay| match overlay {
            Overlay::Page(page) => Some(Some(page)),
            Overlay::Evidence(_) => Some(None),
            _ => None,
        });
        match page.flatten() {
            Some(page) => page.selected()?.place(self),
            None => self.selected().map(Place::figure),
        }
    }

    /// The line being typed.
    pub(super) fn input(&mut self) -> Option<&mut Input> {
        match self.overlays.last_mut() {
            Some(Overlay::Menu(menu)) if menu.typing => Some(&mut menu.input),
            Some(Overlay::Prompt(prompt)) => Some(&mut prompt.input),
            None if self.typing => Some(&mut self.filter),
            _ => None,
        }
    }

    pub(super) fn layout(&self) -> Layout {
        let split = (!self.settings.plain).then_some(self.split);
        Layout::new(self.size.0, self.size.1, self.focus, self.typing, split)
    }

    pub(super) fn text(&self, text: Text) -> &'static str {
        text.of(self.settings.lang)
    }

    /// The chosen documents; none if the row for all is.
    pub(super) fn chosen(&self) -> Option<&[DocumentId]> {
        match self.document_rows.get(self.documents.cursor)? {
            DocumentRow::All => None,
            DocumentRow::Group(_, documents) => Some(documents),
            DocumentRow::One(document) => Some(std::slice::from_ref(document)),
        }
    }

    /// The units of the figures.
    pub(super) fn units(&self) -> &Units {
        self.units.get_or_init(|| Units::new(&self.index))
    }

    /// After there are more figures.
    pub(super) fn forget_units(&mut self) {
        self.units = OnceCell::new();
    }

    /// The table of indicators, if it is open.
    pub(super) fn compare(&self) -> Option<&Compare> {
        self.overlays.iter().rev().find_map(|overlay| match overlay {
            Overlay::Compare(compare) => Some(compare.as_ref()),
            _ => None,
        })
    }

    /// Lists the documents anew after their grouping has changed.
    pub(super) fn list_documents(&mut self) {
        let chosen = self.document_rows.get(self.documents.cursor).cloned();
        self.document_rows = group::documents(self.documents_by, &self.index, self.text(Text::Without));
        let place = chosen.and_then(|chosen| self.document_rows.iter().position(|row| row.is_same(&chosen)));
        self.documents.cursor = place.unwrap_or(0);
    }

    /// Picks the rows of the chosen documents; the selected figure stays selected
    /// if it is still there.
    pub(super) fn rearrange(&mut self) {
        let selected = self.rows.get(self.figures.cursor).copied();
        self.rows = match self.chosen() {
            None => self.hits.clone(),
            Some(documents) => {
                let ranges: Vec<_> = documents.iter().map(|id| self.index.of_document(*id)).collect();
                // They are in order: the last one that begins before a figure is the one it may be in.
                let inside = |id: &FigureId| {
                    let after = ranges.partition_point(|range| range.start <= id.0);
                    after
                        .checked_sub(1)
                        .and_then(|n| ranges.get(n))
                        .is_some_and(|range| range.contains(&id.0))
                };
                self.hits.iter().copied().filter(inside).collect()
            }
        };
        self.groups = Groups::new(self.figures_by, &self.rows, &self.index);
        let place = selected.and_then(|id| self.rows.iter().position(|row| *row == id));
        self.figures.cursor = place.unwrap_or(0);
        self.natural = Natural::headings(&self.fields, self.settings.widths, |field| self.heading(field));
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
        self.documents.settle(self.document_rows.len(), usize::from(layout.documents.height));
        self.settle_figures(usize::from(layout.figure_rows_or_page()));
        self.settle_overlay(layout);
        self.settle_source(layout);
    }

    fn settle_figures(&mut self, rows: usize) {
        let len = self.rows.len();
        self.figures.cursor = self.figures.cursor.min(len.saturating_sub(1));
        let line = self.groups.line(self.figures.cursor);
        let mut window = List { cursor: line, top: self.figures.top };
        window.settle(self.groups.lines(len), rows);
        // Over an edge the rows go on by a quarter: else each step would write all of them anew.
        if window.top > self.figures.top && window.top + rows == line + 1 {
            window.top = (window.top + rows / 4).min(self.groups.lines(len).saturating_sub(rows));
        } else if window.top < self.figures.top && window.top == line {
            window.top -= window.top.min(rows / 4);
        }
        // The heading over a group's first row is seen with it.
        let heading = line.checked_sub(1).map(|above| self.groups.at(above));
        if window.top == line && rows > 1 && matches!(heading, Some(Line::Heading(_))) {
            window.top -= 1;
        }
        self.figures.top = window.top;
        let (lang, widths) = (self.settings.lang, self.settings.widths);
        for line in self.figures.top..self.figures.top + rows {
            let id = match self.groups.at(line) {
                Line::Row(row) => self.rows.get(row),
                Line::Heading(_) => None,
            };
            if let Some(figure) = id.and_then(|id| self.index.figure(*id)) {
                self.natural.see(figure, lang, widths);
            }
        }
    }

    /// What stands over a column: its name, and how the rows are ordered by it.
    pub(super) fn heading(&self, field: Field) -> String {
        let name = field.name(self.settings.lang);
        let Order { by, reversed } = self.order;
        if by == Some(field) {
            format!("{name}{}", view::order_mark(reversed, self.settings.widths))
        } else {
            name.to_owned()
        }
    }

    fn settle_source(&mut self, layout: Layout) {
        let Some(place) = self.place() else {
            self.source = Source::default();
            return;
        };
        let Some(document) = self.index.document(place.document) else { return };
        let raw = if self.raw {
            self.raw_texts.get(&place.document).and_then(|text| text.as_deref().ok())
        } else {
            None
        };
        // Without colours the quantity stands in brackets, which take two columns.
        let brackets = if self.settings.colours.coloured { 0 } else { 2 };
        let area = if self.overlays.is_empty() { layout.source } else { layout.below };
        let width = usize::from(area.width).saturating_sub(brackets);
        let rows = if self.overlays.is_empty() { layout.source_rows() } else { area.height };
        self.source.follow(document, place, raw, (width, usize::from(rows)), self.settings.widths);
        self.source.mark(&self.searches.shown, document, place);
    }

    fn settle_overlay(&mut self, layout: Layout) {
        let Some(mut overlay) = self.overlays.pop() else { return };
        let rows = usize::from(layout.body.height).saturating_sub(1).max(1);
        let width = usize::from(layout.body.width);
        match &mut overlay {
            Overlay::Detail(detail) => {
                let Some(figure) = self.selected() else { return };
                let raw = self.raw_texts.get(&figure.document_id()).and_then(|text| text.as_deref().ok());
                let known = (raw, self.checks.as_ref());
                detail.settle(&self.index, figure, known, self.settings, width, rows);
            }
            Overlay::Page(page) => page.settle(self, page.layout(layout).page_rows(page.columns())),
            Overlay::Compare(compare) => {
                let columns = view::compare_columns(self, compare, layout);
                compare.settle(usize::from(layout.above.height).saturating_sub(1), columns);
            }
            Overlay::Menu(menu) => menu.list.settle(menu.rows(&self.keys, self.settings.lang).len(), rows),
            Overlay::Evidence(_) | Overlay::Prompt(_) | Overlay::Confirm { .. } => {}
        }
        self.overlays.push(overlay);
    }
}

/// What could be typed at the caret, gone through with the same key.
#[derive(Clone, Debug)]
pub(super) struct Completing {
    pub(super) offers: Vec<query::Completion>,
    pub(super) at: usize,
    /// The filter as it was typed.
    pub(super) typed: Input,
}
