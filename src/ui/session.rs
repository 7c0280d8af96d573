//! What is kept of an explorer from one run to the next: where the person was, how they had things
//! arranged, and the views they gave a name.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};

use super::group::{DocumentRow, DocumentsBy, FiguresBy};
use super::keymap::{Action, Context};
use super::layout::Split;
use super::model::{Model, Order};
use super::share::Format;
use super::texts::Text;
use crate::index::{DocumentId, FigureId};
use crate::query::{Field, History, same_name};

/// Which figures are shown, and how.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Arrangement {
    pub filter: String,
    /// Fields by their English names.
    pub columns: Vec<String>,
    /// The field they are ordered by; empty for the order of the text.
    pub sort: String,
    pub reversed: bool,
    /// The field they are grouped by.
    pub group: String,
}

/// An arrangement with a name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct View {
    pub name: String,
    #[serde(flatten)]
    pub arrangement: Arrangement,
}

impl View {
    /// Puts it among others, in the place of one with the same name.
    pub fn put(self, views: &mut Vec<Self>) {
        match views.iter_mut().find(|old| same_name(&old.name, &self.name)) {
            Some(old) => *old = self,
            None => views.push(self),
        }
    }
}

/// How a dataset was left.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Session {
    #[serde(flatten)]
    pub arrangement: Arrangement,
    /// Ids of the chosen document and the selected figure.
    pub document: String,
    pub figure: String,
    pub documents_by: String,
    /// Ids of the marked figures.
    pub basket: Vec<String>,
    /// Where the document, the figure and the marked figures were found: they are looked for there first.
    pub document_at: u32,
    pub figure_at: u32,
    pub basket_at: Vec<u32>,
    pub format: String,
    /// Columns of the documents and rows of the source, if they were changed.
    pub split: (Option<u16>, Option<u16>),
}

fn name(field: Option<Field>) -> String {
    field.map_or_else(String::new, |field| field.row().en.to_owned())
}

/// The field of an English name.
pub(super) fn field(name: &str) -> Option<Field> {
    Field::of_figures().find(|row| row.en == name).map(|row| row.field)
}

impl Model {
    pub(super) fn arrangement(&self) -> Arrangement {
        Arrangement {
            filter: self.filter.text().to_owned(),
            columns: self.fields.iter().map(|field| name(Some(*field))).collect(),
            sort: name(self.order.by),
            reversed: self.order.reversed,
            group: name(self.figures_by.field()),
        }
    }

    /// Shows what an arrangement says.
    pub(super) fn arrange(&mut self, arrangement: &Arrangement) {
        self.filter.clear();
        self.filter.insert(&arrangement.filter);
        let columns: Vec<Field> = arrangement.columns.iter().filter_map(|name| field(name)).collect();
        if !columns.is_empty() {
            self.fields = columns;
        }
        self.order = Order { by: field(&arrangement.sort), reversed: arrangement.reversed };
        self.figures_by = FiguresBy::of(field(&arrangement.group));
        self.refilter();
    }

    fn session(&self) -> Session {
        let document = match self.document_rows.get(self.documents.cursor) {
            Some(DocumentRow::One(id)) => Some(*id),
            _ => None,
        };
        let figure = self.rows.get(self.figures.cursor).copied();
        let name = |id: FigureId| self.index.figure(id).map(|figure| figure.name_in_dataset().into_owned());
        Session {
            arrangement: self.arrangement(),
            document: document.map_or_else(String::new, |id| self.index.name_in_dataset(id).to_owned()),
            document_at: document.map_or(0, |id| id.0),
            figure: figure.and_then(name).unwrap_or_default(),
            figure_at: figure.map_or(0, |id| id.0),
            documents_by: self.documents_by.id().to_owned(),
            basket: self.marked.iter().copied().filter_map(name).collect(),
            basket_at: self.marked.iter().map(|id| id.0).collect(),
            format: self.format.id().to_owned(),
            split: (self.split.left, self.split.below),
        }
    }

    /// The session, if it is not the one last asked for.
    pub fn unsaved(&mut self) -> Option<Session> {
        // Before all is read, or where never all is, it cannot be said where things are.
        if self.loading.percent.is_some() || self.far.is_some() {
            return None;
        }
        let session = self.session();
        if self.kept.as_ref() == Some(&session) {
            return None;
        }
        self.kept = Some(session.clone());
        Some(session)
    }

    /// Goes on where an earlier run was left. Its filter does not come back by itself: it is the
    /// latest one of the history.
    pub fn resume(&mut self, session: &Session) {
        let Session { arrangement, document, document_at, figure, figure_at, .. } = session;
        self.documents_by = DocumentsBy::named(&session.documents_by);
        self.format = Format::named(&session.format);
        self.split = Split { left: session.split.0, below: session.split.1 };
        self.list_documents();
        let document = self.document_named(document, DocumentId(*document_at));
        let place =
            document.and_then(|id| self.document_rows.iter().position(|row| *row == DocumentRow::One(id)));
        self.documents.cursor = place.unwrap_or(0);
        self.arrange(&Arrangement { filter: String::new(), ..arrangement.clone() });
        let filter = arrangement.filter.trim();
        if !filter.is_empty() {
            self.remember(filter);
        }
        self.marked.clear();
        self.mark_again(session);
        let ids = self.figures_named(&[(figure, FigureId(*figure_at))]);
        self.figures.cursor = 0;
        if let Some(id) = ids.get(figure.as_str()) {
            self.select(*id);
        }
        self.kept = Some(self.session());
        if self.loading.percent.is_some() {
            self.loading.session = Some(session.clone());
        }
    }

    /// Marks the figures that were marked.
    pub(super) fn mark_again(&mut self, session: &Session) {
        let at = session.basket_at.iter().copied().chain(std::iter::repeat(0)).map(FigureId);
        let basket: Vec<(&str, FigureId)> = session.basket.iter().map(String::as_str).zip(at).collect();
        let ids = self.figures_named(&basket);
        let found = basket.iter().filter_map(|(id, _)| ids.get(id).copied());
        let found: Vec<FigureId> = found.filter(|id| !self.marked.contains(id)).collect();
        self.marked.splice(..0, found);
    }

    /// The document with this id: mostly where it was.
    fn document_named(&self, id: &str, at: DocumentId) -> Option<DocumentId> {
        let named = |number: &DocumentId| self.index.name_in_dataset(*number) == id;
        let mut all = [at].into_iter().chain((0..self.index.document_count() as u32).map(DocumentId));
        all.find(|number| !id.is_empty() && named(number))
    }

    /// The figures with these ids: mostly where they were.
    fn figures_named<'i>(&self, wanted: &[(&'i str, FigureId)]) -> HashMap<&'i str, FigureId> {
        let name = |at: FigureId| self.index.figure(at).map(crate::index::FigureRef::name_in_dataset);
        let there = |(id, at): &&(&str, FigureId)| name(*at).as_deref() == Some(*id);
        let mut found: HashMap<&str, FigureId> = wanted.iter().filter(there).copied().collect();
        let mut missing: HashSet<&str> = wanted.iter().map(|(id, _)| *id).collect();
        missing.retain(|id| !id.is_empty() && !found.contains_key(id));
        if !missing.is_empty() {
            for figure in self.index.figures() {
                if let Some(id) = missing.get(figure.name_in_dataset().as_ref()) {
                    found.insert(id, figure.id());
                }
            }
        }
        found
    }

    /// Says the keys that one needs, to somebody who is here for the first time.
    pub fn greet(&mut self) {
        let lang = self.settings.lang;
        let key = |action: Action| {
            let bound = self.keys.of(Context::Browse).find(|bound| bound.binding.action == action)?;
            (!bound.keys.is_empty()).then(|| format!("{} {}", bound.label(), bound.binding.text(lang)))
        };
        let five = [Action::Down, Action::Open, Action::Filter, Action::Help, Action::Quit];
        let keys = five.into_iter().filter_map(key).collect::<Vec<_>>().join("  ");
        self.notice = Some(format!("{}:  {keys}", self.text(Text::FirstKeys)));
    }

    /// With the views a person has given names.
    pub fn set_views(&mut self, views: Vec<View>) {
        self.saved = views.iter().map(|view| (&view.name, &view.arrangement.filter)).collect();
        self.views = views;
    }

    /// With the filters of earlier runs.
    pub fn set_history(&mut self, history: History) {
        self.history = history;
    }

    /// Says something in the footer, until the next key.
    pub fn say(&mut self, text: String) {
        self.notice = Some(text);
    }
}
