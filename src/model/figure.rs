//! One statement of a quantity, and one number that is none.

use super::{Bound, Decimal, Field, Kind, Period, Reason, Status};
use crate::text::{CleanSpan, RawSpan};

/// Which rule decided a field, in a few words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trace {
    pub field: Field,
    pub rule: String,
}

/// One statement of a quantity in a document (`data/GUIDELINE` in words: what was measured,
/// whose, when, how much, and whether it is fact, aim or rule).
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// Stable when the file is read again: made of the document's id and the quote's place.
    pub id: String,
    /// Where the quantity stands in the raw file: from its first numeral to the end of its unit.
    pub raw: RawSpan,
    /// The same in the cleaned text.
    pub span: CleanSpan,
    /// The raw characters under `raw`, noise included.
    pub quote: String,
    /// The number in the unit without magnitude; `None` for a masked or endless one.
    pub value: Option<Decimal>,
    /// Upper end, for a range only.
    pub value_high: Option<Decimal>,
    /// The unit as written, without 万 and 亿; `None` for ranks and bare fractions.
    pub unit: Option<String>,
    /// Whether the unit is missing in the text but certain from context.
    pub unit_inferred: bool,
    pub bound: Bound,
    pub kind: Kind,
    /// What is measured, in simplified characters without quotation marks.
    pub indicator: String,
    /// The canonical name of the indicator: GDP, 生产总值 and 地区生产总值 meet here.
    pub indicator_id: String,
    /// The place, organisation or industry; `None` if it cannot be known.
    pub subject: Option<String>,
    pub period: Option<Period>,
    pub status: Status,
    /// Share: the whole. Growth: the base, `yoy` or `avg`. Rate: the denominator.
    pub of: Option<String>,
    /// The whole that this part is introduced under (其中): its raw span.
    pub parent: Option<RawSpan>,
    /// Bodies named as responsible.
    pub owners: Vec<String>,
    /// The sentence, in the cleaned text.
    pub sentence: CleanSpan,
    /// Index into the document's sections.
    pub section: Option<usize>,
    /// How sure the rules are, 0 to 1.
    pub confidence: f64,
    pub trace: Vec<Trace>,
}

/// A figure of which nothing is known: without a quantity, stated as an exact fact.
impl Default for Figure {
    fn default() -> Self {
        Self {
            id: String::new(),
            raw: RawSpan::default(),
            span: CleanSpan::default(),
            quote: String::new(),
            value: None,
            value_high: None,
            unit: None,
            unit_inferred: false,
            bound: Bound::Eq,
            kind: Kind::Level,
            indicator: String::new(),
            indicator_id: String::new(),
            subject: None,
            period: None,
            status: Status::Actual,
            of: None,
            parent: None,
            owners: Vec::new(),
            sentence: CleanSpan::default(),
            section: None,
            confidence: 0.0,
            trace: Vec::new(),
        }
    }
}

impl Figure {
    /// What the figure at a place of a document is called.
    pub fn name(document: &str, raw: RawSpan) -> String {
        format!("{document}#{}-{}", raw.start, raw.end)
    }
}

/// A number that is not a figure, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejected {
    pub raw: RawSpan,
    pub span: CleanSpan,
    pub quote: String,
    pub reason: Reason,
    /// The rule that decided it, in a few words.
    pub rule: String,
    pub sentence: CleanSpan,
}
