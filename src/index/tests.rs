//! What the tests of loading and caching share.

use super::Index;
use crate::dataset::{Dataset, Form};
use crate::model::{Decimal, Document};

/// Several invented documents in a file of this form.
pub(super) fn file(form: Form) -> (tempfile::NamedTempFile, Dataset) {
    let shape = crate::generate::Shape { documents: 40, figures: 900, seed: 7, errors: false };
    let mut documents: Vec<Document> = (0..shape.documents).map(|n| shape.document(n)).collect();
    // What no invented document has: a range, more digits than a column holds, Latin letters.
    let figures = &mut documents[3].figures;
    figures[0].value_high = figures[0].value.map(|value| value + Decimal::ONE);
    figures[1].value = Some(Decimal::MAX);
    figures[2].value = Some(Decimal::NEGATIVE_ONE * Decimal::ZERO);
    figures[2].indicator = "5G基站".to_owned();
    let dataset = Dataset { generator: "test".to_owned(), documents };
    let file = tempfile::NamedTempFile::new().unwrap();
    dataset.write_to(&mut file.as_file(), form).unwrap();
    (file, dataset)
}

/// Everything but where the documents come from.
pub(super) fn content(index: &Index) -> String {
    let mut latin: Vec<_> = index.latin.words().iter().collect();
    latin.sort();
    let (periods, apart) = (index.periods.sorted(), &index.apart);
    let arenas = (&index.sentences, &index.of_sentence, &index.quotes, &index.ids);
    format!("{:?} {:?} {arenas:?} {latin:?} {periods:?} {apart:?}", index.columns, index.names)
}
