//! The figures as lines of text, for where no screen can be drawn.

use super::columns::{self, USUAL};
use super::grid::GAP;
use super::model::Settings;
use crate::index::Index;

/// A heading, then a line for each figure, its columns aligned and nothing cut.
pub fn table(index: &Index, settings: Settings) -> Vec<String> {
    let Settings { lang, widths, .. } = settings;
    let mut rows = vec![USUAL.iter().map(|field| field.name(lang).to_owned()).collect::<Vec<_>>()];
    rows.extend(
        index.figures().map(|f| USUAL.iter().map(|field| columns::cell(*field, f, lang, widths)).collect()),
    );
    let width =
        |n: usize| rows.iter().filter_map(|row| row.get(n)).map(|text| widths.of(text)).max().unwrap_or(0);
    let all: Vec<usize> = (0..USUAL.len()).map(width).collect();
    let line = |row: &Vec<String>| {
        let mut line = String::new();
        for ((text, width), field) in row.iter().zip(&all).zip(USUAL) {
            let right = columns::right(*field);
            line.push_str(&if right { widths.fit_right(text, *width) } else { widths.fit(text, *width) });
            line.push_str(&" ".repeat(GAP));
        }
        line.trim_end().to_owned()
    };
    rows.iter().map(line).collect()
}
