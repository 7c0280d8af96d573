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
    /// A list of rows with something behind each: overview, targets, numbers left out, history.
    List,
    /// The marked figures.
    Basket,
    /// The table's columns.
    Columns,
    /// The views that have names.
    Views,
    /// The indicators to compare.
    Indicators,
    /// One indicator's subjects and periods.
    Compare,
    /// The list of keys.
    Help,
    /// Typing into the list of commands.
    Palette,
    /// Typing the name of a file or view.
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
        Self::Views,
        Self::Indicators,
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
            Self::List => {
                ("概览、目标、核对、未取的数字、历史", "Overview, targets, checks, numbers left out, history")
            }
            Self::Basket => ("选集", "Basket"),
            Self::Columns => ("列", "Columns"),
            Self::Views => ("视图", "Views"),
            Self::Indicators => ("选择对比的指标", "Indicators to compare"),
            Self::Compare => ("对比", "Compare"),
            Self::Help => ("帮助", "Help"),
            Self::Palette => ("命令", "Commands"),
            Self::Prompt => ("输入名称", "Typing a name"),
            Self::Confirm => ("确认", "Confirm"),
        };
        match lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }

    /// Its name in the configuration.
    pub fn id(self) -> String {
        kebab(&format!("{self:?}"))
    }

    pub fn named(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|context| context.id() == id)
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
    Checks,
    Columns,
    Views,
    History,
    Group,
    Pager,
    Editor,
    Indicators,
    NarrowerLeft,
    WiderLeft,
    LowerBelow,
    HigherBelow,
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

impl Action {
    /// Its name in the configuration: `next-in-text`.
    pub fn id(self) -> String {
        kebab(&format!("{self:?}"))
    }

    pub fn named(id: &str) -> Option<Self> {
        BINDINGS.iter().map(|binding| binding.action).find(|action| action.id() == id)
    }
}

/// `NextInText` → `next-in-text`
fn kebab(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        if c.is_ascii_uppercase() && !out.is_empty() {
            out.push('-');
        }
        out.push(c.to_ascii_lowercase());
    }
    out
}

/// A row of the key table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
}

use Context::{
    Basket, Browse, Columns, Compare, Confirm, Detail, Filter, Help, Indicators, List, Palette, Prompt, Views,
};

/// Where rows are walked through.
const LISTS: &[Context] = &[Browse, Detail, List, Basket, Columns, Views, Indicators, Compare, Help];
/// Where a figure or number is selected that stands in a file.
const PLACES: &[Context] = &[Browse, Detail, List, Basket, Compare];
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
    row(&[Columns], "s f6", Action::Sort, "按此列排序", "sort by it"),
    row(&[Browse, Columns], "S f7", Action::Reverse, "倒序", "reverse"),
    row(&[Browse], "z f11", Action::Group, "分组", "group"),
    foot(&[Browse], "o f2", Action::Overview, "概览", "overview"),
    foot(&[Browse], "c", Action::Compare, "对比", "compare"),
    foot(&[Browse], "t", Action::Targets, "目标", "targets"),
    row(&[Browse], "x", Action::Checks, "核对", "checks"),
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
    row(&[Browse], "w", Action::Views, "视图", "views"),
    row(&[Browse], "H", Action::History, "用过的条件", "filters used before"),
    row(&[Filter], "C-r", Action::History, "用过的条件", "filters used before"),
    foot(&[Views], "enter", Action::Open, "使用", "use"),
    foot(&[Views], "w ins", Action::Export, "保存当前视图", "keep the present one"),
    foot(&[Views], "del", Action::Remove, "删除", "delete"),
    row(PLACES, "p", Action::Pager, "用分页程序看文件", "file in the pager"),
    row(PLACES, "E f12", Action::Editor, "用编辑器开文件", "file in the editor"),
    foot(&[Browse, Detail], "] f8", Action::NextInText, "文中下一条", "next in text"),
    foot(&[Browse, Detail], "[ f5", Action::PreviousInText, "文中上一条", "previous in text"),
    foot(&[Compare], "i f2", Action::Indicators, "选指标", "choose indicators"),
    foot(&[Indicators], "enter", Action::Open, "对比", "compare"),
    foot(&[Indicators], "space ins", Action::Mark, "选取", "mark"),
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
    row(&[Palette], "down", Action::Down, "下一行", "next row"),
    row(&[Palette], "up", Action::Up, "上一行", "previous row"),
    row(&[Filter, Palette], "pgdn", Action::PageDown, "下一页", "next page"),
    row(&[Filter, Palette], "pgup", Action::PageUp, "上一页", "previous page"),
    row(&[Filter], "up C-p", Action::PreviousIndicator, "上一个条件", "earlier filter"),
    row(&[Filter], "down C-n", Action::NextIndicator, "下一个条件", "later filter"),
    row(INPUTS, "left", Action::CaretLeft, "左移", "left"),
    row(INPUTS, "right", Action::CaretRight, "右移", "right"),
    row(INPUTS, "home C-a", Action::CaretHome, "到行首", "to the start"),
    row(INPUTS, "end C-e", Action::CaretEnd, "到行尾", "to the end"),
    row(INPUTS, "backspace", Action::DeleteBack, "删前一字", "delete before the caret"),
    row(INPUTS, "del", Action::DeleteForward, "删后一字", "delete after the caret"),
    row(INPUTS, "C-w", Action::DeleteWord, "删前一词", "delete the word before"),
    row(INPUTS, "C-u", Action::DeleteAll, "清空", "delete all"),
    foot(
        &[Detail, Help, List, Basket, Columns, Views, Indicators, Compare],
        "esc q",
        Action::Back,
        "返回",
        "back",
    ),
    row(&[Browse], "esc", Action::Back, "清除过滤和选择", "clear filter and selection"),
    row(&[Browse], "m", Action::Mouse, "鼠标开关", "mouse on or off"),
    row(&[Browse], "<", Action::NarrowerLeft, "文档栏变窄", "narrower documents"),
    row(&[Browse], ">", Action::WiderLeft, "文档栏变宽", "wider documents"),
    row(&[Browse], "-", Action::LowerBelow, "原文栏变矮", "lower source"),
    row(&[Browse], "+ =", Action::HigherBelow, "原文栏变高", "higher source"),
    row(&[Browse], ": f9", Action::Palette, "命令", "commands"),
    foot(
        &[Browse, Detail, List, Basket, Columns, Views, Indicators, Compare],
        "? f1",
        Action::Help,
        "帮助",
        "help",
    ),
    row(INPUTS, "f1", Action::Help, "帮助", "help"),
    row(&[Help], "? f1", Action::Back, "返回", "back"),
    foot(&[Browse], "q f10 C-c", Action::Quit, "退出", "quit"),
    row(
        &[Filter, Detail, List, Basket, Columns, Views, Indicators, Compare, Help, Palette, Prompt, Confirm],
        "C-c",
        Action::Quit,
        "退出",
        "quit",
    ),
    row(Context::ALL, "C-l", Action::Redraw, "重画屏幕", "redraw the screen"),
    row(Context::ALL, "C-z", Action::Suspend, "挂起", "suspend"),
];

/// The rows that a context has from the start, in the table's order.
pub fn bindings(context: Context) -> impl Iterator<Item = &'static Binding> {
    BINDINGS.iter().filter(move |b| b.contexts.contains(&context))
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
        let keys = crate::ui::Keys::default();
        assert_eq!(keys.action(Browse, Key::char('／')), Some(Action::Filter));
        assert_eq!(keys.action(Browse, Key::char('ｑ')), Some(Action::Quit));
        assert_eq!(keys.action(Filter, Key::char('ｑ')), None);
    }

    #[test]
    fn every_action_and_context_has_a_name_of_its_own() {
        for binding in BINDINGS {
            let name = binding.action.id();
            assert_eq!(Action::named(&name), Some(binding.action), "{name}");
        }
        assert_eq!(Action::NextInText.id(), "next-in-text");
        for context in Context::ALL {
            assert_eq!(Context::named(&context.id()), Some(*context));
        }
    }
}
