//! Writing cells, and how they look. Text goes in as text: never as a formula, never as a link.

use std::collections::BTreeMap;

use rust_xlsxwriter::{
    Color, DataValidation, DataValidationRule, Format, FormatAlign, FormatBorder, Formula, Worksheet, XlsxError,
};

use super::layout::{CellReference, FIRST_ROW, HEADER_ROW, Tab};
use crate::assessment::Handling;
use crate::scoring::Fixed;
use crate::sheet::begins_as_formula;
use crate::words::visible;

/// What a spreadsheet holds in one cell, less a little.
const MAX_LETTERS: usize = 32_000;

pub(in crate::report) const BLUE: u32 = 0x0012_436D;
pub(in crate::report) const GREY: u32 = 0x0059_5959;
pub(in crate::report) const INPUT_FILL: u32 = 0x00FF_F2CC;
pub(in crate::report) const LINE: u32 = 0x00BF_BFBF;

/// How the figures of a column look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::report) enum Look {
    /// What the workbook works out, in black on white.
    Plain,
    /// A result that counts most.
    Strong,
    /// Made to be changed.
    Input,
    /// Only there for other cells.
    Working,
    /// Not computed here: the engine's own.
    Engine,
}

/// Columns narrower than this hold figures, whose headers stand right like them.
const NARROW: f64 = 17.0;

/// The height of a line, and of the highest row, in points.
pub(in crate::report) const LINE_HEIGHT: f64 = 15.0;
pub(in crate::report) const MAX_HEIGHT: f64 = 405.0;

/// A sheet being written.
pub(super) struct SheetWriter<'b> {
    sheet: &'b mut Worksheet,
    pub(super) tab: Tab,
    /// The columns' widths in letters.
    widths: Vec<f64>,
    /// How many lines the rows need that need more than one.
    lines: BTreeMap<u32, usize>,
}

impl<'b> SheetWriter<'b> {
    pub(super) fn new(sheet: &'b mut Worksheet, tab: Tab, handling: Option<Handling>) -> Result<Self, XlsxError> {
        const A4: u8 = 9;
        sheet.set_name(tab.name())?.set_landscape().set_paper_size(A4).set_repeat_rows(HEADER_ROW, HEADER_ROW)?;
        let mark = handling.map_or("", Handling::mark);
        if !mark.is_empty() {
            sheet.set_header(format!("&C{mark}"));
        }
        sheet.set_footer(format!("&L&A&C{mark}&RPage &P of &N").replace("&C&R", "&R"));
        if tab.has_inputs() {
            sheet.set_tab_color(Color::RGB(0x00F4_6A25));
        }
        Ok(Self { sheet, tab, widths: Vec::new(), lines: BTreeMap::new() })
    }

    /// The title of the sheet and what it is for.
    pub(super) fn heading(&mut self, title: &str, about: &str) -> Result<(), XlsxError> {
        let bold = Format::new().set_bold().set_font_size(14).set_font_color(Color::RGB(BLUE));
        self.words(0, 0, title, &bold)?;
        self.words(1, 0, about, &Format::new().set_font_color(Color::RGB(GREY)))
    }

    /// The headers of the columns with their widths in letters. The first `frozen` columns stay in sight.
    pub(super) fn headers(&mut self, headers: &[(String, f64)], frozen: u16) -> Result<(), XlsxError> {
        for (column, (_, width)) in (0..).zip(headers) {
            self.sheet.set_column_width(column, *width)?;
            self.widths.push(*width);
        }
        self.header_row(HEADER_ROW, headers.iter().map(|(header, _)| header.as_str()))?;
        self.sheet.set_freeze_panes(FIRST_ROW, frozen)?;
        if frozen > 0 {
            self.sheet.set_repeat_columns(0, frozen - 1)?;
        }
        Ok(())
    }

    /// Headers in any row.
    pub(super) fn header_row<'h>(
        &mut self,
        row: u32,
        headers: impl IntoIterator<Item = &'h str>,
    ) -> Result<(), XlsxError> {
        let style = Format::new()
            .set_bold()
            .set_font_color(Color::White)
            .set_background_color(Color::RGB(BLUE))
            .set_text_wrap()
            .set_align(FormatAlign::Top)
            .set_border(FormatBorder::Thin)
            .set_border_color(Color::RGB(LINE));
        let [words, figures] =
            [style.clone().set_align(FormatAlign::Left).set_indent(1), style.set_align(FormatAlign::Right)];
        for (column, header) in (0_u16..).zip(headers) {
            let narrow = self.widths.get(usize::from(column)).is_some_and(|width| *width < NARROW);
            self.words(row, column, header, if narrow { &figures } else { &words })?;
            self.make_room(row, column, header);
        }
        Ok(())
    }

    /// Prints the first `columns` columns only, on pages as wide as they are.
    pub(super) fn print(&mut self, columns: u16, last_row: u32) -> Result<(), XlsxError> {
        self.sheet.set_print_fit_to_pages(1, 0).set_print_area(0, 0, last_row, columns.saturating_sub(1))?;
        Ok(())
    }

    /// Makes rows as high as the text in them: not every spreadsheet does so by itself.
    pub(super) fn finish(self) -> Result<(), XlsxError> {
        for (row, lines) in self.lines {
            let lines = f64::from(u16::try_from(lines).unwrap_or(u16::MAX));
            self.sheet.set_row_height(row, (lines * LINE_HEIGHT).min(MAX_HEIGHT))?;
        }
        Ok(())
    }

    /// Sees that a text has room in its row.
    fn make_room(&mut self, row: u32, column: u16, text: &str) {
        let Some(width) = self.widths.get(usize::from(column)) else { return };
        let lines = lines_in(text, *width);
        if lines > 1 {
            let most = self.lines.entry(row).or_default();
            *most = lines.max(*most);
        }
    }

    pub(super) fn worksheet(&mut self) -> &mut Worksheet {
        self.sheet
    }

    /// Somebody's words, wrapped.
    pub(super) fn text(&mut self, row: u32, column: u16, text: &str) -> Result<(), XlsxError> {
        self.make_room(row, column, text);
        self.words(row, column, text, &wrapped(Look::Plain))
    }

    /// Somebody's words on one line, over the cells beside it.
    pub(super) fn line(&mut self, row: u32, column: u16, text: &str) -> Result<(), XlsxError> {
        self.words(row, column, text, &base(Look::Plain).set_indent(1))
    }

    /// Makes all rows from `first` to the one before `end` as high as the highest of them.
    pub(super) fn level(&mut self, first: u32, end: u32) {
        let Some(most) = self.lines.range(first..end).map(|(_, lines)| *lines).max() else { return };
        self.lines.extend((first..end).map(|row| (row, most)));
    }

    /// Words that look like the figures beside them.
    pub(super) fn label(&mut self, row: u32, column: u16, text: &str, look: Look) -> Result<(), XlsxError> {
        self.words(row, column, text, &base(look).set_align(FormatAlign::Right))
    }

    fn words(&mut self, row: u32, column: u16, text: &str, style: &Format) -> Result<(), XlsxError> {
        write_words(self.sheet, (row, column), text, style)
    }

    pub(super) fn number(
        &mut self,
        cell: CellReference,
        number: f64,
        decimals: u32,
        look: Look,
    ) -> Result<(), XlsxError> {
        self.sheet.write_number_with_format(cell.row, cell.column, number, &figures(look, decimals)).map(|_| ())
    }

    pub(super) fn fixed(
        &mut self,
        cell: CellReference,
        number: Fixed,
        decimals: u32,
        look: Look,
    ) -> Result<(), XlsxError> {
        self.number(cell, number.to_f64(), decimals, look)
    }

    /// A figure as written, made to be changed; nothing below `least` is taken.
    pub(super) fn input(&mut self, cell: CellReference, number: f64, least: Option<f64>) -> Result<(), XlsxError> {
        let style = base(Look::Input).set_align(FormatAlign::Right);
        self.sheet.write_number_with_format(cell.row, cell.column, number, &style)?;
        if let Some(least) = least {
            let rule = DataValidation::new()
                .allow_decimal_number(DataValidationRule::GreaterThanOrEqualTo(least))
                .set_error_title("Not a number for this cell")?
                .set_error_message(format!("Type a number from {least} up."))?;
            self.sheet.add_data_validation(cell.row, cell.column, cell.row, cell.column, &rule)?;
        }
        Ok(())
    }

    /// A formula with the figure that it gives now.
    pub(super) fn formula(
        &mut self,
        cell: CellReference,
        formula: &str,
        result: impl Into<String>,
        style: &Format,
    ) -> Result<(), XlsxError> {
        let formula = Formula::new(format!("={formula}")).set_result(result);
        self.sheet.write_formula_with_format(cell.row, cell.column, formula, style).map(|_| ())
    }

    /// A sentence above the headers that a formula gives.
    pub(super) fn state(&mut self, cell: CellReference, formula: &str, now: &str) -> Result<(), XlsxError> {
        self.formula(cell, formula, now, &Format::new().set_font_color(Color::RGB(GREY)))
    }

    /// A formula with the words that it gives now.
    pub(super) fn look_up(
        &mut self,
        cell: CellReference,
        formula: &str,
        result: &str,
        look: Look,
    ) -> Result<(), XlsxError> {
        self.make_room(cell.row, cell.column, result);
        self.formula(cell, formula, result_text(result), &wrapped(look))
    }
}

/// How many lines a text takes in a column as wide as so many letters.
pub(in crate::report) fn lines_in(text: &str, width: f64) -> usize {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few dozen letters")]
    let width = (width * 1.1).max(2.0) as usize;
    textwrap::wrap(text, width).len()
}

fn base(look: Look) -> Format {
    let plain = Format::new().set_align(FormatAlign::Top);
    match look {
        Look::Plain => plain,
        Look::Strong => plain.set_bold(),
        Look::Input => plain
            .set_background_color(Color::RGB(INPUT_FILL))
            .set_border(FormatBorder::Thin)
            .set_border_color(Color::RGB(LINE)),
        Look::Working => plain.set_font_color(Color::RGB(GREY)),
        Look::Engine => plain.set_italic(),
    }
}

/// Figures with so many decimals and commas between thousands.
pub(in crate::report) fn figures(look: Look, decimals: u32) -> Format {
    let decimals = usize::try_from(decimals).unwrap_or(0);
    let point = if decimals == 0 { "" } else { "." };
    base(look).set_num_format(format!("#,##0{point}{}", "0".repeat(decimals))).set_align(FormatAlign::Right)
}

/// Words, apart from the figures before them.
fn wrapped(look: Look) -> Format {
    base(look).set_text_wrap().set_align(FormatAlign::Left).set_indent(1)
}

/// Words as a formula's result: such as would be read as a number or an error get a space after them.
fn result_text(text: &str) -> String {
    let text = cut(text);
    let special = text.starts_with('#') || matches!(&*text, "TRUE" | "FALSE");
    if special || text.parse::<f64>().is_ok() { format!("{text} ") } else { text }
}

/// Somebody's words, as words.
pub(in crate::report) fn write_words(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    text: &str,
    style: &Format,
) -> Result<(), XlsxError> {
    // A control character would come back as one when the workbook is read.
    let text = cut(&visible(text, &['\n']));
    // Else a spreadsheet would take it for a formula as soon as somebody edits the cell.
    let style = if begins_as_formula(&text) { &style.clone().set_quote_prefix() } else { style };
    sheet.write_string_with_format(row, column, text, style).map(|_| ())
}

/// As much of a text as a cell holds.
pub(in crate::report) fn cut(text: &str) -> String {
    let mut letters = text.chars();
    // A letter counts twice where it takes two units of UTF-16.
    let start: String = letters.by_ref().take(MAX_LETTERS / 2).collect();
    if letters.as_str().is_empty() { start } else { format!("{start} …") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_that_look_like_numbers_stay_words() {
        for text in ["nan", "inf", "+1", "1e5", "2024", "TRUE", "#N/A"] {
            assert_eq!(result_text(text), format!("{text} "));
        }
        assert_eq!(result_text("Burglary"), "Burglary");
    }

    #[test]
    fn long_texts_are_cut_where_a_cell_ends() {
        let long = cut(&"\u{1F600}".repeat(40_000));
        assert!(long.encode_utf16().count() < 32_767 && long.ends_with(" …"));
        assert_eq!(cut("short"), "short");
    }
}
