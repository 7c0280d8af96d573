//! The terminal: borrowed, drawn on, listened to, and given back as it was found.
//!
//! Bytes that arrive (`ESC [ A`) → [`decode`] → keys (`Up`) → [`crate::ui::update`]; a buffer of
//! cells → [`paint`] → the fewest bytes that change the screen to it.
//!
//! crossterm switches the terminal over and back and knows its size. Its events are not used, for
//! three reasons: one `poll` here waits for keys, signals and other threads together, so nothing wakes an idle
//! program; a lost terminal is an end of input and ends the loop; and a key's sequence that a slow
//! link delivers in two parts stays one key.

mod clipboard;
mod decode;
mod paint;
mod post;
mod run;
mod session;
mod signals;
mod worker;

pub use clipboard::Clipboard;
pub use decode::{Answer, Decoder, Event};
pub use paint::{Painter, Quirks};
pub use post::{Inbox, Post, post};
pub use run::{Ask, End, Host, Options, Outcome, run};
pub use session::usable;
