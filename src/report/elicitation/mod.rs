//! Weights from people: each person's, everybody's, how far they agree, and the list they would make. Text, Markdown and
//! JSON; the first two show the same tables, made once in `tables.rs`.

mod json;
mod tables;
mod view;

pub use json::{ElicitationFile, SCHEMA, json};
pub use view::ElicitationView;

use super::sections_view::SectionsView;

/// Weights from people, as text.
pub fn text(view: &ElicitationView<'_, '_>, colour: bool) -> String {
    sections_view(view).text(colour)
}

/// Weights from people, as Markdown.
pub fn markdown(view: &ElicitationView<'_, '_>) -> String {
    sections_view(view).markdown()
}

fn sections_view(view: &ElicitationView<'_, '_>) -> SectionsView<'static> {
    SectionsView {
        title: "Weights from people",
        handling: view.list.and_then(|(ranking, _)| ranking.assessment.handling),
        lines: tables::header(view),
        sections: tables::sections(view),
    }
}
