//! For a paper or a page.

use super::section::{DiffSection, DiffTable};
use super::sections::{handling, header, sections};
use crate::diff::ListComparison;
use crate::report::markdown::{plain, row};
use crate::report::sections_view::markdown_page;

/// What is other between two lists, and why, as Markdown.
pub fn markdown(found: &ListComparison<'_>) -> String {
    let mut text = String::new();
    for section in sections(found) {
        write(&section, &mut text);
    }
    markdown_page("What changed, and why", handling(found), &header(found), &text)
}

fn write(section: &DiffSection, text: &mut String) {
    let level = if section.is_within { "###" } else { "##" };
    text.push_str(&format!("\n{level} {}\n", plain(&section.title)));
    section.before.iter().for_each(|words| text.push_str(&format!("\n{}\n", plain(words))));
    if !section.table.rows.is_empty() {
        text.push_str(&format!("\n{}", table(&section.table)));
    }
    section.after.iter().for_each(|words| text.push_str(&format!("\n{}\n", plain(words))));
}

fn table(table: &DiffTable) -> String {
    let mut text = row(&table.headings.iter().map(|heading| plain(heading.words)).collect::<Vec<_>>());
    let rule = |figures: bool| if figures { "---:" } else { ":---" }.to_owned();
    text.push_str(&row(&table.headings.iter().map(|heading| rule(heading.figures)).collect::<Vec<_>>()));
    for cells in &table.rows {
        text.push_str(&row(&cells.iter().map(|cell| plain(cell)).collect::<Vec<_>>()));
    }
    text
}
