//! Names made comparable: indicators by family and level, subjects without 省市区县.
//!
//! `国家级专精特新“小巨人”企业` → level 国家级, family 专精特新企业

use super::words::knowledge;

/// Who recognised or keeps what is counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Rank {
    /// No level word.
    #[default]
    None,
    State,
    Province,
    City,
    County,
}

/// A level word: 省级, 市级以上.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Level {
    pub rank: Rank,
    /// 以上: this rank and those above it.
    pub and_above: bool,
}

/// Level words, longest first.
const LEVELS: &[(&str, Rank)] = &[
    ("国家级", Rank::State),
    ("省部级", Rank::Province),
    ("区县级", Rank::County),
    ("省级", Rank::Province),
    ("市级", Rank::City),
    ("区级", Rank::County),
    ("县级", Rank::County),
    ("国家", Rank::State),
];

/// An indicator's name without quotation marks, spaces and 的, short forms spelt out, a closing 数 gone.
pub(super) fn fold_indicator(name: &str) -> String {
    let mut text: String = name.chars().map(narrow).filter(|c| !is_noise(*c) && *c != '的').collect();
    for (short, long) in [("规上", "规模以上"), ("GDP", "地区生产总值"), ("国内生产总值", "地区生产总值")]
    {
        if text.contains(short) {
            text = text.replace(short, long);
        }
    }
    for ending in ["数量", "总数", "个数", "户数", "家数"] {
        if let Some(rest) = text.strip_suffix(ending)
            && rest.chars().count() >= 2
        {
            return rest.to_owned();
        }
    }
    text
}

/// A subject without quotation marks and without 省市区县 (and 自治区, 自治州): its bare name, and what was taken
/// off. 吉林省 and 吉林市 share the bare name, so the ending is needed where a dataset has both.
pub(super) fn fold_subject(name: &str) -> (String, String) {
    let text: String = name.chars().map(narrow).filter(|c| !is_noise(*c)).collect();
    for (ending, least) in [
        ("维吾尔自治区", 2),
        ("壮族自治区", 2),
        ("回族自治区", 2),
        ("自治区", 2),
        ("省", 2),
        ("市", 1),
        ("县", 1),
        ("区", 2),
    ] {
        if let Some(bare) = text.strip_suffix(ending)
            && bare.chars().count() >= least
        {
            return (bare.to_owned(), ending.to_owned());
        }
    }
    (text, String::new())
}

/// The level of a folded indicator and the family it belongs to.
pub(super) fn family(folded: &str) -> (Level, String) {
    let mut level = Level::default();
    let mut rest = folded.to_owned();
    for &(word, rank) in LEVELS {
        let Some((before, after)) = folded.split_once(word) else { continue };
        // 国家 alone is a level only at the head of a name.
        if word == "国家" && !before.is_empty() {
            continue;
        }
        let cut = ["及以上", "以上"].iter().find_map(|above| after.strip_prefix(above));
        level = Level { rank, and_above: cut.is_some() };
        rest = format!("{before}{}", cut.unwrap_or(after));
        break;
    }
    let known = knowledge();
    if level.rank == Rank::None {
        let implied = known.levels.iter().find(|(word, _)| folded.contains(**word));
        if let Some((_, rank)) = implied.and_then(|(_, name)| LEVELS.iter().find(|(word, _)| word == name)) {
            level.rank = *rank;
        }
    }
    for word in &known.fill {
        let shorter = rest.replace(word, "");
        if shorter.chars().count() >= 2 {
            rest = shorter;
        }
    }
    (level, rest)
}

fn is_noise(c: char) -> bool {
    c.is_whitespace() || "“”‘’\"'「」『』《》〈〉＂＇".contains(c)
}

fn narrow(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indicators() {
        assert_eq!(fold_indicator("规上“工业”总产值"), "规模以上工业总产值");
        assert_eq!(fold_indicator("高新技术企业数量"), "高新技术企业");
        assert_eq!(fold_indicator("人均ＧＤＰ"), "人均地区生产总值");
        assert_eq!(fold_indicator("城镇新增就业的人数"), "城镇新增就业人数");
    }

    #[test]
    fn subjects() {
        assert_eq!(fold_subject("长春市"), ("长春".into(), "市".into()));
        assert_eq!(fold_subject("“吉林”省"), ("吉林".into(), "省".into()));
        assert_eq!(fold_subject("长春新区"), ("长春新".into(), "区".into()));
        assert_eq!(fold_subject("城区"), ("城区".into(), String::new()));
        assert_eq!(fold_subject("宁夏回族自治区").0, "宁夏");
    }

    #[test]
    fn families() {
        let level = |rank, and_above| Level { rank, and_above };
        let family = |name: &str| super::family(&fold_indicator(name));
        assert_eq!(
            family("国家级专精特新“小巨人”企业"),
            (level(Rank::State, false), "专精特新企业".to_owned())
        );
        assert_eq!(family("国家级专精特新中小企业"), (level(Rank::State, false), "专精特新企业".to_owned()));
        assert_eq!(family("市级以上专精特新中小企业"), (level(Rank::City, true), "专精特新企业".to_owned()));
        assert_eq!(family("专精特新小巨人企业").0, level(Rank::State, false));
        assert_eq!(family("地区生产总值"), (Level::default(), "地区生产总值".to_owned()));
        assert_eq!(family("中小企业").1, "企业");
    }
}
