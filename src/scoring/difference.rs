//! The difference between two candidates' totals, split by criterion so that it adds up exactly.

use super::{Fixed, Ranking};
use crate::diagnostic::Problem;
use crate::rules::{RuleSet, Totaller};

/// How much each criterion makes of the difference between the total of `candidate` and that of `other`; the parts add
/// up to it. Where the rules take vetoes, what those change is the last part. None where one of the two has no total.
///
/// Where the total is the sum of points a part is the difference of points. Otherwise one candidate is turned into the
/// other a criterion at a time, from the first to the last and from the last to the first: a part is the mean of what
/// the two turns of its criterion change, rounded as [`apportioned`] does.
///
/// # Errors
/// A total on the way that could not be made.
pub fn difference(ranking: &Ranking<'_>, candidate: usize, other: usize) -> Result<Option<Vec<Fixed>>, Problem> {
    difference_between((ranking, candidate), (ranking, other))
}

/// The same for candidates of two rankings by rules that say the same: what each criterion makes of the difference
/// between the total of the first and that of the second.
///
/// # Errors
/// A total on the way that could not be made.
pub fn difference_between(
    (ranking, candidate): (&Ranking<'_>, usize),
    (other_ranking, other): (&Ranking<'_>, usize),
) -> Result<Option<Vec<Fixed>>, Problem> {
    let totals = (ranking.outcome().total(candidate), other_ranking.outcome().total(other));
    let (Some(total), Some(others)) = totals else { return Ok(None) };
    let row = |ranking: &Ranking<'_>, candidate: usize| -> Vec<i64> {
        let columns = ranking.outcome().points().points.iter();
        columns.map(|column| column.get(candidate).copied().unwrap_or(0)).collect()
    };
    let (own, theirs) = (row(ranking, candidate), row(other_ranking, other));
    let units: Vec<i64> = if ranking.rules.combine.adds_points() {
        own.iter().zip(&theirs).map(|(own, theirs)| own - theirs).collect()
    } else {
        let mut totaller = ranking.rules.totaller()?;
        let there = turns(&mut totaller, &theirs, &own, 0..own.len())?;
        let back = turns(&mut totaller, &theirs, &own, (0..own.len()).rev())?;
        let twice: Vec<i128> = there.iter().zip(&back).map(|(there, back)| i128::from(*there + *back)).collect();
        apportioned(&of_criteria(ranking.rules, twice), 2, total - others)
    };
    Ok(Some(units.into_iter().map(|units| Fixed::new(units, ranking.rules.decimals)).collect()))
}

/// Parts, given as whole numbers over `divisor`, in whole units that add up to `sum`, as the parts do before rounding.
///
/// Each is cut towards zero; what is left over goes to those that lost most of it, the earlier of equals first. Parts
/// with the opposite signs come out with the opposite signs.
pub fn apportioned(parts: &[i128], divisor: i128, sum: i64) -> Vec<i64> {
    let cut = |part: &i128| i64::try_from(part / divisor).unwrap_or(if *part < 0 { i64::MIN } else { i64::MAX });
    let mut units: Vec<i64> = parts.iter().map(cut).collect();
    let left = sum - units.iter().sum::<i64>();
    let mut order: Vec<usize> = (0..parts.len()).collect();
    // A stable sort: of equals the earlier stays first.
    order.sort_by_key(|at| {
        let rest = parts.get(*at).map_or(0, |part| part % divisor);
        -rest * i128::from(left.signum())
    });
    for at in order.into_iter().take(usize::try_from(left.unsigned_abs()).unwrap_or(0)) {
        if let Some(unit) = units.get_mut(at) {
            *unit += left.signum();
        }
    }
    units
}

/// The parts of the criteria, with what the shares of groups make told of the first criterion in each.
fn of_criteria(rules: &RuleSet, mut parts: Vec<i128>) -> Vec<i128> {
    if rules.combine.takes_vetoes() {
        return parts;
    }
    let of_groups = parts.split_off(rules.criteria.len().min(parts.len()));
    for (at, part) in (rules.criteria.len()..).zip(of_groups) {
        let criterion = rules.combine.group_at(at).and_then(|group| rules.combine.first_criterion(group));
        if let Some(slot) = criterion.and_then(|criterion| parts.get_mut(criterion)) {
            *slot += part;
        }
    }
    parts
}

/// What the total gains at each turn from the row `from` to the row `to`, in this order, by criterion.
fn turns(
    totaller: &mut Totaller<'_>,
    from: &[i64],
    to: &[i64],
    order: impl Iterator<Item = usize>,
) -> Result<Vec<i64>, Problem> {
    let mut row = from.to_vec();
    let mut gains = vec![0; row.len()];
    let mut before = totaller.total(&row)?;
    for at in order {
        if let (Some(slot), Some(turned)) = (row.get_mut(at), to.get(at)) {
            *slot = *turned;
        }
        let after = totaller.total(&row)?;
        if let Some(gain) = gains.get_mut(at) {
            *gain = after - before;
        }
        before = after;
    }
    Ok(gains)
}

#[cfg(test)]
mod tests {
    use super::apportioned;

    #[test]
    fn parts_add_up() {
        assert_eq!(apportioned(&[5, 5, -2], 2, 4), [3, 2, -1]);
        assert_eq!(apportioned(&[-5, -1], 2, -3), [-3, 0]);
        assert_eq!(apportioned(&[1, -1], 2, 0), [0, 0]);
        assert_eq!(apportioned(&[4, 4, 4], 6, 2), [1, 1, 0]);
        assert_eq!(apportioned(&[], 6, 0), [0; 0]);
    }

    #[test]
    fn the_opposite_comes_out_as_the_opposite() {
        for parts in [[7, -3, 2, 0], [1, 1, 1, 3], [-1, 2, -2, 1], [11, 5, -4, -6]] {
            let sum = i64::try_from(parts.iter().sum::<i128>()).unwrap();
            let opposite: Vec<i64> = apportioned(&parts.map(|part| -part), 6, -sum / 6);
            let there: Vec<i64> = apportioned(&parts, 6, sum / 6);
            assert_eq!(opposite, there.iter().map(|part| -part).collect::<Vec<_>>());
            assert_eq!(there.iter().sum::<i64>(), sum / 6);
        }
    }
}
