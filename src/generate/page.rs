//! A document while it is written: text, and figures that know where they stand in it.

use super::{blank, since};
use crate::model::{Document, Figure, Section};
use crate::text::{CleanSpan, RawSpan, SourceMap};

#[derive(Debug)]
pub(super) struct Page {
    id: String,
    text: String,
    /// Characters of `text`.
    length: usize,
    map: SourceMap,
    sections: Vec<Section>,
    figures: Vec<Figure>,
    /// Where the sentence begins, and its first figure.
    sentence: (usize, usize),
}

impl Page {
    pub(super) fn new(id: String) -> Self {
        let (text, map) = (String::new(), SourceMap::default());
        Self { id, text, length: 0, map, sections: Vec::new(), figures: Vec::new(), sentence: (0, 0) }
    }

    pub(super) fn figures(&self) -> &[Figure] {
        &self.figures
    }

    pub(super) fn put(&mut self, text: &str) {
        for c in text.chars() {
            self.map.push(self.text.len(), self.length, self.length + 1);
            self.text.push(c);
            self.length += 1;
        }
    }

    /// A heading on a line of its own.
    pub(super) fn section(&mut self, title: &str) {
        let start = self.text.len();
        self.put(title);
        let span = since(start, &self.text);
        self.sections.push(Section { title: title.to_owned(), level: 1, span });
        self.put("\n");
    }

    pub(super) fn begin_sentence(&mut self) {
        self.sentence = (self.text.len(), self.figures.len());
    }

    /// Puts the quote and the figure it states; returns where.
    pub(super) fn quote(&mut self, quote: &str, figure: Figure) -> RawSpan {
        let (start, first) = (self.text.len(), self.length);
        self.put(quote);
        let raw = RawSpan { start: first, end: self.length };
        self.figures.push(Figure {
            id: format!("{}#{}-{}", self.id, raw.start, raw.end),
            raw,
            span: since(start, &self.text),
            quote: quote.to_owned(),
            section: self.sections.len().checked_sub(1),
            ..figure
        });
        raw
    }

    /// Puts the full stop and tells the sentence's figures where it stands.
    pub(super) fn end_sentence(&mut self) {
        self.put("。");
        let (start, first) = self.sentence;
        let sentence: CleanSpan = since(start, &self.text);
        for figure in self.figures.iter_mut().skip(first) {
            figure.sentence = sentence;
        }
    }

    pub(super) fn end_paragraph(&mut self) {
        if !self.text.ends_with('\n') {
            self.put("\n");
        }
    }

    pub(super) fn finish(mut self) -> Document {
        self.end_paragraph();
        let Self { id, text, map, sections, figures, .. } = self;
        Document { sections, figures, ..blank(id, text, map) }
    }
}
