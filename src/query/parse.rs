//! Tokens → a tree and messages. Always gives a tree; knows no fields and no units.
//!
//! `专精特新 状态:目标,规则 -(甲|乙)` → `And[专精特新, 状态:目标,规则, Not(Or[甲, 乙])]`
//!
//! ```text
//! or    = and ('|' and)*
//! and   = not*                        blanks and stray commas separate
//! not   = '-' not | first
//! first = '(' or ')' | name (':' | comparison) values | values
//! values = value (',' value)*        the list only after a name
//! value = comparison piece | piece '..' piece | '..' piece | piece '..' | piece
//! piece = word | "literal"
//! ```

use std::fmt;
use std::ops::Range;

use super::lex::{Op, Sign, Token, lex};
use super::message::Message;

/// Brackets and negations nested deeper than this are not followed.
const DEEPEST: usize = 64;

/// A word or literal as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    pub text: String,
    /// Written between quotation marks: no pinyin, no number, no name.
    pub literal: bool,
    pub span: Range<usize>,
}

/// One value of a condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    Is(Piece),
    Compare(Op, Piece),
    /// At least one end is given.
    Range(Option<Piece>, Option<Piece>),
}

/// A condition: a field with the values it may have, or a word, literal or amount without one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    pub field: Option<Piece>,
    /// Empty if the value is not typed yet; exactly one if there is no field.
    pub items: Vec<Item>,
    pub span: Range<usize>,
}

/// The tree of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// All of them; an empty one holds for everything.
    And(Vec<Node>),
    /// At least two.
    Or(Vec<Node>),
    Not(Box<Node>),
    Term(Term),
}

/// Reads a query.
pub(super) fn parse(text: &str) -> (Node, Vec<Message>) {
    let mut parser = Parser { tokens: lex(text), at: 0, end: text.len(), messages: Vec::new() };
    let tree = parser.or(0, None);
    (tree, parser.messages)
}

struct Parser {
    tokens: Vec<Token>,
    at: usize,
    end: usize,
    messages: Vec<Message>,
}

impl Parser {
    fn peek(&self, ahead: usize) -> Option<&Sign> {
        self.tokens.get(self.at + ahead).map(|token| &token.sign)
    }

    fn span(&self, ahead: usize) -> Range<usize> {
        self.tokens.get(self.at + ahead).map_or(self.end..self.end, |token| token.span.clone())
    }

    /// From the start of token `from` to the end of the last one read.
    fn since(&self, from: usize) -> Range<usize> {
        let at = |n: usize| self.tokens.get(n).map(|token| token.span.clone());
        let start = at(from).map_or(self.end, |span| span.start);
        let end = self.at.checked_sub(1).and_then(at).map_or(start, |span| span.end);
        start..end.max(start)
    }

    fn say(&mut self, span: Range<usize>, zh: impl Into<String>, en: impl Into<String>) {
        self.messages.push(Message::new(span, zh, en));
    }

    fn or(&mut self, depth: usize, field: Option<&Piece>) -> Node {
        let mut parts = Vec::new();
        loop {
            let part = self.and(depth, field);
            let empty = matches!(&part, Node::And(nodes) if nodes.is_empty());
            let more = self.peek(0) == Some(&Sign::Or);
            if !empty {
                parts.push(part);
            } else if more || !parts.is_empty() {
                let span = if more { self.span(0) } else { self.since(self.at.saturating_sub(1)) };
                self.say(span, "“|”的一边是空的", "one side of “|” is empty");
            }
            if !more {
                break;
            }
            self.at += 1;
        }
        match parts.len() {
            0 => Node::And(Vec::new()),
            1 => parts.remove(0),
            _ => {
                let flat = parts.into_iter().flat_map(|part| match part {
                    Node::Or(inner) => inner,
                    other => vec![other],
                });
                Node::Or(flat.collect())
            }
        }
    }

    fn and(&mut self, depth: usize, field: Option<&Piece>) -> Node {
        let mut parts = Vec::new();
        loop {
            match self.peek(0) {
                None | Some(Sign::Or) => break,
                Some(Sign::Blank | Sign::Comma) => self.at += 1,
                Some(Sign::Close) if depth > 0 => break,
                Some(Sign::Close) => {
                    self.say(self.span(0), "多余的右括号", "this bracket closes nothing");
                    self.at += 1;
                }
                Some(_) => match self.not(depth, field) {
                    Some(Node::And(inner)) => parts.extend(inner),
                    Some(part) => parts.push(part),
                    None => {}
                },
            }
        }
        if parts.len() == 1 { parts.remove(0) } else { Node::And(parts) }
    }

    fn not(&mut self, depth: usize, field: Option<&Piece>) -> Option<Node> {
        if self.peek(0) != Some(&Sign::Not) {
            return self.first(depth, field);
        }
        let sign = self.span(0);
        self.at += 1;
        if depth >= DEEPEST {
            self.too_deep(sign);
            return None;
        }
        match self.peek(0) {
            None | Some(Sign::Blank | Sign::Or | Sign::Close | Sign::Comma) => {
                self.say(sign, "“-”后面要写排除的内容", "“-” has nothing to exclude");
                None
            }
            Some(_) => match self.not(depth + 1, field)? {
                Node::And(inner) if inner.is_empty() => None,
                inner => Some(Node::Not(Box::new(inner))),
            },
        }
    }

    fn too_deep(&mut self, span: Range<usize>) {
        self.say(span, "括号嵌套太深", "nested too deeply");
    }

    /// Reads at least one token.
    fn first(&mut self, depth: usize, field: Option<&Piece>) -> Option<Node> {
        let from = self.at;
        match self.peek(0)? {
            Sign::Open => self.group(depth, field),
            Sign::Colon => {
                self.say(self.span(0), "“:”前面缺少字段名", "a field name is missing before “:”");
                self.at += 1;
                None
            }
            Sign::Word(name) if matches!(self.peek(1), Some(Sign::Colon | Sign::Compare(_))) => {
                let name = Piece { text: name.clone(), literal: false, span: self.span(0) };
                self.at += 1;
                self.field(from, name, depth)
            }
            _ => {
                let items: Vec<Item> = self.item(field.is_some()).into_iter().collect();
                let term = Term { field: field.cloned(), items, span: self.since(from) };
                (!term.items.is_empty()).then_some(Node::Term(term))
            }
        }
    }

    fn group(&mut self, depth: usize, field: Option<&Piece>) -> Option<Node> {
        let open = self.span(0);
        self.at += 1;
        if depth >= DEEPEST {
            self.too_deep(open);
            return None;
        }
        let inner = self.or(depth + 1, field);
        if self.peek(0) == Some(&Sign::Close) {
            self.at += 1;
        } else {
            self.say(open, "左括号没有配对", "this bracket is not closed");
        }
        match inner {
            Node::And(parts) if parts.is_empty() => None,
            other => Some(other),
        }
    }

    /// The values after a name; `from` is the token of the name.
    fn field(&mut self, from: usize, name: Piece, depth: usize) -> Option<Node> {
        if self.peek(0) == Some(&Sign::Colon) {
            self.at += 1;
            self.skip_blank_before_value();
            if self.peek(0) == Some(&Sign::Open) {
                return self.group(depth, Some(&name));
            }
        }
        let mut items = Vec::new();
        loop {
            if !self.starts_value() {
                break;
            }
            items.extend(self.item(true));
            if self.peek(0) == Some(&Sign::Comma) && self.value_at(1) {
                self.at += 1;
            } else {
                break;
            }
        }
        let span = self.since(from);
        if items.is_empty() {
            let sign = format!("{}:", name.text);
            self.say(
                span.clone(),
                format!("“{sign}”后面缺少值"),
                format!("a value is missing after “{sign}”"),
            );
        }
        Some(Node::Term(Term { field: Some(name), items, span }))
    }

    /// `主体: 长春` means `主体:长春`, but in `主体: 类型:增速` the value is missing.
    fn skip_blank_before_value(&mut self) {
        if self.peek(0) == Some(&Sign::Blank) && (self.value_at(1) || self.peek(1) == Some(&Sign::Open)) {
            self.at += 1;
        }
    }

    fn starts_value(&self) -> bool {
        self.value_at(0)
    }

    fn value_at(&self, ahead: usize) -> bool {
        match self.peek(ahead) {
            Some(Sign::Word(_)) => !matches!(self.peek(ahead + 1), Some(Sign::Colon | Sign::Compare(_))),
            Some(Sign::Literal { .. } | Sign::Compare(_) | Sign::Range) => true,
            _ => false,
        }
    }

    /// One value; says so if an operand is missing. Reads at least one token.
    fn item(&mut self, in_field: bool) -> Option<Item> {
        let span = self.span(0);
        if let Some(&Sign::Compare(op)) = self.peek(0) {
            self.at += 1;
            self.skip_blank_before_value();
            return match self.peek(0) {
                Some(Sign::Word(_) | Sign::Literal { .. }) if self.value_at(0) => {
                    let piece = self.piece(true)?;
                    Some(Item::Compare(op, piece))
                }
                _ => {
                    let sign = op.as_str();
                    self.say(
                        span,
                        format!("“{sign}”后面缺少数值"),
                        format!("a number is missing after “{sign}”"),
                    );
                    None
                }
            };
        }
        let low = if self.peek(0) == Some(&Sign::Range) { None } else { Some(self.piece(in_field)?) };
        if self.peek(0) != Some(&Sign::Range) {
            return low.map(Item::Is);
        }
        let range = self.span(0);
        self.at += 1;
        let high = if self.value_at(0) && matches!(self.peek(0), Some(Sign::Word(_) | Sign::Literal { .. })) {
            self.piece(true)
        } else {
            None
        };
        if low.is_none() && high.is_none() {
            self.say(range, "“..”两边都没有值", "both ends of “..” are missing");
            return None;
        }
        Some(Item::Range(low, high))
    }

    fn piece(&mut self, in_value: bool) -> Option<Piece> {
        let span = self.span(0);
        let token = self.tokens.get(self.at)?;
        let (text, literal, closed) = match &token.sign {
            Sign::Word(text) => (text.clone(), !is_plain(text, in_value), true),
            Sign::Literal { text, closed } => (text.clone(), true, *closed),
            _ => {
                self.at += 1;
                return None;
            }
        };
        self.at += 1;
        if !closed {
            self.say(span.clone(), "引号没有配对", "this quotation mark is not closed");
        }
        if text.is_empty() {
            return None;
        }
        Some(Piece { text, literal, span })
    }
}

/// Whether a word, written down without quotation marks, is read as that word again.
pub(super) fn is_plain(text: &str, in_value: bool) -> bool {
    let prefix = if in_value { "a:" } else { "" };
    let tokens = lex(&format!("{prefix}{text}"));
    matches!(tokens.last(), Some(Token { sign: Sign::Word(word), .. }) if word == text)
        && tokens.len() == if in_value { 3 } else { 1 }
}

impl fmt::Display for Piece {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.literal {
            return f.write_str(&self.text);
        }
        f.write_str("\"")?;
        for c in self.text.chars() {
            if super::lex::narrow(c) == '"' || super::lex::narrow(c) == '\\' {
                f.write_str("\\")?;
            }
            write!(f, "{c}")?;
        }
        f.write_str("\"")
    }
}

impl fmt::Display for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let end = |piece: &Option<Piece>| piece.as_ref().map(ToString::to_string).unwrap_or_default();
        match self {
            Self::Is(piece) => write!(f, "{piece}"),
            Self::Compare(op, piece) => write!(f, "{}{piece}", op.as_str()),
            Self::Range(low, high) => write!(f, "{}..{}", end(low), end(high)),
        }
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(field) = &self.field {
            write!(f, "{}:", field.text)?;
        }
        let mut before = String::new();
        for item in &self.items {
            let text = item.to_string();
            let between = match (before.chars().next_back(), text.chars().next()) {
                (None, _) => "",
                // A comma between two digits would be part of the number.
                (Some(a), Some(b)) if a.is_ascii_digit() && b.is_ascii_digit() => ";",
                _ => ",",
            };
            write!(f, "{between}{text}")?;
            before = text;
        }
        Ok(())
    }
}

/// The text of a tree; reading it again gives the same tree.
impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |f: &mut fmt::Formatter<'_>, nodes: &[Node], between: &str| {
            for (n, node) in nodes.iter().enumerate() {
                f.write_str(if n == 0 { "" } else { between })?;
                // An alternative inside a conjunction needs brackets, not the other way round.
                if matches!(node, Node::Or(_)) { write!(f, "({node})")? } else { write!(f, "{node}")? }
            }
            Ok(())
        };
        match self {
            Self::And(nodes) => list(f, nodes, " "),
            Self::Or(nodes) => list(f, nodes, " | "),
            Self::Not(node) if matches!(**node, Self::And(_) | Self::Or(_)) => write!(f, "-({node})"),
            Self::Not(node) => write!(f, "-{node}"),
            Self::Term(term) => write!(f, "{term}"),
        }
    }
}
