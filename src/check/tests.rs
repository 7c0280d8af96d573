//! Checks on whole datasets: the bundled documents as a person reads them.

use super::{Report, Verdict, gold, run};
use crate::index::Index;
use crate::model::Lang;

fn show(report: &Report) {
    for finding in &report.findings {
        println!("{:?} {:?} {}", finding.verdict(), finding.check(), finding.expression(Lang::En));
    }
}

/// The formulas with this verdict.
fn formulas(report: &Report, verdict: Verdict) -> Vec<&str> {
    let wanted = report.findings.iter().filter(|finding| finding.verdict() == verdict);
    wanted.map(super::Finding::formula).collect()
}

/// What the bundled documents say of each other.
const IDENTITIES: &[&str] = &[
    "16 + 29 + 134 = 179",
    "1805 ÷ 1873 = 96.37 % ≈ 96.4 %",
    "436.29亿元 × 24 % = 104.7亿元 > 100亿元",
    "16 ÷ 27 = 59.3 % ≈ 59 %",
    "29 ÷ 84 = 34.52 % ≈ 34.5 %",
];

/// The order of the parts is that of the text.
const REMAINDER: [&str; 2] =
    ["134 ÷ (485 − 84 − 27) = 35.83 % ≈ 35.8 %", "134 ÷ (485 − 27 − 84) = 35.83 % ≈ 35.8 %"];

fn confirm_each_other(report: &Report) {
    show(report);
    let agree = formulas(report, Verdict::Agrees);
    for identity in IDENTITIES {
        assert!(agree.contains(identity), "{identity} is not found");
    }
    assert!(REMAINDER.iter().any(|identity| agree.contains(identity)), "{REMAINDER:?} is not found");
    let implied = formulas(report, Verdict::CannotSay);
    assert!(implied.contains(&"16 ÷ 45.7 % = 35"), "what 16 at 45.7 % implies is not found");
    assert_eq!(formulas(report, Verdict::Contradicts), Vec::<&str>::new());
}

#[test]
fn the_bundled_documents_confirm_each_other() {
    confirm_each_other(&run(&Index::new(gold::bundled())));
}

#[test]
fn the_bundled_dataset_confirms_itself() {
    let dataset = crate::dataset::from_str(include_str!("../../data/figures.json")).unwrap();
    confirm_each_other(&run(&Index::new(dataset)));
}
