//! The explorer: its state, what can happen to it, and how it looks.
//!
//! key → [`Msg`] → [`update`] → [`Effect`] → [`view`]. Nothing here knows a terminal, a file, a
//! thread or a clock: tests press keys and read the buffer.

mod canvas;
mod checks;
mod columns;
mod comparable;
mod compare;
mod detail;
mod far;
mod grid;
mod group;
mod input;
pub mod key;
pub mod keymap;
mod keys;
mod layout;
mod loading;
mod menu;
mod model;
mod msg;
mod page;
#[cfg(test)]
pub(crate) mod sample;
mod search;
mod session;
mod share;
mod source;
pub mod style;
mod table;
#[cfg(test)]
mod tests;
mod texts;
mod update;
mod value;
mod view;
pub mod width;
mod wrap;

pub use crate::query::rules::rule;
pub use columns::{USUAL, cell};
pub use key::Key;
pub use keys::{Bound, Change, Conflict, Keys, Problem};
pub use loading::Grown;
pub use model::{Model, Settings};
pub use msg::{Effect, Mouse, Msg, NotWritten, Route};
pub use page::reason;
pub use search::{Found, Search};
pub use session::{Arrangement, Session, View};
pub use share::Format;
pub use source::paragraph_of;
pub use style::{Background, Colours};
pub use table::table;
pub use texts::Text;
pub use update::update;
pub use value::value;
pub use view::{Placed, view};
pub use wrap::lines;
