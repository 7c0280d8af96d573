//! What must be known of the data to understand a query.
//!
//! `gdp` is no pinyin where that word stands in the data; `单位:元` is the unit 元 where one is called so

use std::sync::Arc;

use crate::index::Index;

/// The words of some figures.
pub trait Words {
    /// Whether a figure has this unit (folded).
    fn has_unit(&self, unit: &str) -> bool;

    /// Whether this run of Latin letters and digits (folded) stands in a name or sentence.
    fn has_latin_word(&self, word: &str) -> bool;

    /// Whether the dataset calls a figure so.
    fn has_id(&self, id: &str) -> bool;
}

impl Words for Index {
    fn has_unit(&self, unit: &str) -> bool {
        Self::has_unit(self, unit)
    }

    fn has_latin_word(&self, word: &str) -> bool {
        Self::has_latin_word(self, word)
    }

    fn has_id(&self, id: &str) -> bool {
        self.figures().any(|figure| figure.name_in_dataset() == id)
    }
}

impl<W: Words> Words for Arc<W> {
    fn has_unit(&self, unit: &str) -> bool {
        (**self).has_unit(unit)
    }

    fn has_latin_word(&self, word: &str) -> bool {
        (**self).has_latin_word(word)
    }

    fn has_id(&self, id: &str) -> bool {
        (**self).has_id(id)
    }
}
