//! Cleaned text → figures, and for every other number the reason why it is none.
//!
//! ```text
//! line ─► number · quantity · reject ─► sentence ─► clause ─► lead | number | tail
//!                                          │ time, scope     phrase → name, subject
//!                                          ▼                 kind, period, status
//!                                        draft ─► link (分别, 其中) ─► Figure
//! ```
//! Stages cannot fail: each returns its product and what it set aside.

mod beside;
mod body;
mod bound;
pub mod clause;
mod date;
pub mod document;
pub mod draft;
mod grant;
mod identifier;
mod infer;
mod item;
mod judge;
pub mod kind;
mod line;
pub mod link;
mod measure;
mod name;
pub mod number;
mod order;
mod own;
pub mod owners;
pub mod period;
pub mod phrase;
pub mod quantity;
mod reject;
pub mod scope;
pub mod sentence;
mod shared;
mod slogan;
pub mod status;
pub mod subject;
pub mod table;
pub mod tail;
pub mod time;
mod time_parts;
mod time_reach;
mod time_words;
mod topic;
mod trace;
mod whole;
pub mod words;

pub use document::document;
