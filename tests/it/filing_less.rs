//! Filing less never earns more: each piece of evidence of Huntingdonshire is taken out in turn, and nobody gains by it.

use std::num::NonZeroUsize;

use prioritise::diagnostic::Problems;
use prioritise::scoring;
use rayon::prelude::*;

use crate::support::Folder;

const FIXTURE: &str = "fixtures/huntingdonshire-2019";

/// The total of a candidate, in units of the rules' decimals; none where it has none.
fn total(files: &Folder, id: &str) -> Option<i64> {
    let mut problems = Problems::default();
    let loaded = prioritise::load(files, FIXTURE, None, &mut problems);
    let (assessment, rules) = loaded.unwrap_or_else(|| panic!("{:#?}", problems.sorted()));
    let ranking = scoring::rank(&assessment, &rules, NonZeroUsize::MIN).unwrap();
    let number = assessment.candidates.iter().position(|candidate| candidate.id == id).unwrap();
    ranking.outcome().total(number)
}

/// Each piece of evidence that rules read: its file, whom it is about, its name, and the file's text without it.
fn pieces(files: &Folder) -> Vec<(String, String, String, String)> {
    let mut pieces = Vec::new();
    for path in files.paths().filter(|path| path.starts_with(&format!("{FIXTURE}/evidence/"))) {
        let text = files.text(path);
        let id = text.split("\nid = \"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
        let starts: Vec<usize> = text.match_indices("\n[candidate.evidence.").map(|(at, _)| at).collect();
        for (number, start) in starts.iter().enumerate() {
            let end = starts.get(number + 1).copied().unwrap_or(text.len());
            let piece = &text[*start..end];
            let name = piece.split(['.', ']']).nth(2).unwrap();
            if !piece.contains("\ncontext = true") {
                let without = format!("{}{}", &text[..*start], &text[end..]);
                pieces.push((path.to_owned(), id.to_owned(), name.to_owned(), without));
            }
        }
    }
    pieces
}

#[test]
fn nobody_gains_by_evidence_that_is_left_out() {
    let files = Folder::of(&[FIXTURE, "rules/huntingdonshire"]);
    let pieces = pieces(&files);
    assert!(pieces.len() > 100, "{}", pieces.len());
    let gains: Vec<String> = pieces
        .par_iter()
        .filter_map(|(path, id, name, without)| {
            let mut less = files.clone();
            less.write(path, without.as_str());
            let (before, after) = (total(&files, id), total(&less, id));
            // No total at all is less than any.
            (after > before).then(|| format!("{id} without {name}: {before:?} to {after:?}"))
        })
        .collect();
    assert!(gains.is_empty(), "{}", gains.join("\n"));
}
