//! Whether an imported list is the engine's: what an import wrote is loaded and ranked, and set against what the
//! spreadsheet itself says. What is told here was run, not reckoned.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;

use crate::budget::Budget;
use crate::diagnostic::Problems;
use crate::files::Memory;
use crate::import::Import;
use crate::import::matrix::MatrixPlace;
use crate::pipeline;
use crate::words::{counted, number};

/// How far a total can be from what exact arithmetic gives: half of its last decimal for each of a hundred criteria.
const ROUNDING: f64 = 0.005;

/// Ranks what was imported and says, a sentence each, whether totals and order are the spreadsheet's, and where not.
///
/// # Errors
/// What stops the files from being ranked.
pub fn compare(import: &Import, list: &[MatrixPlace]) -> Result<Vec<String>, Problems> {
    let files: BTreeMap<String, &str> = import.files.iter().map(|(path, text)| (path.clone(), text.as_str())).collect();
    let mut problems = Problems::default();
    let budget = Budget::default();
    let files = Memory::lent(&files, &budget);
    let Some((assessment, rules)) = pipeline::load(&files, "assessment.toml", None, &mut problems) else {
        return Err(problems);
    };
    let ranked = pipeline::rank(&assessment, &rules, NonZeroUsize::MIN, problems)?;
    let engine: BTreeMap<&str, (f64, usize)> =
        ranked.traces.iter().filter_map(|trace| Some((trace.id(), (trace.total?.to_f64(), trace.rank?)))).collect();
    let mut said = totals(list, &engine);
    said.extend(order(list, &engine, "totals", |place| place.total.map(|total| -total)));
    #[expect(clippy::cast_precision_loss, reason = "ranks are small")]
    said.extend(order(list, &engine, "ranks", |place| place.rank.map(|rank| rank as f64)));
    if list.iter().all(|place| place.total.is_none() && place.rank.is_none()) {
        said.push("The spreadsheet has no totals or ranks that the list could be compared with.".to_owned());
    }
    Ok(said)
}

/// Total and rank by id.
type EngineList<'a> = BTreeMap<&'a str, (f64, usize)>;

/// Totals that are others than weights and scores give: only rounding can make them so.
fn totals(list: &[MatrixPlace], engine: &EngineList<'_>) -> Vec<String> {
    let mut said = Vec::new();
    for place in list {
        let (Some(expected), Some((total, _))) = (place.expected, engine.get(place.id.as_str())) else { continue };
        if (total - expected).abs() > ROUNDING {
            let (total, expected) = (number(*total, 4), number(expected, 4));
            said.push(format!("{}: the engine's total is {total}, weights and scores give {expected}.", place.title));
        }
    }
    said
}

/// Whether the candidates stand in the order of what the spreadsheet says, the lowest `key` first.
fn order(
    list: &[MatrixPlace],
    engine: &EngineList<'_>,
    what: &str,
    key: impl Fn(&MatrixPlace) -> Option<f64>,
) -> Vec<String> {
    let both: Vec<(&MatrixPlace, f64, f64)> =
        list.iter().filter_map(|place| Some((place, key(place)?, -engine.get(place.id.as_str())?.0))).collect();
    if both.is_empty() {
        return Vec::new();
    }
    // Only those that stand in both lists are compared, so that one that is not ranked moves no other.
    let rank = |of: f64, all: &dyn Fn(&(&MatrixPlace, f64, f64)) -> f64| {
        both.iter().filter(|other| all(other) < of - 1e-9).count() + 1
    };
    let mut ties = Vec::new();
    let mut differing = Vec::new();
    for (place, their_key, our_key) in &both {
        let theirs = rank(*their_key, &|it| it.1);
        let ours = rank(*our_key, &|it| it.2);
        if theirs == ours {
            continue;
        }
        // Those with an equal total here, this one too.
        let equals: Vec<&MatrixPlace> =
            both.iter().filter(|other| (other.2 - our_key).abs() < 1e-9).map(|(other, ..)| *other).collect();
        match is_tie_there(&equals) && (ours..ours + equals.len()).contains(&theirs) {
            true => ties.push(format!(
                "{}: equal totals here and there ({ours} here, {theirs} in the spreadsheet).",
                place.title
            )),
            false => differing.push(format!("{}: {ours} here, {theirs} in the spreadsheet.", place.title)),
        }
    }
    let reversed = both.len() > 2 && differing.len() + 1 >= both.len() && is_reversed(&both);
    let head = match differing.len() {
        0 => {
            let count = counted(both.len(), "candidate", "candidates");
            let but = if ties.is_empty() { "" } else { ", but for equal totals" };
            format!("The order is that of the spreadsheet's {what}{but}: {count}.")
        }
        _ if reversed => {
            format!("The spreadsheet's {what} run the other way: what is first there has the lowest total.")
        }
        count => {
            format!("The order is not that of the spreadsheet's {what}: {count} of {} stand elsewhere.", both.len())
        }
    };
    let lines = if reversed { Vec::new() } else { differing };
    std::iter::once(head).chain(lines).chain(ties).collect()
}

/// Whether the totals that the spreadsheet prints for these are equal, and there are several.
fn is_tie_there(places: &[&MatrixPlace]) -> bool {
    let totals: Option<Vec<f64>> = places.iter().map(|place| place.total).collect();
    totals.is_some_and(|totals| {
        totals.len() > 1 && totals.windows(2).all(|two| matches!(two, [one, other] if (one - other).abs() < 1e-9))
    })
}

fn is_reversed(both: &[(&MatrixPlace, f64, f64)]) -> bool {
    let mut sorted: Vec<(f64, f64)> = both.iter().map(|(_, theirs, ours)| (*theirs, *ours)).collect();
    sorted.sort_by(|one, other| one.0.total_cmp(&other.0));
    sorted.windows(2).all(|two| matches!(two, [one, other] if one.1 >= other.1))
}
