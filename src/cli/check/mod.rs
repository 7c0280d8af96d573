//! `zhibiao check [FILE] [QUERY]`: figures against each other, with the sentences that state them.
//!
//! `zhibiao check figures.json 长春` → the contradictions and agreements that a figure about 长春 is part of
//!
//! Exit status 0 if nothing shown contradicts, 1 if something does, 2 for an error or a query that is
//! partly wrong.

mod print;

use std::collections::HashSet;
use std::path::Path;
use std::process::ExitCode;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};
use clap_complete::engine::ArgValueCompleter;

use super::locale::{Language, language};
use super::output;
use super::{find, install};
use crate::check::{self, Finding, Verdict};
use crate::index::FigureId;
use crate::query;

/// Check figures against each other: sums, shares, rates, growth, repeats
///
/// Exit status: 0 nothing contradicts, 1 something does, 2 an error or a query that is partly wrong.
#[derive(Args, Debug)]
#[command(
    override_usage = "zhibiao check [OPTIONS] [FILE] [QUERY]...",
    after_help = "Examples:
  zhibiao check                                 the dataset that comes with the program
  zhibiao check figures.json || echo look       a step of a pipeline
  zhibiao check figures.json 主体:长春           what involves a figure about 长春
  zhibiao check --verdict contradicts --kind share,growth figures.json
  zhibiao check --verdict cannot-say --kind target   how far aims are reached

What is compared and what a verdict means: docs/checks.md"
)]
pub(super) struct Check {
    /// A dataset (its name ends in .json or .jsonl), then a query as for `find`: shows what involves
    /// a figure that fits; all figures are checked whatever the query
    #[arg(value_name = "FILE|QUERY", add = ArgValueCompleter::new(install::dataset_or_words))]
    words: Vec<String>,
    /// By default a block of lines for each finding
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
    /// The verdicts to show
    #[arg(long, value_delimiter = ',', default_value = "contradicts,agrees", value_parser = verdicts())]
    verdict: Vec<Verdict>,
    /// The sorts of check to show; by default all
    #[arg(long, value_delimiter = ',', value_parser = kinds())]
    kind: Vec<check::Check>,
    /// Language of words and messages; by default that of the locale
    #[arg(long, value_enum)]
    lang: Option<Language>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// The arithmetic, and below it each figure's sentence and place
    Table,
    /// One JSON array; each finding with its figures as `find` prints them
    Json,
    /// A line for each figure of each finding: the finding, then the columns `find` prints
    Csv,
    /// A Markdown table
    Md,
}

fn verdicts() -> impl TypedValueParser<Value = Verdict> {
    one_of(&Verdict::ALL, Verdict::as_str)
}

fn kinds() -> impl TypedValueParser<Value = check::Check> {
    one_of(check::Check::ALL, check::Check::as_str)
}

/// The values of a closed set by their spelling.
fn one_of<T>(all: &'static [T], name: fn(T) -> &'static str) -> impl TypedValueParser<Value = T>
where
    T: Copy + Send + Sync + 'static,
{
    let names: Vec<&str> = all.iter().map(|value| name(*value)).collect();
    PossibleValuesParser::new(names)
        .try_map(move |text| all.iter().copied().find(|value| name(*value) == text).ok_or("no such value"))
}

pub(super) fn run(arguments: &Check) -> anyhow::Result<ExitCode> {
    let lang = language(arguments.lang);
    let (file, words) = match arguments.words.split_first() {
        Some((first, rest)) if is_dataset(Path::new(first)) => (Some(Path::new(first)), rest),
        _ => (None, arguments.words.as_slice()),
    };
    let index = super::data::open(file, super::data::Caching::default())?.index;
    let plan = find::plan(&words.join(" "), &index, lang);
    let hits: HashSet<FigureId> = query::run(&index, &plan).ids.into_iter().collect();
    let mut report = check::run(&index);
    report.findings.retain(|finding| {
        (arguments.kind.is_empty() || arguments.kind.contains(&finding.check()))
            && finding.figures().iter().any(|id| hits.contains(id))
    });
    let shown: Vec<&Finding> =
        report.findings.iter().filter(|finding| arguments.verdict.contains(&finding.verdict())).collect();
    output::stdout(|out| match arguments.format {
        Format::Table => print::blocks(&index, &shown, lang, find::screen(), out),
        Format::Md => print::markdown(&index, &shown, lang, out),
        Format::Csv => print::csv(&index, &shown, out),
        Format::Json => print::json(&index, &shown, out),
    })?;
    let counts: Vec<String> = Verdict::ALL
        .iter()
        .map(|verdict| format!("{} {}", verdict.label(lang), report.count(*verdict)))
        .collect();
    output::message(&counts.join(lang.pick("，", ", ")));
    let contradicts = shown.iter().any(|finding| finding.verdict() == Verdict::Contradicts);
    Ok(ExitCode::from(match (plan.messages.is_empty(), contradicts) {
        (false, _) => 2,
        (true, true) => 1,
        (true, false) => 0,
    }))
}

/// Whether a word names a dataset, and is not the first of a query.
pub(super) fn is_dataset(word: &Path) -> bool {
    let ending = word.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    ["json", "jsonl"].iter().any(|known| ending.eq_ignore_ascii_case(known))
}
