//! Reads case files: `| 80余户 | 80 |` under `| quote | value |` → a row that wants value 80.
//!
//! `docs/cases.md` says how a file is written. Reading never stops at a fault: everything that is
//! wrong with a file is reported together, with its line.

use zhibiao::model::{Bound, Kind, Period, Reason, Status};
use zhibiao::text::RawSpan;

/// What a table's columns may be called besides `quote`.
pub(super) const COLUMNS: [&str; 12] = [
    "value",
    "unit",
    "inferred",
    "bound",
    "kind",
    "indicator",
    "subject",
    "period",
    "status",
    "of",
    "parent",
    "owners",
];

/// One case: a text and the figures that must be found in it.
#[derive(Debug, Default)]
pub(super) struct Case {
    pub file: String,
    pub line: usize,
    pub name: String,
    pub title: Option<String>,
    pub date: Option<String>,
    pub source: Option<String>,
    pub text: String,
    pub rows: Vec<Row>,
    pub optional: Vec<String>,
    pub not: Vec<NotFigure>,
}

/// One wanted figure.
#[derive(Debug)]
pub(super) struct Row {
    pub line: usize,
    pub quote: String,
    /// Where the quote stands in the case's text, in code points.
    pub span: RawSpan,
    /// Column and cell, in the order of the table.
    pub cells: Vec<(String, String)>,
}

/// A number that must not be a figure, and the reasons that fit.
#[derive(Debug)]
pub(super) struct NotFigure {
    pub line: usize,
    pub quote: String,
    pub span: RawSpan,
    pub reasons: Vec<Reason>,
}

/// The cases of one file, and its faults as messages.
pub(super) fn read(file: &str, markdown: &str) -> (Vec<Case>, Vec<String>) {
    let mut reader =
        Reader { file, cases: Vec::new(), faults: Vec::new(), columns: Vec::new(), fence: false };
    for (n, line) in markdown.lines().enumerate() {
        reader.line(n + 1, line);
    }
    if reader.fence {
        reader.faults.push(format!("{file}: the last ```text block has no end"));
    }
    let (mut cases, mut faults) = (reader.cases, reader.faults);
    for case in &mut cases {
        faults.extend(case.settle());
    }
    (cases, faults)
}

struct Reader<'a> {
    file: &'a str,
    cases: Vec<Case>,
    faults: Vec<String>,
    columns: Vec<String>,
    fence: bool,
}

impl Reader<'_> {
    fn fault(&mut self, n: usize, message: &str) {
        self.faults.push(format!("{}:{n}: {message}", self.file));
    }

    fn line(&mut self, n: usize, line: &str) {
        if self.fence {
            if line.trim_end() == "```" {
                self.fence = false;
            } else if let Some(case) = self.cases.last_mut() {
                case.text.push_str(line);
                case.text.push('\n');
            }
            return;
        }
        if let Some(name) = line.strip_prefix("## ") {
            self.columns.clear();
            let name = name.trim().to_owned();
            self.cases.push(Case { file: self.file.to_owned(), line: n, name, ..Case::default() });
        } else if line.starts_with("```") {
            match self.cases.last() {
                Some(case) if case.text.is_empty() && line.trim_end() == "```text" => self.fence = true,
                Some(_) => self.fault(n, "a case has one block, opened by ```text"),
                None => self.fault(n, "a block stands before the first `## name`"),
            }
        } else if line.starts_with('|') {
            self.table_line(n, line);
        } else if let Some(rest) = line.strip_prefix("doc:") {
            self.record(n, rest);
        } else if let Some(rest) = line.strip_prefix("optional:") {
            let quotes = rest.split(", ").map(|q| q.trim().to_owned()).filter(|q| !q.is_empty());
            if let Some(case) = self.cases.last_mut() {
                case.optional.extend(quotes);
            }
        } else if let Some(rest) = line.strip_prefix("not:") {
            self.not_figures(n, rest);
        }
    }

    /// `title=…; date=…; source=…`
    fn record(&mut self, n: usize, rest: &str) {
        for part in rest.split(';') {
            let (key, value) = part.trim().split_once('=').unwrap_or((part.trim(), ""));
            let Some(case) = self.cases.last_mut() else { continue };
            let slot = match key {
                "title" => &mut case.title,
                "date" => &mut case.date,
                "source" => &mut case.source,
                _ => {
                    self.fault(n, &format!("`doc:` knows title, date and source, not {key:?}"));
                    continue;
                }
            };
            *slot = Some(value.trim().to_owned());
        }
    }

    fn table_line(&mut self, n: usize, line: &str) {
        let inner = line.trim().trim_start_matches('|').trim_end_matches('|');
        let cells: Vec<String> = inner.split('|').map(|c| c.trim().to_owned()).collect();
        if cells.iter().all(|c| !c.is_empty() && c.chars().all(|ch| ch == '-'))
            && cells.len() == self.columns.len()
        {
            return;
        }
        if self.columns.is_empty() {
            if cells.first().is_none_or(|c| c != "quote") {
                self.fault(n, "the first column of a table is called quote");
            }
            for column in cells.iter().skip(1).filter(|c| !COLUMNS.contains(&c.as_str())) {
                self.faults.push(format!("{}:{n}: no column is called {column:?}", self.file));
            }
            self.columns = cells;
            return;
        }
        if cells.len() != self.columns.len() {
            self.fault(n, &format!("{} cells under {} columns", cells.len(), self.columns.len()));
            return;
        }
        let mut pairs = self.columns.iter().cloned().zip(cells);
        let Some((_, quote)) = pairs.next() else { return };
        let row = Row { line: n, quote, span: RawSpan::default(), cells: pairs.collect() };
        if let Some(case) = self.cases.last_mut() {
            case.rows.push(row);
        }
    }

    /// `第五批 (ordinal/edition), 5G (name)`
    fn not_figures(&mut self, n: usize, rest: &str) {
        for item in rest.trim().split_inclusive(')').map(|i| i.trim_start_matches(',').trim()) {
            if item.is_empty() {
                continue;
            }
            let Some((quote, names)) = item.strip_suffix(')').and_then(|i| i.rsplit_once(" (")) else {
                self.fault(n, &format!("`not:` wants `quote (reason)`, not {item:?}"));
                continue;
            };
            let mut reasons = Vec::new();
            for name in names.split('/') {
                match Reason::parse(name) {
                    Some(reason) => reasons.push(reason),
                    None => self.fault(n, &format!("no reason is called {name:?}")),
                }
            }
            let not =
                NotFigure { line: n, quote: quote.trim().to_owned(), span: RawSpan::default(), reasons };
            if let Some(case) = self.cases.last_mut() {
                case.not.push(not);
            }
        }
    }
}

impl Case {
    /// Name and place, as messages give them.
    pub(super) fn label(&self) -> String {
        format!("{}:{} {}", self.file, self.line, self.name)
    }

    /// Finds every quote in the text and checks every cell; the faults as messages.
    fn settle(&mut self) -> Vec<String> {
        let mut faults = Vec::new();
        let text: Vec<char> = self.text.chars().collect();
        if self.text.is_empty() {
            faults.push(format!("{}: no ```text block", self.label()));
        }
        let mut from = 0;
        for row in &mut self.rows {
            let quote: Vec<char> = row.quote.chars().collect();
            match find(&text, &quote, from, true) {
                Some(span) => {
                    from = span.end;
                    row.span = span;
                }
                None => faults.push(format!(
                    "{}:{}: {:?} does not stand in the text after the row before",
                    self.file, row.line, row.quote
                )),
            }
        }
        let taken: Vec<RawSpan> = self.rows.iter().map(|r| r.span).collect();
        for not in &mut self.not {
            let quote: Vec<char> = not.quote.chars().collect();
            let place = places(&text, &quote).find(|s| taken.iter().all(|t| !overlap(*t, *s)));
            match place {
                Some(span) => not.span = span,
                None => {
                    faults.push(format!("{}:{}: {:?} is not in the text", self.file, not.line, not.quote));
                }
            }
        }
        for quote in &self.optional {
            if !self.text.contains(quote.as_str()) {
                faults.push(format!("{}: optional {quote:?} is not in the text", self.label()));
            }
        }
        for row in &self.rows {
            for (column, cell) in &row.cells {
                if let Err(message) = self.check_cell(column, cell) {
                    faults.push(format!("{}:{}: {column}: {message}", self.file, row.line));
                }
            }
        }
        faults
    }

    fn check_cell(&self, column: &str, cell: &str) -> Result<(), String> {
        let known = |word: &str| match column {
            "bound" => Bound::parse(word).is_some(),
            "kind" => Kind::parse(word).is_some(),
            "status" => Status::parse(word).is_some(),
            "period" => Period::parse(word).is_some(),
            "value" => word.split("..").all(|v| v.parse::<zhibiao::model::Decimal>().is_ok()),
            "parent" => self.row_span(word).is_some(),
            "inferred" => word == "yes" || word == "no",
            _ => !word.is_empty(),
        };
        match alternatives(column, cell).into_iter().flatten().find(|word| !known(word)) {
            Some(word) => Err(format!("{word:?} is not possible here")),
            None => Ok(()),
        }
    }

    /// The span of the row with this quote; `quote#2` is the second such row.
    pub(super) fn row_span(&self, quote: &str) -> Option<RawSpan> {
        let (quote, nth) = quote.rsplit_once('#').map_or((quote, 1), |(q, n)| (q, n.parse().unwrap_or(0)));
        self.rows.iter().filter(|r| r.quote == quote).nth(usize::checked_sub(nth, 1)?).map(|r| r.span)
    }

    /// Whether a figure at this place may be found or not.
    pub(super) fn is_optional(&self, span: RawSpan) -> bool {
        let text: Vec<char> = self.text.chars().collect();
        self.optional.iter().any(|quote| {
            let quote: Vec<char> = quote.chars().collect();
            places(&text, &quote).any(|place| overlap(place, span))
        })
    }
}

/// The accepted answers of a cell, parted by ` or `, names by `/` as well; `None` stands for null.
pub(super) fn alternatives(column: &str, cell: &str) -> Vec<Option<String>> {
    let names = ["indicator", "subject", "of"].contains(&column);
    let mut parts: Vec<&str> = cell.split(" or ").collect();
    if names {
        parts = parts.iter().flat_map(|part| part.split('/')).collect();
    }
    parts.iter().map(|part| part.trim()).map(|part| (part != "-").then(|| part.to_owned())).collect()
}

/// Whether two spans share a character.
pub(super) fn overlap(a: RawSpan, b: RawSpan) -> bool {
    a.start < b.end && b.start < a.end
}

/// Every place of a quote in a text.
fn places<'a>(text: &'a [char], quote: &'a [char]) -> impl Iterator<Item = RawSpan> + 'a {
    let starts = 0..text.len();
    starts
        .filter(move |&i| !quote.is_empty() && text.get(i..).is_some_and(|rest| rest.starts_with(quote)))
        .map(move |start| RawSpan { start, end: start + quote.len() })
}

/// The first place of a quote at or after `from` that does not begin inside a longer number.
fn find(text: &[char], quote: &[char], from: usize, whole: bool) -> Option<RawSpan> {
    places(text, quote).find(|place| {
        let before = place.start.checked_sub(1).and_then(|i| text.get(i)).copied();
        let inside = before.is_some_and(is_numeral) && quote.first().copied().is_some_and(is_numeral);
        place.start >= from && !(whole && inside)
    })
}

fn is_numeral(c: char) -> bool {
    c.is_ascii_digit()
        || ('０'..='９').contains(&c)
        || ".．〇一二三四五六七八九十百千万亿兆两廿卅".contains(c)
}
