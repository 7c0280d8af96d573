//! The three panes: documents, figures, source.

use ratatui::layout::Rect;

use super::lines::{Lines, lines, marker};
use super::source;
use crate::index::{DocumentId, FigureRef};
use crate::query::{self, Field};
use crate::text::visible;
use crate::ui::canvas::Canvas;
use crate::ui::columns::{self, Plan};
use crate::ui::grid::{self, Want};
use crate::ui::group::{DocumentRow, DocumentsBy, Line};
use crate::ui::layout::Layout;
use crate::ui::model::{Model, Pane};
use crate::ui::style::Role;
use crate::ui::texts::Text;
use crate::ui::width::Widths;

pub(super) fn draw(model: &Model, layout: Layout, canvas: &mut Canvas<'_>) {
    if layout.panes {
        frame(model, layout, canvas);
    }
    if layout.tabs.height > 0 {
        tabs(model, layout.tabs, canvas);
    }
    documents(model, layout.documents, canvas);
    figures(model, layout, canvas);
    source::draw(model, layout, canvas);
}

/// The lines between the panes, with their names; the one that has the keys is bright.
fn frame(model: &Model, layout: Layout, canvas: &mut Canvas<'_>) {
    let colours = model.settings.colours;
    let Lines { across, down, joints: [tl, tm, tr, bl, bm, br] } = lines(model.settings.widths);
    let (docs, table) = (layout.documents, layout.figures);
    let body = layout.body;
    let style = colours.style(Role::Border);
    let (left, middle, right) = (body.x, docs.right(), body.right() - 1);
    let (top, between) = (body.y, docs.bottom());
    for (y, ends) in [(top, [tl, tm, tr]), (between, [bl, bm, br])] {
        canvas.repeat(left, y, right, across, style);
        for (x, end) in [left, middle, right].into_iter().zip(ends) {
            canvas.put(x, y, right + 1, end, style);
        }
    }
    for y in top + 1..between {
        for x in [left, middle, right] {
            canvas.put(x, y, right + 1, down, style);
        }
    }
    name(model, Pane::Documents, docs.x, top, middle, canvas);
    name(model, Pane::Figures, table.x, top, right, canvas);
    let x = name(model, Pane::Source, docs.x, between, right, canvas);
    source::caption_line(model, x, between, right, canvas);
}

/// A pane's name on its line; returns the column after it.
fn name(model: &Model, pane: Pane, x: u16, y: u16, right: u16, canvas: &mut Canvas<'_>) -> u16 {
    let active = model.focus == pane;
    let role = if active { Role::ActiveBorder } else { Role::Plain };
    let text = model.text(pane_name(pane));
    let text = if active { format!("[{text}]") } else { format!(" {text} ") };
    canvas.put(x, y, right, &text, model.settings.colours.style(role))
}

fn pane_name(pane: Pane) -> Text {
    match pane {
        Pane::Documents => Text::Documents,
        Pane::Figures => Text::Figures,
        Pane::Source => Text::Source,
    }
}

/// The panes' names, the shown one marked.
fn tabs(model: &Model, area: Rect, canvas: &mut Canvas<'_>) {
    let mut x = area.x;
    for pane in [Pane::Documents, Pane::Figures, Pane::Source] {
        x = name(model, pane, x, area.y, area.right(), canvas) + 1;
    }
}

/// The style of a row: reversed where the keys go, bold where they do not.
fn row_role(model: &Model, pane: Pane, selected: bool) -> Role {
    match (selected, model.focus == pane) {
        (false, _) => Role::Plain,
        (true, true) => Role::Selected,
        (true, false) => Role::Remembered,
    }
}

/// Title, date, source and count of each document; what there is no room for is left out.
fn documents(model: &Model, area: Rect, canvas: &mut Canvas<'_>) {
    let widths = model.settings.widths;
    let shown =
        || model.document_rows.iter().enumerate().skip(model.documents.top).take(usize::from(area.height));
    let texts: Vec<[String; 4]> = shown().map(|(_, row)| document(model, row)).collect();
    let natural =
        |n: usize| texts.iter().filter_map(|t| t.get(n)).map(|text| widths.of(text)).max().unwrap_or(0);
    let want = |n: usize, low: usize, worth: u8| Want { low: natural(n).min(low), high: natural(n), worth };
    // The count has been as wide from the start as it ever gets.
    let count = widths.of(&model.index.len().to_string());
    let room = usize::from(area.width).saturating_sub(2);
    // A title in few columns says more than a date beside half a title.
    let least = if room < count + 34 { room.saturating_sub(count + 2) } else { 20 };
    let wants = [
        want(0, least, 9),
        want(1, usize::MAX, 5),
        want(2, 10, 4),
        Want { low: count, high: count, worth: 8 },
    ];
    let grid::Plan { columns, gap } = grid::plan(&wants, room);
    let used: usize = columns.iter().map(|(_, width)| width + gap).sum::<usize>().saturating_sub(gap);
    let spare = usize::from(area.width).saturating_sub(2 + used);
    for ((n, row), (texts, y)) in shown().zip(texts.iter().zip(area.y..)) {
        let selected = n == model.documents.cursor;
        let mut role = row_role(model, Pane::Documents, selected);
        if let (DocumentRow::Group(..), false) = (row, selected) {
            role = Role::Heading;
        }
        let style = model.settings.colours.style(role);
        let x = canvas.mark(area.x, y, area.right(), selected.then(|| marker(widths)), style);
        let mut text = String::new();
        for (at, (column, width)) in columns.iter().enumerate() {
            let cell = texts.get(*column).map_or("", String::as_str);
            // The title has what room is left, the count stands at the edge.
            let width = if at == 0 { width + spare } else { *width };
            let gap = if at == 0 { 0 } else { gap };
            text.push_str(&" ".repeat(gap));
            text.push_str(&if *column == 3 {
                widths.fit_right(cell, width)
            } else {
                widths.fit(cell, width)
            });
        }
        text.push(' ');
        canvas.put(x, y, area.right(), &text, style);
    }
}

/// Title, date, source, and how many of its figures are shown.
fn document(model: &Model, row: &DocumentRow) -> [String; 4] {
    let count = |id: &DocumentId| model.counts.get(id.0 as usize).copied().unwrap_or(0);
    let none = String::new;
    match row {
        DocumentRow::All => {
            [model.text(Text::Everything).to_owned(), none(), none(), model.hits.len().to_string()]
        }
        DocumentRow::Group(name, documents) => {
            let total: usize = documents.iter().map(count).sum();
            let title = format!("{} ({})", visible(name), documents.len());
            [title, none(), none(), total.to_string()]
        }
        DocumentRow::One(id) => {
            let indent = if model.documents_by == DocumentsBy::Nothing { "" } else { "  " };
            let text = |text: &str| visible(text).into_owned();
            let (title, date, source) =
                (model.index.title(*id), model.index.date(*id), model.index.source(*id));
            [format!("{indent}{}", visible(title)), text(date), text(source), count(id).to_string()]
        }
    }
}

/// The mark of the column that orders the rows.
pub(in crate::ui) fn order_mark(reversed: bool, widths: Widths) -> &'static str {
    match (reversed, widths) {
        (false, Widths::Narrow) => "▲",
        (true, Widths::Narrow) => "▼",
        (false, Widths::Wide) => "^",
        (true, Widths::Wide) => "v",
    }
}

/// The columns of the figures, and the first one's place.
fn planned(model: &Model, layout: Layout) -> (u16, Plan) {
    // Columns for the marks, and one to stay off the line.
    let mark = marks(model);
    let room = usize::from(layout.figures.width).saturating_sub(1 + usize::from(mark));
    (layout.figures.x + mark, model.natural.plan(room))
}

/// The column of the figures at a column of the screen.
pub(in crate::ui) fn column_at(model: &Model, layout: Layout, x: u16) -> Option<Field> {
    let (mut left, plan) = planned(model, layout);
    for (field, width) in plan.columns {
        let right = left + (width + plan.gap) as u16;
        if (left..right).contains(&x) {
            return Some(field);
        }
        left = right;
    }
    None
}

fn figures(model: &Model, layout: Layout, canvas: &mut Canvas<'_>) {
    let area = layout.figures;
    if area.width == 0 || area.height == 0 {
        return;
    }
    let colours = model.settings.colours;
    let (lang, widths) = (model.settings.lang, model.settings.widths);
    let (left, plan) = planned(model, layout);
    let mut y = area.y;
    if layout.figure_headings() {
        let heading = join(&plan, widths, |field| model.heading(field));
        canvas.put(left, y, area.right(), &heading, colours.style(Role::Quiet));
        y += 1;
    }
    if model.rows.is_empty() {
        let text =
            if model.index.is_empty() && model.far.is_none() { Text::NoFigures } else { Text::NothingFits };
        canvas.put(area.x + 1, y, area.right(), model.text(text), colours.style(Role::Quiet));
        return;
    }
    let figure = |n: usize| model.rows.get(n).and_then(|id| model.index.figure(*id));
    for (line, y) in (model.figures.top..).zip(y..y + layout.figure_rows()) {
        let (Line::Row(n) | Line::Heading(n)) = model.groups.at(line);
        let Some(figure) = figure(n) else { break };
        if let Line::Heading(start) = model.groups.at(line) {
            let name = model.figures_by.field().map(|field| columns::cell(field, figure, lang, widths));
            let name = name.filter(|name| !name.is_empty());
            let name = name.as_deref().unwrap_or_else(|| model.text(Text::Without));
            let text = format!("{name} ({})", model.groups.size(start, model.rows.len()));
            let text = widths.cut(&text, usize::from(area.width).saturating_sub(2));
            canvas.put(area.x + 1, y, area.right(), &text, colours.style(Role::Heading));
        } else {
            let selected = n == model.figures.cursor;
            figure_row(model, figure, &plan, selected, Rect { y, height: 1, ..area }, canvas);
        }
    }
}

fn figure_row(
    model: &Model,
    figure: FigureRef<'_>,
    plan: &Plan,
    selected: bool,
    area: Rect,
    canvas: &mut Canvas<'_>,
) {
    let colours = model.settings.colours;
    let (lang, widths) = (model.settings.lang, model.settings.widths);
    let style = colours.style(row_role(model, Pane::Figures, selected));
    let text = join(plan, widths, |field| columns::cell(field, figure, lang, widths));
    let mark = selected.then(|| marker(widths));
    let mut x = canvas.mark(area.x, area.y, area.right(), mark, style);
    if !model.marked.is_empty() {
        let mark = if model.marked.contains(&figure.id()) { "*" } else { " " };
        x = canvas.put(x, area.y, area.right(), mark, style);
    }
    if checked(model) {
        let (mark, role) = model.verdict_mark(figure.id());
        let style = if selected { style } else { colours.style(role) };
        x = canvas.put(x, area.y, area.right(), mark, style);
    }
    canvas.put(x, area.y, area.right(), &text, style);
    if selected {
        // Reversed as a whole: more would only be noise.
        return;
    }
    for (field, width) in &plan.columns {
        let width = *width as u16;
        let place = Rect { x, y: area.y, width, height: 1 }.intersection(area);
        if *field == Field::Status {
            canvas.restyle(place, colours.style(Role::Status(figure.status())));
        } else if !columns::right(*field) {
            let text = columns::cell(*field, figure, lang, widths);
            for span in query::highlight(&model.searches.shown, *field, &text) {
                let columns = |part: Option<&str>| widths.of(part.unwrap_or("")) as u16;
                let start = columns(text.get(..span.start));
                let part = Rect { x: x + start, width: columns(text.get(span)), ..place };
                canvas.restyle(part.intersection(place), colours.style(Role::Match));
            }
        }
        x += width + plan.gap as u16;
    }
}

/// Columns of the marks before a row: the selected one's, that of marked figures once there are some, and the
/// verdict of the checks.
fn marks(model: &Model) -> u16 {
    1 + u16::from(!model.marked.is_empty()) + u16::from(checked(model))
}

/// Whether a column is kept for the verdicts: from the start, so that nothing moves when they come.
fn checked(model: &Model) -> bool {
    model.checks.as_ref().is_none_or(|checks| !checks.is_empty())
}

/// A row of cells, each as wide as its column.
fn join(plan: &Plan, widths: Widths, text: impl Fn(Field) -> String) -> String {
    let mut row = String::new();
    for (n, (field, width)) in plan.columns.iter().enumerate() {
        if n > 0 {
            row.push_str(&" ".repeat(plan.gap));
        }
        let text = text(*field);
        let right = columns::right(*field);
        row.push_str(&if right { widths.fit_right(&text, *width) } else { widths.fit(&text, *width) });
    }
    row
}
