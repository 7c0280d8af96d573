//! The rules of the extraction in Chinese and English.
//!
//! `named before the number, a known name` → `在数字前点明,已知的名称`

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use super::field::Field;
use crate::model::Lang;

static CHINESE: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let lines = include_str!("../../data/lexicon/rules.txt").lines();
    lines.filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t')).collect()
});

/// A rule as a trace or a rejection names it, in a language; one that has no Chinese name stays as it is.
pub fn rule(rule: &str, lang: Lang) -> Cow<'_, str> {
    match lang {
        Lang::En => Cow::Borrowed(rule),
        Lang::Zh => chinese(rule).map_or(Cow::Borrowed(rule), Cow::Owned),
    }
}

/// All that decided a figure (`subject: named in the sentence; period: year`), in a language.
pub fn trace(trace: &str, lang: Lang) -> Cow<'_, str> {
    if lang == Lang::En {
        return Cow::Borrowed(trace);
    }
    let told = each(trace).map(|(field, of)| {
        let row = Field::of_figures().find(|row| row.en == field);
        format!("{}: {}", row.map_or(field, |row| row.field.name(lang)), rule(of, lang))
    });
    Cow::Owned(told.collect::<Vec<_>>().join("; "))
}

/// Its fields, each with the rule that decided it.
pub fn each(trace: &str) -> impl Iterator<Item = (&str, &str)> {
    trace.split("; ").filter_map(|part| part.split_once(": "))
}

fn chinese(rule: &str) -> Option<String> {
    if let Some(whole) = CHINESE.get(rule) {
        return Some((*whole).to_owned());
    }
    // Its end may be one that many rules have, or a quotation.
    let (head, quoted) = rule.split_at(rule.find([':', '：', '“', '`', '"']).unwrap_or(rule.len()));
    let gap = head.len() - head.trim_end().len();
    let (head, blank) = head.split_at(head.len() - gap);
    let at = [head.rfind(", "), head.rfind(" (")].into_iter().flatten().max();
    let (head, end) = at.map_or((head, ""), |at| head.split_at(at));
    let end = if end.is_empty() { "" } else { CHINESE.get(end)? };
    Some(format!("{}{end}{blank}{quoted}", CHINESE.get(head)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_said_in_the_language_of_the_interface() {
        for (english, chinese) in [
            ("named before the number, a known name", "在数字前点明,已知的名称"),
            ("the names listed, in order, a short name", "依次对应所列名称,短名称"),
            ("a bare magnitude (says too little)", "只有数量级(说得太少)"),
            ("a part of what follows the number: 其中", "数字之后所说的一部分: 其中"),
            ("a rule of tomorrow", "a rule of tomorrow"),
        ] {
            assert_eq!(rule(english, Lang::Zh), chinese);
            assert_eq!(rule(english, Lang::En), english);
        }
    }

    #[test]
    fn the_rules_that_are_counted_have_names() {
        let counted = include_str!("../../data/lexicon/reliability.txt").lines();
        let rules =
            counted.filter(|line| !line.starts_with(['#'])).filter_map(|line| line.split('\t').nth(1));
        let rules: Vec<&str> = rules.filter(|rule| rule.contains(char::is_alphabetic)).collect();
        let nameless: Vec<&&str> = rules.iter().filter(|rule| chinese(rule).is_none()).collect();
        // Rules come and go: a new one may be without a name for a while.
        assert!(nameless.len() * 20 <= rules.len(), "without a name in data/lexicon/rules.txt: {nameless:?}");
    }
}
