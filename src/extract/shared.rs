//! Units and bounds that several items of a list share.
//!
//! `分别为12、15和18亿元` → 12亿元, 15亿元, 18亿元; `分别约占66%和41%` → both about.

use super::judge::Draft;
use super::line::{Line, is_han};
use super::quantity::{Form, Item};
use super::reject::Found;
use crate::lexicon::frames::{self, Role};
use crate::lexicon::units::Class;
use crate::model::{Bound, Decimal, Reason};

/// Lends units and bounds along lists, then turns numbers that are left without a unit into rejects.
pub(super) fn complete(line: Line<'_>, items: &mut [Item]) {
    for n in (1..items.len()).rev() {
        let Some((Item::Draft(left), Item::Draft(right))) = pair(items, n) else { continue };
        if joined(line, left, right) {
            lend_unit(left, right);
            // 快3.4个、1个百分点
            if right.form == Form::Points
                && left.unit.as_deref() == Some("个")
                && line.from(left.end).starts_with('、')
            {
                (left.unit, left.form, left.class) = (right.unit.clone(), right.form, right.class);
                left.inferred = true;
            }
        }
    }
    for n in 1..items.len() {
        let Some((Item::Draft(left), Item::Draft(right))) = pair(items, n) else { continue };
        if left.bounded.led
            && joined(line, left, right)
            && right.bounded.bound == Bound::Eq
            && right.form == left.form
        {
            let head = line.clause_before(left.start);
            // 超过1000亿元、500亿元、100亿元规模的: the tiers of one amount.
            let tier = line.slice(left.end, right.start) == "、"
                && left.unit == right.unit
                && right.value != left.value;
            if tier || frames::within(Role::ShareVerb, head).is_some() {
                right.bounded.bound = left.bounded.bound;
                right.bounded.led = true;
                right.bounded.rule = "a bound shared along the list";
            }
        }
    }
    for n in (1..items.len()).rev() {
        let Some((Item::Draft(left), Item::Draft(right))) = pair(items, n) else { continue };
        if right.bounded.followed
            && joined(line, left, right)
            && left.bounded.bound == Bound::Eq
            && right.form == left.form
        {
            let head = line.clause_before(left.start);
            if frames::within(Role::ShareVerb, head).is_some() {
                left.bounded.bound = right.bounded.bound;
                left.bounded.followed = true;
                left.bounded.rule = "a bound shared along the list";
            }
        }
    }
    for n in 1..items.len().saturating_sub(1) {
        let (head, tail) = items.split_at_mut(n);
        if let (Some(Item::Draft(before)), [Item::Draft(draft), Item::Draft(after), ..]) = (head.last(), tail)
        {
            lend_between(line, before, draft, after);
        }
    }
    for item in items {
        if let Item::Draft(draft) = item
            && draft.bare
        {
            *item = Item::Other(Found::new(draft.start, draft.end, Reason::Bare, "no unit"));
        }
    }
}

fn pair(items: &mut [Item], n: usize) -> Option<(&mut Item, &mut Item)> {
    let (left, right) = items.split_at_mut_checked(n)?;
    Some((left.last_mut()?, right.first_mut()?))
}

/// Whether only a joint of a list stands between two items.
fn joined(line: Line<'_>, left: &Draft, right: &Draft) -> bool {
    let between = line.slice(left.end, right.start.min(right.bounded.start));
    let between = if between.is_empty() { line.slice(left.end, right.start) } else { between };
    matches!(between.trim(), "、" | "和" | "与" | "及" | "以及" | "或" | "，和" | ",")
}

/// 干部1200人、骨干460、农民2300人: the unit of both neighbours holds between them, too.
fn lend_between(line: Line<'_>, before: &Draft, draft: &mut Draft, after: &Draft) {
    let counted = matches!(before.class, Some(Class::Count | Class::Tally | Class::Measure));
    if !draft.bare
        || !counted
        || before.unit != after.unit
        || before.vague
        || after.vague
        || draft.number.chinese
    {
        return;
    }
    let noun = |from: usize, to: usize| {
        let between = line.slice(from, to);
        let word = between.trim_start_matches(['、', '，', ',']);
        word.len() < between.len() && word.chars().count() <= 12 && word.chars().all(is_han)
    };
    if noun(before.end, draft.start) && noun(draft.end, after.start) {
        draft.unit.clone_from(&before.unit);
        draft.class = before.class;
        draft.form = before.form;
        draft.inferred = true;
        draft.bare = false;
        draft.rule = "the unit of both neighbours in the list";
    }
}

/// Gives the unit and the magnitude of `right` to a number without one.
fn lend_unit(left: &mut Draft, right: &Draft) {
    let lends = right.unit.is_some() && !right.vague && !right.bare;
    let open = left.bare || left.inferred && left.rule == "元 for a sum in 亿, in a list" && !right.inferred;
    // 近千亿、4个: a magnitude is not lent a measure word that has none.
    let unequal = left.value.is_some_and(|v| v >= Decimal::from(10_000))
        && right.value.is_some_and(|v| v < Decimal::from(1000))
        && right.class == Some(Class::Count);
    if !lends || !open || unequal {
        return;
    }
    let (Some(value), Some(other)) = (left.value, right.value) else { return };
    let scale = right.number.scale;
    if left.number.scale == Decimal::ONE && scale > Decimal::ONE && left.high.is_none() {
        let mantissa = other.checked_div(scale).unwrap_or(other);
        // 5000和1万元: the first has no magnitude to borrow.
        if value <= mantissa.saturating_mul(Decimal::from(100)) {
            left.value = value.checked_mul(scale).map(|v| v.normalize());
            left.number.scale = scale;
        }
    }
    left.unit.clone_from(&right.unit);
    left.class = right.class;
    left.form = right.form;
    left.inferred = true;
    left.bare = false;
    left.vague = false;
    left.rule = "the unit of the list's last item";
}
