//! Harm: offences weighted by the seriousness of each.

use super::{Estimate, Z95};

/// The harm of a list of offences, `Σ weight × count`, with its 95% interval.
///
/// Each offence is (count, weight), the weight in days of imprisonment (Cambridge Crime Harm Index) or another
/// measure of one offence's harm. Counts are taken as independent Poisson, so `Var = Σ weight² × count`; the
/// interval is normal, and its lower end is never below 0.
///
/// Source: Sherman, Neyroud and Neyroud (2016), *Policing* 10(3), 171–183; variance of a weighted sum of Poisson counts.
pub fn harm(offences: impl IntoIterator<Item = (f64, f64)>) -> Estimate {
    let (mut total, mut variance) = (0.0, 0.0);
    for (count, weight) in offences {
        total += weight * count;
        variance += weight * weight * count;
    }
    let half = Z95 * f64::sqrt(variance);
    Estimate::between(total, (total - half).max(0.0), total + half)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn violence_in_huntingdonshire() {
        // Huntingdonshire strategic assessment 2019/20, second Table 3, November 2016 to October 2019.
        let rows =
            [(3301.0, 1.0), (1736.0, 10.0), (713.0, 10.0), (543.0, 10.0), (336.0, 10.0), (179.0, 2.0), (155.0, 1460.0)];
        let found = harm(rows);
        assert_eq!(found.estimate, 263_239.0);
        let heaviest = 155.0 * 1460.0 / found.estimate;
        assert!((heaviest - 0.86).abs() < 5e-3);
    }

    #[test]
    fn nothing_does_no_harm() {
        assert_eq!(harm([]), Estimate::between(0.0, 0.0, 0.0));
    }
}
