//! When a figure holds.

/// A period as the dataset spells it.
///
/// `2021` · `2021-05` · `2021-05-08` · `2022-01/2022-06` · `2022/2025` · `P3Y` (a length back from the
/// document's date) · `R/P1Y` (recurring every year).
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Period(String);

impl Period {
    /// A period from its spelling; `None` if it is none of the forms above.
    pub fn parse(text: &str) -> Option<Self> {
        let sound = match text.split_once('/') {
            Some(("R", duration)) => is_duration(duration),
            Some((from, to)) => is_point(from) && is_point(to),
            None => is_point(text) || is_duration(text),
        };
        sound.then(|| Self(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// First and last calendar year, if the period is fixed on the calendar.
    pub fn years(&self) -> Option<(i32, i32)> {
        let (from, to) = self.0.split_once('/').unwrap_or((&self.0, &self.0));
        let year = |point: &str| point.get(..4)?.parse().ok();
        Some((year(from)?, year(to)?))
    }
}

impl std::fmt::Display for Period {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
fn is_point(text: &str) -> bool {
    let mut parts = text.split('-');
    let digits = |part: Option<&str>, n: usize| {
        part.is_some_and(|p| p.len() == n && p.bytes().all(|b| b.is_ascii_digit()))
    };
    let within = |part: &str, most: u32| part.parse().is_ok_and(|n: u32| n >= 1 && n <= most);
    if !digits(parts.next(), 4) {
        return false;
    }
    for most in [12, 31] {
        match parts.next() {
            None => return true,
            part if digits(part, 2) && part.is_some_and(|p| within(p, most)) => {}
            Some(_) => return false,
        }
    }
    parts.next().is_none()
}

/// `P` + count + `Y`, `M`, `W` or `D`.
fn is_duration(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('P') else { return false };
    let Some(count) = rest.strip_suffix(['Y', 'M', 'W', 'D']) else { return false };
    !count.is_empty() && count.len() <= 4 && count.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::Period;

    #[test]
    fn spellings() {
        for good in ["2021", "2021-05", "2021-05-08", "2022-01/2022-06", "2022/2025", "P3Y", "R/P1Y", "R/P1M"]
        {
            assert!(Period::parse(good).is_some(), "{good}");
        }
        for bad in [
            "",
            "21",
            "2021-13",
            "2021-00",
            "2021/",
            "/2021",
            "P",
            "PY",
            "R/2021",
            "2021年",
            "2021-1",
            "2021-01-01-01",
        ] {
            assert!(Period::parse(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn years() {
        assert_eq!(Period::parse("2022-01/2023-06").and_then(|p| p.years()), Some((2022, 2023)));
        assert_eq!(Period::parse("P3Y").and_then(|p| p.years()), None);
    }
}
