//! Who competes for what while weights move: asked of the ranking once, for the ways of all weights.

use std::collections::BTreeSet;

use crate::diagnostic::Problem;
use crate::rules::{Takes, Weights};
use crate::scoring::{Ranking, Rows};

use super::Goal;

/// Who is ranked, and who competes for the top tier.
pub(crate) struct Field {
    /// Those with a total, in the order of the list.
    pub(super) ranked: Vec<usize>,
    /// Those of them for whom points decide on a place of the top tier.
    competitors: BTreeSet<usize>,
    /// How many places of the top tier are open to points.
    pub(super) open_places: usize,
    /// Those whose having a total, or none, bears on others beside their rivals: whom gates put into the top tier, as their
    /// places are open without them, and those without one now.
    pub(super) given_places_or_none: Vec<usize>,
    /// What the top tier takes.
    pub(super) top: Option<Takes>,
    /// Whether one of a family has its place there.
    pub(super) families_share: bool,
    /// Whether where a candidate stands follows from its row and those of its rivals: there is one list, each total is
    /// a sum of points, equal totals share a rank, and families are no matter.
    rows_suffice: bool,
    /// Whether each weight counts at all now.
    counts: Vec<bool>,
    /// What rounding can do to a total whose weights all take part, in units of the rule set's decimals.
    pub(super) rounding: f64,
}

impl Field {
    pub(crate) fn new(ranking: &Ranking<'_>) -> Self {
        let rules = ranking.rules;
        let candidates = ranking.order().len();
        let values = (0..rules.criteria.len()).flat_map(|it| (0..candidates).map(move |of| (it, of)));
        let highest = values.map(|(it, of)| ranking.value(it, of).to_f64()).fold(1.0, f64::max);
        let tiers = &rules.tiers;
        let families_share = ranking.families_share_the_top();
        Self {
            ranked: ranking.with_totals().collect(),
            competitors: ranking.competitors().into_iter().collect(),
            open_places: ranking.open_places(),
            given_places_or_none: ranking.included().chain(ranking.without_total()).collect(),
            top: tiers.first().map(|tier| tier.takes),
            families_share,
            rows_suffice: ranking.lists().is_one()
                && rules.combine.adds_points()
                && !rules.ties_separate
                && !families_share
                && tiers.last().is_some_and(|tier| tier.takes == Takes::Rest),
            counts: counts(&rules.weights),
            // Half a unit of points for each question, and a unit of each share twice: moved, and shared out anew.
            rounding: super::to_float(rules.criteria.len()) * (0.5 + 0.02 * highest) + 0.01,
        }
    }

    pub(super) fn competes(&self, candidate: usize) -> bool {
        self.competitors.contains(&candidate)
    }

    /// Who competes with a candidate for a place that it would come into or leave; none where it is about none.
    pub(super) fn rivals_for_a_place(&self, candidate: usize, goal: Goal) -> Option<Rivals> {
        let is_about_places = matches!(goal, Goal::Enter | Goal::Leave) && self.competes(candidate);
        if is_about_places { Rivals::new(self, candidate) } else { None }
    }

    /// Who competes with a candidate for places.
    pub(super) fn rivals(&self, candidate: usize) -> impl Iterator<Item = usize> {
        self.ranked.iter().copied().filter(move |it| *it != candidate && self.competes(*it))
    }

    /// Whether by these weights single rows tell where a candidate stands. Where the same weights count as now, the same
    /// candidates can be ranked.
    pub(super) fn rows_suffice(&self, weights: &Weights) -> bool {
        self.rows_suffice && counts(weights) == self.counts
    }
}

fn counts(weights: &Weights) -> Vec<bool> {
    (0..weights.shares().len()).map(|at| weights.counts(at)).collect()
}

/// The rivals of a candidate for places of the top tier, as far as a stretch of weights leaves open who is above whom.
pub(super) struct Rivals {
    /// Those who may change sides.
    undecided: Vec<usize>,
    /// How many stay above the candidate.
    above: usize,
}

impl Rivals {
    /// All of them; none where places are no matter, or go by families.
    fn new(field: &Field, candidate: usize) -> Option<Self> {
        let by_places = matches!(field.top, Some(Takes::Places(_))) && !field.families_share;
        by_places.then(|| Self { undecided: field.rivals(candidate).collect(), above: 0 })
    }

    /// Those left open by a shorter stretch, throughout which `stays_above` holds of two candidates.
    pub(super) fn narrowed(&self, candidate: usize, stays_above: impl Fn(usize, usize) -> bool) -> Self {
        let mut narrowed = Self { undecided: Vec::new(), above: self.above };
        for rival in &self.undecided {
            if stays_above(*rival, candidate) {
                narrowed.above += 1;
            } else if !stays_above(candidate, *rival) {
                narrowed.undecided.push(*rival);
            }
        }
        narrowed
    }

    /// Whether the candidate can't come into the top tier, or out of it.
    pub(super) fn decide_against(&self, goal: Goal, field: &Field) -> bool {
        match goal {
            Goal::Enter => self.above >= field.open_places,
            _ => self.above + self.undecided.len() < field.open_places,
        }
    }

    /// How many may change sides.
    pub(super) fn undecided(&self) -> usize {
        self.undecided.len()
    }

    /// How many come before the candidate by these rows.
    pub(super) fn before(&self, candidate: usize, rows: &mut Rows<'_, '_, '_>) -> Result<usize, Problem> {
        let mut above = self.above;
        for rival in &self.undecided {
            above += usize::from(rows.is_before(*rival, candidate)?);
        }
        Ok(above)
    }

    /// The same where of all rows the candidate's alone is not as it is now: all others are in their order.
    pub(super) fn before_one_changed(&self, candidate: usize, rows: &mut Rows<'_, '_, '_>) -> Result<usize, Problem> {
        let (mut low, mut high) = (0, self.undecided.len());
        while low < high {
            let middle = low + (high - low) / 2;
            let Some(rival) = self.undecided.get(middle) else { break };
            if rows.is_before(*rival, candidate)? { low = middle + 1 } else { high = middle }
        }
        Ok(self.above + low)
    }
}

/// Whether a candidate has reached a goal, by rows alone. `before` counts the rivals for a place before it; none where it has
/// none.
pub(super) fn is_met_by_rows(
    (ranking, field): (&Ranking<'_>, &Field),
    (candidate, goal): (usize, Goal),
    rows: &mut Rows<'_, '_, '_>,
    before: Option<impl FnOnce(&mut Rows<'_, '_, '_>) -> Result<usize, Problem>>,
) -> Result<bool, Problem> {
    let total = rows.total(candidate)?;
    let is_top = |rows: &mut Rows<'_, '_, '_>| match (field.top, before) {
        _ if ranking.is_raised_to_the_top(candidate) => Ok(true),
        (Some(Takes::AtLeast(bound)), _) => Ok(total >= Some(bound)),
        (Some(Takes::Places(_)), Some(before)) => Ok(before(rows)? < field.open_places),
        _ => Ok(true),
    };
    Ok(match goal {
        Goal::Enter => total.is_some() && is_top(rows)?,
        Goal::Leave => total.is_some() && !is_top(rows)?,
        Goal::Pass(other) => total > rows.total(other)?,
        Goal::FallBehind(other) => total.is_some() && total < rows.total(other)?,
    })
}
