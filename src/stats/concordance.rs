//! How far several people put things in the same order.

use super::window::float;

/// Kendall's coefficient of concordance, corrected for ties: 1 where all put the things in the same order, 0 where their
/// orders have nothing in common. Each person gives a number to every thing; equals share the mean of their ranks.
///
/// With `m` people, `n` things and `R` the sum of the ranks of a thing, `W = 12 S / (m²(n³ − n) − m T)`, where `S` is
/// the sum of the squared deviations of the `R` from their mean and `T` the sum of `t³ − t` over every tie of `t` things
/// of every person. `None` for fewer than two people or two things, and where everybody finds everything equal.
///
/// Source: Kendall and Babington Smith (1939), *Annals of Mathematical Statistics* 10, 275–287; for ties Kendall (1970),
/// *Rank Correlation Methods*, chapter 6.
pub fn concordance(people: &[Vec<f64>]) -> Option<f64> {
    let things = people.first()?.len();
    if people.len() < 2 || things < 2 || people.iter().any(|scores| scores.len() != things) {
        return None;
    }
    let (m, n) = (float(people.len()), float(things));
    let ranks: Vec<Vec<f64>> = people.iter().map(|scores| mean_ranks(scores)).collect();
    let sums = (0..things).map(|thing| ranks.iter().filter_map(|ranks| ranks.get(thing)).sum::<f64>());
    let middle = m * (n + 1.0) / 2.0;
    let squares: f64 = sums.map(|sum| (sum - middle) * (sum - middle)).sum();
    let ties: f64 = ranks.iter().map(|ranks| tied(ranks)).sum();
    let most = m * m * (n * n * n - n) - m * ties;
    (most > 0.0).then(|| 12.0 * squares / most)
}

/// Ranks from 1, the lowest first, equals sharing the mean of theirs.
pub(crate) fn mean_ranks(scores: &[f64]) -> Vec<f64> {
    let mut order: Vec<(f64, usize)> = scores.iter().copied().zip(0..).collect();
    order.sort_by(|(a, _), (b, _)| a.total_cmp(b));
    let mut ranks = vec![0.0; scores.len()];
    let mut before = 0;
    for equals in order.chunk_by(|(a, _), (b, _)| a == b) {
        let rank = float(before) + f64::midpoint(float(equals.len()), 1.0);
        before += equals.len();
        for (_, at) in equals {
            if let Some(slot) = ranks.get_mut(*at) {
                *slot = rank;
            }
        }
    }
    ranks
}

/// The sum of `t³ − t` over the ties.
fn tied(ranks: &[f64]) -> f64 {
    let mut sorted = ranks.to_vec();
    sorted.sort_by(f64::total_cmp);
    let of = |equals: &[f64]| {
        let t = float(equals.len());
        t * t * t - t
    };
    sorted.chunk_by(|a, b| a == b).map(of).sum()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::stats::check::close;

    #[test]
    fn by_hand() {
        let people = |rows: &[&[f64]]| rows.iter().map(|row| row.to_vec()).collect::<Vec<_>>();
        assert_eq!(concordance(&people(&[&[1.0, 2.0, 3.0], &[10.0, 20.0, 30.0]])), Some(1.0));
        assert_eq!(concordance(&people(&[&[1.0, 2.0, 3.0], &[3.0, 2.0, 1.0]])), Some(0.0));
        // Sums of ranks 4, 6 and 8 of three people: S = 8, W = 96 / (9 × 24).
        let three = people(&[&[1.0, 2.0, 3.0], &[1.0, 3.0, 2.0], &[2.0, 1.0, 3.0]]);
        close(concordance(&three).unwrap(), 96.0 / 216.0, 1e-12);
        // One person ties the last two: sums 2, 4.5 and 5.5, S = 6.5, T = 6, W = 78 / (4 × 24 − 12).
        close(concordance(&people(&[&[1.0, 2.0, 3.0], &[1.0, 4.0, 4.0]])).unwrap(), 78.0 / 84.0, 1e-12);
        assert_eq!(concordance(&people(&[&[1.0, 2.0]])), None);
        assert_eq!(concordance(&people(&[&[1.0, 1.0], &[2.0, 2.0]])), None);
        assert_eq!(concordance(&[]), None);
    }

    proptest! {
        #[test]
        fn from_zero_to_one_whoever_comes_first(
            mut people in prop::collection::vec(prop::collection::vec(0..6_u8, 4), 2..6),
        ) {
            let of = |people: &[Vec<u8>]| {
                let floats = |row: &Vec<u8>| row.iter().map(|x| f64::from(*x)).collect();
                concordance(&people.iter().map(floats).collect::<Vec<Vec<f64>>>())
            };
            let found = of(&people);
            prop_assert!(found.is_none_or(|w| (-1e-12..=1.0 + 1e-12).contains(&w)), "{found:?}");
            people.reverse();
            prop_assert_eq!(found, of(&people));
        }
    }
}
