//! A number with a unit as people type it, and amounts that can be compared.
//!
//! `14.1亿元` → 1410000000 元; `141000万元` is the same, `5000亩` can be compared with `3平方公里`

use std::cmp::Ordering;

use crate::index::columns::near;
use crate::index::fold::fold;
use crate::model::{Bound, Decimal};

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

/// What a unit measures and how many of the dimension's base unit it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measure {
    pub dimension: &'static str,
    pub factor: Decimal,
}

/// Units that can be converted into each other; every other unit is comparable only with itself.
const UNITS: &[(&str, &str, &str)] = &[
    ("元", "人民币", "1"),
    ("块", "人民币", "1"),
    ("角", "人民币", "0.1"),
    ("分", "人民币", "0.01"),
    ("人民币", "人民币", "1"),
    ("元人民币", "人民币", "1"),
    // Thirds of a square metre, so that fifteen 亩 are one hectare exactly.
    ("平方米", "面积", "3"),
    ("平米", "面积", "3"),
    ("㎡", "面积", "3"),
    ("m2", "面积", "3"),
    ("平方公里", "面积", "3000000"),
    ("平方千米", "面积", "3000000"),
    ("公顷", "面积", "30000"),
    ("亩", "面积", "2000"),
    ("克", "质量", "0.001"),
    ("公斤", "质量", "1"),
    ("千克", "质量", "1"),
    ("斤", "质量", "0.5"),
    ("吨", "质量", "1000"),
    ("t", "质量", "1000"),
    ("kg", "质量", "1"),
    ("米", "长度", "1"),
    ("m", "长度", "1"),
    ("公里", "长度", "1000"),
    ("千米", "长度", "1000"),
    ("km", "长度", "1000"),
    ("%", "比例", "1"),
    ("‰", "比例", "0.1"),
    ("成", "比例", "10"),
    ("千瓦", "功率", "1000"),
    ("瓦", "功率", "1"),
    ("兆瓦", "功率", "1000000"),
    ("千瓦时", "电量", "1"),
    ("度", "电量", "1"),
    ("升", "体积", "0.001"),
    ("立方米", "体积", "1"),
    ("方", "体积", "1"),
    ("个百分点", "百分点", "1"),
    ("百分点", "百分点", "1"),
];

/// The measure of a folded unit.
pub fn unit(name: &str) -> Option<Measure> {
    let &(_, dimension, factor) = UNITS.iter().find(|(unit, ..)| *unit == name)?;
    Some(Measure { dimension, factor: factor.parse().ok()? })
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
                (typed.dimension == figure.dimension)
                    .then_some(Self { typed: typed.factor, figure: figure.factor })
            }
            (Some(_), None) => None,
        }
    }

    /// A typed number in the figure's unit, nearly.
    pub fn typed_in_figures_unit(&self, typed: Decimal) -> f64 {
        near(typed) * near(self.typed) / near(self.figure)
    }

    /// Whether the typed edge is at most the figure's.
    pub fn at_most(&self, typed: Edge, figure: Edge) -> bool {
        self.order(typed, figure).is_some_and(Ordering::is_le)
    }

    /// Whether the typed edge is at least the figure's.
    pub fn at_least(&self, typed: Edge, figure: Edge) -> bool {
        self.order(typed, figure).is_some_and(Ordering::is_ge)
    }

    /// `None` if a number is too large to be converted.
    fn order(&self, typed: Edge, figure: Edge) -> Option<Ordering> {
        let typed = (typed.0.checked_mul(self.typed)?, typed.1);
        Some(typed.cmp(&(figure.0.checked_mul(self.figure)?, figure.1)))
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
