//! The keys in force: the key table with the person's changes.
//!
//! `sort = ["o"]` gives `o` to sorting wherever sorting is possible; the overview, which had it, keeps
//! its other key. What is said of one context comes before what is said of all. A change may leave nothing without a key unless it says so.

use std::collections::HashMap;

use super::key::Key;
use super::keymap::{Action, BINDINGS, Binding, Context};

/// A row of the key table in one context, with the keys it has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bound {
    pub context: Context,
    pub binding: &'static Binding,
    pub keys: Vec<Key>,
}

impl Bound {
    /// The first key, as people read it.
    pub fn label(&self) -> String {
        self.keys.first().map(ToString::to_string).unwrap_or_default()
    }

    /// All keys, as people read them.
    pub fn labels(&self) -> String {
        self.keys.iter().map(ToString::to_string).collect::<Vec<_>>().join("  ")
    }

    /// Whether the footer has room for it.
    pub fn in_footer(&self) -> bool {
        self.binding.footer && !self.keys.is_empty()
    }
}

/// Other keys for an action: where a context is named, only there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub context: Option<Context>,
    pub action: Action,
    pub keys: Vec<Key>,
}

/// Why a change cannot be made; `change` and `key` say which one it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    pub change: usize,
    pub key: usize,
    pub problem: Problem,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// Another change gives the key to this action, in this context.
    Given(Context, Action),
    /// The key is the last one that this action has in this context.
    LastOf(Context, Action),
    /// A plain character is typed in this context.
    Typed(Context),
    /// There is no such action here.
    Nowhere,
    /// Nobody could leave the program, or this context.
    NoWayOut(Context),
}

/// Every context's keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keys(Vec<Bound>);

impl Default for Keys {
    fn default() -> Self {
        let rows = Context::ALL.iter().flat_map(|context| {
            let here = BINDINGS.iter().filter(|binding| binding.contexts.contains(context));
            here.map(|binding| Bound { context: *context, binding, keys: binding.keys().collect() })
        });
        Self(rows.collect())
    }
}

impl Keys {
    /// The rows that work in a context, in the table's order.
    pub fn of(&self, context: Context) -> impl Iterator<Item = &Bound> {
        self.0.iter().filter(move |bound| bound.context == context)
    }

    /// What a key does in a context. Where characters are typed a plain one is no command, and is
    /// not folded.
    pub fn action(&self, context: Context, key: Key) -> Option<Action> {
        if context.types() && key.typed().is_some() {
            return None;
        }
        let key = key.folded();
        self.of(context).find(|bound| bound.keys.contains(&key)).map(|bound| bound.binding.action)
    }

    /// The table with changes: a key that is given away leaves the action it had.
    pub fn with(changes: &[Change]) -> Result<Self, Vec<Conflict>> {
        let mut keys = Self::default();
        let mut conflicts = Vec::new();
        let mut given: HashMap<(Context, Key), (usize, usize)> = HashMap::new();
        // What is said of one context comes before what is said of all.
        let said =
            |of_one: bool| changes.iter().enumerate().filter(move |(_, c)| c.context.is_some() == of_one);
        for (number, change) in said(false).chain(said(true)) {
            let fits = |bound: &Bound| {
                bound.binding.action == change.action && change.context.is_none_or(|c| c == bound.context)
            };
            let contexts: Vec<Context> = Context::ALL
                .iter()
                .copied()
                .filter(|context| keys.of(*context).any(|bound| fits(bound) && bound.context == *context))
                .collect();
            if contexts.is_empty() {
                conflicts.push(Conflict { change: number, key: 0, problem: Problem::Nowhere });
            }
            for context in contexts {
                for (n, key) in change.keys.iter().enumerate() {
                    let problem = if context.types() && key.typed().is_some() {
                        // Said for all contexts alike, it is simply not meant for this one.
                        change.context.map(|_| Problem::Typed(context))
                    } else if let Some((other, _)) = given.insert((context, *key), (number, n))
                        && let Some(other) = changes.get(other)
                        && other.action != change.action
                        && other.context == change.context
                    {
                        Some(Problem::Given(context, other.action))
                    } else {
                        None
                    };
                    conflicts.extend(problem.map(|problem| Conflict { change: number, key: n, problem }));
                }
                // Of several rows of one action the first one has the keys.
                let mut wanted: Vec<Key> = change
                    .keys
                    .iter()
                    .copied()
                    .filter(|k| !(context.types() && k.typed().is_some()))
                    .collect();
                for bound in keys.0.iter_mut().filter(|bound| bound.context == context) {
                    if bound.binding.action == change.action {
                        bound.keys = std::mem::take(&mut wanted);
                    }
                }
            }
        }
        keys.take_away(changes, &given, &mut conflicts);
        for context in Context::ALL {
            let out = |bound: &Bound| matches!(bound.binding.action, Action::Back | Action::Quit);
            if !keys.of(*context).any(|bound| out(bound) && !bound.keys.is_empty()) {
                let at = changes.iter().rposition(|c| matches!(c.action, Action::Back | Action::Quit));
                let problem = Problem::NoWayOut(*context);
                conflicts.push(Conflict { change: at.unwrap_or(0), key: 0, problem });
            }
        }
        if conflicts.is_empty() { Ok(keys) } else { Err(conflicts) }
    }

    /// Takes given keys from the actions that had them.
    fn take_away(
        &mut self,
        changes: &[Change],
        given: &HashMap<(Context, Key), (usize, usize)>,
        conflicts: &mut Vec<Conflict>,
    ) {
        for bound in &mut self.0 {
            let had = bound.keys.len();
            let action = bound.binding.action;
            let mut last = None;
            bound.keys.retain(|key| {
                let taken = given
                    .get(&(bound.context, *key))
                    .filter(|(change, _)| changes.get(*change).is_some_and(|change| change.action != action));
                last = taken.or(last);
                taken.is_none()
            });
            // One that was to get other keys has been dealt with.
            let changed = changes.iter().any(|change| change.action == action);
            if let (true, Some(&(change, key))) = (had > 0 && !changed && bound.keys.is_empty(), last) {
                conflicts.push(Conflict { change, key, problem: Problem::LastOf(bound.context, action) });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(context: Option<Context>, action: Action, keys: &str) -> Change {
        Change { context, action, keys: keys.split_whitespace().filter_map(Key::parse).collect() }
    }

    fn problems(changes: &[Change]) -> Vec<Problem> {
        Keys::with(changes).err().unwrap_or_default().into_iter().map(|c| c.problem).collect()
    }

    #[test]
    fn one_action_gets_other_keys_and_the_rest_stays() {
        let keys = Keys::with(&[change(None, Action::Down, "n C-t"), change(None, Action::Rejected, "N")]);
        let keys = keys.expect("no conflict");
        let action = |key| keys.action(Context::Browse, key);
        assert_eq!(action(Key::char('n')), Some(Action::Down));
        assert_eq!(action(Key::ctrl('t')), Some(Action::Down));
        assert_eq!(action(Key::char('N')), Some(Action::Rejected));
        assert_eq!((action(Key::char('j')), action(Key::char('k'))), (None, Some(Action::Up)));
        // A letter is typed into a filter, whatever it does elsewhere.
        assert_eq!(keys.action(Context::Filter, Key::char('n')), None);
    }

    #[test]
    fn a_given_key_leaves_the_action_it_had() {
        let keys = Keys::with(&[change(Some(Context::Browse), Action::Sort, "o")]).expect("no conflict");
        assert_eq!(keys.action(Context::Browse, Key::char('o')), Some(Action::Sort));
        let overview = keys.of(Context::Browse).find(|b| b.binding.action == Action::Overview);
        assert_eq!(overview.map(Bound::labels).as_deref(), Some("F2"));
    }

    #[test]
    fn conflicts_are_found() {
        let twice = [change(None, Action::Sort, "z"), change(None, Action::Targets, "z")];
        assert_eq!(problems(&twice), [Problem::Given(Context::Browse, Action::Sort)]);
        let last = [change(None, Action::Sort, "t")];
        assert_eq!(problems(&last), [Problem::LastOf(Context::Browse, Action::Targets)]);
        let typed = [change(Some(Context::Filter), Action::Complete, "x")];
        assert_eq!(problems(&typed), [Problem::Typed(Context::Filter)]);
        let nowhere = [change(Some(Context::Confirm), Action::Sort, "x")];
        assert_eq!(problems(&nowhere), [Problem::Nowhere]);
        let out = [
            change(Some(Context::Browse), Action::Quit, ""),
            change(Some(Context::Browse), Action::Back, ""),
        ];
        assert_eq!(problems(&out), [Problem::NoWayOut(Context::Browse)]);
    }
}
