//! A form as a page to be printed and filled in by hand: one file, no script, nothing to click. Whoever answers on a screen
//! takes the workbook.

use super::model::{Field, Form, FormCell, FormRow, ReadLine, Takes};
use crate::assessment::Handling;
use crate::report::html::escaped;
use crate::words::number;

const STYLE: &str = include_str!("style.css");
/// Nothing is fetched and nothing runs.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";
const DECIMALS: u32 = 6;
/// How many columns fit across a sheet of paper.
const MOST_COLUMNS: usize = 8;

/// The form as HTML.
pub(super) fn page(form: &Form) -> String {
    let title = escaped(&form.title);
    let mark = form.handling.map_or("", Handling::mark);
    let mark = if mark.is_empty() { String::new() } else { format!("<p class=\"mark\">{mark}</p>\n") };
    let mut text = format!(
        "<!doctype html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n\
         <a class=\"skip\" href=\"#fill\">Skip to what is to be filled in</a>\n\
         <header>\n{mark}<h1>{title}</h1>\n\
         <p class=\"how\">This page is for paper: print it, write on it, and send it back. It can’t be filled in on a screen; \
         for that there is the same form as a workbook.</p>\n</header>\n<main>\n"
    );
    to_read(&form.read, &mut text);
    to_fill(form, &mut text);
    text.push_str("</main>\n</body>\n</html>\n");
    text
}

fn to_read(lines: &[ReadLine], text: &mut String) {
    let mut is_list = false;
    for line in lines {
        let is_pair = matches!(line, ReadLine::Pair(..));
        if is_pair != is_list {
            text.push_str(if is_pair { "<dl>\n" } else { "</dl>\n" });
            is_list = is_pair;
        }
        text.push_str(&match line {
            ReadLine::Heading(words) => format!("<h2>{}</h2>\n", escaped(words)),
            ReadLine::Words(words) => format!("<p>{}</p>\n", broken(words)),
            ReadLine::Pair(what, is) => format!("<div><dt>{}</dt><dd>{}</dd></div>\n", escaped(what), broken(is)),
        });
    }
    if is_list {
        text.push_str("</dl>\n");
    }
}

fn to_fill(form: &Form, text: &mut String) {
    let sheet = &form.sheet;
    text.push_str(&format!(
        "<section id=\"fill\" class=\"fill\">\n<h2>{}</h2>\n<dl class=\"once\">\n",
        escaped(sheet.name)
    ));
    for (_, words, field) in &sheet.once {
        text.push_str(&format!("<div><dt>{}</dt><dd>{}</dd></div>\n", escaped(words), empty(field)));
    }
    text.push_str("</dl>\n");
    let mut open = false;
    for (number, row) in sheet.rows.iter().enumerate() {
        match row {
            FormRow::Band(title, lines) => {
                close(form, &mut open, text);
                text.push_str(&format!("<section class=\"about\">\n<h3 id=\"row-{number}\">{}</h3>\n", escaped(title)));
                if !lines.is_empty() {
                    let items: Vec<String> = lines.iter().map(|line| format!("<p>{}</p>\n", escaped(line))).collect();
                    text.push_str(&format!("<div class=\"known\">\n{}</div>\n", items.concat()));
                }
                begin(form, &format!("row-{number}"), text);
                open = true;
            }
            FormRow::Row(_, cells) => {
                if !open {
                    text.push_str("<section class=\"about\">\n");
                    begin(form, "fill", text);
                    open = true;
                }
                text.push_str(&if is_wide(form) { entry(form, cells) } else { table_row(cells) });
            }
        }
    }
    close(form, &mut open, text);
    text.push_str("</section>\n");
}

/// Whether a form has more columns than there is room for across a sheet of paper: its rows are then laid out one by one.
fn is_wide(form: &Form) -> bool {
    form.sheet.columns.len() > MOST_COLUMNS
}

/// A row of a table.
fn table_row(cells: &[FormCell]) -> String {
    let cells = cells.iter().enumerate().map(|(at, cell)| match (at, cell) {
        (0, FormCell::Words(words)) => format!("<th scope=\"row\">{}</th>", broken(words)),
        (_, FormCell::Words(words)) => format!("<td>{}</td>", broken(words)),
        (_, FormCell::Sum(_)) => "<td><span class=\"line\"></span></td>".to_owned(),
        (_, FormCell::Field(field)) => format!("<td>{}</td>", empty(field)),
    });
    format!("<tr>{}</tr>\n", cells.collect::<String>())
}

/// A row by itself: what it is about, and each cell to be filled in under the header of its column.
fn entry(form: &Form, cells: &[FormCell]) -> String {
    let mut about = Vec::new();
    let mut fields = String::new();
    for ((header, width), cell) in form.sheet.columns.iter().zip(cells) {
        match cell {
            FormCell::Words(words) if !words.is_empty() => {
                let words = broken(words);
                about.push(if about.is_empty() { format!("<b>{words}</b>") } else { words });
            }
            FormCell::Field(field) => fields.push_str(&format!(
                "<div style=\"flex: {width:.0} 1 {:.0}rem\"><dt>{}</dt><dd>{}</dd></div>",
                width / 2.0,
                escaped(header),
                empty(field)
            )),
            FormCell::Words(_) | FormCell::Sum(_) => {}
        }
    }
    let about = if about.is_empty() { String::new() } else { format!("<p>{}</p>", about.join(" · ")) };
    format!("<li>{about}<dl>{fields}</dl></li>\n")
}

fn begin(form: &Form, labelled_by: &str, text: &mut String) {
    if is_wide(form) {
        text.push_str(&format!("<ul class=\"entries\" aria-labelledby=\"{labelled_by}\">\n"));
        return;
    }
    let all: f64 = form.sheet.columns.iter().map(|(_, width)| width).sum();
    let heads = form.sheet.columns.iter().map(|(header, width)| {
        format!("<th scope=\"col\" style=\"width:{:.0}%\">{}</th>", width / all * 100.0, escaped(header))
    });
    let heads: String = heads.collect();
    text.push_str(&format!("<table aria-labelledby=\"{labelled_by}\">\n<thead><tr>{heads}</tr></thead>\n<tbody>\n"));
}

fn close(form: &Form, open: &mut bool, text: &mut String) {
    if std::mem::take(open) {
        text.push_str(if is_wide(form) { "</ul>\n</section>\n" } else { "</tbody>\n</table>\n</section>\n" });
    }
}

/// Room to write: words to ring, or lines.
fn empty(field: &Field) -> String {
    if !field.filled.is_empty() {
        return escaped(&field.filled);
    }
    match &field.takes {
        Takes::OneOf(words) => {
            let words: Vec<String> = words.iter().map(|word| format!("<li>{}</li>", escaped(word))).collect();
            format!("<ul class=\"ring\" aria-label=\"Ring one\">{}</ul>", words.concat())
        }
        Takes::Number(least, most) => {
            let (least, most) = (number(*least, DECIMALS), number(*most, DECIMALS));
            format!("<span class=\"line\"></span> <small>{least} to {most}</small>")
        }
        Takes::Day => "<span class=\"line\"></span> <small>day / month / year</small>".to_owned(),
        Takes::Words(lines) => "<span class=\"line\"></span>".repeat(*lines),
        Takes::Named(_) | Takes::Suggested(_) => "<span class=\"line\"></span>".to_owned(),
    }
}

/// Text whose lines stay lines.
fn broken(words: &str) -> String {
    words.lines().map(escaped).collect::<Vec<_>>().join("<br>\n")
}
