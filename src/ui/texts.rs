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
