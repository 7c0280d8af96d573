//! The words after a number, read for what they name.
//!
//! `15所|高校、在校` → 高校; `5台|机组并网发电` → 机组.

use crate::extract::phrase::{self, clean_name};
use crate::extract::words::{self, Word};
use crate::lexicon::cues::Cue;
use crate::lexicon::units;
use crate::text::CleanSpan;

/// What stands after a number.
#[derive(Clone, Debug, Default)]
pub struct Tail {
    /// The noun phrase; may be empty.
    pub name: String,
    /// 的 stands before it: `300亿元|的|基金`.
    pub genitive: bool,
    /// What follows the noun phrase in the clause.
    pub rest: CleanSpan,
    /// Noun phrase and what follows it.
    pub whole: CleanSpan,
}

/// Words that lead to 的 and the head behind it: 4个|水质达到Ⅲ类的|湖库.
const MODIFIERS: &[&str] = &[
    "达到", "符合", "具有", "具备", "针对", "用于", "未", "不", "有", "从事", "由", "经", "以", "在", "对",
    "获得", "受", "的",
];

/// Reads the noun phrase after a number, and what follows it in the clause.
///
/// With `direct` the verb before the number acts on something of the counted (降低|4874个商品|的税率):
/// the counted then stand before 的; with `causes` it makes the counted act (支持|22个|载体|延伸产业链).
pub fn tail(text: &str, span: CleanSpan, unit: &str, direct: bool, causes: bool) -> Tail {
    let span = phrase::first_chars(text, span, 48);
    let all = words::cut(text, span);
    let quoted = phrase::quoted(&all);
    let word = |n: usize| all.get(n).map_or("", |w| w.text);
    let mut begin = 0;
    let mut tail = Tail::default();
    // 879件|(含旧存343件), 100万元|(含)以上: a remark on the number.
    if ["（", "("].contains(&word(0))
        && let Some(close) = all.iter().position(|w| w.text == "）" || w.text == ")")
    {
        begin = close + 1;
    }
    while [" ", "的"].contains(&word(begin)) {
        tail.genitive |= word(begin) == "的";
        begin += 1;
    }
    let stops = |n: usize| {
        all.get(n).is_none_or(|w| {
            let t = w.text;
            let sized = word(begin).starts_with(|c: char| c.is_ascii_digit());
            if ["以上", "以下"].contains(&t) && n > begin && (sized || word(n - 1).ends_with('级')) {
                return false;
            }
            let verb = Cue::PostVerb.words().contains(t)
                || Cue::Predicate.words().contains(t) && !Cue::Weak.words().contains(t);
            let opens = n == begin
                && (Cue::Weak.words().contains(t) && !is_move(t) || Cue::Common.words().contains(t));
            !quoted.get(n).copied().unwrap_or(false)
                && ("、，,；;：:。按".contains(t)
                    || (verb || n == begin && (is_move(t) || reaches(t))) && !opens)
        })
    };
    let mut end = begin;
    let mut bracket = false;
    while end < all.len() {
        let t = word(end);
        bracket |= t == "（" || t == "(";
        if !bracket && stops(end) {
            // 先进技术|和|常规技术, 国家|和|地区: one name where both end alike or the second is short.
            let joined = (end > begin && ["和", "与", "及"].contains(&t))
                .then(|| (end + 1..all.len()).take_while(|&n| !stops(n)).last())
                .flatten();
            let same = |last: usize| {
                let closing = |n: usize| word(n).chars().next_back();
                let count: usize = (end + 1..=last).map(|n| word(n).chars().count()).sum();
                (closing(last) == closing(end - 1)
                    || last + 1 >= all.len()
                    || [end - 1, last].iter().all(|&n| Cue::Division.words().contains(word(n)))
                    || count <= 4 && word(last + 1) != "、")
                    && (end + 1..=last).all(|n| !word(n).contains(|c: char| c.is_ascii_digit()))
            };
            match joined.filter(|&last| same(last)) {
                Some(last) => end = last + 1,
                None => break,
            }
            continue;
        }
        if t == "）" || t == ")" {
            bracket = false;
        }
        end += 1;
    }
    // 个水质达到Ⅲ类|的|江河湖库, 个吸引力强、带动面广|的|场景: the head stands after 的.
    let modifies = MODIFIERS.contains(&word(end)) && (word(end) == "的" || end <= begin + 2)
        || word(end) == "、" && end > begin && all.get(end - 1).is_some_and(|w| w.class == "a");
    // 10名|站在世界前沿的中国工程院院士: a verb opens what is said of them, the head stands behind the last 的.
    let clause = all.iter().skip(begin).take_while(|w| !"，,；;：:。（(".contains(w.text)).count();
    let said = units::wants_noun(unit)
        && !tail.genitive
        && all.get(begin).is_some_and(|w| {
            w.class == "v" && w.text.chars().count() <= 2 && !Cue::Compound.words().contains(w.text)
        });
    let last = (begin..begin + clause).rev().find(|&n| word(n) == "的").filter(|&n| said && n > begin + 1);
    // 来自41个国家和地区|的客商: areas are counted, not what comes from them.
    let areas = word(end) == "的" && end > begin && Cue::Division.words().contains(word(end - 1));
    if let Some(of) = last
        && let to = (of + 1..all.len()).find(|&n| stops(n)).unwrap_or(all.len())
        && to > of + 1
    {
        begin = of + 1;
        end = to;
    } else if !(direct && end > begin)
        && modifies
        && !areas
        && let Some(head) =
            all.iter().skip(end).take_while(|w| !"，,；;：:。".contains(w.text)).position(|w| w.text == "的")
    {
        let from = end + head + 1;
        let to = (from..all.len()).find(|&n| stops(n)).unwrap_or(all.len());
        if to > from {
            begin = from;
            end = to;
        }
    }
    if !quoted.get(end.wrapping_sub(1)).copied().unwrap_or(false) {
        let verb = !word(end).is_empty() && !"、，,；;：:。的".contains(word(end));
        end = begin + counted(all.get(begin..end).unwrap_or(&[]), unit, verb);
    }
    if units::wants_noun(unit)
        && let Some(heads) = headed(all.get(begin..).unwrap_or(&[]), end - begin, unit)
    {
        end = begin + heads;
    }
    if causes && let Some(noun) = pivot(all.get(begin..end).unwrap_or(&[])) {
        end = begin + noun;
    }
    // 32个大类行业|中: where something holds, no part of the name.
    while end > begin + 1 && ["中", "里", "内"].contains(&word(end - 1)) {
        end -= 1;
    }
    let at = |n: usize| all.get(n).map_or(span.end, |w| w.span.start);
    let raw = CleanSpan::new(at(begin), at(end)).of(text);
    tail.name = clean_name(raw);
    if tail.name.chars().count() <= 2 && raw.contains(['（', '(']) && raw.chars().count() <= 12 {
        raw.trim().clone_into(&mut tail.name);
    }
    tail.rest = CleanSpan::new(at(end), span.end);
    tail.whole = CleanSpan::new(at(begin), span.end);
    tail
}

/// How many words name those that go on to act on something: 载体|延伸|上下游|产业链.
fn pivot(words: &[Word<'_>]) -> Option<usize> {
    (1..words.len()).find(|&n| {
        words.get(n).is_some_and(|w| {
            w.class == "v"
                && w.text.chars().count() > 1
                && !Cue::Compound.words().contains(w.text)
                && !Cue::Weak.words().contains(w.text)
        }) && words.get(n - 1).is_some_and(|w| w.class.starts_with('n'))
            && words.len() >= n + 3
    })
}

/// How many of the first `length` words name areas, sorts or persons of which more is said: 行业|增加值增长,
/// 县|遭受洪灾, 专家|包片指导.
fn headed(words: &[Word<'_>], length: usize, unit: &str) -> Option<usize> {
    let said = words.get(length).is_none_or(|w| !"、，,；;：:。的和与及".contains(w.text));
    let attribute = |rest: &[Word<'_>]| {
        let last = rest.last().map_or("", |w| w.text);
        said && last.ends_with(['值', '额', '量', '率', '费', '价', '格', '入', '度', '资'])
    };
    let deed = |w: &Word<'_>| {
        w.class == "v" && w.text.chars().count() > 1 && !Cue::Compound.words().contains(w.text)
    };
    let person = |w: &Word<'_>| {
        w.class.starts_with(['n', 'l'])
            && w.text.chars().count() > 1
            && w.text.ends_with([
                '员', '生', '师', '众', '才', '家', '部', '工', '民', '人', '者', '士', '童', '户',
            ])
    };
    let phrase = words.get(..length)?;
    (1..length).find(|&n| {
        let (Some(head), Some(next)) = (phrase.get(n - 1), phrase.get(n)) else { return false };
        let rest = phrase.get(n..).unwrap_or(&[]);
        if Cue::Division.words().contains(head.text) {
            return deed(next) || attribute(rest);
        }
        ["人", "名", "位", "户"].contains(&unit)
            && person(head)
            && next.class == "v"
            && !rest.last().is_some_and(person)
    })
}

/// How many of the words name what is counted; those after them say what it does (机组|并网发电).
///
/// A phrase that ends in a noun is kept whole. One that ends in verbs loses them where the unit counts
/// persons or things, and else where an adverb or, with a measure word, two verbs show a sentence
/// (重点项目|集中开工), not a name (老旧小区改造). So does a verb that follows the phrase.
fn counted(words: &[Word<'_>], unit: &str, before_verb: bool) -> usize {
    let acts = |w: &Word<'_>| {
        !Cue::Compound.words().contains(w.text)
            && (["v", "vd", "ad"].contains(&w.class) || w.class.starts_with(['d', 'p', 'c', 'r']))
    };
    let names = |n: usize| {
        let before = n.checked_sub(1).and_then(|n| words.get(n));
        words.get(n).is_some_and(|w| {
            let named = Cue::Compound.words().contains(w.text);
            // 老年人|免费, 机组|并网发电
            let deed = w.class == "vn" && (before.is_some_and(acts) || ["人", "名", "位"].contains(&unit));
            named || !(acts(w) || deed || w.class == "a")
        })
    };
    // 2400余人|紧急转移: nothing that could be counted.
    if words.iter().all(|w| w.class.starts_with(['a', 'd', 'p', 'c'])) {
        return 0;
    }
    let Some(last) = (0..words.len()).rev().find(|&n| names(n)) else { return words.len() };
    let after = words.get(last + 1..).unwrap_or(&[]);
    let deed = Cue::Thing.words().contains(unit)
        || before_verb && after.iter().any(|w| w.class == "v")
        || units::wants_noun(unit) && after.len() > 1 && after.iter().any(|w| w.class == "v")
        || after.iter().any(|w| w.class == "d" || w.class == "ad" || is_move(w.text));
    if deed { last + 1 } else { words.len() }
}

/// Whether a word leads on to another number: 689万户|增至|951万户.
fn reaches(word: &str) -> bool {
    word.chars().count() > 1 && word.ends_with(['至', '到', '为']) && Cue::Attain.words().contains(word)
}

/// Whether a word speaks of growth or loss: 增加, 压缩.
fn is_move(word: &str) -> bool {
    word.chars().count() > 1 && (Cue::Growth.words().contains(word) || Cue::Fall.words().contains(word))
}
