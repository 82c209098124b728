//! For a terminal: 80 columns, readable without colour.

use comfy_table::{Cell, CellAlignment, ContentArrangement, Table, TableStyle};

use super::tables::{Section, header, sections};
use crate::report::page::{Page, WIDTH};
use crate::scoring::Ranking;
use crate::sensitivity::Sensitivity;

/// How much a ranking depends on weights and evidence, as text.
pub fn text(ranking: &Ranking<'_>, found: &Sensitivity, colour: bool) -> String {
    let mut page = Page::new(colour);
    for line in header(ranking, found) {
        page.paragraph(&line);
    }
    for section in sections(ranking, found) {
        page.heading(&section.title.to_uppercase());
        page.paragraph(&section.about);
        if !section.rows.is_empty() {
            page.line(&table(&section));
        }
        for note in &section.notes {
            page.paragraph(note);
        }
    }
    page.text
}

fn table(section: &Section) -> String {
    let mut table = Table::new();
    table.load_style(TableStyle::new()).set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(u16::try_from(WIDTH).unwrap_or(80));
    let aligned = |at: usize, text: &str| {
        Cell::new(text).set_alignment(if section.is_text(at) { CellAlignment::Left } else { CellAlignment::Right })
    };
    table.set_header(section.headings.iter().enumerate().map(|(at, heading)| aligned(at, heading)));
    for row in &section.rows {
        table.add_row(row.iter().enumerate().map(|(at, cell)| aligned(at, &cell.text)));
    }
    for column in table.column_iter_mut() {
        column.set_padding((0, 1));
    }
    table.trim_fmt()
}
