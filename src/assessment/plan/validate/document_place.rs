//! A place in a document: named whole, or not at all.

use std::ops::Range;

use crate::assessment::judging::needs;
use crate::assessment::references::References;
use crate::assessment::statement::DocumentPlace;
use crate::toml_file::{At, Checker};

/// A place in a document, where a table names one: both the document and the place, or neither.
pub(super) fn cited(
    check: &mut Checker<'_>,
    references: &References<'_>,
    source: Option<&At<String>>,
    place: Option<&At<String>>,
    note: Option<&At<String>>,
    span: &Range<usize>,
) -> Option<DocumentPlace> {
    let note = note.and_then(|note| check.text(note, "the note"));
    if source.is_none() && place.is_none() {
        return None;
    }
    let source = needs(check, "source", source, span)?;
    let place = needs(check, "where", place, span)?;
    references.known(check, source);
    let place = check.text(place, "the place in the source")?;
    Some(DocumentPlace { source: source.value.clone(), place, note })
}
