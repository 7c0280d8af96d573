//! A document's lines with its numbers marked, and below each line what became of them.
//!
//! `产值达[1:436亿元]，第{2:五批}` / `[1] 436亿元` / `    指标    产值      <- named before the number`

use std::io::{self, Write};
use std::ops::Range;

use crate::index::{FigureRef, Index};
use crate::model::{self, Document, Lang, Rejected};
use crate::query::{Field, show};
use crate::text::{CleanSpan, visible};
use crate::ui::width::Widths;
use crate::ui::{self, Text};

const WIDTHS: Widths = Widths::Narrow;

/// How the page looks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Look {
    pub(super) lang: Lang,
    /// Columns of a line.
    pub(super) width: usize,
    pub(super) colour: bool,
    /// Lines without numbers are shown, too.
    pub(super) whole: bool,
}

/// What a stretch of a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Plain,
    Heading,
    Figure,
    Rejected,
    Quiet,
}

impl Role {
    /// The parameters of the terminal's sequence for this look.
    fn colour(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Heading => "1",
            Self::Figure => "1;32",
            Self::Rejected => "33",
            Self::Quiet => "2",
        }
    }
}

/// A number of the text.
#[derive(Clone, Copy)]
enum Number<'a> {
    Figure(FigureRef<'a>),
    Rejected(&'a Rejected),
}

impl Number<'_> {
    fn span(&self) -> CleanSpan {
        match self {
            Self::Figure(figure) => figure.full().span,
            Self::Rejected(rejected) => rejected.span,
        }
    }

    /// The mark with its number: `[1:` and `]`, or `{1:` and `}`.
    fn marks(&self) -> (char, char, Role) {
        match self {
            Self::Figure(_) => ('[', ']', Role::Figure),
            Self::Rejected(_) => ('{', '}', Role::Rejected),
        }
    }
}

/// The fields of a figure that rules decide, in the order of the explorer's detail view.
const FIELDS: &[(Field, model::Field)] = &[
    (Field::Indicator, model::Field::Indicator),
    (Field::Subject, model::Field::Subject),
    (Field::Period, model::Field::Period),
    (Field::Value, model::Field::Value),
    (Field::Unit, model::Field::Unit),
    (Field::Bound, model::Field::Bound),
    (Field::Kind, model::Field::Kind),
    (Field::Status, model::Field::Status),
    (Field::Of, model::Field::Of),
    (Field::Parent, model::Field::Parent),
    (Field::Owners, model::Field::Owners),
];

/// Prints all documents of the index.
pub(super) fn print(index: &Index, look: Look, out: &mut dyn Write) -> io::Result<()> {
    let several = index.document_count() > 1;
    for n in (0..index.document_count() as u32).map(crate::index::DocumentId) {
        let Some(document) = index.document(n) else { continue };
        let figures = index.of_document(n).filter_map(|n| index.figure(crate::index::FigureId(n)));
        let mut numbers: Vec<Number<'_>> = figures.map(Number::Figure).collect();
        numbers.extend(document.rejected.iter().map(Number::Rejected));
        numbers.sort_by_key(Number::span);
        let mut page = Page { look, out: &mut *out, line: Line::default() };
        if several {
            page.line.push(&format!("== {} ==", document.id), Role::Heading);
            page.end(0)?;
        }
        page.document(document, &numbers)?;
    }
    Ok(())
}

/// A line being made: its text, safe to print, and what each stretch of it is.
#[derive(Default)]
struct Line {
    text: String,
    roles: Vec<(Range<usize>, Role)>,
}

impl Line {
    fn push(&mut self, text: &str, role: Role) {
        let start = self.text.len();
        self.text.push_str(&visible(text));
        if self.text.len() > start {
            self.roles.push((start..self.text.len(), role));
        }
    }

    fn columns(&self) -> usize {
        WIDTHS.of(&self.text)
    }

    /// Blanks up to a column; one at least.
    fn fill(&mut self, column: usize) {
        let blanks = column.saturating_sub(self.columns()).max(1);
        self.push(&" ".repeat(blanks), Role::Plain);
    }
}

struct Page<'a> {
    look: Look,
    out: &'a mut dyn Write,
    line: Line,
}

/// Where the values of a figure's fields stand, and where the rules.
const VALUE: usize = 14;
const RULE: usize = 34;

impl Page<'_> {
    fn document(&mut self, document: &Document, numbers: &[Number<'_>]) -> io::Result<()> {
        let mut start = 0;
        let mut next = 0;
        for text in document.text.split('\n') {
            let end = start + text.len();
            let from = next;
            while numbers.get(next).is_some_and(|number| number.span().start < end) {
                next += 1;
            }
            let here = numbers.get(from..next).unwrap_or(&[]);
            if self.look.whole || !here.is_empty() {
                self.marked(&document.text, CleanSpan::new(start, end), here, from)?;
            }
            for (n, number) in (from + 1..).zip(here) {
                match number {
                    Number::Figure(figure) => self.figure(n, *figure, numbers)?,
                    Number::Rejected(rejected) => self.rejected(n, rejected)?,
                }
            }
            if !here.is_empty() {
                writeln!(self.out)?;
            }
            start = end + 1;
        }
        Ok(())
    }

    /// A line of the text with its numbers in marks. One inside another is listed below only.
    fn marked(&mut self, text: &str, span: CleanSpan, here: &[Number<'_>], from: usize) -> io::Result<()> {
        let mut at = span.start;
        for (n, number) in (from + 1..).zip(here) {
            let CleanSpan { start, end } = number.span();
            if start < at || end > span.end {
                continue;
            }
            let (open, close, role) = number.marks();
            self.line.push(CleanSpan::new(at, start).of(text), Role::Plain);
            self.line.push(&format!("{open}{n}:"), Role::Quiet);
            self.line.push(number.span().of(text), role);
            self.line.push(&close.to_string(), Role::Quiet);
            at = end;
        }
        self.line.push(CleanSpan::new(at, span.end).of(text), Role::Plain);
        self.end(0)
    }

    fn figure(&mut self, n: usize, figure: FigureRef<'_>, numbers: &[Number<'_>]) -> io::Result<()> {
        let Look { lang, .. } = self.look;
        self.head(n, Number::Figure(figure), figure.quote());
        let confidence = show::text(figure, Field::Confidence, lang);
        self.line.push(&format!("  {} {confidence}", Field::Confidence.name(lang)), Role::Plain);
        self.end(4)?;
        for (field, decided) in FIELDS {
            let text = match field {
                Field::Value | Field::Period => ui::cell(*field, figure, lang, WIDTHS),
                Field::Parent => parent(figure, numbers),
                _ => show::text(figure, *field, lang).into_owned(),
            };
            let named = figure.full().trace.iter().filter(|t| t.field == *decided);
            let rules: Vec<_> = named.map(|t| ui::rule(&t.rule, lang)).collect();
            let always = matches!(field, Field::Indicator | Field::Subject | Field::Period);
            if text.is_empty() && !always {
                continue;
            }
            let inferred = *field == Field::Unit && figure.full().unit_inferred;
            let canonical = *field == Field::Indicator && figure.indicator_id() != figure.indicator();
            self.line.push(&format!("    {}", field.name(lang)), Role::Plain);
            self.line.fill(VALUE);
            self.line.push(if text.is_empty() { "-" } else { &text }, Role::Heading);
            if inferred {
                self.line.push(&format!(" ({})", Text::UnitInferred.of(lang)), Role::Plain);
            }
            if canonical {
                self.line.push(&format!(" = {}", figure.indicator_id()), Role::Plain);
            }
            self.rule(&rules.join("; "))?;
        }
        Ok(())
    }

    fn rejected(&mut self, n: usize, rejected: &Rejected) -> io::Result<()> {
        self.head(n, Number::Rejected(rejected), &rejected.quote);
        self.line.push(&format!("  {}", ui::reason(rejected.reason, self.look.lang)), Role::Heading);
        self.rule(&ui::rule(&rejected.rule, self.look.lang))
    }

    fn head(&mut self, n: usize, number: Number<'_>, quote: &str) {
        let (open, close, role) = number.marks();
        self.line.push(&format!("  {open}{n}{close} "), Role::Quiet);
        self.line.push(quote, role);
    }

    /// The rule at the line's end, or on a line of its own where there is no room.
    fn rule(&mut self, rule: &str) -> io::Result<()> {
        if !rule.is_empty() {
            let text = format!("<- {rule}");
            let used = self.line.columns();
            if used + 2 > RULE || RULE + WIDTHS.of(&text) > self.look.width {
                if used + 2 + WIDTHS.of(&text) <= self.look.width {
                    self.line.push("  ", Role::Plain);
                } else {
                    self.end(VALUE)?;
                    self.line.fill(VALUE);
                }
            } else {
                self.line.fill(RULE);
            }
            self.line.push(&text, Role::Quiet);
        }
        self.end(VALUE)
    }

    /// Prints the line; what does not fit goes on below, indented.
    fn end(&mut self, indent: usize) -> io::Result<()> {
        let line = std::mem::take(&mut self.line);
        let first = ui::lines(&line.text, self.look.width, WIDTHS).into_iter().next().unwrap_or(0..0);
        self.part(&line, first.clone())?;
        let rest = line.text.get(first.end..).unwrap_or("");
        let skip = first.end + (rest.len() - rest.trim_start_matches(' ').len());
        let rest = line.text.get(skip..).unwrap_or("");
        if rest.is_empty() {
            return Ok(());
        }
        let indent = indent.min(self.look.width / 2);
        for range in ui::lines(rest, self.look.width - indent, WIDTHS) {
            write!(self.out, "{}", " ".repeat(indent))?;
            self.part(&line, range.start + skip..range.end + skip)?;
        }
        Ok(())
    }

    /// Prints a part of a line in its colours.
    fn part(&mut self, line: &Line, part: Range<usize>) -> io::Result<()> {
        for (range, role) in &line.roles {
            let piece = range.start.max(part.start)..range.end.min(part.end);
            let Some(text) = line.text.get(piece).filter(|text| !text.is_empty()) else { continue };
            match role.colour() {
                colour if self.look.colour && !colour.is_empty() => {
                    write!(self.out, "\x1b[{colour}m{text}\x1b[m")?;
                }
                _ => write!(self.out, "{text}")?,
            }
        }
        writeln!(self.out)
    }
}

/// The whole that a figure is part of, with its number on the page.
fn parent(figure: FigureRef<'_>, numbers: &[Number<'_>]) -> String {
    let Some(whole) = figure.parent() else { return String::new() };
    let is_it = |number: &Number<'_>| matches!(number, Number::Figure(other) if other.id() == whole.id());
    let n = numbers.iter().position(is_it).map_or(String::new(), |n| format!("[{}] ", n + 1));
    format!("{n}{}", whole.quote())
}
