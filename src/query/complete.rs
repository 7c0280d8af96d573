//! What could be typed at the caret: names of fields and of saved queries, and values with counts.
//!
//! `@大|` → `@大额` · `状态:目|` → `目标` 38 · `zt|` → `主体:`, `状态:` · `主体:cc|` → `长春市` 12, `长春新区` 9

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use super::field::{Field, Named, Type};
use super::lex::{Sign, Token, lex};
use super::parse::{Piece, is_plain};
use super::pattern::Pattern;
use super::rules;
use super::saved::Saved;
use super::show;
use super::source::{Source, sources};
use crate::index::columns::OWNERS_BETWEEN;
use crate::index::fold::fold;
use crate::index::{DocumentId, Index};
use crate::model::Lang;

/// Something that could be typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// The bytes of the query it takes the place of.
    pub span: Range<usize>,
    /// What it puts there.
    pub insert: String,
    /// How many figures have the value; `None` for a name.
    pub count: Option<usize>,
}

/// Most values that are offered.
const MOST: usize = 50;

/// What could be typed at byte `caret`, best first.
pub fn complete(text: &str, caret: usize, index: &Index, saved: &Saved, lang: Lang) -> Vec<Completion> {
    let tokens = lex(text);
    let before: Vec<&Token> = tokens.iter().take_while(|token| token.span.start < caret).collect();
    let (typed, span, rest) = match before.as_slice() {
        [rest @ .., Token { sign: Sign::Word(word), span }] => {
            (before_caret(text, span, caret).unwrap_or_else(|| word.clone()), span.clone(), rest)
        }
        [rest @ .., Token { sign: Sign::Literal { text, .. }, span }] if caret == span.end => {
            (text.clone(), span.clone(), rest)
        }
        rest => (String::new(), caret..caret, rest),
    };
    match field_of(rest) {
        Some(field) => values(field, &typed, &span, index, lang),
        None if typed.starts_with(['@', '＠']) => {
            let named = saved.complete(&typed).into_iter();
            named.map(|(insert, _)| Completion { span: span.clone(), insert, count: None }).collect()
        }
        None => names(&typed, &span, lang),
    }
}

fn before_caret(text: &str, span: &Range<usize>, caret: usize) -> Option<String> {
    text.get(span.start..caret.min(span.end)).map(str::to_owned)
}

/// The field whose value the caret is in, going back over the values already listed.
fn field_of(before: &[&Token]) -> Option<Field> {
    let mut tokens = before.iter().rev().map(|token| &token.sign).peekable();
    while let Some(sign) = tokens.next() {
        match sign {
            Sign::Colon => {
                let Some(Sign::Word(name)) = tokens.next() else { return None };
                let Named::One(field) = Field::named(name) else { return None };
                return Some(field);
            }
            Sign::Compare(_) => {
                if let Some(Sign::Word(name)) = tokens.peek()
                    && let Named::One(field) = Field::named(name)
                {
                    return Some(field);
                }
            }
            Sign::Blank => {
                // Only right after a colon does a blank belong to the value.
                if !matches!(tokens.peek(), Some(Sign::Colon)) {
                    return None;
                }
            }
            Sign::Word(_) | Sign::Literal { .. } | Sign::Comma | Sign::Range => {}
            Sign::Or | Sign::Not | Sign::Open | Sign::Close => return None,
        }
    }
    None
}

fn names(typed: &str, span: &Range<usize>, lang: Lang) -> Vec<Completion> {
    let pattern = Pattern::word(typed, |_| false);
    let folded = fold(typed);
    let fits = |name: &str| name.starts_with(&folded) || pattern.pinyin().is_some_and(|p| p.begins(name));
    let rows = super::field::FIELDS.iter().filter(|row| row.names().any(fits));
    rows.map(|row| {
        // The name in the language it is being typed in.
        let latin = typed.contains(|c: char| c.is_ascii_alphabetic()) && row.en.starts_with(&folded);
        let name = if latin { row.en } else { row.field.name(lang) };
        Completion { span: span.clone(), insert: format!("{name}:"), count: None }
    })
    .collect()
}

fn values(field: Field, typed: &str, span: &Range<usize>, index: &Index, lang: Lang) -> Vec<Completion> {
    let (sign, typed) = match typed.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", typed),
    };
    let mut counted: Vec<(String, Option<usize>)> = match field.row().kind {
        Type::Sort | Type::Has => {
            Field::of_figures().map(|row| (row.field.name(lang).to_owned(), None)).collect()
        }
        Type::Limit | Type::Amount | Type::Number => Vec::new(),
        _ => counts(field, index, lang).into_iter().map(|(value, count)| (value, Some(count))).collect(),
    };
    let pattern = Pattern::word(typed, |_| false);
    counted.retain(|(value, _)| !value.is_empty() && pattern.is_match(value));
    let folded = fold(typed);
    // Names of fields stay in the order of the table, values come by count.
    counted.sort_by_cached_key(|(value, count)| {
        let begins = fold(value).starts_with(&folded);
        let tie = if count.is_some() { value.clone() } else { String::new() };
        (!begins, std::cmp::Reverse(*count), tie)
    });
    counted.truncate(MOST);
    let piece = |text: String| Piece { literal: !is_plain(&text, true), text, span: span.clone() };
    let completion =
        |(value, count)| Completion { span: span.clone(), insert: format!("{sign}{}", piece(value)), count };
    counted.into_iter().map(completion).collect()
}

/// The values of a field, each with the number of figures that have it.
fn counts(field: Field, index: &Index, lang: Lang) -> Vec<(String, usize)> {
    let columns = index.columns();
    let mut counts = match sources(field).first() {
        None => return counts_one_by_one(field, index, lang),
        Some(Source::Figure(column)) => {
            counted(column.names(columns).iter().map(|&name| (name, 1)), index.names().len())
        }
        Some(Source::Unit) => {
            let names = columns.unit.iter().filter_map(|&unit| columns.units.get(unit as usize));
            counted(names.map(|&name| (name, 1)), index.names().len())
        }
        Some(Source::Document(column)) => {
            let names = column(&columns.documents).iter().enumerate();
            let figures = |document: usize| index.of_document(DocumentId(document as u32)).len();
            counted(names.map(|(document, &name)| (name, figures(document))), index.names().len())
        }
    };
    counts.retain(|(_, count)| *count > 0);
    let named = counts.into_iter().map(|(name, count)| (index.names().text(name), count));
    let parts = |joined| -> Vec<Cow<'_, str>> {
        match field {
            Field::Owners => str::split(joined, OWNERS_BETWEEN).map(Cow::Borrowed).collect(),
            _ => rules::each(joined).map(|(_, rule)| rules::rule(rule, lang)).collect(),
        }
    };
    if !matches!(field, Field::Owners | Field::Trace) {
        return named.map(|(text, count)| (text.to_owned(), count)).collect();
    }
    let mut counts: HashMap<Cow<'_, str>, usize> = HashMap::new();
    for (joined, count) in named {
        for part in parts(joined) {
            *counts.entry(part).or_default() += count;
        }
    }
    counts.into_iter().map(|(part, count)| (part.into_owned(), count)).collect()
}

/// How often each name below `len` stands in a column.
fn counted(column: impl Iterator<Item = (u32, usize)>, len: usize) -> Vec<(u32, usize)> {
    let mut counts = vec![0; len];
    for (name, times) in column {
        if let Some(count) = counts.get_mut(name as usize) {
            *count += times;
        }
    }
    (0..).zip(counts).collect()
}

fn counts_one_by_one(field: Field, index: &Index, lang: Lang) -> Vec<(String, usize)> {
    let mut counts: HashMap<Cow<'_, str>, usize> = HashMap::new();
    for figure in index.figures() {
        *counts.entry(show::text(figure, field, lang)).or_default() += 1;
    }
    counts.into_iter().map(|(value, count)| (value.into_owned(), count)).collect()
}
