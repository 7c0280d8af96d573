//! Companies, schools, works and places that no list names: known by how their names end.
//!
//! `恒泰化工有限公司去年实现…` → 恒泰化工有限公司; `国家级企业技术中心达到5家` → none, that is a sort of body.

use crate::extract::phrase;
use crate::extract::subject;
use crate::extract::words::{self, Word};
use crate::lexicon::cues::Cue;
use crate::lexicon::names;
use crate::text::CleanSpan;

/// Most characters of a name.
const LONGEST: usize = 30;
/// Divisions whose names are taken from their ending where nothing else can be meant.
const DIVISIONS: &[&str] = &["自治县", "自治州", "街道", "市", "县", "区", "州", "旗", "镇", "乡", "村"];

/// The body that a clause speaks of: the noun phrase before its verb, with the byte after it.
pub(super) fn opening(text: &str, clause: CleanSpan) -> Option<(String, usize)> {
    let body = clause.of(text);
    let most = body.char_indices().nth(LONGEST + 8).map_or(body.len(), |(i, _)| i);
    let body = body.get(..most).map(|b| b.split(is_stop).next().unwrap_or(b))?;
    names::organisations().find(body)?;
    if let Some(name) = institution(body) {
        return Some((name.to_owned(), clause.start + name.len()));
    }
    let tagged = words::cut(text, CleanSpan::new(clause.start, clause.start + body.len()));
    let mut from = 0;
    let mut said = false;
    let mut depth = 0_i32;
    // 建起|60平方米的|车间: what there is so much of; a body only where something is said of it.
    let mut measured = false;
    for (n, word) in tagged.iter().enumerate() {
        depth += i32::from(word.text.starts_with(['（', '(', '“']))
            - i32::from(word.text.ends_with(['）', ')', '”']));
        if word.text == "的" || n == from && FRONT.contains(&word.text) {
            measured |= word.text == "的" && tagged.get(from..n).is_some_and(|of| of.iter().any(is_number));
            (from, said) = (n + 1, false);
            continue;
        }
        // 加固|工程, 检测|中心: a verb before the ending belongs to the name.
        let named_so =
            tagged.get(n + 1).is_some_and(|next| n > from && names::organisations().contains(next.text));
        // 建成|社区: what was done to such bodies.
        let done = [Cue::Predicate, Cue::Change].iter().any(|c| c.words().contains(word.text))
            && !NAMED.contains(&word.text);
        said |= depth == 0 && (is_function(word) && (!named_so || done) || n == from && is_deed(word.text));
        let rest = tagged.get(n + 1..).unwrap_or(&[]);
        let owns = || OWNERS.contains(&word.text) && rest.first().is_some_and(|w| w.class.starts_with('n'));
        let deed = word.class.starts_with('v') && word.text.chars().count() > 1;
        let object = measured && rest.is_empty();
        if said || deed || object || depth > 0 || goes_on(rest) || !is_border(rest) && !owns() {
            continue;
        }
        let first = tagged.get(from)?;
        let name = CleanSpan::new(first.span.start, word.span.end);
        if is_proper(name.of(text), tagged.get(from..=n).unwrap_or(&[])) {
            let office =
                body.starts_with('据') && names::organisations().suffix(name.of(text)).is_some_and(is_organ);
            return (!office).then(|| (plain(name.of(text)), word.span.end));
        }
    }
    None
}

fn is_number(word: &Word<'_>) -> bool {
    word.text.starts_with(|c: char| c.is_ascii_digit())
}

/// The one institution of its sort that an area has, which does something: 市图书馆|去年接待….
fn institution(text: &str) -> Option<&str> {
    const SORTS: &[&str] = &[
        "图书馆",
        "博物馆",
        "美术馆",
        "科技馆",
        "文化馆",
        "档案馆",
        "规划馆",
        "人民医院",
        "中医院",
        "中心血站",
    ];
    let area = text.chars().next().filter(|c| "省市县区州".contains(*c))?;
    let rest = text.get(area.len_utf8()..)?;
    let sort = SORTS.iter().find(|w| rest.starts_with(**w))?;
    let name = text.get(..area.len_utf8() + sort.len())?;
    let near = phrase::first_chars(text, CleanSpan::new(name.len(), text.len()), 4);
    let next = words::cut(text, near);
    next.first().is_some_and(|w| matches!(w.class, "v" | "d" | "t" | "p")).then_some(name)
}

/// Endings after which another noun names what is theirs: 粮食局|清欠, 集团|销量.
const OWNERS: &[&str] = &[
    "公司",
    "有限公司",
    "有限责任公司",
    "股份有限公司",
    "集团",
    "银行",
    "大学",
    "学院",
    "医院",
    "煤矿",
    "粮食局",
    "供电局",
    "邮政局",
    "机场",
    "电站",
    "中学",
    "高速公路",
    "铁路",
    "高铁",
    "大桥",
    "隧道",
    "水库",
    "港",
];

/// Words before the phrase that do not belong to it.
const FRONT: &[&str] = &["在", "将", "把", "对", "由", "据", "以", "“", "\"", "‘", " ", "—", "其中"];

/// Whether a name is that of a state organ, which speaks for its place.
pub(super) fn is_office(name: &str) -> bool {
    names::organisations().suffix(name).is_some_and(is_organ)
}

/// Endings of state organs: what they tell is not theirs.
fn is_organ(ending: &str) -> bool {
    ending.ends_with(['局', '厅', '委', '办', '部', '署', '会', '府', '处', '室'])
}

/// Verbs that names hold: 建设集团, 发展银行.
const NAMED: &[&str] = &[
    "建设", "发展", "服务", "生产", "销售", "出口", "进口", "培训", "开发", "投资", "安装", "改造", "利用",
    "种植", "采购", "推广", "提升",
];

/// A word that no name holds: a verb, an adverb, a preposition.
fn is_function(word: &Word<'_>) -> bool {
    let (word, tag) = (word.text, word.class);
    if Cue::Common.words().contains(word) || NAMED.contains(&word) {
        return false;
    }
    if Cue::Weak.words().contains(word) {
        return true;
    }
    if ["要", "抓", "让", "使"].contains(&word) {
        return true;
    }
    let long = word.chars().count() >= 2;
    match tag {
        "v" => long || Cue::Predicate.words().contains(word),
        // 第一|人民医院
        "m" => long && !word.starts_with('第'),
        "d" | "ad" | "p" | "c" | "r" | "y" | "t" => true,
        _ => false,
    }
}

/// A verb that no name begins with.
fn is_deed(word: &str) -> bool {
    let cues = [Cue::Predicate, Cue::Weak, Cue::Change];
    "做办建抓用打推开设引育".contains(word) || cues.iter().any(|c| c.words().contains(word))
}

/// A body named in apposition: 我国首座…煤矿———兖西煤矿于….
pub(super) fn apposed(text: &str, clause: CleanSpan) -> Option<(String, usize)> {
    let body = clause.of(text);
    let at = body.find("——")?;
    let rest = body.get(at..)?;
    let start = clause.start + at + (rest.len() - rest.trim_start_matches('—').len());
    opening(text, CleanSpan::new(start, clause.end))
}

/// The company that a clause opens with by a short name: 华为|去年…, 远澜光电|已完成….
pub(super) fn company(text: &str, clause: CleanSpan) -> Option<(String, usize)> {
    let body = clause.of(text);
    let front = FRONT.iter().chain(["如", "比如", "例如"].iter()).filter_map(|w| body.strip_prefix(w));
    let body = front.min_by_key(|rest| rest.len()).unwrap_or(body);
    let start = clause.end - body.len();
    let known = names::companies().prefix(body);
    let name = known.or_else(|| branded(text, CleanSpan::new(start, clause.end)))?;
    let rest = body.get(name.len()..)?;
    // 华为、中兴等企业: a list, nobody's figure; 华为大厦: something called after it.
    let listed = rest.starts_with(['、', '等', '和', '与', '及', '系', '“', '（', '(']);
    let longer = goes_on(&words::cut(
        text,
        CleanSpan::new(start + name.len(), clause.end.min(start + name.len() + 24)),
    ));
    (!listed && !longer).then(|| (name.to_owned(), start + name.len()))
}

/// A name made of characters that are no words together, and of what a company does: 远澜|光电.
fn branded(text: &str, clause: CleanSpan) -> Option<&str> {
    let near = phrase::first_chars(text, clause, 12);
    let all = words::cut(text, near);
    let at =
        all.iter().position(|w| Cue::Brand.words().contains(w.text)).filter(|at| (2..=4).contains(at))?;
    let made_up = all.get(..at)?.iter().all(|w| {
        w.text.chars().count() == 1
            && w.text.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
            && !matches!(w.class, "d" | "p" | "c" | "r" | "m" | "u" | "uj" | "ul")
            && !is_deed(w.text)
            && !Cue::Common.words().contains(w.text)
    });
    let next = all.get(at + 1)?;
    let said = matches!(next.class, "v" | "d" | "t" | "p") && !Cue::Common.words().contains(next.text);
    text.get(clause.start..all.get(at)?.span.end).filter(|_| made_up && said)
}

/// The project that a clause opens with: 云溪电池产业园二期项目|总投资…, 该项目 for the one named last.
pub(super) fn project(text: &str, clause: CleanSpan) -> Option<&str> {
    let body = clause.of(text);
    let at = ["工程项目", "项目", "工程"].iter().filter_map(|w| Some(body.find(w)? + w.len())).min()?;
    let name =
        body.get(..at).filter(|n| (5..=LONGEST).contains(&n.chars().count()) && !n.contains(is_stop))?;
    let rest = body.get(at..)?;
    let ends = rest.is_empty() || Cue::Works.words().prefix(rest).is_some();
    let all = words::cut(text, CleanSpan::new(clause.start, clause.start + at));
    let (first, inner) = all.split_first()?;
    let proper = |w: &Word<'_>| {
        ["ns", "nr", "nz", "nt", "nrt", "zg", "j"].contains(&w.class)
            && !Cue::Common.words().contains(w.text)
            && w.text.starts_with(|c: char| ('\u{4e00}'..='\u{9fff}').contains(&c))
    };
    let opens = Cue::Place.words().prefix(name).is_none()
        && !is_deed(first.text)
        && !matches!(first.class, "v" | "p" | "d" | "r" | "m");
    let said = |w: &Word<'_>| {
        matches!(w.class, "d" | "p") && !w.text.starts_with(['至', '高'])
            || w.class == "v" && w.text.chars().count() > 1 && !NAMED.contains(&w.text)
            || ["的", "系", "是"].contains(&w.text)
    };
    // 重点建设项目: a sort of projects.
    let counted = name.contains(|c: char| c.is_ascii_digit()) && !name.contains("年产");
    let listed = inner.iter().skip(1).any(|w| w.class == "c");
    let sort = ["重点项目", "重大项目", "建设项目", "示范项目", "重点工程项目", "重点工程"]
        .iter()
        .any(|w| name.ends_with(w));
    (ends
        && opens
        && !sort
        && !counted
        && !listed
        && all.iter().take(3).any(proper)
        && !inner.iter().any(said))
    .then(|| name.strip_suffix("项目").filter(|road| road.ends_with([')', '）'])).unwrap_or(name))
}

/// Whether a name is a company's that goes without an ending: 华为, 远澜光电.
pub(super) fn is_company(name: &str) -> bool {
    names::companies().contains(name) || Cue::Brand.words().suffix(name).is_some()
}

/// The company that an example brings in: 比如白水镇的|丰禾|就是….
pub(super) fn exemplified(text: &str, before: CleanSpan) -> Option<String> {
    let body = before.of(text);
    let (at, word) = ["比如", "例如", "譬如"].iter().filter_map(|w| Some((body.rfind(w)?, w))).max()?;
    let rest = body.get(at + word.len()..)?.split(is_stop).next()?;
    let end = ["就是", "便是", "是", "成立于", "创办于", "位于"].iter().filter_map(|w| rest.find(w)).min()?;
    let name = rest.get(..end)?.rsplit('的').next()?;
    (2..=12).contains(&name.chars().count()).then(|| plain(name))
}

/// The company that speaks: “…”恒泰化工有限公司董事长某某说. The speaker may stand in the next sentence.
pub(super) fn speaker(text: &str, sentence: CleanSpan) -> Option<String> {
    let body = sentence.of(text);
    let at = sentence.start + body.rfind('”')? + '”'.len_utf8();
    let rest = text.get(at..)?;
    let start = at + (rest.len() - rest.trim_start_matches(['，', ',']).len());
    let end = text.get(start..)?.char_indices().nth(LONGEST + 8).map_or(text.len(), |(i, _)| start + i);
    let (name, end) = opening(text, CleanSpan::new(start, end))?;
    Cue::Person.words().prefix(text.get(end..)?)?;
    Some(name)
}

/// A place known by its ending alone, at the start of a title or before a body of its own:
/// 青石县|“十四五”规划, 白水乡|石门村.
pub(super) fn division(text: &str) -> Option<&str> {
    for (count, (offset, c)) in text.char_indices().enumerate() {
        if count >= 6 || !('\u{4e00}'..='\u{9fff}').contains(&c) {
            break;
        }
        let end = offset + c.len_utf8();
        let head = text.get(..end)?;
        let ending = DIVISIONS.iter().find(|d| head.ends_with(**d));
        if let Some(ending) = ending.filter(|d| count + 1 >= d.chars().count() + 2) {
            // 某某|市长: a man's office.
            if text.get(end..).is_some_and(|rest| rest.starts_with('长') && !rest.starts_with("长期")) {
                return None;
            }
            // 硬化|乡镇道路, 边远|乡村: a sort of places.
            if *ending == "乡" && text.get(end..).is_some_and(|rest| rest.starts_with(['镇', '村'])) {
                return None;
            }
            // 经平桥镇…: where a road goes, no name.
            if head.starts_with(['经', '至', '到', '从', '赴', '往']) && !head.starts_with("经开") {
                return None;
            }
            let own = Cue::Place.words().suffix(head).is_some_and(|w| w.ends_with(*ending));
            let common = Cue::Common.words().contains(head)
                || Cue::Common
                    .words()
                    .suffix(head)
                    .is_some_and(|w| w.chars().count() >= 2 && w.ends_with(*ending));
            let parts = words::cut(text, CleanSpan::new(0, end));
            let said = parts
                .iter()
                .any(|w| is_function(w) || Cue::Common.words().contains(w.text) && w.text != *ending);
            // 再建|居村: what was done opens it.
            let said = said || Cue::Change.words().prefix(head).is_some();
            return (!own && !common && !said).then_some(head);
        }
    }
    None
}

/// A village or town no list names: with the one above it (白水乡|石门村), or as the doer (梅溪镇|开办…).
pub(super) fn village(text: &str) -> Option<&str> {
    const SMALL: &[char] = &['乡', '镇', '村'];
    let upper = division(text)?;
    let rest = text.get(upper.len()..)?;
    if let Some(lower) = division(rest).filter(|d| d.ends_with(SMALL) || d.ends_with("街道")) {
        return Some(lower);
    }
    let near = rest.char_indices().nth(4).map_or(rest.len(), |(i, _)| i);
    let next = words::cut(rest, CleanSpan::new(0, near));
    let does = next.first().is_some_and(|w| w.class == "v" || w.class == "d");
    (upper.ends_with(SMALL) || upper.ends_with('县')).then_some(upper).filter(|_| does)
}

fn plain(name: &str) -> String {
    name.chars().filter(|c| !"“”‘’\"".contains(*c)).collect()
}

fn is_stop(c: char) -> bool {
    "，,；;。：:、！？!?\n\t|—".contains(c)
}

/// Whether these words make the name longer: 开发区|管理|委员会.
fn goes_on(rest: &[Word<'_>]) -> bool {
    let mut longer = String::new();
    rest.iter().take(3).take_while(|word| word.text != "是" && word.text != "系").any(|word| {
        longer.push_str(word.text);
        names::organisations().suffix(&longer).is_some_and(|w| w.chars().count() >= 2)
    })
}

/// Whether a name may end before these words: something is said of it, or the clause is over.
fn is_border(rest: &[Word<'_>]) -> bool {
    let Some(next) = rest.first() else { return true };
    let t = next.text;
    if ["与", "和", "及", "等", "以及"].contains(&t) {
        return false;
    }
    t == "的"
        || t.starts_with(['（', '(', '—', ' '])
        || matches!(next.class, "v" | "vn" | "d" | "ad" | "p" | "t" | "a" | "b")
        || [Cue::Predicate, Cue::Attain, Cue::Adverb, Cue::Growth, Cue::Fact, Cue::Person, Cue::PostVerb]
            .iter()
            .any(|c| c.words().contains(t))
        || names::indicators().spellings.contains(t)
}

/// Whether a name is one body's own, not that of a sort of bodies: something in it is no common word.
fn is_proper(name: &str, parts: &[Word<'_>]) -> bool {
    let Some(ending) = names::organisations().suffix(name) else { return false };
    if Cue::Place.words().prefix(name).is_some() {
        return false;
    }
    let Some(head) = name.strip_suffix(ending).filter(|h| h.chars().count() >= 2) else { return false };
    let starts =
        name.starts_with(|c: char| c.is_ascii_alphabetic() || ('\u{4e00}'..='\u{9fff}').contains(&c));
    if !starts || head.contains(|c: char| c.is_ascii_digit()) || name.chars().count() > LONGEST {
        return false;
    }
    if ["国家级", "省级", "市级", "县级", "区级", "州级", "部级"].iter().any(|w| head.starts_with(w))
    {
        return false;
    }
    // 个别边远学校, 城区四所小学, 市政府对开发区: some of a sort, or more than a name.
    let several = ["个别", "部分", "所有", "各类", "其他", "多所", "多家", "多个"];
    let counted = |w: &str| {
        name.find(w)
            .and_then(|at| name.get(..at))
            .is_some_and(|n| n.ends_with(|c| "一二三四五六七八九十两".contains(c)))
    };
    let towards = name.contains('对') && !["对外", "对口", "对接"].iter().any(|w| name.contains(w));
    if several.iter().any(|w| head.starts_with(w))
        || ["所", "家", "座", "个"].into_iter().any(counted)
        || towards
    {
        return false;
    }
    // 市统计局 is the organ of the text's own area.
    if head.contains(['和', '与']) && !head.contains('（') || name.ends_with("支部") {
        return false;
    }
    if is_organ(ending) && ending.starts_with(['省', '市', '县', '区', '州', '村', '党']) {
        return false;
    }
    if is_organ(ending) && head.starts_with(['省', '市', '县', '区', '州', '我', '该', '本', '各', '全'])
    {
        return false;
    }
    let common = |w: &str| {
        let w = w.strip_suffix(ending).unwrap_or(w);
        w.is_empty()
            || ending.ends_with(w)
            || Cue::Common.words().contains(w)
            || Cue::Place.words().contains(w)
            || Cue::Nation.words().contains(w)
            || names::industries().contains(w)
            || names::indicators().spellings.contains(w)
            || w.chars().all(|c| {
                !('\u{4e00}'..='\u{9fff}').contains(&c) || "一二三四五六七八九十两多各该本".contains(c)
            })
    };
    let last = parts.last().map_or("", |w| w.text);
    // 建设|合肥…试验区: a place after a verb is acted on.
    let acted = parts.windows(2).any(
        |two| matches!(two, [verb, place] if is_deed(verb.text) && names::places().get(place.text).is_some()),
    );
    // …加固工程 is a work's name only with a name in it.
    let named =
        |w: &Word<'_>| ["ns", "nr", "nz", "x"].contains(&w.class) || names::places().get(w.text).is_some();
    if ending == "工程" && !parts.iter().any(named) {
        return false;
    }
    !acted
        && !parts.iter().all(|w| common(w.text))
        && (!Cue::Common.words().contains(last) || ending.ends_with(last))
        && names::places().get(last).is_none()
        && subject::is_body(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_that_clauses_speak_of() {
        for (text, expected) in [
            ("恒泰精细化工有限公司去年实现销售收入", Some("恒泰精细化工有限公司")),
            ("引进的捷讯光电公司估值", Some("捷讯光电公司")),
            ("东北实验中学创办于", Some("东北实验中学")),
            ("国家级企业技术中心达到", None),
            ("新建医院", None),
            ("支持企业建设研究院", None),
            ("上市公司达到", None),
        ] {
            let found = opening(text, CleanSpan::new(0, text.len())).map(|(name, _)| name);
            assert_eq!(found.as_deref(), expected, "{text}");
        }
        let text = "这座全省最大的煤矿———西岭煤矿于去年投产";
        assert_eq!(apposed(text, CleanSpan::new(0, text.len())).map(|(n, _)| n).as_deref(), Some("西岭煤矿"));
        let text = "“去年产值翻番。”恒泰化工有限公司厂长李某说。";
        assert_eq!(speaker(text, CleanSpan::new(0, text.len())).as_deref(), Some("恒泰化工有限公司"));
    }

    #[test]
    fn divisions_by_their_ending() {
        for (text, expected) in [
            ("青石县“十四五”规划", Some("青石县")),
            ("全市经济运行", None),
            ("城市建设", None),
            ("建设新农村", None),
        ] {
            assert_eq!(division(text), expected, "{text}");
        }
    }
}
