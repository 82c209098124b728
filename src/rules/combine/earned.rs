//! What a value earns with its share of the weight: points, or a factor where the total is a weighted product.

use super::settings::Precision;
use crate::exact::{Fixed, multiply_rounding, to_units};

/// What a value earns with its share of the weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Earned {
    /// The value times its share.
    Points,
    /// The value raised to its share.
    Factor,
}

impl Earned {
    /// Whether it is a factor: no part of its weight, and no part of a sum.
    pub fn is_factor(self) -> bool {
        self == Self::Factor
    }

    /// What it is called.
    pub fn word(self) -> &'static str {
        match self {
            Self::Points => "points",
            Self::Factor => "factor",
        }
    }

    /// How many decimals it has.
    pub fn decimals(self, precision: Precision) -> u32 {
        match self {
            Self::Points => precision.decimals,
            Self::Factor => precision.fine_decimals(),
        }
    }

    /// What a value earns with this share of the weight, both in units of the fine decimals.
    pub fn of(self, value: i64, share: i64, precision: Precision) -> i64 {
        match self {
            Self::Points => points(value, share, divisor(precision)),
            Self::Factor => factor(value, share, precision),
        }
    }

    /// The same for a column of values.
    pub fn column(self, values: &[i64], share: i64, precision: Precision, earned: &mut [i64]) {
        let cells = earned.iter_mut().zip(values);
        match self {
            Self::Points => {
                let divisor = divisor(precision);
                cells.for_each(|(earned, value)| *earned = points(*value, share, divisor));
            }
            Self::Factor => cells.for_each(|(earned, value)| *earned = factor(*value, share, precision)),
        }
    }

    /// The sign that stands before it in a list: `×` of a factor.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Points => "",
            Self::Factor => "×",
        }
    }

    /// `13.06 points`, or `× 1.0312`.
    pub fn in_words(self, earned: Fixed) -> String {
        match self {
            Self::Points => format!("{earned} points"),
            Self::Factor => format!("× {earned}"),
        }
    }

    /// How it came about: `0.6550 × the weight 20 = 13.10`.
    pub fn sum(self, value: Fixed, weight: &str, scale: u32, earned: Fixed) -> String {
        match self {
            Self::Points => format!("{value} × the weight {weight} = {earned}"),
            Self::Factor => format!("{value} to the power of {weight} ÷ {scale} = {earned}"),
        }
    }
}

/// Value and share have two decimals more than points each: their product has the points' decimals and four.
fn divisor(precision: Precision) -> i64 {
    10_i64.pow(precision.decimals + 4)
}

#[inline]
fn points(value: i64, share: i64, divisor: i64) -> i64 {
    multiply_rounding(value, share, divisor).unwrap_or(i64::MAX)
}

/// A value raised to its share of the weight, in units of the fine decimals.
fn factor(value: i64, share: i64, precision: Precision) -> i64 {
    let decimals = precision.fine_decimals();
    let whole = Fixed::new(i64::from(precision.scale), 0).to_f64();
    let exponent = Fixed::new(share, decimals).to_f64() / whole;
    if share == 0 {
        return 10_i64.pow(decimals);
    }
    to_units(libm::pow(Fixed::new(value, decimals).to_f64(), exponent), decimals)
}
