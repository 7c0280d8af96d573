//! How the parts of the screen look: sixteen terminal colours at most, no painted background.
//!
//! Nothing is said by colour alone: words and marks stand beside it. A look is written as words:
//! `cyan bold`.

use ratatui::style::{Color, Modifier, Style};

use crate::model::Status;

/// A part of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Plain,
    /// Less important: context, counts, hints.
    Quiet,
    Heading,
    Border,
    /// The border of the pane that has the keys.
    ActiveBorder,
    /// The selected row of the pane that has the keys.
    Selected,
    /// The selected row of another pane.
    Remembered,
    /// The quantity in its sentence.
    Quantity,
    /// Another figure's quantity in the same sentence.
    Sibling,
    /// What the filter's words match.
    Match,
    Status(Status),
    Key,
    /// What cannot be understood.
    Mistake,
}

/// What the terminal's background is like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Background {
    #[default]
    Dark,
    Light,
}

/// A part that a theme can change: its name, and its look on a dark and on a light background.
pub type Part = (Role, &'static str, &'static str, &'static str);

/// The parts. Dim rather than "bright black", which some palettes give the background's colour.
pub const PARTS: [Part; 13] = [
    (Role::Quiet, "quiet", "dim", "dim"),
    (Role::Heading, "heading", "bold", "bold"),
    // To switch dimness on and off again costs a slow link more than the lines themselves.
    (Role::Border, "border", "default", "default"),
    (Role::ActiveBorder, "active-border", "cyan", "blue"),
    (Role::Selected, "selected", "reversed", "reversed"),
    (Role::Remembered, "remembered", "bold", "bold"),
    (Role::Quantity, "quantity", "reversed", "reversed"),
    (Role::Sibling, "sibling", "underlined", "underlined"),
    (Role::Match, "match", "green bold", "magenta bold"),
    (Role::Status(Status::Target), "target", "yellow", "red"),
    (Role::Status(Status::Rule), "rule", "magenta", "magenta"),
    (Role::Key, "key", "cyan bold", "blue bold"),
    (Role::Mistake, "mistake", "red underlined", "red underlined"),
];

/// The words a look is made of.
pub const COLOURS: [(&str, Color); 17] = [
    ("default", Color::Reset),
    ("black", Color::Black),
    ("red", Color::Red),
    ("green", Color::Green),
    ("yellow", Color::Yellow),
    ("blue", Color::Blue),
    ("magenta", Color::Magenta),
    ("cyan", Color::Cyan),
    ("white", Color::Gray),
    ("bright-black", Color::DarkGray),
    ("bright-red", Color::LightRed),
    ("bright-green", Color::LightGreen),
    ("bright-yellow", Color::LightYellow),
    ("bright-blue", Color::LightBlue),
    ("bright-magenta", Color::LightMagenta),
    ("bright-cyan", Color::LightCyan),
    ("bright-white", Color::White),
];
pub const ATTRIBUTES: [(&str, Modifier); 5] = [
    ("bold", Modifier::BOLD),
    ("dim", Modifier::DIM),
    ("italic", Modifier::ITALIC),
    ("underlined", Modifier::UNDERLINED),
    ("reversed", Modifier::REVERSED),
];

/// A look from its words; `None` if one of them is none.
pub fn look(words: &str) -> Option<Style> {
    let mut style = Style::new();
    for word in words.split_whitespace() {
        let colour = COLOURS.iter().find(|(name, _)| *name == word);
        let attribute = ATTRIBUTES.iter().find(|(name, _)| *name == word);
        style = match (colour, attribute) {
            (Some((_, Color::Reset)), _) => style,
            (Some((_, colour)), _) => style.fg(*colour),
            (None, Some((_, attribute))) => style.add_modifier(*attribute),
            (None, None) => return None,
        };
    }
    Some(style)
}

/// The look of every part, and whether colours are used at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colours {
    /// Without them only attributes are left: bold, underlined, reversed.
    pub coloured: bool,
    pub background: Background,
    /// What the person wants otherwise.
    own: [Option<Style>; PARTS.len()],
}

impl Colours {
    /// Attributes only.
    pub const NONE: Self = Self { coloured: false, background: Background::Dark, own: [None; PARTS.len()] };
    /// The terminal's own sixteen colours.
    pub const SIXTEEN: Self = Self { coloured: true, ..Self::NONE };

    /// Gives a part another look.
    pub fn set(&mut self, part: &str, style: Style) {
        let own = PARTS.iter().zip(&mut self.own).find(|((_, name, ..), _)| *name == part);
        if let Some((_, slot)) = own {
            *slot = Some(style);
        }
    }

    pub fn style(self, role: Role) -> Style {
        let part = PARTS.iter().zip(self.own).find(|((part, ..), _)| *part == role);
        let style = part.and_then(|((_, _, dark, light), own)| {
            own.or_else(|| look(if self.background == Background::Light { light } else { dark }))
        });
        let style = style.unwrap_or_default();
        if self.coloured { style } else { Style { fg: None, bg: None, ..style } }
    }
}

impl Default for Colours {
    fn default() -> Self {
        Self::SIXTEEN
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_look_can_be_read_and_no_part_is_said_by_colour_alone() {
        for (role, name, dark, light) in PARTS {
            assert!(look(dark).is_some() && look(light).is_some(), "{name}");
            // Status, keys and borders are told by words, brackets, shape and place.
            let told = matches!(role, Role::Status(_) | Role::Key | Role::Border | Role::ActiveBorder);
            let plain = Colours::NONE.style(role);
            assert!(told || !plain.add_modifier.is_empty(), "{name}");
            assert_eq!(plain.fg, None);
        }
        assert_eq!(look("pink"), None);
    }

    #[test]
    fn a_look_of_ones_own_comes_first() {
        let mut colours = Colours::SIXTEEN;
        colours.set("target", look("bright-red bold").expect("a look"));
        assert_eq!(colours.style(Role::Status(Status::Target)).fg, Some(Color::LightRed));
        colours.background = Background::Light;
        assert_eq!(colours.style(Role::Key).fg, Some(Color::Blue));
    }
}
