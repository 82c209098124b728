//! How weights are drawn: any weights, weights within bounds or in an order, or weights around those in use.

use crate::stats::{Random, nine_tenths_of_beta};

/// How often weights are drawn anew until they keep within their bounds.
const MAX_TRIES: usize = 20_000;
/// What sums of floats may miss a bound by.
const BOUND_TOLERANCE: f64 = 1e-12;

/// What weights may be. Criteria that share one whole are a pool; each pool's weights are drawn for themselves and add
/// up to one.
#[derive(Debug, Clone, PartialEq)]
pub struct WeightSpace {
    /// Each criterion's pool.
    pools: Vec<usize>,
    /// How many pools there are, none of them empty.
    count: usize,
    distribution: WeightDistribution,
    /// The least and the most of each weight, as parts of one.
    bounds: Vec<(f64, f64)>,
    /// Criteria in the order of their weights, the heaviest first; those of one order share a pool.
    orders: Vec<Vec<usize>>,
}

/// Before bounds and orders.
#[derive(Debug, Clone, PartialEq)]
pub enum WeightDistribution {
    /// Any weights, each as likely: uniform on the simplex, which is what Dirichlet's distribution is where all its
    /// parameters are 1 (Devroye 1986, *Non-Uniform Random Variate Generation*, V.2; so Tervonen and Lahdelma 2007,
    /// *European Journal of Operational Research* 178(2), 500–513).
    Uniform,
    /// Around `centre`, parts of one, by Dirichlet's distribution with the parameters centre × concentration: a weight
    /// w varies with the deviation √(w (1 − w) ÷ (concentration + 1)).
    Around {
        /// The weights in the middle.
        centre: Vec<f64>,
        /// How close the draws keep to it, above 0.
        concentration: f64,
    },
}

impl WeightSpace {
    /// Weights of criteria in these pools, without bounds and orders.
    pub fn new(pools: &[usize], manner: WeightDistribution) -> Self {
        let mut known: Vec<usize> = pools.to_vec();
        known.sort_unstable();
        known.dedup();
        let numbered = |pool: &usize| known.binary_search(pool).unwrap_or(0);
        let pools: Vec<usize> = pools.iter().map(numbered).collect();
        let bounds = vec![(0.0, 1.0); pools.len()];
        Self { pools, count: known.len(), distribution: manner, bounds, orders: Vec::new() }
    }

    /// The same within bounds, which are parts of one.
    #[must_use]
    pub fn with_bounds(mut self, bounds: Vec<(f64, f64)>) -> Self {
        self.bounds = bounds;
        self
    }

    /// The same with criteria in orders, the heaviest of each first.
    #[must_use]
    pub fn with_orders(mut self, orders: Vec<Vec<usize>>) -> Self {
        self.orders = orders;
        self
    }

    /// Before bounds and orders.
    pub fn distribution(&self) -> &WeightDistribution {
        &self.distribution
    }

    /// The least and the most of each weight, as parts of one.
    pub fn bounds(&self) -> &[(f64, f64)] {
        &self.bounds
    }

    /// Criteria in the order of their weights, the heaviest first.
    pub fn orders(&self) -> &[Vec<usize>] {
        &self.orders
    }

    /// Whether there are bounds or orders.
    pub fn is_bounded(&self) -> bool {
        !self.orders.is_empty() || self.bounds.iter().any(|bounds| *bounds != (0.0, 1.0))
    }

    /// Whether any weight can move: two of one pool, at least, are not held where they are.
    pub fn can_move(&self) -> bool {
        let middle = |criterion: usize| match &self.distribution {
            WeightDistribution::Uniform => 1.0,
            WeightDistribution::Around { centre, .. } => centre.get(criterion).copied().unwrap_or(0.0),
        };
        let moves = |criterion: &usize| {
            self.bounds.get(*criterion).is_some_and(|(least, most)| least < most) && middle(*criterion) > 0.0
        };
        let pool = |criterion: usize| self.pools.get(criterion).copied();
        let moving: Vec<usize> = (0..self.pools.len()).filter(moves).collect();
        moving.iter().enumerate().any(|(at, one)| moving.iter().skip(at + 1).any(|other| pool(*one) == pool(*other)))
    }

    /// Between which parts of one a weight lies in nine of ten draws; none where it can't move, where any weights are drawn,
    /// and where bounds or orders leave no such formula.
    ///
    /// One weight of Dirichlet's distribution has a beta distribution (Devroye 1986, XI.4).
    pub fn nine_of_ten(&self, criterion: usize) -> Option<(f64, f64)> {
        let WeightDistribution::Around { centre, concentration } = &self.distribution else { return None };
        if self.is_bounded() {
            return None;
        }
        let (own, pool) = (*centre.get(criterion)?, *self.pools.get(criterion)?);
        let with = self.pools.iter().zip(centre).filter(|(other, _)| **other == pool);
        let others: f64 = with.map(|(_, weight)| weight).sum::<f64>() - own;
        nine_tenths_of_beta(own * concentration, others * concentration)
    }

    /// How many weights there are.
    pub fn len(&self) -> usize {
        self.pools.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.pools.is_empty()
    }

    /// Draws weights into `weights`, as parts of one; false where none within the bounds were found.
    ///
    /// Least weights are kept by drawing only what is above them, most weights by drawing again, and orders by putting
    /// what was drawn in order: Tervonen and Lahdelma (2007), section 3.2. All three keep what is drawn uniform.
    pub fn draw(&self, random: &mut Random, weights: &mut [f64]) -> bool {
        (0..MAX_TRIES).any(|_| {
            self.draw_freely(random, weights);
            self.keeps(weights)
        })
    }

    fn draw_freely(&self, random: &mut Random, weights: &mut [f64]) {
        match &self.distribution {
            WeightDistribution::Uniform => weights.iter_mut().for_each(|weight| *weight = random.exponential()),
            WeightDistribution::Around { centre, concentration } => {
                for (weight, centre) in weights.iter_mut().zip(centre) {
                    *weight = if *centre > 0.0 { random.gamma(centre * concentration) } else { 0.0 };
                }
            }
        }
        for pool in 0..self.count {
            self.share_out(pool, weights);
        }
        for order in &self.orders {
            put_in_order(order, weights);
        }
    }

    /// Brings a pool's weights to one: their least, and what is left in proportion to what was drawn.
    fn share_out(&self, pool: usize, weights: &mut [f64]) {
        let uniform = self.distribution == WeightDistribution::Uniform && self.orders.is_empty();
        let least = |bounds: &(f64, f64)| if uniform { bounds.0 } else { 0.0 };
        if uniform {
            // A weight whose least is its most has no part in what is left.
            let fixed = weights.iter_mut().zip(&self.bounds).filter(|(_, (least, most))| least >= most);
            fixed.for_each(|(weight, _)| *weight = 0.0);
        }
        let members = || self.pools.iter().zip(&self.bounds).filter(move |(of, _)| **of == pool);
        let left = 1.0 - members().map(|(_, bounds)| least(bounds)).sum::<f64>();
        let sum: f64 = self.pools.iter().zip(&*weights).filter(|(of, _)| **of == pool).map(|(_, weight)| *weight).sum();
        let part = if sum > 0.0 { left / sum } else { 0.0 };
        for ((weight, of), bounds) in weights.iter_mut().zip(&self.pools).zip(&self.bounds) {
            if *of == pool {
                *weight = least(bounds) + *weight * part;
            }
        }
    }

    fn keeps(&self, weights: &[f64]) -> bool {
        let ends = |(least, most): &(f64, f64)| least - BOUND_TOLERANCE..=most + BOUND_TOLERANCE;
        weights.iter().zip(&self.bounds).all(|(weight, bounds)| ends(bounds).contains(weight))
    }
}

/// The same weights among the criteria of an order, the heaviest to the first.
fn put_in_order(order: &[usize], weights: &mut [f64]) {
    let mut drawn: Vec<f64> = order.iter().filter_map(|criterion| weights.get(*criterion).copied()).collect();
    drawn.sort_unstable_by(|a, b| b.total_cmp(a));
    for (criterion, weight) in order.iter().zip(drawn) {
        if let Some(slot) = weights.get_mut(*criterion) {
            *slot = weight;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::Stream;

    const DRAWS: u64 = 20_000;

    fn draws(space: &WeightSpace) -> Vec<Vec<f64>> {
        let mut weights = vec![0.0; space.len()];
        let draw = |number| {
            assert!(space.draw(&mut Random::new(1, Stream::Weights, number), &mut weights));
            weights.clone()
        };
        (0..DRAWS).map(draw).collect()
    }

    fn mean(draws: &[Vec<f64>], of: impl Fn(&[f64]) -> f64) -> f64 {
        draws.iter().map(|weights| of(weights)).sum::<f64>() / 20_000.0
    }

    #[track_caller]
    fn near(found: f64, wanted: f64) {
        assert!((found - wanted).abs() < 0.01, "found {found}, wanted {wanted}");
    }

    /// A weight of a uniform draw is Beta(1, n − 1): normalised uniforms would be far off.
    #[test]
    fn any_weights_are_uniform_on_the_simplex() {
        let found = draws(&WeightSpace::new(&[0; 4], WeightDistribution::Uniform));
        near(mean(&found, |weights| weights[2]), 0.25);
        near(mean(&found, |weights| f64::from(u8::from(weights[0] > 0.5))), 0.125);
        assert!(found.iter().all(|weights| (weights.iter().sum::<f64>() - 1.0).abs() < 1e-12));
    }

    /// The means of ordered weights are the rank-order centroids: 11/18, 5/18, 2/18 (Barron and Barrett 1996,
    /// *Management Science* 42(11), 1515–1523).
    #[test]
    fn ordered_weights_lie_round_the_centroid() {
        let found = draws(&WeightSpace::new(&[0; 3], WeightDistribution::Uniform).with_orders(vec![vec![2, 0, 1]]));
        for (criterion, centroid) in [(2, 11.0), (0, 5.0), (1, 2.0)] {
            near(mean(&found, |weights| weights[criterion]), centroid / 18.0);
        }
    }

    #[test]
    fn bounds_are_kept_and_what_is_left_is_uniform() {
        let bounds = vec![(0.2, 0.6), (0.0, 1.0), (0.1, 0.2)];
        let found = draws(&WeightSpace::new(&[0; 3], WeightDistribution::Uniform).with_bounds(bounds.clone()));
        for weights in &found {
            assert!(weights.iter().zip(&bounds).all(|(weight, (least, most))| weight >= least && weight <= most));
        }
        // By the area: the third is uniform from 0.1 to 0.2 (the first spans all of 0.2 to 0.6 at each of its values).
        near(mean(&found, |weights| weights[2]), 0.15);
        near(mean(&found, |weights| weights[0]), 0.4);
        let fixed = WeightSpace::new(&[0; 3], WeightDistribution::Uniform).with_bounds(vec![
            (0.0, 1.0),
            (0.3, 0.3),
            (0.0, 1.0),
        ]);
        assert!(draws(&fixed).iter().all(|weights| (weights[1] - 0.3).abs() < 1e-12));
        let none = WeightSpace::new(&[0; 2], WeightDistribution::Uniform).with_bounds(vec![(0.0, 0.3), (0.0, 0.3)]);
        assert!(!none.draw(&mut Random::new(1, Stream::Weights, 0), &mut [0.0; 2]));
    }

    /// Nine of ten draws lie in what is told, one in twenty on each side; of weights that share a pool with one other alone the
    /// ends follow from the other’s.
    #[test]
    fn nine_of_ten_draws_lie_where_it_is_told() {
        let centre = vec![0.5, 0.3, 0.2, 0.0, 1.0];
        let space = WeightSpace::new(&[0, 0, 0, 0, 1], WeightDistribution::Around { centre, concentration: 20.0 });
        let found = draws(&space);
        for criterion in 0..3 {
            let (low, high) = space.nine_of_ten(criterion).unwrap();
            near(mean(&found, |weights| f64::from(u8::from(weights[criterion] < low))), 0.05);
            near(mean(&found, |weights| f64::from(u8::from(weights[criterion] > high))), 0.05);
        }
        // What can't move has no such stretch, nor has what is drawn in another way.
        assert_eq!((space.nine_of_ten(3), space.nine_of_ten(4)), (None, None));
        assert_eq!(WeightSpace::new(&[0; 2], WeightDistribution::Uniform).nine_of_ten(0), None);
        assert_eq!(space.with_bounds(vec![(0.1, 0.9); 5]).nine_of_ten(0), None);
    }

    #[test]
    fn weights_around_others_keep_their_means_and_zeros() {
        let centre = vec![0.5, 0.3, 0.2, 0.0];
        let found = draws(&WeightSpace::new(
            &[0; 4],
            WeightDistribution::Around { centre: centre.clone(), concentration: 30.0 },
        ));
        for (criterion, middle) in centre.iter().enumerate() {
            near(mean(&found, |weights| weights[criterion]), *middle);
        }
        let deviation = mean(&found, |weights| (weights[0] - 0.5) * (weights[0] - 0.5)).sqrt();
        near(deviation, (0.25_f64 / 31.0).sqrt());
        assert!(found.iter().all(|weights| weights[3] == 0.0));
    }

    #[test]
    fn pools_add_up_each_for_itself() {
        let found = draws(&WeightSpace::new(&[4, 1, 4, 1], WeightDistribution::Uniform));
        assert!(found.iter().all(|weights| (weights[0] + weights[2] - 1.0).abs() < 1e-12));
        near(mean(&found, |weights| weights[1]), 0.5);
    }
}
