//! The 95% interval of a count, as Public Health England's published methods have it.

use super::Z95;

/// From this count up Byar's approximation is used, below it the exact form.
const BYAR_FROM: f64 = 10.0;

/// The exact intervals of the counts 0 to 9, to ten significant digits: `χ²(0.025, 2x)/2` and `χ²(0.975, 2x+2)/2`: Garwood
/// (1936), *Biometrika* 28, 437–442. Ten numbers need no quantile function, whose last bits would be a platform's.
const EXACT: [(f64, f64); 10] = [
    (0.0, 3.688_879_454),
    (0.025_317_807_98, 5.571_643_391),
    (0.242_209_278_5, 7.224_687_668),
    (0.618_672_122_9, 8.767_273_07),
    (1.089_865_374, 10.241_588_68),
    (1.623_486_39, 11.668_332_08),
    (2.201_894_253, 13.059_474_02),
    (2.814_363_052, 14.422_675_36),
    (3.453_832_177, 15.763_189_22),
    (4.115_373_097, 17.084_803_45),
];

/// The 95% interval of the mean of a Poisson count.
///
/// `count` is a number of events, 0 or more. From 10 up it is Byar's approximation,
/// `x(1 − 1/9x − z/3√x)³` to `(x+1)(1 − 1/9(x+1) + z/3√(x+1))³`; below 10 it is exact.
///
/// Source: Public Health England, *Technical guide: confidence intervals* (2018); Breslow and Day,
/// *Statistical Methods in Cancer Research* II (1987), p. 69.
pub fn count_interval(count: f64) -> (f64, f64) {
    if count >= BYAR_FROM {
        return (byar_lower(count), byar_upper(count));
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "counts are whole and below ten here")]
    let index = count.max(0.0) as usize;
    EXACT.get(index).copied().unwrap_or((0.0, 0.0))
}

fn byar_lower(x: f64) -> f64 {
    let root = 1.0 - 1.0 / (9.0 * x) - Z95 / (3.0 * x.sqrt());
    x * root * root * root
}

fn byar_upper(x: f64) -> f64 {
    let y = x + 1.0;
    let root = 1.0 - 1.0 / (9.0 * y) + Z95 / (3.0 * y.sqrt());
    y * root * root * root
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_values() {
        // Check values of the method: x = 10 by Byar, x = 4 and x = 0 exact.
        let (lower, upper) = count_interval(10.0);
        assert!((lower - 4.787).abs() < 5e-4 && (upper - 18.391).abs() < 5e-4);
        let (lower, upper) = count_interval(4.0);
        assert!((lower - 1.090).abs() < 5e-4 && (upper - 10.242).abs() < 5e-4);
        let (lower, upper) = count_interval(0.0);
        assert!(lower == 0.0 && (upper - 3.689).abs() < 5e-4);
    }

    #[test]
    fn against_an_independent_implementation() {
        // scipy 1.17.1: chi2.ppf(.025, 2*x)/2 and chi2.ppf(.975, 2*x + 2)/2; mpmath at 30 digits has the same.
        let published = [
            (0.0, 3.688_879_454_113_935_4),
            (0.025_317_807_984_289_876, 5.571_643_390_938_898),
            (0.242_209_278_543_964_96, 7.224_687_667_723_96),
            (0.618_672_122_895_601_4, 8.767_273_069_742_323),
            (1.089_865_373_626_324_9, 10.241_588_675_403_694),
            (1.623_486_390_118_420_7, 11.668_332_079_322_67),
            (2.201_894_253_490_850_8, 13.059_474_022_518_685),
            (2.814_363_051_519_865_4, 14.422_675_361_702_376),
            (3.453_832_176_748_501_4, 15.763_189_220_193_313),
            (4.115_373_097_378_334, 17.084_803_451_419_166),
        ];
        for (count, (lower, upper)) in published.into_iter().enumerate() {
            let found = count_interval(f64::from(u32::try_from(count).unwrap()));
            assert!((found.0 - lower).abs() <= 5e-10 * lower, "{count}: {found:?}");
            assert!((found.1 - upper).abs() <= 5e-10 * upper, "{count}: {found:?}");
        }
    }

    #[test]
    fn the_interval_holds_the_count() {
        for count in 0..2000 {
            let (lower, upper) = count_interval(f64::from(count));
            assert!(lower <= f64::from(count) && f64::from(count) < upper);
        }
    }
}
