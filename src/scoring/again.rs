//! The ranking made again with something changed: other weights, or another answer to one question. It is the engine's
//! own arithmetic from the values on, so what is said of a change is what a run with that change would say.

use super::outcome::ScoringOutcome;
use super::points::{Points, Row, Shares, points_again, row_again};
use super::value::{certain_value, scripts, values_among};
use super::vetoes::Compared;
use super::{Ranking, order};
use crate::diagnostic::Problem;
use crate::exact::{round_to, to_units};
use crate::rules::script::{Compiled, Compiler};
use crate::rules::{Criterion, Totaller, Weights};

/// Makes a ranking again with something changed.
pub struct Again<'r, 'a> {
    pub(super) ranking: &'r Ranking<'a>,
    pub(super) totaller: Totaller<'a>,
    /// The value functions that are scripts, by criterion.
    scripts: Vec<Option<Compiled<'a>>>,
    pub(super) estimates: Vec<&'r [f64]>,
}

impl<'r, 'a> Again<'r, 'a> {
    /// Of `ranking`.
    ///
    /// # Errors
    /// As the engine's own start.
    pub fn new(ranking: &'r Ranking<'a>) -> Result<Self, Problem> {
        let rules = ranking.rules;
        let scripts = scripts(&Compiler::new(&rules.library)?, rules)?;
        let estimates = ranking.measures.iter().map(|column| &*column.estimates).collect();
        Ok(Self { ranking, totaller: rules.totaller()?, scripts, estimates })
    }

    /// With these weights.
    ///
    /// # Errors
    /// A total that could not be made.
    pub fn with_weights(&mut self, weights: &Weights) -> Result<ScoringOutcome, Problem> {
        let ranking = self.ranking;
        let of = Compared { estimates: &self.estimates, values: &ranking.values, lists: &ranking.lists, absent: None };
        let points = points_again(&mut self.totaller, ranking.rules, weights, &of)?;
        Ok(self.ordered(points))
    }

    /// With `measure` as the answer about one candidate to one criterion, known for certain. It is rounded as any.
    ///
    /// # Errors
    /// A value or total that could not be made.
    pub fn with_measure(
        &mut self,
        candidate: usize,
        criterion: usize,
        measure: f64,
    ) -> Result<ScoringOutcome, Problem> {
        let ranking = self.ranking;
        let Some(rule) = ranking.rules.criteria.get(criterion) else {
            return self.with_weights(&ranking.rules.weights);
        };
        let measure = round_to(measure, rule.decimals);
        // Rules with vetoes set every answer against the others.
        if !rule.value.shape().needs_facts() {
            return self.with_row(candidate, criterion, measure);
        }
        let mut column = self.estimates.get(criterion).map(|column| column.to_vec()).unwrap_or_default();
        set(&mut column, candidate, measure);
        let mut values = ranking.values.clone();
        set(&mut values, criterion, self.values_of(criterion, rule, (&column, &column))?);
        let mut estimates = self.estimates.clone();
        set(&mut estimates, criterion, &column);
        let of = Compared { estimates: &estimates, values: &values, lists: &ranking.lists, absent: None };
        let points = points_again(&mut self.totaller, ranking.rules, &ranking.rules.weights, &of)?;
        Ok(self.ordered(points))
    }

    /// With a measure about one candidate that no other candidate's value looks at: its row alone is made again.
    fn with_row(&mut self, candidate: usize, criterion: usize, measure: f64) -> Result<ScoringOutcome, Problem> {
        let ranking = self.ranking;
        let mut shares = Shares::new(ranking.rules, &ranking.rules.weights);
        let row = self.row(&mut shares, candidate, Some((criterion, measure)))?;
        let mut points = ranking.outcome().points().clone();
        for (column, own) in points.points.iter_mut().zip(row.points) {
            set(column, candidate, own);
        }
        set(&mut points.totals, candidate, row.total);
        ranking.aside.take_from(&mut points);
        let of = (ranking.assessment, ranking.rules);
        let among = (&ranking.overlaps, &ranking.lists);
        let order = order::order_again(of, &points, &ranking.gates, among, (ranking.order(), candidate));
        Ok(ScoringOutcome::new(points, order))
    }

    /// The row of one candidate by these shares, with another measure for one criterion, where there is one, by rules that
    /// take no vetoes.
    pub(super) fn row(
        &mut self,
        shares: &mut Shares<'_>,
        candidate: usize,
        changed: Option<(usize, f64)>,
    ) -> Result<Row, Problem> {
        let estimates = self.estimates.iter().map(|column| column.get(candidate).copied().unwrap_or(f64::NAN));
        let mut estimates: Vec<f64> = estimates.collect();
        let values = self.ranking.values.iter().map(|column| column.get(candidate).copied().unwrap_or(0));
        let mut values: Vec<i64> = values.collect();
        if let Some((criterion, measure)) = changed {
            set(&mut values, criterion, self.value_alone(criterion, measure)?);
            set(&mut estimates, criterion, measure);
        }
        row_again(&mut self.totaller, shares, (&estimates, &values))
    }

    /// As if one candidate were not on the list: values that are set against the other candidates are made without it.
    /// It keeps a row of its own, which means nothing. None where no value looks at the other candidates, and where measures do.
    ///
    /// # Errors
    /// A total that could not be made.
    pub fn without(&mut self, candidate: usize) -> Result<Option<ScoringOutcome>, Problem> {
        let ranking = self.ranking;
        let rules = ranking.rules;
        let relative = |rule: &Criterion| rule.value.shape().needs_facts();
        // What is pooled would be other without it, and that is not made again here.
        if !rules.criteria.iter().any(relative) || rules.criteria.iter().any(|rule| rule.pools) {
            return Ok(None);
        }
        let mut values = ranking.values.clone();
        for (number, (rule, values)) in rules.criteria.iter().zip(&mut values).enumerate() {
            let Some(column) = self.estimates.get(number).copied().filter(|_| relative(rule)) else { continue };
            let mut others = column.to_vec();
            set(&mut others, candidate, f64::NAN);
            *values = self.values_of(number, rule, (&others, column))?;
        }
        let of =
            Compared { estimates: &self.estimates, values: &values, lists: &ranking.lists, absent: Some(candidate) };
        let points = points_again(&mut self.totaller, rules, &rules.weights, &of)?;
        Ok(Some(self.ordered(points)))
    }

    /// The value of an answer to one question that is known for certain, in the list of `candidate`, all answers being as they
    /// are; none where that is an expression over all answers.
    ///
    /// # Errors
    /// An expression that failed.
    pub fn value_at(&mut self, criterion: usize, candidate: usize, measure: f64) -> Result<Option<f64>, Problem> {
        let ranking = self.ranking;
        let scales = ranking.scales.get(criterion);
        let Some(scale) = scales.and_then(|scales| scales.of(ranking.lists.of(candidate))) else { return Ok(None) };
        if scale.column().is_some() {
            return Ok(None);
        }
        let script = self.scripts.get_mut(criterion).and_then(Option::as_mut);
        certain_value(&**scale, script, measure).map(Some)
    }

    /// The value of a measure where the other candidates don't matter.
    fn value_alone(&mut self, criterion: usize, measure: f64) -> Result<i64, Problem> {
        // A value that looks at nobody else has the same scale in every list.
        let Some(scale) = self.ranking.scales.get(criterion).and_then(|scales| scales.of(0)) else { return Ok(0) };
        let script = self.scripts.get_mut(criterion).and_then(Option::as_mut);
        let value = certain_value(&**scale, script, measure)?;
        Ok(to_units(value, self.ranking.rules.fine_decimals()))
    }

    /// The values of `measures` among the answers `all`.
    fn values_of(
        &mut self,
        number: usize,
        rule: &Criterion,
        (all, measures): (&[f64], &[f64]),
    ) -> Result<Vec<i64>, Problem> {
        let script = self.scripts.get_mut(number).and_then(Option::as_mut);
        values_among((self.ranking.rules, rule), script, (all, measures), &self.ranking.lists)
    }

    fn ordered(&self, mut points: Points) -> ScoringOutcome {
        let ranking = self.ranking;
        ranking.aside.take_from(&mut points);
        let of = (ranking.assessment, ranking.rules);
        let order = order::order(of, &points, &ranking.gates, &ranking.overlaps, &ranking.lists);
        ScoringOutcome::new(points, order)
    }
}

fn set<T>(items: &mut [T], at: usize, item: T) {
    if let Some(slot) = items.get_mut(at) {
        *slot = item;
    }
}
