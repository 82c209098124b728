//! All that is told of a difference, in the order in which it is asked: the top tier first.

use super::section::{DiffSection, DiffTable};
use super::{areas, choices, committee, evidence, members, movement, plans, rules};
use crate::assessment::Handling;
use crate::diff::{DiffSide, ListComparison, MovedCandidate, Movement, RecordIdentity};
use crate::scoring::Fixed;
use crate::words::{listed, upper_first};

/// Who may see both: the mark of the assessments, and of different ones the narrowest.
pub(super) fn handling(found: &ListComparison<'_>) -> Option<Handling> {
    Handling::of_all([found.old, found.new].map(|side| side.assessment.handling))
}

/// What is compared, in lines.
pub(super) fn header(found: &ListComparison<'_>) -> Vec<String> {
    let assessment = |side: DiffSide<'_>| format!("{}, {}", side.assessment.title, side.assessment.period);
    let rules = |side: DiffSide<'_>| {
        let place = crate::files::folder_of(&side.rules.place.source.name);
        format!("{}, version {} ({place})", side.rules.name, side.rules.version)
    };
    let mut lines = vec![found.new.assessment.partnership.clone()];
    if found.evidence.is_some() || found.chosen.is_some() || found.plans.is_some() {
        lines.push(format!("Old: {}", assessment(found.old)));
        lines.push(format!("New: {}", assessment(found.new)));
    } else {
        lines.push(assessment(found.new));
    }
    match &found.rules {
        Some(_) => {
            lines.push(format!("Old rules: {}", rules(found.old)));
            lines.push(format!("New rules: {}", rules(found.new)));
        }
        None => lines.push(format!("Rules: {}", rules(found.new))),
    }
    let [old, new] = [found.old.record, found.new.record];
    if old.is_some() && old.map(|record| record.digest) == new.map(|record| record.digest) {
        lines.extend(new.map(|record| sealed("Both are the record", record)));
    } else {
        lines.extend(old.map(|record| sealed("Old record", record)));
        lines.extend(new.map(|record| sealed("New record", record)));
    }
    lines
}

/// `Old record, stated 2020-02-14 by Analyst: sha256:…`.
fn sealed(which: &str, record: RecordIdentity<'_>) -> String {
    let date = record.date.map(|date| format!(" {date}"));
    let by = record.by.map(|by| format!(" by {by}"));
    let said: String = [date, by].into_iter().flatten().collect();
    let stated = if said.is_empty() { String::new() } else { format!(", stated{said}") };
    format!("{which}{stated}: {}", record.digest)
}

/// All sections of the comparison, in the order in which they are shown.
pub(super) fn sections(found: &ListComparison<'_>) -> Vec<DiffSection> {
    let mut top = movement::top(&found.moved);
    let same = found.rules.is_none() && found.evidence.is_none() && found.chosen.is_none();
    if same && found.plans.is_none() {
        top.after.push("Both sides are the same: the same rules and the same evidence.".to_owned());
        return vec![top];
    }
    let mut sections = vec![top, movement::who(&found.moved)];
    sections.extend(found.members.as_ref().map(members::members));
    sections.extend(choices::chosen(found));
    sections.extend(committee::committee(&found.committee));
    sections.extend(found.plans.as_deref().map(plans::plans).into_iter().flatten());
    sections.extend(found.areas.as_ref().map(areas::areas));
    if [found.areas().is_some(), found.rules.is_some(), found.evidence.is_some()].iter().filter(|is| **is).count() > 1 {
        sections.push(apart(found));
    }
    if let Some(other) = &found.rules {
        sections.push(rules::changes(other));
        sections.extend(rules::credit(other, found.before_rules()));
    }
    if let Some(other) = &found.evidence {
        sections.extend(evidence::answers(other, found.new));
    }
    sections
}

/// How much of each change of a total is that of the areas, of the rules and of the evidence.
fn apart(found: &ListComparison<'_>) -> DiffSection {
    let steps = [
        ("areas", found.areas().map(|it| &it.moved)),
        ("rules", found.rules.as_ref().map(|it| &it.moved)),
        ("evidence", found.evidence.as_ref().map(|it| &it.moved)),
    ];
    let steps: Vec<(&'static str, &Movement)> =
        steps.into_iter().filter_map(|(name, moved)| Some((name, moved?))).collect();
    let names: Vec<String> = steps.iter().map(|(name, _)| (*name).to_owned()).collect();
    let mut section = DiffSection::new(upper_first(&names.join(", ").replacen(", evidence", " or evidence", 1)));
    section.before.push(match found.areas() {
        None => {
            "Both the rules and the evidence have changed. The rules were changed first, on the old evidence, and then \
                 the evidence."
                .to_owned()
        }
        Some(_) => format!("The {} have changed, one after the other: the parts add up to the change.", listed(&names)),
    });
    let headings = [("", false), ("by", true)].into_iter().chain(steps.iter().map(|(name, _)| (*name, true)));
    section.table = DiffTable::new(&headings.collect::<Vec<_>>());
    let made_of = found.areas().map(|areas| &areas.on.made_of);
    let row = |mover: &MovedCandidate| {
        let by = mover.total_change().map_or_else(|| "–".to_owned(), Fixed::signed);
        // Under which id it was known once the areas were the new ones.
        let is_on_new = made_of.is_some_and(|made_of| made_of.contains_key(&mover.new.id));
        let id = if is_on_new { &mover.new.id } else { &mover.old.id };
        let parts = steps.iter().map(|(name, moved)| match *name {
            "areas" => step(moved, mover, (&mover.old.id, id)),
            "rules" => step(moved, mover, (id, id)),
            _ => step(moved, mover, (id, &mover.new.id)),
        });
        [movement::was_and_is(mover), by].into_iter().chain(parts).collect()
    };
    section.table.rows = found.moved.movers.iter().take(movement::MAX_LINES).map(row).collect();
    section
}

/// What a step made of a total.
fn step(moved: &Movement, mover: &MovedCandidate, (was, is): (&str, &str)) -> String {
    match moved.movers.iter().find(|it| it.old.id == was && it.new.id == is) {
        Some(step) => step.total_change().map_or_else(|| "–".to_owned(), Fixed::signed),
        None => mover.total_change().map_or_else(|| "–".to_owned(), |by| Fixed::new(0, by.decimals()).to_string()),
    }
}
