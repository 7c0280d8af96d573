//! What is made is sound, the same every time, and gives the checks work.

use std::collections::HashSet;

use super::Shape;
use crate::check::{self, Verdict};
use crate::dataset::{self, Dataset, Form};
use crate::index::Index;
use crate::model::Document;
use crate::text::Positions;

fn documents(shape: Shape) -> Vec<Document> {
    (0..shape.documents).map(|number| shape.document(number)).collect()
}

const SHAPE: Shape = Shape { documents: 7, figures: 400, seed: 3, errors: true };

#[test]
fn as_many_as_asked_for_and_read_back_the_same() {
    let made = Dataset { generator: "zhibiao".to_owned(), documents: documents(SHAPE) };
    assert_eq!(made.documents.iter().map(|document| document.figures.len()).sum::<usize>(), 400);
    let mut written = Vec::new();
    made.write_to(&mut written, Form::Lines).unwrap();
    assert_eq!(dataset::from_str(std::str::from_utf8(&written).unwrap()).unwrap(), made);
}

#[test]
fn the_same_seed_makes_the_same() {
    assert_eq!(documents(SHAPE), documents(SHAPE));
    assert_ne!(documents(SHAPE), documents(Shape { seed: 4, ..SHAPE }));
}

#[test]
fn figures_stand_where_they_say() {
    for document in documents(SHAPE) {
        let positions = Positions::new(&document.text);
        for figure in &document.figures {
            assert_eq!(figure.span.of(&document.text), figure.quote);
            assert_eq!(positions.slice(figure.raw), Some(figure.quote.as_str()));
            assert_eq!(document.map.raw(&document.text, figure.span), Some(figure.raw));
            assert!(figure.sentence.contains(figure.span), "{}", figure.quote);
            assert!(figure.sentence.of(&document.text).ends_with('。'));
        }
    }
}

#[test]
fn some_figures_imply_others_and_a_few_contradict_them() {
    let shape = Shape { documents: 40, figures: 4000, seed: 1, errors: true };
    let index = Index::new(Dataset { generator: String::new(), documents: documents(shape) });
    let report = check::run(&index);
    let (agree, contradict) = (report.count(Verdict::Agrees), report.count(Verdict::Contradicts));
    assert!(agree > 200 && contradict > 0 && contradict * 10 < agree, "{agree} agree, {contradict} do not");
}

#[test]
fn names_grow_with_the_figures() {
    let shape = Shape { documents: 1000, figures: 100_000, seed: 1, errors: true };
    let mut names = HashSet::new();
    for document in documents(shape) {
        for figure in document.figures {
            names.insert(figure.indicator);
            names.extend(figure.subject);
        }
    }
    assert!((4000..6000).contains(&names.len()), "{}", names.len());
}
