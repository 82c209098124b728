//! The best set of what could be done, for what there is.
//!
//! [`solve()`] is exact: what it calls proven is proven by whole-number arithmetic, and where the steps it was given do not
//! suffice it says what is found, and how much better a set could be at most. Nothing is sampled, and no clock is read.
//!
//! **Equals.** Of sets of the same value the one is best that uses less of the limits to be saved, in their order; then the one
//! with fewer options; then the one that has the first option that only one of them has. So there is one best set.

pub mod answer;
pub mod board;
pub mod bound;
pub mod case;
pub mod choice;
pub mod conflict;
pub mod curve;
pub mod descent;
pub mod drawing;
pub mod factor;
pub mod finding_out;
pub mod instance;
pub mod least_cost;
pub mod least_weight;
pub mod node;
pub mod of_plan;
pub mod prepared;
pub mod prices;
pub mod robust;
pub mod search;
pub mod solve;
pub mod table;
pub mod worth;

pub use answer::{Answer, Best, Proof, Steps, Trouble};
pub use of_plan::{Asked, check_plan, for_the_paper, of_plan};
pub use solve::solve;

#[cfg(test)]
mod tests;
