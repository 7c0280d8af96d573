//! The order of an answer as SQL, and where in it a page ended.
//!
//! `排序:-数值` → measure, then base, both falling, those without a value last; then document and place in it.
//! The next page begins behind the values of the last row: no row is counted off.

use super::sql::{Statement, Value};
use crate::model::{Bound, Kind, Status};
use crate::query::Field;

/// Behind which figure a page begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Key {
    /// The number of figures before it.
    Place(usize),
    /// The values that order it, as text.
    Values(Vec<Option<String>>),
}

/// What values of an expression are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Type {
    Text,
    Whole,
    Decimal,
}

/// One expression of an order.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub(super) expression: String,
    kind: Type,
    falling: bool,
    /// Figures without a value come last in either direction, and first if all is turned around.
    lacking_last: bool,
}

impl Part {
    fn direction(&self) -> String {
        let direction = if self.falling { "DESC" } else { "ASC" };
        let lacking = if self.lacking_last { "LAST" } else { "FIRST" };
        format!("{} {direction} NULLS {lacking}", self.expression)
    }

    fn value(&self, text: &str) -> Value {
        match self.kind {
            Type::Text => Value::Text(text.to_owned()),
            Type::Whole => Value::Whole(text.parse().unwrap_or_default()),
            Type::Decimal => Value::Decimal(text.to_owned()),
        }
    }
}

/// What figures are ordered by: the fields, then their place in the text.
pub(super) fn parts(sort: &[(Field, bool)], backwards: bool) -> Vec<Part> {
    let of_fields = sort.iter().flat_map(|(field, falling)| {
        expressions(*field).into_iter().map(move |(expression, kind)| (expression, kind, *falling))
    });
    let place = [("`document`".to_owned(), Type::Text, false), ("`n`".to_owned(), Type::Whole, false)];
    let all = of_fields.chain(place).map(|(expression, kind, falling)| Part {
        expression,
        kind,
        falling: falling != backwards,
        lacking_last: !backwards,
    });
    all.collect()
}

/// The clause that orders.
pub(super) fn clause(parts: &[Part]) -> String {
    parts.iter().map(Part::direction).collect::<Vec<_>>().join(", ")
}

/// The condition that a row stands behind the one with these values.
pub(super) fn behind(parts: &[Part], values: &[Option<String>], into: &mut Statement) {
    into.add("(");
    for (n, (part, value)) in parts.iter().zip(values).enumerate() {
        if n > 0 {
            into.add(" OR ");
        }
        into.add("(");
        for (part, value) in parts.iter().zip(values).take(n) {
            into.add(&part.expression);
            match value {
                Some(value) => into.add(" = ").bind(part.value(value)),
                None => into.add(" IS NULL"),
            };
            into.add(" AND ");
        }
        let expression = &part.expression;
        match value {
            Some(value) => {
                let sign = if part.falling { "<" } else { ">" };
                into.add(&format!("({expression} {sign} ")).bind(part.value(value));
                into.add(&if part.lacking_last {
                    format!(" OR {expression} IS NULL)")
                } else {
                    ")".to_owned()
                });
            }
            None if part.lacking_last => _ = into.add("false"),
            None => _ = into.add(&format!("{expression} IS NOT NULL")),
        }
        into.add(")");
    }
    into.add(")");
}

/// The codes of a closed list in their order.
fn codes(column: &str, names: impl Iterator<Item = &'static str>) -> (String, Type) {
    let list: Vec<String> = names.map(|name| format!("'{name}'")).collect();
    (format!("array_position(array({}), `{column}`)", list.join(", ")), Type::Whole)
}

fn expressions(field: Field) -> Vec<(String, Type)> {
    let whole = |name: &str| (format!("`{name}`"), Type::Whole);
    let text = |name: &str| vec![(format!("nullif(`{name}`, '')"), Type::Text)];
    match field {
        Field::Value => {
            vec![("`measure`".to_owned(), Type::Text), ("`base`".to_owned(), Type::Decimal)]
        }
        Field::Confidence => vec![whole("millionths")],
        Field::Period => vec![whole("last_day"), whole("first_day")],
        Field::Date => vec![whole("date_last"), whole("date_first")],
        Field::Status => vec![codes("status", Status::ALL.iter().map(|code| code.as_str()))],
        Field::Kind => vec![codes("kind", Kind::ALL.iter().map(|code| code.as_str()))],
        Field::Bound => vec![codes("bound", Bound::ALL.iter().map(|code| code.as_str()))],
        Field::Owners => vec![("nullif(array_join(`owners`, '、'), '')".to_owned(), Type::Text)],
        Field::Document => vec![("nullif(coalesce(`title`, `document`), '')".to_owned(), Type::Text)],
        Field::Indicator => text("indicator"),
        Field::Subject => text("subject"),
        Field::Unit => text("unit"),
        Field::Of => text("of"),
        Field::Parent => text("parent_quote"),
        Field::Quote => text("quote"),
        Field::Sentence => text("sentence"),
        Field::Section => text("heading"),
        Field::Source => text("source"),
        Field::Url => text("url"),
        Field::Trace => text("rules"),
        Field::Id => text("id"),
        Field::Has | Field::Sort | Field::Limit => Vec::new(),
    }
}
