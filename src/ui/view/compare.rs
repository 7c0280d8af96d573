//! One indicator's subjects against its periods.

use super::bars::{bar, course};
use super::lines::marker;
use super::page::{below, title};
use crate::model::{Decimal, Kind, Status};
use crate::query::{Field, show};
use crate::text::visible;
use crate::ui::canvas::Canvas;
use crate::ui::compare::{Compare, Widest};
use crate::ui::layout::Layout;
use crate::ui::model::Model;
use crate::ui::style::Role;
use crate::ui::texts::Text;

/// Least columns of a bar.
const BAR: usize = 8;

/// Where the table's columns stand.
struct Widths {
    subject: usize,
    status: usize,
    cell: usize,
}

fn widths(model: &Model, compare: &Compare, room: usize) -> Widths {
    let words = Status::ALL.iter().filter(|status| compare.rows.iter().any(|((_, of), _)| of == *status));
    let status = words.map(|status| model.settings.widths.of(status_word(model, *status))).max().unwrap_or(0);
    // A number is never cut, a name is.
    let Widest { subject, period, value } = compare.widest;
    let cell = period.max(value);
    let subject = subject.max(8).min(room.saturating_sub(status + cell + 4).clamp(4, 30));
    Widths { subject, status, cell }
}

fn status_word(model: &Model, status: Status) -> &'static str {
    show::choice(Field::Status, status as u8, model.settings.lang)
}

/// How many periods fit beside each other.
pub(in crate::ui) fn columns(model: &Model, compare: &Compare, layout: Layout) -> usize {
    let room = usize::from(layout.above.width);
    let Widths { subject, status, cell } = widths(model, compare, room);
    (room.saturating_sub(subject + status + 3) / (cell + 2)).max(1)
}

pub(super) fn draw(model: &Model, compare: &Compare, layout: Layout, canvas: &mut Canvas<'_>) {
    let colours = model.settings.colours;
    let area = layout.above;
    let right = area.right();
    title(model, &heading(model, compare), layout.title, canvas);
    if compare.rows.is_empty() {
        canvas.put(area.x + 1, area.y, right, model.text(Text::NothingToCompare), colours.style(Role::Quiet));
        return below(model, layout, canvas);
    }
    let fitting = model.settings.widths;
    let Widths { subject, status, cell } = widths(model, compare, usize::from(area.width));
    let shown = columns(model, compare, layout);
    let periods = || compare.periods.iter().enumerate().skip(compare.left).take(shown);
    let first = area.x + 1 + (subject + status) as u16 + 1;
    let mut x = first;
    for (n, period) in periods() {
        let role = if n == compare.column { Role::Heading } else { Role::Quiet };
        let period = if period.is_empty() { "-" } else { period };
        x = canvas.put(x, area.y, right, &fitting.fit_right(period, cell + 2), colours.style(role));
    }
    let growths = compare.growths();
    let growth = |n: usize| growths.as_ref().and_then(|(all, _)| *all.get(n)?).map(percent);
    let widest = (0..compare.rows.len()).filter_map(growth).map(|text| fitting.of(&text)).max();
    // What is computed stands apart from what is stated, if there is room for it.
    let widest = widest.filter(|widest| usize::from(right.saturating_sub(x)) > widest + 2);
    if let Some(widest) = widest {
        let title = fitting.fit_right(model.text(Text::Growth), widest + 2);
        x = canvas.put(x, area.y, right, &title, colours.style(Role::Quiet));
    }
    let room = usize::from(right.saturating_sub(x + 2));
    let shares = compare.shares();
    for ((n, ((name, of), cells)), y) in
        compare.rows.iter().enumerate().skip(compare.list.top).zip(area.y + 1..area.bottom())
    {
        let here = n == compare.list.cursor;
        let name = if name.is_empty() { "-" } else { name };
        let label = format!("{} ", fitting.fit(&visible(name), subject));
        let role = if here { Role::Heading } else { Role::Plain };
        let mut x = canvas.mark(area.x, y, right, here.then(|| marker(fitting)), colours.style(role));
        x = canvas.put(x, y, right, &label, colours.style(role));
        x = canvas.put(
            x,
            y,
            right,
            &fitting.fit(status_word(model, *of), status),
            colours.style(Role::Status(*of)),
        );
        for (column, cell_of) in cells.iter().enumerate().skip(compare.left).take(shown) {
            let text = cell_of.map_or("-".to_owned(), |cell| compare.text(cell));
            let role = match (here && column == compare.column, cell_of) {
                (true, _) => Role::Selected,
                (false, None) => Role::Quiet,
                (false, Some(_)) => Role::Status(*of),
            };
            let verdict = cell_of.map_or(" ", |cell| model.verdict_mark(cell.id).0);
            let text = fitting.fit_right(&format!("{verdict}{text}"), cell + 1);
            x = canvas.put(x, y, right, " ", colours.style(Role::Plain));
            x = canvas.put(x, y, right, &text, colours.style(role));
        }
        if let Some(widest) = widest {
            let text = fitting.fit_right(&growth(n).unwrap_or_default(), widest + 2);
            x = canvas.put(x, y, right, &text, colours.style(Role::Plain));
        }
        let course = course(&compare.course(n), fitting);
        let mut room = room;
        if room >= fitting.of(&course) + 2 + BAR && !course.is_empty() {
            x = canvas.put(x + 2, y, right, &course, colours.style(Role::Plain));
            room -= fitting.of(&course) + 2;
        }
        if let Some(Some(share)) = shares.get(n)
            && room >= BAR
        {
            canvas.put(
                x + 2,
                y,
                right,
                &bar(*share, room.min(30), fitting),
                colours.style(Role::Status(*of)),
            );
        }
    }
    below(model, layout, canvas);
}

/// Indicator, unit, which of how many; and the growth of the selected value.
fn heading(model: &Model, compare: &Compare) -> String {
    let Some((indicator, kind, at, of)) = compare.matter() else {
        return model.text(Text::Compare).to_owned();
    };
    let lang = model.settings.lang;
    let kind = if kind == Kind::Level { "" } else { show::choice(Field::Kind, kind as u8, lang) };
    let unit = format!("{}{}", compare.magnitude.0, compare.unit);
    let mut text =
        format!("{}: {} {kind} ({unit})  {at}/{of}", model.text(Text::Compare), visible(indicator));
    if let Some((growths, year)) = compare.growths()
        && let Some(Some(growth)) = growths.get(compare.list.cursor)
    {
        let against = model.text(Text::Against).replace('#', &year);
        text = format!("{text}  {} {against}", percent(*growth));
    }
    text
}

fn percent(growth: Decimal) -> String {
    let sign = if growth.is_sign_positive() { "+" } else { "" };
    format!("{sign}{}%", growth.normalize())
}
