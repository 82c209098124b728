//! A form as a workbook: a sheet to read, a sheet to fill in, and a hidden one with the words of its drop-downs and what it
//! is. What is not to be filled in is protected, without a password: it keeps hands off, and nobody out.

use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, DataValidationRule, Format, FormatAlign, FormatBorder, Formula,
    ProtectionOptions, Workbook, Worksheet, XlsxError,
};

use super::model::{Field, Form, FormCell, FormRow, FormSheet, ReadLine, Takes};
use crate::assessment::Handling;
use crate::diagnostic::Problem;
use crate::report::workbook::{
    BLUE, GREY, INPUT_FILL, LINE, LINE_HEIGHT, MAX_HEIGHT, cut, lines_in, not_made, properties, write_words,
};
use crate::sheet::{FORM_MARK, FORM_SHEET};
use crate::words::number;

/// The sheet to read.
const READ_SHEET: &str = "Read first";
/// Columns of the sheet to read: in one and the other something and what it is, over both a paragraph.
const READ_WIDTHS: [f64; 2] = [34.0, 86.0];
/// How much a spreadsheet shows beside a cell: of a title, and of a text.
const PROMPT_TITLE: &str = "To fill in";
const PROMPT_LETTERS: usize = 250;
const A4: u8 = 9;
const BAND_FILL: u32 = 0x00DD_E7F0;

/// The form as an `.xlsx` workbook.
///
/// # Errors
/// That it can't be made.
pub(super) fn book(form: &Form) -> Result<Vec<u8>, Problem> {
    write(form).map_err(not_made)
}

fn write(form: &Form) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    book.set_properties(&properties(&form.title)?);
    to_read(book.add_worksheet(), form)?;
    let mut lists = Lists::default();
    to_fill(book.add_worksheet(), form, &mut lists)?;
    hidden(book.add_worksheet(), form, &lists)?;
    book.save_to_buffer()
}

/// What every sheet has: A4 across, the mark of who may see it, page numbers, and protection.
fn set_up(sheet: &mut Worksheet, name: &str, title: &str, handling: Option<Handling>) -> Result<(), XlsxError> {
    sheet.set_name(name)?.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 0);
    let mark = handling.map_or("", Handling::mark);
    if !mark.is_empty() {
        sheet.set_header(format!("&C{mark}"));
    }
    // A title is somebody's words: `&` begins an instruction there.
    let title: String = cut(title).replace('&', "&&").chars().take(80).collect();
    sheet.set_footer(format!("&L{title}&RPage &P of &N"));
    let may = ProtectionOptions { format_columns: true, format_rows: true, ..ProtectionOptions::default() };
    sheet.protect_with_options(&may);
    Ok(())
}

fn to_read(sheet: &mut Worksheet, form: &Form) -> Result<(), XlsxError> {
    set_up(sheet, READ_SHEET, &form.title, form.handling)?;
    sheet.set_screen_gridlines(false);
    for (column, width) in (0..).zip(READ_WIDTHS) {
        sheet.set_column_width(column, width)?;
    }
    let width = READ_WIDTHS.iter().sum();
    write_words(sheet, (0, 0), &form.title, &title())?;
    for (row, line) in (2..).zip(&form.read) {
        match line {
            ReadLine::Heading(words) => {
                write_words(sheet, (row, 0), words, &heading())?;
                sheet.set_row_height(row, LINE_HEIGHT * 1.8)?;
            }
            ReadLine::Words(words) => {
                over(sheet, row, (0, 1), words, &plain())?;
                height(sheet, row, lines_in(words, width))?;
            }
            ReadLine::Pair(what, is) => {
                write_words(sheet, (row, 0), what, &bordered().set_bold())?;
                write_words(sheet, (row, 1), is, &bordered())?;
                let [left, right] = READ_WIDTHS;
                height(sheet, row, lines_in(what, left).max(lines_in(is, right)))?;
            }
        }
    }
    Ok(())
}

fn to_fill(sheet: &mut Worksheet, form: &Form, lists: &mut Lists) -> Result<(), XlsxError> {
    let FormSheet { name, about, once, columns, rows } = &form.sheet;
    set_up(sheet, name, &form.title, form.handling)?;
    sheet.set_active(true).set_tab_color(Color::RGB(0x00F4_6A25));
    sheet.set_column_hidden(0)?;
    for (column, (_, width)) in (1..).zip(columns) {
        sheet.set_column_width(column, *width)?;
    }
    let last = u16::try_from(columns.len()).unwrap_or(u16::MAX);
    let all: f64 = columns.iter().map(|(_, width)| width).sum();
    write_words(sheet, (0, 1), &form.title, &title())?;
    over(sheet, 1, (1, last), about, &plain().set_font_color(Color::RGB(GREY)))?;
    height(sheet, 1, lines_in(about, all))?;
    let mut row = 2;
    for (key, words, field) in once {
        write_words(sheet, (row, 0), key, &Format::new())?;
        write_words(sheet, (row, 1), words, &plain().set_bold())?;
        if last > 2 {
            sheet.merge_range(row, 2, row, 3, "", &to_be_filled(field))?;
        }
        fill(sheet, (row, 2), field, lists)?;
        row += 1;
    }
    for (column, (header, _)) in (1..).zip(columns) {
        write_words(sheet, (row, column), header, &header_look())?;
    }
    height(sheet, row, columns.iter().map(|(header, width)| lines_in(header, *width)).max().unwrap_or(1))?;
    sheet.set_repeat_rows(row, row)?.set_freeze_panes(row + 1, 0)?;
    for line in rows {
        row += 1;
        match line {
            FormRow::Band(title, words) => {
                over(sheet, row, (1, last), title, &band().set_bold())?;
                height(sheet, row, lines_in(title, all))?;
                if !words.is_empty() {
                    row += 1;
                    let words = words.join("\n");
                    over(sheet, row, (1, last), &words, &band())?;
                    height(sheet, row, lines_in(&words, all))?;
                }
            }
            FormRow::Row(key, cells) => to_answer(sheet, row, (key, cells), columns, lists)?,
        }
    }
    sheet.set_print_area(0, 1, row, last)?;
    sheet.set_selection(2, 2, 2, 2).map(|_| ())
}

/// A row with something to be filled in.
fn to_answer(
    sheet: &mut Worksheet,
    row: u32,
    (key, cells): (&str, &[FormCell]),
    columns: &[(String, f64)],
    lists: &mut Lists,
) -> Result<(), XlsxError> {
    write_words(sheet, (row, 0), key, &Format::new())?;
    let mut most = 1;
    for (column, (cell, (_, width))) in (1..).zip(cells.iter().zip(columns)) {
        match cell {
            FormCell::Words(words) => {
                write_words(sheet, (row, column), words, &bordered())?;
                most = most.max(lines_in(words, *width));
            }
            FormCell::Sum(count) => {
                let letters = rust_xlsxwriter::utility::column_number_to_name(column);
                let first = row.saturating_sub(u32::try_from(*count).unwrap_or(row)) + 1;
                let sum = Formula::new(format!("=SUM({letters}{first}:{letters}{row})")).set_result("0");
                sheet.write_formula_with_format(row, column, sum, &bordered().set_bold())?;
            }
            FormCell::Field(field) => {
                fill(sheet, (row, column), field, lists)?;
                most = most.max(room(field, *width));
            }
        }
    }
    height(sheet, row, most)
}

/// How many lines a cell has room for: those that are written by hand, or those of the longest answer.
fn room(field: &Field, width: f64) -> usize {
    match &field.takes {
        Takes::Words(lines) => *lines,
        Takes::OneOf(words) | Takes::Named(words) => words.iter().map(|word| lines_in(word, width)).max().unwrap_or(1),
        _ => 1,
    }
}

/// A cell to be filled in.
fn fill(sheet: &mut Worksheet, at: (u32, u16), field: &Field, lists: &mut Lists) -> Result<(), XlsxError> {
    let look = to_be_filled(field);
    match field.filled.parse::<f64>() {
        Ok(number) if matches!(field.takes, Takes::Number(..)) => {
            sheet.write_number_with_format(at.0, at.1, number, &look)?;
        }
        _ if field.filled.is_empty() => drop(sheet.write_blank(at.0, at.1, &look)?),
        _ => write_words(sheet, at, &field.filled, &look)?,
    }
    let mut rule = match &field.takes {
        Takes::OneOf(words) | Takes::Named(words) => DataValidation::new()
            .allow_list_formula(Formula::new(lists.place(words)))
            .set_error_message("Choose one of the answers in the list, or leave the cell empty.")?,
        Takes::Suggested(words) if words.is_empty() => DataValidation::new().allow_any_value(),
        Takes::Suggested(words) => DataValidation::new()
            .allow_list_formula(Formula::new(lists.place(words)))
            .set_error_style(DataValidationErrorStyle::Information)
            .show_error_message(false),
        Takes::Number(least, most) => {
            let range = format!("Type a number from {} to {}, or leave it empty.", number(*least, 6), number(*most, 6));
            DataValidation::new()
                .allow_decimal_number(DataValidationRule::Between(*least, *most))
                .set_error_message(range)?
        }
        Takes::Day | Takes::Words(_) => DataValidation::new().allow_any_value(),
    };
    rule = rule.set_error_title("Not an answer here")?;
    if !field.prompt.is_empty() {
        let prompt: String = field.prompt.chars().take(PROMPT_LETTERS).collect();
        rule = rule.set_input_title(PROMPT_TITLE)?.set_input_message(prompt)?;
    }
    sheet.add_data_validation(at.0, at.1, at.0, at.1, &rule).map(|_| ())
}

/// The look of a cell to be filled in, which is not protected.
fn to_be_filled(field: &Field) -> Format {
    let look = bordered().set_background_color(Color::RGB(INPUT_FILL)).set_unlocked();
    match field.takes {
        // As text, so that a reason that begins with a dash or an equals sign stays one, and no spreadsheet of another country
        // takes the day for the month.
        Takes::Day | Takes::Words(_) | Takes::Suggested(_) => look.set_num_format("@"),
        Takes::OneOf(_) | Takes::Named(_) | Takes::Number(..) => look,
    }
}

/// The words of drop-downs, each list once: they stand on the hidden sheet, as a cell's own list is short and has no commas.
#[derive(Default)]
struct Lists(Vec<Vec<String>>);

/// The first column of the lists on the hidden sheet.
const LISTS: u16 = 3;

impl Lists {
    /// Where these words stand, as a formula.
    fn place(&mut self, words: &[String]) -> String {
        let at = self.0.iter().position(|list| list == words).unwrap_or_else(|| {
            self.0.push(words.to_vec());
            self.0.len() - 1
        });
        let column = LISTS.saturating_add(u16::try_from(at).unwrap_or(u16::MAX));
        let letters = rust_xlsxwriter::utility::column_number_to_name(column);
        format!("={FORM_SHEET}!${letters}$1:${letters}${}", words.len())
    }
}

/// What the form is, for whoever reads it back.
fn hidden(sheet: &mut Worksheet, form: &Form, lists: &Lists) -> Result<(), XlsxError> {
    set_up(sheet, FORM_SHEET, &form.title, form.handling)?;
    sheet.set_hidden(true);
    let made_by = concat!("prioritise ", env!("CARGO_PKG_VERSION"));
    let own = [(FORM_MARK, form.kind), ("sheet", form.sheet.name), ("read by", form.read_by), ("made by", made_by)];
    let facts = own.into_iter().chain(form.facts.iter().map(|(key, is)| (*key, &**is)));
    for (row, (key, is)) in (0..).zip(facts) {
        write_words(sheet, (row, 0), key, &Format::new())?;
        write_words(sheet, (row, 1), is, &Format::new())?;
    }
    for (column, list) in (LISTS..).zip(&lists.0) {
        for (row, word) in (0..).zip(list) {
            match word.parse::<f64>() {
                Ok(number) => drop(sheet.write_number(row, column, number)?),
                Err(_) => write_words(sheet, (row, column), word, &Format::new())?,
            }
        }
    }
    Ok(())
}

/// Somebody's words over several columns.
fn over(
    sheet: &mut Worksheet,
    row: u32,
    (first, last): (u16, u16),
    words: &str,
    look: &Format,
) -> Result<(), XlsxError> {
    if first < last {
        sheet.merge_range(row, first, row, last, "", look)?;
    }
    write_words(sheet, (row, first), words, look)
}

fn height(sheet: &mut Worksheet, row: u32, lines: usize) -> Result<(), XlsxError> {
    let lines = f64::from(u16::try_from(lines.max(1)).unwrap_or(u16::MAX));
    sheet.set_row_height(row, (lines * LINE_HEIGHT + 3.0).min(MAX_HEIGHT)).map(|_| ())
}

fn title() -> Format {
    Format::new().set_bold().set_font_size(14).set_font_color(Color::RGB(BLUE))
}

fn heading() -> Format {
    Format::new().set_bold().set_font_size(12).set_font_color(Color::RGB(BLUE)).set_align(FormatAlign::Bottom)
}

fn plain() -> Format {
    Format::new().set_text_wrap().set_align(FormatAlign::Top).set_align(FormatAlign::Left)
}

fn bordered() -> Format {
    plain().set_border(FormatBorder::Thin).set_border_color(Color::RGB(LINE))
}

fn band() -> Format {
    bordered().set_background_color(Color::RGB(BAND_FILL))
}

fn header_look() -> Format {
    bordered().set_bold().set_font_color(Color::White).set_background_color(Color::RGB(BLUE))
}
