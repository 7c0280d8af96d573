//! The one key table: it feeds dispatch, the footer, the help and the documentation.
//!
//! `(Browse, "j down", Down, "下一行", "next row")`: in the browser, `j` and the down arrow go one row down.

use super::key::Key;
use crate::model::Lang;

/// Where a key is pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Context {
    /// The three panes.
    Browse,
    /// Typing the filter.
    Filter,
    /// All fields of one figure.
    Detail,
    /// The list of keys.
    Help,
}

impl Context {
    pub const ALL: &'static [Self] = &[Self::Browse, Self::Filter, Self::Detail, Self::Help];

    /// Its name in the documentation and the help.
    pub const fn name(self, lang: Lang) -> &'static str {
        match (lang, self) {
            (Lang::Zh, Self::Browse) => "浏览",
            (Lang::Zh, Self::Filter) => "输入过滤条件",
            (Lang::Zh, Self::Detail) => "详情",
            (Lang::Zh, Self::Help) => "帮助",
            (Lang::En, Self::Browse) => "Browse",
            (Lang::En, Self::Filter) => "Typing a filter",
            (Lang::En, Self::Detail) => "Detail",
            (Lang::En, Self::Help) => "Help",
        }
    }

    /// Whether plain characters are typed here rather than taken as commands.
    pub const fn types(self) -> bool {
        matches!(self, Self::Filter)
    }
}

/// What a key does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    Quit,
    Back,
    Help,
    Open,
    Up,
    Down,
    Left,
    Right,
    PageUp,
    PageDown,
    Top,
    Bottom,
    NextPane,
    PreviousPane,
    Filter,
    Accept,
    Sort,
    Reverse,
    PreviousInText,
    NextInText,
    Raw,
    Redraw,
    Suspend,
    CaretLeft,
    CaretRight,
    CaretHome,
    CaretEnd,
    DeleteBack,
    DeleteForward,
    DeleteWord,
    DeleteAll,
}

/// A row of the key table.
#[derive(Clone, Copy, Debug)]
pub struct Binding {
    pub contexts: &'static [Context],
    /// Key names separated by blanks; the first is the one shown in the footer.
    pub keys: &'static str,
    pub action: Action,
    pub zh: &'static str,
    pub en: &'static str,
    /// Shown in the footer.
    pub footer: bool,
}

impl Binding {
    pub const fn text(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => self.zh,
            Lang::En => self.en,
        }
    }

    pub fn keys(&self) -> impl Iterator<Item = Key> {
        self.keys.split(' ').filter_map(Key::parse)
    }

    /// The first key, as people read it.
    pub fn label(&self) -> String {
        self.keys().next().map(|k| k.to_string()).unwrap_or_default()
    }

    /// All keys, as people read them.
    pub fn labels(&self) -> String {
        self.keys().map(|k| k.to_string()).collect::<Vec<_>>().join("  ")
    }
}

const B: Context = Context::Browse;
const F: Context = Context::Filter;
const D: Context = Context::Detail;
const H: Context = Context::Help;

const fn row(
    contexts: &'static [Context],
    keys: &'static str,
    action: Action,
    zh: &'static str,
    en: &'static str,
) -> Binding {
    Binding { contexts, keys, action, zh, en, footer: false }
}

/// A row that the footer shows.
const fn foot(
    contexts: &'static [Context],
    keys: &'static str,
    action: Action,
    zh: &'static str,
    en: &'static str,
) -> Binding {
    Binding { contexts, keys, action, zh, en, footer: true }
}

/// Every key of the explorer.
pub const BINDINGS: &[Binding] = &[
    foot(&[B], "/ f3", Action::Filter, "过滤", "filter"),
    foot(&[F], "enter", Action::Accept, "保留条件", "keep the filter"),
    foot(&[F], "esc", Action::Back, "清除条件", "clear the filter"),
    foot(&[B], "enter", Action::Open, "详情", "detail"),
    foot(&[B], "s f6", Action::Sort, "排序", "sort"),
    row(&[B], "S f7", Action::Reverse, "倒序", "reverse"),
    foot(&[B, D], "] f8", Action::NextInText, "文中下一条", "next in text"),
    foot(&[B, D], "[ f5", Action::PreviousInText, "文中上一条", "previous in text"),
    foot(&[B], "r f4", Action::Raw, "原文件", "raw file"),
    foot(&[B], "tab", Action::NextPane, "换栏", "next pane"),
    row(&[B], "backtab", Action::PreviousPane, "上一栏", "previous pane"),
    row(&[B, D, H], "down j", Action::Down, "下一行", "next row"),
    row(&[B, D, H], "up k", Action::Up, "上一行", "previous row"),
    row(&[B], "left h", Action::Left, "左边一栏", "pane to the left"),
    row(&[B], "right l", Action::Right, "右边一栏", "pane to the right"),
    row(&[B, D, H], "pgdn C-f", Action::PageDown, "下一页", "next page"),
    row(&[B, D, H], "pgup C-b", Action::PageUp, "上一页", "previous page"),
    row(&[B, D, H], "home g", Action::Top, "第一行", "first row"),
    row(&[B, D, H], "end G", Action::Bottom, "最后一行", "last row"),
    row(&[F], "down", Action::Down, "下一行", "next row"),
    row(&[F], "up", Action::Up, "上一行", "previous row"),
    row(&[F], "pgdn", Action::PageDown, "下一页", "next page"),
    row(&[F], "pgup", Action::PageUp, "上一页", "previous page"),
    row(&[F], "left", Action::CaretLeft, "左移", "left"),
    row(&[F], "right", Action::CaretRight, "右移", "right"),
    row(&[F], "home C-a", Action::CaretHome, "到行首", "to the start"),
    row(&[F], "end C-e", Action::CaretEnd, "到行尾", "to the end"),
    row(&[F], "backspace", Action::DeleteBack, "删前一字", "delete before the caret"),
    row(&[F], "del", Action::DeleteForward, "删后一字", "delete after the caret"),
    row(&[F], "C-w", Action::DeleteWord, "删前一词", "delete the word before"),
    row(&[F], "C-u", Action::DeleteAll, "清空", "delete all"),
    foot(&[D, H], "esc left q h", Action::Back, "返回", "back"),
    row(&[B], "esc", Action::Back, "清除过滤和选择", "clear filter and selection"),
    foot(&[B, D], "? f1", Action::Help, "帮助", "help"),
    row(&[H], "? f1", Action::Back, "返回", "back"),
    foot(&[B], "q f10 C-c", Action::Quit, "退出", "quit"),
    row(&[F, D, H], "C-c", Action::Quit, "退出", "quit"),
    row(&[B, F, D, H], "C-l", Action::Redraw, "重画屏幕", "redraw the screen"),
    row(&[B, F, D, H], "C-z", Action::Suspend, "挂起", "suspend"),
];

/// The rows that work in a context, in the table's order.
pub fn bindings(context: Context) -> impl Iterator<Item = &'static Binding> {
    BINDINGS.iter().filter(move |b| b.contexts.contains(&context))
}

/// What a key does in a context. Where characters are typed a plain one is no command, and is
/// not folded.
pub fn action(context: Context, key: Key) -> Option<Action> {
    if context.types() && key.typed().is_some() {
        return None;
    }
    let key = key.folded();
    bindings(context).find(|b| b.keys().any(|k| k == key)).map(|b| b.action)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::key::Code;
    use std::collections::HashSet;

    #[test]
    fn every_key_name_is_known_and_bound_once_in_its_context() {
        for &context in Context::ALL {
            let mut seen = HashSet::new();
            for binding in bindings(context) {
                assert_eq!(binding.keys().count(), binding.keys.split(' ').count(), "{}", binding.keys);
                for key in binding.keys() {
                    assert!(seen.insert(key), "{key} twice in {context:?}");
                }
            }
        }
    }

    #[test]
    fn every_action_has_a_key_that_is_no_letter() {
        for &context in Context::ALL {
            for binding in bindings(context) {
                assert!(
                    binding.keys().any(|k| k.ctrl || !matches!(k.code, Code::Char('a'..='z' | 'A'..='Z'))),
                    "{:?} in {context:?}",
                    binding.action
                );
            }
        }
    }

    #[test]
    fn full_width_keys_are_commands_only_where_nothing_is_typed() {
        assert_eq!(action(Context::Browse, Key::char('／')), Some(Action::Filter));
        assert_eq!(action(Context::Browse, Key::char('ｑ')), Some(Action::Quit));
        assert_eq!(action(Context::Filter, Key::char('ｑ')), None);
    }
}
