//! The page of text behind the selected figure: broken into lines, scrolled so that the quantity
//! is in view, moved only when it must be.

use std::ops::Range;

use super::texts::Text;
use super::width::Widths;
use super::wrap;
use crate::index::{DocumentId, FigureRef};
use crate::model::{Document, Lang, Rejected};
use crate::query::{self, Field};
use crate::text::{CleanSpan, RawSpan};

/// A line on the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// Bytes of the page's text.
    pub(super) range: Range<usize>,
    /// Cleaned text: the paragraph's number, headings not counted. Raw text: the file's line.
    pub(super) number: usize,
}

/// A number's place in a document, be it a figure or none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) document: DocumentId,
    raw: RawSpan,
    span: CleanSpan,
    sentence: CleanSpan,
}

impl Place {
    pub(super) fn figure(figure: FigureRef<'_>) -> Self {
        let full = figure.full();
        Self { document: figure.document_id(), raw: full.raw, span: full.span, sentence: full.sentence }
    }

    /// Its characters in the raw file, and its bytes in the cleaned text.
    pub(super) fn spans(self) -> (RawSpan, CleanSpan) {
        (self.raw, self.span)
    }

    pub(super) fn rejected(document: DocumentId, rejected: &Rejected) -> Self {
        Self { document, raw: rejected.raw, span: rejected.span, sentence: rejected.sentence }
    }

    /// The sentence in the cleaned text.
    fn sentence(self, document: &Document) -> &str {
        self.sentence.of(&document.text)
    }
}

/// What stands where on the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Marks {
    pub(super) quantity: Range<usize>,
    pub(super) sentence: Range<usize>,
    pub(super) siblings: Vec<Range<usize>>,
    /// What the filter's words match in the sentence.
    pub(super) matches: Vec<Range<usize>>,
}

/// How a stretch of the page looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    Context,
    Sentence,
    Match,
    Sibling,
    Quantity,
}

/// The page and its window.
#[derive(Clone, Debug, Default)]
pub(super) struct Source {
    /// What the lines were made for: document, raw or not, width.
    page: Option<(DocumentId, bool, usize)>,
    pub(super) lines: Vec<Line>,
    pub(super) top: usize,
    /// What the window was last placed for.
    placed: Option<(Place, usize)>,
    pub(super) marks: Marks,
    /// Number of the line that holds the quantity.
    pub(super) number: usize,
}

impl Source {
    /// Turns to the page of a place and brings the number into a window of `rows` lines. `raw` is
    /// the raw file, if that is to be shown.
    pub(super) fn follow(
        &mut self,
        document: &Document,
        place: Place,
        raw: Option<&str>,
        (width, rows): (usize, usize),
        widths: Widths,
    ) {
        let text = raw.unwrap_or(&document.text);
        let page = (place.document, raw.is_some(), width);
        if self.page != Some(page) {
            self.page = Some(page);
            self.placed = None;
            self.lines = if raw.is_some() {
                file_lines(text, width, widths)
            } else {
                paragraphs(document, width, widths)
            };
        }
        let placed = (place, rows);
        if self.placed == Some(placed) {
            self.top = self.top.min(self.lines.len().saturating_sub(rows));
            return;
        }
        self.placed = Some(placed);
        self.marks = marks(document, place, raw);
        let first = self.line_of(self.marks.sentence.start);
        let quantity = self.line_of(self.marks.quantity.start);
        self.number = self.lines.get(quantity).map_or(0, |l| l.number);
        let last = self.line_of(self.marks.sentence.end.saturating_sub(1)).max(quantity);
        let inside = first >= self.top && last < self.top + rows;
        if !inside {
            let spare = rows.saturating_sub(last + 1 - first) / 2;
            self.top = first.saturating_sub(spare);
            // A sentence longer than the window: the quantity comes first.
            self.top = self.top.max((quantity + 1).saturating_sub(rows)).min(quantity);
        }
        self.top = self.top.min(self.lines.len().saturating_sub(rows));
    }

    /// Marks what the filter's words match in the sentence, where the cleaned text is shown.
    pub(super) fn mark(&mut self, plan: &query::Plan, document: &Document, place: Place) {
        let cleaned = self.page.is_some_and(|(_, raw, _)| !raw);
        let spans = if cleaned {
            query::highlight(plan, Field::Sentence, place.sentence(document))
        } else {
            Vec::new()
        };
        let start = place.sentence.start;
        self.marks.matches = spans.into_iter().map(|s| start + s.start..start + s.end).collect();
    }

    /// The line that holds a byte of the text.
    fn line_of(&self, at: usize) -> usize {
        self.lines.partition_point(|l| l.range.start <= at).saturating_sub(1)
    }

    /// A line's stretches, each with its look.
    pub(super) fn stretches(&self, line: &Line) -> Vec<(Range<usize>, Look)> {
        let mut borders = vec![line.range.start, line.range.end];
        let all = self
            .marks
            .siblings
            .iter()
            .chain(&self.marks.matches)
            .chain([&self.marks.quantity, &self.marks.sentence]);
        borders.extend(all.flat_map(|r| [r.start, r.end]).filter(|at| line.range.contains(at)));
        borders.sort_unstable();
        borders.dedup();
        borders
            .windows(2)
            .filter_map(|pair| match pair {
                &[from, to] => Some((from..to, self.look(from))),
                _ => None,
            })
            .collect()
    }

    fn look(&self, at: usize) -> Look {
        if self.marks.quantity.contains(&at) {
            Look::Quantity
        } else if self.marks.siblings.iter().any(|r| r.contains(&at)) {
            Look::Sibling
        } else if self.marks.matches.iter().any(|r| r.contains(&at)) {
            Look::Match
        } else if self.marks.sentence.contains(&at) {
            Look::Sentence
        } else {
            Look::Context
        }
    }
}

/// The other figures of a figure's sentence.
pub(super) fn siblings(figure: FigureRef<'_>) -> impl Iterator<Item = FigureRef<'_>> {
    figure.sentence_rows().filter(move |other| other.id() != figure.id())
}

fn marks(document: &Document, place: Place, raw: Option<&str>) -> Marks {
    let others = document.figures.iter().filter(|f| f.sentence == place.sentence && f.raw != place.raw);
    match raw {
        None => Marks {
            quantity: place.span.start..place.span.end,
            sentence: place.sentence.start..place.sentence.end,
            siblings: others.map(|f| f.span.start..f.span.end).collect(),
            matches: Vec::new(),
        },
        Some(raw) => {
            let sentence = document.map.raw(&document.text, place.sentence).unwrap_or(place.raw);
            Marks {
                quantity: bytes(raw, place.raw),
                sentence: bytes(raw, sentence),
                siblings: others.map(|f| bytes(raw, f.raw)).collect(),
                matches: Vec::new(),
            }
        }
    }
}

/// The bytes of a range of code points.
fn bytes(text: &str, span: RawSpan) -> Range<usize> {
    let at = |n: usize| text.char_indices().nth(n).map_or(text.len(), |(at, _)| at);
    let start = at(span.start);
    let rest = text.get(start..).unwrap_or("");
    let len = rest.char_indices().nth(span.end.saturating_sub(span.start)).map_or(rest.len(), |(at, _)| at);
    start..start + len
}

/// `第 11 段`, where a figure stands; nothing before the first paragraph.
pub fn paragraph_of(figure: FigureRef<'_>, lang: Lang) -> Option<String> {
    let number = paragraph(figure.document(), figure.full().span.start);
    (number > 0).then(|| Text::Paragraph.of(lang).replace('#', &number.to_string()))
}

/// The number of the paragraph that holds a byte of the cleaned text, headings not counted.
pub(super) fn paragraph(document: &Document, at: usize) -> usize {
    let mut number = 0;
    let mut start = 0;
    for paragraph in document.text.split('\n') {
        if start > at {
            break;
        }
        number += usize::from(!paragraph.trim().is_empty() && !is_heading(document, paragraph, start));
        start += paragraph.len() + 1;
    }
    number
}

fn is_heading(document: &Document, paragraph: &str, at: usize) -> bool {
    Some(paragraph) == document.title.as_deref()
        || document
            .sections
            .iter()
            .any(|s| s.span.start == at && s.span.len() == paragraph.len() && !s.span.is_empty())
}

/// The cleaned text's lines; empty ones are left out.
fn paragraphs(document: &Document, width: usize, widths: Widths) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut number = 0;
    let mut at = 0;
    for paragraph in document.text.split('\n') {
        let heading = is_heading(document, paragraph, at);
        if !paragraph.trim().is_empty() {
            number += usize::from(!heading);
            let broken = wrap::lines(paragraph, width, widths).into_iter();
            lines.extend(broken.map(|r| Line { range: at + r.start..at + r.end, number }));
        }
        at += paragraph.len() + 1;
    }
    lines
}

/// The raw file's lines, empty ones included.
fn file_lines(text: &str, width: usize, widths: Widths) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut at = 0;
    for (n, line) in text.split('\n').enumerate() {
        let broken = wrap::lines(line, width, widths).into_iter();
        lines.extend(broken.map(|r| Line { range: at + r.start..at + r.end, number: n + 1 }));
        at += line.len() + 1;
    }
    lines
}
