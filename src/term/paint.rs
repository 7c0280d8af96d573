//! A buffer of cells → the bytes that change the screen from what it shows to that.
//!
//! Only what changed is written, in one go; nothing at all if nothing did. The cursor is moved
//! only where it would not stand by itself: not after a plain wide character, but after one whose
//! width terminals disagree about, unless this terminal has told or the same follows it.

use std::io::Write;

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};

use crate::ui::width::{Widths, ambiguous, uncertain};

/// How the terminal differs from the ordinary.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Quirks {
    pub widths: Widths,
    /// Whether the terminal has told them, or the person.
    pub told: bool,
    /// Move the cursor after every character that is not ASCII: for terminals that
    /// disagree about the width of plain ideographs too.
    pub safe_cursor: bool,
    /// Keep the terminal from showing half a frame (DEC private mode 2026).
    pub synchronized: bool,
}

impl Quirks {
    /// Whether the cursor's column is known after this glyph.
    fn sure(self, glyph: &str) -> bool {
        let told = self.told && self.widths == Widths::Narrow && ambiguous(glyph);
        glyph.is_ascii() || !self.safe_cursor && (told || !uncertain(glyph))
    }
}

/// Frames smaller than this arrive at once anyway.
const WORTH_SYNCHRONIZING: usize = 400;

/// What the screen shows and where its cursor stands.
#[derive(Debug)]
pub struct Painter {
    quirks: Quirks,
    shown: Buffer,
    pen: Pen,
    /// Whether nothing is known of the screen, so that it must be cleared first.
    lost: bool,
}

/// The cursor and the attributes that the next character would get.
#[derive(Debug, Default)]
struct Pen {
    out: Vec<u8>,
    /// Column and row.
    at: Option<(u16, u16)>,
    /// The row, where the column is unknown: after a character of uncertain width.
    row: Option<u16>,
    /// The last glyph if its width is uncertain, and the place after it: where the same follows, a line keeps
    /// together however wide it is, and beyond the screen's edge nothing is written.
    last: Option<(String, u16, u16)>,
    fg: Color,
    bg: Color,
    modifier: Modifier,
    /// Where the visible cursor stands.
    caret: Option<(u16, u16)>,
}

impl Painter {
    /// A painter for a screen that was just cleared, its cursor hidden.
    pub fn new(quirks: Quirks) -> Self {
        Self { quirks, shown: Buffer::default(), pen: Pen::default(), lost: false }
    }

    /// How the terminal differs, as it turns out.
    pub fn quirks(&mut self) -> &mut Quirks {
        &mut self.quirks
    }

    /// Something else may have written on the screen.
    pub fn forget(&mut self) {
        self.lost = true;
    }

    /// The bytes that make the screen show `next`, with the cursor at `caret`, or hidden.
    pub fn frame(&mut self, next: &Buffer, caret: Option<(u16, u16)>) -> &[u8] {
        self.pen.out.clear();
        let resized = self.shown.area != next.area;
        if self.lost || resized {
            // A fresh screen of the first frame is blank already.
            if self.lost || self.shown.area != Rect::ZERO {
                self.pen.reset();
                self.pen.out.extend_from_slice(b"\x1b[0m\x1b[2J");
            }
            self.shown = Buffer::empty(next.area);
            self.lost = false;
        }
        for y in next.area.top()..next.area.bottom() {
            self.row(next, y);
        }
        self.pen.switch(look(&Cell::EMPTY));
        self.shown.clone_from(next);
        self.pen.caret(caret);
        if self.quirks.synchronized && self.pen.out.len() >= WORTH_SYNCHRONIZING {
            self.pen.out.splice(..0, *b"\x1b[?2026h");
            self.pen.out.extend_from_slice(b"\x1b[?2026l");
        }
        &self.pen.out
    }

    fn row(&mut self, next: &Buffer, y: u16) {
        let width = usize::from(next.area.width);
        let row = usize::from(y - next.area.y) * width..usize::from(y - next.area.y + 1) * width;
        let (Some(old), Some(new)) = (self.shown.content.get(row.clone()), next.content.get(row)) else {
            return;
        };
        if old == new {
            return;
        }
        let widths = self.quirks.widths;
        let (old_glyphs, new_glyphs) = (glyphs(old, widths), glyphs(new, widths));
        // A glyph is written again if any of its cells changed, also from half a glyph to a blank.
        let differ = |a: Option<&Cell>, b: Option<&Cell>| match (a, b) {
            (Some(a), Some(b)) => a.symbol() != b.symbol() || look(a) != look(b),
            _ => true,
        };
        let changed = |x: usize| differ(old.get(x), new.get(x)) || old_glyphs.get(x) != new_glyphs.get(x);
        let mut x = 0;
        let mut pending = None;
        while let (Some(cell), Some(glyph)) = (new.get(x), new_glyphs.get(x)) {
            let span = usize::from(*glyph).max(1);
            if (x..x + span).any(changed) {
                let from = pending.take().unwrap_or(x);
                self.pen.bridge(new, &new_glyphs, from, x, y, self.quirks);
                self.pen.cell(cell, x as u16, y, span as u16, next.area.width, self.quirks);
                pending = Some(x + span);
            }
            x += span;
        }
    }
}

/// For each cell the width of the glyph that begins there, or 0 inside one.
fn glyphs(row: &[Cell], widths: Widths) -> Vec<u8> {
    let mut out = vec![1; row.len()];
    let mut x = 0;
    while let Some(cell) = row.get(x) {
        let symbol = cell.symbol();
        let width = if symbol.len() == 1 { 1 } else { widths.glyph(symbol).min(row.len() - x) };
        for (n, o) in out.iter_mut().skip(x).take(width).enumerate() {
            *o = if n == 0 { width as u8 } else { 0 };
        }
        x += width;
    }
    out
}

impl Pen {
    fn reset(&mut self) {
        (self.at, self.row, self.last) = (None, None, None);
        (self.fg, self.bg, self.modifier) = (Color::Reset, Color::Reset, Modifier::empty());
    }

    /// From one changed glyph to the next: writes the few unchanged ones between them again
    /// where that is shorter than moving the cursor.
    fn bridge(&mut self, row: &[Cell], glyphs: &[u8], from: usize, to: usize, y: u16, quirks: Quirks) {
        const MOVE: usize = 4;
        if from == to || self.at != Some((from as u16, y)) {
            return;
        }
        let between =
            || row.iter().zip(glyphs).skip(from).take(to - from).filter(|(_, g)| **g > 0).map(|(c, _)| c);
        let bytes: usize = between().map(|c| c.symbol().len()).sum();
        if bytes > MOVE || !between().all(|c| quirks.sure(c.symbol())) {
            return;
        }
        if between().all(|c| self.has(c)) {
            for cell in between() {
                self.out.extend_from_slice(cell.symbol().as_bytes());
            }
            self.at = Some((to as u16, y));
        }
    }

    fn cell(&mut self, cell: &Cell, x: u16, y: u16, span: u16, width: u16, quirks: Quirks) {
        let symbol = cell.symbol();
        let again = matches!(&self.last, Some((last, at, row)) if last == symbol && (*at, *row) == (x, y));
        if !again {
            self.go(x, y);
        }
        self.attributes(cell);
        self.out.extend_from_slice(symbol.as_bytes());
        let after = x + span;
        // In the last column the cursor waits for the next character: only the row is known.
        let last = after >= width;
        let sure = quirks.sure(symbol);
        self.at = (!last && sure).then_some((after, y));
        self.row = Some(y);
        self.last = (!last && !sure && !quirks.safe_cursor).then(|| (symbol.to_owned(), after, y));
    }

    /// Moves the cursor by the shortest way known to be right.
    fn go(&mut self, x: u16, y: u16) {
        if self.at == Some((x, y)) {
            return;
        }
        let mut best = format!("\x1b[{};{}H", y + 1, x + 1);
        if x == 0 {
            best = format!("\x1b[{}H", y + 1);
        }
        if y == 0 && x == 0 {
            "\x1b[H".clone_into(&mut best);
        }
        if self.row == Some(y) {
            best = format!("\x1b[{}G", x + 1);
        }
        if let Some(row) = self.row.filter(|row| *row <= y) {
            let right = |n: u16| match n {
                0 => String::new(),
                1 => "\x1b[C".to_owned(),
                n => format!("\x1b[{n}C"),
            };
            let down = "\n".repeat(usize::from(y - row));
            let on = self.at.and_then(|(from, _)| x.checked_sub(from)).map(right);
            let ways =
                [on.map(|on| format!("{down}{on}")), Some(best), Some(format!("\r{down}{}", right(x)))];
            best = ways.into_iter().flatten().min_by_key(String::len).unwrap_or_default();
        }
        self.out.extend_from_slice(best.as_bytes());
        (self.at, self.row, self.last) = (Some((x, y)), Some(y), None);
    }

    fn has(&self, cell: &Cell) -> bool {
        let all_blank = || blank(cell) && self.bg == cell.bg && !self.modifier.intersects(FILLING);
        (self.fg, self.bg, self.modifier) == look(cell) || all_blank()
    }

    fn attributes(&mut self, cell: &Cell) {
        if !self.has(cell) {
            self.switch(look(cell));
        }
    }

    /// Changes the attributes by the shorter of two ways: from where they stand, or from none.
    fn switch(&mut self, (fg, bg, modifier): (Color, Color, Modifier)) {
        if (self.fg, self.bg, self.modifier) == (fg, bg, modifier) {
            return;
        }
        let mut from_here = Vec::new();
        let mut from_none = vec!["0".to_owned()];
        let dropped = self.modifier - modifier;
        for (bits, off) in OFF {
            if dropped.intersects(*bits) {
                from_here.push((*off).to_owned());
            }
        }
        for (bit, on) in ON {
            if modifier.contains(*bit) {
                from_none.push((*on).to_owned());
                let lost = OFF.iter().any(|(bits, _)| bits.contains(*bit) && dropped.intersects(*bits));
                if !self.modifier.contains(*bit) || lost {
                    from_here.push((*on).to_owned());
                }
            }
        }
        for (now, wanted, base) in [(self.fg, fg, 30), (self.bg, bg, 40)] {
            if now != wanted {
                from_here.push(colour(wanted, base));
            }
            if wanted != Color::Reset {
                from_none.push(colour(wanted, base));
            }
        }
        let (here, none) = (from_here.join(";"), from_none.join(";"));
        let none = if none == "0" { String::new() } else { none };
        let codes = if here.len() <= none.len() && !here.is_empty() { here } else { none };
        // Writing into memory does not fail.
        let _ = write!(self.out, "\x1b[{codes}m");
        (self.fg, self.bg, self.modifier) = (fg, bg, modifier);
    }

    /// Puts the visible cursor where it belongs. A terminal draws it, so it is touched only when it must be.
    fn caret(&mut self, caret: Option<(u16, u16)>) {
        match (caret, self.caret) {
            (None, None) => {}
            (None, Some(_)) => self.out.extend_from_slice(b"\x1b[?25l"),
            (Some((x, y)), was) => {
                if was != caret || !self.out.is_empty() {
                    self.go(x, y);
                }
                if was.is_none() {
                    self.out.extend_from_slice(b"\x1b[?25h");
                }
            }
        }
        self.caret = caret;
    }
}

/// What fills a blank, too.
const FILLING: Modifier = Modifier::REVERSED.union(Modifier::UNDERLINED).union(Modifier::CROSSED_OUT);

/// Whether it is a blank of which nothing but its background is seen.
fn blank(cell: &Cell) -> bool {
    cell.symbol() == " " && !cell.modifier.intersects(FILLING)
}

/// What is seen of a cell's attributes: foreground, background, modifiers.
fn look(cell: &Cell) -> (Color, Color, Modifier) {
    if blank(cell) { (Color::Reset, cell.bg, Modifier::empty()) } else { (cell.fg, cell.bg, cell.modifier) }
}

/// What switches modifiers off.
const OFF: &[(Modifier, &str)] = &[
    (Modifier::BOLD.union(Modifier::DIM), "22"),
    (Modifier::ITALIC, "23"),
    (Modifier::UNDERLINED, "24"),
    (Modifier::REVERSED, "27"),
];

/// What switches them on.
const ON: &[(Modifier, &str)] = &[
    (Modifier::BOLD, "1"),
    (Modifier::DIM, "2"),
    (Modifier::ITALIC, "3"),
    (Modifier::UNDERLINED, "4"),
    (Modifier::REVERSED, "7"),
];

/// The code of a colour; `base` is 30 for the foreground, 40 for the background.
fn colour(colour: Color, base: u16) -> String {
    let n = match colour {
        Color::Reset => return (base + 9).to_string(),
        Color::Rgb(r, g, b) => return format!("{};2;{r};{g};{b}", base + 8),
        Color::Indexed(n) => return format!("{};5;{n}", base + 8),
        Color::Black => 0,
        Color::Red => 1,
        Color::Green => 2,
        Color::Yellow => 3,
        Color::Blue => 4,
        Color::Magenta => 5,
        Color::Cyan => 6,
        Color::Gray => 7,
        Color::DarkGray => 60,
        Color::LightRed => 61,
        Color::LightGreen => 62,
        Color::LightYellow => 63,
        Color::LightBlue => 64,
        Color::LightMagenta => 65,
        Color::LightCyan => 66,
        Color::White => 67,
    };
    (base + n).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::{Model, Msg, Settings, sample, update, view};
    use proptest::prelude::*;
    use ratatui::style::Style;
    use std::sync::Arc;

    /// What a terminal shows after the bytes, and where its cursor stands.
    struct Terminal(vt100::Parser);

    impl Terminal {
        fn new(width: u16, height: u16) -> Self {
            Self(vt100::Parser::new(height, width, 0))
        }

        fn shows(&self, next: &Buffer) {
            for y in 0..next.area.height {
                let mut x = 0;
                while x < next.area.width {
                    let cell = &next[(x, y)];
                    let there = self.0.screen().cell(y, x).expect("inside");
                    let symbol = if there.contents().is_empty() { " " } else { there.contents() };
                    assert_eq!(symbol, cell.symbol(), "at {x},{y}");
                    let has = |m| cell.modifier.contains(m);
                    assert_eq!(there.inverse(), has(Modifier::REVERSED), "at {x},{y}");
                    assert_eq!(there.underline(), has(Modifier::UNDERLINED), "at {x},{y}");
                    // Of a blank neither is seen.
                    if !blank(cell) {
                        assert_eq!(there.bold(), has(Modifier::BOLD), "at {x},{y}");
                        let red = there.fgcolor() == vt100::Color::Idx(1);
                        assert_eq!(red, cell.fg == Color::Red, "at {x},{y}");
                    }
                    x += Widths::Narrow.glyph(cell.symbol()) as u16;
                }
            }
        }
    }

    /// A piece of text somewhere, in one of a few styles.
    fn piece() -> impl Strategy<Value = (u16, u16, String, u8)> {
        (0u16..24, 0u16..6, "[a中“— 亿│6]{1,8}", 0u8..6)
    }

    fn draw(pieces: &[(u16, u16, String, u8)]) -> Buffer {
        let mut buffer = Buffer::empty(Rect { x: 0, y: 0, width: 24, height: 6 });
        for (x, y, text, style) in pieces {
            let style = match style {
                0 => Style::new(),
                1 => Style::new().add_modifier(Modifier::REVERSED),
                2 => Style::new().fg(Color::Red),
                3 => Style::new().fg(Color::Red).add_modifier(Modifier::BOLD),
                4 => Style::new().add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
                _ => Style::new().add_modifier(Modifier::DIM),
            };
            let mut x = *x;
            for c in text.chars() {
                let symbol = c.to_string();
                let width = Widths::Narrow.glyph(&symbol) as u16;
                if x + width > 24 {
                    break;
                }
                // Half of a glyph that is overwritten leaves a blank.
                if buffer[(x, *y)].symbol() == " "
                    && x > 0
                    && Widths::Narrow.glyph(buffer[(x - 1, *y)].symbol()) == 2
                {
                    buffer[(x - 1, *y)].reset();
                }
                for n in 0..width {
                    buffer[(x + n, *y)].reset();
                    buffer[(x + n, *y)].set_symbol(if n == 0 { &symbol } else { " " }).set_style(style);
                }
                x += width;
            }
        }
        buffer
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn a_terminal_shows_what_was_drawn(
            frames in proptest::collection::vec(proptest::collection::vec(piece(), 0..12), 1..8),
            safe_cursor in any::<bool>(),
            told in any::<bool>(),
            synchronized in any::<bool>(),
            lost in 0usize..8,
        ) {
            let quirks = Quirks { told, safe_cursor, synchronized, ..Quirks::default() };
            let mut painter = Painter::new(quirks);
            let mut terminal = Terminal::new(24, 6);
            for (n, pieces) in frames.iter().enumerate() {
                let next = draw(pieces);
                if n == lost {
                    terminal.0.process(b"\x1b[3;3Hnoise \x1b[7m\xe4\xb8\xad");
                    painter.forget();
                }
                let caret = (n % 2 == 0).then_some((n as u16, 2));
                terminal.0.process(painter.frame(&next, caret));
                terminal.shows(&next);
                prop_assert_eq!(terminal.0.screen().hide_cursor(), caret.is_none());
                if let Some((x, y)) = caret {
                    prop_assert_eq!(terminal.0.screen().cursor_position(), (y, x));
                }
                prop_assert_eq!(painter.frame(&next, caret), b"");
            }
        }
    }

    /// The bytes of each frame that a script of keys makes.
    fn bytes(width: u16, height: u16, script: &str) -> Vec<usize> {
        let mut model = Model::new(Arc::new(sample::index()), Settings::default());
        let mut painter = Painter::new(Quirks { synchronized: true, ..Quirks::default() });
        let area = Rect { x: 0, y: 0, width, height };
        let keys = crate::ui::Key::script(script).into_iter().map(Msg::Key);
        let mut terminal = Terminal::new(width, height);
        terminal.0.process(b"\x1b[?25l");
        std::iter::once(Msg::Resize(width, height))
            .chain(keys)
            .map(|message| {
                update(&mut model, message);
                let mut next = Buffer::empty(area);
                let placed = view(&model, area, &mut next);
                let frame = painter.frame(&next, placed.caret);
                terminal.0.process(frame);
                terminal.shows(&next);
                frame.len()
            })
            .collect()
    }

    #[test]
    fn frames_are_small() {
        let moves = bytes(120, 40, "jjjjkkjj");
        assert!(moves.iter().skip(1).all(|n| *n < 1000), "{moves:?}");
        assert!(moves.first().is_some_and(|n| *n < 7000), "{moves:?}");
        // The caret moves on its own.
        assert_eq!(bytes(80, 24, "/<left>").last(), Some(&0));
    }

    #[test]
    fn nothing_moves_the_cursor_after_plain_ideographs() {
        let mut painter = Painter::new(Quirks::default());
        let mut next = Buffer::empty(Rect { x: 0, y: 0, width: 20, height: 1 });
        next.set_string(0, 0, "地区生产总值", Style::new());
        assert_eq!(painter.frame(&next, None), "\x1b[H地区生产总值".as_bytes());
        let mut painter = Painter::new(Quirks { safe_cursor: true, ..Quirks::default() });
        assert!(painter.frame(&next, None).len() > 30);
    }

    #[test]
    fn a_move_follows_what_terminals_disagree_about() {
        let mut painter = Painter::new(Quirks::default());
        let mut next = Buffer::empty(Rect { x: 0, y: 0, width: 20, height: 1 });
        next.set_string(0, 0, "“专精”户", Style::new());
        assert_eq!(painter.frame(&next, None), "\x1b[H“\x1b[2G专精”\x1b[7G户".as_bytes());
        // A line keeps together; once the terminal has told, nothing needs a move.
        next.set_string(0, 0, "───“专精”", Style::new());
        assert_eq!(
            Painter::new(Quirks::default()).frame(&next, None),
            "\x1b[H───\x1b[4G“\x1b[5G专精”".as_bytes()
        );
        let mut painter = Painter::new(Quirks { told: true, ..Quirks::default() });
        assert_eq!(painter.frame(&next, None), "\x1b[H───“专精”".as_bytes());
    }
}
