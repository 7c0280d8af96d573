//! What belongs to a shell: completions and manual pages, made from the definitions of the command line.
//!
//! A shell asks the program itself what could stand at the caret, by the variable [`VARIABLE`], so that names
//! and values come from the dataset: `zhibiao find 状态:目<Tab>` → `状态:目标`.

use std::ffi::{OsStr, OsString};
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use clap::builder::PossibleValuesParser;
use clap::{Args, CommandFactory};
use clap_complete::engine::{CompletionCandidate, PathCompleter, ValueCompleter};
use clap_complete::env::{CompleteEnv, Shells};

use super::{Cli, check, data, locale, output, state};
use crate::model::Lang;
use crate::query;

/// By this variable a shell says that it wants completions, and which shell it is.
const VARIABLE: &str = "ZHIBIAO_COMPLETE";

/// Print what makes a shell complete commands, options, fields and values
#[derive(Args, Debug)]
#[command(after_help = "\
Where it belongs:
  bash  zhibiao completions bash > ~/.local/share/bash-completion/completions/zhibiao
  fish  zhibiao completions fish > ~/.config/fish/completions/zhibiao.fish
  zsh   a line in ~/.zshrc, behind compinit:  source <(zhibiao completions zsh)
A folder that is missing is made by: mkdir -p FOLDER.

The program must be on the PATH.")]
pub(super) struct Completions {
    #[arg(value_parser = PossibleValuesParser::new(["bash", "fish", "zsh"]))]
    shell: String,
}

/// Write the manual pages into a folder
#[derive(Args, Debug)]
#[command(after_help = "\
Example:
  zhibiao man ~/.cargo/share/man/man1     then: man zhibiao, man zhibiao-find

man looks beside the folders of the PATH: for ~/.cargo/bin in ~/.cargo/share/man, for ~/.local/bin in
~/.local/share/man.")]
pub(super) struct Man {
    /// The folder; it is made if there is none
    #[arg(value_name = "FOLDER")]
    folder: PathBuf,
}

pub(super) fn completions(arguments: &Completions) -> anyhow::Result<ExitCode> {
    let shells = Shells::builtins();
    let shell = shells.completer(&arguments.shell).context("no such shell")?;
    let mut script = Vec::new();
    shell.write_registration(VARIABLE, "zhibiao", "zhibiao", "zhibiao", &mut script)?;
    // Bash parts words at colons; this one would be lost.
    let script = String::from_utf8_lossy(&script).replace(
        "        words[COMP_CWORD]=",
        "        [[ ${words[COMP_CWORD]} == : ]] || words[COMP_CWORD]=",
    );
    output::print(&script)
}

pub(super) fn man(arguments: &Man) -> anyhow::Result<ExitCode> {
    let folder = &arguments.folder;
    let write = || -> io::Result<()> {
        std::fs::create_dir_all(folder)?;
        clap_mangen::generate_to(Cli::command(), folder)
    };
    write().with_context(|| format!("{}: not written", folder.display()))?;
    Ok(ExitCode::SUCCESS)
}

/// Answers a shell that asks for completions; false if none does.
pub(super) fn answer(arguments: &[OsString]) -> bool {
    let asked = CompleteEnv::with_factory(Cli::command).var(VARIABLE);
    let here = std::env::current_dir().ok();
    asked.try_complete(arguments.to_vec(), here.as_deref()).unwrap_or(false)
}

/// Words of a query.
pub(super) fn words(current: &OsStr) -> Vec<CompletionCandidate> {
    let line = Typed::now(current);
    let Ok(figures) = data::open(line.dataset().as_deref(), data::Caching::default()) else {
        return Vec::new();
    };
    let text = line.word();
    // In the language it is typed in.
    let lang = if text.is_ascii() { locale::language(None) } else { Lang::Zh };
    let saved = state::saved().unwrap_or_default();
    let found =
        query::complete(&text, text.len(), &figures.index, &saved, lang).into_iter().map(|completion| {
            let mut whole = text.clone();
            whole.replace_range(completion.span, &completion.insert);
            let help = completion.count.map(|count| count.to_string().into());
            // What the shell has already, it does not want again.
            let rest = whole.strip_prefix(&line.before).unwrap_or(&whole);
            CompletionCandidate::new(rest).help(help)
        });
    found.collect()
}

/// A dataset, or words of a query.
pub(super) fn dataset_or_words(current: &OsStr) -> Vec<CompletionCandidate> {
    let mut found = words(current);
    found.extend(PathCompleter::file().filter(check::is_dataset).complete(current));
    found
}

/// The command line that a shell asks about.
struct Typed {
    /// All its words.
    words: Vec<String>,
    /// What belongs to the word at the caret but is a word of its own for bash, which parts words at colons.
    before: String,
    current: String,
}

impl Typed {
    fn now(current: &OsStr) -> Self {
        let words = std::env::args_os().map(|word| word.to_string_lossy().into_owned());
        let words: Vec<String> = words.skip_while(|word| word != "--").skip(1).collect();
        let told = locale::variable("_CLAP_COMPLETE_INDEX").and_then(|index| index.parse().ok());
        let at = told.unwrap_or(words.len().saturating_sub(1));
        Self::at(words, at, &current.to_string_lossy())
    }

    /// `at` is the place of the current word.
    fn at(words: Vec<String>, at: usize, current: &str) -> Self {
        // Right behind a colon, the colon is the current word.
        let (until, current) = if current == ":" { (at + 1, "") } else { (at, current) };
        let mut before = String::new();
        let mut parts = words.get(..until).unwrap_or_default().iter().rev();
        while let Some(":") = parts.next().map(String::as_str) {
            let name = parts.next().map_or("", String::as_str);
            before.insert_str(0, &format!("{name}:"));
        }
        Self { words, before, current: current.to_owned() }
    }

    fn word(&self) -> String {
        format!("{}{}", self.before, self.current)
    }

    /// The dataset that the command is about; none for the one that comes with the program.
    fn dataset(&self) -> Option<PathBuf> {
        let named = |pair: &[String]| match pair {
            [option, file] if option == "--data" => Some(file.into()),
            [_, first] if check::is_dataset(Path::new(first)) => Some(first.into()),
            _ => None,
        };
        self.words.windows(2).find_map(named)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(words: &[&str], at: usize, current: &str) -> String {
        Typed::at(words.iter().map(|word| (*word).to_owned()).collect(), at, current).word()
    }

    #[test]
    fn what_bash_parts_at_colons_is_one_word() {
        assert_eq!(word(&["zhibiao", "find", "状态", ":", "目"], 4, "目"), "状态:目");
        assert_eq!(word(&["zhibiao", "find", "长春", "目"], 3, "目"), "目");
        assert_eq!(word(&["zhibiao", "find", "状态", ":"], 3, ":"), "状态:");
    }
}
