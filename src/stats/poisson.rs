//! The interval of a count: exact at every count.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::Confidence;
use super::quantile;
use super::tails::Side;

/// Beyond this count the limits are taken as normal: they differ by two events in a hundred million.
const EXACT_UP_TO: f64 = 1e8;
/// So many intervals are found at once on each thread, by count.
const KEPT: usize = 4096;
/// So many are kept beside them, so that no few counts that meet in one place are worked out again and again.
const KEPT_BESIDE: usize = 1 << 16;

/// A count, the level, and the interval.
type Known = Option<(f64, f64, (f64, f64))>;

thread_local! {
    /// Intervals that were made already: the same counts come again in every draw, and in every column of a table.
    static KNOWN: RefCell<Vec<Known>> = const { RefCell::new(Vec::new()) };
    static KNOWN_BESIDE: RefCell<BTreeMap<(u64, u64), (f64, f64)>> = const { RefCell::new(BTreeMap::new()) };
}

/// The exact interval of the mean of a Poisson count.
///
/// `count` is a number of events, 0 or more. With `α` beyond both ends it is `χ²(α/2, 2x)/2` to `χ²(1 − α/2, 2x + 2)/2`,
/// from 0 where the count is 0; good to twelve digits. Beyond 10⁸ it is `x ± z√x`.
///
/// Source: Garwood (1936), *Biometrika* 28, 437–442.
pub fn count_interval(count: f64, confidence: Confidence) -> (f64, f64) {
    if count > EXACT_UP_TO {
        let half = confidence.z() * count.sqrt();
        return (count - half, count + half);
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 10⁸")]
    let place = count.max(0.0) as usize % KEPT;
    KNOWN.with_borrow_mut(|known| {
        known.resize(KEPT, None);
        let Some(kept) = known.get_mut(place) else { return exact(count, confidence) };
        match kept {
            Some((its_count, its_level, interval)) if *its_count == count && *its_level == confidence.level() => {
                *interval
            }
            _ => {
                let interval = beside(count, confidence);
                *kept = Some((count, confidence.level(), interval));
                interval
            }
        }
    })
}

fn beside(count: f64, confidence: Confidence) -> (f64, f64) {
    let key = (count.to_bits(), confidence.level().to_bits());
    KNOWN_BESIDE.with_borrow_mut(|known| {
        if let Some(interval) = known.get(&key) {
            return *interval;
        }
        if known.len() >= KEPT_BESIDE {
            known.clear();
        }
        let interval = exact(count, confidence);
        known.insert(key, interval);
        interval
    })
}

fn exact(count: f64, confidence: Confidence) -> (f64, f64) {
    let tail = confidence.tail();
    let lower = if count > 0.0 { quantile::gamma(Side::Below, count, tail) } else { 0.0 };
    (lower, quantile::gamma(Side::Above, count.max(0.0) + 1.0, tail))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_values() {
        // Garwood (1936), table 1, as reprinted in Pearson and Hartley, Biometrika Tables for Statisticians I (3rd ed.,
        // 1966), table 40: 95% and 99%.
        for (level, count, lower, upper) in [
            (0.95, 0.0, 0.0, 3.69),
            (0.95, 1.0, 0.0253, 5.57),
            (0.95, 5.0, 1.62, 11.67),
            (0.95, 10.0, 4.80, 18.39),
            (0.95, 50.0, 37.11, 65.92),
            (0.99, 0.0, 0.0, 5.30),
            (0.99, 1.0, 0.005_01, 7.43),
            (0.99, 10.0, 3.72, 21.40),
            (0.9, 0.0, 0.0, 3.00),
            (0.9, 10.0, 5.43, 16.96),
        ] {
            let found = count_interval(count, Confidence::new(level).unwrap());
            assert!((found.0 - lower).abs() < 5.1e-3 && (found.1 - upper).abs() < 5.1e-3, "{level} {count}: {found:?}");
        }
    }

    #[test]
    fn a_wider_interval_holds_a_narrower_one_and_both_the_count() {
        for count in (0..2000).chain([99_999_999, 100_000_000, 100_000_001]).map(f64::from) {
            let [narrow, usual, wide] =
                [0.8, 0.95, 0.99].map(|level| count_interval(count, Confidence::new(level).unwrap()));
            assert!(wide.0 <= usual.0 && usual.0 <= narrow.0 && narrow.0 <= count, "{count}");
            assert!(count < narrow.1 && narrow.1 < usual.1 && usual.1 < wide.1, "{count}");
        }
    }

    #[test]
    fn what_is_kept_is_what_would_be_made() {
        for level in [0.9, 0.95, 0.9] {
            for count in [3.0, 4099.0, 3.0] {
                let confidence = Confidence::new(level).unwrap();
                assert_eq!(count_interval(count, confidence), exact(count, confidence));
            }
        }
    }
}
