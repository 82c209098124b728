//! What a question or a group brings in to what it is part of: points or a factor by its share of the weight, or its score
//! as it is where no weights are.

use super::settings::Precision;
use crate::exact::{Fixed, multiply_rounding, to_units};

/// What a value, or a group's score, brings in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Earned {
    /// The value times its share.
    Points,
    /// The value raised to its share.
    Factor,
    /// The value on the scale, whatever its share.
    Score,
}

impl Earned {
    /// Whether it is a factor: no part of its weight, and no part of a sum.
    pub fn is_factor(self) -> bool {
        self == Self::Factor
    }

    /// Whether it goes by a share of the weight.
    pub fn is_weighed(self) -> bool {
        self != Self::Score
    }

    /// What it is called.
    pub fn word(self) -> &'static str {
        match self {
            Self::Points => "points",
            Self::Factor => "factor",
            Self::Score => "score",
        }
    }

    /// How many decimals it has where a value brings it in.
    pub fn decimals(self, precision: Precision) -> u32 {
        match self {
            Self::Points => precision.decimals,
            Self::Factor | Self::Score => precision.fine_decimals(),
        }
    }

    /// How many decimals it has where a group brings it in.
    pub fn decimals_of_group(self, precision: Precision) -> u32 {
        match self {
            Self::Points | Self::Score => precision.decimals,
            Self::Factor => precision.fine_decimals(),
        }
    }

    /// What a value earns with this share of the weight, both in units of the fine decimals.
    pub fn of(self, value: i64, share: i64, precision: Precision) -> i64 {
        match self {
            Self::Points => points(value, share, divisor(precision)),
            Self::Factor => factor(Fixed::new(value, precision.fine_decimals()).to_f64(), share, precision),
            Self::Score => value.saturating_mul(i64::from(precision.scale)),
        }
    }

    /// What a group's score brings in with this share of the weight, in units of the fine decimals. The score and the
    /// points are in units of the decimals.
    pub fn of_score(self, score: i64, share: i64, precision: Precision) -> i64 {
        let scale = i64::from(precision.scale);
        match self {
            Self::Points => points(score, share, scale * 10_i64.pow(precision.fine_decimals())),
            Self::Factor => {
                let part = Fixed::new(score, precision.decimals).to_f64() / Fixed::new(scale, 0).to_f64();
                factor(part, share, precision)
            }
            Self::Score => score,
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
            _ => cells.for_each(|(earned, value)| *earned = self.of(*value, share, precision)),
        }
    }

    /// The sign that stands before it in a list: `×` of a factor.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Points | Self::Score => "",
            Self::Factor => "×",
        }
    }

    /// `13.06 points`, `× 1.0312`, or `a score of 65.00`.
    pub fn in_words(self, earned: Fixed) -> String {
        match self {
            Self::Points => format!("{earned} points"),
            Self::Factor => format!("× {earned}"),
            Self::Score => format!("a score of {earned}"),
        }
    }

    /// How it came about: `0.6550 × the weight 20 = 13.10`.
    pub fn sum(self, value: Fixed, weight: &str, scale: u32, earned: Fixed) -> String {
        match self {
            Self::Points => format!("{value} × the weight {weight} = {earned}"),
            Self::Factor => format!("{value} to the power of {weight} ÷ {scale} = {earned}"),
            Self::Score => format!("{value} × {scale} = {earned}"),
        }
    }

    /// How a group's score comes to what it brings in: `45.00 × 50 ÷ 100 = 22.50`. None where it is the score itself.
    pub fn sum_of_score(self, score: Fixed, weight: &str, scale: u32, earned: Fixed) -> Option<String> {
        match self {
            Self::Points => Some(format!("{score} × {weight} ÷ {scale} = {earned}")),
            Self::Factor => Some(format!("({score} ÷ {scale}) to the power of {weight} ÷ {scale} = {earned}")),
            Self::Score => None,
        }
    }
}

/// Value and share have two decimals more than points each: their product has the points' decimals and four.
fn divisor(precision: Precision) -> i64 {
    // Asked for every cell: a power is a loop.
    match precision.decimals {
        0 => 10_000,
        1 => 100_000,
        2 => 1_000_000,
        decimals => 10_i64.pow(decimals + 4),
    }
}

#[inline]
fn points(value: i64, share: i64, divisor: i64) -> i64 {
    // Halves go away from zero.
    let size = multiply_rounding(value.abs(), share, divisor).unwrap_or(i64::MAX);
    if value < 0 { -size } else { size }
}

/// A value raised to its share of the weight, in units of the fine decimals.
fn factor(value: f64, share: i64, precision: Precision) -> i64 {
    let decimals = precision.fine_decimals();
    let whole = Fixed::new(i64::from(precision.scale), 0).to_f64();
    let exponent = Fixed::new(share, decimals).to_f64() / whole;
    if share == 0 {
        return 10_i64.pow(decimals);
    }
    to_units(libm::pow(value, exponent), decimals)
}
