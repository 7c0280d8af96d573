//! The one key table: it feeds dispatch, the footer, the help, the palette and the documentation.
//!
//! `row(LISTS, "down j", Down, "下一行", "next row")`: in every list, the down arrow and `j` go one row down.

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
    /// A list of rows with something behind each: overview, targets, numbers left out.
    List,
    /// The marked figures.
    Basket,
    /// The table's columns.
    Columns,
    /// One indicator's subjects and periods.
    Compare,
    /// The list of keys.
    Help,
    /// Typing into the list of commands.
    Palette,
    /// Typing the name of a file.
    Prompt,
    /// A question answered by yes or no.
    Confirm,
}

impl Context {
    pub const ALL: &'static [Self] = &[
        Self::Browse,
        Self::Filter,
        Self::Detail,
        Self::List,
        Self::Basket,
        Self::Columns,
        Self::Compare,
        Self::Help,
        Self::Palette,
        Self::Prompt,
        Self::Confirm,
    ];

    /// Its name in the documentation and the help.
    pub const fn name(self, lang: Lang) -> &'static str {
        let (zh, en) = match self {
            Self::Browse => ("浏览", "Browse"),
            Self::Filter => ("输入过滤条件", "Typing a filter"),
            Self::Detail => ("详情", "Detail"),
            Self::List => ("概览、目标、未取的数字", "Overview, targets, numbers left out"),
            Self::Basket => ("选集", "Basket"),
            Self::Columns => ("列", "Columns"),
            Self::Compare => ("对比", "Compare"),
            Self::Help => ("帮助", "Help"),
            Self::Palette => ("命令", "Commands"),
            Self::Prompt => ("输入文件名", "Typing a file name"),
            Self::Confirm => ("确认", "Confirm"),
        };
        match lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }

    /// Whether plain characters are typed here rather than taken as commands.
    pub const fn types(self) -> bool {
        matches!(self, Self::Filter | Self::Palette | Self::Prompt)
    }
}

/// What a key does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    Quit,
    Back,
    Help,
    Palette,
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
    Complete,
    Sort,
    Reverse,
    PreviousInText,
    NextInText,
    Raw,
    Mark,
    Basket,
    Remove,
    Copy,
    Format,
    Export,
    Overview,
    Rejected,
    Compare,
    Targets,
    Columns,
    MoveUp,
    MoveDown,
    NextIndicator,
    PreviousIndicator,
    Mouse,
    Yes,
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

use Context::{Basket, Browse, Columns, Compare, Confirm, Detail, Filter, Help, List, Palette, Prompt};

/// Where rows are walked through.
const LISTS: &[Context] = &[Browse, Detail, List, Basket, Columns, Compare, Help];
/// Where text is typed.
const INPUTS: &[Context] = &[Filter, Palette, Prompt];

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
    foot(&[Browse], "/ f3", Action::Filter, "过滤", "filter"),
    foot(&[Filter], "enter", Action::Accept, "保留条件", "keep the filter"),
    foot(&[Filter], "esc", Action::Back, "清除条件", "clear the filter"),
    foot(&[Filter], "tab", Action::Complete, "补全", "complete"),
    foot(&[Browse, Basket, Compare], "enter", Action::Open, "详情", "detail"),
    foot(&[List], "enter", Action::Open, "打开", "open"),
    foot(&[Browse], "s f6", Action::Sort, "排序", "sort"),
    row(&[Browse], "S f7", Action::Reverse, "倒序", "reverse"),
    foot(&[Browse], "o f2", Action::Overview, "概览", "overview"),
    foot(&[Browse], "c", Action::Compare, "对比", "compare"),
    foot(&[Browse], "t", Action::Targets, "目标", "targets"),
    row(&[Browse], "n", Action::Rejected, "未取的数字", "numbers left out"),
    foot(&[Browse], "space ins", Action::Mark, "选取", "mark"),
    row(&[Browse], "b", Action::Basket, "选集", "basket"),
    foot(&[Basket], "del space", Action::Remove, "移出", "remove"),
    foot(&[Columns], "space ins enter", Action::Mark, "显示或隐藏", "show or hide"),
    foot(&[Columns], "left <", Action::MoveUp, "往前移", "move to the left"),
    foot(&[Columns], "right >", Action::MoveDown, "往后移", "move to the right"),
    foot(&[Browse, Detail, Basket, Compare], "y C-y", Action::Copy, "复制", "copy"),
    foot(&[Basket], "f", Action::Format, "格式", "format"),
    row(&[Browse, Detail, Compare], "f", Action::Format, "复制的格式", "format of copies"),
    foot(&[Basket], "e C-s", Action::Export, "存为文件", "save to a file"),
    row(&[Browse], "e C-s", Action::Export, "存为文件", "save to a file"),
    row(&[Browse], "v", Action::Columns, "列的选择", "choose columns"),
    foot(&[Browse, Detail], "] f8", Action::NextInText, "文中下一条", "next in text"),
    foot(&[Browse, Detail], "[ f5", Action::PreviousInText, "文中上一条", "previous in text"),
    foot(&[Compare], "] tab", Action::NextIndicator, "下一指标", "next indicator"),
    foot(&[Compare], "[ backtab", Action::PreviousIndicator, "上一指标", "previous indicator"),
    row(&[Browse, List, Compare], "r f4", Action::Raw, "原文件", "raw file"),
    row(&[Browse], "tab", Action::NextPane, "换栏", "next pane"),
    row(&[Browse], "backtab", Action::PreviousPane, "上一栏", "previous pane"),
    row(LISTS, "down j", Action::Down, "下一行", "next row"),
    row(LISTS, "up k", Action::Up, "上一行", "previous row"),
    row(&[Browse, Compare], "left h", Action::Left, "左边一栏", "to the left"),
    row(&[Browse, Compare], "right l", Action::Right, "右边一栏", "to the right"),
    row(LISTS, "pgdn C-f", Action::PageDown, "下一页", "next page"),
    row(LISTS, "pgup C-b", Action::PageUp, "上一页", "previous page"),
    row(LISTS, "home g", Action::Top, "第一行", "first row"),
    row(LISTS, "end G", Action::Bottom, "最后一行", "last row"),
    foot(&[Help], "/", Action::Filter, "查找", "search"),
    foot(&[Help, Palette], "enter", Action::Open, "执行", "run"),
    foot(&[Palette], "esc", Action::Back, "返回", "back"),
    foot(&[Prompt], "enter", Action::Accept, "保存", "save"),
    foot(&[Prompt], "esc", Action::Back, "取消", "cancel"),
    foot(&[Confirm], "y f10", Action::Yes, "覆盖", "overwrite"),
    foot(&[Confirm], "esc n q", Action::Back, "不覆盖", "do not"),
    row(&[Filter, Palette], "down", Action::Down, "下一行", "next row"),
    row(&[Filter, Palette], "up", Action::Up, "上一行", "previous row"),
    row(&[Filter, Palette], "pgdn", Action::PageDown, "下一页", "next page"),
    row(&[Filter, Palette], "pgup", Action::PageUp, "上一页", "previous page"),
    row(&[Filter], "C-p", Action::PreviousIndicator, "上一个条件", "earlier filter"),
    row(&[Filter], "C-n", Action::NextIndicator, "下一个条件", "later filter"),
    row(INPUTS, "left", Action::CaretLeft, "左移", "left"),
    row(INPUTS, "right", Action::CaretRight, "右移", "right"),
    row(INPUTS, "home C-a", Action::CaretHome, "到行首", "to the start"),
    row(INPUTS, "end C-e", Action::CaretEnd, "到行尾", "to the end"),
    row(INPUTS, "backspace", Action::DeleteBack, "删前一字", "delete before the caret"),
    row(INPUTS, "del", Action::DeleteForward, "删后一字", "delete after the caret"),
    row(INPUTS, "C-w", Action::DeleteWord, "删前一词", "delete the word before"),
    row(INPUTS, "C-u", Action::DeleteAll, "清空", "delete all"),
    foot(&[Detail, Help, List, Basket, Columns, Compare], "esc q", Action::Back, "返回", "back"),
    row(&[Browse], "esc", Action::Back, "清除过滤和选择", "clear filter and selection"),
    row(&[Browse], "m", Action::Mouse, "鼠标开关", "mouse on or off"),
    row(&[Browse], ": f9", Action::Palette, "命令", "commands"),
    foot(&[Browse, Detail, List, Basket, Columns, Compare], "? f1", Action::Help, "帮助", "help"),
    row(&[Help], "? f1", Action::Back, "返回", "back"),
    foot(&[Browse], "q f10 C-c", Action::Quit, "退出", "quit"),
    row(
        &[Filter, Detail, List, Basket, Columns, Compare, Help, Palette, Prompt, Confirm],
        "C-c",
        Action::Quit,
        "退出",
        "quit",
    ),
    row(Context::ALL, "C-l", Action::Redraw, "重画屏幕", "redraw the screen"),
    row(Context::ALL, "C-z", Action::Suspend, "挂起", "suspend"),
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
    fn what_has_only_a_letter_can_be_run_from_the_commands() {
        for &context in Context::ALL {
            for binding in bindings(context) {
                let plain = |k: Key| k.ctrl || !matches!(k.code, Code::Char('a'..='z' | 'A'..='Z'));
                let listed = bindings(Browse).any(|b| b.action == binding.action);
                assert!(binding.keys().any(plain) || listed, "{:?} in {context:?}", binding.action);
            }
        }
        let palette = bindings(Browse).find(|b| b.action == Action::Palette).expect("a palette");
        assert!(palette.keys().any(|k| k.code == Code::F(9)));
    }

    #[test]
    fn full_width_keys_are_commands_only_where_nothing_is_typed() {
        assert_eq!(action(Browse, Key::char('／')), Some(Action::Filter));
        assert_eq!(action(Browse, Key::char('ｑ')), Some(Action::Quit));
        assert_eq!(action(Filter, Key::char('ｑ')), None);
    }
}
