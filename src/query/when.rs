//! Periods as people type them → stretches of days.
//!
//! `2021`, `2021年5月`, `2021-05`, `十四五`, `2021上半年`, `2021年一季度` → first and last day

use crate::index::fold::fold;
use crate::index::time::{Days, point};

/// What a typed period asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum When {
    Days(Days),
    /// A period that stands in the dataset in just this form: `R/P1Y`, `P3Y`.
    Form(String),
}

/// Reads a typed period.
pub fn parse(text: &str) -> Option<When> {
    let folded = fold(text);
    let folded: String = folded.chars().filter(|c| !c.is_whitespace()).collect();
    form(&folded).map(When::Form).or_else(|| days(&folded).map(When::Days))
}

/// `每年` → `R/P1Y`, `近3年` → `P3Y`; the dataset's own spelling stays.
fn form(text: &str) -> Option<String> {
    match text {
        "每年" | "年度" => return Some("R/P1Y".into()),
        "每月" => return Some("R/P1M".into()),
        _ => {}
    }
    let upper = text.to_ascii_uppercase();
    if (upper.starts_with('P') || upper.starts_with("R/")) && crate::model::Period::parse(&upper).is_some() {
        return Some(upper);
    }
    let length = text.strip_prefix('近')?;
    let (count, letter) = [("年", 'Y'), ("个月", 'M'), ("天", 'D')]
        .iter()
        .find_map(|&(unit, letter)| Some((length.strip_suffix(unit)?, letter)))?;
    let count: u16 = count.parse().ok()?;
    Some(format!("P{count}{letter}"))
}

fn days(text: &str) -> Option<Days> {
    if let Some(days) = point(text).filter(|_| is_dashed(text)) {
        return Some(days);
    }
    if let Some((from, to)) = text.split_once('/') {
        return Some((days(from)?.0, days(to)?.1));
    }
    if let Some(plan) = five_years(text) {
        return Some(plan);
    }
    let (year, rest) = text.split_at_checked(4)?;
    let year = point(year).filter(|_| year.bytes().all(|b| b.is_ascii_digit()))?.0;
    let months = months(rest.strip_prefix('年').unwrap_or(rest))?;
    let day = |month: i32| year + (month - 1) * 31;
    Some((day(months.0), day(months.1 + 1) - 1))
}

/// `YYYY`, `YYYY-M`, `YYYY-MM-DD`: a year of four digits first.
fn is_dashed(text: &str) -> bool {
    let year = text.split('-').next().unwrap_or("");
    year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit())
}

/// First and last month of what follows a year.
fn months(text: &str) -> Option<(i32, i32)> {
    match text {
        "" => return Some((1, 12)),
        "上半年" | "h1" => return Some((1, 6)),
        "下半年" | "h2" => return Some((7, 12)),
        _ => {}
    }
    let quarter = text.strip_suffix("季度").map(|q| q.strip_prefix('第').unwrap_or(q));
    if let Some(quarter) = quarter.or_else(|| text.strip_prefix('q')) {
        let n = match quarter {
            "1" | "一" => 0,
            "2" | "二" => 1,
            "3" | "三" => 2,
            "4" | "四" => 3,
            _ => return None,
        };
        return Some((n * 3 + 1, n * 3 + 3));
    }
    let text = text.strip_suffix('月')?;
    let (from, to) = text.split_once(['-', '至', '到']).unwrap_or((text, text));
    let month = |text: &str| text.trim_end_matches('月').parse().ok().filter(|m| (1..=12).contains(m));
    Some((month(from)?, month(to)?)).filter(|(from, to)| from <= to)
}

/// 十四五 → 2021 to 2025.
fn five_years(text: &str) -> Option<Days> {
    let number = text.strip_suffix("规划").unwrap_or(text).strip_suffix('五')?;
    let digit = |text: &str| {
        let place = "一二三四五六七八九".chars().position(|c| text.chars().eq([c]))?;
        i32::try_from(place + 1).ok()
    };
    let n = match number.strip_prefix('十') {
        Some("") => 10,
        Some(rest) => 10 + digit(rest)?,
        None => digit(number)?,
    };
    let year = if n <= 2 { 1953 + (n - 1) * 5 } else { 1966 + (n - 3) * 5 };
    Some((point(&year.to_string())?.0, point(&(year + 4).to_string())?.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_periods() {
        for (text, from, to) in [
            ("2021", "2021-01-01", "2021-12-31"),
            ("2021年", "2021-01-01", "2021-12-31"),
            ("２０２１年５月", "2021-05-01", "2021-05-31"),
            ("2021-05", "2021-05-01", "2021-05-31"),
            ("2021-05-08", "2021-05-08", "2021-05-08"),
            ("2022年1-6月", "2022-01-01", "2022-06-31"),
            ("2022上半年", "2022-01-01", "2022-06-31"),
            ("2022年第二季度", "2022-04-01", "2022-06-31"),
            ("2022q4", "2022-10-01", "2022-12-31"),
            ("2022/2025", "2022-01-01", "2025-12-31"),
            ("十四五", "2021-01-01", "2025-12-31"),
            ("十三五规划", "2016-01-01", "2020-12-31"),
        ] {
            let expected = (point(from).unwrap().0, point(to).unwrap().1);
            assert_eq!(parse(text), Some(When::Days(expected)), "{text}");
        }
        assert_eq!(parse("每年"), Some(When::Form("R/P1Y".into())));
        assert_eq!(parse("近3年"), Some(When::Form("P3Y".into())));
        assert_eq!(parse("p3y"), Some(When::Form("P3Y".into())));
        for text in ["", "21", "去年", "2021年13月", "2021年6-1月", "五", "百五", "202", "二〇二一"]
        {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
