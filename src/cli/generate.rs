//! `zhibiao generate --figures N -o FILE`: an invented dataset, for measuring.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use clap::Args;

use super::output;
use crate::dataset::{Form, GENERATOR, Writer, replace_file};
use crate::generate::Shape;

/// Write a dataset of invented figures, the same for the same options
#[derive(Args, Debug)]
pub(super) struct Generate {
    /// How many figures
    #[arg(long, value_name = "M", value_parser = clap::value_parser!(u32).range(1..))]
    figures: u32,
    /// How many documents they are spread over
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..), conflicts_with = "per_document")]
    documents: Option<u32>,
    /// How many figures each document has
    #[arg(long, value_name = "K", default_value = "50", value_parser = clap::value_parser!(u32).range(1..))]
    per_document: u32,
    #[arg(long, value_name = "S", default_value = "1")]
    seed: u64,
    /// The dataset to write: .json or .jsonl
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
}

pub(super) fn run(arguments: &Generate) -> anyhow::Result<ExitCode> {
    let documents = arguments.documents.unwrap_or(arguments.figures.div_ceil(arguments.per_document));
    let shape = Shape {
        documents: documents as usize,
        figures: arguments.figures as usize,
        seed: arguments.seed,
        errors: true,
    };
    let output = arguments.output.as_path();
    replace_file(output, |out| {
        let mut writer = Writer::new(out, Form::of(output), GENERATOR)?;
        (0..shape.documents).try_for_each(|number| writer.document(&shape.document(number)))?;
        writer.finish()
    })
    .with_context(|| format!("{}: not written", output.display()))?;
    output::message(&format!(
        "{}: {} documents, {} figures",
        output.display(),
        shape.documents,
        shape.figures
    ));
    Ok(ExitCode::SUCCESS)
}
