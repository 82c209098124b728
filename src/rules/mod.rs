//! What the analyst tunes: criteria, weights, value functions, gates, tiers and scripts.
//!
//! [`load`] reads and judges a rule set; a [`RuleSet`] can't be wrong in itself, and [`fit`] asks whether an assessment
//! has what it reads. Parameters hold from a day on, so there is an edition for every stretch of days: [`Editions`].
//! No criterion, weight or threshold lives in Rust, and nothing is scored here.

pub mod combine;
mod direction;
mod editions;
pub mod effect;
mod fit;
pub mod format;
mod in_force;
mod judge;
pub(crate) mod list;
mod lists;
pub mod missing;
mod nudge;
mod parameter;
mod read;
pub mod rewrite;
mod rule_set;
pub mod script;
mod setting;
pub mod shape;
mod sure;
mod validate;
mod value_range;
mod variation;
mod weights;

pub use combine::{Earned, MemberKind, Term, Totaller};
pub use direction::{Direction, Way};
pub use editions::{Editions, LoadedRules};
pub use effect::{Band, Effect, Leader};
pub use fit::{fit, misplaced, without_list};
pub use format::{Combined, ListPer, Shortfall, WeightMethod};
pub use missing::{Missing, Treatment};
pub(crate) use nudge::{nudged, tidy};
pub use parameter::{Amount, DatedAmount, Parameter, ParameterUse};
pub use read::load;
pub use rule_set::{AcceptedFinding, Criterion, Gate, Group, RuleSet, Takes, Tier, WeightsOrigin};
pub use shape::ValueFunction;
pub use sure::Sure;
pub use value_range::ValueRange;
pub use variation::RuleVariation;
pub use weights::{ApportionedShare, Weights, apportion};
