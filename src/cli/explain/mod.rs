//! `zhibiao explain FILE…`: the text with every number marked, what became of it and why.
//!
//! `echo 去年产值增长7%。 | zhibiao explain -` → `去年产值增长[1:7%]。` and below it each field of figure 1
//! with the rule that decided it.

mod page;

use std::io::{Cursor, IsTerminal, Read, stdin, stdout};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::files::{self, Input, Item, Trouble};
use super::locale::{Language, language, variable};
use super::output;
use crate::dataset::{Dataset, Form, GENERATOR};
use crate::index::Index;
use crate::model::Document;
use crate::text::RawSpan;

/// Show a text with every number marked, what became of it and why
///
/// Exit status: 0 numbers were shown, 1 none, 2 an error.
#[derive(Args, Debug)]
#[command(after_help = "\
In the text [1:…] is a figure and {2:…} a number that is none; both are explained below their line.

Examples:
  zhibiao explain report.txt | less
  zhibiao explain report.txt --rejected          only what was not taken
  zhibiao explain report.txt --quote 亿元        only numbers whose quote holds 亿元
  zhibiao explain report.txt --at 1024           only the number at this character of the file
  echo 去年产值增长7%。 | zhibiao explain -      a sentence from standard input")]
pub(super) struct Explain {
    /// Documents, or folders of them; - is standard input
    #[arg(required = true, value_name = "FILE")]
    paths: Vec<PathBuf>,
    /// Only the numbers that are figures
    #[arg(long, conflicts_with = "rejected")]
    figures: bool,
    /// Only the numbers that are none
    #[arg(long)]
    rejected: bool,
    /// Only numbers whose quote holds this
    #[arg(long, value_name = "TEXT")]
    quote: Option<String>,
    /// Only the number that holds this character of the file, counted from 0
    #[arg(long, value_name = "PLACE")]
    at: Option<usize>,
    /// json is a dataset with the same numbers
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// Whether to use colours
    #[arg(long, value_enum, default_value = "auto")]
    color: super::open::Colour,
    /// Language of labels; by default that of the locale
    #[arg(long, value_enum)]
    lang: Option<Language>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

/// The longest lines printed: longer ones are hard to follow.
const WIDEST: usize = 120;

/// Columns where nothing tells how many there are.
const USUAL: usize = 80;

pub(super) fn run(arguments: &Explain) -> anyhow::Result<ExitCode> {
    let (mut documents, failed) = documents(&arguments.paths);
    for document in &mut documents {
        keep(document, arguments);
    }
    let some = documents.iter().any(|d| !d.figures.is_empty() || !d.rejected.is_empty());
    let dataset = Dataset { generator: GENERATOR.to_owned(), documents };
    match arguments.format {
        Format::Json => output::stdout(|out| dataset.write_to(out, Form::Json))?,
        Format::Text => {
            let look = page::Look {
                lang: language(arguments.lang),
                width: width(),
                colour: arguments.color.on(stdout().is_terminal()),
                whole: !(arguments.rejected
                    || arguments.figures
                    || arguments.quote.is_some()
                    || arguments.at.is_some()),
            };
            let index = Index::new(dataset);
            output::safe(|out| page::print(&index, look, out))?;
        }
    }
    Ok(ExitCode::from(match (failed, some) {
        (true, _) => 2,
        (false, false) => 1,
        (false, true) => 0,
    }))
}

/// Reads and extracts the documents; says what cannot be read. Second: whether anything could not.
fn documents(paths: &[PathBuf]) -> (Vec<Document>, bool) {
    let (standard, paths): (Vec<PathBuf>, Vec<PathBuf>) =
        paths.iter().cloned().partition(|path| path.as_os_str() == "-");
    let (inputs, troubles) = files::inputs(&paths);
    let mut documents = Vec::new();
    let mut failed = false;
    let mut take = |item: Result<Item, Trouble>| {
        match item {
            Ok(item) => documents.push(super::extract::document(item)),
            Err(trouble) => {
                failed = true;
                output::message(&trouble.to_string());
            }
        }
        ControlFlow::Continue(())
    };
    let options = files::options();
    for trouble in troubles {
        let _ = take(Err(trouble));
    }
    if let Some(path) = standard.first() {
        let input = Input { path: path.clone(), id: "-".to_owned() };
        let mut bytes = Vec::new();
        match stdin().read_to_end(&mut bytes) {
            Ok(_) => files::items(&input, Cursor::new(bytes), &options, &mut take),
            Err(error) => _ = take(Err(Trouble { path: path.clone(), reason: error.to_string() })),
        }
    }
    for input in &inputs {
        match files::open(&input.path) {
            Ok(file) => files::items(input, file, &options, &mut take),
            Err(reason) => _ = take(Err(Trouble { path: input.path.clone(), reason })),
        }
    }
    (documents, failed)
}

/// Leaves in a document only the numbers asked for.
fn keep(document: &mut Document, arguments: &Explain) {
    let asked = |quote: &str, raw: RawSpan| {
        arguments.quote.as_deref().is_none_or(|part| quote.contains(part))
            && arguments.at.is_none_or(|at| raw.start <= at && at < raw.end)
    };
    document.figures.retain(|figure| !arguments.rejected && asked(&figure.quote, figure.raw));
    document.rejected.retain(|other| !arguments.figures && asked(&other.quote, other.raw));
}

fn width() -> usize {
    let told = variable("COLUMNS").and_then(|columns| columns.parse().ok()).filter(|columns| *columns > 0);
    let screen = || stdout().is_terminal().then(|| crossterm::terminal::size().ok()).flatten();
    let columns = told.or_else(|| screen().map(|(columns, _)| usize::from(columns)));
    columns.unwrap_or(USUAL).clamp(20, WIDEST)
}
