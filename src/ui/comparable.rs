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

/// A figure's value in its dimension's base unit.
pub(super) fn base(figure: FigureRef<'_>) -> Option<Decimal> {
    let value = figure.value()?;
    match figure.unit().and_then(|unit| amount::unit(&fold(unit))) {
        Some(unit) => unit.to_base(value),
        None => Some(value),
    }
}

/// A value in a unit's base, in that unit.
pub(super) fn in_unit(base: Decimal, unit: &str) -> Option<Decimal> {
    match amount::unit(&fold(unit)) {
        Some(unit) => base.checked_mul(unit.factor.1)?.checked_div(unit.factor.0),
        None => Some(base),
    }
}

/// The last day a figure holds for; figures without a period come first of all.
pub(super) fn until(figure: FigureRef<'_>) -> Option<i32> {
    figure.days().map(|(_, last)| last)
}

/// Near enough for a bar or a share.
pub(super) fn near(value: Decimal) -> f64 {
    crate::index::columns::near(value)
}
