//! The ranking made again with something changed: other weights, or another answer to one question. It is the engine's
//! own arithmetic from the values on, so what is said of a change is what a run with that change would say.

use super::order::{self, Order};
use super::points::{Points, points_again};
use super::total::Totaller;
use super::value::{Scale, script_value};
use super::{Ranking, Standing, fixed};
use crate::diagnostic::Problem;
use crate::rules::script::{Compiled, Compiler};
use crate::rules::{Criterion, ValueFunction, Weights};
use crate::stats::Estimate;

/// What came out.
#[derive(Debug)]
pub struct Outcome {
    points: Points,
    order: Order,
}

impl Outcome {
    pub(super) fn new(points: Points, order: Order) -> Self {
        Self { points, order }
    }

    pub(super) fn points(&self) -> &Points {
        &self.points
    }

    pub(super) fn order(&self) -> &Order {
        &self.order
    }

    /// A candidate's total in units of the rule set's decimals; none where it could not be ranked.
    pub fn total(&self, candidate: usize) -> Option<i64> {
        self.points.totals.get(candidate).copied().flatten()
    }

    /// A candidate's competition rank, from 1; none where it could not be ranked.
    pub fn rank(&self, candidate: usize) -> Option<usize> {
        self.order.ranks.get(candidate).copied().flatten()
    }

    /// The candidates by number in the order of the list; those that could not be ranked come last.
    pub fn sequence(&self) -> &[usize] {
        &self.order.sequence
    }

    /// Where a candidate stands: in a tier, vetoed, deferred or not ranked.
    pub fn standing(&self, candidate: usize) -> Standing {
        self.order.standings.get(candidate).copied().unwrap_or(Standing::NotRanked)
    }
}

/// Makes a ranking again with something changed.
pub struct Again<'r, 'a> {
    ranking: &'r Ranking<'a>,
    totaller: Totaller<'a>,
    /// The value functions that are scripts, by criterion.
    scripts: Vec<Option<Compiled<'a>>>,
    estimates: Vec<&'r [f64]>,
}

impl<'r, 'a> Again<'r, 'a> {
    /// Of `ranking`.
    ///
    /// # Errors
    /// As the engine's own start.
    pub fn new(ranking: &'r Ranking<'a>) -> Result<Self, Problem> {
        let rules = ranking.rules;
        let compiler = Compiler::new(&rules.library)?;
        let scripts = rules.criteria.iter().map(|criterion| match &criterion.value {
            ValueFunction::Script(expression) => compiler.compile(expression).map(Some),
            _ => Ok(None),
        });
        let scripts = scripts.collect::<Result<_, _>>()?;
        let estimates = ranking.measures.iter().map(|column| &*column.estimates).collect();
        Ok(Self { ranking, totaller: Totaller::new(rules)?, scripts, estimates })
    }

    /// With these weights.
    ///
    /// # Errors
    /// A total that could not be made.
    pub fn with_weights(&mut self, weights: &Weights) -> Result<Outcome, Problem> {
        let ranking = self.ranking;
        let points = points_again(&mut self.totaller, ranking.rules, weights, &self.estimates, &ranking.values)?;
        Ok(self.ordered(points))
    }

    /// With `measure` as the answer about one candidate to one criterion, known for certain. It is rounded as any.
    ///
    /// # Errors
    /// A value or total that could not be made.
    pub fn with_measure(&mut self, candidate: usize, criterion: usize, measure: f64) -> Result<Outcome, Problem> {
        let ranking = self.ranking;
        let (Some(rule), Some(known)) = (ranking.rules.criteria.get(criterion), ranking.values.get(criterion)) else {
            return self.with_weights(&ranking.rules.weights);
        };
        let measure = fixed::round_to(measure, rule.decimals);
        let mut column = self.estimates.get(criterion).map(|column| column.to_vec()).unwrap_or_default();
        set(&mut column, candidate, measure);
        let decimals = ranking.rules.fine_decimals();
        let mut values = ranking.values.clone();
        let changed = match (self.scripts.get_mut(criterion), &rule.value) {
            (Some(Some(script)), _) => {
                let certain = Estimate::between(measure, measure, measure);
                let value = script_value(script, certain)?;
                with(known, candidate, fixed::to_units(value, decimals))
            }
            (_, ValueFunction::Relative(_)) => {
                let scale = Scale::new(rule, &column);
                let stand_in = rule.stand_in().map_or(0, |value| fixed::to_units(value, decimals));
                column.iter().map(|measure| scale.units(*measure, stand_in, decimals)).collect()
            }
            _ => with(known, candidate, Scale::new(rule, &[]).units(measure, 0, decimals)),
        };
        set(&mut values, criterion, changed);
        let mut estimates = self.estimates.clone();
        set(&mut estimates, criterion, &column);
        let points = points_again(&mut self.totaller, ranking.rules, &ranking.rules.weights, &estimates, &values)?;
        Ok(self.ordered(points))
    }

    /// As if one candidate were not on the list: values that are set against the other candidates are made without it.
    /// It keeps a row of its own, which means nothing. None where no value looks at the other candidates.
    ///
    /// # Errors
    /// A total that could not be made.
    pub fn without(&mut self, candidate: usize) -> Result<Option<Outcome>, Problem> {
        let ranking = self.ranking;
        let rules = ranking.rules;
        let relative = |rule: &Criterion| matches!(rule.value, ValueFunction::Relative(_));
        if !rules.criteria.iter().any(relative) {
            return Ok(None);
        }
        let decimals = rules.fine_decimals();
        let mut values = ranking.values.clone();
        for ((rule, column), values) in rules.criteria.iter().zip(&self.estimates).zip(&mut values) {
            if !relative(rule) {
                continue;
            }
            let mut others = column.to_vec();
            set(&mut others, candidate, f64::NAN);
            let scale = Scale::new(rule, &others);
            let stand_in = rule.stand_in().map_or(0, |value| fixed::to_units(value, decimals));
            *values = column.iter().map(|measure| scale.units(*measure, stand_in, decimals)).collect();
        }
        let points = points_again(&mut self.totaller, rules, &rules.weights, &self.estimates, &values)?;
        Ok(Some(self.ordered(points)))
    }

    fn ordered(&self, points: Points) -> Outcome {
        let ranking = self.ranking;
        let order = order::order(ranking.assessment, ranking.rules, &points, &ranking.gates);
        Outcome { points, order }
    }
}

fn set<T>(items: &mut [T], at: usize, item: T) {
    if let Some(slot) = items.get_mut(at) {
        *slot = item;
    }
}

fn with(column: &[i64], at: usize, item: i64) -> Vec<i64> {
    let mut column = column.to_vec();
    set(&mut column, at, item);
    column
}
