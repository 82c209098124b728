//! For a terminal: 80 columns, readable without colour.

use comfy_table::{Cell, CellAlignment, ContentArrangement, TableStyle};

use super::movement;
use super::section::{DiffSection, DiffTable};
use super::sections::{handling, header, sections};
use crate::diff::{ListComparison, Movement};
use crate::report::page::{Page, WIDTH, unbroken};
use crate::report::sections_view::text_page;

/// What is other between two lists, and why, as text. Colour adds weight to headings and carries no meaning.
pub fn text(found: &ListComparison<'_>, colour: bool) -> String {
    let mut page = text_page(handling(found), &header(found), colour);
    for section in sections(found) {
        write(&section, &mut page);
    }
    page.text
}

/// What moved between two lists, as text: who enters and leaves the top tier, who is first, and who moved.
pub fn moved_text(found: &Movement, colour: bool) -> String {
    let mut page = Page::new(colour);
    for section in [movement::top(found), movement::who(found)] {
        write(&section, &mut page);
    }
    page.text
}

/// A heading, its paragraphs and its table.
fn write(section: &DiffSection, page: &mut Page) {
    match section.is_within {
        true => page.heading(&section.title),
        false => page.heading(&section.title.to_uppercase()),
    }
    section.before.iter().for_each(|words| page.paragraph(words));
    if !section.table.rows.is_empty() {
        page.line(&table(&section.table));
    }
    section.after.iter().for_each(|words| page.paragraph(words));
}

fn table(of: &DiffTable) -> String {
    let mut table = comfy_table::Table::new();
    table.load_style(TableStyle::new()).set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(u16::try_from(WIDTH).unwrap_or(80));
    let aligned = |(text, figures): (&str, bool)| {
        Cell::new(text).set_alignment(if figures { CellAlignment::Right } else { CellAlignment::Left })
    };
    table.set_header(of.headings.iter().map(|heading| aligned((heading.words, heading.figures))));
    for row in &of.rows {
        table.add_row(row.iter().zip(&of.headings).map(|(text, heading)| aligned((text, heading.figures))));
    }
    for (at, (column, heading)) in table.column_iter_mut().zip(&of.headings).enumerate() {
        column.set_padding((0, 2));
        if heading.figures {
            let cells = of.rows.iter().filter_map(|row| row.get(at)).map(String::as_str);
            column.set_constraint(unbroken(cells.chain([heading.words]), 2));
        }
    }
    table.trim_fmt()
}
