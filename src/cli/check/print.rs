//! Findings as blocks of lines, Markdown, CSV and JSON.
//!
//! `相符  占比  16 ÷ 27 = 59.3 % ≈ 59 %`, then each figure: what it is, where it stands, its sentence

use std::io::{self, Write};

use serde::Serialize;

use crate::check::{Finding, Remark};
use crate::cli::find::print::{Flat, Hit, escaped, sentence, sentence_within, title, unseen_escaped};
use crate::dataset::{self, CSV_HEADER};
use crate::index::{FigureRef, Index};
use crate::model::Lang;
use crate::query::Field;
use crate::text::visible;
use crate::ui::width::Widths;
use crate::ui::{cell, paragraph_of};

/// Before the lines below a finding.
const INDENT: &str = "    ";

fn figures<'a>(index: &'a Index, finding: &'a Finding) -> impl Iterator<Item = FigureRef<'a>> {
    finding.figures().iter().filter_map(|id| index.figure(*id))
}

/// A finding's arithmetic, then two lines for each figure: what it is and where it stands, its sentence.
pub(super) fn blocks(
    index: &Index,
    findings: &[&Finding],
    lang: Lang,
    screen: Option<usize>,
    out: &mut dyn Write,
) -> io::Result<()> {
    for (n, finding) in findings.iter().enumerate() {
        if n > 0 {
            writeln!(out)?;
        }
        let (verdict, check) = (finding.verdict().label(lang), finding.check().label(lang));
        writeln!(out, "{verdict}  {check}  {}", finding.expression(lang))?;
        for figure in figures(index, finding) {
            let (what, place) = (what(figure, lang), place(figure, lang));
            let text = match screen {
                None => sentence(figure),
                Some(columns) => sentence_within(figure, columns.saturating_sub(INDENT.len())),
            };
            writeln!(out, "{INDENT}{what} —— {place}\n{INDENT}{text}")?;
        }
    }
    Ok(())
}

/// Indicator, subject, period, value: what tells figures apart.
fn what(figure: FigureRef<'_>, lang: Lang) -> String {
    let fields = [Field::Indicator, Field::Subject, Field::Period, Field::Value, Field::Kind, Field::Status];
    let texts = fields.iter().map(|field| cell(*field, figure, lang, Widths::Narrow));
    texts.filter(|text| !text.is_empty()).collect::<Vec<_>>().join("  ")
}

/// Title and paragraph.
fn place(figure: FigureRef<'_>, lang: Lang) -> String {
    let mut place = title(figure);
    if let Some(paragraph) = paragraph_of(figure, lang) {
        place.push_str(", ");
        place.push_str(&paragraph);
    }
    place
}

/// A Markdown table; the figures of a finding share a cell.
pub(super) fn markdown(
    index: &Index,
    findings: &[&Finding],
    lang: Lang,
    out: &mut dyn Write,
) -> io::Result<()> {
    let heads = lang.pick("| 结论 | 核对 | 算式 | 依据 |", "| Verdict | Check | Arithmetic | Evidence |");
    writeln!(out, "{heads}\n|---|---|---|---|")?;
    for finding in findings {
        let evidence: Vec<String> = figures(index, finding)
            .map(|figure| escaped(&format!("{} —— {}", sentence(figure), place(figure, lang))))
            .collect();
        writeln!(
            out,
            "| {} | {} | {} | {} |",
            finding.verdict().label(lang),
            finding.check().label(lang),
            escaped(&finding.expression(lang)),
            evidence.join("<br>")
        )?;
    }
    Ok(())
}

/// The columns of a finding, the same in each line of its figures.
const HEADER: [&str; 5] = ["finding", "verdict", "check", "remark", "arithmetic"];

/// A line for each figure of each finding.
pub(super) fn csv(index: &Index, findings: &[&Finding], out: &mut dyn Write) -> io::Result<()> {
    let header = HEADER.into_iter().chain(CSV_HEADER.iter().copied()).chain(["title", "sentence"]);
    dataset::csv_line(out, header, true)?;
    let mut flat = Flat::new();
    for (n, finding) in findings.iter().enumerate() {
        let number = (n + 1).to_string();
        let remark = finding.remark().map_or("", Remark::as_str);
        let said = [&number, finding.verdict().as_str(), finding.check().as_str(), remark, finding.formula()];
        for figure in figures(index, finding) {
            let row = flat.row(figure);
            let cells = row.cells();
            let all = said.into_iter().chain(cells.iter().map(String::as_str));
            let all = all.chain([figure.title(), figure.sentence()]).map(visible).collect::<Vec<_>>();
            dataset::csv_line(out, all.iter().map(AsRef::as_ref), false)?;
        }
    }
    Ok(())
}

/// A finding with its figures.
#[derive(Serialize)]
struct Said<'a> {
    verdict: &'static str,
    check: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    remark: Option<&'static str>,
    arithmetic: &'a str,
    figures: Vec<Hit<'a>>,
}

/// One array of findings.
pub(super) fn json(index: &Index, findings: &[&Finding], out: &mut dyn Write) -> io::Result<()> {
    let mut flat = Flat::new();
    out.write_all(b"[")?;
    for (n, finding) in findings.iter().enumerate() {
        out.write_all(if n == 0 { b"\n  " } else { b",\n  " })?;
        let said = Said {
            verdict: finding.verdict().as_str(),
            check: finding.check().as_str(),
            remark: finding.remark().map(Remark::as_str),
            arithmetic: finding.formula(),
            figures: figures(index, finding).map(|figure| flat.hit(figure)).collect(),
        };
        out.write_all(unseen_escaped(&serde_json::to_string(&said)?).as_bytes())?;
    }
    out.write_all(b"\n]\n")
}
