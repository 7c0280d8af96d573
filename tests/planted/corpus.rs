//! Documents to plant errors in, and what a document becomes by one.

use std::path::{Path, PathBuf};

use zhibiao::dataset::Dataset;
use zhibiao::generate::Shape;
use zhibiao::index::Index;
use zhibiao::model::Document;
use zhibiao::{extract, text};

use crate::error::Planted;

/// Clean documents.
pub(crate) struct Corpus {
    pub(crate) name: &'static str,
    documents: Vec<Document>,
    /// The files they were read from; none for generated ones.
    files: Vec<PathBuf>,
}

impl Corpus {
    pub(crate) fn bundled() -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/corpus");
        let entries = std::fs::read_dir(folder).expect("the bundled documents");
        let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("a file").path()).collect();
        files.sort();
        let documents = files.iter().map(|file| read(file, &bytes(file))).collect();
        Self { name: "bundled", documents, files }
    }

    pub(crate) fn generated() -> Self {
        let shape = Shape { documents: 12, figures: 900, seed: 6, errors: false };
        let documents = (0..shape.documents).map(|n| shape.document(n)).collect();
        Self { name: "generated", documents, files: Vec::new() }
    }

    pub(crate) fn documents(&self) -> &[Document] {
        &self.documents
    }

    pub(crate) fn index(&self) -> Index {
        Index::new(Dataset { generator: String::new(), documents: self.documents.clone() })
    }

    /// The document with the error in it: of a file, read again.
    pub(crate) fn altered(&self, planted: &Planted) -> Document {
        let document = &self.documents[planted.document];
        let Some(file) = self.files.get(planted.document) else { return planted.in_dataset(document) };
        let raw: Vec<char> =
            text::read::decode(&bytes(file), None).expect("it was read before").raw.chars().collect();
        let (before, after) = (&raw[..planted.raw.start], &raw[planted.raw.end..]);
        let wrong: String =
            before.iter().copied().chain(planted.wrong.chars()).chain(after.iter().copied()).collect();
        read(file, wrong.as_bytes())
    }
}

fn bytes(file: &Path) -> Vec<u8> {
    std::fs::read(file).expect("a bundled document")
}

fn read(file: &Path, bytes: &[u8]) -> Document {
    let id = file.file_name().expect("a name").to_string_lossy();
    let prepared = text::prepare(&id, &file.to_string_lossy(), bytes).expect("it can be read");
    let mut document = extract::document(prepared);
    document.figures.sort_by_key(|figure| (figure.raw.start, figure.raw.end));
    document
}
