//! The key is sound, and the scorer says of made-up figures what it should.

use std::collections::BTreeMap;

use zhibiao::model::{Bound, Figure, Kind, Period, Status};
use zhibiao::text::RawSpan;

use crate::scoring::key::{self, Entry, Sort};
use crate::scoring::names::{same_base, same_indicator, same_subject};
use crate::scoring::run::Corpus;
use crate::scoring::score::{FIELDS, Outcome, Report, STRICT, Tally, score};

/// Two documents and what is in them: six required figures, an optional one, two traps.
const RAW: [(&str, &str); 2] = [
    ("a.txt", "2021年,甲区规上工业总产值100亿元,同比增长5%;新增企业80余户,其中小企业16户。第3批,四个单位。"),
    ("b.txt", "到2025年,丙县建成2-3支基金,10个园区,其中10个在城区。(责任单位:发改局、工信局)"),
];

const KEY: &str = r#"
{"doc":"a.txt","quote":"100亿元","value":"10000000000","unit":"元","kind":"level","indicator":["规模以上工业总产值"],"subject":["甲区"],"period":"2021","status":"actual"}
{"doc":"a.txt","quote":"5%","value":"5","unit":"%","kind":"growth","indicator":["规模以上工业总产值","工业总产值"],"subject":["甲区"],"period":"2021","status":"actual","of":"yoy"}
{"doc":"a.txt","quote":"80余户","value":"80","unit":"户","bound":"gt","kind":"change","indicator":["企业"],"subject":["甲区"],"period":"2021","status":"actual"}
{"doc":"a.txt","quote":"16户","value":"16","unit":"户","kind":["level","change"],"indicator":["小企业"],"subject":["甲区",null],"period":"2021","status":"actual","parent":"80余户#1"}
{"doc":"a.txt","quote":"四个","value":"4","unit":"个","kind":"level","indicator":["单位"],"subject":[],"period":null,"status":"actual","optional":true}
{"doc":"a.txt","quote":"第3批","trap":"ordinal"}
{"doc":"b.txt","quote":"2-3支","value":"2","value_high":"3","unit":"支","kind":"level","indicator":["基金"],"subject":["丙县"],"period":"2025","status":"target"}
{"doc":"b.txt","quote":"10个","nth":2,"value":"10","unit":"个","kind":"level","indicator":["园区"],"subject":[],"period":null,"status":"target","parent":"10个#1","owners":["工信局","发改局"]}
{"doc":"b.txt","quote":"2025年","trap":"date"}
"#;

type Figures = BTreeMap<String, Vec<Figure>>;

fn made_up() -> Result<BTreeMap<String, Vec<Entry>>, String> {
    let raws = RAW.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    key::read(KEY, &raws)
}

/// The first answer, the best one.
fn best(answers: &key::Answers) -> Option<&str> {
    answers.0.first()?.as_deref()
}

/// A figure that says exactly what an entry says.
fn echo(entry: &Entry) -> Figure {
    Figure {
        raw: entry.raw,
        quote: entry.quote.clone(),
        value: entry.value,
        value_high: entry.value_high,
        unit: best(&entry.unit).map(str::to_owned),
        unit_inferred: entry.unit_inferred,
        bound: best(&entry.bound).and_then(Bound::parse).unwrap_or(Bound::Eq),
        kind: best(&entry.kind).and_then(Kind::parse).unwrap_or(Kind::Level),
        indicator: best(&entry.indicator).unwrap_or_default().to_owned(),
        subject: best(&entry.subject).map(str::to_owned),
        period: best(&entry.period).and_then(Period::parse),
        status: best(&entry.status).and_then(Status::parse).unwrap_or(Status::Actual),
        of: best(&entry.of).map(str::to_owned),
        parent: entry.parent,
        owners: entry.owners.clone(),
        confidence: 1.0,
        ..Figure::default()
    }
}

fn echoes(key: &BTreeMap<String, Vec<Entry>>, sort: Sort) -> Figures {
    let of = |entries: &[Entry]| entries.iter().filter(|e| e.sort == sort).map(echo).collect();
    key.iter().map(|(name, entries)| (name.clone(), of(entries))).collect()
}

/// The report after a change to the made-up figures.
fn changed(change: impl Fn(&mut Figures)) -> Result<Report, String> {
    let key = made_up()?;
    let mut figures = echoes(&key, Sort::Required);
    change(&mut figures);
    Ok(score(&key, &figures))
}

/// The same for one figure: a document and its place in the key.
fn altered(name: &str, n: usize, change: impl Fn(&mut Figure)) -> Result<Tally, String> {
    Ok(changed(|figures| change(&mut figures.get_mut(name).expect("it is there")[n]))?.overall)
}

/// The fields that are not right in all figures found.
fn wrong(tally: &Tally) -> Vec<&'static str> {
    (0..FIELDS.len()).filter(|n| tally.right[*n] < tally.matched).map(|n| FIELDS[n]).collect()
}

#[test]
fn the_key_speaks_the_codes_of_the_program() -> Result<(), String> {
    let known =
        |answers: &key::Answers, knows: &dyn Fn(&str) -> bool| answers.0.iter().flatten().all(|a| knows(a));
    for (document, entries) in Corpus::bundled()?.key {
        for entry in entries.iter().filter(|e| e.sort != Sort::Trap) {
            let place = format!("{document}: {} at {}", entry.quote, entry.raw.start);
            assert!(known(&entry.bound, &|a| Bound::parse(a).is_some()), "bound of {place}");
            assert!(known(&entry.kind, &|a| Kind::parse(a).is_some()), "kind of {place}");
            assert!(known(&entry.status, &|a| Status::parse(a).is_some()), "status of {place}");
            assert!(known(&entry.period, &|a| Period::parse(a).is_some()), "period of {place}");
            assert!(best(&entry.indicator).is_some(), "no indicator of {place}");
            assert!(entry.value_high.is_none() || entry.value < entry.value_high, "range of {place}");
        }
    }
    Ok(())
}

#[test]
fn no_place_of_the_key_is_stated_twice() -> Result<(), String> {
    for (document, mut entries) in Corpus::bundled()?.key {
        entries.sort_by_key(|e| (e.raw, e.sort != Sort::Trap));
        for pair in entries.windows(2).filter(|p| p[0].sort != Sort::Trap && p[1].sort != Sort::Trap) {
            assert!(
                pair[0].raw.end <= pair[1].raw.start,
                "{document}: {} and {}",
                pair[0].quote,
                pair[1].quote
            );
        }
    }
    Ok(())
}

#[test]
fn the_key_itself_scores_one() -> Result<(), String> {
    let key = Corpus::bundled()?.key;
    let overall = score(&key, &echoes(&key, Sort::Required)).overall;
    assert!(overall.required > 400);
    assert_eq!((overall.matched, overall.predicted), (overall.required, overall.required));
    assert_eq!((overall.strict, overall.span_exact), (overall.required, overall.required));
    assert_eq!(wrong(&overall), Vec::<&str>::new());
    Ok(())
}

#[test]
fn nothing_found_is_nothing_right() -> Result<(), String> {
    let report = changed(Figures::clear)?;
    assert_eq!((report.overall.required, report.overall.optional, report.overall.traps), (6, 1, 2));
    assert_eq!((report.overall.matched, report.overall.predicted, report.errors.len()), (0, 0, 6));
    assert!(report.overall.detection().f1 < 1e-9);
    Ok(())
}

#[test]
fn traps_and_second_figures_lower_precision() -> Result<(), String> {
    let report = changed(|figures| {
        let of_a = figures.get_mut("a.txt").expect("it is there");
        let start = RAW[0].1.chars().position(|c| c == '批').expect("it is there") - 1;
        of_a.push(Figure { raw: RawSpan { start, end: start + 2 }, ..of_a[0].clone() });
        of_a.push(of_a[0].clone());
    })?;
    let rates = report.overall.detection();
    assert!((rates.precision - 6.0 / 8.0).abs() < 1e-9 && (rates.recall - 1.0).abs() < 1e-9);
    assert_eq!(report.overall.trap_hits, 1);
    assert_eq!(report.outcomes["a.txt"][4..], [Outcome::Trap, Outcome::Wrong]);
    Ok(())
}

#[test]
fn optional_figures_count_neither_way() -> Result<(), String> {
    let key = made_up()?;
    let overall = score(&key, &echoes(&key, Sort::Optional)).overall;
    assert_eq!((overall.predicted, overall.ignored), (0, 1));
    Ok(())
}

#[test]
fn the_better_overlap_and_then_the_equal_value_wins() -> Result<(), String> {
    let halves = changed(|figures| {
        let of_b = figures.get_mut("b.txt").expect("it is there");
        let whole = of_b[0].clone();
        of_b[0].raw.end = whole.raw.start + 1;
        of_b.push(Figure { raw: RawSpan { start: whole.raw.start + 2, ..whole.raw }, ..whole });
    })?;
    assert_eq!(halves.outcomes["b.txt"][0], Outcome::Wrong);
    let equal = changed(|figures| {
        let of_a = figures.get_mut("a.txt").expect("it is there");
        of_a.insert(0, Figure { value: None, ..of_a[0].clone() });
    })?;
    assert_eq!(equal.outcomes["a.txt"][0], Outcome::Wrong);
    assert_eq!(equal.overall.strict, 6);
    Ok(())
}

#[test]
fn each_field_is_compared() -> Result<(), String> {
    assert_eq!(wrong(&altered("a.txt", 0, |f| f.value = None)?), ["value"]);
    assert_eq!(wrong(&altered("b.txt", 0, |f| f.value_high = None)?), ["value"]);
    assert_eq!(wrong(&altered("a.txt", 0, |f| f.unit = None)?), ["unit"]);
    assert_eq!(wrong(&altered("a.txt", 2, |f| f.bound = Bound::Eq)?), ["bound"]);
    assert_eq!(wrong(&altered("a.txt", 3, |f| f.kind = Kind::Rate)?), ["kind"]);
    assert_eq!(wrong(&altered("a.txt", 0, |f| f.indicator = "工业增加值".into())?), ["indicator"]);
    assert_eq!(wrong(&altered("a.txt", 0, |f| f.subject = None)?), ["subject"]);
    assert_eq!(wrong(&altered("b.txt", 1, |f| f.subject = Some("丙县".into()))?), ["subject"]);
    assert_eq!(wrong(&altered("a.txt", 0, |f| f.period = None)?), ["period"]);
    assert_eq!(wrong(&altered("b.txt", 0, |f| f.status = Status::Actual)?), ["status"]);
    assert_eq!(wrong(&altered("a.txt", 1, |f| f.of = None)?), ["of"]);
    assert_eq!(wrong(&altered("a.txt", 3, |f| f.parent = None)?), ["parent"]);
    assert_eq!(wrong(&altered("b.txt", 1, |f| f.owners.truncate(1))?), ["owners"]);
    assert_eq!(wrong(&altered("b.txt", 1, |f| f.unit_inferred = true)?), ["unit_inferred"]);
    assert_eq!(altered("a.txt", 1, |f| f.of = None)?.strict, 6, "only the first {STRICT} fields are strict");
    assert_eq!(altered("a.txt", 0, |f| f.period = None)?.strict, 5);
    Ok(())
}

#[test]
fn every_accepted_answer_is_right() -> Result<(), String> {
    for change in [
        (|f| f.kind = Kind::Change) as fn(&mut Figure),
        |f| f.subject = None,
        |f| f.subject = Some("“甲”区".into()),
        |f| f.unit = Some(" 戶".into()),
        |f| f.indicator = "小企业数".into(),
    ] {
        assert_eq!(wrong(&altered("a.txt", 3, change)?), Vec::<&str>::new());
    }
    Ok(())
}

#[test]
fn names_are_compared_leniently_but_not_blindly() {
    for (a, b) in [
        ("规上工业总产值", "“规模以上工业”的总产值"),
        ("GDP", "国内生产总值"),
        ("gdp", "地区生产总值"),
        ("高企", "高新技术企业数量"),
        ("省级专精特新企业", "省级“专精特新”的企业"),
    ] {
        assert!(same_indicator(a, b), "{a} is {b}");
    }
    for (a, b) in [
        ("省级专精特新企业", "市级专精特新企业"),
        ("数字经济企业", "数字经济企业产值"),
        ("市级以上研发机构", "市级研发机构"),
        ("高企业", "高新技术企业业"),
    ] {
        assert!(!same_indicator(a, b), "{a} is not {b}");
    }
    assert!(
        same_subject("甲乙市", "甲乙") && same_subject("甲乙高新区", "甲乙高新") && !same_subject("甲", "乙")
    );
    assert!(!same_subject("甲区", "甲"), "a name of one character keeps its 区");
    assert!(same_base("十二五末", "“十二五”末期") && !same_base("yoy", "avg") && same_base("yoy", "yoy"));
}

#[test]
fn occurrences_may_overlap() {
    assert_eq!(key::find("一一一", "一一", 2), Some(RawSpan { start: 1, end: 3 }));
    assert_eq!(key::find("一一一", "一一", 3), None);
    assert_eq!(key::find("一", "", 1), None);
    assert_eq!(key::find("一", "一", 0), None);
}
