//! What changed in the evidence, and what each question makes of it.

use super::movement::{MAX_LINES, turned};
use super::section::{DiffSection, DiffTable};
use crate::diff::{AnswerShift, AnswerState, CandidateShift, DiffSide, EvidenceComparison, IndirectCause};
use crate::rules::{Criterion, RuleSet};
use crate::words::{listed, lower_title, whole, with_unit};

/// Every candidate of whom an answer changed, with the answers and what they make of the change of its total.
pub(super) fn answers(found: &EvidenceComparison, new: DiffSide<'_>) -> Vec<DiffSection> {
    let mut head = DiffSection::new("What changed in the evidence");
    if found.shifts.is_empty() {
        head.before.push("No answer changed for any candidate that is in both assessments.".to_owned());
        return vec![head];
    }
    head.before.push(
        "Answers, values and points, old → new. The parts under \"by\" add up to the change in the total.".to_owned(),
    );
    if found.shifts.len() > MAX_LINES {
        let all = whole(found.shifts.len());
        head.before.push(format!("The first {MAX_LINES} of {all} candidates are shown; the JSON has all."));
    }
    let shifts = found.shifts.iter().take(MAX_LINES);
    std::iter::once(head).chain(shifts.map(|shift| of_candidate(shift, found, new))).collect()
}

fn of_candidate(shift: &CandidateShift, found: &EvidenceComparison, new: DiffSide<'_>) -> DiffSection {
    let about = new.assessment.candidates.get(shift.candidate.1);
    let mover = found.moved.movers.iter().find(|mover| about.is_some_and(|about| about.id == mover.new.id));
    let title = mover.map(|mover| &mover.new.title).or(about.map(|about| &about.title)).map_or("", String::as_str);
    let total = mover.map(|mover| {
        let shown =
            |total: Option<crate::scoring::Fixed>| total.map_or_else(|| "no total".to_owned(), |it| it.to_string());
        turned(&shown(mover.old.total), &shown(mover.new.total))
    });
    let by = shift.total_change.map_or_else(String::new, |by| format!(", {}", by.signed()));
    let mut section = DiffSection::within(match total {
        Some(total) => format!("{title}: {total}{by}"),
        None => format!("{title}: its total is the same"),
    });
    section.table = DiffTable::new(&[("", false), ("by", true), ("answer", false), ("value", true), ("points", true)]);
    section.table.rows = shift.questions.iter().filter_map(|question| row(question, new.rules)).collect();
    let vetoes = shift.vetoes.filter(|part| part.units() != 0);
    section.table.rows.extend(vetoes.map(|part| {
        let nothing = String::new;
        vec!["Vetoes".to_owned(), part.signed(), nothing(), nothing(), nothing()]
    }));
    section.after = [IndirectCause::Others, IndirectCause::Weights]
        .into_iter()
        .filter_map(|why| note(shift, why, new.rules))
        .collect();
    section
}

fn row(question: &AnswerShift, rules: &RuleSet) -> Option<Vec<String>> {
    let criterion = rules.criteria.get(question.criterion)?;
    let value = |answer: &AnswerState| answer.value.map_or_else(|| "–".to_owned(), crate::scoring::Fixed::trimmed);
    Some(vec![
        criterion.title.clone(),
        question.part.map_or_else(String::new, crate::scoring::Fixed::signed),
        answers_of(question, criterion),
        turned(&value(&question.old), &value(&question.new)),
        turned(&question.old.points.to_string(), &question.new.points.to_string()),
    ])
}

/// Both answers with their intervals, and the unit once.
fn answers_of(question: &AnswerShift, criterion: &Criterion) -> String {
    let bare = |answer: &AnswerState| answer.measure.map(|measure| criterion.figure_with_interval(measure));
    let full = |figure: &str| with_unit(figure, criterion.unit_behind());
    match (bare(&question.old), bare(&question.new)) {
        (Some(old), Some(new)) if old == new => full(&new),
        (Some(old), Some(new)) => format!("{old} → {}", full(&new)),
        (Some(old), None) => format!("{} → no answer", full(&old)),
        (None, Some(new)) => format!("no answer → {}", full(&new)),
        (None, None) => "no answer".to_owned(),
    }
}

/// Why values or points changed though answers did not.
fn note(shift: &CandidateShift, why: IndirectCause, rules: &RuleSet) -> Option<String> {
    let of = shift.questions.iter().filter(|question| question.because == Some(why));
    let titles: Vec<String> =
        of.filter_map(|question| rules.criteria.get(question.criterion)).map(|it| lower_title(&it.title)).collect();
    let told = match why {
        IndirectCause::Others => {
            "its own answer is the same; its value moved only because other candidates' answers did"
        }
        IndirectCause::Weights => "only its weight changed, because different answers are missing now",
    };
    (!titles.is_empty()).then(|| format!("On {}: {told}.", listed(&titles)))
}
