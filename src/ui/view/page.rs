//! A list over the panes, with the source of the selected row under it.

use ratatui::layout::Rect;

use super::bars::bar;
use super::lines::{lines, marker};
use super::source;
use crate::ui::canvas::Canvas;
use crate::ui::layout::Layout;
use crate::ui::model::Model;
use crate::ui::page::{Kind, Page, Row};
use crate::ui::style::Role;
use crate::ui::texts::Text;

pub(super) fn draw(model: &Model, page: &Page, layout: Layout, canvas: &mut Canvas<'_>) {
    let colours = model.settings.colours;
    let widths = model.settings.widths;
    let layout = page.layout(layout);
    let area = layout.above;
    title(model, &page.title, layout.title, canvas);
    let plan = page.plan(usize::from(area.width).saturating_sub(2));
    let columns = page.columns();
    let mut y = area.y;
    if layout.page_headings(columns) {
        let mut x = area.x + 1;
        for (n, width) in &plan.columns {
            if let Some(col) = columns.get(*n) {
                let text = col.title.of(model);
                let text = if col.right { widths.fit_right(text, *width) } else { widths.fit(text, *width) };
                x = canvas.put(x, y, area.right(), &text, colours.style(Role::Quiet)) + plan.gap as u16;
            }
        }
        y += 1;
    }
    if page.rows.is_empty() {
        let text = match page.kind {
            Kind::Basket => Text::BasketEmpty,
            Kind::Views => Text::NoViews,
            Kind::History => Text::NoHistory,
            _ => Text::NothingFits,
        };
        canvas.put(area.x + 1, y, area.right(), model.text(text), colours.style(Role::Quiet));
    }
    for ((n, row), y) in page.rows.iter().enumerate().skip(page.list.top).zip(y..area.bottom()) {
        let selected = n == page.list.cursor;
        let place = Rect { y, height: 1, ..area };
        if let Row::Heading(text) = row {
            let text = widths.cut(text, usize::from(area.width).saturating_sub(2));
            canvas.put(area.x + 1, y, area.right(), &text, colours.style(Role::Heading));
            continue;
        }
        let mark = selected.then(|| marker(widths));
        let over = |role: Role| colours.style(if selected { Role::Selected } else { role });
        let mut x = canvas.mark(area.x, y, area.right(), mark, over(Role::Plain));
        let cells = page.cells(model, row);
        for (at, (n, width)) in plan.columns.iter().enumerate() {
            if at > 0 {
                x = canvas.put(x, y, area.right(), &" ".repeat(plan.gap), over(Role::Plain));
            }
            let (text, role) = match cells.get(*n) {
                None => (String::new(), Role::Plain),
                Some(cell) => match cell.bar {
                    Some(share) => (bar(share, *width, widths), cell.role),
                    None => (cell.text.clone(), cell.role),
                },
            };
            let right = columns.get(*n).is_some_and(|col| col.right);
            let text = if right { widths.fit_right(&text, *width) } else { widths.fit(&text, *width) };
            // A reversed bar could not be told from its background.
            let barred = cells.get(*n).is_some_and(|cell| cell.bar.is_some());
            let style = if barred { colours.style(role) } else { over(role) };
            x = canvas.put(x, y, place.right(), &text, style);
        }
    }
    below(model, layout, canvas);
}

/// The source of the selected row, under a line that says where it stands.
pub(super) fn below(model: &Model, layout: Layout, canvas: &mut Canvas<'_>) {
    if layout.below.height == 0 {
        return;
    }
    let (area, right) = (layout.line, layout.line.right());
    let colours = model.settings.colours;
    if !model.settings.plain {
        canvas.repeat(
            area.x,
            area.y,
            right,
            lines(model.settings.widths).across,
            colours.style(Role::Border),
        );
    }
    if model.place().is_some() {
        let x = canvas.put(
            area.x + 1,
            area.y,
            right,
            &format!(" {} ", model.text(Text::Source)),
            colours.style(Role::Plain),
        );
        source::caption_line(model, x, area.y, right, canvas);
        source::text(model, layout.below, canvas);
    }
}

/// A list's name, if there is room for it and something else; returns what is left.
pub(super) fn title(model: &Model, text: &str, area: Rect, canvas: &mut Canvas<'_>) -> Rect {
    let style = model.settings.colours.style(Role::ActiveBorder);
    if area.height == 0 {
        return area;
    }
    // Alone in its row it takes that row; over a body it takes the first of several.
    if area.height == 1 && model.size.1 < 4 {
        return area;
    }
    let text = model.settings.widths.cut(text, usize::from(area.width).saturating_sub(1));
    canvas.put(area.x, area.y, area.right(), &format!(" {text}"), style);
    Rect { y: area.y + 1, height: area.height - 1, ..area }
}
