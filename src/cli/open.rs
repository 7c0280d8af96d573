//! `zhibiao` and `zhibiao open FILE`: the explorer; or, where no screen can be drawn, the figures as lines.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Args, ValueEnum};

use super::copying;
use super::locale::{Language, language, variable};
use crate::index::{DocumentId, Index};
use crate::term::{self, Clipboard, End, Quirks};
use crate::text::read;
use crate::ui::width::Widths;
use crate::ui::{self, Colours, Effect, Model, Msg, NotWritten, Route, Settings};

/// Explore a dataset.
#[derive(Args, Debug)]
pub(super) struct Open {
    /// A dataset: .json or .jsonl
    pub(super) file: Option<PathBuf>,
    #[command(flatten)]
    pub(super) look: Look,
}

/// How the explorer looks.
#[derive(Args, Clone, Copy, Debug)]
pub(super) struct Look {
    /// Language of the interface; by default that of the locale
    #[arg(long, value_enum)]
    lang: Option<Language>,
    /// Whether to use colours
    #[arg(long, value_enum, default_value = "auto")]
    color: Colour,
    /// Columns of characters that some terminals draw wide (“ ” … ─); 2 draws plain lines
    #[arg(long, value_name = "1|2", default_value = "1", value_parser = clap::value_parser!(u8).range(1..=2))]
    ambiguous_width: u8,
    /// Move the cursor after every Chinese character: for terminals that misplace them
    #[arg(long)]
    safe_cursor: bool,
    /// Listen to the mouse from the start
    #[arg(long)]
    mouse: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum Colour {
    Auto,
    Always,
    Never,
}

impl Colour {
    /// Whether colours are used; `able` says whether what is written to shows them.
    pub(super) fn on(self, able: bool) -> bool {
        match self {
            Self::Never => false,
            Self::Auto => able && variable("NO_COLOR").is_none(),
            Self::Always => true,
        }
    }
}

pub(super) fn run(open: &Open) -> anyhow::Result<ExitCode> {
    let index = Arc::new(Index::new(dataset(open.file.as_deref())?));
    let settings = settings(open.look);
    let terminal = variable("TERM");
    if !term::usable(terminal.as_deref()) {
        return print(&index, settings);
    }
    let options = term::Options {
        quirks: Quirks {
            widths: settings.widths,
            safe_cursor: open.look.safe_cursor,
            // The others ignore what they do not know; these print it.
            synchronized: !matches!(terminal.as_deref(), Some("linux" | "vt100" | "vt220")),
        },
        clipboard: clipboard(terminal.as_deref()),
        mouse: open.look.mouse,
        #[cfg(debug_assertions)]
        faulty: variable("ZHIBIAO_FAULT").is_some(),
    };
    let mut model = Model::new(Arc::clone(&index), settings);
    let tool = copying::tool();
    let outcome = term::run(&mut model, options, &mut |effect| perform(&index, tool.as_ref(), effect))?;
    // A reader that went away is none of our business.
    let _ = io::stdout().write_all(outcome.print.as_bytes());
    Ok(ExitCode::from(match outcome.end {
        End::Quit => 0,
        // As a shell reports a process that a lost terminal ended.
        End::Gone => 129,
        End::Signal(signal) => 128 + u8::try_from(signal).unwrap_or(0),
    }))
}

/// The dataset of a file, or the one that comes with the program.
pub(super) fn dataset(file: Option<&std::path::Path>) -> anyhow::Result<crate::dataset::Dataset> {
    /// `data/figures.json`, made by `zhibiao extract data/corpus`.
    const EMBEDDED: &str = include_str!("../../data/figures.json");
    match file {
        None => Ok(crate::dataset::from_str(EMBEDDED)?),
        Some(file) => Ok(crate::dataset::read(file)?),
    }
}

/// Does what the explorer asks of the world.
fn perform(index: &Index, tool: Option<&copying::Tool>, effect: &Effect) -> Option<Msg> {
    match effect {
        Effect::ReadRaw(id) => Some(Msg::Raw(*id, raw(index, *id))),
        Effect::Write { path, text, overwrite } => {
            Some(Msg::Written(path.clone(), write(Path::new(path), text, *overwrite)))
        }
        Effect::Copy(text) => {
            let tool = tool?;
            tool.copy(text).then(|| Msg::Copied(Route::Tool(tool.name.to_owned())))
        }
        _ => None,
    }
}

/// Writes a file whole or not at all.
fn write(path: &Path, text: &str, overwrite: bool) -> Result<(), NotWritten> {
    if path.exists() && !overwrite {
        return Err(NotWritten::Exists);
    }
    crate::dataset::replace_file(path, |out| out.write_all(text.as_bytes()))
        .map_err(|error| NotWritten::Failed(format!("{}: {error}", path.display())))
}

/// What stands between the program and the person's terminal.
fn clipboard(terminal: Option<&str>) -> Clipboard {
    if variable("TMUX").is_some() {
        Clipboard::Tmux
    } else if variable("STY").is_some() {
        Clipboard::Screen
    } else if matches!(terminal, Some("linux" | "vt100" | "vt220")) {
        Clipboard::None
    } else {
        Clipboard::Direct
    }
}

fn raw(index: &Index, id: DocumentId) -> Result<String, String> {
    let document = index.document(id).ok_or("no such document")?;
    let bytes = std::fs::read(&document.path).map_err(|error| format!("{}: {error}", document.path))?;
    let decoded = read::decode(&bytes).map_err(|error| format!("{}: {error}", document.path))?;
    // Another file under the same name would be marked in the wrong places.
    if document.sha256.is_empty() || document.sha256 == decoded.sha256 {
        Ok(decoded.raw)
    } else {
        Err(format!("{}: the file has changed since", document.path))
    }
}

fn settings(look: Look) -> Settings {
    let lang = language(look.lang);
    let colours = if look.color.on(true) { Colours::Sixteen } else { Colours::None };
    let widths = if look.ambiguous_width == 2 { Widths::Wide } else { Widths::Narrow };
    Settings { lang, colours, widths }
}

/// All figures as lines of text.
fn print(index: &Index, settings: Settings) -> anyhow::Result<ExitCode> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    let mut all = || -> io::Result<()> {
        for line in ui::table(index, settings) {
            writeln!(out, "{line}")?;
        }
        out.flush()
    };
    match all() {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {}
        other => other?,
    }
    Ok(ExitCode::from(u8::from(index.is_empty())))
}
