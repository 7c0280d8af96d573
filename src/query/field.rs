//! The one table of the fields a figure has for questions: names, kind of value, meaning.
//!
//! `status`, `stat`, `状态`, `zhuangtai` → [`Field::Status`]. The filter, columns, completion, help, export
//! headers and `docs/query.md` are all made from these rows; a new field is one row here and
//! its value in `show.rs`.

use super::pinyin::Pinyin;
use crate::index::fold::fold;
use crate::model::{Bound, Kind, Lang, Status};

/// A property of a figure that can be asked for, or a clause that shapes the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    Indicator,
    Subject,
    Period,
    Value,
    Unit,
    Status,
    Kind,
    Bound,
    Of,
    Parent,
    Owners,
    Quote,
    Sentence,
    Section,
    Document,
    Source,
    Date,
    Url,
    Confidence,
    Trace,
    Id,
    Has,
    Sort,
    Limit,
}

/// What the values of a field are, and so what can be asked of them.
#[derive(Clone, Copy, Debug)]
pub enum Type {
    /// Any text: matched as a part of it, by pinyin too.
    Text,
    /// A short name: one that equals the word wins over those that contain it.
    Name,
    /// A number with a unit.
    Amount,
    /// A plain number.
    Number,
    /// A stretch of time.
    Period,
    /// One of a closed list.
    Code(&'static [Choice]),
    /// The name of another field.
    Has,
    /// The order of the answer.
    Sort,
    /// How many figures the answer has at most.
    Limit,
}

/// A value of a closed list.
#[derive(Clone, Copy, Debug)]
pub struct Choice {
    /// Its place in the code list (`Status::ALL`, …).
    pub code: u8,
    pub zh: &'static str,
    pub en: &'static str,
    /// Other words for it.
    pub others: &'static [&'static str],
}

/// A row of the table.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    pub field: Field,
    pub zh: &'static str,
    pub en: &'static str,
    /// Other names.
    pub others: &'static [&'static str],
    pub kind: Type,
    /// A word without a field name is looked for here.
    pub in_words: bool,
    /// What it is, in each language.
    pub about_zh: &'static str,
    pub about_en: &'static str,
    /// A query that uses it.
    pub example: &'static str,
}

const fn choice(code: u8, zh: &'static str, en: &'static str, others: &'static [&'static str]) -> Choice {
    Choice { code, zh, en, others }
}

const STATUS: &[Choice] = &[
    choice(Status::Actual as u8, "事实", "actual", &["fact", "实际", "完成"]),
    choice(Status::Target as u8, "目标", "target", &["aim", "计划"]),
    choice(Status::Rule as u8, "规则", "rule", &["标准"]),
];

const KIND: &[Choice] = &[
    choice(Kind::Level as u8, "总量", "level", &["水平", "存量"]),
    choice(Kind::Change as u8, "增量", "change", &["新增"]),
    choice(Kind::Growth as u8, "增速", "growth", &["增长", "增幅"]),
    choice(Kind::Share as u8, "占比", "share", &["比重"]),
    choice(Kind::Rate as u8, "比率", "rate", &[]),
    choice(Kind::Rank as u8, "位次", "rank", &["排名"]),
    choice(Kind::Duration as u8, "时长", "duration", &["期限"]),
];

const BOUND: &[Choice] = &[
    choice(Bound::Eq as u8, "等于", "eq", &["exactly"]),
    choice(Bound::Gt as u8, "超过", "gt", &["突破", "余"]),
    choice(Bound::Ge as u8, "至少", "ge", &["不少于", "不低于", "以上"]),
    choice(Bound::Lt as u8, "不到", "lt", &["不足"]),
    choice(Bound::Le as u8, "至多", "le", &["不超过", "以内"]),
    choice(Bound::Approx as u8, "约", "approx", &["近", "左右", "about"]),
];

macro_rules! rows {
    ($($field:ident $zh:literal $en:literal [$($other:literal),*] $kind:expr, $words:literal,
       $about_zh:literal, $about_en:literal, $example:literal;)+) => {
        &[$(Row {
            field: Field::$field, zh: $zh, en: $en, others: &[$($other),*], kind: $kind, in_words: $words,
            about_zh: $about_zh, about_en: $about_en, example: $example,
        }),+]
    };
}

/// The table, in the order of [`Field`].
#[rustfmt::skip]
pub const FIELDS: &[Row] = rows! {
    Indicator "指标" "indicator" [] Type::Text, true,
        "说的是什么", "what is measured", "指标:地区生产总值";
    Subject "主体" "subject" ["地区", "area"] Type::Text, true,
        "哪个地方、单位或行业", "the place, organisation or industry", "主体:长春";
    Period "时期" "period" ["时间", "年份", "year"] Type::Period, false,
        "什么时候的", "when it holds", "时期:2021..2025";
    Value "数值" "value" ["amount", "数量"] Type::Amount, false,
        "数值,单位自动换算", "the number, units converted", "数值:>=100亿元";
    Unit "单位" "unit" [] Type::Name, true,
        "单位(不含万、亿)", "the unit, without 万 and 亿", "单位:%";
    Status "状态" "status" ["性质"] Type::Code(STATUS), false,
        "事实、目标还是规则", "a fact, an aim or a rule", "状态:目标";
    Kind "类型" "kind" ["type"] Type::Code(KIND), false,
        "总量、增速、占比……", "a level, a growth, a share …", "类型:增速";
    Bound "限定" "bound" ["modifier"] Type::Code(BOUND), false,
        "超过、至少、约……", "more than, at least, about …", "限定:至少";
    Of "相对" "of" ["基数", "base"] Type::Text, false,
        "占谁的、比谁增长", "the whole of a share, the base of a growth", "相对:长春市";
    Parent "上级" "parent" ["whole"] Type::Text, false,
        "其中项所属的总数", "the total a part belongs to", "有:上级";
    Owners "责任" "owners" ["责任单位"] Type::Text, false,
        "责任单位", "the bodies responsible", "责任:科技创新局";
    Quote "原数" "quote" ["原值"] Type::Text, true,
        "原文里的写法", "the quantity as written", "原数:百亿";
    Sentence "句子" "sentence" ["原文", "text"] Type::Text, true,
        "所在的句子", "the sentence it stands in", "句子:同比";
    Section "章节" "section" ["heading"] Type::Text, false,
        "所在的章节标题", "the heading it stands under", "章节:主要目标";
    Document "文档" "document" ["标题", "title", "篇"] Type::Text, true,
        "文档的标题和文件名", "the document's title and file name", "文档:行动计划";
    Source "来源" "source" ["发布"] Type::Text, false,
        "文档的来源", "where the document comes from", "来源:日报";
    Date "日期" "date" ["发布日期"] Type::Period, false,
        "文档的日期", "the document's date", "日期:2022..";
    Url "网址" "url" ["link"] Type::Text, false,
        "文档的网址", "the document's address", "网址:gov";
    Confidence "置信" "confidence" ["置信度", "可信"] Type::Number, false,
        "判断的把握,0 到 1", "how sure the rules are, 0 to 1", "置信:<0.8";
    Trace "依据" "trace" ["rules"] Type::Text, false,
        "作出判断的规则", "the rules that decided", "依据:标题";
    Id "编号" "id" [] Type::Name, false,
        "数据集里的编号", "its id in the dataset", "有:编号";
    Has "有" "has" ["with"] Type::Has, false,
        "某个字段有内容", "a field that is not empty", "有:上级";
    Sort "排序" "sort" ["order"] Type::Sort, false,
        "按字段排序,“-”为倒序", "orders by a field, “-” for descending", "排序:-数值";
    Limit "前" "top" ["limit", "first"] Type::Limit, false,
        "只要前几条", "only the first so many", "前:10";
};

impl Field {
    /// Its row of the table.
    pub fn row(self) -> &'static Row {
        // The table is in the order of the enum, which a test holds.
        FIELDS.get(self as usize).unwrap_or(&FIELDS[0])
    }

    /// Its name as a label, a column's head or an export header.
    pub fn name(self, lang: Lang) -> &'static str {
        lang.pick(self.row().zh, self.row().en)
    }

    /// The properties of a figure: all fields but the clauses.
    pub fn of_figures() -> impl Iterator<Item = &'static Row> {
        FIELDS.iter().filter(|row| !matches!(row.kind, Type::Has | Type::Sort | Type::Limit))
    }

    /// The field with this name, an unambiguous beginning of it, or its pinyin (`zhuangt` for 状态).
    pub fn named(name: &str) -> Named {
        let name = name.trim().to_lowercase();
        let exact = |row: &&Row| row.names().any(|n| n == name);
        if let Some(row) = FIELDS.iter().find(exact) {
            return Named::One(row.field);
        }
        let all = |fits: &dyn Fn(&Row) -> bool| -> Vec<Field> {
            FIELDS.iter().filter(|row| fits(row)).map(|row| row.field).collect()
        };
        let mut found = all(&|row| !name.is_empty() && row.names().any(|n| n.starts_with(&name)));
        if found.is_empty()
            && let Some(pinyin) = Pinyin::new(&name, |_| false)
        {
            found = all(&|row| pinyin.begins(row.zh));
        }
        match found.as_slice() {
            [] => Named::None,
            [one] => Named::One(*one),
            _ => Named::Several(found),
        }
    }

    /// The name, among those of all fields, that is most like a mistyped one; none if it is like none of them.
    pub fn nearest(name: &str) -> Option<&'static str> {
        /// Half of the characters are the same and in their places.
        const LIKE: f64 = 0.5;
        let name = fold(name.trim());
        let names = FIELDS.iter().flat_map(Row::names);
        let like = names.map(|own| (strsim::normalized_damerau_levenshtein(&name, own), own));
        like.filter(|(like, _)| *like >= LIKE).max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, own)| own)
    }
}

/// What a name or the beginning of one stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Named {
    None,
    One(Field),
    Several(Vec<Field>),
}

impl Row {
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        [self.zh, self.en].into_iter().chain(self.others.iter().copied())
    }

    pub fn choices(&self) -> &'static [Choice] {
        match self.kind {
            Type::Code(choices) => choices,
            _ => &[],
        }
    }
}

impl Choice {
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        [self.zh, self.en].into_iter().chain(self.others.iter().copied())
    }

    pub fn name(&self, lang: Lang) -> &'static str {
        lang.pick(self.zh, self.en)
    }
}

/// Which of several things, each with its names, a text means: those with exactly this name,
/// else those with a name that begins with it, else those whose first name begins with its pinyin.
pub(super) fn best_names<'n>(text: &str, names: impl Iterator<Item = Vec<&'n str>>) -> Vec<usize> {
    let text = fold(text);
    let names: Vec<Vec<&str>> = names.collect();
    let all = |fits: &dyn Fn(&str) -> bool| -> Vec<usize> {
        let each = names.iter().enumerate();
        each.filter(|(_, names)| names.iter().any(|name| fits(name))).map(|(n, _)| n).collect()
    };
    let mut found = all(&|name| name == text);
    if found.is_empty() && !text.is_empty() {
        found = all(&|name| name.starts_with(&text));
    }
    if found.is_empty()
        && let Some(pinyin) = Pinyin::new(&text, |_| false)
    {
        found = all(&|name| pinyin.begins(name));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashMap;

    #[test]
    fn the_table_is_in_the_order_of_the_enum_and_no_name_stands_twice() {
        let mut seen: HashMap<&str, Field> = HashMap::new();
        for (n, row) in FIELDS.iter().enumerate() {
            assert_eq!(row.field as usize, n);
            assert_eq!(row.field.row().zh, row.zh);
            for name in row.names() {
                assert_eq!(name, name.to_lowercase(), "{name}");
                assert_eq!(seen.insert(name, row.field), None, "{name}");
            }
        }
    }

    #[test]
    fn closed_lists_cover_their_codes() {
        for (choices, count) in
            [(STATUS, Status::ALL.len()), (KIND, Kind::ALL.len()), (BOUND, Bound::ALL.len())]
        {
            assert_eq!(choices.len(), count);
            for (n, choice) in choices.iter().enumerate() {
                assert_eq!(usize::from(choice.code), n);
            }
        }
    }

    #[test]
    fn names_and_prefixes() {
        assert_eq!(Field::named("状态"), Named::One(Field::Status));
        assert_eq!(Field::named("Status"), Named::One(Field::Status));
        assert_eq!(Field::named("stat"), Named::One(Field::Status));
        assert_eq!(Field::named("zhuangt"), Named::One(Field::Status));
        assert_eq!(Field::named("zt"), Named::Several(vec![Field::Subject, Field::Status]));
        assert_eq!(Field::named("zhuti"), Named::One(Field::Subject));
        assert_eq!(Field::named("置"), Named::One(Field::Confidence));
        assert!(matches!(Field::named("s"), Named::Several(_)));
        assert_eq!(Field::named("颜色"), Named::None);
        assert_eq!(Field::nearest("颜色"), None);
        assert_eq!(Field::nearest("状太"), Some("状态"));
        assert_eq!(Field::nearest("Statsu"), Some("status"));
        assert_eq!(Field::named(""), Named::None);
    }
}
