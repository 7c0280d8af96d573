//! Units that are certain though they are not written beside the number.
//!
//! `增长17.7；` → %; `产值80亿` → 元; `惠及10万儿童` → 人; `总投资（亿元）：26.5` → 元.

use super::date::lone_year;
use super::judge::draft;
use super::line::{Line, is_han};
use super::measure::{Measure, Reading, form_of, measure};
use super::number::numeral;
use super::quantity::{Form, Item};
use crate::lexicon::frames::{self, Role};
use crate::lexicon::units::{self, Class};
use crate::model::{Bound, Decimal};

/// A unit that is certain though it is not written: 增长17.7; 产值80亿.
pub(super) fn inferred(line: Line<'_>, reading: &Reading) -> Option<Item> {
    let number = &reading.number;
    let mut draft = draft(line, reading.clone(), None);
    if !number.chinese
        && let Some(unit) = bracket_before(line, draft.bounded.start)
    {
        let scale = unit.0;
        draft.value = draft.value.and_then(|v| v.checked_mul(scale)).map(|v| v.normalize());
        draft.form = form_of(Some(&unit.1));
        draft.class = Some(unit.1.class);
        draft.unit = Some(unit.1.name);
        draft.inferred = true;
        draft.rule = "the unit in brackets before the number";
        return Some(Item::Draft(Box::new(draft)));
    }
    let head = line.upto(draft.bounded.start);
    let rest = line.from(draft.bounded.end);
    let closes = rest
        .chars()
        .next()
        .is_none_or(|c| !is_han(c) && !c.is_ascii_alphanumeric() && !matches!(c, '-' | '/' | '%'))
        || ["和", "与", "及", "的", "左右"].into_iter().any(|word| rest.starts_with(word));
    let clause = line.clause_before(reading.start);
    let sign = head.chars().next_back().and_then(|c| match c {
        '¥' | '￥' => Some("元"),
        '$' | '＄' => Some("美元"),
        '€' => Some("欧元"),
        '£' => Some("英镑"),
        _ => None,
    });
    if let Some(unit) = sign {
        draft.unit = Some(unit.to_owned());
        draft.class = Some(Class::Measure);
        draft.inferred = true;
        draft.rule = "a sign of a currency before the number";
        return Some(Item::Draft(Box::new(draft)));
    }
    let percent = number.scale == Decimal::ONE
        && !number.chinese
        && !number.grouped
        && closes
        && reading.value.is_some_and(|v| v < Decimal::from(1000))
        && !lone_year(number)
        && frames::touching(Role::PercentBefore, head).is_some();
    if percent && !rest.starts_with(['、', '和', '与', '及']) {
        draft.unit = Some("%".to_owned());
        draft.class = Some(Class::Ratio);
        draft.inferred = true;
        draft.form = Form::Percent;
        draft.rule = "% after a word of growth or share";
        return Some(Item::Draft(Box::new(draft)));
    }
    let moves = head.ends_with(['从', '由']);
    let index = number.scale == Decimal::ONE && !number.chinese && number.decimals > 0 && (closes || moves);
    if index && frames::within(Role::IndexBefore, clause).is_some() {
        draft.rule = "a ratio or an index without a unit";
        return Some(Item::Draft(Box::new(draft)));
    }
    let round = number.scale > Decimal::ONE
        || number.more.is_some()
        || reading.value.is_some_and(|v| (v % Decimal::TEN).is_zero());
    let least = Decimal::from(if number.chinese { 10_000 } else { 200 });
    let many = (round || number.chinese)
        && !number.bare
        && reading.value.is_some_and(|v| v >= least)
        && !lone_year(number);
    if many && persons(line, reading.end) {
        draft.unit = Some("人".to_owned());
        draft.class = Some(Class::Tally);
        draft.inferred = true;
        draft.rule = "人 for a number of persons";
        return Some(Item::Draft(Box::new(draft)));
    }
    let large = reading.value.is_some_and(|v| v >= Decimal::from(100_000_000));
    let scaled = number.scale >= Decimal::from(10_000) || large && number.chinese;
    if !scaled || number.vague {
        return None;
    }
    if closes
        && !number.chinese
        && let Some(unit) = counted_before(clause)
    {
        draft.unit = Some(unit.name.to_owned());
        draft.class = Some(unit.class);
        draft.inferred = true;
        draft.rule = "the unit that the indicator names";
        return Some(Item::Draft(Box::new(draft)));
    }
    let goes_on = ["减少", "增加", "下降", "降", "增"].into_iter().any(|word| rest.starts_with(word));
    if (closes || goes_on) && !number.chinese && counts_people(clause) {
        draft.unit = Some("人".to_owned());
        draft.class = Some(Class::Tally);
        draft.inferred = true;
        draft.rule = "人 for a number of persons";
        return Some(Item::Draft(Box::new(draft)));
    }
    if frames::within(Role::PeopleBefore, clause).is_some() {
        if !closes || !line.clause_before(draft.bounded.start).ends_with("人口") {
            return None;
        }
        draft.unit = Some("人".to_owned());
        draft.class = Some(Class::Tally);
        draft.inferred = true;
        draft.rule = "人 for a population";
        return Some(Item::Draft(Box::new(draft)));
    }
    let money = frames::within(Role::MoneyBefore, clause).is_some();
    let listed = rest.starts_with(['、', '和', '与', '及', '至', '到']);
    let window = rest.char_indices().nth(8).map_or(rest.len(), |(n, _)| n);
    let paid = || rest.get(..window).is_some_and(|words| frames::within(Role::MoneyBefore, words).is_some());
    let certain = large && (closes || paid()) || money && closes && !listed;
    if !certain {
        return None;
    }
    if listed {
        // The item after it may lend its unit; 元 otherwise.
        draft.rule = "元 for a sum in 亿, in a list";
    } else {
        draft.rule = if money { "元 after a word for money" } else { "元 for a sum in 亿" };
    }
    draft.unit = Some("元".to_owned());
    draft.class = Some(Class::Measure);
    draft.inferred = true;
    draft.vague = (number.bare || !money && !paid()) && draft.bounded.bound == Bound::Eq;
    Some(Item::Draft(Box::new(draft)))
}

/// The unit in the name of what is counted: 参保人数, 旅游人次, 件数.
fn counted_before(clause: &str) -> Option<&'static units::Unit> {
    clause.char_indices().rev().find_map(|(at, _)| {
        let rest = clause.get(at..)?;
        let unit = units::at_start(rest).filter(|unit| matches!(unit.class, Class::Tally | Class::Count))?;
        let named =
            rest.get(unit.name.len()..)?.starts_with('数') && unit.name != "个" || unit.name == "人次";
        named.then_some(unit)
    })
}

/// Whether a word for persons leads to the number: 从业人员达|1.3亿, 贫困人口由2019年的|2.5万|减少到….
fn counts_people(clause: &str) -> bool {
    const PERSONS: &[&str] = &["人员", "人口", "劳动力", "职工", "移民", "农民工"];
    let Some((at, word)) =
        PERSONS.iter().filter_map(|w| Some((clause.rfind(w)?, w))).max_by_key(|(at, _)| *at)
    else {
        return false;
    };
    let between = clause.get(at + word.len()..).unwrap_or("");
    between.chars().count() <= 20
        && between.chars().all(|c| {
            c.is_ascii_digit()
                || "由从的到至达为约近有已超过突破总共增加减少下降上升年月日底末.万亿".contains(c)
        })
}

/// Whether a word for persons ends the first words after a number: 惠及10万|困难群众|.
fn persons(line: Line<'_>, at: usize) -> bool {
    const WORDS: usize = 10;
    let rest = line.from(at);
    let words = rest
        .char_indices()
        .take(WORDS)
        .find(|&(_, c)| !is_han(c) && !c.is_ascii_digit() && !matches!(c, '“' | '”'))
        .map_or_else(|| rest.char_indices().nth(WORDS).map_or(rest.len(), |(n, _)| n), |(n, _)| n);
    rest.get(..words).is_some_and(|words| frames::within(Role::PersonNoun, words).is_some())
}

/// The magnitude and unit in brackets before a number: `总投资（亿元）：26.5`.
fn bracket_before(line: Line<'_>, at: usize) -> Option<(Decimal, Measure)> {
    let head = line.upto(at).trim_end_matches(['：', ':', ' ', '为', '达', '到']);
    let inside = head.strip_suffix(['）', ')'])?;
    let open = inside.char_indices().rev().take(12).find(|(_, c)| matches!(c, '（' | '('))?;
    let from = open.0 + open.1.len_utf8();
    let (scale, unit) = unit_text(inside.get(from..)?)?;
    (unit.class != Class::Count || scale > Decimal::ONE || inside.len() - from <= 6).then_some((scale, unit))
}

/// Reads `亿元`, `万吨`, `%`, `单位：万户` as a magnitude and a unit.
pub(super) fn unit_text(text: &str) -> Option<(Decimal, Measure)> {
    let text = text.trim();
    let text = text.strip_prefix("单位").unwrap_or(text).trim_start_matches(['：', ':', ' ']);
    let line = Line(text);
    let scale = numeral(line, 0).filter(|n| n.bare || n.chinese && n.value == Some(Decimal::TEN));
    let at = scale.as_ref().map_or(0, |n| n.end);
    let unit = measure(line, at).filter(|unit| unit.end == text.len())?;
    Some((scale.and_then(|n| n.value).unwrap_or(Decimal::ONE), unit))
}

/// The end of `7∶3`, `7:3`, `1:1.5:2`, `3比1`.
pub(super) fn proportion(line: Line<'_>, reading: &Reading) -> Option<usize> {
    reading.number.value.filter(|_| reading.number.scale == Decimal::ONE)?;
    let mut end = reading.end;
    let mut terms = 1;
    while let Some(c) = line.at(end).filter(|c| matches!(c, '∶' | ':' | '：' | '比')) {
        let Some(next) =
            numeral(line, end + c.len_utf8()).filter(|n| n.scale == Decimal::ONE && n.value.is_some())
        else {
            break;
        };
        if measure(line, next.end).is_some() || line.at(next.end).is_some_and(|c| c.is_ascii_alphanumeric()) {
            break;
        }
        end = next.end;
        terms += 1;
    }
    (terms > 1).then_some(end)
}
