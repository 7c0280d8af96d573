//! From a file's bytes to cleaned text whose every character knows its place in the raw file.
//!
//! `長(zhǎng)春` → `长春`, with a map that says 春 stands at raw character 8.

mod clean;
pub mod container;
mod date;
mod entity;
mod flat;
mod fold;
mod furniture;
mod markup;
mod meta;
mod numbering;
mod pinyin;
mod prepare;
pub mod read;
mod sentence;
pub mod span;
mod split;
mod tag;
pub mod visible;
mod wrap;

pub use fold::simplified;
pub use meta::dateline;
pub use numbering::is_numbered;
pub use prepare::{Known, prepare, prepare_decoded};
pub use read::ReadError;
pub use sentence::sentences;
pub use span::{CleanSpan, Positions, RawSpan, SourceMap};
pub use visible::visible;

/// What a line of the cleaned text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// The document's title.
    Title,
    /// A heading: of a section, or a headline inside a page of several news items.
    Heading,
    /// Running text.
    Paragraph,
    /// A table's row; its cells are separated by tabs.
    Row,
}

/// A line of the cleaned text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// Without the line break.
    pub span: CleanSpan,
    pub kind: BlockKind,
    /// The section it stands in: an index into [`Prepared::sections`].
    pub section: Option<usize>,
}

/// A heading of a document, see [`crate::model::Section`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    pub title: String,
    /// 1 for the outermost.
    pub level: u8,
    pub span: CleanSpan,
}

/// A stretch of the raw file that was left out of the cleaned text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Removed {
    pub raw: RawSpan,
    pub reason: &'static str,
}

/// A document read and cleaned, before anything is extracted.
#[derive(Clone, Debug, Default)]
pub struct Prepared {
    pub id: String,
    pub path: String,
    pub title: Option<String>,
    pub source: Option<String>,
    pub url: Option<String>,
    /// `YYYY-MM-DD`, `YYYY-MM` or `YYYY`.
    pub date: Option<String>,
    pub encoding: String,
    pub sha256: String,
    /// The whole file, decoded.
    pub raw: String,
    /// The cleaned text: lines separated by `\n`.
    pub text: String,
    pub map: SourceMap,
    pub removed: Vec<Removed>,
    pub blocks: Vec<Block>,
    pub sections: Vec<Heading>,
}

impl Prepared {
    /// The innermost section at byte `at` of the cleaned text: sections may begin inside a block
    /// whose line breaks were lost.
    pub fn section_at(&self, at: usize) -> Option<usize> {
        let next = self.sections.partition_point(|section| section.span.start <= at);
        next.checked_sub(1)
    }

    /// Look-ups of raw spans; make it once for many quotes.
    pub fn positions(&self) -> Positions<'_> {
        Positions::new(&self.raw)
    }
}
