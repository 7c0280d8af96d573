//! What each condition means, said of one figure at a time.
//!
//! `状态:目标` holds for a figure whose status is target
//!
//! [`super::eval`] answers the same from columns; a test holds the two together.

use super::amount::{self, AmountCheck};
use super::field::Field;
use super::pattern::Pattern;
use super::resolve::{AmountTest, Filter, Scope, Test};
use super::rules;
use super::show;
use crate::index::{FigureRef, time};
use crate::model::Lang;

/// Whether a figure meets the conditions.
pub fn holds(filter: &Filter, figure: FigureRef<'_>) -> bool {
    match filter {
        Filter::And(parts) => parts.iter().all(|part| holds(part, figure)),
        Filter::Or(parts) => parts.iter().any(|part| holds(part, figure)),
        Filter::Not(inner) => !holds(inner, figure),
        Filter::Test(test) => passes(test, figure),
    }
}

/// Whether a figure meets one condition.
pub fn passes(test: &Test, figure: FigureRef<'_>) -> bool {
    match test {
        Test::Text { scope: Scope::One(field), pattern } => text_matches(pattern, figure, *field),
        Test::Text { scope: Scope::Words, pattern } => {
            let mut fields = Field::of_figures().filter(|row| row.in_words);
            fields.any(|row| text_matches(pattern, figure, row.field))
        }
        Test::Code { field, allowed } => {
            let code = match field {
                Field::Status => figure.status() as u8,
                Field::Kind => figure.kind() as u8,
                _ => figure.bound() as u8,
            };
            allowed & (1 << code) != 0
        }
        Test::Amount(test) => amount_matches(test, figure),
        Test::Confidence { low, high } => {
            let value = figure.confidence();
            low.is_none_or(|low| value >= low) && high.is_none_or(|high| value <= high)
        }
        Test::Days { field, low, high } => {
            let days = match field {
                Field::Date => figure.date().and_then(time::point),
                _ => figure.days(),
            };
            days.is_some_and(|(from, to)| {
                low.is_none_or(|low| to >= low) && high.is_none_or(|high| from <= high)
            })
        }
        Test::Form(form) => figure.period().is_some_and(|period| period.as_str() == form),
        Test::Has(field) => has(figure, *field),
    }
}

fn has(figure: FigureRef<'_>, field: Field) -> bool {
    match field {
        Field::Value => figure.value().is_some(),
        Field::Parent => figure.has_parent(),
        _ => !show::text(figure, field, Lang::Zh).is_empty(),
    }
}

/// Whether a field's text matches a pattern.
pub fn text_matches(pattern: &Pattern, figure: FigureRef<'_>, field: Field) -> bool {
    match field {
        // By its canonical name too: GDP, 生产总值 and 地区生产总值 meet there.
        Field::Indicator => pattern.is_match(figure.indicator()) || pattern.is_match(figure.indicator_id()),
        Field::Document => pattern.is_match(figure.title()) || pattern.is_match(figure.document_name()),
        // In both languages; a whole one is one of the rules.
        Field::Trace if pattern.is_whole() => rules::each(figure.trace())
            .any(|(_, rule)| pattern.is_match(rule) || pattern.is_match(&rules::rule(rule, Lang::Zh))),
        Field::Trace => pattern.is_match(&in_both_languages(figure.trace())),
        Field::Owners => figure.owners().any(|owner| pattern.is_match(owner)),
        _ => {
            let text = show::text(figure, field, Lang::Zh);
            !text.is_empty() && pattern.is_match(&text)
        }
    }
}

/// What decided a figure, in English and below it in Chinese.
pub(super) fn in_both_languages(trace: &str) -> String {
    format!("{trace}\n{}", rules::trace(trace, Lang::Zh))
}

/// Whether a figure's number is in the stretch that is asked for.
pub fn amount_matches(test: &AmountTest, figure: FigureRef<'_>) -> bool {
    let Some(value) = figure.value() else { return false };
    let high = figure.value_high();
    let own = figure.unit().map(crate::index::fold::fold);
    let Some(check) = AmountCheck::new(test.unit.as_deref(), own.as_deref()) else { return false };
    let fits = |low: amount::Edge, high: amount::Edge| {
        test.low.is_none_or(|edge| check.order(edge, high).is_le())
            && test.high.is_none_or(|edge| check.order(edge, low).is_ge())
    };
    if test.stated {
        let stated = [Some(value), high];
        return stated.into_iter().flatten().any(|value| fits((value, 0), (value, 0)));
    }
    let (low, high) = amount::stretch(value, high, figure.bound());
    fits(low, high)
}
