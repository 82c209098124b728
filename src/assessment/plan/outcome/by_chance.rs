//! Whether chance could explain a change. It stands beside the outcome and never changes it.

use super::rule::break_between;
use crate::assessment::plan::{Measure, Reading, ReadingKind};
use crate::assessment::{Count, Figure};
use crate::stats::{
    ChanceTest, Confidence, Estimate, RateRatio, chance, conditional_test, difference, e_test, rate_ratio,
};

/// A p-value below this is called more than chance.
const LEVEL: f64 = 0.05;

/// What chance says of a change.
#[derive(Debug, Clone, PartialEq)]
pub struct ByChance {
    /// Whether chance could explain it.
    pub verdict: ChanceVerdict,
    /// What was computed; none where nothing could be.
    pub figures: Option<ChanceFigures>,
}

/// Whether chance could explain a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChanceVerdict {
    /// It could.
    CouldExplain,
    /// It does not, at the 95% level.
    DoesNotExplain,
    /// Nobody can tell, for this reason.
    CannotTell(String),
}

/// What was computed of a change.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum ChanceFigures {
    /// Of two counts.
    Counts {
        /// The p-value that decides: by the E-test up to 10,000 events together, by the conditional test beyond.
        p: f64,
        /// The p-value of the E-test of Krishnamoorthy and Thomson (2004); none beyond 10⁸ events.
        e_test: Option<f64>,
        /// The p-value of the conditional binomial test of Przyborowski and Wilenski (1940).
        conditional: Option<f64>,
        /// The rate now over the rate before, with its 95% interval.
        ratio: Option<RateRatio>,
    },
    /// Of two percentages of known bases: the difference in percentage points with Newcombe's 95% interval (1998, method
    /// 10).
    Percentages(Estimate),
}

impl ChanceVerdict {
    /// The word that JSON and CSV have for it.
    pub fn word(&self) -> &'static str {
        match self {
            Self::CouldExplain => "could-explain",
            Self::DoesNotExplain => "does-not-explain",
            Self::CannotTell(_) => "cannot-tell",
        }
    }
}

impl ByChance {
    fn cannot_tell(why: impl Into<String>) -> Self {
        Self { verdict: ChanceVerdict::CannotTell(why.into()), figures: None }
    }

    fn decided(explains: bool, figures: ChanceFigures) -> Self {
        let verdict = if explains { ChanceVerdict::CouldExplain } else { ChanceVerdict::DoesNotExplain };
        Self { verdict, figures: Some(figures) }
    }

    /// The p-value, where a test has one.
    pub fn p(&self) -> Option<f64> {
        match self.figures {
            Some(ChanceFigures::Counts { p, .. }) => Some(p),
            _ => None,
        }
    }
}

/// Whether chance could explain the change of a measure.
pub fn by_chance(measure: &Measure) -> ByChance {
    let (Some(before), Some(now)) = (&measure.baseline, &measure.actual) else {
        return ByChance::cannot_tell("there are no two figures to compare");
    };
    if before.period.overlaps(now.period) {
        return ByChance::cannot_tell("the two periods overlap");
    }
    if let Some(broken) = break_between(measure, before, now) {
        return ByChance::cannot_tell(broken.told("what is counted"));
    }
    match (&before.figure, &now.figure) {
        (Figure::Count(before), Figure::Count(now)) => counts(before, now),
        (Figure::Percentage(_), Figure::Percentage(_)) => percentages(before, now),
        _ if matches!(now.kind(), ReadingKind::Rate(_)) => {
            ByChance::cannot_tell("no counts: a rate alone does not say of how many")
        }
        _ => ByChance::cannot_tell("nothing is known of how far the figures are uncertain"),
    }
}

fn counts(before: &Count, now: &Count) -> ByChance {
    if before.suppressed.is_some() || now.suppressed.is_some() {
        return ByChance::cannot_tell("a figure is withheld");
    }
    if before.shared_out.is_some() || now.shared_out.is_some() {
        return ByChance::cannot_tell("part of a figure was shared out among areas: it is an estimate");
    }
    if before.is_unlike(now) {
        return ByChance::cannot_tell("one is set against people and the other against households");
    }
    let (own, its) = ((now.count, now.exposure(before)), (before.count, before.exposure(now)));
    let Some(found) = chance(own, its).filter(|_| now.count + before.count > 0.0) else {
        return ByChance::cannot_tell("both counts are zero");
    };
    let (e_test, conditional) = match found.test {
        ChanceTest::Estimated => (Some(found.p), conditional_test(own, its)),
        ChanceTest::Conditional => (e_test(own, its), Some(found.p)),
    };
    let ratio = rate_ratio(own, its, Confidence::default());
    let figures = ChanceFigures::Counts { p: found.p, e_test, conditional, ratio };
    // Neither is believed against the other.
    if e_test.zip(conditional).is_some_and(|(one, other)| (one >= LEVEL) != (other >= LEVEL)) {
        let why = "the two tests disagree".to_owned();
        return ByChance { verdict: ChanceVerdict::CannotTell(why), figures: Some(figures) };
    }
    ByChance::decided(found.p >= LEVEL, figures)
}

fn percentages(before: &Reading, now: &Reading) -> ByChance {
    let share = |reading: &Reading| Some((reading.low.to_f64() / 100.0, reading.base()?));
    let (Some(own), Some(its)) = (share(now), share(before)) else {
        return ByChance::cannot_tell("no base: it is not said of how many the percentages are");
    };
    let Some(found) = difference(own, its, Confidence::default()) else {
        return ByChance::cannot_tell("the percentages do not compare");
    };
    let (lower, upper) = found.interval.unwrap_or((found.estimate, found.estimate));
    let explains = lower <= 0.0 && 0.0 <= upper;
    ByChance::decided(explains, ChanceFigures::Percentages(found.times(100.0)))
}
