//! Plain values: what a figure is, field by field.
//!
//! The vocabulary follows the field: quantity, unit and modifier from `MeasEval` (`SemEval`-2021
//! task 8); indicator, reference area, period and observation status from SDMX. Nothing here
//! knows files, JSON or screens.

mod code;
mod document;
mod figure;
mod lang;
mod period;

pub use code::{Bound, Field, Kind, Reason, Status};
pub use document::{Document, Dropped, Section};
pub use figure::{Figure, Rejected, Trace};
pub use lang::Lang;
pub use period::Period;
pub use rust_decimal::Decimal;
