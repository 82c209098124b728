//! Sections under a title with what is said above them: as text, as Markdown and as a page. The mark of who may see it stands
//! at the head and foot of each, and nowhere else is it written for these views.

use super::markdown::plain;
use super::page::Page;
use super::readable_page::{PageHead, readable_page};
use super::section::Section;
use crate::assessment::Handling;

/// Sections, and what stands above them.
pub(super) struct SectionsView<'t> {
    pub(super) title: &'t str,
    /// Who may see it, where that is said.
    pub(super) handling: Option<Handling>,
    /// What it is about, a line each; who files it is the first.
    pub(super) lines: Vec<String>,
    pub(super) sections: Vec<Section>,
}

impl SectionsView<'_> {
    /// For a terminal: 80 columns, readable without colour.
    pub(super) fn text(&self, colour: bool) -> String {
        let mut page = text_page(self.handling, &self.lines, colour);
        for section in &self.sections {
            section.show(&mut page);
        }
        page.text
    }

    /// For a paper or a page.
    pub(super) fn markdown(&self) -> String {
        let sections: Vec<String> = self.sections.iter().map(Section::markdown).collect();
        markdown_page(self.title, self.handling, &self.lines, &sections.concat())
    }

    /// For a browser: one file, no script. It reads on a phone and on paper.
    pub(super) fn html(&self) -> String {
        let (above, lines) = self.lines.split_first().map_or(("", &[][..]), |(above, lines)| (above.as_str(), lines));
        let head = PageHead {
            document: self.title,
            title: self.title,
            handling: self.handling,
            above,
            lines,
            skip: "Skip to the tables",
            style: "",
        };
        readable_page(&head, "", &self.sections)
    }
}

/// A page of text with its mark and its first lines.
pub(super) fn text_page(handling: Option<Handling>, lines: &[String], colour: bool) -> Page {
    let mut page = Page::new(colour);
    let mark = handling.map(Handling::mark);
    mark.into_iter().chain(lines.iter().map(String::as_str)).for_each(|line| page.paragraph(line));
    page
}

/// A page of Markdown: title, first lines and what stands below them, between two marks.
pub(super) fn markdown_page(title: &str, handling: Option<Handling>, lines: &[String], below: &str) -> String {
    let lines: Vec<String> = lines.iter().map(|line| format!("{}  \n", plain(line))).collect();
    let page = format!("# {}\n\n{}{below}", plain(title), lines.concat());
    match handling.map(Handling::mark) {
        Some(mark) => format!("**{mark}**\n\n{page}\n**{mark}**\n"),
        None => page,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::section::SectionCell;

    fn view(handling: Option<Handling>) -> SectionsView<'static> {
        let section = Section {
            title: "Places".to_owned(),
            about: "Who is where.".to_owned(),
            headings: vec!["candidate".to_owned(), "place".to_owned()],
            rows: vec![vec![SectionCell::text("Arson"), SectionCell::text("1")]],
            notes: Vec::new(),
            wordy: 0,
        };
        let lines = vec!["Ours".to_owned(), "2024".to_owned()];
        SectionsView { title: "A list", handling, lines, sections: vec![section] }
    }

    #[test]
    fn a_mark_stands_at_head_and_foot() {
        let marked = view(Some(Handling::OfficialSensitive));
        assert!(marked.text(false).starts_with("OFFICIAL-SENSITIVE\n"));
        let markdown = marked.markdown();
        assert!(markdown.starts_with("**OFFICIAL-SENSITIVE**\n\n# A list\n"), "{markdown}");
        assert!(markdown.ends_with("\n\n**OFFICIAL-SENSITIVE**\n"), "{markdown}");
        let page = marked.html();
        assert_eq!(page.matches("<p class=\"handling\">OFFICIAL-SENSITIVE</p>").count(), 2);
        assert_eq!(page.matches("content: \"OFFICIAL-SENSITIVE\"").count(), 2);
    }

    #[test]
    fn without_a_mark_there_is_none() {
        let bare = view(None);
        for text in [bare.text(false), bare.markdown()] {
            assert!(!text.contains("OFFICIAL") && !text.contains("**"), "{text}");
        }
        assert!(!bare.html().contains("class=\"handling\""));
    }
}
