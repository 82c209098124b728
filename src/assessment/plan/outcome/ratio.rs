//! Printed figures as exact fractions: so what is just reached is reached.

use std::cmp::Ordering;

use crate::exact::Fixed;

/// A fraction with a denominator above zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Ratio {
    above: i128,
    below: i128,
}

impl Ratio {
    /// A whole number.
    pub(crate) fn whole(number: i64) -> Self {
        Self { above: number.into(), below: 1 }
    }

    /// A printed figure.
    pub(crate) fn of(figure: Fixed) -> Self {
        Self { above: figure.units().into(), below: 10_i128.pow(figure.decimals().min(18)) }.reduced()
    }

    /// Half a unit of a printed figure's last digit.
    pub(crate) fn half_a_digit(decimals: u32) -> Self {
        Self { above: 1, below: 2 * 10_i128.pow(decimals.min(18)) }
    }

    /// The sum; none where it has more digits than can be held.
    pub(crate) fn plus(self, other: Self) -> Option<Self> {
        let above = self.above.checked_mul(other.below)?.checked_add(other.above.checked_mul(self.below)?)?;
        Some(Self { above, below: self.below.checked_mul(other.below)? }.reduced())
    }

    /// The difference, likewise.
    pub(crate) fn minus(self, other: Self) -> Option<Self> {
        self.plus(Self { above: -other.above, below: other.below })
    }

    /// The product, likewise.
    pub(crate) fn times(self, other: Self) -> Option<Self> {
        Some(
            Self { above: self.above.checked_mul(other.above)?, below: self.below.checked_mul(other.below)? }.reduced(),
        )
    }

    /// The quotient; none where the divisor is zero, likewise.
    pub(crate) fn over(self, other: Self) -> Option<Self> {
        let sign = other.above.signum();
        (sign != 0).then_some(())?;
        self.times(Self { above: other.below * sign, below: other.above.checked_abs()? })
    }

    /// How it compares with another; by its nearest float where the exact numbers are too long.
    pub(crate) fn compared(self, other: Self) -> Ordering {
        match (self.above.checked_mul(other.below), other.above.checked_mul(self.below)) {
            (Some(own), Some(its)) => own.cmp(&its),
            _ => self.to_f64().total_cmp(&other.to_f64()),
        }
    }

    /// Whether it is above zero.
    pub(crate) fn is_above_zero(self) -> bool {
        self.above > 0
    }

    /// The nearest float.
    #[expect(clippy::cast_precision_loss, reason = "for what is shown")]
    pub(crate) fn to_f64(self) -> f64 {
        self.above as f64 / self.below as f64
    }

    fn reduced(self) -> Self {
        let (mut a, mut b) = (self.above.unsigned_abs(), self.below.unsigned_abs());
        while b > 0 {
            (a, b) = (b, a % b);
        }
        let divisor = i128::try_from(a.max(1)).unwrap_or(1);
        Self { above: self.above / divisor, below: self.below / divisor }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_just_reached_is_reached() {
        let of = |units, decimals| Ratio::of(Fixed::new(units, decimals));
        assert_eq!(of(70, 1), Ratio::whole(7));
        // A tenth three times is three tenths, which floats deny.
        let tenth = of(1, 1);
        assert_eq!(tenth.plus(tenth).and_then(|two| two.plus(tenth)), Some(of(3, 1)));
        assert_eq!(Ratio::whole(50).times(of(74, 2)).unwrap().compared(Ratio::whole(37)), Ordering::Equal);
        assert_eq!(Ratio::whole(1).over(Ratio::whole(0)), None);
        assert_eq!(Ratio::whole(1).over(Ratio::whole(-3)), Some(Ratio { above: -1, below: 3 }));
        assert_eq!(of(-34, 1).minus(of(-34, 1)), Some(Ratio::whole(0)));
        let long = of(i64::MAX, 18);
        assert_eq!(long.compared(of(i64::MAX - 1, 18)), Ordering::Greater);
    }
}
