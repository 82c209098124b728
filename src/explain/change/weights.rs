//! The smallest change of all weights together: a linear programme, with a choice of whom to pass where places count.
//!
//! A total is a sum of weights times values over the weights that take part, or the same of logarithms. A candidate
//! stands above another where some level lies between them, and for a given level everything is linear; where all
//! questions take part the level is not even needed. Levels are halved until what is found holds. The solver's answer
//! is rounded to printed weights and tried, with more to spare each time until the engine agrees.

use microlp::{ComparisonOp, Error, OptimizationDirection, Problem as Programme, SolveOptions, Variable};
use num_bigint::BigUint;

use super::{Goal, WeightChange, step};
use crate::diagnostic::Problem;
use crate::rules::{Combine, Takes, Weights, apportion};
use crate::scoring::{Again, Fixed, Outcome, Ranking};

/// Into how many steps the weights that are tried are cut, at least.
const STEPS: i64 = 10_000;
/// How many candidates may compete for a place.
const MOST_RIVALS: usize = 200;
/// How much is to spare between two totals, in units of their last decimal, until the engine agrees.
const SPARE: [f64; 4] = [1.0, 4.0, 16.0, 64.0];
/// How much of the weight must stay with what takes part for a candidate: with none it would not be ranked.
const LEAST_PART: f64 = 1e-3;
/// What a level may miss by, in units of the totals' last decimal.
const HAIR: f64 = 0.05;
/// How many stretches of levels are tried.
const MOST_STRETCHES: usize = 400;
/// How many choices of whom to pass a programme may look at.
const MOST_CHOICES: u64 = 20_000;
/// Why nothing is known where the work has its limits.
const TOO_MUCH: &str = "it would take too long to work out";

/// The smallest change of all weights together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WeightsChange {
    /// These weights do it.
    Found {
        /// How much weight moves from some questions to others, on the rule set's scale.
        moved: Fixed,
        /// Every criterion's weight then, in units of the rule set's fine decimals.
        shares: Vec<i64>,
    },
    /// No weights would.
    Nothing,
    /// No weights would, but some bring it as near as rounding can tell.
    Level,
    /// It is not known, and why.
    Unknown(&'static str),
}

/// The smallest change of all weights that leads to the goal. `alone` are the changes of one weight that do: among
/// totals that part slowly one of them can be smaller than what has to be spared for rounding.
pub(super) fn of_all(
    ranking: &Ranking<'_>,
    again: &mut Again<'_, '_>,
    candidate: usize,
    goal: Goal,
    alone: &[WeightChange],
) -> Result<WeightsChange, Problem> {
    let contest = match Contest::new(ranking, candidate, goal) {
        Ok(contest) => contest,
        Err(why) => return Ok(WeightsChange::Unknown(why)),
    };
    let together = match contest.tried(again, &ranking.rules.weights, |outcome| goal.is_met(candidate, outcome)) {
        Ok(together) => together,
        Err(Stopped::Failed(problem)) => return Err(problem),
        Err(Stopped::Unknown(why)) => return Ok(WeightsChange::Unknown(why)),
    };
    let now = ranking.rules.weights.shares();
    let moved = |shares: &Vec<i64>| now.iter().zip(shares).map(|(now, then)| (then - now).max(0)).sum::<i64>();
    let smallest = alone.iter().map(|change| change.shares.clone()).chain(together).min_by_key(moved);
    Ok(match smallest {
        Some(shares) => {
            WeightsChange::Found { moved: Fixed::new(moved(&shares), ranking.rules.fine_decimals()), shares }
        }
        // Rounded points can differ from those that the programme knows by half a unit for each question and candidate.
        None => match contest.smallest(-contest.unit * (count(now.len()) + 1.0)) {
            Ok(None) => WeightsChange::Nothing,
            Ok(Some(_)) => WeightsChange::Level,
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

/// A total as a function of the weights: `Σ coefficient × weight ÷ Σ weight`, both over what takes part.
struct Form {
    coefficients: Vec<f64>,
    takes_part: Vec<bool>,
}

impl Form {
    fn level(&self, weights: &[f64]) -> f64 {
        let sum: f64 = self.coefficients.iter().zip(weights).map(|(coefficient, weight)| coefficient * weight).sum();
        let part: f64 =
            self.takes_part.iter().zip(weights).filter(|(takes, _)| **takes).map(|(_, weight)| weight).sum();
        if part > 0.0 { sum / part } else { f64::NAN }
    }
}

/// Weights that the programme found.
struct Found {
    moved: f64,
    weights: Vec<f64>,
}

/// A stretch of levels and what the level in it that suits best would need; none where no level does.
struct Stretch {
    ends: (f64, f64),
    found: Option<Found>,
}

/// Who competes with whom for what.
struct Contest {
    /// The weights now, as parts of one.
    now: Vec<f64>,
    /// In whole units, with the least step.
    whole: i64,
    step: i64,
    /// 1 where the candidate is to rise, -1 where it is to fall.
    sign: f64,
    own: Form,
    rivals: Vec<Form>,
    /// How many of the rivals need not be passed.
    spared: usize,
    /// The level to be reached, where it does not depend on rivals.
    fixed: Option<f64>,
    /// The lowest and the highest level there is.
    ends: (f64, f64),
    /// One unit of the last decimal of a total, in levels.
    unit: f64,
}

impl Contest {
    fn new(ranking: &Ranking<'_>, candidate: usize, goal: Goal) -> Result<Self, &'static str> {
        let rules = ranking.rules;
        let outcome = ranking.outcome();
        let places = rules.tiers.first().map(|tier| tier.takes);
        let rivals: Vec<usize> = match (goal, places) {
            (Goal::Pass(other) | Goal::FallBehind(other), _) => vec![other],
            (_, Some(Takes::Places(_))) => {
                let competes = |other: &usize| {
                    *other != candidate && outcome.total(*other).is_some() && ranking.decided_by_gate(*other).is_none()
                };
                ranking.order().iter().copied().filter(competes).collect()
            }
            _ => Vec::new(),
        };
        if rivals.len() > MOST_RIVALS {
            return Err("the list is too long");
        }
        let forms: Option<Vec<Form>> = rivals.iter().map(|rival| form(ranking, *rival)).collect();
        let (Some(own), Some(rivals_forms)) = (form(ranking, candidate), forms) else {
            return Err(match rules.combine {
                Combine::Product => "the total is a product, and one of the values is 0",
                _ => "the total is not a sum of points",
            });
        };
        let open = ranking.open_places();
        let spared = match goal {
            Goal::Pass(_) | Goal::FallBehind(_) => 0,
            // So many may stay above it.
            Goal::Enter => open.saturating_sub(1),
            // So many may stay below it.
            Goal::Leave => rivals.len().saturating_sub(open),
        };
        if matches!((goal, places), (Goal::Enter, Some(Takes::Places(_)))) && open == 0 {
            return Err("gates take every place");
        }
        let scale = f64::from(rules.scale);
        let product = rules.combine == Combine::Product;
        let level = |total: f64| if product { libm::log(total / scale) } else { total };
        let one = Fixed::new(1, rules.decimals).to_f64();
        let total = outcome.total(candidate).map_or(scale, |units| Fixed::new(units, rules.decimals).to_f64());
        let fixed = match (goal, places) {
            (Goal::Enter | Goal::Leave, Some(Takes::AtLeast(bound))) => {
                Some(level(Fixed::new(bound, rules.decimals).to_f64()))
            }
            _ => None,
        };
        let all = || rivals_forms.iter().chain([&own]).flat_map(|form| form.coefficients.iter().copied());
        let ends = (all().fold(0.0, f64::min), all().fold(0.0, f64::max));
        let whole = rules.weights.whole();
        Ok(Self {
            now: rules.weights.shares().iter().map(|share| part(*share, whole)).collect(),
            whole,
            step: step(whole, STEPS),
            sign: if goal.needs_more() { 1.0 } else { -1.0 },
            own,
            rivals: rivals_forms,
            spared,
            fixed,
            ends,
            unit: if product { one / total } else { one },
        })
    }

    /// The programme's weights as printed, with as little to spare as makes the engine agree; none where none does.
    fn tried(
        &self,
        again: &mut Again<'_, '_>,
        weights: &Weights,
        is_met: impl Fn(&Outcome) -> bool,
    ) -> Result<Option<Vec<i64>>, Stopped> {
        for units in SPARE {
            let Some(found) = self.smallest(units * self.unit).map_err(Stopped::Unknown)? else { return Ok(None) };
            let shares = self.printed(&found.weights);
            let outcome = again.with_weights(&weights.with_shares(shares.clone())).map_err(Stopped::Failed)?;
            if is_met(&outcome) {
                return Ok(Some(shares));
            }
        }
        Ok(None)
    }

    /// The smallest change of the weights with `spare` between the candidate and those it passes; none where there is
    /// none.
    fn smallest(&self, spare: f64) -> Result<Option<Found>, &'static str> {
        if let Some(level) = self.fixed {
            return self.solve(Some((level, level)), spare);
        }
        if self.rivals.iter().all(|rival| rival.takes_part == self.own.takes_part) {
            return self.solve(None, spare);
        }
        let mut stretches = vec![Stretch { ends: self.ends, found: self.solve(Some(self.ends), spare)? }];
        for _ in 0..MOST_STRETCHES {
            // What a stretch needs is no more than any level in it does: the least that holds is the least of all.
            let least =
                stretches.iter().enumerate().filter_map(|(at, stretch)| Some((at, stretch.found.as_ref()?.moved)));
            let Some((at, _)) = least.min_by(|(_, a), (_, b)| a.total_cmp(b)) else { return Ok(None) };
            let Stretch { ends: (low, high), found } = stretches.swap_remove(at);
            let Some(found) = found else { continue };
            if self.holds(&found.weights, spare) {
                return Ok(Some(found));
            }
            let middle = f64::midpoint(low, high);
            for ends in [(low, middle), (middle, high)] {
                stretches.push(Stretch { ends, found: self.solve(Some(ends), spare)? });
            }
        }
        Err(TOO_MUCH)
    }

    /// Whether the candidate passes as many as it has to, by what is to spare but for a hair: the engine has the last
    /// word.
    fn holds(&self, weights: &[f64], spare: f64) -> bool {
        let own = self.own.level(weights);
        let least = spare - self.unit * HAIR;
        self.rivals.iter().filter(|rival| (own - rival.level(weights)) * self.sign < least).count() <= self.spared
    }

    /// The programme: weights that add up to one, as little moved as can be, with the candidate on the right side of
    /// the level and all rivals but those spared on the other. Of a stretch of levels each has the end that suits it.
    fn solve(&self, level: Option<(f64, f64)>, spare: f64) -> Result<Option<Found>, &'static str> {
        let mut programme = Programme::new(OptimizationDirection::Minimize);
        let more: Vec<Variable> = self.now.iter().map(|_| programme.add_var(1.0, (0.0, 1.0))).collect();
        let less: Vec<Variable> = self.now.iter().map(|now| programme.add_var(0.0, (0.0, *now))).collect();
        let balance = more.iter().map(|more| (*more, 1.0)).chain(less.iter().map(|less| (*less, -1.0)));
        programme.add_constraint(balance, ComparisonOp::Eq, 0.0);
        // `sum` of the weights at least `least`: weights are what they are now, and more, and less.
        let require = |programme: &mut Programme, sum: &[f64], least: f64, free: Option<(Variable, f64)>| {
            let now: f64 = sum.iter().zip(&self.now).map(|(part, now)| part * now).sum();
            let up = more.iter().zip(sum).map(|(more, part)| (*more, *part));
            let down = less.iter().zip(sum).map(|(less, part)| (*less, -*part));
            programme.add_constraint(up.chain(down).chain(free), ComparisonOp::Ge, least - now);
        };
        for form in self.rivals.iter().chain([&self.own]) {
            require(&mut programme, &form.part(), LEAST_PART, None);
        }
        let (low, high) = level.unwrap_or_default();
        let (own_end, rival_end) = if self.sign > 0.0 { (low, high) } else { (high, low) };
        if level.is_some() {
            require(&mut programme, &self.own.beyond(own_end, spare * self.sign, self.sign), 0.0, None);
        }
        let widest = 2.0 * (self.ends.1 - self.ends.0 + spare.abs());
        let mut free = Vec::new();
        for rival in &self.rivals {
            let spared = (self.spared > 0).then(|| programme.add_binary_var(0.0));
            free.extend(spared);
            let spared = spared.map(|spared| (spared, widest));
            if rival.takes_part == self.own.takes_part {
                // Over the same weights no level is needed between them: the one minus the other.
                let own = self.own.beyond(0.0, spare * self.sign, self.sign);
                let other = rival.beyond(0.0, 0.0, -self.sign);
                let sum: Vec<f64> = own.iter().zip(&other).map(|(own, other)| own + other).collect();
                require(&mut programme, &sum, 0.0, spared);
            } else {
                require(&mut programme, &rival.beyond(rival_end, 0.0, -self.sign), 0.0, spared);
            }
        }
        if !free.is_empty() {
            programme.add_constraint(free.iter().map(|spared| (*spared, 1.0)), ComparisonOp::Le, count(self.spared));
        }
        let mut limits = SolveOptions::default();
        limits.node_limit = Some(MOST_CHOICES);
        let solution = match programme.solve_with(limits) {
            Ok(outcome) if outcome.is_optimal() => outcome.into_solution().map_err(|_| TOO_MUCH)?,
            Ok(_) => return Err(TOO_MUCH),
            Err(Error::Infeasible) => return Ok(None),
            Err(_) => return Err("the solver found no answer that it could vouch for"),
        };
        let weights = self
            .now
            .iter()
            .zip(more.iter().zip(&less))
            .map(|(now, (more, less))| (now + solution.var_value(*more) - solution.var_value(*less)).max(0.0));
        Ok(Some(Found { moved: solution.objective(), weights: weights.collect() }))
    }

    /// The weights rounded to what is printed, adding up to the whole.
    fn printed(&self, weights: &[f64]) -> Vec<i64> {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "parts of one")]
        let raw: Vec<BigUint> = weights.iter().map(|weight| BigUint::from((weight * 1e12) as u64)).collect();
        apportion(&raw, self.whole / self.step).into_iter().map(|steps| steps * self.step).collect()
    }
}

impl Form {
    /// 1 for each weight that takes part.
    fn part(&self) -> Vec<f64> {
        self.takes_part.iter().map(|takes| f64::from(u8::from(*takes))).collect()
    }

    /// What must be 0 or more, for each weight, for the total to be above `level` and `spare` more (`sign` 1), or
    /// below it (`sign` -1).
    fn beyond(&self, level: f64, spare: f64, sign: f64) -> Vec<f64> {
        let parts = self.coefficients.iter().zip(&self.takes_part);
        parts.map(|(part, takes)| if *takes { sign * (part - level - spare) } else { 0.0 }).collect()
    }
}

/// A candidate's total as a function of the weights; none where it is no such function.
fn form(ranking: &Ranking<'_>, candidate: usize) -> Option<Form> {
    let rules = ranking.rules;
    let takes_part: Vec<bool> =
        (0..rules.criteria.len()).map(|criterion| ranking.takes_part(criterion, candidate)).collect();
    let coefficients = takes_part.iter().enumerate().map(|(criterion, takes)| {
        let value = ranking.value(criterion, candidate).to_f64();
        match rules.combine {
            _ if !takes => Some(0.0),
            Combine::Sum => Some(value * f64::from(rules.scale)),
            Combine::Product => (value > 0.0).then(|| libm::log(value)),
            Combine::Sections | Combine::Script(_) => None,
        }
    });
    Some(Form { coefficients: coefficients.collect::<Option<_>>()?, takes_part })
}

#[expect(clippy::cast_precision_loss, reason = "criteria and candidates are few")]
fn count(of: usize) -> f64 {
    of as f64
}

#[expect(clippy::cast_precision_loss, reason = "weights have at most 10 digits")]
fn part(share: i64, whole: i64) -> f64 {
    share as f64 / whole as f64
}
