//! What might be the case: worths by weights and evidence as `sensitivity` draws them, shares and costs from triangles over
//! their intervals.

use super::answer::{Answer, Steps};
use super::case::{Case, reached, units};
use super::factor::Factor;
use super::solve::solve;
use super::worth::{AskedWorth, Standing, WorthRule};
use crate::diagnostic::Problem;
use crate::exact::Fixed;
use crate::scoring::{Ranking, TotalAndRank};
use crate::sensitivity::draws::no_weights;
use crate::sensitivity::read::{DEFAULT_CONCENTRATION, weights_around};
use crate::sensitivity::redrawn::Redrawn;
use crate::sensitivity::weights::WeightSpace;
use crate::stats::{Random, Stream};

/// Draws, one after the other, on one thread.
pub struct Drawing<'d, 'a> {
    ranking: &'d Ranking<'a>,
    case: Case<'d>,
    worth: AskedWorth<'d>,
    reads_tier: bool,
    seed: u64,
    space: WeightSpace,
    redrawn: Redrawn<'a>,
    /// The weights of the last draw, parts of one.
    weights: Vec<f64>,
}

impl<'d, 'a> Drawing<'d, 'a> {
    /// Over what might be the case of a plan's options, from a seed.
    ///
    /// # Errors
    /// As the engine's own start.
    pub fn new(ranking: &'d Ranking<'a>, case: &'d Case<'_>, rule: &'d WorthRule, seed: u64) -> Result<Self, Problem> {
        let ranked: Vec<usize> = ranking.with_totals().collect();
        Ok(Self {
            ranking,
            case: case.clone(),
            worth: rule.asked()?,
            reads_tier: rule.reads_tier(),
            seed,
            space: weights_around(ranking.rules, DEFAULT_CONCENTRATION),
            redrawn: Redrawn::new(ranking, &ranked, seed)?,
            weights: Vec::new(),
        })
    }

    /// The best set of a draw.
    ///
    /// # Errors
    /// What fails for the evidence or weights that were drawn.
    pub fn best(&mut self, draw: u64, steps: &mut Steps) -> Result<Answer, Problem> {
        let worths = self.worths(draw)?;
        let mut random = Random::new(self.seed, Stream::Actions, draw);
        let Case { options, candidates, decimals, instance, .. } = &mut self.case;
        for (target, worth) in instance.targets.iter_mut().zip(worths) {
            target.worth = units(worth, decimals.worth);
        }
        for (action, served) in options.actions.iter().zip(&mut instance.options) {
            for ((reach, _), served) in reached(action, candidates).zip(served) {
                served.share = drawn(&mut random, reach.share, reach.between, decimals.share);
            }
        }
        for (number, action) in options.actions.iter().enumerate() {
            for cost in &action.costs {
                let amount = drawn(&mut random, cost.amount, cost.between, decimals.of_resource(cost.resource));
                if let Some(limit) = instance.limits.get_mut(cost.resource) {
                    limit.reweigh(number, amount);
                }
            }
        }
        solve(&self.case.instance, steps).map_err(|trouble| self.case.trouble(trouble))
    }

    /// Whether a set takes more of a resource in the last draw than there is.
    pub fn overspends(&self, resource: usize, set: &[bool]) -> bool {
        self.case.instance.limits.get(resource).is_some_and(|limit| limit.used(set) > limit.most)
    }

    /// What something is in the last draw.
    pub fn value(&self, of: &Factor) -> f64 {
        let told = match *of {
            Factor::Weight(criterion) => return self.weights.get(criterion).copied().unwrap_or(0.0),
            Factor::Answer(criterion, candidate) => Some(self.redrawn.rerun.value(criterion, candidate)),
            Factor::Share(action, at) => {
                self.case.instance.options.get(action).and_then(|served| served.get(at)).map(|served| served.share)
            }
            Factor::Cost(action, resource) => Some(self.case.cost(resource, action)),
        };
        float(told.unwrap_or(0))
    }

    /// What each candidate is worth in a draw.
    fn worths(&mut self, draw: u64) -> Result<Vec<Fixed>, Problem> {
        self.redrawn.draw(draw)?;
        let rules = self.ranking.rules;
        let mut weights = vec![0.0; self.space.len()];
        if !self.space.draw(&mut Random::new(self.seed, Stream::Weights, draw), &mut weights) {
            return Err(no_weights());
        }
        let shares = rules.weights.with_parts(&weights);
        self.weights = weights;
        let rerun = &mut self.redrawn.rerun;
        let placed: Vec<(Option<TotalAndRank>, &str)> = match self.reads_tier {
            true => {
                let standings = rerun.standings(self.ranking, &shares)?.into_iter();
                standings.map(|(total, standing)| (total, standing.word(rules))).collect()
            }
            false => rerun.totals(&shares)?.into_iter().map(|total| (total, "")).collect(),
        };
        let mut worths = Vec::with_capacity(placed.len());
        for (number, (candidate, (total, tier))) in self.ranking.assessment.candidates.iter().zip(placed).enumerate() {
            let value =
                |criterion| Fixed::new(self.redrawn.rerun.value(criterion, number), rules.fine_decimals()).to_f64();
            let standing = total.map(|(total, rank)| Standing {
                total: Fixed::new(total, rules.decimals),
                rank,
                tier,
                values: (0..rules.criteria.len()).map(value).collect(),
            });
            worths.push(self.worth.of(rules, &candidate.id, standing.as_ref())?);
        }
        Ok(worths)
    }
}

/// A number from the triangle over its interval, in units of so many decimals; itself where it has none.
#[expect(clippy::cast_possible_truncation, reason = "amounts have at most 15 digits")]
fn drawn(random: &mut Random, figure: Fixed, between: Option<(Fixed, Fixed)>, decimals: u32) -> i64 {
    let most = units(figure, decimals);
    let Some((low, high)) = between else { return most };
    let (low, high) = (units(low, decimals), units(high, decimals));
    let (below, above, width) = (float(most - low), float(high - most), float(high - low));
    if width <= 0.0 {
        return most;
    }
    let part = random.uniform();
    // The inverse of the triangle's distribution function.
    let from_low = match part * width < below {
        true => libm::sqrt(part * width * below),
        false => width - libm::sqrt((1.0 - part) * width * above),
    };
    (low + libm::round(from_low) as i64).clamp(low, high)
}

#[expect(clippy::cast_precision_loss, reason = "amounts have at most 15 digits")]
fn float(units: i64) -> f64 {
    units as f64
}
