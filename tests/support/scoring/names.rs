//! When two names mean the same: `规上工业增加值` = `规模以上工业的增加值`.
//!
//! Quotation marks, blanks and 的 say nothing, and common short forms are spelt out. Beyond that two
//! indicators are near enough if eight of ten pairs of neighbouring characters agree and neither the
//! level words (国家级, 市级以上) nor the last character differ; without these two conditions 企业 would
//! pass for 企业产值.

/// Whether two indicators mean the same thing.
pub(crate) fn same_indicator(a: &str, b: &str) -> bool {
    let (a, b) = (fold(a), fold(b));
    a == b || (near(&a, &b) && levels(&a) == levels(&b) && last(&a) == last(&b))
}

/// Whether two subjects are the same place or body: 甲市 and 甲 are.
pub(crate) fn same_subject(a: &str, b: &str) -> bool {
    fold_place(a) == fold_place(b)
}

/// Whether two wholes or bases are the same; `yoy` and `avg` are codes and must be equal.
pub(crate) fn same_base(a: &str, b: &str) -> bool {
    if [a, b].iter().any(|base| matches!(*base, "yoy" | "avg")) {
        return a == b;
    }
    let (x, y) = (fold(a), fold(b));
    same_subject(a, b) || x == y || near(&x, &y)
}

/// A subject without quotation marks and without 省, 市, 县, 区 after its name.
pub(crate) fn fold_place(name: &str) -> String {
    let mut place = String::new();
    for (n, c) in bare(name).chars().enumerate() {
        if n == 0 || !matches!(c, '省' | '市' | '县') {
            place.push(c);
        }
    }
    if place.ends_with('区') && place.chars().count() > 2 {
        place.pop();
    }
    place
}

/// A unit without differences of width, script or spelling that carry no meaning.
pub(crate) fn fold_unit(unit: &str) -> String {
    let folded: String = fold_width(unit).chars().filter(|c| !c.is_whitespace()).map(simplify).collect();
    let named = match folded.to_lowercase().as_str() {
        "m2" => "平方米",
        "km2" => "平方公里",
        "人民币" | "人民币元" => "元",
        "百分点" => "个百分点",
        "百分之" | "percent" => "%",
        _ => return folded,
    };
    named.to_owned()
}

/// An indicator without what says nothing, short forms spelt out.
fn fold(name: &str) -> String {
    let name = bare(name).replace('的', "").replace("规上", "规模以上");
    // 高企 is short for a firm, 高企业 is not.
    let name = name.replace("高企业", "\u{1}").replace("高企", "高新技术企业").replace('\u{1}', "高企业");
    let name = replace_ignoring_case(&name, "gdp", "地区生产总值").replace("国内生产总值", "生产总值");
    name.replace("地区生产总值", "生产总值").replace("生产总值", "地区生产总值")
}

/// `text` with every `word` (lower case, ASCII) in whatever case replaced.
fn replace_ignoring_case(text: &str, word: &str, by: &str) -> String {
    // Only ASCII letters change, so both texts have the same positions.
    let lower = text.to_ascii_lowercase();
    let (mut out, mut from) = (String::new(), 0);
    for (at, found) in lower.match_indices(word) {
        out.push_str(text.get(from..at).unwrap_or_default());
        out.push_str(by);
        from = at + found.len();
    }
    out.push_str(text.get(from..).unwrap_or_default());
    out
}

/// Half width, without blanks and quotation marks.
fn bare(name: &str) -> String {
    fold_width(name)
        .chars()
        .filter(|c| !c.is_whitespace() && !"“”‘’\"'「」『』《》〈〉".contains(*c))
        .collect()
}

/// Full-width forms, squared units and Roman numerals as plain characters.
fn fold_width(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '\u{ff01}'..='\u{ff5e}' => out.extend(char::from_u32(u32::from(c) - 0xfee0)),
            '\u{3000}' => out.push(' '),
            '²' => out.push('2'),
            '³' => out.push('3'),
            '㎡' => out.push_str("m2"),
            '㎢' => out.push_str("km2"),
            '㎥' => out.push_str("m3"),
            '㎞' => out.push_str("km"),
            '㎏' => out.push_str("kg"),
            '㏊' => out.push_str("ha"),
            '℃' => out.push_str("°C"),
            'Ⅰ' => out.push('I'),
            'Ⅱ' => out.push_str("II"),
            'Ⅲ' => out.push_str("III"),
            'Ⅳ' => out.push_str("IV"),
            'Ⅴ' => out.push('V'),
            _ => out.push(c),
        }
    }
    out
}

/// Traditional characters that units are written with.
fn simplify(c: char) -> char {
    match c {
        '戶' => '户',
        '個' => '个',
        '萬' => '万',
        '億' => '亿',
        '圓' => '元',
        '畝' => '亩',
        '噸' => '吨',
        '輛' => '辆',
        '項' => '项',
        '條' => '条',
        '種' => '种',
        '間' => '间',
        '張' => '张',
        '塊' => '块',
        '臺' => '台',
        '雙' => '双',
        '頭' => '头',
        '檔' => '档',
        '歲' => '岁',
        _ => c,
    }
}

/// Whether eight of ten pairs of neighbouring characters agree (Dice's coefficient).
fn near(a: &str, b: &str) -> bool {
    let (left, mut right) = (pairs(a), pairs(b));
    let total = left.len() + right.len();
    let mut shared = 0;
    for pair in left {
        if let Some(at) = right.iter().position(|other| *other == pair) {
            right.swap_remove(at);
            shared += 1;
        }
    }
    total > 0 && 10 * shared >= 4 * total
}

fn pairs(name: &str) -> Vec<(char, char)> {
    name.chars().zip(name.chars().skip(1)).collect()
}

/// The level words of a folded name, each once: `国家级`, `市级以上`.
fn levels(name: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = name;
    while let Some(c) = rest.chars().next() {
        let word = ["国家级", "省部级", "省级", "市级", "区级", "县级", "部级"]
            .iter()
            .find_map(|level| rest.strip_prefix(level).map(|after| (*level, after)));
        if let Some((level, after)) = word {
            let (and_above, after) = after.strip_prefix("以上").map_or(("", after), |after| ("以上", after));
            found.push(format!("{level}{and_above}"));
            rest = after;
        } else {
            rest = rest.get(c.len_utf8()..).unwrap_or_default();
        }
    }
    found.sort();
    found.dedup();
    found
}

/// The last character once a closing 数, 数量 or 总数 is gone.
fn last(name: &str) -> Option<char> {
    ["数量", "总数", "个数", "数"]
        .iter()
        .find_map(|ending| name.strip_suffix(ending))
        .unwrap_or(name)
        .chars()
        .next_back()
}
