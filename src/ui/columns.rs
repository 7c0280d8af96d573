//! The columns of the figures' table: what they hold and how wide they are.
//!
//! Widths follow the content. Where the screen is too narrow an indicator or a subject is cut
//! with `…`, then columns are left out; the value is shown whole or, where nothing else is left, marked.

use super::grid::{self, Want};
use super::value;
use super::width::Widths;
use crate::index::FigureRef;
use crate::model::{Kind, Lang};
use crate::query::Field;
use crate::query::show;
use crate::text::visible;

/// The columns shown from the start.
pub const USUAL: &[Field] =
    &[Field::Indicator, Field::Subject, Field::Period, Field::Value, Field::Kind, Field::Status];

/// Which go first when there is too little room; the value never goes.
fn worth(field: Field) -> u8 {
    match field {
        Field::Value => 9,
        Field::Indicator => 8,
        Field::Status => 7,
        Field::Period => 6,
        Field::Subject => 5,
        Field::Kind => 4,
        _ => 3,
    }
}

/// What a figure shows in a column.
pub fn cell(field: Field, figure: FigureRef<'_>, lang: Lang, widths: Widths) -> String {
    match field {
        Field::Value => value::value(figure, widths),
        Field::Period => figure.period().map(|p| value::period(p, lang)).unwrap_or_default(),
        // What most figures are goes without saying.
        Field::Kind if figure.kind() == Kind::Level => String::new(),
        _ => visible(&show::text(figure, field, lang)).into_owned(),
    }
}

/// Whether a column's texts end at its right edge.
pub(super) fn right(field: Field) -> bool {
    matches!(field, Field::Value | Field::Confidence)
}

/// The narrowest a column may be made, and the widest it asks for.
fn bounds(field: Field, natural: usize) -> (usize, usize) {
    match field {
        Field::Indicator => (natural.min(12), natural.min(44)),
        Field::Subject => (natural.min(8), natural.min(28)),
        Field::Value | Field::Period | Field::Kind | Field::Status | Field::Date => (natural, natural),
        _ => (natural.min(10), natural.min(40)),
    }
}

/// The columns to show, each with its width, and how far they stand apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Plan {
    pub(super) columns: Vec<(Field, usize)>,
    pub(super) gap: usize,
}

/// The widest text seen in each column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Natural(Vec<(Field, usize)>);

impl Natural {
    /// The headings alone.
    pub(super) fn headings(fields: &[Field], widths: Widths, text: impl Fn(Field) -> String) -> Self {
        Self(fields.iter().map(|field| (*field, widths.of(&text(*field)))).collect())
    }

    /// Takes a figure's texts into account.
    pub(super) fn see(&mut self, figure: FigureRef<'_>, lang: Lang, widths: Widths) {
        for (field, width) in &mut self.0 {
            *width = (*width).max(widths.of(&cell(*field, figure, lang, widths)));
        }
    }

    /// The columns to show in `room` columns of the screen.
    pub(super) fn plan(&self, room: usize) -> Plan {
        let wants: Vec<Want> = self
            .0
            .iter()
            .map(|(field, natural)| {
                let (low, high) = bounds(*field, *natural);
                Want { low, high, worth: worth(*field) }
            })
            .collect();
        let grid::Plan { columns, gap } = grid::plan(&wants, room);
        let field = |(n, width): (usize, usize)| self.0.get(n).map(|(field, _)| (*field, width));
        Plan { columns: columns.into_iter().filter_map(field).collect(), gap }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::sample;

    fn natural() -> Natural {
        let mut natural = Natural::headings(USUAL, Widths::Narrow, |field| field.name(Lang::Zh).to_owned());
        for figure in sample::index().figures() {
            natural.see(figure, Lang::Zh, Widths::Narrow);
        }
        natural
    }

    #[test]
    fn columns_fit_and_the_value_goes_last() {
        let value = natural().0.into_iter().find(|(field, _)| *field == Field::Value).map_or(0, |(_, w)| w);
        for room in 0..120 {
            let Plan { columns: plan, gap } = natural().plan(room);
            let used: usize = plan.iter().map(|(_, w)| w).sum::<usize>() + gap * (plan.len() - 1);
            assert!(used <= room.max(1), "{room}: {plan:?}");
            assert!(plan.iter().any(|(c, _)| *c == Field::Value), "{room}");
            if room >= value {
                assert!(plan.contains(&(Field::Value, value)), "{room}: {plan:?}");
            }
        }
        assert_eq!(natural().plan(100).columns.len(), USUAL.len());
    }
}
