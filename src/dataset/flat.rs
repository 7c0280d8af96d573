//! One flat figure a line: what scorers, `DuckDB`, pandas and Spark read.
//!
//! `{"doc":"a.txt","id":"…","start":12,"end":16,…,"value":"5","unit":"家",…}`

use std::io::{self, Write};

use serde::Serialize;

use super::{encode, wire};
use crate::model::{Document, Figure};
use crate::text::Positions;

/// A figure in its flat form: serialized as an object, or as the cells of a record.
#[derive(Serialize)]
pub struct Row<'a> {
    doc: &'a str,
    #[serde(flatten)]
    figure: wire::Figure<'a>,
}

/// The columns of the CSV form. Spans take two columns; owners and trace are joined by `; `.
pub const CSV_HEADER: &[&str] = &[
    "doc",
    "id",
    "start",
    "end",
    "text_start",
    "text_end",
    "quote",
    "value",
    "value_high",
    "unit",
    "unit_inferred",
    "bound",
    "kind",
    "indicator",
    "indicator_id",
    "subject",
    "period",
    "status",
    "of",
    "parent_start",
    "parent_end",
    "owners",
    "sentence_start",
    "sentence_end",
    "section",
    "confidence",
    "trace",
];

/// Every figure of a document, in order, in its flat form.
pub(super) fn rows(document: &Document) -> impl Iterator<Item = Row<'_>> {
    let at = Positions::new(&document.text);
    document.figures.iter().map(move |figure| Row::new(document, figure, &at))
}

/// Prints one JSON object for each figure of a document, one a line.
pub fn json_lines(document: &Document, out: &mut dyn Write) -> io::Result<()> {
    for row in rows(document) {
        serde_json::to_writer(&mut *out, &row)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

impl std::fmt::Debug for Row<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.cells()).finish()
    }
}

impl<'a> Row<'a> {
    /// The flat form of a figure of `document`; `at` counts the code points of its text.
    pub fn new(document: &'a Document, figure: &'a Figure, at: &Positions<'_>) -> Self {
        Row { doc: &document.id, figure: encode::figure(figure, at) }
    }

    /// The cells in the order of [`CSV_HEADER`].
    pub fn cells(&self) -> [String; CSV_HEADER.len()] {
        let figure = &self.figure;
        let text = |text: &Option<wire::Text<'_>>| text.as_deref().unwrap_or_default().to_owned();
        let number = |n: Option<usize>| n.map_or(String::new(), |n| n.to_string());
        let joined = |list: Vec<String>| list.join("; ");
        [
            self.doc.to_owned(),
            figure.id.to_string(),
            figure.start.to_string(),
            figure.end.to_string(),
            figure.text_start.to_string(),
            figure.text_end.to_string(),
            figure.quote.to_string(),
            text(&figure.value),
            text(&figure.value_high),
            text(&figure.unit),
            figure.unit_inferred.to_string(),
            figure.bound.to_string(),
            figure.kind.to_string(),
            figure.indicator.to_string(),
            figure.indicator_id.to_string(),
            text(&figure.subject),
            text(&figure.period),
            figure.status.to_string(),
            text(&figure.of),
            number(figure.parent.map(|span| span.start)),
            number(figure.parent.map(|span| span.end)),
            joined(figure.owners.iter().map(ToString::to_string).collect()),
            figure.sentence.start.to_string(),
            figure.sentence.end.to_string(),
            number(figure.section),
            figure.confidence.to_string(),
            joined(figure.trace.iter().map(|trace| format!("{}: {}", trace.field, trace.rule)).collect()),
        ]
    }
}
