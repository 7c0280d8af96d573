//! Figures as text to take elsewhere: a citation, or rows of a table.
//!
//! `2021年,长春净月高新区地区生产总值436.29亿元。——《…》,2022-08-16,第3段`

use serde_json::Value;

use super::source;
use super::value;
use super::width::Widths;
use crate::dataset::Row;
use crate::index::{DocumentId, FigureRef};
use crate::model::{Kind, Lang, Status};
use crate::query::{Field, show};
use crate::text::Positions;

/// A form of text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    #[default]
    Citation,
    Tsv,
    Markdown,
    Csv,
    Json,
    JsonLines,
}

impl Format {
    pub const ALL: &'static [Self] =
        &[Self::Citation, Self::Tsv, Self::Markdown, Self::Csv, Self::Json, Self::JsonLines];

    #[must_use]
    pub fn next(self) -> Self {
        let at = Self::ALL.iter().position(|f| *f == self).map_or(0, |at| at + 1);
        Self::ALL.get(at).copied().unwrap_or_default()
    }

    pub const fn name(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::Citation, Lang::Zh) => "引文",
            (Self::Citation, Lang::En) => "citation",
            (Self::Tsv, Lang::Zh) => "表格行",
            (Self::Tsv, Lang::En) => "table rows",
            (Self::Markdown, _) => "Markdown",
            (Self::Csv, _) => "CSV",
            (Self::Json, _) => "JSON",
            (Self::JsonLines, _) => "JSON lines",
        }
    }

    /// Its name in what is kept.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Citation => "txt",
            Self::Tsv => "tsv",
            Self::Markdown => "md",
            Self::Csv => "csv",
            Self::Json => "json",
            Self::JsonLines => "jsonl",
        }
    }

    pub fn named(id: &str) -> Self {
        Self::ALL.iter().copied().find(|format| format.id() == id).unwrap_or_default()
    }

    /// The form a file's name asks for.
    pub fn of_file(name: &str) -> Option<Self> {
        let ending = name.rsplit_once('.')?.1.to_ascii_lowercase();
        Self::ALL.iter().copied().find(|format| format.id() == ending)
    }
}

/// The fields of a row; the place in the raw file follows them.
const FIELDS: &[Field] = &[
    Field::Indicator,
    Field::Subject,
    Field::Period,
    Field::Value,
    Field::Unit,
    Field::Bound,
    Field::Kind,
    Field::Status,
    Field::Of,
    Field::Quote,
    Field::Document,
    Field::Date,
    Field::Sentence,
    Field::Id,
];

/// Figures in a form.
pub(super) fn text<'a>(figures: impl Iterator<Item = FigureRef<'a>>, format: Format, lang: Lang) -> String {
    let lines: Vec<String> = match format {
        Format::Citation => figures.map(|f| citation(f, lang)).collect(),
        Format::Tsv => {
            figures.map(|f| row(f, lang).map(|cell| one_line(&cell)).collect::<Vec<_>>().join("\t")).collect()
        }
        Format::Csv => std::iter::once(names().map(str::to_owned).collect::<Vec<_>>().join(","))
            .chain(figures.map(|f| row(f, lang).map(|cell| csv(&cell)).collect::<Vec<_>>().join(",")))
            .collect(),
        Format::Markdown => {
            let line = |cells: Vec<String>| format!("| {} |", cells.join(" | "));
            let head = line(MARKDOWN.iter().map(|field| field.name(lang).to_owned()).collect());
            let rule = line(
                MARKDOWN.iter().map(|f| if *f == Field::Value { "---:" } else { "---" }.to_owned()).collect(),
            );
            let cell = |f: FigureRef<'_>, field: &Field| {
                let text = if *field == Field::Value {
                    value::value(f, Widths::Narrow)
                } else {
                    show::text(f, *field, lang).into_owned()
                };
                one_line(&text).replace('|', "\\|")
            };
            [head, rule]
                .into_iter()
                .chain(figures.map(|f| line(MARKDOWN.iter().map(|field| cell(f, field)).collect())))
                .collect()
        }
        Format::Json => vec![format!("[\n{}\n]", objects(figures).join(",\n"))],
        Format::JsonLines => objects(figures),
    };
    lines.into_iter().map(|line| line + "\n").collect()
}

/// The columns of a Markdown table: what a reader wants to see.
const MARKDOWN: &[Field] = &[
    Field::Indicator,
    Field::Subject,
    Field::Period,
    Field::Value,
    Field::Kind,
    Field::Status,
    Field::Document,
];

/// A statement with its source, to be put into a text.
fn citation(figure: FigureRef<'_>, lang: Lang) -> String {
    let mut said = String::new();
    if let Some(period) = figure.period() {
        let text = value::period(period, lang);
        said.push_str(&text);
        if text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit()) {
            said.push('年');
        }
        said.push('，');
    }
    said.push_str(figure.subject().unwrap_or(""));
    said.push_str(figure.indicator());
    if figure.kind() != Kind::Level {
        said.push_str(show::choice(Field::Kind, figure.kind() as u8, Lang::Zh));
    }
    said.push_str(&value::value(figure, Widths::Narrow).replace(' ', ""));
    if figure.status() != Status::Actual {
        said.push('（');
        said.push_str(show::choice(Field::Status, figure.status() as u8, Lang::Zh));
        said.push('）');
    }
    let document = figure.document();
    let mut from = format!("《{}》", figure.title());
    for part in [document.source.as_deref(), document.date.as_deref()].into_iter().flatten() {
        from.push('，');
        from.push_str(part);
    }
    let number = source::paragraph(document, figure.full().span.start);
    one_line(&format!("{said}。——{from}，第{number}段"))
}

/// The names of a row's cells, as the dataset has them.
fn names() -> impl Iterator<Item = &'static str> {
    FIELDS.iter().map(|field| field.row().en).chain(["doc", "start", "end"])
}

fn row(figure: FigureRef<'_>, lang: Lang) -> impl Iterator<Item = String> {
    let full = figure.full();
    let cell = move |field: &Field| match field {
        Field::Value => match (figure.value(), figure.value_high()) {
            (Some(low), Some(high)) => format!("{}..{}", value::plain(low), value::plain(high)),
            (Some(value), None) => value::plain(value),
            _ => String::new(),
        },
        _ => show::text(figure, *field, lang).into_owned(),
    };
    let place = [figure.document().id.clone(), full.raw.start.to_string(), full.raw.end.to_string()];
    FIELDS.iter().map(cell).chain(place)
}

/// Figures as the flat objects that `zhibiao export` prints.
fn objects<'a>(figures: impl Iterator<Item = FigureRef<'a>>) -> Vec<String> {
    let mut at: Option<(DocumentId, Positions<'a>)> = None;
    figures
        .map(|figure| {
            let document = figure.document();
            let known = at.take().filter(|(id, _)| *id == figure.document_id());
            let (_, positions) =
                at.insert(known.unwrap_or_else(|| (figure.document_id(), Positions::new(&document.text))));
            object(figure, positions)
        })
        .collect()
}

/// One of them, with what a reader wants beside it.
fn object(figure: FigureRef<'_>, at: &Positions<'_>) -> String {
    let row = serde_json::to_value(Row::new(figure.document(), figure.full(), at));
    let Ok(Value::Object(mut object)) = row else { return String::new() };
    object.insert("title".to_owned(), figure.title().into());
    object.insert("sentence_text".to_owned(), figure.sentence().into());
    Value::Object(object).to_string()
}

/// A cell in quotation marks if it needs them; one that a spreadsheet would take for a formula is disarmed.
fn csv(cell: &str) -> String {
    let number = cell.strip_prefix('-').unwrap_or(cell).bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let cell = if cell.starts_with(['=', '+', '@', '\t', '\r']) || cell.starts_with('-') && !number {
        format!("'{cell}")
    } else {
        cell.to_owned()
    };
    if cell.contains([',', '"', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
}

fn one_line(text: &str) -> String {
    text.replace(['\n', '\r', '\t'], " ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::sample;

    fn shared(quote: &str, format: Format) -> String {
        let index = sample::index();
        text(index.figures().filter(|f| f.quote() == quote), format, Lang::Zh)
    }

    #[test]
    fn a_citation_names_its_source() {
        assert_eq!(
            shared("436.29亿元", Format::Citation),
            "2021年，净月高新区地区生产总值436.29亿元。——《净月高新区十年回望》，样例，2022-08-16，第1段\n"
        );
        let aim = shared("210户", Format::Citation);
        assert!(aim.starts_with("2022年，长春新区专精特新企业≥210户（目标）。"), "{aim}");
    }

    #[test]
    fn every_form_holds_the_exact_value() {
        for format in Format::ALL {
            let text = shared("436.29亿元", *format);
            assert!(text.contains("43629000000") || text.contains("436.29"), "{format:?}: {text}");
            assert!(text.ends_with('\n'));
        }
        let json: serde_json::Value = serde_json::from_str(&shared("2%", Format::Json)).expect("JSON");
        assert_eq!(json[0]["value"], "-2");
        assert!(shared("2%", Format::Csv).contains(",-2,%,"));
    }

    #[test]
    fn cells_cannot_break_out() {
        assert_eq!(csv("a,\"b\""), "\"a,\"\"b\"\"\"");
        assert_eq!(csv("=1+1"), "'=1+1");
        assert_eq!(csv("-2"), "-2");
    }
}
