//! A number with a unit as people type it, and amounts that can be compared.
//!
//! `14.1亿元` → 1410000000 元; `141000万元` is the same, `5000亩` can be compared with `3平方公里`

use std::cmp::Ordering;
use std::collections::HashMap;
use std::sync::LazyLock;

use crate::index::columns::near;
use crate::index::fold::fold;
pub use crate::lexicon::units::Unit;
use crate::lexicon::units::{self, Class};
use crate::model::{Bound, Decimal};
use rust_decimal::RoundingStrategy;

/// A typed amount.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Amount {
    /// In the unit without magnitude.
    pub value: Decimal,
    /// 万, 亿 and the like, multiplied; 1 if none is written.
    pub magnitude: Decimal,
    /// Folded; `None` compares with any unit.
    pub unit: Option<String>,
}

/// Magnitudes in front of a unit.
const MAGNITUDES: &[(char, u64)] =
    &[('百', 100), ('千', 1000), ('万', 10_000), ('亿', 100_000_000), ('兆', 1_000_000_000_000)];

/// Reads a typed amount: digits, commas, a decimal point, magnitudes, a unit.
pub fn parse(text: &str) -> Option<Amount> {
    let folded = fold(text);
    let folded: String = folded.chars().filter(|c| !c.is_whitespace()).collect();
    let (percent, folded) = match folded.strip_prefix("百分之") {
        Some(rest) => (true, rest),
        None => (false, folded.as_str()),
    };
    let end = folded
        .char_indices()
        .find(|&(n, c)| !(c.is_ascii_digit() || c == '.' || c == ',' || (n == 0 && matches!(c, '-' | '+'))))
        .map_or(folded.len(), |(n, _)| n);
    let digits: String = folded.get(..end)?.chars().filter(|c| !matches!(c, ',' | '+')).collect();
    // `1.` is on its way to `1.5`.
    let mut value: Decimal = digits.strip_suffix('.').unwrap_or(&digits).parse().ok()?;
    let mut magnitude = Decimal::ONE;
    let mut rest = folded.get(end..)?;
    while !rest.is_empty() && unit(rest).is_none() {
        let Some(c) = rest.chars().next() else { break };
        let Some(&(_, factor)) = MAGNITUDES.iter().find(|&&(m, _)| m == c) else { break };
        magnitude = magnitude.checked_mul(Decimal::from(factor))?;
        rest = rest.get(c.len_utf8()..)?;
    }
    value = value.checked_mul(magnitude)?.normalize();
    if percent {
        return rest.is_empty().then(|| Amount { value, magnitude, unit: Some("%".into()) });
    }
    // `100-200`, `5万×3` and the like are words, not amounts.
    if rest.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let unit = (!rest.is_empty()).then(|| rest.to_owned());
    Some(Amount { value, magnitude, unit })
}

/// The unit with this folded name.
pub fn unit(folded: &str) -> Option<&'static Unit> {
    static UNITS: LazyLock<HashMap<String, &'static Unit>> = LazyLock::new(|| {
        let mut units = HashMap::new();
        for unit in units::all() {
            units.entry(fold(unit.name)).or_insert(unit);
        }
        units
    });
    UNITS.get(folded).copied()
}

/// Whether amounts in two units can be converted into each other: within a dimension, but 个
/// and 家 count different things.
pub fn convertible(a: &Unit, b: &Unit) -> bool {
    let counts = matches!(a.class, Class::Count | Class::Place);
    a.dimension == b.dimension && a.class == b.class && !counts
}

/// A place on the number line, or the smallest step below (-1) or above (1) it.
pub type Edge = (Decimal, i8);

/// The numbers a figure stands for in comparisons.
///
/// A statement with a bound reaches the smallest step beyond its number in the bound's
/// direction: `≥ 210` can be over 205 and over 210, but is not listed under `>1000`; `超过100`
/// is over 100 and not 100; `约100` may be either side of it. The bound of a fall (a negative
/// value) points the other way: 下降超过2% is below -2.
pub fn stretch(value: Decimal, high: Option<Decimal>, bound: Bound) -> (Edge, Edge) {
    let (low, high) = match high {
        Some(high) if high < value => (high, value),
        Some(high) => (value, high),
        None => (value, value),
    };
    let (below, above) = match bound {
        Bound::Eq => (0, 0),
        Bound::Gt => (1, 1),
        Bound::Ge => (0, 1),
        Bound::Lt => (-1, -1),
        Bound::Le => (-1, 0),
        Bound::Approx => (-1, 1),
    };
    let fall = high.is_sign_negative() && !high.is_zero();
    let (below, above) = if fall { (-above, -below) } else { (below, above) };
    ((low, below), (high, above))
}

/// How a typed unit and a figure's unit compare: by the factors that make both one unit.
#[derive(Clone, Copy, Debug)]
pub struct AmountCheck {
    typed: Decimal,
    figure: Decimal,
}

impl AmountCheck {
    /// `None` if amounts in the two units cannot be compared. No typed unit compares with any.
    pub fn new(typed: Option<&str>, figure: Option<&str>) -> Option<Self> {
        let same = Self { typed: Decimal::ONE, figure: Decimal::ONE };
        match (typed, figure) {
            (None, _) => Some(same),
            (Some(typed), Some(figure)) if typed == figure => Some(same),
            (Some(typed), Some(figure)) => {
                let (typed, figure) = (unit(typed)?, unit(figure)?);
                // a/b of the base unit against c/d: compare with ad and cb.
                let ((a, b), (c, d)) = (typed.factor, figure.factor);
                let check = Self { typed: a.checked_mul(d)?, figure: c.checked_mul(b)? };
                convertible(typed, figure).then_some(check)
            }
            (Some(_), None) => None,
        }
    }

    /// A typed number in the figure's unit, nearly.
    pub fn typed_in_figures_unit(&self, typed: Decimal) -> f64 {
        near(typed) * near(self.typed) / near(self.figure)
    }

    /// A typed number in the figure's unit, cut to some places towards the smaller number, and whether nothing was
    /// cut; `None` if it is too large to be exact.
    pub fn typed_exactly(&self, typed: Decimal, places: u32) -> Option<(Decimal, bool)> {
        let product = typed.checked_mul(self.typed)?;
        let quotient = product.checked_div(self.figure)?;
        let cut = quotient.round_dp_with_strategy(places, RoundingStrategy::ToNegativeInfinity);
        Some((cut, cut.checked_mul(self.figure) == Some(product)))
    }

    /// The typed edge against the figure's.
    pub fn order(&self, typed: Edge, figure: Edge) -> Ordering {
        let exact = typed.0.checked_mul(self.typed).zip(figure.0.checked_mul(self.figure));
        let numbers = match exact {
            Some((typed, figure)) => typed.cmp(&figure),
            // Too large to be exact.
            None => self.typed_in_figures_unit(typed.0).total_cmp(&near(figure.0)),
        };
        numbers.then(typed.1.cmp(&figure.1))
    }
}

/// `500万..2亿元`, `1..2亿元`: the lower end takes the unit of the upper one, and its magnitude
/// too if it has neither and stays below.
pub(super) fn share_unit(low: &mut Amount, high: &Amount) {
    if low.unit.is_some() {
        return;
    }
    if low.magnitude == Decimal::ONE
        && let Some(value) = low.value.checked_mul(high.magnitude).filter(|value| *value <= high.value)
    {
        low.value = value;
    }
    low.unit.clone_from(&high.unit);
}

/// Whether an amount in unit `a` can be expressed in `b`; anything compares with no unit.
pub(super) fn comparable(a: Option<&str>, b: Option<&str>) -> bool {
    let units = a.and_then(unit).zip(b.and_then(unit));
    b.is_none() || units.is_some_and(|(a, b)| convertible(a, b))
}

/// Expresses an amount in another unit of its dimension.
pub(super) fn convert(amount: &mut Amount, wanted: Option<&str>) {
    if let Some((from, to)) = amount.unit.as_deref().and_then(unit).zip(wanted.and_then(unit))
        && convertible(from, to)
        && let Some(value) = from.to_base(amount.value)
        && let Some(value) = value.checked_mul(to.factor.1).and_then(|value| value.checked_div(to.factor.0))
    {
        amount.value = value;
        amount.unit = wanted.map(str::to_owned);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn amount(text: &str) -> Option<(String, Option<String>)> {
        parse(text).map(|a| (a.value.to_string(), a.unit))
    }

    #[test]
    fn typed_amounts() {
        for (text, value, unit) in [
            ("100亿元", "10000000000", Some("元")),
            ("20%", "20", Some("%")),
            ("百分之20", "20", Some("%")),
            ("1,000万", "10000000", None),
            ("-2.50%", "-2.5", Some("%")),
            ("3百万千瓦", "3000000", Some("千瓦")),
            ("12千米", "12", Some("千米")),
            ("12千户", "12000", Some("户")),
            ("4.2億千瓦", "420000000", Some("千瓦")),
            ("０．８", "0.8", None),
            ("5 万 美元", "50000", Some("美元")),
            ("2万亿元", "2000000000000", Some("元")),
        ] {
            assert_eq!(amount(text), Some((value.into(), unit.map(Into::into))), "{text}");
        }
        for text in ["", "亿元", "-", ".", "5G2", "一百", "2021-05", "99999999999999999999999999999亿亿亿"]
        {
            assert_eq!(amount(text), None, "{text}");
        }
    }

    #[test]
    fn stretches_point_where_the_bound_points() {
        let two = Decimal::from(2);
        assert_eq!(stretch(two, None, Bound::Ge), ((two, 0), (two, 1)));
        assert_eq!(stretch(-two, None, Bound::Gt), ((-two, -1), (-two, -1)));
        assert_eq!(stretch(two, Some(Decimal::ONE), Bound::Eq), ((Decimal::ONE, 0), (two, 0)));
    }
}
