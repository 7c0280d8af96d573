//! What sort of statement a quantity makes: `同比增长6.7%` growth, `占长春市的59%` share,
//! `新增80余户` change, `问题解决率96.4%` rate, `436.29亿元` level.

use crate::extract::grant;
use crate::extract::phrase::Lead;
use crate::extract::quantity::{Form, Quantity};
use crate::extract::tail::Tail;
use crate::extract::whole;
use crate::lexicon::cues::Cue;
use crate::lexicon::units;
use crate::model::Kind;

/// The kind, whether the number is a loss, and the rule. `listed` is the kind of the figure before
/// it in the same list.
pub fn kind(
    text: &str,
    q: &Quantity,
    lead: &Lead,
    tail: &Tail,
    listed: Option<Kind>,
) -> (Kind, bool, &'static str) {
    let state = lead.reach && !lead.growth_noun;
    let unit = q.unit.as_deref().unwrap_or("");
    match q.form {
        Form::Rank => return (Kind::Rank, false, "a place in an order"),
        // 优良天数增加|13天
        Form::Duration if (lead.change || lead.growth && unit == "天") && !state && !lead.growth_noun => {
            return (Kind::Change, lead.fall, "an amount gained or lost");
        }
        Form::Duration => return (Kind::Duration, false, "a length of time that is the statement"),
        Form::Ratio => return (Kind::Rate, false, "a proportion"),
        Form::Points => return (Kind::Change, lead.fall, "percentage points"),
        _ => {}
    }
    if matches!(q.form, Form::Percent | Form::Times | Form::Fraction) {
        return ratio(text, q, lead, tail, listed, state);
    }
    let flow = lead.name.ends_with("能力") || lead.name.ends_with("产能");
    if lead.change && !state && flow {
        return (Kind::Change, lead.fall, "a word of addition or loss leads to the number");
    }
    if unit.contains('/') && !unit.contains("立方米") && !unit.contains('升') {
        return (Kind::Rate, false, "the unit is a quotient");
    }
    // 容积率不得低于|0.8
    if unit.is_empty() && q.form == Form::Amount && is_rate_name(&lead.name) {
        return (Kind::Rate, false, "the name is of a rate");
    }
    // 吨钢综合能耗|540千克标准煤
    let spent = ["能耗", "煤耗", "电耗", "水耗", "油耗"].iter().any(|w| lead.name.ends_with(w));
    if spent && ["吨", "单位", "万元", "每"].iter().any(|w| lead.name.contains(w)) {
        return (Kind::Rate, false, "an amount per one of something");
    }
    let per = lead.per.as_deref().unwrap_or("");
    if lead.per.is_some() && (lead.growth || lead.shift) && !state {
        return (Kind::Change, lead.fall, "an amount gained or lost by each");
    }
    let measured = units::named(per).is_some_and(|u| u.class == units::Class::Measure);
    if measured
        || ["人", "名"].contains(&per)
        || ["每百", "每千", "每万"].iter().any(|w| lead.name.starts_with(w))
    {
        return (Kind::Rate, false, "an amount per one of something");
    }
    if ["亩产", "单产", "地均", "亩均税收"].iter().any(|w| lead.name.ends_with(w)) {
        return (Kind::Rate, false, "output per area");
    }
    if lead.name.starts_with("万人") || lead.name.starts_with("千人") || lead.name.starts_with("百户") {
        return (Kind::Rate, false, "a count per so many");
    }
    if lead.change && !state {
        return (Kind::Change, lead.fall, "a word of addition or loss leads to the number");
    }
    if lead.growth && !state && !lead.growth_noun && (!lead.name.is_empty() || tail.name.is_empty()) {
        return (Kind::Change, lead.fall, "an amount gained or lost");
    }
    let own = ["量", "值", "额", "收入", "率", "总数"].iter().any(|w| lead.name.ends_with(w));
    if listed == Some(Kind::Change) && lead.verb.is_none() && lead.object_of.is_none() && !own {
        return (Kind::Change, false, "continues a list of additions");
    }
    (Kind::Level, false, "an amount")
}

fn ratio(
    text: &str,
    q: &Quantity,
    lead: &Lead,
    tail: &Tail,
    listed: Option<Kind>,
    state: bool,
) -> (Kind, bool, &'static str) {
    if lead.against.is_some() {
        return (Kind::Change, lead.fall, "a distance to something else");
    }
    if lead.share {
        return (Kind::Share, false, "占 leads to the number");
    }
    if lead.growth && !state {
        return (Kind::Growth, lead.fall, "a word of growth leads to the number");
    }
    let given = |text: &str| text.starts_with("给予") || text.starts_with("予以");
    let grant = !tail.genitive && (given(tail.rest.of(text)) || given(&tail.name));
    if grant && q.form != Form::Times {
        return (Kind::Rate, false, "a ratio");
    }
    let granted = ["给予", "予以", "奖励", "补助"].iter().any(|w| tail.rest.of(text).starts_with(w));
    if granted && lead.name.is_empty() && q.form != Form::Times {
        return (Kind::Rate, false, "the ratio of a grant");
    }
    if listed == Some(Kind::Share) && lead.name.chars().count() <= 12 && !is_rate_name(&lead.name) {
        return (Kind::Share, false, "continues a list of shares");
    }
    if grant::is_ratio(&lead.name) {
        return (Kind::Rate, false, "the ratio of a grant");
    }
    if ["比重", "占比", "比例", "份额", "持股"].iter().any(|w| lead.name.ends_with(w)) {
        return (Kind::Share, false, "the name is of a share");
    }
    if is_rate_name(&lead.name) {
        return (Kind::Rate, false, "the name is of a rate");
    }
    if ["任务", "计划", "目标", "总数", "总量", "总额"].iter().any(|w| lead.name.ends_with(w)) {
        return (Kind::Share, false, "a part of what stands before the number");
    }
    let of_part = whole::split_among(&lead.name).0.is_some()
        || !lead.name.is_empty() && lead.verb.is_none() && put_to(text, tail)
        || tail.genitive && !tail.name.is_empty() && !lead.reach;
    if of_part && q.form != Form::Times {
        return (Kind::Share, false, "a part of what stands beside the number");
    }
    if q.form != Form::Times
        && lead.per.is_none()
        && lead.name.is_empty()
        && (!tail.name.is_empty() || stated_of_part(text, tail))
    {
        return (Kind::Share, false, "a part of what follows the number");
    }
    (Kind::Rate, false, "a ratio")
}

/// `60%|已初具规模`: what is true of the part follows.
pub fn stated_of_part(text: &str, tail: &Tail) -> bool {
    let rest = tail.rest.of(text);
    ["已", "为", "是", "实现", "达到"].iter().any(|w| rest.starts_with(w))
        || Cue::Put.words().prefix(rest).is_some()
}

/// `资金60%|投资于本区`: what is done with the part follows.
pub fn put_to(text: &str, tail: &Tail) -> bool {
    let rest = tail.whole.of(text);
    Cue::Put.words().prefix(rest).is_some_and(|w| w.chars().count() > 1)
}

/// Whether a name is of a ratio: 解决率, 贡献率, 满意度.
pub fn is_rate_name(name: &str) -> bool {
    Cue::Rate.words().suffix(name).is_some_and(|w| name.len() > w.len() || w.chars().count() > 1)
}
