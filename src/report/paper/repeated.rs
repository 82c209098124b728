//! What many sheets would say alike is said once, as a note with a number and with for whom it holds.

use std::collections::BTreeMap;

use super::model::{CandidateSection, SaidOnce};
use crate::words::counted;

/// From so many sheets on a sentence is a note.
const SHEETS: usize = 6;
/// A sentence with fewer words stays where it is: a pointer would be as long.
const LEAST_WORDS: usize = 12;
/// So many titles are named; of more only their number.
const MOST_NAMED: usize = 12;

/// The sheets with pointers in place of sentences that stand on many, and these.
pub(super) fn said_once(mut sheets: Vec<CandidateSection>) -> (Vec<CandidateSection>, Vec<SaidOnce>) {
    let mut titles: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for sheet in &mut sheets {
        let title = sheet.row.title.clone();
        each_text(sheet, &mut |text, _| {
            for sentence in sentences(text) {
                let of = titles.entry(sentence.to_owned()).or_default();
                if of.last() != Some(&title) {
                    of.push(title.clone());
                }
            }
        });
    }
    titles.retain(|sentence, of| of.len() >= SHEETS && sentence.split_whitespace().count() >= LEAST_WORDS);
    let numbers: BTreeMap<String, usize> = titles.keys().cloned().zip(1..).collect();
    for sheet in &mut sheets {
        each_text(sheet, &mut |text, about| {
            if sentences(text).any(|sentence| numbers.contains_key(sentence)) {
                *text = sentences(text).map(|it| pointed(it, about, &numbers)).collect::<Vec<_>>().join(" ");
            }
        });
    }
    let all = sheets.len();
    let told = |(sentence, of): (String, Vec<String>)| SaidOnce {
        number: numbers.get(&sentence).copied().unwrap_or_default(),
        of: match of.len() {
            some if some == all => "all".to_owned(),
            some if some > MOST_NAMED => format!("{} of {all}", counted(some, "sheet", "sheets")),
            _ => of.join("; "),
        },
        sentence,
    };
    let said = titles.into_iter().map(told).collect();
    (sheets, said)
}

/// The sentence, or the number of the note that has it, with what it is about where no other sentence says so.
fn pointed(sentence: &str, about: &str, numbers: &BTreeMap<String, usize>) -> String {
    match (numbers.get(sentence), about) {
        (None, _) => sentence.to_owned(),
        (Some(number), "") => format!("Note {number}."),
        (Some(number), about) => format!("{about}: note {number}."),
    }
}

/// What would change a place is told of these, in this order.
const CHANGES: [&str; 3] = ["One weight alone", "All weights together", "One answer alone"];

/// Where the rules and the engine say alike what holds for many: why an answer is missing, what would change a place, and what to
/// know of evidence.
fn each_text(sheet: &mut CandidateSection, on_text: &mut impl FnMut(&mut String, &str)) {
    let missing = sheet.questions.iter_mut().filter(|row| row.stand_in.is_some());
    missing.for_each(|row| on_text(&mut row.because, ""));
    for change in &mut sheet.would_change {
        change.sentences.iter_mut().zip(CHANGES).for_each(|(sentence, about)| on_text(sentence, about));
    }
    sheet.evidence.iter_mut().flat_map(|piece| &mut piece.notes).for_each(|note| on_text(note, ""));
}

/// The sentences of a text: each ends where a full stop is followed by a space and a capital.
fn sentences(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let is_end = |at: &usize| {
            let after = text.get(at + 2..).and_then(|rest| rest.chars().next());
            text.get(*at..).is_some_and(|rest| rest.starts_with(". ")) && after.is_some_and(char::is_uppercase)
        };
        let end = text.char_indices().map(|(at, _)| at).find(is_end);
        rest = end.and_then(|at| text.get(at + 2..));
        Some(end.and_then(|at| text.get(..=at)).unwrap_or(text))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_taken_apart_at_their_full_stops() {
        let told: Vec<&str> = sentences("It is 1.5 here, e.g. more. So it is. No. 2").collect();
        assert_eq!(told, ["It is 1.5 here, e.g. more.", "So it is.", "No. 2"]);
        assert_eq!(sentences("").collect::<Vec<_>>(), [""]);
    }
}
