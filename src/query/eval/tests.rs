//! That a search finds what reading every figure finds, stopped or not.

use proptest::prelude::*;

use super::*;
use crate::query::{Query, resolve, show};

/// Lines for [`crate::index::sample`].
fn dataset() -> impl Strategy<Value = String> {
    let subject = prop::sample::select(vec!["长春市", "长春新区", "两江新区", "重庆市", ""]);
    let indicator = prop::sample::select(vec!["专精特新企业", "地区生产总值", "GDP", "5G基站", "耕地面积"]);
    let bound = prop::sample::select(vec!["", "≥", ">", "≤", "<", "≈"]);
    let number = prop_oneof![0_i64..12, Just(210), Just(-2), Just(43_629_000_000)];
    let high = prop::option::of(0_i64..300);
    let unit = prop::sample::select(vec!["户", "家", "元", "美元", "%", "亩", "公顷", ""]);
    let period = prop::sample::select(vec!["2021", "2022/2025", "2021-05", "R/P1Y", "P3Y", ""]);
    let status = prop::sample::select(vec!["target", "rule growth", "actual", "share"]);
    let sentence =
        prop::sample::select(vec!["力争达到[210户]以上。", "其中GDP[5%]", "“專精特新”企业[3家]", "[长]春"]);
    let line = (subject, indicator, bound, number, high, unit, period, status, sentence).prop_map(
        |(subject, indicator, bound, number, high, unit, period, status, sentence)| {
            let high = high.map_or(String::new(), |high| format!("~{high}"));
            format!("{subject};{indicator};{bound}{number}{high}{unit};{period};{status};{sentence}")
        },
    );
    let title = prop::sample::select(vec!["# 行动计划", "# 新区十年"]).prop_map(str::to_owned);
    prop::collection::vec(prop_oneof![9 => line, 1 => title], 0..30).prop_map(|lines| lines.join("\n"))
}

/// Queries of every kind of condition.
fn query() -> impl Strategy<Value = String> {
    let atom = prop::sample::select(vec![
        "专精特新",
        "專精",
        "zjtx",
        "zhuanj",
        "g",
        "gd",
        "gdp",
        "5g",
        "c",
        "cc",
        "\"长\"",
        "210",
        "状态:目标",
        "状态:目标,规则",
        "类型:占比",
        "限定:至少",
        "主体:长春",
        "主体:=长春市",
        "主体:zq,cq",
        "单位:元",
        "单位:%",
        "单位:亩",
        "文档:行动",
        "句子:力争",
        "原数:210",
        "原数:=210户",
        "指标:gdp",
        ">205户",
        "<=210户",
        "数值:210",
        "=3",
        ">=3亩",
        "..2公顷",
        "1..5",
        ">100亿元",
        "<0",
        "5..2%",
        "时期:2021",
        "时期:2023..",
        "<2021年",
        "时期:每年",
        "有:主体",
        "有:上级",
        "有:单位",
        "有:时期",
        "置信:<0.95",
        "置信:>0.9",
        "置信:90%",
        "排序:数值",
        "排序:-时期",
        "排序:主体,-数值",
        "前:3",
        "编号:f3",
        "排序:句子",
        "top:0",
    ]);
    let group = (atom.clone(), atom.clone()).prop_map(|(a, b)| format!("({a}|{b})"));
    let negated = atom.clone().prop_map(|a| format!("-{a}"));
    let part = prop_oneof![5 => atom.prop_map(str::to_owned), 2 => group, 2 => negated];
    prop::collection::vec(part, 0..4).prop_map(|parts| parts.join(" "))
}

proptest! {
    #[test]
    fn columns_answer_what_the_conditions_mean(
        lines in dataset(),
        queries in prop::collection::vec(query(), 1..6),
    ) {
        let index = crate::index::sample::index(&lines);
        let mut searcher = Searcher::default();
        for query in &queries {
            let plan = resolve(&Query::parse(query), &index);
            let mut expected: Vec<_> =
                index.figures().filter(|&figure| meaning::holds(&plan.filter, figure)).collect();
            let total = expected.len();
            for &(field, descending) in plan.sort.iter().rev() {
                expected.sort_by(|&a, &b| show::compare(a, b, field, descending));
            }
            expected.truncate(plan.limit.unwrap_or(usize::MAX));
            let ids = expected.into_iter().map(crate::index::FigureRef::id).collect();
            let expected = Hits { ids, total };
            prop_assert_eq!(&run(&index, &plan), &expected, "{}", query);
            // Again, from what the searches before it left.
            let again = searcher.run(&index, &plan, &AtomicBool::new(false)).unwrap();
            prop_assert_eq!(&again, &expected, "{}", query);
            let mut ready = Searcher::default();
            ready.prepare(&index, &AtomicBool::new(false));
            let hits = ready.run(&index, &plan, &AtomicBool::new(false)).unwrap();
            prop_assert_eq!(&hits, &expected, "{}", query);
        }
    }
}

#[test]
fn a_stopped_search_gives_no_answer_and_the_next_one_is_right() {
    let index = crate::index::sample::index("长春市;出口;5美元;2021;;出口[5美元]");
    let plan = resolve(&Query::parse("出口"), &index);
    let mut searcher = Searcher::default();
    assert_eq!(searcher.run(&index, &plan, &AtomicBool::new(true)), None);
    assert_eq!(searcher.run(&index, &plan, &AtomicBool::new(false)).map(|hits| hits.total), Some(1));
}
