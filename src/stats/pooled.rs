//! Rates of small areas, drawn towards the rate of all of them as far as chance explains how they differ.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::tails::Side;
use super::{Confidence, Estimate, quantile};

/// The largest shape of a gamma distribution whose quantiles are known.
const MOST_SHAPE: f64 = 1e8;
/// The smallest shape of which they are asked. Below it the lower end is zero, and the upper one that of this shape, which is
/// no lower.
const LEAST_SHAPE: f64 = 0.3;
/// So many ends are kept on each thread, by shape, side and level.
const KEPT: usize = 1 << 16;

thread_local! {
    /// Ends of intervals that were made already: the same figure is asked for by a measure, its sentence and its evidence.
    static KNOWN: RefCell<BTreeMap<(u64, bool, u64), f64>> = const { RefCell::new(BTreeMap::new()) };
}

/// What is known of all areas together, towards which the rate of each is drawn.
///
/// Counts are taken as Poisson, and the areas' own rates as gamma distributed: Clayton and Kaldor (1987), *Biometrics* 43,
/// 671–681. The mean and variance of that gamma are the moments of all areas, without iteration: the global estimator of
/// Marshall (1991), *Applied Statistics* 40, 283–294.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pool {
    /// How many areas.
    pub areas: usize,
    /// What was counted in all of them; above 0.
    pub events: f64,
    /// Their rate together, per unit of exposure: all that was counted over all exposure.
    pub rate: f64,
    /// The variance of the areas' own rates, beyond what chance explains; 0 where chance explains all.
    pub variance: f64,
}

/// The rate of one area, drawn towards that of all.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PooledRate {
    /// The rate, with its interval.
    pub rate: Estimate,
    /// Which part of it is that of all areas, from 0, all its own, to 1, where it says nothing of its own.
    pub borrowed: f64,
}

impl Pool {
    /// The fewest areas. Of fewer, drawing figures towards the mean that they have need not bring them nearer to the truth:
    /// shown of normal means of equal variance by Efron and Morris (1973), *JRSS* B 35, 379–421.
    pub const LEAST_AREAS: usize = 4;

    /// Of areas with so many events, 0 or more, in so much exposure (people × years), above 0. `None` for fewer than
    /// [`Self::LEAST_AREAS`], and where nothing was counted.
    pub fn new(areas: &[(f64, f64)]) -> Option<Self> {
        let events: f64 = areas.iter().map(|area| area.0).sum();
        let exposure: f64 = areas.iter().map(|area| area.1).sum();
        if areas.len() < Self::LEAST_AREAS || events <= 0.0 || exposure <= 0.0 {
            return None;
        }
        let rate = events / exposure;
        let apart = |(count, exposure): &(f64, f64)| {
            let difference = count / exposure - rate;
            exposure * difference * difference
        };
        let spread = areas.iter().map(apart).sum::<f64>() / exposure;
        #[expect(clippy::cast_precision_loss, reason = "no list is so long")]
        let by_chance = rate * areas.len() as f64 / exposure;
        Some(Self { areas: areas.len(), events, rate, variance: (spread - by_chance).max(0.0) })
    }

    /// The rate of an area with `count` events in so much exposure, per unit of it. Where the count is only known to lie
    /// between two numbers, `ends` are these.
    ///
    /// The interval is that of the gamma distribution which the area's own count leaves of its rate. It takes the mean and
    /// variance of all areas as known, and is no narrower than that of as many events as all areas have together: no area is
    /// better known than all of them.
    pub fn pooled(&self, count: f64, ends: (f64, f64), exposure: f64, confidence: Confidence) -> PooledRate {
        let estimate = self.estimate(count, exposure);
        let lower = self.end(Side::Below, ends.0, exposure, confidence);
        let upper = self.end(Side::Above, ends.1, exposure, confidence);
        let borrowed = self.rate / (self.rate + self.variance * exposure);
        PooledRate { rate: Estimate::between(estimate, lower.min(estimate), upper.max(estimate)), borrowed }
    }

    fn estimate(&self, count: f64, exposure: f64) -> f64 {
        (self.rate * self.rate + self.variance * count) / (self.rate + self.variance * exposure)
    }

    fn end(&self, side: Side, count: f64, exposure: f64, confidence: Confidence) -> f64 {
        let prior = self.rate * self.rate / self.variance;
        let shape = (prior + count).min(self.events).min(MOST_SHAPE);
        self.estimate(count, exposure) / shape * quantile_of(side, shape, confidence)
    }
}

fn quantile_of(side: Side, shape: f64, confidence: Confidence) -> f64 {
    if shape < LEAST_SHAPE && side == Side::Below {
        return 0.0;
    }
    let shape = shape.max(LEAST_SHAPE);
    let key = (shape.to_bits(), side == Side::Below, confidence.level().to_bits());
    KNOWN.with_borrow_mut(|known| {
        if let Some(end) = known.get(&key) {
            return *end;
        }
        if known.len() >= KEPT {
            known.clear();
        }
        let end = quantile::gamma(side, shape, confidence.tail());
        known.insert(key, end);
        end
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::stats::check::close;

    /// Cases of lip cancer in the 56 districts of Scotland, 1975 to 1980, and those that were to be expected: Clayton and
    /// Kaldor (1987), table 1.
    #[rustfmt::skip]
    const SCOTLAND: [(f64, f64); 56] = [
        (9.0, 1.4), (39.0, 8.7), (11.0, 3.0), (9.0, 2.5), (15.0, 4.3), (8.0, 2.4), (26.0, 8.1), (7.0, 2.3), (6.0, 2.0),
        (20.0, 6.6), (13.0, 4.4), (5.0, 1.8), (3.0, 1.1), (8.0, 3.3), (17.0, 7.8), (9.0, 4.6), (2.0, 1.1), (7.0, 4.2),
        (9.0, 5.5), (7.0, 4.4), (16.0, 10.5), (31.0, 22.7), (11.0, 8.8), (7.0, 5.6), (19.0, 15.5), (15.0, 12.5),
        (7.0, 6.0), (10.0, 9.0), (16.0, 14.4), (11.0, 10.2), (5.0, 4.8), (3.0, 2.9), (7.0, 7.0), (8.0, 8.5),
        (11.0, 12.3), (9.0, 10.1), (11.0, 12.7), (8.0, 9.4), (6.0, 7.2), (4.0, 5.3), (10.0, 18.8), (8.0, 15.8),
        (2.0, 4.3), (6.0, 14.6), (19.0, 50.7), (3.0, 8.2), (2.0, 5.6), (3.0, 9.3), (28.0, 88.7), (6.0, 19.6),
        (1.0, 3.4), (1.0, 3.6), (1.0, 5.7), (1.0, 7.0), (0.0, 4.2), (0.0, 1.8),
    ];

    fn of(pool: &Pool, count: f64, exposure: f64) -> PooledRate {
        pool.pooled(count, (count, count), exposure, Confidence::default())
    }

    /// The estimates by hand in Python, the ends by scipy 1.17's `gamma.ppf`.
    #[test]
    fn districts_of_scotland_as_python_has_them() {
        let pool = Pool::new(&SCOTLAND).unwrap();
        close(pool.rate, 0.999_627_004_848_936_6, 1e-14);
        close(pool.variance, 0.802_700_098_694_327_7, 1e-13);
        for (count, exposure, rate, lower, upper, borrowed) in [
            (9.0, 1.4, 3.872_811_233_634_856, 1.876_662_434_483_343_4, 6.579_850_804_660_523_5, 0.470_765_584_515_627),
            (39.0, 8.7, 4.046_609_175_801_526, 2.894_172_032_108_632, 5.389_174_880_374_955, 0.125_217_618_221_657_9),
            (
                19.0,
                50.7,
                0.389_734_089_108_047_6,
                0.238_860_889_936_036_7,
                0.576_942_767_587_793_2,
                0.023_973_870_162_157_2,
            ),
            (
                0.0,
                4.2,
                0.228_611_667_155_459_8,
                0.010_736_129_222_139_1,
                0.768_742_949_378_658_4,
                0.228_696_970_016_338_7,
            ),
        ] {
            let found = of(&pool, count, exposure);
            let ends = found.rate.interval.unwrap();
            close(found.rate.estimate, rate, 1e-12);
            close(ends.0, lower, 1e-11);
            close(ends.1, upper, 1e-11);
            close(found.borrowed, borrowed, 1e-12);
        }
    }

    /// Where chance explains all, each area has the rate of all, as surely as that is known.
    #[test]
    fn where_chance_explains_all_the_rate_is_that_of_all() {
        let areas = [(3.0, 30.0), (2.0, 25.0), (4.0, 35.0), (3.0, 28.0), (2.0, 24.0)];
        let pool = Pool::new(&areas).unwrap();
        assert_eq!(pool.variance, 0.0);
        let found = of(&pool, 3.0, 30.0);
        close(found.rate.estimate, 14.0 / 142.0, 1e-14);
        assert_eq!(found.borrowed, 1.0);
        let ends = found.rate.interval.unwrap();
        close(ends.0, 0.053_900_917_438_736_58, 1e-11);
        close(ends.1, 0.156_552_083_930_696_28, 1e-11);
    }

    #[test]
    fn too_few_areas_and_nothing_counted_make_no_pool() {
        assert_eq!(Pool::new(&[(1.0, 1.0); 3]), None);
        assert_eq!(Pool::new(&[(0.0, 1.0); 9]), None);
        assert!(Pool::new(&[(1.0, 1.0); 4]).is_some());
    }

    proptest! {
        /// It lies between the area's own rate and that of all, within its interval, and more people mean less borrowed.
        #[test]
        fn a_pooled_rate_lies_between(
            areas in prop::collection::vec((0_u32..60, 1.0..500.0_f64), 4..40), more in 1.0..50.0_f64,
        ) {
            let areas: Vec<(f64, f64)> = areas.into_iter().map(|(count, exposure)| (f64::from(count), exposure)).collect();
            if let Some(pool) = Pool::new(&areas) {
                for (count, exposure) in areas {
                    let found = of(&pool, count, exposure);
                    let own = count / exposure;
                    let (low, high) = (own.min(pool.rate), own.max(pool.rate));
                    let close = 1e-9 * high;
                    prop_assert!(low - close <= found.rate.estimate && found.rate.estimate <= high + close);
                    let ends = found.rate.interval.unwrap();
                    prop_assert!(0.0 <= ends.0 && ends.0 <= found.rate.estimate && found.rate.estimate <= ends.1);
                    prop_assert!((0.0..=1.0).contains(&found.borrowed));
                    prop_assert!(of(&pool, count, exposure * more).borrowed <= found.borrowed);
                }
            }
        }
    }
}
