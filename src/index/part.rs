//! Documents → columns, names and arenas: first for some documents, then joined part by part.
//!
//! A part knows only its own names; joining gives them the numbers of the whole, in the order in
//! which they first stand, so that it does not matter into how many parts the documents were cut.

use std::collections::{HashMap, HashSet};
use std::fmt::Write;
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};

use super::apart::Apart;
use super::column::Column;
use super::columns::{
    APART, Columns, HAS_PARENT, NEVER, NO_ROW, NO_VALUE, OWNERS_BETWEEN, UNIT_INFERRED, millionths, near,
};
use super::fold::fold;
use super::lines::Lines;
use super::names::{Gatherer, NONE};
use super::texts::Texts;
use super::time;
use crate::model::{Decimal, Document, Figure, Period};

/// What some consecutive documents hold.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub(super) columns: Columns,
    pub(super) names: Gatherer,
    pub(super) sentences: Lines,
    pub(super) quotes: Texts,
    /// The figures' ids; see [`shortened`].
    pub(super) ids: Texts,
    /// Values that the columns do not hold.
    pub(super) apart: Apart,
    /// The periods among the names.
    pub(super) periods: HashMap<u32, Period>,
    /// Folded runs of Latin letters and digits in sentences.
    pub(super) latin: HashSet<Box<str>>,
    /// Hashes of the ids of documents and of figures, to see whether one was given twice.
    pub(super) hashes: [Vec<u64>; 2],
    /// The number of each unit's name.
    units: HashMap<u32, u32>,
}

/// In front of what is left of an id that begins with its document's.
pub(super) const REST: char = '\u{1f}';

impl Default for Part {
    fn default() -> Self {
        Self {
            columns: Columns::default(),
            names: Gatherer::new(),
            sentences: Lines::default(),
            quotes: Texts::default(),
            ids: Texts::default(),
            apart: Apart::default(),
            periods: HashMap::new(),
            latin: HashSet::new(),
            hashes: [Vec::new(), Vec::new()],
            units: HashMap::new(),
        }
    }
}

impl Part {
    /// Adds a document behind the others.
    pub(super) fn add(&mut self, document: &Document) {
        let date = document.date.as_deref();
        let mut name = |text: Option<&str>| self.names.add(text.unwrap_or(""));
        let first = self.columns.status.len() as u32;
        let documents = &mut self.columns.documents;
        let number = documents.id.len() as u32;
        documents.title.push(name(Some(document.title.as_deref().unwrap_or(&document.id))));
        documents.id.push(name(Some(&document.id)));
        documents.source.push(name(document.source.as_deref()));
        documents.url.push(name(document.url.as_deref()));
        documents.date.push(name(date));
        documents.days.push(date.and_then(time::point).unwrap_or(NEVER));
        documents.rejected.push(document.rejected.len() as u32);
        documents.ends.push(first + document.figures.len() as u32);
        self.hashes[0].push(hash(&document.id));
        let sections: Vec<u32> = document.sections.iter().map(|section| name(Some(&section.title))).collect();
        let places: HashMap<_, u32> = document.figures.iter().map(|figure| figure.raw).zip(first..).collect();
        let mut sentences = HashMap::new();
        for figure in &document.figures {
            let sentence = *sentences.entry(figure.sentence).or_insert_with(|| {
                let number = self.sentences.push(figure.sentence.of(&document.text));
                for word in latin_words(self.sentences.line(number)) {
                    keep(&mut self.latin, word);
                }
                number as u32
            });
            let parent = figure.parent.and_then(|whole| places.get(&whole)).copied().unwrap_or(NO_ROW);
            let section = figure.section.and_then(|n| sections.get(n)).copied().unwrap_or(NONE);
            self.figure(figure, date);
            self.ids.push(&shortened(&figure.id, &document.id));
            self.columns.sentence.push(sentence);
            self.columns.parent.push(parent);
            self.columns.section.push(section);
            self.columns.document.push(number);
            let odd = !self.sentences.line(sentence as usize).contains(&fold(&figure.quote));
            self.columns.odd_quote.push(if odd { self.names.add(&figure.quote) } else { NONE });
        }
    }

    fn figure(&mut self, figure: &Figure, date: Option<&str>) {
        let columns = &mut self.columns;
        columns.indicator.push(self.names.add(&figure.indicator));
        columns.indicator_id.push(self.names.add(&figure.indicator_id));
        columns.subject.push(self.names.add(figure.subject.as_deref().unwrap_or("")));
        let period = self.names.add(figure.period.as_ref().map_or("", |period| period.as_str()));
        columns.period.push(period);
        if let Some(of) = &figure.period {
            self.periods.entry(period).or_insert_with(|| of.clone());
        }
        let unit = self.names.add(figure.unit.as_deref().unwrap_or(""));
        columns.unit.push(unit_number(&mut self.units, &mut columns.units, unit));
        columns.of.push(self.names.add(figure.of.as_deref().unwrap_or("")));
        columns.owners.push(self.names.add(&figure.owners.join(&OWNERS_BETWEEN.to_string())));
        let mut rules = String::new();
        for trace in &figure.trace {
            let between = if rules.is_empty() { "" } else { "; " };
            // Writing into a string cannot fail.
            let _ = write!(rules, "{between}{}: {}", trace.field, trace.rule);
        }
        columns.trace.push(self.names.add(&rules));
        columns.status.push(figure.status as u8);
        columns.kind.push(figure.kind as u8);
        columns.bound.push(figure.bound as u8);
        let inferred = if figure.unit_inferred { UNIT_INFERRED } else { 0 };
        columns.flags.push(inferred | if figure.parent.is_some() { HAS_PARENT } else { 0 });
        let (low, high) = match (figure.value, figure.value_high) {
            (Some(low), Some(high)) => (near(low.min(high)), near(low.max(high))),
            (Some(low), None) => (near(low), near(low)),
            (None, _) => (f64::NAN, f64::NAN),
        };
        columns.low.push(low);
        columns.high.push(high);
        let (digits, scale) = match (figure.value, figure.value_high) {
            (None, None) => (0, NO_VALUE),
            (Some(value), None) if fits(value) => (value.mantissa() as i64, value.scale() as u8),
            values => {
                self.apart.push(columns.digits.len() as u32, values);
                (0, APART)
            }
        };
        columns.digits.push(digits);
        columns.scale.push(scale);
        let days = figure.period.as_ref().and_then(|period| time::period(period, date));
        columns.days.push(days.unwrap_or(NEVER));
        columns.confidence.push(millionths(figure.confidence));
        self.quotes.push(&figure.quote);
        self.hashes[1].push(hash(&figure.id));
    }

    /// Puts the documents of another part behind one's own.
    pub(super) fn append(&mut self, mut other: Self) {
        let names = self.names.join(&other.names);
        let name = |local: u32| names.get(local as usize).copied().unwrap_or(NONE);
        let (mine, theirs) = (&mut self.columns, &mut other.columns);
        let rows = mine.status.len() as u32;
        let documents = mine.documents.id.len() as u32;
        let sentences = self.sentences.len() as u32;
        for (mine, theirs) in mine.names_mut().into_iter().zip(theirs.names_mut()) {
            mine.extend(theirs.iter().map(|&local| name(local)));
        }
        let units: Vec<u32> = (theirs.units.iter())
            .map(|&local| unit_number(&mut self.units, &mut mine.units, name(local)))
            .collect();
        mine.unit.extend(theirs.unit.iter().map(|&unit| units.get(unit as usize).copied().unwrap_or(0)));
        mine.sentence.extend(theirs.sentence.iter().map(|sentence| sentences + sentence));
        mine.document.extend(theirs.document.iter().map(|document| documents + document));
        mine.parent.extend(theirs.parent.iter().map(|&row| if row == NO_ROW { row } else { rows + row }));
        mine.status.append(&mut theirs.status);
        mine.kind.append(&mut theirs.kind);
        mine.bound.append(&mut theirs.bound);
        mine.flags.append(&mut theirs.flags);
        mine.low.append(&mut theirs.low);
        mine.high.append(&mut theirs.high);
        mine.digits.append(&mut theirs.digits);
        mine.scale.append(&mut theirs.scale);
        mine.days.append(&mut theirs.days);
        mine.confidence.append(&mut theirs.confidence);
        let (mine, theirs) = (&mut mine.documents, &mut theirs.documents);
        for (mine, theirs) in mine.names_mut().into_iter().zip(theirs.names_mut()) {
            mine.extend(theirs.iter().map(|&local| name(local)));
        }
        mine.days.append(&mut theirs.days);
        mine.rejected.append(&mut theirs.rejected);
        mine.ends.extend(theirs.ends.iter().map(|end| rows + end));
        self.sentences.append(&other.sentences);
        self.quotes.append(&other.quotes);
        self.ids.append(&other.ids);
        self.apart.append(other.apart, rows);
        for (local, period) in other.periods {
            self.periods.entry(name(local)).or_insert(period);
        }
        for word in other.latin {
            self.latin.insert(word);
        }
        for (mine, theirs) in self.hashes.iter_mut().zip(&mut other.hashes) {
            mine.append(theirs);
        }
    }

    /// Whether no id seems to have been given twice. Looks once only.
    pub(super) fn ids_differ(&mut self) -> bool {
        std::mem::take(&mut self.hashes).into_iter().all(|mut hashes| {
            hashes.sort_unstable();
            hashes.windows(2).all(|pair| pair.first() != pair.last())
        })
    }
}

/// The number of a unit among the units.
fn unit_number(known: &mut HashMap<u32, u32>, units: &mut Column<u32>, name: u32) -> u32 {
    *known.entry(name).or_insert_with(|| {
        units.push(name);
        units.len() as u32 - 1
    })
}

/// Whether the columns hold a value exactly.
fn fits(value: Decimal) -> bool {
    i64::try_from(value.mantissa()).is_ok() && !(value.is_zero() && value.is_sign_negative())
}

/// `a.txt#12-15` of the document `a.txt` → `#12-15`, marked.
fn shortened(id: &str, document: &str) -> String {
    id.strip_prefix(document).map_or_else(|| id.to_owned(), |rest| format!("{REST}{rest}"))
}

fn hash(id: &str) -> u64 {
    BuildHasherDefault::<DefaultHasher>::default().hash_one(id)
}

/// Keeps a word if it is new.
pub(super) fn keep(words: &mut HashSet<Box<str>>, word: &str) {
    if !words.contains(word) {
        words.insert(word.into());
    }
}

/// The runs of Latin letters and digits of a folded text that hold a letter.
pub fn latin_words(folded: &str) -> impl Iterator<Item = &str> {
    let runs = folded.split(|c: char| !c.is_ascii_alphanumeric());
    runs.filter(|run| run.bytes().any(|b| b.is_ascii_alphabetic()))
}
