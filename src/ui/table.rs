//! The figures as lines of text, for where no screen can be drawn.

use super::columns::{Column, GAP};
use super::model::Settings;
use crate::index::Index;

/// A heading, then a line for each figure, its columns aligned and nothing cut.
pub fn table(index: &Index, settings: Settings) -> Vec<String> {
    let Settings { lang, widths, .. } = settings;
    let mut rows = vec![Column::ALL.iter().map(|c| c.title(lang).to_owned()).collect::<Vec<_>>()];
    rows.extend(index.figures().map(|f| Column::ALL.iter().map(|c| c.text(f, lang, widths)).collect()));
    let width =
        |n: usize| rows.iter().filter_map(|row| row.get(n)).map(|text| widths.of(text)).max().unwrap_or(0);
    let all: Vec<usize> = (0..Column::ALL.len()).map(width).collect();
    let line = |row: &Vec<String>| {
        let mut line = String::new();
        for ((text, width), column) in row.iter().zip(&all).zip(Column::ALL) {
            line.push_str(&if column.right() {
                widths.fit_right(text, *width)
            } else {
                widths.fit(text, *width)
            });
            line.push_str(&" ".repeat(GAP));
        }
        line.trim_end().to_owned()
    };
    rows.iter().map(line).collect()
}
