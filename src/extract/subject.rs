//! Whose a figure is: places, zones and bodies named in the text.
//!
//! `长春净月高新区集聚` → 长春净月高新区; `全市规上` → the document's own area; `一汽集团销量` → 一汽集团.

use crate::extract::body;
use crate::lexicon::cues::Cue;
use crate::lexicon::names::{self, Level};
use crate::text::CleanSpan;

/// How a subject is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mention {
    /// By its name.
    Named(String),
    /// 全市, 我省, 该区: the document's own area.
    Own(String),
    /// 全国, 我国.
    Nation(String),
}

/// A named place or body in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    pub span: CleanSpan,
    pub name: String,
    /// The level of the last place in it; `None` for a body.
    pub level: Option<Level>,
}

/// Endings of zones that follow a place's name: 长春|净月|高新区.
const ZONES: &[&str] = &[
    "高新技术产业开发区",
    "经济技术开发区",
    "高新技术开发区",
    "综合保税区",
    "综保区",
    "自由贸易试验区",
    "国家级新区",
    "旅游度假区",
    "经济开发区",
    "工业园区",
    "高新区",
    "经开区",
    "开发区",
    "自贸区",
    "自贸港",
    "示范区",
    "试验区",
    "保税区",
    "度假区",
    "工业园",
    "产业园",
    "科技城",
    "新区",
    "园区",
    "新城",
    "风景名胜区",
    "风景区",
    "景区",
    "校区",
    "院区",
];

/// The place that starts at byte `at`, with the places and the zone that follow it.
pub fn place_at(text: &str, at: usize, end: usize) -> Option<Named> {
    let rest = text.get(at..end)?;
    let (spelling, place) = names::places().prefix(rest)?;
    if let Some(other) = other_division(rest, spelling, place) {
        return Some(Named {
            span: CleanSpan::new(at, at + other.len()),
            name: other.to_owned(),
            level: Some(Level::County),
        });
    }
    let mut to = at + spelling.len();
    let mut level = place.level;
    let mut from = at;
    while let Some((next, inner)) = text.get(to..end).and_then(|r| names::places().prefix(r)) {
        if inner.level >= level {
            break;
        }
        from = to;
        to += next.len();
        level = inner.level;
    }
    while level != Level::World
        && let Some(lower) =
            text.get(to..end).and_then(body::division).filter(|d| d.ends_with(['县', '镇', '乡', '村']))
    {
        // 甲县|白水镇|石门村: divisions that no list names.
        from = to;
        to += lower.len();
        level = Level::County;
    }
    // 甲市级以上示范农场: what the place awards, not where it is.
    if text.get(to..end).is_some_and(|rest| rest.starts_with("级")) {
        return None;
    }
    if level != Level::World
        && level != Level::Region
        && let Some(zone) = zone_after(text, to, end)
    {
        to = zone;
        level = Level::Zone;
    } else if level == Level::County || level == Level::City {
        // 台州|段 of a road or a railway.
        let section = text.get(to..end).and_then(|rest| rest.strip_prefix('段'));
        if section.is_some_and(|after| !after.starts_with(['落', '位', '子', '时', '式'])) {
            to += '段'.len_utf8();
            level = Level::Zone;
        }
    }
    // 河北省|承德市: the innermost place is meant; its own full name serves.
    let mut name = text.get(from..to)?.to_owned();
    if from > at {
        if let Some(inner) = names::places().get(&name) {
            inner.name.clone_into(&mut name);
        }
    } else if level == place.level && spelling == name {
        // A short spelling at a word's end may be a name of something else (长春路): leave it to the caller.
        let after = text.get(to..end).unwrap_or("");
        let suffix = after.chars().next();
        // 江州|市 of a place that no list names is not the listed 江州区.
        let other = after.starts_with(['市', '县'])
            && !["市场", "市域", "市民", "市值", "市区", "县域", "县城", "市县", "县市", "县区"]
                .iter()
                .any(|w| after.starts_with(w));
        let elsewhere = |c| "路街站桥寺山河湖江海口门楼村镇乡屯寨庄一二三四五六七八九十".contains(c);
        if (suffix.is_some_and(elsewhere) || other) && spelling != place.name {
            return None;
        }
        if spelling != place.name && !matches!(level, Level::World | Level::Zone | Level::Region) {
            place.name.clone_into(&mut name);
        }
    }
    if let Some(end) = body_after(text, to, end) {
        return Some(Named {
            span: CleanSpan::new(at, end),
            name: text.get(at..end)?.to_owned(),
            level: None,
        });
    }
    Some(Named { span: CleanSpan::new(at, to), name, level: Some(level) })
}

/// A place that shares a listed one's short name: 临江|省, where 临江市 is listed.
fn other_division<'a>(text: &'a str, spelling: &str, place: names::Place) -> Option<&'a str> {
    const NOT: &[char] = &['场', '域', '级', '内', '外', '块', '间', '长', '民', '直', '属', '位', '委'];
    let rest = text.get(spelling.len()..)?;
    let ending = rest.chars().next().filter(|c| "省市县".contains(*c))?;
    let after = rest.get(ending.len_utf8()..)?;
    let short = spelling != place.name && !place.name.ends_with(ending);
    (short && !after.starts_with(NOT)).then(|| text.get(..spelling.len() + ending.len_utf8())).flatten()
}

/// Where a body's name ends that begins with a place: 大庆|萨尔图机场, 吉林|银行.
fn body_after(text: &str, at: usize, end: usize) -> Option<usize> {
    let rest = text.get(at..end)?;
    let mut taken = 0;
    for (offset, c) in rest.char_indices() {
        let here = rest.get(offset..)?;
        if let Some(ending) = BODIES.iter().find(|e| here.starts_with(**e)) {
            let after = here.get(ending.len()..).unwrap_or("");
            return (!after.starts_with(['数', '类', '化', '型', '等']))
                .then_some(at + offset + ending.len());
        }
        taken += 1;
        if taken > 6
            || !('\u{4e00}'..='\u{9fff}').contains(&c)
            || "的在和与及将完已是有到市省区县为新建设各所".contains(c)
        {
            return None;
        }
    }
    None
}

/// Endings of bodies whose names often begin with a place.
const BODIES: &[&str] = &[
    "人民法院",
    "法院",
    "人民检察院",
    "检察院",
    "保税物流中心",
    "图书馆",
    "博物馆",
    "机场",
    "大学",
    "学院",
    "医院",
    "银行",
    "集团",
    "股份有限公司",
    "有限责任公司",
    "有限公司",
    "公司",
    "煤矿",
    "电站",
    "电厂",
    "油田",
    "研究院",
    "研究所",
];

/// Where a zone's ending stops that starts within a few characters of `at`.
fn zone_after(text: &str, at: usize, end: usize) -> Option<usize> {
    let rest = text.get(at..end)?;
    let mut taken = 0;
    for (offset, c) in rest.char_indices() {
        let here = rest.get(offset..)?;
        if let Some(zone) = ZONES.iter().find(|z| here.starts_with(**z)) {
            return Some(at + offset + zone.len());
        }
        taken += 1;
        if taken > 4 || !('\u{4e00}'..='\u{9fff}').contains(&c) || "的在和与及将完已是有到市省".contains(c)
        {
            return None;
        }
    }
    None
}

/// The subject that a noun phrase begins with, and the rest of the phrase.
pub fn leading(text: &str, span: CleanSpan) -> (Option<Mention>, CleanSpan) {
    let mut start = span.start;
    let mut mention = None;
    loop {
        let rest = CleanSpan::new(start, span.end);
        let body = rest.of(text);
        let compound = Cue::Compound.words().prefix(body).is_some();
        let marks = ['、', ' ', '，', ',', '的', '“', '”'];
        let skip =
            body.len() - body.trim_start_matches(|c| marks.contains(&c) || c == '在' && !compound).len();
        let at = start + skip;
        let body = text.get(at..span.end).unwrap_or("");
        let (found, length) = if let Some(named) = place_at(text, at, span.end).filter(|n| n.level.is_none())
        {
            // 中国银行, 吉林大学: a body, not the place it is called after.
            let length = named.span.len();
            (Mention::Named(named.name), length)
        } else if let Some(word) = Cue::Place.words().prefix(body) {
            (Mention::Own(word.to_owned()), word.len())
        } else if let Some(word) = Cue::Nation.words().prefix(body).filter(|w| *w != "国家") {
            (Mention::Nation(word.to_owned()), word.len())
        } else if let Some(named) = place_at(text, at, span.end) {
            let length = named.span.len();
            (Mention::Named(named.name), length)
        } else if let Some(name) =
            body::division(body).filter(|d| mention.is_none() && d.ends_with(['县', '镇', '乡', '村']))
        {
            // 青禾县|地区生产总值: a place that no list names.
            let lower = body.get(name.len()..).and_then(body::division).unwrap_or("");
            let innermost = if lower.is_empty() { name } else { lower };
            (Mention::Named(innermost.to_owned()), name.len() + lower.len())
        } else {
            let from = if mention.is_some() { at } else { start };
            return (mention, CleanSpan::new(from, span.end));
        };
        let after = text.get(at + length..span.end).unwrap_or("");
        // 吉林省级…, 长春市场: not a place by itself. A phrase that is all place keeps it as its name.
        let goes_on = [
            "级",
            "场",
            "域",
            "院士",
            "科学院",
            "工程院",
            "控股",
            "商投资",
            "投资企业",
            "特色",
            "式",
            "共产党",
            "重点实验室",
            "百强",
            "学生",
            "同胞",
            "500强",
            "五百强",
            "首",
        ]
        .iter()
        .any(|w| after.starts_with(w));
        if goes_on || after.trim_matches(['的', ' ']).is_empty() {
            return (mention, rest);
        }
        // 甲市、乙市、丙县|3个县市: a list of places is nobody's figure.
        let listed = matches!((&mention, &found), (Some(Mention::Named(_)), Mention::Named(_)))
            && text.get(start..at).is_some_and(|between| between.contains('、'));
        if listed {
            let mut end = at + length;
            while let Some(next) = text
                .get(end..span.end)
                .and_then(|rest| rest.strip_prefix('、'))
                .and_then(|rest| place_at(text, span.end - rest.len(), span.end))
            {
                end = next.span.end;
            }
            return (None, CleanSpan::new(end, span.end));
        }
        mention = Some(found);
        start = at + length;
    }
}

/// The subject named last in the words before a noun phrase: the last place, else the body that
/// opens the clause.
pub fn before(text: &str, span: CleanSpan) -> Option<Mention> {
    let body = span.of(text);
    let mut last = None;
    let mut skip_until = 0;
    for (offset, c) in body.char_indices() {
        // 赴上海、杭州等地: where one goes is not whose the figure is.
        if "，,；;。".contains(c) {
            last = None;
        }
        let at = span.start + offset;
        if at < skip_until {
            continue;
        }
        let rest = text.get(at..span.end).unwrap_or("");
        if let Some(word) = Cue::Place.words().prefix(rest) {
            last = Some(Mention::Own(word.to_owned()));
            skip_until = at + word.len();
        } else if let Some(word) = Cue::Nation.words().prefix(rest).filter(|w| *w != "国家") {
            last = Some(Mention::Nation(word.to_owned()));
            skip_until = at + word.len();
        } else if let Some(named) = place_at(text, at, span.end) {
            skip_until = named.span.end;
            let before = body.get(..offset).unwrap_or("");
            let elsewhere = [
                "赴", "往", "向", "与", "同", "对", "从", "到", "来自", "销往", "出口", "和", "、", "高于",
                "低于", "于", "在", "至", "支持", "服务", "助力", "聚焦", "对接", "连接", "辐射", "覆盖",
            ]
            .iter()
            .any(|w| before.ends_with(w));
            let rest = text.get(skip_until..span.end).unwrap_or("");
            // 中国科学院|院士: what sort of member, not whose.
            let member = text.get(skip_until..).is_some_and(|r| r.starts_with("院士"));
            let listed = rest.starts_with('、');
            // 冰雪大|世界: the end of a name.
            let inside = named.name == "世界"
                && before.ends_with(|c: char| ('\u{4e00}'..='\u{9fff}').contains(&c))
                && !before.ends_with(['全', '占', '在', '为']);
            let owner = rest.trim_end_matches('的').is_empty();
            if !elsewhere
                && !member
                && !listed
                && !inside
                && (owner || named.level.is_none_or(|l| l <= Level::Province))
            {
                last = Some(Mention::Named(named.name));
            }
        }
    }
    last
}

/// Whether a name is that of a body: 一汽集团, 吉林银行.
pub fn is_body(name: &str) -> bool {
    let count = name.chars().count();
    // 普惠性民办|幼儿园, 年产20万吨纸|生产线: of what sort, not whose.
    let sort = name.strip_suffix('办').is_some_and(|n| n.ends_with(|c| "民公主创举兴协承开".contains(c)))
        || name.starts_with("年产");
    let proper = |w: &str| {
        !sort
            && count > w.chars().count()
            && name.strip_suffix(w).is_none_or(|head| !Cue::Common.words().contains(head))
    };
    names::organisations().suffix(name).is_some_and(proper) && count <= 24
}

/// Every named place of a stretch of text.
pub fn places(text: &str, span: CleanSpan) -> Vec<Named> {
    let mut found = Vec::new();
    let mut skip_until = 0;
    for (offset, c) in span.of(text).char_indices() {
        let at = span.start + offset;
        if at < skip_until || c.is_ascii() {
            continue;
        }
        if let Some(named) = place_at(text, at, span.end) {
            skip_until = named.span.end;
            found.push(named);
        }
    }
    found
}
