//! Figures as a table, lines in words, Markdown, CSV and JSON.
//!
//! `指标 高新技术企业；主体 长春新区；时期 2022；数值 ≥ 210 户；状态 目标；句子 …；文档 …`

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt::Write as _;
use std::io::{self, Write};

use serde::Serialize;

use crate::dataset::{self, CSV_HEADER, Row};
use crate::index::{DocumentId, FigureRef};
use crate::model::Lang;
use crate::query::Field;
use crate::text::{Positions, visible};
use crate::ui::width::Widths;
use crate::ui::{USUAL, cell};

const WIDTHS: Widths = Widths::Narrow;

/// Before a sentence below its figure.
const INDENT: &str = "    ";

/// Between two columns.
const GAP: &str = "  ";

/// Characters of the sentence shown before and after a figure where there is room.
const AROUND: (usize, usize) = (40, 60);

/// Which columns give way on a narrow screen, the first one first, and to how little.
const YIELDING: &[(Field, usize)] = &[(Field::Indicator, 16), (Field::Subject, 10), (Field::Indicator, 8)];

/// Columns as wide as their cells; nothing is cut but names and sentences on a narrow screen.
///
/// On a screen the sentence stands below its figure; elsewhere a figure is one line, for grep.
pub(super) fn table(
    figures: &[FigureRef<'_>],
    lang: Lang,
    screen: Option<usize>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut rows: Vec<Vec<String>> = vec![USUAL.iter().map(|field| field.name(lang).to_owned()).collect()];
    rows.extend(figures.iter().map(|figure| {
        USUAL.iter().map(|field| cell(*field, *figure, lang, WIDTHS)).collect::<Vec<String>>()
    }));
    let widths = columns(&rows, screen);
    for (n, row) in rows.iter().enumerate() {
        let mut line = String::new();
        for ((text, width), field) in row.iter().zip(&widths).zip(USUAL) {
            if *width == 0 {
                continue;
            }
            let fitted = match field {
                Field::Value => WIDTHS.fit_right(text, *width),
                _ => WIDTHS.fit(text, *width),
            };
            line.push_str(&fitted);
            line.push_str(GAP);
        }
        let figure = n.checked_sub(1).and_then(|n| figures.get(n));
        match (figure, screen) {
            (Some(figure), None) => writeln!(out, "{line}{}{GAP}{}", sentence(*figure), title(*figure))?,
            (None, None) => {
                writeln!(out, "{line}{}{GAP}{}", Field::Sentence.name(lang), Field::Document.name(lang))?;
            }
            (_, Some(_)) => writeln!(out, "{}", line.trim_end())?,
        }
        if let (Some(figure), Some(screen)) = (figure, screen) {
            let room = screen.saturating_sub(INDENT.len());
            let title = title(*figure);
            let title = WIDTHS.cut(&title, room / 3);
            let sentence = sentence_within(*figure, room.saturating_sub(WIDTHS.of(&title) + 4));
            writeln!(out, "{INDENT}{}", WIDTHS.cut(&format!("{sentence} —— {title}"), room))?;
        }
    }
    Ok(())
}

/// How wide each column is. A value always has its full width; columns that have no room at all
/// have none.
fn columns(rows: &[Vec<String>], screen: Option<usize>) -> Vec<usize> {
    let natural = |n: usize| rows.iter().filter_map(|row| row.get(n)).map(|text| WIDTHS.of(text)).max();
    let mut widths: Vec<usize> = (0..USUAL.len()).map(|n| natural(n).unwrap_or(0)).collect();
    // A column whose cells are all empty says nothing.
    for (n, width) in widths.iter_mut().enumerate() {
        if rows.len() > 1 && rows.iter().skip(1).all(|row| row.get(n).is_none_or(String::is_empty)) {
            *width = 0;
        }
    }
    let Some(screen) = screen else { return widths };
    let over = |widths: &[usize]| {
        let used: usize = widths.iter().filter(|width| **width > 0).map(|width| width + GAP.len()).sum();
        used.saturating_sub(GAP.len()).saturating_sub(screen)
    };
    for (field, least) in YIELDING {
        let too_much = over(&widths);
        if let Some(width) = place(*field).and_then(|n| widths.get_mut(n)) {
            *width = width.saturating_sub(too_much).max(*least.min(width));
        }
    }
    for field in [Field::Kind, Field::Subject, Field::Period, Field::Status, Field::Indicator] {
        if over(&widths) > 0
            && let Some(width) = place(field).and_then(|n| widths.get_mut(n))
        {
            *width = 0;
        }
    }
    widths
}

fn place(field: Field) -> Option<usize> {
    USUAL.iter().position(|usual| *usual == field)
}

pub(in crate::cli) fn title(figure: FigureRef<'_>) -> String {
    visible(&one_line(figure.title())).into_owned()
}

fn one_line(text: &str) -> Cow<'_, str> {
    if text.contains(['\n', '\t', '\r']) { text.replace(['\n', '\t', '\r'], " ").into() } else { text.into() }
}

/// The sentence before, in and after the figure's quantity.
fn parts(figure: FigureRef<'_>) -> Option<[String; 3]> {
    let full = figure.full();
    let text = figure.sentence();
    let start = full.span.start.checked_sub(full.sentence.start)?;
    let end = full.span.end.checked_sub(full.sentence.start)?;
    let parts = [text.get(..start)?, text.get(start..end)?, text.get(end..)?];
    Some(parts.map(|part| visible(&one_line(part)).into_owned()))
}

/// The sentence with the figure marked, shortened around it where it is long.
pub(in crate::cli) fn sentence(figure: FigureRef<'_>) -> String {
    let Some([before, quantity, after]) = parts(figure) else {
        return visible(&one_line(figure.sentence())).into_owned();
    };
    let skip = before.chars().count().saturating_sub(AROUND.0);
    let head: String = before.chars().skip(skip).collect();
    let tail: String = after.chars().take(AROUND.1).collect();
    let left = if skip > 0 { "…" } else { "" };
    let right = if tail.len() < after.len() { "…" } else { "" };
    format!("{left}{head}[{quantity}]{tail}{right}")
}

/// The same in so many columns: the figure stays in sight.
pub(in crate::cli) fn sentence_within(figure: FigureRef<'_>, room: usize) -> String {
    let Some([before, quantity, after]) = parts(figure) else { return sentence(figure) };
    let quantity = format!("[{quantity}]");
    let rest = room.saturating_sub(WIDTHS.of(&quantity));
    // Two thirds before the figure, where it is said what it measures; more if little follows.
    let most = rest.saturating_sub(WIDTHS.of(&after)).max(rest * 2 / 3);
    let mut head = before.as_str();
    while WIDTHS.of(head) > most {
        let mut chars = head.chars();
        chars.next();
        head = chars.as_str();
    }
    let left = if head.len() < before.len() { "…" } else { "" };
    WIDTHS.cut(&format!("{left}{head}{quantity}{after}"), room).into_owned()
}

/// What is told of a figure in words: names and texts, without those it lacks.
fn words(figure: FigureRef<'_>, lang: Lang) -> impl Iterator<Item = (Field, String)> {
    let usual = USUAL.iter().map(move |field| (*field, cell(*field, figure, lang, WIDTHS)));
    let rest = [(Field::Sentence, sentence(figure)), (Field::Document, title(figure))];
    usual.chain(rest).filter(|(_, text)| !text.is_empty())
}

/// One figure a line, each text after its name.
pub(super) fn lines(figures: &[FigureRef<'_>], lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    for figure in figures {
        let told: Vec<String> =
            words(*figure, lang).map(|(field, text)| format!("{} {text}", field.name(lang))).collect();
        writeln!(out, "{}", told.join(lang.pick("；", "; ")))?;
    }
    Ok(())
}

/// A Markdown table.
pub(super) fn markdown(figures: &[FigureRef<'_>], lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    let fields = || USUAL.iter().copied().chain([Field::Sentence, Field::Document]);
    let heads: Vec<&str> = fields().map(|field| field.name(lang)).collect();
    writeln!(out, "| {} |", heads.join(" | "))?;
    writeln!(out, "|{}", "---|".repeat(heads.len()))?;
    for figure in figures {
        let cells: Vec<String> = fields()
            .map(|field| {
                let text = match field {
                    Field::Sentence => sentence(*figure),
                    Field::Document => title(*figure),
                    _ => cell(field, *figure, lang, WIDTHS),
                };
                escaped(&text)
            })
            .collect();
        writeln!(out, "| {} |", cells.join(" | "))?;
    }
    Ok(())
}

/// A text that Markdown takes for nothing else.
pub(in crate::cli) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '|' | '[' | ']' | '<' | '*' | '_' | '`') {
            safe.push('\\');
        }
        safe.push(c);
    }
    safe
}

/// The positions of each document's text, counted once.
pub(in crate::cli) struct Flat<'a> {
    positions: HashMap<DocumentId, Positions<'a>>,
}

impl<'a> Flat<'a> {
    pub(in crate::cli) fn new() -> Self {
        Self { positions: HashMap::new() }
    }

    pub(in crate::cli) fn row(&mut self, figure: FigureRef<'a>) -> Row<'a> {
        let document = figure.document();
        let positions =
            self.positions.entry(figure.document_id()).or_insert_with(|| Positions::new(&document.text));
        Row::new(document, figure.full(), positions)
    }

    /// The figure as `--format json` prints it.
    pub(in crate::cli) fn hit(&mut self, figure: FigureRef<'a>) -> Hit<'a> {
        Hit { row: self.row(figure), title: figure.title(), sentence_text: figure.sentence() }
    }
}

/// The columns of `export`, then title and sentence.
pub(super) fn csv(figures: &[FigureRef<'_>], out: &mut dyn Write) -> io::Result<()> {
    let header = CSV_HEADER.iter().copied().chain(["title", "sentence"]);
    dataset::csv_line(out, header, true)?;
    let mut flat = Flat::new();
    for figure in figures {
        let row = flat.row(*figure);
        let cells = row.cells();
        let all = cells.iter().map(String::as_str).chain([figure.title(), figure.sentence()]);
        let shown: Vec<Cow<'_, str>> = all.map(visible).collect();
        dataset::csv_line(out, shown.iter().map(AsRef::as_ref), false)?;
    }
    Ok(())
}

/// A figure in its flat form, with what a reader wants to see.
#[derive(Serialize)]
pub(in crate::cli) struct Hit<'a> {
    #[serde(flatten)]
    row: Row<'a>,
    title: &'a str,
    sentence_text: &'a str,
}

/// One array of the objects that `export` prints, each with title and sentence.
pub(super) fn json(figures: &[FigureRef<'_>], out: &mut dyn Write) -> io::Result<()> {
    let mut flat = Flat::new();
    out.write_all(b"[")?;
    for (n, figure) in figures.iter().enumerate() {
        out.write_all(if n == 0 { b"\n  " } else { b",\n  " })?;
        out.write_all(unseen_escaped(&serde_json::to_string(&flat.hit(*figure))?).as_bytes())?;
    }
    out.write_all(b"\n]\n")
}

/// Characters that act on a terminal, as JSON escapes: the data stay as they are.
pub(in crate::cli) fn unseen_escaped(json: &str) -> Cow<'_, str> {
    let Cow::Owned(_) = visible(json) else { return json.into() };
    let mut safe = String::with_capacity(json.len() + 16);
    let mut units = [0; 2];
    for c in json.chars() {
        if matches!(visible(c.encode_utf8(&mut [0; 4])), Cow::Owned(_)) {
            for unit in c.encode_utf16(&mut units) {
                _ = write!(safe, "\\u{unit:04x}");
            }
        } else {
            safe.push(c);
        }
    }
    safe.into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::sample;

    fn printed(print: impl FnOnce(&[FigureRef<'_>], &mut dyn Write) -> io::Result<()>) -> String {
        let index = sample::index();
        let figures: Vec<FigureRef<'_>> = index.figures().collect();
        let mut out = Vec::new();
        print(&figures, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_table_fits_the_screen_and_never_cuts_a_value() {
        let index = sample::index();
        let values: Vec<String> =
            index.figures().map(|figure| cell(Field::Value, figure, Lang::Zh, WIDTHS)).collect();
        let widest = values.iter().map(|value| WIDTHS.of(value)).max().unwrap();
        for screen in widest..200 {
            let text = printed(|figures, out| table(figures, Lang::Zh, Some(screen), out));
            for line in text.lines() {
                assert!(WIDTHS.of(line) <= screen, "{screen}: {line}");
            }
            let mut lines = text.lines().skip(1).step_by(2);
            for value in &values {
                assert!(lines.next().unwrap().contains(value), "{screen}: {value}");
            }
        }
    }

    #[test]
    fn without_a_screen_a_figure_is_a_line() {
        let text = printed(|figures, out| table(figures, Lang::Zh, None, out));
        assert_eq!(text.lines().count(), sample::index().len() + 1);
        assert!(text.lines().skip(1).all(|line| line.contains('[')), "{text}");
    }

    #[test]
    fn lines_name_what_they_say() {
        let text = printed(|figures, out| lines(figures, Lang::Zh, out));
        let first = text.lines().next().unwrap();
        for name in ["指标 ", "；数值 ", "；状态 ", "；句子 ", "；文档 "] {
            assert!(first.contains(name), "{first}");
        }
    }

    #[test]
    fn json_and_csv_read_back() {
        let text = printed(json);
        let read: serde_json::Value = serde_json::from_str(&text).unwrap();
        let index = sample::index();
        let hits = read.as_array().unwrap();
        assert_eq!(hits.len(), index.len());
        for (hit, figure) in hits.iter().zip(index.figures()) {
            assert_eq!(hit["quote"], figure.quote());
            assert_eq!(hit["title"], figure.title());
            assert_eq!(hit["sentence_text"], figure.sentence());
        }
        let text = printed(csv);
        assert_eq!(text.lines().count(), index.len() + 1);
        assert!(text.lines().next().unwrap().ends_with(",trace,title,sentence"));
    }

    #[test]
    fn nothing_printed_acts_on_a_terminal() {
        assert_eq!(unseen_escaped("\"甲\u{9b}\u{202e}\u{1b}\""), "\"甲\\u009b\\u202e\\u001b\"");
        assert_eq!(escaped("a|b[1]"), "a\\|b\\[1\\]");
    }
}
