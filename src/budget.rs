//! How much the scripts, sentences and templates of one run may do, all of them together.
//!
//! Steps are counted and never time, so that the same files cost the same on every machine. No thread shows: what several
//! threads could not end, one does again.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use crate::diagnostic::{Code, Place, Problem};
use crate::words;

/// The steps of a run unless somebody gives it others: a minute or two of work.
pub const STEPS: u64 = 1_000_000_000;

/// What is left to do in a run. Copies share it.
#[derive(Debug, Clone)]
pub struct Budget(Arc<Account>);

#[derive(Debug)]
struct Account {
    steps: u64,
    spent: AtomicU64,
    by_expression: Mutex<ByExpression>,
}

/// What each expression spent, by its file and first byte.
type ByExpression = BTreeMap<(String, usize), (u64, Place)>;

impl Default for Budget {
    fn default() -> Self {
        Self::of(*ALLOWED.get().unwrap_or(&STEPS))
    }
}

/// How many steps a run has unless it is given others.
static ALLOWED: OnceLock<u64> = OnceLock::new();

/// Says once, before anything is read, how many steps a run of this process has.
pub fn allow(steps: u64) {
    let _ = ALLOWED.set(steps);
}

/// What a rule set may spend is no part of what it says.
impl PartialEq for Budget {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Budget {
    /// So many steps.
    pub fn of(steps: u64) -> Self {
        Self(Arc::new(Account { steps, spent: AtomicU64::new(0), by_expression: Mutex::default() }))
    }

    /// How many steps are left.
    pub fn left(&self) -> u64 {
        self.0.steps.saturating_sub(self.0.spent.load(Ordering::Relaxed))
    }

    /// Takes steps that the expression at `place` did.
    pub fn take(&self, steps: u64, place: &Place) {
        // Beyond the most that can be counted it is spent in any case.
        let add = |spent: u64| Some(spent.saturating_add(steps));
        let _ = self.0.spent.fetch_update(Ordering::Relaxed, Ordering::Relaxed, add);
        let key = (place.source.name.clone(), place.span.start);
        let mut all = self.by_expression();
        let (of, _) = all.entry(key).or_insert_with(|| (0, place.clone()));
        *of = of.saturating_add(steps);
    }

    /// What `work` answers on so many threads. Where it fails or the budget is spent, the threads' steps are given back
    /// and one thread does the same again: how far each had come is different every time, and nothing told may depend
    /// on it.
    ///
    /// # Errors
    /// Those of `work` on one thread.
    pub fn on_threads<T, E>(&self, threads: NonZeroUsize, work: impl Fn(NonZeroUsize) -> Result<T, E>) -> Result<T, E> {
        if threads == NonZeroUsize::MIN {
            return work(threads);
        }
        let spent = self.0.spent.load(Ordering::Relaxed);
        let by_expression = self.by_expression().clone();
        let done = work(threads);
        if done.is_ok() && !self.is_spent() {
            return done;
        }
        self.0.spent.store(spent, Ordering::Relaxed);
        *self.by_expression() = by_expression;
        work(NonZeroUsize::MIN)
    }

    /// Whether there is anything left.
    ///
    /// # Errors
    /// `budget-spent`, at the expression that spent most.
    pub fn check(&self) -> Result<(), Problem> {
        if !self.is_spent() {
            return Ok(());
        }
        let all = self.by_expression();
        // Of equals the first.
        let most = all.values().rev().max_by_key(|(spent, _)| *spent);
        let steps = words::whole(usize::try_from(self.0.steps).unwrap_or(usize::MAX));
        let what = most.map(|(_, place)| format!(", most of them in `{}`", begun(place.text()))).unwrap_or_default();
        let problem =
            Problem::new(Code::BudgetSpent, format!("the rules take more than the {steps} steps of a run{what}"))
                .help("make it do less, or allow more with `--budget STEPS`");
        Err(match most {
            Some((_, place)) => problem.at(place.clone()),
            None => problem,
        })
    }

    fn is_spent(&self) -> bool {
        self.0.spent.load(Ordering::Relaxed) > self.0.steps
    }

    fn by_expression(&self) -> MutexGuard<'_, ByExpression> {
        self.0.by_expression.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Code in a line, its beginning where it is long.
fn begun(code: &str) -> String {
    let words = code.split_whitespace().collect::<Vec<_>>().join(" ");
    match words.chars().count() > SHOWN {
        true => words.chars().take(SHOWN).chain(['…']).collect(),
        false => words,
    }
}

/// How many characters of an expression are told.
const SHOWN: usize = 60;
