//! The JSON as structs: what serde sees. The model derives nothing, so that it can move while the
//! format stands still.

use serde::{Deserialize, Serialize};

pub(super) use super::text::Text;

/// The first line of the `.jsonl` form.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Header<'a> {
    #[serde(borrow)]
    pub(super) format: Text<'a>,
    pub(super) version: u64,
    #[serde(borrow)]
    pub(super) generator: Text<'a>,
}

/// The `.json` form.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Whole<'a> {
    #[serde(borrow)]
    pub(super) format: Text<'a>,
    pub(super) version: u64,
    #[serde(borrow)]
    pub(super) generator: Text<'a>,
    #[serde(borrow)]
    pub(super) documents: Vec<Document<'a>>,
}

/// Only what tells a dataset of another version from something else.
#[derive(Debug, Deserialize)]
pub(super) struct Outline {
    pub(super) format: Option<serde_json::Value>,
    pub(super) version: Option<serde_json::Value>,
    pub(super) documents: Option<serde::de::IgnoredAny>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Document<'a, F = Vec<Figure<'a>>, R = Vec<Rejected<'a>>> {
    #[serde(borrow)]
    pub(super) id: Text<'a>,
    #[serde(borrow, default, skip_serializing_if = "str::is_empty")]
    pub(super) path: Text<'a>,
    #[serde(borrow)]
    pub(super) title: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) source: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) url: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) date: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) encoding: Text<'a>,
    #[serde(borrow)]
    pub(super) sha256: Text<'a>,
    pub(super) raw_length: usize,
    #[serde(borrow)]
    pub(super) text: Text<'a>,
    pub(super) map: Vec<Piece>,
    #[serde(borrow)]
    pub(super) dropped: Vec<Dropped<'a>>,
    #[serde(borrow)]
    pub(super) sections: Vec<Section<'a>>,
    /// Of a document that is written, turned one by one.
    pub(super) figures: F,
    pub(super) rejected: R,
}

/// A run of the cleaned text, in order: `[raw, n]` for n characters that stand one for one with raw
/// characters from `raw`; `[raw, n, 1]` for one character that stands for n raw characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub(super) enum Piece {
    Run(usize, usize),
    One(usize, usize, usize),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Span {
    pub(super) start: usize,
    pub(super) end: usize,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Dropped<'a> {
    pub(super) start: usize,
    pub(super) end: usize,
    #[serde(borrow)]
    pub(super) reason: Text<'a>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Section<'a> {
    #[serde(borrow)]
    pub(super) title: Text<'a>,
    pub(super) level: u8,
    pub(super) start: usize,
    pub(super) end: usize,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Figure<'a> {
    #[serde(borrow)]
    pub(super) id: Text<'a>,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) text_start: usize,
    pub(super) text_end: usize,
    #[serde(borrow)]
    pub(super) quote: Text<'a>,
    #[serde(borrow)]
    pub(super) value: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) value_high: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) unit: Option<Text<'a>>,
    pub(super) unit_inferred: bool,
    #[serde(borrow)]
    pub(super) bound: Text<'a>,
    #[serde(borrow)]
    pub(super) kind: Text<'a>,
    #[serde(borrow)]
    pub(super) indicator: Text<'a>,
    #[serde(borrow)]
    pub(super) indicator_id: Text<'a>,
    #[serde(borrow)]
    pub(super) subject: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) period: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) status: Text<'a>,
    #[serde(borrow)]
    pub(super) of: Option<Text<'a>>,
    pub(super) parent: Option<Span>,
    #[serde(borrow)]
    pub(super) owners: Vec<Text<'a>>,
    pub(super) sentence: Span,
    pub(super) section: Option<usize>,
    pub(super) confidence: f64,
    #[serde(borrow)]
    pub(super) trace: Vec<Trace<'a>>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Trace<'a> {
    #[serde(borrow)]
    pub(super) field: Text<'a>,
    #[serde(borrow)]
    pub(super) rule: Text<'a>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rejected<'a> {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) text_start: usize,
    pub(super) text_end: usize,
    #[serde(borrow)]
    pub(super) quote: Text<'a>,
    #[serde(borrow)]
    pub(super) reason: Text<'a>,
    #[serde(borrow)]
    pub(super) rule: Text<'a>,
    pub(super) sentence: Span,
}
