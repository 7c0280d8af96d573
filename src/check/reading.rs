//! What a written quantity says of the true one, and whether two such statements agree.
//!
//! `59%` says [58.5, 59.5); 16 ÷ 27 = 59.26 % lies in it: they agree
//!
//! Every reading has two intervals. `shown` is the rounding to the last written digit. `wide` also admits what
//! writers do besides: cut digits off instead of rounding, and round a whole number further than its zeros show. Agreement is
//! asked of `shown`, contradiction of `wide`; what lies between cannot be said.

use super::interval::Interval;
use super::written::written;
use crate::model::{Bound, Decimal};

/// Whether figures that imply each other agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Verdict {
    /// No true numbers exist that could have been written so.
    Contradicts,
    /// The computed number is the stated one, to the precision shown.
    Agrees,
    /// Too coarse, too vague, or not known to be the same thing.
    CannotSay,
}

impl Verdict {
    pub const ALL: [Self; 3] = [Self::Contradicts, Self::Agrees, Self::CannotSay];

    /// The spelling used in JSON and CSV.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Contradicts => "contradicts",
            Self::Agrees => "agrees",
            Self::CannotSay => "cannot-say",
        }
    }
}

/// A number as stated, or as computed from stated ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Reading {
    /// The number itself, as written.
    pub nominal: Decimal,
    /// The true numbers that round to it.
    pub shown: Interval,
    /// The true numbers that somebody could have written so.
    pub wide: Interval,
    /// Called approximate in the text: it can agree, it cannot contradict.
    pub vague: bool,
}

impl Reading {
    /// Reads a quantity from its value, its quote and its bound. `counts` says that the unit counts things:
    /// then a whole number without 万 or 亿 is exact.
    pub(super) fn stated(
        value: Decimal,
        high: Option<Decimal>,
        quote: &str,
        bound: Bound,
        counts: bool,
    ) -> Option<Self> {
        if let Some(high) = high {
            let range = Interval::closed(value.min(high), value.max(high));
            return Some(Self { nominal: value, shown: range, wide: range, vague: bound == Bound::Approx });
        }
        let size = value.abs();
        let (shown, wide) = match bound {
            Bound::Gt => (Interval::above(size, false), Interval::above(size, false)),
            Bound::Ge => (Interval::above(size, true), Interval::above(size, true)),
            Bound::Lt => (upto(size, false), upto(size, false)),
            Bound::Le => (upto(size, true), upto(size, true)),
            Bound::Eq | Bound::Approx => rounding(size, quote, counts)?,
        };
        let fall = value.is_sign_negative() && !value.is_zero();
        let turn = |interval: Interval| if fall { interval.negated() } else { interval };
        Some(Self { nominal: value, shown: turn(shown), wide: turn(wide), vague: bound == Bound::Approx })
    }

    /// A number without any uncertainty.
    pub(super) fn exact(number: Decimal) -> Self {
        let point = Interval::point(number);
        Self { nominal: number, shown: point, wide: point, vague: false }
    }

    pub(super) fn plus(&self, other: &Self) -> Option<Self> {
        self.combine(other, Decimal::checked_add, Interval::plus)
    }

    pub(super) fn minus(&self, other: &Self) -> Option<Self> {
        self.combine(other, Decimal::checked_sub, Interval::minus)
    }

    pub(super) fn times(&self, other: &Self) -> Option<Self> {
        self.combine(other, Decimal::checked_mul, Interval::times)
    }

    pub(super) fn over(&self, other: &Self) -> Option<Self> {
        self.combine(other, Decimal::checked_div, Interval::over)
    }

    /// Times a number that is exact by definition (100 for per cent).
    pub(super) fn scaled(&self, by: Decimal) -> Option<Self> {
        Some(Self {
            nominal: self.nominal.checked_mul(by)?,
            shown: self.shown.scaled(by)?,
            wide: self.wide.scaled(by)?,
            vague: self.vague,
        })
    }

    fn combine(
        &self,
        other: &Self,
        number: impl Fn(Decimal, Decimal) -> Option<Decimal>,
        interval: impl Fn(Interval, Interval) -> Option<Interval>,
    ) -> Option<Self> {
        Some(Self {
            nominal: number(self.nominal, other.nominal)?,
            shown: interval(self.shown, other.shown)?,
            wide: interval(self.wide, other.wide)?,
            vague: self.vague || other.vague,
        })
    }

    /// Whether both ends are finite.
    pub(super) fn is_bounded(&self) -> bool {
        self.shown.low.is_some() && self.shown.high.is_some()
    }

    /// Whether at least its first digit is known.
    fn has_a_digit(&self) -> bool {
        self.shown.width().is_some_and(|width| width < self.nominal.abs())
    }

    /// Whether the statement has no uncertainty at all.
    pub(super) fn is_exact(&self) -> bool {
        self.shown == Interval::point(self.nominal) && !self.vague
    }
}

/// From nothing up to `size`: an amount is not negative.
fn upto(size: Decimal, closed: bool) -> Interval {
    Interval { low: Interval::point(Decimal::ZERO).low, high: Interval::below(size, closed).high }
}

/// What rounds to `size`, and what could have been written so.
fn rounding(size: Decimal, quote: &str, counts: bool) -> Option<(Interval, Interval)> {
    let written = written(quote, size)?;
    let around = |step: Decimal| {
        let half = step.checked_div(Decimal::TWO)?;
        Some(Interval::half_open(size.checked_sub(half)?, size.checked_add(half)?))
    };
    let whole = counts && written.quantum == Decimal::ONE && written.magnitude == Decimal::ONE;
    let shown = if whole { Interval::point(size) } else { around(written.quantum)? };
    let cut = if whole { shown } else { Interval::half_open(size, size.checked_add(written.quantum)?) };
    let mut wide = shown.joined(cut);
    if written.coarse > written.quantum {
        wide = wide.joined(around(written.coarse)?);
    }
    Some((shown, wide))
}

/// Whether a computed number and a stated one agree.
pub(super) fn judge(computed: &Reading, stated: &Reading) -> Verdict {
    if computed.wide.apart(stated.wide) {
        return if computed.vague || stated.vague { Verdict::CannotSay } else { Verdict::Contradicts };
    }
    if computed.shown.apart(stated.shown) {
        return Verdict::CannotSay;
    }
    let both_bounded = computed.is_bounded() && stated.is_bounded();
    let agrees = computed.shown.within(stated.shown)
        || (both_bounded && stated.shown.contains(computed.nominal) && computed.has_a_digit())
        || (both_bounded && computed.shown.contains(stated.nominal) && computed.has_a_digit());
    if agrees { Verdict::Agrees } else { Verdict::CannotSay }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    /// `436.29亿元` with its value; 户 and 家 count.
    fn read(quote: &str, value: &str, bound: Bound) -> Reading {
        Reading::stated(number(value), None, quote, bound, quote.ends_with(['户', '家'])).unwrap()
    }

    fn percent(part: &Reading, whole: &Reading) -> Reading {
        part.over(whole).unwrap().scaled(Decimal::ONE_HUNDRED).unwrap()
    }

    #[test]
    fn a_share_of_counts() {
        let computed = percent(&read("16户", "16", Bound::Eq), &read("27户", "27", Bound::Eq));
        assert_eq!(judge(&computed, &read("59%", "59", Bound::Eq)), Verdict::Agrees);
        assert_eq!(judge(&computed, &read("58%", "58", Bound::Eq)), Verdict::Contradicts);
        // 59.259… cut off instead of rounded would be 59.2.
        assert_eq!(judge(&computed, &read("59.3%", "59.3", Bound::Eq)), Verdict::Agrees);
        assert_eq!(judge(&computed, &read("59.2%", "59.2", Bound::Eq)), Verdict::CannotSay);
        assert_eq!(judge(&computed, &read("60%", "60", Bound::Approx)), Verdict::CannotSay);
        assert_eq!(judge(&computed, &read("50%", "50", Bound::Gt)), Verdict::Agrees);
        assert_eq!(judge(&computed, &read("60%", "60", Bound::Ge)), Verdict::Contradicts);
    }

    #[test]
    fn a_product_against_a_bound() {
        let gdp = read("436.29亿元", "43629000000", Bound::Eq);
        let share = read("24%", "24", Bound::Eq).scaled(number("0.01")).unwrap();
        let part = gdp.times(&share).unwrap();
        assert_eq!(part.nominal, number("10470960000"));
        assert_eq!(judge(&part, &read("百亿元", "10000000000", Bound::Gt)), Verdict::Agrees);
        assert_eq!(judge(&part, &read("105亿元", "10500000000", Bound::Gt)), Verdict::CannotSay);
        assert_eq!(judge(&part, &read("110亿元", "11000000000", Bound::Gt)), Verdict::Contradicts);
    }

    #[test]
    fn what_is_coarse_cannot_contradict() {
        let exact = read("8512.4亿元", "851240000000", Bound::Eq);
        assert_eq!(judge(&exact, &read("8500亿元", "850000000000", Bound::Eq)), Verdict::CannotSay);
        assert_eq!(judge(&exact, &read("8400亿元", "840000000000", Bound::Eq)), Verdict::Contradicts);
        let near = read("2万户", "20000", Bound::Eq).minus(&read("1.9万户", "19000", Bound::Eq)).unwrap();
        assert_eq!(judge(&near, &read("3000户", "3000", Bound::Eq)), Verdict::CannotSay);
    }

    #[test]
    fn a_fall_points_the_other_way() {
        let fall = Reading::stated(number("-5"), None, "5%", Bound::Ge, false).unwrap();
        assert!(fall.shown.contains(number("-6")) && !fall.shown.contains(number("-4")));
        let rounded = Reading::stated(number("-3.3"), None, "3.3%", Bound::Eq, false).unwrap();
        assert!(rounded.shown.contains(number("-3.34")) && !rounded.shown.contains(number("-3.2")));
    }
}
