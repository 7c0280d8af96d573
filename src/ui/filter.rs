//! Which figures a typed text lets through: its words, all of them, anywhere in a figure's fields.
//!
//! `长春 产值` → the figures that hold 长春 and 产值 in indicator, subject, unit, quote or title.

use crate::index::{FigureId, Index};

/// The figures that fit, in text order.
pub(super) fn run(index: &Index, text: &str) -> Vec<FigureId> {
    let words: Vec<&str> = text.split_whitespace().collect();
    index
        .figures()
        .filter(|f| {
            let fields =
                [f.indicator(), f.subject().unwrap_or(""), f.unit().unwrap_or(""), f.quote(), f.title()];
            words.iter().all(|w| fields.iter().any(|field| field.contains(w)))
        })
        .map(crate::index::FigureRef::id)
        .collect()
}
