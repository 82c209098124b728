//! What every form says of itself, hidden: which assessment and which rules it was made of.

use crate::ranked::RankedAssessment;

/// The keys, each with what it is.
pub(super) fn identity(report: &RankedAssessment<'_>) -> Vec<(&'static str, String)> {
    let assessment = report.assessment;
    vec![
        ("assessment", assessment.title.clone()),
        ("partnership", assessment.partnership.clone()),
        ("period", assessment.period.to_string()),
        ("digest of the assessment", assessment.digest.clone()),
        ("digest of the rules", report.rules.digest.clone()),
    ]
}
