//! The words before a number, read for what they name and what they say.
//!
//! Lead `全市完成规上工业总产值` + number → name 规上工业总产值, subject 全市, word of attaining.

use crate::extract::beside;
use crate::extract::subject::{self, Mention};
use crate::extract::words::{self, Word};
use crate::lexicon::cues::Cue;
use crate::lexicon::names;
use crate::model::Bound;
use crate::text::CleanSpan;

/// What the words before a number say.
#[derive(Clone, Debug, Default)]
pub struct Lead {
    /// The noun phrase that the number measures, without quotation marks; may be empty.
    pub name: String,
    /// A place or body that the words name.
    pub subject: Option<Mention>,
    /// 增长, 提高, 增速 …
    pub growth: bool,
    /// 下降, 减少, 降幅 …
    pub fall: bool,
    /// 增速, 增幅, 年均增长率: a noun, which a word of reaching does not turn into a state.
    pub growth_noun: bool,
    /// 新增, 净增, 再 …
    pub change: bool,
    /// 到, 至, 达到 stand right before the number.
    pub reach: bool,
    /// 占, 占比, 比重 …
    pub share: bool,
    /// What 占 is followed by: the whole.
    pub whole: Option<String>,
    /// 分别.
    pub distributive: bool,
    /// 其中.
    pub among: bool,
    /// 年均.
    pub yearly: bool,
    /// 同比, 比上年.
    pub yoy: bool,
    /// The word of attaining or of growth nearest the number.
    pub verb: Option<String>,
    /// The verb whose object the name is.
    pub object_of: Option<String>,
    /// A verb stands where a name would: 解决|1805件.
    pub verb_only: Option<String>,
    /// 提高, 下降 …: a change of the amount named before.
    pub shift: bool,
    /// 每人, 每平方米: the number is per one of these.
    pub per: Option<String>,
    /// 不高于基金规模的: the bound that stands apart from its number.
    pub limit: Option<Bound>,
    /// 高于全国: what the number is a distance to.
    pub against: Option<String>,
    /// The number opens an item of a list; its name can only follow it.
    pub open: bool,
}

/// Marks that never belong to a name.
const MARKS: &[char] = &[
    '“', '”', '"', '‘', '’', '\'', '「', '」', '《', '》', ' ', '　', '\t', '·', '—', '…', '|', '*', '#',
    '_', '．',
];

/// Reads the words before a number. `times` are the spans of expressions of time.
pub fn lead(text: &str, span: CleanSpan, times: &[CleanSpan], continued: bool) -> Lead {
    let mut lead = Lead::default();
    let span = last_chars(text, span, 60);
    let all = words::cut(text, span);
    let body = span.of(text);
    lead.distributive = body.contains("分别") || body.contains("各");
    lead.among = body.contains("其中");
    lead.yearly = ["年均", "平均每年", "平均增", "年递增", "年复合"].iter().any(|w| body.contains(w));
    lead.yoy = ["同比", "比上年", "较上年", "比去年", "较去年", "上年同期", "去年同期"]
        .iter()
        .any(|w| body.contains(w));
    let in_time = |w: &Word| times.iter().any(|t| t.overlaps(w.span));
    // 15万亩和|20万亩…: after a connector the number opens an item of its own.
    lead.open =
        continued && body.trim_end().ends_with(['、', '和', '与', '及', '，', ',']) && !lead.distributive;
    let quoted = quoted(&all);
    let is_quoted = |n: usize| quoted.get(n).copied().unwrap_or(false);

    let mut end = all.len();
    let mut first = true;
    let mut bracket = 0;
    while let Some(word) = end.checked_sub(1).and_then(|n| all.get(n)) {
        let t = word.text;
        if bracket > 0 || t == "）" || t == ")" {
            bracket += i32::from(t == "）" || t == ")") - i32::from(t == "（" || t == "(");
            end -= 1;
            continue;
        }
        // 【入园条件】|投资强度: a rubric names nothing.
        if t == "】" {
            break;
        }
        // 比上一年同期|增长3%: what it is compared with.
        if let Some(at) = beside::compared(&all, end, &in_time) {
            end = at;
            continue;
        }
        if is_quoted(end - 1) {
            // “十二五”|末期: a quoted word of time.
            if end >= 2
                && all.get(end.saturating_sub(3)..end).is_some_and(|near| near.iter().any(in_time))
                && collected_none(&all, end, times)
            {
                end -= 1;
                continue;
            }
            break;
        }
        let is = |cue: Cue| cue.words().contains(t);
        let mark = t.chars().all(|c| MARKS.contains(&c) || "、，,：:（(）)".contains(c));
        if times.iter().any(|t| t.contains(word.span)) {
            end -= 1;
            continue;
        }
        // 由每月人均|560元: how it is counted, not what.
        let leads =
            end >= 2 && all.get(end - 2).is_some_and(|w| ["由", "从", "按", "每月"].contains(&w.text));
        if t == "人均" && leads {
            end -= 1;
            continue;
        }
        // 在原有基础上|增长50%: the circumstances.
        if let Some(at) = beside::circumstance(&all, end) {
            end = at;
            continue;
        }
        // 每人每月|815元: the last of them that is no length of time.
        let split = end >= 2 && all.get(end - 2).is_some_and(|w| w.text == "每") && !is(Cue::Attain);
        let per = t.strip_prefix('每').or_else(|| split.then_some(t)).filter(|u| u.chars().count() <= 3);
        if let Some(unit) = per {
            if !["年", "月", "日", "天", "次", "季度", "季", "周"].contains(&unit) {
                lead.per.get_or_insert_with(|| unit.to_owned());
            }
            end -= if split { 2 } else { 1 };
            continue;
        }
        let reaching = is(Cue::Attain) || is(Cue::TailAdverb) || is(Cue::Reach);
        let moving = is(Cue::Growth) || is(Cue::Fall) || is(Cue::GrowthNoun) || is(Cue::Shift);
        // 面积|发展|到: a verb before 到 is part of the way to the number.
        let onward = all.get(end).is_some_and(|next| ["到", "至", "为", "达"].contains(&next.text));
        let done = (end >= 2 || onward) && is(Cue::TailVerb);
        let carried = onward && is(Cue::Predicate);
        if !(mark || reaching || moving || carried || done || is(Cue::Change) || is(Cue::Share)) {
            break;
        }
        if first && !mark && t != "了" && t != "的" {
            lead.reach =
                is(Cue::Reach) || t.ends_with(['到', '至', '为', '达']) || is(Cue::TailAdverb) && lead.reach;
            first = is(Cue::TailAdverb) && !t.ends_with(['到', '至', '为', '达']);
        }
        lead.share |= is(Cue::Share);
        if moving {
            lead.growth = true;
            lead.fall |= is(Cue::Fall);
            lead.growth_noun |=
                is(Cue::GrowthNoun) || t.ends_with('幅') || t.ends_with("增速") || t.ends_with('率');
            lead.shift |= is(Cue::Shift);
        }
        lead.change |= is(Cue::Change);
        lead.fall |= is(Cue::Change) && t.starts_with(['减', '降']);
        if !mark && !is(Cue::TailAdverb) {
            lead.verb.get_or_insert_with(|| t.to_owned());
        }
        end -= 1;
    }

    // 高于全国|0.7个百分点: the number is a distance to what stands between.
    if let Some(at) = all.iter().take(end).rposition(|w| {
        ["高于", "低于", "快于", "慢于", "好于", "高出", "优于", "超出", "超过"].contains(&w.text)
    }) && end > at + 1
        && all.get(at + 1..end).is_some_and(|between| between.iter().all(|w| !"，,；;、".contains(w.text)))
    {
        let from = all.get(at).map_or(span.start, |w| w.span.end);
        let to = all.get(end - 1).map_or(span.end, |w| w.span.end);
        let other = clean_name(CleanSpan::new(from, to).of(text));
        let word = all.get(at).map_or("", |w| w.text);
        if all.get(at.wrapping_sub(1)).is_some_and(|w| w.text == "不" || w.text == "不得") {
            // 不高于基金规模的|15%: a limit, given as a part of something.
            lead.limit = Some(if ["低于", "慢于"].contains(&word) { Bound::Ge } else { Bound::Le });
            lead.whole = Some(other);
        } else {
            lead.against = Some(other);
        }
        lead.fall = all.get(at).is_some_and(|w| w.text == "低于" || w.text == "慢于");
        end = at;
        while end > 0
            && all.get(end - 1).is_some_and(|w| {
                w.text == "不"
                    || Cue::GrowthNoun.words().contains(w.text)
                    || Cue::Growth.words().contains(w.text)
                    || Cue::TailAdverb.words().contains(w.text)
            })
        {
            end -= 1;
        }
    }

    // 占长春市的|59%: the whole stands between 占 and the number.
    if lead.against.is_none()
        && lead.limit.is_none()
        && let Some(at) = all.iter().take(end).rposition(|w| {
            Cue::Share.words().contains(w.text) || w.text.starts_with('占') && !w.text.starts_with("占地")
        })
    {
        lead.share = true;
        let from = all.get(at).map_or(span.start, |w| w.span.end);
        let to = all.get(end.saturating_sub(1)).map_or(span.end, |w| w.span.end);
        let whole = without_marks(CleanSpan::new(from, to.max(from)).of(text));
        let whole = ["的比重", "的比例", "比重", "比例", "的份额"]
            .iter()
            .fold(whole.as_str(), |w, e| w.trim_end_matches(e))
            .trim_end_matches('的');
        if !whole.is_empty() {
            lead.whole = Some(whole.to_owned());
        }
        end = at;
        while end > 0
            && all.get(end - 1).is_some_and(|w| Cue::TailAdverb.words().contains(w.text) || in_time(w))
        {
            end -= 1;
        }
    }
    // 产值|全区|占比: the whole stands before 占.
    if lead.share
        && lead.whole.is_none()
        && let Some(at) = end_of_whole(&all, end)
    {
        lead.whole = all.get(at).map(|w| w.text.to_owned());
        end = at - usize::from(at > 0 && all.get(at - 1).is_some_and(|w| w.text == "在"));
    }
    if lead.open && !lead.share {
        lead.subject = None;
        return lead;
    }

    // The longest known indicator that ends here is kept whole, verbs and all.
    let stop = all.get(end.wrapping_sub(1)).map_or(span.start, |w| w.span.end);
    let known = known_suffix(CleanSpan::new(span.start, stop).of(text));
    let protected = stop - known.len();
    let mut begin = end;
    let mut collected = 0;
    let mut bracket = 0;
    while let Some(word) = begin.checked_sub(1).and_then(|n| all.get(n)) {
        let t = word.text;
        let count = t.chars().count();
        if bracket > 0 || t == "）" || t == ")" {
            bracket += i32::from(t == "）" || t == ")") - i32::from(t == "（" || t == "(");
            begin -= 1;
            continue;
        }
        // 野生动物园|接待游客: who receives them is not what is counted.
        if word.span.end <= protected && known.starts_with("接待") {
            break;
        }
        if word.span.start >= protected || is_quoted(begin - 1) {
            begin -= 1;
            collected += count;
            continue;
        }
        if in_time(word) || "、".contains(t) && continued || t.chars().all(|c| "，,：:；;（(】".contains(c))
        {
            break;
        }
        // 在省级奖补基础上|一次性奖补.
        if collected > 0 && beside::circumstance(&all, begin).is_some() {
            break;
        }
        let opens =
            begin < 2 || all.get(begin - 2).is_some_and(|w| in_time(w) || "，,、；;：:".contains(w.text));
        if Cue::Change.words().contains(t) && collected > 0 {
            // 新型储能|新增装机: what stands before 新增 belongs to the name.
            let noun = begin
                .checked_sub(2)
                .and_then(|n| all.get(n))
                .filter(|w| t == "新增" && collected <= 3 && !in_time(w) && !is_verb(w.text));
            if noun.is_some_and(|w| ["n", "vn", "nz"].contains(&w.class) && !subject::is_body(w.text)) {
                lead.change = true;
                begin -= 1;
                collected += count;
                continue;
            }
            break;
        }
        // 集聚|区, 共|体: one character alone is no name.
        if collected == 1 && begin > 1 && !opens && (is_verb(t) || Cue::Adverb.words().contains(t)) {
            begin -= 1;
            collected += count;
            continue;
        }
        if is_verb(t) {
            // 科技对农业的|贡献率: 对 belongs to the name of such a ratio.
            let ratio = t == "对"
                && ["率", "度", "影响"]
                    .iter()
                    .any(|e| CleanSpan::new(word.span.end, stop).of(text).ends_with(e));
            if ratio {
                begin -= 1;
                collected += count;
                continue;
            }
            let part = Cue::Weak.words().contains(t)
                && (collected == 0 && begin > 1 && !opens
                    || collected > 0 && collected <= 3
                    || opens
                        && collected == 4
                        && CleanSpan::new(word.span.end, stop).of(text).ends_with("数量"));
            if !part {
                break;
            }
        } else if collected == 0 && ["学校", "医院", "公司"].contains(&t) {
            // 全县有|学校312所: counted, not whose the figure is.
        } else if Cue::Place.words().contains(t) || Cue::Nation.words().contains(t) {
            break;
        } else if t == "的" {
            let name = CleanSpan::new(word.span.end, stop).of(text);
            if !is_generic(name) {
                break;
            }
        } else if Cue::Adverb.words().contains(t) && !"、和与及或的“”‘’\"以及".contains(t) {
            break;
        }
        begin -= 1;
        collected += count;
    }
    let from = all.get(begin).map_or(stop, |w| w.span.start).min(stop);
    // 每千人拥有…托位数: the denominator opens the name, whatever stands between.
    let per = denominator(CleanSpan::new(span.start, stop).of(text));
    let from = per.map_or(from, |(at, _)| from.min(span.start + at));
    if let Some((_, unit)) = per {
        lead.per = Some(unit.to_owned());
    }
    let raw = CleanSpan::new(from, stop);
    let context = CleanSpan::new(span.start, from);
    if let Some(at) = (0..begin).rev().find(|&n| {
        !is_quoted(n) && all.get(n).is_some_and(|w| is_verb(w.text) || Cue::Change.words().contains(w.text))
    }) {
        let verb = all.get(at).map_or("", |w| w.text);
        // 新建卫生室|按每所5万元…: the number counts something else.
        let direct = all
            .get(at + 1..end)
            .is_some_and(|w| !w.iter().any(|w| w.text == "按" || w.text.starts_with('每')));
        lead.change |= direct && Cue::Change.words().contains(verb);
        lead.fall |= direct && Cue::Change.words().contains(verb) && verb.starts_with('减');
        lead.verb.get_or_insert_with(|| verb.to_owned());
        lead.object_of = Some(verb.to_owned());
        // 受理问题80件,解决|75件: the verb of an object that was named before.
        if at + 1 == end && from == stop && verb.chars().count() > 1 && !Cue::Change.words().contains(verb) {
            lead.verb_only = Some(verb.to_owned());
        }
    }
    lead.subject = subject::before(text, context);
    let (subject, rest) = subject::leading(text, raw);
    if let Some(mention) = subject {
        lead.subject = Some(mention);
    }
    lead.name = clean_name(rest.of(text));
    beside::without_deed(&mut lead.name);
    beside::without_attaining(&mut lead.name);
    if ["每个", "每户", "每家"].iter().any(|w| lead.name.starts_with(w))
        || ["较", "比", "同", "相比"].contains(&lead.name.as_str())
        || ["折算", "折合"].iter().any(|w| lead.name.ends_with(w))
        || is_time(&lead.name)
    {
        lead.name.clear();
    }
    lead.change |= lead.name.contains("新增") || lead.name.contains("净增");
    let deeds = words::cut(&lead.name, CleanSpan::new(0, lead.name.len()));
    let deeds = deeds.len() == 2 && deeds.iter().all(|w| is_verb(w.text) && w.class == "v");
    if (is_verb(&lead.name) || deeds) && !names::indicators().spellings.contains(&lead.name) {
        lead.verb_only = Some(std::mem::take(&mut lead.name));
    }
    lead
}

/// Where the word stands that names the whole right before 占, if a name stands before that: 产值|全区|占比, 出口在|全国|的占比.
fn end_of_whole(all: &[Word<'_>], share: usize) -> Option<usize> {
    let at = share.checked_sub(1).filter(|&at| all.get(at).is_some_and(is_area))?;
    let before = all.get(at.checked_sub(1)?)?;
    (before.text == "在" || before.class.starts_with('n') && !is_area(before)).then_some(at)
}

/// 全区, 全国.
fn is_area(word: &Word<'_>) -> bool {
    Cue::Place.words().contains(word.text) || Cue::Nation.words().contains(word.text)
}

/// `每万人` in a text without a mark behind it: where it starts, and what the number is per: 万人.
fn denominator(text: &str) -> Option<(usize, &str)> {
    let (at, per) = counted_in(text)?;
    // 每千名|老年人|拥有…: of whom there are so many.
    let from = at + '每'.len_utf8() + per.len();
    let next = words::cut(text, first_chars(text, CleanSpan::new(from, text.len()), 8));
    let noun = next.first().filter(|w| per.ends_with('名') && w.class.starts_with('n'));
    let end = noun.map_or(from, |w| w.span.end);
    Some((at, text.get(at + '每'.len_utf8()..end)?))
}

/// `每万人` without what is counted so.
fn counted_in(text: &str) -> Option<(usize, &str)> {
    let at = text.rfind('每')?;
    let rest = text.get(at + '每'.len_utf8()..)?;
    let scale = rest.len() - rest.trim_start_matches(['百', '千', '万', '十', '亿']).len();
    let unit = ["人", "户", "元", "名", "家", "平方公里", "公里", "亩", "吨"]
        .into_iter()
        .find(|u| rest.get(scale..).is_some_and(|r| r.starts_with(u)))?;
    let per = rest.get(..scale + unit.len())?;
    (scale > 0 && !rest.contains(['，', ',', '、', '；', ';', '：'])).then_some((at, per))
}

/// 5年, 短短几年, 7月29-31日, 截至8月2日统计: a time where a name would stand.
pub(super) fn is_time(name: &str) -> bool {
    let dated = name.chars().all(|c| c.is_ascii_digit() || "年月日时-—至".contains(c));
    if !name.is_empty() && dated || name.starts_with("截至") || name.starts_with("截止") || name == "目前"
    {
        return true;
    }
    name.strip_suffix('年').is_some_and(|n| {
        let n = n.trim_start_matches("短短").trim_start_matches('近');
        !n.is_empty() && n.chars().all(|c| c.is_ascii_digit() || "一二三四五六七八九十几数两".contains(c))
    })
}

/// A verb that may end what stands before a noun phrase.
pub(super) fn is_verb(word: &str) -> bool {
    Cue::Predicate.words().contains(word) || Cue::Weak.words().contains(word)
}

/// Whether the quotation that ends before `end` is of a time alone.
fn collected_none(all: &[Word<'_>], end: usize, times: &[CleanSpan]) -> bool {
    let marks = |w: &Word<'_>| w.text.chars().all(|c| MARKS.contains(&c));
    let timed = |w: &Word<'_>| times.iter().any(|t| t.overlaps(w.span));
    all.get(..end).is_some_and(|words| {
        words
            .iter()
            .rev()
            .take(3)
            .all(|w| marks(w) || timed(w) || ["较", "比", "同", "是", "为", "由", "从"].contains(&w.text))
    })
}

/// Which words stand between quotation marks, the marks included.
pub(super) fn quoted(all: &[Word<'_>]) -> Vec<bool> {
    let mut marks = vec![false; all.len()];
    let mut open = None;
    for (n, word) in all.iter().enumerate() {
        if word.text.contains(['“', '‘', '「', '《']) {
            open = Some(n);
        } else if word.text.contains(['”', '’', '」', '》'])
            && let Some(from) = open.take()
            && n - from <= 16
        {
            marks.iter_mut().take(n + 1).skip(from).for_each(|m| *m = true);
        }
    }
    marks
}

/// The longest known indicator that `text` ends with, or an empty text.
pub fn known_suffix(text: &str) -> &str {
    let start = text.len() - names::indicators().spellings.suffix(text).map_or(0, str::len);
    text.get(start..).unwrap_or("")
}

/// Whether a name is too general to stand alone: 数量, 面积, 率.
pub fn is_generic(name: &str) -> bool {
    let name = clean_name(name);
    Cue::Generic.words().contains(&name)
        || name.chars().count() <= 1
        || name.ends_with('率') && name.chars().count() <= 3
}

/// A name without quotation marks and what stands in brackets.
fn without_marks(text: &str) -> String {
    let mut name = String::with_capacity(text.len());
    let mut depth = 0;
    for c in text.chars() {
        match c {
            '（' | '(' | '[' | '［' => depth += 1,
            '）' | ')' | ']' | '］' => depth = (depth - 1).max(0),
            _ if depth > 0 || MARKS.contains(&c) => {}
            _ => name.push(c),
        }
    }
    name
}

/// A name without quotation marks, brackets and empty closing words.
pub fn clean_name(text: &str) -> String {
    let name = without_marks(text);
    let mut name = name.as_str();
    // 6.外贸出口: the number of the item.
    let item = name.trim_start_matches(|c: char| c.is_ascii_digit());
    if item.len() < name.len()
        && let Some(rest) = item.strip_prefix(['.', '．', '、'])
        && !rest.starts_with(|c: char| c.is_ascii_digit())
    {
        name = rest;
    }
    // 二、供养标准.
    let item = name.trim_start_matches(|c: char| "一二三四五六七八九十".contains(c));
    if item.len() < name.len()
        && let Some(rest) = item.strip_prefix('、')
        && !rest.starts_with(|c: char| "一二三四五六七八九十".contains(c))
    {
        name = rest;
    }
    loop {
        let before = name;
        // 在校生, 和美乡村: a word that only looks as if it began with one of them.
        let compound = Cue::Compound.words().prefix(name).is_some();
        if !compound {
            name = name.trim_start_matches(|c: char| "、，,：:；;。/／的在和与及或等了".contains(c));
        }
        name = name.trim_end_matches(|c: char| "、，,：:；;。/／的在和与及或等了".contains(c));
        if let Some(word) = Cue::DropTail.words().suffix(name)
            && name.chars().count() > word.chars().count() + 1
        {
            name = name.strip_suffix(word).unwrap_or(name);
        }
        for word in ["各类", "各项", "其中", "以及", "全部", "一个", "本级", "上述", "这家", "这些", "这个"]
        {
            if name.chars().count() > word.chars().count() + 1 {
                name = name.strip_prefix(word).unwrap_or(name);
            }
        }
        // 含旧存|343件, 人口自然|减少.
        name = name.strip_prefix('含').filter(|rest| rest.chars().count() == 2).unwrap_or(name);
        name = name.strip_suffix("自然").filter(|rest| rest.chars().count() >= 2).unwrap_or(name);
        if name == before {
            return name.to_owned();
        }
    }
}

fn last_chars(text: &str, span: CleanSpan, most: usize) -> CleanSpan {
    let start = span.of(text).char_indices().rev().nth(most - 1).map_or(span.start, |(i, _)| span.start + i);
    CleanSpan::new(start, span.end)
}

pub(super) fn first_chars(text: &str, span: CleanSpan, most: usize) -> CleanSpan {
    let end = span.of(text).char_indices().nth(most).map_or(span.end, |(i, _)| span.start + i);
    CleanSpan::new(span.start, end)
}
