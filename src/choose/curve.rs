//! What the best set is for every amount of one limit.

use super::answer::{Answer, Best, Steps, Trouble};
use super::instance::Instance;
use super::solve::solve_beside;

/// The most points of a curve.
pub const MOST_POINTS: usize = 2_000;

/// From this amount up to the next point's this is the best set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// The least amount with which it can be.
    pub amount: i64,
    /// The set.
    pub best: Best,
}

/// The best set for every amount.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Curve {
    /// In ascending order of amounts.
    pub points: Vec<Point>,
    /// Below this amount nothing is known: the steps or the points did not suffice. None where all is known.
    pub unknown_below: Option<i64>,
}

/// The curve of a limit whose weights are from zero. It has to be the first of those to be saved: so the best set for an
/// amount uses no more of it than any other of the same value, and the next one is found just below what it uses.
///
/// # Errors
/// What is wrong with the instance.
pub fn curve(instance: &Instance, limit: usize, steps: &mut Steps) -> Result<Curve, Trouble> {
    let mut points: Vec<Point> = Vec::new();
    let all = instance.limits.get(limit).map_or(0, |limit| limit.weights.iter().map(|(_, weight)| weight).sum());
    let mut amount = all;
    let mut tried = instance.clone();
    let mut unknown_below = None;
    while amount >= 0 {
        if let Some(limit) = tried.limits.get_mut(limit) {
            limit.most = amount;
        }
        match solve_beside(&tried, steps)? {
            Answer::Best(best) => {
                let used = tried.limits.get(limit).map_or(0, |limit| limit.used(&best.set));
                points.push(Point { amount: used, best });
                amount = used - 1;
            }
            Answer::Nothing => break,
            Answer::Unknown => {
                unknown_below = Some(amount + 1);
                break;
            }
        }
        if amount >= 0 && (points.len() >= MOST_POINTS || steps.are_spent()) {
            unknown_below = Some(amount + 1);
            break;
        }
    }
    points.reverse();
    Ok(Curve { points, unknown_below })
}
