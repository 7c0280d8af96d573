//! Rows that were fetched → an index of them.
//!
//! Each document holds the figures that were fetched and their sentences, at their places: what lies between is
//! blank, since the table does not have it. So places in the text are those of the document itself.

use std::collections::{BTreeMap, HashMap};

use super::row::Row;
use crate::dataset::Dataset;
use crate::index::{FigureId, Index};
use crate::model::{Bound, Document, Field, Figure, Kind, Period, Section, Status, Trace};
use crate::text::{CleanSpan, Positions, RawSpan};

/// An index of rows, and the figure of each row.
pub fn window(rows: &[Row]) -> (Index, Vec<FigureId>) {
    let mut documents: BTreeMap<&str, Vec<&Row>> = BTreeMap::new();
    for row in rows {
        documents.entry(&row.document).or_default().push(row);
    }
    let mut numbers: HashMap<(&str, u32), FigureId> = HashMap::new();
    for rows in documents.values_mut() {
        rows.sort_by_key(|row| row.n);
        rows.dedup_by_key(|row| row.n);
        for row in rows {
            numbers.insert((&row.document, row.n), FigureId(numbers.len() as u32));
        }
    }
    let documents = documents.values().map(|rows| document(rows)).collect();
    let ids = rows.iter().filter_map(|row| numbers.get(&(row.document.as_str(), row.n)).copied());
    let ids = ids.collect();
    (Index::new(Dataset { generator: String::new(), documents }), ids)
}

/// A document of which some figures are known.
fn document(rows: &[&Row]) -> Document {
    let Some(first) = rows.first() else { return Document::default() };
    let text = text(rows);
    let at = Positions::new(&text);
    let mut sections: Vec<Section> = Vec::new();
    for (section, row) in rows.iter().filter_map(|row| Some((row.section?, row))) {
        let unknown = || Section { title: String::new(), level: 1, span: CleanSpan::default() };
        sections.resize_with(sections.len().max(section + 1), unknown);
        if let (Some(section), Some(heading)) = (sections.get_mut(section), &row.heading) {
            section.title.clone_from(heading);
        }
    }
    let figures = rows.iter().map(|row| figure(row, &at)).collect();
    Document {
        id: first.document.clone(),
        title: first.title.clone(),
        source: first.source.clone(),
        url: first.url.clone(),
        date: first.date.clone(),
        sections,
        figures,
        text,
        ..Document::default()
    }
}

/// The sentences at their places.
fn text(rows: &[&Row]) -> String {
    let mut sentences: Vec<(usize, &str)> =
        rows.iter().map(|row| (row.sentence_start, row.sentence.as_str())).collect();
    sentences.sort_unstable();
    sentences.dedup();
    let (mut text, mut length) = (String::new(), 0);
    for (start, sentence) in sentences {
        if start >= length {
            text.extend(std::iter::repeat_n('\n', start - length));
            text.push_str(sentence);
            length = start + sentence.chars().count();
        }
    }
    text
}

fn figure(row: &Row, at: &Positions<'_>) -> Figure {
    let byte = |place: usize| at.byte(place).unwrap_or_default();
    let raw = |start: Option<usize>, end: Option<usize>| Some(RawSpan { start: start?, end: end? });
    let trace = row
        .trace
        .iter()
        .filter_map(|trace| Some(Trace { field: Field::parse(&trace.field)?, rule: trace.rule.clone() }));
    Figure {
        id: row.id.clone(),
        raw: RawSpan { start: row.start, end: row.end },
        span: CleanSpan::new(byte(row.text_start), byte(row.text_end)),
        quote: row.quote.clone(),
        value: row.value.as_deref().and_then(|value| value.parse().ok()),
        value_high: row.value_high.as_deref().and_then(|value| value.parse().ok()),
        unit: row.unit.clone(),
        unit_inferred: row.unit_inferred,
        bound: Bound::parse(&row.bound).unwrap_or(Bound::Eq),
        kind: Kind::parse(&row.kind).unwrap_or(Kind::Level),
        indicator: row.indicator.clone(),
        indicator_id: row.indicator_id.clone(),
        subject: row.subject.clone(),
        period: row.period.as_deref().and_then(Period::parse),
        status: Status::parse(&row.status).unwrap_or(Status::Actual),
        of: row.of.clone(),
        parent: raw(row.parent_start, row.parent_end),
        owners: row.owners.clone(),
        sentence: CleanSpan::new(byte(row.sentence_start), byte(row.sentence_end)),
        section: row.section,
        confidence: row.confidence,
        trace: trace.collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::row::rows;

    #[test]
    fn what_was_fetched_reads_as_in_the_dataset() {
        let index = crate::index::sample::index(
            "# 行动计划
             长春新区;企业;≥210户;2022;target;前面的话。
             长春新区;专精特新企业;≥210户;2022;target;达到[210户]以上。
             长春新区;地区生产总值;43629000000元;2021;actual;全区GDP完成[436.29亿元]。
             # 乙
             ;出口;2~3个;R/P1Y;rule;实施[2-3个]。",
        );
        let lines: Vec<String> = (0..index.document_count() as u32)
            .filter_map(|n| index.document(crate::index::DocumentId(n)))
            .flat_map(|document| rows(document).map(Result::unwrap))
            .collect();
        // The last and the second, in this order.
        let picked = [lines.last().unwrap(), lines.get(1).unwrap()];
        let fetched: Vec<Row> = picked.iter().map(|line| serde_json::from_str(line).unwrap()).collect();
        let (window, ids) = window(&fetched);
        assert_eq!((window.len(), ids.len()), (2, 2));
        for (id, original) in ids.iter().zip([index.len() as u32 - 1, 1]) {
            let (mine, original) = (window.figure(*id).unwrap(), index.figure(FigureId(original)).unwrap());
            assert_eq!(mine.sentence(), original.sentence());
            assert_eq!(
                mine.full().span.of(&mine.document().text),
                original.full().span.of(&original.document().text)
            );
            let at = |document: &Document, byte| Positions::new(&document.text).code_point(byte);
            assert_eq!(
                at(mine.document(), mine.full().span.start),
                at(original.document(), original.full().span.start)
            );
            let plain = |figure: &Figure| Figure {
                span: CleanSpan::default(),
                sentence: CleanSpan::default(),
                ..figure.clone()
            };
            assert_eq!(plain(mine.full()), plain(original.full()));
        }
    }
}
