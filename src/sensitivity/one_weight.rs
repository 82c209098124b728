//! What one weight alone would change of a list, as a reader remembers it: at weights rounded outward to where the list, made
//! again with them, has changed.

use crate::diagnostic::Problem;
use crate::explain::change::{Field, Goal, RangeEnd, Watched, WeightSweep, smallest_weight_change};
use crate::rules::Takes;
use crate::scoring::{Again, Fixed, Ranking, ScoringOutcome, Standing};

/// So many weights near by are tried with the decimals that are told.
const ROUGH_STEPS: i64 = 10;

/// What one weight alone would change of a list, the others in proportion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OneWeight {
    /// Where the second of the list comes before the first; none where no weight that was tried does that alone.
    pub second_before_first: Option<ListThen>,
    /// Where the first without a place has one; none where no weight that was tried does that alone, and where there is no line.
    pub first_out_is_in: Option<ListThen>,
    /// How far each weight can move, of those that can.
    pub limits: Vec<WeightLimits>,
}

/// How far one weight can move.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WeightLimits {
    /// Whose, by its number among all weights.
    pub weight_of: usize,
    /// The weight now, on the rule set's scale.
    pub now: Fixed,
    /// The nearest weight at which another is first; none where none was found.
    pub first: Option<ListThen>,
    /// The nearest weight at which others stand in the first tier; none where none was found.
    pub top: Option<ListThen>,
}

/// A list as it would be with another weight.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListThen {
    /// Whose weight, by its number among all weights.
    pub weight_of: usize,
    /// The weight now, on the rule set's scale.
    pub from: Fixed,
    /// The weight then.
    pub to: Fixed,
    /// Who is first then, by number; none where nobody has a total.
    pub first: Option<usize>,
    /// Who comes into the first tier, by number, in the order of the list.
    pub enters: Vec<usize>,
    /// Who leaves it.
    pub leaves: Vec<usize>,
}

impl ListThen {
    /// The one whose weight has to move least.
    pub fn nearest<'t>(all: impl Iterator<Item = &'t Self>) -> Option<&'t Self> {
        all.min_by_key(|then| (then.to.units() - then.from.units()).abs())
    }
}

/// What one weight alone would change of a ranking, with so many decimals of the weights that are told.
///
/// # Errors
/// A total that could not be made.
pub fn one_weight(ranking: &Ranking<'_>, decimals: u32) -> Result<OneWeight, Problem> {
    let again = &mut Again::new(ranking)?;
    let first_two: Vec<usize> = ranking.with_totals().take(2).collect();
    let mut rough = Rough { ranking, again, decimals };
    let second_before_first = match *first_two {
        [first, second] => rough.reached(second, Goal::Pass(first))?,
        _ => None,
    };
    let first_out_is_in = match at_the_line(ranking) {
        Some((_, outside)) => rough.reached(outside, Goal::Enter)?,
        None => None,
    };
    Ok(OneWeight { second_before_first, first_out_is_in, limits: rough.limits()? })
}

/// The last that has a place by its points, and the first that has none, by number. Those stand aside on whom a gate decides,
/// and those of whose family another has the place.
pub fn at_the_line(ranking: &Ranking<'_>) -> Option<(usize, usize)> {
    ranking.rules.tiers.first().filter(|tier| tier.takes != Takes::Rest)?;
    let outcome = ranking.outcome();
    let by_points: Vec<usize> = ranking.with_totals().filter(|it| ranking.decided_by_gate(*it).is_none()).collect();
    let aside = |it: usize| outcome.passed_over(it).is_some_and(|passed| passed.tier == 0);
    let inside = by_points.iter().rev().find(|it| is_top(outcome, **it))?;
    let outside = by_points.iter().find(|it| !is_top(outcome, **it) && !aside(**it))?;
    Some((*inside, *outside))
}

/// Tries weights that a reader remembers.
struct Rough<'g, 'r, 'a> {
    ranking: &'r Ranking<'a>,
    again: &'g mut Again<'r, 'a>,
    decimals: u32,
}

impl Rough<'_, '_, '_> {
    /// Where a goal is reached.
    fn reached(&mut self, candidate: usize, goal: Goal) -> Result<Option<ListThen>, Problem> {
        let Some(change) = smallest_weight_change(self.ranking, candidate, goal)? else { return Ok(None) };
        self.tried(change.criterion, (change.from, change.to), |_, then| goal.is_met(candidate, then))
    }

    /// How far each weight can move, where it has something to move against.
    fn limits(&mut self) -> Result<Vec<WeightLimits>, Problem> {
        let field = Field::new(self.ranking);
        let mut limits = Vec::new();
        for weight_of in 0..self.ranking.rules.weights.shares().len() {
            let Some(way) = WeightSweep::new(self.ranking, &field, weight_of) else { continue };
            let watched = [Watched::First, Watched::Top];
            let lower = way.ends(self.again, &watched, false)?;
            let ends: Vec<_> = lower.into_iter().zip(way.ends(self.again, &watched, true)?).collect();
            let now = way.weight();
            let nearest = |at: usize| {
                let (lower, upper) = ends.get(at)?;
                let distance = |end: &&RangeEnd| (end.first_changed.units() - now.units()).abs();
                lower.iter().chain(upper).min_by_key(distance).map(|end| end.first_changed)
            };
            let first = match nearest(0) {
                Some(to) => {
                    self.tried(weight_of, (now, to), |now, then| now.sequence().first() != then.sequence().first())?
                }
                None => None,
            };
            let top = match nearest(1) {
                Some(to) => self.tried(weight_of, (now, to), |now, then| {
                    (0..now.sequence().len()).any(|it| is_top(now, it) != is_top(then, it))
                })?,
                None => None,
            };
            limits.push(WeightLimits { weight_of, now, first, top });
        }
        Ok(limits)
    }

    /// The list with a weight rounded outward, the first of those near by with which it has changed; with the exact one where it
    /// has with none.
    fn tried(
        &mut self,
        weight_of: usize,
        (from, to): (Fixed, Fixed),
        has_changed: impl Fn(&ScoringOutcome, &ScoringOutcome) -> bool,
    ) -> Result<Option<ListThen>, Problem> {
        let rules = self.ranking.rules;
        let step = 10_i64.saturating_pow(to.decimals().saturating_sub(self.decimals));
        let is_up = to.units() > from.units();
        let nearest = if is_up { (to.units() + step - 1).div_euclid(step) } else { to.units().div_euclid(step) };
        let outward = (0..ROUGH_STEPS).map(|more| (if is_up { nearest + more } else { nearest - more }) * step);
        let outward = outward.filter(|share| (0..=rules.weights.whole()).contains(share));
        let now = self.ranking.outcome();
        for share in outward.chain([to.units()]) {
            let Some(shares) = rules.weights.shares_with(weight_of, share) else { continue };
            let then = self.again.with_weights(&rules.weights.with_shares(shares))?;
            if has_changed(now, &then) {
                let in_order = |of: &ScoringOutcome, is: &dyn Fn(usize) -> bool| -> Vec<usize> {
                    of.sequence().iter().copied().filter(|it| is(*it)).collect()
                };
                return Ok(Some(ListThen {
                    weight_of,
                    from,
                    to: Fixed::new(share, to.decimals()),
                    first: then.sequence().first().copied().filter(|first| then.total(*first).is_some()),
                    enters: in_order(&then, &|it| is_top(&then, it) && !is_top(now, it)),
                    leaves: in_order(now, &|it| is_top(now, it) && !is_top(&then, it)),
                }));
            }
        }
        Ok(None)
    }
}

fn is_top(outcome: &ScoringOutcome, candidate: usize) -> bool {
    outcome.standing(candidate) == Standing::Tier(0)
}
