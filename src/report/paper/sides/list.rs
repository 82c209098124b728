//! The second side: everybody on one chart, first against second, and the line.

use super::super::model::{AxisMark, DotBand, DotRow, ListSide};
use super::super::row::MAX_SECTIONS;
use super::super::summary;
use super::super::words::or_dash;
use super::alike::{alike, alike_by};
use super::basis::{Amounts, made_up_share};
use super::shown::{Shown, nouns, of_a_hundred, ordinal, per_cent, side_by_side, so_many, titles};
use super::sure::{Sureness, Surety};
use super::versus;
use crate::explain::{standing_in_words, standing_rule, too_little_in_words};
use crate::ranked::RankedAssessment;
use crate::recompute::Recomputation;
use crate::rules::Takes;
use crate::scoring::{Fixed, Standing, Trace};
use crate::words::{counted, lower_title, number, upper_first};

/// So many are drawn; of a longer list as many on each side of the line as are half of [`AT_THE_LINE`].
pub(super) const MOST_ROWS: usize = 30;
const AT_THE_LINE: usize = 20;
/// So many steps the axis has.
const STEPS: u8 = 5;

/// The second side.
pub(in crate::report::paper) fn list_side(
    report: &RankedAssessment<'_>,
    sure: &Sureness,
    recomputed: &Recomputation,
) -> ListSide {
    let (one, many) = nouns(report);
    let axis = Axis::new(report);
    let drawn = drawn(report);
    let line = summary::line(report);
    let shown = Shown::new(report.rules);
    let (first, last) = versus::both(report, shown, recomputed);
    ListSide {
        heading: heading(report, sure),
        caption: match (with_totals(report).len(), report.traces.len()) {
            (1, _) => "Its points, and what they could be".to_owned(),
            (count, all) if count < all => {
                format!("Points for each of the {count} of {} that have a total, and what they could be", counted(all, one, many))
            }
            (count, _) => format!("Points for each of the {}, and what they could be", counted(count, one, many)),
        },
        noun: upper_first(one),
        size: match drawn.len() {
            0..=8 => "few",
            9..=20 => "some",
            _ => "many",
        },
        axis: axis.marks(),
        line: line.map(|line| AxisMark { at: axis.at(line), label: shown.points(line) }),
        made_up_heading: drawn.iter().any(|trace| made_up_share(trace).is_some()).then_some("Made up"),
        has_off: drawn.iter().any(|trace| shape(trace) == OFF),
        sure_heading: sure_heading(report, sure),
        bands: bands(report, sure, &drawn, &axis),
        without_total: without_total(report),
        left_out: (drawn.len() < with_totals(report).len()).then(|| {
            format!(
                "Of {} the {} nearest to the line are drawn, {} on each side where there are so many; “The ranked list”, in the annex, has all.",
                counted(with_totals(report).len(), one, many),
                drawn.len(),
                AT_THE_LINE / 2
            )
        }),
        notes: notes(report),
        first,
        last,
        alike_by: alike_by(report),
        alike: alike(report),
    }
}

/// Those with a total, in the order of the list.
fn with_totals<'t, 'a>(report: &'t RankedAssessment<'a>) -> Vec<&'t Trace<'a>> {
    let ordered = report.by_standing().into_iter().flat_map(|(_, traces)| traces);
    ordered.filter(|trace| trace.total.is_some()).collect()
}

/// Those who are drawn: all, or those nearest to the line.
pub(super) fn drawn<'t, 'a>(report: &'t RankedAssessment<'a>) -> Vec<&'t Trace<'a>> {
    let all = with_totals(report);
    if all.len() <= MOST_ROWS {
        return all;
    }
    let inside = all.iter().filter(|trace| trace.standing == Standing::Tier(0)).count();
    let first = inside.saturating_sub(AT_THE_LINE / 2).min(all.len() - AT_THE_LINE);
    all.into_iter().skip(first).take(AT_THE_LINE).collect()
}

/// From where to where points go, and where they stand between.
struct Axis {
    low: f64,
    high: f64,
}

impl Axis {
    /// From zero to the scale, or as far as totals go.
    fn new(report: &RankedAssessment<'_>) -> Self {
        let ends = |trace: &Trace<'_>| {
            let range = trace.range.map(|range| (range.low, range.high));
            range.or_else(|| trace.total.map(|total| (total, total)))
        };
        let all: Vec<(Fixed, Fixed)> = report.traces.iter().filter_map(ends).collect();
        let low = all.iter().map(|(low, _)| low.to_f64()).fold(0.0, f64::min);
        let high = all.iter().map(|(_, high)| high.to_f64()).fold(f64::from(report.rules.scale), f64::max);
        Self { low, high }
    }

    fn part(&self, points: f64) -> f64 {
        ((points - self.low) / (self.high - self.low)).clamp(0.0, 1.0)
    }

    fn at(&self, points: Fixed) -> String {
        per_cent(self.part(points.to_f64()))
    }

    fn marks(&self) -> Vec<AxisMark> {
        let step = (self.high - self.low) / f64::from(STEPS);
        let decimals = if step < 1.0 { 2 } else { 0 };
        let mark = |number_of: u8| {
            let points = self.low + step * f64::from(number_of);
            AxisMark { at: per_cent(self.part(points)), label: number(points, decimals) }
        };
        (0..=STEPS).map(mark).collect()
    }
}

fn heading(report: &RankedAssessment<'_>, sure: &Sureness) -> String {
    let (one, many) = nouns(report);
    let open = sure.those(Surety::Open, &report.traces).len();
    match sure.open_places(report) {
        Some(places) if places > 0 && places < open => {
            format!("{} compete for {}", upper_first(&so_many(open, one, many)), open_places_in_words(report, places))
        }
        _ if open > 0 => format!("{} could stand on either side of the line", upper_first(&so_many(open, one, many))),
        _ => "Where everybody stands".to_owned(),
    }
}

/// `the fourth place`, or `the last two places`.
pub(super) fn open_places_in_words(report: &RankedAssessment<'_>, open: usize) -> String {
    match report.rules.tiers.first().map(|tier| tier.takes) {
        Some(Takes::Places(places)) if open == 1 => format!("the {} place", ordinal(places)),
        _ => format!("the last {}", so_many(open, "place", "places")),
    }
}

fn sure_heading(report: &RankedAssessment<'_>, sure: &Sureness) -> Option<String> {
    match sure.by_draws {
        true => Some("Has a place, of 100 runs".to_owned()),
        false => summary::line(report).map(|_| "By its range".to_owned()),
    }
}

fn bands(report: &RankedAssessment<'_>, sure: &Sureness, drawn: &[&Trace<'_>], axis: &Axis) -> Vec<DotBand> {
    let mut bands: Vec<DotBand> = Vec::new();
    let mut last: Option<Standing> = None;
    let order = report.by_standing().into_iter().flat_map(|(_, traces)| traces);
    let place = |trace: &Trace<'_>| order.clone().position(|other| other.candidate.id == trace.candidate.id);
    for trace in drawn {
        if last.replace(trace.standing) != Some(trace.standing) {
            let is_first_below = trace.standing != Standing::Tier(0) && bands.iter().all(|band| !band.below);
            bands.push(DotBand { title: band_title(trace.standing, report), below: is_first_below, rows: Vec::new() });
        }
        let has_section = place(trace).is_some_and(|place| place < MAX_SECTIONS);
        if let Some(band) = bands.last_mut() {
            band.rows.push(row(trace, report, sure, axis, has_section));
        }
    }
    bands
}

fn band_title(standing: Standing, report: &RankedAssessment<'_>) -> String {
    let title = standing_in_words(standing, report.rules);
    match standing {
        Standing::Outside(_) => format!("{title} by a rule, whatever the points"),
        _ => standing_rule(standing, report.rules).map_or(title.clone(), |rule| format!("{title} ({rule})")),
    }
}

fn row(trace: &Trace<'_>, report: &RankedAssessment<'_>, sure: &Sureness, axis: &Axis, has_section: bool) -> DotRow {
    let shown = Shown::new(report.rules);
    let total = trace.total.unwrap_or(Fixed::new(0, 0));
    let range = trace.range.map(|range| (axis.part(range.low.to_f64()), axis.part(range.high.to_f64())));
    let place = sure.of(trace);
    DotRow {
        id: trace.candidate.id.clone(),
        has_section,
        rank: or_dash(trace.shown_rank()),
        title: trace.candidate.title.clone(),
        tag: tag(trace),
        total: shown.points(total),
        at: axis.at(total),
        from: range.map(|(low, _)| per_cent(low)),
        width: range.map(|(low, high)| per_cent(high - low)),
        shape: shape(trace),
        could_be: or_dash(shown.range(trace)),
        made_up: made_up_share(trace).map(|share| format!("{}%", of_a_hundred(share))),
        mostly_made_up: made_up_share(trace).is_some_and(|share| share > 0.5),
        runs: place.filter(|_| sure.by_draws).and_then(|place| place.runs).map(of_a_hundred),
        sure: sure_word(trace, report, sure),
    }
}

/// The shape of what a rule decides on.
const OFF: &str = "off";

fn shape(trace: &Trace<'_>) -> &'static str {
    match trace.standing {
        Standing::Tier(0) => "in",
        Standing::Tier(_) => "out",
        Standing::Outside(_) | Standing::NotRanked => OFF,
    }
}

fn tag(trace: &Trace<'_>) -> Option<String> {
    if trace.is_given_a_place() {
        return Some("by a rule".to_owned());
    }
    if let Some(passed) = trace.passed_over {
        return Some(format!("{} has the place", passed.by.title));
    }
    trace.at_the_line.as_ref().map(|_| "at the line".to_owned())
}

fn sure_word(trace: &Trace<'_>, report: &RankedAssessment<'_>, sure: &Sureness) -> String {
    let Some(place) = sure.of(trace) else {
        return match trace.overruling_gate() {
            Some(_) if trace.is_given_a_place() => "By a rule".to_owned(),
            Some(gate) => upper_first(gate.effect.words().in_old_rules),
            None => "Not known".to_owned(),
        };
    };
    let many_tiers = report.rules.tiers.first().is_some_and(|tier| tier.takes != Takes::Rest);
    match (sure.by_draws, place.surety, trace.standing) {
        (true, surety, _) => surety.word().to_owned(),
        (false, Surety::Open, Standing::Tier(0)) if many_tiers => "Could lose".to_owned(),
        (false, Surety::Open, _) if many_tiers && sure.is_aside(trace) => "Could gain that".to_owned(),
        (false, Surety::Open, _) if many_tiers => "Could gain".to_owned(),
        (false, Surety::Secure, _) => "Keeps its place".to_owned(),
        (false, ..) => "Stays out".to_owned(),
    }
}

/// How sure the place of one candidate is: `probable, with a place in 76 of 100 trial runs`; none where there is no line, and
/// where it has no total.
pub(in crate::report::paper) fn surety_in_words(
    trace: &Trace<'_>,
    report: &RankedAssessment<'_>,
    sure: &Sureness,
) -> Option<String> {
    summary::line(report).filter(|_| trace.total.is_some())?;
    let word = lower_title(&sure_word(trace, report, sure));
    let runs = sure.of(trace).filter(|_| sure.by_draws).and_then(|place| place.runs);
    Some(match runs {
        Some(runs) => format!("{word}, with a place in {} of 100 trial runs", of_a_hundred(runs)),
        None => word,
    })
}

/// Who has no total, by why.
fn without_total(report: &RankedAssessment<'_>) -> Vec<String> {
    let told = |(standing, traces): (Standing, Vec<&Trace<'_>>)| {
        let without: Vec<&Trace<'_>> = traces.into_iter().filter(|trace| trace.total.is_none()).collect();
        let first = *without.first()?;
        let names = side_by_side(&titles(without.iter().copied()));
        let title = standing_in_words(standing, report.rules);
        let why = match standing {
            Standing::NotRanked if too_little_in_words(first).is_some() => "too little is known",
            Standing::NotRanked => "the rules ask for an answer that is missing",
            _ => "by a rule, without points",
        };
        Some(format!("{title} ({why}): {names}."))
    };
    report.by_standing().into_iter().filter_map(told).collect()
}

fn notes(report: &RankedAssessment<'_>) -> Vec<String> {
    let drawn = drawn(report);
    let mut notes = Vec::new();
    if let Some(could_be) = could_be(&drawn) {
        notes.push(could_be.to_owned());
    }
    let without: Vec<bool> =
        drawn.iter().filter(|trace| trace.range.is_none()).map(|trace| trace.least_and_most().is_some()).collect();
    let dash = match (without.contains(&false), without.contains(&true)) {
        (true, false) => "A dash there: not known, since an answer is missing that has no highest value.",
        (false, true) => "A dash there: nothing leaves room for another total.",
        (true, true) => {
            "A dash there: nothing leaves room for another total, or an answer is missing that has no highest value."
        }
        (false, false) => "",
    };
    notes.extend((!dash.is_empty()).then(|| dash.to_owned()));
    if report.rules.tiers.first().is_some_and(|tier| tier.one_of_a_family) {
        notes.push(
            "The number before a title is its place by points. A part and its whole have one place together, so one with more \
             points can stand lower."
                .to_owned(),
        );
    }
    if drawn.iter().any(|trace| made_up_share(trace).is_some()) {
        notes.push(
            match Amounts::of(report.traces.iter()).of_points {
                true => "“Made up” is how much of its points made-up answers bring.",
                false => "“Made up” is how many of its answers are.",
            }
            .to_owned(),
        );
    }
    notes.push("Points are rounded: annex, “The ranked list”.".to_owned());
    notes
}

/// What a total could be, as a column has it; none where no range is known.
fn could_be(drawn: &[&Trace<'_>]) -> Option<&'static str> {
    let ranges: Vec<bool> = drawn.iter().filter_map(|trace| trace.range).map(|range| range.is_reached).collect();
    match &*ranges {
        [] => None,
        ranges if ranges.iter().all(|is_reached| *is_reached) => Some(
            "“Could be” is the least and the most that it could score if each figure stood anywhere in its range and each missing answer at its worst or best.",
        ),
        _ => Some("“Could be” is how low and how high a total is proven to go at most."),
    }
}
