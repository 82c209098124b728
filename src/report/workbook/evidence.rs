//! What every answer and gate was read from, and the documents.

use rust_xlsxwriter::XlsxError;

use super::functions;
use super::layout::{CellReference, FIRST_ROW, HEADER_ROW, Layout};
use super::scoring::NONE;
use super::sheet::{Look, SheetWriter};
use crate::explain::contribution_reason;
use crate::scoring::{Citation, Contribution, GateTrace, Trace};
use crate::words::listed;

const HEADERS: [(&str, f64); 23] = [
    ("Candidate", 28.0),
    ("Criterion or gate", 20.0),
    ("Answer", 60.0),
    ("Measure", 12.0),
    ("Interval: lower end", 12.0),
    ("Interval: upper end", 12.0),
    ("Unit", 22.0),
    ("If missing", 26.0),
    ("Evidence", 34.0),
    ("Name of the evidence", 20.0),
    ("Document", 36.0),
    ("Place in the document", 34.0),
    ("Period", 24.0),
    ("Judged by", 24.0),
    ("Judged on", 17.0),
    ("Judged so because", 44.0),
    ("Note", 44.0),
    ("Caveats", 44.0),
    ("Supported by", 24.0),
    ("Series changed", 34.0),
    ("Published as", 34.0),
    ("Single counts from elsewhere", 34.0),
    ("Whose", 22.0),
];

/// Columns about the answer; the others are about one piece of evidence.
const ABOUT_ANSWER: u16 = 8;

pub(super) fn fill(sheet: &mut SheetWriter<'_>, layout: &Layout<'_>) -> Result<(), XlsxError> {
    sheet.heading(
        "What every answer and gate was read from",
        "A row for each piece of evidence. What is changed here changes nothing elsewhere.",
    )?;
    sheet.headers(&HEADERS.map(|(header, width)| (header.to_owned(), width)), 2)?;
    let mut row = FIRST_ROW;
    for trace in &layout.report.traces {
        for part in &trace.contributions {
            row = rows(sheet, layout, row, &part.evidence, |sheet, row| about(sheet, row, trace, part))?;
        }
        for gate in trace.fired() {
            row = rows(sheet, layout, row, &gate.evidence, |sheet, row| about_gate(sheet, row, trace, gate))?;
        }
    }
    let last_column = u16::try_from(HEADERS.len() - 1).unwrap_or(0);
    sheet.worksheet().autofilter(HEADER_ROW, 0, row.saturating_sub(1).max(HEADER_ROW), last_column).map(|_| ())
}

/// The rows of one answer or gate: one for each piece of evidence, at least one. The row after them.
fn rows(
    sheet: &mut SheetWriter<'_>,
    layout: &Layout<'_>,
    row: u32,
    evidence: &[Citation<'_>],
    about: impl Fn(&mut SheetWriter<'_>, u32) -> Result<(), XlsxError>,
) -> Result<u32, XlsxError> {
    if evidence.is_empty() {
        about(sheet, row)?;
        return Ok(row + 1);
    }
    let mut row = row;
    for citation in evidence {
        about(sheet, row)?;
        cited(sheet, layout, row, citation)?;
        row += 1;
    }
    Ok(row)
}

fn about(sheet: &mut SheetWriter<'_>, row: u32, trace: &Trace<'_>, part: &Contribution<'_>) -> Result<(), XlsxError> {
    sheet.text(row, 0, &trace.candidate.title)?;
    sheet.text(row, 1, &part.criterion.title)?;
    sheet.text(row, 2, &contribution_reason(part))?;
    let interval = part.measure.and_then(|measure| measure.interval);
    let figures = [
        part.measure.map(|measure| measure.estimate),
        interval.map(|interval| interval.0),
        interval.map(|interval| interval.1),
    ];
    for (column, figure) in (3..).zip(figures) {
        match figure {
            Some(figure) => {
                functions::measure(sheet, CellReference::new(sheet.tab, row, column), figure, part.criterion)?;
            }
            None => sheet.label(row, column, NONE, Look::Plain)?,
        }
    }
    sheet.text(row, 6, &part.criterion.unit)?;
    sheet.text(row, 7, &part.missing.as_ref().map(|_| part.criterion.missing.policy().done()).unwrap_or_default())
}

/// What a gate did and why; it has no figure.
fn about_gate(sheet: &mut SheetWriter<'_>, row: u32, trace: &Trace<'_>, gate: &GateTrace<'_>) -> Result<(), XlsxError> {
    sheet.text(row, 0, &trace.candidate.title)?;
    sheet.text(row, 1, gate.title)?;
    sheet.text(row, 2, &gate.reason)?;
    (3..6).try_for_each(|column| sheet.label(row, column, NONE, Look::Plain))
}

fn cited(sheet: &mut SheetWriter<'_>, layout: &Layout<'_>, row: u32, citation: &Citation<'_>) -> Result<(), XlsxError> {
    let origin = &citation.origin;
    let declared = layout.rules.evidence.get(citation.path);
    let document = |id: &str| layout.report.assessment.sources.get(id).map_or(id.to_owned(), |it| it.title.clone());
    let judged = origin.judged.as_ref();
    let parts = |parts: Vec<String>| parts.join("\n");
    let published = origin.published.iter().map(|figure| format!("{} ({})", figure.printed, figure.place));
    let points = origin.points.iter().map(|point| {
        let from = [point.source.as_deref().map(document), point.place.clone()].into_iter().flatten();
        format!("{}: {}", point.period, from.collect::<Vec<_>>().join(", "))
    });
    let contradicted = citation.contradicted_by().into_iter().map(|name| format!("Contradicted by {name}."));
    let breaks = origin.breaks.iter().map(|broken| format!("{}: {}", broken.date, broken.cause));
    let texts = [
        declared.map(|declared| declared.title.clone()).unwrap_or_default(),
        citation.path.to_owned(),
        origin.source.as_deref().map(document).unwrap_or_default(),
        origin.place.clone().unwrap_or_default(),
        origin.period.map(|period| period.to_string()).unwrap_or_default(),
        judged.map(|judged| listed(&judged.by)).unwrap_or_default(),
        judged.map(|judged| judged.date.clone()).unwrap_or_default(),
        judged.map(|judged| judged.because.clone()).unwrap_or_default(),
        origin.note.clone().unwrap_or_default(),
        parts(origin.caveats.iter().cloned().chain(contradicted).collect()),
        listed(&citation.corroborated_by().into_iter().map(str::to_owned).collect::<Vec<_>>()),
        parts(breaks.collect()),
        parts(published.collect()),
        parts(points.collect()),
        if origin.illustration { "ours, for illustration" } else { "" }.to_owned(),
    ];
    for (column, text) in (ABOUT_ANSWER..).zip(&texts) {
        sheet.text(row, column, text)?;
    }
    Ok(())
}

/// The sheet of documents.
pub(super) fn sources(sheet: &mut SheetWriter<'_>, layout: &Layout<'_>) -> Result<(), XlsxError> {
    sheet.heading("The documents cited", "")?;
    let headers = [("Id", 20.0), ("Title", 60.0), ("Publisher", 34.0), ("Date", 17.0), ("Note", 60.0)];
    sheet.headers(&headers.map(|(header, width)| (header.to_owned(), width)), 1)?;
    let documents = u32::try_from(layout.report.assessment.sources.len()).unwrap_or(u32::MAX);
    sheet.print(5, FIRST_ROW + documents)?;
    for (row, (id, document)) in (FIRST_ROW..).zip(&layout.report.assessment.sources) {
        sheet.text(row, 0, id)?;
        sheet.text(row, 1, &document.title)?;
        for (column, text) in (2..).zip([&document.publisher, &document.date, &document.note]) {
            sheet.text(row, column, text.as_deref().unwrap_or_default())?;
        }
    }
    Ok(())
}
