//! What tests and benches share to measure the extraction: the answer key, the scorer, and a folder of
//! documents read and scored.

pub(crate) mod key;
pub(crate) mod names;
pub(crate) mod run;
pub(crate) mod score;
