//! The share of the other candidates that a measure exceeds.

use std::sync::Arc;

use super::against::{Against, turned};
use crate::exact::{Below, to_units};
use crate::rules::shape::candidate_measures::CandidateMeasures;
use crate::rules::shape::member::Scale;
use crate::words::counted;

/// The share of the other candidates that a measure exceeds, equals counting half.
pub(super) struct Percentile;

impl Against for Percentile {
    fn scale(&self, answers: &CandidateMeasures<'_>, rising: bool) -> Arc<dyn Scale> {
        Arc::new(AmongOthers { all: All::new(answers), rising })
    }

    fn swing(&self) -> &'static str {
        "from the candidate with the least to the one with the most"
    }

    fn sentence(&self) -> &'static str {
        "the share of them that it exceeds, equals counting half"
    }

    fn sentence_beside_cells(&self, rising: bool) -> String {
        let exceeds = if rising { "it exceeds" } else { "exceed it" };
        format!("The share of the other candidates that {exceeds}.")
    }

    fn clause(&self) -> &'static str {
        "the share of the others that it exceeds"
    }
}

#[derive(Debug)]
struct AmongOthers {
    all: All,
    rising: bool,
}

impl Scale for AmongOthers {
    /// One half where there are no others.
    #[inline]
    #[expect(clippy::cast_precision_loss, reason = "there are far fewer than 2^53 candidates")]
    fn value(&self, measure: f64) -> Option<f64> {
        let (below, equal, all) = self.all.counts(measure);
        let (below, equal, all) = (below as f64, equal as f64, all as f64);
        let share = if all > 1.0 { (below + 0.5 * (equal - 1.0).max(0.0)) / (all - 1.0) } else { 0.5 };
        Some(turned(share, self.rising))
    }

    /// Of what it is set against its own answer is none, where that is another.
    #[expect(clippy::cast_precision_loss, reason = "there are far fewer than 2^53 candidates")]
    fn value_instead(&self, own: f64, measure: f64) -> Option<f64> {
        let (below, equal, all) = self.all.counts(measure);
        let others = all.saturating_sub(1);
        if others == 0 {
            return Some(0.5);
        }
        let below = below - usize::from(own < measure && below > 0);
        let equal = equal - usize::from(own == measure && equal > 0);
        Some(turned((below as f64 + 0.5 * equal as f64) / others as f64, self.rising))
    }

    /// A candidate's own measure is among those counted, and is not one of the others.
    fn reading(&self, measure: f64) -> String {
        let (lower, equal, all) = self.all.counts(measure);
        let others = counted(all.saturating_sub(1), "other", "others");
        match equal.saturating_sub(1) {
            0 => format!("above {lower} of {others}"),
            same => format!("above {lower} of {others} and equal to {same}"),
        }
    }
}

/// The measures of all candidates.
#[derive(Debug)]
enum All {
    /// Counted in units of so many decimals.
    Close(Below, u32),
    /// All measures, ascending.
    Apart(Vec<f64>),
}

impl All {
    fn new(answers: &CandidateMeasures<'_>) -> Self {
        let decimals = answers.decimals();
        let units = answers.each_known(|measure| to_units(measure, decimals));
        match Below::new(&units) {
            Some(below) => Self::Close(below, decimals),
            None => Self::Apart(answers.sorted()),
        }
    }

    /// How many measures are below `x`, how many equal it, and how many there are.
    #[inline]
    fn counts(&self, x: f64) -> (usize, usize, usize) {
        match self {
            Self::Close(counted, decimals) => {
                let (below, equal) = counted.below_and_equal(to_units(x, *decimals));
                (below as usize, equal as usize, counted.all() as usize)
            }
            Self::Apart(sorted) => {
                let below = sorted.partition_point(|other| *other < x);
                (below, sorted.partition_point(|other| *other <= x) - below, sorted.len())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn among(measures: &[f64]) -> AmongOthers {
        let answers = CandidateMeasures::new(measures, 0, |measures| measures.sort_unstable_by(f64::total_cmp));
        AmongOthers { all: All::new(&answers), rising: true }
    }

    #[test]
    fn equals_count_half() {
        for apart in [1.0, 1e6] {
            let among = among(&[2.0, 4.0, 1.0, 2.0].map(|measure| measure * apart));
            assert_eq!(matches!(among.all, All::Apart(_)), apart > 1.0);
            for (measure, share) in [(1.0, 0.0), (2.0, 0.5), (4.0, 1.0), (0.0, 0.0), (3.0, 1.0)] {
                assert_eq!(among.value(measure * apart), Some(share), "{measure}");
            }
        }
        assert_eq!(among(&[7.0]).value(7.0), Some(0.5));
        // The highest does not exceed itself where it could be higher still.
        let among = among(&[2.0, 4.0, 1.0, 2.0]);
        assert_eq!(
            [5.0, 2.0, 0.0].map(|measure| among.value_instead(4.0, measure)),
            [Some(1.0), Some(2.0 / 3.0), Some(0.0)]
        );
    }
}
