//! Drawing text into a buffer by whole glyphs, inside a clip.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use unicode_segmentation::UnicodeSegmentation;

use super::width::{Widths, shown};

/// A buffer with the one way to write into it.
#[derive(Debug)]
pub(super) struct Canvas<'a> {
    buffer: &'a mut Buffer,
    widths: Widths,
    /// Where the selected row begins.
    pub(super) selected: Option<(u16, u16)>,
}

impl<'a> Canvas<'a> {
    pub(super) fn new(buffer: &'a mut Buffer, widths: Widths) -> Self {
        Self { buffer, widths, selected: None }
    }

    /// Writes the first column of a row: the mark of the selected one, or a blank.
    pub(super) fn mark(&mut self, x: u16, y: u16, right: u16, mark: Option<&str>, style: Style) -> u16 {
        if mark.is_some() && x < right && y < self.buffer.area.bottom() {
            self.selected = Some((x, y));
        }
        self.put(x, y, right, mark.unwrap_or(" "), style)
    }

    /// Writes from column `x` up to `right` (exclusive) and returns the column after the text. A
    /// glyph that does not fit whole is not written: its columns stay blank. Whatever text it is, nothing in it acts
    /// on the terminal.
    pub(super) fn put(&mut self, x: u16, y: u16, right: u16, text: &str, style: Style) -> u16 {
        let right = right.min(self.buffer.area.right());
        if y >= self.buffer.area.bottom() {
            return x;
        }
        let mut x = x;
        // Half of a wide glyph that is written over goes whole.
        if let Some(before) = x.checked_sub(1).and_then(|before| self.buffer.cell_mut((before, y)))
            && self.widths.glyph(before.symbol()) > 1
        {
            before.set_symbol(" ");
        }
        for g in shown(text).graphemes(true) {
            let width = self.widths.glyph(g) as u16;
            if x.saturating_add(width) > right {
                while x < right {
                    self.cell(x, y, " ", style);
                    x += 1;
                }
                break;
            }
            self.cell(x, y, g, style);
            for follower in x + 1..x + width {
                self.cell(follower, y, " ", style);
            }
            x += width;
        }
        x
    }

    /// Writes one glyph `count` times.
    pub(super) fn repeat(&mut self, x: u16, y: u16, right: u16, glyph: &str, style: Style) {
        let step = self.widths.glyph(glyph) as u16;
        let mut at = x;
        while at + step <= right {
            self.put(at, y, right, glyph, style);
            at += step;
        }
    }

    /// Lays a style over a row's cells without touching the glyphs.
    pub(super) fn restyle(&mut self, area: Rect, style: Style) {
        self.buffer.set_style(area.intersection(self.buffer.area), style);
    }

    fn cell(&mut self, x: u16, y: u16, symbol: &str, style: Style) {
        if let Some(cell) = self.buffer.cell_mut((x, y)) {
            cell.reset();
            cell.set_symbol(symbol).set_style(style);
        }
    }
}
