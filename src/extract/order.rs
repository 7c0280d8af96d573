//! Numbers that count items or say a place: sections, notes, annexes, ordinals, ranks.
//!
//! `（一）` → list number; `第五批` → ordinal; `位居全国第二` → a rank, left to the caller.

use super::line::{Line, is_han};
use super::measure::measure;
use super::number::{Numeral, numeral};
use super::reject::Found;
use crate::lexicon::frames::{self, Role};
use crate::lexicon::numerals::{self};
use crate::lexicon::units::Class;
use crate::model::{Decimal, Reason};

/// Whether an item of a list may begin at `at`.
pub(super) fn opens_item(line: Line<'_>, at: usize) -> bool {
    let head = line.upto(at);
    let trimmed = head.trim_end_matches([' ', '\u{3000}']);
    trimmed.chars().next_back().is_none_or(|c| {
        matches!(
            c,
            '。' | '；'
                | ';'
                | '：'
                | ':'
                | '！'
                | '？'
                | '!'
                | '?'
                | '\n'
                | '\t'
                | ')'
                | '）'
                | '》'
                | '●'
                | '■'
                | '◆'
                | '★'
                | '·'
                | '—'
                | '”'
                | '“'
        )
    })
}

/// The number of an item, a section, a table or a note.
pub(super) fn list_number(line: Line<'_>, at: usize) -> Option<Found> {
    let c = line.at(at)?;
    let found = |start, end, rule| Some(Found::new(start, end, Reason::ListNumber, rule));
    if matches!(c, '①'..='⑳') {
        return found(at, at + c.len_utf8(), "a circled number");
    }
    let number = numeral(line, at)?;
    // 2.1项目概况: a section number at the head of a line
    let section =
        number.decimals == 1 && !number.chinese && number.scale == Decimal::ONE && number.digits == 1;
    if section
        && line.upto(at).trim().is_empty()
        && line.at(number.end).is_some_and(is_han)
        && measure(line, number.end).is_none_or(|unit| unit.class == Class::Place)
    {
        return found(at, number.end, "a section number");
    }
    let value = number.plain().filter(|v| (0..=99).contains(v))?;
    let end = number.end;
    // （一）, (3)
    if let Some(open) = line.before(at).filter(|c| matches!(c, '(' | '（'))
        && let Some(close) = line.at(end).filter(|c| matches!(c, ')' | '）'))
        && value > 0
    {
        return found(at - open.len_utf8(), end + close.len_utf8(), "a number in brackets");
    }
    // ［1］, a note
    if line.before(at).is_some_and(|c| matches!(c, '［' | '[' | '【'))
        && line.at(end).is_some_and(|c| matches!(c, '］' | ']' | '】'))
    {
        return found(at, end, "a note");
    }
    let opens = opens_item(line, at);
    let next = line.at(end);
    let follows = |n: usize| line.at(line.skip_blank(n));
    if opens && value > 0 {
        match next {
            Some('、')
                if !follows(end + 3).is_some_and(|c| numerals::is_numeral(c) && listed(line, end + 3)) =>
            {
                return found(at, end + "、".len(), "an item's number");
            }
            Some('.' | '．') if !number.chinese || follows(end + 1).is_some_and(is_han) => {
                let width = next.map_or(1, char::len_utf8);
                return found(at, end + width, "an item's number");
            }
            Some(')' | '）') => {
                let width = next.map_or(1, char::len_utf8);
                return found(at, end + width, "an item's number");
            }
            Some(' ')
                if number.decimals == 0
                    && at == 0
                    && follows(end).is_some_and(|c| is_han(c) && !numerals::is_numeral(c))
                    && measure(line, end).is_none() =>
            {
                return found(at, end, "an item's number");
            }
            _ => {}
        }
    }
    let comma = line.before(at).is_none_or(|c| !is_han(c) || c == '的');
    if number.chinese && comma {
        for word in ["是", "要", "则", "手抓"] {
            if line.has(end, word) && value <= 20 {
                return found(at, end + word.len(), "an item of an enumeration");
            }
        }
    }
    // 附件3, 表1
    let head = line.upto(line.skip_blank_back(at));
    if (measure(line, end).is_none()
        || ["专栏", "附件", "附表", "附图"].into_iter().any(|word| head.ends_with(word)))
        && number.plain().is_some()
        && let Some(word) = frames::touching(Role::ListBefore, head)
        && word != "第"
        && (word.len() > 3
            || !line.upto(at - word.len()).ends_with(is_han)
            || next.is_none_or(|c| !is_han(c)))
    {
        return found(at, end, "the number of a table, note or annex");
    }
    None
}

/// Whether numbers separated by 、 run on to one with a unit: 12、15和18亿元.
fn listed(line: Line<'_>, at: usize) -> bool {
    numeral(line, line.skip_blank(at)).is_some_and(|n| {
        measure(line, n.end).is_some()
            || line.at(n.end).is_some_and(|c| matches!(c, '、' | '和' | '与' | '及'))
    })
}

/// `第五批`, `第十一次`; a place in an order is left to the caller.
pub(super) fn ordinal(line: Line<'_>, at: usize) -> Option<Found> {
    if !line.had(at, "第") {
        return None;
    }
    let start = at - "第".len();
    let number = numeral(line, at)?;
    let mut end = number.end;
    // 第二、三产业
    while let Some(next) = ["、", "和", "至", "到", "-", "—"].into_iter().find(|word| line.has(end, word))
    {
        let Some(other) = numeral(line, end + next.len()) else { break };
        if other.plain().is_none() || measure(line, other.end).is_some_and(|unit| unit.class != Class::Count)
        {
            break;
        }
        end = other.end;
    }
    for word in ["季度", "产业", "时间", "梯队", "方阵", "书记", "世界", "条"] {
        if line.has(end, word) {
            let reason = if word == "季度" { Reason::Date } else { Reason::Ordinal };
            return Some(Found::new(start, end + word.len(), reason, "第 before the number"));
        }
    }
    let next = line.at(end);
    if next.is_some_and(|c| matches!(c, '，' | ',' | '、' | '：' | ':')) && opens_item(line, start) {
        return Some(Found::new(start, end, Reason::ListNumber, "an item of an enumeration"));
    }
    if let Some(unit) = measure(line, end) {
        end = unit.end;
    }
    Some(Found::new(start, end, Reason::Ordinal, "第 before the number"))
}

/// Whether 第一 or 前十 states a place in an order: 位居全国第一, 排名第3位, 进入全国前十. Gives where
/// it begins and ends.
pub(super) fn rank(line: Line<'_>, at: usize) -> Option<(usize, usize, Numeral)> {
    let first = line.had(at, "第");
    let among = line.had(at, "前");
    if !first && !among {
        return None;
    }
    let number = numeral(line, at)?;
    number.plain()?;
    let mut end = number.end;
    for word in ["位", "名"] {
        if line.has(end, word) {
            end += word.len();
            break;
        }
    }
    let named = end > number.end;
    let start = at - "第".len();
    let head = line.upto(start);
    let closes =
        line.at(end).is_none_or(|c| !is_han(c) && c != '%' && c != '‰' || matches!(c, '的' | '和' | '与'))
            || line.has(end, "方阵")
            || line.has(end, "梯队")
            || line.has(end, "行列");
    let near = frames::touching(Role::RankNear, head).is_some();
    let strong = frames::within(Role::RankBefore, line.clause_before(start)).is_some();
    if among {
        let stands = (near || strong || named) && closes && measure(line, end).is_none();
        return stands.then_some((at, end, number));
    }
    (closes && (strong || near) || named && strong).then_some((start, end, number))
}
