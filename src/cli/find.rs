//! `zhibiao find WORDS… [--data FILE]`: the explorer's filter from the shell.
//!
//! Exit status 0 if figures were found, 1 if none, 2 for an error.

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::export::print;
use super::locale::{Language, language};
use crate::dataset::{self, Dataset};
use crate::index::{FigureRef, Index};
use crate::model::Lang;
use crate::query::{self, Field, Query, show};
use crate::text::visible;
use crate::ui::width::Widths;

/// Find figures.
///
/// Examples: zhibiao find 地区生产总值 · zhibiao find '专精特新 状态:目标' · zhibiao find 'zjtx >=200户'
#[derive(Args, Debug)]
pub(super) struct Find {
    /// What to look for: words, fields, amounts (see docs/query.md)
    words: Vec<String>,
    /// A dataset instead of the one that comes with the program
    #[arg(long, value_name = "FILE")]
    data: Option<PathBuf>,
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
    /// Language of headers and messages; by default that of the locale
    #[arg(long, value_enum)]
    lang: Option<Language>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Aligned columns, each figure's sentence below it
    Table,
    /// One JSON array
    Json,
    Csv,
    /// A Markdown table
    Md,
    /// One figure a line in words, for screen readers and grep
    Lines,
}

const COLUMNS: &[Field] =
    &[Field::Indicator, Field::Subject, Field::Period, Field::Value, Field::Kind, Field::Status];

pub(super) fn run(arguments: &Find) -> anyhow::Result<ExitCode> {
    let dataset = super::open::dataset(arguments.data.as_deref())?;
    let lang = language(arguments.lang);
    let index = Index::new(dataset);
    let text = arguments.words.join(" ");
    let plan = query::resolve(&Query::parse(&text), &index);
    for message in &plan.messages {
        let said = if lang == Lang::Zh { &message.zh } else { &message.en };
        eprintln!("zhibiao: {}", visible(said));
    }
    let hits = query::run(&index, &plan);
    let figures: Vec<FigureRef<'_>> = hits.ids.iter().filter_map(|id| index.figure(*id)).collect();
    print(|out| match arguments.format {
        Format::Table => table(&figures, lang, out),
        Format::Lines => lines(&figures, lang, out),
        Format::Md => markdown(&figures, lang, out),
        Format::Csv => dataset::csv(&chosen(&figures), out, false),
        Format::Json => json(&figures, out),
    })?;
    Ok(ExitCode::from(u8::from(figures.is_empty())))
}

fn cell(figure: FigureRef<'_>, field: Field, lang: Lang) -> String {
    visible(&show::text(figure, field, lang)).into_owned()
}

fn header(field: Field, lang: Lang) -> &'static str {
    let row = field.row();
    if lang == Lang::Zh { row.zh } else { row.en }
}

/// Columns as wide as their widest cell, values never cut; the sentence and its document below.
fn table(figures: &[FigureRef<'_>], lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    let widths = Widths::Narrow;
    let most = if io::stdout().is_terminal() {
        crossterm::terminal::size().map_or(100, |(columns, _)| usize::from(columns))
    } else {
        usize::MAX
    };
    let mut rows: Vec<Vec<String>> = vec![COLUMNS.iter().map(|f| header(*f, lang).to_owned()).collect()];
    rows.extend(figures.iter().map(|f| COLUMNS.iter().map(|field| cell(*f, *field, lang)).collect()));
    let mut columns: Vec<usize> = (0..COLUMNS.len())
        .map(|n| rows.iter().filter_map(|row| row.get(n)).map(|c| widths.of(c)).max().unwrap_or(0))
        .collect();
    // A narrow screen takes from the names, never from the value.
    for n in [0, 1] {
        let all: usize = columns.iter().map(|w| w + 2).sum();
        if let Some(width) = columns.get_mut(n) {
            *width = (*width).saturating_sub(all.saturating_sub(most)).max(12).min(*width);
        }
    }
    for (n, row) in rows.iter().enumerate() {
        let line: Vec<String> = row.iter().zip(&columns).map(|(c, w)| widths.fit(c, *w)).collect();
        writeln!(out, "{}", line.join("  ").trim_end())?;
        if let Some(figure) = n.checked_sub(1).and_then(|n| figures.get(n)) {
            let sentence = format!("{} ——{}", visible(&around(*figure)), visible(figure.title()));
            writeln!(
                out,
                "    {}",
                if most == usize::MAX {
                    sentence.into()
                } else {
                    widths.cut(&sentence, most.saturating_sub(4))
                }
            )?;
        }
    }
    Ok(())
}

/// The sentence, shortened around the figure where it is long.
fn around(figure: FigureRef<'_>) -> String {
    const SIDE: usize = 48;
    let full = figure.full();
    let sentence = figure.sentence();
    let at = full.span.start.saturating_sub(full.sentence.start);
    let (before, after) = sentence.split_at_checked(at).unwrap_or(("", sentence));
    let skip = before.chars().count().saturating_sub(SIDE);
    let head: String = before.chars().skip(skip).collect();
    let tail: String = after.chars().take(SIDE * 2).collect();
    let left = if skip > 0 { "…" } else { "" };
    let right = if tail.len() < after.len() { "…" } else { "" };
    format!("{left}{head}{tail}{right}").replace(['\n', '\t'], " ")
}

fn lines(figures: &[FigureRef<'_>], lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    for figure in figures {
        let fields = COLUMNS.iter().map(|f| format!("{} {}", header(*f, lang), cell(*figure, *f, lang)));
        let told: Vec<String> = fields
            .chain([visible(&around(*figure)).into_owned(), visible(figure.title()).into_owned()])
            .collect();
        writeln!(out, "{}", told.join("；"))?;
    }
    Ok(())
}

fn markdown(figures: &[FigureRef<'_>], lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    let escape = |text: String| text.replace('\\', "\\\\").replace('|', "\\|");
    let source = if lang == Lang::Zh { "出处" } else { "source" };
    let heads: Vec<&str> = COLUMNS.iter().map(|f| header(*f, lang)).chain([source]).collect();
    writeln!(out, "| {} |", heads.join(" | "))?;
    writeln!(out, "|{}", "---|".repeat(heads.len()))?;
    for figure in figures {
        let cells: Vec<String> = COLUMNS
            .iter()
            .map(|f| escape(cell(*figure, *f, lang)))
            .chain([escape(visible(figure.title()).into_owned())])
            .collect();
        writeln!(out, "| {} |", cells.join(" | "))?;
    }
    Ok(())
}

/// The flat form of `export`, as one array, each with its sentence.
fn json(figures: &[FigureRef<'_>], out: &mut dyn Write) -> io::Result<()> {
    let mut flat = Vec::new();
    dataset::json_lines(&chosen(figures), &mut flat)?;
    let flat = String::from_utf8_lossy(&flat).into_owned();
    let lines: Vec<&str> = flat.lines().collect();
    writeln!(out, "[")?;
    for (n, line) in lines.iter().enumerate() {
        writeln!(out, " {line}{}", if n + 1 < lines.len() { "," } else { "" })?;
    }
    writeln!(out, "]")
}

/// A dataset of these figures alone, in their order.
fn chosen(figures: &[FigureRef<'_>]) -> Dataset {
    let mut chosen = Dataset::default();
    for figure in figures {
        let owner = figure.document();
        let alone = crate::model::Document {
            figures: vec![figure.full().clone()],
            rejected: Vec::new(),
            ..owner.clone()
        };
        chosen.documents.push(alone);
    }
    chosen
}
