//! Measures that take a plain number out of evidence: its interval is lost, and so are the breaks of its series.

use std::collections::BTreeSet;

use super::finding::Finding;
use crate::assessment::Figure;
use crate::diagnostic::{Code, quoted_list};
use crate::ranked::RankedAssessment;
use crate::rules::Criterion;
use crate::rules::script::fields;
use crate::stats::Estimate;
use crate::words::{either, listed};

/// A field that gives a figure alone, and the evidence that has it.
type PlainField = (&'static str, fn(&Figure) -> bool);

const PLAIN_FIELDS: [PlainField; 5] = [
    ("count", |figure| matches!(figure, Figure::Count(_) | Figure::Series(_) | Figure::Offences(_))),
    ("percentage", |figure| matches!(figure, Figure::Percentage(_) | Figure::Percentages(_))),
    ("rate", |figure| matches!(figure, Figure::Rate(_))),
    ("score", |figure| matches!(figure, Figure::Judgement(_))),
    // Of a finding or an estimate, whatever that was made of.
    ("estimate", |_| true),
];

/// Measures without an interval that were made of evidence which has one, by a field that leaves it out.
pub(super) fn lost(report: &RankedAssessment<'_>) -> Vec<Finding> {
    report
        .rules
        .criteria
        .iter()
        .enumerate()
        .filter_map(|(number, criterion)| {
            let read = fields(&criterion.measure, &report.rules.library);
            let plain: Vec<PlainField> = PLAIN_FIELDS.into_iter().filter(|(name, _)| read.contains(*name)).collect();
            let from = lost_from(report, number, criterion, &plain);
            let fields: Vec<String> = plain.iter().map(|(name, _)| format!("`.{name}`")).collect();
            (!from.is_empty()).then(|| finding(criterion, &fields, &from.into_iter().collect::<Vec<_>>()))
        })
        .collect()
}

/// The evidence whose interval is not in the measure of a candidate that has both.
fn lost_from<'a>(
    report: &RankedAssessment<'a>,
    number: usize,
    criterion: &'a Criterion,
    plain: &[PlainField],
) -> BTreeSet<&'a str> {
    let without = |candidate: &usize| {
        report.ranking.measure(number, *candidate).is_some_and(|measure: Estimate| measure.interval.is_none())
    };
    let has_interval = |name: &str, candidate: usize| {
        let evidence = report.assessment.evidence.get(name).and_then(|column| column.get(candidate));
        evidence.is_some_and(|evidence| {
            let is_read = plain.iter().any(|(_, has_it)| has_it(&evidence.figure));
            is_read && evidence.figure.headline().is_some_and(|headline| headline.interval.is_some())
        })
    };
    let mut from = BTreeSet::new();
    for candidate in (0..report.assessment.candidates.len()).filter(without) {
        let reads = criterion.measure.reads.iter().map(String::as_str);
        from.extend(reads.filter(|name| has_interval(name, candidate)));
    }
    from
}

fn finding(criterion: &Criterion, plain: &[String], from: &[&str]) -> Finding {
    let message = format!(
        "the measure of `{}` takes {} out of {}: a plain number, without the interval, and no break of a series is noticed",
        criterion.id,
        listed(plain),
        quoted_list(from),
    );
    let help = format!(
        "leave {} out where evidence or a finding can stand for itself, as in `{}`; `per_year()`, `rate(…)` and \
         `to_estimate()` keep the interval, and `change_from(…)` notices breaks too; or accept it with a reason",
        either(plain),
        from.first().copied().unwrap_or_default(),
    );
    Finding::new(Code::IntervalLost, &[&criterion.id], criterion.measure.place(), message, help)
}
