//! What changed in the evidence between two assessments that the same rules rank, and what each question makes of it.

use super::movement::Renames;
use crate::diagnostic::Problem;
use crate::scoring::{Fixed, Ranking, difference_between};
use crate::stats::Estimate;

/// What became of one candidate that both assessments have.
#[derive(Debug, Clone, PartialEq)]
pub struct CandidateShift {
    /// Its numbers in the old and in the new assessment.
    pub candidate: (usize, usize),
    /// The change of its total; none where it has none by one of the two.
    pub total_change: Option<Fixed>,
    /// What vetoes make of the change; none where the rules take none, or there is no such change.
    pub vetoes: Option<Fixed>,
    /// The questions whose answer, value or points changed, in the order of the rules.
    pub questions: Vec<AnswerShift>,
}

/// What became of one answer.
#[derive(Debug, Clone, PartialEq)]
pub struct AnswerShift {
    /// The criterion, by number.
    pub criterion: usize,
    /// What it makes of the change of the total; the parts add up to it. None where there is no such change.
    pub part: Option<Fixed>,
    /// The old answer.
    pub old: AnswerState,
    /// The new answer.
    pub new: AnswerState,
    /// Why its value changed though its answer did not.
    pub because: Option<IndirectCause>,
}

/// Why a value or points changed though the answer did not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IndirectCause {
    /// The value is set against the other candidates, and they moved.
    Others,
    /// Other answers are missing than were, so that the weight is shared in another way.
    Weights,
}

/// An answer and what became of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AnswerState {
    /// The measure; none where it is missing.
    pub measure: Option<Estimate>,
    /// Its value, or what stands in for it; none where the question is left out.
    pub value: Option<Fixed>,
    /// Its points; a factor where the total is a weighted product.
    pub points: Fixed,
}

impl AnswerState {
    fn from_ranking(ranking: &Ranking<'_>, criterion: usize, candidate: usize) -> Self {
        let counts = ranking.takes_part(criterion, candidate);
        Self {
            measure: ranking.measure(criterion, candidate),
            value: counts.then(|| ranking.value(criterion, candidate)),
            points: ranking.points(criterion, candidate),
        }
    }
}

/// What became of every candidate that both rankings have, under one id or renamed, in the order of the new list. Both are
/// by rules that say the same.
///
/// # Errors
/// A total on the way that could not be made.
pub(super) fn shifts(old: &Ranking<'_>, new: &Ranking<'_>, renames: &Renames) -> Result<Vec<CandidateShift>, Problem> {
    let mut shifts = Vec::new();
    for candidate in new.order().iter().copied() {
        let Some(about) = new.assessment.candidates.get(candidate) else { continue };
        let was = renames.get(&about.id).unwrap_or(&about.id);
        if let Some(before) = old.assessment.candidate_number(was) {
            shifts.push(shift(old, before, new, candidate)?);
        }
    }
    shifts.retain(|shift| !shift.questions.is_empty() || shift.vetoes.is_some_and(|part| part.units() != 0));
    Ok(shifts)
}

fn shift(old: &Ranking<'_>, before: usize, new: &Ranking<'_>, after: usize) -> Result<CandidateShift, Problem> {
    let parts = difference_between((new, after), (old, before))?;
    let total = |ranking: &Ranking<'_>, candidate: usize| {
        ranking.outcome().total(candidate).map(|units| Fixed::new(units, ranking.rules.decimals))
    };
    let by = total(new, after).zip(total(old, before)).map(|(new, old)| new.minus(old));
    let question = |criterion: usize| {
        let (was, is) =
            (AnswerState::from_ranking(old, criterion, before), AnswerState::from_ranking(new, criterion, after));
        let part = parts.as_ref().and_then(|parts| parts.get(criterion).copied());
        let same = was == is && part.is_none_or(|part| part.units() == 0);
        (!same).then(|| AnswerShift { criterion, part, old: was, new: is, because: because(new, criterion, &was, &is) })
    };
    let questions = (0..new.rules.criteria.len()).filter_map(question).collect();
    let vetoes = parts.as_ref().filter(|_| new.rules.combine.takes_vetoes()).and_then(|parts| parts.last().copied());
    Ok(CandidateShift { candidate: (before, after), total_change: by, vetoes, questions })
}

fn because(ranking: &Ranking<'_>, criterion: usize, old: &AnswerState, new: &AnswerState) -> Option<IndirectCause> {
    let estimate = |answer: &AnswerState| answer.measure.map(|measure| measure.estimate);
    if estimate(old) != estimate(new) {
        return None;
    }
    let criterion = ranking.rules.criteria.get(criterion)?;
    match criterion.value.shape().needs_facts() {
        true if old.value != new.value => Some(IndirectCause::Others),
        _ if old.value == new.value && old.points != new.points => Some(IndirectCause::Weights),
        _ => None,
    }
}
