//! The errors that people make, and where they can be planted.

use std::collections::HashSet;
use std::fmt;

use zhibiao::check::{self, Check, Verdict};
use zhibiao::index::{FigureId, FigureRef, Index};
use zhibiao::model::{self, Bound, Decimal, Document, Figure, Period, Status};
use zhibiao::text::{CleanSpan, RawSpan};

use crate::corpus::Corpus;

/// What went wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Two neighbouring digits have changed places.
    Digits,
    /// 万 for 亿 or 亿 for 万.
    Magnitude,
    /// The year before.
    Year,
    /// A share of another whole.
    Whole,
}

impl Kind {
    pub(crate) const ALL: [Self; 4] = [Self::Digits, Self::Magnitude, Self::Year, Self::Whole];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Digits => "digits swapped",
            Self::Magnitude => "万 for 亿",
            Self::Year => "wrong year",
            Self::Whole => "wrong whole",
        }
    }

    /// Of a hundred errors so many are of this kind, if there are places for them.
    fn weight(self) -> usize {
        match self {
            Self::Digits => 45,
            Self::Magnitude => 25,
            Self::Year | Self::Whole => 15,
        }
    }
}

/// An error and its place.
#[derive(Clone, Debug)]
pub(crate) struct Planted {
    pub(crate) kind: Kind,
    pub(crate) document: usize,
    /// Where its sentence starts in the cleaned text.
    pub(crate) sentence: usize,
    /// The figure's place in the raw file.
    figure: RawSpan,
    /// What is replaced, in the raw file and in the cleaned text.
    pub(crate) raw: RawSpan,
    span: CleanSpan,
    right: String,
    pub(crate) wrong: String,
    pub(crate) decidable: bool,
}

impl fmt::Display for Planted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { kind, document, raw, wrong, right, .. } = self;
        write!(f, "{}: {wrong} for {right} in document {document} at {}", kind.name(), raw.start)
    }
}

impl Planted {
    /// The document's figures with the error in them.
    pub(crate) fn in_dataset(&self, document: &Document) -> Document {
        let mut altered = document.clone();
        // A whole is named in the text, too, but nothing is read from there.
        if self.kind != Kind::Whole {
            altered.text.replace_range(self.span.start..self.span.end, &self.wrong);
        }
        for figure in &mut altered.figures {
            self.alter(figure);
        }
        altered
    }

    /// Whether a figure is of the year that is mistaken.
    fn is_of(&self, figure: &Figure) -> bool {
        figure.period.as_ref().is_some_and(|period| self.right.starts_with(period.as_str()))
    }

    fn alter(&self, figure: &mut Figure) {
        let mine = figure.raw == self.figure;
        match self.kind {
            Kind::Digits if mine => {
                let scale = figure.value.zip(number(&self.right)).map(|(value, number)| value / number);
                figure.value = scale.zip(number(&self.wrong)).map(|(scale, number)| scale * number);
            }
            Kind::Magnitude if mine => {
                let step = Decimal::from(10_000);
                let up = self.wrong.contains('亿');
                figure.value = figure.value.map(|value| if up { value * step } else { value / step });
            }
            Kind::Whole if mine => figure.of = Some(self.wrong.clone()),
            Kind::Year if figure.sentence.start == self.sentence && self.is_of(figure) => {
                figure.period = Period::parse(self.wrong.trim_end_matches('年'));
            }
            _ => {}
        }
    }
}

fn number(quote: &str) -> Option<Decimal> {
    let digits: String = quote.chars().take_while(|c| c.is_ascii_digit() || *c == '.').collect();
    digits.parse().ok()
}

/// Numbers without pattern, the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n.max(1)
    }

    fn shuffle<T>(&mut self, list: &mut [T]) {
        for at in (1..list.len()).rev() {
            list.swap(at, self.below(at + 1));
        }
    }
}

/// Chooses so many errors: of each kind its share, and about as many decidable ones as others.
pub(crate) fn plant(corpus: &Corpus, count: usize) -> Vec<Planted> {
    let index = corpus.index();
    let identities = identities(&index);
    let mut dice = Dice(7);
    let mut chosen: Vec<Planted> = Vec::new();
    // The digits come last: they make up for what the other kinds lack.
    for kind in Kind::ALL.into_iter().rev() {
        let wanted = if kind == Kind::Digits { count - chosen.len() } else { count * kind.weight() / 100 };
        let mut all: Vec<Planted> =
            index.figures().filter_map(|figure| error(&index, figure, kind, &identities)).collect();
        all.dedup_by_key(|error| (error.document, error.raw.start));
        dice.shuffle(&mut all);
        let (mut sure, mut rest): (Vec<_>, Vec<_>) = all.into_iter().partition(|error| error.decidable);
        let half = wanted.div_ceil(2).max(wanted.saturating_sub(rest.len()));
        sure.truncate(half);
        rest.truncate(wanted.saturating_sub(sure.len()));
        chosen.extend(sure);
        chosen.extend(rest);
    }
    chosen
}

/// The figures of identities that agree.
fn identities(index: &Index) -> HashSet<FigureId> {
    let report = check::run(index);
    let agree = report.findings.iter().filter(|finding| {
        finding.verdict() == Verdict::Agrees && !matches!(finding.check(), Check::Target | Check::Limit)
    });
    agree.flat_map(|finding| finding.figures().iter().copied()).collect()
}

fn error(
    index: &Index,
    figure: FigureRef<'_>,
    kind: Kind,
    identities: &HashSet<FigureId>,
) -> Option<Planted> {
    let full = figure.full();
    let document = figure.document();
    let quote = full.span.of(&document.text);
    let in_quote = |right: &str, wrong: String| {
        let at = quote.find(right)?;
        let span = CleanSpan::new(full.span.start + at, full.span.start + at + right.len());
        Some((span, wrong, identities.contains(&figure.id())))
    };
    let (span, wrong, decidable) = match kind {
        Kind::Digits => {
            let digits: String = quote.chars().take_while(|c| c.is_ascii_digit() || *c == '.').collect();
            in_quote(&digits, swapped(&digits)?)?
        }
        Kind::Magnitude => match (quote.contains('万'), quote.contains('亿')) {
            (true, false) => in_quote("万", "亿".to_owned())?,
            (false, true) => in_quote("亿", "万".to_owned())?,
            _ => return None,
        },
        Kind::Year => {
            let year: i32 = figure.period()?.as_str().parse().ok()?;
            let right = format!("{year}年");
            let at = full.sentence.start + figure.sentence().find(&right)?;
            let wrong = format!("{}年", year - 1);
            (CleanSpan::new(at, at + right.len()), wrong, has_other(index, figure, year - 1))
        }
        Kind::Whole => {
            let of = full.of.as_deref().filter(|_| full.kind == model::Kind::Share)?;
            let (wrong, stated) = other_whole(index, figure, of)?;
            let before = document.text.get(full.sentence.start..full.span.start)?;
            let at = full.sentence.start + before.rfind(of)?;
            (CleanSpan::new(at, at + of.len()), wrong, stated)
        }
    };
    let right = span.of(&document.text).to_owned();
    let raw = document.map.raw(&document.text, span)?;
    Some(Planted {
        kind,
        document: figure.document_id().0 as usize,
        sentence: full.sentence.start,
        figure: full.raw,
        raw,
        span,
        right,
        wrong,
        decidable,
    })
}

/// The first two neighbouring digits that differ, in each other's place; a number does not begin with 0.
fn swapped(digits: &str) -> Option<String> {
    let mut characters: Vec<char> = digits.chars().collect();
    let both = |pair: &[char]| pair.iter().all(char::is_ascii_digit) && pair[0] != pair[1];
    let at = characters.windows(2).enumerate().find(|(n, pair)| both(pair) && (*n > 0 || pair[1] != '0'))?.0;
    characters.swap(at, at + 1);
    Some(characters.into_iter().collect())
}

/// Whether another sentence states the same for a year, and another amount.
fn has_other(index: &Index, figure: FigureRef<'_>, year: i32) -> bool {
    index.figures().any(|other| {
        let alike = (other.indicator_id(), other.subject(), other.kind(), other.unit(), other.status())
            == (figure.indicator_id(), figure.subject(), figure.kind(), figure.unit(), Status::Actual);
        let exact = other.bound() == Bound::Eq && figure.bound() == Bound::Eq;
        alike
            && exact
            && other.period().is_some_and(|period| period.as_str() == year.to_string())
            && other.full().sentence != figure.full().sentence
            && other.value() != figure.value()
    })
}

/// Another whole for a share, and whether its amount is stated: another place that shares are of, or another
/// indicator of the same subject and year.
fn other_whole(index: &Index, share: FigureRef<'_>, of: &str) -> Option<(String, bool)> {
    let level = |f: &FigureRef<'_>| f.kind() == model::Kind::Level && f.period() == share.period();
    let part = index.figures().find(|f| {
        level(f) && f.indicator_id() == share.indicator_id() && f.full().sentence == share.full().sentence
    })?;
    let wholes = || index.figures().filter(|f| f.kind() == model::Kind::Share);
    let places: Vec<&str> = wholes()
        .filter_map(|f| f.full().of.as_deref())
        .filter(|name| *name != of && name.ends_with(['省', '市', '区', '县']))
        .collect();
    if of.ends_with(['省', '市', '区', '县']) {
        let stated = |place: &str| {
            index
                .figures()
                .any(|f| level(&f) && f.indicator_id() == part.indicator_id() && f.subject() == Some(place))
        };
        let place = places.iter().find(|place| stated(place)).or(places.first())?;
        return Some(((*place).to_owned(), stated(place)));
    }
    let other = index.figures().find(|f| {
        level(f)
            && f.subject() == share.subject()
            && f.unit() == part.unit()
            && f.document_id() == share.document_id()
            && f.bound() == Bound::Eq
            && ![of, part.indicator_id()].contains(&f.indicator_id())
    })?;
    Some((other.indicator_id().to_owned(), true))
}
