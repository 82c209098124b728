//! The smallest change of all weights together: a linear programme, with a choice of whom to pass where places count.
//!
//! A total is a sum of weights times values over the weights that take part, or the same of logarithms. A candidate
//! stands above another where some level lies between them, and for a given level everything is linear; over the same
//! weights the level is not even needed. Levels are halved until what is found holds. The solver's answer is rounded to
//! printed weights and tried, with more to spare each time until the engine agrees. What no weights can do with less is
//! the programme's answer where rounding always helps.

use microlp::{ComparisonOp, Error, OptimizationDirection, Problem as Programme, SolveOptions, Variable};

use super::contest::{Contest, MIN_PART, TotalOfWeights, part_of_whole, to_float};
use super::{Goal, WeightChange};
use crate::diagnostic::Problem;
use crate::rules::Weights;
use crate::scoring::{Again, Fixed, Ranking, ScoringOutcome};

/// How much is to spare between two totals, in units of their last decimal, until the engine agrees. What is level needs
/// none where the order of equals decides.
const MARGINS: [f64; 8] = [0.0, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0];
/// What the solver's least may miss by, as a part of all weight.
const SOLVER_TOLERANCE: f64 = 1e-7;
/// What a level may miss by, in units of the totals' last decimal.
const LEVEL_TOLERANCE: f64 = 0.05;
/// How many choices of whom to pass are looked at for all that is asked, before what could be done is not known.
const MAX_CHOICES: u64 = 2_000_000;
/// The fewest and the most for one contest.
const CHOICES_PER_CONTEST: (u64, u64) = (1000, 120_000);
/// As how many choices a programme counts of itself: to set one up takes longer than to look at a choice in it, and a
/// stretch of levels can be parted thousands of times.
const CHOICES_PER_PROGRAMME: u64 = 10;
/// Why nothing is known where the work has its limits.
const TOO_MUCH: &str = "it would take too long to work out";

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
    let (fewest, most) = CHOICES_PER_CONTEST;
    let choices = (MAX_CHOICES / u64::try_from(asked.max(1)).unwrap_or(u64::MAX)).clamp(fewest, most);
    let mut search = Search { contest: &contest, choices };
    let together = match search.tried(again, &ranking.rules.weights, |outcome| goal.is_met(candidate, outcome)) {
        Ok(together) => together,
        Err(Stopped::Failed(problem)) => return Err(problem),
        // What one weight does is known, though less may do it, too.
        Err(Stopped::Unknown(_)) if !alone.is_empty() => None,
        Err(Stopped::Unknown(why)) => return Ok(WeightsChange::Unknown(why)),
    };
    let bound = match contest.rounding_slack.is_finite() {
        true => Search { contest: &contest, choices }.smallest(-contest.rounding_slack),
        false => Err("rounding can do anything to values so small"),
    };
    let smallest = alone.iter().map(|change| change.shares.clone()).chain(together).min_by_key(moved);
    Ok(match smallest {
        Some(shares) => {
            let moved = moved(&shares);
            let is_whole_answer = contest.all_stay_ranked(part_of_whole(moved, contest.whole));
            let bound = bound.ok().flatten().filter(|_| is_whole_answer);
            let least = bound.map(|bound| contest.whole_steps(bound.moved));
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

/// Weights that a programme found.
struct FoundWeights {
    moved: f64,
    weights: Vec<f64>,
}

/// A stretch of levels and what the level in it that suits best would need; none where no level does.
struct LevelRange {
    ends: (f64, f64),
    found: Option<FoundWeights>,
}

/// The search for the smallest change in one contest.
struct Search<'c> {
    contest: &'c Contest,
    /// How many choices of whom to pass may still be looked at.
    choices: u64,
}

impl Search<'_> {
    /// The programme's weights as printed, with as little to spare as makes the engine agree; none where none does.
    fn tried(
        &mut self,
        again: &mut Again<'_, '_>,
        weights: &Weights,
        is_met: impl Fn(&ScoringOutcome) -> bool,
    ) -> Result<Option<Vec<i64>>, Stopped> {
        for units in MARGINS {
            let spare = units * self.contest.unit;
            let Some(found) = self.smallest(spare).map_err(Stopped::Unknown)? else { return Ok(None) };
            // Round numbers, where they do it.
            for step in [self.contest.step, 1] {
                let shares = weights.printed(&found.weights, step);
                let outcome = again.with_weights(&weights.with_shares(shares.clone())).map_err(Stopped::Failed)?;
                if is_met(&outcome) {
                    return Ok(Some(shares));
                }
            }
        }
        Ok(None)
    }

    /// The smallest change of the weights with `spare` between the candidate and those it passes; none where there is
    /// none.
    fn smallest(&mut self, spare: f64) -> Result<Option<FoundWeights>, &'static str> {
        let contest = self.contest;
        if let Some(level) = contest.fixed {
            return self.solve(Some((level, level)), spare);
        }
        if contest.rivals.iter().all(|rival| rival.takes_part == contest.own.takes_part) {
            return self.solve(None, spare);
        }
        let mut stretches = vec![LevelRange { ends: contest.ends, found: self.solve(Some(contest.ends), spare)? }];
        loop {
            // What a stretch needs is no more than any level in it does: the least that holds is the least of all.
            let least = stretches.iter().enumerate().filter_map(|(at, it)| Some((at, it.found.as_ref()?.moved)));
            let Some((at, _)) = least.min_by(|(_, a), (_, b)| a.total_cmp(b)) else { return Ok(None) };
            let LevelRange { ends: (low, high), found } = stretches.swap_remove(at);
            let Some(found) = found else { continue };
            if contest.holds(&found.weights, spare) {
                return Ok(Some(found));
            }
            let middle = f64::midpoint(low, high);
            for ends in [(low, middle), (middle, high)] {
                stretches.push(LevelRange { ends, found: self.solve(Some(ends), spare)? });
            }
        }
    }

    fn solve(&mut self, level: Option<(f64, f64)>, spare: f64) -> Result<Option<FoundWeights>, &'static str> {
        let (programme, more, less) = self.contest.programme(level, spare);
        let mut limits = SolveOptions::default();
        limits.node_limit = Some(self.choices);
        let solution = match programme.solve_with(limits) {
            Ok(outcome) if outcome.is_optimal() => outcome.into_solution().map_err(|_| TOO_MUCH)?,
            Ok(_) => return Err(TOO_MUCH),
            Err(Error::Infeasible) => {
                self.choices = self.choices.checked_sub(CHOICES_PER_PROGRAMME).ok_or(TOO_MUCH)?;
                return Ok(None);
            }
            Err(_) => return Err("the solver found no answer that could be confirmed"),
        };
        self.choices =
            self.choices.checked_sub(solution.stats().nodes_solved + CHOICES_PER_PROGRAMME).ok_or(TOO_MUCH)?;
        let moves = more.iter().zip(&less).map(|(more, less)| solution.var_value(*more) - solution.var_value(*less));
        let weights =
            self.contest.current_weights.iter().zip(moves).map(|(now, moved)| (now + moved).max(0.0)).collect();
        Ok(Some(FoundWeights { moved: solution.objective(), weights }))
    }
}

impl Contest {
    /// A part of all weight in units, rounded down to whole steps.
    #[expect(clippy::cast_possible_truncation, reason = "weights have at most 10 digits")]
    fn whole_steps(&self, part: f64) -> i64 {
        let steps = (part - SOLVER_TOLERANCE).max(0.0) * self.steps();
        steps.floor() as i64 * self.step
    }

    /// Whether the candidate passes as many as it has to, by what is to spare but for a hair: the engine has the last
    /// word.
    fn holds(&self, weights: &[f64], spare: f64) -> bool {
        let own = self.own.total(weights);
        let least = spare - self.unit * LEVEL_TOLERANCE;
        self.rivals.iter().filter(|rival| (own - rival.total(weights)) * self.sign < least).count() <= self.spared
    }

    /// The programme: weights that add up to one, as little moved as can be, with the candidate on the right side of
    /// the level and all rivals but those spared on the other. Of a stretch of levels each has the end that suits it.
    /// With it the variables of what each weight has more, and less.
    fn programme(&self, level: Option<(f64, f64)>, spare: f64) -> (Programme, Vec<Variable>, Vec<Variable>) {
        let mut programme = Programme::new(OptimizationDirection::Minimize);
        let more: Vec<Variable> = self.current_weights.iter().map(|_| programme.add_var(1.0, (0.0, 1.0))).collect();
        let less: Vec<Variable> = self.current_weights.iter().map(|now| programme.add_var(0.0, (0.0, *now))).collect();
        let balance = more.iter().map(|more| (*more, 1.0)).chain(less.iter().map(|less| (*less, -1.0)));
        programme.add_constraint(balance, ComparisonOp::Eq, 0.0);
        programme.add_constraint(more.iter().map(|more| (*more, 1.0)), ComparisonOp::Le, self.max_moved);
        // `sum` of the weights at least `least`: weights are what they are now, and more, and less.
        let require = |programme: &mut Programme, sum: &[f64], least: f64, free: Option<(Variable, f64)>| {
            let now: f64 = sum.iter().zip(&self.current_weights).map(|(part, now)| part * now).sum();
            let up = more.iter().zip(sum).map(|(more, part)| (*more, *part));
            let down = less.iter().zip(sum).map(|(less, part)| (*less, -*part));
            programme.add_constraint(up.chain(down).chain(free), ComparisonOp::Ge, least - now);
        };
        for form in self.rivals.iter().chain([&self.own]) {
            require(&mut programme, &form.indicator(), MIN_PART, None);
        }
        let (low, high) = level.unwrap_or_default();
        let (own_end, rival_end) = if self.sign > 0.0 { (low, high) } else { (high, low) };
        if level.is_some() {
            require(&mut programme, &self.own.beyond(own_end, spare * self.sign, self.sign), 0.0, None);
        }
        let mut free = Vec::new();
        for rival in &self.rivals {
            let sum = self.between(rival, rival_end, spare);
            let worst = self.worst(&sum);
            if worst >= 0.0 {
                continue;
            }
            let spared = (self.spared > 0).then(|| (programme.add_binary_var(0.0), -worst));
            free.extend(spared.map(|(spared, _)| (spared, 1.0)));
            require(&mut programme, &sum, 0.0, spared);
        }
        if !free.is_empty() {
            programme.add_constraint(free, ComparisonOp::Le, to_float(self.spared));
        }
        (programme, more, less)
    }

    /// What must be 0 or more, for each weight, for a rival to be passed: over the same weights no level is needed, and it
    /// is the one total minus the other; else the rival is on the other side of its end of the level.
    fn between(&self, rival: &TotalOfWeights, rival_end: f64, spare: f64) -> Vec<f64> {
        if rival.takes_part != self.own.takes_part {
            return rival.beyond(rival_end, 0.0, -self.sign);
        }
        let own = self.own.beyond(0.0, spare * self.sign, self.sign);
        let other = rival.beyond(0.0, 0.0, -self.sign);
        own.iter().zip(&other).map(|(own, other)| own + other).collect()
    }

    /// The least that a sum over the weights can be with as much moved as may be.
    fn worst(&self, sum: &[f64]) -> f64 {
        let now: f64 = sum.iter().zip(&self.current_weights).map(|(part, now)| part * now).sum();
        let least = sum.iter().copied().fold(f64::MAX, f64::min);
        let most = sum.iter().copied().fold(f64::MIN, f64::max);
        least.max(now - self.max_moved * (most - least))
    }
}
