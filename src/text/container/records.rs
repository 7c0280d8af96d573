//! A corpus: a document a line of JSON, or a row of CSV with a header.
//!
//! `{"id":"7","title":"…","date":"2024-03-01","text":"…"}` → the text, with title and date as known

use std::io::{self, BufRead, Read};
use std::ops::ControlFlow;

use serde_json::{Map, Value};

use super::{Flaw, Options, Take, Text, flaw, plain};
use crate::text::Known;
use crate::text::read::{self, Decoded};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Id,
    Title,
    Source,
    Url,
    Date,
    Text,
}

/// Roles and the names that columns usually have, the likeliest first.
const USUAL: &[(Role, &str, &[&str])] = &[
    (Role::Id, "id", &["id", "编号", "doc_id", "docid", "序号"]),
    (Role::Title, "title", &["title", "标题", "题名", "headline"]),
    (Role::Source, "source", &["source", "来源", "媒体", "机构", "publisher"]),
    (Role::Url, "url", &["url", "网址", "链接", "link"]),
    (Role::Date, "date", &["date", "日期", "发布日期", "发布时间", "时间", "published", "pubdate"]),
    (Role::Text, "text", &["text", "正文", "内容", "全文", "content", "body"]),
];

/// Which columns of a corpus hold what, where they are not called as usual.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns(Vec<(Role, String)>);

impl std::str::FromStr for Columns {
    type Err = String;

    /// `text=正文,title=题目`.
    fn from_str(text: &str) -> Result<Self, String> {
        let pair = |part: &str| {
            let known = || USUAL.iter().map(|(_, name, _)| *name).collect::<Vec<_>>().join(", ");
            let (role, column) = part
                .split_once('=')
                .ok_or_else(|| format!("{part:?}: expected ROLE=COLUMN, as in text=正文"))?;
            let found = USUAL.iter().find(|(_, name, _)| *name == role.trim());
            let (role, ..) = found.ok_or_else(|| format!("{role:?} is none of {}", known()))?;
            Ok((*role, column.trim().to_owned()))
        };
        text.split(',').map(pair).collect::<Result<_, _>>().map(Self)
    }
}

impl Columns {
    /// The first of `names` that serves a role.
    fn find<'n>(&self, role: Role, names: &(impl Iterator<Item = &'n str> + Clone)) -> Option<&'n str> {
        if let Some((_, column)) = self.0.iter().find(|(own, _)| *own == role) {
            return names.clone().find(|name| name == column);
        }
        let (.., usual) = USUAL.iter().find(|(usual, ..)| *usual == role)?;
        usual.iter().find_map(|word| names.clone().find(|name| name.trim().eq_ignore_ascii_case(word)))
    }
}

/// A record's values by role.
struct Record<'a> {
    place: &'a str,
    get: &'a dyn Fn(Role) -> Option<String>,
}

impl Record<'_> {
    fn text(&self, encoding: &'static str) -> Option<Result<Text, Flaw>> {
        let filled = |role| (self.get)(role).filter(|value| !value.trim().is_empty());
        let raw = (self.get)(Role::Text)?;
        Some(plain(self.place, read::decoded(raw, encoding)).map(|text| Text {
            id: filled(Role::Id),
            known: Known {
                title: filled(Role::Title),
                source: filled(Role::Source),
                url: filled(Role::Url),
                date: filled(Role::Date),
            },
            ..text
        }))
    }
}

/// The records of a file with one JSON object a line.
pub(super) fn lines(
    place: &str,
    file: &mut dyn BufRead,
    options: &Options,
    take: Take<'_>,
) -> io::Result<()> {
    let mut line = Line::default();
    let mut number = 0usize;
    while line.read(file)? {
        number += 1;
        let text = match line.record(&format!("{place}#{number}"), options) {
            None => continue,
            Some(Ok(text)) => text,
            Some(Err(Dataset(flaw))) => {
                let _ = take(Err(flaw));
                return Ok(());
            }
        };
        if take(text).is_break() {
            return Ok(());
        }
    }
    Ok(())
}

/// A line of a corpus, one after the other in the same room.
#[derive(Debug, Default)]
pub struct Line {
    bytes: Vec<u8>,
}

impl Line {
    /// Reads the next line; of one that is too large only as much as shows it. False at the end.
    ///
    /// # Errors
    /// Those of reading.
    pub fn read(&mut self, file: &mut dyn BufRead) -> io::Result<bool> {
        self.bytes.clear();
        let most = Decoded::MOST as u64 + 1;
        if (&mut *file).take(most).read_until(b'\n', &mut self.bytes)? as u64 == most {
            file.skip_until(b'\n')?;
        }
        Ok(!self.bytes.is_empty())
    }

    /// As it was read, with its end.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The text it holds, or what is wrong with it; none if it is blank.
    pub fn text(&self, options: &Options) -> Option<Result<Text, Flaw>> {
        Some(self.record("", options)?.unwrap_or_else(|Dataset(flaw)| Err(flaw)))
    }

    fn record(&self, place: &str, options: &Options) -> Option<Result<Result<Text, Flaw>, Dataset>> {
        if self.bytes.iter().all(u8::is_ascii_whitespace) {
            return None;
        }
        Some(json(place, &self.bytes, options))
    }
}

/// The file is what this program writes, not what it reads.
struct Dataset(Flaw);

fn json(place: &str, line: &[u8], options: &Options) -> Result<Result<Text, Flaw>, Dataset> {
    let decoded = match read::decode(line, options.encoding) {
        Ok(decoded) => decoded,
        Err(error) => return Ok(flaw(place, error.to_string())),
    };
    let object: Map<String, Value> = match serde_json::from_str(decoded.raw.trim_start_matches('\u{feff}')) {
        Ok(object) => object,
        Err(error) => {
            return Ok(flaw(place, format!("no JSON object: {error} (counted within the line)")));
        }
    };
    if object.get("format").and_then(Value::as_str) == Some("zhibiao") {
        let reason = "this is a dataset, not documents: see `zhibiao open`".to_owned();
        return Err(Dataset(Flaw { place: place.to_owned(), reason }));
    }
    let get = |role| {
        let column = options.columns.find(role, &object.keys().map(String::as_str))?;
        match object.get(column)? {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        }
    };
    let record = Record { place, get: &get };
    Ok(record
        .text(decoded.encoding)
        .unwrap_or_else(|| flaw(place, no_text(object.keys().map(String::as_str)))))
}

fn no_text<'n>(columns: impl Iterator<Item = &'n str>) -> String {
    let columns = columns.take(12).collect::<Vec<_>>().join(", ");
    format!("no column holds the text (there are: {columns}); name it: --columns text=…")
}

/// The records of a CSV file; a file without a column of text is a table, and one document.
pub(super) fn table(place: &str, bytes: &[u8], delimiter: u8, options: &Options, take: Take<'_>) {
    let decoded = match read::decode(bytes, options.encoding) {
        Ok(decoded) => decoded,
        Err(error) => {
            let _ = take(flaw(place, error.to_string()));
            return;
        }
    };
    let encoding = decoded.encoding;
    let body = decoded.raw.trim_start_matches('\u{feff}');
    let mut reader =
        csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(body.as_bytes());
    let header = match reader.headers() {
        Ok(header) => header.clone(),
        Err(error) => {
            let _ = take(flaw(place, error.to_string()));
            return;
        }
    };
    let column = |role| {
        let name = options.columns.find(role, &header.iter())?;
        header.iter().position(|own| own == name)
    };
    if column(Role::Text).is_none() {
        let _ = take(rows(body, delimiter).map_or_else(
            |error| flaw(place, error.to_string()),
            |raw| plain(place, read::decoded(raw, encoding)),
        ));
        return;
    }
    for (n, row) in reader.records().enumerate() {
        let place = format!("{place}#{}", n + 1);
        let text = match row {
            Ok(row) => {
                let get = |role| row.get(column(role)?).map(str::to_owned);
                let record = Record { place: &place, get: &get };
                record.text(encoding).unwrap_or_else(|| flaw(&place, "the row has no text".to_owned()))
            }
            Err(error) => flaw(&place, error.to_string()),
        };
        if let ControlFlow::Break(()) = take(text) {
            return;
        }
    }
}

/// The rows of a table as lines, their cells separated by tabs.
fn rows(body: &str, delimiter: u8) -> Result<String, csv::Error> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .has_headers(false)
        .from_reader(body.as_bytes());
    let mut text = String::with_capacity(body.len());
    for row in reader.records() {
        let cells: Vec<String> = row?.iter().map(|cell| cell.replace(['\t', '\n', '\r'], " ")).collect();
        text.push_str(&cells.join("\t"));
        text.push('\n');
    }
    Ok(text)
}
