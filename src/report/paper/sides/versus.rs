//! One against another: why the one is ahead, how sure that is, and what would swap them.

use super::super::gaps;
use super::super::model::Versus;
use super::printed;
use super::room::could_add;
use super::shown::{Shown, of_a_hundred, side_by_side, titles};
use super::sure::first_share;
use super::weights;
use crate::ranked::RankedAssessment;
use crate::recompute::Recomputation;
use crate::scoring::{self, Fixed, Trace};
use crate::sensitivity::one_weight;
use crate::words::{listed, lower_title};

/// So many questions are named on which one gains.
const MOST_NAMED: usize = 2;

/// Two of the list, the one ahead first, and what each question makes of it.
struct Pair<'t, 'a> {
    ahead: &'t Trace<'a>,
    behind: &'t Trace<'a>,
    parts: Vec<Fixed>,
}

impl<'t, 'a> Pair<'t, 'a> {
    fn new(report: &RankedAssessment<'a>, ahead: &'t Trace<'a>, behind: &'t Trace<'a>) -> Option<Self> {
        let number = |trace: &Trace<'_>| report.assessment.candidate_number(&trace.candidate.id);
        let parts = scoring::difference(&report.ranking, number(ahead)?, number(behind)?).ok().flatten();
        Some(Self { ahead, behind, parts: parts.unwrap_or_default() })
    }
}

/// First against second, and the last place in against the first out.
pub(super) fn both(
    report: &RankedAssessment<'_>,
    shown: Shown,
    recomputed: &Recomputation,
) -> (Option<Versus>, Option<Versus>) {
    let ranked: Vec<&Trace<'_>> = report.traces.iter().filter(|trace| trace.total.is_some()).collect();
    let first = match *ranked {
        [first, second, ..] => Pair::new(report, first, second),
        _ => None,
    };
    let last = at_the_line(report).and_then(|(inside, outside)| Pair::new(report, inside, outside));
    let view = Viewer { report, shown, recomputed };
    (first.map(|pair| view.first(&pair)), last.map(|pair| view.last(&pair)))
}

/// The last that has a place by points, and the first that has none.
fn at_the_line<'t, 'a>(report: &'t RankedAssessment<'a>) -> Option<(&'t Trace<'a>, &'t Trace<'a>)> {
    let (inside, outside) = one_weight::at_the_line(&report.ranking)?;
    Some((report.trace_of(inside)?, report.trace_of(outside)?))
}

struct Viewer<'r, 'a> {
    report: &'r RankedAssessment<'a>,
    shown: Shown,
    recomputed: &'r Recomputation,
}

impl<'a> Viewer<'_, 'a> {
    fn first(&self, pair: &Pair<'_, 'a>) -> Versus {
        let (ahead, behind) = (&pair.ahead.candidate.title, &pair.behind.candidate.title);
        let mut sentences = self.gained(pair);
        if pair.parts.iter().all(|part| part.units() == 0) {
            sentences.push(format!("{ahead} and {behind} have the same points on every question."));
        }
        let firsts = [pair.ahead, pair.behind].map(|trace| first_share(trace, self.report));
        if let [Some(own), Some(other)] = firsts {
            sentences.push(format!(
                "{ahead} came first in {} of 100 runs, the other in {}.",
                of_a_hundred(own),
                of_a_hundred(other)
            ));
        }
        let swap = match &self.report.one_weight {
            None => "What weight would swap them was not worked out.".to_owned(),
            Some(found) => match &found.second_before_first {
                Some(then) => format!("{}.", weights::counting_for(then, self.report)),
                None => "no weight that was tried, moved alone, does.".to_owned(),
            },
        };
        let heading = match self.by(pair) {
            Some(by) => format!("First against second: {ahead} is ahead by {by}"),
            None => format!("First against second: level, with {} each", self.points(pair.ahead)),
        };
        Versus { heading, sentences, swap }
    }

    fn last(&self, pair: &Pair<'_, 'a>) -> Versus {
        let (ahead, behind) = (&pair.ahead.candidate.title, &pair.behind.candidate.title);
        let mut sentences = self.gained(pair);
        sentences.extend(self.wins(pair));
        sentences.extend([pair.ahead, pair.behind].into_iter().flat_map(|trace| self.not_sure_of(trace)));
        let swap = match self.report.one_weight.as_ref().map(|found| &found.first_out_is_in) {
            None => "What weight would swap them was not worked out.".to_owned(),
            Some(None) => format!("no weight that was tried, moved alone, brings {behind} in."),
            Some(Some(then)) => {
                let of = |numbers: &[usize]| {
                    side_by_side(&titles(numbers.iter().filter_map(|number| self.report.trace_of(*number))))
                };
                let out = if then.leaves.is_empty() { String::new() } else { format!("; out: {}", of(&then.leaves)) };
                format!("{}. Then in: {}{out}.", weights::counting_for(then, self.report), of(&then.enters))
            }
        };
        let heading = match self.by(pair) {
            Some(by) => format!("The line: {ahead} is in by {by}, {behind} is out"),
            None => {
                format!("The line: {ahead} is in and {behind} is out, level with {} each", self.points(pair.ahead))
            }
        };
        Versus { heading, sentences, swap }
    }

    fn points(&self, trace: &Trace<'_>) -> String {
        trace.total.map_or_else(String::new, |total| self.shown.points(total))
    }

    /// By how much the one is ahead; none where both print alike.
    fn by(&self, pair: &Pair<'_, 'a>) -> Option<String> {
        let (own, other) = (pair.ahead.total?, pair.behind.total?);
        let is_level = self.shown.points(own) == self.shown.points(other);
        (!is_level).then(|| self.shown.points(own.minus(other)))
    }

    /// On what each of the two gains most.
    fn gained(&self, pair: &Pair<'_, 'a>) -> Vec<String> {
        let side = |trace: &Trace<'_>, sign: i64| {
            let mut gains: Vec<(&Fixed, String)> = pair
                .parts
                .iter()
                .zip(&pair.ahead.contributions)
                .filter(|(part, _)| part.units().signum() == sign)
                .map(|(part, of)| (part, lower_title(&of.criterion.title)))
                .collect();
            gains.sort_by_key(|(part, _)| std::cmp::Reverse(part.units().abs()));
            let told: Vec<String> =
                gains.iter().take(MOST_NAMED).map(|(part, title)| format!("{title} ({})", self.gain(**part))).collect();
            (!told.is_empty()).then(|| format!("{} gains most on {}.", trace.candidate.title, listed(&told)))
        };
        side(pair.ahead, 1).into_iter().chain(side(pair.behind, -1)).collect()
    }

    fn gain(&self, part: Fixed) -> String {
        format!("+{}", self.shown.points(Fixed::new(part.units().abs(), part.decimals())))
    }

    /// What could change its points: answers that are missing, and printed figures that do not hold.
    fn not_sure_of(&self, trace: &Trace<'a>) -> Vec<String> {
        let title = &trace.candidate.title;
        let asked = |part: &scoring::Contribution<'_>| match could_add(part, self.shown) {
            Some(points) => format!("{} (worth up to {points})", lower_title(&part.criterion.title)),
            None => lower_title(&part.criterion.title),
        };
        let missing: Vec<String> = gaps::missing(trace).map(asked).collect();
        let missing = (!missing.is_empty()).then(|| format!("{title} has no answer on {}.", listed(&missing)));
        let doubtful = printed::doubtful(trace, self.recomputed);
        let doubtful = doubtful.map(|questions| {
            format!("A printed figure that is in doubt carries {questions} of {title} (“Figures to read with care”).")
        });
        [missing, doubtful].into_iter().flatten().collect()
    }

    /// In how many runs the one is ahead of the other.
    fn wins(&self, pair: &Pair<'_, 'a>) -> Option<String> {
        let (found, _) = self.report.acceptability.as_ref()?;
        let at = |trace: &Trace<'_>| {
            let number = self.report.assessment.candidate_number(&trace.candidate.id)?;
            found.candidates.iter().position(|accepted| accepted.candidate == number)
        };
        let wins = found.pairwise_wins.as_ref()?.get(at(pair.ahead)?)?.get(at(pair.behind)?)?;
        let sure = f64::from(self.report.rules.sure.probable) / 100.0;
        let so = if *wins < sure && 1.0 - wins < sure { ": too close to tell" } else { "" };
        Some(format!(
            "{} is ahead of {} in {} of 100 runs{so}.",
            pair.ahead.candidate.title,
            pair.behind.candidate.title,
            of_a_hundred(*wins)
        ))
    }
}
