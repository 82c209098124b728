//! Themes by members, and who leads on each.

use rust_xlsxwriter::XlsxError;

use super::layout::{FIRST_ROW, Layout};
use super::sheet::SheetWriter;
use crate::report::matrix::{MemberMatrix, cell};

/// Columns before those of members.
const BEFORE: [(&str, f64); 4] = [("Theme", 34.0), ("Members", 18.0), ("Places apart", 18.0), ("Lead", 18.0)];

pub(super) fn fill(sheet: &mut SheetWriter<'_>, layout: &Layout<'_>) -> Result<(), XlsxError> {
    let Some(matrix) = MemberMatrix::new(layout.report) else { return Ok(()) };
    sheet.heading(
        "Which members have it as a priority",
        "As members said it. What is changed here changes nothing elsewhere: change their lists instead.",
    )?;
    let before = BEFORE.iter().map(|(header, width)| ((*header).to_owned(), *width));
    let members = matrix.members.iter().map(|member| (member.title.clone(), 18.0));
    let headers: Vec<(String, f64)> = before.chain(members).chain([("Why it is led so".to_owned(), 60.0)]).collect();
    sheet.headers(&headers, 1)?;
    for (row, theme) in (FIRST_ROW..).zip(&matrix.rows) {
        sheet.text(row, 0, &theme.trace.candidate.title)?;
        sheet.text(row, 1, &theme.count(matrix.counted()))?;
        let (lead, why) = match matrix.says_who_leads {
            true => (theme.trace.leader().word(), theme.why()),
            false => ("", String::new()),
        };
        sheet.text(row, 2, &theme.apart())?;
        sheet.text(row, 3, lead)?;
        let mut column = 4;
        for says in &theme.says {
            sheet.text(row, column, &cell(says))?;
            column += 1;
        }
        sheet.text(row, column, &why)?;
    }
    Ok(())
}
