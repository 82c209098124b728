//! For a paper or a page.

use super::tables::{Section, header, sections};
use crate::report::markdown::{plain, row};
use crate::scoring::Ranking;
use crate::sensitivity::Sensitivity;

/// How much a ranking depends on weights and evidence, as Markdown.
pub fn markdown(ranking: &Ranking<'_>, found: &Sensitivity) -> String {
    let mut text = String::from("# How much the list depends on weights and evidence\n\n");
    for line in header(ranking, found) {
        text.push_str(&format!("{}.  \n", plain(&line)));
    }
    for section in sections(ranking, found) {
        text.push_str(&format!("\n## {}\n\n{}\n", plain(&section.title), plain(&section.about)));
        if !section.rows.is_empty() {
            text.push_str(&format!("\n{}", table(&section)));
        }
        if !section.notes.is_empty() {
            text.push('\n');
        }
        for note in &section.notes {
            text.push_str(&format!("- {}\n", plain(note)));
        }
    }
    text
}

fn table(section: &Section) -> String {
    let mut text = row(&section.headings.iter().map(|heading| plain(heading)).collect::<Vec<_>>());
    let rule = |at: usize| if section.is_text(at) { ":---" } else { "---:" }.to_owned();
    text.push_str(&row(&(0..section.headings.len()).map(rule).collect::<Vec<_>>()));
    for cells in &section.rows {
        text.push_str(&row(&cells.iter().map(|cell| plain(&cell.text)).collect::<Vec<_>>()));
    }
    text
}
