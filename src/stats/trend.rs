//! A trend over years: how many per cent a count changes each year, and whether there is one to speak of.

use super::chance::two_sided;
use super::quantile;
use super::tails;
use super::window::float;
use super::{Confidence, Estimate};

/// The fewest points that make a trend.
const MIN_POINTS: usize = 5;
/// How far from a year the length of a point may be, in years.
const YEAR_TOLERANCE: f64 = 0.02;
/// When successive rounds of the fit agree.
const SETTLED: f64 = 1e-13;
const MAX_ROUNDS: usize = 100;

/// A count of one year.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AnnualCount {
    /// The first day of its period, in years from any fixed day.
    pub start: f64,
    /// The end of its last day, in the same years.
    pub end: f64,
    /// How often it happened, 0 or more.
    pub count: f64,
    /// What it is set against (months, or months × people), above 0.
    pub exposure: f64,
}

/// A trend that was fitted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Trend {
    /// The change of the rate in per cent a year, with its interval, widened where the counts are over-dispersed.
    pub per_cent_a_year: Estimate,
    /// The two-sided p-value that there is no trend, 0 to 1.
    pub p: f64,
    /// Pearson's chi-square over its degrees of freedom: about 1 if only chance moves the counts about the trend.
    pub dispersion: f64,
    /// How many points there were.
    pub points: usize,
}

/// Why there is no trend to speak of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoTrend {
    /// There are fewer than five points.
    TooFew,
    /// Two periods overlap, as rolling years do.
    Overlapping,
    /// A period is not a year long, so seasons would pass for a trend.
    NotAnnual,
    /// What is counted changed between the first day and the last.
    BreakInSeries,
    /// There is nothing to fit: too few events, or all of them at one end.
    NoFit,
}

/// The trend of at least five annual counts, oldest first; `breaks` are days, in the same years, from which on something
/// else was counted.
///
/// A Poisson regression `ln E(count) = a + b·year + ln(exposure)` by iteratively reweighted least squares, the year that
/// of each period's middle. The trend is `100(exp(b) − 1)`, its interval the wider one of `b ± z·s` and `b ± t·s·√φ`, with φ
/// Pearson's chi-square over n − 2 and Student's t with n − 2 degrees of freedom; its p-value is the larger one likewise.
/// So chance alone moves the counts at least as a Poisson distribution has it, and more where they show more.
///
/// # Errors
/// Why no trend can be spoken of.
///
/// Source: McCullagh and Nelder, *Generalized Linear Models* (2nd ed., 1989), sections 2.5, 4.5.2, 6.2 and 6.2.3.
pub fn trend(points: &[AnnualCount], breaks: &[f64], confidence: Confidence) -> Result<Trend, NoTrend> {
    suited(points, breaks)?;
    let middle = |point: &AnnualCount| f64::midpoint(point.start, point.end);
    let origin = points.iter().map(middle).sum::<f64>() / float(points.len());
    let rows: Vec<Row> = points
        .iter()
        .map(|point| Row { year: middle(point) - origin, count: point.count, exposure: point.exposure })
        .collect();
    let fit = fit(&rows).ok_or(NoTrend::NoFit)?;
    let squares = rows.iter().map(|row| {
        let expected = fit.expected(row);
        (row.count - expected) * (row.count - expected) / expected
    });
    let degrees = float(points.len() - 2);
    let dispersion = squares.sum::<f64>() / degrees;
    let error = fit.error * dispersion.sqrt();
    let half = (confidence.z() * fit.error).max(quantile::students_t(degrees, confidence.tail()) * error);
    let per_cent = |slope: f64| 100.0 * libm::expm1(slope);
    Ok(Trend {
        per_cent_a_year: Estimate::between(per_cent(fit.slope), per_cent(fit.slope - half), per_cent(fit.slope + half)),
        p: two_sided(fit.slope / fit.error).max(two_sided_t(degrees, fit.slope.abs() / error)),
        dispersion,
        points: points.len(),
    })
}

/// The two-sided p-value of Student's t, 0 or more and perhaps infinite.
fn two_sided_t(degrees: f64, t: f64) -> f64 {
    match () {
        () if t >= 1e150 => 0.0,
        () if t > 0.0 => 2.0 * tails::students_t(degrees, t).probability,
        () => 1.0,
    }
}

fn suited(points: &[AnnualCount], breaks: &[f64]) -> Result<(), NoTrend> {
    let (Some(first), Some(last)) = (points.first(), points.last()) else { return Err(NoTrend::TooFew) };
    // Half a day of grace: years are reckoned in fractions.
    let day = 0.5 / 365.25;
    if points.iter().zip(points.iter().skip(1)).any(|(earlier, later)| later.start < earlier.end - day) {
        return Err(NoTrend::Overlapping);
    }
    if points.iter().any(|point| (point.end - point.start - 1.0).abs() > YEAR_TOLERANCE) {
        return Err(NoTrend::NotAnnual);
    }
    if breaks.iter().any(|date| *date > first.start + day && *date < last.end - day) {
        return Err(NoTrend::BreakInSeries);
    }
    if points.len() < MIN_POINTS {
        return Err(NoTrend::TooFew);
    }
    let sound = points.iter().all(|point| point.count >= 0.0 && point.exposure > 0.0);
    let happened = points.iter().filter(|point| point.count > 0.0).count();
    if sound && happened > 1 { Ok(()) } else { Err(NoTrend::NoFit) }
}

struct Row {
    year: f64,
    count: f64,
    exposure: f64,
}

/// `ln E(count) = level + slope·year + ln(exposure)`, and the standard error of the slope.
struct Fit {
    level: f64,
    slope: f64,
    error: f64,
}

impl Fit {
    fn expected(&self, row: &Row) -> f64 {
        row.exposure * libm::exp(self.level + self.slope * row.year)
    }
}

fn fit(rows: &[Row]) -> Option<Fit> {
    let total = |of: &dyn Fn(&Row) -> f64| rows.iter().map(of).sum::<f64>();
    let level = libm::log(total(&|row| row.count) / total(&|row| row.exposure));
    let mut fit = Fit { level, slope: 0.0, error: 0.0 };
    for _ in 0..MAX_ROUNDS {
        // Fisher scoring, which for the logarithm as link is the reweighted least squares.
        let weight = total(&|row| fit.expected(row));
        let moment = total(&|row| fit.expected(row) * row.year);
        let square = total(&|row| fit.expected(row) * row.year * row.year);
        let off = total(&|row| row.count - fit.expected(row));
        let off_moment = total(&|row| (row.count - fit.expected(row)) * row.year);
        let determinant = weight * square - moment * moment;
        let level = (square * off - moment * off_moment) / determinant;
        let slope = (weight * off_moment - moment * off) / determinant;
        fit = Fit { level: fit.level + level, slope: fit.slope + slope, error: (weight / determinant).sqrt() };
        if !fit.level.is_finite() || !fit.slope.is_finite() || !fit.error.is_finite() {
            return None;
        }
        if level.abs() < SETTLED && slope.abs() < SETTLED {
            return Some(fit);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::check::close;

    fn trend_of(points: &[AnnualCount], breaks: &[f64]) -> Result<Trend, NoTrend> {
        trend(points, breaks, Confidence::default())
    }

    fn years(counts: &[f64]) -> Vec<AnnualCount> {
        let point = |(at, count): (usize, &f64)| {
            let start = 2014.0 + float(at);
            AnnualCount { start, end: start + 1.0, count: *count, exposure: 12.0 }
        };
        counts.iter().enumerate().map(point).collect()
    }

    #[test]
    fn growth_by_a_tenth_is_found() {
        let found = trend_of(&years(&[1000.0, 1100.0, 1210.0, 1331.0, 1464.1]), &[]).unwrap();
        close(found.per_cent_a_year.estimate, 10.0, 1e-10);
        assert!(found.p < 1e-10 && found.dispersion < 1e-10);
    }

    #[test]
    fn ambulance_calls_in_huntingdonshire() {
        // Huntingdonshire strategic assessment 2019/20, Table 3 (ambulance call-outs), 2014 to 2018: the first trend of
        // tests/statistics/grid.toml.
        let found = trend_of(&years(&[204.0, 197.0, 131.0, 137.0, 119.0]), &[]).unwrap();
        assert!((found.per_cent_a_year.estimate + 14.0).abs() < 1.0, "{found:?}");
        assert!(found.dispersion > 1.0 && found.p < 0.05, "{found:?}");
    }

    #[test]
    fn what_is_no_trend() {
        let counts = [204.0, 197.0, 131.0, 137.0, 119.0];
        assert_eq!(trend_of(&years(&counts[..4]), &[]), Err(NoTrend::TooFew));
        assert_eq!(trend_of(&[], &[]), Err(NoTrend::TooFew));
        let mut rolling = years(&counts);
        rolling.iter_mut().enumerate().for_each(|(at, point)| {
            point.start = 2014.0 + float(at) / 12.0;
            point.end = point.start + 1.0;
        });
        assert_eq!(trend_of(&rolling, &[]), Err(NoTrend::Overlapping));
        let mut short = years(&counts);
        short[4].end = 2018.8;
        assert_eq!(trend_of(&short, &[]), Err(NoTrend::NotAnnual));
        assert_eq!(trend_of(&years(&counts), &[2017.25]), Err(NoTrend::BreakInSeries));
        assert!(trend_of(&years(&counts), &[2014.0, 2019.0, 2013.5]).is_ok());
        assert_eq!(trend_of(&years(&[0.0, 0.0, 0.0, 0.0, 5.0]), &[]), Err(NoTrend::NoFit));
        assert_eq!(trend_of(&years(&[0.0; 5]), &[]), Err(NoTrend::NoFit));
    }

    #[test]
    fn a_growing_population_is_no_trend() {
        let mut points = years(&[100.0, 110.0, 120.0, 130.0, 140.0]);
        for point in &mut points {
            point.exposure = point.count;
        }
        let found = trend_of(&points, &[]).unwrap();
        assert!(found.per_cent_a_year.estimate.abs() < 1e-9 && found.p > 0.99);
    }
}
