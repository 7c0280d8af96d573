//! A number read with its unit → a quantity, a vague one, or none, with the reason.
//!
//! `奖励期限3年` → a duration; `近3年` → a span that dates other figures; `四个单位` → vague; `产值80亿` → 元 inferred.

use super::bound::{Bounded, Core, bound};
use super::date::lone_year;
use super::line::{Line, is_han};
use super::measure::{Measure, Reading, measure};
use super::number::{Numeral, numeral};
use super::quantity::{Form, Item};
use super::reject::{self, Found};
use super::{infer, slogan};
use crate::lexicon::bounds;
use crate::lexicon::frames::{self, Role};
use crate::lexicon::numerals;
use crate::lexicon::units::Class;
use crate::model::{Bound, Decimal, Reason};

/// The rule for a size that says which ones are counted: 亿元以上|项目.
pub(super) const CLASSIFIES: &str = "a size that classifies";

/// A quantity being made.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) number: Numeral,
    pub(super) value: Option<Decimal>,
    pub(super) high: Option<Decimal>,
    pub(super) unit: Option<String>,
    pub(super) class: Option<Class>,
    pub(super) inferred: bool,
    pub(super) form: Form,
    pub(super) bounded: Bounded,
    pub(super) vague: bool,
    /// No unit was found: no quantity unless the items beside it lend one.
    pub(super) bare: bool,
    pub(super) rule: &'static str,
}

/// What a reading is.
pub(super) fn judge(line: Line<'_>, reading: Reading) -> Item {
    let class = reading.unit.as_ref().map(|unit| unit.class);
    if class == Some(Class::Time) && !is_duration(line, &reading) {
        return other(&reading, Reason::Span, "a length of time that dates other figures");
    }
    let Some(unit) = reading.unit.clone() else { return unitless(line, reading) };
    if reading.number.positional
        && reading.number.digits < 4
        && matches!(unit.class, Class::Count | Class::Place | Class::Tally)
    {
        return other(&reading, Reason::Name, "a number in a name");
    }
    let rare = unit.class == Class::Measure && unit.dimension != "quotient" && unit.name.chars().count() == 1;
    let graduates = unit.name == "届" && reading.number.plain().is_some_and(|n| n > 60);
    if unit.class == Class::Place && lone_year(&reading.number) || graduates {
        let end = reading.number.end;
        return Item::Other(Found::new(reading.start, end, Reason::Date, "a year on its own"));
    }
    if reading.number.small()
        && rare
        && !matches!(unit.name.as_str(), "元" | "吨" | "亩" | "米" | "斤" | "克" | "岁" | "度" | "升")
        && line.at(reading.end).is_some_and(is_han)
    {
        return other(&reading, Reason::Idiom, "a numeral in a word");
    }
    if reading.number.chinese && reading.number.high.is_none() {
        if unit.name == "届" {
            return other(&reading, Reason::Ordinal, "a session");
        }
        if unit.name == "条" && is_named_list(line, &reading) {
            return other(&reading, Reason::Name, "a list of measures known by its length");
        }
    }
    let counted = matches!(unit.class, Class::Count | Class::Tally | Class::Place);
    if counted && line.had(reading.start, "-") && line.before(reading.start - 1).is_some_and(is_han) {
        return other(&reading, Reason::Name, "a model");
    }
    if line.had(reading.start, "含") && line.at(reading.end).is_some_and(|c| matches!(c, '）' | ')')) {
        return other(&reading, Reason::Classifying, "a limit named again");
    }
    let mut draft = draft(line, reading, Some(&unit));
    let bounded = draft.bounded.bound != Bound::Eq;
    let after = line.from(draft.end);
    let measured = matches!(unit.class, Class::Measure | Class::Tally);
    let vague = if draft.number.vague {
        "an unknown number"
    } else if draft.value.is_none() {
        "an unprintable number"
    } else if counted && draft.number.small() && draft.high.is_none_or(|high| high < Decimal::TEN) {
        "a small count in Chinese numerals"
    } else if reading_of_one(&draft, &unit) {
        "one of a unit"
    } else if unit.dimension == "doubling" {
        "a doubling"
    } else if draft.number.bare && !bounded {
        "a bare magnitude"
    } else if measured && frames::touching(Role::GradeAfter, after).is_some() {
        CLASSIFIES
    } else if counted && frames::touching(Role::CompareBefore, line.upto(draft.bounded.start)).is_some() {
        "a size by comparison"
    } else if classifies(line, &draft, &unit) {
        CLASSIFIES
    } else {
        ""
    };
    if !vague.is_empty() {
        draft.vague = true;
        draft.rule = vague;
    }
    Item::Draft(Box::new(draft))
}

/// 16元一平米, 一斤葡萄: the unit that something is stated for.
fn reading_of_one(draft: &Draft, unit: &Measure) -> bool {
    let one = draft.number.chinese && draft.value == Some(Decimal::ONE);
    one && unit.class == Class::Measure && unit.dimension != "money"
}

/// 500万元以上项目, 60岁以上老年人: the quantity says which ones are meant.
fn classifies(line: Line<'_>, draft: &Draft, unit: &Measure) -> bool {
    if unit.class != Class::Measure || unit.dimension == "quotient" {
        return false;
    }
    let rest = line.from(draft.bounded.end);
    let noun = frames::touching(Role::ClassNoun, rest).is_some();
    let runs_on = rest.starts_with(is_han);
    if unit.dimension == "voltage" {
        return noun;
    }
    if unit.dimension == "age" {
        let whole = draft.value.is_some_and(|v| v.fract().is_zero());
        return whole && (draft.bounded.followed && runs_on || noun);
    }
    if unit.dimension == "money" && draft.bounded.bound != Bound::Eq {
        // 对总投资|500万元以上的项目,给予…: a condition that a rule sets.
        let condition = line.clause_before(draft.bounded.start);
        if frames::within(Role::ConditionBefore, condition).is_some()
            && frames::touching(Role::AmountBefore, condition).is_some()
        {
            return false;
        }
        let distant = draft.bounded.followed && runs_on && (draft.number.bare || class_noun_near(rest));
        return noun || distant;
    }
    draft.bounded.followed && noun
}

/// 亿元以上|技改项目|: a class noun within a few characters, no verb of giving between.
fn class_noun_near(rest: &str) -> bool {
    const REACH: usize = 8;
    let end = rest.char_indices().take(REACH).find(|&(_, c)| !is_han(c)).map(|(n, _)| n);
    let end = end.or_else(|| rest.char_indices().nth(REACH).map(|(n, _)| n)).unwrap_or(rest.len());
    rest.get(..end).is_some_and(|words| {
        ["项目", "企业", "工程", "单位"].into_iter().any(|noun| words.contains(noun))
            && !words.contains(['用', '支', '给', '奖', '补', '投', '资', '建', '推'])
    })
}

/// 人才十条, “惠企二十条”: the number of measures has become their name.
fn is_named_list(line: Line<'_>, reading: &Reading) -> bool {
    let verb = line
        .before(reading.start)
        .is_none_or(|c| !is_han(c) || "了共有台出定布行等的到达超近约施破逾过".contains(c));
    let closes = line.at(reading.end).is_none_or(|c| !is_han(c));
    !verb && closes && !reading.number.bare && reading.more.is_none()
}

/// Whether a length of time is itself the statement.
fn is_duration(line: Line<'_>, reading: &Reading) -> bool {
    let head = line.upto(line.skip_blank_back(reading.start));
    let rest = line.from(reading.end);
    if frames::touching(Role::DurationAfter, rest).is_some() {
        return true;
    }
    let outer = bounds::before(head, false).map_or("", |(word, _)| head.strip_suffix(word).unwrap_or(""));
    let strong = [head, outer].into_iter().any(|head| frames::touching(Role::SpanStrong, head).is_some());
    let span_after = frames::touching(Role::SpanAfter, rest);
    // 连续54个月|保持增长: for how long it held. 连续3年 dates what follows.
    let monthly = reading
        .unit
        .as_ref()
        .is_some_and(|unit| ["个月", "月", "个季度", "季度"].contains(&unit.name.as_str()));
    if monthly && head.ends_with("连续") && span_after.is_none() && rest.starts_with(is_han) {
        return true;
    }
    if reading.number.scale > Decimal::ONE {
        return !span_after.is_some_and(|word| word.contains('前'))
            && !outer.ends_with("距今")
            && !head.ends_with("距今");
    }
    if frames::within(Role::DurationBefore, line.clause_before(reading.start)).is_some() {
        let within = |word: &str| word.contains('内') || word.contains("时间");
        return !strong && span_after.is_none_or(within);
    }
    if strong || frames::touching(Role::SpanBefore, head).is_some() || span_after.is_some() {
        return false;
    }
    let years =
        reading.unit.as_ref().is_some_and(|unit| matches!(unit.name.as_str(), "年" | "月" | "日" | "个月"));
    !years && frames::touching(Role::DaysBefore, head).is_some()
}

fn other(reading: &Reading, reason: Reason, rule: &'static str) -> Item {
    Item::Other(Found::new(reading.start, reading.end, reason, rule))
}

/// A quantity from its parts, with the bound and the sign around it.
pub(super) fn draft(line: Line<'_>, reading: Reading, unit: Option<&Measure>) -> Draft {
    let core = Core {
        start: reading.start,
        end: reading.end,
        bare: reading.number.bare,
        more: reading.more,
        form: reading.form,
        money: unit.is_some_and(|unit| unit.dimension == "money"),
    };
    let mut bounded = bound(line, core);
    let (mut value, mut high) = (reading.value, reading.high);
    if let Some(start) = minus(line, reading.start) {
        value = value.map(|v| -v);
        high = high.map(|v| -v);
        bounded.start = bounded.start.min(start);
    }
    Draft {
        start: reading.start,
        end: reading.end,
        value,
        high,
        unit: unit.map(|unit| unit.name.clone()),
        class: unit.map(|unit| unit.class),
        inferred: false,
        form: reading.form,
        bounded,
        vague: false,
        bare: false,
        rule: "",
        number: reading.number,
    }
}

/// Where a minus sign, 负 or 零下 before the number begins.
pub(super) fn minus(line: Line<'_>, at: usize) -> Option<usize> {
    let at = line.skip_blank_back(at);
    if line.had(at, "零下") {
        return Some(at - "零下".len());
    }
    let (sign, start) = line.before(at).map(|c| (c, at - c.len_utf8()))?;
    let before = line.before(start);
    let negative = match sign {
        '-' | '−' | '－' => {
            before.is_none_or(|c| !c.is_ascii_alphanumeric() && c != '%' && c != '-' && c != '—')
        }
        '负' => before.is_none_or(|c| !"减担肩背自抱胜正欺税辜债".contains(c)),
        _ => false,
    };
    negative.then_some(start)
}

/// A number without a unit: inferred, vague, or none.
fn unitless(line: Line<'_>, reading: Reading) -> Item {
    let end = reading.end;
    let number = reading.number.clone();
    if reading.form == Form::Fraction {
        let mut draft = draft(line, reading, None);
        draft.vague = draft.value.is_none();
        draft.rule = "a fraction";
        return Item::Draft(Box::new(draft));
    }
    if let Some(end) = infer::proportion(line, &reading) {
        let mut draft = draft(line, Reading { end, value: None, form: Form::Ratio, ..reading }, None);
        draft.vague = true;
        draft.rule = "a proportion";
        return Item::Draft(Box::new(draft));
    }
    if line.has(end, "大")
        && number.plain().is_some_and(|n| n > 1 && n <= 40)
        && line.at(end + 3).is_none_or(|c| is_han(c) || "“‘".contains(c))
    {
        let mut draft = draft(line, Reading { end: end + "大".len(), ..reading }, None);
        draft.vague = true;
        draft.rule = "a count with 大";
        return Item::Draft(Box::new(draft));
    }
    if line.has(end, "级") {
        return graded(line, reading);
    }
    if let Some(item) = infer::inferred(line, &reading) {
        return item;
    }
    if lone_year(&number) && line.at(end).is_none_or(|c| c != '.') {
        return Item::Other(Found::new(
            reading.start,
            reject::range_end(line, &number),
            Reason::Date,
            "a year on its own",
        ));
    }
    if line.before(reading.start).is_some_and(|c| c == '-')
        && line.before(reading.start - 1).is_some_and(is_han)
        && !number.chinese
    {
        return other(&reading, Reason::Name, "a model");
    }
    if number.chinese && (number.small() || number.bare || number.vague) {
        return other(&reading, Reason::Idiom, "a numeral in a word");
    }
    let mut draft = draft(line, reading, None);
    draft.bare = true;
    Item::Draft(Box::new(draft))
}

/// 万亿级, 千亿级: a class of size in money; 三级: a grade.
fn graded(line: Line<'_>, reading: Reading) -> Item {
    let million = reading.value.is_some_and(|v| v >= Decimal::from(100_000_000));
    let end = reading.end + "级".len();
    if !million && reading.number.decimals == 0 {
        return Item::Other(Found::new(reading.start, end, Reason::Ordinal, "a grade"));
    }
    let mut draft = draft(line, Reading { end, ..reading }, None);
    draft.vague = true;
    if million {
        draft.unit = Some("元".to_owned());
        draft.inferred = true;
        draft.rule = CLASSIFIES;
    } else {
        draft.unit = Some("级".to_owned());
        draft.rule = "a grade on a scale";
    }
    Item::Draft(Box::new(draft))
}

/// A place in an order: 位居第一.
pub(super) fn rank(line: Line<'_>, start: usize, end: usize, number: Numeral) -> Item {
    let value = number.value;
    let reading = Reading { start, end, value, high: None, unit: None, form: Form::Rank, more: None, number };
    let mut draft = draft(line, reading, None);
    draft.vague = true;
    draft.rule = "a place in an order";
    Item::Draft(Box::new(draft))
}

/// Digits that are not legible: a vague count if a unit follows (20xx余家), a masked date or number otherwise.
pub(super) fn masked(line: Line<'_>, at: usize, end: usize, date: bool) -> Item {
    let mut stop = end;
    let mut more = None;
    for word in ["余", "多"] {
        if line.has(stop, word) {
            stop += word.len();
            more = Some(Bound::Gt);
        }
    }
    let unit = measure(line, stop).filter(|unit| unit.class != Class::Time && !date);
    let (Some(unit), Some(mut number)) = (unit, numeral(line, at)) else {
        let mut end = end;
        for word in ["年", "月", "日"] {
            if line.has(end, word) {
                end += word.len();
                end = numeral(line, end)
                    .filter(|n| line.has(n.end, "月") || line.has(n.end, "日"))
                    .map_or(end, |n| n.end);
            }
        }
        return Item::Other(Found::new(at, end, Reason::Masked, "digits are masked"));
    };
    number.vague = true;
    let reading = Reading {
        start: at,
        end: unit.end,
        value: None,
        high: None,
        form: Form::Amount,
        more,
        number,
        unit: Some(unit.clone()),
    };
    let mut draft = draft(line, reading, Some(&unit));
    draft.vague = true;
    draft.rule = "digits are masked";
    Item::Draft(Box::new(draft))
}

/// A numeral character that opens no number: part of a word.
pub(super) fn wordless(line: Line<'_>, at: usize) -> Option<Item> {
    let c = line.at(at)?;
    let end = at + c.len_utf8();
    match c {
        '○' | '〇' => None,
        // 队伍, 大陆, 收拾: words, not numerals.
        c if numerals::is_formal(c) => None,
        '0'..='9' => {
            Some(Item::Other(Found::new(at, line.digits(at), Reason::Identifier, "too long for a number")))
        }
        _ => Some(Item::Other(Found::new(at, end, Reason::Idiom, "a numeral in a word"))),
    }
}

/// A number in a short quotation is a name or a slogan, unless it clearly measures.
pub(super) fn in_quotes(line: Line<'_>, reading: &Reading, floor: usize) -> Option<Found> {
    slogan::quoted(line, reading.start, floor)?;
    let clear = reading.unit.as_ref().is_some_and(|unit| {
        matches!(unit.class, Class::Measure | Class::Ratio | Class::Tally) && !reading.number.small()
    });
    let graded = reading.unit.is_none() && reading.value.is_some_and(|v| v >= Decimal::from(100_000_000));
    (!clear && !graded)
        .then(|| Found::new(reading.start, reading.end, Reason::Slogan, "in a short quotation"))
}
