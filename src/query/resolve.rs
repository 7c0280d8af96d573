//! The tree of a query + the field table + the data's words → a plan: conditions, order, limit.
//!
//! `状态:目标 >100亿元 排序:-数值` → All[status is target, value over 10¹⁰ 元], by value descending
//!
//! A condition that makes no sense is left out and named in a message; the others still filter.

use std::ops::Range;

use super::amount::{self, Amount, Edge};
use super::field::{Field, Named, Type, best_names};
use super::lex::Op;
use super::message::Message;
use super::parse::{Item, Node, Piece, Term};
use super::pattern::Pattern;
use super::saved::{self, Saved};
use super::when::{self, When};
use super::words::Words;
use super::{Plan, Query};
use crate::index::time::Days;
use crate::lexicon::names::indicators;
use crate::model::{Decimal, Lang};

/// Where a text condition looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Every field that words are looked for in.
    Words,
    One(Field),
}

/// The typed side of a comparison with a unit.
#[derive(Clone, Debug)]
pub struct AmountTest {
    pub low: Option<Edge>,
    pub high: Option<Edge>,
    /// Compare the stated number itself, whatever its bound.
    pub stated: bool,
    /// Folded; `None` compares with any unit.
    pub unit: Option<String>,
}

/// One condition on a figure.
#[derive(Clone, Debug)]
pub enum Test {
    Text {
        scope: Scope,
        pattern: Pattern,
    },
    /// The code is one of these bits.
    Code {
        field: Field,
        allowed: u8,
    },
    Amount(AmountTest),
    /// In millionths.
    Confidence {
        low: Option<i32>,
        high: Option<i32>,
    },
    /// Some day of the period is one of these.
    Days {
        field: Field,
        low: Option<i32>,
        high: Option<i32>,
    },
    /// The period is written like this.
    Form(String),
    Has(Field),
}

/// The conditions of a plan.
#[derive(Clone, Debug)]
pub enum Filter {
    And(Vec<Filter>),
    Or(Vec<Filter>),
    Not(Box<Filter>),
    Test(Test),
}

impl Filter {
    pub(super) const ALL: Self = Self::And(Vec::new());

    /// Holds for every figure.
    pub fn is_all(&self) -> bool {
        matches!(self, Self::And(parts) if parts.is_empty())
    }
}

/// Resolves a query against the field table and the words of the data.
pub fn resolve(query: &Query, words: &dyn Words) -> Plan {
    resolve_with(query, words, &Saved::default())
}

/// The same, with the queries that `@name` may stand for.
pub fn resolve_with(query: &Query, words: &dyn Words, saved: &Saved) -> Plan {
    let mut resolver = Resolver {
        words,
        saved,
        inside: Vec::new(),
        messages: query.messages.clone(),
        marks: Vec::new(),
        sort: Vec::new(),
        limit: None,
        negated: false,
    };
    let filter = resolver.node(&query.tree, true).unwrap_or(Filter::ALL);
    let Resolver { mut messages, marks, sort, limit, .. } = resolver;
    messages.sort_by_key(|message| (message.span.start, message.span.end));
    Plan { filter, sort, limit, marks, messages }
}

pub(super) struct Resolver<'i> {
    words: &'i dyn Words,
    pub(super) saved: &'i Saved,
    /// The names of the saved queries that are being resolved.
    pub(super) inside: Vec<String>,
    pub(super) messages: Vec<Message>,
    marks: Vec<(Scope, Pattern)>,
    sort: Vec<(Field, bool)>,
    limit: Option<usize>,
    negated: bool,
}

impl Resolver<'_> {
    pub(super) fn say(&mut self, span: &Range<usize>, zh: impl Into<String>, en: impl Into<String>) {
        self.messages.push(Message::new(span.clone(), zh, en));
    }

    /// `None` for what does not filter: clauses, and conditions that make no sense.
    pub(super) fn node(&mut self, node: &Node, top: bool) -> Option<Filter> {
        match node {
            Node::And(nodes) => {
                let mut parts = Vec::new();
                let mut at = 0;
                while let Some(node) = nodes.get(at) {
                    at += 1;
                    if let (Node::Term(term), Some(Node::Term(next))) = (node, nodes.get(at))
                        && let Some(joined) = self.with_unit(term, next)
                    {
                        at += 1;
                        parts.extend(self.term(&joined, top));
                        continue;
                    }
                    parts.extend(self.node(node, top));
                }
                if parts.len() == 1 { parts.pop() } else { (!parts.is_empty()).then_some(Filter::And(parts)) }
            }
            Node::Or(nodes) => {
                let mut parts: Vec<Filter> = nodes.iter().filter_map(|node| self.node(node, false)).collect();
                if parts.len() == 1 { parts.pop() } else { (!parts.is_empty()).then_some(Filter::Or(parts)) }
            }
            Node::Not(inner) => {
                self.negated = !self.negated;
                let inner = self.node(inner, false);
                self.negated = !self.negated;
                inner.map(|inner| Filter::Not(Box::new(inner)))
            }
            Node::Term(term) => self.term(term, top),
        }
    }

    /// `≥ 210 户`, as values are displayed: the unit after the blank belongs to the number.
    fn with_unit(&self, term: &Term, next: &Term) -> Option<Term> {
        let [Item::Compare(op, piece)] = term.items.as_slice() else { return None };
        let [Item::Is(unit)] = next.items.as_slice() else { return None };
        if next.field.is_some() || unit.literal || amount::parse(&piece.text)?.unit.is_some() {
            return None;
        }
        let text = format!("{}{}", piece.text, unit.text);
        let name = amount::parse(&text)?.unit;
        let known =
            name.as_deref().is_none_or(|name| amount::unit(name).is_some() || self.words.has_unit(name));
        let span = piece.span.start..unit.span.end;
        let joined = Piece { text, literal: false, span };
        known.then(|| Term {
            field: term.field.clone(),
            items: vec![Item::Compare(*op, joined)],
            span: term.span.start..next.span.end,
        })
    }

    fn term(&mut self, term: &Term, top: bool) -> Option<Filter> {
        let Some(name) = &term.field else {
            return term.items.first().and_then(|item| self.bare(item, top));
        };
        let field = match Field::named(&name.text) {
            Named::One(field) => field,
            Named::None if !name.text.contains(char::is_alphabetic) => {
                // `12:30` and `7:3` are words.
                let text = term.to_string();
                return Some(
                    self.text(Scope::Words, &Piece { text, literal: false, span: term.span.clone() }),
                );
            }
            Named::None => {
                self.no_field(&name.text, &name.span);
                return None;
            }
            Named::Several(fields) => {
                let list = |lang: Lang, between: &str| {
                    let names: Vec<_> = fields.iter().map(|field| field.name(lang)).collect();
                    names.join(between)
                };
                let label = &name.text;
                let zh = format!("“{label}”可以是{}", list(Lang::Zh, "、"));
                let en = format!("“{label}” may be {}", list(Lang::En, ", "));
                self.say(&name.span, zh, en);
                return None;
            }
        };
        match field.row().kind {
            Type::Sort | Type::Limit if !top => {
                let label = &name.text;
                self.say(
                    &term.span,
                    format!("“{label}”要写在括号、“|”和“-”之外"),
                    format!("“{label}” stands outside brackets, “|” and “-”"),
                );
                None
            }
            Type::Sort => {
                term.items.iter().for_each(|item| self.sort(item));
                None
            }
            Type::Limit => {
                term.items.iter().for_each(|item| self.limit(item));
                None
            }
            _ => {
                // One of the values, and none of those that are excluded.
                let parts = term.items.iter().filter_map(|item| self.item(field, item));
                let (mut all, mut any): (Vec<_>, Vec<_>) =
                    parts.partition(|part| matches!(part, Filter::Not(_)));
                if any.len() > 1 {
                    all.push(Filter::Or(any));
                } else {
                    all.extend(any.pop());
                }
                if all.len() > 1 { Some(Filter::And(all)) } else { all.pop() }
            }
        }
    }

    /// A condition without a field: a word, or an amount.
    fn bare(&mut self, item: &Item, top: bool) -> Option<Filter> {
        match item {
            Item::Is(piece) if saved::is_name(piece) => self.saved_query(piece, top),
            Item::Is(piece) => Some(self.text(Scope::Words, piece)),
            Item::Compare(_, piece) if is_year(&piece.text, true) => self.item(Field::Period, item),
            Item::Range(low, high) => {
                let mut ends = [low, high].into_iter().flatten();
                let years = ends.all(|piece| is_year(&piece.text, false) || is_period(&piece.text));
                self.item(if years { Field::Period } else { Field::Value }, item)
            }
            Item::Compare(..) => self.item(Field::Value, item),
        }
    }

    fn item(&mut self, field: Field, item: &Item) -> Option<Filter> {
        // `主体:-长春` leaves 长春 out; before a number the sign belongs to the number.
        if let Item::Is(piece) = item
            && !piece.literal
            && let Some(rest) = piece.text.strip_prefix('-').filter(|rest| !rest.is_empty())
            && !matches!(field.row().kind, Type::Amount | Type::Number)
        {
            let inner = Item::Is(Piece { text: rest.to_owned(), ..piece.clone() });
            self.negated = !self.negated;
            let inner = self.item(field, &inner);
            self.negated = !self.negated;
            return inner.map(|inner| Filter::Not(Box::new(inner)));
        }
        match field.row().kind {
            Type::Text | Type::Name => self.text_item(field, item),
            Type::Amount => self.amount(item),
            Type::Number => self.number(item),
            Type::Period => self.period(field, item),
            Type::Code(_) => self.code(field, item),
            Type::Has => self.has(item),
            Type::Sort | Type::Limit => None,
        }
    }

    /// The piece of an `Is` item; anything else does not suit the field.
    fn plain<'t>(&mut self, field: Field, item: &'t Item) -> Option<&'t Piece> {
        match item {
            Item::Is(piece) | Item::Compare(Op::Equal, piece) => Some(piece),
            Item::Compare(_, piece) | Item::Range(Some(piece), _) | Item::Range(None, Some(piece)) => {
                let (zh, en) = (field.name(Lang::Zh), field.name(Lang::En));
                self.say(
                    &piece.span,
                    format!("“{zh}”不能比大小"),
                    format!("“{en}” cannot be compared by size"),
                );
                None
            }
            Item::Range(None, None) => None,
        }
    }

    fn text(&mut self, scope: Scope, piece: &Piece) -> Filter {
        let pattern = if piece.literal {
            Pattern::literal(&piece.text)
        } else {
            Pattern::word(&piece.text, |run| run.len() > 1 && self.words.has_latin_word(run))
        };
        self.mark(scope, &pattern);
        let found = Filter::Test(Test::Text { scope, pattern });
        if piece.literal || !matches!(scope, Scope::Words | Scope::One(Field::Indicator)) {
            return found;
        }
        // GDP asks for 地区生产总值 by one of its names.
        let indicators = indicators();
        let canonical = indicators.canonical(&piece.text);
        let Some(name) = canonical.or_else(|| indicators.canonical(&piece.text.to_uppercase())) else {
            return found;
        };
        let same = Test::Text { scope: Scope::One(Field::Indicator), pattern: Pattern::whole(name) };
        Filter::Or(vec![found, Filter::Test(same)])
    }

    fn mark(&mut self, scope: Scope, pattern: &Pattern) {
        if !self.negated {
            self.marks.push((scope, pattern.clone()));
        }
    }

    fn text_item(&mut self, field: Field, item: &Item) -> Option<Filter> {
        let piece = self.plain(field, item)?;
        let scope = Scope::One(field);
        let whole = matches!(item, Item::Compare(..));
        let name = if matches!(field.row().kind, Type::Name) { self.whole_name(field, piece) } else { None };
        if let Some(text) = name.or_else(|| whole.then(|| piece.text.clone())) {
            let pattern = Pattern::whole(&text);
            self.mark(scope, &pattern);
            return Some(Filter::Test(Test::Text { scope, pattern }));
        }
        Some(self.text(scope, piece))
    }

    /// The name itself if the data has it: `单位:元` is not 美元; `单位:万元` is 元.
    fn whole_name(&self, field: Field, piece: &Piece) -> Option<String> {
        let known = |name: &str| match field {
            Field::Unit => self.words.has_unit(name),
            _ => self.words.has_id(name),
        };
        if known(&piece.text) || field != Field::Unit {
            return known(&piece.text).then(|| piece.text.clone());
        }
        amount::parse(&format!("1{}", piece.text))?.unit.filter(|unit| known(unit))
    }

    fn typed_amount(&mut self, piece: &Piece) -> Option<Amount> {
        let amount = amount::parse(&piece.text).filter(|_| !piece.literal);
        if amount.is_none() {
            let text = &piece.text;
            self.say(&piece.span, format!("“{text}”不是数值"), format!("“{text}” is not a number"));
        }
        amount
    }

    fn amount(&mut self, item: &Item) -> Option<Filter> {
        let test = match item {
            Item::Is(piece) | Item::Compare(Op::Equal, piece) => {
                let Amount { value, unit, .. } = self.typed_amount(piece)?;
                AmountTest { low: Some((value, 0)), high: Some((value, 0)), stated: true, unit }
            }
            Item::Compare(op, piece) => {
                let Amount { value, unit, .. } = self.typed_amount(piece)?;
                let (low, high) = match op {
                    Op::More => (Some((value, 1)), None),
                    Op::AtLeast => (Some((value, 0)), None),
                    Op::Less => (None, Some((value, -1))),
                    Op::AtMost | Op::Equal => (None, Some((value, 0))),
                };
                AmountTest { low, high, stated: false, unit }
            }
            Item::Range(low, high) => {
                let (mut low, mut high) = self.ends(low.as_ref(), high.as_ref(), Self::typed_amount)?;
                if let (Some(low), Some(high)) = (&mut low, &mut high) {
                    amount::share_unit(low, high);
                    if low.unit != high.unit && !amount::comparable(low.unit.as_deref(), high.unit.as_deref())
                    {
                        let span = item_span(item);
                        self.say(&span, "两端的单位不能比较", "the units of the two ends cannot be compared");
                        return None;
                    }
                    amount::convert(high, low.unit.as_deref());
                    if low.value > high.value {
                        std::mem::swap(low, high);
                    }
                }
                let unit = low.as_ref().or(high.as_ref()).and_then(|amount| amount.unit.clone());
                let edge = |amount: Option<Amount>| amount.map(|amount| (amount.value, 0));
                AmountTest { low: edge(low), high: edge(high), stated: false, unit }
            }
        };
        Some(Filter::Test(Test::Amount(test)))
    }

    /// Reads the ends that are given; `None` if one of them is wrong.
    fn ends<T>(
        &mut self,
        low: Option<&Piece>,
        high: Option<&Piece>,
        read: impl Fn(&mut Self, &Piece) -> Option<T>,
    ) -> Option<(Option<T>, Option<T>)> {
        let mut end = |piece: Option<&Piece>| match piece {
            None => Ok(None),
            Some(piece) => read(self, piece).map(Some).ok_or(()),
        };
        Some((end(low).ok()?, end(high).ok()?))
    }

    fn number(&mut self, item: &Item) -> Option<Filter> {
        let read = |this: &mut Self, piece: &Piece| {
            let amount = this.typed_amount(piece)?;
            let percent = amount.unit.as_deref() == Some("%");
            let value = if percent { amount.value / Decimal::ONE_HUNDRED } else { amount.value };
            // Far outside 0 to 1 all numbers are alike.
            let value = value.clamp(Decimal::from(-9), Decimal::from(9)) * Decimal::from(1_000_000);
            i32::try_from(value.round()).ok()
        };
        let (low, high) = match item {
            Item::Is(piece) | Item::Compare(Op::Equal, piece) => {
                let value = read(self, piece)?;
                (Some(value), Some(value))
            }
            Item::Compare(op, piece) => {
                let value = read(self, piece)?;
                match op {
                    Op::More => (Some(value + 1), None),
                    Op::AtLeast => (Some(value), None),
                    Op::Less => (None, Some(value - 1)),
                    Op::AtMost | Op::Equal => (None, Some(value)),
                }
            }
            Item::Range(low, high) => self.ends(low.as_ref(), high.as_ref(), read)?,
        };
        Some(Filter::Test(Test::Confidence { low, high }))
    }

    fn when(&mut self, piece: &Piece) -> Option<When> {
        let when = when::parse(&piece.text);
        if when.is_none() {
            let text = &piece.text;
            self.say(
                &piece.span,
                format!("“{text}”不是时期,可写 2021、2021-05、2021年上半年、十四五、近3年"),
                format!("“{text}” is no period; write 2021, 2021-05, 2021h1, 2021q3"),
            );
        }
        when
    }

    fn days(&mut self, piece: &Piece) -> Option<Days> {
        match self.when(piece)? {
            When::Days(days) => Some(days),
            When::Form(_) => {
                let text = &piece.text;
                self.say(
                    &piece.span,
                    format!("“{text}”不在日历上,不能比较"),
                    format!("“{text}” is not on the calendar and cannot be compared"),
                );
                None
            }
        }
    }

    fn period(&mut self, field: Field, item: &Item) -> Option<Filter> {
        let (low, high) = match item {
            Item::Is(piece) | Item::Compare(Op::Equal, piece) => match self.when(piece)? {
                When::Days((from, to)) => (Some(from), Some(to)),
                When::Form(form) => return Some(Filter::Test(Test::Form(form))),
            },
            Item::Compare(op, piece) => {
                let (from, to) = self.days(piece)?;
                match op {
                    Op::More => (Some(to + 1), None),
                    Op::AtLeast => (Some(from), None),
                    Op::Less => (None, Some(from - 1)),
                    Op::AtMost | Op::Equal => (None, Some(to)),
                }
            }
            Item::Range(low, high) => match self.ends(low.as_ref(), high.as_ref(), Self::days)? {
                (Some(low), Some(high)) if low.0 > high.1 => (Some(high.0), Some(low.1)),
                (low, high) => (low.map(|d| d.0), high.map(|d| d.1)),
            },
        };
        Some(Filter::Test(Test::Days { field, low, high }))
    }

    fn code(&mut self, field: Field, item: &Item) -> Option<Filter> {
        let piece = self.plain(field, item)?;
        let choices = field.row().choices();
        let found = best_names(&piece.text, choices.iter().map(|choice| choice.names().collect()));
        if found.is_empty() {
            let list = |lang: Lang, between: &str| {
                let names: Vec<_> = choices.iter().map(|choice| choice.name(lang)).collect();
                names.join(between)
            };
            let zh = format!("“{}”只有{}", field.name(Lang::Zh), list(Lang::Zh, "、"));
            let en = format!("“{}” is one of {}", field.name(Lang::En), list(Lang::En, ", "));
            self.say(&piece.span, zh, en);
            return None;
        }
        let codes = found.iter().filter_map(|&n| choices.get(n));
        let allowed = codes.fold(0, |bits, choice| bits | 1 << choice.code);
        Some(Filter::Test(Test::Code { field, allowed }))
    }

    fn has(&mut self, item: &Item) -> Option<Filter> {
        let piece = self.plain(Field::Has, item)?;
        let field = self.property(piece)?;
        Some(Filter::Test(Test::Has(field)))
    }

    fn no_field(&mut self, name: &str, span: &Range<usize>) {
        let near = Field::nearest(name);
        let zh = near.map_or(String::new(), |near| format!("，是“{near}”吗？"));
        let en = near.map_or(String::new(), |near| format!(": did you mean “{near}”?"));
        self.say(span, format!("没有叫“{name}”的字段{zh}"), format!("there is no field “{name}”{en}"));
    }

    /// The property of a figure a piece names; says so if it names none.
    fn property(&mut self, piece: &Piece) -> Option<Field> {
        let properties: Vec<Field> = Field::of_figures().map(|row| row.field).collect();
        let found = best_names(&piece.text, properties.iter().map(|field| field.row().names().collect()));
        if let [one] = found.as_slice() {
            return properties.get(*one).copied();
        }
        let text = &piece.text;
        if found.is_empty() {
            self.no_field(text, &piece.span);
        } else {
            let list = |lang: Lang, between: &str| {
                let names = found.iter().filter_map(|&n| properties.get(n)).map(|field| field.name(lang));
                names.collect::<Vec<_>>().join(between)
            };
            let zh = format!("“{text}”可以是{}", list(Lang::Zh, "、"));
            self.say(&piece.span, zh, format!("“{text}” may be {}", list(Lang::En, ", ")));
        }
        None
    }

    fn sort(&mut self, item: &Item) {
        let Some(piece) = self.plain(Field::Sort, item) else { return };
        let (text, descending) = match piece.text.strip_prefix('-') {
            Some(rest) => (rest, true),
            None => (piece.text.strip_prefix('+').unwrap_or(&piece.text), false),
        };
        if let Some(field) = self.property(&Piece { text: text.to_owned(), ..piece.clone() }) {
            self.sort.push((field, descending));
        }
    }

    fn limit(&mut self, item: &Item) {
        let Some(piece) = self.plain(Field::Limit, item) else { return };
        let digits = crate::index::fold::fold(&piece.text);
        if let Ok(count) = digits.trim_end_matches(['条', '个']).parse() {
            self.limit = Some(count);
        } else {
            let text = &piece.text;
            self.say(&piece.span, format!("“{text}”不是条数"), format!("“{text}” is no count"));
        }
    }
}

/// A year written plainly; `marked` asks for 年 behind it.
fn is_year(text: &str, marked: bool) -> bool {
    let digits = match (text.strip_suffix('年'), marked) {
        (Some(digits), _) => digits,
        (None, true) => return false,
        (None, false) => text,
    };
    digits.len() == 4 && digits.parse().is_ok_and(|year: u32| (1900..=2100).contains(&year))
}

/// A period that is no amount: `2021-05`, `2021年5月`.
fn is_period(text: &str) -> bool {
    amount::parse(text).is_none() && when::parse(text).is_some()
}

fn item_span(item: &Item) -> Range<usize> {
    match item {
        Item::Is(piece) | Item::Compare(_, piece) => piece.span.clone(),
        Item::Range(low, high) => {
            let start = low.as_ref().or(high.as_ref()).map_or(0, |piece| piece.span.start);
            let end = high.as_ref().or(low.as_ref()).map_or(start, |piece| piece.span.end);
            start..end
        }
    }
}
