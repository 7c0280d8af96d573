//! `zhibiao export FILE --format jsonl|csv`: one flat figure a line.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::output;
use crate::dataset;

/// Print the figures of a dataset, one a line
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  zhibiao export figures.json --format csv > figures.csv
  zhibiao export figures.json | jq -r 'select(.status == \"target\") | .quote'")]
pub(super) struct Export {
    /// A dataset: .json or .jsonl
    file: PathBuf,
    #[arg(short, long, value_enum, default_value = "jsonl")]
    format: Format,
    /// Leave CSV cells as they are: by default one that a spreadsheet would run as a formula gets a '
    #[arg(long)]
    raw_csv: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// A JSON object a line
    Jsonl,
    /// Comma-separated values with a header
    Csv,
}

pub(super) fn run(arguments: &Export) -> anyhow::Result<ExitCode> {
    let dataset = dataset::read(&arguments.file)?;
    output::stdout(|out| match arguments.format {
        Format::Jsonl => dataset::json_lines(&dataset, out),
        Format::Csv => dataset::csv(&dataset, out, arguments.raw_csv),
    })?;
    Ok(ExitCode::SUCCESS)
}
