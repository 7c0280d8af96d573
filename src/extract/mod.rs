//! Cleaned text → figures, and for every other number the reason why it is none.

pub mod quantity;
