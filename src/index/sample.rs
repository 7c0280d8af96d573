//! Small datasets for tests, one figure a line.
//!
//! `长春市;高新技术企业;≥210户;2022;target;力争高新技术企业达到[210户]以上。`

use super::Index;
use crate::dataset::Dataset;
use crate::model::{Bound, Decimal, Document, Figure, Kind, Period, Status};
use crate::text::{CleanSpan, RawSpan};

/// Subject; indicator; number, magnitude-free, with unit and a sign for its bound; period;
/// status or kind, or both; the sentence. A line `# title` begins a document.
pub(crate) fn index(lines: &str) -> Index {
    let mut documents: Vec<Document> = Vec::new();
    for line in lines.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if let Some(title) = line.strip_prefix("# ") {
            let id = format!("doc{}.txt", documents.len());
            documents.push(Document { id, title: Some(title.to_owned()), ..Document::default() });
        } else {
            if documents.is_empty() {
                documents.push(Document { id: "doc.txt".into(), ..Document::default() });
            }
            let number = documents.iter().map(|d| d.figures.len()).sum::<usize>();
            add(documents.last_mut().unwrap(), line, number);
        }
    }
    Index::new(Dataset { generator: String::new(), documents })
}

fn add(document: &mut Document, line: &str, number: usize) {
    let cells: Vec<&str> = line.split(';').collect();
    let cell = |n: usize| cells.get(n).copied().unwrap_or("");
    let sentence = cell(5).replace(['[', ']'], "");
    let start = document.text.len();
    document.text.push_str(&sentence);
    document.text.push('\n');
    let amount = cell(2);
    let bound = match amount.chars().next() {
        Some('≥') => Bound::Ge,
        Some('>') => Bound::Gt,
        Some('≤') => Bound::Le,
        Some('<') => Bound::Lt,
        Some('≈') => Bound::Approx,
        _ => Bound::Eq,
    };
    let amount = amount.trim_start_matches(['≥', '>', '≤', '<', '≈']);
    let numeric = |c: char| c.is_ascii_digit() || matches!(c, '.' | '-');
    let (value, rest) = amount.split_at(amount.find(|c| !numeric(c)).unwrap_or(amount.len()));
    let (high, unit) = match rest.strip_prefix('~') {
        Some(rest) => rest.split_at(rest.find(|c| !numeric(c)).unwrap_or(rest.len())),
        None => ("", rest),
    };
    let words: Vec<&str> = cell(4).split(' ').collect();
    let quote_at = cell(5).find('[').unwrap_or(0);
    let quote = cell(5).split(['[', ']']).nth(1).unwrap_or(amount).to_owned();
    let span = CleanSpan::new(start + quote_at, start + quote_at + quote.len());
    document.figures.push(Figure {
        id: format!("f{number}"),
        raw: RawSpan { start: number, end: number + 1 },
        span,
        quote,
        value: value.parse::<Decimal>().ok(),
        value_high: high.parse::<Decimal>().ok(),
        unit: Some(unit).filter(|unit| !unit.is_empty()).map(str::to_owned),
        bound,
        kind: words.iter().find_map(|word| Kind::parse(word)).unwrap_or(Kind::Level),
        indicator: cell(1).to_owned(),
        indicator_id: cell(1).to_owned(),
        subject: Some(cell(0)).filter(|subject| !subject.is_empty()).map(str::to_owned),
        period: Period::parse(cell(3)),
        status: words.iter().find_map(|word| Status::parse(word)).unwrap_or(Status::Actual),
        sentence: CleanSpan::new(start, start + sentence.len()),
        confidence: 0.9,
        ..Figure::default()
    });
}
