//! How often each action is in the best set, over what might be the case: robust portfolio modelling (Liesiö, J., Mild, P. and
//! Salo, A. 2007, *European Journal of Operational Research* 181(3), 1488–1505), with draws in place of all weights.

use std::num::NonZeroUsize;

use super::answer::{Answer, Proof, Steps};
use super::case::{Case, units};
use super::solve::solve;
use super::worth::{AskedWorth, Standing, WorthRule};
use crate::assessment::Assessment;
use crate::diagnostic::Problem;
use crate::exact::Fixed;
use crate::scoring::{Ranking, Rerun};
use crate::sensitivity::draws::{no_weights, on_threads};
use crate::sensitivity::read::{DEFAULT_CONCENTRATION, weights_around};
use crate::sensitivity::redraw::{MissingAnswer, Redraw, missing_answers};
use crate::sensitivity::weights::WeightSpace;
use crate::stats::{Random, Stream};

/// From this part of the draws on an action is core.
pub const CORE: f64 = 0.95;
/// Up to this part of the draws it is out.
pub const OUT: f64 = 0.05;

/// How often each action is in the best set.
#[derive(Debug, Clone, PartialEq)]
pub struct Robust {
    /// How many draws were made.
    pub draws: u64,
    /// The seed: the same one, the same draws.
    pub seed: u64,
    /// In how many draws the best set was proven within the steps.
    pub proven: u64,
    /// In how many draws no set kept to all conditions.
    pub without_set: u64,
    /// In how many draws each action was in the best set, by number.
    pub times: Vec<u64>,
}

/// How often an action is in the best set, in a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Core {
    /// Nearly always.
    Core,
    /// In some draws.
    Borderline,
    /// Nearly never.
    Out,
}

impl Core {
    /// The word in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Core => "core",
            Self::Borderline => "borderline",
            Self::Out => "out",
        }
    }
}

impl Robust {
    /// In what part of the draws an action is in the best set.
    #[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
    pub fn index(&self, action: usize) -> f64 {
        let times = self.times.get(action).copied().unwrap_or(0);
        times as f64 / (self.draws.max(1)) as f64
    }

    /// The same in a word.
    pub fn group(&self, action: usize) -> Core {
        let index = self.index(action);
        match index {
            _ if index >= CORE => Core::Core,
            _ if index <= OUT => Core::Out,
            _ => Core::Borderline,
        }
    }
}

/// How often each action is in the best set over so many draws, each of which may take so many steps. Weights are drawn round
/// those of the rules and evidence from its own distributions, as by `sensitivity`; shares and costs from triangles over their
/// intervals, highest at the figure itself. A tier stays as it is on the list.
///
/// # Errors
/// What fails for evidence or weights that were drawn; a worth below zero.
pub fn robust(
    ranking: &Ranking<'_>,
    case: &Case<'_>,
    rule: &WorthRule,
    (draws, seed): (u64, u64),
    steps: u64,
    threads: NonZeroUsize,
) -> Result<Robust, Problem> {
    Redraw::new(ranking.assessment, ranking.rules).spend(&ranking.rules.library.budget, draws)?;
    let counted = on_threads(threads, draws, |numbers| {
        let mut drawing = Drawing::new(ranking, case, rule, seed)?;
        let mut found = Robust::none(draws, seed, case);
        for number in numbers {
            found.count(&drawing.best(number, steps)?);
        }
        Ok::<_, Problem>(found)
    });
    let mut all = Robust::none(draws, seed, case);
    for counted in counted {
        all.add(&counted?);
    }
    Ok(all)
}

impl Robust {
    fn none(draws: u64, seed: u64, case: &Case<'_>) -> Self {
        Self { draws, seed, proven: 0, without_set: 0, times: vec![0; case.options.actions.len()] }
    }

    fn count(&mut self, answer: &Answer) {
        match answer {
            Answer::Best(best) => {
                self.proven += u64::from(best.proof == Proof::Proven);
                self.times.iter_mut().zip(&best.set).for_each(|(times, chosen)| *times += u64::from(*chosen));
            }
            Answer::Nothing => self.without_set += 1,
            Answer::Unknown => {}
        }
    }

    fn add(&mut self, other: &Self) {
        self.proven += other.proven;
        self.without_set += other.without_set;
        self.times.iter_mut().zip(&other.times).for_each(|(times, more)| *times += more);
    }
}

/// Draws, one after the other, on one thread.
struct Drawing<'d, 'a> {
    ranking: &'d Ranking<'a>,
    case: Case<'d>,
    worth: AskedWorth<'d>,
    seed: u64,
    space: WeightSpace,
    redraw: Redraw<'a>,
    room: Assessment,
    rerun: Rerun<'a>,
    missing: Vec<MissingAnswer>,
}

impl<'d, 'a> Drawing<'d, 'a> {
    fn new(ranking: &'d Ranking<'a>, case: &'d Case<'_>, rule: &'d WorthRule, seed: u64) -> Result<Self, Problem> {
        let redraw = Redraw::new(ranking.assessment, ranking.rules);
        let room = redraw.empty_assessment();
        let ranked: Vec<usize> =
            ranking.order().iter().copied().filter(|number| ranking.outcome().total(*number).is_some()).collect();
        Ok(Self {
            ranking,
            case: case.clone(),
            worth: rule.asked()?,
            seed,
            space: weights_around(ranking.rules, DEFAULT_CONCENTRATION),
            redraw,
            room,
            rerun: Rerun::new(ranking.rules)?,
            missing: missing_answers(ranking, &ranked).0,
        })
    }

    /// The best set of a draw.
    fn best(&mut self, draw: u64, steps: u64) -> Result<Answer, Problem> {
        let worths = self.worths(draw)?;
        let mut random = Random::new(self.seed, Stream::Actions, draw);
        let decimals = self.case.decimals.clone();
        for (target, worth) in self.case.instance.targets.iter_mut().zip(worths) {
            target.worth = units(worth, decimals.worth);
        }
        for (action, served) in self.case.options.actions.iter().zip(&mut self.case.instance.options) {
            for (reach, served) in action.serves.iter().zip(served) {
                served.share = drawn(&mut random, reach.share, reach.between, decimals.share);
            }
        }
        for (number, action) in self.case.options.actions.iter().enumerate() {
            for cost in &action.costs {
                let amount = drawn(&mut random, cost.amount, cost.between, decimals.of_resource(cost.resource));
                let limit = self.case.instance.limits.get_mut(cost.resource);
                let weight = limit.and_then(|limit| limit.weights.iter_mut().find(|(of, _)| *of == number));
                if let Some((_, weight)) = weight {
                    *weight = amount;
                }
            }
        }
        solve(&self.case.instance, &mut Steps::of(steps)).map_err(|trouble| self.case.trouble(trouble))
    }

    /// What each candidate is worth in a draw.
    fn worths(&mut self, draw: u64) -> Result<Vec<Fixed>, Problem> {
        self.redraw.draw(&mut Random::new(self.seed, Stream::Evidence, draw), &mut self.room);
        self.rerun.answer(&self.room)?;
        self.rerun.suppose(&self.missing, &mut Random::new(self.seed, Stream::Answers, draw));
        let rules = self.ranking.rules;
        let mut weights = vec![0.0; self.space.len()];
        if !self.space.draw(&mut Random::new(self.seed, Stream::Weights, draw), &mut weights) {
            return Err(no_weights());
        }
        let totals = self.rerun.totals(&rules.weights.with_parts(&weights))?;
        let mut worths = Vec::with_capacity(totals.len());
        for (number, (candidate, total)) in self.ranking.assessment.candidates.iter().zip(totals).enumerate() {
            let value = |criterion| Fixed::new(self.rerun.value(criterion, number), rules.fine_decimals()).to_f64();
            let standing = total.map(|(total, rank)| Standing {
                total: Fixed::new(total, rules.decimals),
                rank,
                tier: self.ranking.outcome().standing(number).word(rules),
                values: (0..rules.criteria.len()).map(value).collect(),
            });
            worths.push(self.worth.of(rules, &candidate.id, standing.as_ref())?);
        }
        Ok(worths)
    }
}

/// A number from the triangle over its interval, in units of so many decimals; itself where it has none.
#[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "amounts have at most 15 digits")]
fn drawn(random: &mut Random, figure: Fixed, between: Option<(Fixed, Fixed)>, decimals: u32) -> i64 {
    let most = units(figure, decimals);
    let Some((low, high)) = between else { return most };
    let (low, high) = (units(low, decimals), units(high, decimals));
    let (below, above, width) = ((most - low) as f64, (high - most) as f64, (high - low) as f64);
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
