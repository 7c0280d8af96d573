//! The columns of the figures' table: what they hold and how wide they are.
//!
//! Widths follow the content. Where the screen is too narrow an indicator or a subject is cut
//! with `…`, then columns are left out; the value is shown whole or, where nothing else is left, marked.

use super::texts::{Lang, Text};
use super::value;
use super::width::{Widths, visible};
use crate::index::FigureRef;
use crate::model::Kind;

/// A column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    Indicator,
    Subject,
    Period,
    Value,
    Kind,
    Status,
}

/// Columns between two columns, where there is room.
pub(super) const GAP: usize = 2;

/// The columns to show, each with its width, and how far they stand apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Plan {
    pub(super) columns: Vec<(Column, usize)>,
    pub(super) gap: usize,
}

impl Column {
    pub const ALL: &'static [Self] =
        &[Self::Indicator, Self::Subject, Self::Period, Self::Value, Self::Kind, Self::Status];

    /// Which go first when there is too little room.
    const SPARE: &'static [Self] = &[Self::Kind, Self::Subject, Self::Period, Self::Status, Self::Indicator];

    pub fn title(self, lang: Lang) -> &'static str {
        match self {
            Self::Indicator => Text::Indicator,
            Self::Subject => Text::Subject,
            Self::Period => Text::Period,
            Self::Value => Text::Value,
            Self::Kind => Text::Kind,
            Self::Status => Text::Status,
        }
        .of(lang)
    }

    /// What a figure shows in this column.
    pub(super) fn text(self, figure: FigureRef<'_>, lang: Lang, widths: Widths) -> String {
        match self {
            Self::Indicator => visible(figure.indicator()).into_owned(),
            Self::Subject => visible(figure.subject().unwrap_or("")).into_owned(),
            Self::Period => figure.period().map(|p| value::period(p, lang)).unwrap_or_default(),
            Self::Value => value::value(figure, widths),
            Self::Kind if figure.kind() == Kind::Level => String::new(),
            Self::Kind => value::kind(figure.kind(), lang).to_owned(),
            Self::Status => value::status(figure.status(), lang).to_owned(),
        }
    }

    /// Whether its texts end at the column's right edge.
    pub(super) fn right(self) -> bool {
        self == Self::Value
    }

    /// The narrowest it may be made, and the widest it asks for.
    fn bounds(self, natural: usize) -> (usize, usize) {
        match self {
            Self::Indicator => (natural.min(12), natural.min(44)),
            Self::Subject => (natural.min(8), natural.min(28)),
            _ => (natural, natural),
        }
    }
}

/// The widest text seen in each column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Natural([usize; Column::ALL.len()]);

impl Natural {
    /// The headings alone.
    pub(super) fn headings(lang: Lang, widths: Widths) -> Self {
        let mut natural = Self::default();
        for (width, column) in natural.0.iter_mut().zip(Column::ALL) {
            *width = widths.of(column.title(lang));
        }
        natural
    }

    /// Takes a figure's texts into account.
    pub(super) fn see(&mut self, figure: FigureRef<'_>, lang: Lang, widths: Widths) {
        for (width, column) in self.0.iter_mut().zip(Column::ALL) {
            *width = (*width).max(widths.of(&column.text(figure, lang, widths)));
        }
    }

    fn of(&self, column: Column) -> usize {
        let at = Column::ALL.iter().position(|c| *c == column);
        at.and_then(|at| self.0.get(at)).copied().unwrap_or(0)
    }

    /// The columns to show in `room` columns of the screen.
    pub(super) fn plan(&self, room: usize) -> Plan {
        let mut shown = Column::ALL.to_vec();
        let least = |shown: &[Column], gap: usize| -> usize {
            let gaps = gap * shown.len().saturating_sub(1);
            gaps + shown.iter().map(|c| c.bounds(self.of(*c)).0).sum::<usize>()
        };
        let gap = if least(&shown, GAP) <= room { GAP } else { 1 };
        for spare in Column::SPARE {
            if least(&shown, gap) <= room {
                break;
            }
            shown.retain(|c| c != spare);
        }
        let mut left = room.saturating_sub(least(&shown, gap));
        let columns = shown.into_iter().map(|column| {
            let (low, high) = column.bounds(self.of(column));
            let more = left.min(high - low);
            left -= more;
            (column, (low + more).min(room))
        });
        Plan { columns: columns.collect(), gap }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::sample;

    fn natural() -> Natural {
        let mut natural = Natural::headings(Lang::Zh, Widths::Narrow);
        for figure in sample::index().figures() {
            natural.see(figure, Lang::Zh, Widths::Narrow);
        }
        natural
    }

    #[test]
    fn columns_fit_and_the_value_goes_last() {
        for room in 0..120 {
            let Plan { columns: plan, gap } = natural().plan(room);
            let used: usize = plan.iter().map(|(_, w)| w).sum::<usize>() + gap * (plan.len() - 1);
            assert!(used <= room.max(1), "{room}: {plan:?}");
            assert!(plan.iter().any(|(c, _)| *c == Column::Value), "{room}");
            if room >= natural().of(Column::Value) {
                assert!(plan.contains(&(Column::Value, natural().of(Column::Value))), "{room}: {plan:?}");
            }
        }
        assert_eq!(natural().plan(100).columns.len(), Column::ALL.len());
    }
}
