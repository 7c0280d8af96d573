//! What can happen to the explorer, and what it asks of the world in return.

use std::sync::Arc;

use super::key::Key;
use super::loading::Grown;
use super::search::{Found, Search};
use super::session::{Session, View};
use super::style::Background;
use super::width::Widths;
use crate::check::Report;
use crate::index::DocumentId;
use crate::source::Problem;
use crate::text::{CleanSpan, RawSpan};

/// What can happen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Msg {
    Key(Key),
    /// Text pasted as a whole.
    Paste(String),
    /// A click or a turn of the wheel, at a column and a row.
    Mouse(Mouse, u16, u16),
    /// The screen has this many columns and rows.
    Resize(u16, u16),
    /// A raw file as it was read, or why it was not.
    Raw(DocumentId, Result<String, String>),
    /// Text was given to a clipboard.
    Copied(Route),
    /// A file was written, or why it was not.
    Written(String, Result<(), NotWritten>),
    /// What was sought is found.
    Found(Found),
    /// How many figures the filter of a search finds in all, where not all are here.
    Counted(u64, usize),
    /// Why a search has no answer.
    Unanswered(u64, Problem),
    /// So much of the dataset has been read, in per cent, or all of it; with the figures read so far if there are
    /// more of them now.
    Read {
        grown: Option<Grown>,
        percent: Option<u8>,
    },
    /// The rest of the dataset cannot be read.
    Unreadable,
    /// The figures were checked against each other.
    Checked(Arc<Report>),
    /// Another program has shown a file, or why it could not.
    Shown(Result<(), String>),
    /// What was found out about the terminal.
    Widths(Widths),
    /// It has told its widths when the screen was in use already.
    WidthsTooLate,
    Background(Background),
}

/// What a mouse does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mouse {
    Press,
    /// Moved with the button down.
    Drag,
    Release,
    WheelUp,
    WheelDown,
}

/// The way copied text went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// To the terminal, by OSC 52.
    Terminal,
    /// The same, passed through tmux.
    Tmux,
    /// Through a program of this name.
    Tool(String),
    /// It will be printed when the terminal is given back.
    OnLeaving,
    /// Nowhere: no clipboard takes this much.
    TooLong,
}

/// Why a file was not written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotWritten {
    Exists,
    Failed(String),
}

/// What the explorer asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    Quit,
    /// Draw everything anew: something else wrote on the screen.
    Redraw,
    /// Give the terminal back and stop until the shell continues the program.
    Suspend,
    /// Listen to the mouse, or no longer.
    Mouse(bool),
    /// Put text into a clipboard; answered by [`Msg::Copied`].
    Copy(String),
    /// Read a document's raw file; answered by [`Msg::Raw`].
    ReadRaw(DocumentId),
    /// Look for figures, beside everything else, and for nothing that was asked for before; answered by
    /// [`Msg::Found`].
    Search(Search),
    /// Look no further.
    Stop,
    /// Get ready to look for what is about to be typed, beside everything else.
    Prepare(Search),
    /// Check the figures against each other, beside everything else; answered by [`Msg::Checked`] when that is done.
    Check,
    /// Write a file; answered by [`Msg::Written`].
    Write {
        path: String,
        text: String,
        overwrite: bool,
    },
    /// Lend the terminal to the pager or the editor for a document's file, at a place in it; answered by
    /// [`Msg::Shown`].
    Show {
        document: DocumentId,
        raw: RawSpan,
        /// The same in the cleaned text, for when the file cannot be read.
        span: CleanSpan,
        editor: bool,
    },
    /// Remember how the dataset was left.
    Keep(Box<Session>),
    /// Keep a view; one of the same name makes room for it.
    KeepView(View),
    /// Forget the view of a name.
    ForgetView(String),
    /// Put a filter last in the history of all runs.
    Remember(String),
}
