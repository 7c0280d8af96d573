//! Every text of the interface, in Chinese and English.

use crate::model::Lang;

/// Declares the texts: `Name: "中文", "English";`.
macro_rules! texts {
    ($($name:ident: $zh:literal, $en:literal;)+) => {
        /// A text of the interface.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Text { $($name),+ }

        impl Text {
            /// Every text, for the test that none is missing.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The text in a language.
            pub const fn of(self, lang: Lang) -> &'static str {
                match (lang, self) {
                    $((Lang::Zh, Self::$name) => $zh, (Lang::En, Self::$name) => $en,)+
                }
            }
        }
    };
}

texts! {
    App: "指标", "zhibiao";
    Detail: "详情", "Detail";
    Documents: "文档", "Documents";
    Figures: "指标", "Figures";
    Source: "原文", "Source";
    Everything: "全部", "All";
    DocumentCount: "篇", "docs";
    FigureCount: "条", "figures";
    NothingFits: "没有符合的指标", "no figure fits";
    NoFigures: "这份数据里没有指标", "this dataset holds no figures";
    Searching: "搜索中", "searching";
    Reading: "读取中", "reading";
    Stopped: "已停止", "stopped";
    Lost: "数据文件已变,请重新打开", "the dataset changed: open it again";
    SearchStopped: "搜索已停止,显示的是先前的结果", "the search was stopped: what was found before is shown";
    Milliseconds: "毫秒", "ms";
    Paragraph: "第 # 段", "para. #";
    Place: "位置", "Place";
    Siblings: "同句指标", "Same sentence";
    CanonicalName: "标准名称", "Canonical name";
    File: "文件", "File";
    RawCharacters: "原文件第 # 字", "raw characters #";
    LineColumn: "行:列 #", "line:column #";
    FileLine: "第 # 行", "line #";
    UnitInferred: "据上下文补出", "from context";
    OrderText: "原文顺序", "text order";
    Sorted: "排序", "sorted";
    Reversed: "倒序", "reversed";
    YearOnYear: "上年同期", "a year earlier";
    YearlyAverage: "年均", "yearly average";
    Yearly: "每年", "yearly";
    RawShown: "原文件", "raw file";
    RawMissing: "读不到原文件,显示整理后的文字", "raw file not readable: cleaned text shown";
    DroppedHere: "清理时略去 # 处", "# stretches were left out";
    Overview: "概览", "Overview";
    Count: "条数", "Count";
    Without: "(无)", "(none)";
    Rejected: "未取的数字", "Numbers left out";
    Number: "数字", "Number";
    Reason: "理由", "Reason";
    Rule: "依据", "Rule";
    Basket: "选集", "Basket";
    BasketEmpty: "选集是空的:在指标上按空格选取", "the basket is empty: Space marks a figure";
    Format: "格式", "format";
    Columns: "列", "Columns";
    Targets: "目标", "Targets";
    Aim: "目标值", "Aim";
    LatestFact: "最新事实", "Latest fact";
    When: "事实时期", "of";
    Distance: "差距", "Distance";
    Reached: "已达到", "reached";
    Missing: "差", "short by";
    WithFact: "有事实可比,差得最远的在前", "With a fact to compare, the furthest first";
    WithoutFact: "没有可比的事实", "Without a fact to compare";
    Rules: "规则", "Rules";
    Checks: "核对", "Checks";
    Checking: "正在核对……", "checking ...";
    Arithmetic: "算式", "Arithmetic";
    Compare: "对比", "Compare";
    NothingToCompare: "没有可对比的指标", "nothing to compare";
    Against: "比 #", "against #";
    Commands: "命令", "Commands";
    Copied: "已复制 # 条", "# copied";
    ByTerminal: "经终端 (OSC 52)", "by the terminal (OSC 52)";
    ByTmux: "经 tmux 转给终端 (OSC 52)", "through tmux (OSC 52)";
    ByTool: "经 #", "by #";
    OnLeaving: "退出时打印", "printed on leaving";
    TooLong: "内容太长,请用 e 存为文件", "too long for the clipboard: e saves to a file";
    NothingToCopy: "没有可复制的", "nothing to copy";
    SaveAs: "存为", "Save as";
    Endings: "文件名以 .csv .tsv .md .json .jsonl .txt 结尾", "the name ends in .csv .tsv .md .json .jsonl or .txt";
    Views: "视图", "Views";
    AtName: "过滤条件中用 @名称 引用", "in a filter @name stands for one's filter";
    NoViews: "还没有视图:过滤、列、排序可以合起来存为一个", "no views yet: a filter, columns and an order can be kept as one";
    History: "用过的条件", "Filters used before";
    NoHistory: "还没有用过条件", "no filter was used yet";
    ViewName: "视图名称", "Name of the view";
    ViewKept: "视图已保存: #", "view kept: #";
    NotShown: "打不开: #", "cannot be shown: #";
    GroupedBy: "分组: #", "grouped by: #";
    Ungrouped: "不分组", "not grouped";
    BySource: "来源", "source";
    ByYear: "年份", "year";
    ChooseIndicators: "选择对比的指标", "Indicators to compare";
    Periods: "时期数", "Periods";
    SubjectCount: "主体数", "Subjects";
    Growth: "增速", "growth";
    Elsewhere: "别处同一指标", "Same elsewhere";
    Agrees: "一致", "agrees";
    Differs: "不一致", "differs";
    Parts: "其中", "Parts";
    FirstKeys: "初次使用", "First time here";
    Exists: "# 已存在,覆盖吗?", "# exists. Overwrite it?";
    Saved: "已存为 #", "saved as #";
    NotSaved: "没有存成: #", "not saved: #";
    MouseOn: "鼠标已开(按住 Shift 选字)", "mouse on (Shift selects text)";
    MouseOff: "鼠标已关", "mouse off";
    WidthsTooLate: "终端迟说它把 “ … ─ 画成两列: 可用 --ambiguous-width 2", "late answer: this terminal draws “ … ─ wide; try --ambiguous-width 2";
    Subjects: "主体", "Subject";
    NeedsAll: "这要知道全部数值;这里只有 Spark 表的一页", "this needs all figures; here is one page of a table in Spark";
    KeysHere: "这里的按键", "Keys that work here";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_is_empty_and_every_place_is_kept() {
        for text in Text::ALL {
            let (zh, en) = (text.of(Lang::Zh), text.of(Lang::En));
            assert!(!zh.is_empty() && !en.is_empty(), "{text:?}");
            assert_eq!(zh.contains('#'), en.contains('#'), "{text:?}");
        }
    }
}
