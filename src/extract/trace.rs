//! A trace for every field that has a value: what no rule of its own decided is said here.
//!
//! `增长6.7%` → value: as written; unit: written after the number; bound: stated as is

use super::draft::Draft;
use super::quantity::{Form, Quantity};
use crate::lexicon::names;
use crate::model::{Field, Kind, Trace};

/// The draft's traces and those of the fields that are read off the number itself.
pub(super) fn complete(draft: &Draft, quantity: &Quantity) -> Vec<Trace> {
    let mut traces = draft.trace.clone();
    if let Some(trace) = traces.iter_mut().find(|trace| trace.field == Field::Indicator) {
        trace.rule.push_str(sort(&draft.indicator));
    }
    let mut add = |field: Field, rule: &str| {
        if !traces.iter().any(|trace| trace.field == field) {
            traces.push(Trace { field, rule: rule.to_owned() });
        }
    };
    let read = if quantity.mended {
        "a letter was read as a digit"
    } else if draft.negative {
        "a fall is negative"
    } else {
        "as written"
    };
    add(Field::Value, read);
    if quantity.unit.is_some() {
        add(Field::Unit, if quantity.rule.is_empty() { unit(quantity.form) } else { &quantity.rule });
    }
    let bound = match (draft.limit, quantity.bound_rule) {
        (Some(_), _) => "a limit that stands apart from the number",
        (None, "") => "stated as is",
        (None, rule) => rule,
    };
    add(Field::Bound, bound);
    if let Some(of) = &draft.of {
        add(Field::Of, base(draft.kind, of));
    }
    if !draft.owners.is_empty() {
        add(Field::Owners, "named as responsible after the number");
    }
    traces
}

/// What sort of name an indicator has: rules err least on known ones, most on long ones.
fn sort(name: &str) -> &'static str {
    const SHORT: usize = 6;
    const LONG: usize = 11;
    match name.chars().count() {
        _ if names::indicators().canonical(name).is_some() => ", a known name",
        0..=SHORT => ", a short name",
        LONG.. => ", a long name",
        _ => "",
    }
}

fn unit(form: Form) -> &'static str {
    match form {
        Form::Percent => "a percentage",
        _ => "written after the number",
    }
}

fn base(kind: Kind, of: &str) -> &'static str {
    match (kind, of) {
        (Kind::Growth, "yoy") => "a comparison with the year before",
        (Kind::Growth, "avg") => "a yearly average",
        (Kind::Growth, _) => "the base it is compared with",
        (Kind::Share, _) => "the whole it is part of",
        _ => "what it is set against",
    }
}
