//! Bodies named as responsible: `(责任单位:科技创新局、产业促进局)` → both, for the figures before it.

use crate::text::CleanSpan;

/// A bracket that names the responsible, and whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duty {
    /// The figures between the last such bracket and this place are theirs.
    pub at: usize,
    pub owners: Vec<String>,
}

const LABELS: &[&str] = &[
    "责任单位",
    "牵头单位",
    "配合单位",
    "责任部门",
    "牵头部门",
    "实施单位",
    "责任主体",
    "主办单位",
    "协办单位",
    "承办单位",
    "参与单位",
    "牵头领导",
    "牵头",
    "责任人",
];

/// Labels of persons.
const PERSONS: &[&str] = &["领导", "责任人", "联系人", "负责人"];

/// Finds the duties of a block.
pub fn duties(text: &str, span: CleanSpan) -> Vec<Duty> {
    let mut found = Vec::new();
    let mut from = span.start;
    while let Some((open, close)) = next_bracket(text, from, span.end) {
        let content = CleanSpan::new(open, close).of(text);
        let owners = owners(content);
        if !owners.is_empty() {
            found.push(Duty { at: open, owners });
        }
        from = close;
    }
    if found.is_empty() {
        let body = span.of(text);
        for label in ["责任单位", "牵头单位", "责任部门"] {
            if let Some(at) = body.rfind(label)
                && body.get(at + label.len()..).is_some_and(|r| r.starts_with([':', '：']))
            {
                let owners = owners(body.get(at..).unwrap_or(""));
                if !owners.is_empty() {
                    found.push(Duty { at: span.start + at, owners });
                }
                break;
            }
        }
    }
    found
}

fn next_bracket(text: &str, from: usize, end: usize) -> Option<(usize, usize)> {
    let rest = text.get(from..end)?;
    let open = rest.find(['(', '（'])?;
    let inside = rest.get(open..)?;
    let close = inside.find([')', '）'])?;
    let first = inside.chars().next()?.len_utf8();
    Some((from + open + first, from + open + close)).filter(|(a, b)| a <= b)
}

fn owners(content: &str) -> Vec<String> {
    let labelled = LABELS.iter().any(|l| content.contains(l) && (content.contains([':', '：'])));
    let phrased = ["牵头", "负责", "配合", "分工负责"].iter().any(|w| content.trim_end().ends_with(w));
    if !labelled && !phrased {
        return Vec::new();
    }
    let mut result: Vec<String> = Vec::new();
    let mut person = false;
    for part in content.split([';', '；', '，', ',', '、', '。', ' ']) {
        let mut name = part.rsplit([':', '：']).next().unwrap_or(part).trim();
        for label in LABELS {
            name = name.strip_prefix(label).unwrap_or(name);
        }
        for word in [
            "按职责分工负责",
            "按职责分工",
            "分工负责",
            "牵头负责",
            "牵头",
            "负责",
            "配合",
            "等",
            "参与",
            "具体落实",
        ] {
            name = name.strip_suffix(word).unwrap_or(name);
        }
        let name = name.trim();
        // 牵头领导：某某: a person answers for it, no body.
        if let Some((label, _)) = part.split_once([':', '：']) {
            person = PERSONS.iter().any(|w| label.ends_with(w));
        }
        if !person && name.chars().count() >= 2 && !result.iter().any(|o| o == name) {
            result.push(name.to_owned());
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_and_phrases() {
        for (text, expected) in [
            ("建10个园区。（责任单位：投资集团、产业集团）", vec!["投资集团", "产业集团"]),
            ("建10个园区。(市发改委牵头,市财政局、市科技局配合)", vec!["市发改委", "市财政局", "市科技局"]),
            ("奖励。（牵头单位：组织人社局；配合单位：财政金融局）", vec!["组织人社局", "财政金融局"]),
            ("修路6公里。（牵头领导：赵小禾，责任单位：交通局）", vec!["交通局"]),
            ("一期（含配套）建成", vec![]),
        ] {
            let found = duties(text, CleanSpan::new(0, text.len()));
            let owners: Vec<String> = found.into_iter().flat_map(|d| d.owners).collect();
            assert_eq!(owners, expected, "{text}");
        }
    }
}
