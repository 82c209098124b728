//! Swings: from the measure that earns least to the one that earns most.

use rust_decimal::Decimal;

use super::numbers::{Anchor, figure};
use crate::words::with_unit;

/// What lies between the least and the most that a question can earn.
#[derive(Debug, Clone, PartialEq)]
pub enum Swing {
    /// From one measure to another.
    Ends {
        /// The measure that earns least, as near to the other as can be, and its value.
        least: Anchor,
        /// The measure that earns most, as near to the other as can be, and its value.
        most: Anchor,
    },
    /// Along a curve that comes ever closer to its ends, so that the measures are as near to them as a reader is told.
    Along {
        /// The measure where it is nearly least.
        least: f64,
        /// The measure where it is nearly most.
        most: f64,
        /// What the curve is called: `an S-curve`.
        curve: &'static str,
    },
    /// What only the candidates or an expression can tell: `from zero to the candidate with the most`.
    Told(String),
}

impl Swing {
    /// The swing in words: `from 0 to 5,000 recorded a year`, or `from falling to rising`. `measure` shows a measure, and
    /// `unit` is what is said behind one.
    pub fn words(&self, measure: impl Fn(f64) -> String, unit: &str) -> String {
        let between = |least: f64, most: f64| format!("from {} to {}", measure(least), with_unit(&measure(most), unit));
        match self {
            Self::Ends { least, most } if (least.1, most.1) == (0.0, 1.0) => between(least.0, most.0),
            Self::Ends { least, most } => {
                let values = format!("a value of {} to {}", figure(least.1), figure(most.1));
                format!("{}, which is {values}", between(least.0, most.0))
            }
            Self::Along { least, most, curve } => format!("{}, along {curve}", between(*least, *most)),
            Self::Told(words) => format!("{words}, in {unit}"),
        }
    }

    /// The two measures, where they are known without the candidates.
    pub fn measures(&self) -> Option<(f64, f64)> {
        match self {
            Self::Ends { least, most } => Some((least.0, most.0)),
            Self::Along { least, most, .. } => Some((*least, *most)),
            Self::Told(_) => None,
        }
    }

    /// How much of the way from 0 to 1 the swing is; all of it where that is not known.
    pub fn span(&self) -> Decimal {
        let decimal = |value: f64| value.to_string().parse::<Decimal>().ok();
        let span = match self {
            Self::Ends { least, most } => decimal(most.1).zip(decimal(least.1)).map(|(most, least)| most - least),
            Self::Along { .. } | Self::Told(_) => None,
        };
        span.filter(|span| *span > Decimal::ZERO).unwrap_or(Decimal::ONE)
    }
}
