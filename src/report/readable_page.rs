//! Sections on a page that reads on a phone and on paper, by the look of the board's paper: one file, no script.

use super::html::escaped;
use super::section::{Section, SectionCell};
use crate::assessment::Handling;

const PAPER_STYLE: &str = include_str!("paper/templates/style.css");
/// Nothing is fetched and nothing runs.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// What stands above the sections.
pub(super) struct PageHead<'t> {
    /// The title of the document, for tabs and lists.
    pub(super) document: &'t str,
    /// The heading of the page.
    pub(super) title: &'t str,
    /// Who may see it: at the head and foot of the page, on a screen and on paper.
    pub(super) handling: Option<Handling>,
    /// Who files it, above the heading.
    pub(super) above: &'t str,
    /// What it is about, a paragraph each.
    pub(super) lines: &'t [String],
    /// The words of the link that leads past this.
    pub(super) skip: &'t str,
    /// What the page adds to the look of the paper.
    pub(super) style: &'t str,
}

/// Figures and sections on a page of their own.
pub(super) fn readable_page(head: &PageHead<'_>, figures: &str, sections: &[Section]) -> String {
    let lines: Vec<String> = head.lines.iter().map(|line| format!("<p>{}</p>\n", escaped(line))).collect();
    let lines = lines.concat();
    let [document, title, above, skip] = [head.document, head.title, head.above, head.skip].map(escaped);
    let (mark, on_paper) = handling(head.handling);
    let mut text = format!(
        "<!doctype html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{document}</title>\n<style>\n{PAPER_STYLE}{}{on_paper}</style>\n</head>\n<body>\n\
         <a class=\"skip\" href=\"#main\">{skip}</a>\n\
         <header>\n{mark}<p>{above}</p>\n<h1>{title}</h1>\n{lines}</header>\n<main id=\"main\">\n",
        head.style
    );
    text.push_str(figures);
    for (number, section) in sections.iter().enumerate() {
        show(section, number + 1, &mut text);
    }
    text.push_str(&format!("{mark}</main>\n</body>\n</html>\n"));
    text
}

/// The mark as it stands on a screen, and what puts it at the head and foot of every page on paper.
fn handling(handling: Option<Handling>) -> (String, String) {
    let Some(mark) = handling.map(Handling::mark) else { return (String::new(), String::new()) };
    let look = format!("content: \"{mark}\"; font: bold 8pt Arial, sans-serif; color: #1f2429;");
    let on_paper = format!("@page {{ @top-center {{ {look} }} @bottom-center {{ {look} }} }}\n");
    (format!("<p class=\"handling\">{mark}</p>\n"), on_paper)
}

fn show(section: &Section, number: usize, text: &mut String) {
    text.push_str(&format!("<section>\n<h2>{}</h2>\n", escaped(&section.title)));
    if section.rows.is_empty() {
        text.push_str(&format!("<p>{}</p>\n", escaped(&section.about)));
    } else {
        table(section, number, text);
    }
    if !section.notes.is_empty() {
        let notes: Vec<String> = section.notes.iter().map(|note| format!("<li>{}</li>\n", escaped(note))).collect();
        text.push_str(&format!("<ul>\n{}</ul>\n", notes.concat()));
    }
    text.push_str("</section>\n");
}

/// A table in a region of its own, which scrolls where it is wider than the page.
fn table(section: &Section, number: usize, text: &mut String) {
    let caption = escaped(&section.about);
    text.push_str(&format!(
        "<div class=\"scroll\" role=\"group\" aria-labelledby=\"table-{number}\" tabindex=\"0\">\n<table>\n\
         <caption id=\"table-{number}\">{caption}</caption>\n<thead><tr>"
    ));
    let class = |at: usize| if section.is_text(at) { "" } else { " class=\"n\"" };
    for (at, heading) in section.headings.iter().enumerate() {
        let heading = if heading.is_empty() { "Candidate" } else { heading };
        text.push_str(&format!("<th scope=\"col\"{}>{}</th>", class(at), escaped(heading)));
    }
    text.push_str("</tr></thead>\n<tbody>\n");
    let mut last = String::new();
    for row in &section.rows {
        text.push_str("<tr>");
        for (at, cell) in row.iter().enumerate() {
            // A name that stands for several rows is said in each of them to whoever hears the table.
            let own = if at == 0 && cell.text.is_empty() {
                format!("<span class=\"again\">{last}</span>")
            } else {
                linked(cell)
            };
            if at == 0 {
                if !cell.text.is_empty() {
                    last = escaped(&cell.text);
                }
                text.push_str(&format!("<th scope=\"row\">{own}</th>"));
            } else {
                let look = shading(cell).unwrap_or_else(|| class(at).to_owned());
                text.push_str(&format!("<td{look}>{own}</td>"));
            }
        }
        text.push_str("</tr>\n");
    }
    text.push_str("</tbody>\n</table>\n</div>\n");
}

/// The darker, the more of the draws; never so dark that the words on it are hard to read.
fn shading(cell: &SectionCell) -> Option<String> {
    let part = cell.part.filter(|part| *part > 0.0)?;
    Some(format!(" class=\"n drawn\" style=\"--part:{:.1}%\"", part * 50.0))
}

fn linked(cell: &SectionCell) -> String {
    let text = escaped(&cell.text);
    match &cell.link {
        Some(page) => format!("<a href=\"{}\">{text}</a>", escaped(page)),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A mark in a colour that nothing defines is not drawn at all.
    #[test]
    fn every_colour_of_a_page_is_one_of_the_papers() {
        for style in [PAPER_STYLE, include_str!("history/style.css"), include_str!("choose/style.css")] {
            let used = style.split("var(--").skip(1).filter_map(|rest| rest.split(')').next());
            // How many bars stand beside each other, and how dark a cell is, is said where they are drawn.
            for name in used.filter(|name| !["bars", "part"].contains(name)) {
                assert!(PAPER_STYLE.contains(&format!(" --{name}: ")), "--{name} is not defined");
            }
        }
    }

    /// Every mark of a chart has a look: without one a line has no colour.
    #[test]
    fn every_mark_of_a_chart_has_a_look() {
        let charts = [
            (include_str!("history/chart.rs"), include_str!("history/style.css")),
            (include_str!("choose/chart.rs"), include_str!("choose/style.css")),
        ];
        for (chart, style) in charts {
            let classes = chart.split("class=\\\"").skip(1).filter_map(|rest| rest.split("\\\"").next());
            for class in classes.flat_map(str::split_whitespace).filter(|class| !class.contains('{')) {
                let look = format!(".{class} ");
                assert!(style.contains(&look) || PAPER_STYLE.contains(&look), "`{class}` has no look");
            }
        }
    }
}
