//! What stands beside a name without being part of it: circumstances, comparisons, deeds.
//!
//! `按可比价格计算|增长`, `比上一年同期|增长`, `办起|奶牛场`.

use crate::extract::phrase::{is_generic, known_suffix};
use crate::extract::words::{self, Word};
use crate::lexicon::cues::Cue;
use crate::lexicon::names;
use crate::text::CleanSpan;

/// Where the circumstances begin that end before `end`: 在原有基础上, 按可比价格计算.
pub(super) fn circumstance(all: &[Word<'_>], end: usize) -> Option<usize> {
    let closing: String = all.get(end.saturating_sub(2)..end)?.iter().map(|w| w.text).collect();
    let ends = |with: &[&str]| with.iter().any(|w| closing.ends_with(w));
    let opening: &[&str] = if ends(&["基础上", "情况下", "前提下", "背景下", "条件下", "形势下"])
    {
        &["在"]
    } else if ends(&["计算", "测算", "核算", "口径", "价格"]) {
        &["按", "按照"]
    } else {
        return None;
    };
    let near = end.saturating_sub(8);
    Some(near + all.get(near..end)?.iter().rposition(|w| opening.contains(&w.text))?)
}

/// Where a comparison with another time begins that ends before `end`: 比上一年同期, 相比“十二五”末, 较6月.
pub(super) fn compared(all: &[Word<'_>], end: usize, in_time: &dyn Fn(&Word<'_>) -> bool) -> Option<usize> {
    let near = end.saturating_sub(7);
    let words = all.get(near..end)?;
    let at = words.iter().rposition(|w| ["比", "较", "相比", "对比", "相较"].contains(&w.text))?;
    let timely = |w: &Word<'_>| {
        in_time(w)
            || w.text
                .chars()
                .all(|c| c.is_ascii_digit() || "上同前年月季度期末初底的一去周多常“”".contains(c))
    };
    words.get(at + 1..)?.iter().all(timely).then_some(near + at)
}

/// Takes from a name the verb whose object it is, told by how it ends: 办起|奶牛场.
pub(super) fn without_deed(name: &mut String) {
    if known_suffix(name) == name.as_str() {
        return;
    }
    let words = words::cut(name, CleanSpan::new(0, name.len()));
    let [first, rest @ ..] = words.as_slice() else { return };
    let verb = first.class == "v"
        && first.text.chars().count() == 2
        && first.text.ends_with(['起', '出', '入', '上', '下', '成', '好', '了', '到'])
        && !Cue::Compound.words().contains(first.text)
        && !Cue::Weak.words().contains(first.text);
    let noun = rest.first().is_some_and(|w| w.class.starts_with(['n', 'b', 'a', 'j', 'l']))
        && rest.last().is_some_and(|w| w.class.starts_with('n'));
    let tail = name.get(first.span.end..).unwrap_or("");
    if verb && noun && tail.chars().count() >= 2 && !is_generic(tail) {
        *name = tail.to_owned();
    }
}

/// 第一产业完成增加值 → 第一产业增加值; 市级每亩补助 → 每亩补助.
pub(super) fn without_attaining(name: &mut String) {
    let known = known_suffix(name);
    let head = name.strip_suffix(known).unwrap_or("");
    let stem = ["完成", "实现"].iter().find_map(|w| head.strip_suffix(w));
    if let Some(stem) = stem.filter(|s| !known.is_empty() && names::industries().contains(s)) {
        *name = format!("{stem}{known}");
    }
    // 用三年时间|投入: how long it takes.
    if let Some((_, rest)) = name.strip_prefix('用').and_then(|n| n.split_once("时间")) {
        *name = rest.to_owned();
    }
    let each = ["国家", "省级", "市级", "县级", "区级"].iter().find_map(|w| name.strip_prefix(w));
    if let Some(rest) = each.filter(|rest| rest.starts_with('每')) {
        *name = rest.to_owned();
    }
}
