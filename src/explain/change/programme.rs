//! The least that has to move for given rivals to be passed: a linear programme without choices, and of one rival alone
//! the same in closed form.

use microlp::{ComparisonOp, Error, OptimizationDirection, Problem as Programme, SolveOptions, Variable};

use super::contest::{Contest, MIN_PART, TotalOfWeights};

/// What the solver's least may miss by, as a part of all weight.
pub(super) const SOLVER_TOLERANCE: f64 = 1e-7;

/// A stretch of levels: some level in it lies between the candidate and those it passes.
pub(super) type Levels = (f64, f64);

/// What a programme found.
pub(super) struct Solved {
    /// How much has to move, as a part of all weight; none where nothing does.
    pub(super) answer: Option<(f64, Vec<f64>)>,
    /// Rows times columns.
    pub(super) work: usize,
}

impl Contest {
    /// Whether no level is needed to compare with a rival: both totals are over the same weights.
    pub(super) fn is_level_free(&self, rival: &TotalOfWeights) -> bool {
        rival.takes_part == self.own.takes_part
    }

    /// The end of a stretch that suits the candidate, and the one that suits rivals.
    fn ends_that_suit(&self, (low, high): Levels) -> (f64, f64) {
        if self.sign > 0.0 { (low, high) } else { (high, low) }
    }

    /// What must be 0 or more, for each weight, for the candidate to be on its side of some level of the stretch.
    fn own_side(&self, levels: Levels, spare: f64) -> Vec<f64> {
        self.own.beyond(self.ends_that_suit(levels).0, spare * self.sign, self.sign)
    }

    /// The same for a rival on the other side.
    fn other_side(&self, rival: &TotalOfWeights, levels: Levels) -> Vec<f64> {
        rival.beyond(self.ends_that_suit(levels).1, 0.0, -self.sign)
    }

    /// What must be 0 or more, for each weight, for a rival to be passed at some level of the stretch. Where both take
    /// a question no level matters, and where only one does the end of the stretch that suits.
    fn between(&self, rival: &TotalOfWeights, levels: Levels, spare: f64) -> Vec<f64> {
        let own = self.own_side(levels, spare);
        let other = self.other_side(rival, levels);
        let level_between = {
            let (own_end, rival_end) = self.ends_that_suit(levels);
            self.sign * (own_end - rival_end)
        };
        let both = self.own.takes_part.iter().zip(&rival.takes_part).map(|(own, rival)| *own && *rival);
        let sums = own.iter().zip(&other).zip(both);
        sums.map(|((own, other), both)| own + other + if both { level_between } else { 0.0 }).collect()
    }

    /// The least that has to move for one rival to be passed, whatever the others do; infinite where nothing does. For
    /// a rival over other weights it may be more than that.
    pub(super) fn least_to_pass(&self, rival: &TotalOfWeights, levels: Levels, spare: f64) -> f64 {
        let both = self.least_moved(&self.between(rival, levels, spare));
        if self.is_level_free(rival) {
            return both;
        }
        let own = self.least_moved(&self.own_side(levels, spare));
        both.max(own).max(self.least_moved(&self.other_side(rival, levels)))
    }

    /// The least that has to move for a sum over the weights to be 0 or more: from where it counts least to where it
    /// counts most.
    fn least_moved(&self, sum: &[f64]) -> f64 {
        let mut missing = -self.now(sum);
        if missing <= 0.0 {
            return 0.0;
        }
        let most = sum.iter().copied().fold(f64::MIN, f64::max);
        let mut gains: Vec<(f64, f64)> =
            sum.iter().zip(&self.current_weights).map(|(part, now)| (most - part, *now)).collect();
        gains.sort_by(|(a, _), (b, _)| b.total_cmp(a));
        let mut moved = 0.0;
        for (gain, weight) in gains {
            if gain <= 0.0 {
                break;
            }
            if gain * weight >= missing {
                return moved + missing / gain;
            }
            missing -= gain * weight;
            moved += weight;
        }
        f64::INFINITY
    }

    /// A sum over the weights as they are now.
    fn now(&self, sum: &[f64]) -> f64 {
        sum.iter().zip(&self.current_weights).map(|(part, now)| part * now).sum()
    }

    /// The weights that are moved least and pass these rivals, by number, at some level of the stretch.
    ///
    /// # Errors
    /// Why the solver's answer is none.
    pub(super) fn solve(&self, levels: Levels, passed: &[usize], spare: f64) -> Result<Solved, &'static str> {
        let rows = self.rows(levels, passed, spare);
        let (programme, more, less) = self.programme(&rows);
        let work = (rows.len() + 2) * (more.len() + less.len());
        let solution = match programme.solve_with(SolveOptions::default()) {
            Ok(outcome) if outcome.is_optimal() => outcome.into_solution().ok(),
            Err(Error::Infeasible) => return Ok(Solved { answer: None, work }),
            _ => None,
        };
        let solution = solution.ok_or("the solver found no answer that could be confirmed")?;
        let moves = more.iter().zip(&less).map(|(more, less)| solution.var_value(*more) - solution.var_value(*less));
        let weights = self.current_weights.iter().zip(moves).map(|(now, moved)| (now + moved).max(0.0)).collect();
        Ok(Solved { answer: Some((solution.objective(), weights)), work })
    }

    /// Sums over the weights, each with the least that it must be.
    fn rows(&self, levels: Levels, passed: &[usize], spare: f64) -> Vec<(Vec<f64>, f64)> {
        // Moving so little leaves every other one enough.
        let may_lose_all = |form: &&TotalOfWeights| self.now(&form.indicator()) - self.max_moved < MIN_PART;
        let all = self.rivals.iter().chain([&self.own]);
        let mut rows: Vec<(Vec<f64>, f64)> =
            all.filter(may_lose_all).map(|form| (form.indicator(), MIN_PART)).collect();
        let mut needs_level = self.fixed.is_some();
        for rival in passed.iter().filter_map(|rival| self.rivals.get(*rival)) {
            rows.push((self.between(rival, levels, spare), 0.0));
            if !self.is_level_free(rival) {
                needs_level = true;
                rows.push((self.other_side(rival, levels), 0.0));
            }
        }
        if needs_level {
            rows.push((self.own_side(levels, spare), 0.0));
        }
        rows
    }

    /// The programme: weights that add up to one, as little moved as can be, with every sum at least what it must be. With
    /// it the variables of what each weight has more, and less.
    fn programme(&self, rows: &[(Vec<f64>, f64)]) -> (Programme, Vec<Variable>, Vec<Variable>) {
        let mut programme = Programme::new(OptimizationDirection::Minimize);
        let more: Vec<Variable> = self.current_weights.iter().map(|_| programme.add_var(1.0, (0.0, 1.0))).collect();
        let less: Vec<Variable> = self.current_weights.iter().map(|now| programme.add_var(0.0, (0.0, *now))).collect();
        let balance = more.iter().map(|more| (*more, 1.0)).chain(less.iter().map(|less| (*less, -1.0)));
        programme.add_constraint(balance, ComparisonOp::Eq, 0.0);
        programme.add_constraint(more.iter().map(|more| (*more, 1.0)), ComparisonOp::Le, self.max_moved);
        for (sum, least) in rows {
            // Weights are what they are now, and more, and less.
            let up = more.iter().zip(sum).map(|(more, part)| (*more, *part));
            let down = less.iter().zip(sum).map(|(less, part)| (*less, -*part));
            programme.add_constraint(up.chain(down), ComparisonOp::Ge, least - self.now(sum));
        }
        (programme, more, less)
    }
}
