//! Errors planted in clean documents: how many of those that can be found are found, and how many false
//! alarms there are.
//!
//! `cargo test --test planted -- --nocapture` prints the table.
//!
//! In the bundled documents an error is planted in the file, which is then read again; in generated ones it is
//! planted in the dataset. An error is *decidable* if the clean documents hold what contradicts it: the figure
//! takes part in an identity that agrees, or, for a wrong year or whole, the amount of that year or whole is
//! stated and is another one.

#[path = "planted/corpus.rs"]
mod corpus;
#[path = "planted/error.rs"]
mod error;

use corpus::Corpus;
use error::{Kind, Planted};
use zhibiao::check::{self, Finding, Verdict};
use zhibiao::dataset::Dataset;
use zhibiao::index::Index;

/// Errors planted in each of the two corpora.
const PLANTED: usize = 100;

/// What came of the errors of one kind.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    planted: usize,
    decidable: usize,
    /// Of the decidable ones.
    found: usize,
    /// Of the others.
    lucky: usize,
    /// Contradictions elsewhere.
    false_alarms: usize,
}

impl std::ops::AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.planted += other.planted;
        self.decidable += other.decidable;
        self.found += other.found;
        self.lucky += other.lucky;
        self.false_alarms += other.false_alarms;
    }
}

fn contradictions(index: &Index) -> Vec<Finding> {
    let findings = check::run(index).findings;
    findings.into_iter().filter(|finding| finding.verdict() == Verdict::Contradicts).collect()
}

fn try_one(corpus: &Corpus, planted: &Planted) -> Tally {
    let mut documents = corpus.documents().to_vec();
    documents[planted.document] = corpus.altered(planted);
    let index = Index::new(Dataset { generator: String::new(), documents });
    let touches = |finding: &Finding| {
        finding.figures().iter().filter_map(|id| index.figure(*id)).any(|figure| {
            figure.document_id().0 as usize == planted.document
                && figure.full().sentence.start == planted.sentence
        })
    };
    let (here, elsewhere): (Vec<_>, Vec<_>) = contradictions(&index).into_iter().partition(touches);
    let found = usize::from(!here.is_empty());
    let decidable = usize::from(planted.decidable);
    if planted.decidable && here.is_empty() {
        println!("not found: {planted}");
    }
    for finding in &elsewhere {
        println!("false: {} after {planted}", finding.formula());
    }
    Tally {
        planted: 1,
        decidable,
        found: found * decidable,
        lucky: found * (1 - decidable),
        false_alarms: elsewhere.len(),
    }
}

#[test]
fn planted_errors_are_found_and_clean_documents_are_left_alone() {
    let mut all = Tally::default();
    let mut clean = 0;
    let mut lines = Vec::new();
    for corpus in [Corpus::bundled(), Corpus::generated()] {
        let alarms = contradictions(&corpus.index());
        for finding in &alarms {
            println!("false: {} in clean {}", finding.formula(), corpus.name);
        }
        clean += alarms.len();
        let errors = error::plant(&corpus, PLANTED);
        assert_eq!(errors.len(), PLANTED, "{}", corpus.name);
        for kind in Kind::ALL {
            let mut tally = Tally::default();
            for error in errors.iter().filter(|error| error.kind == kind) {
                tally += try_one(&corpus, error);
            }
            lines.push(line(corpus.name, kind.name(), tally));
            all += tally;
        }
    }
    println!("\n| documents | error | planted | decidable | found | also found | false |");
    println!("|---|---|--:|--:|--:|--:|--:|");
    println!("{}", lines.join("\n"));
    println!("{}\n{clean} false in the clean documents", line("all", "all", all));
    assert!(clean <= 2, "{clean} false alarms in clean documents");
    assert!(all.decidable >= 60, "{} decidable errors say little", all.decidable);
    assert!(all.found * 10 >= all.decidable * 7, "{} of {} found", all.found, all.decidable);
    assert!(all.false_alarms <= 2, "{} false alarms beside planted errors", all.false_alarms);
}

fn line(corpus: &str, kind: &str, tally: Tally) -> String {
    let Tally { planted, decidable, found, lucky, false_alarms } = tally;
    format!("| {corpus} | {kind} | {planted} | {decidable} | {found} | {lucky} | {false_alarms} |")
}
