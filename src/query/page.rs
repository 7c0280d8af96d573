//! The page that documents the language, made from the field table.

use std::fmt::Write as _;

use super::field::{FIELDS, Row, Type};

/// `docs/query.md`.
pub fn page() -> String {
    let mut page = include_str!("page.md").to_owned();
    let mut table = "| field | also | what it is | values | example |\n|---|---|---|---|---|\n".to_owned();
    for row in FIELDS {
        let names: Vec<String> = row.others.iter().map(|name| format!("`{name}`")).collect();
        let also = names.join(" ");
        let (zh, en, about, values) = (row.zh, row.en, about(row), values(row));
        // A vertical bar would end the cell.
        let example = row.example.replace('|', "\\|");
        let _ = writeln!(table, "| `{zh}` `{en}` | {also} | {about} | {values} | `{example}` |");
    }
    let words: Vec<&str> = FIELDS.iter().filter(|row| row.in_words).map(|row| row.zh).collect();
    for (mark, text) in [("<!-- fields -->\n", table), ("<!-- words -->", words.join("、"))] {
        page = page.replace(mark, &text);
    }
    page
}

fn about(row: &Row) -> String {
    format!("{}; {}", row.about_zh, row.about_en)
}

/// What can be written as a value.
fn values(row: &Row) -> String {
    let choices = || {
        let choice = |choice: &super::field::Choice| {
            choice.names().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" ")
        };
        row.choices().iter().map(choice).collect::<Vec<_>>().join(", ")
    };
    match row.kind {
        Type::Text => "text or pinyin, a part of it; `=` the whole".to_owned(),
        Type::Name => "the whole name if the data has it, else a part".to_owned(),
        Type::Amount => "an amount, compared or as a range".to_owned(),
        Type::Number => "0 to 1, compared or as a range".to_owned(),
        Type::Period => "a period, compared or as a range".to_owned(),
        Type::Code(_) => choices(),
        Type::Has => "the name of a field".to_owned(),
        Type::Sort => "the name of a field, `-` before it to descend; several, parted by `,`".to_owned(),
        Type::Limit => "a number".to_owned(),
    }
}
