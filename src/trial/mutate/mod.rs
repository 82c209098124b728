//! Small changes of the rules, one at a time, and whether any test notices.
//!
//! A change is made in the text of `ruleset.toml` or of a script, as an analyst would make it; the rule set is read anew
//! and all tests are run, until one fails. What is not changed is shared: the evidence of the tests is judged once.

mod code;
mod mutant;
mod sites;

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::num::NonZeroUsize;
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

pub use mutant::{Mutant, MutantOutcome};

use super::Suite;
use super::excuse::{StaleExcuse, fill_in_excuses, numbered};
use super::run::any_fails;
use crate::diagnostic::{Place, Problems, SourceFile};
use crate::files::Files;
use crate::filing::Overlay;
use crate::rules::{self, RuleSet};
use crate::scoring::in_pool;

/// Every change that was tried.
#[derive(Debug)]
pub struct Mutation<'s> {
    /// In the order of the rules, then of the scripts.
    pub changes: Vec<Mutant>,
    /// Excuses of what was noticed, or is no change.
    pub stale: Vec<StaleExcuse<'s>>,
}

impl Mutation<'_> {
    /// Those that no test noticed and nothing excuses.
    pub fn unnoticed(&self) -> impl Iterator<Item = &Mutant> {
        self.changes.iter().filter(|change| change.outcome == MutantOutcome::Unnoticed && change.excuse.is_none())
    }

    /// How many came to this.
    pub fn count(&self, outcome: MutantOutcome) -> usize {
        self.changes.iter().filter(|change| change.outcome == outcome).count()
    }

    /// Whether every change was noticed that can be.
    pub fn is_full(&self) -> bool {
        self.unnoticed().next().is_none() && self.stale.is_empty()
    }
}

/// Tries every change of `rules` on so many threads, which changes nothing of what comes out. All tests pass by the rules
/// as they are.
pub fn mutate<'s>(
    files: &(dyn Files + Sync),
    suite: &'s Suite,
    rules: &RuleSet,
    threads: NonZeroUsize,
) -> Mutation<'s> {
    let mut changes = sites::changes(rules);
    changes.extend(code::changes(rules));
    changes.retain(|change| change.place.text() != change.to);
    numbered(changes.iter_mut().map(|change| &mut change.name));
    let try_all = || changes.par_iter().map(|change| tried(files, suite, rules, change)).collect::<Vec<_>>();
    let Ok(outcomes) =
        rules.library.budget.on_threads(threads, |threads| Ok::<_, Infallible>(in_pool(threads, try_all)));
    for (change, outcome) in changes.iter_mut().zip(outcomes) {
        change.outcome = outcome;
    }
    let open = changes.iter_mut().filter(|change| change.outcome != MutantOutcome::Unreadable);
    let open = open.map(|change| (&*change.name, change.outcome == MutantOutcome::Noticed, &mut change.excuse));
    let stale = fill_in_excuses(&suite.equivalent, open);
    Mutation { changes, stale }
}

fn tried(files: &dyn Files, suite: &Suite, rules: &RuleSet, change: &Mutant) -> MutantOutcome {
    let Place { source, span } = &change.place;
    let text = replaced(source, span, &change.to);
    let changed = BTreeMap::from([(source.name.clone(), text)]);
    let changed = Overlay { files, changed: &changed, budget: rules.library.budget.clone() };
    match rules::load(&changed, &rules.place.source.name, None, &mut Problems::default()).rules {
        None => MutantOutcome::Unreadable,
        Some(editions) if any_fails(suite, &editions) => MutantOutcome::Noticed,
        Some(_) => MutantOutcome::Unnoticed,
    }
}

fn replaced(source: &Arc<SourceFile>, span: &Range<usize>, to: &str) -> String {
    let part = |range: Range<usize>| source.text.get(range).unwrap_or_default();
    format!("{}{to}{}", part(0..span.start), part(span.end..source.text.len()))
}
