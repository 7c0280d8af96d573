//! When a figure holds: stated, carried from before, or given by section and document.

use crate::extract::scope::{Scope, SectionScope};
use crate::extract::time::{Governs, TimeExpr};
use crate::text::CleanSpan;

/// A period that later sentences of a paragraph may carry on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Carried {
    pub period: Option<String>,
}

/// The period of a quantity that starts at `at`, with the rule and how sure it is.
///
/// `clause` is where the quantity stands and `previous` where the quantity before it ends.
pub fn period(
    times: &[TimeExpr],
    at: usize,
    clause: CleanSpan,
    previous: Option<usize>,
    carried: &Carried,
    scope: &Scope,
    section: &SectionScope,
) -> (Option<String>, &'static str, f64) {
    // 全年 inside a paragraph that spoke of five years means the section's year, else the last of them.
    let told = carried.period.clone().filter(|p| !p.contains('/') || section.period.is_none());
    let told = told.map(|p| p.rsplit('/').next().unwrap_or(&p).to_owned()).filter(|p| !p.starts_with('P'));
    let mut base_year = told.or_else(|| section.period.clone()).or_else(|| scope.annual.clone());
    for (n, e) in times.iter().enumerate().rev() {
        if e.span.end > at {
            continue;
        }
        let reaches = match e.governs {
            Governs::Sentence => true,
            Governs::Clause => clause.contains(e.span),
            Governs::Figure => previous.is_none_or(|p| p <= e.span.start) && clause.contains(e.span),
            Governs::Base | Governs::Event => false,
        };
        if !reaches {
            continue;
        }
        if let Some(part) = e.relative_year {
            if part == "month" && e.period.is_some() && base_year.as_deref().is_none_or(|y| y.len() != 4) {
                return (e.period.clone(), "a month of the document's year", 0.95);
            }
            let earlier = times
                .iter()
                .take(n)
                .rev()
                .find(|t| t.calendar && t.governs == Governs::Sentence)
                .and_then(|t| t.period.clone());
            base_year = earlier.or(base_year);
            return in_year(part, e, base_year.as_deref().and_then(|y| y.get(..4)), scope);
        }
        return (e.period.clone(), e.rule, 1.0);
    }
    if let Some(period) = &carried.period {
        return (Some(period.clone()), "carried from the sentence before", 0.93);
    }
    if let Some(period) = &section.period {
        return (Some(period.clone()), "the section's heading", 0.97);
    }
    (None, "the text does not say", 0.9)
}

/// 全年, 上半年, 9月 of the year that governs.
fn in_year(
    part: &str,
    e: &TimeExpr,
    year: Option<&str>,
    scope: &Scope,
) -> (Option<String>, &'static str, f64) {
    let known = year
        .map(str::to_owned)
        .or_else(|| scope.annual.clone())
        .or_else(|| scope.calendar.year.map(|y| y.to_string()));
    let Some(year) = known else { return (None, "a part of an unknown year", 0.9) };
    if part == "month" {
        let months = e.period.as_deref().map(|p| {
            p.split('/')
                .filter_map(|m| m.get(4..))
                .map(|m| format!("{year}{m}"))
                .collect::<Vec<_>>()
                .join("/")
        });
        return (months.or(Some(year)), "a month of the governing year", 0.95);
    }
    if part.is_empty() {
        return (Some(year), "the governing year", 0.97);
    }
    let period = part.split('/').map(|p| format!("{year}{p}")).collect::<Vec<_>>().join("/");
    (Some(period), "a part of the governing year", 0.97)
}
