//! Which figures can be set side by side, and in what unit.
//!
//! 3 平方公里 and 5000 亩 of the same indicator are one matter; a level and its growth are two.

use crate::index::FigureRef;
use crate::index::fold::fold;
use crate::model::{Decimal, Kind};
use crate::query::amount;

/// What a figure is about, apart from whose it is and when.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Matter {
    pub(super) indicator: String,
    pub(super) kind: Kind,
    /// The dimension of the unit, or the unit itself if it has none.
    pub(super) dimension: String,
}

impl Matter {
    pub(super) fn of(figure: FigureRef<'_>) -> Self {
        let unit = fold(figure.unit().unwrap_or(""));
        let dimension = amount::unit(&unit).map_or(unit, |measure| measure.dimension.to_owned());
        Self { indicator: figure.indicator_id().to_owned(), kind: figure.kind(), dimension }
    }
}

/// How many of its dimension's base unit a unit is.
pub(super) fn factor(unit: &str) -> Decimal {
    amount::unit(&fold(unit)).map_or(Decimal::ONE, |measure| measure.factor)
}

/// A figure's value in its dimension's base unit.
pub(super) fn base(figure: FigureRef<'_>) -> Option<Decimal> {
    figure.value()?.checked_mul(factor(figure.unit().unwrap_or("")))
}

/// The last day a figure holds for; figures without a period come first of all.
pub(super) fn until(figure: FigureRef<'_>) -> Option<i32> {
    let date = figure.document().date.as_deref();
    crate::index::time::period(figure.period()?, date).map(|(_, last)| last)
}

/// Near enough for a bar or a share.
pub(super) fn near(value: Decimal) -> f64 {
    crate::index::columns::near(value)
}
