//! Evidence of another time, and leaders that little is known of, where the rules do not say how much is too much.

use crate::assessment::Period;
use crate::diagnostic::Code;
use crate::enough::{DatedEvidence, dated, months_in_words};
use crate::ranked::RankedAssessment;

use super::finding::Finding;

/// Where all evidence is older than this when the assessment's period ends, it is asked about.
const OLD_MONTHS: i64 = 24;
/// Evidence of later than this after the assessment's period is asked about. People judge when the figures are in.
const LATE_MONTHS: i64 = 24;
/// A leader with answers to less of the weight than this is asked about.
const HALF: f64 = 0.5;

/// All evidence that says what time it is about is of long before the assessment's period.
pub(super) fn all_old(report: &RankedAssessment<'_>) -> Option<Finding> {
    if report.rules.oldest_evidence_months.is_some() {
        return None;
    }
    let dated = dated(report.assessment, report.rules);
    let about = dated.iter().flat_map(|evidence| &evidence.about);
    let (newest, _) = about.max_by_key(|(period, _)| period.last_day())?;
    let age = report.assessment.period.months_after_end_of(*newest);
    if age <= OLD_MONTHS {
        return None;
    }
    let message = format!(
        "all evidence is old: the newest is of {newest}, which ends {} before the assessment's period does",
        months_in_words(age)
    );
    let help = "file newer evidence, or say in `[ruleset]` how old it may be: `oldest_evidence_months = 36`";
    Some(Finding::new(Code::AllEvidenceOld, &[], report.rules.place.clone(), message, help))
}

/// Evidence of long after the assessment's period: nobody can have had it then. Of each kind the latest.
pub(super) fn later(report: &RankedAssessment<'_>) -> Vec<Finding> {
    let after = |period: Period| -report.assessment.period.months_after_end_of(period);
    let latest = |evidence: &DatedEvidence<'_>| {
        let (period, place) = evidence.about.iter().max_by_key(|(period, _)| period.last_day())?;
        (after(*period) > LATE_MONTHS).then(|| {
            let message = format!(
                "`{}` is of {period}, which ends {} after the assessment's period does",
                evidence.name,
                months_in_words(after(*period))
            );
            let help = "correct its date or period, or the assessment's";
            Finding::new(Code::LaterEvidence, &[], (*place).clone(), message, help)
        })
    };
    dated(report.assessment, report.rules).iter().filter_map(latest).collect()
}

/// Whoever comes first is answered for less than half of the weight.
pub(super) fn unanswered_leader(report: &RankedAssessment<'_>) -> Option<Finding> {
    let leader = report.traces.iter().find(|trace| trace.rank == Some(1))?;
    if report.rules.answered_at_least.is_some() || leader.coverage.to_f64() >= HALF {
        return None;
    }
    let message = format!(
        "`{}` comes first with answers to {} of the weight: what stands in for the others decides",
        leader.id(),
        leader.coverage.trimmed()
    );
    let help = "file what is missing, or say in `[ruleset]` how much must be answered: `answered_at_least = 0.5`";
    Some(Finding::new(Code::LeaderUnanswered, &[], report.rules.place.clone(), message, help))
}
