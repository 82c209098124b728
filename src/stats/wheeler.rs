//! Wheeler's statistic for the change of a count: quick, and good enough where counts are not small.

use super::chance::two_sided;
use super::{Confidence, Estimate};

/// What is known of the count that another is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Baseline {
    /// A long-term mean that counts as exact.
    Known,
    /// A count of one period, as much a matter of chance as the other.
    Observed,
}

/// A standard normal statistic with its two-sided p-value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ZScore {
    /// In standard deviations; above 0 for a rise.
    pub z: f64,
    /// The two-sided p-value of `z`, 0 to 1.
    pub p: f64,
}

impl ZScore {
    /// The statistic with its interval: its standard deviation is 1.
    pub fn to_estimate(self, confidence: Confidence) -> Estimate {
        Estimate::between(self.z, self.z - confidence.z(), self.z + confidence.z())
    }
}

/// `z = 2(√post − √pre)`, divided by √2 where the baseline is observed.
///
/// Both are counts over periods of the same length, 0 or more; `None` otherwise.
///
/// Source: Wheeler (2016), *International Journal of Police Science & Management* 18(3), 159–172; the square root makes a
/// Poisson count's variance 1/4: Bartlett (1936), *Supplement to the Journal of the Royal Statistical Society* 3, 68–78.
pub fn wheeler(post: f64, pre: f64, baseline: Baseline) -> Option<ZScore> {
    if !(post >= 0.0 && pre >= 0.0) {
        return None;
    }
    let difference = 2.0 * (post.sqrt() - pre.sqrt());
    let z = match baseline {
        Baseline::Known => difference,
        Baseline::Observed => difference / std::f64::consts::SQRT_2,
    };
    Some(ZScore { z, p: two_sided(z) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::check::close;

    #[test]
    fn by_hand() {
        // 2 × (5 − 4), and 2/√2.
        let known = wheeler(25.0, 16.0, Baseline::Known).unwrap();
        assert_eq!(known.z, 2.0);
        // scipy 1.17.1: 2*norm.sf(2)
        close(known.p, 0.045_500_263_896_358_42, 1e-12);
        close(wheeler(25.0, 16.0, Baseline::Observed).unwrap().z, std::f64::consts::SQRT_2, 1e-15);
        assert_eq!(wheeler(-1.0, 2.0, Baseline::Known), None);
    }
}
