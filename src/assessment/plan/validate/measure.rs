//! A measure of a plan, judged: its figures are of one sort and in the order of time, and its target is one that can be
//! reached in the direction wanted.

use super::named::{Own, Priorities};
use super::reading::{self, Judged};
use super::{claim, target};
use crate::assessment::Period;
use crate::assessment::evidence::{Count, Figure, breaks};
use crate::assessment::period_forms::day;
use crate::assessment::plan::format;
use crate::assessment::plan::{Measure, Reading, ReadingKind};
use crate::assessment::statement::DocumentPlace;
use crate::diagnostic::{Code, did_you_mean};
use crate::exact::Fixed;
use crate::toml_file::{At, Checker};
use crate::words::number;

/// The measure, if nothing in it stops it.
pub(super) fn judge<'a>(
    check: &mut Checker<'_>,
    own: &Own<'_>,
    written: &'a At<format::Measure>,
    formerly: Vec<String>,
) -> Option<Measure> {
    let At { value: written, span } = written;
    let id = check.id(&written.id);
    let title = check.text(&written.title, "the title");
    if let Some(named) = &written.priority {
        known_priority(check, own.priorities, named);
    }
    let regard = optional(check, written.regard.as_ref(), "the plan to have regard to");
    let unit = optional(check, written.unit.as_ref(), "the unit");
    let owner = optional(check, written.owner.as_ref(), "the role");
    let due = written.due.as_ref().and_then(|due| day(check, due));
    own.references.known(check, &written.source);
    let cited_at = check.text(&written.place, "the place in the source");
    let note = optional(check, written.note.as_ref(), "the note");

    let [baseline, actual] = [&written.baseline, &written.actual]
        .map(|side| side.as_ref().and_then(|written| reading::judge(check, own, written)));
    let stated = optional(check, written.missing.as_ref(), "the reason");
    if let (Some(_), Some(missing)) = (&written.actual, &written.missing) {
        let message = "the measure has a figure, and says why there is none";
        check.problem(Code::WhichEvidence, &missing.span, message, "keep `actual` or `missing`, not both");
    }
    let why = |side: &Option<Judged>| match side {
        Some(Judged::Missing(why)) => Some(why.clone()),
        _ => None,
    };
    let missing = stated.or_else(|| why(&actual)).or_else(|| why(&baseline));
    let mut known = |written: &'a [At<format::Reading>]| -> Vec<(&'a At<format::Reading>, Reading)> {
        written.iter().filter_map(|point| Some((point, reading::judge(check, own, point)?.reading()?))).collect()
    };
    let (series, progress) = (known(&written.series), known(&written.progress));
    in_order(check, &series);
    in_order(check, &progress);
    without_a_gap(check, &progress);
    let (baseline, actual) = (baseline.and_then(Judged::reading), actual.and_then(Judged::reading));
    let others: Vec<(&At<format::Reading>, Reading)> = series.iter().chain(&progress).cloned().collect();
    of_one_sort(check, written, baseline.as_ref(), actual.as_ref(), &others);
    let progress: Vec<Reading> = progress.into_iter().map(|(_, reading)| reading).collect();
    let actual = actual.or_else(|| together(&progress));
    one_after_the_other(check, written, baseline.as_ref(), actual.as_ref());
    let kind = baseline.as_ref().or(actual.as_ref()).map(Reading::kind);
    let target = target::judge(check, own.period, written, kind);
    let mut breaks = breaks(check, &written.breaks);
    for reading in [&baseline, &actual].into_iter().flatten() {
        if let Figure::Count(Count { breaks: Some(its), .. }) = &reading.figure {
            breaks.extend(its.iter().filter(|one| !breaks.contains(one)).cloned().collect::<Vec<_>>());
        }
        let its = reading.link.as_ref().map_or_else(Vec::new, |link| own.filed.breaks_of_percentages(link));
        breaks.extend(its.into_iter().filter(|one| !breaks.contains(one)).collect::<Vec<_>>());
    }
    breaks.sort_by_key(|broken| broken.date);
    let claims = written.claims.iter().filter_map(|claim| claim::judge(check, own, written, claim)).collect();
    let cited = DocumentPlace { source: written.source.value.clone(), place: cited_at?, note };
    let (priority, place) = (written.priority.as_ref().map(|named| named.value.clone()), check.place(span));
    let series = series.into_iter().map(|(_, reading)| reading).collect();
    Some(Measure {
        id: id?,
        title: title?,
        priority,
        regard,
        unit,
        wanted: written.wanted.value,
        target: target?,
        baseline,
        actual,
        progress,
        series,
        missing,
        breaks,
        claims,
        owner,
        due,
        formerly,
        cited,
        place,
    })
}

fn optional(check: &mut Checker<'_>, text: Option<&At<String>>, what: &str) -> Option<String> {
    text.and_then(|text| check.text(text, what))
}

fn known_priority(check: &mut Checker<'_>, priorities: &Priorities, named: &At<String>) {
    let ids = || priorities.values().map(|(_, priority)| &*priority.id);
    if !check.lost.has_lost_table && !ids().any(|id| id == named.value) {
        let message = format!("the plan has no priority `{}`", named.value);
        check.problem(Code::UnknownId, &named.span, message, did_you_mean(&named.value, ids()));
    }
}

/// Notes figures of a series that do not come after the one before.
fn in_order(check: &mut Checker<'_>, series: &[(&At<format::Reading>, Reading)]) {
    for pair in series.windows(2) {
        if let [(_, earlier), (written, later)] = pair
            && earlier.period >= later.period
        {
            let message = format!("{} does not come after the period before it", later.period);
            check.problem(Code::BadPeriod, &written.span, message, "put the oldest first, each period once");
        }
    }
}

/// Notes parts of a period that do not begin on the day after the one before ends.
fn without_a_gap(check: &mut Checker<'_>, progress: &[(&At<format::Reading>, Reading)]) {
    for pair in progress.windows(2) {
        if let [(_, earlier), (written, later)] = pair
            && earlier.period < later.period
            // A state on a day has no gap to the next.
            && !(earlier.period.is_day() && later.period.is_day())
            && !later.period.follows(earlier.period)
        {
            let message = format!("{} does not begin where {} ends", later.period, earlier.period);
            let help = "file every part of the period so far, each once, or put single figures under `series`";
            check.problem(Code::BadPeriod, &written.span, message, help);
        }
    }
}

/// The parts of a period as one figure: counts added up, anything else by the latest. None where a count is withheld.
fn together(progress: &[Reading]) -> Option<Reading> {
    let (first, latest) = (progress.first()?, progress.last()?);
    let Figure::Count(count) = &latest.figure else { return Some(latest.clone()) };
    if progress.iter().any(Reading::is_range) {
        return None;
    }
    let units: i64 = progress.iter().map(|part| part.low.units()).sum();
    let (sum, period) = (Fixed::new(units, 0), Period::new(first.period.first_day(), latest.period.last_day()));
    let figure = Figure::Count(Count { count: sum.to_f64(), period, ..count.clone() });
    Some(Reading { figure, period, low: sum, high: sum, printed: number(sum.to_f64(), 0), link: None })
}

/// Notes figures of another sort than the first: they don't compare.
fn of_one_sort(
    check: &mut Checker<'_>,
    written: &format::Measure,
    baseline: Option<&Reading>,
    actual: Option<&Reading>,
    series: &[(&At<format::Reading>, Reading)],
) {
    let sides = [(written.baseline.as_ref(), baseline), (written.actual.as_ref(), actual)];
    let sides = sides.into_iter().filter_map(|(written, judged)| Some((written?, judged?)));
    let all = sides.chain(series.iter().map(|(written, judged)| (*written, judged)));
    let mut first: Option<ReadingKind> = None;
    for (written, judged) in all {
        let kind = judged.kind();
        let before = *first.get_or_insert(kind);
        if before != kind {
            let message = format!(
                "{} is {}, and the measure’s first figure is {}",
                judged.printed,
                kind.phrase(),
                before.phrase()
            );
            let help = "give all figures of a measure in one unit, or make it two measures";
            check.problem(Code::WrongKind, &written.span, message, help);
        }
    }
}

fn one_after_the_other(
    check: &mut Checker<'_>,
    written: &format::Measure,
    baseline: Option<&Reading>,
    actual: Option<&Reading>,
) {
    if let (Some(before), Some(now), Some(at)) = (baseline, actual, &written.actual)
        && now.period <= before.period
    {
        let message = format!("the actual is of {}, and the baseline of {}", now.period, before.period);
        check.problem(Code::BadPeriod, &at.span, message, "the baseline is the earlier figure: check both periods");
    }
}
