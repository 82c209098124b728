//! Missing policies: what stands in where a measure is missing. A file for each; this one has their list.
//!
//! All that is to be said of a policy is said in its file: what is done, and every sentence about it. Who carries it out
//! asks for the [`Treatment`] alone, of which there are few; a policy may come to one in its own way.

mod neutral;
mod refuse;
mod reweight;
mod worst;

use schemars::JsonSchema;
use serde::Deserialize;

use super::list::closed_list;
use super::shape::Unbounded;
use neutral::Neutral;
use refuse::Refuse;
use reweight::Reweight;
use worst::Worst;

closed_list! {
    /// What stands in where a measure is missing.
    #[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
    pub enum Missing => policy: Policy {
        /// A value of one half.
        "neutral" => Neutral,
        /// The worst for the community is assumed: a value of 1.
        "worst" => Worst,
        /// The question is left out and its weight is shared among the candidate's other questions.
        "reweight" => Reweight,
        /// The candidate is not ranked until the evidence is there.
        "refuse" => Refuse,
    }
}

/// What is done about a missing answer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Treatment {
    /// This value stands in.
    StandIn(f64),
    /// The question is left out for this candidate, and its weight shared among the others.
    LeaveOut,
    /// The candidate is not ranked.
    Refuse,
}

/// What a missing policy says of itself. `unbounded` is what is to be known of the question's values where they have no
/// upper end.
pub trait Policy {
    /// What is done about a missing answer.
    fn treatment(&self, unbounded: Option<Unbounded>) -> Treatment;

    /// Why such values can't have this policy, and how to mend that; none where they can.
    fn misfit(&self, _unbounded: Option<Unbounded>) -> Option<(String, String)> {
        None
    }

    /// What is done, as in "no answer: …".
    fn done(&self) -> String;

    /// What is done, as in "answered for none of 9 candidates: …".
    fn done_for_all(&self) -> String;

    /// What is done now, as in "missing evidence of `volume` …".
    fn clause(&self) -> String;

    /// What was done before, as in "…; it …".
    fn past_clause(&self) -> String;
}
