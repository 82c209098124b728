//! A table with what a reader needs to read it, and how it is laid out as text and as Markdown.

use comfy_table::{CellAlignment, ContentArrangement, Table, TableStyle};

use super::markdown::{plain, row};
use super::page::{Page, WIDTH, unbroken};

/// A table with what a reader needs to read it.
pub(super) struct Section {
    pub(super) title: String,
    /// What it shows, before it.
    pub(super) about: String,
    /// Headings; the first column is text, the others are numbers.
    pub(super) headings: Vec<String>,
    pub(super) rows: Vec<Vec<SectionCell>>,
    /// What follows from it, a sentence or two each.
    pub(super) notes: Vec<String>,
    /// How many of the last columns are text, too.
    pub(super) wordy: usize,
}

/// A cell: what it says, and where it is a part of something how large a part, for shading.
pub(super) struct SectionCell {
    pub(super) text: String,
    pub(super) part: Option<f64>,
    /// The page beside this one that it leads to, where there are pages.
    pub(super) link: Option<String>,
}

impl SectionCell {
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), part: None, link: None }
    }

    fn markdown(&self) -> String {
        let text = plain(&self.text);
        match &self.link {
            Some(page) => format!("[{text}](<{page}>)"),
            None => text,
        }
    }
}

impl Section {
    /// Whether a column is text.
    pub(super) fn is_text(&self, column: usize) -> bool {
        column == 0 || column + self.wordy >= self.headings.len()
    }

    /// Lays it out on a page of text.
    pub(super) fn show(&self, page: &mut Page) {
        page.heading(&self.title.to_uppercase());
        page.paragraph(&self.about);
        if !self.rows.is_empty() {
            page.line(&self.text_table());
        }
        for note in &self.notes {
            page.paragraph(note);
        }
    }

    fn text_table(&self) -> String {
        let mut table = Table::new();
        table.load_style(TableStyle::new()).set_content_arrangement(ContentArrangement::Dynamic);
        table.set_width(u16::try_from(WIDTH).unwrap_or(80));
        let aligned = |at: usize, text: &str| {
            let side = if self.is_text(at) { CellAlignment::Left } else { CellAlignment::Right };
            comfy_table::Cell::new(text).set_alignment(side)
        };
        table.set_header(self.headings.iter().enumerate().map(|(at, heading)| aligned(at, heading)));
        for row in &self.rows {
            table.add_row(row.iter().enumerate().map(|(at, cell)| aligned(at, &cell.text)));
        }
        for (at, column) in table.column_iter_mut().enumerate() {
            column.set_padding((0, 1));
            if !self.is_text(at) {
                let cells = self.rows.iter().filter_map(|row| row.get(at)).map(|cell| cell.text.as_str());
                column.set_constraint(unbroken(cells.chain(self.headings.get(at).map(String::as_str)), 1));
            }
        }
        table.trim_fmt()
    }

    /// It as Markdown, under a heading of the second level.
    pub(super) fn markdown(&self) -> String {
        let mut text = format!("\n## {}\n\n{}\n", plain(&self.title), plain(&self.about));
        if !self.rows.is_empty() {
            text.push_str(&format!("\n{}", self.markdown_table()));
        }
        if !self.notes.is_empty() {
            text.push('\n');
        }
        for note in &self.notes {
            text.push_str(&format!("- {}\n", plain(note)));
        }
        text
    }

    fn markdown_table(&self) -> String {
        let mut text = row(&self.headings.iter().map(|heading| plain(heading)).collect::<Vec<_>>());
        let rule = |at: usize| if self.is_text(at) { ":---" } else { "---:" }.to_owned();
        text.push_str(&row(&(0..self.headings.len()).map(rule).collect::<Vec<_>>()));
        for cells in &self.rows {
            text.push_str(&row(&cells.iter().map(SectionCell::markdown).collect::<Vec<_>>()));
        }
        text
    }
}
