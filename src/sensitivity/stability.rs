//! How far each weight can move alone, the others in proportion, before the order, the first place or the top tier
//! changes.
//!
//! The ends are exact: at each the ranking was made again, and a step further it was made again and has changed. Between
//! them a total is a line over a line of the weight that moves, so it rises or falls throughout a stretch, and where the
//! totals at both ends of a stretch are further apart than rounding can bring together nothing in it has to be tried.

use super::Problem;
use crate::rules::Takes;
use crate::scoring::{Again, Fixed, Ranking, ScoringOutcome, Standing};

/// Into how many steps a weight's way from 0 to the whole is cut, at least, where totals are sums.
const STEPS: i64 = 100_000;
/// The same where each step has to be tried.
const FEW_STEPS: i64 = 1000;
/// How long a list may be.
const MAX_CANDIDATES: usize = 1000;

/// How far one weight can move.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WeightStability {
    /// Whose, by number.
    pub criterion: usize,
    /// The weight now, on the rule set's scale.
    pub weight: Fixed,
    /// Before the order of the list changes.
    pub order: StableRange,
    /// Before another candidate has the first place.
    pub first: StableRange,
    /// Before a candidate enters or leaves the top tier.
    pub top: StableRange,
}

/// A stretch of weights, the one now among them, throughout which something stays as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StableRange {
    /// Its lower end; none where it goes down to zero.
    pub lower: Option<RangeEnd>,
    /// Its upper end; none where it goes up to the whole.
    pub upper: Option<RangeEnd>,
}

/// An end of a stretch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RangeEnd {
    /// The last weight at which nothing has changed.
    pub last_same: Fixed,
    /// The next weight that was tried, at which it has.
    pub first_changed: Fixed,
    /// The candidate, by number, that comes first, comes up in the order, or enters the top tier (or leaves it, where
    /// none enters).
    pub candidate: Option<usize>,
}

/// What is watched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Watched {
    Order,
    First,
    Top,
}

/// Every weight's stretches; those of weights that have nothing to move against are left out. None for long lists.
///
/// # Errors
/// A total that could not be made.
pub fn stability(ranking: &Ranking<'_>, again: &mut Again<'_, '_>) -> Result<Option<Vec<WeightStability>>, Problem> {
    if ranking.order().len() > MAX_CANDIDATES {
        return Ok(None);
    }
    let mut found = Vec::new();
    for criterion in 0..ranking.rules.criteria.len() {
        let Some(way) = WeightSweep::new(ranking, criterion) else { continue };
        let mut stretch = |watched| way.stretch(again, watched);
        let (order, first, top) = (stretch(Watched::Order)?, stretch(Watched::First)?, stretch(Watched::Top)?);
        found.push(WeightStability { criterion, weight: way.fixed(way.now), order, first, top });
    }
    Ok(Some(found))
}

/// The criteria, by number, whose weight can be anything from zero to the whole without changing the order of the
/// list, and how many weights have something to move against. None for long lists.
///
/// # Errors
/// A total that could not be made.
pub fn idle_weights(ranking: &Ranking<'_>, again: &mut Again<'_, '_>) -> Result<Option<(Vec<usize>, usize)>, Problem> {
    if ranking.order().len() > MAX_CANDIDATES {
        return Ok(None);
    }
    let (mut idle, mut movable) = (Vec::new(), 0);
    for criterion in 0..ranking.rules.criteria.len() {
        let Some(way) = WeightSweep::new(ranking, criterion) else { continue };
        movable += 1;
        let ends = [false, true].map(|up| way.end(again, Watched::Order, up));
        if ends.into_iter().collect::<Result<Vec<_>, _>>()?.iter().all(Option::is_none) {
            idle.push(criterion);
        }
    }
    Ok(Some((idle, movable)))
}

/// The way of one weight from zero to the whole.
struct WeightSweep<'r, 'a> {
    ranking: &'r Ranking<'a>,
    criterion: usize,
    now: i64,
    step: i64,
    /// A form for each candidate, by number; empty where totals are no sums.
    forms: Vec<TotalAlongWeight>,
    /// What rounding can do to a total whose weights all take part, in units of the rule set's decimals.
    rounding: f64,
}

/// A total as a function of the moving weight s, a part of one: (own s + rest (1 − s)) ÷ (takes s + part (1 − s)).
#[derive(Debug, Clone, Copy)]
struct TotalAlongWeight {
    own: f64,
    rest: f64,
    takes: f64,
    part: f64,
}

impl TotalAlongWeight {
    fn weight(self, s: f64) -> f64 {
        self.takes * s + self.part * (1.0 - s)
    }

    fn total(self, s: f64) -> f64 {
        (self.own * s + self.rest * (1.0 - s)) / self.weight(s)
    }

    fn same_weights(self, other: Self) -> bool {
        self.takes == other.takes && self.part == other.part
    }
}

impl<'r, 'a> WeightSweep<'r, 'a> {
    /// None where no other weight of its pool could take or give.
    fn new(ranking: &'r Ranking<'a>, criterion: usize) -> Option<Self> {
        let rules = ranking.rules;
        let (whole, now) = (rules.weights.whole(), *rules.weights.shares().get(criterion)?);
        rules.weights.shares_with(criterion, now)?;
        let plain = rules.combine.adds_points();
        let candidates = ranking.order().len();
        let forms = if plain {
            (0..candidates).map(|it| total_along_weight(ranking, criterion, it)).collect()
        } else {
            Vec::new()
        };
        let highest = (0..rules.criteria.len()).flat_map(|it| (0..candidates).map(move |of| (it, of)));
        let highest = highest.map(|(it, of)| ranking.value(it, of).to_f64()).fold(1.0, f64::max);
        // Half a unit of points for each question, and a unit of each share twice: moved, and shared out anew.
        let rounding = float(rules.criteria.len()) * (0.5 + 0.02 * highest) + 0.01;
        let step = step(whole, if plain { STEPS } else { FEW_STEPS });
        Some(Self { ranking, criterion, now, step, forms, rounding })
    }

    fn fixed(&self, share: i64) -> Fixed {
        Fixed::new(share, self.ranking.rules.fine_decimals())
    }

    fn stretch(&self, again: &mut Again<'_, '_>, watched: Watched) -> Result<StableRange, Problem> {
        let (lower, upper) = (self.end(again, watched, false)?, self.end(again, watched, true)?);
        Ok(StableRange { lower, upper })
    }

    /// The share after so many steps up or down; those tried are multiples of the step, and the weight now.
    fn share(&self, steps: i64, up: bool) -> i64 {
        match (steps, up) {
            (0, _) => self.now,
            (_, true) => (self.now.div_euclid(self.step) + steps) * self.step,
            (_, false) => ((self.now - 1).div_euclid(self.step) + 1 - steps) * self.step,
        }
    }

    fn end(&self, again: &mut Again<'_, '_>, watched: Watched, up: bool) -> Result<Option<RangeEnd>, Problem> {
        let whole = self.ranking.rules.weights.whole();
        let way = if up { whole - self.now } else { self.now };
        // One too many where the weight now is no multiple of the step.
        let most = way / self.step + 1;
        let most = if (0..=whole).contains(&self.share(most, up)) { most } else { most - 1 };
        let Some(steps) = self.first_change(again, watched, up, (1, most))? else { return Ok(None) };
        let changed = self.share(steps, up);
        let who = self.tried(again, changed)?.and_then(|outcome| self.changed_candidate(watched, &outcome));
        Ok(Some(RangeEnd {
            last_same: self.fixed(self.share(steps - 1, up)),
            first_changed: self.fixed(changed),
            candidate: who,
        }))
    }

    /// The first of these steps at which what is watched has changed.
    fn first_change(
        &self,
        again: &mut Again<'_, '_>,
        watched: Watched,
        up: bool,
        (from, to): (i64, i64),
    ) -> Result<Option<i64>, Problem> {
        if from > to || self.is_safe(watched, self.share(from, up), self.share(to, up)) {
            return Ok(None);
        }
        if from == to {
            let outcome = self.tried(again, self.share(from, up))?;
            return Ok(outcome.filter(|outcome| self.has_changed(watched, outcome)).map(|_| from));
        }
        let middle = from + (to - from) / 2;
        match self.first_change(again, watched, up, (from, middle))? {
            Some(steps) => Ok(Some(steps)),
            None => self.first_change(again, watched, up, (middle + 1, to)),
        }
    }

    fn tried(&self, again: &mut Again<'_, '_>, share: i64) -> Result<Option<ScoringOutcome>, Problem> {
        let weights = &self.ranking.rules.weights;
        let Some(shares) = weights.shares_with(self.criterion, share) else { return Ok(None) };
        again.with_weights(&weights.with_shares(shares)).map(Some)
    }

    fn has_changed(&self, watched: Watched, outcome: &ScoringOutcome) -> bool {
        let now = self.ranking.outcome();
        match watched {
            Watched::Order => now.sequence() != outcome.sequence(),
            Watched::First => now.sequence().first() != outcome.sequence().first(),
            Watched::Top => (0..now.sequence().len()).any(|it| is_top(now, it) != is_top(outcome, it)),
        }
    }

    fn changed_candidate(&self, watched: Watched, outcome: &ScoringOutcome) -> Option<usize> {
        let now = self.ranking.outcome();
        let mut pairs = now.sequence().iter().zip(outcome.sequence());
        match watched {
            Watched::Order | Watched::First => pairs.find(|(before, after)| before != after).map(|(_, after)| *after),
            Watched::Top => {
                let enters = outcome.sequence().iter().find(|it| is_top(outcome, **it) && !is_top(now, **it));
                let leaves = now.sequence().iter().find(|it| !is_top(outcome, **it) && is_top(now, **it));
                enters.or(leaves).copied()
            }
        }
    }

    /// Whether nothing can change between two shares, both included.
    fn is_safe(&self, watched: Watched, one: i64, other: i64) -> bool {
        if self.forms.is_empty() {
            return false;
        }
        let ends = [one, other].map(|share| part(share, self.ranking.rules.weights.whole()));
        let ranked: Vec<usize> =
            self.ranking.order().iter().copied().filter(|it| self.ranking.outcome().total(*it).is_some()).collect();
        match watched {
            Watched::Order => ranked.windows(2).all(|pair| match pair {
                [above, below] => self.stays_above(*above, *below, ends),
                _ => true,
            }),
            Watched::First => match ranked.split_first() {
                Some((first, others)) => others.iter().all(|other| self.stays_above(*first, *other, ends)),
                None => true,
            },
            Watched::Top => self.top_is_safe(&ranked, ends),
        }
    }

    /// Gates hold whom they decide, whatever the weights.
    fn top_is_safe(&self, ranked: &[usize], ends: [f64; 2]) -> bool {
        let outcome = self.ranking.outcome();
        let open = ranked.iter().copied().filter(|it| self.ranking.decided_by_gate(*it).is_none());
        let (inside, outside): (Vec<usize>, Vec<usize>) = open.partition(|it| is_top(outcome, *it));
        match self.ranking.rules.tiers.first().map(|tier| tier.takes) {
            Some(Takes::Places(_)) => {
                inside.iter().all(|above| outside.iter().all(|below| self.stays_above(*above, *below, ends)))
            }
            Some(Takes::AtLeast(bound)) => {
                let bound = units(bound);
                inside.iter().all(|it| self.totals(*it, ends).is_some_and(|totals| totals.0 > bound))
                    && outside.iter().all(|it| self.totals(*it, ends).is_some_and(|totals| totals.1 < bound))
            }
            Some(Takes::Rest) | None => true,
        }
    }

    /// Whether one total is above another at both ends and all between, whatever rounding does.
    fn stays_above(&self, above: usize, below: usize, ends: [f64; 2]) -> bool {
        let (Some(own), Some(other)) = (self.forms.get(above), self.forms.get(below)) else { return false };
        if own.same_weights(*other) {
            // Over the same weights their difference, too, rises or falls throughout.
            let unit = self.unit();
            return ends.iter().all(|s| {
                let spare = 2.0 * self.rounding / own.weight(*s);
                (own.total(*s) - other.total(*s)) * unit > spare
            });
        }
        match (self.totals(above, ends), self.totals(below, ends)) {
            (Some((low, _)), Some((_, high))) => low > high,
            _ => false,
        }
    }

    /// The least and the most that a printed total can be between two shares; none where no weight takes part.
    fn totals(&self, candidate: usize, ends: [f64; 2]) -> Option<(f64, f64)> {
        let form = self.forms.get(candidate)?;
        let least = ends.iter().map(|s| form.weight(*s)).fold(1.0, f64::min);
        let spare = self.rounding / least;
        let [one, other] = ends.map(|s| form.total(s) * self.unit());
        (least > 0.0).then(|| (one.min(other) - spare, one.max(other) + spare))
    }

    /// The highest total in units.
    fn unit(&self) -> f64 {
        let rules = self.ranking.rules;
        f64::from(rules.scale) * f64::from(10_u32.pow(rules.decimals))
    }
}

fn is_top(outcome: &ScoringOutcome, candidate: usize) -> bool {
    outcome.standing(candidate) == Standing::Tier(0)
}

fn total_along_weight(ranking: &Ranking<'_>, criterion: usize, candidate: usize) -> TotalAlongWeight {
    let weights = &ranking.rules.weights;
    let others: i64 = weights.shares().iter().enumerate().filter(|(it, _)| *it != criterion).map(|(_, it)| it).sum();
    let mut form = TotalAlongWeight { own: 0.0, rest: 0.0, takes: 0.0, part: 0.0 };
    for (at, share) in weights.shares().iter().enumerate().filter(|(at, _)| ranking.takes_part(*at, candidate)) {
        let value = ranking.value(at, candidate).to_f64();
        if at == criterion {
            (form.own, form.takes) = (value, 1.0);
        } else {
            let share = part(*share, others);
            form.rest += value * share;
            form.part += share;
        }
    }
    // All the others are one to the last digit, as those of another candidate.
    let left_out = (0..weights.shares().len()).any(|at| at != criterion && !ranking.takes_part(at, candidate));
    if !left_out {
        form.part = 1.0;
    }
    form
}

/// The largest power of ten of which so many go into the whole.
fn step(whole: i64, parts: i64) -> i64 {
    let mut step = 1;
    while step * 10 * parts <= whole {
        step *= 10;
    }
    step
}

#[expect(clippy::cast_precision_loss, reason = "weights and totals have at most 15 digits")]
fn units(units: i64) -> f64 {
    units as f64
}

fn part(share: i64, whole: i64) -> f64 {
    if whole == 0 { 0.0 } else { units(share) / units(whole) }
}

#[expect(clippy::cast_precision_loss, reason = "criteria are few")]
fn float(count: usize) -> f64 {
    count as f64
}
