//! Fixed words of time and what each means.
//!
//! `去年` → the year before the document's; `上半年` → `-01/-06` of the governing year

use std::sync::LazyLock;

use crate::lexicon::words::{End, Words};

/// The longest fixed word that `text` starts with.
pub(super) fn at_start(text: &str) -> Option<(&'static str, &'static Word)> {
    static TABLE: LazyLock<Words<&'static Word>> =
        LazyLock::new(|| Words::new(End::Head, WORDS.iter().map(|(word, meaning)| (*word, meaning))));
    TABLE.longest(text).map(|(word, meaning)| (word, *meaning))
}

/// Fixed words: (word, period's kind).
pub(super) const WORDS: &[(&str, Word)] = &[
    ("今年以来", Word::Year(0)),
    ("今年", Word::Year(0)),
    ("入汛以来", Word::Year(0)),
    ("入夏以来", Word::Year(0)),
    ("入春以来", Word::Year(0)),
    ("开春以来", Word::Year(0)),
    ("今春", Word::Year(0)),
    ("今夏", Word::Year(0)),
    ("今秋", Word::Year(0)),
    ("今冬明春", Word::Year(0)),
    ("今冬", Word::Year(0)),
    ("本年度", Word::Year(0)),
    ("去年", Word::Year(-1)),
    ("上年度", Word::Year(-1)),
    ("上年", Word::Year(-1)),
    ("前年", Word::Year(-2)),
    ("明年", Word::Year(1)),
    ("后年", Word::Year(2)),
    ("截至目前", Word::Now),
    ("到目前为止", Word::Now),
    ("目前为止", Word::Now),
    ("截至现在", Word::Now),
    ("目前", Word::Now),
    ("当前", Word::Now),
    ("现阶段", Word::Now),
    ("如今", Word::Now),
    ("迄今", Word::Now),
    ("近年来", Word::Vague),
    ("近几年", Word::Vague),
    ("近些年", Word::Vague),
    ("多年来", Word::Vague),
    ("几年来", Word::Vague),
    ("长期以来", Word::Vague),
    ("历年", Word::Vague),
    ("达产后", Word::Vague),
    ("建成后", Word::Vague),
    ("投产后", Word::Vague),
    ("投用后", Word::Vague),
    ("达效后", Word::Vague),
    ("每年", Word::Every("R/P1Y")),
    ("每个月", Word::Every("R/P1M")),
    ("每月", Word::Every("R/P1M")),
    ("每季度", Word::Every("R/P3M")),
    ("每周", Word::Every("R/P1W")),
    ("每天", Word::Every("R/P1D")),
    ("每日", Word::Every("R/P1D")),
    ("年度", Word::Every("R/P1Y")),
    ("每年度", Word::Every("R/P1Y")),
    ("上半年", Word::Part("-01/-06")),
    ("下半年", Word::Part("-07/-12")),
    ("半年报", Word::Part("-01/-06")),
    ("半年度", Word::Part("-01/-06")),
    ("一季报", Word::Part("-01/-03")),
    ("三季报", Word::Part("-01/-09")),
    ("前三季度", Word::Part("-01/-09")),
    ("前两季度", Word::Part("-01/-06")),
    ("一季度", Word::Part("-01/-03")),
    ("首季", Word::Part("-01/-03")),
    ("二季度", Word::Part("-04/-06")),
    ("三季度", Word::Part("-07/-09")),
    ("四季度", Word::Part("-10/-12")),
    ("全年", Word::Part("")),
    ("报告期", Word::Part(REPORTED)),
    ("年底前", Word::Part("")),
    ("年底", Word::Part("")),
    ("年末", Word::Part("")),
    ("年内", Word::Part("")),
    ("当年", Word::Part("")),
    ("一年来", Word::Part("")),
    ("过去一年", Word::Part("")),
    ("过去的一年", Word::Part("")),
    ("这一年", Word::Part("")),
];

/// Stands for the months of a part of the year: the time that the text reports on.
pub(super) const REPORTED: &str = "reported";

/// Stands for the months of 全年 where the document's year has just begun: the year that has ended.
pub(super) const ENDED: &str = "ended";

/// What a fixed word of time means.
#[derive(Clone, Copy, Debug)]
pub(super) enum Word {
    /// The document's year plus this.
    Year(i32),
    Now,
    Vague,
    Every(&'static str),
    /// A part of the governing year: months to append, or the whole.
    Part(&'static str),
}
