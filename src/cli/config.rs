//! What a person has written down about how the explorer looks and which keys it has.
//!
//! `~/.config/zhibiao/config.toml`; `zhibiao config` prints one with every setting at its default, as comments.
//! Every mistake is named with its line and column: `config.toml:12:9: "z" is also given to targets in browse`.

use std::fmt::Write as _;
use std::ops::Range;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use clap::Args;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::open::Colour;
use super::output;
use crate::model::Lang;
use crate::ui::keymap::{Action, Context};
use crate::ui::style::{self, Background, Colours, PARTS};
use crate::ui::{Change, Conflict, Key, Keys, Problem};

/// Print a configuration with every setting at its default, as comments
#[derive(Args, Debug)]
#[command(after_help = "\
Example:
  mkdir -p ~/.config/zhibiao && zhibiao config > ~/.config/zhibiao/config.toml")]
pub(super) struct Print {
    /// Print where the configuration is looked for instead
    #[arg(long)]
    path: bool,
}

/// What the file says.
#[derive(Clone, Debug, Default)]
pub(super) struct Config {
    pub(super) lang: Option<Lang>,
    pub(super) color: Option<Colour>,
    pub(super) background: Option<Background>,
    pub(super) ambiguous_width: Option<u8>,
    pub(super) safe_cursor: bool,
    pub(super) mouse: bool,
    pub(super) plain: bool,
    /// The looks it changes, nothing else of it.
    pub(super) colours: Colours,
    pub(super) keys: Keys,
}

pub(super) fn run(print: &Print) -> anyhow::Result<std::process::ExitCode> {
    let text = if print.path {
        let path = path().context("neither XDG_CONFIG_HOME nor HOME is set")?;
        format!("{}\n", path.display())
    } else {
        default()
    };
    output::print(&text)
}

/// The file named, or else the person's own one if there is any.
pub(super) fn read(named: Option<&Path>) -> anyhow::Result<Config> {
    let path = match named {
        Some(path) => path.to_owned(),
        None => match path().filter(|path| path.exists()) {
            Some(path) => path,
            None => return Ok(Config::default()),
        },
    };
    let text = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    parse(&text).or_else(|mistakes| bail!("{}", show(&path, &text, mistakes)))
}

fn path() -> Option<PathBuf> {
    let folder = super::state::base("XDG_CONFIG_HOME", ".config")?;
    Some(folder.join("zhibiao/config.toml"))
}

/// What is wrong, and with which bytes of the file.
type Mistake = (Range<usize>, String);

/// One line each, in the order of their places.
fn show(path: &Path, text: &str, mut mistakes: Vec<Mistake>) -> String {
    mistakes.sort_by_key(|(at, _)| at.start);
    let line = |(at, what): &Mistake| {
        let before = text.get(..at.start).unwrap_or(text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
        format!("{}:{line}:{column}: {what}", path.display())
    };
    mistakes.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn parse(text: &str) -> Result<Config, Vec<Mistake>> {
    let table = DeTable::parse(text)
        .map_err(|error| vec![(error.span().unwrap_or(0..0), error.message().to_owned())])?;
    let mut reader = Reader::default();
    for (name, value) in table.get_ref() {
        reader.setting(name, value);
    }
    reader.end()
}

#[derive(Default)]
struct Reader {
    config: Config,
    changes: Vec<Change>,
    /// For each change the place of its name and those of its keys.
    places: Vec<(Range<usize>, Vec<Range<usize>>)>,
    mistakes: Vec<Mistake>,
}

type Name<'i> = Spanned<std::borrow::Cow<'i, str>>;
type Value<'i> = Spanned<DeValue<'i>>;

impl Reader {
    fn wrong(&mut self, at: Range<usize>, what: impl Into<String>) {
        self.mistakes.push((at, what.into()));
    }

    fn setting(&mut self, name: &Name<'_>, value: &Value<'_>) {
        let config = &mut self.config;
        let said = value.get_ref();
        let number = said.as_integer().and_then(|n| n.as_str().parse::<u8>().ok());
        let taken = match (name.get_ref().as_ref(), said.as_str(), said.as_bool()) {
            ("lang", Some(text), _) => set(&mut config.lang, [("zh", Lang::Zh), ("en", Lang::En)], text),
            ("color", Some(text), _) => {
                let words = [("auto", Colour::Auto), ("always", Colour::Always), ("never", Colour::Never)];
                set(&mut config.color, words, text)
            }
            ("background", Some(text), _) => {
                let words = [("dark", Background::Dark), ("light", Background::Light)];
                set(&mut config.background, words, text)
            }
            ("ambiguous-width", ..) => {
                config.ambiguous_width = number.filter(|n| (1..=2).contains(n));
                config.ambiguous_width.is_some()
            }
            ("safe-cursor", _, Some(on)) => {
                config.safe_cursor = on;
                true
            }
            ("mouse", _, Some(on)) => {
                config.mouse = on;
                true
            }
            ("plain", _, Some(on)) => {
                config.plain = on;
                true
            }
            ("theme", ..) if said.is_table() => return self.each(value, Self::look),
            ("keys", ..) if said.is_table() => return self.each(value, |r, n, v| r.key(None, n, v)),
            _ => false,
        };
        if !taken {
            let rule = SETTINGS.iter().find(|(known, ..)| known == name.get_ref());
            match rule {
                Some((known, may_be, ..)) => self.wrong(value.span(), format!("{known} is {may_be}")),
                None => self.wrong(name.span(), format!("there is no setting {}", name.get_ref())),
            }
        }
    }

    /// Does something with every entry of a table.
    fn each(&mut self, table: &Value<'_>, with: impl Fn(&mut Self, &Name<'_>, &Value<'_>)) {
        for (name, value) in table.get_ref().as_table().into_iter().flatten() {
            with(self, name, value);
        }
    }

    fn look(&mut self, part: &Name<'_>, value: &Value<'_>) {
        if !PARTS.iter().any(|(_, name, ..)| name == part.get_ref()) {
            return self.wrong(part.span(), format!("there is no part {}", part.get_ref()));
        }
        match value.get_ref().as_str().and_then(style::look) {
            Some(look) => self.config.colours.set(part.get_ref(), look),
            None => self.wrong(value.span(), format!("a look is made of {}", looks())),
        }
    }

    fn key(&mut self, context: Option<Context>, name: &Name<'_>, value: &Value<'_>) {
        if let (None, DeValue::Table(_)) = (context, value.get_ref()) {
            let Some(inside) = Context::named(name.get_ref()) else {
                return self.wrong(name.span(), format!("there is no context {}", name.get_ref()));
            };
            return self.each(value, |r, n, v| r.key(Some(inside), n, v));
        }
        let Some(action) = Action::named(name.get_ref()) else {
            return self.wrong(name.span(), format!("there is no action {}", name.get_ref()));
        };
        let (mut keys, mut places) = (Vec::new(), Vec::new());
        let Some(list) = value.get_ref().as_array() else {
            return self.wrong(value.span(), "keys are a list: [\"s\", \"f6\"]");
        };
        for name in list {
            if let Some(key) = name.get_ref().as_str().and_then(Key::parse) {
                keys.push(key);
                places.push(name.span());
            } else {
                let how = "a key is a character or enter, esc, tab, space, pgdn, f1, …, with Ctrl- (C-) or Alt- (A-) before it";
                self.wrong(name.span(), how);
            }
        }
        self.changes.push(Change { context, action, keys });
        self.places.push((name.span(), places));
    }

    fn end(mut self) -> Result<Config, Vec<Mistake>> {
        match Keys::with(&self.changes) {
            Ok(keys) => self.config.keys = keys,
            Err(conflicts) => {
                for conflict in conflicts {
                    let (name, keys) = self.places.get(conflict.change).cloned().unwrap_or_default();
                    let at = keys.get(conflict.key).cloned().unwrap_or(name);
                    let what = self.say(&conflict);
                    self.wrong(at, what);
                }
            }
        }
        if self.mistakes.is_empty() { Ok(self.config) } else { Err(self.mistakes) }
    }

    fn say(&self, conflict: &Conflict) -> String {
        let change = self.changes.get(conflict.change);
        let key = change.and_then(|c| c.keys.get(conflict.key)).map(|key| format!("{key}"));
        let key = key.unwrap_or_default();
        let action = change.map(|c| c.action.id()).unwrap_or_default();
        match conflict.problem {
            Problem::Given(context, other) => {
                format!("{key} is also given to {} in {}", other.id(), context.id())
            }
            Problem::LastOf(context, other) => {
                format!(
                    "{key} is the only key of {} in {}: give it another, or none with []",
                    other.id(),
                    context.id()
                )
            }
            Problem::Typed(context) => format!("in {} {key} is typed and cannot be a command", context.id()),
            Problem::Nowhere => format!("{action} is no action here"),
            Problem::NoWayOut(context) => format!("no key would lead out of {}", context.id()),
        }
    }
}

/// Takes a word's meaning; says whether it has one.
fn set<T: Copy>(
    slot: &mut Option<T>,
    words: impl IntoIterator<Item = (&'static str, T)>,
    text: &str,
) -> bool {
    *slot = words.into_iter().find(|(word, _)| *word == text).map(|(_, meaning)| meaning);
    slot.is_some()
}

fn looks() -> String {
    let words = style::COLOURS.iter().map(|(word, _)| *word);
    words.chain(style::ATTRIBUTES.iter().map(|(word, _)| *word)).collect::<Vec<_>>().join(" ")
}

/// Name, what it may be, its default, what it is for.
const SETTINGS: &[(&str, &str, &str, &str)] = &[
    ("lang", "\"zh\" or \"en\"", "\"zh\"", "Language of the interface; by default that of the locale"),
    ("color", "\"auto\", \"always\" or \"never\"", "\"auto\"", "Whether to use colours; auto heeds NO_COLOR"),
    (
        "background",
        "\"dark\" or \"light\"",
        "\"dark\"",
        "What the colours must stand out against; by default as the terminal says",
    ),
    ("ambiguous-width", "1 or 2", "1", "Columns of characters like “ ” …; by default measured"),
    ("safe-cursor", "true or false", "false", "Move the cursor after every Chinese character"),
    ("mouse", "true or false", "false", "Listen to the mouse from the start"),
    ("plain", "true or false", "false", "One pane at a time, no borders, the cursor on the selected row"),
];

/// The configuration with every setting at its default, as comments.
fn default() -> String {
    let mut text = "# Configuration of zhibiao: $XDG_CONFIG_HOME/zhibiao/config.toml, or else\n\
                    # ~/.config/zhibiao/config.toml. Take the # from a line to change what it says.\n"
        .to_owned();
    // Writing into memory does not fail.
    for (name, may_be, value, about) in SETTINGS {
        let _ = write!(text, "\n# {about}: {may_be}\n#{name} = {value}\n");
    }
    let _ = write!(text, "\n# The looks on a dark background. Words: {}\n[theme]\n", looks());
    for (_, name, look, _) in PARTS {
        let _ = writeln!(text, "#{name} = \"{look}\"");
    }
    text.push_str(
        "\n# A line of [keys] counts wherever the action is possible, one of [keys.browse] only there.\n\
         # A key that is given away leaves the action it had. No key: []\n[keys]\n# as in: down = [\"down\", \"n\"]\n",
    );
    let keys = Keys::default();
    for context in Context::ALL {
        let _ = write!(text, "\n# {}\n[keys.{}]\n", context.name(Lang::En), context.id());
        let mut written = Vec::new();
        for bound in keys.of(*context) {
            let action = bound.binding.action;
            if !written.contains(&action) {
                let all = keys.of(*context).filter(|other| other.binding.action == action);
                let names: Vec<String> =
                    all.flat_map(|b| b.binding.keys.split(' ')).map(|key| format!("{key:?}")).collect();
                let line = format!("#{} = [{}]", action.id(), names.join(", "));
                let _ = writeln!(text, "{line:<44}# {}", bound.binding.en);
                written.push(action);
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mistakes(text: &str) -> String {
        parse(text).map_or_else(|m| show(Path::new("config.toml"), text, m), |_| String::new())
    }

    proptest::proptest! {
        /// Lines of the printed one, cut up and mixed with what is awkward.
        #[test]
        fn no_configuration_makes_it_panic(
            lines in proptest::collection::vec((0_usize..400, 0_usize..60, "\\PC{0,6}"), 0..30),
        ) {
            let printed = default();
            let known: Vec<&str> = printed.lines().map(|line| line.trim_start_matches("# ")).collect();
            let mut text = String::new();
            for (n, at, awkward) in lines {
                let line = known.get(n % known.len()).copied().unwrap_or("");
                let (head, tail) = line.split_at_checked(at).unwrap_or((line, ""));
                text += &[head, &awkward, tail, "\n"].concat();
            }
            let _ = mistakes(&text);
        }
    }

    #[test]
    fn the_printed_configuration_changes_nothing() {
        let printed = default();
        assert_eq!(parse(&printed).expect("no mistake").keys, Keys::default());
        // Neither does it with every setting in force.
        let bare = |line: &str| match line.strip_prefix('#') {
            Some(rest) if !rest.starts_with(' ') => format!("{rest}\n"),
            _ => format!("{line}\n"),
        };
        let in_force: String = printed.lines().map(bare).collect();
        let config = parse(&in_force).unwrap_or_else(|m| panic!("{}", show(Path::new("x"), &in_force, m)));
        for context in Context::ALL {
            for bound in Keys::default().of(*context) {
                for key in &bound.keys {
                    assert_eq!(
                        config.keys.action(*context, *key),
                        Some(bound.binding.action),
                        "{key} in {context:?}"
                    );
                }
            }
        }
        assert_eq!(config.ambiguous_width, Some(1));
        for (role, name, ..) in PARTS {
            assert_eq!(config.colours.style(role), Colours::SIXTEEN.style(role), "{name}");
        }
    }

    #[test]
    fn a_mistake_is_named_with_its_place() {
        for (text, expected) in [
            ("lang = \"fr\"", "config.toml:1:8: lang is \"zh\" or \"en\""),
            ("mouse = true\ncolour = 1", "config.toml:2:1: there is no setting colour"),
            ("[theme]\nkey = \"pink\"", "config.toml:2:7: a look is made of default black"),
            ("[keys]\nsort = \"s\"", "config.toml:2:8: keys are a list: [\"s\", \"f6\"]"),
            ("[keys]\nsort = [\"s\", \"f77\"]", "config.toml:2:14: a key is a character or"),
            ("[keys.nowhere]\nsort = [\"s\"]", "config.toml:1:7: there is no context nowhere"),
            ("[keys]\nsort = [\"t\"]", "config.toml:2:9: t is the only key of targets in browse"),
            (
                "[keys]\nsort = [\"z\"]\ntargets = [\"F\", \"z\"]",
                "config.toml:3:17: z is also given to sort in browse",
            ),
            ("lang = ", "config.toml:1:8: "),
        ] {
            let said = mistakes(text);
            assert!(said.contains(expected), "{text}\n{said}");
        }
    }

    #[test]
    fn settings_are_taken() {
        let config =
            parse("lang = \"en\"\nambiguous-width = 2\n[keys.browse]\nquit = [\"Q\"]").expect("no mistake");
        assert_eq!((config.lang, config.ambiguous_width), (Some(Lang::En), Some(2)));
        assert_eq!(config.keys.action(Context::Browse, Key::char('Q')), Some(Action::Quit));
        assert_eq!(config.keys.action(Context::Browse, Key::char('q')), None);
    }
}
