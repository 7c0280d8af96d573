//! The explorer without a terminal: keys in, rows of text out.
