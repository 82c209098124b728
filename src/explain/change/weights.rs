//! The smallest change of all weights together.
//!
//! A total is a sum of weights times values over the weights that take part, or the same of logarithms. What
//! [`super::search`] finds is rounded to printed weights and tried, with more to spare each time until the engine agrees.
//! What no weights can do with less is the search's bound where rounding always helps.

use super::contest::{Contest, part_of_whole};
use super::programme::SOLVER_TOLERANCE;
use super::search::Search;
use super::{Goal, WeightChange};
use crate::diagnostic::Problem;
use crate::rules::Weights;
use crate::scoring::{Again, Fixed, Ranking, ScoringOutcome};

/// How much is to spare between two totals, in units of their last decimal, until the engine agrees. What is level needs
/// none where the order of equals decides.
const MARGINS: [f64; 8] = [0.0, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0];
/// How much work there is for all that is asked: rows times columns of every programme that is solved. Half of it is for
/// what does it, half for what nothing less does. A core does some four million of it in a second.
const WORK: u64 = 40_000_000;
/// The most for one contest.
const MOST_WORK: u64 = 4_000_000;

/// The smallest change of all weights together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WeightsChange {
    /// These weights do it.
    Found {
        /// How much weight moves from some questions to others, on the rule set's scale.
        moved: Fixed,
        /// No weights that move less than this do it, whatever is rounded; `moved` where nothing less does, to a step of
        /// the weights that are tried. None where that is not known.
        least: Option<Fixed>,
        /// Every criterion's weight then, in units of the rule set's fine decimals.
        shares: Vec<i64>,
    },
    /// No weights would, of those that leave each candidate a thousandth for its answers.
    Impossible {
        /// All that move less than this leave it; none where all do.
        looked_at: Option<Fixed>,
    },
    /// No weights would, of the same, but some bring it as near as rounding can tell.
    OnlyTied {
        /// As there.
        looked_at: Option<Fixed>,
    },
    /// It is not known, and why.
    Unknown(&'static str),
}

/// The smallest change of all weights that leads to the goal. `alone` are the changes of one weight that do: nothing
/// that moves more is looked for, and among totals that part slowly one of them can be smaller than what has to be
/// spared for rounding. `asked` is how many such questions share the work.
pub(super) fn smallest_weights_change(
    ranking: &Ranking<'_>,
    again: &mut Again<'_, '_>,
    candidate: usize,
    goal: Goal,
    alone: &[WeightChange],
    asked: usize,
) -> Result<WeightsChange, Problem> {
    let mut contest = match Contest::new(ranking, candidate, goal) {
        Ok(contest) => contest,
        Err(why) => return Ok(WeightsChange::Unknown(why)),
    };
    let fixed = |units: i64| Fixed::new(units, ranking.rules.fine_decimals());
    let looked_at = contest.moved_before_all().map(|moved| fixed(contest.whole_steps(moved)));
    if goal == Goal::Leave && ranking.is_raised_to_the_top(candidate) {
        return Ok(WeightsChange::Impossible { looked_at });
    }
    let now = ranking.rules.weights.shares();
    let moved = |shares: &Vec<i64>| now.iter().zip(shares).map(|(now, then)| (then - now).max(0)).sum::<i64>();
    if let Some(most) = alone.iter().map(|change| moved(&change.shares)).min() {
        contest.within_reach(part_of_whole(most, contest.whole));
    }
    let work = (WORK / u64::try_from(asked.max(1)).unwrap_or(u64::MAX)).min(MOST_WORK);
    let mut left = work / 2;
    let is_met = |outcome: &ScoringOutcome| goal.is_met(candidate, outcome);
    let together = match tried(&contest, &mut left, again, &ranking.rules.weights, is_met) {
        Ok(together) => together,
        Err(Stopped::Failed(problem)) => return Err(problem),
        // What one weight does is known, though less may do it, too.
        Err(Stopped::Unknown(_)) if !alone.is_empty() => None,
        Err(Stopped::Unknown(why)) => return Ok(WeightsChange::Unknown(why)),
    };
    if let Some(together) = &together {
        contest.within_reach(part_of_whole(moved(together), contest.whole));
    }
    // What the one left is the other's.
    left += work / 2;
    let bound = match contest.rounding_slack.is_finite() {
        true => Search::new(&contest, &mut left).smallest(-contest.rounding_slack),
        false => Err("rounding can do anything to values so small"),
    };
    let smallest = alone.iter().map(|change| change.shares.clone()).chain(together).min_by_key(moved);
    Ok(match smallest {
        Some(shares) => {
            let moved = moved(&shares);
            let is_whole_answer = contest.all_stay_ranked(part_of_whole(moved, contest.whole));
            let bound = bound.ok().flatten().filter(|_| is_whole_answer);
            let least = bound.map(|bound| contest.whole_steps(bound.least));
            let least = least.map(|least| if moved - least <= contest.step { moved } else { least });
            WeightsChange::Found { moved: fixed(moved), least: least.map(fixed), shares }
        }
        None => match bound {
            Ok(None) => WeightsChange::Impossible { looked_at },
            Ok(Some(_)) => WeightsChange::OnlyTied { looked_at },
            Err(why) => WeightsChange::Unknown(why),
        },
    })
}

/// Why trying came to no end.
enum Stopped {
    /// The solver can't say.
    Unknown(&'static str),
    /// A total could not be made.
    Failed(Problem),
}

/// The weights that are found as printed, with as little to spare as makes the engine agree; none where none does.
fn tried(
    contest: &Contest,
    work: &mut u64,
    again: &mut Again<'_, '_>,
    weights: &Weights,
    is_met: impl Fn(&ScoringOutcome) -> bool,
) -> Result<Option<Vec<i64>>, Stopped> {
    let mut search = Search::new(contest, work);
    for units in MARGINS {
        let Some(found) = search.smallest(units * contest.unit).map_err(Stopped::Unknown)? else { return Ok(None) };
        // Round numbers, where they do it.
        for step in [contest.step, 1] {
            let shares = weights.printed(&found.weights, step);
            let outcome = again.with_weights(&weights.with_shares(shares.clone())).map_err(Stopped::Failed)?;
            if is_met(&outcome) {
                return Ok(Some(shares));
            }
        }
    }
    Ok(None)
}

impl Contest {
    /// A part of all weight in units, rounded down to whole steps.
    #[expect(clippy::cast_possible_truncation, reason = "weights have at most 10 digits")]
    fn whole_steps(&self, part: f64) -> i64 {
        let steps = (part - SOLVER_TOLERANCE).max(0.0) * self.steps();
        steps.floor() as i64 * self.step
    }
}
