//! The numbers that were not taken for figures, and why; the source pane shows where they stand.

use super::{Cell, Col, Row, Title, cut, whole};
use crate::index::DocumentId;
use crate::model::{Lang, Reason};
use crate::query::{Field, rules};
use crate::text::visible;
use crate::ui::model::Model;
use crate::ui::texts::Text;

pub(super) const COLUMNS: &[Col] = &[
    cut(Title::Text(Text::Number), 8, 24, 9),
    whole(Title::Text(Text::Reason), false, 8),
    cut(Title::Text(Text::Rule), 10, 40, 6),
    cut(Title::Field(Field::Document), 10, 30, 5),
];

/// Those of the chosen documents, or of all.
pub(super) fn rows(model: &Model) -> (String, Vec<Row>) {
    let chosen = model.chosen();
    let documents = (0..model.index.document_count() as u32).map(DocumentId);
    let rows: Vec<Row> = documents
        .filter(|id| chosen.is_none_or(|chosen| chosen.contains(id)))
        .flat_map(|id| (0..model.index.rejected_count(id)).map(move |n| Row::Rejected(id, n)))
        .collect();
    (format!("{}: {}", model.text(Text::Rejected), rows.len()), rows)
}

pub(super) fn cells(model: &Model, document: DocumentId, n: usize) -> Vec<Cell> {
    let Some(document) = model.index.document(document) else { return Vec::new() };
    let Some(rejected) = document.rejected.get(n) else { return Vec::new() };
    vec![
        Cell::plain(visible(&rejected.quote)),
        Cell::plain(reason(rejected.reason, model.settings.lang)),
        Cell::quiet(visible(&rules::rule(&rejected.rule, model.settings.lang))),
        Cell::quiet(visible(document.title.as_deref().unwrap_or(&document.id))),
    ]
}

/// The reason in words.
pub fn reason(reason: Reason, lang: Lang) -> &'static str {
    let (zh, en) = match reason {
        Reason::Date => ("日期", "date"),
        Reason::Span => ("时间段", "length of time"),
        Reason::Ordinal => ("序数", "ordinal"),
        Reason::ListNumber => ("编号", "list number"),
        Reason::Edition => ("版次型号", "edition"),
        Reason::Name => ("名称", "name"),
        Reason::Slogan => ("口号", "slogan"),
        Reason::Idiom => ("固定说法", "fixed phrase"),
        Reason::Identifier => ("号码", "identifier"),
        Reason::Furniture => ("页面杂项", "page furniture"),
        Reason::Bare => ("没有单位", "no unit"),
        Reason::Vague => ("泛指", "vague count"),
        Reason::Masked => ("看不清", "masked"),
        Reason::Classifying => ("分类比方", "class or comparison"),
    };
    lang.pick(zh, en)
}
