//! What rates are of: so many people, or so many households.

use std::fmt;

use super::Period;

/// How much a population may have changed in a year, in per cent, unless the assessment says otherwise.
pub(super) const YEARLY_CHANGE: f64 = 1.0;

/// What a count is set against.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Denominator {
    /// How many there are, above 0.
    pub number: f64,
    /// Whether people or households are counted.
    pub unit: Unit,
}

/// What rates are of. Rates of people and of households don't compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    /// Everybody who lives there.
    People,
    /// Those who live there together count once.
    Households,
}

impl Denominator {
    /// So many people.
    pub fn people(number: f64) -> Self {
        Self { number, unit: Unit::People }
    }

    /// So many households.
    pub fn households(number: f64) -> Self {
        Self { number, unit: Unit::Households }
    }

    /// How many, if they are of this unit.
    pub fn number_in(self, unit: Unit) -> Option<f64> {
        (self.unit == unit).then_some(self.number)
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::People => "people",
            Self::Households => "households",
        })
    }
}

/// What rates are of at one time, and how much that may be other at another.
#[derive(Debug, Clone, PartialEq)]
pub struct DatedDenominator {
    /// How many people or households.
    pub denominator: Denominator,
    /// When; where it is not known the figure holds for any time.
    pub period: Option<Period>,
    /// How much it may change in a year, in per cent.
    pub yearly_change: f64,
}

impl DatedDenominator {
    /// Between which numbers they lay in another period.
    pub fn in_period(&self, period: Option<Period>) -> (f64, f64) {
        let years = match (self.period, period) {
            (Some(known), Some(wanted)) => known.years_between(wanted),
            _ => 0.0,
        };
        let factor = 1.0 + self.yearly_change / 100.0 * years;
        (self.denominator.number / factor, self.denominator.number * factor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_population_drifts_with_the_years() {
        let period = |text| Period::parse(text).unwrap();
        let (denominator, period_known) = (Denominator::people(1000.0), Some(period("2019")));
        let population = DatedDenominator { denominator, period: period_known, yearly_change: 1.0 };
        assert_eq!(population.in_period(None), (1000.0, 1000.0));
        assert_eq!(population.in_period(Some(period("2019"))), (1000.0, 1000.0));
        let (low, high) = population.in_period(Some(period("2009")));
        assert!((high - 1100.0).abs() < 0.1 && (low - 909.1).abs() < 0.1, "{low} {high}");
    }
}
