//! The scale on which the engine's totals are the spreadsheet's, or a whole multiple of them, to the last decimal.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::CombineScores;
use super::combine::TotalForm;
use super::read::ScoringMatrix;

/// The decimals of points and totals in the rules that are written.
pub(super) const DECIMALS: u32 = 4;
/// Those of values and weights.
const FINE_DECIMALS: u32 = DECIMALS + 2;
/// The highest total that a rule set can have.
const MAX_SCALE: u32 = 10_000;

/// How scores become points.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Scaling {
    /// The highest total: a whole number.
    pub(super) scale: u32,
    /// The score that earns nothing, and the one that earns all, for each criterion.
    pub(super) ends: Vec<(f64, f64)>,
    /// How many times the spreadsheet's own a total is; none where totals are on a scale of their own.
    pub(super) times: Option<f64>,
    /// Whether every total comes out to the last decimal.
    pub(super) exact: bool,
}

impl ScoringMatrix {
    /// The weights by which scores are added up, as the form has them.
    pub(super) fn weights(&self) -> Vec<f64> {
        match self.form.combine {
            CombineScores::Product => vec![1.0; self.criteria.len()],
            _ => self.arithmetic.weights(self.form.sections).to_vec(),
        }
    }

    /// The criteria that are added up together: all, those of a section, or each by itself.
    pub(super) fn pool(&self, criterion: usize) -> usize {
        match self.form.combine {
            CombineScores::Sum => 0,
            CombineScores::Product => criterion,
            CombineScores::Sections => self.criteria.get(criterion).and_then(|it| it.section).unwrap_or(0),
        }
    }

    /// The first scale on which all totals come out exactly; else one that is as near as rounding lets it.
    pub(super) fn scaling(&self) -> Scaling {
        // Scores below zero can only be reckoned from the lowest one.
        let below = self.criteria.iter().any(|criterion| criterion.scale.0 < 0.0);
        let from = |low: f64| if below { low } else { 0.0 };
        let ends: Vec<(f64, f64)> = self.criteria.iter().map(|it| (from(it.scale.0), it.scale.1)).collect();
        let longer: Vec<(f64, f64)> = ends.iter().map(|(low, high)| (*low, low + longer(high - low))).collect();
        let times = self.multiples();
        let tries = || times.iter().flat_map(|times| [(&ends, *times), (&longer, *times)]);
        let exact = tries().find_map(|(ends, times)| self.exact(ends, times));
        let near = || {
            tries().find_map(|(ends, times)| {
                let most = self.most(ends)? * decimal(times)?;
                let whole = most.round();
                ((most - whole).abs() < Decimal::new(1, 9)).then(|| scaling(whole, ends, times, false)).flatten()
            })
        };
        exact.or_else(near).unwrap_or_else(|| Scaling {
            scale: 100,
            ends: self.criteria.iter().map(|it| (it.scale.0.min(from(it.scale.0)), it.scale.1)).collect(),
            times: None,
            exact: false,
        })
    }

    /// How many times weight × score a total can be: as in the spreadsheet first.
    fn multiples(&self) -> Vec<f64> {
        let own = TotalForm::factor_of(&self.form);
        [own, own * 10.0, own * 100.0, 1.0, 10.0, 100.0, 0.1, 0.01].into()
    }

    /// The most that the combining can give.
    fn most(&self, ends: &[(f64, f64)]) -> Option<Decimal> {
        let weights = self.weights();
        let mut sums: Vec<Decimal> = vec![Decimal::ZERO; self.criteria.len()];
        let mut pools: Vec<usize> = Vec::new();
        for (at, (weight, (low, high))) in weights.iter().zip(ends).enumerate() {
            let pool = self.pool(at);
            if !pools.contains(&pool) {
                pools.push(pool);
            }
            *sums.get_mut(pool)? += decimal(*weight)?.checked_mul(decimal(high - low)?)?;
        }
        pools.iter().try_fold(Decimal::ONE, |most, pool| most.checked_mul(*sums.get(*pool)?))
    }

    /// The scaling, if every point of every candidate comes out exactly.
    fn exact(&self, ends: &[(f64, f64)], times: f64) -> Option<Scaling> {
        let most = self.most(ends)?;
        let scale = most.checked_mul(decimal(times)?)?;
        let fits = scale.fract().is_zero() && scale >= Decimal::ONE && scale <= Decimal::from(MAX_SCALE);
        let weights = self.weights();
        let all = |at: usize| -> Option<()> {
            let (weight, (low, high)) = (decimal(*weights.get(at)?)?, *ends.get(at)?);
            let sum = self.pool_sum(&weights, ends, self.pool(at))?;
            let unit = scale.checked_mul(weight)?.checked_div(sum)?;
            let share = unit.checked_mul(decimal(high - low)?)?;
            if share != share.round_dp(FINE_DECIMALS) {
                return None;
            }
            for candidate in &self.candidates {
                let Some(score) = candidate.scores.get(at).copied().flatten() else { continue };
                let above = decimal(score)? - decimal(low)?;
                let value = above.checked_div(decimal(high - low)?)?.round_dp(FINE_DECIMALS);
                let points = value.checked_mul(share)?.round_dp(DECIMALS);
                if points != unit.checked_mul(above)? {
                    return None;
                }
            }
            Some(())
        };
        (fits && (0..self.criteria.len()).all(|at| all(at).is_some()))
            .then(|| scaling(scale, ends, times, true))
            .flatten()
    }

    fn pool_sum(&self, weights: &[f64], ends: &[(f64, f64)], pool: usize) -> Option<Decimal> {
        let mut sum = Decimal::ZERO;
        for (at, (weight, (low, high))) in weights.iter().zip(ends).enumerate() {
            if self.pool(at) == pool {
                sum += decimal(*weight)?.checked_mul(decimal(high - low)?)?;
            }
        }
        Some(sum)
    }
}

impl TotalForm {
    /// The factor, where it makes totals that can be made: an odd one is left out.
    fn factor_of(form: &Self) -> f64 {
        if form.factor.is_finite() && form.factor > 0.0 { form.factor } else { 1.0 }
    }
}

fn scaling(scale: Decimal, ends: &[(f64, f64)], times: f64, exact: bool) -> Option<Scaling> {
    let scale = scale.to_u32().filter(|scale| (1..=MAX_SCALE).contains(scale))?;
    Some(Scaling { scale, ends: ends.to_vec(), times: Some(times), exact })
}

/// The number as it is written, not as a computer keeps it.
fn decimal(number: f64) -> Option<Decimal> {
    number.to_string().parse().ok()
}

/// The next length by which whole scores can be divided to the last decimal: 4 for 3, 8 for 6, 10 for 9.
fn longer(length: f64) -> f64 {
    const LENGTHS: [f64; 16] =
        [1.0, 2.0, 4.0, 5.0, 8.0, 10.0, 16.0, 20.0, 25.0, 32.0, 40.0, 50.0, 64.0, 80.0, 100.0, 1000.0];
    LENGTHS.into_iter().find(|known| *known >= length).unwrap_or(length)
}
