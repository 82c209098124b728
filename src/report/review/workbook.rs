//! The tables of a review as a workbook: a sheet of measures, a row each, and one of claims. No text is a formula.

use rust_xlsxwriter::{Format, FormatAlign, Workbook, Worksheet, XlsxError};

use super::csv::{FIGURES, HEADER, rows};
use super::view::ReviewView;
use crate::diagnostic::Problem;
use crate::report::workbook::{cut, not_made, properties};

const CLAIMS: [&str; 7] = ["plan", "measure", "as printed", "figures say", "holds", "source", "where"];

/// The review as an `.xlsx` workbook; the same input gives the same bytes.
///
/// # Errors
/// A problem where there is more than a workbook can hold.
pub fn workbook(view: &ReviewView<'_>) -> Result<Vec<u8>, Problem> {
    write(view).map_err(not_made)
}

fn write(view: &ReviewView<'_>) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    book.set_properties(&properties(&view.assessment.title)?);
    fill(book.add_worksheet(), "Measures", &HEADER, rows(view, str::to_owned))?;
    let claims = view.plans.iter().flat_map(|plan| {
        plan.measures.iter().flat_map(|it| &it.claims).map(move |it| {
            let holds = match it.holds {
                Some(true) if it.only_by_rounding => "only by rounding",
                Some(true) => "yes",
                Some(false) => "no",
                None => "cannot-tell",
            };
            let found = it.recomputed.clone().unwrap_or_default();
            let (plan, claim) = (plan.plan.id.clone(), it.claim);
            let (measure, source, place) = (it.measure.id.clone(), claim.source.clone(), claim.place.clone());
            vec![plan, measure, it.as_printed.clone(), found, holds.to_owned(), source, place]
        })
    });
    fill(book.add_worksheet(), "Claims", &CLAIMS, claims)?;
    book.save_to_buffer()
}

/// A sheet of rows under a header. Figures are written as numbers, and words as words.
fn fill(
    sheet: &mut Worksheet,
    name: &str,
    header: &[&str],
    rows: impl Iterator<Item = Vec<String>>,
) -> Result<(), XlsxError> {
    let (head, words) = (Format::new().set_bold(), Format::new().set_text_wrap().set_align(FormatAlign::Top));
    sheet.set_name(name)?;
    sheet.set_freeze_panes(1, 0)?;
    for (column, text) in (0_u16..).zip(header) {
        sheet.write_string_with_format(0, column, *text, &head)?;
        sheet.set_column_width(column, 18)?;
    }
    for (at, row) in (1_u32..).zip(rows) {
        for ((column, heading), text) in (0_u16..).zip(header).zip(row) {
            match text.parse::<f64>().ok().filter(|_| FIGURES.contains(heading)) {
                Some(number) => sheet.write_number_with_format(at, column, number, &words)?,
                None => sheet.write_string_with_format(at, column, cut(&text), &words)?,
            };
        }
    }
    Ok(())
}
