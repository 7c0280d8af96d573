//! How often the rules are right, measured on annotated documents: `data/lexicon/reliability.txt`.
//!
//! indicator, `named before the number` → 0.93

use std::collections::HashMap;
use std::sync::LazyLock;

use super::table::{field, rows};
use crate::model::{Field, Trace};

const RELIABILITY: &str = include_str!("../../data/lexicon/reliability.txt");

/// The fields that must all be right for a figure to be right.
pub const STRICT: [Field; 8] = [
    Field::Value,
    Field::Unit,
    Field::Bound,
    Field::Kind,
    Field::Indicator,
    Field::Subject,
    Field::Period,
    Field::Status,
];

/// How many times a rule must be seen to count as much as all rules of its field together.
const WEIGHT: f64 = 4.0;

/// How often something was right, of how many times.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    pub right: u32,
    pub times: u32,
}

impl Share {
    pub fn add(&mut self, right: bool) {
        self.right += u32::from(right);
        self.times += 1;
    }

    /// The share, as if one more had been right and one more wrong.
    pub fn smooth(self) -> f64 {
        (f64::from(self.right) + 1.0) / (f64::from(self.times) + 2.0)
    }

    /// The share less its standard error: what can be promised.
    pub fn promised(self) -> f64 {
        let share = self.smooth();
        (share - (share * (1.0 - share) / (f64::from(self.times) + 2.0)).sqrt()).max(0.0)
    }
}

/// The rules of each field and how often they were right.
#[derive(Clone, Debug, Default)]
pub struct Rules {
    fields: HashMap<Field, OfField>,
}

/// What is known of one field.
#[derive(Clone, Debug, Default)]
struct OfField {
    all: Share,
    rules: HashMap<String, Share>,
}

impl Rules {
    pub fn add(&mut self, of: Field, rule: &str, share: Share) {
        let known = self.fields.entry(of).or_default();
        for entry in [known.rules.entry(general(rule).to_owned()).or_default(), &mut known.all] {
            entry.right += share.right;
            entry.times += share.times;
        }
    }

    /// Every rule with its field, in no order.
    pub fn all(&self) -> impl Iterator<Item = (Field, &str, Share)> {
        self.fields
            .iter()
            .flat_map(|(of, known)| known.rules.iter().map(move |(rule, share)| (*of, rule.as_str(), *share)))
    }

    /// The product of how reliable the rules are that decided the strict fields. A rule seen seldom is
    /// drawn towards all rules of its field.
    pub fn product(&self, traces: &[Trace]) -> f64 {
        let of = |of: Field| {
            let known = self.fields.get(&of);
            let prior = known.map_or_else(Share::default, |known| known.all).smooth();
            let rule = traces.iter().find(|trace| trace.field == of).map_or("", |trace| general(&trace.rule));
            let seen = known.and_then(|known| known.rules.get(rule)).copied().unwrap_or_default();
            (f64::from(seen.right) + WEIGHT * prior) / (f64::from(seen.times) + WEIGHT)
        };
        STRICT.into_iter().map(of).product()
    }
}

/// A rule without the words it quotes, so that its uses are counted together.
pub fn general(rule: &str) -> &str {
    let end = rule.find([':', '：', '(', '（', '“', '`', '"']).unwrap_or(rule.len());
    rule.get(..end).filter(|r| !r.trim().is_empty()).unwrap_or(rule).trim_end()
}

struct Table {
    rules: Rules,
    /// From which product on, and the share of figures from there to the next that were right.
    steps: Vec<(f64, Share)>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table { rules: Rules::default(), steps: Vec::new() };
    for row in rows(RELIABILITY) {
        let Some((name, share)) = read(&row) else { continue };
        match Field::parse(field(&row, 0)) {
            Some(of) => table.rules.add(of, name, share),
            None => table.steps.extend(name.parse().ok().map(|from: f64| (from, share))),
        }
    }
    table
});

fn read(row: &[&'static str]) -> Option<(&'static str, Share)> {
    let share = Share { right: field(row, 2).parse().ok()?, times: field(row, 3).parse().ok()? };
    (share.right <= share.times).then_some((field(row, 1), share))
}

/// How sure a figure with these traces is: the promised share of figures right in all strict fields,
/// among those whose rules are about as reliable.
pub fn confidence(traces: &[Trace]) -> f64 {
    let product = TABLE.rules.product(traces);
    let at = TABLE.steps.partition_point(|(from, _)| *from <= product);
    TABLE.steps.get(at.saturating_sub(1)).map_or(product, |(_, share)| share.promised())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_sound_and_the_steps_rise() {
        for row in rows(RELIABILITY) {
            let (name, _) = read(&row).unwrap_or_else(|| panic!("cannot read {row:?}"));
            let is_step = field(&row, 0) == "product" && name.parse::<f64>().is_ok();
            assert!(is_step || Field::parse(field(&row, 0)).is_some(), "{row:?}");
        }
        assert!(TABLE.steps.len() > 2);
        assert!(TABLE.steps.windows(2).all(|pair| pair[0].0 < pair[1].0));
        assert!(STRICT.iter().all(|of| TABLE.rules.fields.contains_key(of)));
    }

    #[test]
    fn reliable_rules_make_sure_figures() {
        let mut rules = Rules::default();
        for of in STRICT {
            rules.add(of, "often", Share { right: 99, times: 100 });
            rules.add(of, "seldom", Share { right: 20, times: 100 });
        }
        let traces = |rule: &str| STRICT.map(|field| Trace { field, rule: rule.to_owned() });
        let product = |rule: &str| rules.product(&traces(rule));
        assert!(product("often") > 0.8 && product("seldom") < 0.1);
        assert!(product("often: 产值") > 0.8, "what a rule quotes does not matter");
        assert!(product("never seen") > product("seldom") && product("never seen") < product("often"));
    }

    #[test]
    fn few_cases_promise_little() {
        assert!(Share { right: 3, times: 3 }.promised() < 0.7);
        assert!(Share { right: 300, times: 300 }.promised() > 0.98);
        assert!(Share::default().promised() < 0.5);
    }
}
