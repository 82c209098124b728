//! The linear programmes: weights that reproduce pairs, nearest or with most to spare, or to which as little as can be is missing.
//!
//! Where other questions count for one candidate than for the other, a programme holds within bounds only. Bounds are halved,
//! the most promising first, until what is found holds. A solver's answer is a proposal, and no more: whoever tells it tries it
//! first. What can't be is shown by the multipliers of [`DecidablePairs::lead_limit`], whose arithmetic needs no solver.
//!
//! Of weights that do equally well a small cost for each change, another for each question, takes one and the same.

use microlp::{ComparisonOp, Error, OptimizationDirection, Problem as Programme, SolveOptions, Variable};

use super::decidable::{DecidablePairs, PartBounds};
use crate::explain::change::{MIN_PART, to_float};

/// How many programmes are solved for one question before it is left open.
const MAX_PROGRAMMES: usize = 1500;
/// How many choices of what to leave out are looked at.
const MAX_CHOICES: u64 = 4_000;
/// What a lead may miss by, in units of the totals' last decimal.
const LEAD_TOLERANCE: f64 = 0.05;
/// A lead that is none.
const ZERO_LEAD: f64 = 1e-9;
/// By how much what is found may be worse than the best there is, where bounds are halved.
const OPTIMALITY_GAP: f64 = 5e-4;
/// Bounds that leave no more open than this are as good as none.
const NARROW_BOUNDS: f64 = 1e-4;
/// Bounds are halved no further than this.
const MIN_BOUNDS_WIDTH: f64 = 1e-9;
/// The cost of a change beside what is asked for, and how far the costs of two questions differ.
const TIE_BREAK_COST: f64 = 1e-6;

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Objective {
    /// All pairs hold, with as little weight moved as can be.
    Nearest,
    /// The least lead is as large as can be.
    WidestMargin,
    /// All pairs hold, and one weight is as small as can be.
    Smallest(usize),
    /// All pairs hold, and one weight is as large as can be.
    Largest(usize),
    /// What is missing to the pairs that don't hold is as little as can be, all together.
    LeastShortfall,
}

impl Objective {
    /// By how much what is found may be worse than the best there is.
    fn tolerance(self, value: f64) -> f64 {
        match self {
            Self::LeastShortfall => OPTIMALITY_GAP.max(value / 100.0),
            _ => OPTIMALITY_GAP,
        }
    }

    fn needs_all(self) -> bool {
        matches!(self, Self::Nearest | Self::Smallest(_) | Self::Largest(_))
    }
}

/// The work has come to its limits, or the solver found nothing that it vouches for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Undetermined;

/// What weights can do for some pairs.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Feasibility {
    /// These weights put all of them in their order, rounding apart.
    Yes(Vec<f64>),
    /// At best some would come level; rounding apart.
    OnlyTied,
    /// No weights put all of them in their order, whatever is rounded.
    No,
}

/// What a programme found within bounds.
struct BoundedSolution {
    /// No weights within the bounds do better.
    bound: f64,
    weights: Vec<f64>,
}

/// A programme while it is being written: weights are what they are now, and more, and less.
struct ProgrammeBuilder<'f> {
    field: &'f DecidablePairs,
    programme: Programme,
    more: Vec<Variable>,
    less: Vec<Variable>,
}

impl DecidablePairs {
    /// The best weights for an aim, each of the pairs `which` with `spare` units between its two; none where no weights do.
    pub(super) fn optimum(
        &self,
        which: &[usize],
        aim: Objective,
        spare: f64,
    ) -> Result<Option<Vec<f64>>, Undetermined> {
        let mut best: Option<(f64, Vec<f64>)> = None;
        let mut open: Vec<(PartBounds, BoundedSolution)> = Vec::new();
        let mut left = MAX_PROGRAMMES;
        let mut fresh = vec![self.bounds()];
        loop {
            for bounds in fresh.drain(..) {
                left = left.checked_sub(1).ok_or(Undetermined)?;
                let Some(solved) = self.solve(which, aim, spare, &bounds)? else { continue };
                let proposal = self.proposal(which, aim, spare, &solved)?;
                if let Some((value, weights)) = proposal
                    && best.as_ref().is_none_or(|(least, _)| value < *least)
                {
                    best = Some((value, weights));
                }
                open.push((bounds, solved));
            }
            let promising = open.iter().enumerate().min_by(|(_, (_, a)), (_, (_, b))| a.bound.total_cmp(&b.bound));
            let Some((at, (_, BoundedSolution { bound, .. }))) = promising else {
                return Ok(best.map(|(_, weights)| weights));
            };
            if best.as_ref().is_some_and(|(value, _)| *value <= bound + aim.tolerance(*value)) {
                return Ok(best.map(|(_, weights)| weights));
            }
            let (bounds, _) = open.swap_remove(at);
            if let Some((part, _)) = self.widest_part(which, &bounds).filter(|(_, width)| *width > MIN_BOUNDS_WIDTH) {
                fresh = halved_bounds(&bounds, part);
            }
        }
    }

    /// What is found within bounds, as weights that do what is asked for, and what they are worth; where they don't, others for
    /// whom as much of the weight counts, which the programme gets right.
    fn proposal(
        &self,
        which: &[usize],
        aim: Objective,
        spare: f64,
        found: &BoundedSolution,
    ) -> Result<Option<(f64, Vec<f64>)>, Undetermined> {
        let worth = |weights: &Vec<f64>| Some((self.objective_value(which, aim, spare, weights)?, weights.clone()));
        let own = worth(&found.weights);
        if !which.iter().any(|at| self.has_unlike_questions(*at)) {
            return Ok(own);
        }
        let counts = |part: &Vec<f64>| part.iter().zip(&found.weights).map(|(counts, weight)| counts * weight).sum();
        let pinned = self.parts.iter().map(|part| {
            let at: f64 = counts(part);
            (at.max(MIN_PART), at.max(MIN_PART))
        });
        let pinned = self.solve(which, aim, spare, &pinned.collect())?.and_then(|solved| worth(&solved.weights));
        Ok(own.into_iter().chain(pinned).min_by(|(a, _), (b, _)| a.total_cmp(b)))
    }

    /// What an aim is worth by these weights, the less the better; none where pairs that must hold don't.
    fn objective_value(&self, which: &[usize], aim: Objective, spare: f64, weights: &[f64]) -> Option<f64> {
        let duels = || which.iter().filter_map(|at| self.pairs.get(*at));
        let missing = || duels().map(|duel| (spare * duel.total_unit - duel.lead(weights), duel.total_unit));
        if aim.needs_all() && missing().any(|(missing, unit)| missing > LEAD_TOLERANCE * unit) {
            return None;
        }
        let gain = |at: usize| Some(weights.get(at)? - self.current_weights.get(at)?);
        match aim {
            Objective::Nearest => {
                Some(self.current_weights.iter().zip(weights).map(|(now, then)| (then - now).max(0.0)).sum())
            }
            Objective::WidestMargin => duels().map(|duel| -duel.lead(weights)).max_by(f64::total_cmp),
            Objective::Smallest(at) => gain(at),
            Objective::Largest(at) => gain(at).map(|gain| -gain),
            Objective::LeastShortfall => Some(missing().map(|(missing, _)| missing.max(0.0)).sum()),
        }
    }

    fn solve(
        &self,
        which: &[usize],
        aim: Objective,
        spare: f64,
        bounds: &PartBounds,
    ) -> Result<Option<BoundedSolution>, Undetermined> {
        let mut draft = ProgrammeBuilder::new(self, aim, bounds);
        let programme = &mut draft.programme;
        let room = (aim == Objective::WidestMargin).then(|| programme.add_var(-1.0, (-1e6, 1e6)));
        for duel in which.iter().filter_map(|at| self.pairs.get(*at)) {
            let most = duel.lead_terms(bounds);
            let least = spare * duel.total_unit;
            let worst = most.iter().copied().fold(f64::MAX, f64::min);
            let free = match aim {
                Objective::WidestMargin => room.map(|room| (room, -1.0)),
                _ if worst >= least => continue,
                Objective::LeastShortfall => Some((draft.programme.add_var(1.0, (0.0, f64::INFINITY)), 1.0)),
                Objective::Nearest | Objective::Smallest(_) | Objective::Largest(_) => None,
            };
            draft.require(&most, if room.is_some() { 0.0 } else { least }, free);
        }
        draft.solve()
    }

    /// Whether some weights put all the pairs `which` in their order.
    pub(super) fn can_hold(&self, which: &[usize]) -> Result<Feasibility, Undetermined> {
        let slack =
            which.iter().filter_map(|at| self.pairs.get(*at)).map(|duel| duel.rounding_slack).fold(0.0, f64::max);
        if which.is_empty() {
            return Ok(Feasibility::Yes(self.current_weights.clone()));
        }
        // Those that no bounds matter to may settle it alone.
        let alike: Vec<usize> = which.iter().copied().filter(|at| !self.has_unlike_questions(*at)).collect();
        if !alike.is_empty() && alike.len() < which.len() {
            match self.can_hold(&alike)? {
                Feasibility::Yes(_) => {}
                unable => return Ok(unable),
            }
        }
        let mut level = false;
        let mut open = vec![self.bounds()];
        let mut left = MAX_PROGRAMMES;
        while let Some(bounds) = open.pop() {
            left = left.checked_sub(1).ok_or(Undetermined)?;
            let Some(most) = self.lead_limit(which, &bounds)? else { continue };
            if most <= ZERO_LEAD {
                level |= most >= -slack;
                continue;
            }
            if let Some(solved) = self.solve(which, Objective::WidestMargin, 0.0, &bounds)?
                && let Some((value, weights)) = self.proposal(which, Objective::WidestMargin, 0.0, &solved)?
                && value < -ZERO_LEAD
            {
                return Ok(Feasibility::Yes(weights));
            }
            match self.widest_part(which, &bounds) {
                Some((part, width)) if width > NARROW_BOUNDS => open.extend(halved_bounds(&bounds, part)),
                // A lead that rounding makes.
                _ if most <= slack => level = true,
                _ => return Err(Undetermined),
            }
        }
        Ok(if level { Feasibility::OnlyTied } else { Feasibility::No })
    }

    /// What the least lead of the pairs `which` can't exceed within bounds; none where no weights are within them.
    ///
    /// Pairs are added up, each so many times, in all once; with them what the bounds say, which is never below zero. The least lead
    /// is no more than that sum, and that sum no more than the largest part of it that any one weight has. So any
    /// multipliers show a limit: that the solver's are good ones need not be believed.
    fn lead_limit(&self, which: &[usize], bounds: &PartBounds) -> Result<Option<f64>, Undetermined> {
        let leads: Vec<Vec<f64>> =
            which.iter().filter_map(|at| self.pairs.get(*at)).map(|duel| duel.lead_terms(bounds)).collect();
        let within: Vec<Vec<f64>> = match self.widest_part(which, bounds) {
            Some(_) => self.bound_terms(bounds),
            None => Vec::new(),
        };
        let mut programme = Programme::new(OptimizationDirection::Minimize);
        let limit = programme.add_var(1.0, (-1e6, 1e6));
        let times: Vec<Variable> = leads.iter().map(|_| programme.add_var(0.0, (0.0, 1.0))).collect();
        let more: Vec<Variable> = within.iter().map(|_| programme.add_var(0.0, (0.0, 1e6))).collect();
        programme.add_constraint(times.iter().map(|times| (*times, 1.0)), ComparisonOp::Eq, 1.0);
        let rows: Vec<(&Vec<f64>, Variable)> =
            leads.iter().chain(&within).zip(times.iter().chain(&more).copied()).collect();
        for weight in 0..self.current_weights.len() {
            let parts = rows.iter().filter_map(|(row, times)| Some((*times, row.get(weight).copied()?)));
            programme.add_constraint(parts.chain([(limit, -1.0)]), ComparisonOp::Le, 0.0);
        }
        let Some(solution) = solution(&programme)? else { return Ok(None) };
        let found: Vec<f64> = rows.iter().map(|(_, times)| solution.var_value(*times).max(0.0)).collect();
        let all: f64 = found.iter().take(leads.len()).sum();
        if all <= 0.0 {
            return Err(Undetermined);
        }
        let sum = |weight: usize| -> f64 {
            let parts = rows.iter().zip(&found).filter_map(|((row, _), times)| Some(row.get(weight)? * times));
            parts.sum::<f64>() / all
        };
        Ok((0..self.current_weights.len()).map(sum).max_by(f64::total_cmp))
    }

    /// What the bounds say, as sums over the weights that are not below zero.
    fn bound_terms(&self, bounds: &PartBounds) -> Vec<Vec<f64>> {
        let both = self.parts.iter().zip(bounds).flat_map(|(part, (low, high))| {
            [part.iter().map(|counts| counts - low).collect(), part.iter().map(|counts| high - counts).collect()]
        });
        both.collect()
    }
}

/// As few numbers below `all` as can be, of which each of the sets has one; of as few, those that come late.
pub(super) fn smallest_hitting_set(sets: &[Vec<usize>], all: usize) -> Result<Vec<usize>, Undetermined> {
    let mut programme = Programme::new(OptimizationDirection::Minimize);
    let late = |number: usize| TIE_BREAK_COST * to_float(all - number) / to_float(all);
    let taken: Vec<Variable> = (0..all).map(|number| programme.add_binary_var(1.0 + late(number))).collect();
    for set in sets {
        let one = set.iter().filter_map(|number| taken.get(*number)).map(|taken| (*taken, 1.0));
        programme.add_constraint(one, ComparisonOp::Ge, 1.0);
    }
    let solution = solution(&programme)?.ok_or(Undetermined)?;
    Ok((0..all).zip(&taken).filter(|(_, taken)| solution.var_value(**taken) > 0.5).map(|(number, _)| number).collect())
}

fn halved_bounds(bounds: &PartBounds, part: usize) -> Vec<PartBounds> {
    let with = |ends: (f64, f64)| {
        let mut bounds = bounds.clone();
        if let Some(slot) = bounds.get_mut(part) {
            *slot = ends;
        }
        bounds
    };
    let (low, high) = bounds.get(part).copied().unwrap_or((1.0, 1.0));
    let middle = f64::midpoint(low, high);
    vec![with((low, middle)), with((middle, high))]
}

impl<'f> ProgrammeBuilder<'f> {
    fn new(field: &'f DecidablePairs, aim: Objective, bounds: &PartBounds) -> Self {
        let mut programme = Programme::new(OptimizationDirection::Minimize);
        let questions = to_float(field.current_weights.len());
        let wanted = |at: usize| match aim {
            Objective::Smallest(weight) if weight == at => 1.0,
            Objective::Largest(weight) if weight == at => -1.0,
            _ => 0.0,
        };
        let change = if aim == Objective::Nearest { 1.0 } else { TIE_BREAK_COST };
        // Squares, so that no two ways of moving weight among questions cost the same by chance.
        let cost = |at: usize, from: f64| {
            let place = from + to_float(at) + 1.0;
            change * (1.0 + TIE_BREAK_COST * 10.0 * place * place / (questions * questions))
        };
        let more: Vec<Variable> = (0..field.current_weights.len())
            .map(|at| programme.add_var(cost(at, 0.0) + wanted(at), (0.0, 1.0)))
            .collect();
        let less: Vec<Variable> = field
            .current_weights
            .iter()
            .enumerate()
            .map(|(at, now)| programme.add_var(cost(at, questions) - change - wanted(at), (0.0, *now)))
            .collect();
        let balance = more.iter().map(|more| (*more, 1.0)).chain(less.iter().map(|less| (*less, -1.0)));
        programme.add_constraint(balance, ComparisonOp::Eq, 0.0);
        let mut draft = Self { field, programme, more, less };
        for bound_terms in field.bound_terms(bounds) {
            draft.require(&bound_terms, 0.0, None);
        }
        draft
    }

    /// `sum` of the weights, and what is free beside it, at least `least`.
    fn require(&mut self, sum: &[f64], least: f64, free: Option<(Variable, f64)>) {
        let now: f64 = sum.iter().zip(&self.field.current_weights).map(|(part, now)| part * now).sum();
        let up = self.more.iter().zip(sum).map(|(more, part)| (*more, *part));
        let down = self.less.iter().zip(sum).map(|(less, part)| (*less, -*part));
        self.programme.add_constraint(up.chain(down).chain(free), ComparisonOp::Ge, least - now);
    }

    fn solve(self) -> Result<Option<BoundedSolution>, Undetermined> {
        let Some(solution) = solution(&self.programme)? else { return Ok(None) };
        let moves =
            self.more.iter().zip(&self.less).map(|(more, less)| solution.var_value(*more) - solution.var_value(*less));
        let weights =
            self.field.current_weights.iter().zip(moves).map(|(now, moved)| (now + moved).clamp(0.0, 1.0)).collect();
        Ok(Some(BoundedSolution { bound: solution.objective(), weights }))
    }
}

fn solution(programme: &Programme) -> Result<Option<microlp::Solution>, Undetermined> {
    let mut limits = SolveOptions::default();
    limits.node_limit = Some(MAX_CHOICES);
    match programme.solve_with(limits) {
        Ok(outcome) if outcome.is_optimal() => outcome.into_solution().map(Some).map_err(|_| Undetermined),
        Err(Error::Infeasible) => Ok(None),
        _ => Err(Undetermined),
    }
}
