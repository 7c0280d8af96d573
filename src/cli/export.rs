//! `zhibiao export FILE --format jsonl|csv`: one flat figure a line. `zhibiao schema`: the JSON Schema.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use crate::dataset;

/// Print the figures of a dataset, one flat figure a line.
///
/// Example: zhibiao export figures.json --format csv > figures.csv
#[derive(Args, Debug)]
pub(super) struct Export {
    /// A dataset: .json or .jsonl
    file: PathBuf,
    #[arg(long, value_enum, default_value = "jsonl")]
    format: Format,
    /// Leave cells as they are that a spreadsheet would take for a formula (= + - @)
    #[arg(long)]
    raw_csv: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    Jsonl,
    Csv,
}

pub(super) fn run(arguments: &Export) -> anyhow::Result<ExitCode> {
    let dataset = dataset::read(&arguments.file)?;
    print(|out| match arguments.format {
        Format::Jsonl => dataset::json_lines(&dataset, out),
        Format::Csv => dataset::csv(&dataset, out, arguments.raw_csv),
    })?;
    Ok(ExitCode::SUCCESS)
}

pub(super) fn schema() -> anyhow::Result<ExitCode> {
    print(|out| out.write_all(dataset::SCHEMA.as_bytes()))?;
    Ok(ExitCode::SUCCESS)
}

/// Prints to standard output; a reader that has seen enough is no error.
pub(super) fn print(fill: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    match fill(&mut out).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}
