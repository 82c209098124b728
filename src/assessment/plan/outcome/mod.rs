//! What became of a measure, computed and never typed: its change, its outcome by rule on the printed figures, and what
//! chance says beside it.
//!
//! The rule (`rule.rs`): once the period by whose end a target is due is over, a measure is achieved or not; before, it is
//! on course or off course by a straight line from the baseline to the target. Where the figures do not say, nobody can
//! tell, and why is said. Chance never changes an outcome.

mod action;
mod by_chance;
mod chance_words;
mod change;
mod evidence;
mod ratio;
mod rule;
mod words;

pub use action::action_ruling;
pub use by_chance::{ByChance, ChanceFigures, ChanceVerdict, by_chance};
pub use chance_words::{chance_figures_in_words, chance_in_words};
pub use change::{Change, change};
pub(crate) use change::{change_between, compare, decimals, ends, percent};
pub(in crate::assessment) use evidence::as_evidence;
pub(crate) use ratio::Ratio;
pub(crate) use rule::reached_before;
pub use rule::{Ruling, ruling};
pub use words::signed_range;
pub(crate) use words::{change_unit, signed};
