//! What of a session is other in an assessment and its rules by now: each weight, judgement and decision, in words.

use std::collections::BTreeMap;

use super::decisions::new_decisions;
use super::format::{SessionFile, SettledDecision, SettledJudgement};
use super::weights::{new_weights, without_weight};
use crate::assessment::{Assessment, Figure};
use crate::ranked::RankedAssessment;
use crate::rules::RuleSet;
use crate::words::{one_line, visible};

/// What is other than the session settled, a sentence without its full stop each; nothing where all is as it was applied.
pub(super) fn changed_since(report: &RankedAssessment<'_>, session: &SessionFile) -> Vec<String> {
    let (assessment, rules) = (report.assessment, report.rules);
    let mut told = match new_weights(rules, &session.weights) {
        Ok(new) => new.iter().map(super::weights::NewWeight::since).collect(),
        Err(problems) => problems.iter().map(|problem| problem.message.clone()).collect::<Vec<_>>(),
    };
    told.extend(without_weight(rules, &session.weights));
    told.extend(session.judgements.iter().filter_map(|judgement| judged_since(assessment, rules, judgement)));
    told.extend(new_decisions(assessment, &session.decisions).into_iter().map(|one| decided_since(assessment, one)));
    told.iter().map(|sentence| visible(sentence, &[]).into_owned()).collect()
}

/// Whose scores are others now.
fn judged_since(assessment: &Assessment, rules: &RuleSet, judgement: &SettledJudgement) -> Option<String> {
    let settled = judgement.scores.iter().filter_map(|it| Some((one_line(&it.by), it.score.parse::<f64>().ok()?)));
    let settled: BTreeMap<String, f64> = settled.collect();
    let filed = filed_scores(assessment, judgement);
    let words = |scores: &BTreeMap<String, f64>, by: &str| scores.get(by).map_or("none".to_owned(), f64::to_string);
    let roles = settled.keys().chain(filed.keys().filter(|by| !settled.contains_key(*by)));
    let other = roles.filter(|by| settled.get(*by) != filed.get(*by));
    let other: Vec<String> =
        other.map(|by| format!("{by} {}, now {}", words(&settled, by), words(&filed, by))).collect();
    let asked = rules.criteria.iter().find(|criterion| criterion.id == judgement.criterion);
    let title = asked.map_or(&*judgement.criterion, |criterion| &*criterion.title);
    (!other.is_empty()).then(|| format!("{title} of {}: {}", judgement.candidate, other.join("; ")))
}

/// Who judged it how by what is filed.
fn filed_scores(assessment: &Assessment, judgement: &SettledJudgement) -> BTreeMap<String, f64> {
    let candidate = assessment.candidates.iter().position(|candidate| candidate.id == judgement.candidate);
    let column = assessment.evidence.get(&judgement.evidence);
    let evidence = candidate.and_then(|candidate| column?.get(candidate));
    match evidence.as_ref().map(|evidence| &evidence.figure) {
        Some(Figure::Judgement(filed)) => filed.scores.iter().map(|it| (one_line(&it.by), it.score)).collect(),
        _ => BTreeMap::new(),
    }
}

fn decided_since(assessment: &Assessment, settled: &SettledDecision) -> String {
    let filed = assessment.decisions.as_ref().and_then(|filed| filed.decisions.get(&settled.candidate));
    let now = match filed {
        None => "undecided".to_owned(),
        Some(now) if now.outcome == settled.outcome => "with another place, reason or speaker".to_owned(),
        Some(now) => now.outcome.word().to_owned(),
    };
    format!("{}: {}, now {now}", settled.candidate, settled.outcome.word())
}
