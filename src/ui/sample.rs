//! A small dataset in code: what the tests of the explorer look at.

use crate::dataset::Dataset;
use crate::index::Index;
use crate::model::{
    Bound, Decimal, Document, Field, Figure, Kind, Period, Reason, Rejected, Section, Status, Trace,
};
use crate::text::{CleanSpan, RawSpan, SourceMap};

/// One figure in a line: quote, value, unit, bound, kind, indicator, subject, period, status.
type Row =
    (&'static str, &'static str, &'static str, Bound, Kind, &'static str, &'static str, &'static str, Status);

use Bound::{Approx, Eq, Ge};
use Kind::{Change, Growth, Level, Rate};
use Status::{Actual, Rule, Target};

/// Three made-up documents.
pub(crate) fn dataset() -> Dataset {
    Dataset { generator: "sample".to_owned(), documents: vec![review(), plan(), interview()] }
}

/// The same, indexed.
pub(crate) fn index() -> Index {
    Index::new(dataset())
}

fn review() -> Document {
    document(
        "review.txt",
        "净月高新区十年回望",
        "2022-08-16",
        &[
            "净月高新区十年回望",
            "一、经济总量",
            "回望这十年，净月高新区把“绿色”写进了每一张图纸。2021年，全区实现地区生产总值436.29亿元，\
             比上年增长6.7%；规模以上工业总产值突破120亿元。",
            "二、创新主体",
            "全区高新技术企业已有300户，“专精特新”企业80余户，其中国家级“小巨人”16户。\
             一年里，新培育科技型企业200户，问题解决率保持在96.4%。",
            "站在新的起点上，全区力争到2025年经济总量约1.2万亿元，单位能耗下降2%。",
        ],
        &[
            ("436.29亿元", "43629000000", "元", Eq, Level, "地区生产总值", "净月高新区", "2021", Actual),
            ("6.7%", "6.7", "%", Eq, Growth, "地区生产总值", "净月高新区", "2021", Actual),
            (
                "120亿元",
                "12000000000",
                "元",
                Bound::Gt,
                Level,
                "规模以上工业总产值",
                "净月高新区",
                "2021",
                Actual,
            ),
            ("300户", "300", "户", Eq, Level, "高新技术企业", "净月高新区", "2022-08-16", Actual),
            ("80余户", "80", "户", Bound::Gt, Level, "专精特新企业", "净月高新区", "2022-08-16", Actual),
            ("16户", "16", "户", Eq, Level, "国家级专精特新小巨人企业", "净月高新区", "2022-08-16", Actual),
            ("200户", "200", "户", Eq, Change, "科技型企业", "净月高新区", "2022", Actual),
            ("96.4%", "96.4", "%", Eq, Rate, "问题解决率", "净月高新区", "2022", Actual),
            ("1.2万亿元", "1200000000000", "元", Approx, Level, "经济总量", "净月高新区", "2025", Target),
            ("2%", "-2", "%", Eq, Growth, "单位能耗", "净月高新区", "2025", Target),
        ],
    )
}

fn plan() -> Document {
    document(
        "plan.txt",
        "长春新区“专精特新”三年行动",
        "2022-03-01",
        &[
            "长春新区“专精特新”三年行动",
            "到今年年底，力争使高新技术企业达到800户以上、“专精特新”企业达到210户以上。",
            "对新认定的企业，按投资额的10%给予补助，最高不超过1000万元。每年组织对接活动4场以上，设立基金2-3支。",
        ],
        &[
            ("800户", "800", "户", Ge, Level, "高新技术企业", "长春新区", "2022", Target),
            ("210户", "210", "户", Ge, Level, "专精特新企业", "长春新区", "2022", Target),
            ("10%", "10", "%", Eq, Rate, "投资补助", "长春新区", "", Rule),
            ("1000万元", "10000000", "元", Bound::Le, Level, "投资补助", "长春新区", "", Rule),
            ("4场", "4", "场", Ge, Level, "对接活动", "长春新区", "R/P1Y", Target),
            ("2-3支", "2..3", "支", Eq, Level, "基金", "长春新区", "2022/2025", Target),
        ],
    )
}

fn interview() -> Document {
    document(
        "interview.txt",
        "访谈:一座城市怎样留住企业",
        "2022-06",
        &[
            "访谈:一座城市怎样留住企业",
            "记者了解到，长春市已有市级以上“专精特新”企业20xx余家，上半年规模以上工业总产值同比增长6%。",
            "净月高新区的目标更近一步：到2025年，“专精特新”企业达到120户。",
        ],
        &[
            ("20xx余家", "", "家", Bound::Gt, Level, "专精特新企业", "长春市", "2022", Actual),
            ("6%", "6", "%", Eq, Growth, "规模以上工业总产值", "长春市", "2022-01/2022-06", Actual),
            ("120户", "120", "户", Eq, Level, "专精特新企业", "净月高新区", "2025", Target),
        ],
    )
}

fn document(id: &str, title: &str, date: &str, lines: &[&str], rows: &[Row]) -> Document {
    let text = lines.join("\n");
    let mut map = SourceMap::default();
    for (n, (at, _)) in text.char_indices().enumerate() {
        map.push(at, n, n + 1);
    }
    let sections = lines
        .iter()
        .filter(|l| l.contains('、') && l.chars().count() < 10)
        .filter_map(|l| Some((l, text.find(l)?)))
        .map(|(l, at)| Section { title: (*l).to_owned(), level: 1, span: CleanSpan::new(at, at + l.len()) })
        .collect::<Vec<_>>();
    let mut from = 0;
    let mut figures = Vec::new();
    for row in rows {
        let Some(at) = text.get(from..).and_then(|rest| rest.find(row.0)).map(|at| from + at) else {
            continue;
        };
        let span = CleanSpan::new(at, at + row.0.len());
        from = span.end;
        figures.push(figure(id, &text, &map, &sections, span, row));
    }
    let rejected = text
        .match_indices("十年")
        .map(|(at, word)| {
            let span = CleanSpan::new(at, at + word.len());
            Rejected {
                raw: map.raw(&text, span).unwrap_or_default(),
                span,
                quote: word.to_owned(),
                reason: Reason::Span,
                rule: "length of time that dates other figures".to_owned(),
                sentence: sentence(&text, span),
            }
        })
        .collect();
    Document {
        id: id.to_owned(),
        path: format!("corpus/{id}"),
        title: Some(title.to_owned()),
        source: Some("样例".to_owned()),
        date: Some(date.to_owned()),
        encoding: "utf-8".to_owned(),
        raw_length: text.chars().count(),
        text,
        map,
        sections,
        figures,
        rejected,
        ..Document::default()
    }
}

fn figure(id: &str, text: &str, map: &SourceMap, sections: &[Section], span: CleanSpan, row: &Row) -> Figure {
    let &(quote, value, unit, bound, kind, indicator, subject, period, status) = row;
    let (low, high) = value.split_once("..").map_or((value, None), |(low, high)| (low, Some(high)));
    let raw = map.raw(text, span).unwrap_or_default();
    let rule = |field, rule: &str| Trace { field, rule: rule.to_owned() };
    Figure {
        id: format!("{id}#{}", raw.start),
        raw: RawSpan { start: raw.start, end: raw.end },
        span,
        quote: quote.to_owned(),
        value: low.parse::<Decimal>().ok(),
        value_high: high.and_then(|h| h.parse().ok()),
        unit: Some(unit.to_owned()),
        unit_inferred: false,
        bound,
        kind,
        indicator: indicator.to_owned(),
        indicator_id: indicator.to_owned(),
        subject: Some(subject.to_owned()),
        period: Period::parse(period),
        status,
        of: (kind == Growth).then(|| "yoy".to_owned()),
        parent: None,
        owners: Vec::new(),
        sentence: sentence(text, span),
        section: sections.iter().rposition(|s| s.span.start <= span.start),
        confidence: 0.9,
        trace: vec![
            rule(Field::Indicator, "noun before the number"),
            rule(Field::Period, "year in the sentence"),
            rule(Field::Status, "verb of the clause"),
        ],
    }
}

/// From one full stop or line break to the next.
fn sentence(text: &str, span: CleanSpan) -> CleanSpan {
    let before = text.get(..span.start).unwrap_or("");
    let after = text.get(span.end..).unwrap_or("");
    let start = before.rfind(['。', '\n']).map_or(0, |at| at + before.get(at..).map_or(0, first_len));
    let end = after.find(['。', '\n']).map_or(text.len(), |at| {
        span.end + at + after.get(at..).filter(|r| r.starts_with('。')).map_or(0, first_len)
    });
    CleanSpan::new(start, end)
}

fn first_len(text: &str) -> usize {
    text.chars().next().map_or(0, char::len_utf8)
}
