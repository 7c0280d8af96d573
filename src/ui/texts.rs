//! Every text of the interface, in Chinese and English.

/// The language of the interface.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    #[default]
    Zh,
    En,
}

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
    Documents: "文档", "Documents";
    Figures: "指标", "Figures";
    Source: "原文", "Source";
    Everything: "全部", "All";
    Help: "帮助", "Help";
    Detail: "详情", "Detail";
    Filter: "过滤", "Filter";
    DocumentCount: "篇", "docs";
    FigureCount: "条", "figures";
    NothingFits: "没有符合的指标", "no figure fits";
    NoFigures: "这份数据里没有指标", "this dataset holds no figures";
    Paragraph: "第 # 段", "para. #";
    Indicator: "指标", "Indicator";
    Subject: "主体", "Subject";
    Period: "时期", "Period";
    Value: "数值", "Value";
    Kind: "类型", "Kind";
    Status: "性质", "Status";
    Quote: "原文写法", "Quote";
    Unit: "单位", "Unit";
    Bound: "界限", "Bound";
    Of: "相对于", "Of";
    Parent: "其中所属", "Part of";
    Owners: "责任单位", "Owners";
    Document: "文档", "Document";
    Date: "日期", "Date";
    Origin: "来源", "Source";
    Section: "章节", "Section";
    Place: "位置", "Place";
    Sentence: "句子", "Sentence";
    Siblings: "同句指标", "Same sentence";
    Confidence: "把握", "Confidence";
    CanonicalName: "标准名称", "Canonical name";
    File: "文件", "File";
    Url: "网址", "URL";
    Identity: "编号", "Id";
    RawCharacters: "原文件第 # 字", "raw characters #";
    LineColumn: "行:列 #", "line:column #";
    FileLine: "第 # 行", "line #";
    UnitInferred: "据上下文补出", "from context";
    OrderText: "原文顺序", "text order";
    Sorted: "排序", "sorted";
    Reversed: "倒序", "reversed";
    ActualStatus: "事实", "fact";
    TargetStatus: "目标", "target";
    RuleStatus: "规则", "rule";
    LevelKind: "总量", "level";
    ChangeKind: "增量", "change";
    GrowthKind: "增速", "growth";
    ShareKind: "占比", "share";
    RateKind: "比率", "rate";
    RankKind: "位次", "rank";
    DurationKind: "时长", "length";
    EqBound: "等于", "exactly";
    GtBound: "超过", "more than";
    GeBound: "不少于", "at least";
    LtBound: "不到", "less than";
    LeBound: "不超过", "at most";
    ApproxBound: "约", "about";
    YearOnYear: "上年同期", "a year earlier";
    YearlyAverage: "年均", "yearly average";
    Yearly: "每年", "yearly";
    RankSign: "第 # 位", "no. #";
    RawShown: "原文件", "raw file";
    RawMissing: "读不到原文件,显示整理后的文字", "raw file not readable: cleaned text shown";
    DroppedHere: "清理时略去 # 处", "# stretches were left out";
    TooSmall: "窗口太小", "window too small";
    KeysHere: "这里的按键", "Keys that work here";
    FirstKeys: "/ 过滤  ↑↓ 选择  Tab 换栏  Enter 详情  ? 帮助  q 退出", "/ filter  Up/Down select  Tab pane  Enter detail  ? help  q quit";
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
