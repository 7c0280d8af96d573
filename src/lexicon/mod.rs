//! The words the program knows, read from the text files in `data/lexicon/`.
//!
//! A new unit, slogan or bound word is a line in a data file, not a change of code; each file opens with
//! what it holds and how to add a line.

pub mod bounds;
mod chars;
pub mod cues;
pub mod frames;
pub mod names;
pub mod not_figures;
pub mod numerals;
pub mod reliability;
pub mod table;
pub mod units;
pub mod words;
