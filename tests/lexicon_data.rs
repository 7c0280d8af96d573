//! The lists of names in `data/lexicon/` are in order: a header, sorted lines, nothing twice.

use std::collections::{BTreeMap, BTreeSet};

const PLACES: &str = include_str!("../data/lexicon/places.txt");
const INDICATORS: &str = include_str!("../data/lexicon/indicators.txt");
const INDUSTRIES: &str = include_str!("../data/lexicon/industries.txt");
const COMPANIES: &str = include_str!("../data/lexicon/companies.txt");
const ORGS: &str = include_str!("../data/lexicon/orgs.txt");

fn lines(text: &str) -> Vec<&str> {
    text.lines().filter(|l| !l.starts_with('#')).collect()
}

#[test]
fn headers_and_order() {
    let files = [
        ("places", PLACES),
        ("indicators", INDICATORS),
        ("industries", INDUSTRIES),
        ("orgs", ORGS),
        ("companies", COMPANIES),
    ];
    for (name, text) in files {
        assert!(text.starts_with("# ") && text.contains("# To add"), "{name}: header");
        let lines = lines(text);
        for pair in lines.windows(2) {
            assert!(pair[0] < pair[1], "{name}: {:?} must stand before {:?}", pair[1], pair[0]);
        }
        for line in lines {
            assert!(!line.trim().is_empty() && !line.ends_with(' '), "{name}: {line:?}");
        }
    }
}

#[test]
fn places_have_a_level_and_a_known_parent() {
    let rows: Vec<Vec<&str>> = lines(PLACES).iter().map(|l| l.split('\t').collect()).collect();
    let names: BTreeSet<&str> = rows.iter().map(|r| r[0]).collect();
    let mut shorts = BTreeMap::new();
    for row in &rows {
        assert_eq!(row.len(), 4, "{row:?}");
        let levels = ["country", "province", "city", "county", "zone", "region", "world"];
        assert!(levels.contains(&row[1]), "{row:?}");
        let rootless = row[1] == "country" || row[1] == "world";
        assert!(if rootless { row[2].is_empty() } else { names.contains(row[2]) }, "parent of {row:?}");
        if row[3].is_empty() {
            continue;
        }
        assert!(row[3].chars().count() > 1, "{row:?}");
        assert!(!names.contains(row[3]), "{row:?}: the short name is another place's name");
        assert_eq!(shorts.insert(row[3], row[0]), None, "{row:?}: the short name stands twice");
    }
    let count = |level: &str| rows.iter().filter(|r| r[1] == level).count();
    assert_eq!((count("country"), count("province")), (1, 34));
    assert!(count("city") >= 333 && count("county") >= 2840);
}

#[test]
fn an_indicator_has_one_line() {
    let mut seen = BTreeMap::new();
    for line in lines(INDICATORS) {
        let (canonical, aliases) = line.split_once('\t').expect("a tab");
        for name in std::iter::once(canonical).chain(aliases.split('、').filter(|a| !a.is_empty())) {
            assert_eq!(seen.insert(name, canonical), None, "{name} stands twice");
        }
    }
    assert_eq!(seen["GDP"], "地区生产总值");
    assert_ne!(seen["财政总收入"], seen["一般公共预算收入"]);
    assert_ne!(seen["省级专精特新企业"], seen["市级专精特新企业"]);
}

#[test]
fn an_ending_has_one_class() {
    let mut seen = BTreeSet::new();
    for line in lines(ORGS) {
        let (ending, class) = line.split_once('\t').expect("a tab");
        assert!(["company", "body", "school", "site", "zone"].contains(&class), "{line:?}");
        assert!(seen.insert(ending), "{line:?}");
    }
}
