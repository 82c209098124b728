//! Plain numbers of counts on the two sides of a break: what refuses to compare such counts does not see them.

use std::collections::BTreeSet;

use super::finding::Finding;
use crate::assessment::Series;
use crate::diagnostic::Code;
use crate::ranked::RankedAssessment;
use crate::rules::script::{Expression, names_reached};
use crate::words::{either, listed};

/// Measures and gates that take plain numbers out of a series whose counts they read lie on both sides of a break.
pub(super) fn across(report: &RankedAssessment<'_>) -> Vec<Finding> {
    let measures = report.rules.criteria.iter().map(|criterion| ("the measure of", &*criterion.id, &criterion.measure));
    let gates = report.rules.gates.iter().map(|gate| ("the gate", &*gate.id, &gate.when));
    measures.chain(gates).filter_map(|(what, id, expression)| finding(report, what, id, expression)).collect()
}

fn finding(report: &RankedAssessment<'_>, what: &str, id: &str, expression: &Expression) -> Option<Finding> {
    let names = names_reached(expression, &report.rules.library);
    let field = names.fields.contains("count").then(|| "`.count`".to_owned());
    let plain: Vec<String> =
        field.into_iter().chain(names.calls.contains("per_year").then(|| "`per_year()`".to_owned())).collect();
    let earliest = earliest(&names.calls)?;
    if plain.is_empty() {
        return None;
    }
    let (name, candidate, breaks) = expression.reads.iter().find_map(|name| {
        let column = report.assessment.evidence.get(name)?;
        report.assessment.candidates.iter().enumerate().find_map(|(candidate, about)| {
            let evidence = column.get(candidate)?;
            let series = evidence.figure.as_series()?;
            let breaks = series.latest()?.breaks_told(earliest(series)?);
            (!breaks.is_empty()).then_some((name, &about.id, breaks))
        })
    })?;
    let message = format!(
        "{what} `{id}` takes {} out of counts on both sides of a break: of `{name}` of `{candidate}` {}; plain numbers \
         are compared without a word",
        listed(&plain),
        listed(&breaks)
    );
    let help = format!(
        "leave {} out and compare the counts, by `change_from(…)` or `rate_ratio(…)`, which notice breaks; or accept it \
         with a reason",
        either(&plain)
    );
    Some(Finding::new(Code::AcrossABreak, &[id], expression.place(), message, help))
}

/// What gives the earliest count of a series that an expression with these calls can reach; none where that is the latest.
fn earliest(calls: &BTreeSet<String>) -> Option<fn(&Series) -> Option<&crate::assessment::Count>> {
    match () {
        () if calls.contains("first") || calls.contains("counts") => Some(Series::first),
        () if calls.contains("previous") => Some(Series::previous),
        () => None,
    }
}
