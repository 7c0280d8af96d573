//! How the parts of the screen look: sixteen terminal colours at most, no painted background.
//!
//! Nothing is said by colour alone: words and marks stand beside it.

use ratatui::style::{Color, Modifier, Style};

use crate::model::Status;

/// Whether colours are used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Colours {
    /// Attributes only: bold, underlined, reversed.
    None,
    /// The terminal's own sixteen.
    #[default]
    Sixteen,
}

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

impl Colours {
    pub fn style(self, role: Role) -> Style {
        let plain = Style::new();
        let coloured = |colour: Color| match self {
            Self::None => plain,
            Self::Sixteen => plain.fg(colour),
        };
        match role {
            Role::Plain | Role::Status(Status::Actual) => plain,
            // Dim rather than "bright black", which some palettes give the background's colour.
            Role::Quiet | Role::Border => plain.add_modifier(Modifier::DIM),
            Role::ActiveBorder => coloured(Color::Cyan),
            Role::Selected | Role::Quantity => plain.add_modifier(Modifier::REVERSED),
            Role::Heading | Role::Remembered => plain.add_modifier(Modifier::BOLD),
            Role::Sibling => plain.add_modifier(Modifier::UNDERLINED),
            Role::Match => coloured(Color::Green).add_modifier(Modifier::BOLD),
            Role::Status(Status::Target) => coloured(Color::Yellow),
            Role::Status(Status::Rule) => coloured(Color::Magenta),
            Role::Key => coloured(Color::Cyan).add_modifier(Modifier::BOLD),
            Role::Mistake => coloured(Color::Red).add_modifier(Modifier::UNDERLINED),
        }
    }
}
