//! The characters that lines and marks are drawn with: narrow ones, whatever the terminal makes of
//! characters of ambiguous width.

use crate::ui::width::Widths;

/// Lines between panes.
pub(super) struct Lines {
    pub(super) across: &'static str,
    pub(super) down: &'static str,
    /// Corners and crossings: top left, middle and right, bottom left, middle and right.
    pub(super) joints: [&'static str; 6],
}

const BOX: Lines = Lines { across: "─", down: "│", joints: ["┌", "┬", "┐", "└", "┴", "┘"] };
const ASCII: Lines = Lines { across: "-", down: "|", joints: ["+"; 6] };

pub(super) fn lines(widths: Widths) -> &'static Lines {
    match widths {
        Widths::Narrow => &BOX,
        Widths::Wide => &ASCII,
    }
}

/// The mark of the selected row.
pub(super) fn marker(widths: Widths) -> &'static str {
    match widths {
        Widths::Narrow => "▶",
        Widths::Wide => ">",
    }
}
