//! The filter language: its cases in `tests/query/*.md`, properties of its parser, its page, and its answers on
//! the bundled documents.
//!
//! A case is a line below a heading:
//!
//! ```text
//! - `zjtx` → a c; marks 专精特新           the figures found, in order; what is marked in the first one's sentence
//! - `状态:好` → all; `好` “状态”只有…      what is wrong, and where
//! - `状态:目` ⇥ `目标` 2                   what could be typed at the end, with counts
//! - `状态：目标` = `状态:目标`             the same tree
//! - `@大额` is `>=100亿元`                 from here on a query has a name
//! ```

#![allow(clippy::string_slice, reason = "every place comes from the text it is used on")]

#[path = "query/data.rs"]
mod data;

use std::path::{Path, PathBuf};

use data::Data;
use proptest::prelude::*;
use zhibiao::index::Index;
use zhibiao::model::Lang;
use zhibiao::query::lex::Op;
use zhibiao::query::parse::{Item, Node, Piece, Term};
use zhibiao::query::{self, Field, Plan, Query, Saved};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The text between the first two backticks, and what follows.
fn code(text: &str) -> Option<(&str, &str)> {
    text.split_once('`')?.1.split_once('`')
}

/// One file of cases while it is gone through.
struct File {
    data: Data,
    saved: Saved,
}

impl File {
    fn plan(&self, text: &str) -> Plan {
        query::resolve_with(&Query::parse(text), &self.data.index, &self.saved)
    }

    /// What a line says wrongly.
    fn check(&mut self, line: &str) -> Result<(), String> {
        let (text, rest) = code(line).ok_or("no query")?;
        let rest = rest.trim();
        if let Some(found) = rest.strip_prefix('→') {
            self.found(text, found)
        } else if let Some(offered) = rest.strip_prefix('⇥') {
            self.offered(text, offered)
        } else if let Some((other, _)) = rest.strip_prefix('=').and_then(code) {
            same("the tree", &shown(other), &shown(text))
        } else if let Some((query, _)) = rest.strip_prefix("is").and_then(code) {
            self.saved.keep(text, query).then_some(()).ok_or_else(|| "no name".to_owned())
        } else {
            Err(format!("not understood: {rest}"))
        }
    }

    fn found(&self, text: &str, wanted: &str) -> Result<(), String> {
        let plan = self.plan(text);
        let hits = query::run(&self.data.index, &plan).ids;
        let mut parts = wanted.trim().split("; ");
        let all: Vec<&str> = self.data.keys.iter().map(String::as_str).collect();
        let wanted: Vec<&str> = match parts.next().unwrap_or("") {
            "all" => all.clone(),
            "none" => Vec::new(),
            keys => keys.split(' ').collect(),
        };
        let keys: Vec<&str> = hits.iter().map(|id| all[id.0 as usize]).collect();
        same("found", &wanted.join(" "), &keys.join(" "))?;
        let mut messages = plan.messages.iter();
        for part in parts {
            if let Some(wanted) = part.strip_prefix("marks ") {
                let figure =
                    hits.first().and_then(|id| self.data.index.figure(*id)).ok_or("nothing to mark")?;
                let sentence = figure.sentence();
                let marks = query::highlight(&plan, Field::Sentence, sentence);
                let marks: Vec<&str> = marks.into_iter().map(|span| &sentence[span]).collect();
                same("marks", wanted, &marks.join(" "))?;
            } else {
                let (place, wanted) = code(part).ok_or_else(|| format!("not understood: {part}"))?;
                let message = messages.next().ok_or_else(|| format!("nothing said about {place}"))?;
                same("place", place, &text[message.span.clone()])?;
                same("message", wanted.trim(), &message.zh)?;
            }
        }
        messages.next().map_or(Ok(()), |message| Err(format!("unexpected: {}", message.zh)))
    }

    fn offered(&self, text: &str, wanted: &str) -> Result<(), String> {
        let all = query::complete(text, text.len(), &self.data.index, &self.saved, Lang::Zh);
        let show = |one: &query::Completion| match one.count {
            Some(count) => format!("`{}` {count}", one.insert),
            None => format!("`{}`", one.insert),
        };
        let shown: Vec<String> = all.iter().map(show).collect();
        same("offered", wanted.trim(), &shown.join(", "))
    }
}

fn same(what: &str, wanted: &str, found: &str) -> Result<(), String> {
    if wanted == found { Ok(()) } else { Err(format!("{what}: wanted {wanted}, got {found}")) }
}

fn shown(text: &str) -> String {
    Query::parse(text).tree.to_string()
}

#[test]
fn cases() {
    let mut files: Vec<PathBuf> = std::fs::read_dir(root().join("tests/query"))
        .expect("the cases")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
        .collect();
    files.sort();
    let (mut wrong, mut count) = (Vec::new(), 0);
    for path in files {
        let text = std::fs::read_to_string(&path).expect("a case file");
        let figures: Vec<&str> = text
            .lines()
            .skip_while(|line| *line != "```figures")
            .skip(1)
            .take_while(|line| *line != "```")
            .filter(|line| !line.is_empty())
            .collect();
        let mut file = File { data: data::read(&figures), saved: Saved::default() };
        for (n, line) in (1..).zip(text.lines()).filter(|(_, line)| line.starts_with("- ")) {
            count += 1;
            if let Err(problem) = file.check(line) {
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                wrong.push(format!("tests/query/{name}:{n}: {line}\n    {problem}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {count} cases:\n{}", wrong.len(), wrong.join("\n"));
    assert!(count > 150, "only {count} cases were found");
}

#[test]
fn the_page_is_made_from_the_field_table() {
    let path = root().join("docs/query.md");
    if std::env::var_os("UPDATE_PAGES").is_some() {
        std::fs::write(&path, query::page()).expect("docs/query.md can be written");
    }
    let kept = std::fs::read_to_string(&path).expect("docs/query.md");
    assert!(
        kept == query::page(),
        "docs/query.md: UPDATE_PAGES=1 cargo test --test query page writes it anew"
    );
}

/// The examples of the table are sound queries.
#[test]
fn the_examples_of_the_page_are_understood() {
    for row in query::field::FIELDS {
        let plan = query::resolve(&Query::parse(row.example), &Index::default());
        assert!(plan.messages.is_empty(), "{}: {:?}", row.example, plan.messages);
    }
}

fn bundled() -> Index {
    Index::new(zhibiao::dataset::read(&root().join("data/figures.json")).expect("the bundled dataset"))
}

#[test]
fn four_spellings_find_the_same_figures_in_the_bundled_documents() {
    let index = bundled();
    let found = |text: &str| query::run(&index, &query::resolve(&Query::parse(text), &index)).ids;
    let expected = found("专精特新");
    assert!(expected.len() >= 20, "{}", expected.len());
    for text in ["zjtx", "專精特新", "zhuanjing", "zhuanjtx", "zhuanjingtexin"] {
        assert_eq!(found(text), expected, "{text}");
    }
}

fn piece() -> impl Strategy<Value = Piece> {
    let word =
        prop::sample::select(vec!["专精特新", "zjtx", "100亿元", "2021", "-5", "2021-05", "a", "@大额", "%"]);
    // Literals hold anything, signs of the language too.
    let literal = prop_oneof!["[a专:：|（()\"\\\\ ，.。>-]{1,6}", "\\PC{1,6}"];
    prop_oneof![
        3 => word.prop_map(|text| Piece { text: text.to_owned(), literal: false, span: 0..0 }),
        1 => literal.prop_map(|text| Piece { text, literal: true, span: 0..0 }),
    ]
}

fn item() -> impl Strategy<Value = Item> {
    let op = prop::sample::select(vec![Op::Less, Op::AtMost, Op::Equal, Op::AtLeast, Op::More]);
    prop_oneof![
        4 => piece().prop_map(Item::Is),
        2 => (op, piece()).prop_map(|(op, piece)| Item::Compare(op, piece)),
        1 => (piece(), piece()).prop_map(|(low, high)| Item::Range(Some(low), Some(high))),
        1 => piece().prop_map(|low| Item::Range(Some(low), None)),
        1 => piece().prop_map(|high| Item::Range(None, Some(high))),
    ]
}

fn term() -> impl Strategy<Value = Term> {
    let name = prop::sample::select(vec!["状态", "status", "数值", "颜色"]);
    let field = (name, prop::collection::vec(item(), 1..4)).prop_map(|(name, items)| Term {
        field: Some(Piece { text: name.to_owned(), literal: false, span: 0..0 }),
        items,
        span: 0..0,
    });
    // Without a field a hyphen in front would exclude.
    let negates = |piece: &Piece| !piece.literal && piece.text.starts_with('-');
    let bare = item().prop_filter("a hyphen", move |item| match item {
        Item::Is(piece) | Item::Range(Some(piece), _) => !negates(piece),
        _ => true,
    });
    let bare = bare.prop_map(|item| Term { field: None, items: vec![item], span: 0..0 });
    prop_oneof![field, bare]
}

fn tree() -> impl Strategy<Value = Node> {
    term().prop_map(Node::Term).prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..4).prop_map(Node::And),
            prop::collection::vec(inner.clone(), 2..4).prop_map(Node::Or),
            inner.prop_map(|node| Node::Not(Box::new(node))),
        ]
    })
}

/// Without places, and without brackets that change nothing.
fn plain(node: Node) -> Node {
    let piece = |piece: Piece| Piece { span: 0..0, ..piece };
    let item = |item: Item| match item {
        Item::Is(one) => Item::Is(piece(one)),
        Item::Compare(op, one) => Item::Compare(op, piece(one)),
        Item::Range(low, high) => Item::Range(low.map(piece), high.map(piece)),
    };
    match node {
        Node::And(nodes) => {
            let flat = nodes.into_iter().map(plain).flat_map(|node| match node {
                Node::And(inner) => inner,
                other => vec![other],
            });
            Node::And(flat.collect())
        }
        Node::Or(nodes) => {
            let flat = nodes.into_iter().map(plain).flat_map(|node| match node {
                Node::Or(inner) => inner,
                other => vec![other],
            });
            Node::Or(flat.collect())
        }
        Node::Not(inner) => Node::Not(Box::new(plain(*inner))),
        Node::Term(term) => Node::Term(Term {
            field: term.field.map(piece),
            items: term.items.into_iter().map(item).collect(),
            span: 0..0,
        }),
    }
}

/// `1..-3>2`: nobody means that, and written down by itself it would exclude.
fn names_begin_with_a_hyphen(node: &Node) -> bool {
    match node {
        Node::And(nodes) | Node::Or(nodes) => nodes.iter().any(names_begin_with_a_hyphen),
        Node::Not(inner) => names_begin_with_a_hyphen(inner),
        Node::Term(term) => term.field.as_ref().is_some_and(|name| name.text.starts_with(['-', '!'])),
    }
}

/// Texts as people and their mistakes make them: signs, names, amounts and anything else, in any order.
fn text() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        6 => prop::sample::select(vec![
            ":", "：", "|", "｜", "-", "－", "(", "（", ")", "）", "\"", "“", "”", "\\", ">", "＞", ">=", "≤", "《", "》",
            "=", "..", "。。", "…", "~", ",", "，", "、", ";", " ", "\u{3000}", "@", "!",
        ]).prop_map(str::to_owned),
        4 => prop::sample::select(vec![
            "状态", "sta", "主体", "有", "排序", "前", "目标", "上级", "数值", "时期", "置信", "专精特新", "zjtx", "xi'an",
            "100亿元", "5%", "-3", "1,000", "1。5", "2021", "十四五", "近3年", "@大额", "百分之5", "公顷",
        ]).prop_map(str::to_owned),
        1 => "\\PC{0,3}",
        1 => prop::collection::vec(any::<char>(), 0..3).prop_map(|chars| chars.into_iter().collect()),
    ];
    prop::collection::vec(part, 0..12).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_tree_written_down_is_read_again(tree in tree()) {
        let tree = plain(tree);
        let text = tree.to_string();
        let read = Query::parse(&text);
        prop_assert_eq!(plain(read.tree), tree, "{}", text);
        prop_assert!(read.messages.is_empty(), "{}: {:?}", text, read.messages);
    }

    #[test]
    fn any_text_is_a_query(text in text(), caret in 0_usize..40) {
        let saved: Saved = [("大额", ">1亿元 @大额")].into_iter().collect();
        let index = data::read(&["# 行动计划; 2022-08-16; 某报", "a 长春市;出口;≥5亿元;2021;target;出口[5亿元]。"]).index;
        let query = Query::parse(&text);
        let plan = query::resolve_with(&query, &index, &saved);
        for message in &plan.messages {
            prop_assert!(text.get(message.span.clone()).is_some(), "{}: {:?}", text, message);
            prop_assert!(!message.zh.is_empty() && !message.en.is_empty());
        }
        if plan.messages.is_empty() && !names_begin_with_a_hyphen(&query.tree) {
            // Its tree, written down, is the same query.
            let again = Query::parse(&query.tree.to_string());
            prop_assert_eq!(plain(again.tree.clone()), plain(query.tree), "{}", text);
            let hits = query::run(&index, &query::resolve_with(&again, &index, &saved));
            prop_assert_eq!(&hits, &query::run(&index, &plan), "{}", text);
        }
        for sentence in ["出口5亿元。", &text] {
            let mut end = 0;
            for span in query::highlight(&plan, Field::Sentence, sentence) {
                prop_assert!(span.start >= end && sentence.get(span.clone()).is_some());
                end = span.end;
            }
        }
        let caret = (0..=caret.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        for offer in query::complete(&text, caret, &index, &saved, Lang::Zh) {
            let mut done = text.clone();
            prop_assert!(text.get(offer.span.clone()).is_some(), "{}: {:?}", text, offer);
            done.replace_range(offer.span, &offer.insert);
            Query::parse(&done);
        }
    }
}
