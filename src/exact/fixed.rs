//! Numbers with a fixed count of decimals: whole numbers of small units, exact in sums and products.

use std::fmt;

use serde::{Serialize, Serializer};

/// A number as it is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fixed {
    units: i64,
    decimals: u32,
}

impl Fixed {
    /// So many units of the last decimal: 1310 at 2 decimals is 13.10.
    pub fn new(units: i64, decimals: u32) -> Self {
        Self { units, decimals }
    }

    /// `x` rounded to `decimals`, halves away from zero.
    pub fn round(x: f64, decimals: u32) -> Self {
        Self { units: to_units(x, decimals), decimals }
    }

    /// How many units of the last decimal.
    pub fn units(self) -> i64 {
        self.units
    }

    /// How many decimals are printed.
    pub fn decimals(self) -> u32 {
        self.decimals
    }

    /// The nearest float: its shortest decimal form is this number again, up to 15 digits.
    #[expect(clippy::cast_precision_loss, reason = "totals and points have at most 15 digits")]
    pub fn to_f64(self) -> f64 {
        self.units as f64 / unit(self.decimals)
    }

    /// This number less `other`, exactly, with the decimals of the one that has more.
    #[must_use]
    pub fn minus(self, other: Self) -> Self {
        let decimals = self.decimals.max(other.decimals);
        Self::new(self.units_of(decimals).saturating_sub(other.units_of(decimals)), decimals)
    }

    /// How many units of so many decimals, which are no fewer than its own.
    fn units_of(self, decimals: u32) -> i64 {
        self.units.saturating_mul(10_i64.pow(decimals.saturating_sub(self.decimals)))
    }

    /// The number with its sign, also where it is above zero: `+2.50`.
    pub fn signed(self) -> String {
        if self.units > 0 { format!("+{self}") } else { self.to_string() }
    }

    /// A weight that a criterion has, as it is written everywhere: `20`, with the decimals of points where those are
    /// enough, `52.38`, and with all of them otherwise, so that `17.6470` beside `17.6471` is seen to be rounded like it.
    /// What was tried for a weight, and by how much it moves, is exact and [`Self::trimmed`].
    pub fn as_weight(self) -> String {
        let text = self.to_string();
        match text.split_once('.') {
            Some((whole, decimals)) if decimals.bytes().all(|digit| digit == b'0') => whole.to_owned(),
            Some((_, decimals)) if decimals.len() > 2 => text.strip_suffix("00").unwrap_or(&text).to_owned(),
            _ => text,
        }
    }

    /// The number without trailing zeros: `20`, `14.2857`.
    pub fn trimmed(self) -> String {
        let text = self.to_string();
        match text.contains('.') {
            true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
            false => text,
        }
    }
}

impl fmt::Display for Fixed {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.units < 0 { "-" } else { "" };
        let unit = 10_u64.pow(self.decimals);
        let (whole, rest) = (self.units.unsigned_abs() / unit, self.units.unsigned_abs() % unit);
        let text = match self.decimals {
            0 => format!("{sign}{whole}"),
            decimals => format!("{sign}{whole}.{rest:0width$}", width = usize::try_from(decimals).unwrap_or(0)),
        };
        formatter.pad(&text)
    }
}

impl Serialize for Fixed {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let unit = 10_i64.pow(self.decimals);
        match self.units % unit {
            0 => serializer.serialize_i64(self.units / unit),
            _ => serializer.serialize_f64(self.to_f64()),
        }
    }
}

/// Below this every whole number is a float and an `i64`, and the next one too.
const WHOLE: f64 = 9e15;

/// `x` in units of `decimals`, halves away from zero; a number too large for that becomes the largest.
#[expect(clippy::cast_possible_truncation, reason = "a float too large for i64 becomes the largest i64, as wanted")]
#[inline]
pub fn to_units(x: f64, decimals: u32) -> i64 {
    let scaled = x * unit(decimals);
    (if scaled.abs() < WHOLE { nearest(scaled) } else { scaled }) as i64
}

/// `x` rounded to `decimals`, halves away from zero; one too large to have decimals stays as it is.
#[inline]
pub fn round_to(x: f64, decimals: u32) -> f64 {
    let unit = unit(decimals);
    let scaled = x * unit;
    if scaled.abs() < WHOLE { nearest(scaled) / unit } else { x }
}

/// How many units of so many decimals make one. A table, because this is asked of every cell; no whole number of units has
/// more decimals than its last.
#[inline]
pub fn unit(decimals: u32) -> f64 {
    const UNITS: [f64; 19] =
        [1.0, 10.0, 100.0, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18];
    let unit = usize::try_from(decimals).ok().and_then(|decimals| UNITS.get(decimals));
    unit.copied().unwrap_or(1e18)
}

/// From here on every float is a whole number.
const ALL_WHOLE: f64 = 4_503_599_627_370_496.0;

/// The whole number nearest to `x`, which is below [`WHOLE`]; halves go away from zero, as with a pencil: 0.285 × 100
/// is a half to the reader, though its binary form is a hair below, so what is a half to twelve digits counts as one.
///
/// Without a branch or a call, so that the compiler can do several numbers of a column at once.
#[inline]
fn nearest(x: f64) -> f64 {
    let size = x.abs();
    let hair = if size < 1e9 { size.max(1.0) * 1e-12 } else { 0.0 };
    // Where there is no room for a fraction the sum is rounded to a whole number, a half to the even one.
    let even = if size < ALL_WHOLE { size + ALL_WHOLE - ALL_WHOLE } else { size };
    // Exact: both are below 2^53.
    let away = if size - even >= 0.5 - hair { even + 1.0 } else { even };
    // Zero has no sign here.
    away.copysign(x) + 0.0
}

/// `a × b ÷ divisor`, halves up, for numbers from 0 up; exact, and `None` if the answer is too large.
#[inline]
pub fn multiply_rounding(a: i64, b: i64, divisor: i64) -> Option<i64> {
    match a.checked_mul(b) {
        Some(product) => Some(divide_rounding(product, divisor)),
        None => multiply_rounding_far(a, b, divisor),
    }
}

/// The same where the product is larger than any number: so seldom that it stays out of the loops over columns.
#[cold]
fn multiply_rounding_far(a: i64, b: i64, divisor: i64) -> Option<i64> {
    let product = i128::from(a) * i128::from(b);
    i64::try_from((product + i128::from(divisor) / 2) / i128::from(divisor)).ok()
}

/// `a ÷ divisor`, halves up, for numbers from 0 up.
#[inline]
pub fn divide_rounding(a: i64, divisor: i64) -> i64 {
    // The divisors of points: division by a number known to the compiler is a multiplication, several times faster.
    match divisor {
        10_000 => divide_by::<10_000>(a),
        100_000 => divide_by::<100_000>(a),
        1_000_000 => divide_by::<1_000_000>(a),
        _ => halves_up(a / divisor, a % divisor, divisor),
    }
}

#[inline]
fn divide_by<const DIVISOR: i64>(a: i64) -> i64 {
    match a.checked_add(DIVISOR / 2) {
        Some(raised) => raised / DIVISOR,
        None => halves_up(a / DIVISOR, a % DIVISOR, DIVISOR),
    }
}

fn halves_up(quotient: i64, rest: i64, divisor: i64) -> i64 {
    quotient + i64::from(rest >= divisor - rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn printed_as_people_expect() {
        assert_eq!(Fixed::new(1310, 2).to_string(), "13.10");
        assert_eq!(Fixed::new(-5, 2).to_string(), "-0.05");
        assert_eq!(Fixed::new(7, 0).to_string(), "7");
        assert_eq!(format!("{:>8}", Fixed::new(1310, 2)), "   13.10");
        assert_eq!(Fixed::new(200_000, 4).trimmed(), "20");
        assert_eq!(Fixed::new(142_857, 4).trimmed(), "14.2857");
        assert_eq!(Fixed::new(20, 0).trimmed(), "20");
        assert_eq!(Fixed::new(176_470, 4).as_weight(), "17.6470");
        assert_eq!(Fixed::new(200_000, 4).as_weight(), "20");
        assert_eq!(Fixed::new(523_800, 4).as_weight(), "52.38");
        assert_eq!(Fixed::new(1_250, 2).as_weight(), "12.50");
        assert_eq!(Fixed::new(0, 2).as_weight(), "0");
    }

    #[test]
    fn json_numbers_are_the_printed_ones() {
        assert_eq!(serde_json::to_string(&Fixed::new(1310, 2)).unwrap(), "13.1");
        assert_eq!(serde_json::to_string(&Fixed::new(2000, 2)).unwrap(), "20");
        assert_eq!(serde_json::to_string(&Fixed::new(999_999_999_999_999, 4)).unwrap(), "99999999999.9999");
    }

    #[test]
    fn halves_go_up() {
        assert_eq!(multiply_rounding(25, 1, 10), Some(3));
        assert_eq!(multiply_rounding(24, 1, 10), Some(2));
        assert_eq!(multiply_rounding(i64::MAX, 10, 100), Some(i64::MAX / 10 + 1));
        assert_eq!(multiply_rounding(i64::MAX, i64::MAX, 10), None);
        assert_eq!(divide_rounding(i64::MAX, 2), i64::MAX / 2 + 1);
        assert_eq!(Fixed::round(0.125, 2), Fixed::new(13, 2));
        // Halves whose binary form is a hair below.
        for (x, units) in [(0.285, 29), (0.145, 15), (1.005, 101), (-0.285, -29), (0.284_999, 28), (0.0, 0)] {
            assert_eq!(to_units(x, 2), units, "{x}");
        }
        assert_eq!(round_to(0.575, 2), 0.58);
        assert_eq!(to_units(1.13 / 200.0, 4), 57);
    }

    #[test]
    fn rounding_is_that_of_the_standard_library_but_for_a_hair() {
        for x in [0.499_999, 0.5, 0.500_001, 1.5, 2.5, 1e9 + 0.5, 4_503_599_627_370_495.5, 8.9e15, 9.1e15, 1e300] {
            for x in [x, -x] {
                #[expect(clippy::cast_possible_truncation, reason = "what is compared does the same")]
                let rounded = f64::round(x) as i64;
                assert_eq!(to_units(x, 0), rounded, "{x}");
            }
        }
        assert_eq!(to_units(0.499_999_999_999_999_94, 0), 1);
        assert_eq!(to_units(f64::NAN, 2), 0);
        assert_eq!(to_units(f64::INFINITY, 2), i64::MAX);
    }

    #[test]
    fn a_half_to_twelve_digits_is_one_whatever_the_size() {
        for whole in [0.0, 1.0, 2.0, 7.0, 999_999.0, 1e8, 123_456_789.0] {
            let hair = f64::max(whole, 1.0) * 1e-12;
            for (rest, up) in [(0.5 - 2.0 * hair, 0.0), (0.5 - hair / 2.0, 1.0), (0.5, 1.0), (0.5 + hair, 1.0)] {
                assert_eq!(round_to(whole + rest, 0), whole + up, "{whole} {rest}");
                assert_eq!(round_to(-whole - rest, 0), -whole - up, "-{whole} {rest}");
            }
        }
        assert!(round_to(-0.2, 0).is_sign_positive());
        assert_eq!(to_units(9_007_199_254_740_991.0, 0), 9_007_199_254_740_991);
        assert_eq!(to_units(-4_503_599_627_370_497.0, 0), -4_503_599_627_370_497);
    }

    #[test]
    fn known_divisors_divide_as_any_other() {
        for divisor in [10_000, 100_000, 1_000_000] {
            for a in [0, divisor / 2 - 1, divisor / 2, 7 * divisor - 1, i64::MAX] {
                let double = i128::from(a) * 2 + i128::from(divisor);
                assert_eq!(
                    i128::from(divide_rounding(a, divisor)),
                    double / (2 * i128::from(divisor)),
                    "{a}/{divisor}"
                );
            }
        }
    }
}
