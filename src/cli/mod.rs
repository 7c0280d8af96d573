//! Sub-commands, printing and exit statuses: 0 found or done, 1 nothing found or a contradiction, 2 error.
//!
//! A sub-command is a file with its arguments and `run`, a line in [`Command`] and one in [`run`].

mod check;
mod config;
mod copying;
mod data;
mod explain;
mod export;
mod extract;
mod far;
mod files;
mod find;
mod generate;
mod growing;
mod install;
mod journal;
mod locale;
mod merge;
mod open;
mod output;
mod report;
mod schema;
mod state;
mod stream;
mod viewer;

use std::ffi::OsString;
#[cfg(feature = "pdf")]
use std::io;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::dataset::DatasetError;
#[cfg(feature = "pdf")]
use crate::text::container::{PDF_COMMAND, serve_pdf};

/// 指标: the figures in Chinese documents, in a terminal.
#[derive(Debug, Parser)]
#[command(
    name = "zhibiao",
    version,
    about,
    after_help = "\
Examples:
  zhibiao                                      explore the documents that come with the program
  zhibiao extract reports/ -o figures.json     read your own
  zhibiao open figures.json                    and explore them: / filters, ? lists the keys, q ends
  zhibiao find 地区生产总值 状态:目标          ask from the shell"
)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    look: open::Look,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Explore a dataset in the terminal; without this command, the one that comes with the program
    Open(open::Open),
    Extract(extract::Extract),
    Explain(explain::Explain),
    Find(find::Find),
    Check(check::Check),
    Export(export::Export),
    Merge(merge::Merge),
    /// Print the JSON Schema of a dataset
    #[command(after_help = "Example:\n  zhibiao schema > dataset.schema.json")]
    Schema,
    #[command(hide = true)]
    Generate(generate::Generate),
    /// Take apart the PDF on standard input
    #[cfg(feature = "pdf")]
    #[command(hide = true, name = PDF_COMMAND)]
    Pdf,
    Config(config::Print),
    Completions(install::Completions),
    Man(install::Man),
}

/// Runs the command line and returns the process's exit status.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    if install::answer(&arguments) {
        return ExitCode::SUCCESS;
    }
    let cli = match Cli::try_parse_from(find::words_with_hyphens(arguments)) {
        Ok(cli) => cli,
        Err(message) => {
            let status = if message.use_stderr() { 2 } else { 0 };
            // Nobody reads it: nothing is lost.
            let _ = message.print();
            return ExitCode::from(status);
        }
    };
    let result = match cli.command {
        None => open::run(&open::Open { look: cli.look, file: None, caching: data::Caching::default() }),
        Some(Command::Open(open)) => open::run(&open),
        Some(Command::Extract(extract)) => extract::run(&extract),
        Some(Command::Explain(explain)) => explain::run(&explain),
        Some(Command::Find(find)) => find::run(&find),
        Some(Command::Check(check)) => check::run(&check),
        Some(Command::Export(export)) => export::run(&export),
        Some(Command::Merge(merge)) => merge::run(&merge),
        Some(Command::Schema) => schema::run(),
        Some(Command::Generate(generate)) => generate::run(&generate),
        #[cfg(feature = "pdf")]
        Some(Command::Pdf) => {
            serve_pdf(&mut io::stdin(), &mut io::stdout()).map(ExitCode::from).map_err(Into::into)
        }
        Some(Command::Config(print)) => config::run(&print),
        Some(Command::Completions(completions)) => install::completions(&completions),
        Some(Command::Man(man)) => install::man(&man),
    };
    result.unwrap_or_else(|error| {
        output::message(&format!("zhibiao: {error:#}"));
        if let Some(next) = error.downcast_ref::<DatasetError>().and_then(DatasetError::remedy) {
            output::message(&format!("  {next}"));
        }
        ExitCode::from(2)
    })
}
