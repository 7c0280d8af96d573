//! What a check found: which figures, what they imply, whether they agree.
//!
//! `1805 ÷ 1873 = 96.37 % ≈ 96.4 %` → rate, agrees

use super::reading::Verdict;
use crate::index::FigureId;
use crate::model::Lang;

/// Declares an enum with, for every variant, its spelling in data and its names in Chinese and English.
macro_rules! named {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $code:literal, $zh:literal, $en:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($(#[$vdoc])* $variant),+ }

        impl $name {
            /// Every value, in the order of declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The spelling used in JSON and CSV.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// The name shown to a person.
            pub const fn label(self, lang: Lang) -> &'static str {
                match (self, lang) { $((Self::$variant, Lang::Zh) => $zh, (Self::$variant, Lang::En) => $en),+ }
            }
        }
    };
}

named! {
    /// The sort of check.
    Check {
        /// Parts against their whole.
        Parts = "parts", "分项与总计", "parts and whole";
        /// A part and a whole against a stated share.
        Share = "share", "占比", "share";
        /// A numerator and a denominator against a stated rate or quotient.
        Rate = "rate", "比率", "rate";
        /// Two levels against a stated growth.
        Growth = "growth", "增速", "growth";
        /// Two levels against a stated addition or loss.
        Change = "change", "增减", "change";
        /// The same fact stated more than once.
        Repeat = "repeat", "重复", "repeat";
        /// An aim against the latest fact, or against another aim.
        Target = "target", "目标", "target";
        /// A number that cannot be, or hardly can.
        Limit = "limit", "异常", "limit";
    }
}

named! {
    /// Why a verdict is what it is, where the arithmetic alone does not say it.
    Remark {
        Implied = "implied", "推算值", "implied";
        Coarser = "coarser", "截尾或取整后相符", "agrees if cut off or rounded further";
        Comparable = "comparable", "增速按可比价格或可比口径", "growth is at constant prices or on a comparable base";
        Loose = "loose", "口径未必相同", "not certainly the same thing";
        NoWhole = "no-whole", "没有整数总数能得出此占比", "no whole number has this share";
        OverWhole = "over-whole", "分项大于总计", "a part exceeds the whole";
        AtLevel = "at-level", "此前已达此水平", "at that level before its time";
        Reached = "reached", "已达到", "reached";
        OnTheWay = "on-the-way", "尚未到期", "on the way";
        Missed = "missed", "未达到", "missed";
        AimsDiffer = "aims-differ", "目标不一", "the aims differ";
        Impossible = "impossible", "不可能的数值", "cannot be";
        Slip = "slip", "疑似万、亿之误", "looks like 万 for 亿";
        OddUnit = "odd-unit", "该指标少见的单位", "an unusual unit for this indicator";
        Unsure = "unsure", "抽取把握不足", "read with little confidence";
    }
}

/// One result of checking figures against each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub(super) check: Check,
    pub(super) verdict: Verdict,
    pub(super) remark: Option<Remark>,
    pub(super) figures: Vec<FigureId>,
    pub(super) formula: String,
}

impl Finding {
    pub fn check(&self) -> Check {
        self.check
    }

    pub fn verdict(&self) -> Verdict {
        self.verdict
    }

    pub fn remark(&self) -> Option<Remark> {
        self.remark
    }

    /// The figures involved: the one checked first, then those it was computed from.
    pub fn figures(&self) -> &[FigureId] {
        &self.figures
    }

    /// The arithmetic alone, the same in every language.
    pub fn formula(&self) -> &str {
        &self.formula
    }

    /// The one line of arithmetic, with the remark in the reader's language.
    pub fn expression(&self, lang: Lang) -> String {
        match self.remark {
            None => self.formula.clone(),
            Some(remark) => format!(
                "{}{}{}{}",
                self.formula,
                lang.pick("（", " ("),
                remark.label(lang),
                lang.pick("）", ")")
            ),
        }
    }
}

impl Verdict {
    /// The name shown to a person.
    pub fn label(self, lang: Lang) -> &'static str {
        match self {
            Self::Contradicts => lang.pick("矛盾", "contradicts"),
            Self::Agrees => lang.pick("相符", "agrees"),
            Self::CannotSay => lang.pick("不能断定", "cannot say"),
        }
    }
}

/// What checking found, contradictions first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    pub findings: Vec<Finding>,
}

impl Report {
    /// How many findings have this verdict.
    pub fn count(&self, verdict: Verdict) -> usize {
        self.findings.iter().filter(|finding| finding.verdict == verdict).count()
    }

    /// The findings that a figure is part of, by their number, contradictions first.
    pub fn of(&self, figure: FigureId) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(move |finding| finding.figures.contains(&figure))
    }

    /// The strongest verdict of every figure that has one, by figure: for marks beside many figures.
    pub fn verdicts(&self) -> std::collections::HashMap<FigureId, Verdict> {
        let mut verdicts = std::collections::HashMap::new();
        for finding in &self.findings {
            for &figure in &finding.figures {
                let entry = verdicts.entry(figure).or_insert(finding.verdict);
                *entry = (*entry).min(finding.verdict);
            }
        }
        verdicts
    }
}
