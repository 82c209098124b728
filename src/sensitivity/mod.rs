//! What happens to the ranking when weights or evidence move.
//!
//! [`sensitivity`] answers six questions about one ranking: who comes where for how much of the weights or of what the
//! evidence might have been ([`acceptability`]), who can't be told apart ([`tied`]), how far each weight can move
//! ([`stability`]), what other methods say ([`methods`]), and what the list is without each criterion and each
//! candidate ([`leave_out`]). All of it is computed from the ranking's own values and weights; nothing is written here,
//! and nothing reads a clock or draws without a seed.

pub mod acceptability;
pub mod correlation;
pub mod draws;
pub mod format;
pub mod leave_out;
pub mod methods;
pub mod one_weight;
pub mod place_tally;
pub mod rank_tally;
pub mod read;
pub mod redraw;
pub mod redrawn;
pub mod stability;
pub mod sums;
pub mod tied;
pub mod top;
pub mod weights;

use acceptability::{Acceptability, Variation};
pub use draws::DrawSettings;
use leave_out::{WithoutCandidate, WithoutCriterion};
use methods::MethodResult;
use stability::WeightStability;

use crate::diagnostic::Problem;
use crate::scoring::{Again, Ranking};

/// How many draws are made unless told.
pub const DEFAULT_DRAWS: u64 = 10_000;
/// The most draws: sums of weights in fixed point have room for them.
pub const MAX_DRAWS: u64 = 10_000_000;
/// The seed unless told.
pub const DEFAULT_SEED: u64 = 2001;
/// How seldom one of two must be ahead for the two to be told apart.
pub const TIED_SHARE: f64 = 0.05;

/// All that is known of how much a ranking depends on its weights and its evidence.
#[derive(Debug)]
pub struct Sensitivity {
    /// What was drawn at random.
    pub variation: Variation,
    /// How many draws, and by what seed.
    pub settings: DrawSettings,
    /// Who comes where how often.
    pub acceptability: Acceptability,
    /// Groups of candidates, by number, that can't be told apart.
    pub tied: Vec<Vec<usize>>,
    /// How far each weight can move alone; none for long lists.
    pub stability: Option<Vec<WeightStability>>,
    /// What each method makes of the list; none for long lists.
    pub methods: Option<Vec<MethodResult>>,
    /// The list without each criterion.
    pub without_criteria: Vec<WithoutCriterion>,
    /// Candidates whose absence turns others round; none where no value looks at the other candidates, and for long
    /// lists.
    pub without_candidates: Option<Vec<WithoutCandidate>>,
}

impl Sensitivity {
    /// Whether anything that was drawn can move; where not, every draw is the list as it is.
    pub fn moves(&self) -> bool {
        self.variation.moves_evidence() || !self.variation.holds_all_weights()
    }
}

/// Answers all questions about a ranking.
///
/// # Errors
/// No weights within their bounds, or an expression or total that failed.
pub fn sensitivity(
    ranking: &Ranking<'_>,
    variation: Variation,
    settings: DrawSettings,
) -> Result<Sensitivity, Problem> {
    let acceptability = acceptability::acceptability(ranking, &variation, settings)?;
    let moves = variation.moves_evidence() || !variation.holds_all_weights();
    let again = &mut Again::new(ranking)?;
    Ok(Sensitivity {
        tied: if moves { tied::tied(&acceptability, TIED_SHARE) } else { Vec::new() },
        stability: stability::stability(ranking, again)?,
        methods: methods::method_results(ranking),
        without_criteria: leave_out::without_each_criterion(ranking, again)?,
        without_candidates: leave_out::without_each_candidate(ranking, again)?,
        acceptability,
        variation,
        settings,
    })
}
