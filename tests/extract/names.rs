//! When two names mean the same: `规上工业增加值` = `规模以上工业增加值`.
//!
//! Quotation marks, spaces and 的 say nothing, and common short forms are spelt out. Beyond that two
//! indicators are near enough if most of their pairs of characters agree and neither the level word
//! (国家级, 省级) nor the last character differs: without these conditions 企业 would pass for 企业产值.

const LEVELS: [&str; 8] = ["国家级", "省部级", "省级", "市级", "区级", "县级", "部级", "以上"];

/// An indicator without what says nothing.
fn fold(name: &str) -> String {
    let bare: String =
        name.chars().filter(|c| !c.is_whitespace() && !"“”‘’\"'「」『』《》〈〉的".contains(*c)).collect();
    let bare = bare.replace("（", "(").replace("）", ")").replace("规上", "规模以上");
    let bare = if bare.contains("高企业") { bare } else { bare.replace("高企", "高新技术企业") };
    let bare = bare.replace("GDP", "地区生产总值").replace("国内生产总值", "地区生产总值");
    bare.replace("地区生产总值", "生产总值").replace("生产总值", "地区生产总值")
}

fn pairs(name: &str) -> Vec<(char, char)> {
    let chars: Vec<char> = name.chars().collect();
    chars.iter().copied().zip(chars.iter().copied().skip(1)).collect()
}

/// Whether eight of ten pairs of characters agree (Dice coefficient).
fn near(a: &str, b: &str) -> bool {
    let (left, mut right) = (pairs(a), pairs(b));
    let total = left.len() + right.len();
    let mut shared = 0;
    for pair in left {
        if let Some(at) = right.iter().position(|p| *p == pair) {
            right.swap_remove(at);
            shared += 1;
        }
    }
    total > 0 && 2 * shared * 10 >= total * 8
}

fn last(name: &str) -> Option<char> {
    let head = ["数量", "总数", "个数", "数"].iter().find_map(|s| name.strip_suffix(s)).unwrap_or(name);
    head.chars().last()
}

/// Whether two indicator names mean the same thing.
pub(super) fn same_indicator(a: &str, b: &str) -> bool {
    let (a, b) = (fold(a), fold(b));
    let levels = |n: &str| LEVELS.iter().filter(|l| n.contains(**l)).count();
    let same_levels = LEVELS.iter().all(|l| a.contains(l) == b.contains(l)) && levels(&a) == levels(&b);
    a == b || (near(&a, &b) && same_levels && last(&a) == last(&b))
}

/// Whether two subjects are the same place or body: 长春市 and 长春 are.
pub(super) fn same_subject(a: &str, b: &str) -> bool {
    let place = |n: &str| -> String {
        let folded: String =
            n.chars().filter(|c| !c.is_whitespace() && !"“”‘’\"'「」『』".contains(*c)).collect();
        let short = folded.strip_suffix(['省', '市', '县', '区']).unwrap_or(&folded);
        if short.chars().count() < 2 { folded } else { short.to_owned() }
    };
    place(a) == place(b)
}

/// Whether two wholes or bases are the same; `yoy` and `avg` are codes.
pub(super) fn same_base(a: &str, b: &str) -> bool {
    if [a, b].iter().any(|n| *n == "yoy" || *n == "avg") {
        return a == b;
    }
    let (x, y) = (fold(a), fold(b));
    same_subject(a, b) || x == y || near(&x, &y)
}

/// A unit without differences of width or script.
pub(super) fn fold_unit(unit: &str) -> String {
    let folded: String = unit
        .chars()
        .map(|c| match c {
            '％' => '%',
            '／' => '/',
            '戶' => '户',
            '個' => '个',
            '畝' => '亩',
            '噸' => '吨',
            '輛' => '辆',
            '臺' => '台',
            '萬' => '万',
            '億' => '亿',
            c => c,
        })
        .collect();
    if folded == "㎡" { "平方米".to_owned() } else { folded }
}
