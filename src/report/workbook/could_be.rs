//! What the totals could be: every measure anywhere in its interval, every missing answer at its least or most.

use rust_xlsxwriter::XlsxError;

use super::layout::{AS_RANKED, CellReference, FIRST_ROW, Layout, ResultColumn, STATE, Tab};
use super::scoring::{NONE, live_total};
use super::sheet::{Look, SheetWriter, figures};
use super::{arithmetic, functions};
use crate::explain::farthest_in_words;
use crate::rules::combine::Influence;
use crate::rules::{Criterion, ValueFunction, Way};
use crate::scoring::{Contribution, Trace};
use crate::words::upper_first;

/// Columns of a criterion: lower and upper end, value at each (the least and the most where it can be anywhere between),
/// points of the least and the most value.
const PARTS: u16 = 6;

fn part(row: u32, criterion: u16, part: u16) -> CellReference {
    CellReference::new(Tab::CouldBe, row, 1 + PARTS * criterion + part)
}

/// The lowest and the highest total.
pub(super) fn end(layout: &Layout<'_>, row: u32, end: u16) -> CellReference {
    part(row, layout.criteria, end)
}

pub(super) fn fill(sheet: &mut SheetWriter<'_>, layout: &Layout<'_>) -> Result<(), XlsxError> {
    let farthest = farthest_in_words(layout.rules, "everything that stands in");
    sheet.heading("What the totals could be", &format!("{}.", upper_first(&farthest)))?;
    sheet.headers(&headers(layout), 1)?;
    for (row, trace) in (FIRST_ROW..).zip(&layout.report.traces) {
        let title = Layout::candidate(row).from(sheet.tab);
        sheet.look_up(CellReference::new(sheet.tab, row, 0), &title, &trace.candidate.title, Look::Plain)?;
        for ((number, _), contribution) in layout.criteria().zip(&trace.contributions) {
            ends(sheet, layout, row, number, contribution)?;
            points(sheet, layout, row, number, contribution)?;
        }
        totals(sheet, layout, row, trace)?;
    }
    Ok(())
}

fn headers(layout: &Layout<'_>) -> Vec<(String, f64)> {
    let mut headers = vec![("Candidate".to_owned(), 34.0)];
    for (number, criterion) in layout.criteria() {
        let points = layout.rules.earned(usize::from(number)).word();
        let values = match is_farthest_anywhere(criterion) {
            true => ["least value", "most value"],
            false => ["value at the lower end", "value at the upper end"],
        };
        let parts = ["lower end", "upper end"].into_iter().chain(values).map(str::to_owned);
        let parts = parts.chain([format!("{points} at least"), format!("{points} at most")]);
        headers.extend(parts.map(|part| (format!("{}: {part}", criterion.title), 11.0)));
    }
    headers.extend(["Lowest total", "Highest total"].map(|header| (header.to_owned(), 11.0)));
    headers
}

/// Whether the least and the most value can be anywhere between two measures.
fn is_farthest_anywhere(criterion: &Criterion) -> bool {
    matches!(criterion.value, ValueFunction::Script(_)) || turns(criterion)
}

/// Whether values are known to go up and down.
fn turns(criterion: &Criterion) -> bool {
    criterion.value.shape().turns().is_some_and(|turns| !turns.is_empty())
}

/// The ends of the measure's interval and the value at each.
fn ends(
    sheet: &mut SheetWriter<'_>,
    layout: &Layout<'_>,
    row: u32,
    number: u16,
    contribution: &Contribution<'_>,
) -> Result<(), XlsxError> {
    let tab = sheet.tab;
    let interval = contribution.measure.and_then(|measure| measure.interval);
    let ends = [interval.map(|(lower, _)| lower), interval.map(|(_, upper)| upper)];
    let (least, most) = (contribution.value_range.low, contribution.value_range.high);
    let criterion = contribution.criterion;
    let rising = criterion.direction.way() != Way::Down || is_farthest_anywhere(criterion);
    let now = if rising { [least, most] } else { [most, least] };
    let fine = layout.rules.fine_decimals();
    for (end, (at, now)) in (0..).zip(ends.into_iter().zip(now)) {
        let (measure, value) = (part(row, number, end), part(row, number, 2 + end));
        match at {
            Some(at) => functions::measure(sheet, measure, at, contribution.criterion)?,
            None => sheet.label(row, measure.column, NONE, Look::Plain)?,
        }
        let known = match turns(criterion) {
            true => functions::farthest(layout, number, [0, 1].map(|end| part(row, number, end)), end == 0, tab),
            false => functions::value_instead(layout, number, (measure, Layout::measure(row, number)), tab),
        };
        let Some(known) = known else {
            sheet.fixed(value, now, fine, Look::Engine)?;
            continue;
        };
        let estimate = Layout::value(row, number).from(tab);
        let [lowest, highest] = functions::value_ends(number, contribution.criterion, tab);
        let missing = match contribution.criterion.stand_in() {
            Some(_) if (end == 0) == rising => format!("ROUND(MIN({lowest},{estimate}),{fine})"),
            Some(_) => format!("ROUND(MAX({highest},{estimate}),{fine})"),
            None => format!("\"{NONE}\""),
        };
        let formula = format!(
            "IF({},IF({},{known},{estimate}),{missing})",
            functions::is_known(layout, number, Layout::measure(row, number), tab),
            functions::is_known(layout, number, measure, tab)
        );
        let left_out = contribution.value.is_none();
        let now = if left_out { NONE.to_owned() } else { now.to_string() };
        sheet.formula(value, &formula, now, &figures(Look::Plain, fine))?;
    }
    Ok(())
}

/// The points of the least and of the most value.
fn points(
    sheet: &mut SheetWriter<'_>,
    layout: &Layout<'_>,
    row: u32,
    number: u16,
    contribution: &Contribution<'_>,
) -> Result<(), XlsxError> {
    let tab = sheet.tab;
    let value = Layout::value(row, number).from(tab);
    let [at_lower, at_upper] = [2, 3].map(|end| part(row, number, end).from(tab));
    let share = Layout::share(row, number).from(tab);
    let (least, most) = (contribution.points_range.low, contribution.points_range.high);
    for (place, function, now) in [(4, "MIN", least), (5, "MAX", most)] {
        let formula = arithmetic::points(layout, number, &format!("{function}({value},{at_lower},{at_upper})"), &share);
        sheet.formula(part(row, number, place), &formula, now.to_string(), &figures(Look::Plain, now.decimals()))?;
    }
    Ok(())
}

/// The lowest and the highest total. As formulas they are made of the least and the most points, each where it makes the
/// total lowest or highest; where a total can go both ways, or has no highest, they are the engine's, for its list alone.
fn totals(sheet: &mut SheetWriter<'_>, layout: &Layout<'_>, row: u32, trace: &Trace<'_>) -> Result<(), XlsxError> {
    let tab = sheet.tab;
    let total = layout.result(row, ResultColumn::Total).from(tab);
    let now = trace.range.map(|range| (range.low, range.high)).or(trace.total.map(|total| (total, total)));
    // Of the parts of a criterion the fifth has its least points, and the sixth its most.
    let end = |[least, most]: [u16; 2]| {
        live_total(layout, tab, |number| {
            let lowers = influence(layout, number) == Influence::Lowers;
            part(row, number, if lowers { most } else { least })
        })
    };
    let goes_both_ways = (0..layout.criteria).any(|number| influence(layout, number) == Influence::Mixed);
    let has_no_most = |part: &Contribution<'_>| {
        part.missing.is_some()
            && part.criterion.stand_in().is_some()
            && part.criterion.value.shape().unbounded().is_some()
    };
    let is_fixed = goes_both_ways || trace.contributions.iter().any(has_no_most);
    let ends = [(end([4, 5]), now.map(|(low, _)| low)), (end([5, 4]), now.map(|(_, high)| high))];
    for (number, (formula, now)) in (0..).zip(ends) {
        let cell = self::end(layout, row, number);
        match (formula, now) {
            (Some(_), Some(now)) if is_fixed => {
                let state = STATE.fixed(tab);
                let formula = format!("IF({state}=\"{AS_RANKED}\",{now},\"{NONE}\")");
                sheet.formula(cell, &formula, now.to_string(), &figures(Look::Engine, layout.rules.decimals))?;
            }
            (Some(formula), now) if !is_fixed => {
                let formula = format!("IF(ISNUMBER({total}),{formula},\"{NONE}\")");
                let now = now.map_or_else(|| NONE.to_owned(), |now| now.to_string());
                sheet.formula(cell, &formula, now, &figures(Look::Strong, layout.rules.decimals))?;
            }
            (_, Some(now)) => sheet.fixed(cell, now, layout.rules.decimals, Look::Engine)?,
            (_, None) => sheet.label(row, cell.column, NONE, Look::Engine)?,
        }
    }
    Ok(())
}

fn influence(layout: &Layout<'_>, number: u16) -> Influence {
    layout.rules.criteria.get(usize::from(number)).map_or(Influence::Raises, |criterion| criterion.influence)
}
