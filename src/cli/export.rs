//! `zhibiao export FILE --format jsonl|csv`: one flat figure a line; `--stream`: records → rows of a table.

use std::io::{self, BufRead};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::output;
use crate::dataset::{self, Pieces};
use crate::source;

/// Print the figures of a dataset, one a line
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  zhibiao export figures.json --format csv > figures.csv
  zhibiao export figures.json | jq -r 'select(.status == \"target\") | .quote'
  zhibiao export --stream < records.jsonl > rows.jsonl    what scale/extract_spark.py makes its table of")]
pub(super) struct Export {
    /// A dataset: .json or .jsonl
    #[arg(required_unless_present = "stream")]
    file: Option<PathBuf>,
    /// Read records a line (those of `extract --stream`) and write each figure as a row of the table in Spark
    #[arg(long, conflicts_with_all = ["file", "format", "raw_csv"])]
    stream: bool,
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
    let Some(file) = &arguments.file else { return stream() };
    // Looked through before anything is printed: what is printed is whole.
    if let Some(fault) = dataset::fault(file) {
        return Err(fault.into());
    }
    let pieces = Pieces::open(file)?;
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

/// Records on standard input → rows on standard output. Lines that hold no document, be it the header or the problem
/// of a line, give no row.
fn stream() -> anyhow::Result<ExitCode> {
    let mut failed = None;
    output::safe(|out| {
        for (n, line) in (1..).zip(io::stdin().lock().lines()) {
            let line = line?;
            if line.trim().is_empty()
                || ["{\"format\"", "{\"problem\""].iter().any(|start| line.starts_with(start))
            {
                continue;
            }
            match dataset::from_line(&line) {
                Ok(document) => {
                    for row in source::rows(&document) {
                        writeln!(out, "{}", row?)?;
                    }
                }
                Err(error) => {
                    failed = Some(anyhow::Error::from(error).context(format!("standard input, line {n}")));
                    return Ok(());
                }
            }
        }
        Ok(())
    })?;
    failed.map_or(Ok(ExitCode::SUCCESS), Err)
}
