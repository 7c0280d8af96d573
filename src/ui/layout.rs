//! Where things stand on a screen of a given size.
//!
//! 80×24 and more: documents and figures side by side, the source under them. Narrower or
//! lower: one pane at a time. Very small: only its rows.

use ratatui::layout::Rect;

use super::model::Pane;
use super::page::{Col, Title};

/// The places of the parts; an empty rectangle is not shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Layout {
    pub(super) header: Rect,
    /// The names of the panes, where one is shown at a time.
    pub(super) tabs: Rect,
    pub(super) documents: Rect,
    pub(super) figures: Rect,
    pub(super) source: Rect,
    pub(super) footer: Rect,
    /// Everything between header and footer: the place of an overlay.
    pub(super) body: Rect,
    /// A list over the panes: its title, its rows, a line, and the source under it.
    pub(super) title: Rect,
    pub(super) above: Rect,
    pub(super) line: Rect,
    pub(super) below: Rect,
    /// Whether all three panes are shown, with lines between them.
    pub(super) panes: bool,
}

/// Where the borders between the panes stand, if the person has moved them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Split {
    /// Columns of the documents.
    pub(super) left: Option<u16>,
    /// Rows of the source.
    pub(super) below: Option<u16>,
}

/// A border between panes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Border {
    /// Right of the documents.
    Left,
    /// Over the source.
    Below,
}

impl Layout {
    /// Without a split the panes are never side by side.
    pub(super) fn new(width: u16, height: u16, focus: Pane, typing: bool, split: Option<Split>) -> Self {
        let rows = |y: u16, height: u16| Rect { x: 0, y, width, height };
        if height == 0 || width == 0 {
            return Self::default();
        }
        let header = u16::from(height >= 3 || typing);
        let footer = u16::from(height >= 4);
        let body = rows(header, height - header - footer);
        let whole =
            Self { header: rows(0, header), footer: rows(height - footer, footer), body, ..Self::default() }
                .list();
        match split {
            Some(split) if width >= 80 && height >= 14 => whole.side_by_side(focus, split),
            _ => whole.stacked(focus),
        }
    }

    /// The parts of a list: its source only where there is room for both.
    fn list(self) -> Self {
        let body = self.body;
        let part = |y: u16, height: u16| Rect { y: body.y + y, height, ..body };
        let title = u16::from(body.height >= 2);
        let below = if body.height >= 12 { (body.height / 3).clamp(3, 12) } else { 0 };
        let line = u16::from(below > 0);
        let above = body.height - title - line - below;
        let text = part(title + above + line, below);
        Self {
            title: part(0, title),
            above: part(title, above),
            line: part(title + above, line),
            below: Rect { x: 1.min(text.width), width: text.width.saturating_sub(2), ..text },
            ..self
        }
    }

    /// The same with the source's place given to the rows.
    pub(super) fn without_source(self) -> Self {
        let height = self.above.height + self.line.height + self.below.height;
        let none = Rect { height: 0, ..self.above };
        Self { above: Rect { height, ..self.above }, line: none, below: none, ..self }
    }

    /// Rows of a list, below the names of its columns.
    pub(super) fn page_rows(self, columns: &[Col]) -> usize {
        usize::from(self.above.height - u16::from(self.page_headings(columns)))
    }

    /// Whether there are names over its columns, and room for them.
    pub(super) fn page_headings(self, columns: &[Col]) -> bool {
        self.above.height >= 3 && columns.iter().any(|col| !matches!(col.title, Title::None))
    }

    fn side_by_side(self, focus: Pane, split: Split) -> Self {
        let Rect { y, width, height, .. } = self.body;
        // Documents that have the keys show more of themselves.
        let usual = if focus == Pane::Documents { width * 2 / 5 } else { (width / 4).clamp(20, 40) };
        let left = split.left.unwrap_or(usual).clamp(12, width - 33);
        // Two lines: above, and between.
        let inner = height - 2;
        let below = split.below.unwrap_or((inner / 3).clamp(3, 12)).clamp(2, inner - 4);
        let above = inner - below;
        Self {
            documents: Rect { x: 1, y: y + 1, width: left, height: above },
            figures: Rect { x: left + 2, y: y + 1, width: width - left - 3, height: above },
            source: Rect { x: 1, y: y + above + 2, width: width - 2, height: below },
            panes: true,
            ..self
        }
    }

    fn stacked(self, focus: Pane) -> Self {
        let tabs = u16::from(self.body.height >= 5);
        let body = self.body;
        let pane = Rect { y: body.y + tabs, height: body.height - tabs, ..body };
        let mut layout = Self { tabs: Rect { height: tabs, ..body }, ..self };
        match focus {
            Pane::Documents => layout.documents = pane,
            Pane::Figures => layout.figures = pane,
            Pane::Source => layout.source = pane,
        }
        layout
    }

    /// The border at a place on the screen.
    pub(super) fn border(self, x: u16, y: u16) -> Option<Border> {
        if !self.panes {
            return None;
        }
        let (right, bottom) = (self.documents.right(), self.documents.bottom());
        if y == bottom {
            Some(Border::Below)
        } else if x == right && y > self.body.y && y < bottom {
            Some(Border::Left)
        } else {
            None
        }
    }

    /// The split with a border moved to a place; where the panes lie on each other, the same.
    pub(super) fn moved(self, split: Split, border: Border, x: u16, y: u16) -> Split {
        match border {
            _ if !self.panes => split,
            Border::Left => Split { left: Some(x.saturating_sub(self.documents.x)), ..split },
            Border::Below => Split { below: Some(self.body.bottom().saturating_sub(y + 1)), ..split },
        }
    }

    /// Rows of the figures' table, without its headings.
    pub(super) fn figure_rows(self) -> u16 {
        self.figures.height - u16::from(self.figure_headings())
    }

    /// The same; where the table is not shown, the rows a page key goes.
    pub(super) fn figure_rows_or_page(self) -> u16 {
        if self.figures.height > 0 { self.figure_rows() } else { self.body.height.max(1) }
    }

    pub(super) fn figure_headings(self) -> bool {
        self.figures.height >= 3
    }

    /// Rows of the source's text: where the panes are stacked, its title takes one.
    pub(super) fn source_rows(self) -> u16 {
        self.source.height - u16::from(self.source_title())
    }

    pub(super) fn source_title(self) -> bool {
        !self.panes && self.source.height >= 3
    }
}
