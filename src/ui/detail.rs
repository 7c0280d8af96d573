//! Everything known of one figure, as lines of `label  text`.

use super::checks::{Checks, mark};
use super::comparable::Units;
use super::model::Settings;
use super::source;
use super::style::Role;
use super::texts::Text;
use super::value;
use super::width::shown;
use super::wrap;
use crate::check::Verdict;
use crate::index::{FigureId, FigureRef, Index};
use crate::query::{Field, rules, show};

/// A line on the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) label: &'static str,
    pub(super) text: String,
    pub(super) role: Role,
}

/// The lines and their window.
#[derive(Clone, Debug, Default)]
pub(super) struct Detail {
    pub(super) lines: Vec<Line>,
    pub(super) top: usize,
    made_for: Option<(FigureId, usize, bool, bool)>,
}

/// Columns of the labels.
pub(super) const LABEL: usize = 15;

impl Detail {
    pub(super) fn settle(
        &mut self,
        index: &Index,
        figure: FigureRef<'_>,
        (raw, checks): (Option<&str>, Option<&Checks>),
        settings: Settings,
        width: usize,
        rows: usize,
    ) {
        let made_for = (figure.id(), width, raw.is_some(), checks.is_some());
        if self.made_for != Some(made_for) {
            if self.made_for.is_none_or(|(id, ..)| id != figure.id()) {
                self.top = 0;
            }
            self.made_for = Some(made_for);
            self.lines = Builder { settings, checks, width, lines: Vec::new() }.figure(index, figure, raw);
        }
        self.top = self.top.min(self.lines.len().saturating_sub(rows));
    }
}

struct Builder<'a> {
    settings: Settings,
    checks: Option<&'a Checks>,
    width: usize,
    lines: Vec<Line>,
}

impl Builder<'_> {
    fn figure(mut self, index: &Index, figure: FigureRef<'_>, raw: Option<&str>) -> Vec<Line> {
        let Settings { lang, widths, .. } = self.settings;
        let full = figure.full();
        let field = |b: &mut Self, text: &str, field: Field| {
            let rules: Vec<_> = full
                .trace
                .iter()
                .filter(|t| t.field.as_str() == field.row().en)
                .map(|t| rules::rule(&t.rule, lang))
                .collect();
            b.push_field(field, text);
            if !text.is_empty() && !rules.is_empty() {
                b.push("", &format!("  <- {}", rules.join("; ")), Role::Quiet);
            }
        };
        field(&mut self, figure.indicator(), Field::Indicator);
        if figure.indicator_id() != figure.indicator() {
            self.add(Text::CanonicalName, figure.indicator_id());
        }
        field(&mut self, figure.subject().unwrap_or("-"), Field::Subject);
        let period = figure.period().map_or("-", |p| p.as_str());
        field(&mut self, period, Field::Period);
        field(&mut self, &value::value(figure, widths), Field::Value);
        let exact = figure.value().map(value::plain).unwrap_or_default();
        let high = figure.value_high().map(|h| format!(" .. {}", value::plain(h))).unwrap_or_default();
        field(&mut self, &show::text(figure, Field::Bound, lang), Field::Bound);
        let inferred =
            if full.unit_inferred { format!(" ({})", Text::UnitInferred.of(lang)) } else { String::new() };
        let unit = format!("{exact}{high} {}{inferred}", figure.unit().unwrap_or(""));
        field(&mut self, unit.trim(), Field::Unit);
        field(&mut self, &show::text(figure, Field::Kind, lang), Field::Kind);
        field(&mut self, &show::text(figure, Field::Status, lang), Field::Status);
        let of = match full.of.as_deref() {
            Some("yoy") => Text::YearOnYear.of(lang),
            Some("avg") => Text::YearlyAverage.of(lang),
            other => other.unwrap_or(""),
        };
        field(&mut self, of, Field::Of);
        let whole = full.parent.and_then(|parent| {
            let range = index.of_document(figure.document_id());
            range.filter_map(|n| index.figure(FigureId(n))).find(|f| f.full().raw == parent)
        });
        if let Some(whole) = whole {
            let text = format!("{} {}", whole.indicator(), value::value(whole, widths));
            field(&mut self, &text, Field::Parent);
        }
        let in_document =
            || index.of_document(figure.document_id()).filter_map(|n| index.figure(FigureId(n)));
        let parts = in_document().filter(|part| part.full().parent == Some(full.raw));
        self.list(Text::Parts, &parts.map(|part| self.short(part)).collect::<Vec<_>>());
        field(&mut self, &full.owners.join("、"), Field::Owners);
        if let Some(verdict) = self.verdict(figure) {
            self.add(Text::Checks, &format!("{} {}", mark(verdict).0, verdict.label(lang)));
        }
        self.push_field(Field::Sentence, figure.sentence());
        let siblings = source::siblings(figure);
        self.list(Text::Siblings, &siblings.map(|sibling| self.short(sibling)).collect::<Vec<_>>());
        self.place(figure, raw);
        let units = Units::new(index);
        let elsewhere = elsewhere(index, &units, figure).map(|other| self.other(&units, figure, other));
        self.list(Text::Elsewhere, &elsewhere.collect::<Vec<_>>());
        self.lines
    }

    /// What the checks say of a figure.
    fn verdict(&self, figure: FigureRef<'_>) -> Option<Verdict> {
        self.checks.and_then(|checks| checks.verdict(figure.id()))
    }

    /// Another figure in few words, after the mark of its checks.
    fn short(&self, figure: FigureRef<'_>) -> String {
        let period = figure.period().map_or("", |p| p.as_str());
        let mark = self.verdict(figure).map_or(String::new(), |verdict| format!("{} ", mark(verdict).0));
        format!("{mark}{} {} {period}", figure.indicator(), value::value(figure, self.settings.widths))
    }

    /// What is said of the same thing elsewhere, and whether it agrees.
    fn other(&self, units: &Units, figure: FigureRef<'_>, other: FigureRef<'_>) -> String {
        let Settings { lang, widths, .. } = self.settings;
        let agrees = match (units.base(figure), units.base(other)) {
            (Some(here), Some(there)) if here == there => Text::Agrees.of(lang),
            (Some(_), Some(_)) => Text::Differs.of(lang),
            _ => "",
        };
        let number = source::paragraph(other.document(), other.full().span.start);
        let place = Text::Paragraph.of(lang).replace('#', &number.to_string());
        format!("{} {agrees}  {} {place}", value::value(other, widths), other.title())
    }

    /// Lines under one label.
    fn list(&mut self, label: Text, lines: &[String]) {
        for (n, line) in lines.iter().enumerate() {
            let label = if n == 0 { label.of(self.settings.lang) } else { "" };
            self.push(label, line, Role::Plain);
        }
    }

    /// Where the figure stands: document, section, raw place.
    fn place(&mut self, figure: FigureRef<'_>, raw: Option<&str>) {
        let lang = self.settings.lang;
        let document = figure.document();
        let full = figure.full();
        self.push_field(Field::Quote, figure.quote());
        self.push_field(Field::Document, figure.title());
        self.push_field(Field::Source, document.source.as_deref().unwrap_or(""));
        self.push_field(Field::Date, document.date.as_deref().unwrap_or(""));
        self.push_field(Field::Section, &section_path(figure));
        self.push_field(Field::Url, document.url.as_deref().unwrap_or(""));
        self.add(Text::File, &document.path);
        let characters = format!("{}-{}", full.raw.start, full.raw.end);
        let mut place = Text::RawCharacters.of(lang).replace('#', &characters);
        if let Some(raw) = raw {
            let before = raw.chars().take(full.raw.start);
            let (mut line, mut column) = (1, 1);
            for c in before {
                (line, column) = if c == '\n' { (line + 1, 1) } else { (line, column + 1) };
            }
            place.push_str("  ");
            place.push_str(&Text::LineColumn.of(lang).replace('#', &format!("{line}:{column}")));
        }
        self.add(Text::Place, &place);
        self.push_field(Field::Confidence, &format!("{:.2}", full.confidence));
        self.push_field(Field::Id, &full.id);
    }

    /// A field, if there is anything in it.
    fn push_field(&mut self, field: Field, text: &str) {
        if !text.is_empty() {
            self.push(field.name(self.settings.lang), text, Role::Plain);
        }
    }

    /// The same for what is no field.
    fn add(&mut self, label: Text, text: &str) {
        if !text.is_empty() {
            self.push(label.of(self.settings.lang), text, Role::Plain);
        }
    }

    fn push(&mut self, label: &'static str, text: &str, role: Role) {
        let text = shown(text);
        let width = self.width.saturating_sub(LABEL + 2);
        for (n, range) in wrap::lines(&text, width, self.settings.widths).into_iter().enumerate() {
            let label = if n == 0 { label } else { "" };
            self.lines.push(Line { label, text: text.get(range).unwrap_or("").to_owned(), role });
        }
    }
}

/// Most places named where the same is said.
const MOST_ELSEWHERE: usize = 20;

/// The figures in other sentences about the same thing: indicator, kind, subject, period and status are the same.
fn elsewhere<'a>(
    index: &'a Index,
    units: &'a Units,
    figure: FigureRef<'a>,
) -> impl Iterator<Item = FigureRef<'a>> {
    let same = move |other: &FigureRef<'a>| {
        other.subject_number() == figure.subject_number()
            && other.period_number() == figure.period_number()
            && other.kind() == figure.kind()
            && other.status() == figure.status()
    };
    let here = figure.sentence_number();
    let numbers = index.columns().indicator_id.iter().zip(0..);
    let alike = numbers.filter(move |(number, _)| **number == figure.indicator_number());
    alike
        .filter_map(|(_, row)| index.figure(FigureId(row)))
        .filter(same)
        .filter(move |other| other.sentence_number() != here)
        .filter(move |other| units.matter(*other) == units.matter(figure))
        .take(MOST_ELSEWHERE)
}

/// The headings over a figure, outermost first.
pub(super) fn section_path(figure: FigureRef<'_>) -> String {
    let sections = &figure.document().sections;
    let mut path = Vec::new();
    let mut level = u8::MAX;
    let mut at = figure.full().section;
    while let Some((n, section)) = at.and_then(|n| Some((n, sections.get(n)?))) {
        if section.level < level {
            level = section.level;
            path.push(section.title.as_str());
        }
        at = n.checked_sub(1);
    }
    path.reverse();
    path.join(" > ")
}
