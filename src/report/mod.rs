//! Views of the trace: text, JSON, CSV, a workbook, and the paper as HTML and Markdown. Pure functions, one model.
//!
//! A view chooses, orders and lays out; it computes nothing. The same number is never shown two ways.

mod csv;
pub mod diff;
pub mod elicitation;
mod explanation;
mod html;
pub mod json;
pub mod learning;
mod markdown;
mod moved;
mod page;
pub mod paper;
pub mod register;
mod section;
pub mod sensitivity;
mod text;
mod trial;
pub mod verification;
mod workbook;

pub use csv::csv;
pub(crate) use csv::inert;
pub use explanation::explanation;
pub use json::json;
pub use moved::moved_lines;
pub use text::text;
pub use trial::json::ResultsFile;
pub use trial::{tests_json, tests_junit, tests_list, tests_text};
pub use workbook::workbook;

use std::collections::BTreeMap;

use crate::assessment::Assessment;
use crate::board::Board;
use crate::diagnostic::{Problem, Severity};
use crate::explain::change::{self, Change};
use crate::rules::RuleSet;
use crate::scoring::{Ranking, Standing, Trace};
use crate::sensitivity::acceptability::Acceptability;

/// All that a view shows.
#[derive(Debug)]
pub struct Report<'a> {
    /// What was ranked.
    pub assessment: &'a Assessment,
    /// By which rules.
    pub rules: &'a RuleSet,
    /// What the engine computed.
    pub ranking: Ranking<'a>,
    /// The candidates in the order of the ranking.
    pub traces: Vec<Trace<'a>>,
    /// What the board decided on them, where that was filed.
    pub board: Option<Board<'a>>,
    /// Who comes where where weights and evidence move, and the seed of the draws; none where that was not run.
    pub acceptability: Option<(Acceptability, u64)>,
    /// What would change the place of candidates, by id; empty until it is worked out.
    pub changes: BTreeMap<&'a str, Vec<Change>>,
    /// What a reader should know before relying on it.
    pub warnings: Vec<Problem>,
}

impl<'a> Report<'a> {
    /// A report of these traces; of `problems` it shows the warnings.
    pub fn new(ranking: Ranking<'a>, traces: Vec<Trace<'a>>, problems: &[Problem]) -> Self {
        let warnings =
            problems.iter().filter(|problem| problem.code.severity() == Severity::Warning).cloned().collect();
        let board = Board::of(ranking.assessment, &traces);
        Self {
            assessment: ranking.assessment,
            rules: ranking.rules,
            ranking,
            traces,
            board,
            acceptability: None,
            changes: BTreeMap::new(),
            warnings,
        }
    }

    /// Works out what would take each of the first `most` candidates of the list into or out of the top tier.
    ///
    /// # Errors
    /// A total that could not be made for some change.
    pub fn find_changes(&mut self, most: usize) -> Result<(), Problem> {
        let ids: Vec<&'a str> =
            self.by_standing().into_iter().flat_map(|(_, traces)| traces).take(most).map(Trace::id).collect();
        let number = |id: &&str| self.assessment.candidates.binary_search_by(|about| about.id.as_str().cmp(id)).ok();
        let numbers: Vec<usize> = ids.iter().filter_map(number).collect();
        self.changes = ids.into_iter().zip(change::changes(&self.ranking, &numbers, false)?).collect();
        Ok(())
    }

    /// The trace of the candidate with this number in the assessment.
    fn trace_of(&self, candidate: usize) -> Option<&Trace<'a>> {
        let about = self.assessment.candidates.get(candidate)?;
        self.traces.iter().find(|trace| trace.candidate.id == about.id)
    }

    /// The standings that anybody has, best first, each with its candidates in the order of the ranking.
    fn by_standing(&self) -> Vec<(Standing, Vec<&Trace<'a>>)> {
        let mut standings: Vec<Standing> = self.traces.iter().map(|trace| trace.standing).collect();
        standings.sort_unstable();
        standings.dedup();
        let of = |standing: Standing| self.traces.iter().filter(|trace| trace.standing == standing).collect();
        standings.into_iter().map(|standing| (standing, of(standing))).collect()
    }
}

/// How many of the questions evidence answered: `6 of 7`.
fn answered(trace: &Trace<'_>) -> String {
    let answered = trace.contributions.iter().filter(|part| part.measure.is_some()).count();
    format!("{answered} of {}", trace.contributions.len())
}

/// How many answers rest on judgement alone.
fn judged(trace: &Trace<'_>) -> usize {
    let by_judgement = |part: &&crate::scoring::Contribution<'_>| {
        part.measure.is_some()
            && !part.evidence.is_empty()
            && part.evidence.iter().all(|cited| cited.origin.judged.is_some())
    };
    trace.contributions.iter().filter(by_judgement).count()
}
