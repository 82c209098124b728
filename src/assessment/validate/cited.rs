//! The documents that files name: each is described once, or alike.

use std::collections::BTreeMap;

use crate::assessment::format;
use crate::assessment::judging::period;
use crate::assessment::references::Document;
use crate::diagnostic::Place;
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
            let document = Document {
                title,
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
