//! Candidates that gain by having no answer: what is meant to be neutral is worth more than most answers are.

use crate::diagnostic::Code;
use crate::rules::{AcceptedFinding, Criterion};
use crate::scoring::Ranking;
use crate::words::{counted, whole};

use super::finding::{Finding, first_named};
use super::rule_file_places::RuleFilePlaces;

/// Fewer known answers than this say nothing of what answers are worth.
const MIN_ANSWERS: usize = 3;

/// Criteria whose stand-in is meant to be neutral and is worth more than more than half of the known answers.
pub(super) fn paying(ranking: &Ranking<'_>, written: &RuleFilePlaces) -> Vec<Finding> {
    let all = ranking.rules.criteria.iter().enumerate();
    all.filter_map(|(number, criterion)| one(ranking, number, criterion, written)).collect()
}

/// Whether this assessment could have the finding that is accepted: an answer is missing, and enough are known.
pub(super) fn could_be_found(accept: &AcceptedFinding, ranking: &Ranking<'_>) -> bool {
    let all = ranking.rules.criteria.iter().enumerate();
    let mut accepted = all.filter(|(_, criterion)| accept.of.is_empty() || accept.of.contains(&criterion.id));
    accepted.any(|(number, criterion)| Answers::new(ranking, number, criterion).is_some())
}

fn one(ranking: &Ranking<'_>, number: usize, criterion: &Criterion, written: &RuleFilePlaces) -> Option<Finding> {
    let Answers { known, missing } = Answers::new(ranking, number, criterion)?;
    let stand_in = ranking.value(number, *missing.first()?);
    let below = known.iter().filter(|candidate| ranking.value(number, **candidate) < stand_in).count();
    if below * 2 <= known.len() {
        return None;
    }
    let candidates = missing.iter().filter_map(|it| ranking.assessment.candidates.get(*it));
    let names: Vec<String> = candidates.map(|about| format!("`{}`", about.id)).collect();
    let message = format!(
        "`{}` pays for a missing answer: `{}` is worth {}, more than {} of {}, and stands in for {}",
        criterion.id,
        criterion.missing.word(),
        stand_in.trimmed(),
        whole(below),
        counted(known.len(), "known answer", "known answers"),
        first_named(&names),
    );
    let help = "state a value and why, as `missing = { value = …, because = \"…\" }`, or take another policy";
    Some(Finding::new(Code::MissingPays, &[&criterion.id], written.missing(number), message, help))
}

/// Who has an answer, and who has none and is ranked all the same.
struct Answers {
    known: Vec<usize>,
    missing: Vec<usize>,
}

impl Answers {
    /// None where the policy makes no claim that the answers could belie, where it decides nothing, or where too few
    /// answers are known.
    fn new(ranking: &Ranking<'_>, number: usize, criterion: &Criterion) -> Option<Self> {
        let counts = ranking.rules.weights.shares().get(number).is_some_and(|share| *share > 0);
        if !criterion.missing.policy().is_meant_as_even() || !counts {
            return None;
        }
        let (known, missing): (Vec<usize>, Vec<usize>) =
            (0..ranking.order().len()).partition(|candidate| ranking.measure(number, *candidate).is_some());
        let ranked = |candidate: &usize| ranking.outcome().total(*candidate).is_some();
        let missing: Vec<usize> = missing.into_iter().filter(ranked).collect();
        (known.len() >= MIN_ANSWERS && !missing.is_empty()).then_some(Self { known, missing })
    }
}
