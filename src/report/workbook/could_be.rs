//! What the totals could be: every measure at an end of its interval, every missing answer at its least or most.

use rust_xlsxwriter::XlsxError;

use super::layout::{CellReference, FIRST_ROW, Layout, ResultColumn, Tab};
use super::scoring::{NONE, live_total};
use super::sheet::{Look, SheetWriter, figures};
use super::{arithmetic, functions};
use crate::scoring::{Contribution, Fixed, Trace};

/// Columns of a criterion: lower and upper end, value at each, points of the least and the most value.
const PARTS: u16 = 6;

fn part(row: u32, criterion: u16, part: u16) -> CellReference {
    CellReference::new(Tab::CouldBe, row, 1 + PARTS * criterion + part)
}

/// The lowest and the highest total.
pub(super) fn end(layout: &Layout<'_>, row: u32, end: u16) -> CellReference {
    part(row, layout.criteria, end)
}

pub(super) fn fill(sheet: &mut SheetWriter<'_>, layout: &Layout<'_>) -> Result<(), XlsxError> {
    sheet.heading(
        "What the totals could be",
        "Every figure at an end of its 95% interval, every panel at its lowest or highest score, everything that stands \
         in for a missing answer at its least or most.",
    )?;
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
    let points = layout.rules.earned().word();
    for (_, criterion) in layout.criteria() {
        let parts = ["lower end", "upper end", "value at the lower end", "value at the upper end"].map(str::to_owned);
        let parts = parts.into_iter().chain([format!("{points} at least"), format!("{points} at most")]);
        headers.extend(parts.map(|part| (format!("{}: {part}", criterion.title), 11.0)));
    }
    headers.extend(["Lowest total", "Highest total"].map(|header| (header.to_owned(), 11.0)));
    headers
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
    let (least, most) = contribution.value_range;
    let rising = contribution.criterion.direction.earns_more();
    let now = if rising { [least, most] } else { [most, least] };
    let fine = layout.rules.fine_decimals();
    for (end, (at, now)) in (0..).zip(ends.into_iter().zip(now)) {
        let (measure, value) = (part(row, number, end), part(row, number, 2 + end));
        match at {
            Some(at) => functions::measure(sheet, measure, at, contribution.criterion)?,
            None => sheet.label(row, measure.column, NONE, Look::Plain)?,
        }
        let Some(known) = functions::value(layout, number, measure, tab) else {
            sheet.fixed(value, now, fine, Look::Engine)?;
            continue;
        };
        let estimate = Layout::value(row, number).from(tab);
        let missing = match contribution.criterion.stand_in() {
            Some(_) if (end == 0) == rising => "0".to_owned(),
            Some(_) => format!("MAX(1,{estimate})"),
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
    let (least, most) = contribution.points_range;
    for (place, function, now) in [(4, "MIN", least), (5, "MAX", most)] {
        let formula = arithmetic::points(layout, &format!("{function}({value},{at_lower},{at_upper})"), &share);
        sheet.formula(part(row, number, place), &formula, now.to_string(), &figures(Look::Plain, now.decimals()))?;
    }
    Ok(())
}

/// The lowest and the highest total.
fn totals(sheet: &mut SheetWriter<'_>, layout: &Layout<'_>, row: u32, trace: &Trace<'_>) -> Result<(), XlsxError> {
    let tab = sheet.tab;
    let total = layout.result(row, ResultColumn::Total).from(tab);
    let range: Option<(Fixed, Fixed)> = trace.range.or(trace.total.map(|total| (total, total)));
    let at = |place: u16| live_total(layout, tab, |number| part(row, number, place));
    let ends = [("MIN", range.map(|(low, _)| low)), ("MAX", range.map(|(_, high)| high))];
    for (number, (function, now)) in (0..).zip(ends) {
        let cell = end(layout, row, number);
        match (at(4).zip(at(5)), now) {
            (Some((least, most)), now) => {
                let formula = format!("IF(ISNUMBER({total}),{function}({least},{most}),\"{NONE}\")");
                let now = now.map_or_else(|| NONE.to_owned(), |now| now.to_string());
                sheet.formula(cell, &formula, now, &figures(Look::Strong, layout.rules.decimals))?;
            }
            (None, Some(now)) => sheet.fixed(cell, now, layout.rules.decimals, Look::Engine)?,
            (None, None) => sheet.label(row, cell.column, NONE, Look::Engine)?,
        }
    }
    Ok(())
}
