//! Statistics that rules can call: pure functions, one file each, with their sources.
//!
//! Nothing here reads evidence files, and [`Estimate::in_words`] is all the text that it writes. Platform floating point
//! (`ln`, `exp` and the like) stays out: [`libm`] is used. How sure an interval is stands in one place,
//! [`Confidence`].

mod agreement;
mod chance;
mod change;
mod concordance;
mod confidence;
mod estimate;
mod group;
mod harm;
mod poisson;
mod pooled;
mod priorities;
mod proportion;
mod quantile;
mod random;
mod rate;
mod spread;
mod tails;
mod trend;
mod wheeler;
mod window;

pub use agreement::{Agreement, agreement, krippendorff_alpha};
pub use chance::{Chance, ChanceTest, E_TEST_UP_TO, EXACT_UP_TO, chance, conditional_test, e_test};
pub use change::{RateRatio, difference, rate_ratio, ratio_a_year};
pub use concordance::concordance;
pub(crate) use concordance::mean_ranks;
pub use confidence::Confidence;
pub use estimate::Estimate;
pub use group::{Funnel, GroupArea, GroupRate, Position, funnel, position};
pub use harm::{Harm, HarmChange, Heaviest, harm, harm_change};
pub use poisson::count_interval;
pub use pooled::{Pool, PooledRate};
pub use priorities::{Consistency, Priorities, consistency, priorities};
pub use proportion::{clopper_pearson, wilson};
pub use quantile::nine_tenths_of_beta;
pub use random::{Random, Stream};
pub use rate::rate;
pub use spread::{far_out, mean, median, sample_deviation, standard_deviation, trimmed_mean};
pub use trend::{AnnualCount, NoTrend, Trend, trend};
pub use wheeler::{Baseline, ZScore, wheeler};

/// `x` rounded to ten significant digits: as far as a sum in another order, or an iteration, agrees with itself.
pub(crate) fn to_ten_digits(x: f64) -> f64 {
    format!("{x:.9e}").parse().unwrap_or(x)
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_is_settled_is_good_to_nine_digits() {
        for x in [1.000_000_000_499, 9.999_999_999_4, 3.688_879_454_113_935_4e-7, -12_345.678_901_234_5, 1e-300] {
            super::check::close(super::to_ten_digits(x), x, 5e-10);
        }
        assert_eq!(super::to_ten_digits(0.0), 0.0);
    }
}

#[cfg(test)]
pub(crate) mod check {
    /// Asserts that two numbers agree to a relative tolerance.
    #[track_caller]
    pub(crate) fn close(found: f64, wanted: f64, relative: f64) {
        let error = (found - wanted).abs() / wanted.abs().max(1e-300);
        assert!(error <= relative, "found {found}, wanted {wanted}");
    }
}
