//! Which figures can be set side by side, and in what unit.
//!
//! 3 平方公里 and 5000 亩 of the same indicator are one matter; a level and its growth are two.

use std::collections::HashMap;

use crate::index::fold::fold;
use crate::index::{FigureRef, Index};
use crate::model::{Decimal, Kind};
use crate::query::amount::{self, Unit};

/// What a figure is about, apart from whose it is and when, in numbers of its index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Matter {
    /// The name that is the indicator's id.
    pub(super) indicator: u32,
    pub(super) kind: Kind,
    /// Of the unit, or that of the unit itself if it has none.
    dimension: u32,
}

/// The units of an index.
#[derive(Clone, Debug, Default)]
pub(super) struct Units {
    /// The dimension of each, and what is known of it.
    units: Vec<(u32, Option<&'static Unit>)>,
}

impl Units {
    pub(super) fn new(index: &Index) -> Self {
        let mut known: HashMap<String, u32> = HashMap::new();
        let mut one = |name: &u32| {
            let name = fold(index.names().text(*name));
            let unit = amount::unit(&name);
            let dimension = unit.map_or(name, |unit| unit.dimension.to_owned());
            let next = known.len() as u32;
            let number = *known.entry(dimension).or_insert(next);
            (number, unit)
        };
        let units = index.columns().units.iter().map(&mut one).collect();
        Self { units }
    }

    pub(super) fn matter(&self, figure: FigureRef<'_>) -> Matter {
        let dimension = self.of(figure).map_or(u32::MAX, |(dimension, _)| *dimension);
        Matter { indicator: figure.indicator_number(), kind: figure.kind(), dimension }
    }

    /// A figure's value in its dimension's base unit.
    pub(super) fn base(&self, figure: FigureRef<'_>) -> Option<Decimal> {
        let value = figure.value()?;
        match self.of(figure) {
            Some((_, Some(unit))) => unit.to_base(value),
            _ => Some(value),
        }
    }

    fn of(&self, figure: FigureRef<'_>) -> Option<&(u32, Option<&'static Unit>)> {
        self.units.get(figure.unit_number() as usize)
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
