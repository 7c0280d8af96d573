//! A plan as SQL with its values beside it: no value is ever part of the text.
//!
//! `状态:目标 >100亿元` → ``(`status` IN (?)) AND (`unit_folded` IN (?) AND (`high` > CAST(? AS DECIMAL(38,14))
//! OR …))`` with `target`, `元`, `10000000000`, …
//!
//! The columns are those of [`super::COLUMNS`]. Conditions mean what [`crate::query::meaning`] says they mean; what
//! has no equal is refused with the part of the query that has none. A column that holds nothing makes a condition
//! neither true nor false; only `NOT` has to care.

use std::collections::BTreeMap;

use super::order::{self, Key};
use super::row::{self, PLACES};
use super::{Ask, Problem, spell};
use crate::model::{Bound, Decimal, Kind, Lang, Status};
use crate::query::Field;
use crate::query::amount::AmountCheck;
use crate::query::pattern::Pattern;
use crate::query::resolve::{AmountTest, Filter, Scope, Test};

/// A value that stands for a `?`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    Text(String),
    Whole(i64),
    /// Written out; the text casts it.
    Decimal(String),
}

/// SQL, and its values in the order of their places.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Statement {
    pub text: String,
    pub values: Vec<Value>,
}

impl Statement {
    pub(super) fn add(&mut self, text: &str) -> &mut Self {
        self.text.push_str(text);
        self
    }

    pub(super) fn bind(&mut self, value: Value) -> &mut Self {
        let decimal = matches!(value, Value::Decimal(_));
        self.text.push_str(if decimal { "CAST(? AS DECIMAL(38,14))" } else { "?" });
        self.values.push(value);
        self
    }

    /// `column IN (?, ?)`; false of an empty list.
    fn is_one_of<'t>(&mut self, column: &str, values: impl IntoIterator<Item = &'t str>) {
        let mut values = values.into_iter().peekable();
        if values.peek().is_none() {
            self.add("false");
            return;
        }
        self.add(&format!("`{column}` IN ("));
        self.list(values);
        self.add(")");
    }

    fn list<'t>(&mut self, values: impl IntoIterator<Item = &'t str>) {
        for (n, value) in values.into_iter().enumerate() {
            self.add(if n > 0 { ", " } else { "" });
            self.bind(Value::Text(value.to_owned()));
        }
    }
}

/// The distinct names of the columns that have few.
pub trait Vocabulary {
    /// The folded names of a column that match.
    ///
    /// # Errors
    /// They cannot be had, or are too many.
    fn matching(&self, column: &str, pattern: &Pattern) -> Result<Vec<String>, Problem>;
}

/// What is selected of the figures that a plan finds.
#[derive(Debug)]
pub enum Select<'a> {
    /// So many rows behind a place, each as JSON with the values that order it.
    Page {
        after: Option<&'a Key>,
        most: usize,
    },
    Count,
}

impl Select<'_> {
    /// The statement that answers a plan from a table.
    ///
    /// # Errors
    /// A part of the plan has no equal in SQL, or the names it needs cannot be had.
    pub fn statement(&self, ask: &Ask, table: &str, names: &dyn Vocabulary) -> Result<Statement, Problem> {
        let mut sql = Statement::default();
        let Self::Page { after, most } = self else {
            sql.add(&format!("SELECT count(*) FROM {table} AS figure WHERE "));
            condition(ask.plan.filter(), names, &mut sql)?;
            return Ok(sql);
        };
        let order = order::parts(&ask.plan.sort, ask.backwards);
        let columns: Vec<String> = row::shown().map(|name| format!("`{name}`")).collect();
        sql.add(&format!("SELECT to_json(struct({}))", columns.join(", ")));
        for (n, part) in order.iter().enumerate() {
            // Named, since Spark gives a cast its column's name, and the order would be that of the text.
            sql.add(&format!(", CAST({} AS STRING) AS `key_{n}`", part.expression));
        }
        // Without a name of its own the table would be called WHERE by `WHERE (false)`.
        sql.add(&format!(" FROM {table} AS figure WHERE "));
        condition(ask.plan.filter(), names, &mut sql)?;
        if let Some(Key::Values(values)) = after {
            sql.add(" AND ");
            order::behind(&order, values, &mut sql);
        }
        sql.add(&format!(" ORDER BY {} LIMIT {most}", order::clause(&order)));
        Ok(sql)
    }
}

/// The conditions of a plan alone.
///
/// # Errors
/// As for [`Select::statement`].
pub(super) fn condition(filter: &Filter, names: &dyn Vocabulary, sql: &mut Statement) -> Result<(), Problem> {
    match filter {
        Filter::And(parts) if parts.is_empty() => _ = sql.add("true"),
        Filter::Or(parts) if parts.is_empty() => _ = sql.add("false"),
        Filter::And(parts) | Filter::Or(parts) => {
            let between = if matches!(filter, Filter::And(_)) { " AND " } else { " OR " };
            sql.add("(");
            for (n, part) in parts.iter().enumerate() {
                sql.add(if n > 0 { between } else { "" });
                condition(part, names, sql)?;
            }
            sql.add(")");
        }
        Filter::Not(inner) => {
            sql.add("NOT coalesce(");
            condition(inner, names, sql)?;
            sql.add(", false)");
        }
        Filter::Test(test) => self::test(test, names, sql)?,
    }
    Ok(())
}

fn test(test: &Test, names: &dyn Vocabulary, sql: &mut Statement) -> Result<(), Problem> {
    match test {
        Test::Text { scope: Scope::One(field), pattern } => text(&[*field], pattern, names, sql),
        Test::Text { scope: Scope::Words, pattern } => {
            let fields: Vec<Field> =
                Field::of_figures().filter(|row| row.in_words).map(|row| row.field).collect();
            text(&fields, pattern, names, sql)
        }
        Test::Code { field, allowed } => {
            let (column, codes): (_, Vec<&str>) = match field {
                Field::Status => ("status", Status::ALL.iter().map(|code| code.as_str()).collect()),
                Field::Kind => ("kind", Kind::ALL.iter().map(|code| code.as_str()).collect()),
                _ => ("bound", Bound::ALL.iter().map(|code| code.as_str()).collect()),
            };
            let wanted = codes.into_iter().enumerate().filter(|(n, _)| allowed >> n & 1 == 1);
            sql.is_one_of(column, wanted.map(|(_, code)| code));
            Ok(())
        }
        Test::Amount(test) => amount(test, names, sql),
        Test::Confidence { low, high } => {
            between(("millionths", *low), ("millionths", *high), sql);
            Ok(())
        }
        Test::Days { field, low, high } => {
            let (first, last) = match field {
                Field::Date => ("date_first", "date_last"),
                _ => ("first_day", "last_day"),
            };
            between((last, *low), (first, *high), sql);
            Ok(())
        }
        Test::Form(form) => {
            sql.add("`period` = ").bind(Value::Text(form.clone()));
            Ok(())
        }
        Test::Has(field) => {
            sql.add(has(*field));
            Ok(())
        }
    }
}

/// `column >= low AND column <= high`, of the ends that are given.
fn between(low: (&str, Option<i32>), high: (&str, Option<i32>), sql: &mut Statement) {
    sql.add("(").add(&format!("`{}` IS NOT NULL", low.0));
    for ((column, end), sign) in [(low, ">="), (high, "<=")] {
        if let Some(end) = end {
            sql.add(&format!(" AND `{column}` {sign} ")).bind(Value::Whole(end.into()));
        }
    }
    sql.add(")");
}

fn has(field: Field) -> &'static str {
    match field {
        Field::Value => "`value` IS NOT NULL",
        Field::Parent => "`parent_start` IS NOT NULL",
        Field::Indicator => "(`indicator` <> '' OR `indicator_id` <> '')",
        Field::Subject => "`subject` IS NOT NULL",
        Field::Period => "`period` IS NOT NULL",
        Field::Unit => "`unit` IS NOT NULL",
        Field::Of => "`of` IS NOT NULL",
        Field::Owners => "size(`owners`) > 0",
        Field::Quote => "`quote` <> ''",
        Field::Sentence => "`sentence` <> ''",
        Field::Section => "`heading` IS NOT NULL",
        Field::Document => "(coalesce(`title`, `document`) <> '' OR `document` <> '')",
        Field::Source => "`source` IS NOT NULL",
        Field::Date => "`date` IS NOT NULL",
        Field::Url => "`url` IS NOT NULL",
        Field::Trace => "`rules` IS NOT NULL",
        Field::Id => "`id` <> ''",
        // Every figure has these.
        Field::Status | Field::Kind | Field::Bound | Field::Confidence => "true",
        Field::Has | Field::Sort | Field::Limit => "false",
    }
}

/// How a column of text is asked by pinyin.
enum Spelling {
    /// Its few distinct names are matched here, and those that match are sent.
    Names,
    /// The same, of a list in each row.
    Lists,
    /// By an expression in the spelled text.
    Text,
    /// Not at all.
    None,
}

/// The columns that hold a field, without their endings.
fn columns(field: Field) -> &'static [(&'static str, Spelling)] {
    match field {
        Field::Indicator => &[("indicator", Spelling::Names), ("indicator_id", Spelling::Names)],
        Field::Subject => &[("subject", Spelling::Names)],
        Field::Unit => &[("unit", Spelling::Names)],
        Field::Of => &[("of", Spelling::Names)],
        Field::Section => &[("heading", Spelling::Names)],
        Field::Source => &[("source", Spelling::Names)],
        Field::Trace => &[("rules", Spelling::Names)],
        Field::Owners => &[("owners", Spelling::Lists)],
        Field::Quote => &[("quote", Spelling::Text)],
        Field::Sentence => &[("sentence", Spelling::Text)],
        Field::Document => &[("title", Spelling::Text), ("document", Spelling::Text)],
        Field::Parent => &[("parent", Spelling::None)],
        Field::Url => &[("url", Spelling::None)],
        Field::Id => &[("id", Spelling::None)],
        _ => &[],
    }
}

/// Some column of the fields matches.
fn text(
    fields: &[Field],
    pattern: &Pattern,
    names: &dyn Vocabulary,
    sql: &mut Statement,
) -> Result<(), Problem> {
    sql.add("(");
    let columns = fields.iter().flat_map(|field| columns(*field).iter().map(move |column| (*field, column)));
    for (n, (field, (column, spelling))) in columns.enumerate() {
        sql.add(if n > 0 { " OR " } else { "" });
        let folded = format!("{column}_folded");
        let word = || Value::Text(pattern.folded().to_owned());
        match (pattern.pinyin(), spelling) {
            (None, Spelling::Lists) if pattern.is_whole() => {
                sql.add("array_contains(`owners_folded`, ").bind(word()).add(")");
            }
            (None, Spelling::Lists) => {
                sql.add("exists(`owners_folded`, one -> contains(one, ").bind(word()).add("))");
            }
            (None, _) if pattern.is_whole() && field == Field::Trace => {
                sql.add(&format!("`{folded}` RLIKE ")).bind(Value::Text(whole_rule(pattern.folded())));
            }
            (None, _) if pattern.is_whole() => _ = sql.add(&format!("`{folded}` = ")).bind(word()),
            (None, _) => _ = sql.add(&format!("contains(`{folded}`, ")).bind(word()).add(")"),
            (Some(_), Spelling::Names) => {
                let matching = names.matching(&folded, pattern)?;
                sql.is_one_of(&folded, matching.iter().map(String::as_str));
            }
            (Some(_), Spelling::Lists) => {
                let matching = names.matching(&folded, pattern)?;
                if matching.is_empty() {
                    sql.add("false");
                } else {
                    sql.add("arrays_overlap(`owners_folded`, array(");
                    sql.list(matching.iter().map(String::as_str));
                    sql.add("))");
                }
            }
            (Some(pinyin), Spelling::Text) => {
                let expression = spell::expression(pinyin).ok_or_else(|| unspelled(field, pattern))?;
                sql.add(&format!("`{column}_spelled` RLIKE ")).bind(Value::Text(expression));
            }
            (Some(_), Spelling::None) => return Err(unspelled(field, pattern)),
        }
    }
    sql.add(")");
    Ok(())
}

/// The expression that finds one of the rules in all that decided a figure: `subject: RULE; period: RULE`.
fn whole_rule(rule: &str) -> String {
    let mut itself = String::new();
    for c in rule.chars() {
        itself.extend(c.is_ascii_punctuation().then_some('\\'));
        itself.push(c);
    }
    format!("(?:^|; )[^:;]*: {itself}(?:; |$)")
}

/// That a word cannot be looked for by pinyin in a field.
fn unspelled(field: Field, pattern: &Pattern) -> Problem {
    let word = pattern.folded();
    Problem::Unsendable {
        zh: format!("“{word}”:在“{}”里不能用拼音查 Spark 的表,可加引号写成 \"{word}\"", field.name(Lang::Zh)),
        en: format!(
            "“{word}” cannot be looked for by pinyin in “{}” of a table of Spark's; in quotation marks, \
             \"{word}\", it means itself",
            field.name(Lang::En)
        ),
    }
}

/// What compares with an amount: the units in which it is the same numbers.
fn amount(test: &AmountTest, names: &dyn Vocabulary, sql: &mut Statement) -> Result<(), Problem> {
    type Edge = Option<(Decimal, bool)>;
    let mut groups: BTreeMap<(Edge, Edge), Vec<String>> = BTreeMap::new();
    let units = match &test.unit {
        None => vec![None],
        // Every unit: those that compare are picked below.
        Some(_) => names.matching("unit_folded", &Pattern::literal(""))?.into_iter().map(Some).collect(),
    };
    for unit in units {
        let Some(check) = AmountCheck::new(test.unit.as_deref(), unit.as_deref()) else { continue };
        let edge = |edge: Option<(Decimal, i8)>| match edge {
            None => Ok(None),
            Some((typed, _)) => {
                check.typed_exactly(typed, PLACES).map(Some).ok_or_else(|| Problem::Unsendable {
                    zh: format!("“{typed}”太大,Spark 的数容不下"),
                    en: format!("“{typed}” is larger than any number of Spark's"),
                })
            }
        };
        groups.entry((edge(test.low)?, edge(test.high)?)).or_default().extend(unit);
    }
    if groups.is_empty() {
        sql.add("false");
        return Ok(());
    }
    let step = |edge: Option<(Decimal, i8)>| edge.map_or(0, |(_, step)| step);
    sql.add("(");
    for (n, ((low, high), units)) in groups.iter().enumerate() {
        sql.add(if n > 0 { " OR (" } else { "(" });
        if test.unit.is_some() {
            sql.is_one_of("unit_folded", units.iter().map(String::as_str));
            sql.add(" AND ");
        }
        sql.add("`low` IS NOT NULL");
        match (test.stated, low) {
            (true, Some((value, true))) => {
                let value = row::decimal(*value);
                sql.add(" AND (`low` = ").bind(Value::Decimal(value.clone()));
                sql.add(" OR `high` = ").bind(Value::Decimal(value)).add(")");
            }
            (true, _) => _ = sql.add(" AND false"),
            (false, _) => {
                edge(("high", ">", ">="), *low, step(test.low), sql);
                edge(("low", "<", "<="), *high, step(test.high), sql);
            }
        }
        sql.add(")");
    }
    sql.add(")");
    Ok(())
}

/// ` AND column beyond the edge`, or on it with a step that reaches.
fn edge(
    (column, beyond, reaches): (&str, &str, &str),
    edge: Option<(Decimal, bool)>,
    step: i8,
    sql: &mut Statement,
) {
    let Some((value, exact)) = edge else { return };
    let value = row::decimal(value);
    if !exact {
        // The edge lies a little above what is left of it: nothing stands on it.
        let sign = if beyond == ">" { ">" } else { "<=" };
        sql.add(&format!(" AND `{column}` {sign} ")).bind(Value::Decimal(value));
        return;
    }
    sql.add(&format!(" AND (`{column}` {beyond} ")).bind(Value::Decimal(value.clone()));
    sql.add(&format!(" OR (`{column}` = ")).bind(Value::Decimal(value));
    sql.add(&format!(" AND `{column}_step` {reaches} ")).bind(Value::Whole(step.into())).add("))");
}
