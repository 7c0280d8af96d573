//! Parts and wholes: what a share is a share of, and the rest of a part's name.
//!
//! `新注册企业中科技型企业占40%` → indicator 科技型企业, of 新注册企业

use crate::extract::clause::{Clause, Site};
use crate::extract::draft::Draft;
use crate::extract::kind;
use crate::extract::name::topic_name;
use crate::extract::phrase;
use crate::extract::sentence::{Reading, Setting};
use crate::extract::subject::Mention;
use crate::lexicon::cues::Cue;
use crate::lexicon::names::places;
use crate::model::{Field, Kind};
use crate::text::CleanSpan;

/// 其中国家级|27户: a bare level or sector takes the rest of its name from the whole.
pub(super) fn complete_part(part: &str, whole: &str) -> String {
    const LEVELS: &[&str] = &[
        "国家级",
        "省级",
        "市级",
        "县级",
        "区级",
        "部级",
        "省部级",
        "市级以上",
        "省级以上",
        "国家级以上",
        "自治区级",
        "州级",
        "校级",
        "规模以上",
        "规上",
        "限额以上",
        "限上",
    ];
    if LEVELS.contains(&part) {
        let rest =
            LEVELS.iter().filter_map(|l| whole.strip_prefix(l)).min_by_key(|r| r.len()).unwrap_or(whole);
        return format!("{part}{rest}");
    }
    part.to_owned()
}

/// A share: its indicator is that of the part, `of` is the whole.
pub(super) fn share(
    s: Setting<'_>,
    reading: &Reading,
    clauses: &[Clause],
    drafts: &[Draft],
    draft: &mut Draft,
) {
    let Reading { lead, tail, site } = reading;
    let last = drafts.iter().rfind(|d| !d.indicator.is_empty());
    let inherit = |draft: &mut Draft| {
        if let Some(last) = last {
            draft.indicator.clone_from(&last.indicator);
            draft.decided(Field::Indicator, "that of the figure before", 0.95);
        }
    };
    if lead.share {
        let name = lead.name.trim_end_matches("比重").trim_end_matches("比例").trim_end_matches('的');
        if last.is_some() && places().get(name).is_some() {
            // 18家，在绥化市|占36%: a place measures nothing, it is what the share is of.
            draft.of = Some(name.to_owned());
            inherit(draft);
            return;
        }
        draft.of = lead.whole.clone().or_else(|| among(s, site, drafts));
        // 四大新区|占比54%: an area, the measure was said before.
        let area = name.ends_with("新区") || name.ends_with("开发区") || name.ends_with("高新区");
        if area && last.is_some_and(|l| l.kind == Kind::Share || l.kind == Kind::Growth) {
            inherit(draft);
            return;
        }
        // 新注册企业中科技型企业|占比: 中 divides the whole from the part.
        let (whole, part) = split_among(name);
        draft.of = draft.of.take().or(whole);
        if part.is_empty() && last.is_some() {
            inherit(draft);
            return;
        }
        draft.indicator = part;
        draft.decided(Field::Indicator, "named before 占", 0.92);
        if draft.indicator.is_empty() {
            let (name, rule, sure) = topic_name(s, reading, clauses);
            draft.indicator = name;
            draft.decided(Field::Indicator, rule, sure);
        }
        return;
    }
    let follows_share = site.nth > 0 && last.is_some_and(|l| l.kind == Kind::Share);
    if follows_share && tail.name.is_empty() {
        let named = lead.subject.as_ref().map(|m| match m {
            Mention::Named(n) | Mention::Own(n) | Mention::Nation(n) => n.clone(),
        });
        draft.of = Some(lead.name.clone()).filter(|n| !n.is_empty()).or(named);
        inherit(draft);
        return;
    }
    if ["任务", "计划", "目标", "总数", "总量", "总额"].iter().any(|w| lead.name.ends_with(w)) {
        draft.of = Some(lead.name.clone());
        inherit(draft);
        return;
    }
    for ending in ["比重", "占比", "比例", "份额"] {
        if let Some(stem) = lead.name.strip_suffix(ending) {
            let (whole, part) = split_among(stem.trim_end_matches('的'));
            draft.of = whole;
            draft.indicator = part;
            draft.decided(Field::Indicator, "named before the number", 0.88);
            return;
        }
    }
    if !lead.name.is_empty() && kind::put_to(s.text, tail) {
        let deed = phrase::clean_name(tail.whole.of(s.text));
        draft.indicator = format!("{deed}的{}", lead.name);
        draft.of = Some(lead.name.clone());
        draft.decided(Field::Indicator, "the part that is put to something", 0.8);
        return;
    }
    if !lead.name.is_empty() && !tail.genitive {
        let (whole, part) = split_among(&lead.name);
        draft.of = draft.of.take().or(whole);
        draft.indicator = part;
        draft.decided(Field::Indicator, "named before the number", 0.85);
        return;
    }
    // 60%|已初具规模: true of a part of what was named before.
    if tail.name.is_empty() {
        let rest = tail.rest.of(s.text);
        if let Some(part) = rest.strip_prefix('为') {
            draft.indicator = phrase::clean_name(part);
            draft.decided(Field::Indicator, "what the part is", 0.8);
        } else if let Some(deed) = Cue::Put.words().prefix(rest) {
            let bare = ["用于", "投资于", "投向", "归", "由"].contains(&deed);
            let use_ = if bare { rest.get(deed.len()..).unwrap_or("") } else { rest };
            // 20%|由合作社收回垫资, 5%|用于分红.
            draft.indicator = phrase::clean_name(use_);
            draft.decided(Field::Indicator, "what the part is put to", 0.8);
        } else if last.is_some() {
            inherit(draft);
            draft.of = Some(draft.indicator.clone());
        }
        return;
    }
    // 90%的行政村|生活垃圾得到治理: the whole follows, then what is true of the part.
    let rest = tail.rest.of(s.text).trim().trim_end_matches(['，', ',', '。', '；', ';']);
    draft.of = Some(tail.name.clone());
    draft.indicator = if rest.is_empty() || rest.starts_with('、') {
        tail.name.clone()
    } else if ["达到", "符合", "拥有", "具备", "建有"].iter().any(|w| rest.starts_with(w)) {
        format!("{}的{}", phrase::clean_name(rest), tail.name)
    } else {
        phrase::clean_name(tail.whole.of(s.text))
    };
    draft.decided(Field::Indicator, "the part of what follows the number", 0.8);
}

/// 其中研究生占|20%: the whole is what was counted before 其中.
fn among(s: Setting<'_>, site: &Site, drafts: &[Draft]) -> Option<String> {
    let from =
        drafts.iter().rfind(|d| matches!(d.kind, Kind::Level | Kind::Change) && !d.indicator.is_empty())?;
    let end = s.quantities.get(from.site.quantity)?.span.end;
    let between = s.text.get(end..site.lead.end)?;
    between.contains("其中").then(|| from.indicator.clone())
}

/// `新注册企业中科技型企业` → whole 新注册企业, part 科技型企业.
pub(super) fn split_among(name: &str) -> (Option<String>, String) {
    let divides = |(at, mid): (usize, &str)| {
        let (whole, part) = (name.get(..at)?, name.get(at + mid.len()..)?);
        let fits = whole.chars().count() >= 3
            && part.chars().count() >= 2
            && !part.starts_with([
                '小', '心', '药', '国', '央', '等', '学', '医', '型', '试', '间', '部', '高', '低', '级',
            ])
            && !whole.ends_with(['其', '集', '初', '高', '年', '省']);
        fits.then(|| (Some(phrase::clean_name(whole)), phrase::clean_name(part)))
    };
    name.match_indices('中').find_map(divides).unwrap_or((None, name.to_owned()))
}

/// What a sentence divides that opens like 外资结构：甲国46%；乙国24%.
pub(super) fn structure(text: &str, sentence: CleanSpan) -> Option<String> {
    let (head, rest) = sentence.of(text).split_once(['：', ':'])?;
    let name = ["结构", "构成", "组成"].iter().find_map(|w| head.strip_suffix(w))?;
    let listed = rest.contains(['；', ';', '、', '，', ',']);
    let name = phrase::clean_name(name);
    (listed && (2..=10).contains(&name.chars().count())).then_some(name)
}
