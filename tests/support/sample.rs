//! A small dataset that several test files share.

use zhibiao::dataset::{Dataset, GENERATOR};
use zhibiao::model::{Document, Dropped, Field, Figure, Kind, Period, Reason, Rejected, Section, Trace};
use zhibiao::text::{CleanSpan, Prepared, prepare};

/// A page with markup, readings and full-width digits; and what is found in it.
pub(crate) const PAGE: &str =
    "<h1>南坡鎮(zhèn)辦廠</h1>\n<p>去年全鎮(zhèn)新辦工廠<b>１２</b>家，占全縣的30%。</p>";

/// A dataset of two documents with two figures and a rejected number each.
pub(crate) fn sample() -> Dataset {
    let documents = ["a.html", "b.html"].map(document).to_vec();
    Dataset { generator: GENERATOR.to_owned(), documents }
}

fn document(id: &str) -> Document {
    let prepared = prepare(id, &format!("pages/{id}"), PAGE.as_bytes()).expect("a sound sample");
    let sentence = span(&prepared, "去年全镇新办工厂12家，占全县的30%。");
    let first = Figure {
        id: format!("{id}:1"),
        value_high: Some("15.50".parse().expect("a sound sample")),
        unit: Some("家".to_owned()),
        subject: Some("南坡镇".to_owned()),
        period: Period::parse("2021"),
        section: Some(0),
        owners: vec!["镇政府".to_owned(), "经发办".to_owned()],
        trace: vec![Trace { field: Field::Unit, rule: "家 after the number".to_owned() }],
        ..figure(&prepared, "12家", "12.0", Kind::Change, sentence)
    };
    let share = Figure {
        id: format!("{id}:2"),
        unit: Some("%".to_owned()),
        of: Some("全县".to_owned()),
        parent: Some(first.raw),
        ..figure(&prepared, "30%", "-30", Kind::Share, sentence)
    };
    let word = span(&prepared, "去年");
    let (raw, quote) = quote(&prepared, word);
    let rejected =
        Rejected { raw, span: word, quote, reason: Reason::Date, rule: "a year".to_owned(), sentence };
    Document {
        raw_length: prepared.raw.chars().count(),
        dropped: prepared
            .removed
            .iter()
            .map(|removed| Dropped { raw: removed.raw, reason: removed.reason.to_owned() })
            .collect(),
        sections: vec![Section { title: "办厂".to_owned(), level: 1, span: span(&prepared, "办厂") }],
        figures: vec![first, share],
        rejected: vec![rejected],
        id: prepared.id,
        path: prepared.path,
        title: prepared.title,
        source: None,
        url: None,
        date: Some("2022-03".to_owned()),
        encoding: prepared.encoding,
        sha256: prepared.sha256,
        text: prepared.text,
        map: prepared.map,
    }
}

fn figure(prepared: &Prepared, quantity: &str, value: &str, kind: Kind, sentence: CleanSpan) -> Figure {
    let clean = span(prepared, quantity);
    let (raw, quote) = quote(prepared, clean);
    Figure {
        raw,
        span: clean,
        quote,
        value: Some(value.parse().expect("a sound sample")),
        kind,
        indicator: "工厂".to_owned(),
        indicator_id: "工厂".to_owned(),
        sentence,
        confidence: 0.75,
        ..Figure::default()
    }
}

fn span(prepared: &Prepared, text: &str) -> CleanSpan {
    let at = prepared.text.find(text).unwrap_or_else(|| panic!("{text} is not in {}", prepared.text));
    CleanSpan::new(at, at + text.len())
}

fn quote(prepared: &Prepared, span: CleanSpan) -> (zhibiao::text::RawSpan, String) {
    let raw = prepared.map.raw(&prepared.text, span).expect("a sound sample");
    (raw, prepared.positions().slice(raw).expect("a sound sample").to_owned())
}
