//! How far one weight can move alone, the others in proportion, before something changes.
//!
//! The ends are exact to a step: at each the ranking was made again and has changed, and a step nearer it was made again and
//! has not. Between them a total is a line over a line of the weight that moves, so it rises or falls throughout a stretch,
//! and where the totals at both ends of a stretch are further apart than rounding can bring together nothing in it has to be
//! tried.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::field::{Field, Rivals, is_met_by_rows};
use super::stretch::Stretch;
use super::{Goal, power_of_ten_step};
use crate::diagnostic::Problem;
use crate::rules::{Takes, Weights};
use crate::scoring::{Again, Fixed, Ranking, Rows, ScoringOutcome, Standing};

/// Into how many steps a weight's way from 0 to the whole is cut, at least, where totals are sums.
const STEPS: i64 = 100_000;
/// The same for long lists, and for many figures.
const STEPS_OF_LISTS: i64 = 10_000;
/// How long a list is tried in the finest steps, and with how many figures: candidates times questions.
const SHORT_LIST: usize = 100;
const FEW_FIGURES: usize = 5_000;
/// Into how many steps it is cut where each has to be tried.
const STEPS_TRIED: i64 = 1000;
/// The same for lists so long that all those steps would take too long, and where there is too much to look at.
const STEPS_TRIED_OF_LONG_LISTS: i64 = 100;
/// How long a list is tried in many steps.
const LONG_LIST: usize = 1000;
/// How many steps of the finest are tried on one way before they are taken ten times larger, down to [`STEPS_TRIED`].
const MAX_TRIES: usize = 30_000;
/// How much is looked at on the ways of all weights before they are, down to [`STEPS_TRIED_OF_LONG_LISTS`]: figures of rows, and
/// pairs of candidates. A core looks at some hundred million in a second.
const WORK: usize = 600_000_000;
/// How far totals move in a stretch in which candidates are looked at two by two, in what rounding can do to a total.
const MOVED_BEFORE_PAIRS: f64 = 4.0;

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
    /// Every criterion's weight where it has changed, in units of the rule set's fine decimals.
    pub shares: Vec<i64>,
}

/// What is watched while a weight moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Watched {
    /// The order of the list.
    Order,
    /// Who is first.
    First,
    /// Who is in the top tier.
    Top,
    /// Whether a candidate, by number, is where it is not now.
    Goal(usize, Goal),
}

/// The way of one weight from zero to the whole.
pub(crate) struct WeightSweep<'r, 'a> {
    ranking: &'r Ranking<'a>,
    field: &'r Field,
    criterion: usize,
    now: i64,
    step: i64,
    /// A form for each candidate, by number; empty where totals are no sums.
    forms: Vec<TotalAlongWeight>,
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
    /// None where no other weight of its pool could take or give, or where no total is made of it.
    pub(crate) fn new(ranking: &'r Ranking<'a>, field: &'r Field, criterion: usize) -> Option<Self> {
        let rules = ranking.rules;
        if rules.weighs_beside(criterion) {
            return None;
        }
        let (whole, now) = (rules.weights.whole(), *rules.weights.shares().get(criterion)?);
        rules.weights.shares_with(criterion, now)?;
        let plain = rules.combine.adds_points() && !rules.ties_separate;
        let candidates = ranking.order().len();
        let forms = if plain {
            (0..candidates).map(|it| total_along_weight(ranking, criterion, it)).collect()
        } else {
            Vec::new()
        };
        let parts = match plain {
            true if candidates > SHORT_LIST || candidates * rules.criteria.len() > FEW_FIGURES => STEPS_OF_LISTS,
            true => STEPS,
            false if candidates > LONG_LIST => STEPS_TRIED_OF_LONG_LISTS,
            false => STEPS_TRIED,
        };
        let step = power_of_ten_step(whole, parts);
        Some(Self { ranking, field, criterion, now, step, forms })
    }

    /// The weight now, on the rule set's scale.
    pub(crate) fn weight(&self) -> Fixed {
        self.fixed(self.now)
    }

    fn fixed(&self, share: i64) -> Fixed {
        Fixed::new(share, self.ranking.rules.fine_decimals())
    }

    /// For each of what is watched the nearest weight, up or down, at which it has changed; none where it never does.
    ///
    /// # Errors
    /// A total that could not be made.
    pub(crate) fn ends(
        &self,
        again: &mut Again<'_, '_>,
        watched: &[Watched],
        up: bool,
    ) -> Result<Vec<Option<RangeEnd>>, Problem> {
        let whole = self.ranking.rules.weights.whole();
        let mut step = self.step;
        loop {
            // Totals that are level for as long as rounding can bring them together would have to be tried step by step.
            let is_coarse = |parts: i64| step * 10 * parts > whole;
            let tries = if is_coarse(STEPS_TRIED) { usize::MAX } else { MAX_TRIES };
            let work = if is_coarse(STEPS_TRIED_OF_LONG_LISTS) { usize::MAX } else { self.most_work() };
            let mut search = EndSearch { sweep: self, watched, up, step, tries, work, ends: vec![None; watched.len()] };
            let all: Vec<Open> = search.all();
            search.find(again, (1, search.most()), &all)?;
            if !search.is_spent() {
                return Ok(search.ends);
            }
            step *= 10;
        }
    }

    /// How much may be looked at on one way in steps of one size, so that the ways of all weights take no longer with many.
    fn most_work(&self) -> usize {
        WORK / self.ranking.rules.weights.shares().len().max(1)
    }

    /// Whether it is otherwise at any weight. At the ends of the scale that is likeliest, so they are tried first.
    ///
    /// # Errors
    /// A total that could not be made.
    pub(crate) fn ever_changes(&self, again: &mut Again<'_, '_>, watched: Watched) -> Result<bool, Problem> {
        for weights in [self.ranking.rules.weights.whole(), 0].into_iter().filter_map(|share| self.weights(share)) {
            if self.has_changed(watched, &again.with_weights(&weights)?) {
                return Ok(true);
            }
        }
        for up in [true, false] {
            if self.ends(again, &[watched], up)?.iter().any(Option::is_some) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Every criterion's share where this one has so much.
    fn shares(&self, share: i64) -> Option<Vec<i64>> {
        self.ranking.rules.weights.shares_with(self.criterion, share)
    }

    fn weights(&self, share: i64) -> Option<Weights> {
        Some(self.ranking.rules.weights.with_shares(self.shares(share)?))
    }

    fn has_changed(&self, watched: Watched, outcome: &ScoringOutcome) -> bool {
        let now = self.ranking.outcome();
        match watched {
            Watched::Order => now.sequence() != outcome.sequence(),
            Watched::First => now.sequence().first() != outcome.sequence().first(),
            Watched::Top => (0..now.sequence().len()).any(|it| is_top(now, it) != is_top(outcome, it)),
            Watched::Goal(candidate, goal) => goal.is_met(candidate, outcome),
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
            Watched::Goal(candidate, _) => Some(candidate),
        }
    }

    /// Whether nothing can change in a stretch.
    fn is_safe(&self, watched: Watched, stretch: &Stretch<'_, '_>) -> bool {
        if self.forms.is_empty() {
            return false;
        }
        let ranked = &self.field.ranked;
        match watched {
            Watched::Order => ranked.windows(2).all(|pair| match pair {
                [above, below] => self.stays_above(*above, *below, stretch),
                _ => true,
            }),
            Watched::First => match ranked.split_first() {
                Some((first, others)) => {
                    self.keeps_a_total(*first, stretch)
                        && others.iter().all(|other| self.stays_above(*first, *other, stretch))
                }
                None => true,
            },
            Watched::Top => self.top_is_safe(stretch),
            Watched::Goal(candidate, Goal::Pass(other)) => self.stays_above(other, candidate, stretch),
            Watched::Goal(candidate, Goal::FallBehind(other)) => self.stays_above(candidate, other, stretch),
            Watched::Goal(candidate, Goal::Enter) => self.stays_outside(candidate, stretch),
            Watched::Goal(candidate, Goal::Leave) => self.stays_inside(candidate, stretch),
        }
    }

    /// What is left open in a stretch of what was open in a longer one; none where nothing can change.
    fn narrowed(&self, open: &Open, stretch: &Stretch<'_, '_>, same_are_ranked: bool) -> Option<Open> {
        let (at, watched) = (open.at, open.watched);
        if let (Watched::Goal(candidate, goal), Some(rivals), false) = (watched, &open.rivals, self.forms.is_empty()) {
            if same_are_ranked && self.totals_settle(candidate, goal, stretch) {
                return None;
            }
            // While totals move by more, looking at them two by two tells hardly more.
            if stretch.moves() > MOVED_BEFORE_PAIRS * self.field.rounding {
                return Some(open.clone());
            }
            stretch.count(rivals.undecided());
            let rivals = rivals.narrowed(candidate, |above, below| self.stays_above(above, below, stretch));
            let is_settled = same_are_ranked && rivals.decide_against(goal, self.field);
            return (!is_settled).then_some(Open { at, watched, rivals: Some(Rc::new(rivals)) });
        }
        stretch.count(if matches!(watched, Watched::Goal(..)) { 1 } else { self.field.ranked.len() });
        let is_settled = same_are_ranked && self.is_safe(watched, stretch);
        (!is_settled).then_some(Open { at, watched, rivals: None })
    }

    /// Whether between what all totals can be in a stretch there is no way for a candidate into the top tier, or out of it.
    fn totals_settle(&self, candidate: usize, goal: Goal, stretch: &Stretch<'_, '_>) -> bool {
        let Some((low, high)) = self.totals(candidate, stretch) else { return false };
        let all = stretch.all_totals(|| {
            let competitors = self.field.ranked.iter().filter(|it| self.field.competes(**it));
            let anything = (f64::NEG_INFINITY, f64::INFINITY);
            competitors.map(|it| self.totals(*it, stretch).unwrap_or(anything)).collect()
        });
        match goal {
            Goal::Enter => all.above(high) >= self.field.open_places,
            // The candidate is one of them itself.
            _ => all.reaching(low) <= self.field.open_places,
        }
    }

    /// Whether of those on whom more rests than their own place the same have a total as now, at both shares and all between:
    /// some weight counts for them throughout, or none. Who competes is looked at with the rivals.
    fn same_are_ranked(&self, one: i64, other: i64) -> bool {
        let whole = self.ranking.rules.weights.whole();
        // So much is shared out in whole units that one of them is left, however many questions share it.
        let least = part(i64::try_from(self.ranking.rules.weights.shares().len()).unwrap_or(whole), whole);
        let outcome = self.ranking.outcome();
        self.field.given_places_or_none.iter().all(|it| {
            let Some(form) = self.forms.get(*it) else { return true };
            let counts = |share: i64| form.weight(part(share, whole));
            match outcome.total(*it) {
                Some(_) => [one, other].into_iter().all(|share| counts(share) > least),
                // Where something counts for it, it is not for the weights that it has none.
                None => counts(self.now) > 0.0 || [one, other].into_iter().all(|share| counts(share) == 0.0),
            }
        })
    }

    /// Which of what is open has changed with these weights, and the candidate with which it has; and how many rows that took.
    fn changed(
        &self,
        again: &mut Again<'_, '_>,
        weights: &Weights,
        open: &[Open],
    ) -> Result<(Vec<Change>, usize), Problem> {
        let goal = |open: &Open| match open.watched {
            Watched::Goal(candidate, goal) => Some((candidate, goal)),
            _ => None,
        };
        let goals: Option<Vec<(usize, Goal)>> = open.iter().map(goal).collect();
        if let Some(goals) = goals.filter(|_| self.field.rows_suffice(weights)) {
            let mut rows = Rows::new(again, weights);
            let of = (self.ranking, self.field);
            let met = |(open, goal): (&Open, (usize, Goal))| {
                let rivals = open.rivals.as_deref();
                let before = rivals.map(|rivals| |rows: &mut Rows<'_, '_, '_>| rivals.before(goal.0, rows));
                let is_met = is_met_by_rows(of, goal, &mut rows, before)?;
                Ok(is_met.then_some(Change { at: open.at, candidate: Some(goal.0) }))
            };
            let changed: Result<_, _> = open.iter().zip(goals).map(met).filter_map(Result::transpose).collect();
            return Ok((changed?, rows.made()));
        }
        let outcome = again.with_weights(weights)?;
        let changed = open.iter().filter(|open| self.has_changed(open.watched, &outcome));
        let change = |open: &Open| Change { at: open.at, candidate: self.changed_candidate(open.watched, &outcome) };
        Ok((changed.map(change).collect(), self.ranking.order().len()))
    }

    /// Whether a candidate can't come into the top tier.
    fn stays_outside(&self, candidate: usize, stretch: &Stretch<'_, '_>) -> bool {
        match self.field.top {
            Some(Takes::Places(_)) => {
                let stays_above = |it: &usize| self.stays_above(*it, candidate, stretch);
                let ahead = self.field.rivals(candidate).filter(stays_above);
                self.fill_all_places(candidate, ahead) || !self.field.competes(candidate)
            }
            Some(Takes::AtLeast(bound)) => self.stays_below(candidate, bound, stretch),
            Some(Takes::Rest) | None => true,
        }
    }

    /// Whether a candidate can't leave the top tier.
    fn stays_inside(&self, candidate: usize, stretch: &Stretch<'_, '_>) -> bool {
        match self.field.top {
            Some(Takes::Places(_)) => {
                let may_pass = |it: &usize| !self.stays_above(candidate, *it, stretch);
                !self.fill_all_places(candidate, self.field.rivals(candidate).filter(may_pass))
            }
            Some(Takes::AtLeast(bound)) => self.stays_at_least(candidate, bound, stretch),
            Some(Takes::Rest) | None => true,
        }
    }

    /// Whether `rivals` leave a candidate no place: one is of its own family, or they are of as many others as there are places.
    /// Where a family is no matter, each is one of its own. No more rivals are looked at than it takes.
    fn fill_all_places(&self, candidate: usize, mut rivals: impl Iterator<Item = usize>) -> bool {
        let places = self.field.open_places;
        if places == 0 {
            return true;
        }
        if !self.field.families_share {
            return rivals.nth(places - 1).is_some();
        }
        let overlaps = self.ranking.overlaps();
        let own = overlaps.family(candidate);
        let mut families: BTreeSet<usize> = BTreeSet::new();
        rivals.map(|rival| overlaps.family(rival)).any(|family| {
            families.insert(family);
            family == own || families.len() >= places
        })
    }

    /// Gates hold whom they decide, whatever the weights.
    fn top_is_safe(&self, stretch: &Stretch<'_, '_>) -> bool {
        let outcome = self.ranking.outcome();
        let open = self.field.ranked.iter().copied().filter(|it| self.field.competes(*it));
        let (inside, outside): (Vec<usize>, Vec<usize>) = open.partition(|it| is_top(outcome, *it));
        // Who has no total has no place.
        if !inside.iter().all(|it| self.keeps_a_total(*it, stretch)) {
            return false;
        }
        match self.field.top {
            Some(Takes::Places(_)) if !self.field.families_share => {
                inside.iter().all(|above| outside.iter().all(|below| self.stays_above(*above, *below, stretch)))
            }
            _ => {
                inside.iter().all(|it| self.stays_inside(*it, stretch))
                    && outside.iter().all(|it| self.stays_outside(*it, stretch))
            }
        }
    }

    /// Whether one total is above another throughout a stretch, whatever rounding does.
    fn stays_above(&self, above: usize, below: usize, stretch: &Stretch<'_, '_>) -> bool {
        self.is_above(above, below, stretch) || self.never_part(above, below)
    }

    /// Whether some weight counts for a candidate throughout a stretch, so that it has a total.
    fn keeps_a_total(&self, candidate: usize, stretch: &Stretch<'_, '_>) -> bool {
        let rules = self.ranking.rules;
        // So much is shared out in whole units that one of them is left, however many questions share it.
        let least = part(i64::try_from(rules.criteria.len()).unwrap_or(i64::MAX), rules.weights.whole());
        self.forms.get(candidate).is_some_and(|form| stretch.parts().iter().all(|s| form.weight(*s) > least))
    }

    /// The total where one question alone takes part for a candidate and counts throughout: it has all the weight then, so the
    /// total is the same. None elsewhere.
    fn level_total(&self, candidate: usize, stretch: &Stretch<'_, '_>) -> Option<i64> {
        let criteria = 0..self.ranking.rules.criteria.len();
        let is_one = criteria.filter(|it| self.ranking.takes_part(*it, candidate)).count() == 1;
        let total = self.ranking.outcome().total(candidate);
        total.filter(|_| is_one && self.keeps_a_total(candidate, stretch))
    }

    /// Whether two earn the same whatever the weights, and equals are listed so. Then both have a total or neither has.
    fn never_part(&self, before: usize, after: usize) -> bool {
        let ranking = self.ranking;
        let same = |criterion: usize| {
            ranking.takes_part(criterion, before) == ranking.takes_part(criterion, after)
                && ranking.value(criterion, before) == ranking.value(criterion, after)
        };
        before < after && (0..ranking.rules.criteria.len()).all(same)
    }

    fn is_above(&self, above: usize, below: usize, stretch: &Stretch<'_, '_>) -> bool {
        let (Some(own), Some(other)) = (self.forms.get(above), self.forms.get(below)) else { return false };
        let apart = stretch.parts().map(|s| (own.total(s) - other.total(s)) * self.unit());
        let is_far = match own.same_weights(*other) {
            // Over the same weights their difference, too, rises or falls throughout.
            true => apart.iter().zip(stretch.parts()).all(|(it, s)| *it > 2.0 * self.field.rounding / own.weight(s)),
            false => match (self.totals(above, stretch), self.totals(below, stretch)) {
                (Some((low, _)), Some((_, high))) => low > high,
                _ => false,
            },
        };
        let as_printed = || match (stretch.total(above), stretch.total(below)) {
            (Some((low, _)), Some((_, high))) => low > high,
            _ => false,
        };
        is_far || stretch.can_tell(apart.into_iter().fold(f64::INFINITY, f64::min)) && as_printed()
    }

    /// Whether a total is at least `bound`, in units, throughout a stretch.
    fn stays_at_least(&self, candidate: usize, bound: i64, stretch: &Stretch<'_, '_>) -> bool {
        let is_level = || self.level_total(candidate, stretch).is_some_and(|total| total >= bound);
        let is_far = || self.totals(candidate, stretch).is_some_and(|(low, _)| low > units(bound));
        let as_printed = || stretch.total(candidate).is_some_and(|(low, _)| low >= bound);
        is_level() || is_far() || stretch.can_tell(self.least_beyond(candidate, bound, 1.0, stretch)) && as_printed()
    }

    /// Whether it is below it.
    fn stays_below(&self, candidate: usize, bound: i64, stretch: &Stretch<'_, '_>) -> bool {
        let is_level = || self.level_total(candidate, stretch).is_some_and(|total| total < bound);
        let is_far = || self.totals(candidate, stretch).is_some_and(|(_, high)| high < units(bound));
        let as_printed = || stretch.total(candidate).is_some_and(|(_, high)| high < bound);
        is_level() || is_far() || stretch.can_tell(self.least_beyond(candidate, bound, -1.0, stretch)) && as_printed()
    }

    /// How far a total is above `bound` at the end of a stretch where that is least, or below it (`sign` -1).
    fn least_beyond(&self, candidate: usize, bound: i64, sign: f64, stretch: &Stretch<'_, '_>) -> f64 {
        let Some(form) = self.forms.get(candidate) else { return f64::NEG_INFINITY };
        let beyond = stretch.parts().map(|s| (form.total(s) * self.unit() - units(bound)) * sign);
        beyond.into_iter().fold(f64::INFINITY, f64::min)
    }

    /// Between what a printed total is throughout a stretch, whatever rounding does; none where no weight takes part.
    fn totals(&self, candidate: usize, stretch: &Stretch<'_, '_>) -> Option<(f64, f64)> {
        let (form, ends) = (self.forms.get(candidate)?, stretch.parts());
        let least = ends.iter().map(|s| form.weight(*s)).fold(1.0, f64::min);
        let spare = self.field.rounding / least;
        let [one, other] = ends.map(|s| form.total(s) * self.unit());
        (least > 0.0).then(|| (one.min(other) - spare, one.max(other) + spare))
    }

    /// The highest total in units.
    fn unit(&self) -> f64 {
        let rules = self.ranking.rules;
        f64::from(rules.scale) * f64::from(10_u32.pow(rules.decimals))
    }
}

/// Something that is watched and may change in a stretch of steps.
#[derive(Clone)]
struct Open {
    /// Its number among what is watched.
    at: usize,
    watched: Watched,
    /// Whom it is set against for a place.
    rivals: Option<Rc<Rivals>>,
}

/// That something has changed, by its number among what is watched.
struct Change {
    at: usize,
    candidate: Option<usize>,
}

/// The search for the ends of one way, up or down, in steps of one size.
struct EndSearch<'s, 'r, 'a> {
    sweep: &'s WeightSweep<'r, 'a>,
    watched: &'s [Watched],
    up: bool,
    step: i64,
    /// How many more steps may be tried; zero where it ended for want of them.
    tries: usize,
    /// How many more figures of rows, and pairs of candidates, may be looked at; zero as there.
    work: usize,
    ends: Vec<Option<RangeEnd>>,
}

impl EndSearch<'_, '_, '_> {
    fn is_spent(&self) -> bool {
        self.tries == 0 || self.work == 0
    }

    fn spend(&mut self, work: usize) {
        self.work = self.work.saturating_sub(work);
    }

    /// The share after so many steps; those tried are multiples of the step, and the weight now.
    fn share(&self, steps: i64) -> i64 {
        let (now, step) = (self.sweep.now, self.step);
        match (steps, self.up) {
            (0, _) => now,
            (_, true) => (now.div_euclid(step) + steps) * step,
            (_, false) => ((now - 1).div_euclid(step) + 1 - steps) * step,
        }
    }

    /// How many steps there are.
    fn most(&self) -> i64 {
        let whole = self.sweep.ranking.rules.weights.whole();
        let way = if self.up { whole - self.sweep.now } else { self.sweep.now };
        // One too many where the weight now is no multiple of the step.
        let most = way / self.step + 1;
        if (0..=whole).contains(&self.share(most)) { most } else { most - 1 }
    }

    /// Everything, before any stretch is looked at.
    fn all(&self) -> Vec<Open> {
        let field = self.sweep.field;
        let rivals = |watched: Watched| match watched {
            Watched::Goal(it, goal) => field.rivals_for_a_place(it, goal),
            _ => None,
        };
        let all = self.watched.iter().enumerate();
        all.map(|(at, watched)| Open { at, watched: *watched, rivals: rivals(*watched).map(Rc::new) }).collect()
    }

    /// Notes for each of what is open and has no end yet the first of these steps at which it has changed.
    fn find(&mut self, again: &mut Again<'_, '_>, (from, to): (i64, i64), open: &[Open]) -> Result<(), Problem> {
        if self.is_spent() || from > to {
            return Ok(());
        }
        let (first, last) = (self.share(from), self.share(to));
        let has_no_end = |open: &&Open| self.ends.get(open.at).is_some_and(Option::is_none);
        let same_are_ranked = self.sweep.same_are_ranked(first, last);
        let stretch = Stretch::new(self.sweep.ranking, self.sweep.criterion, [first, last]);
        let narrowed = |open: &Open| self.sweep.narrowed(open, &stretch, same_are_ranked);
        let open: Vec<Open> = open.iter().filter(has_no_end).filter_map(narrowed).collect();
        self.spend(stretch.work());
        if open.is_empty() {
            return Ok(());
        }
        if from < to {
            let middle = from + (to - from) / 2;
            self.find(again, (from, middle), &open)?;
            return self.find(again, (middle + 1, to), &open);
        }
        self.tries = self.tries.saturating_sub(1);
        let Some(weights) = self.sweep.weights(first) else { return Ok(()) };
        let last_same = self.sweep.fixed(self.share(from - 1));
        let (changed, rows) = self.sweep.changed(again, &weights, &open)?;
        self.spend(rows * weights.shares().len());
        for Change { at, candidate } in changed {
            if let Some(end) = self.ends.get_mut(at) {
                *end = Some(RangeEnd {
                    last_same,
                    first_changed: self.sweep.fixed(first),
                    candidate,
                    shares: weights.shares().to_vec(),
                });
            }
        }
        Ok(())
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

#[expect(clippy::cast_precision_loss, reason = "weights and totals have at most 15 digits")]
fn units(units: i64) -> f64 {
    units as f64
}

fn part(share: i64, whole: i64) -> f64 {
    if whole == 0 { 0.0 } else { units(share) / units(whole) }
}
