//! What the views of elicited weights show.

use crate::elicitation::Elicited;
use crate::scoring::{Ranking, ScoringOutcome};

/// All that a view of elicited weights shows.
#[derive(Debug)]
pub struct ElicitationView<'v, 'a> {
    /// The weights and what they follow from.
    pub elicited: &'v Elicited<'a>,
    /// The list as it is, and as it would be with the new weights; none without an assessment.
    pub list: Option<(&'v Ranking<'a>, &'v ScoringOutcome)>,
}
