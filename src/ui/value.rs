//! A figure's value as a person reads it, in the magnitude the document used.
//!
//! value `43629000000`, unit `元`, quote `436.29亿元` → `436.29 亿元`; at least 210 户 → `≥ 210 户`.

use super::texts::Text;
use super::width::Widths;
use crate::index::FigureRef;
use crate::model::Lang;
use crate::model::{Bound, Decimal, Kind, Period};
use crate::text::visible;

/// The value with its bound, magnitude and unit; the quote where there is no value.
pub fn value(figure: FigureRef<'_>, widths: Widths) -> String {
    let Some(low) = figure.value() else {
        return match (figure.kind(), figure.quote()) {
            (_, "") => "?".to_owned(),
            (_, quote) => visible(quote).into_owned(),
        };
    };
    if figure.kind() == Kind::Rank && figure.unit().is_none() {
        return format!("# {}", plain(low));
    }
    let magnitude = magnitude(figure.quote(), low);
    let mut text = bound(figure.bound(), widths).to_owned();
    text.push_str(&scaled(low, magnitude));
    if let Some(high) = figure.value_high() {
        text.push(if widths == Widths::Narrow { '–' } else { '~' });
        text.push_str(&scaled(high, magnitude));
    }
    let unit = visible(figure.unit().unwrap_or(""));
    if unit.is_empty() && magnitude.is_none() {
        return text;
    }
    text.push(' ');
    text.push_str(magnitude.map_or("", |m| m.0));
    if figure.unit_inferred() {
        text.push('(');
        text.push_str(&unit);
        text.push(')');
    } else {
        text.push_str(&unit);
    }
    text
}

/// A number in the magnitude and unit of a figure; of percentages, in points.
pub(super) fn like(number: Decimal, figure: FigureRef<'_>) -> String {
    let magnitude = magnitude(figure.quote(), number);
    let unit = match figure.unit().unwrap_or("") {
        "%" => "个百分点",
        unit => unit,
    };
    let shown = magnitude.and_then(|(_, n)| number.checked_div(power(n))).unwrap_or(number);
    format!("{} {}{}", plain(shown.round_dp(4)), magnitude.map_or("", |m| m.0), visible(unit))
}

/// Sign of a bound, with a blank after it; nothing for an exact value.
fn bound(bound: Bound, widths: Widths) -> &'static str {
    match (bound, widths) {
        (Bound::Eq, _) => "",
        (Bound::Gt, _) => "> ",
        (Bound::Lt, _) => "< ",
        (Bound::Ge, Widths::Narrow) => "≥ ",
        (Bound::Ge, Widths::Wide) => ">= ",
        (Bound::Le, Widths::Narrow) => "≤ ",
        (Bound::Le, Widths::Wide) => "<= ",
        (Bound::Approx, _) => "~ ",
    }
}

/// A power of ten that Chinese has a word for.
type Magnitude = (&'static str, u32);

/// The magnitude a quote uses: the largest one in it, if the value is then not a tiny fraction; of a bare
/// number (a cell of a table in 亿元), the one between it and the value.
fn magnitude(quote: &str, value: Decimal) -> Option<Magnitude> {
    const WORDS: &[(&str, Magnitude)] = &[
        ("万亿", ("万亿", 12)),
        ("萬億", ("万亿", 12)),
        ("亿", ("亿", 8)),
        ("億", ("亿", 8)),
        ("万", ("万", 4)),
        ("萬", ("万", 4)),
    ];
    if let Ok(bare) = quote.replace(',', "").parse::<Decimal>() {
        let between = |&(_, (_, exponent)): &&(&str, Magnitude)| {
            bare.checked_mul(power(*exponent)).is_some_and(|scaled| scaled.abs() == value.abs())
        };
        return WORDS.iter().find(between).map(|&(_, found)| found).filter(|_| !bare.is_zero());
    }
    let (_, found) = WORDS.iter().find(|(word, _)| quote.contains(word))?;
    let scaled = value.abs().checked_div(power(found.1))?;
    (scaled >= Decimal::new(1, 3)).then_some(*found)
}

pub(super) fn power(exponent: u32) -> Decimal {
    Decimal::from(10_u64.saturating_pow(exponent))
}

fn scaled(value: Decimal, magnitude: Option<Magnitude>) -> String {
    let value = magnitude.and_then(|(_, exponent)| value.checked_div(power(exponent))).unwrap_or(value);
    plain(value)
}

/// The number without trailing zeros.
pub(super) fn plain(value: Decimal) -> String {
    value.normalize().to_string()
}

/// A period in few columns: 每年 for a recurring one, `2022-01/06` within a year.
pub(super) fn period(period: &Period, lang: Lang) -> String {
    let text = period.as_str();
    if text == "R/P1Y" {
        return Text::Yearly.of(lang).to_owned();
    }
    match text.split_once('/') {
        Some((from, to)) if from.len() > 4 && from.get(..5) == to.get(..5) => {
            format!("{from}/{}", to.get(5..).unwrap_or(to))
        }
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::sample;

    #[test]
    fn periods_are_short() {
        let shown = |text: &str| Period::parse(text).map(|p| period(&p, Lang::Zh)).unwrap_or_default();
        assert_eq!(shown("2022-01/2022-06"), "2022-01/06");
        assert_eq!(shown("2022/2025"), "2022/2025");
        assert_eq!(shown("R/P1Y"), "每年");
    }

    #[test]
    fn values_keep_the_documents_magnitude() {
        let index = sample::index();
        let shown = |quote: &str| {
            index.figures().find(|f| f.quote() == quote).map(|f| value(f, Widths::Narrow)).unwrap_or_default()
        };
        assert_eq!(shown("436.29亿元"), "436.29 亿元");
        assert_eq!(shown("210户"), "≥ 210 户");
        assert_eq!(shown("下降2%"), "");
        assert_eq!(shown("2%"), "-2 %");
        assert_eq!(shown("2-3支"), "2–3 支");
        assert_eq!(shown("1.2万亿元"), "~ 1.2 万亿元");
        assert_eq!(shown("20xx余家"), "20xx余家");
        assert_eq!(magnitude("67,665", Decimal::from(6_766_500_000_000_u64)), Some(("亿", 8)));
        assert_eq!(magnitude("5.2", Decimal::from(5_200_000_000_000_u64)), Some(("万亿", 12)));
        assert_eq!(magnitude("1873", Decimal::from(1873)), None);
    }
}
