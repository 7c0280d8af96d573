//! The extraction cases of `tests/extract/*.md`: sentences and the figures they hold, by phenomenon.
//!
//! `docs/cases.md` says how to add one. Every difference of every file is reported at once.

#[path = "extract/case.rs"]
mod case;
#[path = "extract/names.rs"]
mod names;

use std::fmt::Write as _;
use std::path::Path;

use case::{Case, alternatives, overlap};
use zhibiao::model::{Decimal, Document, Figure};
use zhibiao::text::RawSpan;

/// The case files of the folder: name and text, in order of name.
fn files() -> std::io::Result<Vec<(String, String)>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder())? {
        let path = entry?.path();
        if path.extension().is_some_and(|e| e == "md") {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            found.push((name, std::fs::read_to_string(&path)?));
        }
    }
    found.sort();
    Ok(found)
}

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/extract")
}

/// The cases that fail today: file and name of each, with the reason.
fn known_gaps() -> Result<Vec<(String, String)>, String> {
    let path = folder().join("known-gaps.txt");
    let text = std::fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    let mut gaps = Vec::new();
    for (n, line) in text.lines().enumerate().filter(|(_, l)| !l.starts_with('#') && !l.is_empty()) {
        let mut parts = line.split('\t');
        match (parts.next(), parts.next(), parts.next()) {
            (Some(file), Some(name), Some(reason)) if !reason.trim().is_empty() => {
                gaps.push((file.to_owned(), name.to_owned()));
            }
            _ => return Err(format!("known-gaps.txt:{}: wants file TAB case TAB reason", n + 1)),
        }
    }
    Ok(gaps)
}

/// What is found in the text of a case.
fn extract(case: &Case) -> Result<Document, String> {
    let mut prepared = zhibiao::text::prepare(&case.name, &case.file, case.text.as_bytes())
        .map_err(|e| format!("the text cannot be read: {e}"))?;
    for (slot, given) in [
        (&mut prepared.title, &case.title),
        (&mut prepared.date, &case.date),
        (&mut prepared.source, &case.source),
    ] {
        if given.is_some() {
            slot.clone_from(given);
        }
    }
    Ok(zhibiao::extract::document(prepared))
}

/// The differences between what a case wants and what is found, a line each.
fn differences(case: &Case) -> Vec<String> {
    let document = match extract(case) {
        Ok(document) => document,
        Err(message) => return vec![message],
    };
    let mut wrong = Vec::new();
    let mut used = vec![false; document.figures.len()];
    for row in &case.rows {
        let exact = document.figures.iter().position(|f| f.raw == row.span);
        let at = exact.or_else(|| document.figures.iter().position(|f| overlap(f.raw, row.span)));
        let Some((at, figure)) = at.and_then(|at| Some((at, document.figures.get(at)?))) else {
            wrong.push(format!("{}: not found{}", row.quote, rejection(&document, row.span)));
            continue;
        };
        if let Some(slot) = used.get_mut(at) {
            *slot = true;
        }
        if exact.is_none() {
            wrong.push(format!("{}: found as {:?}", row.quote, figure.quote));
        }
        for (column, cell) in &row.cells {
            let said = answer(column, figure);
            if !agrees(case, column, cell, figure, said.as_deref()) {
                let said = said.unwrap_or_else(|| "-".to_owned());
                wrong.push(format!(
                    "{}: {column}: wanted {cell}, found {said}{}",
                    row.quote,
                    why(column, figure)
                ));
            }
        }
    }
    for (figure, _) in document.figures.iter().zip(&used).filter(|(_, used)| !**used) {
        if !case.is_optional(figure.raw) {
            wrong.push(format!("{}: no row wants it ({} {})", figure.quote, figure.kind, figure.indicator));
        }
    }
    for not in &case.not {
        if let Some(figure) = document.figures.iter().find(|f| overlap(f.raw, not.span)) {
            wrong.push(format!("{}: not a figure, but found as {:?}", not.quote, figure.quote));
            continue;
        }
        let rejected = document.rejected.iter().filter(|r| overlap(r.raw, not.span));
        let reasons: Vec<_> = rejected.map(|r| r.reason).collect();
        let digits = not.quote.chars().any(|c| c.is_ascii_digit() || ('０'..='９').contains(&c));
        if reasons.is_empty() && digits && document_covers(&document, not.span) {
            wrong.push(format!("{}: neither a figure nor rejected with a reason", not.quote));
        } else if !reasons.is_empty() && !reasons.iter().any(|r| not.reasons.contains(r)) {
            wrong.push(format!("{}: rejected as {}, not as wanted", not.quote, reasons[0]));
        }
    }
    wrong
}

/// Whether this place reached the cleaned text; what was dropped with a reason needs no second one.
fn document_covers(document: &Document, span: RawSpan) -> bool {
    !document.dropped.iter().any(|d| overlap(d.raw, span))
}

/// Why a wanted number is none, if the extractor says so.
fn rejection(document: &Document, span: RawSpan) -> String {
    document
        .rejected
        .iter()
        .find(|r| overlap(r.raw, span))
        .map_or(String::new(), |r| format!(", rejected as {} ({})", r.reason, r.rule))
}

/// The rule that decided a field.
fn why(column: &str, figure: &Figure) -> String {
    let trace = figure.trace.iter().find(|t| t.field.as_str() == column);
    trace.map_or(String::new(), |t| format!(" (rule: {})", t.rule))
}

/// What a figure says in a column, as text; `None` is null.
fn answer(column: &str, figure: &Figure) -> Option<String> {
    let number = |d: Decimal| d.normalize().to_string();
    match column {
        "value" => match (figure.value, figure.value_high) {
            (Some(low), Some(high)) => Some(format!("{}..{}", number(low), number(high))),
            (low, _) => low.map(number),
        },
        "unit" => figure.unit.clone(),
        "inferred" => Some(if figure.unit_inferred { "yes" } else { "no" }.to_owned()),
        "bound" => Some(figure.bound.to_string()),
        "kind" => Some(figure.kind.to_string()),
        "indicator" => Some(figure.indicator.clone()),
        "subject" => figure.subject.clone(),
        "period" => figure.period.as_ref().map(ToString::to_string),
        "status" => Some(figure.status.to_string()),
        "of" => figure.of.clone(),
        "parent" => figure.parent.map(|p| format!("{}..{}", p.start, p.end)),
        _ => (!figure.owners.is_empty()).then(|| figure.owners.join("、")),
    }
}

/// Whether a cell accepts what a figure says.
fn agrees(case: &Case, column: &str, cell: &str, figure: &Figure, said: Option<&str>) -> bool {
    alternatives(column, cell).iter().any(|wanted| match (wanted.as_deref(), said) {
        (None, None) => true,
        (Some(wanted), Some(said)) => match column {
            "value" => same_numbers(wanted, said),
            "unit" => names::fold_unit(wanted) == names::fold_unit(said),
            "indicator" => names::same_indicator(wanted, said),
            "subject" => names::same_subject(wanted, said),
            "of" => names::same_base(wanted, said),
            "parent" => figure.parent.zip(case.row_span(wanted)).is_some_and(|(a, b)| overlap(a, b)),
            "owners" => {
                let wanted: std::collections::BTreeSet<_> = wanted.split('、').collect();
                wanted == figure.owners.iter().map(String::as_str).collect()
            }
            _ => wanted == said,
        },
        _ => false,
    })
}

/// `1.50..2` = `1.5..2`.
fn same_numbers(a: &str, b: &str) -> bool {
    let ends = |text: &str| -> Vec<Option<Decimal>> { text.split("..").map(|n| n.parse().ok()).collect() };
    ends(a) == ends(b)
}

#[test]
fn case_files_are_well_formed() {
    let mut faults = Vec::new();
    let mut seen = std::collections::BTreeSet::new();
    for (file, text) in files().expect("the folder of cases") {
        let (cases, wrong) = case::read(&file, &text);
        faults.extend(wrong);
        for case in &cases {
            if !seen.insert((case.file.clone(), case.name.clone())) {
                faults.push(format!("{}: a second case of this name", case.label()));
            }
        }
    }
    for (file, name) in known_gaps().expect("known-gaps.txt") {
        if !seen.contains(&(file.clone(), name.clone())) {
            faults.push(format!("known-gaps.txt: {file} has no case {name:?}"));
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn cases() {
    let gaps = known_gaps().expect("known-gaps.txt");
    // `CASES=ranges cargo test --test extract` runs the files whose name holds the word.
    let only = std::env::var("CASES").unwrap_or_default();
    let (mut report, mut failed, mut total) = (String::new(), 0, 0);
    for (file, text) in files().expect("the folder of cases") {
        for case in case::read(&file, &text).0.iter().filter(|_| file.contains(&only)) {
            total += 1;
            let wrong = differences(case);
            let gap = gaps.iter().any(|(f, n)| *f == case.file && *n == case.name);
            if gap != wrong.is_empty() {
                continue;
            }
            failed += 1;
            let _ = writeln!(report, "\ntests/extract/{}", case.label());
            if gap {
                report.push_str("    passes now: take it out of known-gaps.txt\n");
            }
            for line in wrong {
                let _ = writeln!(report, "    {line}");
            }
        }
    }
    assert!(failed == 0, "\n{report}\n{failed} of {total} cases differ");
}
