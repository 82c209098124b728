//! The same tables as a workbook, a sheet each: figures as numbers, words as words.

use rust_xlsxwriter::{Format, FormatAlign, Workbook, Worksheet, XlsxError};

use super::tables::sections;
use super::{csv, tables};
use crate::diagnostic::Problem;
use crate::history::History;
use crate::report::section::Section;
use crate::report::workbook::{not_made, properties};
use crate::words::visible;

/// What a spreadsheet holds in one cell, less a little.
const MAX_LETTERS: usize = 16_000;
/// The width of a column of words and of one of figures, in letters.
const WORDS: f64 = 34.0;
const FIGURES: f64 = 11.0;

/// Several years of one list as an `.xlsx` workbook: the places, everybody year by year, and what broke.
///
/// # Errors
/// A workbook that can't be made.
pub fn workbook(found: &History<'_>) -> Result<Vec<u8>, Problem> {
    write(found).map_err(not_made)
}

fn write(found: &History<'_>) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    book.set_properties(&properties("The list over the years")?);
    for (at, section) in sections(found).iter().enumerate() {
        // The rows of the CSV say the same, in columns of their own.
        match section.title == tables::YEAR_BY_YEAR {
            true => all_rows(book.add_worksheet(), found)?,
            false => sheet(book.add_worksheet().set_name(name(&section.title, at))?, section)?,
        }
    }
    book.save_to_buffer()
}

/// A sheet's name: no longer than spreadsheets take, without the letters that they refuse, and like no other.
fn name(title: &str, at: usize) -> String {
    let plain: String = title.chars().filter(|letter| !"[]:*?/\\'".contains(*letter)).take(26).collect();
    format!("{} {}", plain.trim_end(), at + 1)
}

/// A row for each candidate and year, as in the CSV.
fn all_rows(page: &mut Worksheet, found: &History<'_>) -> Result<(), XlsxError> {
    page.set_name(tables::YEAR_BY_YEAR)?.set_freeze_panes(1, 1)?;
    for (column, heading) in (0..).zip(csv::HEADINGS) {
        page.write_string_with_format(0, column, heading, &bold())?;
        page.set_column_width(column, if csv::WORDS.contains(&heading) { WORDS } else { FIGURES })?;
    }
    for (row, cells) in (1..).zip(csv::rows(found, str::to_owned)) {
        for ((column, heading), text) in (0..).zip(csv::HEADINGS).zip(&cells) {
            cell(page, (row, column), text, !csv::WORDS.contains(&heading))?;
        }
    }
    Ok(())
}

/// A section as a sheet: its title, what it shows, its table and its notes.
fn sheet(page: &mut Worksheet, section: &Section) -> Result<(), XlsxError> {
    page.write_string_with_format(0, 0, cut(&section.title), &bold())?;
    page.write_string(1, 0, cut(&section.about))?;
    let mut row = 3;
    for (column, heading) in (0..).zip(&section.headings) {
        let is_words = section.is_text(usize::from(column));
        page.write_string_with_format(row, column, cut(heading), &bold())?;
        page.set_column_width(column, if is_words { WORDS } else { FIGURES })?;
    }
    for cells in &section.rows {
        row += 1;
        for (at, text) in (0..).zip(cells) {
            cell(page, (row, at), &text.text, !section.is_text(usize::from(at)))?;
        }
    }
    for note in &section.notes {
        row += 1;
        page.write_string(row + 1, 0, cut(note))?;
    }
    Ok(())
}

/// A figure as a number where it is one, and words as words, never as a formula.
fn cell(page: &mut Worksheet, (row, column): (u32, u16), text: &str, is_figure: bool) -> Result<(), XlsxError> {
    if text.is_empty() {
        return Ok(());
    }
    if let Some(figure) = text.parse::<f64>().ok().filter(|figure| is_figure && figure.is_finite()) {
        page.write_number(row, column, figure)?;
        return Ok(());
    }
    let side = if is_figure { FormatAlign::Right } else { FormatAlign::Left };
    let format = Format::new().set_align(side).set_quote_prefix();
    page.write_string_with_format(row, column, cut(text), &format)?;
    Ok(())
}

fn bold() -> Format {
    Format::new().set_bold()
}

/// As much of a text as a cell holds, without control characters.
fn cut(text: &str) -> String {
    visible(text, &['\n']).chars().take(MAX_LETTERS).collect()
}
