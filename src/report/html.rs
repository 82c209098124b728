//! Text that stays text in HTML and SVG, and sections on a page of their own.

use super::section::{Section, SectionCell};
use crate::words::isolated;

const STYLE: &str = "body{font:16px/1.4 Arial,sans-serif;color:#0b0c0c;max-width:60em;margin:2em auto;padding:0 1em}\
table{border-collapse:collapse;margin:1em 0}caption{text-align:left;font-weight:bold;margin-bottom:.3em}\
th,td{padding:.2em .5em;border-bottom:1px solid #b1b4b6;text-align:right;vertical-align:top}\
th[scope=row],.words{text-align:left}thead{display:table-header-group}\
@media print{@page{size:A4}body{font-size:10pt;margin:0}td{print-color-adjust:exact;-webkit-print-color-adjust:exact}}";

/// Sections on a page of their own: one file, no script, printed as it is seen.
pub(super) fn sections_page(title: &str, header: &[String], sections: &[Section]) -> String {
    let title = escaped(title);
    let mut text = format!(
        "<!doctype html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n<title>{title}</title>\n\
         <style>{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n"
    );
    let lines: Vec<String> = header.iter().map(|line| escaped(line)).collect();
    text.push_str(&format!("<p>{}</p>\n", lines.join("<br>\n")));
    for section in sections {
        text.push_str(&format!("<h2>{}</h2>\n", escaped(&section.title)));
        table(section, &mut text);
        for note in &section.notes {
            text.push_str(&format!("<p>{}</p>\n", escaped(note)));
        }
    }
    text.push_str("</body>\n</html>\n");
    text
}

fn table(section: &Section, text: &mut String) {
    if section.rows.is_empty() {
        text.push_str(&format!("<p>{}</p>\n", escaped(&section.about)));
        return;
    }
    text.push_str(&format!("<table>\n<caption>{}</caption>\n<thead><tr>", escaped(&section.about)));
    for (at, heading) in section.headings.iter().enumerate() {
        let class = if section.is_text(at) { " class=\"words\"" } else { "" };
        text.push_str(&format!("<th scope=\"col\"{class}>{}</th>", escaped(heading)));
    }
    text.push_str("</tr></thead>\n<tbody>\n");
    for row in &section.rows {
        text.push_str("<tr>");
        for (at, cell) in row.iter().enumerate() {
            match at {
                0 => text.push_str(&format!("<th scope=\"row\">{}</th>", linked(cell))),
                _ => text.push_str(&data(cell, section.is_text(at))),
            }
        }
        text.push_str("</tr>\n");
    }
    text.push_str("</tbody>\n</table>\n");
}

/// The darker, the more of the draws; text turns white where the ground is dark.
fn data(cell: &SectionCell, words: bool) -> String {
    let class = if words { " class=\"words\"" } else { "" };
    let style = cell.part.filter(|part| *part > 0.0).map_or_else(String::new, |part| {
        let ink = if part > 0.5 { ";color:#fff" } else { "" };
        format!(" style=\"background:rgba(18,67,109,{part:.2}){ink}\"")
    });
    format!("<td{class}{style}>{}</td>", linked(cell))
}

fn linked(cell: &SectionCell) -> String {
    let text = escaped(&cell.text);
    match &cell.link {
        Some(page) => format!("<a href=\"{}\">{text}</a>", escaped(page)),
        None => text,
    }
}

/// Text within an element or an attribute.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for letter in isolated(text).chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}
