//! Evidence redrawn from its own distribution: what it might have been.
//!
//! How is said by each kind of evidence, in `assessment/evidence/`. What one person alone judged moves by the spread that
//! the rules declare, and not at all where they declare none; a missing answer is anything that its question allows. A
//! yes or no and a figure without an interval stay as they are. Each figure is redrawn for itself: a count that stands in
//! a series too is drawn twice.

use std::sync::Arc;

use crate::assessment::{Assessment, Column, Declared, Pools};
use crate::budget::Budget;
use crate::diagnostic::{Code, Place, Problem};
use crate::rules::{RuleSet, Treatment};
use crate::scoring::Ranking;
use crate::stats::Random;
use crate::words::{whole, with_noun};

/// An answer that is missing: of which criterion, and about which candidate.
pub type MissingAnswer = (usize, usize);

/// Redraws what a rule set reads of an assessment.
#[derive(Debug)]
pub struct Redraw<'a> {
    assessment: &'a Assessment,
    /// The evidence that the rules read, by name, and how they declare it.
    read: Vec<(&'a str, &'a Declared)>,
    /// What the rules pool, of the evidence as it is filed: what all areas have together is not drawn.
    pools: Arc<Pools>,
}

impl<'a> Redraw<'a> {
    /// Of what `rules` read.
    pub fn new(assessment: &'a Assessment, rules: &'a RuleSet) -> Self {
        let read = rules.evidence.iter().map(|(name, declared)| (name.as_str(), declared));
        let read = read.filter(|(name, _)| assessment.evidence.contains_key(*name)).collect();
        Self { assessment, read, pools: rules.pools(assessment) }
    }

    /// Takes what so many draws cost from the budget of the run: a step for each number, person or row that is drawn.
    ///
    /// # Errors
    /// `budget-spent`, at the evidence that takes most, where less is left than they cost: nothing is taken then.
    pub fn spend(&self, budget: &Budget, draws: u64) -> Result<(), Problem> {
        let columns = self.read.iter().filter_map(|(name, _)| self.assessment.evidence.get(*name));
        let costs: Vec<(u64, &Place)> =
            columns.flat_map(Column::draws).map(|(drawn, place)| (drawn as u64, place)).collect();
        let of_all = |drawn: u64| drawn.saturating_mul(draws);
        let all = costs.iter().fold(0, |all: u64, (drawn, _)| all.saturating_add(of_all(*drawn)));
        let left = budget.left();
        if all <= left {
            costs.iter().filter(|(drawn, _)| *drawn > 0).for_each(|(drawn, place)| budget.take(of_all(*drawn), place));
            return Ok(());
        }
        let first = costs.iter().rev().max_by_key(|(drawn, _)| *drawn);
        let Some((drawn, place)) = first else { return Ok(()) };
        let steps = |steps: u64| whole(usize::try_from(steps).unwrap_or(usize::MAX));
        let message = format!(
            "drawing the evidence {} takes {} steps, and {} of the run's are left: {} of them for each time come from here alone",
            with_noun(&steps(draws), "time", "times"),
            steps(all),
            steps(left),
            steps(*drawn)
        );
        let problem = Problem::new(Code::BudgetSpent, message).at((*place).clone());
        Err(problem.help("draw less often with `--draws`, or allow more with `--budget STEPS`"))
    }

    /// An assessment of the same candidates without evidence, for [`Self::draw`].
    pub fn empty_assessment(&self) -> Assessment {
        Assessment { pools: Some(Arc::clone(&self.pools)), ..self.assessment.without_evidence() }
    }

    /// Redraws all evidence that the rules read into `room`.
    pub fn draw(&self, random: &mut Random, room: &mut Assessment) {
        for (name, declared) in &self.read {
            let Some(column) = self.assessment.evidence.get(*name) else { continue };
            let drawn = column.redrawn(Some(declared), random);
            match room.evidence.get_mut(*name) {
                Some(slot) => *slot = drawn,
                None => drop(room.evidence.insert((*name).to_owned(), drawn)),
            }
        }
    }
}

/// What of the evidence moves in draws of it, and what does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EvidenceMoves {
    /// Missing answers that are drawn over all that their question allows.
    pub missing_drawn: usize,
    /// Missing answers that stay as the rules have them, since their question has no highest value.
    pub missing_held: usize,
    /// Answers of one person alone that move by the spread that the rules declare.
    pub judges_drawn: usize,
    /// Answers of one person alone that stay as they are, since the rules declare no spread.
    pub judges_held: usize,
}

impl EvidenceMoves {
    /// Of the candidates in a list, by number.
    pub fn new(ranking: &Ranking<'_>, candidates: &[usize]) -> Self {
        let (missing_drawn, missing_held) = missing_answers(ranking, candidates);
        let (judges_drawn, judges_held) = judges(ranking, candidates);
        Self { missing_drawn: missing_drawn.len(), missing_held, judges_drawn, judges_held }
    }
}

/// The missing answers of these candidates that can be drawn, and how many can't. Where a missing answer keeps a candidate
/// off the list, it does so in every draw.
pub fn missing_answers(ranking: &Ranking<'_>, candidates: &[usize]) -> (Vec<MissingAnswer>, usize) {
    let (mut drawn, mut held) = (Vec::new(), 0);
    for (number, criterion) in ranking.rules.criteria.iter().enumerate() {
        if criterion.if_missing() == Treatment::Refuse {
            continue;
        }
        let missing = candidates.iter().filter(|candidate| ranking.measure(number, **candidate).is_none());
        let ends = criterion.value.shape().value_ends();
        match ends.least.is_finite() && ends.most.is_finite() {
            true => drawn.extend(missing.map(|candidate| (number, *candidate))),
            false => held += missing.count(),
        }
    }
    (drawn, held)
}

/// How many answers of one person alone the rules let move, and how many they do not.
fn judges(ranking: &Ranking<'_>, candidates: &[usize]) -> (usize, usize) {
    let (mut drawn, mut held) = (0, 0);
    for (name, declared) in &ranking.rules.evidence {
        let Some(column) = ranking.assessment.evidence.get(name) else { continue };
        let alone =
            |candidate: &&usize| column.get(**candidate).is_some_and(|evidence| evidence.figure.is_of_one_person());
        let count = candidates.iter().filter(alone).count();
        match declared.settings.spread {
            Some(_) => drawn += count,
            None => held += count,
        }
    }
    (drawn, held)
}
