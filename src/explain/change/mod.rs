//! What would change a candidate's place: the smallest change of one weight, of all weights together, of one answer.
//!
//! Each change that is told was tried: the ranking was made again with it, by the engine's own arithmetic. Where nothing
//! is found, that is told too. Nothing is drawn at random.

mod answer;
mod contest;
mod field;
mod goal;
mod programme;
mod search;
mod sentences;
mod step;
mod stretch;
mod sweep;
mod weight;
mod weights;

pub use answer::AnswerChange;
pub(crate) use contest::{MIN_PART, TotalOfWeights, WEIGHT_STEPS, part_of_whole, to_float, total_of_weights};
pub(crate) use field::Field;
pub use goal::Goal;
pub(crate) use sentences::of_which;
pub use sentences::{ChangeSentences, change_sentences};
pub(crate) use step::power_of_ten_step;
pub use sweep::RangeEnd;
pub(crate) use sweep::{Watched, WeightSweep};
pub use weight::WeightChange;
pub use weights::WeightsChange;

use std::num::NonZeroUsize;

use rayon::prelude::*;

use crate::diagnostic::Problem;
use crate::rules::Takes;
use crate::scoring::{Again, Ranking, Standing};

/// What would take a candidate to one goal.
#[derive(Debug, Clone)]
pub struct PlaceChange {
    /// The place that the candidate would have.
    pub goal: Goal,
    /// Changes of one weight, one for each criterion whose weight can do it alone, the smallest first.
    pub weight: Vec<WeightChange>,
    /// The smallest change of all weights together.
    pub weights: WeightsChange,
    /// Changes of one answer, one for each criterion that can do it alone, in the order of the rules.
    pub answers: Vec<AnswerChange>,
}

/// What would change the places of these candidates, by number: for each its goals, the top tier first. The neighbours
/// in the list are asked about where `neighbours` says so.
///
/// # Errors
/// A value or total that could not be made for some change.
pub fn place_changes(
    ranking: &Ranking<'_>,
    candidates: &[usize],
    neighbours: bool,
) -> Result<Vec<Vec<PlaceChange>>, Problem> {
    let asked: Vec<(usize, Goal)> = candidates
        .iter()
        .flat_map(|candidate| goals(ranking, *candidate, neighbours).into_iter().map(|goal| (*candidate, goal)))
        .collect();
    let field = Field::new(ranking);
    let alone = weight::weight_changes(ranking, &field, &asked)?;
    let change = |again: &mut Result<Again<'_, '_>, Problem>, candidate: usize, goal: Goal, weight: &[WeightChange]| {
        let again = again.as_mut().map_err(|problem| problem.clone())?;
        let weights = weights::smallest_weights_change(ranking, again, candidate, goal, weight, asked.len())?;
        let answers = answer::answer_changes(ranking, &field, again, (candidate, goal))?;
        Ok(PlaceChange { goal, weight: weight.to_vec(), weights, answers })
    };
    let budget = &ranking.rules.library.budget;
    // Whoever asks from one of several threads has the others at work.
    let threads = if rayon::current_thread_index().is_some() { 1 } else { rayon::current_num_threads() };
    let threads = NonZeroUsize::new(threads).unwrap_or(NonZeroUsize::MIN);
    // Each on its own, so that no number of threads shows.
    let changes = budget.on_threads(threads, |threads| {
        let start = || Again::new(ranking);
        if threads == NonZeroUsize::MIN {
            let mut again = start();
            let pairs = asked.iter().zip(&alone);
            return pairs.map(|((candidate, goal), weight)| change(&mut again, *candidate, *goal, weight)).collect();
        }
        let pairs = asked.par_iter().zip(&alone);
        pairs.map_init(start, |again, ((candidate, goal), weight)| change(again, *candidate, *goal, weight)).collect()
    });
    budget.check()?;
    let changes: Vec<PlaceChange> = changes?;
    let mut found: Vec<Vec<PlaceChange>> = candidates.iter().map(|_| Vec::new()).collect();
    for ((candidate, _), change) in asked.into_iter().zip(changes) {
        let place = candidates.iter().position(|other| *other == candidate);
        if let Some(of) = place.and_then(|place| found.get_mut(place)) {
            of.push(change);
        }
    }
    Ok(found)
}

/// The smallest change of one weight, the others in proportion, that takes a candidate to a goal; none where no weight does
/// so alone.
///
/// # Errors
/// A total that could not be made.
pub fn smallest_weight_change(
    ranking: &Ranking<'_>,
    candidate: usize,
    goal: Goal,
) -> Result<Option<WeightChange>, Problem> {
    let found = weight::weight_changes(ranking, &Field::new(ranking), &[(candidate, goal)])?;
    Ok(found.into_iter().flatten().next())
}

/// The places that a candidate could have by points: none in a tier where a gate decides, none where it isn't ranked.
fn goals(ranking: &Ranking<'_>, candidate: usize, neighbours: bool) -> Vec<Goal> {
    let outcome = ranking.outcome();
    let mut goals = Vec::new();
    let Some(total) = outcome.total(candidate) else { return goals };
    let one_tier = ranking.rules.tiers.first().is_none_or(|tier| tier.takes == Takes::Rest);
    if ranking.decided_by_gate(candidate).is_none() && !one_tier {
        goals.push(if outcome.standing(candidate) == Standing::Tier(0) { Goal::Leave } else { Goal::Enter });
    }
    if neighbours {
        let others = |other: &&usize| outcome.total(**other).is_some_and(|other| other != total);
        let above = |other: &&usize| outcome.total(**other) > Some(total);
        let order = ranking.order().iter().filter(others);
        goals.extend(order.clone().rfind(above).map(|other| Goal::Pass(*other)));
        goals.extend(order.clone().find(|other| !above(other)).map(|other| Goal::FallBehind(*other)));
    }
    goals
}
