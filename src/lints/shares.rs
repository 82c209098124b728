//! Percentages below 1, which may be shares: 0.18 for 18%.

use super::finding::{Finding, first_named};
use crate::assessment::EvidenceKind;
use crate::diagnostic::Code;
use crate::ranked::RankedAssessment;
use crate::words::number;

/// Percentages above 0 and below 1, a finding for each kind of evidence that has some.
pub(super) fn for_percentages(report: &RankedAssessment<'_>) -> Vec<Finding> {
    let declared = report.rules.evidence.iter();
    let names = declared.filter(|(_, declared)| declared.kind == EvidenceKind::Percentage).map(|(name, _)| name);
    names.filter_map(|name| of_evidence(report, name)).collect()
}

fn of_evidence(report: &RankedAssessment<'_>, name: &str) -> Option<Finding> {
    let column = report.assessment.evidence.get(name)?;
    let written = column
        .written()
        .filter_map(|(candidate, evidence)| Some((candidate, evidence.figure.headline()?.estimate, &evidence.place)));
    // A column is of one make: where one figure is above 1 all are percentages.
    let tables = column.tables().iter().filter(|table| !table.numbers.iter().any(|number| *number > 1.0));
    let cells = tables.flat_map(|table| {
        table.numbers.iter().enumerate().map(|(candidate, number)| (candidate, *number, &table.place))
    });
    let low: Vec<_> = written.chain(cells).filter(|(_, number, _)| *number > 0.0 && *number < 1.0).collect();
    let (_, percentage, place) = low.first()?;
    let candidates = low.iter().filter_map(|(candidate, ..)| report.assessment.candidates.get(*candidate));
    let ids: Vec<String> = candidates.map(|about| format!("`{}`", about.id)).collect();
    let (shown, meant) = (number(*percentage, 6), number(percentage * 100.0, 4));
    let message = format!(
        "`{name}` is below 1% for {}: it says {shown} in 100, and a share of {shown} is {meant}%",
        first_named(&ids)
    );
    let help = format!(
        "write `{meant}` if {meant}% is meant; if {shown}% is, accept `share-for-percentage` in the rules with the reason"
    );
    Some(Finding::new(Code::ShareForPercentage, &[name], (*place).clone(), message, help))
}
