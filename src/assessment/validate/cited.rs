//! The documents that files name: each is described once, or alike.

use std::collections::BTreeMap;

use crate::assessment::format;
use crate::assessment::judging::period;
use crate::assessment::references::{Document, Edition};
use crate::diagnostic::{Code, Place};
use crate::toml_file::Checker;
use crate::words::as_read;

/// The documents that the files name, and where each is first named.
#[derive(Clone, Default)]
pub(in crate::assessment) struct CitedDocuments {
    pub(in crate::assessment) documents: BTreeMap<String, Document>,
    places: BTreeMap<String, Place>,
    /// The id of each as it is read, whatever its capitals.
    ids: BTreeMap<String, String>,
}

impl CitedDocuments {
    /// Adds those of one file. Several files may name the same document, if they say the same of it.
    pub(in crate::assessment) fn add(&mut self, check: &mut Checker<'_>, written: &[format::Source]) {
        for source in written {
            if let Some(date) = &source.date {
                period(check, date);
            }
            let (Some(id), Some(title)) = (check.id(&source.id), check.text(&source.title, "the document's title"))
            else {
                continue;
            };
            let edition = edition(check, source);
            let document = Document {
                title,
                edition,
                publisher: source.publisher.clone(),
                date: source.date.as_ref().map(|date| date.value.clone()),
                note: source.note.clone(),
            };
            let known = self.ids.entry(as_read(&id).into_owned()).or_insert_with(|| id.clone());
            if let (false, Some(first)) = (*known == id, self.places.get(known)) {
                check.again(&source.id.span, "a source", &id, (known, first));
                continue;
            }
            match self.places.get(&id) {
                Some(first) if first.source == *check.source || self.documents.get(&id) != Some(&document) => {
                    check.duplicate(&source.id.span, "a source", &id, Some(first));
                }
                Some(_) => {}
                None => {
                    self.places.insert(id.clone(), check.place(&source.id.span));
                    self.documents.insert(id, document);
                }
            }
        }
    }
}

/// The edition of an index that a document is, where it says both.
fn edition(check: &mut Checker<'_>, source: &format::Source) -> Option<Edition> {
    let (index, edition) = match (&source.index, &source.edition) {
        (None, None) => return None,
        (Some(index), Some(edition)) => (index, edition),
        (Some(one), None) => {
            let message = "this names an index, and not which edition of it the document is";
            check.problem(Code::MissingKey, &one.span, message, "add `edition = \"…\"`, such as its year");
            return None;
        }
        (None, Some(one)) => {
            let message = "this names an edition, and not of which index";
            let help = "add `index = \"…\"`, the same name in all of its editions";
            check.problem(Code::MissingKey, &one.span, message, help);
            return None;
        }
    };
    Some(Edition { index: check.text(index, "the index")?, name: check.text(edition, "the edition")? })
}
