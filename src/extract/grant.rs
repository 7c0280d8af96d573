//! What a rule grants: the name of an amount that states none of its own.
//!
//! `给予50万元|奖励`; `按投入的8%给予|补助,单个项目最高|300万元` → 补助.

use crate::extract::draft::Draft;
use crate::extract::phrase;
use crate::extract::quantity::{Form, Quantity};
use crate::extract::sentence::{Reading, Setting};
use crate::extract::tail;
use crate::extract::words::{self, Word};
use crate::lexicon::cues::Cue;
use crate::lexicon::units;
use crate::text::CleanSpan;

/// The rule that names a grant, as the trace has it.
pub(super) const RULE: &str = "what is granted";

/// Words that open what each of several is granted: no name of an amount.
const SHARED_OUT: &[&str] = &[
    "每", "单个", "单户", "单家", "单项", "单笔", "同一", "额外", "累计", "年度", "各", "西部", "中部",
    "东部",
];

/// What the number grants, if the words around it or before it in the sentence say so.
pub(super) fn granted(s: Setting<'_>, reading: &Reading, q: &Quantity, drafts: &[Draft]) -> Option<String> {
    let Reading { lead, tail, .. } = reading;
    let money = q.unit.as_deref().and_then(units::named).is_some_and(|u| u.dimension == "money");
    if !money && !matches!(q.form, Form::Percent | Form::Fraction) {
        return None;
    }
    // 500万元以上的,…: a condition of the grant.
    let rest = tail.rest.of(s.text);
    if tail.genitive && (tail.name.is_empty() || tail.name == "部分") {
        return None;
    }
    // 给予|奖励 after the number.
    let given = ["给予", "予以"].iter().find_map(|w| rest.strip_prefix(w)).map(phrase::clean_name);
    if let Some(given) = given.filter(|g| (2..=10).contains(&g.chars().count())) {
        return Some(given);
    }
    if is_grant(&tail.name) {
        return Some(tail.name.clone());
    }
    // 每个产品|奖励: the deed before the number is the name.
    let before = reading.site.lead.of(s.text).trim_end();
    let word = Cue::Granted.words().suffix(before);
    let to_whom = before.contains(['对', '给']) && !lead.name.ends_with(['额', '金', '费', '款', '率']);
    let shared = lead.name.is_empty()
        || to_whom && word.is_some_and(|w| !lead.name.ends_with(w))
        || SHARED_OUT.iter().any(|w| lead.name.starts_with(w));
    if let Some(word) = word.filter(|_| shared) {
        return Some(word.to_owned());
    }
    // 单个项目最高, 硕士每月: each gets of what was granted before.
    let Some(last) = drafts.iter().rfind(|d| money && is_grant(&d.indicator)) else {
        // (五)设备投资奖励 ⏎ 单个企业每年最高|2000万元.
        let said = s.text.get(reading.site.lead.start..q.span.start).unwrap_or("");
        let gives = ["给予", "最高", "不超过", "奖励", "补助", "补贴"].iter().any(|w| said.contains(w));
        return s.section.grant.clone().filter(|_| money && shared && gives);
    };
    let grant = Cue::Granted.words().suffix(&last.indicator)?;
    if shared {
        return Some(grant.to_owned());
    }
    before.contains('每').then(|| format!("{}{grant}", lead.name.trim_end_matches(grant)))
}

/// `按每千人不少于|1名|的标准配备乡村医生`: what is done at that measure. `按西部每所|5万元|、东部每所3万元的标准…`
/// shares it along the list.
pub(super) fn measured(s: Setting<'_>, reading: &Reading, clause: CleanSpan) -> Option<String> {
    let Reading { lead, site, .. } = reading;
    let unnamed = lead.name.is_empty()
        || lead.name.starts_with(['每', '按'])
        || lead.name.starts_with("人均")
        || lead.name.chars().count() <= 4 && site.lead.of(s.text).contains('每')
        || SHARED_OUT.iter().any(|w| lead.name.starts_with(w));
    let before = CleanSpan::new(clause.start, site.lead.end.max(clause.start)).of(s.text);
    if !unnamed || !before.contains(['按', '以']) {
        return None;
    }
    let after = CleanSpan::new(site.tail.start, clause.end.max(site.tail.start));
    let (at, word) = ["的标准", "的比例", "的额度", "的幅度", "标准给予"]
        .iter()
        .find_map(|w| Some((after.of(s.text).find(w)?, w.trim_end_matches("给予"))))?;
    let rest = CleanSpan::new(after.start + at + word.len(), clause.end);
    let all = words::cut(s.text, phrase::first_chars(s.text, rest, 24));
    let deed = |w: &&Word<'_>| {
        !Cue::Granted.words().contains(w.text)
            && (phrase::is_verb(w.text) || w.class == "v" || w.text == "予以")
    };
    let verbs = all.iter().take_while(deed).count();
    let start = all.get(verbs)?.span.start;
    if let Some(word) = all.get(verbs).map(|w| w.text).filter(|w| Cue::Granted.words().contains(w)) {
        return (verbs > 0).then(|| word.to_owned());
    }
    let object = tail::tail(s.text, CleanSpan::new(start, rest.end), "", false, false);
    (verbs > 0 && object.name.chars().count() >= 2).then_some(object.name)
}

/// Whether a name ends in what a rule grants: 一次性奖励, 生活补贴.
pub(super) fn is_grant(name: &str) -> bool {
    Cue::Granted.words().suffix(name).is_some() && name.chars().count() <= 10
}

/// Whether a name is the ratio of a grant (补助比例), no part of a whole.
pub(super) fn is_ratio(name: &str) -> bool {
    name.strip_suffix("比例").is_some_and(|stem| Cue::Granted.words().suffix(stem).is_some())
}
