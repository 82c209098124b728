//! Where an area stands among similar ones: against their rate, in their order, and in a funnel plot.

use super::window::{Window, float};
use super::{Confidence, Estimate, count_interval, mean};

/// From so many expected events on a Poisson limit is taken as normal.
const EXACT_UP_TO: f64 = 1e8;

/// An area's rate, and the count and people that it is made of, where they are known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GroupArea {
    /// Its rate, 0 or more, in the unit of the group.
    pub rate: f64,
    /// The count, 0 or more, and how many people, above 0.
    pub counted: Option<(f64, f64)>,
}

/// What a group's rate is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GroupRate {
    /// The mean of all areas' rates, each counting alike, the compared area included: the police comparators' way.
    MeanWithSelf,
    /// The mean of the other areas' rates, each counting alike.
    LeaveOneOut,
    /// All areas' counts over all their people.
    Pooled,
}

/// An area's rate over that of its group.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Position {
    /// The ratio; with the interval of the area's own count where that is known. The group's rate counts as exact.
    pub ratio: Estimate,
    /// The group's rate, in the unit of the areas' rates.
    pub group: f64,
    /// How many areas have a higher rate, plus one.
    pub rank: usize,
    /// How many areas there are, this one included.
    pub areas: usize,
}

/// Where `own`, a place in the list from 0, stands among `areas`.
///
/// `None` where there is no such area or no other one, where the group's rate is zero, and for [`GroupRate::Pooled`]
/// where not all counts are known. Pooled rates are in the unit that the own rate has to its own count.
///
/// Source: Home Office and HMICFRS most similar groups (mean with self); [`count_interval`] for that of the count.
pub fn position(areas: &[GroupArea], own: usize, convention: GroupRate, confidence: Confidence) -> Option<Position> {
    let area = areas.get(own)?;
    let others: Vec<f64> = areas.iter().enumerate().filter(|(at, _)| *at != own).map(|(_, area)| area.rate).collect();
    if others.is_empty() {
        return None;
    }
    let all: Vec<f64> = areas.iter().map(|area| area.rate).collect();
    let group = match convention {
        GroupRate::MeanWithSelf => mean(&all),
        GroupRate::LeaveOneOut => mean(&others),
        GroupRate::Pooled => pooled(areas, area),
    };
    let group = group.filter(|group| *group > 0.0)?;
    let ratio = match area.counted.filter(|(count, _)| *count > 0.0) {
        Some((count, _)) => {
            let (lower, upper) = count_interval(count, confidence);
            Estimate::between(1.0, lower / count, upper / count).times(area.rate / group)
        }
        None => Estimate::exact(area.rate / group),
    };
    Some(Position { ratio, group, rank: rank(areas, area.rate), areas: areas.len() })
}

fn rank(areas: &[GroupArea], rate: f64) -> usize {
    areas.iter().filter(|area| area.rate > rate).count() + 1
}

fn pooled(areas: &[GroupArea], own: &GroupArea) -> Option<f64> {
    let (count, people) = totals(areas)?;
    let (_, own_people) = own.counted?;
    let per = areas.iter().find_map(|area| area.counted.filter(|(count, _)| *count > 0.0).map(|it| (area.rate, it)));
    let per = per.map_or(1.0 / own_people, |(rate, (count, people))| rate * people / count);
    Some(count / people * per)
}

/// All counts and all people; none unless every area has both.
fn totals(areas: &[GroupArea]) -> Option<(f64, f64)> {
    let counted: Vec<(f64, f64)> = areas.iter().filter_map(|area| area.counted).collect();
    let sound = counted.len() == areas.len() && counted.iter().all(|(count, people)| *count >= 0.0 && *people > 0.0);
    sound.then(|| counted.iter().fold((0.0, 0.0), |sum, it| (sum.0 + it.0, sum.1 + it.1)))
}

/// The limits within which an area's rate would lie if it differed from the group's by chance alone.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Funnel {
    /// The area's own rate, per person.
    pub rate: f64,
    /// All counts over all people.
    pub pooled: f64,
    /// Exact Poisson limits that hold 95%, per person.
    pub limits_95: (f64, f64),
    /// Exact Poisson limits that hold 99.8%, per person.
    pub limits_998: (f64, f64),
    /// The mean square of all areas' distances from the pooled rate, in standard deviations: 1 if chance is all.
    pub dispersion: f64,
    /// The variance τ² of the areas' true rates; 0 where chance explains all differences.
    pub between: f64,
    /// The limits that hold 95% with τ² added; the exact ones where τ² is 0.
    pub wide_95: (f64, f64),
    /// The limits that hold 99.8% with τ² added; the exact ones where τ² is 0.
    pub wide_998: (f64, f64),
}

/// The funnel limits of area `own`, a place in the list from 0, about the pooled rate of all `areas`.
///
/// With the pooled rate θ and the area's people N, the limit at probability `p` is `(r − α)/N`, where `r` is the lowest
/// count with `P(R ≤ r) ≥ p` for a Poisson `R` of mean θN, and `α = (P(R ≤ r) − p) / P(R = r)`; never below 0. Beyond
/// 10⁸ expected events it is normal. Over-dispersion: with `zᵢ = (yᵢ − θ)/sᵢ`, `sᵢ² = θ/Nᵢ` and `wᵢ = 1/sᵢ²` of `I`
/// areas, `φ = Σzᵢ²/I` and `τ² = max(0, (Iφ − (I − 1)) / (Σwᵢ − Σwᵢ²/Σwᵢ))`; extreme `zᵢ` are not drawn in. The wide
/// limits are `θ ± z_p √(s² + τ²)`. `None` unless there are two areas, all with counts and people, and an event.
///
/// Source: Spiegelhalter (2005), *Statistics in Medicine* 24, 1185–1202, for the exact limits by interpolation;
/// Spiegelhalter (2005), *Quality and Safety in Health Care* 14, 347–351, for additive random effects, with the estimator
/// of DerSimonian and Laird (1986), *Controlled Clinical Trials* 7, 177–188.
pub fn funnel(areas: &[GroupArea], own: usize) -> Option<Funnel> {
    let (count, people) = totals(areas).filter(|(count, _)| *count > 0.0 && areas.len() > 1)?;
    let pooled = count / people;
    let (own_count, own_people) = areas.get(own)?.counted?;
    let (inner, outer) = Confidence::of_funnels();
    let exact = |confidence: Confidence| limits(pooled * own_people, confidence, own_people);
    let (limits_95, limits_998) = (exact(inner), exact(outer));
    let (dispersion, between) = spread(areas, pooled);
    let wide = |exact: (f64, f64), confidence: Confidence| {
        let half = confidence.z() * (pooled / own_people + between).sqrt();
        if between > 0.0 { ((pooled - half).max(0.0), pooled + half) } else { exact }
    };
    Some(Funnel {
        rate: own_count / own_people,
        pooled,
        limits_95,
        limits_998,
        dispersion,
        between,
        wide_95: wide(limits_95, inner),
        wide_998: wide(limits_998, outer),
    })
}

fn limits(expected: f64, confidence: Confidence, people: f64) -> (f64, f64) {
    if expected > EXACT_UP_TO {
        let half = confidence.z() * expected.sqrt();
        return ((expected - half) / people, (expected + half) / people);
    }
    let (window, tail) = (Window::poisson(expected), confidence.tail());
    (poisson_quantile(&window, tail).max(0.0) / people, poisson_quantile(&window, 1.0 - tail) / people)
}

/// The count at probability `p`, between two whole ones as far as `p` lies between their probabilities.
fn poisson_quantile(window: &Window, p: f64) -> f64 {
    let mut sum = 0.0;
    for (count, probability) in window.iter() {
        sum += probability;
        if sum >= p {
            return count - (sum - p) / probability;
        }
    }
    window.first + float(window.probabilities.len())
}

/// The over-dispersion φ and the variance τ² between areas, as in [`funnel`].
fn spread(areas: &[GroupArea], pooled: f64) -> (f64, f64) {
    let weights: Vec<f64> = areas.iter().filter_map(|area| area.counted).map(|(_, people)| people / pooled).collect();
    let distance = |(count, people): (f64, f64)| {
        let off = count / people - pooled;
        off * off * people / pooled
    };
    let squares: f64 = areas.iter().filter_map(|area| area.counted).map(distance).sum();
    let sum: f64 = weights.iter().sum();
    let of_squares: f64 = weights.iter().map(|weight| weight * weight).sum();
    let many = float(areas.len());
    (squares / many, ((squares - (many - 1.0)) / (sum - of_squares / sum)).max(0.0))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::stats::check::close;

    fn areas(counts: &[(f64, f64)]) -> Vec<GroupArea> {
        counts
            .iter()
            .map(|(count, people)| GroupArea { rate: count / people * 1e3, counted: Some((*count, *people)) })
            .collect()
    }

    #[test]
    fn the_conventions_by_hand() {
        let group = areas(&[(30.0, 1000.0), (10.0, 1000.0), (40.0, 2000.0)]);
        let ratio = |convention| position(&group, 0, convention, Confidence::default()).unwrap().ratio.estimate;
        close(ratio(GroupRate::MeanWithSelf), 30.0 / 20.0, 1e-12);
        close(ratio(GroupRate::LeaveOneOut), 30.0 / 15.0, 1e-12);
        close(ratio(GroupRate::Pooled), 30.0 / 20.0, 1e-12);
        let found = position(&group, 2, GroupRate::Pooled, Confidence::default()).unwrap();
        assert_eq!((found.rank, found.areas), (2, 3));
        close(found.group, 20.0, 1e-12);
        let rates: Vec<GroupArea> = [3.9, 5.1, 2.4].map(|rate| GroupArea { rate, counted: None }).into();
        let of_rates = |own, convention| position(&rates, own, convention, Confidence::default());
        assert_eq!(of_rates(0, GroupRate::Pooled), None);
        assert_eq!(of_rates(0, GroupRate::MeanWithSelf).unwrap().ratio.interval, None);
        assert_eq!(of_rates(7, GroupRate::MeanWithSelf), None);
        assert_eq!(funnel(&rates, 0), None);
    }

    #[test]
    fn a_group_of_one_rate_has_no_spread() {
        let found = funnel(&areas(&[(20.0, 1000.0), (40.0, 2000.0), (100.0, 5000.0)]), 0).unwrap();
        assert_eq!((found.between, found.wide_95), (0.0, found.limits_95));
        assert!(found.dispersion < 1e-20);
    }

    proptest! {
        #[test]
        fn the_wider_limits_hold_the_narrower(
            counts in prop::collection::vec((0_u32..5000, 100.0..1e6_f64), 2..12), own in 0_usize..2,
        ) {
            prop_assume!(counts.iter().any(|(count, _)| *count > 0));
            let counts: Vec<(f64, f64)> = counts.into_iter().map(|(count, people)| (f64::from(count), people)).collect();
            let found = funnel(&areas(&counts), own).unwrap();
            for (inner, outer) in [(found.limits_95, found.limits_998), (found.wide_95, found.wide_998)] {
                prop_assert!(outer.0 <= inner.0 && inner.0 <= inner.1 && inner.1 <= outer.1);
            }
            prop_assert!(found.between >= 0.0);
            for convention in [GroupRate::MeanWithSelf, GroupRate::LeaveOneOut, GroupRate::Pooled] {
                if let Some(found) = position(&areas(&counts), own, convention, Confidence::default()) {
                    let (lower, upper) = found.ratio.interval.unwrap_or((found.ratio.estimate, found.ratio.estimate));
                    prop_assert!(lower <= found.ratio.estimate && found.ratio.estimate <= upper);
                }
            }
        }
    }
}
