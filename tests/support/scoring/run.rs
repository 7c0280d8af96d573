//! A folder of documents, read, extracted and scored against its key.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use zhibiao::model::Figure;

use super::key::{self, Entry};

/// The documents a key speaks of, with what is expected in them.
#[derive(Debug)]
pub(crate) struct Corpus {
    /// The bytes of each document.
    pub(crate) files: BTreeMap<String, Vec<u8>>,
    pub(crate) key: BTreeMap<String, Vec<Entry>>,
}

impl Corpus {
    /// The key and the documents that come with the program.
    pub(crate) fn bundled() -> Result<Self, String> {
        let home = Path::new(env!("CARGO_MANIFEST_DIR"));
        Self::read(&home.join("tests/gold/corpus.jsonl"), &home.join("data/corpus"))
    }

    /// A key and the folder its documents are in.
    pub(crate) fn read(key_path: &Path, folder: &Path) -> Result<Self, String> {
        let told = |path: PathBuf| move |e: std::io::Error| format!("{}: {e}", path.display());
        let text = std::fs::read_to_string(key_path).map_err(told(key_path.to_owned()))?;
        let (mut files, mut raws) = (BTreeMap::new(), BTreeMap::new());
        for name in key::documents(&text)? {
            let path = folder.join(&name);
            let bytes = std::fs::read(&path).map_err(told(path))?;
            let raw = String::from_utf8(bytes.clone()).map_err(|e| format!("{name}: {e}"))?;
            raws.insert(name.clone(), raw);
            files.insert(name, bytes);
        }
        let key = key::read(&text, &raws).map_err(|e| format!("{}: {e}", key_path.display()))?;
        Ok(Self { files, key })
    }

    /// The figures of every document.
    pub(crate) fn extract(&self) -> Result<BTreeMap<String, Vec<Figure>>, String> {
        let mut found = BTreeMap::new();
        for (name, bytes) in &self.files {
            let prepared = zhibiao::text::prepare(name, name, bytes).map_err(|e| format!("{name}: {e}"))?;
            found.insert(name.clone(), zhibiao::extract::document(prepared).figures);
        }
        Ok(found)
    }
}
