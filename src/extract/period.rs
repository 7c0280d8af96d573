//! When a figure holds: stated, carried from before, or given by section and document.

use crate::extract::scope::{Genre, Scope, SectionScope};
use crate::extract::time::{Governs, TimeExpr};
use crate::extract::time_reach;
use crate::extract::time_words::{ENDED, REPORTED};
use crate::text::CleanSpan;

/// A period that later sentences of a paragraph may carry on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Carried {
    pub period: Option<String>,
}

/// The period of a quantity that starts at `at`, with the rule and how sure it is.
///
/// `clause` is where the quantity stands and `previous` where the quantity before it ends.
#[expect(clippy::too_many_arguments, reason = "all that bears on a period")]
pub fn period(
    text: &str,
    times: &[TimeExpr],
    at: usize,
    clause: CleanSpan,
    previous: Option<usize>,
    carried: &Carried,
    scope: &Scope,
    section: &SectionScope,
) -> (Option<String>, &'static str, f64) {
    let spoken = carried.period.is_some()
        || section.period.is_some()
        || times.iter().any(|t| t.calendar && t.governs == Governs::Sentence && t.span.end <= at);
    let reaches = |e: &TimeExpr| {
        e.span.end <= at
            && !is_aside(e, text, at)
            // 年度投资 is that of the year spoken of; in a policy it only says of what sort the amount is.
            && !(e.rule == "a year's" && (scope.genre == Genre::Policy || spoken))
            && match e.governs {
                Governs::Sentence => true,
                Governs::Clause => clause.contains(e.span),
                Governs::Figure => previous.is_none_or(|p| p <= e.span.start) && clause.contains(e.span),
                Governs::Base | Governs::Event => false,
            }
    };
    if let Some(n) = times.iter().rposition(reaches) {
        return resolve(times, n, carried, scope, section);
    }
    // 1997年…。|预计总产量超过…: what is expected is of the time of writing.
    let behind =
        carried.period.as_deref().and_then(|p| p.get(..4)?.parse::<i32>().ok()) < scope.calendar.year;
    if scope.genre == Genre::Report
        && section.period.is_none()
        && behind
        && text.get(clause.start..at).is_some_and(|lead| lead.starts_with("预计"))
    {
        return (scope.calendar.year.map(|y| y.to_string()), "the document's year", 0.9);
    }
    if let Some(period) = &carried.period {
        return (Some(period.clone()), "carried from the sentence before", 0.93);
    }
    if let Some(period) = &section.period {
        return (Some(period.clone()), "the section's heading", 0.97);
    }
    (None, "the text does not say", 0.9)
}

/// What the `n`th expression of a sentence stands for.
fn resolve(
    times: &[TimeExpr],
    n: usize,
    carried: &Carried,
    scope: &Scope,
    section: &SectionScope,
) -> (Option<String>, &'static str, f64) {
    let Some(e) = times.get(n) else { return (None, "the text does not say", 0.9) };
    let Some(part) = e.relative_year else { return (e.period.clone(), e.rule, 1.0) };
    // 全年 inside a paragraph that spoke of five years means the section's year, else the last of them.
    let told = carried.period.clone().filter(|p| !p.contains('/') || section.period.is_none());
    let ahead = |p: &String| {
        p.contains('/') && p.get(p.len() - 4..).and_then(|y| y.parse::<i32>().ok()) > scope.calendar.year
    };
    let told = told.filter(|p| scope.calendar.year.is_none() || !ahead(p));
    let told = told.map(|p| p.rsplit('/').next().unwrap_or(&p).to_owned()).filter(|p| !p.starts_with('P'));
    // 全年 in a review of five years is the last of them.
    let reviewed = section.period.as_deref().map(|p| p.rsplit('/').next().unwrap_or(p).to_owned());
    let known = told.or(reviewed).or_else(|| scope.annual.clone());
    if part == "month" && e.period.is_some() && known.as_deref().and_then(|y| y.get(..4)).is_none() {
        let dated = e.period.clone().filter(|_| e.calendar);
        return (dated, "a month of the document's year", 0.95);
    }
    let earlier = times
        .iter()
        .take(n)
        .rev()
        .find(|t| t.calendar && t.governs != Governs::Base && t.relative_year.is_none())
        .and_then(|t| t.period.clone());
    if part == REPORTED {
        let whole = scope.annual.clone().or_else(|| scope.titled.clone());
        return (earlier.or(whole).or(known), "the time reported on", 0.95);
    }
    let year = earlier.or(known);
    in_year(part, e, year.as_deref().and_then(|y| y.get(..4)), scope)
}

/// What a sentence leaves to the ones after it: the time that last governed it. A day or the end of a
/// month dates its own sentence only and leaves what was carried.
pub fn carry(
    end: usize,
    times: &[TimeExpr],
    text: &str,
    carried: &Carried,
    scope: &Scope,
    section: &SectionScope,
) -> Carried {
    let lasting = |e: &TimeExpr| {
        e.governs == Governs::Sentence
            && e.rule != "since then"
            && !is_point(e, text)
            && !paired(e, text)
            && !is_aside(e, text, end)
            && !beyond(e, scope, section)
    };
    let Some(n) = times.iter().rposition(lasting) else { return carried.clone() };
    let fleeting =
        times.get(n).is_none_or(|e| ["date", "decade", "present", "indefinite time"].contains(&e.rule));
    let (period, ..) = resolve(times, n, carried, scope, section);
    let period = period.filter(|p| !fleeting && p.starts_with(|c: char| c.is_ascii_digit()));
    Carried { period }
}

/// 2028年建成, told by the way in what a yearly report plans for its own year.
fn beyond(e: &TimeExpr, scope: &Scope, section: &SectionScope) -> bool {
    let year = |p: Option<&str>| p.filter(|p| p.len() == 4).and_then(|y| y.parse::<i32>().ok());
    let planned = year(section.period.as_deref()).filter(|y| scope.yearly == Some(*y));
    planned.is_some() && year(e.period.as_deref()) > planned
}

/// (9月份上涨6.2%): a time in brackets that closed before `at`.
fn is_aside(e: &TimeExpr, text: &str, at: usize) -> bool {
    let mut open = 0;
    text.get(e.span.end..at).unwrap_or("").chars().any(|c| {
        open += i32::from("（(".contains(c)) - i32::from("）)".contains(c));
        open < 0
    })
}

/// 2015年的49.5%: the year stands with its number.
fn paired(e: &TimeExpr, text: &str) -> bool {
    time_reach::dates_a_number(text.get(e.span.end..).unwrap_or(""))
}

/// 7月10日, 9月末, 年底, 3月: a point or a month told by the way.
fn is_point(e: &TimeExpr, text: &str) -> bool {
    let words = e.span.of(text);
    words.ends_with(['日', '号']) && e.period.as_ref().is_none_or(|p| p.len() > 4)
        || e.relative_year.is_some()
            && (words.ends_with(['末', '底', '初', '前', '日', '号'])
                || words.ends_with('月') && !e.period.as_deref().is_some_and(|p| p.contains('/')))
}

/// 全年, 上半年, 9月 of the year that governs.
fn in_year(
    part: &str,
    e: &TimeExpr,
    year: Option<&str>,
    scope: &Scope,
) -> (Option<String>, &'static str, f64) {
    let titled = scope.titled.clone().filter(|t| t.parse::<i32>().ok() < scope.calendar.year);
    let known = year.map(str::to_owned).or_else(|| scope.annual.clone()).or(titled).or_else(|| {
        let ended = part == ENDED && scope.genre == Genre::Report && scope.yearly.is_none();
        scope.calendar.year.map(|y| (y - i32::from(ended)).to_string())
    });
    let part = if part == ENDED { "" } else { part };
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
