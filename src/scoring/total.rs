//! Points → total, by the rule set's way of combining, exactly as the printed arithmetic says.

use num_bigint::BigUint;
use rust_decimal::{Decimal, RoundingStrategy};

use crate::diagnostic::{Code, Problem};
use crate::exact::{Fixed, to_units};
use crate::rules::script::{Argument, Compiled, Compiler, ExpressionAnswer};
use crate::rules::{Combine, RuleSet};

/// The highest total that can be written: a thousand million times any scale in use.
const MOST: i64 = 1_000_000_000_000_000;

/// Makes totals of a row of points.
pub(super) struct Totaller<'a> {
    rules: &'a RuleSet,
    script: Option<Box<Compiled<'a>>>,
}

impl<'a> Totaller<'a> {
    pub(super) fn new(rules: &'a RuleSet) -> Result<Self, Problem> {
        let script = match &rules.combine {
            Combine::Script(expression) => Some(Box::new(Compiler::new(&rules.library)?.compile(expression)?)),
            _ => None,
        };
        Ok(Self { rules, script })
    }

    /// The total of a row of points (of factors, for a weighted product), in units of the rule set's decimals.
    #[inline]
    pub(super) fn total(&mut self, row: &[i64]) -> Result<i64, Problem> {
        if self.rules.combine == Combine::Sum {
            let sum = row.iter().try_fold(0_i64, |sum, points| sum.checked_add(*points));
            if let Some(sum) = sum.filter(|sum| (-MOST..=MOST).contains(sum)) {
                return Ok(sum);
            }
        }
        self.any_total(row)
    }

    fn any_total(&mut self, row: &[i64]) -> Result<i64, Problem> {
        let total = match &self.rules.combine {
            Combine::Sum => row.iter().try_fold(0_i64, |sum, points| sum.checked_add(*points)),
            Combine::Product => product(row, self.rules.fine_decimals(), self.rules.scale, self.rules.decimals),
            Combine::Sections => {
                let scores = self.sections(row);
                let scale =
                    BigUint::from(self.rules.scale).pow(u32::try_from(scores.len().saturating_sub(1)).unwrap_or(0));
                divided(
                    multiplied(&scores),
                    self.rules.decimals * u32::try_from(scores.len()).unwrap_or(0),
                    scale,
                    self.rules.decimals,
                )
            }
            Combine::Script(_) => Some(self.scripted(row)?),
        };
        total.filter(|total| (-MOST..=MOST).contains(total)).ok_or_else(|| {
            Problem::new(Code::TotalOutOfRange, "this total is too large to be written")
                .at(self.rules.place.clone())
                .help("lower the scale or the number of groups that are multiplied")
        })
    }

    /// Each group's score: the sum of its points.
    pub(super) fn sections(&self, row: &[i64]) -> Vec<i64> {
        let mut scores = vec![0_i64; self.rules.groups.len()];
        for (criterion, points) in self.rules.criteria.iter().zip(row) {
            if let Some(score) = criterion.group.and_then(|group| scores.get_mut(group)) {
                *score = score.saturating_add(*points);
            }
        }
        scores
    }

    fn scripted(&mut self, row: &[i64]) -> Result<i64, Problem> {
        let scores = self.sections(row);
        let decimals = self.rules.decimals;
        let groups = &self.rules.groups;
        let Some(script) = self.script.as_deref_mut() else { return Ok(0) };
        let expression = script.expression();
        let score_of = |name: &String| {
            let units = groups.iter().position(|group| group.id == *name).and_then(|group| scores.get(group));
            Argument::exact(Decimal::new(units.copied().unwrap_or(0), decimals))
        };
        let mut arguments: Vec<Argument> = expression.reads.iter().map(score_of).collect();
        let answer = script.run(&mut arguments)?;
        units_of(&answer, decimals).map_err(|wrong| {
            let (code, message, help) = match wrong {
                NoTotal::NotANumber => {
                    (Code::ScriptResult, format!("this total is {}", answer.described()), "a total is a finite number")
                }
                NoTotal::TooLarge => {
                    (Code::TotalOutOfRange, "this total is too large to be written".to_owned(), "divide by the scale")
                }
            };
            Problem::new(code, message).at(expression.place()).help(help)
        })
    }
}

/// Why an answer is no total.
#[derive(Debug, PartialEq, Eq)]
enum NoTotal {
    NotANumber,
    TooLarge,
}

/// A script's answer rounded to `decimals`, halves away from zero.
fn units_of(answer: &ExpressionAnswer, decimals: u32) -> Result<i64, NoTotal> {
    if let Some(exact) = answer.exact() {
        return units_of_exact(exact, decimals);
    }
    let measure = answer.measure().ok().flatten().ok_or(NoTotal::NotANumber)?;
    writable(to_units(measure.estimate, decimals))
}

fn units_of_exact(exact: Decimal, decimals: u32) -> Result<i64, NoTotal> {
    let rounded = exact.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero);
    let shifted = rounded.checked_mul(Decimal::from(10_i64.pow(decimals))).ok_or(NoTotal::TooLarge)?;
    i64::try_from(shifted.trunc()).map_err(|_| NoTotal::TooLarge).and_then(writable)
}

fn writable(units: i64) -> Result<i64, NoTotal> {
    if (-MOST..=MOST).contains(&units) { Ok(units) } else { Err(NoTotal::TooLarge) }
}

/// A value's factor in a weighted product: raised to its share of the weight, in units of the fine decimals.
pub(super) fn factor(rules: &RuleSet, value: i64, share: i64) -> i64 {
    let decimals = rules.fine_decimals();
    let whole = Fixed::new(i64::from(rules.scale), 0).to_f64();
    let exponent = Fixed::new(share, decimals).to_f64() / whole;
    if share == 0 {
        return 10_i64.pow(decimals);
    }
    to_units(libm::pow(Fixed::new(value, decimals).to_f64(), exponent), decimals)
}

/// The scale times the factors, exactly, then rounded once.
fn product(factors: &[i64], factor_decimals: u32, scale: u32, decimals: u32) -> Option<i64> {
    let all = factor_decimals * u32::try_from(factors.len()).ok()?;
    divided(multiplied(factors) * BigUint::from(scale), all, BigUint::from(1_u32), decimals)
}

fn multiplied(numbers: &[i64]) -> BigUint {
    numbers.iter().map(|number| BigUint::from(number.unsigned_abs())).product()
}

/// A whole number of units of `from` decimals over `divisor`, rounded to `to` decimals, halves up.
fn divided(units: BigUint, from: u32, divisor: BigUint, to: u32) -> Option<i64> {
    let ten = BigUint::from(10_u32);
    let (up, down) = (ten.pow(to.saturating_sub(from)), ten.pow(from.saturating_sub(to)));
    let divisor = divisor * down;
    let twice = units * up * 2_u32 + &divisor;
    i64::try_from(twice / (divisor * 2_u32)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_are_exact() {
        // 0.5000 × 0.3333 × 100 = 16.665, and halves go up.
        assert_eq!(product(&[5000, 3333], 4, 100, 2), Some(1667));
        // 8.25 × 7.10 ÷ 100 = 0.58575
        assert_eq!(divided(multiplied(&[825, 710]), 4, BigUint::from(100_u32), 2), Some(59));
        assert_eq!(divided(multiplied(&[825, 710]), 4, BigUint::from(100_u32), 4), Some(5858));
        assert_eq!(product(&[10_000; 40], 4, 100, 2), Some(10_000));
    }

    #[test]
    fn script_totals_are_rounded_once() {
        let units = |text: &str| units_of_exact(text.parse().unwrap(), 2);
        assert_eq!(units("58.575"), Ok(5858));
        assert_eq!(units("-0.005"), Ok(-1));
        assert_eq!(units("79228162514264337593543950335"), Err(NoTotal::TooLarge));
        assert_eq!(writable(to_units(1e300, 2)), Err(NoTotal::TooLarge));
    }
}
