//! The words before and after a quantity that bound it.
//!
//! `不超过|1000万元|` → at most; `|80家|以上` → at least; `节约|200万元|` → nothing.

use super::line::Line;
use super::quantity::Form;
use crate::lexicon::bounds;
use crate::lexicon::numerals::digit;
use crate::model::Bound;

/// What bounds a quantity, and how far the bounding words reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Bounded {
    pub(super) bound: Bound,
    pub(super) start: usize,
    pub(super) end: usize,
    /// A bound stands before the number.
    pub(super) led: bool,
    /// A bound stands after the unit.
    pub(super) followed: bool,
    pub(super) rule: &'static str,
}

/// What a bound is looked for around.
#[derive(Clone, Copy, Debug)]
pub(super) struct Core {
    pub(super) start: usize,
    pub(super) end: usize,
    /// The number opens with a magnitude.
    pub(super) bare: bool,
    /// 余, 多 or 几 stands inside it.
    pub(super) more: Option<Bound>,
    pub(super) form: Form,
    /// The unit is money.
    pub(super) money: bool,
}

/// Words that may stand between a bound and its number.
const GAPS: usize = 3;

/// The bound of the quantity at `core`.
pub(super) fn bound(line: Line<'_>, core: Core) -> Bounded {
    let before = before(line, core);
    let after = after(line, core);
    let mut found = Bounded {
        bound: Bound::Eq,
        start: before.map_or(core.start, |(start, _)| start),
        end: after.map_or(core.end, |(end, _)| end),
        led: before.is_some(),
        followed: after.is_some(),
        rule: "",
    };
    (found.bound, found.rule) = match (before.map(|b| b.1), after.map(|a| a.1)) {
        (Some(b), None) if b != Bound::Approx => (b, "a bound before the number"),
        (None, Some(a)) if a != Bound::Approx => (a, "a bound after the unit"),
        (Some(b), Some(a)) => (if b == Bound::Approx { a } else { b }, "bounds on both sides"),
        (before, after) if core.more.is_some() => {
            let inside = core.more.filter(|&b| b != Bound::Approx).or(before).or(after).or(core.more);
            (inside.unwrap_or(Bound::Eq), "余, 多, 几 or 来 in the number")
        }
        (Some(b), None) => (b, "a bound before the number"),
        (None, Some(a)) => (a, "a bound after the unit"),
        (None, None) => (Bound::Eq, ""),
    };
    found
}

fn before(line: Line<'_>, core: Core) -> Option<(usize, Bound)> {
    let mut at = line.skip_blank_back(core.start);
    if let Some((word, bound)) = bounds::before(line.upto(at), core.bare) {
        return Some((at - word.len(), bound));
    }
    for _ in 0..GAPS {
        let Some(word) = bounds::gap(line.upto(at)) else { break };
        at -= word.len();
        if let Some((word, bound)) = bounds::far(line.upto(at)) {
            return Some((at - word.len(), bound));
        }
    }
    if matches!(core.form, Form::Percent | Form::Fraction) {
        let clause = line.clause_before(core.start);
        let (word, bound) = bounds::clause(clause)?;
        let from = clause.find(word)? + word.len();
        if !clause.get(from..)?.contains(|c: char| c.is_ascii_digit() || digit(c).is_some()) {
            return Some((core.start, bound));
        }
    }
    None
}

/// Past a bracket at `at` that says the limit again: （含20万元）.
fn again(line: Line<'_>, at: usize) -> Option<usize> {
    const LONGEST: usize = 12;
    let inside = ["（含", "(含"].into_iter().find_map(|open| line.from(at).strip_prefix(open))?;
    let (close, bracket) = inside.char_indices().take(LONGEST).find(|(_, c)| matches!(c, '）' | ')'))?;
    Some(line.0.len() - inside.len() + close + bracket.len_utf8())
}

fn after(line: Line<'_>, core: Core) -> Option<(usize, Bound)> {
    let mut at = core.end;
    if line.has(at, "人民币") {
        at += "人民币".len();
    }
    // 20万元（含20万元）以下
    let included = again(line, at);
    at = included.unwrap_or(at);
    let at = line.skip_blank(at);
    let (word, mut bound) = bounds::after(line.from(at))?;
    if included.is_some() && bound == Bound::Lt {
        bound = Bound::Le;
    }
    let fits = match word {
        "起" | "起步" => core.money,
        "多" | "余" => matches!(core.form, Form::Duration | Form::Amount | Form::Times),
        _ => true,
    };
    fits.then_some((at + word.len(), bound))
}
