//! What documents claim of a measure, set against its figures.

use super::change::{decimals, ends, percent};
use super::ratio::Ratio;
use super::words::{signed, signed_percent};
use crate::assessment::Period;
use crate::assessment::plan::{Direction, Measure, MeasureClaim, OutcomeWord, PrintedClaim, Reading};
use crate::diagnostic::{Code, Problem};
use crate::exact::{Fixed, to_units};

/// A claim, set against the figures.
#[derive(Debug)]
pub struct ClaimReview<'a> {
    /// The claim.
    pub claim: &'a MeasureClaim,
    /// The measure that it is about.
    pub measure: &'a Measure,
    /// What the document says.
    pub as_printed: String,
    /// What the figures say; none where they say nothing of it.
    pub recomputed: Option<String>,
    /// Whether it holds; none where nobody can tell.
    pub holds: Option<bool>,
}

impl ClaimReview<'_> {
    /// What `check` says of it; nothing where it holds.
    pub(super) fn problem(&self) -> Option<Problem> {
        let (title, printed) = (&self.measure.title, &self.as_printed);
        let there = self.claim.written.clone();
        match (self.holds, &self.recomputed) {
            (Some(true), _) => None,
            (Some(false), found) => {
                let found = found.as_deref().unwrap_or("something else");
                let message = format!("“{title}” is called “{printed}”, and its figures say: {found}");
                let help = "check the figures and the target against the document, or ask who wrote it";
                Some(Problem::new(Code::ClaimedOutcome, message).at(there).help(help))
            }
            (None, _) => {
                let message = format!("no figure that is filed says whether “{title}” is as claimed: “{printed}”");
                let help = "file the figures that it comes from under `series`, where the document has them";
                Some(Problem::new(Code::NothingToRecompute, message).at(there).help(help))
            }
        }
    }
}

/// What a part of a claim comes to: what the figures say, and whether it holds.
type Part = (Option<String>, Option<bool>);

/// A claim of a measure whose outcome by rule is `outcome`.
pub(super) fn set_against<'a>(claim: &'a MeasureClaim, measure: &'a Measure, outcome: OutcomeWord) -> ClaimReview<'a> {
    let parts: Vec<Part> = [
        claim.outcome.map(|claimed| of_outcome(claimed, outcome)),
        claim.percent.as_ref().map(|printed| of_percent(printed, claim.direction, measure)),
        claim.change.as_ref().map(|printed| of_change(printed, claim.direction, measure)),
        claim.direction.map(|direction| of_direction(direction, claim, measure)),
    ]
    .into_iter()
    .flatten()
    .collect();
    let holds = match () {
        () if parts.iter().any(|(_, holds)| *holds == Some(false)) => Some(false),
        () if !parts.is_empty() && parts.iter().all(|(_, holds)| *holds == Some(true)) => Some(true),
        () => None,
    };
    let mut found: Vec<String> = parts.into_iter().filter_map(|(found, _)| found).collect();
    found.dedup();
    let recomputed = (!found.is_empty()).then(|| found.join(", "));
    ClaimReview { claim, measure, as_printed: as_printed(claim), recomputed, holds }
}

/// What the document says: its own words where they are filed.
fn as_printed(claim: &MeasureClaim) -> String {
    if let Some(text) = &claim.text {
        return text.clone();
    }
    let number = claim.percent.as_ref().map(|percent| format!("{}%", percent.number.text.trim_end_matches('%')));
    let number = number.or_else(|| claim.change.as_ref().map(|change| change.number.text.clone()));
    let way = claim.direction.map(|direction| match direction {
        Direction::Fall => "a fall",
        Direction::Rise => "a rise",
        Direction::Same => "no change",
    });
    let when = claim.period.map(Period::when);
    let outcome = claim.outcome.map(|outcome| outcome.phrase().to_owned());
    let step = match (way, number) {
        (Some(way), Some(number)) => Some(format!("{way} of {number}")),
        (way, number) => way.map(str::to_owned).or(number),
    };
    let step = step.map(|step| [Some(step), when].into_iter().flatten().collect::<Vec<_>>().join(" "));
    [outcome, step].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn of_outcome(claimed: OutcomeWord, found: OutcomeWord) -> Part {
    let is_over = |word: OutcomeWord| matches!(word, OutcomeWord::Achieved | OutcomeWord::NotAchieved);
    let holds = match () {
        () if claimed == found => Some(true),
        () if found == OutcomeWord::CannotTell || is_over(claimed) != is_over(found) => None,
        () => Some(false),
    };
    (Some(found.phrase().to_owned()), holds)
}

/// A printed figure set against what the printed figures leave open, `lowest` to `highest`: with its sign, or the sign of
/// the direction that is claimed, or else by its size.
fn agrees(printed: &PrintedClaim, way: Option<Direction>, (lowest, highest): (Ratio, Ratio)) -> bool {
    let (low, high) = printed.number.range();
    let open = (lowest.to_f64(), highest.to_f64());
    let meets = |(low, high): (f64, f64)| low <= open.1 + 1e-9 && open.0 <= high + 1e-9;
    let turned = (-high, -low);
    match (printed.is_signed, way) {
        (true, _) | (false, Some(Direction::Rise)) => meets((low, high)),
        (false, Some(Direction::Fall)) => meets(turned),
        (false, _) => meets((low, high)) || meets(turned),
    }
}

fn of_percent(printed: &PrintedClaim, way: Option<Direction>, measure: &Measure) -> Part {
    let nothing = (None, None);
    let Some((before, now)) = measure.baseline.as_ref().zip(measure.actual.as_ref()) else { return nothing };
    let decimals = decimals(measure);
    let (Some((low, high)), Some((least, most))) = (ends(before, decimals), ends(now, decimals)) else {
        return nothing;
    };
    let Some((lowest, highest)) = percent(least, high).zip(percent(most, low)) else { return nothing };
    // A percentage is rounded to the digit, also to a whole one.
    let rounded = PrintedClaim { number: rounded(printed), ..printed.clone() };
    let middle = percent(Ratio::of(now.low), Ratio::of(before.low)).unwrap_or(lowest);
    let shown = signed_percent(Fixed::new(to_units(middle.to_f64(), 1), 1));
    (Some(shown), Some(agrees(&rounded, way, (lowest, highest))))
}

fn rounded(printed: &PrintedClaim) -> crate::assessment::claim::PrintedNumber {
    crate::assessment::claim::PrintedNumber { count: false, ..printed.number.clone() }
}

fn of_change(printed: &PrintedClaim, way: Option<Direction>, measure: &Measure) -> Part {
    let nothing = (None, None);
    let Some((before, now)) = measure.baseline.as_ref().zip(measure.actual.as_ref()) else { return nothing };
    let decimals = decimals(measure);
    let (Some((low, high)), Some((least, most))) = (ends(before, decimals), ends(now, decimals)) else {
        return nothing;
    };
    let Some((lowest, highest)) = least.minus(high).zip(most.minus(low)) else { return nothing };
    let number = match now.is_rounded() {
        true => rounded(printed),
        false => printed.number.clone(),
    };
    let claimed = PrintedClaim { number, ..printed.clone() };
    let shown = signed(now.low.minus(before.low), now.kind());
    (Some(shown), Some(agrees(&claimed, way, (lowest, highest))))
}

/// Which way it went from baseline to actual, or from the first to the last of the figures that are filed within the
/// period that the claim names.
fn of_direction(claimed: Direction, claim: &MeasureClaim, measure: &Measure) -> Part {
    let sides = match claim.period {
        None => measure.baseline.as_ref().zip(measure.actual.as_ref()),
        Some(period) => {
            let is_within = |reading: &&Reading| {
                period.first_day() <= reading.period.first_day() && reading.period.last_day() <= period.last_day()
            };
            let mut within = measure.series.iter().filter(is_within);
            within.next().zip(within.next_back())
        }
    };
    let Some((before, now)) = sides.filter(|(before, now)| !before.is_range() && !now.is_range()) else {
        return (None, None);
    };
    let found = match Ratio::of(now.low).compared(Ratio::of(before.low)) {
        std::cmp::Ordering::Less => Direction::Fall,
        std::cmp::Ordering::Equal => Direction::Same,
        std::cmp::Ordering::Greater => Direction::Rise,
    };
    (Some(signed(now.low.minus(before.low), now.kind())), Some(found == claimed))
}
