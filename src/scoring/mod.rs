//! Measure → value → points → ranking. Pure: values in, values out, and no text but what rules and evidence say.
//!
//! Each stage is rounded once, to what is printed, and the next stage starts from the printed figure: measures to
//! their criterion's decimals, values and weights to two decimals more than points, points and totals to the rule
//! set's decimals. From the value on all arithmetic is of whole numbers, so a reader with a pencil gets the same.

mod again;
mod answers;
mod aside;
mod beside;
mod difference;
mod gate;
mod input;
mod line;
mod lists;
mod measure;
mod order;
mod outcome;
mod overlap;
mod pieces;
mod points;
mod rerun;
mod row;
mod standing;
mod trace;
mod value;
mod value_table;
mod vetoes;

pub use crate::exact::{Fixed, divide_rounding};
pub use again::Again;
pub use aside::{LeastOf, TooLittle};
pub use beside::PlaceBeside;
pub use difference::{apportioned, difference, difference_between};
pub use gate::Fired;
pub use line::line_warnings;
pub use lists::Lists;
pub use order::PassedOver;
pub use outcome::ScoringOutcome;
pub use overlap::overlap_warnings;
pub(crate) use pieces::in_pool;
pub use rerun::{Rerun, TotalAndRank};
pub(crate) use row::Rows;
pub use standing::Standing;
pub use trace::{
    AtTheLine, Beside, Citation, Contribution, GateTrace, MissingTrace, PassedOverTrace, PooledCount, Range, Section,
    Trace, Tracer, Veto, VetoTrace, Weighed, traces,
};

use std::collections::BTreeSet;
use std::num::NonZeroUsize;
use std::sync::Arc;

use crate::assessment::{Assessment, Overlaps, Pools};
use crate::diagnostic::{Problem, Problems};
use crate::rules::shape::CandidateMeasures;
use crate::rules::{Criterion, Effect, RuleSet, Takes, Treatment};
use crate::stats::Estimate;
use answers::Answers;
use input::Readable;
use measure::{Failures, Measures};
use value::Scales;
use vetoes::{Compared, Pairs};

/// Everything the engine computed, in columns as long as the list of candidates.
#[derive(Debug)]
pub struct Ranking<'a> {
    /// What was ranked.
    pub assessment: &'a Assessment,
    /// By which rules.
    pub rules: &'a RuleSet,
    /// The gates that fired for each candidate that any fired for, in the order of the rules.
    gates: gate::Gates,
    /// The gates that fired and say who leads.
    leads: gate::Gates,
    /// Who overlaps with whom.
    overlaps: Overlaps,
    /// What the rules pool.
    pools: Arc<Pools>,
    measures: Vec<Measures<'a>>,
    /// Whom candidates are ranked among.
    lists: Lists,
    /// Who is not ranked, for too little is known.
    aside: aside::SetAside,
    /// The value function of each criterion, with what it knows of the candidates of each list.
    scales: Vec<Scales>,
    /// A value per criterion and candidate, in units of the fine decimals, stand-ins included.
    values: Vec<Vec<i64>>,
    outcome: ScoringOutcome,
}

impl<'a> Ranking<'a> {
    /// The candidates in the order of their totals, by number; those that could not be ranked come last, by id. List after
    /// list, where there is one for each area.
    pub fn order(&self) -> &[usize] {
        &self.outcome.order().sequence
    }

    /// Those of them that have a total.
    pub fn with_totals(&self) -> impl Iterator<Item = usize> {
        self.order().iter().copied().filter(|candidate| self.outcome.total(*candidate).is_some())
    }

    /// Whom candidates are ranked among.
    pub fn lists(&self) -> &Lists {
        &self.lists
    }

    /// What the computing itself found worth a warning, with what the rule set's own checks did.
    pub fn warnings(&self) -> &Problems {
        &self.outcome.order().warnings
    }

    /// The answer about a candidate to a criterion, both by number; none where it is missing.
    pub fn measure(&self, criterion: usize, candidate: usize) -> Option<Estimate> {
        self.measures.get(criterion)?.get(candidate)
    }

    /// The answers to a criterion before they are rounded, of the first ten thousand candidates that have one, by number.
    ///
    /// # Errors
    /// As the measure's.
    pub fn unrounded(&self, criterion: usize) -> Result<Vec<(usize, f64)>, Problem> {
        let asked = self.rules.criteria.get(criterion);
        asked.map_or(Ok(Vec::new()), |asked| measure::unrounded(self.readable(), asked))
    }

    /// The value of that answer, or what stands in for it.
    pub fn value(&self, criterion: usize, candidate: usize) -> Fixed {
        let units = self.values.get(criterion).and_then(|column| column.get(candidate));
        Fixed::new(units.copied().unwrap_or(0), self.rules.fine_decimals())
    }

    /// The points of that value, or its factor where the total is a weighted product.
    pub fn points(&self, criterion: usize, candidate: usize) -> Fixed {
        let units = self.outcome.points().points.get(criterion).and_then(|column| column.get(candidate));
        Fixed::new(units.copied().unwrap_or(0), self.rules.earned_decimals(criterion))
    }

    /// Whether a criterion counts for a candidate: it is not left out for a missing answer.
    pub fn takes_part(&self, criterion: usize, candidate: usize) -> bool {
        let left_out = self.rules.criteria.get(criterion).is_some_and(|rule| rule.if_missing() == Treatment::LeaveOut);
        !left_out || self.measure(criterion, candidate).is_some()
    }

    /// What a gate decided about a candidate, whatever its points; none where none fired, or where it only raises.
    pub fn decided_by_gate(&self, candidate: usize) -> Option<Effect> {
        let first = self.gates.get(&candidate)?.first()?.effect;
        (!first.raises()).then_some(first)
    }

    /// Whether an answer rests on figures, with no judgement in what it is made of; not where it is missing.
    pub fn rests_on_figures(&self, criterion: usize, candidate: usize) -> bool {
        let Some(rule) = self.rules.criteria.get(criterion) else { return false };
        let is_answered = !rule.measure.reads.is_empty() && self.measure(criterion, candidate).is_some();
        is_answered && aside::rests_on_figures(self.assessment, rule, candidate)
    }

    /// What gates see of the answers.
    fn answers(&self) -> Answers<'_, 'a> {
        Answers { of: self.readable(), measures: &self.measures, values: &self.values }
    }

    /// What expressions read.
    fn readable(&self) -> Readable<'_> {
        Readable { assessment: self.assessment, rules: self.rules, pools: &self.pools }
    }

    /// What the rules pool of the counts.
    pub fn pools(&self) -> &Arc<Pools> {
        &self.pools
    }

    /// The gates that fired for a candidate: those that decide on its place, then those that say who leads, each in the order
    /// of the rules.
    pub fn fired(&self, candidate: usize) -> impl Iterator<Item = &Fired> {
        [&self.gates, &self.leads].into_iter().filter_map(move |gates| gates.get(&candidate)).flatten()
    }

    /// Who overlaps with whom.
    pub fn overlaps(&self) -> &Overlaps {
        &self.overlaps
    }

    /// Whether only one of a family has a place of the top tier, and there are families.
    pub fn families_share_the_top(&self) -> bool {
        self.overlaps.has_families() && self.rules.tiers.first().is_some_and(|tier| tier.one_of_a_family)
    }

    /// The number of the candidate that the family of the one with this id is named for; its own where it has none.
    pub fn family_of(&self, id: &str) -> usize {
        self.number(id).map_or(0, |number| self.overlaps.family(number))
    }

    /// Whether of a candidate's family nobody on whom points decide stands before it, and no gate gave its place away.
    pub fn is_first_of_its_family(&self, id: &str) -> bool {
        let Some(own) = self.number(id) else { return false };
        let family = self.overlaps.family(own);
        let rivals = |it: &&usize| self.overlaps.family(**it) == family && self.decided_by_gate(**it).is_none();
        self.competes_for_the_top(own) && self.order().iter().find(rivals) == Some(&own)
    }

    fn number(&self, id: &str) -> Option<usize> {
        self.assessment.candidate_number(id)
    }

    /// Whether points decide on a place of the top tier for a candidate: no gate does, nor has one given the place of its
    /// family away.
    pub fn competes_for_the_top(&self, candidate: usize) -> bool {
        self.decided_by_gate(candidate).is_none() && !self.family_is_included(candidate)
    }

    /// Those ranked candidates for which points decide on a place of the top tier, in the order of the list.
    pub(crate) fn competitors(&self) -> Vec<usize> {
        let ranked = self.with_totals();
        if !self.families_share_the_top() {
            return ranked.filter(|it| self.decided_by_gate(*it).is_none()).collect();
        }
        let family = |it: usize| self.overlaps.family(it);
        let given_away: BTreeSet<usize> = self.included().map(family).collect();
        ranked.filter(|it| self.decided_by_gate(*it).is_none() && !given_away.contains(&family(*it))).collect()
    }

    /// Whether a gate puts a candidate into the top tier, however few its points.
    pub(crate) fn is_raised_to_the_top(&self, candidate: usize) -> bool {
        let first = self.gates.get(&candidate).and_then(|fired| fired.first());
        first.is_some_and(|fired| fired.effect.raises() && fired.tier == Some(0))
    }

    /// Those ranked candidates whom gates put into the top tier, whose places count.
    pub(crate) fn included(&self) -> impl Iterator<Item = usize> {
        let is_included =
            |it: &usize| self.decided_by_gate(*it).is_some_and(Effect::includes) && self.outcome.total(*it).is_some();
        self.gates.keys().copied().filter(is_included)
    }

    /// Those that could not be ranked.
    pub(crate) fn without_total(&self) -> impl Iterator<Item = usize> {
        self.order().iter().copied().filter(|it| self.outcome.total(*it).is_none())
    }

    /// Whether a gate gave the place of a candidate's family to another.
    fn family_is_included(&self, candidate: usize) -> bool {
        let family = self.overlaps.family(candidate);
        self.families_share_the_top() && self.included().any(|other| self.overlaps.family(other) == family)
    }

    /// How many places of the top tier are open to points: those that gates don't take. All where it has no places. Of one
    /// list alone.
    pub fn open_places(&self) -> usize {
        let Some(Takes::Places(places)) = self.rules.tiers.first().map(|tier| tier.takes) else { return usize::MAX };
        places.saturating_sub(self.included().count())
    }

    /// Every two candidates of each list; none where the rules compare nobody.
    fn pairs(&self) -> Option<Pairs<'_>> {
        let estimates: Vec<&[f64]> = self.measures.iter().map(|column| &*column.estimates).collect();
        let of = Compared { estimates: &estimates, values: &self.values, lists: &self.lists, absent: None };
        Pairs::new(self.rules, &self.rules.weights, &of)
    }

    /// The totals, ranks and standings.
    pub fn outcome(&self) -> &ScoringOutcome {
        &self.outcome
    }

    /// The totals, ranks and standings alone.
    #[must_use]
    pub fn into_outcome(self) -> ScoringOutcome {
        self.outcome
    }

    /// The same as they would be if a part and its whole could each have a place.
    pub fn outcome_without_families(&self) -> ScoringOutcome {
        let points = self.outcome.points().clone();
        let of = (self.assessment, self.rules);
        let order = order::order(of, &points, &self.gates, &Overlaps::default(), &self.lists);
        ScoringOutcome::new(points, order)
    }

    /// The same as they would be if nobody were set aside for too little evidence; none where no totals can be made.
    pub fn outcome_with_too_little(&self) -> Option<ScoringOutcome> {
        let estimates: Vec<&[f64]> = self.measures.iter().map(|column| &*column.estimates).collect();
        let points = points::points(self.rules, &self.rules.weights, &estimates, &self.values, &self.lists).ok()?;
        let of = (self.assessment, self.rules);
        let order = order::order(of, &points, &self.gates, &self.overlaps, &self.lists);
        Some(ScoringOutcome::new(points, order))
    }

    /// The same as they would be if no gate decided on a place.
    pub fn outcome_without_gates(&self) -> ScoringOutcome {
        let points = self.outcome.points().clone();
        let of = (self.assessment, self.rules);
        let order = order::order(of, &points, &gate::Gates::new(), &self.overlaps, &self.lists);
        ScoringOutcome::new(points, order)
    }
}

/// What a measure would earn where nothing is missing: points, in units of the rule set's decimals, or the factor of a
/// weighted product in units of the fine decimals. None where the value needs the other candidates or a script.
pub fn points_of_measure(rules: &RuleSet, criterion: usize, measure: f64) -> Option<i64> {
    let rule = rules.criteria.get(criterion)?;
    let shape = rule.value.shape();
    let value = shape.scale(&CandidateMeasures::none()).value(measure).filter(|_| !shape.needs_facts())?;
    let share = *rules.weights.shares().get(criterion)?;
    let value = crate::exact::to_units(value, rules.fine_decimals());
    Some(rules.earned(criterion).of(value, share, rules.precision()))
}

/// Ranks the candidates of `assessment` by `rules`, on so many threads. The number of threads changes no byte.
///
/// # Errors
/// Every expression that failed for some candidate, at its place in the rules.
pub fn rank<'a>(
    assessment: &'a Assessment,
    rules: &'a RuleSet,
    threads: NonZeroUsize,
) -> Result<Ranking<'a>, Problems> {
    let budget = &rules.library.budget;
    let threads = pieces::threads_for(assessment.candidates.len(), threads);
    let computed = budget.on_threads(threads, |threads| pieces::on_threads(threads, || compute(assessment, rules)));
    // That the budget is spent comes before what else failed: it may be the reason.
    budget.check()?;
    computed.map_err(|failures| failures.into_problems(assessment))
}

fn compute<'a>(assessment: &'a Assessment, rules: &'a RuleSet) -> Result<Ranking<'a>, Failures> {
    let pools = rules.pools(assessment);
    let lists = Lists::new(assessment, rules);
    let (overlaps, measures) = pieces::both(
        || Overlaps::new(&assessment.candidates, |one, other| lists.of(one) == lists.of(other)),
        || measure::measures(assessment, rules, &pools),
    );
    let measures = measures?;
    let of_criterion =
        |(criterion, measures): (&Criterion, &Measures<'_>)| Scales::new(criterion, &measures.estimates, &lists);
    let criteria = rules.criteria.iter().zip(&measures).collect();
    let scales: Vec<Scales> = pieces::map_pieces(criteria, || (), |(), criterion| of_criterion(criterion));
    let values = value::values(rules, &scales, &measures, &lists)?;
    let estimates: Vec<&[f64]> = measures.iter().map(|column| &*column.estimates).collect();
    let mut points = points::points(rules, &rules.weights, &estimates, &values, &lists)?;
    let aside = aside::SetAside::new(assessment, rules, &measures);
    aside.take_from(&mut points);
    let gate::FiredGates { places: gates, leads } = gate::gates(Answers {
        of: Readable { assessment, rules, pools: &pools },
        measures: &measures,
        values: &values,
    })?;
    let order = order::order((assessment, rules), &points, &gates, &overlaps, &lists);
    Ok(Ranking {
        assessment,
        rules,
        gates,
        leads,
        overlaps,
        pools,
        measures,
        lists,
        aside,
        scales,
        values,
        outcome: ScoringOutcome::new(points, order),
    })
}
