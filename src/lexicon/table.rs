//! The lines of a data file: comments and empty lines left out, fields separated by tabs.
//!
//! `超过\tbefore\tgt` → `["超过", "before", "gt"]`.

/// The rows of a data file. A line that opens with `#` is a comment.
pub fn rows(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    text.lines()
        .filter(|line| !line.starts_with('#') && !line.trim().is_empty())
        .map(|line| line.split('\t').map(str::trim).collect())
}

/// A field of a row, empty if the row is shorter.
pub fn field(row: &[&'static str], n: usize) -> &'static str {
    row.get(n).copied().unwrap_or("")
}
