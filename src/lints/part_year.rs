//! The latest month or quarter taken for a year, where the whole year is filed: a month times twelve is no year.

use super::finding::Finding;
use crate::assessment::{Count, Series};
use crate::diagnostic::Code;
use crate::ranked::RankedAssessment;
use crate::rules::script::{Expression, names_reached};
use crate::words::counted;

/// Months of a whole year, with room for the days by which quarters of weeks miss it.
const WHOLE_YEAR: std::ops::RangeInclusive<f64> = 11.8..=12.2;

/// Measures that make a yearly figure of the latest count of a series alone, though the year up to it is filed in parts.
pub(super) fn times_twelve(report: &RankedAssessment<'_>) -> Vec<Finding> {
    report.rules.criteria.iter().filter_map(|criterion| finding(report, &criterion.id, &criterion.measure)).collect()
}

fn finding(report: &RankedAssessment<'_>, id: &str, measure: &Expression) -> Option<Finding> {
    let names = names_reached(measure, &report.rules.library);
    let yearly = ["per_year", "rate"].into_iter().find(|call| names.calls.contains(*call))?;
    let others = ["previous", "first", "counts"].iter().any(|call| names.calls.contains(*call));
    if others || !names.calls.contains("latest") {
        return None;
    }
    let (name, candidate, parts) = measure.reads.iter().find_map(|name| {
        let column = report.assessment.evidence.get(name)?;
        report.assessment.candidates.iter().enumerate().find_map(|(candidate, about)| {
            let evidence = column.get(candidate)?;
            Some((name, &about.id, parts_of_latest_year(evidence.figure.as_series()?)?.to_vec()))
        })
    })?;
    let latest = parts.last()?;
    let all: f64 = parts.iter().map(|count| count.count).sum();
    let message = format!(
        "the measure of `{id}` makes a year of the latest count of `{name}` alone, by `{yearly}(…)`: {} of `{candidate}`, \
         though {} that make up a whole year are filed, with {all} in all",
        latest.period,
        counted(parts.len(), "period", "periods"),
    );
    let help = "file years instead, as the imports do with `--every year`; or accept it with a reason";
    Some(Finding::new(Code::PartOfAYear, &[id], measure.place(), message, help))
}

/// The latest counts of a series that together cover a year without a gap; none where the latest covers one, or where
/// no number of them does.
fn parts_of_latest_year(series: &Series) -> Option<&[Count]> {
    let counts = &*series.counts;
    let adjoin = |pair: &[Count]| matches!(pair, [one, next] if next.period.follows(one.period));
    let mut months = counts.last()?.period.months();
    let mut start = counts.len() - 1;
    for pair in counts.windows(2).rev() {
        if months > *WHOLE_YEAR.end() || !adjoin(pair) {
            return None;
        }
        months += pair.first()?.period.months();
        start -= 1;
        if WHOLE_YEAR.contains(&months) {
            return counts.get(start..);
        }
    }
    None
}
