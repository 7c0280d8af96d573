//! `zhibiao find WORDS… [--data FILE]`: the explorer's filter from the shell.
//!
//! `zhibiao find '专精特新 状态:目标'` → a table of the aims about 专精特新, each with its sentence
//!
//! Exit status 0 if figures were found, 1 if none, 2 for an error or a query that is partly wrong.

pub(super) mod print;

use std::ffi::OsString;
use std::io::{IsTerminal, stdout};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use anyhow::bail;
use clap::{Args, ValueEnum};
use clap_complete::engine::ArgValueCompleter;

use super::locale::{Language, language, variable};
use super::{data, far, install, output, state};
use crate::index::FigureRef;
use crate::model::Lang;
use crate::query::{self, Message, Plan, Query, Saved, Words};
use crate::source::{Ask, Page, Problem, Source};
use crate::text::visible;
use crate::ui::width::Widths;
use crate::ui::{Arrangement, View};

/// Find figures by words, pinyin, fields and amounts
///
/// Exit status: 0 figures were found, 1 none, 2 an error or a query that is partly wrong.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  zhibiao find 地区生产总值
  zhibiao find zjtx 状态:目标                  pinyin and a field
  zhibiao find '>100亿元' '时期:2021..2025'     quoted for the shell
  zhibiao find --format csv 类型:增速 > 增速.csv
  zhibiao find --keep 大额 '>100亿元' 排序:-数值   @大额 stands for it from now on
  zhibiao find @大额 主体:长春
  zhibiao find --data sc://127.0.0.1:15002/data/out 状态:目标   a table in Spark: docs/scale.md

The whole language: docs/query.md")]
pub(super) struct Find {
    /// What to look for; several words are one query
    #[arg(add = ArgValueCompleter::new(install::words))]
    words: Vec<String>,
    /// A dataset instead of the one that comes with the program; or sc://HOST:PORT/TABLE, a table in Spark
    #[arg(long, value_name = "FILE")]
    data: Option<PathBuf>,
    /// By default a table, on a dumb terminal lines
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// Language of headers and messages; by default that of the locale
    #[arg(long, value_enum)]
    lang: Option<Language>,
    #[command(flatten)]
    caching: data::Caching,
    /// Keep the query under a name: @NAME stands for it, here and in the explorer
    #[arg(long, value_name = "NAME")]
    keep: Option<String>,
    /// List the queries that are kept, a name and a query a line
    #[arg(long, conflicts_with_all = ["words", "keep"])]
    kept: bool,
    /// Forget the query kept under a name
    #[arg(long, value_name = "NAME", conflicts_with_all = ["words", "keep", "kept"])]
    forget: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Aligned columns with each figure's sentence
    Table,
    /// One JSON array of the objects `export` prints, with title and sentence
    Json,
    /// The columns `export` prints, with title and sentence
    Csv,
    /// A Markdown table
    Md,
    /// One figure a line in words, for screen readers and grep
    Lines,
}

/// Lets words begin with a hyphen: `-主体:长春` excludes and is no option. A blank in front makes
/// it a word for the command line and changes nothing for the query.
pub(super) fn words_with_hyphens(mut arguments: Vec<OsString>) -> Vec<OsString> {
    if arguments.get(1).is_some_and(|command| command == "find" || command == "check") {
        for argument in arguments.iter_mut().skip(2) {
            let text = argument.to_str().unwrap_or("");
            if text.starts_with('-') && !text.starts_with("--") && !["-h", "-V"].contains(&text) {
                *argument = format!(" {text}").into();
            }
        }
    }
    arguments
}

pub(super) fn run(arguments: &Find) -> anyhow::Result<ExitCode> {
    if let Some(name) = &arguments.forget {
        if state::forget(name).map_err(anyhow::Error::msg)? {
            return Ok(ExitCode::SUCCESS);
        }
        bail!("no query is kept as “{name}”");
    }
    if arguments.kept {
        return kept();
    }
    let lang = language(arguments.lang);
    let (mut source, found) = far::open(arguments.data.as_deref(), arguments.caching, lang)?;
    let text = arguments.words.join(" ");
    let plan = plan(&text, source.words(), lang);
    if let Some(name) = &arguments.keep {
        keep(name, &text, &plan)?;
    }
    // Where nothing of the query makes sense nobody asked for everything.
    let nonsense = plan.is_nonsense();
    let (wrong, ask) = (!plan.messages.is_empty(), Ask { plan: Arc::new(plan), backwards: false });
    let page = if nonsense { None } else { Some(page(source.as_mut(), &ask, found.is_none(), lang)?) };
    let ids = page.iter().flat_map(|page| page.ids.iter().map(|id| page.index.figure(*id)));
    let figures: Vec<FigureRef<'_>> = ids.flatten().collect();
    let dumb = stdout().is_terminal() && variable("TERM").as_deref() == Some("dumb");
    let format = arguments.format.unwrap_or(if dumb { Format::Lines } else { Format::Table });
    output::stdout(|out| match format {
        Format::Table => print::table(&figures, lang, screen(), out),
        Format::Lines => print::lines(&figures, lang, out),
        Format::Md => print::markdown(&figures, lang, out),
        Format::Csv => print::csv(&figures, out),
        Format::Json => print::json(&figures, out),
    })?;
    if figures.is_empty() && !wrong {
        let few = lang.pick(
            "没有符合全部条件的指标；减少几个词可多得一些，用“|”表示“或”，语法见 zhibiao find --help",
            "no figure fits all of this; fewer words find more, | means or: zhibiao find --help",
        );
        output::message(&format!("zhibiao: {few}"));
    }
    let lost = page.as_ref().is_some_and(|page| page.index.lost());
    if lost {
        let changed = lang.pick(
            "数据文件在读取时变了，上面有的内容是空的；请再问一次",
            "the dataset changed while it was read, and some of the above is blank: ask again",
        );
        output::message(&format!("zhibiao: {changed}"));
    }
    let status = match (wrong || lost, figures.is_empty()) {
        (true, _) => 2,
        (false, true) => 1,
        (false, false) => 0,
    };
    found.into_iter().for_each(data::Figures::keep);
    Ok(ExitCode::from(status))
}

/// The figures that are printed: all, or of a table in Spark the first ones, unless the query says how many.
fn page(source: &mut dyn Source, ask: &Ask, far: bool, lang: Lang) -> anyhow::Result<Page> {
    /// More are printed only if they are asked for.
    const FIRST: usize = 1_000;
    let never = AtomicBool::new(false);
    let told = |problem: Problem| anyhow::Error::msg(problem.told(lang));
    let most = ask.plan.limit.unwrap_or(if far { FIRST } else { usize::MAX });
    let page = source.page(ask, None, most, &never).map_err(told)?;
    if far && ask.plan.limit.is_none() && page.next.is_some() {
        let count = source.count(ask, &never).map_err(told)?;
        output::message(&match lang {
            Lang::Zh => format!("zhibiao: 共 {count} 条,这里是前 {FIRST} 条;写“前:{count}”可得全部"),
            Lang::En => format!("zhibiao: the first {FIRST} of {count}; top:{count} gives all"),
        });
    }
    Ok(page)
}

/// Keeps a query that makes sense as a whole.
fn keep(name: &str, text: &str, plan: &Plan) -> anyhow::Result<()> {
    if !plan.messages.is_empty() || text.trim().is_empty() {
        bail!("not kept: the query is empty or partly wrong");
    }
    if !Saved::default().keep(name, text) {
        bail!("not kept: a name has a letter or digit");
    }
    let arrangement = Arrangement { filter: text.trim().to_owned(), ..Arrangement::default() };
    let view = View { name: name.trim().to_owned(), arrangement };
    state::change_views(|views| view.put(views)).map_err(anyhow::Error::msg)
}

/// Names and queries, parted by a tab. Exit status 1 if there are none.
fn kept() -> anyhow::Result<ExitCode> {
    let saved = state::saved().map_err(anyhow::Error::msg)?;
    super::output::stdout(|out| {
        for (name, query) in saved.iter() {
            writeln!(out, "@{}\t{}", visible(name), visible(query))?;
        }
        Ok(())
    })?;
    Ok(ExitCode::from(u8::from(saved.iter().next().is_none())))
}

/// What a query means; what of it makes no sense is told on standard error.
pub(super) fn plan(text: &str, words: &dyn Words, lang: Lang) -> Plan {
    let saved = if text.contains(['@', '＠']) { state::saved() } else { Ok(Saved::default()) };
    if let Err(why) = &saved {
        super::output::message(&format!("zhibiao: {why}"));
    }
    let plan = query::resolve_with(&Query::parse(text), words, &saved.unwrap_or_default());
    for message in &plan.messages {
        eprint!("{}", told(text, message, lang));
    }
    plan
}

/// Columns of the screen; `None` if the output goes elsewhere.
pub(super) fn screen() -> Option<usize> {
    if !stdout().is_terminal() {
        return None;
    }
    let told = variable("COLUMNS").and_then(|columns| columns.parse().ok()).filter(|columns| *columns > 0);
    told.or_else(|| crossterm::terminal::size().ok().map(|(columns, _)| usize::from(columns))).or(Some(80))
}

/// A message with the query below it and its place underlined.
fn told(text: &str, message: &Message, lang: Lang) -> String {
    let said = lang.pick(&message.zh, &message.en);
    let line = visible(text);
    // The marks of unseen characters are wider than the characters: measure what is shown.
    let part = |range: std::ops::Range<usize>| Widths::Narrow.of(&visible(text.get(range).unwrap_or("")));
    let before = part(0..message.span.start);
    let under = part(message.span.clone()).max(1);
    format!("zhibiao: {}\n  {line}\n  {}{}\n", visible(said), " ".repeat(before), "^".repeat(under))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_may_begin_with_a_hyphen_and_options_may_follow() {
        let given = ["zhibiao", "find", "-主体:长春", "-h", "--lang", "zh"].map(OsString::from).to_vec();
        let taken = words_with_hyphens(given.clone());
        assert_eq!(taken.get(2).and_then(|word| word.to_str()), Some(" -主体:长春"));
        assert_eq!(taken.get(3..), given.get(3..));
        let other = ["zhibiao", "open", "-x"].map(OsString::from).to_vec();
        assert_eq!(words_with_hyphens(other.clone()), other);
    }

    #[test]
    fn a_message_stands_under_its_place() {
        let text = "长春 状态:好";
        let plan = query::resolve(&Query::parse(text), &crate::index::Index::default());
        let [message] = plan.messages.as_slice() else { panic!("{:?}", plan.messages) };
        assert_eq!(
            told(text, message, Lang::Zh),
            "zhibiao: “状态”只有事实、目标、规则\n  长春 状态:好\n            ^^\n"
        );
    }
}
