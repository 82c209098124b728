//! The tiers: how many places or from which total, and up to which candidate each one reaches.

use rust_xlsxwriter::XlsxError;

use super::layout::{CellReference, FIRST_ROW, Layout, ResultColumn, Tab};
use super::sheet::{Look, SheetWriter, figures};
use crate::explain::standing_in_words;
use crate::rules::{Effect, Takes};
use crate::scoring::{Fixed, Standing, Trace};

const HEADERS: [(&str, f64); 4] = [
    ("Tier", 50.0),
    ("Places", 16.0),
    ("From a total of", 16.0),
    ("Working: candidates without a gate up to here", 20.0),
];

fn cell(tier: u32, column: u16) -> CellReference {
    CellReference::new(Tab::Tiers, FIRST_ROW + tier, column)
}

/// How many places a tier has: an input.
pub(super) fn places(tier: u32) -> CellReference {
    cell(tier, 1)
}

/// From which total a tier takes: an input.
pub(super) fn at_least(tier: u32) -> CellReference {
    cell(tier, 2)
}

/// How many places of the first tier are open to points.
pub(super) fn open_places() -> CellReference {
    cell(0, 3)
}

/// The words of the gates' effects that put a candidate in the first tier.
pub(super) fn including() -> impl Iterator<Item = &'static str> {
    Effect::ALL.iter().filter(|effect| effect.includes()).map(Effect::word)
}

fn last(layout: &Layout<'_>) -> u32 {
    u32::try_from(layout.rules.tiers.len().saturating_sub(1)).unwrap_or(0)
}

pub(super) fn fill(sheet: &mut SheetWriter<'_>, layout: &Layout<'_>) -> Result<(), XlsxError> {
    sheet.heading("What the totals mean", heading(layout))?;
    sheet.headers(&HEADERS.map(|(header, width)| (header.to_owned(), width)), 1)?;
    sheet.print(3, cell(last(layout), 0).row)?;
    let mut reached = 0;
    for (number, tier) in (0..).zip(&layout.rules.tiers) {
        sheet.text(cell(number, 0).row, 0, &tier.title)?;
        match tier.takes {
            Takes::Places(places) => sheet.input(cell(number, 1), f64::from(places_of(places)), Some(0.0))?,
            Takes::AtLeast(bound) => {
                sheet.input(cell(number, 2), Fixed::new(bound, layout.rules.decimals).to_f64(), None)?;
            }
            Takes::Rest => {
                sheet.text(cell(number, 1).row, 1, "the rest")?;
                continue;
            }
        }
        let end = end(layout, number, tier.takes, sheet.tab);
        reached = reached_now(layout, number, tier.takes, if number > counted_from(layout) { reached } else { 0 });
        sheet.formula(cell(number, 3), &end, reached.to_string(), &figures(Look::Working, 0))?;
    }
    Ok(())
}

fn heading(layout: &Layout<'_>) -> &'static str {
    match layout.families_share_the_top() {
        true => {
            "Filled from the top of the list. Those that a gate includes take the first tier's places first. A candidate and \
             all that is part of it take one place of that tier together: the first of them has it."
        }
        false => "Filled from the top of the list. Those that a gate includes take the first tier's places first.",
    }
}

fn places_of(places: usize) -> u32 {
    u32::try_from(places).unwrap_or(u32::MAX)
}

/// The first tier of those whose candidates are counted from the top of the list: the second, where families share the
/// first one, and then those are counted that are not in it.
fn counted_from(layout: &Layout<'_>) -> u32 {
    u32::from(layout.families_share_the_top())
}

/// How many candidates without a gate are in this tier or one before it, were there enough.
fn end(layout: &Layout<'_>, number: u32, takes: Takes, tab: Tab) -> String {
    let effects = layout.everybody(Layout::effect(FIRST_ROW), tab);
    let totals = layout.everybody(layout.result(FIRST_ROW, ResultColumn::Total), tab);
    let before = (number > counted_from(layout)).then(|| cell(number - 1, 3).from(tab));
    match (takes, before) {
        (Takes::Places(_), Some(before)) => format!("{before}+{}", cell(number, 1).from(tab)),
        (Takes::Places(_), None) if number > 0 => cell(number, 1).from(tab),
        (Takes::Places(_), None) => {
            let ranked = layout.everybody(layout.result(FIRST_ROW, ResultColumn::Rank), tab);
            let taken = including().map(|effect| format!("-COUNTIFS({effects},\"{effect}\",{ranked},\">0\")"));
            format!("MAX(0,{}{})", cell(number, 1).from(tab), taken.collect::<String>())
        }
        (_, before) => {
            let not_in_top = match counted_from(layout) {
                0 => String::new(),
                _ => format!(",{},0", layout.everybody(layout.result(FIRST_ROW, ResultColumn::InTop), tab)),
            };
            let bound = cell(number, 2).from(tab);
            let reaching = format!("COUNTIFS({effects},\"none\",{totals},\">=\"&{bound}{not_in_top})");
            before.map_or(reaching.clone(), |before| format!("MAX({before},{reaching})"))
        }
    }
}

/// What the cell of [`end`] holds now.
fn reached_now(layout: &Layout<'_>, number: u32, takes: Takes, before: usize) -> usize {
    let count = |wanted: &dyn Fn(&Trace<'_>) -> bool| layout.report.traces.iter().filter(|trace| wanted(trace)).count();
    match takes {
        Takes::Places(places) if number == 0 => {
            let included = |trace: &Trace<'_>| {
                trace.total.is_some() && trace.gates.first().is_some_and(|gate| gate.effect.includes())
            };
            places.saturating_sub(count(&included))
        }
        Takes::Places(places) => before + places,
        Takes::AtLeast(bound) => {
            let elsewhere = |trace: &Trace<'_>| counted_from(layout) > 0 && trace.standing == Standing::Tier(0);
            let reaching = |trace: &Trace<'_>| {
                let reaches = trace.total.is_some_and(|total| total.units() >= bound);
                trace.overruling_gate().is_none() && reaches && !elsewhere(trace)
            };
            before.max(count(&reaching))
        }
        Takes::Rest => before,
    }
}

/// The tier of the candidate in a row of the sheet of scores.
pub(super) fn tier_formula(layout: &Layout<'_>, row: u32, tab: Tab) -> String {
    let words = |at: Standing| format!("\"{}\"", standing_in_words(at, layout.rules));
    let titles = cell(0, 0).to(cell(last(layout), 0), tab);
    let from = counted_from(layout);
    let below = match last(layout).checked_sub(1).filter(|before| *before >= from) {
        None => format!("INDEX({titles},{})", 1 + from),
        Some(before) => {
            let place = layout.result(row, ResultColumn::OpenPlace).from(tab);
            let ends = cell(from, 3).to(cell(before, 3), tab);
            format!("INDEX({titles},{}+COUNTIF({ends},\"<\"&{place}))", 1 + from)
        }
    };
    let open = match from {
        0 => below,
        _ => format!("IF({}=1,INDEX({titles},1),{below})", layout.result(row, ResultColumn::InTop).from(tab)),
    };
    let gate = Layout::effect(row).from(tab);
    let total = layout.result(row, ResultColumn::Total).from(tab);
    // A gate that raises leaves the place to points, and only a lower tier is not left.
    let trace = row.checked_sub(FIRST_ROW).and_then(|at| layout.report.traces.get(usize::try_from(at).ok()?));
    let raised = trace.and_then(|trace| trace.gates.first()?.tier);
    let raised = raised.and_then(|raised| layout.rules.tiers.iter().position(|tier| tier.id == raised.id));
    let open = match raised {
        Some(tier) => format!("INDEX({titles},MIN({},MATCH({open},{titles},0)))", tier + 1),
        None => open,
    };
    let included: Vec<&str> = including().collect();
    let tier = included.iter().rfold(open, |tier, effect| format!("IF({gate}=\"{effect}\",INDEX({titles},1),{tier})"));
    let ranked = format!("IF(ISNUMBER({total}),{tier},{})", words(Standing::NotRanked));
    // Bands outside the tiers take those without a total, too.
    Effect::BANDS.iter().rfold(ranked, |tier, effect| {
        format!("IF({gate}=\"{}\",{},{tier})", effect.word(), words(Standing::Outside(*effect)))
    })
}
