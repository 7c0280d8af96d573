//! A session as a moving picture, `docs/session.svg`: what the explorer shows after each key of a script.
//!
//! `UPDATE_SCREENS=1 cargo test film` makes it anew. Frames stand side by side on a strip that moves by one
//! frame at a time; rows that several frames share are drawn once.

use std::collections::HashMap;
use std::fmt::Write as _;

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};

use super::{Key, Msg, Screen};
use crate::ui::width::Widths;

/// Keys, how long each of them is looked at in milliseconds, and what is said of them.
const SCRIPT: &[(&str, u32, &str)] = &[
    ("", 1800, "所有指标，原文在下 · all figures, the source below"),
    ("/", 700, "过滤 · filter"),
    ("zjtx", 350, "拼音首字母 · by pinyin initials"),
    (" 状态:目标", 220, "只看目标 · aims only"),
    ("", 1500, "只看目标 · aims only"),
    ("<enter>", 700, "留住条件 · keep the filter"),
    ("jj", 800, "下一条，原文随行 · down; the source goes along"),
    ("<enter>", 2600, "每个字段及其依据 · every field, and the rule that decided it"),
    ("<esc>", 500, "返回 · back"),
    ("<esc>", 700, "清除条件 · clear the filter"),
    ("t", 2200, "目标与事实对照 · aims beside facts"),
    ("<esc>", 500, "返回 · back"),
    ("x", 2200, "互相核对 · checked against each other"),
    ("<enter>", 2600, "证据并排 · the evidence, side by side"),
];

const SIZE: (u16, u16) = (96, 20);

/// A column and a row in the picture's units.
const CELL: (u32, u32) = (9, 19);

/// Room around the screen, and below it for the caption.
const MARGIN: u32 = 12;
const CAPTION: u32 = 34;

const PAPER: &str = "#15191e";
const INK: &str = "#d7dce2";

#[test]
fn the_film_is_what_the_explorer_shows() {
    let mut screen = Screen::open(SIZE.0, SIZE.1);
    let mut film = Film::default();
    for (script, milliseconds, caption) in SCRIPT {
        let keys = Key::script(script);
        if keys.is_empty() {
            film.frame(&screen, "", caption, *milliseconds);
        }
        for key in keys {
            screen.tell(Msg::Key(key));
            film.frame(&screen, &key.to_string(), caption, *milliseconds);
        }
    }
    super::documents::hold("docs/session.svg", &film.svg());
}

#[derive(Default)]
struct Film {
    /// What a row looks like, and its number.
    rows: HashMap<String, usize>,
    /// The rows in the order of their numbers.
    defined: String,
    frames: Vec<(String, u32)>,
}

impl Film {
    fn frame(&mut self, screen: &Screen, key: &str, caption: &str, milliseconds: u32) {
        let mut frame = String::new();
        for y in 0..screen.buffer.area.height {
            let drawn = row(&screen.buffer, y);
            if drawn.is_empty() {
                continue;
            }
            let next = self.rows.len();
            let number = *self.rows.entry(drawn).or_insert_with_key(|drawn| {
                let _ = writeln!(self.defined, "<g id=\"r{next}\">{drawn}</g>");
                next
            });
            let _ = write!(frame, "<use href=\"#r{number}\" y=\"{}\"/>", u32::from(y) * CELL.1);
        }
        if let Some((x, y)) = screen.placed.caret {
            let (x, y) = (u32::from(x) * CELL.0, u32::from(y) * CELL.1);
            let _ = write!(
                frame,
                "<rect class=\"caret\" x=\"{x}\" y=\"{y}\" width=\"2\" height=\"{}\"/>",
                CELL.1
            );
        }
        let below = u32::from(SIZE.1) * CELL.1 + 26;
        if !key.is_empty() {
            let wide = 14 + 9 * u32::try_from(Widths::Narrow.of(key)).expect("a short name");
            let _ = write!(
                frame,
                "<rect class=\"key\" y=\"{}\" width=\"{wide}\" height=\"22\" rx=\"4\"/><text x=\"7\" y=\"{below}\">{}</text>",
                below - 16,
                escaped(key),
            );
        }
        let _ = write!(frame, "<text class=\"dim\" x=\"90\" y=\"{below}\">{}</text>", escaped(caption));
        self.frames.push((frame, milliseconds));
    }

    fn svg(&self) -> String {
        let inner = (u32::from(SIZE.0) * CELL.0, u32::from(SIZE.1) * CELL.1 + CAPTION);
        let outer = (inner.0 + 2 * MARGIN, inner.1 + 2 * MARGIN);
        let whole: u32 = self.frames.iter().map(|(_, time)| time).sum();
        let (mut steps, mut strip, mut passed) = (String::new(), String::new(), 0);
        for (n, (frame, milliseconds)) in self.frames.iter().enumerate() {
            let left = u32::try_from(n).expect("few frames") * outer.0;
            let percent = f64::from(passed) * 100.0 / f64::from(whole);
            let _ = write!(steps, "{percent:.3}%{{transform:translateX(-{left}px)}}");
            let _ = writeln!(
                strip,
                "<svg x=\"{left}\" width=\"{}\" height=\"{}\">{frame}</svg>",
                inner.0, inner.1
            );
            passed += milliseconds;
        }
        let style = format!(
            "text{{font:15px ui-monospace,'Noto Sans Mono CJK SC','Sarasa Mono SC',Menlo,Consolas,monospace;fill:{INK};\
             white-space:pre}}.b{{font-weight:bold}}.u{{text-decoration:underline}}.dim{{opacity:.6}}\
             .caret{{fill:{INK}}}.key{{fill:none;stroke:{INK};opacity:.6}}\
             .film{{animation:film {whole}ms steps(1,end) infinite}}@keyframes film{{{steps}}}\
             @media(prefers-reduced-motion:reduce){{.film{{animation-play-state:paused}}}}"
        );
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}\" height=\"{h}\" viewBox=\"0 0 {w} {h}\">\n\
             <!-- Made by: UPDATE_SCREENS=1 cargo test film -->\n\
             <title>zhibiao: filter by pinyin, details, targets, checks</title>\n<style>{style}</style>\n\
             <defs>\n{rows}</defs>\n<rect width=\"{w}\" height=\"{h}\" rx=\"8\" fill=\"{PAPER}\"/>\n\
             <svg x=\"{MARGIN}\" y=\"{MARGIN}\" width=\"{iw}\" height=\"{ih}\"><g class=\"film\">\n{strip}</g></svg>\n</svg>\n",
            w = outer.0,
            h = outer.1,
            iw = inner.0,
            ih = inner.1,
            rows = self.defined,
        )
    }
}

/// A row as text elements, one for each run of cells with one look and one width.
fn row(buffer: &Buffer, y: u16) -> String {
    let mut out = String::new();
    let mut x = 0;
    while x < buffer.area.width {
        let first = &buffer[(x, y)];
        let wide = Widths::Narrow.of(first.symbol()).max(1);
        let (start, mut text) = (x, String::new());
        while x < buffer.area.width {
            let cell = &buffer[(x, y)];
            if cell.style() != first.style() || Widths::Narrow.of(cell.symbol()).max(1) != wide {
                break;
            }
            text.push_str(cell.symbol());
            x += u16::try_from(wide).expect("one column or two");
        }
        out.push_str(&run(first, &text, start, x - start));
    }
    out
}

fn run(cell: &Cell, text: &str, at: u16, columns: u16) -> String {
    let looks = cell.modifier;
    let reversed = looks.contains(Modifier::REVERSED);
    if text.trim().is_empty() && !reversed && !looks.contains(Modifier::UNDERLINED) {
        return String::new();
    }
    let (x, width) = (u32::from(at) * CELL.0, u32::from(columns) * CELL.0);
    let colour = colour(cell.fg);
    let mut out = String::new();
    if reversed {
        let _ = write!(out, "<rect x=\"{x}\" width=\"{width}\" height=\"{}\" fill=\"{colour}\"/>", CELL.1);
    }
    let classes = [(Modifier::BOLD, "b"), (Modifier::UNDERLINED, "u"), (Modifier::DIM, "dim")];
    let classes: Vec<&str> =
        classes.iter().filter(|(look, _)| looks.contains(*look)).map(|(_, class)| *class).collect();
    let class = if classes.is_empty() { String::new() } else { format!(" class=\"{}\"", classes.join(" ")) };
    let fill = if reversed { PAPER } else { colour };
    let fill = if fill == INK { String::new() } else { format!(" style=\"fill:{fill}\"") };
    let _ = write!(
        out,
        "<text x=\"{x}\" y=\"14\" textLength=\"{width}\" lengthAdjust=\"spacingAndGlyphs\"{class}{fill}>{}</text>",
        escaped(text),
    );
    out
}

fn colour(colour: Color) -> &'static str {
    match colour {
        Color::Red | Color::LightRed => "#f07178",
        Color::Green | Color::LightGreen => "#9fd075",
        Color::Yellow | Color::LightYellow => "#e6c063",
        Color::Blue | Color::LightBlue => "#7aa7f0",
        Color::Magenta | Color::LightMagenta => "#d08be0",
        Color::Cyan | Color::LightCyan => "#62c8d0",
        _ => INK,
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
