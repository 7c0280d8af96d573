//! Zhibiao (指标): the figures in Chinese documents, extracted, explored and checked.
//!
//! ```text
//! bytes ─► text ──────────────► extract ─────────► dataset (JSON)
//!          read · clean · split  number · quantity        │
//!          (with a map back      reject · period          ▼
//!           to the raw file)     indicator · subject   index ─► query
//!                                status · link            │       │
//! screen ◄── ui::view ◄── ui::update ◄── keys             ▼       ▼
//!                                                     cli · ui · term
//! ```
//!
//! | module | what it does |
//! |---|---|
//! | [`text`] | a file's bytes → cleaned text, its sections and sentences, and the map back to the raw file |
//! | [`model`] | the plain values: figure, quantity, period, status, rejected number, document |
//! | [`lexicon`] | the words the program knows, read from `data/lexicon/` |
//! | [`extract`] | cleaned text → figures, and for every other number the reason why it is none |
//! | [`generate`] | invented documents of any number, for measuring |
//! | [`dataset`] | the versioned JSON form: read, write, validate |
//! | [`index`] | a dataset ready for questions |
//! | [`query`] | the filter language: text → tree → hits |
//! | [`source`] | an index, or a table of Spark's, as what is asked |
//! | [`check`] | arithmetic between figures: sums, shares, rates, growth, repeats, contradictions |
//! | [`ui`] | the explorer's state, keys and views; knows no terminal, file or clock |
//! | [`term`] | borrows the terminal, turns events into keys, gives the terminal back |
//! | [`cli`] | sub-commands, printing, exit statuses |
//!
//! Imports go one way (`tests/tidy.rs` holds them to it):
//! `text ← model ← lexicon ← extract, generate ← cli` and
//! `model ← dataset ← index ← query ← ui ← term ← cli`, with `check` between `index` and `ui`,
//! and `source` between `query` and `ui`.

pub mod check;
pub mod cli;
pub mod dataset;
pub mod extract;
pub mod generate;
pub mod index;
pub mod lexicon;
pub mod model;
pub mod query;
pub mod source;
pub mod term;
pub mod text;
pub mod ui;
