//! The rules run again on other evidence, from the evidence on: scripts, value functions and totals. Everything is
//! compiled once, and one thread does it all, so that whoever runs them ten thousand times starts nothing anew.
//!
//! Gates are not asked again: they change no total and no rank.

use super::Ranking;
use super::aside::SetAside;
use super::input::Readable;
use super::lists::Lists;
use super::measure::{Measures, inputs, measure, plain_column};
use super::order::{order, ranks_by};
use super::points::{Points, points_again};
use super::standing::Standing;
use super::value::{Rounding, Scales, scripts};
use super::vetoes::Compared;
use crate::assessment::Assessment;
use crate::diagnostic::Problem;
use crate::exact::to_units;
use crate::rules::script::{Compiled, Compiler};
use crate::rules::shape::ScriptedValue;
use crate::rules::{Criterion, RuleSet, Totaller, Weights};
use crate::stats::Random;

/// A total, in units of the rules' decimals, and a competition rank from 1.
pub type TotalAndRank = (i64, usize);

/// Runs a rule set over and over.
pub struct Rerun<'a> {
    rules: &'a RuleSet,
    /// The measures that are expressions, by criterion.
    measures: Vec<Option<Compiled<'a>>>,
    /// The value functions that are scripts, by criterion.
    scripts: Vec<Option<Compiled<'a>>>,
    totaller: Totaller<'a>,
    lists: Option<Lists>,
    /// Who is not ranked, for too little is known; that is not drawn.
    aside: Option<SetAside>,
    estimates: Vec<Vec<f64>>,
    values: Vec<Vec<i64>>,
}

impl<'a> Rerun<'a> {
    /// Of these rules.
    ///
    /// # Errors
    /// As the engine's own start.
    pub fn new(rules: &'a RuleSet) -> Result<Self, Problem> {
        let compiler = Compiler::new(&rules.library)?;
        let measure = |criterion: &'a Criterion| match &criterion.plain {
            Some(_) => Ok(None),
            None => compiler.compile(&criterion.measure).map(Some),
        };
        let measures = rules.criteria.iter().map(measure).collect::<Result<_, _>>()?;
        let scripts = scripts(&compiler, rules)?;
        let totaller = rules.totaller()?;
        Ok(Self {
            rules,
            measures,
            scripts,
            totaller,
            lists: None,
            aside: None,
            estimates: Vec::new(),
            values: Vec::new(),
        })
    }

    /// Asks every question about this evidence.
    ///
    /// # Errors
    /// The first expression that failed.
    pub fn answer(&mut self, assessment: &Assessment) -> Result<(), Problem> {
        self.estimates.clear();
        self.values.clear();
        let rules = self.rules;
        // The evidence may be other, and never whose it is.
        let lists = self.lists.get_or_insert_with(|| Lists::new(assessment, rules));
        let mut measures = Vec::with_capacity(rules.criteria.len());
        let pools = rules.pools(assessment);
        let of = Readable { assessment, rules, pools: &pools };
        let scripts = self.measures.iter_mut().zip(&mut self.scripts);
        for (criterion, (expression, script)) in rules.criteria.iter().zip(scripts) {
            let found = match expression {
                Some(expression) => scripted(expression, of, criterion)?,
                None => plain_column(assessment, rules, criterion, &(0..assessment.candidates.len())),
            };
            let values = values(script.as_mut(), rules, criterion, (&found, lists))?;
            measures.push(found);
            self.values.push(values);
        }
        self.aside.get_or_insert_with(|| SetAside::new(assessment, rules, &measures));
        self.estimates.extend(measures.into_iter().map(|column| column.estimates));
        Ok(())
    }

    /// Puts any value that a question allows, each as likely, in the place of these answers: by criterion and candidate.
    pub fn suppose(&mut self, missing: &[(usize, usize)], random: &mut Random) {
        let decimals = self.rules.fine_decimals();
        for (criterion, candidate) in missing {
            let Some(rule) = self.rules.criteria.get(*criterion) else { continue };
            let ends = rule.value.shape().value_ends();
            let value = ends.least + (ends.most - ends.least) * random.uniform();
            let places = (self.estimates.get_mut(*criterion), self.values.get_mut(*criterion));
            let (Some(estimates), Some(values)) = places else { continue };
            if let (Some(estimate), Some(slot)) = (estimates.get_mut(*candidate), values.get_mut(*candidate)) {
                // There is one, and which number it is does not matter to points; pairs go by the value of what is no number.
                (*estimate, *slot) = (f64::INFINITY, to_units(value, decimals));
            }
        }
    }

    /// The totals and ranks, by candidate, that the last answers make with these weights; none of those that can't be ranked.
    ///
    /// # Errors
    /// A total that could not be made.
    pub fn totals(&mut self, weights: &Weights) -> Result<Vec<Option<TotalAndRank>>, Problem> {
        let points = self.points(weights)?;
        let ranks = self.lists.as_ref().map(|lists| ranks_by(self.rules, &points, lists)).unwrap_or_default();
        Ok(points.totals.iter().zip(ranks).map(|(total, rank)| total.zip(rank)).collect())
    }

    /// The same, each with where the candidate stands. Gates stay as they fired on `ranking`.
    ///
    /// # Errors
    /// A total that could not be made.
    pub fn standings(
        &mut self,
        ranking: &Ranking<'_>,
        weights: &Weights,
    ) -> Result<Vec<(Option<TotalAndRank>, Standing)>, Problem> {
        let points = self.points(weights)?;
        let of = (ranking.assessment, self.rules);
        let order = order(of, &points, &ranking.gates, &ranking.overlaps, &ranking.lists);
        let totals = points.totals.iter().zip(order.ranks).map(|(total, rank)| total.zip(rank));
        Ok(totals.zip(order.standings).collect())
    }

    fn points(&mut self, weights: &Weights) -> Result<Points, Problem> {
        let estimates: Vec<&[f64]> = self.estimates.iter().map(Vec::as_slice).collect();
        let none = Lists::default();
        let lists = self.lists.as_ref().unwrap_or(&none);
        let of = Compared { estimates: &estimates, values: &self.values, lists, absent: None };
        let mut points = points_again(&mut self.totaller, self.rules, weights, &of)?;
        if let Some(aside) = &self.aside {
            aside.take_from(&mut points);
        }
        Ok(points)
    }

    /// The value of a candidate's last answer to a criterion, both by number, in units of the rules' fine decimals.
    pub fn value(&self, criterion: usize, candidate: usize) -> i64 {
        self.values.get(criterion).and_then(|column| column.get(candidate)).copied().unwrap_or(0)
    }

    /// The competition ranks from 1, by candidate, that the last answers make with these weights; none of those that
    /// can't be ranked.
    ///
    /// # Errors
    /// A total that could not be made.
    pub fn ranks(&mut self, weights: &Weights) -> Result<Vec<Option<usize>>, Problem> {
        Ok(self.totals(weights)?.into_iter().map(|standing| Some(standing?.1)).collect())
    }
}

fn scripted(
    expression: &mut Compiled<'_>,
    of: Readable<'_>,
    criterion: &Criterion,
) -> Result<Measures<'static>, Problem> {
    let inputs = inputs(of, &criterion.measure, &criterion.optional);
    let candidates = of.assessment.candidates.len();
    let mut measures = Measures::with_room(candidates, criterion.decimals);
    let mut arguments = Vec::with_capacity(inputs.len());
    for candidate in 0..candidates {
        measures.push(measure(expression, &inputs, &mut arguments, candidate)?);
    }
    Ok(measures)
}

fn values(
    script: Option<&mut Compiled<'_>>,
    rules: &RuleSet,
    criterion: &Criterion,
    (measures, lists): (&Measures<'_>, &Lists),
) -> Result<Vec<i64>, Problem> {
    let rounding = Rounding::new(rules, criterion);
    let scales = Scales::new(criterion, &measures.estimates, lists);
    let Some(script) = script else { return Ok(scales.units(rounding, &measures.estimates, lists)) };
    let value = |candidate: usize| match measures.get(candidate) {
        Some(measure) => {
            let column = scales.column(lists.of(candidate));
            Ok(rounding.round(ScriptedValue::run(script, measure, column)?))
        }
        None => Ok(rounding.stand_in()),
    };
    (0..measures.estimates.len()).map(value).collect()
}
