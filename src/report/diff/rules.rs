//! What changed in the rules, and which change did it.

use super::movement::MAX_LINES;
use super::section::{DiffSection, DiffTable};
use crate::assessment::Assessment;
use crate::diff::{ChangeEffect, ChangeGroup, DescribedChange, GroupingReason, RulesComparison, TotalSplit};
use crate::words::{counted, listed, whole};

/// Every change in words, with what it moves.
pub(super) fn changes(found: &RulesComparison) -> DiffSection {
    let mut section = DiffSection::new("What changed in the rules");
    if found.changes.is_empty() {
        section.before.push("The rules say the same: only how they are written has changed.".to_owned());
        return section;
    }
    section.table = DiffTable::new(&[("", true), ("change", false), ("moves", false)]);
    let row = |(number, told): (usize, &DescribedChange)| {
        vec![(number + 1).to_string(), crate::words::upper_first(&told.words), effect(found, number, told)]
    };
    section.table.rows = found.changes.iter().enumerate().map(row).collect();
    section.after = found.parts.iter().filter_map(together).collect();
    section
}

/// What comes of a change, in a few words.
fn effect(found: &RulesComparison, number: usize, told: &DescribedChange) -> String {
    match told.effect {
        ChangeEffect::Nothing => "nothing here".to_owned(),
        ChangeEffect::Words => "words only".to_owned(),
        ChangeEffect::ByUse => "by what uses it".to_owned(),
        ChangeEffect::Places => "no total, but places".to_owned(),
        ChangeEffect::Totals => {
            let part = found.parts.iter().position(|part| part.changes.contains(&number));
            let of = |split: &&TotalSplit| {
                let parts = split.parts.as_ref();
                part.and_then(|part| parts?.get(part).copied()).is_some_and(|points| points.units() != 0)
            };
            match found.splits.iter().filter(of).count() {
                0 if found.moved.movers.iter().any(|mover| mover.total_change().is_none()) => {
                    "which have a total".to_owned()
                }
                count => counted(count, "total", "totals"),
            }
        }
    }
}

/// Why changes are counted as one.
fn together(part: &ChangeGroup) -> Option<String> {
    let numbers = numbers(part);
    match part.reason {
        GroupingReason::Single => None,
        GroupingReason::SameCriterion => Some(format!(
            "Changes {numbers} are to the same criterion and are counted as one, because there are so many."
        )),
        GroupingReason::Rest => {
            Some(format!("Changes {numbers} have the least effect and are counted as one, because there are so many."))
        }
        GroupingReason::StandTogether => Some(format!(
            "Changes {numbers} belong together and are counted as one: rules with only some of them can't rank."
        )),
    }
}

/// How the change of each total is made up. Of a single change there is nothing to tell.
pub(super) fn credit(found: &RulesComparison, assessment: &Assessment) -> Option<DiffSection> {
    let mut moving: Vec<(usize, &ChangeGroup)> =
        found.parts.iter().enumerate().filter(|(_, part)| part.moves).collect();
    moving.sort_by_key(|(_, part)| part.changes.first());
    let rows: Vec<Vec<String>> =
        found.splits.iter().filter_map(|split| row(split, &moving, title_of(found, split, assessment))).collect();
    if rows.is_empty() {
        return None;
    }
    let mut section = DiffSection::new("Which change did it");
    if let [(_, only)] = &*moving {
        let change = if only.changes.len() == 1 { "change" } else { "changes" };
        section.before.push(format!("All of it: {change} {}.", numbers(only)));
        return Some(section);
    }
    section.before.push(
        "The parts add up to the change in the total; the number in brackets says which change each belongs to. A part is \
         the mean of what its change does to the total, over all orders in which the changes could be made (Shapley \
         value); the engine ranked by each of the rule sets in between."
            .to_owned(),
    );
    section.table = DiffTable::new(&[("", false), ("by", true), ("made of", false)]);
    let all = rows.len();
    section.table.rows = rows.into_iter().take(MAX_LINES).collect();
    if all > MAX_LINES {
        section.after.push(format!("The first {MAX_LINES} of {} are shown; the JSON has all.", whole(all)));
    }
    Some(section)
}

/// `2`, `2 and 5`.
fn numbers(part: &ChangeGroup) -> String {
    listed(&part.changes.iter().map(|number| (number + 1).to_string()).collect::<Vec<_>>())
}

/// A candidate's name, as it is called among those that moved.
fn title_of<'a>(found: &'a RulesComparison, split: &TotalSplit, assessment: &'a Assessment) -> &'a str {
    let Some(about) = assessment.candidates.get(split.candidate) else { return "" };
    let mover = found.moved.movers.iter().find(|mover| mover.new.id == about.id);
    mover.map_or(&about.title, |mover| &mover.new.title)
}

fn row(split: &TotalSplit, moving: &[(usize, &ChangeGroup)], title: &str) -> Option<Vec<String>> {
    let made_of = match &split.parts {
        None if split.by.units() == 0 => return None,
        None => "can't be split: with some of the changes alone it has no total".to_owned(),
        Some(parts) => {
            let told = moving.iter().filter_map(|(at, part)| {
                let points = parts.get(*at).filter(|points| points.units() != 0)?;
                Some(format!("{} ({})", points.signed(), numbers(part)))
            });
            let told: Vec<String> = told.collect();
            if told.is_empty() {
                return None;
            }
            told.join(", ")
        }
    };
    Some(vec![title.to_owned(), split.by.signed(), made_of])
}
