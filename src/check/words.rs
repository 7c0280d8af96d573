//! What is known of indicators that imply each other, read from `data/lexicon/checks.txt`.
//!
//! `sum 进出口总额 = 出口额、进口额`

use std::collections::HashMap;
use std::sync::LazyLock;

const CHECKS: &str = include_str!("../../data/lexicon/checks.txt");

/// A whole and the parts that make it up.
#[derive(Debug)]
pub(super) struct Sum {
    pub whole: &'static str,
    pub parts: Vec<&'static str>,
}

/// An indicator that is the quotient of two others.
#[derive(Debug)]
pub(super) struct Quotient {
    pub ratio: &'static str,
    pub over: &'static str,
    pub under: &'static str,
    /// Only nearly so: it can agree, it cannot contradict.
    pub about: bool,
}

/// Words that divide a whole; each has one or more spellings.
#[derive(Debug)]
pub(super) struct Division {
    pub words: Vec<Vec<&'static str>>,
    /// Nothing of the whole is left over.
    pub complete: bool,
}

/// What a 率 of some stem is of.
#[derive(Debug)]
pub(super) struct Stem {
    pub word: &'static str,
    pub over: Vec<&'static str>,
    pub under: Vec<&'static str>,
}

/// The whole file.
#[derive(Debug, Default)]
pub(super) struct Knowledge {
    pub sums: Vec<Sum>,
    pub quotients: Vec<Quotient>,
    pub divisions: Vec<Division>,
    pub stems: Vec<Stem>,
    real: Vec<&'static str>,
    capped: Vec<&'static str>,
    free: Vec<&'static str>,
    pub fill: Vec<&'static str>,
    pub levels: HashMap<&'static str, &'static str>,
}

static KNOWLEDGE: LazyLock<Knowledge> = LazyLock::new(|| {
    let mut knowledge = Knowledge::default();
    for line in lines() {
        // A malformed line is left out; a test finds it.
        knowledge.read(line);
    }
    knowledge
});

/// What `checks.txt` says.
pub(super) fn knowledge() -> &'static Knowledge {
    &KNOWLEDGE
}

fn lines() -> impl Iterator<Item = &'static str> {
    CHECKS.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}

impl Knowledge {
    fn read(&mut self, line: &'static str) -> Option<()> {
        let cells: Vec<&'static str> = line.split('\t').collect();
        let list = |text: &'static str, by: char| text.split(by).collect::<Vec<_>>();
        match *cells.as_slice() {
            ["sum", whole, parts] => self.sums.push(Sum { whole, parts: list(parts, '、') }),
            [sort @ ("ratio" | "about"), ratio, over, under] => {
                self.quotients.push(Quotient { ratio, over, under, about: sort == "about" });
            }
            [sort @ ("divides" | "apart"), words] => self.divisions.push(Division {
                words: words.split('、').map(|word| list(word, '|')).collect(),
                complete: sort == "divides",
            }),
            ["rate", word, over, under] => {
                self.stems.push(Stem { word, over: list(over, '|'), under: list(under, '|') });
            }
            ["real", name] => self.real.push(name),
            ["capped", name] => self.capped.push(name),
            ["free", name] => self.free.push(name),
            ["fill", word] => self.fill.push(word),
            ["level", word, level] => {
                self.levels.insert(word, level);
            }
            _ => return None,
        }
        Some(())
    }

    /// Whether the growth of this indicator is reckoned at constant prices or on a comparable base.
    pub(super) fn grows_in_real_terms(&self, indicator: &str) -> bool {
        self.real.iter().any(|name| match name.strip_prefix('-') {
            Some(ending) => indicator.ends_with(ending),
            None => indicator == *name,
        })
    }

    /// Whether this rate cannot be over 100 %.
    pub(super) fn is_capped(&self, indicator: &str) -> bool {
        self.capped.iter().any(|ending| indicator.ends_with(ending))
            && !self.free.iter().any(|ending| indicator.ends_with(ending))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_sound() {
        let mut knowledge = Knowledge::default();
        for line in lines() {
            assert!(knowledge.read(line).is_some(), "cannot read {line:?}");
            assert!(!line.contains("、、") && !line.contains("||"), "{line:?}");
        }
        for division in &knowledge.divisions {
            assert!(division.words.len() >= 2, "{division:?}");
        }
    }

    #[test]
    fn indicators_are_canonical() {
        let names = include_str!("../../data/lexicon/indicators.txt");
        let canonical: std::collections::HashSet<&str> =
            names.lines().filter_map(|line| line.split('\t').next()).collect();
        let knowledge = knowledge();
        let sums = knowledge.sums.iter().flat_map(|sum| sum.parts.iter().chain([&sum.whole]));
        let quotients = knowledge.quotients.iter().flat_map(|q| [&q.ratio, &q.over, &q.under]);
        for name in sums.chain(quotients) {
            assert!(canonical.contains(name), "{name} is no canonical name of indicators.txt");
        }
    }

    #[test]
    fn endings() {
        assert!(knowledge().grows_in_real_terms("规模以上工业增加值"));
        assert!(knowledge().grows_in_real_terms("地区生产总值"));
        assert!(!knowledge().grows_in_real_terms("进出口总额"));
        assert!(knowledge().is_capped("食品抽检合格率"));
        assert!(!knowledge().is_capped("高等教育毛入学率"));
    }
}
