//! The three panes: documents, figures, source.

use ratatui::layout::Rect;

use super::lines::{Lines, lines, marker};
use super::source;
use crate::index::FigureRef;
use crate::query::{self, Field};
use crate::text::visible;
use crate::ui::canvas::Canvas;
use crate::ui::columns::{self, Plan};
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
    let Lines { across, down, joints: [tl, tm, tr, l, bm, r, bl, br] } = lines(model.settings.widths);
    let (docs, table) = (layout.documents, layout.figures);
    let body = layout.body;
    let style = colours.style(Role::Border);
    let (left, middle, right) = (body.x, docs.right(), body.right() - 1);
    let (top, between, bottom) = (body.y, docs.bottom(), body.bottom() - 1);
    for (y, ends) in [(top, [tl, tm, tr]), (between, [l, bm, r]), (bottom, [bl, across, br])] {
        canvas.repeat(left, y, right, across, style);
        for (x, end) in [left, middle, right].into_iter().zip(ends) {
            canvas.put(x, y, right + 1, end, style);
        }
    }
    for y in top + 1..bottom {
        if y != between {
            canvas.put(left, y, right, down, style);
            canvas.put(right, y, right + 1, down, style);
            if y < between {
                canvas.put(middle, y, right, down, style);
            }
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

fn documents(model: &Model, area: Rect, canvas: &mut Canvas<'_>) {
    let widths = model.settings.widths;
    let total = model.hits.len();
    let all = (model.text(Text::Everything), total);
    let rest = model.index.documents().iter().zip(&model.counts);
    let rows =
        std::iter::once(all).chain(rest.map(|(d, count)| (d.title.as_deref().unwrap_or(&d.id), *count)));
    let height = usize::from(area.height);
    for (n, (title, count)) in rows.enumerate().skip(model.documents.top).take(height) {
        let y = area.y + (n - model.documents.top) as u16;
        let selected = n == model.documents.cursor;
        let style = model.settings.colours.style(row_role(model, Pane::Documents, selected));
        let count = count.to_string();
        let mark = if selected { marker(widths) } else { " " };
        let room = usize::from(area.width).saturating_sub(count.len() + 3);
        let text = format!("{mark}{} {count} ", widths.fit(&visible(title), room));
        canvas.put(area.x, y, area.right(), &text, style);
    }
}

fn figures(model: &Model, layout: Layout, canvas: &mut Canvas<'_>) {
    let area = layout.figures;
    if area.width == 0 || area.height == 0 {
        return;
    }
    let colours = model.settings.colours;
    let (lang, widths) = (model.settings.lang, model.settings.widths);
    // Columns for the marks, and one to stay off the line.
    let mark = marks(model);
    let plan = model.natural.plan(usize::from(area.width).saturating_sub(1 + usize::from(mark)));
    let mut y = area.y;
    if layout.figure_headings() {
        let heading = join(&plan, widths, |field| field.name(lang).to_owned());
        canvas.put(area.x + mark, y, area.right(), &heading, colours.style(Role::Quiet));
        y += 1;
    }
    if model.rows.is_empty() {
        let text = if model.index.is_empty() { Text::NoFigures } else { Text::NothingFits };
        canvas.put(area.x + 1, y, area.right(), model.text(text), colours.style(Role::Quiet));
        return;
    }
    let shown = model.rows.iter().enumerate().skip(model.figures.top).take(usize::from(layout.figure_rows()));
    for (n, id) in shown {
        let Some(figure) = model.index.figure(*id) else { continue };
        let selected = n == model.figures.cursor;
        figure_row(model, figure, &plan, selected, Rect { y, height: 1, ..area }, canvas);
        y += 1;
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
    let mark = if selected { marker(widths) } else { " " };
    let mut x = canvas.put(area.x, area.y, area.right(), mark, style);
    if marks(model) > 1 {
        let mark = if model.marked.contains(&figure.id()) { "*" } else { " " };
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
            for span in query::highlight(&model.plan, *field, &text) {
                let columns = |part: Option<&str>| widths.of(part.unwrap_or("")) as u16;
                let start = columns(text.get(..span.start));
                let part = Rect { x: x + start, width: columns(text.get(span)), ..place };
                canvas.restyle(part.intersection(place), colours.style(Role::Match));
            }
        }
        x += width + plan.gap as u16;
    }
}

/// Columns of the marks before a row: the second one is there once a figure has been marked.
fn marks(model: &Model) -> u16 {
    1 + u16::from(!model.marked.is_empty())
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
