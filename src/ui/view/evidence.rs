//! The figures of a finding beside each other: where each stands, what it is, and its sentence.

use std::ops::Range;

use ratatui::layout::Rect;

use super::lines::marker;
use super::page::title;
use crate::index::FigureRef;
use crate::query::Field;
use crate::text::visible;
use crate::ui::canvas::Canvas;
use crate::ui::checks::Evidence;
use crate::ui::columns::cell;
use crate::ui::model::Model;
use crate::ui::source::paragraph_of;
use crate::ui::style::Role;
use crate::ui::wrap;

/// The narrowest column a sentence is read in.
const COLUMN: u16 = 34;

/// Columns between two columns.
const GAP: u16 = 2;

/// A line of a figure, and what of it is the quantity.
struct Line {
    text: String,
    role: Role,
    quantity: Range<usize>,
}

impl Line {
    fn new(text: impl Into<String>, role: Role) -> Self {
        Self { text: text.into(), role, quantity: 0..0 }
    }
}

pub(super) fn draw(model: &Model, evidence: &Evidence, area: Rect, canvas: &mut Canvas<'_>) {
    let lang = model.settings.lang;
    let finding = &evidence.finding;
    let said =
        [finding.verdict().label(lang), finding.check().label(lang), &finding.expression(lang)].join("  ");
    let area = title(model, &said, area, canvas);
    let figures: Vec<FigureRef<'_>> =
        finding.figures().iter().filter_map(|id| model.index.figure(*id)).collect();
    let beside = usize::from(area.width / COLUMN).clamp(1, figures.len().max(1));
    let width = (area.width / beside as u16).saturating_sub(GAP).max(1);
    let told: Vec<Vec<Line>> =
        figures.iter().map(|figure| lines(model, *figure, usize::from(width))).collect();
    let heights: Vec<usize> =
        told.chunks(beside).map(|row| row.iter().map(Vec::len).max().unwrap_or(0) + 1).collect();
    // If not all fit, the row of the selected figure comes first.
    let all = heights.iter().sum::<usize>() <= usize::from(area.height) + 1;
    let first = if all { 0 } else { evidence.list.cursor / beside };
    let mut y = area.y;
    for ((n, row), height) in told.chunks(beside).enumerate().zip(&heights).skip(first) {
        for (column, lines) in row.iter().enumerate() {
            let x = area.x + column as u16 * (area.width / beside as u16);
            let place = Rect { x, y, width, height: area.bottom().saturating_sub(y) };
            put(model, lines, n * beside + column == evidence.list.cursor, place, canvas);
        }
        y = y.saturating_add(*height as u16);
        if y >= area.bottom() {
            break;
        }
    }
}

fn lines(model: &Model, figure: FigureRef<'_>, width: usize) -> Vec<Line> {
    let (lang, widths) = (model.settings.lang, model.settings.widths);
    let room = width.saturating_sub(1);
    let place = paragraph_of(figure, lang).map_or_else(String::new, |place| format!("{place} | "));
    let mark = match model.verdict_mark(figure.id()).0 {
        " " => String::new(),
        mark => format!("{mark} "),
    };
    let heading = format!("{mark}{place}{}", visible(figure.title()));
    let mut lines = vec![Line::new(widths.cut(&heading, room), Role::Heading)];
    let fields = [Field::Indicator, Field::Subject, Field::Period, Field::Value];
    let names: Vec<String> = fields.iter().map(|field| cell(*field, figure, lang, widths)).collect();
    let names =
        names.iter().filter(|name| !name.is_empty()).map(String::as_str).collect::<Vec<_>>().join("  ");
    let broken = |text: &str| wrap::lines(text, room, widths);
    lines.extend(broken(&names).into_iter().map(|at| Line::new(names.get(at).unwrap_or(""), Role::Quiet)));
    let (text, quantity) = sentence(figure);
    lines.extend(broken(&text).into_iter().map(|at| {
        let inside = |place: usize| place.clamp(at.start, at.end) - at.start;
        let quantity = inside(quantity.start)..inside(quantity.end);
        Line { text: text.get(at).unwrap_or("").to_owned(), role: Role::Plain, quantity }
    }));
    lines
}

/// The sentence with its quantity in brackets, and where they stand.
fn sentence(figure: FigureRef<'_>) -> (String, Range<usize>) {
    let full = figure.full();
    let text = figure.sentence();
    let start = full.span.start.saturating_sub(full.sentence.start);
    let part = |range: Range<usize>| visible(&text.get(range).unwrap_or("").replace('\n', " ")).into_owned();
    let end = full.span.end.saturating_sub(full.sentence.start).max(start);
    let (before, quantity, after) = (part(0..start), part(start..end), part(end..text.len()));
    let bracketed = format!("[{quantity}]");
    let at = before.len()..before.len() + bracketed.len();
    (before + &bracketed + &after, at)
}

fn put(model: &Model, lines: &[Line], selected: bool, area: Rect, canvas: &mut Canvas<'_>) {
    let colours = model.settings.colours;
    let right = area.right();
    if selected && area.height > 0 {
        let mark = Some(marker(model.settings.widths));
        canvas.mark(area.x, area.y, right, mark, colours.style(Role::Plain));
    }
    for (line, y) in lines.iter().zip(area.y..area.bottom()) {
        let part = |range: Range<usize>| line.text.get(range).unwrap_or("");
        let mut x = area.x + 1;
        for (text, role) in [
            (part(0..line.quantity.start), line.role),
            (part(line.quantity.clone()), Role::Quantity),
            (part(line.quantity.end..line.text.len()), line.role),
        ] {
            x = canvas.put(x, y, right, text, colours.style(role));
        }
    }
}
