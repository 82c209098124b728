//! The difference between two candidates' totals, split by criterion so that it adds up exactly.

use super::total::Totaller;
use super::{Fixed, Ranking};
use crate::diagnostic::Problem;
use crate::rules::Combine;

/// How much each criterion makes of the difference between the total of `candidate` and that of `other`; the parts add
/// up to it. None where one of the two has no total.
///
/// Where the total is the sum of points a part is the difference of points. Otherwise one candidate is turned into the
/// other a criterion at a time, from the first to the last and from the last to the first: a part is the mean of what
/// the two turns of its criterion change, and odd halves go up for the earlier ones and down for the later.
///
/// # Errors
/// A total on the way that could not be made.
pub fn difference(ranking: &Ranking<'_>, candidate: usize, other: usize) -> Result<Option<Vec<Fixed>>, Problem> {
    let outcome = ranking.outcome();
    let (Some(total), Some(others)) = (outcome.total(candidate), outcome.total(other)) else { return Ok(None) };
    let row = |candidate: usize| -> Vec<i64> {
        let columns = outcome.points().points.iter();
        columns.map(|column| column.get(candidate).copied().unwrap_or(0)).collect()
    };
    let (own, theirs) = (row(candidate), row(other));
    let units: Vec<i64> = if ranking.rules.combine == Combine::Sum {
        own.iter().zip(&theirs).map(|(own, theirs)| own - theirs).collect()
    } else {
        let mut totaller = Totaller::new(ranking.rules)?;
        let there = turns(&mut totaller, &theirs, &own, 0..own.len())?;
        let back = turns(&mut totaller, &theirs, &own, (0..own.len()).rev())?;
        means(&there, &back, total - others)
    };
    Ok(Some(units.into_iter().map(|units| Fixed::new(units, ranking.rules.decimals)).collect()))
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

/// The means of two lists that both add up to `sum`, in whole units that do, too.
fn means(there: &[i64], back: &[i64], sum: i64) -> Vec<i64> {
    let mut means: Vec<i64> = there.iter().zip(back).map(|(there, back)| (there + back).div_euclid(2)).collect();
    let mut left = sum - means.iter().sum::<i64>();
    for (mean, (there, back)) in means.iter_mut().zip(there.iter().zip(back)) {
        if left > 0 && (there + back).rem_euclid(2) == 1 {
            *mean += 1;
            left -= 1;
        }
    }
    means
}

#[cfg(test)]
mod tests {
    use super::means;

    #[test]
    fn means_add_up() {
        assert_eq!(means(&[3, 2, -1], &[2, 3, -1], 4), [3, 2, -1]);
        assert_eq!(means(&[-3, 0], &[-2, -1], -3), [-2, -1]);
    }
}
