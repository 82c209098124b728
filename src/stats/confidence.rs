//! How sure an interval is: the level that a rule set declares, and all that follows from it.

use std::sync::LazyLock;

use super::quantile;
use super::to_ten_digits;
use crate::words::number;

/// A confidence level, two-sided.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Confidence {
    level: f64,
    beyond: f64,
    z: f64,
}

static USUAL: LazyLock<Confidence> = LazyLock::new(|| Confidence::of(Confidence::USUAL));
static FUNNEL_OUTER: LazyLock<Confidence> = LazyLock::new(|| Confidence::of(0.998));

impl Confidence {
    /// The level where a rule set declares none, and the level of the intervals that documents print.
    pub const USUAL: f64 = 0.95;
    /// The lowest level: an interval that is as often wrong as right.
    pub const LOWEST: f64 = 0.5;
    /// The highest level: one interval in a thousand is wrong.
    pub const HIGHEST: f64 = 0.999;

    /// A level from [`Self::LOWEST`] to [`Self::HIGHEST`]; none for anything else.
    pub fn new(level: f64) -> Option<Self> {
        (Self::LOWEST..=Self::HIGHEST).contains(&level).then(|| Self::of(level))
    }

    /// The inner limits of a funnel, 95%, and the outer ones, 99.8%: Spiegelhalter (2005). No rule set changes them.
    pub(super) fn of_funnels() -> (Self, Self) {
        (*USUAL, *FUNNEL_OUTER)
    }

    fn of(level: f64) -> Self {
        // 1 − 0.95 is not quite 0.05.
        let beyond = to_ten_digits(1.0 - level);
        Self { level, beyond, z: quantile::normal(beyond / 2.0) }
    }

    /// The share of intervals that hold the true figure, as 0.95.
    pub fn level(self) -> f64 {
        self.level
    }

    /// What lies beyond each end of an interval, as 0.025.
    pub fn tail(self) -> f64 {
        self.beyond / 2.0
    }

    /// The standard normal quantile that leaves [`Self::tail`] on each side, as 1.96.
    pub fn z(self) -> f64 {
        self.z
    }

    /// Whether a difference this likely is called chance: where an interval at this level can hold no difference.
    pub fn is_chance(self, p: f64) -> bool {
        p >= self.beyond
    }

    /// The level as people write it: `95%`, `99.8%`.
    pub fn in_words(self) -> String {
        format!("{}%", number(self.level * 100.0, 6))
    }
}

impl Default for Confidence {
    fn default() -> Self {
        *USUAL
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::check::close;

    #[test]
    fn the_usual_ones() {
        // scipy 1.17.1: norm.ppf of 0.95, 0.975, 0.995, 0.999.
        for (level, z, words) in [
            (0.9, 1.644_853_626_951_472_7, "90%"),
            (0.95, 1.959_963_984_540_054, "95%"),
            (0.99, 2.575_829_303_548_900_4, "99%"),
            (0.998, 3.090_232_306_167_813, "99.8%"),
        ] {
            let found = Confidence::new(level).unwrap();
            close(found.z(), z, 1e-12);
            close(found.tail(), (1.0 - level) / 2.0, 1e-9);
            assert_eq!(found.in_words(), words);
        }
        assert_eq!(Confidence::default(), Confidence::new(0.95).unwrap());
        assert!(Confidence::default().is_chance(0.05) && !Confidence::default().is_chance(0.049_999));
        assert_eq!((Confidence::new(0.4), Confidence::new(1.0), Confidence::new(f64::NAN)), (None, None, None));
    }
}
