//! The result of a run: a ranking with its traces, what the board decided, what was tried beside it, and what a reader
//! should know before relying on it. Views and lints read it; nothing is computed here that another room can compute.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;

use crate::assessment::Assessment;
use crate::board::BoardComparison;
use crate::diagnostic::{Problem, Problems, Severity};
use crate::explain::change::{self, PlaceChange};
use crate::rules::RuleSet;
use crate::scoring::{self, Ranking, ScoringOutcome, Standing, Trace};
use crate::sensitivity::acceptability::Acceptability;
use crate::sensitivity::one_weight::{OneWeight, one_weight};

/// An assessment, ranked: all that a view shows.
#[derive(Debug)]
pub struct RankedAssessment<'a> {
    /// What was ranked.
    pub assessment: &'a Assessment,
    /// By which rules.
    pub rules: &'a RuleSet,
    /// What the engine computed.
    pub ranking: Ranking<'a>,
    /// The candidates in the order of the ranking.
    pub traces: Vec<Trace<'a>>,
    /// What the board decided on them, where that was filed.
    pub board: Option<BoardComparison<'a>>,
    /// Who comes where where weights and evidence move, and the seed of the draws; none where that was not run.
    pub acceptability: Option<(Acceptability, u64)>,
    /// What would change the place of candidates, by id; empty until it is worked out.
    pub changes: BTreeMap<&'a str, Vec<PlaceChange>>,
    /// What one weight alone would change of the list; none until it is worked out, and for long lists.
    pub one_weight: Option<OneWeight>,
    /// The list without what was made up for illustration, or why it can't be made; none until it is worked out, where nothing
    /// was made up, and for long lists.
    pub without_made_up: Option<Result<ScoringOutcome, Problems>>,
    /// What a reader should know before relying on it.
    pub warnings: Vec<Problem>,
}

impl<'a> RankedAssessment<'a> {
    /// An assessment with its ranking and these traces; of `problems` it keeps the warnings.
    pub fn new(ranking: Ranking<'a>, traces: Vec<Trace<'a>>, problems: &[Problem]) -> Self {
        let warnings =
            problems.iter().filter(|problem| problem.code.severity() == Severity::Warning).cloned().collect();
        let board = BoardComparison::new(ranking.assessment, ranking.rules, &traces);
        Self {
            assessment: ranking.assessment,
            rules: ranking.rules,
            ranking,
            traces,
            board,
            acceptability: None,
            changes: BTreeMap::new(),
            one_weight: None,
            without_made_up: None,
            warnings,
        }
    }

    /// Works out what would take each of the first `most` candidates of the list into or out of the top tier, and of a list
    /// that is no longer what one weight alone would change, and what is left of it without what was made up.
    ///
    /// # Errors
    /// A total that could not be made for some change.
    pub fn find_changes(&mut self, most: usize) -> Result<(), Problem> {
        let ids: Vec<&'a str> =
            self.by_standing().into_iter().flat_map(|(_, traces)| traces).take(most).map(Trace::id).collect();
        let number = |id: &&str| self.assessment.candidate_number(id);
        let numbers: Vec<usize> = ids.iter().filter_map(number).collect();
        self.changes = ids.into_iter().zip(change::place_changes(&self.ranking, &numbers, false)?).collect();
        if self.traces.len() <= most {
            self.one_weight = Some(one_weight(&self.ranking, self.rules.rough_decimals())?);
            self.without_made_up = without_made_up(self.assessment, self.rules);
        }
        Ok(())
    }

    /// The trace of the candidate with this number in the assessment.
    pub(crate) fn trace_of(&self, candidate: usize) -> Option<&Trace<'a>> {
        let about = self.assessment.candidates.get(candidate)?;
        self.traces.iter().find(|trace| trace.candidate.id == about.id)
    }

    /// The standings that anybody has, best first, each with its candidates in the order of the ranking.
    pub(crate) fn by_standing(&self) -> Vec<(Standing, Vec<&Trace<'a>>)> {
        let mut standings: Vec<Standing> = self.traces.iter().map(|trace| trace.standing).collect();
        standings.sort_unstable();
        standings.dedup();
        let of = |standing: Standing| self.traces.iter().filter(|trace| trace.standing == standing).collect();
        standings.into_iter().map(|standing| (standing, of(standing))).collect()
    }
}

/// The list without what was made up for illustration, on one thread: it is short. None where nothing was.
fn without_made_up(assessment: &Assessment, rules: &RuleSet) -> Option<Result<ScoringOutcome, Problems>> {
    let left = assessment.without_made_up()?;
    Some(scoring::rank(&left, rules, NonZeroUsize::MIN).map(Ranking::into_outcome))
}
