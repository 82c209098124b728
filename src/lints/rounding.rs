//! Measures that lose what they say when they are rounded: `1 / x` for an `x` of 200,000, at two decimals.

use super::finding::{Finding, first_named};
use crate::diagnostic::{Code, Problem};
use crate::ranked::RankedAssessment;
use crate::rules::Criterion;
use crate::words::{counted, number};

/// So much of a measure, and of what lies between the lowest and the highest, may be rounded away.
const MOST_LOST: f64 = 0.01;
/// So many significant digits say all that a measure can.
const DIGITS: usize = 3;
/// The most decimals that a criterion can have.
const MOST_DECIMALS: u32 = 6;

/// Criteria whose decimals are too few for the measures of some candidates.
///
/// # Errors
/// As the measures'.
pub(super) fn rounded_away(report: &RankedAssessment<'_>) -> Result<Vec<Finding>, Problem> {
    let mut findings = Vec::new();
    for (number, criterion) in report.rules.criteria.iter().enumerate().filter(|(_, it)| it.levels.is_none()) {
        findings.extend(of_criterion(report, number, criterion)?);
    }
    Ok(findings)
}

fn of_criterion(report: &RankedAssessment<'_>, at: usize, criterion: &Criterion) -> Result<Option<Finding>, Problem> {
    let exact = report.ranking.unrounded(at)?;
    let ends = exact.iter().map(|(_, measure)| *measure);
    let spread = ends.clone().fold(f64::NEG_INFINITY, f64::max) - ends.fold(f64::INFINITY, f64::min);
    let lost = |(candidate, exact): &(usize, f64)| {
        let rounded = report.ranking.measure(at, *candidate)?.estimate;
        let off = (rounded - exact).abs();
        (off > exact.abs() * MOST_LOST && off > spread * MOST_LOST).then_some((*candidate, *exact, rounded))
    };
    let lost: Vec<(usize, f64, f64)> = exact.iter().filter_map(lost).collect();
    let Some(smallest) = lost.iter().map(|(_, exact, _)| exact.abs()).min_by(f64::total_cmp) else { return Ok(None) };
    let shown = |(candidate, exact, rounded): &(usize, f64, f64)| {
        let id = report.assessment.candidates.get(*candidate).map_or("", |about| &about.id);
        let digits = decimals_for(*exact);
        format!("`{id}` ({} for {})", number(*rounded, criterion.decimals), number(*exact, digits))
    };
    let message = format!(
        "rounding the measure of `{}` to {} changes it by more than one part in a hundred: {}",
        criterion.id,
        counted(usize::try_from(criterion.decimals).unwrap_or(0), "decimal", "decimals"),
        first_named(&lost.iter().map(shown).collect::<Vec<_>>()),
    );
    let needed = decimals_for(smallest);
    let help = match needed {
        0..=MOST_DECIMALS => format!("write `decimals = {needed}`, or accept it with a reason"),
        _ => "measure it in a smaller unit, as per 1,000 or per 100,000: six decimals are the most".to_owned(),
    };
    Ok(Some(Finding::new(Code::RoundedAway, &[&criterion.id], criterion.place.clone(), message, help)))
}

/// The decimals with which a number has three significant digits.
fn decimals_for(x: f64) -> u32 {
    let mut tenfold = std::iter::successors(Some(x.abs()), |x| Some(x * 10.0)).take(18);
    let zeros = tenfold.position(|x| x >= 1.0).unwrap_or(18);
    u32::try_from(zeros + DIGITS - 1).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_digits_say_it() {
        assert_eq!([5e-6, 0.034, 0.5, 3.43].map(decimals_for), [8, 4, 3, 2]);
    }
}
