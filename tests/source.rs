//! The filter language as SQL: its cases in `tests/source/*.md`.
//!
//! A case is a query with what is sent for it: the condition, and a value a line; or why it is not sent.
//!
//! ```text
//! - `状态:目标`
//!     `status` IN (?)
//!     = target
//! ```
//!
//! `UPDATE_SQL=1 cargo test --test source` writes down what is sent now.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use zhibiao::model::Lang;
use zhibiao::query::pattern::Pattern;
use zhibiao::query::{self, Query, Words};
use zhibiao::source::{Ask, Key, Problem, Select, Statement, Value, Vocabulary};

/// The names of a file of cases: `unit: 元, 户`, a column a line.
struct Names(Vec<(String, Vec<String>)>);

impl Names {
    fn read(text: &str) -> Self {
        let lines =
            text.lines().skip_while(|line| *line != "```names").skip(1).take_while(|line| *line != "```");
        let column = |line: &str| {
            let (column, names) = line.split_once(": ").expect("a column and its names");
            (format!("{column}_folded"), names.split(", ").map(str::to_owned).collect())
        };
        Self(lines.map(column).collect())
    }

    fn of(&self, wanted: &str) -> &[String] {
        self.0.iter().find(|(column, _)| column == wanted).map_or(&[], |(_, names)| names)
    }
}

impl Vocabulary for Names {
    fn matching(&self, column: &str, pattern: &Pattern) -> Result<Vec<String>, Problem> {
        Ok(self.of(column).iter().filter(|name| pattern.is_match_folded(name)).cloned().collect())
    }
}

impl Words for Names {
    fn has_unit(&self, unit: &str) -> bool {
        self.of("unit_folded").iter().any(|name| name == unit)
    }

    fn has_latin_word(&self, word: &str) -> bool {
        self.of("latin_folded").iter().any(|name| name == word)
    }

    fn has_id(&self, _: &str) -> bool {
        false
    }
}

fn ask(query: &str, names: &Names) -> Ask {
    let plan = query::resolve(&Query::parse(query), names);
    assert!(plan.messages.is_empty(), "{query}: {:?}", plan.messages);
    Ask { plan: Arc::new(plan), backwards: false }
}

/// What is sent, in the form of a case. A long value is cut: what expressions mean is tested where they are made.
fn sent(select: &Select<'_>, query: &str, names: &Names) -> String {
    let statement = match select.statement(&ask(query, names), "t", names) {
        Ok(statement) => statement,
        Err(problem) => return format!("    ! {}\n", problem.told(Lang::En)),
    };
    let Statement { text, values } = statement;
    let count = text.chars().filter(|c| *c == '?').count();
    assert_eq!(count, values.len(), "{query}");
    let shown = match select {
        Select::Count => {
            text.strip_prefix("SELECT count(*) FROM t AS figure WHERE ").expect("a count").to_owned()
        }
        Select::Page { .. } => text.split_once(" WHERE ").expect("a page").1.to_owned(),
    };
    let mut case = format!("    {shown}\n");
    for value in values {
        let value = match value {
            Value::Text(text) | Value::Decimal(text) => text,
            Value::Whole(number) => number.to_string(),
        };
        let cut: String = value.chars().take(40).collect();
        let more = if cut.len() < value.len() { "…" } else { "" };
        writeln!(case, "    = {cut}{more}").expect("a string takes all");
    }
    case
}

#[test]
fn cases() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/source");
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).expect("the cases").map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    let (mut wrong, mut count) = (String::new(), 0);
    for path in files {
        let text = std::fs::read_to_string(&path).expect("a file of cases");
        let names = Names::read(&text);
        let mut now = String::new();
        for line in text.lines().filter(|line| !line.starts_with("    ")) {
            writeln!(now, "{line}").expect("a string takes all");
            let Some(query) = line.strip_prefix("- `").and_then(|rest| rest.strip_suffix('`')) else {
                continue;
            };
            count += 1;
            let paged = query.contains("排序");
            let select = if paged { Select::Page { after: None, most: 50 } } else { Select::Count };
            now.push_str(&sent(&select, query, &names));
        }
        if std::env::var_os("UPDATE_SQL").is_some() {
            std::fs::write(&path, &now).expect("a file of cases can be written");
        } else if let Some((was, is)) = text.lines().zip(now.lines()).find(|(was, is)| was != is) {
            writeln!(wrong, "{}:\n  {was}\n  {is}", path.display()).expect("a string takes all");
        } else {
            assert_eq!(text.lines().count(), now.lines().count(), "{}", path.display());
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(count > 40, "only {count} cases");
}

#[test]
fn a_page_begins_behind_the_last_one() {
    let names = Names(Vec::new());
    let after = Key::Values(vec![None, Some("5".into()), Some("a.txt".into()), Some("7".into())]);
    let select = Select::Page { after: Some(&after), most: 50 };
    let text = sent(&select, "排序:主体,-置信", &names);
    let expected = "    true AND ((false) OR (nullif(`subject`, '') IS NULL AND (`millionths` < ? OR `millionths` IS NULL)) \
OR (nullif(`subject`, '') IS NULL AND `millionths` = ? AND (`document` > ? OR `document` IS NULL)) \
OR (nullif(`subject`, '') IS NULL AND `millionths` = ? AND `document` = ? AND (`n` > ? OR `n` IS NULL))) \
ORDER BY nullif(`subject`, '') ASC NULLS LAST, `millionths` DESC NULLS LAST, `document` ASC NULLS LAST, `n` ASC NULLS LAST \
LIMIT 50
    = 5
    = 5
    = a.txt
    = 5
    = a.txt
    = 7
";
    assert_eq!(text, expected);
}

/// Else the order would be that of the text which is selected: 800 before 4000.
#[test]
fn what_is_selected_has_no_name_that_orders() {
    let names = Names(Vec::new());
    let page = Select::Page { after: None, most: 50 };
    let statement = page.statement(&ask("排序:-数值", &names), "t", &names).expect("sent");
    let selected = statement.text.split_once(" FROM ").expect("a table").0;
    let keys: Vec<&str> = selected.split(", CAST(").skip(1).collect();
    for (n, (key, column)) in keys.iter().zip(["measure", "base", "document", "n"]).enumerate() {
        assert_eq!(*key, format!("`{column}` AS STRING) AS `key_{n}`"));
    }
    assert_eq!(keys.len(), 4);
}

/// Whatever is typed, it never gets into the text.
#[test]
fn values_are_bound() {
    let names = Names(vec![("unit_folded".into(), vec!["元".into()])]);
    for word in ["\"' OR 1=1 --\"", "\"`; DROP\"", "主体:\"x' || 'y\"", "单位:=\"'元'\"", "文档:a\\'b汉"]
    {
        let statement = Select::Count.statement(&ask(word, &names), "t", &names).expect("sent");
        assert!(
            !statement.text.contains(['"', ';']) && !statement.text.contains("OR 1"),
            "{}",
            statement.text
        );
        assert!(!statement.text.contains("'y") && !statement.text.contains('元'), "{}", statement.text);
    }
}
