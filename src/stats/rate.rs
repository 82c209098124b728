//! A count as a rate.

use super::{Confidence, Estimate, count_interval};

/// A count as a rate per `per` units of exposure, with its interval.
///
/// `count` is 0 or more; `exposure` (people, or people × years) and `per` are above 0, and the exposure counts as exact.
/// `None` for anything else. The interval is that of the count.
///
/// Source: as [`count_interval`].
pub fn rate(count: f64, exposure: f64, per: f64, confidence: Confidence) -> Option<Estimate> {
    let sound = count >= 0.0 && exposure > 0.0 && per > 0.0;
    sound.then(|| {
        let (lower, upper) = count_interval(count, confidence);
        Estimate::between(count, lower, upper).times(per / exposure)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn domestic_abuse_in_huntingdonshire() {
        // Huntingdonshire strategic assessment 2019/20, Table 8: 1,258 crimes; among the 177,363 people that Table 1
        // implies it is 7.1 per 1,000, not the 6.3 printed.
        let found = rate(1258.0, 177_363.0, 1000.0, Confidence::default()).unwrap();
        assert!((found.estimate - 7.09).abs() < 5e-3);
        assert_eq!(rate(1.0, 0.0, 1000.0, Confidence::default()), None);
        assert_eq!(rate(-1.0, 1.0, 1000.0, Confidence::default()), None);
    }

    proptest! {
        #[test]
        fn a_longer_exposure_never_raises_it(count in 0_u32..100_000, exposure in 0.1..1e7_f64, more in 1.0..100.0_f64) {
            let of = |exposure: f64| rate(f64::from(count), exposure, 1.0, Confidence::default());
            let (short, long) = (of(exposure), of(exposure * more));
            let ((short, long), close) = ((short.unwrap(), long.unwrap()), 1.0 + 1e-12);
            let (lower, upper) = short.interval.unwrap();
            prop_assert!(long.estimate <= short.estimate * close);
            prop_assert!(long.interval.unwrap().0 <= lower * close && long.interval.unwrap().1 <= upper * close);
            prop_assert!(lower <= short.estimate && short.estimate <= upper);
        }
    }
}
