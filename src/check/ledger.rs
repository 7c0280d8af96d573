//! The figures of an index with their names folded and numbered, in the order in which checks look for them.
//!
//! `facts(地区生产总值, 长春净月)` → its figures, sorted by kind, dimension, status and period

use std::collections::HashMap;
use std::ops::Range;

use super::name::{Level, family, fold_indicator, fold_subject};
use super::reading::Reading;
use super::unit::{Measure, measure};
use crate::index::{FigureId, FigureRef, Index};
use crate::model::{Bound, Kind, Period, Status};

/// A number that stands for a text; equal numbers are equal texts.
pub(super) type Symbol = u32;

/// Stands for "none": no subject, no period.
pub(super) const NONE: Symbol = 0;

/// What the checks need of a figure, small enough to keep for every one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    pub id: FigureId,
    pub document: u32,
    /// Where its sentence starts; with the document it names the sentence.
    pub sentence: u32,
    /// The folded indicator.
    pub name: Symbol,
    /// The indicator without level and filling words.
    pub family: Symbol,
    pub level: Level,
    pub subject: Symbol,
    pub period: Symbol,
    pub unit: u16,
    pub dimension: u16,
    pub kind: Kind,
    pub status: Status,
    pub bound: Bound,
    pub has_of: bool,
}

/// A period and the years it covers.
#[derive(Clone, Debug)]
pub(super) struct Time {
    pub years: Option<(i32, i32)>,
    /// A calendar year and nothing less.
    pub whole_year: bool,
}

/// Texts by number and numbers by text.
#[derive(Debug, Default)]
pub(super) struct Symbols {
    numbers: HashMap<String, Symbol>,
}

impl Symbols {
    fn number(&mut self, text: &str) -> Symbol {
        if let Some(&number) = self.numbers.get(text) {
            return number;
        }
        let number = self.numbers.len() as Symbol + 1;
        self.numbers.insert(text.to_owned(), number);
        number
    }

    fn find(&self, text: &str) -> Option<Symbol> {
        self.numbers.get(text).copied()
    }
}

/// A distinct indicator of the dataset.
#[derive(Clone, Copy, Debug, Default)]
struct Name {
    whole: Symbol,
    family: Symbol,
    level: Level,
}

/// See the module.
#[derive(Debug)]
pub(super) struct Ledger<'a> {
    index: &'a Index,
    /// One for every figure: a row's number is its figure's.
    pub rows: Vec<Row>,
    times: Vec<Time>,
    units: Vec<Measure>,
    names: Symbols,
    subjects: Subjects,
    /// For every period the same one of the year before.
    before: Vec<Option<Symbol>>,
    /// Row numbers by (name, subject, kind, dimension, status, period).
    facts: Vec<u32>,
    by_name: HashMap<(Symbol, Symbol), Range<u32>>,
    /// Row numbers of levels by (family, subject).
    families: Vec<u32>,
    by_family: HashMap<(Symbol, Symbol), Range<u32>>,
}

/// Subjects by number: 长春 and 长春市 are one, unless the dataset also has 长春县.
#[derive(Debug, Default)]
struct Subjects {
    symbols: Symbols,
    /// The endings seen with each bare name, without the empty one.
    endings: HashMap<String, Vec<String>>,
}

impl Subjects {
    fn note(&mut self, subject: &str) {
        let (bare, ending) = fold_subject(subject);
        let endings = self.endings.entry(bare).or_default();
        if !ending.is_empty() && !endings.contains(&ending) {
            endings.push(ending);
        }
    }

    /// The text that stands for a subject.
    fn key(&self, subject: &str) -> String {
        let (bare, ending) = fold_subject(subject);
        let several = self.endings.get(&bare).is_some_and(|endings| endings.len() > 1);
        if several { format!("{bare}{ending}") } else { bare }
    }
}

/// Numbers the distinct texts that `of` gives for the index, each read once.
fn distinct<'a, T: Clone>(
    texts: impl Iterator<Item = &'a str>,
    mut read: impl FnMut(&'a str) -> T,
) -> HashMap<&'a str, T> {
    let mut seen = HashMap::new();
    for text in texts {
        if !seen.contains_key(text) {
            seen.insert(text, read(text));
        }
    }
    seen
}

impl<'a> Ledger<'a> {
    pub(super) fn new(index: &'a Index) -> Self {
        let mut names = Symbols::default();
        let indicators = distinct(index.figures().map(FigureRef::indicator_id), |text| {
            let folded = fold_indicator(text);
            let (level, core) = family(&folded);
            Name { whole: names.number(&folded), family: names.number(&core), level }
        });
        let mut subjects = Subjects::default();
        distinct(index.figures().filter_map(FigureRef::subject), |text| subjects.note(text));
        let owners = distinct(index.figures().filter_map(FigureRef::subject), |text| {
            let key = subjects.key(text);
            subjects.symbols.number(&key)
        });
        let mut periods = Symbols::default();
        let mut times = vec![Time { years: None, whole_year: false }];
        let dates = distinct(index.figures().filter_map(|f| f.period().map(Period::as_str)), |text| {
            let years = Period::parse(text).and_then(|p| p.years());
            times.push(Time { years, whole_year: text.len() == 4 });
            periods.number(text)
        });
        let mut before = vec![None; times.len()];
        for (text, &number) in &dates {
            if let (Some(slot), Some(earlier)) = (before.get_mut(number as usize), a_year_before(text)) {
                *slot = periods.find(&earlier);
            }
        }
        let mut units = Vec::new();
        let mut dimensions = Symbols::default();
        let mut measures = distinct(index.figures().map(|f| f.unit().unwrap_or("")), |text| {
            let measure = measure(Some(text).filter(|text| !text.is_empty()));
            let dimension = dimensions.number(&measure.dimension);
            units.push(measure);
            (units.len() - 1, dimension)
        });
        measures.shrink_to_fit();
        let mut rows = Vec::with_capacity(index.len());
        for figure in index.figures() {
            let name = indicators.get(figure.indicator_id()).copied();
            let Name { whole: name, family, level } = name.unwrap_or_default();
            let (unit, dimension) = measures.get(figure.unit().unwrap_or("")).copied().unwrap_or_default();
            rows.push(Row {
                id: figure.id(),
                document: figure.document_id().0,
                sentence: figure.sentence_number(),
                name,
                family,
                level,
                subject: figure.subject().and_then(|s| owners.get(s)).copied().unwrap_or(NONE),
                period: figure.period().and_then(|p| dates.get(p.as_str())).copied().unwrap_or(NONE),
                unit: unit as u16,
                dimension: dimension as u16,
                kind: figure.kind(),
                status: figure.status(),
                bound: figure.bound(),
                has_of: figure.of().is_some(),
            });
        }
        let mut ledger = Self {
            index,
            rows,
            times,
            units,
            names,
            subjects,
            before,
            facts: Vec::new(),
            by_name: HashMap::new(),
            families: Vec::new(),
            by_family: HashMap::new(),
        };
        ledger.sort();
        ledger
    }

    fn sort(&mut self) {
        let number = 0..self.rows.len() as u32;
        let mut keyed: Vec<(u128, u32)> = number.clone().map(|n| (key(self.row(n)), n)).collect();
        keyed.sort_unstable();
        self.facts = keyed.into_iter().map(|(_, n)| n).collect();
        self.by_name = ranges(&self.facts, |n| (self.row(n).name, self.row(n).subject));
        let levels = number.filter(|&n| self.row(n).kind == Kind::Level && self.row(n).subject != NONE);
        let mut keyed: Vec<(u64, u32)> = levels
            .map(|n| (u64::from(self.row(n).family) << 32 | u64::from(self.row(n).subject), n))
            .collect();
        keyed.sort_unstable();
        self.families = keyed.into_iter().map(|(_, n)| n).collect();
        self.by_family = ranges(&self.families, |n| (self.row(n).family, self.row(n).subject));
    }

    /// The row with this number. Numbers come from the ledger itself.
    pub(super) fn row(&self, number: u32) -> &Row {
        &self.rows[number as usize]
    }

    pub(super) fn figure(&self, row: &Row) -> Option<FigureRef<'a>> {
        self.index.figure(row.id)
    }

    /// The figure that a part stands under (其中).
    pub(super) fn whole_of(&self, row: &Row) -> Option<&Row> {
        let whole = self.figure(row)?.parent()?;
        self.rows.get(whole.id().0 as usize)
    }

    pub(super) fn unit(&self, row: &Row) -> Option<&Measure> {
        self.units.get(usize::from(row.unit))
    }

    pub(super) fn time(&self, row: &Row) -> Option<&Time> {
        self.times.get(row.period as usize).filter(|_| row.period != NONE)
    }

    /// The same months of the year before, if any figure has them.
    pub(super) fn year_before(&self, period: Symbol) -> Option<Symbol> {
        self.before.get(period as usize).copied().flatten()
    }

    /// The number of an indicator as figures have it.
    pub(super) fn name(&self, text: &str) -> Option<Symbol> {
        self.names.find(&fold_indicator(text))
    }

    /// The number of a subject, if any figure has it.
    pub(super) fn subject(&self, text: &str) -> Option<Symbol> {
        self.subjects.symbols.find(&self.subjects.key(text))
    }

    /// The figures of an indicator and subject, sorted by kind, dimension, status and period.
    pub(super) fn facts(&self, name: Symbol, subject: Symbol) -> &[u32] {
        part(&self.facts, self.by_name.get(&(name, subject)))
    }

    /// All figures in groups of one indicator and subject.
    pub(super) fn groups(&self) -> impl Iterator<Item = &[u32]> {
        self.facts.chunk_by(|&a, &b| {
            let (a, b) = (self.row(a), self.row(b));
            (a.name, a.subject) == (b.name, b.subject)
        })
    }

    /// Those of one kind, dimension, status and period.
    pub(super) fn like(&self, name: Symbol, subject: Symbol, like: Like) -> &[u32] {
        let facts = self.facts(name, subject);
        let low = facts.partition_point(|&n| Like::of(self.row(n)) < like);
        let rest = facts.get(low..).unwrap_or(&[]);
        let length = rest.partition_point(|&n| Like::of(self.row(n)) <= like);
        rest.get(..length).unwrap_or(&[])
    }

    /// The levels of an indicator's family and a subject, in text order.
    pub(super) fn relatives(&self, family: Symbol, subject: Symbol) -> &[u32] {
        part(&self.families, self.by_family.get(&(family, subject)))
    }

    /// The figures nearest in the text to a row among some in text order: those of its document first, nearest
    /// first, then the earliest of others; at most eight.
    pub(super) fn nearest(&self, among: &[u32], near: &Row) -> Vec<&Row> {
        let at = among.partition_point(|&n| self.row(n).id < near.id);
        let home = |n: &&u32| self.row(**n).document == near.document;
        let other = |n: &&u32| self.row(**n).id != near.id;
        let before = among.get(..at).unwrap_or(&[]).iter().rev().take_while(home).take(4);
        let after = among.get(at..).unwrap_or(&[]).iter().filter(other).take_while(home).take(4);
        let mut found: Vec<&u32> = before.chain(after).collect();
        found.sort_by_key(|n| self.row(**n).id.0.abs_diff(near.id.0));
        if found.len() < 4 {
            let away = |n: &&u32| self.row(**n).document != near.document;
            found.extend(among.iter().take(8).filter(away).take(4));
        }
        found.into_iter().map(|&n| self.row(n)).collect()
    }

    /// The dimensions in which an indicator and subject have figures of a kind; at most four.
    pub(super) fn dimensions(&self, name: Symbol, subject: Symbol, kind: Kind) -> Vec<u16> {
        let mut rest = self.facts(name, subject);
        let mut found = Vec::new();
        let skip = |rest: &mut &[u32], before: &dyn Fn(&Row) -> bool| {
            let at = rest.partition_point(|&n| before(self.row(n)));
            *rest = rest.get(at..).unwrap_or(&[]);
        };
        skip(&mut rest, &|row| row.kind < kind);
        while let Some(&first) = rest.first() {
            let first = *self.row(first);
            if first.kind != kind || found.len() == 4 {
                break;
            }
            found.push(first.dimension);
            skip(&mut rest, &|row| row.kind == kind && row.dimension <= first.dimension);
        }
        found
    }

    /// The rows of every sentence, in text order.
    pub(super) fn sentences(&self) -> impl Iterator<Item = &[Row]> {
        self.rows.chunk_by(|a, b| (a.document, a.sentence) == (b.document, b.sentence))
    }

    /// The quote without the noise of the raw file.
    pub(super) fn quote(&self, row: &Row) -> &'a str {
        let Some(figure) = self.figure(row) else { return "" };
        let quote = figure.full().span.of(&figure.document().text);
        if quote.is_empty() { figure.quote() } else { quote }
    }

    /// The text between the last sign in the sentence and the quantity.
    pub(super) fn clause(&self, row: &Row) -> &'a str {
        let Some(figure) = self.figure(row) else { return "" };
        let full = figure.full();
        let before = figure.document().text.get(full.sentence.start..full.span.start).unwrap_or("");
        before.rsplit(['，', ',', '；', ';', '。', '、', '：']).next().unwrap_or("")
    }

    /// What a figure says of the true number, in the base unit of its dimension.
    pub(super) fn reading(&self, row: &Row) -> Option<Reading> {
        let figure = self.figure(row)?;
        let unit = self.unit(row)?;
        let quote = self.quote(row);
        let reading =
            Reading::stated(figure.value()?, figure.value_high(), quote, figure.bound(), unit.counts)?;
        let (over, under) = unit.factor;
        if over == under { Some(reading) } else { reading.scaled(over.checked_div(under)?) }
    }
}

/// What figures must share to be compared, besides indicator and subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Like {
    pub kind: Kind,
    pub dimension: u16,
    pub status: Status,
    pub period: Symbol,
}

impl Like {
    pub(super) fn of(row: &Row) -> Self {
        Self { kind: row.kind, dimension: row.dimension, status: row.status, period: row.period }
    }
}

/// `2021` → `2020`, `2022-01/2022-06` → `2021-01/2021-06`; `None` for several years or none.
fn a_year_before(period: &str) -> Option<String> {
    let (first, last) = Period::parse(period)?.years()?;
    (first == last).then(|| period.replace(&first.to_string(), &(first - 1).to_string()))
}

fn key(row: &Row) -> u128 {
    let parts = [
        (row.subject, 32),
        (row.kind as u32, 4),
        (u32::from(row.dimension), 16),
        (row.status as u32, 4),
        (row.period, 32),
    ];
    parts.iter().fold(u128::from(row.name), |key, &(value, bits)| key << bits | u128::from(value))
}

fn ranges(sorted: &[u32], key: impl Fn(u32) -> (Symbol, Symbol)) -> HashMap<(Symbol, Symbol), Range<u32>> {
    let mut ranges = HashMap::new();
    let mut start = 0_u32;
    for chunk in sorted.chunk_by(|&a, &b| key(a) == key(b)) {
        let end = start + chunk.len() as u32;
        if let Some(&first) = chunk.first() {
            ranges.insert(key(first), start..end);
        }
        start = end;
    }
    ranges
}

fn part<'s>(sorted: &'s [u32], range: Option<&Range<u32>>) -> &'s [u32] {
    range.and_then(|r| sorted.get(r.start as usize..r.end as usize)).unwrap_or(&[])
}
