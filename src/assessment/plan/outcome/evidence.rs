//! The outcome of a measure as evidence about a candidate.

use super::by_chance::{ByChance, ChanceFigures, by_chance};
use super::chance_words::chance_in_words;
use super::change::change;
use super::rule::ruling;
use crate::assessment::evidence::{Figure, OutcomeWord, WhatBecame};
use crate::assessment::plan::Measure;
use crate::stats::{Estimate, RateRatio};

/// What became of a measure, with all that stands beside it.
///
/// # Errors
/// Why it can't be told.
pub(in crate::assessment) fn as_evidence(measure: &Measure) -> Result<(OutcomeWord, WhatBecame), String> {
    let ruling = ruling(measure);
    if ruling.word == OutcomeWord::CannotTell {
        return Err(ruling.because);
    }
    let chance = by_chance(measure);
    // A withheld figure leaves no single change.
    let changed = change(measure).filter(|change| change.low == change.high);
    let percent = changed.and_then(|change| change.percent).map(|(percent, _)| percent.to_f64());
    let sides = [&measure.baseline, &measure.actual].into_iter().flatten();
    let counts = sides.filter_map(|side| match &side.figure {
        Figure::Count(count) => Some((count.count, count.period)),
        _ => None,
    });
    let found = WhatBecame {
        title: measure.title.clone(),
        because: ruling.because,
        change_percent: percent.map(|percent| in_percent(percent, &chance)),
        change: changed.map(|change| in_own_unit(change.low.to_f64(), &chance)),
        by_chance: chance.verdict.word(),
        p: chance.p(),
        chance_told: chance_in_words(&chance),
        counts: counts.collect(),
        caveats: ruling.caveats,
    };
    Ok((ruling.word, found))
}

/// A change in per cent, with the interval of the ratio where that is of the same figures: of rates it is not.
fn in_percent(percent: f64, chance: &ByChance) -> Estimate {
    let Some(ChanceFigures::Counts { ratio: Some(ratio), .. }) = chance.figures else {
        return Estimate::exact(percent);
    };
    let of_ratio = |ratio: f64| 100.0 * (ratio - 1.0);
    let same = |ratio: &Estimate| (of_ratio(ratio.estimate) - percent).abs() <= 0.05 + 1e-9;
    match RateRatio::to_estimate(ratio).filter(same).and_then(|ratio| ratio.interval) {
        Some((lower, upper)) => Estimate::between(percent, of_ratio(lower), of_ratio(upper)),
        None => Estimate::exact(percent),
    }
}

/// A change in the measure's own unit, with Newcombe's interval where that is known.
fn in_own_unit(change: f64, chance: &ByChance) -> Estimate {
    match chance.figures {
        Some(ChanceFigures::Percentages(found)) => Estimate { estimate: change, interval: found.interval },
        _ => Estimate::exact(change),
    }
}
