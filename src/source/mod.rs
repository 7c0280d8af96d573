//! Where figures come from: an index in memory, or a table of Spark's.
//!
//! ```text
//! query ─► resolve (words of the source) ─► plan ─► page · page · … ─► count
//! ```
//!
//! The seam is the answer to a plan, no lower: what a page holds is always an [`Index`] with the ids to show,
//! since everything that prints or draws a figure does it through [`crate::index::FigureRef`]. The local source
//! gives its own index, so that nothing is copied and nothing becomes slower; Spark's gives an index of the rows
//! that were fetched. A seam at the columns would have made every view ask a server for every cell.
//!
//! | file | what it does |
//! |---|---|
//! | `local` | an index as a source |
//! | `row` | a figure as a row of the table that Spark reads |
//! | `spell` | text in which pinyin can be found by a regular expression |
//! | `sql`, `order` | plan → SQL with its values beside it |
//! | `window` | rows → an index |
//! | `spark` | the table behind a Spark Connect server (feature `spark`) |

mod local;
mod order;
mod row;
#[cfg(feature = "spark")]
mod spark;
mod spell;
mod sql;
mod window;

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

pub use local::Local;
pub use order::Key;
pub use row::{COLUMNS, Row, rows};
#[cfg(feature = "spark")]
pub use spark::Spark;
pub use sql::{Select, Statement, Value, Vocabulary};
pub use window::window;

use crate::index::{FigureId, Index};
use crate::model::Lang;
use crate::query::{Plan, Words};

/// Figures that can be asked for.
pub trait Source {
    /// What a query must know of the figures to be understood.
    fn words(&self) -> &dyn Words;

    /// The next figures of an answer: those behind `after`, no more than `most` and than the plan wants.
    ///
    /// # Errors
    /// What of the plan cannot be asked here, and what is wrong with the source; [`Problem::Stopped`] if `stop`
    /// became true before the answer was there.
    fn page(
        &mut self,
        ask: &Ask,
        after: Option<&Key>,
        most: usize,
        stop: &AtomicBool,
    ) -> Result<Page, Problem>;

    /// How many figures a plan finds, its limit left aside.
    ///
    /// # Errors
    /// As for [`Self::page`].
    fn count(&mut self, ask: &Ask, stop: &AtomicBool) -> Result<usize, Problem>;
}

/// What is asked for, and in which direction.
#[derive(Clone, Debug)]
pub struct Ask {
    pub plan: Arc<Plan>,
    /// From the last to the first.
    pub backwards: bool,
}

/// Some figures of an answer.
#[derive(Clone, Debug)]
pub struct Page {
    /// Holds the figures of this page, and may hold others.
    pub index: Arc<Index>,
    /// Those of this page, in display order.
    pub ids: Vec<FigureId>,
    /// Behind what the next page begins; none if this is the last.
    pub next: Option<Key>,
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// A part of the query that has no equal there: an answer without it would be another answer.
    Unsendable { zh: String, en: String },
    /// The server cannot be reached, or no longer.
    Lost(String),
    /// What the server said.
    Failed(String),
    /// Nobody waits for it any more.
    Stopped,
}

impl Problem {
    /// In words.
    pub fn told(&self, lang: Lang) -> String {
        match self {
            Self::Unsendable { zh, en } => lang.pick(zh, en).to_owned(),
            Self::Lost(place) => match lang {
                Lang::Zh => format!("{place}:没有 Spark Connect 服务应答"),
                Lang::En => format!("{place}: no Spark Connect server answers there"),
            },
            Self::Failed(why) => why.clone(),
            Self::Stopped => lang.pick("已停止", "stopped").to_owned(),
        }
    }
}
