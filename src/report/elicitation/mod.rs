//! Weights from people: each person's, everybody's, how far they agree, and the list they would make. Text, Markdown and
//! JSON; the first two show the same tables, made once in `tables.rs`.

mod json;
mod tables;
mod view;

pub use json::{ElicitationFile, SCHEMA, json};
pub use view::ElicitationView;

use super::markdown::plain;
use super::page::Page;

/// Weights from people, as text.
pub fn text(view: &ElicitationView<'_, '_>, colour: bool) -> String {
    let mut page = Page::new(colour);
    for line in tables::header(view) {
        page.paragraph(&line);
    }
    for section in tables::sections(view) {
        section.show(&mut page);
    }
    page.text
}

/// Weights from people, as Markdown.
pub fn markdown(view: &ElicitationView<'_, '_>) -> String {
    let mut text = String::from("# Weights from people\n\n");
    for line in tables::header(view) {
        text.push_str(&format!("{}  \n", plain(&line)));
    }
    for section in tables::sections(view) {
        text.push_str(&section.markdown());
    }
    text
}
