//! Sentences with one to five figures, some of which imply each other.

use super::Shape;
use super::page::Page;
use super::random::Random;
use super::words::{Measure, Stock};
use crate::model::{Bound, Decimal, Figure, Kind, Period, Status};

/// Tells about one place in one year.
#[derive(Debug)]
pub(super) struct Teller {
    pub(super) stock: &'static Stock,
    pub(super) shape: Shape,
    pub(super) place: String,
    pub(super) year: i32,
}

/// An amount as it is written: `1234` with 2 decimals and 亿 is `12.34亿`.
#[derive(Clone, Copy, Debug)]
struct Amount<'m> {
    digits: i64,
    measure: &'m Measure,
}

impl Amount<'_> {
    fn with(self, digits: i64) -> Self {
        Self { digits, ..self }
    }

    fn number(self) -> Decimal {
        Decimal::new(self.digits, self.measure.decimals).normalize()
    }

    fn quote(self) -> String {
        format!("{}{}{}", self.number(), self.measure.magnitude, self.measure.unit)
    }

    fn value(self) -> Decimal {
        let magnitude = match self.measure.magnitude.as_str() {
            "万" => 10_000,
            "亿" => 100_000_000,
            _ => 1,
        };
        (self.number() * Decimal::from(magnitude)).normalize()
    }

    fn is_ratio(self) -> bool {
        self.measure.unit == "%"
    }

    /// As a figure like `base`.
    fn figure(self, base: &Figure) -> Figure {
        let kind = if self.is_ratio() { Kind::Rate } else { base.kind };
        Figure { value: Some(self.value()), unit: Some(self.measure.unit.clone()), kind, ..base.clone() }
    }
}

impl Teller {
    /// Whether the next figure that others imply is to be wrong.
    fn errs(&self, random: &mut Random) -> bool {
        random.once_in(40) && self.shape.errors
    }

    /// `part` of `whole` in per cent with one decimal, in tenths.
    fn tenths(&self, part: i64, whole: i64, random: &mut Random) -> i64 {
        // Half a tenth is added before the rest is cut off.
        let twentieths = part * 2000 / whole.max(1) + part.signum();
        let tenths = twentieths / 2;
        if self.errs(random) { tenths + random.between(15, 90) } else { tenths }
    }

    /// One sentence with at most `room` figures, at least one.
    pub(super) fn tell(&self, page: &mut Page, random: &mut Random, room: usize) {
        let subject = if random.once_in(2) {
            self.place.clone()
        } else {
            self.stock.subject(random.skewed(self.shape.subjects()))
        };
        let indicator = self.stock.indicator(random.skewed(self.shape.indicators()));
        let (when, period) = self.when(random);
        let base = base(&subject, &indicator, &period, random);
        let amount = self.amount(&base, &period);
        let countable = !amount.is_ratio();
        page.begin_sentence();
        match random.between(0, 16) {
            0..=2 if room >= 2 && countable => {
                page.put(&format!("{when}，{subject}{indicator}达到"));
                page.quote(&amount.quote(), amount.figure(&base));
                page.put("，同比");
                let before = self.amount(&base, &period.replace(&self.now(), &self.last_year()));
                growth(page, &base, self.tenths(amount.digits - before.digits, before.digits, random));
            }
            3..=5 if room >= 3 && countable => self.two_years(page, &base, random),
            6..=7 if room > self.stock.levels.len() && countable => self.parts(page, &base, random),
            8 if room >= 3 && countable => self.share(page, &base, random),
            9..=10 => self.target(page, &base, random),
            11 => self.rule(page, &base),
            12 => {
                page.put(&format!("{when}，{subject}{indicator}居全国"));
                let place = self.random(&base, "rank").between(1, 31);
                let rank = Figure { value: Some(place.into()), kind: Kind::Rank, ..base };
                page.quote(&format!("第{place}位"), rank);
            }
            13 if countable => {
                page.put(&format!("{when}，{subject}{indicator}净增"));
                let change = amount.with(amount.digits / 10 + 1);
                page.quote(&change.quote(), change.figure(&Figure { kind: Kind::Change, ..base }));
            }
            14 if countable => {
                page.put(&format!("{when}，{subject}{indicator}超过"));
                let below = amount.with(amount.digits - amount.digits / 50 - 1);
                page.quote(&below.quote(), Figure { bound: Bound::Gt, ..below.figure(&base) });
            }
            _ => {
                let (word, bound) =
                    *random.pick(&[("为", Bound::Eq), ("完成", Bound::Eq), ("约", Bound::Approx)]);
                page.put(&format!("{when}，{subject}{indicator}{word}"));
                page.quote(&amount.quote(), Figure { bound, ..amount.figure(&base) });
            }
        }
        page.end_sentence();
    }

    /// What does not change from one mention of a figure to the next.
    fn random(&self, base: &Figure, what: &str) -> Random {
        Random::named(self.shape.seed, &[subject_of(base), &base.indicator, what])
    }

    /// A period's amount: rising over the years, and always the same for the same.
    fn amount(&self, base: &Figure, period: &str) -> Amount<'static> {
        self.amount_of(self.stock.measures(&base.indicator), base, period)
    }

    fn amount_of(&self, measures: &'static [Measure], base: &Figure, period: &str) -> Amount<'static> {
        let measure = Random::named(self.shape.seed, &[&base.indicator]).pick(measures);
        let mut random = self.random(base, "");
        let length = *random.pick(&[2, 3, 4, 5, 6]).min(&measure.digits);
        let level = random.between(10_i64.pow(length - 1), 10_i64.pow(length));
        let year: i64 = period.get(..4).and_then(|year| year.parse().ok()).unwrap_or_default();
        let jitter = self.random(base, period).between(0, 12);
        // A ratio stays below 100; half a year and a month have their part of the year's amount.
        let rise = if measure.unit == "%" { jitter - 12 } else { (year - 2015) * 7 + jitter };
        let part = match period.matches('-').count() {
            0 => 1,
            1 => 12,
            _ => 2,
        };
        Amount { digits: (level * (100 + rise) / 100 / part).max(1), measure }
    }

    fn now(&self) -> String {
        self.year.to_string()
    }

    fn last_year(&self) -> String {
        (self.year - 1).to_string()
    }

    fn when(&self, random: &mut Random) -> (String, String) {
        let year = self.year;
        match random.between(0, 8) {
            0 => (format!("{year}年上半年"), format!("{year}-01/{year}-06")),
            1 => {
                let month = random.between(1, 13);
                (format!("{year}年{month}月"), format!("{year}-{month:02}"))
            }
            _ => (format!("{year}年"), year.to_string()),
        }
    }

    /// Last year's amount, this year's, and the growth they imply.
    fn two_years(&self, page: &mut Page, base: &Figure, random: &mut Random) {
        let (last, year) = (self.last_year(), self.now());
        let before = self.amount(base, &last);
        let after = self.amount(base, &year);
        let base = Figure { period: Period::parse(&year), ..base.clone() };
        page.put(&format!("{last}年，{}{}为", subject_of(&base), base.indicator));
        page.quote(&before.quote(), Figure { period: Period::parse(&last), ..before.figure(&base) });
        page.put(&format!("；{year}年为"));
        page.quote(&after.quote(), after.figure(&base));
        page.put("，同比");
        growth(page, &base, self.tenths(after.digits - before.digits, before.digits, random));
    }

    /// A whole and its parts.
    fn parts(&self, page: &mut Page, base: &Figure, random: &mut Random) {
        let year = self.now();
        let whole = self.amount(base, &year);
        page.put(&format!("{year}年，{}{}共", subject_of(base), base.indicator));
        let base = Figure { period: Period::parse(&year), ..base.clone() };
        let parent = Some(page.quote(&whole.quote(), whole.figure(&base)));
        let mut rest = whole.digits;
        let last = self.stock.levels.len() - 1;
        for (n, level) in self.stock.levels.iter().enumerate() {
            // A third of what is left, and in the end all of it; one in forty sums is wrong.
            let part = if n == last { rest } else { rest / 3 };
            rest -= part;
            let part = whole.with(if n == last && self.errs(random) { part * 2 + 3 } else { part });
            page.put(if n == 0 { "，其中，" } else { "、" });
            page.put(level);
            let indicator = format!("{level}{}", base.indicator);
            let figure = Figure { parent, indicator_id: indicator.clone(), indicator, ..part.figure(&base) };
            page.quote(&part.quote(), figure);
        }
    }

    /// A part, its whole, and the share they imply.
    fn share(&self, page: &mut Page, base: &Figure, random: &mut Random) {
        let year = self.now();
        let part = self.amount(base, &year);
        let times = self.random(base, "share").between(2, 20);
        let whole = part.with(part.digits * times + times / 2);
        let name = format!("{}总量", base.indicator);
        page.put(&format!("{year}年，{}{}为", subject_of(base), base.indicator));
        let base = Figure { period: Period::parse(&year), ..base.clone() };
        page.quote(&part.quote(), part.figure(&base));
        page.put(&format!("，占{name}"));
        let total = Figure { indicator: name.clone(), indicator_id: name.clone(), ..base.clone() };
        page.quote(&whole.quote(), whole.figure(&total));
        page.put("的");
        let share = percent(self.tenths(part.digits, whole.digits, random));
        let figure =
            Figure { value: Some(share), unit: Some("%".into()), kind: Kind::Share, of: Some(name), ..base };
        page.quote(&format!("{share}%"), figure);
    }

    fn target(&self, page: &mut Page, base: &Figure, random: &mut Random) {
        let year = (i64::from(self.year) + random.between(1, 5)).to_string();
        let amount = self.amount(base, &year);
        let body = random.pick(&self.stock.bodies);
        page.put(&format!("到{year}年，{}{}力争达到", subject_of(base), base.indicator));
        let figure = Figure {
            status: Status::Target,
            bound: Bound::Ge,
            period: Period::parse(&year),
            owners: vec![body.clone()],
            ..amount.figure(base)
        };
        page.quote(&amount.quote(), figure);
        page.put(&format!("以上，由{body}负责"));
    }

    fn rule(&self, page: &mut Page, base: &Figure) {
        page.put(&format!("{}对{}排在前列的单位给予不超过", subject_of(base), base.indicator));
        let indicator = format!("{}奖励", base.indicator);
        let base = Figure {
            indicator_id: indicator.clone(),
            indicator,
            status: Status::Rule,
            bound: Bound::Le,
            period: None,
            ..base.clone()
        };
        let amount = self.amount_of(self.stock.money(), &base, "2015");
        page.quote(&amount.quote(), amount.figure(&base));
        page.put("的奖励");
    }
}

/// `增长3.2%`, `下降0.4%`.
fn growth(page: &mut Page, base: &Figure, tenths: i64) {
    let share = percent(tenths);
    page.put(if tenths < 0 { "下降" } else { "增长" });
    let unit = Some("%".into());
    let figure =
        Figure { value: Some(share), unit, kind: Kind::Growth, of: Some("yoy".into()), ..base.clone() };
    page.quote(&format!("{}%", share.abs()), figure);
}

fn percent(tenths: i64) -> Decimal {
    Decimal::new(tenths, 1).normalize()
}

fn subject_of(figure: &Figure) -> &str {
    figure.subject.as_deref().unwrap_or("")
}

/// A figure without a quantity and a place yet.
fn base(subject: &str, indicator: &str, period: &str, random: &mut Random) -> Figure {
    Figure {
        indicator: indicator.to_owned(),
        indicator_id: indicator.to_owned(),
        subject: Some(subject.to_owned()),
        period: Period::parse(period),
        confidence: f64::from(random.between(55, 96) as i32) / 100.0,
        ..Figure::default()
    }
}
