//! What limits a piece of evidence, in words.

use crate::assessment::{Origin, Period};
use crate::words::listed;

/// A date as people write it: `14 February 2020`.
pub fn date_in_words(written: &str) -> String {
    Period::parse(written).map_or_else(|_| written.to_owned(), |date| date.to_string())
}

/// What a reader should know before relying on it, a sentence each.
pub fn evidence_notes(origin: &Origin) -> Vec<String> {
    let mut notes: Vec<String> = origin.note.iter().chain(&origin.caveats).cloned().collect();
    notes.extend(
        origin.breaks.iter().map(|broken| format!("The series changed {}: {}.", broken.date.when(), broken.cause)),
    );
    notes.extend(origin.points.iter().map(|point| {
        let from: Vec<String> = [point.source.clone(), point.place.clone()].into_iter().flatten().collect();
        format!("{} is from {}.", point.period, from.join(", "))
    }));
    if !origin.corroborated_by.is_empty() {
        notes.push(format!("Supported by {}.", listed(&origin.corroborated_by)));
    }
    if origin.illustration {
        notes.push("Made up for illustration.".to_owned());
    }
    notes
}
