//! Queries that have names, and the queries used last.
//!
//! 大额 is `>=100亿元 排序:-数值` → `@大额 主体:长春` asks for both

use super::field::best_names;
use super::parse::Piece;
use super::resolve::{Filter, Resolver};
use super::{Message, Query};
use crate::index::fold::fold;

/// Queries by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Saved {
    /// Name as given and query, in order of saving.
    queries: Vec<(String, String)>,
}

/// The characters of a name that count: `状态:目标` is asked for as `@状态目标`.
fn plain(name: &str) -> String {
    fold(name).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Whether two names are one: neither blanks nor signs tell queries apart.
pub fn same_name(a: &str, b: &str) -> bool {
    a == b || !plain(a).is_empty() && plain(a) == plain(b)
}

impl Saved {
    /// Keeps a query under a name; one of the same name makes room for it. False for a name without a
    /// letter or digit, which nobody could ask for.
    pub fn keep(&mut self, name: &str, query: &str) -> bool {
        if plain(name).is_empty() {
            return false;
        }
        self.forget(name);
        self.queries.push((name.trim().to_owned(), query.trim().to_owned()));
        true
    }

    /// Drops the query of just this name; false if there is none.
    pub fn forget(&mut self, name: &str) -> bool {
        let before = self.queries.len();
        self.queries.retain(|(known, _)| plain(known) != plain(name));
        self.queries.len() < before
    }

    /// Names and queries, in order of saving.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.queries.iter().map(|(name, query)| (name.as_str(), query.as_str()))
    }

    /// Those with this name, an unambiguous beginning of it, or its pinyin.
    fn named(&self, name: &str) -> Vec<&(String, String)> {
        let names: Vec<String> = self.queries.iter().map(|(name, _)| plain(name)).collect();
        let found = best_names(&plain(name), names.iter().map(|name| vec![name.as_str()]));
        found.into_iter().filter_map(|n| self.queries.get(n)).collect()
    }

    /// What could stand for a half-typed `@name`: names as they are typed, each with its query.
    pub fn complete(&self, typed: &str) -> Vec<(String, &str)> {
        let typed = plain(typed);
        let all = self.queries.iter().filter(|_| typed.is_empty());
        let found = if typed.is_empty() { all.collect() } else { self.named(&typed) };
        found.into_iter().map(|(name, query)| (format!("@{}", plain(name)), query.as_str())).collect()
    }
}

impl<N: AsRef<str>, Q: AsRef<str>> FromIterator<(N, Q)> for Saved {
    fn from_iter<I: IntoIterator<Item = (N, Q)>>(queries: I) -> Self {
        let mut saved = Self::default();
        for (name, query) in queries {
            saved.keep(name.as_ref(), query.as_ref());
        }
        saved
    }
}

/// Whether a word asks for a saved query.
pub(super) fn is_name(piece: &Piece) -> bool {
    !piece.literal && piece.text.starts_with('@')
}

impl Resolver<'_> {
    /// The conditions of a saved query, as if they were typed in its place in brackets.
    pub(super) fn saved_query(&mut self, piece: &Piece, top: bool) -> Option<Filter> {
        let asked = piece.text.trim_start_matches('@');
        let saved = self.saved;
        let found = saved.named(asked);
        let [(name, text)] = found.as_slice() else {
            let names: Vec<&str> = found.iter().map(|(name, _)| name.as_str()).collect();
            let (zh, en) = if names.is_empty() {
                (format!("没有名为“{asked}”的查询"), format!("no query is kept as “{asked}”"))
            } else {
                (
                    format!("“{asked}”可以是{}", names.join("、")),
                    format!("“{asked}” may be {}", names.join(", ")),
                )
            };
            self.say(&piece.span, zh, en);
            return None;
        };
        if self.inside.contains(name) {
            self.say(&piece.span, format!("“{name}”引用了它自己"), format!("“{name}” asks for itself"));
            return None;
        }
        let query = Query::parse(text);
        let own = self.messages.len();
        self.messages.extend(query.messages);
        self.inside.push(name.clone());
        let filter = self.node(&query.tree, top);
        self.inside.pop();
        // What is wrong inside it is shown at its name: its own text is not on the screen.
        let inner: Vec<Message> = self.messages.drain(own..).collect();
        self.messages
            .extend(inner.into_iter().map(|message| Message { span: piece.span.clone(), ..message }));
        filter
    }
}

/// Most queries remembered.
const REMEMBERED: usize = 200;

/// The queries used last, each once, the latest at the end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    queries: Vec<String>,
}

impl History {
    /// From the lines of a file, the latest last.
    pub fn parse(lines: &str) -> Self {
        let mut history = Self::default();
        lines.lines().for_each(|line| history.push(line));
        history
    }

    /// Makes a query the latest one. Blank ones are not remembered.
    pub fn push(&mut self, query: &str) {
        let query = query.split(['\n', '\r']).next().unwrap_or("").trim();
        if query.is_empty() {
            return;
        }
        self.queries.retain(|old| old != query);
        self.queries.push(query.to_owned());
        let over = self.queries.len().saturating_sub(REMEMBERED);
        self.queries.drain(..over);
    }

    /// A query a line, the latest last.
    pub fn lines(&self) -> String {
        self.queries.iter().flat_map(|query| [query, "\n"]).collect()
    }

    pub fn queries(&self) -> &[String] {
        &self.queries
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_kept_once_and_found_by_what_they_begin_with() {
        let mut saved: Saved = [("大额", ">1亿元"), ("状态:目标", "状态:目标")].into_iter().collect();
        assert!(saved.keep("大额", ">=100亿元") && !saved.keep(" :", "甲"));
        let all: Vec<_> = saved.iter().collect();
        assert_eq!(all, [("状态:目标", "状态:目标"), ("大额", ">=100亿元")]);
        let offered = |typed: &str| -> Vec<String> {
            saved.complete(typed).into_iter().map(|(name, _)| name).collect()
        };
        assert_eq!(offered("@"), ["@状态目标", "@大额"]);
        assert_eq!(offered("@大"), ["@大额"]);
        assert_eq!(offered("@zt"), ["@状态目标"]);
        assert!(saved.forget("大额") && !saved.forget("大额"));
    }

    #[test]
    fn history_keeps_each_query_once() {
        let mut history = History::parse("甲\n乙\n\n甲\n");
        assert_eq!(history.queries(), ["乙", "甲"]);
        history.push(" 丙\n丁 ");
        history.push("  ");
        assert_eq!(history.lines(), "乙\n甲\n丙\n");
        (0..300).for_each(|n| history.push(&n.to_string()));
        assert_eq!(
            (history.queries().len(), history.queries().last().unwrap().as_str()),
            (REMEMBERED, "299")
        );
    }
}
