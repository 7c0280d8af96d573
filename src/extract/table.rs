//! Tables: a cell takes its unit and indicator from the head, its subject or indicator from the
//! row's first cell.
//!
//! ```text
//! 地区    生产总值（亿元）  比上年增长（%）        →  12345 亿元, 地区生产总值 of 甲省
//! 甲省    12345             5.2                        5.2 %, growth of the column before
//! ```

use crate::extract::clause::Site;
use crate::extract::draft::Draft;
use crate::extract::phrase;
use crate::extract::quantity::{Form, Quantity};
use crate::extract::scope::{Genre, Scope, SectionScope};
use crate::extract::subject;
use crate::extract::time;
use crate::lexicon::cues::Cue;
use crate::lexicon::{names, units};
use crate::model::{Bound, Decimal, Field, Kind, Status};
use crate::text::{Block, CleanSpan};

/// What a column's head says.
#[derive(Clone, Debug, Default)]
struct Column {
    /// The indicator, without the unit in brackets; empty for 数值, 产量 of no name.
    name: String,
    unit: Option<(String, Decimal)>,
    growth: bool,
    share: bool,
    /// 单位: its cells are the row's unit.
    units: bool,
    year: Option<String>,
    /// 年均增长.
    yearly: bool,
}

/// A figure read from a cell.
#[derive(Debug)]
pub struct Cell {
    pub draft: Draft,
    pub quantity: Quantity,
    pub row: CleanSpan,
}

/// Reads the rows of one table.
pub fn read(text: &str, rows: &[Block], caption: &str, scope: &Scope, section: &SectionScope) -> Vec<Cell> {
    let table: Vec<Vec<CleanSpan>> = rows.iter().map(|r| cells(text, r.span)).collect();
    let Some(head) = table.iter().position(|row| {
        row.len() >= 2 && row.iter().skip(1).all(|c| number(c.of(text)).is_none() || is_year(c.of(text)))
    }) else {
        return Vec::new();
    };
    let caption_unit = unit_in(caption).or_else(|| {
        magnitude_unit(caption.trim().strip_prefix("单位")?.trim_start_matches([':', '：', ' ']))
    });
    let caption_period = time::scan(caption, CleanSpan::new(0, caption.len()), scope.calendar)
        .into_iter()
        .find_map(|t| t.period);
    let columns: Vec<Column> = table
        .get(head)
        .map(|row| row.iter().map(|c| column(c.of(text), scope)).collect())
        .unwrap_or_default();
    let mut found = Vec::new();
    // The row's name stands after its number: 序号 | 指标 | ….
    let named = usize::from(
        table
            .get(head)
            .and_then(|row| row.first())
            .is_some_and(|c| ["序号", "编号"].contains(&c.of(text).trim())),
    );
    let last_year = columns
        .iter()
        .filter_map(|c| c.year.clone())
        .max()
        .filter(|_| scope.genre == Genre::Plan || is_aims(caption));
    for (row, block) in table.iter().zip(rows).skip(head + 1) {
        let label = row.get(named).map_or("", |c| c.of(text).trim());
        let row_unit = row
            .iter()
            .zip(&columns)
            .find(|(_, c)| c.units)
            .and_then(|(cell, _)| magnitude_unit(cell.of(text).trim()));
        let place = subject::place_at(
            text,
            row.get(named).map_or(0, |c| c.start),
            row.get(named).map_or(0, |c| c.end),
        )
        .filter(|p| p.span.of(text).len() + 6 >= label.len());
        let mut last_name = String::new();
        for (n, cell) in row.iter().enumerate().skip(named + 1) {
            let Some(column) = columns.get(n).filter(|c| !c.units) else { continue };
            let Some((value, span)) = value_at(text, *cell) else { continue };
            let known = names::indicators().canonical(label).is_some();
            let own_percent = cell.of(text).trim_end().ends_with('%');
            let (unit, factor) = if column.growth || column.share || own_percent {
                (Some("%".to_owned()), Decimal::ONE)
            } else {
                match column
                    .unit
                    .clone()
                    .or_else(|| row_unit.clone())
                    .or_else(|| caption_unit.clone())
                    .or_else(|| unit_in(label))
                {
                    Some((unit, factor)) => (Some(unit), factor),
                    None => (None, Decimal::ONE),
                }
            };
            let Some(unit) = unit else { continue };
            let percent = unit == "%" || unit == "‰";
            let name = if column.growth && !column.name.is_empty() {
                column.name.clone()
            } else if column.growth {
                if last_name.is_empty() { phrase::clean_name(label) } else { last_name.clone() }
            } else if place.is_some() && !known {
                if column.name.is_empty() { phrase::clean_name(caption) } else { column.name.clone() }
            } else {
                join(&phrase::clean_name(label), &column.name)
            };
            if !column.growth {
                last_name.clone_from(&name);
            }
            let kind = if column.growth {
                Kind::Growth
            } else if column.share {
                Kind::Share
            } else if percent {
                Kind::Rate
            } else if name.contains("新增") || name.contains("净增") {
                Kind::Change
            } else {
                Kind::Level
            };
            let Some(scaled) = value.checked_mul(factor) else { continue };
            let mut draft = Draft {
                site: Site { quantity: 0, clause: 0, lead: *cell, tail: *cell, nth: n },
                kind,
                negative: false,
                indicator: name,
                subject: place.as_ref().map(|p| p.name.clone()).or_else(|| scope.own.clone()),
                period: column
                    .year
                    .clone()
                    .or_else(|| caption_period.clone())
                    .or_else(|| section.period.clone())
                    .or_else(|| scope.annual.clone()),
                status: status(column, last_year.as_deref(), scope, section),
                of: column.growth.then(|| if column.yearly { "avg" } else { "yoy" }.to_owned()),
                parent: None,
                owners: Vec::new(),
                limit: None,
                trace: Vec::new(),
                confidence: 0.85,
            };
            for (field, rule) in [
                (Field::Kind, "the column's head"),
                (Field::Indicator, "the heads of row and column"),
                (Field::Subject, "the head of the row, else the document's own"),
                (Field::Period, "the column's head or the caption"),
                (Field::Unit, "the head's unit"),
            ] {
                draft.decided(field, rule, 1.0);
            }
            let quantity = Quantity {
                span,
                outer: span,
                value: Some(scaled.normalize()),
                value_high: None,
                unit: Some(unit),
                unit_inferred: !own_percent,
                bound: Bound::Eq,
                form: if percent { Form::Percent } else { Form::Amount },
                mended: false,
                vague: false,
                rule: "a cell; the unit stands in the head".to_owned(),
                bound_rule: "",
            };
            found.push(Cell { draft, quantity, row: block.span });
        }
    }
    found
}

fn cells(text: &str, row: CleanSpan) -> Vec<CleanSpan> {
    let mut start = row.start;
    let mut found = Vec::new();
    for cell in row.of(text).split('\t') {
        found.push(CleanSpan::new(start, start + cell.len()));
        start += cell.len() + 1;
    }
    found
}

fn column(head: &str, scope: &Scope) -> Column {
    let head = head.trim();
    let name = phrase::clean_name(head);
    let year =
        time::scan(head, CleanSpan::new(0, head.len()), scope.calendar).into_iter().find_map(|t| t.period);
    let growth = ["增长", "增速", "增幅", "涨幅", "同比", "比上年", "±"].iter().any(|w| head.contains(w));
    let share = ["占比", "比重", "份额"].iter().any(|w| head.contains(w));
    let label = ["名称", "指标", "地区", "项目", "单位名称", "省份", "县区", "产品"]
        .iter()
        .any(|w| head.ends_with(w));
    let name = if growth { grown(&name) } else { name };
    let plain = ["数值", "绝对数", "完成", "总量", "合计", "数量", "本年", "全年", "实绩"]
        .contains(&name.as_str())
        || year.is_some();
    Column {
        unit: unit_in(head),
        growth,
        share,
        units: head == "单位" || head == "计量单位",
        name: if plain || label { String::new() } else { name },
        year,
        yearly: head.contains("年均"),
    }
}

/// A caption that announces aims: “十四五”主要预期指标.
fn is_aims(caption: &str) -> bool {
    ["目标", "预期", "发展主要指标", "规划指标"].iter().any(|w| caption.contains(w))
}

/// A year that lies ahead, or the last year of a table of aims, is aimed at.
fn status(column: &Column, last: Option<&str>, scope: &Scope, section: &SectionScope) -> Status {
    match (&column.year, scope.calendar.year, last) {
        (Some(year), Some(now), _)
            if year.get(..4).and_then(|y| y.parse::<i32>().ok()).is_some_and(|y| y > now) =>
        {
            Status::Target
        }
        (Some(year), _, Some(last)) if year == last => Status::Target,
        (Some(_), ..) => Status::Actual,
        _ => section.status.unwrap_or(Status::Actual),
    }
}

/// What a column of growth says grew: 社会消费品零售总额增长 → 社会消费品零售总额; nothing for 比上年增长.
fn grown(name: &str) -> String {
    let mut name = name;
    for word in ["比上年", "较上年", "同比", "±%", "±"] {
        name = name.strip_prefix(word).unwrap_or(name);
    }
    while let Some(word) = Cue::Growth.words().suffix(name).or_else(|| Cue::GrowthNoun.words().suffix(name)) {
        name = name.strip_suffix(word).unwrap_or("");
        name = name.trim_end_matches("比上年").trim_end_matches("同比").trim_end_matches("较上年");
    }
    phrase::clean_name(name)
}

/// Row `粮食` and column `产量` make 粮食产量.
fn join(row: &str, column: &str) -> String {
    if column.is_empty() || row.ends_with(column) || names::indicators().canonical(row).is_some() {
        row.to_owned()
    } else if row.is_empty() {
        column.to_owned()
    } else {
        format!("{row}{column}")
    }
}

/// The unit in the brackets of a head: （亿元）, (单位:万人).
fn unit_in(head: &str) -> Option<(String, Decimal)> {
    let open = head.rfind(['(', '（'])?;
    let inside = head.get(open..)?.trim_matches(['(', '（', ')', '）', ' ']);
    let unit = inside.rsplit([':', '：']).next().unwrap_or(inside);
    magnitude_unit(unit.trim())
}

/// `亿元` → 元, 10⁸.
fn magnitude_unit(text: &str) -> Option<(String, Decimal)> {
    if let Some(unit) = units::named(text) {
        return Some((unit.name.to_owned(), Decimal::ONE));
    }
    for (word, factor) in
        [("万亿", 1_000_000_000_000_i64), ("亿", 100_000_000), ("万", 10_000), ("千", 1_000), ("百", 100)]
    {
        if let Some(unit) = text.strip_prefix(word).and_then(units::named) {
            return Some((unit.name.to_owned(), Decimal::from(factor)));
        }
    }
    None
}

/// The number that fills a cell, and where it stands.
fn value_at(text: &str, cell: CleanSpan) -> Option<(Decimal, CleanSpan)> {
    let body = cell.of(text);
    let trimmed = body.trim();
    let value = number(trimmed)?;
    let start = cell.start + (body.len() - body.trim_start().len());
    Some((value, CleanSpan::new(start, start + trimmed.len())))
}

fn number(cell: &str) -> Option<Decimal> {
    let plain: String =
        cell.trim().trim_end_matches('%').chars().filter(|c| *c != ',' && *c != '，').collect();
    let body = plain.strip_prefix(['-', '－', '−', '+']).unwrap_or(&plain);
    if body.is_empty() || !body.chars().all(|c| c.is_ascii_digit() || c == '.') {
        return None;
    }
    let value: Decimal = body.parse().ok()?;
    Some(if plain.starts_with(['-', '－', '−']) { -value } else { value })
}

fn is_year(cell: &str) -> bool {
    number(cell).is_some_and(|v| v >= Decimal::from(1900) && v <= Decimal::from(2100) && v.scale() == 0)
}
