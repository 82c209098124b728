//! The tables of a review as a workbook: a sheet of measures, a row each, and one of claims. No text is a formula.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};

use super::csv::{header, row};
use super::view::ReviewView;
use crate::diagnostic::{Code, Problem};

/// Spreadsheets take so many letters in a cell.
const MOST_LETTERS: usize = 32_000;
const CLAIMS: [&str; 7] = ["plan", "measure", "as printed", "figures say", "holds", "source", "where"];

/// The review as an `.xlsx` workbook; the same input gives the same bytes.
///
/// # Errors
/// A problem where there is more than a workbook can hold.
pub fn workbook(view: &ReviewView<'_>) -> Result<Vec<u8>, Problem> {
    write(view).map_err(|error| {
        Problem::new(Code::WriteFailed, format!("the workbook can't be made: {error}"))
            .help("write CSV or JSON instead")
    })
}

fn write(view: &ReviewView<'_>) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let title = cut(&view.assessment.title, 200);
    book.set_properties(&DocProperties::new().set_title(title).set_creation_datetime(&made));
    let measures = view.plans.iter().flat_map(|plan| plan.measures.iter().map(move |it| row(plan, it)));
    fill(book.add_worksheet(), "Measures", &header(), measures)?;
    let claims = view.plans.iter().flat_map(|plan| {
        plan.measures.iter().flat_map(|it| &it.claims).map(move |it| {
            let holds = it.holds.map_or("cannot-tell", |holds| if holds { "yes" } else { "no" });
            let found = it.recomputed.clone().unwrap_or_default();
            let (plan, claim) = (plan.plan.id.clone(), it.claim);
            let (measure, source, place) = (it.measure.id.clone(), claim.source.clone(), claim.place.clone());
            vec![plan, measure, it.as_printed.clone(), found, holds.to_owned(), source, place]
        })
    });
    fill(book.add_worksheet(), "Claims", &CLAIMS.map(str::to_owned), claims)?;
    book.save_to_buffer()
}

/// A sheet of rows under a header. Cells that are numbers are written as numbers.
fn fill(
    sheet: &mut Worksheet,
    name: &str,
    header: &[String],
    rows: impl Iterator<Item = Vec<String>>,
) -> Result<(), XlsxError> {
    let (head, words) = (Format::new().set_bold(), Format::new().set_text_wrap().set_align(FormatAlign::Top));
    sheet.set_name(name)?;
    sheet.set_freeze_panes(1, 0)?;
    for (column, text) in (0_u16..).zip(header) {
        sheet.write_string_with_format(0, column, text, &head)?;
        sheet.set_column_width(column, 18)?;
    }
    for (at, row) in (1_u32..).zip(rows) {
        for (column, text) in (0_u16..).zip(row) {
            match text.parse::<f64>().ok().filter(|number| number.is_finite() && is_plain(&text)) {
                Some(number) => sheet.write_number_with_format(at, column, number, &words)?,
                None => sheet.write_string_with_format(at, column, cut(&text, MOST_LETTERS), &words)?,
            };
        }
    }
    Ok(())
}

/// Whether text is plain digits with a sign and a point.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'.'))
}

/// The first letters of a text, where it has more than a cell takes.
fn cut(text: &str, most: usize) -> String {
    text.chars().take(most).collect()
}
