//! What became of a measure, by rule on the printed figures.
//!
//! 1. Without an actual figure, without a baseline where the target needs one, or where what is counted changed between the
//!    two, it can't be told.
//! 2. Counts of periods of different lengths are set on the same length where both are whole years, or where the time is not
//!    over yet; otherwise it can't be told. So it is of rates of different lengths.
//!    Where both are set against people or households, and the target is no figure of its own, rates are compared.
//! 3. Where the actual's period ends with or after the period that the target is due in, the figure has reached the target or
//!    it has not: it is achieved or not achieved. Without a target any step in the direction wanted is enough; none is not.
//! 4. Before, it is on course where it lies on or beyond the straight line from the baseline, at the end of its period, to
//!    the target, at the end of the period it is due in: time is counted in months. Without a target it is on course where it
//!    has moved in the direction wanted.
//! 5. A withheld figure is tried at both of its ends: where they disagree, it can't be told.

use std::cmp::Ordering;

use super::change::{among, decimals, ends, per_head};
use super::ratio::Ratio;
use super::words::{bar, change_unit, wanted, with_period};
use crate::assessment::Period;
use crate::assessment::evidence::{Break, OutcomeWord};
use crate::assessment::plan::{Goal, Measure, Reading, ReadingKind, Wanted};
use crate::exact::Fixed;
use crate::words::{number, with_noun};

/// What became of a measure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ruling {
    /// What.
    pub word: OutcomeWord,
    /// Why, in a sentence.
    pub because: String,
    /// What was wanted, in a sentence, for who has the figures at hand; where nothing can be told, why.
    pub wanted: String,
    /// What a reader should know beside that, a sentence each.
    pub caveats: Vec<String>,
}

/// The outcome of a measure, by the rule of this file.
pub fn ruling(measure: &Measure) -> Ruling {
    match judged(measure) {
        Ok(outcome) => outcome,
        Err(because) => Ruling { word: OutcomeWord::CannotTell, wanted: because.clone(), because, caveats: Vec::new() },
    }
}

/// The first change of what is counted that lies between two figures.
pub(crate) fn break_between<'m>(measure: &'m Measure, before: &Reading, now: &Reading) -> Option<&'m Break> {
    measure.breaks.iter().find(|broken| broken.is_between(before.period, now.period))
}

/// The outcome, or why it can't be told.
fn judged(measure: &Measure) -> Result<Ruling, String> {
    let none = match measure.series.is_empty() {
        true => "No figure is filed yet.",
        false => "No figure of its period is filed; those under `series` are of other periods.",
    };
    let missing = || measure.missing.as_deref().map_or_else(|| none.to_owned(), sentence);
    let now = measure.actual.as_ref().ok_or_else(missing)?;
    let needs_baseline = !matches!(measure.target.goal, Goal::Figure(_) | Goal::Between(..));
    let before = match &measure.baseline {
        None if needs_baseline => {
            return Err(measure.missing.as_deref().map_or_else(|| "No baseline is filed.".to_owned(), sentence));
        }
        before => before.as_ref(),
    };
    if let Some(broken) = before.and_then(|before| break_between(measure, before, now)) {
        let (when, cause) = (broken.date.when(), &broken.cause);
        return Err(format!("What is counted changed {when} ({cause}): the two figures are not of the same."));
    }
    let is_over = measure.target.by.last_day() <= now.period.last_day();
    let (length, scaled) = scale(measure, before, now, is_over)?;
    let (among, set_against) = on_the_same_population(measure, before, now);
    let scale = length.times(among).ok_or_else(too_long)?;
    let course = Course { measure, before, now, scale, is_over };
    course.all_told_by_ends()?;
    let verdicts = course.verdicts()?;
    let Some(reached) = verdicts.first().copied().filter(|first| verdicts.iter().all(|one| one == first)) else {
        return Err(WITHHELD.to_owned());
    };
    let word = match (is_over, reached) {
        (true, true) => OutcomeWord::Achieved,
        (true, false) => OutcomeWord::NotAchieved,
        (false, true) => OutcomeWord::OnCourse,
        (false, false) => OutcomeWord::OffCourse,
    };
    let mut caveats: Vec<String> = scaled.into_iter().chain(set_against).collect();
    caveats.extend(course.compared());
    caveats.extend(reached_before(measure).then(|| "The target was reached before the plan began.".to_owned()));
    caveats.extend(
        course
            .could_turn_over(reached)
            .then(|| "The figures are rounded as printed: unrounded ones could say otherwise.".to_owned()),
    );
    let wanted = course.wanted()?;
    let because = format!("{}: {wanted}.", course.figures());
    Ok(Ruling { word, because, wanted: format!("{}.", crate::words::upper_first(&wanted)), caveats })
}

/// Whether the target is a figure that the baseline had reached already, at both of its ends.
pub(crate) fn reached_before(measure: &Measure) -> bool {
    let (Goal::Figure(figure), Some(before)) = (measure.target.goal, &measure.baseline) else { return false };
    match measure.wanted {
        Wanted::Less => before.high.minus(figure).units() <= 0,
        Wanted::More => before.low.minus(figure).units() >= 0,
        Wanted::Within => false,
    }
}

/// Somebody's reason as a sentence.
fn sentence(reason: &str) -> String {
    let end = if reason.ends_with(['.', '!', '?']) { "" } else { "." };
    crate::words::upper_first(&format!("{reason}{end}"))
}

/// What the actual is multiplied by to be of the baseline's length, and what is said of it.
fn scale(
    measure: &Measure,
    before: Option<&Reading>,
    now: &Reading,
    is_over: bool,
) -> Result<(Ratio, Option<String>), String> {
    let one = Ratio::whole(1);
    let reference = before.map_or(measure.target.by, |before| before.period);
    let (own, its) = (now.period.months(), reference.months());
    // Years of 365 and 366 days are alike.
    if (own - its).abs() <= its * 0.02 || !matches!(now.kind(), ReadingKind::Count | ReadingKind::Rate(_)) {
        return Ok((one, None));
    }
    let lengths = format!("{} set against {}", with_noun(&number(own, 1), "month is", "months are"), number(its, 1));
    let is_years = |months: f64| months > 1.0 && (months / 12.0 - (months / 12.0).round()).abs() < 0.02;
    let can_be_scaled = now.kind() == ReadingKind::Count && (!is_over || (is_years(own) && is_years(its)));
    if !can_be_scaled {
        let unknown = match now.kind() {
            ReadingKind::Count => "the months that are missing may be unlike the others",
            _ => "whether the rates are of a year is not said",
        };
        return Err(format!("{}: {unknown}.", crate::words::upper_first(&lengths)));
    }
    let factor = length(reference).over(length(now.period)).unwrap_or(one);
    let seasons =
        if is_years(own) && is_years(its) { "" } else { "; a season may weigh more in one than in the other" };
    Ok((factor, Some(format!("{}, as if spread evenly{seasons}.", crate::words::upper_first(&lengths)))))
}

/// What the actual is multiplied by to be of as many people as the baseline, where counts are set against people or
/// households and the target is a step from the baseline; and what is said of it.
fn on_the_same_population(measure: &Measure, before: Option<&Reading>, now: &Reading) -> (Ratio, Option<String>) {
    let same = (Ratio::whole(1), None);
    if !matches!(measure.target.goal, Goal::AnyStep | Goal::ChangePercent(_)) {
        return same;
    }
    let Some((factor, before)) = before.and_then(|before| Some((per_head(before, now)?, before))) else { return same };
    let (Some(own), Some(its)) = (among(now), among(before)) else { return same };
    let (own, its) = (number(own.number, 0), number(its.number, 0));
    (factor, Some(format!("Rates are compared: the figure now is of {own}, and the one before of {its}.")))
}

/// How many months a period is, to three decimals.
fn length(period: Period) -> Ratio {
    Ratio::of(Fixed::round(period.months(), 3))
}

/// A measure's figures, and what the actual is multiplied by to be of the baseline's length.
struct Course<'m> {
    measure: &'m Measure,
    before: Option<&'m Reading>,
    now: &'m Reading,
    scale: Ratio,
    is_over: bool,
}

const WITHHELD: &str = "A figure is withheld, and what it can be gives different outcomes.";

fn too_long() -> String {
    "The figures have more digits than can be compared.".to_owned()
}

impl Course<'_> {
    /// Whether it is as far as it should be, at each end of what baseline and actual can be.
    fn verdicts(&self) -> Result<Vec<bool>, String> {
        let ends = |reading: &Reading| [Ratio::of(reading.low), Ratio::of(reading.high)];
        let before = self.before.map_or_else(|| vec![None], |before| ends(before).map(Some).to_vec());
        let all = before.iter().flat_map(|before| ends(self.now).map(|now| (*before, now)));
        all.map(|(before, now)| self.reached(before, now)).collect()
    }

    /// A withheld figure that can be below a band and above it can be within, too, which its ends do not show.
    fn all_told_by_ends(&self) -> Result<(), String> {
        let Goal::Between(low, high) = self.measure.target.goal else { return Ok(()) };
        let scaled = |figure| Ratio::of(figure).times(self.scale).ok_or_else(too_long);
        let below = scaled(self.now.low)?.compared(Ratio::of(low)) == Ordering::Less;
        let above = scaled(self.now.high)?.compared(Ratio::of(high)) == Ordering::Greater;
        match self.now.is_range() && below && above {
            true => Err(WITHHELD.to_owned()),
            false => Ok(()),
        }
    }

    /// Whether rounding of the printed figures could turn the verdict over.
    fn could_turn_over(&self, reached: bool) -> bool {
        let decimals = decimals(self.measure);
        let of = |reading: &Reading| ends(reading, decimals).map(|(low, high)| [low, high]);
        let Some(now) = of(self.now).filter(|_| self.now.is_rounded()) else { return false };
        let before = self.before.and_then(of).map_or_else(|| vec![None], |ends| ends.map(Some).to_vec());
        before.iter().any(|before| now.iter().any(|now| self.reached(*before, *now) != Ok(reached)))
    }

    /// Whether the figure is as far as it should be by the end of its period.
    fn reached(&self, before: Option<Ratio>, now: Ratio) -> Result<bool, String> {
        let now = now.times(self.scale).ok_or_else(too_long)?;
        match (self.measure.target.goal, before) {
            (Goal::Between(low, high), _) => return self.within(before, now, (Ratio::of(low), Ratio::of(high))),
            (Goal::AnyStep, Some(before)) => return Ok(now.compared(before) == self.better()),
            (Goal::ChangePercent(_), Some(before)) if !before.is_above_zero() => return Err(self.no_percentage()),
            _ => {}
        }
        let target = self.target(before).ok_or_else(too_long)?;
        let bar = if self.is_over { target } else { self.line(before, target)? };
        let compared = now.compared(bar);
        Ok(compared == self.better() || compared == Ordering::Equal)
    }

    /// Why no target follows from a percentage of the baseline: it is not above zero, or need not be.
    fn no_percentage(&self) -> String {
        let Some(before) = self.before else { return too_long() };
        match before.low.units().signum() {
            0 if before.is_range() => "The baseline can be zero, and nothing is a percentage of zero.".to_owned(),
            0 => "The baseline is zero, and nothing is a percentage of zero.".to_owned(),
            _ => "The baseline is not above zero, and a percentage of it does not say which way is meant.".to_owned(),
        }
    }

    /// Whether a figure lies within a band, or, before its time is over, on the way there from where it started.
    fn within(&self, before: Option<Ratio>, now: Ratio, (low, high): (Ratio, Ratio)) -> Result<bool, String> {
        let is_within = now.compared(low) != Ordering::Less && now.compared(high) != Ordering::Greater;
        if self.is_over || is_within {
            return Ok(is_within);
        }
        let Some(before) = before else { return Ok(false) };
        let line = |end: Ratio| self.line(Some(before), end);
        Ok(match (before.compared(low), before.compared(high)) {
            (Ordering::Less, _) => {
                now.compared(line(low)?) != Ordering::Less && now.compared(high) != Ordering::Greater
            }
            (_, Ordering::Greater) => {
                now.compared(line(high)?) != Ordering::Greater && now.compared(low) != Ordering::Less
            }
            _ => false,
        })
    }

    /// How a better figure compares with a worse one.
    fn better(&self) -> Ordering {
        if self.measure.wanted == Wanted::More { Ordering::Greater } else { Ordering::Less }
    }

    /// The figure to be reached, on the length that the figures are set on.
    fn target(&self, before: Option<Ratio>) -> Option<Ratio> {
        match self.measure.target.goal {
            Goal::Figure(figure) => Some(Ratio::of(figure)),
            Goal::Change(change) => before?.plus(Ratio::of(change)),
            Goal::ChangePercent(percent) => {
                let hundred = Ratio::whole(100);
                before?.times(hundred.plus(Ratio::of(percent))?)?.over(hundred)
            }
            Goal::AnyStep | Goal::Between(..) => before,
        }
    }

    /// Where the straight line stands at the end of the figure's period, or why there is none.
    fn line(&self, before: Option<Ratio>, target: Ratio) -> Result<Ratio, String> {
        let (Some(before), Some(reading)) = (before, self.before) else {
            return Err("Its time is not over, and there is no baseline to draw a line from.".to_owned());
        };
        let whole = self.measure.target.by.months_after_end_of(reading.period);
        let passed = self.now.period.months_after_end_of(reading.period);
        let along = || {
            let part = Ratio::whole(passed).over(Ratio::whole(whole.max(1)))?;
            before.plus(target.minus(before)?.times(part)?)
        };
        along().ok_or_else(too_long)
    }

    /// The figure that was compared, where that is not the one that is filed.
    fn compared(&self) -> Option<String> {
        let is_filed = self.scale.compared(Ratio::whole(1)) == Ordering::Equal || self.now.is_range();
        let compared = Ratio::of(self.now.low).times(self.scale).filter(|_| !is_filed)?;
        let compared = bar(compared, self.now.kind(), decimals(self.measure));
        Some(format!("So {} is compared as {compared}.", self.now.printed))
    }

    /// The figures: `From 421 in … to 460 in …`.
    fn figures(&self) -> String {
        let from = self.before.map_or_else(String::new, |before| format!("From {} to ", with_period(before)));
        crate::words::upper_first(&format!("{from}{}", with_period(self.now)))
    }

    /// What was wanted, as it follows a colon.
    fn wanted(&self) -> Result<String, String> {
        let (measure, now) = (self.measure, self.now);
        let (kind, decimals) = (now.kind(), decimals(measure));
        let before = self.before.map(|before| Ratio::of(before.low));
        let target = self.target(before);
        let printed = |figure: Fixed| kind.printed(figure);
        let by = |step: Fixed, unit: &str| {
            let to = target.map_or_else(String::new, |target| format!(", to {}", bar(target, kind, decimals)));
            format!("{} by {}{unit}{to}, was wanted", wanted(measure), step.to_string().trim_start_matches('-'))
        };
        let aim = match measure.target.goal {
            Goal::AnyStep => format!("{} was wanted", wanted(measure)),
            Goal::Between(low, high) => format!("{} to {} was wanted", printed(low), printed(high)),
            Goal::ChangePercent(percent) => by(percent, "%"),
            Goal::Change(change) => by(change, change_unit(kind)),
            Goal::Figure(figure) => {
                let most = if measure.wanted == Wanted::More { "at least" } else { "at most" };
                let was = measure.unit.as_ref().map_or_else(|| "was".to_owned(), |unit| format!("{unit} were"));
                format!("{most} {} {was} wanted", printed(figure))
            }
        };
        if self.is_over {
            return Ok(aim);
        }
        let by = format!("by {}", measure.target.by.last_day());
        let line = match (before, target, measure.target.goal) {
            (Some(before), Some(target), Goal::Figure(_) | Goal::Change(_) | Goal::ChangePercent(_)) => {
                let at = bar(self.line(Some(before), target)?, kind, decimals);
                format!("; on a straight line it would be {at} by now")
            }
            _ => String::new(),
        };
        Ok(format!("{aim} {by}{line}"))
    }
}
