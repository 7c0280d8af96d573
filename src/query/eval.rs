//! A plan and an index → the figures it finds, in display order.
//!
//! `状态:目标 专精` → one set of figures for each condition, put together bit by bit
//!
//! A [`Searcher`] keeps the sets of the last conditions: a query that grows by a word looks for
//! that word only, and a word that grows by a letter looks only where its beginning was found.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};

use super::amount::AmountCheck;
use super::field::Field;
use super::meaning;
use super::order::{self, Orders};
use super::pattern::Pattern;
use super::resolve::{AmountTest, Filter, Scope, Test};
use super::scan::{scan, scan_once};
use super::source::{Column, Source, sources};
use super::{Hits, Plan};
use crate::index::bits::Bits;
use crate::index::column::{self, Number};
use crate::index::columns::Groups;
use crate::index::fold::fold;
use crate::index::names::NONE;
use crate::index::{FigureId, Index};
use crate::lexicon::names::indicators;

/// Answers one plan.
pub fn run(index: &Index, plan: &Plan) -> Hits {
    Searcher::once().run(index, plan, &AtomicBool::new(false)).unwrap_or_default()
}

/// How many words and conditions are remembered.
const REMEMBERED: usize = 24;

/// Answers plans one after another, each from what the last ones found where that helps.
#[derive(Debug, Default)]
pub struct Searcher {
    /// Nothing is asked after the first plan: what only pays off later is not made.
    once: bool,
    /// The index the memory is about.
    stamp: Option<u64>,
    words: Vec<Word>,
    conditions: Vec<(String, Bits)>,
    orders: Orders,
    /// The figures of each name, for the columns that were asked for.
    by_name: HashMap<Column, Groups>,
    /// The traces, by their number among the names, in both languages: made once they are asked for.
    traces: Option<Vec<(u32, String)>>,
}

/// Where a word was found.
#[derive(Debug)]
struct Word {
    pattern: Pattern,
    names: Bits,
    sentences: Option<Bits>,
}

impl Searcher {
    /// For one plan: what only pays off later is not made.
    pub fn once() -> Self {
        Self { once: true, ..Self::default() }
    }

    /// Gets ready for words that somebody is about to type: reads what they are looked for in. Goes no further
    /// once `stop` is true; what is missing then is made when it is needed.
    pub fn prepare(&mut self, index: &Index, stop: &AtomicBool) {
        self.turn_to(index);
        let (columns, sentences) = (index.columns(), index.sentences());
        // A column is read as a whole when it is looked at as one.
        let steps: [&dyn Fn(); 4] = [
            &|| _ = (indicators(), index.has_latin_word(""), index.names().lines().classes()),
            &|| _ = (sentences.bytes(), columns.sentence.first(), index.of_sentence().rows(0)),
            &|| _ = sentences.classes(),
            &|| _ = (columns.unit.first(), columns.low.first(), columns.high.first()),
        ];
        for step in steps {
            if stop.load(Ordering::Relaxed) {
                return;
            }
            step();
        }
        let words = Field::of_figures().filter(|row| row.in_words).flat_map(|row| sources(row.field));
        for source in words.chain([Source::Figure(Column::OddQuote)]) {
            if let Source::Figure(column) = source
                && !stop.load(Ordering::Relaxed)
            {
                let groups = || Groups::new(column.names(columns), index.names().len());
                self.by_name.entry(column).or_insert_with(groups);
            }
        }
    }

    /// Forgets what it knows of another index.
    fn turn_to(&mut self, index: &Index) {
        if self.stamp != Some(index.stamp()) {
            *self = Self { once: self.once, stamp: Some(index.stamp()), ..Self::default() };
        }
    }

    /// Answers a plan; `None` if `stop` became true before the answer was ready.
    pub fn run(&mut self, index: &Index, plan: &Plan, stop: &AtomicBool) -> Option<Hits> {
        self.turn_to(index);
        let found = Search { memory: self, index, stop }.filter(&plan.filter)?;
        let total = found.count();
        let most = plan.limit.unwrap_or(usize::MAX);
        let ids = if plan.sort.is_empty() {
            found.iter().take(most).map(|row| FigureId(row as u32)).collect()
        } else if self.once {
            let rows: Vec<u32> = found.iter().map(|row| row as u32).collect();
            order::sorted(index, &rows, &plan.sort, most, stop)?
        } else {
            self.orders.sorted(index, &found, &plan.sort, most, stop)?
        };
        Some(Hits { ids, total })
    }
}

struct Search<'s> {
    memory: &'s mut Searcher,
    index: &'s Index,
    stop: &'s AtomicBool,
}

impl Search<'_> {
    fn filter(&mut self, filter: &Filter) -> Option<Bits> {
        match filter {
            Filter::And(parts) => {
                let mut all = Bits::all(self.index.len());
                for part in parts {
                    all.and(&self.filter(part)?);
                }
                Some(all)
            }
            Filter::Or(parts) => {
                let mut any = Bits::none(self.index.len());
                for part in parts {
                    any.or(&self.filter(part)?);
                }
                Some(any)
            }
            Filter::Not(inner) => {
                let mut bits = self.filter(inner)?;
                bits.not();
                Some(bits)
            }
            Filter::Test(test) => self.remembered(test),
        }
    }

    fn remembered(&mut self, test: &Test) -> Option<Bits> {
        if self.stop.load(Ordering::Relaxed) {
            return None;
        }
        let key = key(test);
        if let Some(at) = self.memory.conditions.iter().position(|(known, _)| *known == key) {
            // The latest used are the last to be forgotten.
            let condition = self.memory.conditions.remove(at);
            let bits = condition.1.clone();
            self.memory.conditions.push(condition);
            return Some(bits);
        }
        let bits = self.test(test)?;
        if self.memory.conditions.len() >= REMEMBERED {
            self.memory.conditions.remove(0);
        }
        self.memory.conditions.push((key, bits.clone()));
        Some(bits)
    }

    fn test(&mut self, test: &Test) -> Option<Bits> {
        let columns = self.index.columns();
        let rows = self.index.len();
        match test {
            Test::Text { scope, pattern } => self.text(*scope, pattern),
            Test::Code { field, allowed } => {
                let column = match field {
                    Field::Status => &columns.status,
                    Field::Kind => &columns.kind,
                    _ => &columns.bound,
                };
                Some(self.of_column(column, |code| allowed >> code & 1 == 1))
            }
            Test::Amount(test) => Some(self.amount(test)),
            Test::Confidence { low, high } => {
                let fits =
                    |value| low.is_none_or(|low| value >= low) && high.is_none_or(|high| value <= high);
                Some(self.of_column(&columns.confidence, fits))
            }
            Test::Days { field, low, high } => {
                let (low, high) = (low.unwrap_or(i32::MIN), high.unwrap_or(i32::MAX));
                let meets = |(from, to): (i32, i32)| from <= to && to >= low && from <= high;
                if *field == Field::Date {
                    Some(self.of_documents(|document| {
                        columns.documents.days.get(document).is_some_and(|&days| meets(days))
                    }))
                } else {
                    Some(self.of_column(&columns.days, meets))
                }
            }
            Test::Form(form) => {
                let names = self.index.names();
                let hits = Bits::of(names.len(), |name| names.text(name as u32) == form);
                Some(self.of_column(&columns.period, |name| hits.has(name as usize)))
            }
            Test::Has(field) => Some(match sources(*field).as_slice() {
                [] => {
                    let holds = |row| {
                        self.index.figure(FigureId(row as u32)).is_some_and(|f| meaning::passes(test, f))
                    };
                    Bits::of(rows, holds)
                }
                sources => {
                    let names = self.index.names();
                    let some = Bits::of(names.len(), |name| {
                        name != NONE as usize && !names.text(name as u32).is_empty()
                    });
                    let mut any = Bits::none(rows);
                    for source in sources {
                        any.or(&self.rows_of(*source, &some));
                    }
                    any
                }
            }),
        }
    }

    fn text(&mut self, scope: Scope, pattern: &Pattern) -> Option<Bits> {
        // Owners and rules are matched one by one, so a whole one is no whole line of their column.
        let fields: Vec<Field> = match scope {
            Scope::One(Field::Owners | Field::Trace) if pattern.is_whole() => Vec::new(),
            Scope::One(Field::Sentence | Field::Quote) => Vec::new(),
            Scope::One(field) if sources(field).is_empty() => Vec::new(),
            Scope::One(field) => vec![field],
            Scope::Words => Field::of_figures().filter(|row| row.in_words).map(|row| row.field).collect(),
        };
        let mut any = Bits::none(self.index.len());
        match scope {
            Scope::One(Field::Sentence) => {
                self.find(pattern, true)?;
                let word = self.word(pattern)?;
                self.rows_of_sentences(word, &mut any);
            }
            Scope::One(field) if fields.is_empty() => any = self.one_by_one(field, pattern)?,
            Scope::One(Field::Trace) => self.rows_of_rules(pattern, &mut any),
            Scope::One(_) => {
                self.find(pattern, false)?;
                self.rows_of_fields(&fields, pattern, &mut any);
            }
            Scope::Words => {
                self.find(pattern, true)?;
                self.rows_of_fields(&fields, pattern, &mut any);
                // The quote is part of the sentence, except where noise stands inside it.
                let names = self.word(pattern)?.names.clone();
                self.add_rows_of(Source::Figure(Column::OddQuote), &names, &mut any);
                self.rows_of_sentences(self.word(pattern)?, &mut any);
            }
        }
        Some(any)
    }

    fn rows_of_fields(&mut self, fields: &[Field], pattern: &Pattern, any: &mut Bits) {
        let Some(names) = self.word(pattern).map(|word| word.names.clone()) else { return };
        for source in fields.iter().flat_map(|field| sources(*field)) {
            self.add_rows_of(source, &names, any);
        }
    }

    /// Rules have names in two languages.
    fn rows_of_rules(&mut self, pattern: &Pattern, any: &mut Bits) {
        let index = self.index;
        let made = || {
            let column = Column::Trace.names(index.columns());
            let mut used = Bits::none(index.names().len());
            for &name in column.iter() {
                used.add(name as usize);
            }
            let text = |name: usize| meaning::in_both_languages(index.names().text(name as u32));
            used.iter().map(|name| (name as u32, text(name))).collect()
        };
        let traces: &Vec<(u32, String)> = self.memory.traces.get_or_insert_with(made);
        let mut found = Bits::none(index.names().len());
        let fits = traces.iter().filter(|(_, text)| pattern.is_match(text));
        fits.for_each(|(name, _)| found.add(*name as usize));
        self.add_rows_of(Source::Figure(Column::Trace), &found, any);
    }

    /// Adds the figures whose name in a column is one of `names`.
    fn add_rows_of(&mut self, source: Source, names: &Bits, any: &mut Bits) {
        let Source::Figure(column) = source else {
            any.or(&self.rows_of(source, names));
            return;
        };
        if names.is_none() {
            return;
        }
        let (index, columns) = (self.index, self.index.columns());
        // Many figures are sooner found by running through all of them, and so are those of one search.
        let few = |groups: &&Groups| {
            names.iter().map(|name| groups.rows(name).len()).sum::<usize>() <= index.len() / 16
        };
        match self.memory.by_name.get(&column).filter(few) {
            Some(groups) => {
                names.iter().flat_map(|name| groups.rows(name)).for_each(|row| any.add(*row as usize));
            }
            None => any.or(&self.of_column(column.names(columns), |name| names.has(name as usize))),
        }
    }

    fn one_by_one(&self, field: Field, pattern: &Pattern) -> Option<Bits> {
        let mut count = 0;
        let mut stopped = false;
        let bits = Bits::of(self.index.len(), |row| {
            count += 1;
            stopped |= count % 4096 == 0 && self.stop.load(Ordering::Relaxed);
            let figure = self.index.figure(FigureId(row as u32));
            !stopped && figure.is_some_and(|figure| meaning::text_matches(pattern, figure, field))
        });
        (!stopped).then_some(bits)
    }

    fn word(&self, pattern: &Pattern) -> Option<&Word> {
        self.memory.words.iter().rev().find(|word| word.pattern.key() == pattern.key())
    }

    /// Finds a word in the names, and in the sentences if asked, and remembers where.
    fn find(&mut self, pattern: &Pattern, in_sentences: bool) -> Option<()> {
        let known = self.word(pattern).map(|word| word.sentences.is_some());
        if known == Some(true) || known == Some(false) && !in_sentences {
            return Some(());
        }
        let names = self.index.names().lines();
        let names = if self.memory.once {
            scan_once(names, pattern, self.stop)?
        } else {
            scan(names, pattern, None, self.stop)?
        };
        let sentences = if in_sentences { Some(self.find_sentences(pattern)?) } else { None };
        self.memory.words.retain(|word| word.pattern.key() != pattern.key());
        if self.memory.words.len() >= REMEMBERED {
            self.memory.words.remove(0);
        }
        self.memory.words.push(Word { pattern: pattern.clone(), names, sentences });
        Some(())
    }

    fn find_sentences(&self, pattern: &Pattern) -> Option<Bits> {
        let lines = self.index.sentences();
        if self.memory.once {
            return scan_once(lines, pattern, self.stop);
        }
        // Looking at single lines costs more than running through all of them, for plain text
        // much more.
        let worth = if pattern.pinyin().is_some() { lines.len() / 2 } else { lines.len() / 16 };
        let shorter = self.memory.words.iter().filter(|word| pattern.extends(&word.pattern));
        let sets = shorter.filter_map(|word| word.sentences.as_ref());
        let smallest = sets.map(|set| (set.count(), set)).min_by_key(|(count, _)| *count);
        let within = smallest.filter(|(count, _)| *count <= worth).map(|(_, set)| set);
        scan(lines, pattern, within, self.stop)
    }

    fn rows_of_sentences(&self, word: &Word, any: &mut Bits) {
        let Some(hits) = &word.sentences else { return };
        if hits.count() * 4 < hits.length() && self.memory.once {
            for row in hits.iter().flat_map(|sentence| self.index.of_sentence().some(sentence)) {
                any.add(row as usize);
            }
        } else if hits.count() * 4 < hits.length() {
            for row in hits.iter().flat_map(|sentence| self.index.of_sentence().rows(sentence)) {
                any.add(*row as usize);
            }
        } else {
            any.or(&self.of_column(&self.index.columns().sentence, |sentence| hits.has(sentence as usize)));
        }
    }

    /// The figures whose name in a column is one of `names`.
    fn rows_of(&self, source: Source, names: &Bits) -> Bits {
        let columns = self.index.columns();
        match source {
            Source::Figure(column) => self.of_column(column.names(columns), |name| names.has(name as usize)),
            Source::Unit => {
                let hits: Vec<bool> = columns.units.iter().map(|&name| names.has(name as usize)).collect();
                if hits.contains(&true) {
                    self.of_column(&columns.unit, |unit| hits.get(unit as usize).is_some_and(|hit| *hit))
                } else {
                    Bits::none(self.index.len())
                }
            }
            Source::Document(column) => {
                let column = column(&columns.documents);
                self.of_documents(|document| {
                    column.get(document).is_some_and(|&name| names.has(name as usize))
                })
            }
        }
    }

    /// The rows of a column whose entry fits.
    fn of_column<T: Number>(&self, column: &column::Column<T>, fits: impl Fn(T) -> bool) -> Bits {
        /// Whole words of the set, and little enough to stay near the processor.
        const TOGETHER: usize = 1 << 16;
        let word = |entries: &[T]| {
            entries.iter().enumerate().fold(0, |word, (bit, &entry)| word | u64::from(fits(entry)) << bit)
        };
        let words = if self.memory.once && !column.is_read() {
            let starts = (0..column.len()).step_by(TOGETHER);
            let part =
                |start| column.some(start..start + TOGETHER).chunks(64).map(word).collect::<Vec<u64>>();
            starts.flat_map(part).collect()
        } else {
            column.chunks(64).map(word).collect()
        };
        Bits::from_words(words, column.len())
    }

    fn of_documents(&self, holds: impl Fn(usize) -> bool) -> Bits {
        let mut bits = Bits::none(self.index.len());
        for document in (0..self.index.document_count()).filter(|&document| holds(document)) {
            let rows = self.index.of_document(crate::index::DocumentId(document as u32));
            bits.add_range(rows.start as usize, rows.end as usize);
        }
        bits
    }

    fn amount(&self, test: &AmountTest) -> Bits {
        let columns = self.index.columns();
        let names = self.index.names();
        let checks: Vec<Option<AmountCheck>> = columns
            .units
            .iter()
            .map(|&name| {
                let own = Some(fold(names.text(name))).filter(|unit| !unit.is_empty());
                AmountCheck::new(test.unit.as_deref(), own.as_deref())
            })
            .collect();
        // Edges in each unit, as floating-point numbers: certain unless very close.
        let edge = |check: &AmountCheck, edge: Option<super::amount::Edge>, none: f64| {
            edge.map_or(none, |edge| check.typed_in_figures_unit(edge.0))
        };
        let edges: Vec<(f64, f64)> = checks
            .iter()
            .map(|check| match check {
                Some(check) => {
                    (edge(check, test.low, f64::NEG_INFINITY), edge(check, test.high, f64::INFINITY))
                }
                None => (f64::NAN, f64::NAN),
            })
            .collect();
        let (units, lows, highs): (&[u32], &[f64], &[f64]) = (&columns.unit, &columns.low, &columns.high);
        Bits::shared(self.index.len(), |row| {
            let unit = units.get(row).map_or(0, |&unit| unit as usize);
            let Some(&(low, high)) = edges.get(unit) else { return false };
            let (Some(&from), Some(&to)) = (lows.get(row), highs.get(row)) else { return false };
            let near = |a: f64, b: f64| b.is_finite() && (a - b).abs() <= 1e-9 * a.abs().max(b.abs());
            if near(to, low) || near(from, high) || near(from, low) || near(to, high) {
                let figure = self.index.figure(FigureId(row as u32));
                return figure.is_some_and(|figure| meaning::amount_matches(test, figure));
            }
            if test.stated {
                return false;
            }
            to > low && from < high
        })
    }
}

/// What tells conditions apart.
fn key(test: &Test) -> String {
    match test {
        Test::Text { scope, pattern } => format!("{scope:?} {:?}", pattern.key()),
        other => format!("{other:?}"),
    }
}

#[cfg(test)]
mod tests;
