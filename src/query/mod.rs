//! The filter language: text → tree → plan → hits.
//!
//! ```text
//! "状态:目标 zjtx >=200户 排序:-数值"
//!   parse     And[状态:目标, zjtx, >=200户, 排序:-数值]     never fails; messages with byte places
//!   resolve   fields, codes, amounts, pinyin → Plan       what makes no sense is left out and named
//!   run       Hits { ids in display order, total }
//! ```
//!
//! How the explorer and `zhibiao find` use it:
//!
//! ```
//! use zhibiao::index::Index;
//! use zhibiao::query::{self, Query};
//!
//! let index = Index::default();
//! let query = Query::parse("状态:目标 颜色:红");
//! let plan = query::resolve(&query, &index);
//! assert_eq!(plan.messages[0].en, "there is no field “颜色”");
//! let hits = query::run(&index, &plan);
//! assert_eq!((hits.ids.len(), hits.total), (0, 0));
//! ```
//!
//! | file | what it does |
//! |---|---|
//! | `lex`, `parse` | text → tokens → tree; know nothing of figures |
//! | `field` | the one table of fields |
//! | `amount`, `when`, `pattern`, `pinyin` | typed amounts, periods and words |
//! | `words` | what must be known of the data for that |
//! | `resolve` | tree + table + those words → plan |
//! | `meaning` | what a condition means, for one figure |
//! | `eval`, `scan`, `order` | plan → hits, by columns, arenas and orders kept from one key to the next |
//! | `show` | a field of a figure as text; the order of two figures |
//! | `complete` | what could be typed at the caret |
//! | `saved` | queries with names, and those used last |
//! | `page` | the page that documents the language |

pub mod amount;
mod complete;
mod eval;
pub mod field;
pub mod lex;
pub mod meaning;
mod message;
mod order;
mod page;
pub mod parse;
pub mod pattern;
pub mod pinyin;
pub mod resolve;
pub mod rules;
pub mod saved;
mod scan;
pub mod show;
mod source;
pub mod when;
mod words;

use std::ops::Range;

pub use complete::{Completion, complete};
pub use eval::{Searcher, run};
pub use field::{Field, Named};
pub use message::Message;
pub use page::page;
pub use resolve::{resolve, resolve_with};
pub use saved::{History, Saved, same_name};
pub use words::Words;

use crate::index::FigureId;
use pattern::Pattern;
use resolve::{Filter, Scope};

/// A query as read: always a tree, and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    pub text: String,
    pub tree: parse::Node,
    /// What can be said without knowing the fields.
    pub messages: Vec<Message>,
}

impl Query {
    /// Reads a query. Never fails: what cannot be read is left out and named in a message.
    pub fn parse(text: &str) -> Self {
        let (tree, messages) = parse::parse(text);
        Self { text: text.to_owned(), tree, messages }
    }
}

/// A query ready to be run.
#[derive(Clone, Debug)]
pub struct Plan {
    filter: Filter,
    /// Fields to order by, each with whether it descends; empty for document order.
    pub sort: Vec<(Field, bool)>,
    pub limit: Option<usize>,
    /// What is to be shown as matched.
    marks: Vec<(Scope, Pattern)>,
    /// Everything wrong with the query, in the order of its places.
    pub messages: Vec<Message>,
}

impl Plan {
    /// The conditions.
    pub fn filter(&self) -> &Filter {
        &self.filter
    }

    /// Whether the plan holds for every figure.
    pub fn is_everything(&self) -> bool {
        self.filter.is_all() && self.limit.is_none()
    }

    /// Whether something was typed of which nothing makes sense.
    pub fn is_nonsense(&self) -> bool {
        !self.messages.is_empty() && self.is_everything() && self.sort.is_empty()
    }
}

/// What a plan found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hits {
    /// In display order, cut to the plan's limit.
    pub ids: Vec<FigureId>,
    /// How many there are without the limit.
    pub total: usize,
}

/// The bytes of a text, shown for `field`, that a plan's words match: in order, without overlaps.
pub fn highlight(plan: &Plan, field: Field, text: &str) -> Vec<Range<usize>> {
    let wanted = plan.marks.iter().filter(|(scope, _)| match scope {
        Scope::Words => field.row().in_words,
        Scope::One(one) => *one == field,
    });
    let mut spans: Vec<Range<usize>> = wanted.flat_map(|(_, pattern)| pattern.find_all(text)).collect();
    spans.sort_by_key(|span| (span.start, span.end));
    let mut merged: Vec<Range<usize>> = Vec::new();
    for span in spans {
        match merged.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => merged.push(span),
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::Index;
    use crate::model::Lang;

    fn sample() -> Index {
        crate::index::sample::index(
            "# 新区十年
             长春新区;专精特新企业;≥210户;2022;target;力争“专精特新”企业达到[210户]以上。
             长春新区;地区生产总值;43629000000元;2021;actual;全区GDP完成[436.29亿元]。
             长春新区;地区生产总值;6.7%;2021;growth;同比增长[6.7%]。
             长春新区;耕地面积;30000亩;2021;;耕地保有量[3万亩]。
             # 行动计划
             两江新区;奖补资金;≤10000000元;2022/2025;rule;一次性给予不超过[1000万元]奖补。
             两江新区;重点项目;2~3个;R/P1Y;target;每年实施[2-3个]重点项目。
             ;出口;5000000美元;2023-05;;五月出口[500万美元]。
             两江新区;绿地面积;20平方公里;P3Y;change;近三年新增绿地[20平方公里]。",
        )
    }

    fn ids(index: &Index, text: &str) -> Vec<u32> {
        let plan = resolve(&Query::parse(text), index);
        assert!(plan.messages.is_empty(), "{text}: {:?}", plan.messages);
        run(index, &plan).ids.iter().map(|id| id.0).collect()
    }

    #[test]
    fn the_language_in_examples() {
        let index = sample();
        for (text, expected) in [
            ("", &[0, 1, 2, 3, 4, 5, 6, 7][..]),
            ("专精特新", &[0]),
            ("專精特新", &[0]),
            ("zjtx", &[0]),
            ("zhuanjing", &[0]),
            ("gdp", &[1, 2]),
            ("\"gdp\"", &[1]),
            ("指标:GDP", &[1, 2]),
            ("zhang", &[0, 1, 2, 3]),
            ("主体:cc -gdp", &[0, 3]),
            ("奖补|出口", &[4, 6]),
            ("(奖补 | 出口) 万元", &[4]),
            ("\"zjtx\"", &[]),
            ("状态:目标", &[0, 5]),
            ("status:target", &[0, 5]),
            ("zhuangtai:mb", &[0, 5]),
            ("状态:目标,规则", &[0, 4, 5]),
            ("状态:(目标|规则) -主体:长春", &[4, 5]),
            ("状态:-事实", &[0, 4, 5]),
            ("类型：增速", &[2]),
            ("单位:元", &[1, 4]),
            ("单位:%", &[2]),
            ("单位:万元", &[1, 4]),
            ("文档:行动", &[4, 5, 6, 7]),
            (">205户", &[0]),
            (">=210户", &[0]),
            (">210户", &[0]),
            (">1000户", &[]),
            ("≥ 210 户", &[0]),
            ("数值:210", &[0]),
            (">100亿元", &[1]),
            ("＞１００亿元", &[1]),
            ("<=1000万元", &[4]),
            ("500万..2亿元", &[4]),
            ("436.29亿元", &[1]),
            ("数值:4362900万元", &[1]),
            (">=5%", &[2]),
            (">1公顷", &[3, 7]),
            ("<20平方公里", &[]),
            ("<=2000公顷", &[3, 7]),
            (">=450美元", &[6]),
            ("1..2个", &[5]),
            ("时期:2021", &[1, 2, 3]),
            ("时期:2023..", &[4, 6]),
            ("2022..2025", &[0, 4, 6]),
            ("时期:每年", &[5]),
            ("时期:十四五", &[0, 1, 2, 3, 4, 6]),
            ("时期:近3年", &[7]),
            ("有:主体", &[0, 1, 2, 3, 4, 5, 7]),
            ("-有:主体", &[6]),
            ("置信:<0.8", &[]),
            ("主体:长春 排序:-数值", &[2, 1, 0, 3]),
            ("主体:长春 sort:value top:2", &[3, 0]),
            ("单位:亩,平方公里 排序:-数值", &[3, 7]),
        ] {
            assert_eq!(ids(&index, text), expected, "{text}");
        }
    }

    #[test]
    fn a_wrong_query_still_filters_and_says_where_it_is_wrong() {
        let index = sample();
        for (text, place, expected) in [
            ("主体:长春 状态:", "状态:", &[0, 1, 2, 3][..]),
            ("主体:长春 颜色:红", "颜色", &[0, 1, 2, 3]),
            ("主体:长春 状态:好", "好", &[0, 1, 2, 3]),
            ("主体:长春 >", ">", &[0, 1, 2, 3]),
            ("主体:长春 >很多", "很多", &[0, 1, 2, 3]),
            ("(主体:长春", "(", &[0, 1, 2, 3]),
            ("主体:长春)", ")", &[0, 1, 2, 3]),
            ("主体:长春 |", "|", &[0, 1, 2, 3]),
            ("\"专精", "\"专精", &[0]),
            ("主体:长春 -", "-", &[0, 1, 2, 3]),
            ("s:目标", "s", &[0, 1, 2, 3, 4, 5, 6, 7]),
            ("出口 时期:去年", "去年", &[6]),
            ("出口|前:3", "前:3", &[6]),
            ("出口 排序:颜色", "颜色", &[6]),
        ] {
            let plan = resolve(&Query::parse(text), &index);
            let hits: Vec<u32> = run(&index, &plan).ids.iter().map(|id| id.0).collect();
            assert_eq!(hits, expected, "{text}");
            let [message] = plan.messages.as_slice() else { panic!("{text}: {:?}", plan.messages) };
            assert_eq!(text.get(message.span.clone()).unwrap(), place, "{text}: {}", message.zh);
        }
    }

    #[test]
    fn matched_characters_are_highlighted_where_the_word_looks() {
        let index = sample();
        let shown = |query: &str, field: Field, text: &str| {
            let plan = resolve(&Query::parse(query), &index);
            let spans = highlight(&plan, field, text).into_iter();
            spans.map(|span| text.get(span).unwrap().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(shown("zjtx", Field::Sentence, "“專精特新”企业"), ["專精特新"]);
        assert_eq!(shown("主体:长春", Field::Sentence, "长春新区"), [""; 0]);
        assert_eq!(shown("主体:长春", Field::Subject, "长春新区"), ["长春"]);
        assert_eq!(shown("-长春 新 区", Field::Subject, "长春新区"), ["新区"]);
    }

    #[test]
    fn completions() {
        let index = sample();
        let saved: Saved = [("大额目标", "状态:目标 >1亿元")].into_iter().collect();
        let offered = |text: &str| {
            let all = complete(text, text.len(), &index, &saved, Lang::Zh).into_iter();
            all.map(|c| {
                let mut done = text.to_owned();
                done.replace_range(c.span, &c.insert);
                (done, c.count)
            })
            .take(2)
            .collect::<Vec<_>>()
        };
        let some = |text: &str, count: usize| (text.to_owned(), Some(count));
        let name = |text: &str| (text.to_owned(), None);
        assert_eq!(offered("状态:"), [some("状态:事实", 5), some("状态:目标", 2)]);
        assert_eq!(offered("gdp 状态:目"), [some("gdp 状态:目标", 2)]);
        assert_eq!(offered("主体:cc"), [some("主体:长春新区", 4)]);
        assert_eq!(offered("主体:长春新区,l"), [some("主体:长春新区,两江新区", 3)]);
        assert_eq!(offered("zt"), [name("主体:"), name("状态:")]);
        assert_eq!(offered("stat"), [name("status:")]);
        assert_eq!(offered("排序:-数"), [name("排序:-数值"), name("排序:-原数")]);
        assert_eq!(offered("主体:长春 单"), [name("主体:长春 单位:")]);
        assert_eq!(offered("gdp -@"), [name("gdp -@大额目标")]);
        assert_eq!(offered("@dae"), [name("@大额目标")]);
        assert_eq!(offered("主体:@"), []);
    }
}
