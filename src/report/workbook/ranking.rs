//! The list, which sorts itself when anything changes.

use rust_xlsxwriter::{Color, ConditionalFormatDataBar, ConditionalFormatType, XlsxError};

use super::could_be;
use super::layout::{AS_RANKED, CellReference, FIRST_ROW, Layout, ResultColumn, STATE, Tab};
use super::scoring::{NONE, gate_title, is_live};
use super::sheet::{Look, SheetWriter, figures};
use crate::explain::{
    at_the_line_in_words, overlaps_in_words, passed_over_in_words, standing_in_words, too_little_in_words,
};
use crate::report::answered;
use crate::scoring::{Fixed, Trace};
use crate::words::upper_first;

const HEADERS: [(&str, f64); 11] = [
    ("Rank", 7.0),
    ("Candidate", 36.0),
    ("Tier", 24.0),
    ("Total", 16.0),
    ("Could be: low", 13.0),
    ("Could be: high", 13.0),
    ("Answered", 10.0),
    ("Gate", 34.0),
    ("Rank as the engine ranked it", 13.0),
    ("Total as the engine ranked it", 13.0),
    ("Working: row of the scores", 11.0),
];

/// Letters of a line across the columns beside a candidate.
const REASON_WIDTH: usize = 105;

const CHANGED: &str = "Changed in this workbook: this is no longer what the engine ranked.";

fn cell(row: u32, column: u16) -> CellReference {
    CellReference::new(Tab::Ranking, row, column)
}

pub(super) fn fill(sheet: &mut SheetWriter<'_>, layout: &Layout<'_>) -> Result<(), XlsxError> {
    sheet.heading(&layout.report.assessment.title, "")?;
    sheet.headers(&HEADERS.map(|(header, width)| (header.to_owned(), width)), 2)?;
    state(sheet, layout)?;
    for (row, trace) in (FIRST_ROW..).zip(&layout.report.traces) {
        line(sheet, layout, row, trace)?;
    }
    // The list sorts itself, so every row has room for every candidate.
    sheet.level(FIRST_ROW, FIRST_ROW + layout.candidates);
    let last_row = gates(sheet, layout)?;
    sheet.print(8, last_row)?;
    bars(sheet, layout)
}

/// Whether the list is what the engine ranked, above the headers.
fn state(sheet: &mut SheetWriter<'_>, layout: &Layout<'_>) -> Result<(), XlsxError> {
    let everybody = |column: ResultColumn| layout.everybody(layout.result(FIRST_ROW, column), Tab::Ranking);
    let differ = |a: ResultColumn, b: ResultColumn| format!("SUMPRODUCT(--({}<>{}))", everybody(a), everybody(b));
    let same = format!(
        "{}+{}=0",
        differ(ResultColumn::Total, ResultColumn::EngineTotal),
        differ(ResultColumn::Rank, ResultColumn::EngineRank)
    );
    let formula = format!("IF({same},\"{AS_RANKED}\",\"{CHANGED}\")");
    sheet.state(STATE, &formula, AS_RANKED)
}

/// The candidate that has this place.
fn line(sheet: &mut SheetWriter<'_>, layout: &Layout<'_>, row: u32, trace: &Trace<'_>) -> Result<(), XlsxError> {
    let tab = sheet.tab;
    let row_of = cell(row, 10);
    let places = layout.everybody(layout.result(FIRST_ROW, ResultColumn::Place), tab);
    let matched = format!("MATCH(ROW()-{FIRST_ROW},{places},0)");
    sheet.formula(row_of, &matched, (row - FIRST_ROW + 1).to_string(), &figures(Look::Working, 0))?;

    let row_of = row_of.from(tab);
    let look_up = |of: CellReference| format!("INDEX({},{row_of})", layout.everybody(of, tab));
    let result = |column: ResultColumn| look_up(layout.result(FIRST_ROW, column));
    let or_none = |number: Option<String>| number.unwrap_or_else(|| NONE.to_owned());
    let total = |of: Option<Fixed>| or_none(of.map(|total| total.to_string()));
    let decimals = layout.rules.decimals;
    let rank_now = || or_none(trace.rank.map(|rank| rank.to_string()));

    sheet.formula(cell(row, 0), &result(ResultColumn::Rank), rank_now(), &figures(Look::Strong, 0))?;
    let candidate = look_up(Layout::candidate(FIRST_ROW));
    sheet.look_up(cell(row, 1), &candidate, &trace.candidate.title, Look::Strong)?;
    sheet.look_up(
        cell(row, 2),
        &result(ResultColumn::Tier),
        &standing_in_words(trace.standing, layout.rules),
        Look::Plain,
    )?;
    sheet.formula(cell(row, 3), &result(ResultColumn::Total), total(trace.total), &figures(Look::Strong, decimals))?;
    for (end, now) in (0..).zip([trace.range.map(|range| range.low), trace.range.map(|range| range.high)]) {
        let [low, high] = [0, 1].map(|end| look_up(could_be::end(layout, FIRST_ROW, end)));
        let this = if end == 0 { &low } else { &high };
        let mine = cell(row, 3).from(tab);
        let formula = format!("IF(AND({low}={mine},{high}={mine}),\"{NONE}\",{this})");
        sheet.formula(cell(row, 4 + end), &formula, total(now), &figures(Look::Plain, decimals))?;
    }
    sheet.formula(cell(row, 6), &result(ResultColumn::Answered), answered(trace), &figures(Look::Plain, 0))?;
    sheet.look_up(cell(row, 7), &result(ResultColumn::Gate), gate_title(trace), Look::Plain)?;
    sheet.formula(cell(row, 8), &result(ResultColumn::EngineRank), rank_now(), &figures(Look::Engine, 0))?;
    sheet.formula(
        cell(row, 9),
        &result(ResultColumn::EngineTotal),
        total(trace.total),
        &figures(Look::Engine, decimals),
    )
}

/// What overlaps, and what gates did and why, below the list. The last row.
fn gates(sheet: &mut SheetWriter<'_>, layout: &Layout<'_>) -> Result<u32, XlsxError> {
    let mut row = FIRST_ROW + layout.candidates;
    for trace in &layout.report.traces {
        let line = at_the_line_in_words(trace, layout.rules);
        let told = [too_little_in_words(trace), line, overlaps_in_words(trace), passed_over_in_words(trace)];
        let told: Vec<String> = told.into_iter().flatten().collect();
        if !told.is_empty() {
            sheet.line(row + 1, 1, &trace.candidate.title)?;
            for words in textwrap::wrap(&told.join(" "), REASON_WIDTH) {
                row += 1;
                sheet.line(row, 2, &words)?;
            }
        }
        for (number, gate) in trace.gates.iter().enumerate() {
            let did = match number {
                0 => upper_first(&gate.in_the_paper()),
                _ => "A gate that did not decide".to_owned(),
            };
            sheet.line(row + 1, 1, &trace.candidate.title)?;
            for words in textwrap::wrap(&format!("{did}: {}. {}", gate.title, gate.reason), REASON_WIDTH) {
                row += 1;
                sheet.line(row, 2, &words)?;
            }
        }
    }
    Ok(row)
}

/// Bars behind the totals, from zero to the scale where totals can't pass it.
fn bars(sheet: &mut SheetWriter<'_>, layout: &Layout<'_>) -> Result<(), XlsxError> {
    let Some(last) = layout.candidates.checked_sub(1) else { return Ok(()) };
    let capped = is_live(layout) && layout.rules.combine.ends_at_scale() && layout.rules.values.is_usual();
    let mut bars = ConditionalFormatDataBar::new()
        .set_fill_color(Color::RGB(0x009F_C5E8))
        .set_solid_fill(true)
        .set_minimum(ConditionalFormatType::Number, 0);
    if capped {
        bars = bars.set_maximum(ConditionalFormatType::Number, layout.rules.scale);
    }
    sheet.worksheet().add_conditional_format(FIRST_ROW, 3, FIRST_ROW + last, 3, &bars).map(|_| ())
}
