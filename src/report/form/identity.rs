//! What every form says of itself, hidden: which assessment and which rules it was made of.

use crate::ranked::RankedAssessment;
use crate::sheet::IDENTITY;

/// The keys, each with what it is.
pub(super) fn identity(report: &RankedAssessment<'_>) -> Vec<(&'static str, String)> {
    let assessment = report.assessment;
    let names = [assessment.title.clone(), assessment.partnership.clone(), assessment.period.to_string()];
    let digests =
        [("digest of the assessment", assessment.digest.clone()), ("digest of the rules", report.rules.digest.clone())];
    IDENTITY.into_iter().zip(names).chain(digests).collect()
}
