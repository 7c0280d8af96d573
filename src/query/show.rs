//! What a figure's fields look like to a reader: the table's cells, the exported values.
//!
//! value 43629000000, unit 元 → `436.29亿元`; value 210, unit 户, bound at least → `≥ 210 户`

use std::borrow::Cow;
use std::cmp::Ordering;

use super::field::{Field, Type};
use crate::index::FigureRef;
use crate::index::time;
use crate::model::{Bound, Decimal, Kind, Lang};

/// A figure's number with its unit and bound, shortened by 万 and 亿 only where that loses nothing.
pub fn amount(figure: FigureRef<'_>) -> String {
    let sign = match figure.bound() {
        Bound::Eq => "",
        Bound::Gt => "> ",
        Bound::Ge => "≥ ",
        Bound::Lt => "< ",
        Bound::Le => "≤ ",
        Bound::Approx => "≈ ",
    };
    let Some(value) = figure.value() else { return figure.quote().to_owned() };
    let unit = figure.unit().unwrap_or("");
    if figure.kind() == Kind::Rank && unit.is_empty() {
        return format!("第{}", value.normalize());
    }
    let (low, magnitude) = shorten(value);
    let number = match figure.value_high() {
        None => format!("{low}{magnitude}"),
        Some(high) => match shorten(high) {
            (high, same) if same == magnitude => format!("{low}–{high}{magnitude}"),
            (high, other) => format!("{low}{magnitude}–{high}{other}"),
        },
    };
    let glued = !magnitude.is_empty() || unit.is_empty() || matches!(unit, "%" | "‰");
    let blank = if glued { "" } else { " " };
    format!("{sign}{number}{blank}{unit}")
}

/// The number with the largest magnitude under which it stays short.
fn shorten(value: Decimal) -> (Decimal, &'static str) {
    let value = value.normalize();
    for (factor, name) in [(100_000_000_i64, "亿"), (10_000, "万")] {
        let factor = Decimal::from(factor);
        if value.abs() >= factor
            && let Some(short) = value.checked_div(factor).map(|short| short.normalize())
            && short.scale() <= 4
            && short.checked_mul(factor) == Some(value)
        {
            return (short, name);
        }
    }
    (value, "")
}

/// The text of a field; empty if the figure has none.
pub fn text<'a>(figure: FigureRef<'a>, field: Field, lang: Lang) -> Cow<'a, str> {
    let document = figure.document();
    let full = figure.full();
    let optional = |text: &'a Option<String>| Cow::Borrowed(text.as_deref().unwrap_or(""));
    match field {
        Field::Indicator => figure.indicator().into(),
        Field::Subject => figure.subject().unwrap_or("").into(),
        Field::Period => figure.period().map_or("", |period| period.as_str()).into(),
        Field::Value => amount(figure).into(),
        Field::Unit => figure.unit().unwrap_or("").into(),
        Field::Status => choice(field, figure.status() as u8, lang).into(),
        Field::Kind => choice(field, figure.kind() as u8, lang).into(),
        Field::Bound => choice(field, figure.bound() as u8, lang).into(),
        Field::Of => optional(&full.of),
        Field::Parent => parent(figure).map_or("", |whole| whole.quote.as_str()).into(),
        Field::Owners => full.owners.join("、").into(),
        Field::Quote => figure.quote().into(),
        Field::Sentence => figure.sentence().into(),
        Field::Section => section(figure).into(),
        Field::Document => figure.title().into(),
        Field::Source => optional(&document.source),
        Field::Date => optional(&document.date),
        Field::Url => optional(&document.url),
        Field::Confidence => format!("{:.2}", full.confidence).into(),
        Field::Trace => {
            let rules = full.trace.iter().map(|trace| format!("{}: {}", trace.field, trace.rule));
            rules.collect::<Vec<_>>().join("; ").into()
        }
        Field::Id => full.id.as_str().into(),
        Field::Has | Field::Sort | Field::Limit => "".into(),
    }
}

/// The name of a value of a closed list.
pub fn choice(field: Field, code: u8, lang: Lang) -> &'static str {
    field.row().choices().get(usize::from(code)).map_or("", |choice| choice.name(lang))
}

/// The heading a figure stands under.
pub fn section(figure: FigureRef<'_>) -> &str {
    let section = figure.full().section.and_then(|n| figure.document().sections.get(n));
    section.map_or("", |section| section.title.as_str())
}

/// The whole a part belongs to, if it is a figure of the document.
pub fn parent(figure: FigureRef<'_>) -> Option<&crate::model::Figure> {
    let raw = figure.full().parent?;
    figure.document().figures.iter().find(|other| other.raw == raw)
}

/// Orders two figures by a field; figures without a value come last in either direction.
pub fn compare(a: FigureRef<'_>, b: FigureRef<'_>, field: Field, descending: bool) -> Ordering {
    let turn = |order: Ordering| if descending { order.reverse() } else { order };
    match field.row().kind {
        Type::Amount => last_if_none(a.value(), b.value(), |x, y| turn(x.cmp(y))),
        Type::Number => turn(a.full().confidence.total_cmp(&b.full().confidence)),
        Type::Period => {
            let days = |figure: FigureRef<'_>| {
                let date = figure.document().date.as_deref();
                match field {
                    Field::Date => time::point(date?),
                    _ => time::period(figure.period()?, date),
                }
            };
            last_if_none(days(a), days(b), |x, y| turn((x.1, x.0).cmp(&(y.1, y.0))))
        }
        Type::Code(_) => {
            let code = |figure: FigureRef<'_>| match field {
                Field::Status => figure.status() as u8,
                Field::Kind => figure.kind() as u8,
                _ => figure.bound() as u8,
            };
            turn(code(a).cmp(&code(b)))
        }
        _ => {
            let text = |figure| Some(text(figure, field, Lang::Zh)).filter(|text| !text.is_empty());
            last_if_none(text(a), text(b), |x, y| turn(x.cmp(y)))
        }
    }
}

fn last_if_none<T>(a: Option<T>, b: Option<T>, order: impl Fn(&T, &T) -> Ordering) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) => order(&a, &b),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    }
}
