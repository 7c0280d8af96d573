//! `zhibiao` and `zhibiao open FILE`: the explorer; or, where no screen can be drawn, the figures as lines.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use clap::{Args, ValueEnum};
use sha2::{Digest, Sha256};

use super::config::{self, Config};
use super::files;
use super::locale::{Language, language, variable};
use super::{copying, data, far, growing, state, viewer};
use crate::check;
use crate::index::Index;
use crate::model::Document;
use crate::term::{self, Ask, Clipboard, End, Post, Quirks};
use crate::ui::width::Widths;
use crate::ui::{self, Effect, Model, Msg, NotWritten, Route, Settings};

/// Explore a dataset.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  zhibiao open figures.json
  zhibiao open figures.json --lang zh --plain     in Chinese, for a screen reader
  zhibiao open sc://127.0.0.1:15002/data/out      a table in Spark: docs/scale.md

/ filters, Enter shows a figure, ? lists the keys, q ends.")]
pub(super) struct Open {
    /// A dataset: .json or .jsonl; or sc://HOST:PORT/TABLE
    pub(super) file: Option<PathBuf>,
    #[command(flatten)]
    pub(super) caching: data::Caching,
    #[command(flatten)]
    pub(super) look: Look,
}

/// How the explorer looks; what is not said here is as the configuration has it.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Explorer")]
pub(super) struct Look {
    /// Language of the interface; by default that of the locale
    #[arg(long, value_enum)]
    lang: Option<Language>,
    /// Whether to use colours
    #[arg(long, value_enum)]
    color: Option<Colour>,
    /// Columns of characters that some terminals draw wide (“ ” … ─); 2 draws plain lines; by default measured, if the
    /// terminal answers within 50 ms
    #[arg(long, value_name = "1|2", value_parser = clap::value_parser!(u8).range(1..=2))]
    ambiguous_width: Option<u8>,
    /// Move the cursor after every Chinese character: for terminals that misplace them
    #[arg(long)]
    safe_cursor: bool,
    /// Listen to the mouse from the start
    #[arg(long)]
    mouse: bool,
    /// One pane at a time, no borders, the cursor on the selected row: for screen readers
    #[arg(long)]
    plain: bool,
    /// A configuration to use in place of your own
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
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
    let config = config::read(open.look.config.as_deref())?;
    let settings = settings(&open.look, &config);
    let terminal = variable("TERM");
    if !term::usable(terminal.as_deref()) {
        return print(&data::open(open.file.as_deref(), open.caching)?.index, settings);
    }
    let (post, inbox) = term::post()?;
    let address = open.file.as_deref().filter(|file| far::is_far(file));
    let table = address.map(|address| far::table(&address.to_string_lossy(), settings.lang)).transpose()?;
    let figures = match &table {
        Some(_) => growing::Growing::elsewhere(),
        None => growing::open(open.file.as_deref(), open.caching, &post)?,
    };
    // These would print what they do not understand.
    let knows = !matches!(terminal.as_deref(), Some("linux" | "vt100" | "vt220"));
    let ask = Ask {
        widths: knows && open.look.ambiguous_width.or(config.ambiguous_width).is_none(),
        background: knows && settings.colours.coloured && config.background.is_none(),
        synchronizes: knows,
    };
    let options = term::Options {
        quirks: Quirks {
            widths: settings.widths,
            told: open.look.ambiguous_width.or(config.ambiguous_width).is_some(),
            safe_cursor: open.look.safe_cursor || config.safe_cursor,
            synchronized: false,
        },
        ask,
        clipboard: clipboard(terminal.as_deref()),
        mouse: open.look.mouse || config.mouse,
        #[cfg(debug_assertions)]
        faulty: variable("ZHIBIAO_FAULT").is_some(),
        delay: delay(),
    };
    let mut model = Model::new(figures.latest(), settings).with_keys(config.keys);
    if figures.reading {
        model = model.still_reading();
    }
    if table.is_some() {
        model = model.far();
    }
    let place = place(open.file.as_deref());
    remembered(&mut model, &place);
    let tool = copying::tool();
    let mut host = |effect: &Effect| match effect {
        Effect::Check => check(figures.latest(), &post),
        _ => perform(&figures.latest(), tool.as_ref(), &place, effect),
    };
    let outcome = term::run(&mut model, options, (post.clone(), inbox), table, &mut host)?;
    let fault = figures.end();
    // A reader that went away is none of our business.
    let _ = io::stdout().write_all(outcome.print.as_bytes());
    if let Some(fault) = fault {
        return Err(fault.into());
    }
    Ok(ExitCode::from(match outcome.end {
        End::Quit => 0,
        // As a shell reports a process that a lost terminal ended.
        End::Gone => 129,
        End::Signal(signal) => 128 + u8::try_from(signal).unwrap_or(0),
    }))
}

/// What earlier runs left.
fn remembered(model: &mut Model, place: &str) {
    let first = !state::folder().is_some_and(|folder| folder.exists());
    let (views, history, session) = (state::views(), state::history(), state::read(place));
    let broken = [views.as_ref().err(), history.as_ref().err(), session.as_ref().err()];
    let broken: Vec<&str> = broken.into_iter().flatten().map(String::as_str).collect();
    if first {
        model.greet();
    } else if !broken.is_empty() {
        model.say(broken.join("  "));
    }
    model.set_views(views.unwrap_or_default());
    model.set_history(history.unwrap_or_default());
    if let Ok(Some(session)) = session {
        model.resume(&session);
    }
}

/// Begins to check the figures against each other, beside everything else.
fn check(index: Arc<Index>, post: &Post) -> Option<Msg> {
    let post = post.clone();
    std::thread::spawn(move || post.send(Msg::Checked(Arc::new(check::run(&index)))));
    None
}

/// How long a search dawdles: a test may want to see a long one.
fn delay() -> Duration {
    let asked = variable("ZHIBIAO_DELAY").filter(|_| cfg!(debug_assertions));
    Duration::from_millis(asked.and_then(|millis| millis.parse().ok()).unwrap_or(0))
}

/// Does what the explorer asks of the world.
fn perform(index: &Index, tool: Option<&copying::Tool>, place: &str, effect: &Effect) -> Option<Msg> {
    match effect {
        Effect::ReadRaw(id) => {
            let text = index.document(*id).ok_or_else(|| "no such document".to_owned()).and_then(raw);
            Some(Msg::Raw(*id, text))
        }
        Effect::Show { document, raw, span, editor } => {
            Some(Msg::Shown(viewer::show(index, *document, *raw, *span, *editor)))
        }
        // A folder that cannot be written is no reason to disturb anybody while they read.
        Effect::Keep(session) => state::write(place, session).err().and(None),
        Effect::Remember(filter) => state::remember(filter).err().and(None),
        Effect::KeepView(view) => state::change_views(|views| view.clone().put(views)).err().map(failed),
        Effect::ForgetView(name) => state::forget(name).err().map(failed),
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

fn failed(why: String) -> Msg {
    Msg::Written(String::new(), Err(NotWritten::Failed(why)))
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

/// The file that remembers how a dataset was left.
fn place(file: Option<&Path>) -> String {
    let Some(file) = file else { return "places/bundled.json".to_owned() };
    let path = std::fs::canonicalize(file).unwrap_or_else(|_| file.to_owned());
    let digest = Sha256::digest(path.as_os_str().as_encoded_bytes());
    let name = digest.iter().take(8).fold(0_u64, |name, byte| name << 8 | u64::from(*byte));
    format!("places/{name:016x}.json")
}

/// A document's file as it was when it was read.
pub(super) fn raw(document: &Document) -> Result<String, String> {
    let decoded = files::read_again(&document.path, &document.encoding)
        .map_err(|reason| format!("{}: {reason}", document.path))?;
    // Another file under the same name would be marked in the wrong places.
    if document.sha256.is_empty() || document.sha256 == decoded.sha256 {
        Ok(decoded.raw)
    } else {
        Err(format!("{}: the file has changed since", document.path))
    }
}

fn settings(look: &Look, config: &Config) -> Settings {
    let lang =
        look.lang.map_or_else(|| config.lang.unwrap_or_else(|| language(None)), |lang| language(Some(lang)));
    let mut colours = config.colours;
    colours.coloured = look.color.or(config.color).unwrap_or(Colour::Auto).on(true);
    colours.background = config.background.unwrap_or_default();
    let wide = look.ambiguous_width.or(config.ambiguous_width) == Some(2);
    let widths = if wide { Widths::Wide } else { Widths::Narrow };
    Settings { lang, colours, widths, plain: look.plain || config.plain }
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
