//! What documents claim of a measure, set against its figures.

use std::cmp::Ordering;

use super::said;
use crate::assessment::Period;
use crate::assessment::claim::PrintedNumber;
use crate::assessment::plan::outcome::{
    Ratio, change_between, change_unit, compare, decimals, ends, percent, signed, signed_range,
};
use crate::assessment::plan::{Direction, Measure, MeasureClaim, OutcomeWord, PrintedClaim, Reading};
use crate::diagnostic::{Code, Problem};

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
    /// Whether it holds only because the figures were rounded before they were printed: worked out from them as they are
    /// printed, it is another.
    pub only_by_rounding: bool,
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

/// What a part of a claim comes to: what the figures say, and whether it holds; none where they say nothing of it.
type Part = Option<PartReview>;

/// What a part of a claim comes to.
struct PartReview {
    found: String,
    holds: Option<bool>,
    only_by_rounding: bool,
}

impl PartReview {
    fn new(found: String, holds: Option<bool>) -> Self {
        Self { found, holds, only_by_rounding: false }
    }
}

/// The two figures that a claim is about, the earlier first.
type Sides<'m> = (&'m Reading, &'m Reading);

/// A claim of a measure whose outcome by rule is `outcome`.
pub(super) fn set_against<'a>(claim: &'a MeasureClaim, measure: &'a Measure, outcome: OutcomeWord) -> ClaimReview<'a> {
    let (sides, decimals) = (sides(claim, measure), decimals(measure));
    let in_words = claim.text.as_deref().and_then(said::direction).filter(|_| claim.direction.is_none());
    let way = claim.direction.or(in_words);
    let parts: Vec<Part> = [
        claim.outcome.map(|claimed| Some(of_outcome(claimed, outcome))),
        claim.percent.as_ref().map(|printed| of_percent(printed, way, sides?, decimals)),
        claim.change.as_ref().map(|printed| of_change(printed, way, sides?, decimals)),
        claim.direction.map(|direction| of_direction(direction, sides?)),
    ]
    .into_iter()
    .flatten()
    .collect();
    let holds: Vec<Option<bool>> = parts.iter().map(|part| part.as_ref().and_then(|part| part.holds)).collect();
    let holds = match () {
        () if holds.contains(&Some(false)) => Some(false),
        () if !holds.is_empty() && holds.iter().all(|holds| *holds == Some(true)) => Some(true),
        () => None,
    };
    let by_rounding = |part: &PartReview| part.only_by_rounding;
    let only_by_rounding = holds == Some(true) && parts.iter().flatten().any(by_rounding);
    let mut found: Vec<String> = parts.into_iter().flatten().map(|part| part.found).collect();
    found.dedup();
    let recomputed = (!found.is_empty()).then(|| found.join(", "));
    ClaimReview { claim, measure, as_printed: as_printed(claim), recomputed, holds, only_by_rounding }
}

/// Baseline and actual, or the first and the last of the figures that are filed within the period that the claim names; none
/// where the two do not compare as they stand.
fn sides<'m>(claim: &MeasureClaim, measure: &'m Measure) -> Option<Sides<'m>> {
    let alike = |sides: &Sides<'m>| compare(sides.0, sides.1);
    let Some(period) = claim.period else {
        return measure.baseline.as_ref().zip(measure.actual.as_ref()).filter(alike);
    };
    let is_within = |reading: &&Reading| {
        period.first_day() <= reading.period.first_day() && reading.period.last_day() <= period.last_day()
    };
    let mut within = measure.series.iter().filter(is_within);
    within.next().zip(within.next_back()).filter(alike)
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

fn of_outcome(claimed: OutcomeWord, found: OutcomeWord) -> PartReview {
    let is_over = |word: OutcomeWord| matches!(word, OutcomeWord::Achieved | OutcomeWord::NotAchieved);
    let holds = match () {
        () if claimed == found => Some(true),
        () if found == OutcomeWord::CannotTell || is_over(claimed) != is_over(found) => None,
        () => Some(false),
    };
    PartReview::new(found.phrase().to_owned(), holds)
}

fn of_percent(printed: &PrintedClaim, way: Option<Direction>, (before, now): Sides<'_>, decimals: u32) -> Part {
    let ((low, high), (least, most)) = ends(before, decimals).zip(ends(now, decimals))?;
    let open = percent(least, high).zip(percent(most, low))?;
    let shown = signed_range(change_between(before, now).percent?, "%");
    let exact = percent(Ratio::of(now.low), Ratio::of(before.low));
    // A percentage is rounded to the digit, also to a whole one.
    Some(of_number(&rounded(&printed.number), (printed.is_signed, way), (open, exact), (before, now), shown))
}

fn of_change(printed: &PrintedClaim, way: Option<Direction>, (before, now): Sides<'_>, decimals: u32) -> Part {
    let ((low, high), (least, most)) = ends(before, decimals).zip(ends(now, decimals))?;
    let open = least.minus(high).zip(most.minus(low))?;
    let change = change_between(before, now);
    let shown = signed_range((change.low, change.high), change_unit(now.kind()));
    let number = if now.is_rounded() { rounded(&printed.number) } else { printed.number.clone() };
    let exact = Ratio::of(now.low).minus(Ratio::of(before.low));
    Some(of_number(&number, (printed.is_signed, way), (open, exact), (before, now), shown))
}

/// A printed figure set against what the figures leave open, and against what follows from them as they are printed.
fn of_number(
    number: &PrintedNumber,
    said: (bool, Option<Direction>),
    (open, exact): ((Ratio, Ratio), Option<Ratio>),
    sides: Sides<'_>,
    found: String,
) -> PartReview {
    let holds = agrees(number, said, open, sides);
    let as_printed = exact.and_then(|exact| agrees(number, said, (exact, exact), sides));
    PartReview { found, holds, only_by_rounding: holds == Some(true) && as_printed == Some(false) }
}

/// Which way it went.
fn of_direction(claimed: Direction, (before, now): Sides<'_>) -> Part {
    if before.is_range() || now.is_range() {
        return None;
    }
    let found = match Ratio::of(now.low).compared(Ratio::of(before.low)) {
        Ordering::Less => Direction::Fall,
        Ordering::Equal => Direction::Same,
        Ordering::Greater => Direction::Rise,
    };
    let shown = signed(now.low.minus(before.low));
    Some(PartReview::new(format!("{shown}{}", change_unit(now.kind())), Some(found == claimed)))
}

fn rounded(number: &PrintedNumber) -> PrintedNumber {
    PrintedNumber { count: false, ..number.clone() }
}

/// A printed figure set against what the figures leave open, `lowest` to `highest`: with its sign, or the sign of the
/// direction that is claimed, or else by its size. Where one of the two figures is withheld, what could be so may not be.
fn agrees(
    printed: &PrintedNumber,
    (is_signed, way): (bool, Option<Direction>),
    (lowest, highest): (Ratio, Ratio),
    (before, now): Sides<'_>,
) -> Option<bool> {
    let (low, high) = printed.range();
    let open = (lowest.to_f64(), highest.to_f64());
    let meets = |(low, high): (f64, f64)| low <= open.1 + 1e-9 && open.0 <= high + 1e-9;
    let turned = (-high, -low);
    let could_be = match (is_signed, way) {
        (true, _) | (false, Some(Direction::Rise)) => meets((low, high)),
        (false, Some(Direction::Fall)) => meets(turned),
        (false, _) => meets((low, high)) || meets(turned),
    };
    let is_open = before.is_range() || now.is_range();
    (!(could_be && is_open)).then_some(could_be)
}
