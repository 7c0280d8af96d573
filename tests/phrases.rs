//! What the numbers of some nine hundred ordinary phrases are (`tests/phrases.txt`), and properties of every
//! text: no panic, spans in place, numerals read back.

use proptest::prelude::*;
use zhibiao::extract::number;
use zhibiao::extract::quantity::{Quantity, numbers, with_unit};
use zhibiao::model::Decimal;
use zhibiao::text::CleanSpan;

const PHRASES: &str = include_str!("phrases.txt");

fn whole(text: &str) -> CleanSpan {
    CleanSpan::new(0, text.len())
}

fn spell(quantity: &Quantity) -> String {
    let number = |value: Option<Decimal>| value.map_or_else(|| "-".to_owned(), |v| v.to_string());
    let high = quantity.value_high.map(|high| format!("..{high}")).unwrap_or_default();
    let unit = quantity.unit.as_deref().unwrap_or("-");
    format!("{}{high} {unit} {}", number(quantity.value), quantity.bound)
}

#[test]
fn ordinary_phrases() {
    let (mut figures, mut none, mut wrong) = (0, 0, Vec::new());
    for line in PHRASES.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        let (phrase, expected) = line.split_once('\t').unwrap_or_else(|| panic!("no tab: {line}"));
        let found = numbers(phrase, whole(phrase));
        let certain: Vec<_> = found.quantities.iter().filter(|q| !q.vague).map(spell).collect();
        let said = if certain.is_empty() { "-".to_owned() } else { certain.join(" ; ") };
        if expected == "-" {
            none += 1;
        } else {
            figures += 1;
        }
        if said != expected {
            wrong.push(format!("{phrase}: expected {expected}, found {said}"));
        }
    }
    assert!(figures >= 480 && none >= 400, "{figures} phrases with figures, {none} without");
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_quote_ends_where_its_unit_ends_and_the_outer_span_holds_the_bounds() {
    let text = "全年服务企业不少于50家以上，增长约３％";
    let text = text.replace('３', "3").replace('％', "%");
    let found = numbers(&text, whole(&text));
    let spans: Vec<_> = found.quantities.iter().map(|q| (q.span.of(&text), q.outer.of(&text))).collect();
    assert_eq!(spans, [("50家", "不少于50家以上"), ("3%", "约3%")]);
}

#[test]
fn only_the_line_under_the_span_is_read() {
    let text = "第一行5家\n第二行超过8家\n9家";
    let start = text.find("第二").unwrap();
    let end = text.rfind('\n').unwrap();
    let found = numbers(text, CleanSpan::new(start, end));
    assert_eq!(found.quantities.iter().map(|q| q.span.of(text)).collect::<Vec<_>>(), ["8家"]);
}

#[test]
fn a_bare_number_takes_the_unit_of_a_tables_head() {
    let text = "工业产值\t428.6\t-2.3";
    let found = numbers(text, whole(text));
    let bare: Vec<_> = found.others.iter().map(|other| other.span).collect();
    let read = |n: usize, unit: &str| with_unit(text, bare[n], unit).map(|q| spell(&q));
    assert_eq!(read(0, "亿元").as_deref(), Some("42860000000 元 eq"));
    assert_eq!(read(0, "单位：万吨").as_deref(), Some("4286000 吨 eq"));
    assert_eq!(read(1, "%").as_deref(), Some("-2.3 % eq"));
    assert_eq!(read(0, "指标"), None);
}

const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/// A group of four digits in Chinese numerals: 1050 → 一千零五十.
fn group(n: usize, text: &mut String) {
    let mut zero = false;
    for (unit, name) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
        let digit = n / unit % 10;
        if digit == 0 {
            zero = n >= unit && !n.is_multiple_of(unit);
            continue;
        }
        if zero {
            text.push('零');
            zero = false;
        }
        text.push(DIGITS[digit]);
        text.push_str(name);
    }
}

/// A whole number below 10^16 in Chinese numerals.
fn chinese(n: usize) -> String {
    let mut text = String::new();
    let mut gap = false;
    for (unit, name) in [(1_0000_0000_0000, "万"), (1_0000_0000, "亿"), (1_0000, "万"), (1, "")] {
        let part = n / unit % 1_0000;
        if part == 0 {
            if unit == 1_0000_0000 && n >= 1_0000_0000_0000 {
                text.push_str(name);
            }
            gap |= !text.is_empty();
            continue;
        }
        if !text.is_empty() && (gap || part < 1000) {
            text.push('零');
        }
        gap = false;
        group(part, &mut text);
        text.push_str(name);
    }
    text
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_chinese_numeral_is_read_back(n in 1_usize..10_000_000_000_000_000) {
        let text = chinese(n);
        prop_assert_eq!(number::parse(&text), Some(Decimal::from(n)), "{}", text);
    }

    #[test]
    fn an_arabic_numeral_is_read_back(n in 0_i64..1_000_000_000_000, places in 0_u32..5) {
        let value = Decimal::new(n, places);
        prop_assert_eq!(number::parse(&value.to_string()).map(|v| v.normalize()), Some(value.normalize()));
    }

    #[test]
    fn any_text_is_read_without_panic_and_spans_fit(
        text in "[0-9一二三四五六七八九十百千万亿零○几数余多来年月日时分第约近超不以上下内%元个家户人项条倍成级大之和、，。：:./+\\-—～（）()“”xXlO GmA至到从每]{0,40}"
    ) {
        check(&text)?;
    }

    #[test]
    fn any_characters_at_all(text in any::<String>()) {
        check(&text)?;
    }
}

fn check(text: &str) -> Result<(), TestCaseError> {
    let found = numbers(text, whole(text));
    let mut spans: Vec<CleanSpan> = found.quantities.iter().map(|q| q.span).collect();
    for quantity in &found.quantities {
        prop_assert!(!quantity.span.of(text).is_empty(), "{:?} in {text:?}", quantity.span);
        prop_assert!(text.get(quantity.outer.start..quantity.outer.end).is_some());
        prop_assert!(quantity.outer.contains(quantity.span), "{quantity:?} in {text:?}");
    }
    for other in &found.others {
        prop_assert!(!other.span.of(text).is_empty(), "{other:?} in {text:?}");
    }
    spans.sort();
    for pair in spans.windows(2) {
        prop_assert!(!pair[0].overlaps(pair[1]), "{pair:?} in {text:?}");
    }
    Ok(())
}
