//! Harm: offences weighted by the seriousness of each.

use super::chance::two_sided;
use super::{Confidence, Estimate};

/// The harm of a list of offences.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Harm {
    /// `Σ weight × count` of the offences that have a weight, with its interval.
    pub estimate: Estimate,
    /// Its variance, `Σ weight² × count`.
    pub variance: f64,
    /// How many offences have a weight.
    pub matched: f64,
    /// How many offences have none, and are in no figure here.
    pub unmatched: f64,
    /// The row with most of the harm; none where there is no harm.
    pub heaviest: Option<Heaviest>,
}

/// The row with most of the harm; the first of equals.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Heaviest {
    /// Its place in the list, from 0.
    pub row: usize,
    /// How many offences it is.
    pub count: f64,
    /// Its share of the harm, above 0 up to 1.
    pub share: f64,
}

/// The harm of a list of offences, `H = Σ weight × count`, with its interval.
///
/// Each row is (count, weight), the weight in days of imprisonment (Cambridge Crime Harm Index) or another measure of
/// one offence's harm; an offence without a weight is counted as unmatched and never as harmless. Counts are taken as
/// independent Poisson, so `Var(H) = Σ weight² × count`; the interval is normal, and its lower end is never below 0.
///
/// Source: Sherman, Neyroud and Neyroud (2016), *Policing* 10(3), 171–183; variance of a weighted sum of Poisson counts.
pub fn harm(rows: impl IntoIterator<Item = (f64, Option<f64>)>, confidence: Confidence) -> Harm {
    let (mut total, mut variance, mut matched, mut unmatched) = (0.0, 0.0, 0.0, 0.0);
    let mut most: Option<(usize, f64, f64)> = None;
    for (row, (count, weight)) in rows.into_iter().enumerate() {
        let Some(weight) = weight else {
            unmatched += count;
            continue;
        };
        total += weight * count;
        variance += weight * weight * count;
        matched += count;
        if most.is_none_or(|(_, _, harm)| weight * count > harm) {
            most = Some((row, count, weight * count));
        }
    }
    let half = confidence.z() * f64::sqrt(variance);
    let heaviest = most.filter(|_| total > 0.0).map(|(row, count, harm)| Heaviest { row, count, share: harm / total });
    let estimate = Estimate::between(total, (total - half).max(0.0), total + half);
    Harm { estimate, variance, matched, unmatched, heaviest }
}

/// How the harm a month has changed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HarmChange {
    /// The rate of harm now over that before, with its interval.
    pub ratio: Estimate,
    /// The difference in standard deviations; above 0 for a rise.
    pub z: f64,
    /// The two-sided p-value of `z`, 0 to 1.
    pub p: f64,
}

/// How harm has changed: each is a harm with its exposure (months, or months × people), above 0.
///
/// `z = (H₁/e₁ − H₂/e₂) / √(V₁/e₁² + V₂/e₂²)`; the interval of the ratio is `R·exp(±z√(V₁/H₁² + V₂/H₂²))`. `None`
/// where either harm is zero.
///
/// Source: variance of a weighted sum of Poisson counts, and of its logarithm by the delta method.
pub fn harm_change(now: (&Harm, f64), before: (&Harm, f64), confidence: Confidence) -> Option<HarmChange> {
    let ((new, new_exposure), (old, old_exposure)) = (now, before);
    let (h1, h2) = (new.estimate.estimate, old.estimate.estimate);
    if !(h1 > 0.0 && h2 > 0.0 && new_exposure > 0.0 && old_exposure > 0.0) {
        return None;
    }
    let (rate1, rate2) = (h1 / new_exposure, h2 / old_exposure);
    let of = |harm: &Harm, exposure: f64| harm.variance / exposure / exposure;
    let z = (rate1 - rate2) / (of(new, new_exposure) + of(old, old_exposure)).sqrt();
    let factor = libm::exp(confidence.z() * (new.variance / h1 / h1 + old.variance / h2 / h2).sqrt());
    let ratio = rate1 / rate2;
    Some(HarmChange { ratio: Estimate::between(ratio, ratio / factor, ratio * factor), z, p: two_sided(z) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::check::close;

    /// Huntingdonshire strategic assessment 2019/20, second Table 3, November 2016 to October 2019.
    const VIOLENCE: [(f64, f64); 7] =
        [(3301.0, 1.0), (1736.0, 10.0), (713.0, 10.0), (543.0, 10.0), (336.0, 10.0), (179.0, 2.0), (155.0, 1460.0)];

    fn harm_of_rows(rows: &[(f64, f64)]) -> Harm {
        harm(rows.iter().map(|(count, weight)| (*count, Some(*weight))), Confidence::default())
    }

    #[test]
    fn violence_in_huntingdonshire() {
        let found = harm_of_rows(&VIOLENCE);
        assert_eq!(found.estimate.estimate, 263_239.0);
        let heaviest = found.heaviest.unwrap();
        assert_eq!((heaviest.row, heaviest.count), (6, 155.0));
        assert!((heaviest.share - 0.86).abs() < 5e-3);
        assert!((heaviest.count / found.matched - 0.022).abs() < 5e-4);
    }

    #[test]
    fn a_rise_by_a_quarter_that_chance_explains() {
        // The same assessment, Table 4: harm of 467.9 per 1,000 in 2016/17 and 582.2 in 2018/19, "24.4%" more. Among
        // 177,363 people, with grievous bodily harm the 86% of it that it is over three years, z is about 1.3.
        let year = |rate: f64| {
            let total = rate * 177.363;
            harm_of_rows(&[((total * 0.86 / 1460.0).round(), 1460.0), ((total * 0.14 / 10.0).round(), 10.0)])
        };
        let found = harm_change((&year(582.2), 12.0), (&year(467.9), 12.0), Confidence::default()).unwrap();
        assert!((found.z - 1.3).abs() < 0.1, "{found:?}");
        assert!((found.ratio.estimate - 1.244).abs() < 0.02 && found.p > 0.05, "{found:?}");
        let (lower, upper) = found.ratio.interval.unwrap();
        assert!(lower < 1.0 && upper > 1.0);
    }

    #[test]
    fn offences_without_a_weight_are_not_harmless() {
        let found = harm([(10.0, Some(2.0)), (5.0, None)], Confidence::default());
        assert_eq!((found.estimate.estimate, found.matched, found.unmatched), (20.0, 10.0, 5.0));
        close(found.variance, 40.0, 1e-15);
    }

    #[test]
    fn nothing_does_no_harm() {
        let found = harm([], Confidence::default());
        assert_eq!((found.estimate, found.heaviest), (Estimate::between(0.0, 0.0, 0.0), None));
        assert_eq!(harm_change((&found, 1.0), (&found, 1.0), Confidence::default()), None);
    }
}
