//! Periods and dates as stretches of days, so that they can be compared.
//!
//! `2021-05` → the days from 2021-05-01 to 2021-05-31 (months counted as 31 days each)

use crate::model::Period;

/// Days in a counted year: twelve months of 31 days. Only order matters.
const YEAR: i32 = 372;
const MONTH: i32 = 31;

/// First and last day, counted from the year 0.
pub type Days = (i32, i32);

/// The days of `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
pub fn point(text: &str) -> Option<Days> {
    let mut parts = text.split('-').map(|part| part.parse::<i32>().ok());
    let year = parts.next()?.filter(|year| (0..=9999).contains(year))?;
    let Some(month) = parts.next() else { return Some((year * YEAR, year * YEAR + YEAR - 1)) };
    let month = year * YEAR + (month.filter(|m| (1..=12).contains(m))? - 1) * MONTH;
    let Some(day) = parts.next() else { return Some((month, month + MONTH - 1)) };
    let day = month + day.filter(|d| (1..=31).contains(d))? - 1;
    Some((day, day))
}

/// The days of a period; a length back from the document's date needs that date, and what
/// recurs has none.
pub fn period(period: &Period, document_date: Option<&str>) -> Option<Days> {
    let text = period.as_str();
    if let Some(length) = text.strip_prefix('P') {
        let unit = match length.chars().next_back()? {
            'Y' => YEAR,
            'M' => MONTH,
            'W' => 7,
            'D' => 1,
            _ => return None,
        };
        let count: i32 = length.get(..length.len() - 1)?.parse().ok()?;
        let (_, end) = point(document_date?)?;
        return Some((end - count * unit + 1, end));
    }
    match text.split_once('/') {
        Some(("R", _)) => None,
        Some((from, to)) => Some((point(from)?.0, point(to)?.1)),
        None => point(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(text: &str, date: Option<&str>) -> Option<Days> {
        period(&Period::parse(text).unwrap(), date)
    }

    #[test]
    fn stretches() {
        let year = point("2021").unwrap();
        assert!(year.0 <= point("2021-05").unwrap().0 && point("2021-12-31").unwrap().1 == year.1);
        assert_eq!(days("2022/2025", None), Some((point("2022").unwrap().0, point("2025").unwrap().1)));
        assert_eq!(days("R/P1Y", Some("2022")), None);
        assert_eq!(days("P3Y", None), None);
        let back = days("P3Y", Some("2022-08-16")).unwrap();
        assert_eq!(back.1, point("2022-08-16").unwrap().1);
        assert!(back.0 > point("2019-08-15").unwrap().1 && back.0 <= point("2019-08-31").unwrap().1);
        assert_eq!(point("二〇二一"), None);
    }
}
