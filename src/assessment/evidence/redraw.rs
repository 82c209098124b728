//! How figures are redrawn from their own distributions.
//!
//! Gamma and beta are what is known of a rate or share after counting, from Jeffreys' prior: Brown, Cai and `DasGupta`
//! (2001, *Statistical Science* 16(2), 101–133; 2003, *Statistica Sinica* 13(1), 19–49). It is the level behind a count
//! that is asked for and not another year's count, which would vary by chance a second time.

use crate::stats::{Confidence, Estimate, Random};

/// How often a normal number is drawn anew until it is within what it can be.
const MOST_TRIES: usize = 1000;

/// The level behind a count: a gamma distribution with the shape count + ½, rounded to a whole number.
pub(super) fn level(count: f64, random: &mut Random) -> f64 {
    random.gamma(count + 0.5).round()
}

/// A whole number from one to another, both included, each as likely.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "counts")]
pub(super) fn whole_between((lower, upper): (f64, f64), random: &mut Random) -> f64 {
    lower + random.below((upper - lower).max(0.0) as u64 + 1) as f64
}

/// A normal distribution, a 95% interval as wide as that of `known`, within `least` and `most`. The interval moves along.
/// As it is where it has none.
pub(super) fn by_interval(known: Estimate, (least, most): (f64, f64), random: &mut Random) -> Estimate {
    let Some((lower, upper)) = known.interval else { return known };
    let deviation = (upper - lower) / (2.0 * Confidence::default().z());
    let tries = (0..MOST_TRIES).map(|_| known.estimate + deviation * random.normal());
    let drawn = { tries }.find(|drawn| (least..=most).contains(drawn)).unwrap_or(known.estimate);
    let moved = drawn - known.estimate;
    Estimate { estimate: drawn, interval: Some((lower + moved, upper + moved)) }
}

/// What somebody may mean who says `known`, up to `spread` either way and within `least` and `most`, each as likely: whole
/// numbers where all of these are.
pub(super) fn near(known: f64, spread: f64, (least, most): (f64, f64), random: &mut Random) -> f64 {
    let (lower, upper) = ((known - spread).max(least), (known + spread).min(most));
    match [known, spread, lower, upper].iter().all(|number| number.fract() == 0.0) {
        true => whole_between((lower, upper), random),
        false => lower + (upper - lower) * random.uniform(),
    }
}
