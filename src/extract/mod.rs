//! Cleaned text → figures, and for every other number the reason why it is none.

mod bound;
mod date;
mod judge;
mod line;
mod measure;
pub mod number;
pub mod quantity;
mod reject;
mod shared;
