//! Counts that chance could have brought, with their probabilities: only as many as matter.
//!
//! Each probability follows from its neighbour by a quotient, outwards from the most likely count, and all are divided
//! by their sum. No factorial or logarithm is taken, so nothing is lost to cancellation however large the counts.

/// Counts less likely than the most likely one by this factor are left out.
const NEGLIGIBLE: f64 = 1e-40;

/// A stretch of whole numbers with the probability of each. What is left out has less than 10⁻³⁵ of it.
pub(super) struct Window {
    /// The lowest number of the stretch.
    pub(super) first: f64,
    /// The probabilities, from the lowest number up. They add up to 1.
    pub(super) probabilities: Vec<f64>,
}

impl Window {
    /// A Poisson distribution; `mean` is above 0 and at most 10⁸.
    pub(super) fn poisson(mean: f64) -> Self {
        Self::around(mean.floor(), |x| mean / (x + 1.0), |x| x / mean)
    }

    /// A binomial distribution of `trials`, at most 10⁸, with success `odds` to one, above 0.
    pub(super) fn binomial(trials: f64, odds: f64) -> Self {
        let mode = ((trials + 1.0) * odds / (1.0 + odds)).floor().min(trials);
        let up = |x: f64| (trials - x) / (x + 1.0) * odds;
        let down = |x: f64| x / (trials - x + 1.0) / odds;
        Self::around(mode, up, down)
    }

    /// `up` and `down` are the probability of the next number above and below over that of their argument.
    fn around(mode: f64, up: impl Fn(f64) -> f64, down: impl Fn(f64) -> f64) -> Self {
        let mut probabilities = walk(mode, -1.0, down);
        let first = mode - float(probabilities.len());
        probabilities.reverse();
        probabilities.push(1.0);
        probabilities.extend(walk(mode, 1.0, up));
        let total: f64 = probabilities.iter().sum();
        for probability in &mut probabilities {
            *probability /= total;
        }
        Self { first, probabilities }
    }

    /// The numbers with their probabilities, ascending.
    pub(super) fn iter(&self) -> impl Iterator<Item = (f64, f64)> {
        self.probabilities.iter().enumerate().map(|(at, probability)| (self.first + float(at), *probability))
    }

    /// The probability of `x` or less.
    pub(super) fn at_most(&self, x: f64) -> f64 {
        self.iter().take_while(|(number, _)| *number <= x).map(|(_, probability)| probability).sum()
    }

    /// The probability of `x` or more.
    pub(super) fn at_least(&self, x: f64) -> f64 {
        let upper: Vec<f64> = self.iter().filter(|(number, _)| *number >= x).map(|(_, it)| it).collect();
        upper.iter().rev().sum()
    }
}

/// The weights from next to `from`, whose own is 1, outwards.
fn walk(from: f64, step: f64, quotient: impl Fn(f64) -> f64) -> Vec<f64> {
    let (mut at, mut weight, mut weights) = (from, 1.0, Vec::new());
    loop {
        weight *= quotient(at);
        at += step;
        if weight < NEGLIGIBLE {
            return weights;
        }
        weights.push(weight);
    }
}

#[expect(clippy::cast_precision_loss, reason = "a window has some hundred thousand numbers at most")]
pub(super) fn float(number: usize) -> f64 {
    number as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::check::close;

    #[test]
    fn small_ones_by_hand() {
        let fair = Window::binomial(3.0, 1.0);
        assert_eq!(fair.iter().map(|(number, _)| number).collect::<Vec<_>>(), [0.0, 1.0, 2.0, 3.0]);
        close(fair.at_least(2.0), 0.5, 1e-15);
        close(fair.at_most(0.0), 0.125, 1e-15);
        let poisson = Window::poisson(2.0);
        close(poisson.at_most(0.0), libm::exp(-2.0), 1e-14);
        close(poisson.at_most(2.0), 5.0 * libm::exp(-2.0), 1e-14);
    }
}
