//! For a browser: one file, no script, the chart of all places first. It reads on a phone and on paper, by the look of the
//! board's paper.

use super::chart;
use super::tables::{header, sections};
use crate::history::History;
use crate::report::html::escaped;
use crate::report::section::Section;

/// What the page adds to the look of the paper.
const STYLE: &str = include_str!("style.css");
const PAPER_STYLE: &str = include_str!("../paper/templates/style.css");
/// Nothing is fetched and nothing runs.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// Several years of one list as a page.
pub fn html(found: &History<'_>) -> String {
    let head = header(found);
    let mut lines = head.iter().map(|line| format!("<p>{}</p>\n", escaped(line)));
    let partnership = lines.next().unwrap_or_default();
    let rest: String = lines.collect();
    let mut text = format!(
        "<!doctype html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{}: the list over the years</title>\n<style>\n{PAPER_STYLE}{STYLE}</style>\n</head>\n<body>\n\
         <a class=\"skip\" href=\"#main\">Skip to the list</a>\n\
         <header>\n{partnership}<h1>The list over the years</h1>\n{rest}</header>\n<main id=\"main\">\n",
        escaped(head.first().map_or("", String::as_str)),
    );
    text.push_str(&chart::places(found).unwrap_or_default());
    for (number, section) in sections(found).iter().enumerate() {
        show(section, number + 1, &mut text);
    }
    text.push_str("</main>\n</body>\n</html>\n");
    text
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
                escaped(&cell.text)
            };
            if at == 0 {
                if !cell.text.is_empty() {
                    last = escaped(&cell.text);
                }
                text.push_str(&format!("<th scope=\"row\">{own}</th>"));
            } else {
                text.push_str(&format!("<td{}>{own}</td>", class(at)));
            }
        }
        text.push_str("</tr>\n");
    }
    text.push_str("</tbody>\n</table>\n</div>\n");
}
