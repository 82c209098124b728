//! What limits a piece of evidence, in words.

use super::pooling::pooled_in_words;
use crate::assessment::{Corroboration, Movement, Period, Way};
use crate::scoring::{Beside, Citation};
use crate::words::number;

/// A date as people write it: `14 February 2020`.
pub fn date_in_words(written: &str) -> String {
    Period::parse(written).map_or_else(|_| written.to_owned(), |date| date.to_string())
}

/// What a reader should know before relying on it, a sentence each.
pub fn evidence_notes(citation: &Citation<'_>) -> Vec<String> {
    let origin = &citation.origin;
    let mut notes: Vec<String> = origin.note.iter().chain(&origin.caveats).cloned().collect();
    notes.extend(
        origin.breaks.iter().map(|broken| format!("The series changed {}: {}.", broken.date.when(), broken.cause)),
    );
    notes.extend(origin.points.iter().map(|point| {
        let from: Vec<String> = [point.source.clone(), point.place.clone()].into_iter().flatten().collect();
        format!("{} is from {}.", point.period, from.join(", "))
    }));
    notes.extend(citation.beside.iter().map(beside_in_words));
    notes.extend(citation.pooled.as_ref().map(pooled_in_words));
    if origin.illustration {
        notes.push("Made up for illustration.".to_owned());
    }
    notes
}

/// Whether other evidence bears it out, by what the two series did, in a sentence.
fn beside_in_words(beside: &Beside) -> String {
    let name = &beside.name;
    match (beside.found, beside.supports) {
        (Corroboration::Alike(own, other), true) => {
            format!("Supported by {name}: this {}, and that {}.", moved(own), moved(other))
        }
        (Corroboration::Alike(own, other), false) => {
            format!(
                "Not contradicted by {name}, which is named against it: this {}, and that {}.",
                moved(own),
                moved(other)
            )
        }
        (Corroboration::Unlike(own, other), false) => {
            format!("Contradicted by {name}: this {}, and that {}.", moved(own), moved(other))
        }
        (Corroboration::Unlike(own, other), true) => {
            format!("Not supported by {name}, which is named for it: this {}, and that {}.", moved(own), moved(other))
        }
        (Corroboration::Untested, supports) => {
            let said = if supports { "supported" } else { "contradicted" };
            format!("Said to be {said} by {name}; their figures can't test that.")
        }
    }
}

fn moved(movement: Movement) -> String {
    let (from, to) = (number(movement.from, 0), number(movement.to, 0));
    match movement.way {
        Way::Up => format!("rose from {from} to {to}"),
        Way::Down => format!("fell from {from} to {to}"),
        Way::WithinChance => format!("went from {from} to {to}, within what chance explains"),
    }
}
