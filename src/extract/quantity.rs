//! Number + magnitude + unit + modifier: `不超过1000万元` → 10000000 元, at most.

use crate::model::{Bound, Decimal, Reason};
use crate::text::CleanSpan;

/// The form in which a quantity is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A count or an amount with a unit: `436.29亿元`, `80余户`.
    Amount,
    /// `6.7%`, `百分之三`, `三成`, `3‰`.
    Percent,
    /// `2个百分点`.
    Points,
    /// `20倍`.
    Times,
    /// `四分之一`, `1/4`.
    Fraction,
    /// `7∶3`.
    Ratio,
    /// `第一`, as in 位居第一.
    Rank,
    /// A length of time: `3年`, `6个月`.
    Duration,
}

/// A quantity as written, before anyone asks what it measures.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// From the first numeral to the end of the unit: the figure's quote.
    pub span: CleanSpan,
    /// The quantity with the words of approximation around it: `不超过|1000万元|`, `|20万人次|以上`.
    pub outer: CleanSpan,
    pub value: Option<Decimal>,
    pub value_high: Option<Decimal>,
    /// Without magnitude; widths folded, simplified.
    pub unit: Option<String>,
    pub unit_inferred: bool,
    pub bound: Bound,
    pub form: Form,
    /// An OCR slip was mended (l for 1).
    pub mended: bool,
    /// A count a careful reader could leave out (一批, 四大, 两个): kept only as a last resort.
    pub vague: bool,
    /// What decided the bound and the unit, in a few words.
    pub rule: String,
}

/// A number that is not a quantity, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotQuantity {
    pub span: CleanSpan,
    pub reason: Reason,
    pub rule: String,
}

/// Every number of a text is one or the other.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Numbers {
    pub quantities: Vec<Quantity>,
    pub others: Vec<NotQuantity>,
}
