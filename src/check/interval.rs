//! Intervals of exact decimals, open or closed at each end.
//!
//! `59 %` → [58.5, 59.5), `超过100亿元` → (100亿, ∞)
//!
//! Sums and differences take any interval; products and quotients those that lie at or above zero.
//! An operation that leaves the range of [`Decimal`] or makes no sense gives `None`.

use crate::model::Decimal;

/// An end of an interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct End {
    pub at: Decimal,
    /// Whether the end itself belongs to the interval.
    pub closed: bool,
}

/// The numbers between two ends; an end that is `None` is infinite.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Interval {
    pub low: Option<End>,
    pub high: Option<End>,
}

fn end(at: Decimal, closed: bool) -> End {
    End { at, closed }
}

/// A number too large or too fine for [`Decimal`].
struct OutOfRange;

impl Interval {
    /// One number alone.
    pub(super) fn point(at: Decimal) -> Self {
        Self::closed(at, at)
    }

    /// Both ends belong to it.
    pub(super) fn closed(low: Decimal, high: Decimal) -> Self {
        Self { low: Some(end(low, true)), high: Some(end(high, true)) }
    }

    /// The lower end belongs to it, the upper does not.
    pub(super) fn half_open(low: Decimal, high: Decimal) -> Self {
        Self { low: Some(end(low, true)), high: Some(end(high, false)) }
    }

    pub(super) fn above(low: Decimal, closed: bool) -> Self {
        Self { low: Some(end(low, closed)), high: None }
    }

    pub(super) fn below(high: Decimal, closed: bool) -> Self {
        Self { low: None, high: Some(end(high, closed)) }
    }

    /// The same interval seen from the other side of zero.
    pub(super) fn negated(self) -> Self {
        let flip = |e: Option<End>| e.map(|e| End { at: -e.at, closed: e.closed });
        Self { low: flip(self.high), high: flip(self.low) }
    }

    pub(super) fn contains(self, number: Decimal) -> bool {
        self.low.is_none_or(|e| e.at < number || (e.closed && e.at == number))
            && self.high.is_none_or(|e| number < e.at || (e.closed && e.at == number))
    }

    /// Whether the two have no number in common.
    pub(super) fn apart(self, other: Self) -> bool {
        self.ends_before(other) || other.ends_before(self)
    }

    /// Whether every number of `self` is smaller than every number of `other`.
    pub(super) fn ends_before(self, other: Self) -> bool {
        match (self.high, other.low) {
            (Some(high), Some(low)) => {
                high.at < low.at || (high.at == low.at && !(high.closed && low.closed))
            }
            _ => false,
        }
    }

    /// Whether every number of `self` belongs to `other`.
    pub(super) fn within(self, other: Self) -> bool {
        let low = match (self.low, other.low) {
            (_, None) => true,
            (None, Some(_)) => false,
            (Some(a), Some(b)) => a.at > b.at || (a.at == b.at && (b.closed || !a.closed)),
        };
        let high = match (self.high, other.high) {
            (_, None) => true,
            (None, Some(_)) => false,
            (Some(a), Some(b)) => a.at < b.at || (a.at == b.at && (b.closed || !a.closed)),
        };
        low && high
    }

    /// The smallest interval that holds both.
    pub(super) fn joined(self, other: Self) -> Self {
        let low = match (self.low, other.low) {
            (Some(a), Some(b)) if a.at == b.at => Some(end(a.at, a.closed || b.closed)),
            (Some(a), Some(b)) => Some(if a.at < b.at { a } else { b }),
            _ => None,
        };
        let high = match (self.high, other.high) {
            (Some(a), Some(b)) if a.at == b.at => Some(end(a.at, a.closed || b.closed)),
            (Some(a), Some(b)) => Some(if a.at > b.at { a } else { b }),
            _ => None,
        };
        Self { low, high }
    }

    /// The distance between the ends; `None` if one is infinite.
    pub(super) fn width(self) -> Option<Decimal> {
        self.high?.at.checked_sub(self.low?.at)
    }

    pub(super) fn plus(self, other: Self) -> Option<Self> {
        let add = |a: Option<End>, b: Option<End>| ends(a, b, Decimal::checked_add).ok();
        Some(Self { low: add(self.low, other.low)?, high: add(self.high, other.high)? })
    }

    pub(super) fn minus(self, other: Self) -> Option<Self> {
        self.plus(other.negated())
    }

    /// Both at or above zero.
    pub(super) fn times(self, other: Self) -> Option<Self> {
        if !self.is_amount() || !other.is_amount() {
            return None;
        }
        let multiply = |a: Option<End>, b: Option<End>| ends(a, b, Decimal::checked_mul).ok();
        Some(Self { low: multiply(self.low, other.low)?, high: multiply(self.high, other.high)? })
    }

    /// Times an exact number above zero.
    pub(super) fn scaled(self, by: Decimal) -> Option<Self> {
        let by = Some(end(by, true));
        let multiply = |a: Option<End>| ends(a, by, Decimal::checked_mul).ok();
        Some(Self { low: multiply(self.low)?, high: multiply(self.high)? })
    }

    /// Both at or above zero; what is divided by zero is infinite.
    pub(super) fn over(self, other: Self) -> Option<Self> {
        if !self.is_amount() || !other.is_amount() {
            return None;
        }
        let (self_low, other_low) = (self.low?, other.low?);
        let divide = |a: Option<End>, b: Option<End>| ends(a, b, Decimal::checked_div).ok();
        let low = match other.high {
            None => Some(end(Decimal::ZERO, self_low.at.is_zero() && self_low.closed)),
            Some(by) if by.at.is_zero() => return None,
            Some(_) => divide(self.low, other.high)?,
        };
        let high = if other_low.at.is_zero() { None } else { divide(self.high, other.low)? };
        Some(Self { low, high })
    }

    /// Whether a whole number belongs to it.
    pub(super) fn holds_integer(self) -> bool {
        let Some(low) = self.low else { return true };
        let first = low.at.ceil();
        self.contains(first) || self.contains(first + Decimal::ONE)
    }

    /// Whether no number of it lies below zero.
    pub(super) fn is_amount(self) -> bool {
        self.low.is_some_and(|e| !e.at.is_sign_negative() || e.at.is_zero())
    }
}

/// Two ends combined; infinite if one of them is.
fn ends(
    a: Option<End>,
    b: Option<End>,
    combine: impl Fn(Decimal, Decimal) -> Option<Decimal>,
) -> Result<Option<End>, OutOfRange> {
    let (Some(a), Some(b)) = (a, b) else { return Ok(None) };
    let at = combine(a.at, b.at).ok_or(OutOfRange)?;
    Ok(Some(end(at, a.closed && b.closed)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn rounded(low: &str, high: &str) -> Interval {
        Interval::half_open(number(low), number(high))
    }

    #[test]
    fn ends_belong_or_not() {
        let share = rounded("58.5", "59.5");
        assert!(share.contains(number("58.5")) && !share.contains(number("59.5")));
        assert!(share.apart(Interval::point(number("59.5"))));
        assert!(!share.apart(Interval::point(number("58.5"))));
        assert!(Interval::above(number("100"), false).apart(Interval::below(number("100"), true)));
        assert!(!Interval::above(number("100"), true).apart(Interval::below(number("100"), true)));
        assert!(Interval::point(number("59")).within(share));
        assert!(!Interval::closed(number("59"), number("59.5")).within(share));
        assert!(share.within(Interval::above(number("58.5"), true)));
        assert!(!share.within(Interval::above(number("58.5"), false)));
    }

    #[test]
    fn arithmetic() {
        let gdp = rounded("436.285", "436.295");
        let share = rounded("0.235", "0.245");
        let part = gdp.times(share).unwrap();
        assert_eq!(part.low.unwrap().at, number("102.526975"));
        assert_eq!(part.high.unwrap(), End { at: number("106.892275"), closed: false });
        let whole = Interval::point(number("16")).over(rounded("0.4565", "0.4575")).unwrap();
        assert!(whole.contains(number("35")) && !whole.contains(number("36")));
        assert_eq!(gdp.minus(gdp).unwrap().low.unwrap().at, number("-0.01"));
        assert_eq!(Interval::above(number("80"), false).plus(share).unwrap().high, None);
    }

    #[test]
    fn what_makes_no_sense_is_none() {
        let below_zero = rounded("-1", "2");
        assert!(below_zero.times(rounded("1", "2")).is_none());
        assert!(rounded("1", "2").over(Interval::point(Decimal::ZERO)).is_none());
        assert_eq!(rounded("1", "2").over(rounded("0", "1")).unwrap().high, None);
        let huge = Interval::point(Decimal::MAX);
        assert!(huge.plus(huge).is_none());
        assert!(huge.times(huge).is_none());
    }
}
