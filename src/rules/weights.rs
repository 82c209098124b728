//! Weights on any scale, brought to the rule set's scale exactly: the shares printed add up to it, and those of a group to
//! the group's.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use num_bigint::BigUint;
use rust_decimal::Decimal;

/// The weights of a rule set's criteria.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weights {
    /// Each criterion's weight as written.
    written: Vec<Decimal>,
    /// The groups, where they have weights.
    groups: Option<WeightedGroups>,
    /// Each criterion's weight as a whole number, in proportion to the others of its pool.
    raw: Vec<BigUint>,
    /// Which criteria share one whole: all of them, or those of a section.
    pools: Vec<usize>,
    /// What each pool adds up to, in units of the finest decimals.
    whole: i64,
    /// The shares where no measure is missing.
    shares: Vec<i64>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct WeightedGroups {
    /// Each group's weight as written.
    written: Vec<Decimal>,
    /// The group of each criterion, by number.
    of: Vec<usize>,
}

impl Weights {
    /// Weights as written, the groups' weights among them where they have any. `pools` says which criteria share one
    /// whole of `whole` units. The weights are not negative, and not all zero in any pool.
    pub fn new(written: &[Decimal], groups: Option<(&[usize], &[Decimal])>, pools: Vec<usize>, whole: i64) -> Self {
        let mut raw = whole_numbers(written);
        if let Some((group_of, group_weights)) = groups {
            raw = within_groups(&raw, group_of, &whole_numbers(group_weights));
        }
        let everybody = vec![true; raw.len()];
        let groups = groups.map(|(of, written)| WeightedGroups { written: written.to_vec(), of: of.to_vec() });
        let mut weights = Self { written: written.to_vec(), groups, raw, pools, whole, shares: Vec::new() };
        weights.shares = weights.among(&everybody);
        weights
    }

    /// The same with other shares, which add up to the whole in every pool: whoever writes them as weights gets them.
    #[must_use]
    pub fn with_shares(&self, shares: Vec<i64>) -> Self {
        let raw = shares.iter().map(|share| BigUint::from(share.unsigned_abs())).collect();
        let written = shares.iter().map(|share| Decimal::from(*share)).collect();
        Self { written, groups: None, raw, pools: self.pools.clone(), whole: self.whole, shares }
    }

    /// The same with weights in proportion to these, from zero up, in every pool.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "parts of one, to twelve decimals")]
    pub fn with_parts(&self, parts: &[f64]) -> Self {
        let written: Vec<Decimal> = parts.iter().map(|part| Decimal::from((part * 1e12) as u64)).collect();
        Self::new(&written, None, self.pools.clone(), self.whole)
    }

    /// The shares where a criterion has `share` units and the others of its pool share the rest as they do now; none
    /// where no other has any weight.
    pub fn shares_with(&self, criterion: usize, share: i64) -> Option<Vec<i64>> {
        let pool = self.pool(criterion);
        let others: Vec<usize> =
            (0..self.raw.len()).filter(|other| *other != criterion && self.pool(*other) == pool).collect();
        let raw = self.raw_of(&others);
        if raw.iter().all(|weight| **weight == BigUint::ZERO) {
            return None;
        }
        let mut shares = self.shares.clone();
        let rest = units_shared_out(&raw, self.whole - share);
        for (at, share) in others.into_iter().zip(rest).chain([(criterion, share)]) {
            if let Some(slot) = shares.get_mut(at) {
                *slot = share;
            }
        }
        Some(shares)
    }

    /// Parts of one, one for each criterion of the only pool, as shares to be printed: whole `step`s of units, adding up to
    /// the whole. What is within half a step of what it is now stays as it is; the largest of the others takes what rounding
    /// leaves.
    pub fn printed(&self, parts: &[f64], step: i64) -> Vec<i64> {
        #[expect(clippy::cast_precision_loss, reason = "weights have at most 10 digits")]
        let (unit, whole) = (step as f64, self.whole as f64);
        #[expect(clippy::cast_precision_loss, reason = "weights have at most 10 digits")]
        let moves = |at: usize| match (self.shares.get(at), parts.get(at)) {
            (Some(now), Some(then)) => (*now as f64 / whole - then).abs() > unit / whole / 2.0,
            _ => false,
        };
        let mut shares = self.shares.clone();
        for (at, (share, part)) in shares.iter_mut().zip(parts).enumerate() {
            if moves(at) {
                #[expect(clippy::cast_possible_truncation, reason = "parts of one in steps")]
                let steps = (part / (unit / whole)).round() as i64;
                *share = steps * step;
            }
        }
        let left = self.whole - shares.iter().sum::<i64>();
        let largest = (0..shares.len()).filter(|at| moves(*at)).max_by_key(|at| shares.get(*at).copied());
        if let Some(share) = largest.and_then(|at| shares.get_mut(at)) {
            *share += left;
        }
        shares
    }

    /// The same where each pool adds up to another whole.
    #[must_use]
    pub fn with_whole(&self, whole: i64) -> Self {
        let weights = Self { whole, ..self.clone() };
        let shares = weights.among(&vec![true; weights.raw.len()]);
        Self { shares, ..weights }
    }

    /// Whether these weights and `other`, of the same criteria, are in the same proportions in every pool, and rounded alike.
    pub fn says_the_same(&self, other: &Self) -> bool {
        let sum = |weights: &Self, pool: usize| -> BigUint {
            let members = weights.raw.iter().zip(&weights.pools).filter(|(_, of)| **of == pool);
            members.map(|(weight, _)| weight).sum()
        };
        let same = |((weight, others), pool): ((&BigUint, &BigUint), &usize)| {
            weight * sum(other, *pool) == others * sum(self, *pool)
        };
        self.pools == other.pools
            && self.raw.iter().zip(&other.raw).zip(&self.pools).all(same)
            && self.with_whole(other.whole).shares == other.shares
    }

    /// What each pool adds up to, in units of the finest decimals.
    pub fn whole(&self) -> i64 {
        self.whole
    }

    /// Each criterion's share of its pool, in units; every pool adds up to the whole.
    pub fn shares(&self) -> &[i64] {
        &self.shares
    }

    /// Each criterion's weight as written.
    pub fn written(&self) -> &[Decimal] {
        &self.written
    }

    /// Each group's weight as written; none where groups have no weight.
    pub fn groups(&self) -> Option<&[Decimal]> {
        self.groups.as_ref().map(|groups| &*groups.written)
    }

    /// The shares where only the criteria marked true take part. A pool in which nothing with any weight takes part
    /// has shares of zero.
    pub fn among(&self, taking_part: &[bool]) -> Vec<i64> {
        let mut all = vec![0; self.raw.len()];
        for (members, whole) in self.wholes(taking_part) {
            for (member, share) in members.iter().zip(units_shared_out(&self.raw_of(&members), whole)) {
                if let Some(slot) = all.get_mut(*member) {
                    *slot = share;
                }
            }
        }
        all
    }

    /// How the shares among the criteria marked true come about.
    pub fn sharing(&self, taking_part: &[bool]) -> Vec<ApportionedShare> {
        let mut all = vec![ApportionedShare::default(); self.raw.len()];
        for (members, whole) in self.wholes(taking_part) {
            for (member, sharing) in members.iter().zip(shared_out(&self.raw_of(&members), whole)) {
                if let Some(slot) = all.get_mut(*member) {
                    *slot = sharing;
                }
            }
        }
        all
    }

    /// How the groups' shares come about among the criteria marked true: each is what the shares of its criteria add up to.
    /// None where groups have no weights.
    pub fn group_sharing(&self, taking_part: &[bool]) -> Vec<ApportionedShare> {
        let members = self.groups.iter().flat_map(|groups| groups.members(taking_part));
        let sums: Vec<BigUint> = members.map(|members| self.raw_of(&members).into_iter().sum()).collect();
        shared_out(&sums.iter().collect::<Vec<_>>(), self.whole)
    }

    /// The criteria marked true that share some units, and how many: those of a group, where groups have weights.
    fn wholes(&self, taking_part: &[bool]) -> Vec<(Vec<usize>, i64)> {
        if let Some(groups) = &self.groups {
            let units = self.group_sharing(taking_part).into_iter().map(|sharing| sharing.share());
            return groups.members(taking_part).zip(units).collect();
        }
        let mut by_pool: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (criterion, pool) in self.pools.iter().enumerate() {
            if taking_part.get(criterion) == Some(&true) {
                by_pool.entry(*pool).or_default().push(criterion);
            }
        }
        by_pool.into_values().map(|members| (members, self.whole)).collect()
    }

    fn raw_of(&self, criteria: &[usize]) -> Vec<&BigUint> {
        criteria.iter().filter_map(|criterion| self.raw.get(*criterion)).collect()
    }

    /// Whether any weight can move against another: two of one pool are above zero.
    pub fn can_move(&self) -> bool {
        let above_zero = |criterion: &usize| self.shares.get(*criterion).is_some_and(|share| *share > 0);
        let weighed: Vec<usize> = (0..self.shares.len()).filter(above_zero).collect();
        let mut pools: Vec<usize> = weighed.iter().map(|criterion| self.pool(*criterion)).collect();
        pools.sort_unstable();
        pools.dedup();
        pools.len() < weighed.len()
    }

    /// Whether this weight is above zero.
    pub fn counts(&self, at: usize) -> bool {
        self.raw.get(at).is_some_and(|weight| *weight != BigUint::ZERO)
    }

    /// Which pool a criterion belongs to.
    pub fn pool(&self, criterion: usize) -> usize {
        self.pools.get(criterion).copied().unwrap_or(0)
    }
}

impl WeightedGroups {
    /// The criteria of each group that are marked true.
    fn members<'w>(&'w self, taking_part: &'w [bool]) -> impl Iterator<Item = Vec<usize>> + 'w {
        let of = move |group: usize| {
            let marked = self.of.iter().zip(taking_part).enumerate();
            marked.filter(move |(_, (of, takes_part))| **of == group && **takes_part).map(|(criterion, _)| criterion)
        };
        (0..self.written.len()).map(move |group| of(group).collect())
    }
}

/// How one share came about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ApportionedShare {
    down: i64,
    remainder: BigUint,
    sum: BigUint,
    one_more: bool,
}

impl ApportionedShare {
    /// Its part of the whole, rounded down to units.
    pub fn down(&self) -> i64 {
        self.down
    }

    /// What rounding down left over, rounded to so many decimals of a unit, in units of the last of them.
    pub fn left_over(&self, decimals: u32) -> i64 {
        if self.sum == BigUint::ZERO {
            return 0;
        }
        let fine = &self.remainder * BigUint::from(10_u32).pow(decimals);
        i64::try_from((fine * 2_u32 + &self.sum) / (&self.sum * 2_u32)).unwrap_or(0)
    }

    /// Whether it got one of the units that rounding down left over.
    pub fn one_more(&self) -> bool {
        self.one_more
    }

    /// The share, in units.
    pub fn share(&self) -> i64 {
        self.down + i64::from(self.one_more)
    }
}

/// `whole` units shared in proportion to `weights`, to the unit: the largest remainders get what rounding down
/// leaves, the earlier of equals first. Nothing is shared where all weights are zero.
pub fn apportion(weights: &[BigUint], whole: i64) -> Vec<i64> {
    units_shared_out(&weights.iter().collect::<Vec<_>>(), whole)
}

/// The shares alone. What changes with every weight that is tried is in machine numbers wherever it fits.
fn units_shared_out(weights: &[&BigUint], whole: i64) -> Vec<i64> {
    let small: Option<Vec<u64>> = weights.iter().map(|weight| u64::try_from(*weight).ok()).collect();
    let units = small.and_then(|small| small_units_shared_out(&small, whole));
    units.unwrap_or_else(|| shared_out(weights, whole).iter().map(ApportionedShare::share).collect())
}

/// The same; none where a product is too long for a machine number.
fn small_units_shared_out(weights: &[u64], whole: i64) -> Option<Vec<i64>> {
    let sum = weights.iter().try_fold(0_u64, |sum, weight| sum.checked_add(*weight))?;
    if sum == 0 {
        return Some(vec![0; weights.len()]);
    }
    let mut units = Vec::with_capacity(weights.len());
    let mut by_remainder = Vec::with_capacity(weights.len());
    for (at, weight) in weights.iter().enumerate() {
        let (down, rest) = divided(weight.checked_mul(whole.unsigned_abs())?, sum);
        units.push(i64::try_from(down).ok()?);
        by_remainder.push((Reverse(rest), at));
    }
    let left = usize::try_from(whole - units.iter().sum::<i64>()).unwrap_or(0);
    if let Some(last) = left.checked_sub(1).filter(|last| *last < weights.len()) {
        by_remainder.select_nth_unstable(last);
        for (_, at) in by_remainder.iter().take(left) {
            if let Some(units) = units.get_mut(*at) {
                *units += 1;
            }
        }
    }
    Some(units)
}

/// The quotient and what it leaves. Where both numbers are floats too, a float's division proposes it, which takes a fraction
/// of the time, and whole numbers put it right.
#[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, clippy::cast_sign_loss, reason = "below 2^53")]
fn divided(product: u64, by: u64) -> (u64, u64) {
    if product.max(by) >= 1 << 53 {
        return (product / by, product % by);
    }
    let proposed = (product as f64 / by as f64) as u64;
    let quotient = if proposed * by > product { proposed - 1 } else { proposed };
    (quotient, product - quotient * by)
}

fn shared_out(weights: &[&BigUint], whole: i64) -> Vec<ApportionedShare> {
    let sum: BigUint = weights.iter().copied().sum();
    if sum == BigUint::ZERO {
        return vec![ApportionedShare::default(); weights.len()];
    }
    let units = BigUint::from(whole.unsigned_abs());
    let part = |weight: &&BigUint| {
        let product = *weight * &units;
        let down = i64::try_from(&product / &sum).unwrap_or(i64::MAX);
        ApportionedShare { down, remainder: product % &sum, sum: sum.clone(), one_more: false }
    };
    let mut parts: Vec<ApportionedShare> = weights.iter().map(part).collect();
    let left = usize::try_from(whole - parts.iter().map(|part| part.down).sum::<i64>()).unwrap_or(0);
    // A stable sort: of equals the earlier stays first.
    let mut by_remainder: Vec<&mut ApportionedShare> = parts.iter_mut().collect();
    by_remainder.sort_by(|a, b| b.remainder.cmp(&a.remainder));
    by_remainder.into_iter().take(left).for_each(|part| part.one_more = true);
    parts
}

/// Decimals as whole numbers in the same proportions.
fn whole_numbers(weights: &[Decimal]) -> Vec<BigUint> {
    let finest = weights.iter().map(Decimal::scale).max().unwrap_or(0);
    let ten = BigUint::from(10_u32);
    weights
        .iter()
        .map(|weight| BigUint::from(weight.mantissa().unsigned_abs()) * ten.pow(finest - weight.scale()))
        .collect()
}

/// Each weight as its part of its group, times the group's weight: brought to one denominator, all stay whole.
fn within_groups(weights: &[BigUint], group_of: &[usize], groups: &[BigUint]) -> Vec<BigUint> {
    let sums: Vec<BigUint> = (0..groups.len())
        .map(|group| weights.iter().zip(group_of).filter(|(_, of)| **of == group).map(|(weight, _)| weight).sum())
        .collect();
    weights
        .iter()
        .zip(group_of)
        .map(|(weight, of)| {
            let others = sums.iter().enumerate().filter(|(group, sum)| group != of && **sum != BigUint::ZERO);
            let group = groups.get(*of).cloned().unwrap_or_default();
            others.fold(weight * group, |product, (_, sum)| product * sum)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimals(numbers: &[&str]) -> Vec<Decimal> {
        numbers.iter().map(|number| number.parse().unwrap()).collect()
    }

    #[test]
    fn shares_add_up_to_the_whole() {
        let thirds = Weights::new(&decimals(&["1", "1", "1"]), None, vec![0; 3], 1_000_000);
        assert_eq!(thirds.shares(), [333_334, 333_333, 333_333]);
        let tenths = Weights::new(&decimals(&["0.1", "0.2", "0.3"]), None, vec![0; 3], 600);
        assert_eq!(tenths.shares(), [100, 200, 300]);
    }

    #[test]
    fn the_scale_of_the_weights_makes_no_difference() {
        let small = Weights::new(&decimals(&["0.1", "0.7", "0.2"]), None, vec![0; 3], 1_000_000);
        let large = Weights::new(&decimals(&["10", "70", "20"]), None, vec![0; 3], 1_000_000);
        assert_eq!(small.shares(), large.shares());
    }

    #[test]
    fn weights_on_another_scale_say_the_same() {
        let of = |weights: &[&str]| Weights::new(&decimals(weights), None, vec![0; 3], 100);
        assert!(of(&["10", "20", "70"]).says_the_same(&of(&["0.1", "0.2", "0.7"])));
        assert!(!of(&["10", "20", "70"]).says_the_same(&of(&["10", "20", "71"])));
    }

    #[test]
    fn what_rounding_down_leaves_over_is_told() {
        let thirds = Weights::new(&decimals(&["1", "2"]), None, vec![0; 2], 100).sharing(&[true, true]);
        let told: Vec<_> = thirds.iter().map(|it| (it.down(), it.left_over(4), it.one_more(), it.share())).collect();
        assert_eq!(told, [(33, 3333, false, 33), (66, 6667, true, 67)]);
    }

    #[test]
    fn groups_are_weighed_first() {
        let groups = decimals(&["3", "1"]);
        let weights = Weights::new(&decimals(&["1", "1", "5"]), Some((&[0, 0, 1], &groups)), vec![0; 3], 800);
        assert_eq!(weights.shares(), [300, 300, 200]);
    }

    /// 406.25 and 193.75 of 600 units are 406 and 194, and these are shared among five and among three.
    #[test]
    fn the_shares_of_a_group_add_up_to_its_own() {
        let groups = decimals(&["65", "31"]);
        let weights = Weights::new(&decimals(&["1"; 8]), Some((&[0, 0, 0, 0, 0, 1, 1, 1], &groups)), vec![0; 8], 600);
        let everybody = [true; 8];
        let own: Vec<i64> = weights.group_sharing(&everybody).iter().map(ApportionedShare::share).collect();
        assert_eq!(own, [406, 194]);
        assert_eq!(weights.shares(), [82, 81, 81, 81, 81, 65, 65, 64]);
        // One that is left out leaves its weight to all others, in proportion.
        let others = [false, true, true, true, true, true, true, true];
        let own: Vec<i64> = weights.group_sharing(&others).iter().map(ApportionedShare::share).collect();
        assert_eq!(own, [376, 224]);
        assert_eq!(weights.among(&others), [0, 94, 94, 94, 94, 75, 75, 74]);
    }

    /// However long the numbers are: those that fit a machine number are shared as those that don't.
    #[test]
    fn small_weights_are_shared_as_large_ones() {
        let cases: [&[u64]; 6] =
            [&[1, 1, 1], &[0, 0], &[7, 0, 7, 7], &[1, 2, 3, 4, 5, 6, 7, 1, 2, 3], &[1_000_000, 3], &[5]];
        for weights in cases {
            let large: Vec<BigUint> = weights.iter().map(|weight| BigUint::from(*weight)).collect();
            let large: Vec<&BigUint> = large.iter().collect();
            for whole in [0, 1, 2, 99, 100, 1_000_000, 9_999_991] {
                let exact: Vec<i64> = shared_out(&large, whole).iter().map(ApportionedShare::share).collect();
                assert_eq!(small_units_shared_out(weights, whole), Some(exact), "{weights:?} of {whole}");
            }
        }
        assert_eq!(small_units_shared_out(&[u64::MAX, 1], 100), None);
        assert_eq!(small_units_shared_out(&[u64::MAX / 2], 100), None);
    }

    #[test]
    fn who_takes_no_part_leaves_its_weight_to_its_pool() {
        let weights = Weights::new(&decimals(&["1", "1", "2"]), None, vec![0, 0, 1], 100);
        assert_eq!(weights.shares(), [50, 50, 100]);
        assert_eq!(weights.among(&[true, false, false]), [100, 0, 0]);
    }
}
