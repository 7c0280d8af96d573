//! An index in memory as a source: its answers are its own figures, nothing is copied.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::{Ask, Key, Page, Problem, Source};
use crate::index::Index;
use crate::query::{Hits, Plan, Searcher, Words};

/// The figures of an index.
#[derive(Debug)]
pub struct Local {
    index: Arc<Index>,
    memory: Searcher,
}

impl Local {
    /// For one question.
    pub fn once(index: Arc<Index>) -> Self {
        Self { index, memory: Searcher::once() }
    }

    fn hits(&mut self, plan: &Plan, stop: &AtomicBool) -> Result<Hits, Problem> {
        self.memory.run(&self.index, plan, stop).ok_or(Problem::Stopped)
    }
}

impl Source for Local {
    fn words(&self) -> &dyn Words {
        &*self.index
    }

    fn page(
        &mut self,
        ask: &Ask,
        after: Option<&Key>,
        most: usize,
        stop: &AtomicBool,
    ) -> Result<Page, Problem> {
        let mut ids = self.hits(&ask.plan, stop)?.ids;
        if ask.backwards {
            ids.reverse();
        }
        let from = match after {
            Some(Key::Place(place)) => *place,
            _ => 0,
        };
        let more = ids.len() > from.saturating_add(most);
        ids.truncate(from.saturating_add(most));
        ids.drain(..from.min(ids.len()));
        let next = more.then(|| Key::Place(from + ids.len()));
        Ok(Page { index: Arc::clone(&self.index), ids, next })
    }

    fn count(&mut self, ask: &Ask, stop: &AtomicBool) -> Result<usize, Problem> {
        self.hits(&ask.plan, stop).map(|hits| hits.total)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::{self, Query};

    #[test]
    fn pages_follow_each_other_and_the_limit_holds_for_all() {
        let index = Arc::new(crate::index::sample::index(
            "长春市;出口;1元;2021;;[1元]\n长春市;出口;2元;2021;;[2元]\n长春市;出口;3元;2021;;[3元]\n长春市;出口;4元;2021;;[4元]",
        ));
        let mut local = Local::once(Arc::clone(&index));
        let stop = AtomicBool::new(false);
        let plan = Arc::new(query::resolve(&Query::parse("排序:-数值 前:3"), local.words()));
        let ask = Ask { plan, backwards: false };
        let first = local.page(&ask, None, 2, &stop).unwrap();
        let second = local.page(&ask, first.next.as_ref(), 2, &stop).unwrap();
        let ids = [first.ids, second.ids].concat();
        assert_eq!(ids.iter().map(|id| id.0).collect::<Vec<_>>(), [3, 2, 1]);
        assert_eq!((second.next, local.count(&ask, &stop)), (None, Ok(4)));
        assert_eq!(local.count(&ask, &AtomicBool::new(true)), Err(Problem::Stopped));
    }
}
