//! Dates as bylines write them.
//!
//! `2022年8月16日 10:30` → `2022-08-16`

/// The first full date in `text` as `YYYY-MM-DD`, or `YYYY-MM` if no day is given, with the byte after it.
pub(super) fn find(text: &str) -> Option<(String, std::ops::Range<usize>)> {
    let mut before = ' ';
    for (at, ch) in text.char_indices() {
        if is_digit(ch)
            && !is_digit(before)
            && let Some((date, length)) = text.get(at..).and_then(at_start)
        {
            return Some((date, at..at + length));
        }
        before = ch;
    }
    None
}

/// A date given as such, in the spelling of the dataset: `2022-08-16`, `2022-08`, `2022`, `20220816`.
pub(super) fn canonical(text: &str) -> Option<String> {
    let text = text.trim();
    if let Some((date, _)) = find(text) {
        return Some(date);
    }
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let plain = text.chars().all(|c| c.is_ascii_digit() || c == '-');
    match (plain, digits.len(), digits.get(..4), digits.get(4..6), digits.get(6..)) {
        (true, 4, ..) => Some(digits),
        (true, 6, Some(year), Some(month), _) => Some(format!("{year}-{month}")),
        (true, 8, Some(year), Some(month), Some(day)) => Some(format!("{year}-{month}-{day}")),
        _ => None,
    }
}

fn is_digit(ch: char) -> bool {
    digit(ch).is_some()
}

fn digit(ch: char) -> Option<u32> {
    ch.to_digit(10).or(match ch {
        '〇' | '○' | '零' | 'O' => Some(0),
        '一' => Some(1),
        '二' => Some(2),
        '三' => Some(3),
        '四' => Some(4),
        '五' => Some(5),
        '六' => Some(6),
        '七' => Some(7),
        '八' => Some(8),
        '九' => Some(9),
        '十' => Some(10),
        _ => None,
    })
}

/// A date at the start of `text`, and its length in bytes.
fn at_start(text: &str) -> Option<(String, usize)> {
    year_first(text).or_else(|| day_first(text))
}

/// `15.12.2014`, as pages of other countries write it.
fn day_first(text: &str) -> Option<(String, usize)> {
    let (day, rest) = number(text, 2)?;
    let (month, rest) = number(rest.strip_prefix('.')?, 2)?;
    let rest = rest.strip_prefix('.')?;
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let year = rest.get(..4).filter(|_| digits == 4)?.parse::<u32>().ok()?;
    let fits = (1..=31).contains(&day) && (1..=12).contains(&month) && (1900..=2100).contains(&year);
    fits.then(|| (format!("{year:04}-{month:02}-{day:02}"), text.len() - rest.len() + 4))
}

fn year_first(text: &str) -> Option<(String, usize)> {
    let (year, rest) = number(text, 4)?;
    let (mark, rest) = separator(rest)?;
    if !(1900..=2100).contains(&year) {
        return None;
    }
    let (month, rest) = number(rest, 3)?;
    if !(1..=12).contains(&month) {
        return None;
    }
    let day = separator(rest).filter(|(next, _)| if mark == '年' { *next == '月' } else { *next == mark });
    let used = |rest: &str| text.len() - rest.len();
    let whole = day.and_then(|(_, rest)| number(rest, 3)).filter(|(day, _)| (1..=31).contains(day));
    match whole {
        Some((day, rest)) => {
            let rest = rest.strip_prefix('日').or_else(|| rest.strip_prefix(" 日")).unwrap_or(rest);
            Some((format!("{year:04}-{month:02}-{day:02}"), used(rest)))
        }
        None if mark == '年' => {
            let rest = rest.strip_prefix('月')?;
            Some((format!("{year:04}-{month:02}"), used(rest)))
        }
        None => None,
    }
}

fn separator(text: &str) -> Option<(char, &str)> {
    // 2018 年9 月19 日: converted pages set blanks around digits.
    let apart = text.strip_prefix(' ').filter(|rest| rest.starts_with(['年', '月']));
    let text = apart.unwrap_or(text);
    let mark = text.chars().next().filter(|c| matches!(c, '年' | '月' | '-' | '/' | '.'))?;
    Some((mark, text.strip_prefix(mark)?))
}

/// A number of at most `most` characters: `2022`, `二〇二二`, `08`, `十二`.
fn number(text: &str, most: usize) -> Option<(u32, &str)> {
    let text = text.strip_prefix(' ').unwrap_or(text);
    let digits: Vec<u32> = text.chars().map_while(digit).take(most).collect();
    let length: usize = text.chars().take(digits.len()).map(char::len_utf8).sum();
    let value = match digits.as_slice() {
        [] => return None,
        [tens, 10, ones] => tens * 10 + ones,
        [10, ones] => 10 + ones,
        [tens, 10] => tens * 10,
        plain => plain.iter().fold(0, |sum, n| sum * 10 + n),
    };
    let rest = text.get(length..)?;
    Some((value, rest.strip_prefix(' ').unwrap_or(rest)))
}

#[cfg(test)]
mod tests {
    use super::{canonical, find};

    #[test]
    fn dates_of_a_column() {
        for (text, date) in [
            ("2022-08-16 10:00:00", Some("2022-08-16")),
            ("20220816", Some("2022-08-16")),
            ("2022-08", Some("2022-08")),
            ("2022", Some("2022")),
            ("去年", None),
        ] {
            assert_eq!(canonical(text).as_deref(), date, "{text}");
        }
    }

    #[test]
    fn dates() {
        for (text, date) in [
            ("发布时间:2022-08-16", "2022-08-16"),
            ("2026年02月10日 07时41分", "2026-02-10"),
            ("2021/3/5 09:00", "2021-03-05"),
            ("(2019.12.31)", "2019-12-31"),
            ("二〇二三年十二月二十一日", "2023-12-21"),
            ("二○一二年三月十日", "2012-03-10"),
            ("2020 年 6 月 1 日", "2020-06-01"),
            ("2020年6月", "2020-06"),
            ("15.12.2014  17:22", "2014-12-15"),
        ] {
            assert_eq!(find(text).map(|(found, _)| found).as_deref(), Some(date), "{text}");
        }
        for text in
            ["1月27日", "2022年", "32022-08-16", "2022-13-01", "2022-2025年", "0431-8888-1234", "2022-08"]
        {
            assert_eq!(find(text), None, "{text}");
        }
    }
}
