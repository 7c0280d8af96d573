//! How far an expression of time reaches, told by the words before and after it.
//!
//! `比2020年|增长` → a base; `成立于2014年` → an event; `计划2023年|投产,…` → its clause only.

use super::time::Governs;

/// Deeds that have no number of their own.
const DEEDS: &[&str] = &[
    "开工",
    "动工",
    "试生产",
    "投产",
    "竣工",
    "建成",
    "完工",
    "启动",
    "通车",
    "开业",
    "落成",
    "揭牌",
    "投用",
    "投入使用",
    "投入运营",
];

/// How far an expression governs that would govern `most`, between the words `before` and `rest`.
pub(super) fn reach(before: &str, rest: &str, most: Governs) -> Governs {
    let (before, rest) = (before.trim_end_matches(' '), rest.trim_start_matches(' '));
    let unquoted = rest.trim_start_matches(['”', '"', '’']);
    let is = before.trim_end_matches(['“', '"', '‘']).ends_with('是');
    if is_restored(before, rest) {
        Governs::Base
    } else if dates_a_number(unquoted) && is && unquoted.chars().take(9).any(|c| c == '倍') {
        // 是1996年的|7.4倍.
        Governs::Base
    } else if is_base(before) || is_compared(before, rest) {
        if dates_a_number(rest) { Governs::Figure } else { Governs::Base }
    } else if (dates_a_number(rest) || rest.starts_with(|c: char| c.is_ascii_digit()))
        && before.ends_with(['由', '从'])
    {
        // 由2015年的|61%提高到84%: the year of the earlier end; of 1200人、900人增长到… that of all before it.
        let to = ["增", "提", "上升", "扩", "降", "减"].iter().filter_map(|w| rest.find(w)).min();
        if to.and_then(|at| rest.get(..at)).is_some_and(|list| list.contains('、')) {
            return Governs::Clause;
        }
        Governs::Figure
    } else if is_founding(before, rest) || is_of_a_name(rest) {
        Governs::Event
    } else if most == Governs::Sentence
        && (dates_a_deed(rest) || is_by_the_way(before, rest) || is_of_an_aim(before, rest))
    {
        Governs::Clause
    } else {
        most
    }
}

/// Whether a number follows 的: 2019年的28%.
pub(super) fn dates_a_number(rest: &str) -> bool {
    rest.strip_prefix('的')
        .is_some_and(|rest| rest.trim_start_matches(' ').starts_with(|c: char| c.is_ascii_digit()))
}

/// 恢复至去年|同期的57.9%: the number is a part of what that year had.
fn is_restored(before: &str, rest: &str) -> bool {
    let part = rest.strip_prefix("同期").unwrap_or(rest);
    dates_a_number(part) && ["恢复至", "恢复到", "相当于"].iter().any(|w| before.ends_with(w))
}

/// 完成全年|50亿元投资目标的70%: the time is that of the aim.
fn is_of_an_aim(before: &str, rest: &str) -> bool {
    let clause = rest.split(['，', ',', '；', ';', '。']).next().unwrap_or("");
    ["完成", "占", "完成了"].iter().any(|w| before.ends_with(w))
        && ["目标", "任务", "计划", "预算"].iter().any(|w| clause.contains(w))
        && clause.contains("的")
}

/// Whether a comparison word leads to this place: 比, 较, 与…相比.
fn is_base(full: &str) -> bool {
    let before = full.trim_end_matches(['“', '"', '‘', '在', '于', '\'']);
    let compares = before.ends_with(['比', '较'])
        || ["快", "高", "低", "慢", "好", "优", "多", "少"].iter().any(|w| before.ends_with(w))
            && before.len() < full.len();
    compares && !["占比", "同比", "环比"].iter().any(|w| before.ends_with(w))
}

/// 与2012年相比, 与3月|基本持平: the words after the year say that it is a base. 9月|同比上涨 is none.
fn is_compared(before: &str, rest: &str) -> bool {
    let against = before.ends_with(['与', '和', '同', '跟']);
    let degree = ["基本", "大体", "大致", "总体"].iter().find_map(|w| rest.strip_prefix(w));
    if against && degree.is_some_and(|rest| rest.starts_with("持平") || rest.starts_with("相当")) {
        return true;
    }
    against && rest.starts_with("同比")
        || ["相比", "同期相比", "同期增长", "末相比", "水平", "持平"].iter().any(|w| rest.starts_with(w))
}

fn is_founding(before: &str, rest: &str) -> bool {
    let before = before.trim_end_matches('于');
    ["成立", "始建", "创办", "创建", "组建", "建厂", "建校", "上市"].iter().any(|w| before.ends_with(w))
        || ["成立", "建校", "建院", "建厂"].iter().any(|w| rest.starts_with(w))
        || is_permitted(rest)
}

/// 1984年10月|经国务院批准设立.
fn is_permitted(rest: &str) -> bool {
    let clause = rest.split(['，', ',', '。', '；', ';']).next().unwrap_or(rest);
    let permitted = ["经", "由", "被", "获"].iter().any(|w| clause.starts_with(w));
    permitted && ["批准", "同意", "设立", "认定", "命名"].iter().any(|w| clause.contains(w))
}

/// 2022年|第87次会议, 5月20日|起施行: the date of an edition or a rule.
fn is_of_a_name(rest: &str) -> bool {
    let numbered = rest.strip_prefix('第').is_some_and(|r| r.starts_with(|c: char| c.is_ascii_digit()));
    numbered || ["起施行", "起实施", "起执行", "起正式施行"].iter().any(|w| rest.starts_with(w))
}

/// 计划2023年三季度|试生产,…: a deed without a number dates its own clause only.
fn dates_a_deed(rest: &str) -> bool {
    DEEDS.iter().any(|w| rest.starts_with(w))
        && !rest
            .split(['，', ',', '；', ';', '。'])
            .next()
            .unwrap_or("")
            .contains(|c: char| c.is_ascii_digit())
}

/// 增速2022年|以来…: in the middle of a clause.
fn is_by_the_way(before: &str, rest: &str) -> bool {
    let inside = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c) && !"自从在于".contains(c);
    rest.starts_with("以来") && before.ends_with(inside)
}
