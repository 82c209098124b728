//! The ranking as a spreadsheet that recomputes: a weight changed in it moves points, totals, ranks and tiers as it
//! would in the engine.
//!
//! What the trace has is shown with every formula as its result, so that a viewer that computes nothing shows the
//! engine's figures. Nobody's words are ever part of a formula.

mod about;
mod arithmetic;
mod could_be;
mod evidence;
mod functions;
mod inputs;
mod layout;
mod members;
mod ranking;
mod scoring;
mod sharing;
mod sheet;
mod tiers;
mod weights;

pub use inputs::{InputKind, SCORES, WorkbookInput, inputs};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use crate::diagnostic::{Code, Problem};
use crate::ranked::RankedAssessment;
use crate::scoring::Fixed;
use crate::words::number;
use layout::{Layout, Tab};
use sheet::SheetWriter;
pub(super) use sheet::{
    BLUE, GREY, INPUT_FILL, LINE, LINE_HEIGHT, Look, MAX_HEIGHT, cut, figures, lines_in, write_words,
};

/// Every candidate is compared with every other one: from here up spreadsheets take too long.
const MAX_CANDIDATES: usize = 5_000;
/// From here up formulas grow longer than spreadsheets take.
const MAX_CRITERIA: usize = 100;

/// The ranking as an `.xlsx` workbook.
///
/// # Errors
/// A problem where there is more than a spreadsheet can recompute.
pub fn workbook(report: &RankedAssessment<'_>) -> Result<Vec<u8>, Problem> {
    fits(report)?;
    write(report).map_err(not_made)
}

/// What a reader is told of a workbook that can't be made.
#[expect(clippy::needless_pass_by_value, reason = "what an error becomes takes it")]
pub(super) fn not_made(error: XlsxError) -> Problem {
    Problem::new(Code::WriteFailed, format!("the workbook can't be made: {error}")).help("write CSV or JSON instead")
}

fn fits(report: &RankedAssessment<'_>) -> Result<(), Problem> {
    if !report.ranking.lists().is_one() {
        let message = "a workbook holds one list, and the rules make several";
        let help = "name a list with `--area CODE`, or write a workbook for each with `-o FOLDER/ --format xlsx`";
        return Err(Problem::new(Code::WriteFailed, message).help(help));
    }
    let (candidates, criteria) = (report.traces.len(), report.rules.criteria.len());
    if candidates <= MAX_CANDIDATES && criteria <= MAX_CRITERIA {
        return Ok(());
    }
    let [most, here, most_criteria, criteria] = [MAX_CANDIDATES, candidates, MAX_CRITERIA, criteria]
        .map(|count| number(Fixed::new(i64::try_from(count).unwrap_or(i64::MAX), 0).to_f64(), 0));
    let message = format!(
        "a workbook recomputes up to {most} candidates and {most_criteria} criteria; here are {here} and {criteria}"
    );
    Err(Problem::new(Code::WriteFailed, message).help("write CSV or JSON instead"))
}

fn write(report: &RankedAssessment<'_>) -> Result<Vec<u8>, XlsxError> {
    let layout = Layout::new(report);
    let mut book = Workbook::new();
    book.set_properties(&properties(&report.assessment.title)?);
    for tab in Tab::ALL {
        // Nobody's weight is shared among the others unless a rule says so.
        if tab == Tab::SharingOut && !layout.may_leave_out() {
            continue;
        }
        if tab == Tab::Members && report.assessment.membership.is_none() {
            continue;
        }
        let mut sheet = SheetWriter::new(book.add_worksheet(), tab, report.assessment.handling)?;
        match tab {
            Tab::Ranking => ranking::fill(&mut sheet, &layout)?,
            Tab::Weights => weights::fill(&mut sheet, &layout)?,
            Tab::Tiers => tiers::fill(&mut sheet, &layout)?,
            Tab::ValueFunctions => functions::fill(&mut sheet, &layout)?,
            Tab::Scoring => scoring::fill(&mut sheet, &layout)?,
            Tab::CouldBe => could_be::fill(&mut sheet, &layout)?,
            Tab::SharingOut => sharing::fill(&mut sheet, &layout)?,
            Tab::Evidence => evidence::fill(&mut sheet, &layout)?,
            Tab::Members => members::fill(&mut sheet, &layout)?,
            Tab::Sources => evidence::sources(&mut sheet, &layout)?,
            Tab::About => about::fill(&mut sheet, &layout)?,
        }
        sheet.finish()?;
    }
    book.save_to_buffer()
}

/// What the file says of itself. The same input gives the same bytes, so it was "made" at a fixed time.
pub(super) fn properties(title: &str) -> Result<DocProperties, XlsxError> {
    let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
    Ok(DocProperties::new().set_title(cut(title)).set_creation_datetime(&made))
}
