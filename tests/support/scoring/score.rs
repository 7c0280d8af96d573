//! Figures against the answer key: `80余户, gt` where the key has `80余户, eq` → found, bound wrong.
//!
//! Matching is one to one within a document, spans must overlap: largest overlap first, then equal value,
//! then position. What overlaps only optional figures counts neither way; everything else that is left over
//! counts against precision, and as a trap hit if it overlaps a trap. A figure is *strictly* right if its first
//! eight fields are. `data/README.md` says what a figure is; names are compared leniently, see `names.rs`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use zhibiao::model::{Figure, Period};
use zhibiao::text::RawSpan;

use super::key::{Entry, Sort};
use super::names;

/// The fields compared; the first [`STRICT`] must be right for a figure to be right.
pub(crate) const FIELDS: [&str; 12] = [
    "value",
    "unit",
    "bound",
    "kind",
    "indicator",
    "subject",
    "period",
    "status",
    "of",
    "parent",
    "owners",
    "unit_inferred",
];

pub(crate) const STRICT: usize = 8;

/// For each of [`FIELDS`] whether it is right.
pub(crate) type Verdict = [bool; FIELDS.len()];

/// What became of one figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// It stands for a required figure of the key.
    Matched(Verdict),
    /// It stands for an optional one: neither rewarded nor punished.
    Ignored,
    /// It is no figure, or a second one for the same figure.
    Wrong,
    /// It is a number the key names as a trap.
    Trap,
}

/// Whether all strict fields are right.
pub(crate) fn strictly_right(verdict: &Verdict) -> bool {
    verdict.iter().take(STRICT).all(|right| *right)
}

/// One thing that is wrong.
#[derive(Debug)]
pub(crate) struct Error {
    /// How many strict fields are wrong; all of them if the figure is missed or none.
    pub(crate) severity: usize,
    pub(crate) document: String,
    pub(crate) start: usize,
    pub(crate) message: String,
}

/// Counts for one document or for all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) required: usize,
    pub(crate) optional: usize,
    pub(crate) traps: usize,
    /// Figures that count: all but the ignored ones.
    pub(crate) predicted: usize,
    pub(crate) ignored: usize,
    pub(crate) matched: usize,
    pub(crate) trap_hits: usize,
    pub(crate) span_exact: usize,
    pub(crate) strict: usize,
    /// How often each of [`FIELDS`] is right.
    pub(crate) right: [usize; FIELDS.len()],
}

/// Precision, recall and their harmonic mean.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rates {
    pub(crate) precision: f64,
    pub(crate) recall: f64,
    pub(crate) f1: f64,
}

/// Everything there is to say about a set of documents.
#[derive(Debug, Default)]
pub(crate) struct Report {
    pub(crate) documents: BTreeMap<String, Tally>,
    pub(crate) overall: Tally,
    /// What became of each figure of a document, in the order given.
    pub(crate) outcomes: BTreeMap<String, Vec<Outcome>>,
    /// Worst first.
    pub(crate) errors: Vec<Error>,
}

/// Scores the figures of each document against its entries; a document without figures counts too.
pub(crate) fn score(key: &BTreeMap<String, Vec<Entry>>, found: &BTreeMap<String, Vec<Figure>>) -> Report {
    let mut report = Report::default();
    for (name, entries) in key {
        let figures = found.get(name).map_or(&[][..], Vec::as_slice);
        let (tally, outcomes) = document(name, entries, figures, &mut report.errors);
        report.overall.add(&tally);
        report.documents.insert(name.clone(), tally);
        report.outcomes.insert(name.clone(), outcomes);
    }
    report.errors.sort_by(|a, b| (b.severity, &a.document, a.start).cmp(&(a.severity, &b.document, b.start)));
    report
}

fn document(
    name: &str,
    entries: &[Entry],
    figures: &[Figure],
    errors: &mut Vec<Error>,
) -> (Tally, Vec<Outcome>) {
    let count = |sort| entries.iter().filter(|e| e.sort == sort).count();
    let mut tally = Tally {
        required: count(Sort::Required),
        optional: count(Sort::Optional),
        traps: count(Sort::Trap),
        ..Tally::default()
    };
    let mut error = |severity, start, message| {
        errors.push(Error { severity, document: name.to_owned(), start, message });
    };
    let (wanted, traps): (Vec<&Entry>, Vec<&Entry>) = entries.iter().partition(|e| e.sort != Sort::Trap);
    let pairs = pair(&wanted, figures);
    let mut outcomes: Vec<Option<Outcome>> = vec![None; figures.len()];
    for (entry, taken) in wanted.iter().zip(&pairs) {
        let partner = taken.and_then(|n| Some((figures.get(n)?, outcomes.get_mut(n)?)));
        match (entry.sort, partner) {
            (Sort::Required, None) => {
                let message = format!("{} → {} | missed", entry.quote, wants(entry, 0..STRICT));
                error(STRICT, entry.raw.start, message);
            }
            (Sort::Required, Some((figure, outcome))) => {
                let verdict = compare(entry, figure);
                tally.span_exact += usize::from(entry.raw == figure.raw);
                *outcome = Some(Outcome::Matched(verdict));
                let wrong: Vec<usize> = (0..FIELDS.len()).filter(|n| !verdict[*n]).collect();
                if !wrong.is_empty() {
                    let severity = wrong.iter().filter(|n| **n < STRICT).count();
                    let (want, said) = (wants(entry, wrong.iter().copied()), says(figure, wrong));
                    error(severity, entry.raw.start, format!("{} → {want} | {said}", entry.quote));
                }
            }
            (_, Some((_, outcome))) => *outcome = Some(Outcome::Ignored),
            (_, None) => {}
        }
    }
    let outcomes: Vec<Outcome> = figures
        .iter()
        .zip(outcomes)
        .map(|(figure, outcome)| outcome.unwrap_or_else(|| left_over(figure, &wanted, &traps, &mut error)))
        .collect();
    for outcome in &outcomes {
        tally.count(outcome);
    }
    (tally, outcomes)
}

/// What a figure without a partner is.
fn left_over(
    figure: &Figure,
    wanted: &[&Entry],
    traps: &[&Entry],
    error: &mut impl FnMut(usize, usize, String),
) -> Outcome {
    let mut near = wanted.iter().filter(|e| shared(e.raw, figure.raw) > 0).peekable();
    let second = near.peek().is_some();
    if second && near.all(|e| e.sort == Sort::Optional) {
        return Outcome::Ignored;
    }
    let trap = traps.iter().find(|e| shared(e.raw, figure.raw) > 0);
    let what = match trap {
        Some(trap) => format!("trap {}", trap.quote),
        None if second => "a second figure for the same number".to_owned(),
        None => "no figure".to_owned(),
    };
    let said = says(figure, [0, 1, 3, 4]);
    error(STRICT, figure.raw.start, format!("{} → {what} | {said}", figure.quote.replace('\n', "⏎")));
    if trap.is_some() { Outcome::Trap } else { Outcome::Wrong }
}

/// For each entry the figure that stands for it, one to one, best overlap first.
fn pair(entries: &[&Entry], figures: &[Figure]) -> Vec<Option<usize>> {
    let mut pairs = Vec::new();
    for (e, entry) in entries.iter().enumerate() {
        for (f, figure) in figures.iter().enumerate().filter(|(_, f)| shared(entry.raw, f.raw) > 0) {
            pairs.push((union_ratio(entry.raw, figure.raw), !same_value(entry, figure), entry.raw, e, f));
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| (a.1, a.2, a.3, a.4).cmp(&(b.1, b.2, b.3, b.4))));
    let mut taken = vec![None; entries.len()];
    let mut used = BTreeSet::new();
    for (.., e, f) in pairs {
        if let Some(slot @ None) = taken.get_mut(e)
            && used.insert(f)
        {
            *slot = Some(f);
        }
    }
    taken
}

/// How many characters two spans share.
fn shared(a: RawSpan, b: RawSpan) -> usize {
    a.end.min(b.end).saturating_sub(a.start.max(b.start))
}

/// Intersection over union.
fn union_ratio(a: RawSpan, b: RawSpan) -> f64 {
    let both = shared(a, b);
    ratio(both, (a.end - a.start) + (b.end - b.start) - both, 0.0)
}

fn same_value(entry: &Entry, figure: &Figure) -> bool {
    entry.value == figure.value && entry.value_high == figure.value_high
}

/// Field by field, in the order of [`FIELDS`], whether a figure says what the key says.
fn compare(entry: &Entry, figure: &Figure) -> Verdict {
    let equal = |a: &str, b: &str| a.trim() == b.trim();
    let same_unit = |a: &str, b: &str| names::fold_unit(a) == names::fold_unit(b);
    let bodies = |list: &[String]| list.iter().map(|o| names::fold_place(o)).collect::<BTreeSet<_>>();
    [
        same_value(entry, figure),
        entry.unit.accept(figure.unit.as_deref(), same_unit),
        entry.bound.accept(Some(figure.bound.as_str()), equal),
        entry.kind.accept(Some(figure.kind.as_str()), equal),
        entry.indicator.accept(Some(&figure.indicator), names::same_indicator),
        entry.subject.accept(figure.subject.as_deref(), names::same_subject),
        entry.period.accept(figure.period.as_ref().map(Period::as_str), equal),
        entry.status.accept(Some(figure.status.as_str()), equal),
        entry.of.accept(figure.of.as_deref(), names::same_base),
        match (entry.parent, figure.parent) {
            (None, None) => true,
            (Some(want), Some(said)) => shared(want, said) > 0,
            _ => false,
        },
        bodies(&entry.owners) == bodies(&figure.owners),
        entry.unit_inferred == figure.unit_inferred,
    ]
}

/// Some fields of the key in short.
fn wants(entry: &Entry, fields: impl IntoIterator<Item = usize>) -> String {
    list(fields, |n| match n {
        0 => range(entry.value.as_ref(), entry.value_high.as_ref()),
        1 => entry.unit.to_string(),
        2 => entry.bound.to_string(),
        3 => entry.kind.to_string(),
        4 => entry.indicator.to_string(),
        5 => entry.subject.to_string(),
        6 => entry.period.to_string(),
        7 => entry.status.to_string(),
        8 => entry.of.to_string(),
        9 => place(entry.parent),
        10 => entry.owners.join("/"),
        _ => entry.unit_inferred.to_string(),
    })
}

/// Some fields of a figure in short.
fn says(figure: &Figure, fields: impl IntoIterator<Item = usize>) -> String {
    let or_null = |text: Option<&str>| text.unwrap_or("null").to_owned();
    list(fields, |n| match n {
        0 => range(figure.value.as_ref(), figure.value_high.as_ref()),
        1 => or_null(figure.unit.as_deref()),
        2 => figure.bound.to_string(),
        3 => figure.kind.to_string(),
        4 => figure.indicator.clone(),
        5 => or_null(figure.subject.as_deref()),
        6 => or_null(figure.period.as_ref().map(Period::as_str)),
        7 => figure.status.to_string(),
        8 => or_null(figure.of.as_deref()),
        9 => place(figure.parent),
        10 => figure.owners.join("/"),
        _ => figure.unit_inferred.to_string(),
    })
}

fn list(fields: impl IntoIterator<Item = usize>, show: impl Fn(usize) -> String) -> String {
    let shown: Vec<String> = fields.into_iter().map(|n| format!("{}={}", FIELDS[n], show(n))).collect();
    shown.join(" ")
}

fn range(low: Option<&impl fmt::Display>, high: Option<&impl fmt::Display>) -> String {
    let low = low.map_or("null".to_owned(), ToString::to_string);
    high.map_or(low.clone(), |high| format!("{low}..{high}"))
}

fn place(span: Option<RawSpan>) -> String {
    span.map_or("null".to_owned(), |s| format!("{}..{}", s.start, s.end))
}

impl Tally {
    fn count(&mut self, outcome: &Outcome) {
        match outcome {
            Outcome::Ignored => self.ignored += 1,
            Outcome::Wrong => self.predicted += 1,
            Outcome::Trap => {
                self.predicted += 1;
                self.trap_hits += 1;
            }
            Outcome::Matched(verdict) => {
                self.predicted += 1;
                self.matched += 1;
                self.strict += usize::from(strictly_right(verdict));
                for (sum, right) in self.right.iter_mut().zip(verdict) {
                    *sum += usize::from(*right);
                }
            }
        }
    }

    fn add(&mut self, other: &Self) {
        self.required += other.required;
        self.optional += other.optional;
        self.traps += other.traps;
        self.predicted += other.predicted;
        self.ignored += other.ignored;
        self.matched += other.matched;
        self.trap_hits += other.trap_hits;
        self.span_exact += other.span_exact;
        self.strict += other.strict;
        for (sum, right) in self.right.iter_mut().zip(other.right) {
            *sum += right;
        }
    }

    /// How well the figures are found.
    pub(crate) fn detection(&self) -> Rates {
        self.rates(self.matched)
    }

    /// How well they are found with every strict field right.
    pub(crate) fn strict(&self) -> Rates {
        self.rates(self.strict)
    }

    /// The share of matched figures with this one of [`FIELDS`] right.
    pub(crate) fn accuracy(&self, field: usize) -> f64 {
        ratio(self.right[field], self.matched, 0.0)
    }

    fn rates(&self, hits: usize) -> Rates {
        let precision = ratio(hits, self.predicted, if self.required == 0 { 1.0 } else { 0.0 });
        let recall = ratio(hits, self.required, 1.0);
        let total = precision + recall;
        Rates { precision, recall, f1: if total > 0.0 { 2.0 * precision * recall / total } else { 0.0 } }
    }
}

/// A share, or what it is of nothing.
pub(crate) fn ratio(part: usize, whole: usize, of_nothing: f64) -> f64 {
    let exact = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
    if whole == 0 { of_nothing } else { exact(part) / exact(whole) }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rows = || {
            let documents = self.documents.iter().map(|(name, tally)| (name.as_str(), tally));
            documents.chain([("overall", &self.overall)])
        };
        writeln!(f, "{:<24} key found match  ign      P      R     F1  traps   span  strict", "detection")?;
        for (name, t) in rows() {
            let (d, exact) = (t.detection(), ratio(t.span_exact, t.matched, 0.0));
            writeln!(
                f,
                "{name:<24} {:>3} {:>5} {:>5} {:>4} {:>6.3} {:>6.3} {:>6.3} {:>6} {exact:>6.3} {:>7.3}",
                t.required,
                t.predicted,
                t.matched,
                t.ignored,
                d.precision,
                d.recall,
                d.f1,
                format!("{}/{}", t.trap_hits, t.traps),
                t.strict().f1,
            )?;
        }
        write!(f, "\n{:<24}", "fields (of matched)")?;
        for name in FIELDS {
            write!(f, " {:>7}", name.chars().take(7).collect::<String>())?;
        }
        for (name, t) in rows() {
            write!(f, "\n{name:<24}")?;
            for n in 0..FIELDS.len() {
                write!(f, " {:>7.3}", t.accuracy(n))?;
            }
        }
        writeln!(f)
    }
}
