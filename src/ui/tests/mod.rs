//! The explorer without a terminal: keys in, rows of text out.
//!
//! `Screen::open(80, 24).keys("/长春<enter>jj")` presses keys and draws after each of them, as in
//! reality; every frame is checked for what must hold of all frames.

mod checks;
mod documents;
mod film;
mod keys;
mod lists;
mod loading;
mod random;
mod screens;
mod searches;

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::check;
use crate::query::Searcher;

use super::{Effect, Key, Model, Msg, NotWritten, Placed, Route, Search, Settings, sample, update, view};

/// The sizes that must work.
const SIZES: [(u16, u16); 10] =
    [(1, 1), (2, 3), (20, 5), (40, 12), (79, 24), (80, 13), (80, 24), (120, 40), (200, 50), (400, 120)];

/// An explorer and what it shows.
struct Screen {
    model: Model,
    buffer: Buffer,
    placed: Placed,
    /// What the last key asked for.
    effects: Vec<Effect>,
    searcher: Searcher,
    /// The last search that is not answered.
    sought: Option<Search>,
    /// Whether searches are answered only when a test says so.
    slow: bool,
}

impl Screen {
    fn open(width: u16, height: u16) -> Self {
        Self::with(Settings::default(), width, height)
    }

    fn with(settings: Settings, width: u16, height: u16) -> Self {
        Self::of(Model::new(Arc::new(sample::index()), settings), width, height)
    }

    fn of(model: Model, width: u16, height: u16) -> Self {
        let mut screen = Self {
            model,
            buffer: Buffer::default(),
            placed: Placed::default(),
            effects: Vec::new(),
            searcher: Searcher::default(),
            sought: None,
            slow: false,
        };
        screen.tell(Msg::Resize(width, height));
        let report = check::run(screen.model.index());
        screen.tell(Msg::Checked(Arc::new(report)));
        screen
    }

    /// Takes a message in and draws. Effects are answered in place; a raw file is the cleaned text.
    fn tell(&mut self, msg: Msg) {
        self.effects = update(&mut self.model, msg);
        for effect in self.effects.clone() {
            let answer = match effect {
                Effect::ReadRaw(id) => {
                    let text = self.model.index().document(id).map(|d| d.text.clone());
                    Msg::Raw(id, text.ok_or_else(String::new))
                }
                Effect::Search(search) => {
                    self.sought = Some(search);
                    continue;
                }
                Effect::Copy(_) => Msg::Copied(Route::Terminal),
                // One file is there already.
                Effect::Write { path, overwrite: false, .. } if path == "there.csv" => {
                    Msg::Written(path, Err(NotWritten::Exists))
                }
                Effect::Write { path, .. } => Msg::Written(path, Ok(())),
                _ => continue,
            };
            let again = update(&mut self.model, answer);
            self.effects.extend(again);
        }
        self.effects.retain(|effect| !matches!(effect, Effect::Search(_)));
        if !self.slow {
            self.find();
        }
        self.draw();
    }

    /// Answers the last search.
    fn find(&mut self) {
        if let Some(search) = self.sought.take() {
            let found = search.run(&mut self.searcher, &AtomicBool::new(false)).expect("nobody stops it");
            self.effects.extend(update(&mut self.model, Msg::Found(found)));
        }
    }

    fn draw(&mut self) {
        let (width, height) = self.model.size;
        let area = Rect { x: 0, y: 0, width, height };
        self.buffer = Buffer::empty(area);
        self.placed = view(&self.model, area, &mut self.buffer);
        self.check();
    }

    fn keys(mut self, script: &str) -> Self {
        self.press(script);
        self
    }

    fn press(&mut self, script: &str) {
        for key in Key::script(script) {
            self.tell(Msg::Key(key));
        }
    }

    /// What holds of every frame: each row is as wide as the screen, no glyph is cut in half, the
    /// caret is inside.
    fn check(&self) {
        let area = self.buffer.area;
        for y in 0..area.height {
            let mut x = 0;
            while x < area.width {
                let symbol = self.buffer[(x, y)].symbol();
                let width = self.model.settings.widths.glyph(symbol) as u16;
                for inside in x + 1..(x + width).min(area.width) {
                    assert_eq!(self.buffer[(inside, y)].symbol(), " ", "half a glyph at {inside},{y}");
                }
                x += width;
            }
            assert_eq!(x, area.width, "row {y} is too wide");
        }
        if let Some((x, y)) = self.placed.caret {
            assert!(x < area.width && y < area.height, "caret at {x},{y}");
        }
    }

    fn row(&self, y: u16) -> String {
        let mut row = String::new();
        let mut x = 0;
        while x < self.buffer.area.width {
            let symbol = self.buffer[(x, y)].symbol();
            row.push_str(symbol);
            x += self.model.settings.widths.glyph(symbol) as u16;
        }
        row
    }

    fn text(&self) -> String {
        (0..self.buffer.area.height).map(|y| self.row(y).trim_end().to_owned() + "\n").collect()
    }

    /// The quote of the selected figure.
    fn selected(&self) -> &str {
        self.model.selected().map_or("", crate::index::FigureRef::quote)
    }
}
