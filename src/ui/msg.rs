//! What can happen to the explorer, and what it asks of the world in return.

use super::key::Key;
use crate::index::DocumentId;

/// What can happen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Msg {
    Key(Key),
    /// Text pasted as a whole.
    Paste(String),
    /// The screen has this many columns and rows.
    Resize(u16, u16),
    /// A raw file as it was read, or why it was not.
    Raw(DocumentId, Result<String, String>),
}

/// What the explorer asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    Quit,
    /// Draw everything anew: something else wrote on the screen.
    Redraw,
    /// Give the terminal back and stop until the shell continues the program.
    Suspend,
    /// Read a document's raw file; answered by [`Msg::Raw`].
    ReadRaw(DocumentId),
}
