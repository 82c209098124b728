//! Swings: from the measure that earns least to the one that earns most. What a swing is worth, against the others, is a
//! weight.
//!
//! Source: von Winterfeldt and Edwards (1986), *Decision Analysis and Behavioral Research*, chapter 8; Department for
//! Communities and Local Government (2009), *Multi-criteria analysis: a manual*, chapter 6.

use num_bigint::BigUint;
use rust_decimal::Decimal;

use super::{Proportions, Round};
use crate::rules::{Criterion, Relative, RuleSet, ValueFunction};
use crate::scoring::Ranking;
use crate::words::{number, with_unit};

/// What an S-curve is at its two ends, as far as a reader is told: 0.05 and 0.95. `ln(19)` steepnesses lie between either and the
/// middle.
const LN_19: f64 = 2.944_438_979_166_440_3;

/// The swing of a criterion.
#[derive(Debug, Clone, PartialEq)]
pub enum Swing {
    /// From one measure to another; with the values of both.
    Ends {
        /// The measure that earns least, as near to the other as can be, and its value.
        least: (f64, f64),
        /// The measure that earns most, as near to the other as can be, and its value.
        most: (f64, f64),
    },
    /// Along an S-curve: the measures with values of 0.05 and 0.95.
    Curve {
        /// Where the value is 0.05.
        least: f64,
        /// Where it is 0.95.
        most: f64,
    },
    /// As the candidates have it.
    Relative(Relative),
    /// As a script says.
    Script(String),
}

/// The swing that a criterion's value function makes.
pub fn swing(criterion: &Criterion) -> Swing {
    match &criterion.value {
        ValueFunction::Points(points) | ValueFunction::Steps(points) => ends(points),
        ValueFunction::Logistic { middle, steepness } => {
            let reach = LN_19 / steepness;
            Swing::Curve { least: middle - reach, most: middle + reach }
        }
        ValueFunction::Relative(relative) => Swing::Relative(*relative),
        ValueFunction::Script(expression) => Swing::Script(expression.code.trim().to_owned()),
    }
}

/// The two points between which all of the value is earned: those with the least and the most value that are nearest to
/// each other. Values run one way.
fn ends(points: &[(f64, f64)]) -> Swing {
    let value = |point: &(f64, f64)| point.1;
    let least = points.iter().map(value).fold(f64::INFINITY, f64::min);
    let most = points.iter().map(value).fold(f64::NEG_INFINITY, f64::max);
    let having = |wanted: f64| points.iter().filter(move |point| point.1 == wanted).copied();
    let rises = points.first().map(value) <= points.last().map(value);
    let (from, to) = match rises {
        true => (having(least).last(), having(most).next()),
        false => (having(least).next(), having(most).last()),
    };
    Swing::Ends { least: from.unwrap_or((0.0, least)), most: to.unwrap_or((0.0, most)) }
}

impl Swing {
    /// The swing in words: `from 0 to 5,000 recorded a year`.
    pub fn words(&self, criterion: &Criterion) -> String {
        let measure = |measure: f64| number(measure, criterion.decimals.max(2));
        let between = |least: f64, most: f64| {
            format!("from {} to {}", measure(least), with_unit(&measure(most), &criterion.unit))
        };
        match self {
            Self::Ends { least, most } if (least.1, most.1) == (0.0, 1.0) => between(least.0, most.0),
            Self::Ends { least, most } => {
                format!(
                    "{}, which is a value of {} to {}",
                    between(least.0, most.0),
                    number(least.1, 6),
                    number(most.1, 6)
                )
            }
            Self::Curve { least, most } => format!("{}, along an S-curve", between(*least, *most)),
            Self::Relative(relative) => format!("{}, in {}", relative_words(*relative), criterion.unit),
            Self::Script(code) => format!("from the least to the most that `{code}` gives, in {}", criterion.unit),
        }
    }

    /// The two measures, where they are known without the candidates.
    pub fn measures(&self) -> Option<(f64, f64)> {
        match self {
            Self::Ends { least, most } => Some((least.0, most.0)),
            Self::Curve { least, most } => Some((*least, *most)),
            Self::Relative(_) | Self::Script(_) => None,
        }
    }

    /// How much of the way from zero to one the swing is; all of it where that is not known.
    pub fn span(&self) -> Decimal {
        let decimal = |value: f64| value.to_string().parse::<Decimal>().ok();
        let span = match self {
            Self::Ends { least, most } => decimal(most.1).zip(decimal(least.1)).map(|(most, least)| most - least),
            _ => None,
        };
        span.filter(|span| *span > Decimal::ZERO).unwrap_or(Decimal::ONE)
    }
}

fn relative_words(relative: Relative) -> &'static str {
    match relative {
        Relative::MinMax | Relative::Percentile => "from the candidate with the least to the one with the most",
        Relative::ShareOfMaximum => "from zero to the candidate with the most",
        Relative::ShareOfMean => "from zero to the mean of the candidates",
        Relative::ZScore => "from three standard deviations below the candidates' mean to three above",
    }
}

/// The least and the most that the candidates have, by the number of the criterion; none where nobody has an answer.
pub fn span(ranking: &Ranking<'_>, criterion: usize) -> Option<(f64, f64)> {
    let candidates = 0..ranking.assessment.candidates.len();
    let measures = candidates.filter_map(|candidate| ranking.measure(criterion, candidate)).map(|it| it.estimate);
    let measures: Vec<f64> = measures.filter(|measure| measure.is_finite()).collect();
    let least = measures.iter().copied().reduce(f64::min)?;
    Some((least, measures.iter().copied().fold(least, f64::max)))
}

/// That in words: `12 to 1,402 recorded a year`.
pub fn span_words(criterion: &Criterion, (least, most): (f64, f64)) -> String {
    let (least, most) = (number(least, criterion.decimals), number(most, criterion.decimals));
    match least == most {
        true => with_unit(&most, &criterion.unit),
        false => format!("{least} to {}", with_unit(&most, &criterion.unit)),
    }
}

/// The weights that follow from swings. A swing over part of the way is worth more for the whole of it: a weight is for
/// a value from zero to one.
pub(super) fn weights(rules: &RuleSet, round: &Round, swings: &[Decimal]) -> Proportions {
    let spans = spans(rules, round);
    let finest = spans.iter().map(Decimal::scale).max().unwrap_or(0);
    let whole = |span: &Decimal| {
        let mut span = *span;
        span.rescale(finest);
        BigUint::from(span.mantissa().unsigned_abs())
    };
    let whole: Vec<BigUint> = spans.iter().map(whole).collect();
    let others = |item: usize| {
        let others = whole.iter().enumerate().filter(|(other, _)| *other != item);
        others.fold(BigUint::from(1_u32), |product, (_, span)| product * span)
    };
    let factors: Vec<BigUint> = (0..whole.len()).map(others).collect();
    Proportions::of_decimals(swings).times(&factors)
}

/// The span of each item's swing; a group's is whole.
pub(super) fn spans(rules: &RuleSet, round: &Round) -> Vec<Decimal> {
    let span = |item: &usize| match round.among {
        super::Among::Groups => Decimal::ONE,
        _ => rules.criteria.get(*item).map_or(Decimal::ONE, |criterion| swing(criterion).span()),
    };
    round.items.iter().map(span).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_swing_is_between_the_points_where_something_is_earned() {
        let level = [(0.0, 0.0), (10.0, 0.0), (20.0, 0.5), (30.0, 1.0), (40.0, 1.0)];
        assert_eq!(ends(&level), Swing::Ends { least: (10.0, 0.0), most: (30.0, 1.0) });
        let falling = [(0.0, 1.0), (5.0, 1.0), (10.0, 0.2), (20.0, 0.2)];
        let swing = ends(&falling);
        assert_eq!(swing, Swing::Ends { least: (10.0, 0.2), most: (5.0, 1.0) });
        assert_eq!(swing.span(), Decimal::new(8, 1));
        assert_eq!(swing.measures(), Some((10.0, 5.0)));
        assert_eq!(Swing::Relative(Relative::MinMax).span(), Decimal::ONE);
    }
}
