//! Who competes with whom for a place, and their totals as functions of the weights.

use super::{Goal, power_of_ten_step};
use crate::rules::Takes;
use crate::rules::combine::OverWeights;
use crate::scoring::{Fixed, Ranking};

/// How much of the weight must stay with what takes part for a candidate: with none it would not be ranked.
pub(crate) const MIN_PART: f64 = 1e-3;
/// How many candidates may compete for a place.
const MAX_RIVALS: usize = 200;
/// Into how many steps the weights that are tried are cut, at least.
pub(crate) const WEIGHT_STEPS: i64 = 10_000;

/// A total as a function of the weights: `Σ coefficient × weight ÷ Σ weight`, both over what takes part.
pub(crate) struct TotalOfWeights {
    /// What each weight is multiplied by; zero where the question does not take part.
    pub(crate) coefficients: Vec<f64>,
    /// Whether each question takes part: it is not left out for a missing answer.
    pub(crate) takes_part: Vec<bool>,
}

impl TotalOfWeights {
    /// The total by these weights.
    pub(crate) fn total(&self, weights: &[f64]) -> f64 {
        let sum: f64 = self.coefficients.iter().zip(weights).map(|(coefficient, weight)| coefficient * weight).sum();
        let part: f64 =
            self.takes_part.iter().zip(weights).filter(|(takes, _)| **takes).map(|(_, weight)| weight).sum();
        if part > 0.0 { sum / part } else { f64::NAN }
    }
}

impl TotalOfWeights {
    /// How far its level can move with so much moved weight. Where only a part counts, moving weight moves more of it.
    fn reach(&self, weights: &[f64], moved: f64) -> f64 {
        let counts =
            || self.coefficients.iter().zip(&self.takes_part).filter(|(_, takes)| **takes).map(|(part, _)| *part);
        let spread = counts().fold(f64::MIN, f64::max) - counts().fold(f64::MAX, f64::min);
        let part: f64 = self.indicator().iter().zip(weights).map(|(takes, weight)| takes * weight).sum();
        let least = part - moved;
        match self.takes_part.contains(&false) {
            false => spread * moved,
            true if least > 0.0 => spread * (2.0 * moved / least).min(1.0),
            true => spread,
        }
    }

    /// 1 for each weight that takes part.
    pub(crate) fn indicator(&self) -> Vec<f64> {
        self.takes_part.iter().map(|takes| f64::from(u8::from(*takes))).collect()
    }

    /// By how much the level of the total that is made of rounded points can differ from the sum over the weights, whatever
    /// they are. `scale` is that of the terms.
    pub(crate) fn rounding_slack(&self, ranking: &Ranking<'_>, over_weights: &dyn OverWeights, scale: f64) -> f64 {
        let rules = ranking.rules;
        let unit_of = |decimals: u32| Fixed::new(1, decimals).to_f64();
        let questions = to_float(rules.criteria.len());
        let largest = self.coefficients.iter().fold(0.0_f64, |largest, part| largest.max(part.abs()));
        // Weights that are shared anew are rounded again, by less than one unit each.
        let is_shared_anew = self.takes_part.contains(&false);
        let shared = if is_shared_anew { questions * largest * part_of_whole(1, rules.weights.whole()) } else { 0.0 };
        let terms = self.coefficients.iter().zip(&self.takes_part).filter(|(_, takes)| **takes);
        let terms: Vec<f64> = terms.map(|(term, _)| *term).collect();
        let unit = unit_of(rules.decimals) / f64::from(rules.scale);
        over_weights.rounding(questions, &terms, unit, unit_of(rules.fine_decimals()), scale) + shared
    }

    /// What must be 0 or more, for each weight, for the total to be above `level` and `spare` more (`sign` 1), or
    /// below it (`sign` -1).
    pub(super) fn beyond(&self, level: f64, spare: f64, sign: f64) -> Vec<f64> {
        let parts = self.coefficients.iter().zip(&self.takes_part);
        parts.map(|(part, takes)| if *takes { sign * (part - level - spare) } else { 0.0 }).collect()
    }
}

/// Who competes with whom for what.
pub(super) struct Contest {
    /// The weights now, as parts of one.
    pub(super) current_weights: Vec<f64>,
    /// What they add up to, in units, with the least step.
    pub(super) whole: i64,
    pub(super) step: i64,
    /// 1 where the candidate is to rise, -1 where it is to fall.
    pub(super) sign: f64,
    pub(super) own: TotalOfWeights,
    pub(super) rivals: Vec<TotalOfWeights>,
    /// How many of the rivals need not be passed.
    pub(super) spared: usize,
    /// How much weight may move, as a part of one.
    pub(super) max_moved: f64,
    /// The level to be reached, where it does not depend on rivals.
    pub(super) fixed: Option<f64>,
    /// The lowest and the highest level there is.
    pub(super) ends: (f64, f64),
    /// The least weight that takes part for any whose having a total bears on the place, as a part of one; infinite where all
    /// weight does for each.
    least_part: f64,
    /// One unit of the last decimal of a total, in levels.
    pub(super) unit: f64,
    /// By how much rounding can turn the candidate and a rival round, in levels.
    pub(super) rounding_slack: f64,
}

impl Contest {
    /// The contest of `candidate` for `goal`; why it can't be worked out, where it can't.
    pub(super) fn new(ranking: &Ranking<'_>, candidate: usize, goal: Goal) -> Result<Self, &'static str> {
        let rules = ranking.rules;
        if matches!(goal, Goal::Enter | Goal::Leave) && ranking.families_share_the_top() {
            return Err("places that go one to each family make it too many cases to work out");
        }
        let rivals = rivals(ranking, candidate, goal);
        if rivals.len() > MAX_RIVALS {
            return Err("the list is too long");
        }
        let spared = spared(ranking, goal, rivals.len())?;
        let least_part = least_part(ranking, candidate, goal, &rivals);
        let over_weights = rules.combine.over_weights().ok_or("the total is not a sum of points")?;
        let scale = f64::from(rules.scale);
        let form = |of: usize| total_of_weights(ranking, of, over_weights, scale);
        let (own, rivals) = (form(candidate)?, rivals.into_iter().map(form).collect::<Result<Vec<_>, _>>()?);
        let all = || rivals.iter().chain([&own]).flat_map(|form| form.coefficients.iter().copied());
        let ends = (all().fold(0.0, f64::min), all().fold(0.0, f64::max));
        let one = Fixed::new(1, rules.decimals).to_f64();
        let total = ranking.outcome().total(candidate).map_or(one, |units| Fixed::new(units, rules.decimals).to_f64());
        let whole = rules.weights.whole();
        let slack = |form: &TotalOfWeights| form.rounding_slack(ranking, over_weights, scale);
        let rounding_slack = slack(&own) + rivals.iter().map(slack).fold(0.0, f64::max);
        Ok(Self {
            rounding_slack,
            least_part,
            current_weights: current_weights(ranking),
            whole,
            step: power_of_ten_step(whole, WEIGHT_STEPS).min(10_i64.pow(rules.fine_decimals() - rules.decimals)),
            sign: if goal.needs_more() { 1.0 } else { -1.0 },
            own,
            rivals,
            spared,
            max_moved: 1.0,
            fixed: tier_total(ranking, goal).map(|total| over_weights.level(total, scale)),
            ends,
            unit: over_weights.level_of_unit(one, total),
        })
    }

    /// Whether no weights that move less than `moved`, a part of one, leave a candidate with next to nothing that takes part
    /// for it: those are not looked at.
    pub(super) fn all_stay_ranked(&self, moved: f64) -> bool {
        self.least_part - moved >= MIN_PART
    }

    /// How much weight has to move, as a part of one, before it leaves a candidate with next to nothing; none where none
    /// does.
    pub(super) fn moved_before_all(&self) -> Option<f64> {
        self.least_part.is_finite().then(|| (self.least_part - MIN_PART).max(0.0))
    }

    /// How many steps all weight has.
    pub(super) fn steps(&self) -> f64 {
        1.0 / part_of_whole(self.step, self.whole)
    }

    /// Lets no more weight move than `moved`, a part of one, and leaves out the rivals whom that
    /// can't bring level with the candidate: those on the right side already need no passing, those on the wrong side are spared.
    pub(super) fn within_reach(&mut self, moved: f64) {
        let (now, sign) = (&self.current_weights, self.sign);
        let (own, reach) = (self.own.total(now), self.own.reach(now, moved));
        let mut hopeless = 0;
        self.rivals.retain(|rival| {
            let lead = (own - rival.total(now)) * sign;
            let is_near = lead.abs() <= reach + rival.reach(now, moved) + self.rounding_slack;
            hopeless += usize::from(!is_near && lead < 0.0);
            is_near
        });
        self.spared = self.spared.saturating_sub(hopeless);
        // A hair more, for the solver's own tolerance.
        self.max_moved = moved + 1e-6;
    }
}

/// Who competes with the candidate: the neighbour to be passed, or all that points move where places count.
fn rivals(ranking: &Ranking<'_>, candidate: usize, goal: Goal) -> Vec<usize> {
    let outcome = ranking.outcome();
    match (goal, ranking.rules.tiers.first().map(|tier| tier.takes)) {
        (Goal::Pass(other) | Goal::FallBehind(other), _) => vec![other],
        (_, Some(Takes::Places(_))) => {
            let competes = |other: &usize| {
                *other != candidate && outcome.total(*other).is_some() && ranking.decided_by_gate(*other).is_none()
            };
            ranking.order().iter().copied().filter(competes).collect()
        }
        _ => Vec::new(),
    }
}

fn current_weights(ranking: &Ranking<'_>) -> Vec<f64> {
    let weights = &ranking.rules.weights;
    weights.shares().iter().map(|share| part_of_whole(*share, weights.whole())).collect()
}

/// Which questions take part for a candidate.
fn takes_part(ranking: &Ranking<'_>, candidate: usize) -> Vec<bool> {
    (0..ranking.rules.criteria.len()).map(|criterion| ranking.takes_part(criterion, candidate)).collect()
}

/// The least weight that takes part now for the candidate, its rivals, and where places count for whoever could take or leave
/// one otherwise; infinite where all weight does for each.
fn least_part(ranking: &Ranking<'_>, candidate: usize, goal: Goal, rivals: &[usize]) -> f64 {
    let weights = current_weights(ranking);
    let part = |of: usize| {
        let takes_part = takes_part(ranking, of);
        let part = || takes_part.iter().zip(&weights).filter(|(takes, _)| **takes).map(|(_, weight)| weight).sum();
        if takes_part.contains(&false) { part() } else { f64::INFINITY }
    };
    let whom = rivals.iter().copied().chain([candidate]);
    if !matches!(goal, Goal::Enter | Goal::Leave) || ranking.open_places() == usize::MAX {
        return whom.map(part).fold(f64::INFINITY, f64::min);
    }
    // Something would count for them by other weights.
    let for_weights = |it: &usize| part(*it) <= 0.0 && takes_part(ranking, *it).contains(&true);
    let others = ranking.included().chain(ranking.without_total().filter(for_weights));
    whom.chain(others).map(part).fold(f64::INFINITY, f64::min)
}

/// How many of so many rivals need not be passed.
fn spared(ranking: &Ranking<'_>, goal: Goal, rivals: usize) -> Result<usize, &'static str> {
    match goal {
        Goal::Pass(_) | Goal::FallBehind(_) => Ok(0),
        // So many may stay above it.
        Goal::Enter => ranking.open_places().checked_sub(1).ok_or("gates take every place"),
        // So many may stay below it.
        Goal::Leave => Ok(rivals.saturating_sub(ranking.open_places())),
    }
}

/// The total to be reached where a tier begins at one.
fn tier_total(ranking: &Ranking<'_>, goal: Goal) -> Option<f64> {
    let rules = ranking.rules;
    let (Goal::Enter | Goal::Leave, Takes::AtLeast(bound)) = (goal, rules.tiers.first()?.takes) else { return None };
    Some(Fixed::new(bound, rules.decimals).to_f64())
}

/// A candidate's total as a function of the weights, where one of 1 in everything comes to `scale`.
///
/// # Errors
/// Why one of its values has no place in it.
pub(crate) fn total_of_weights(
    ranking: &Ranking<'_>,
    candidate: usize,
    over_weights: &dyn OverWeights,
    scale: f64,
) -> Result<TotalOfWeights, &'static str> {
    let takes_part = takes_part(ranking, candidate);
    let coefficient = |(criterion, takes): (usize, &bool)| match takes {
        true => over_weights.term(ranking.value(criterion, candidate).to_f64(), scale),
        false => Ok(0.0),
    };
    let coefficients = takes_part.iter().enumerate().map(coefficient).collect::<Result<_, _>>()?;
    Ok(TotalOfWeights { coefficients, takes_part })
}

#[expect(clippy::cast_precision_loss, reason = "criteria and candidates are few")]
pub(crate) fn to_float(of: usize) -> f64 {
    of as f64
}

#[expect(clippy::cast_precision_loss, reason = "weights have at most 10 digits")]
pub(crate) fn part_of_whole(share: i64, whole: i64) -> f64 {
    share as f64 / whole as f64
}
