//! `zhibiao export FILE --format jsonl|csv`: one flat figure a line.

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::output;
use crate::dataset::{self, Pieces};

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
    // Looked through before anything is printed: what is printed is whole.
    if let Some(fault) = dataset::fault(&arguments.file) {
        return Err(fault.into());
    }
    let pieces = Pieces::open(&arguments.file)?;
    output::stdout(|out| {
        if let Format::Csv = arguments.format {
            dataset::csv_header(out)?;
        }
        for piece in pieces {
            for document in piece.map_err(io::Error::other)?.documents() {
                let (_, document) = document.map_err(io::Error::other)?;
                match arguments.format {
                    Format::Jsonl => dataset::json_lines(&document, out)?,
                    Format::Csv => dataset::csv(&document, out, arguments.raw_csv)?,
                }
            }
        }
        Ok(())
    })?;
    Ok(ExitCode::SUCCESS)
}
