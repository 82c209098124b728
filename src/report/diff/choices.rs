//! What the boards decided, and what became of the old priorities.

use super::movement::{MAX_LINES, stood, turned};
use super::section::{DiffSection, DiffTable};
use crate::board::{BoardComparison, CandidateDecision};
use crate::diff::{
    BoardVerdict, Choices, DiffSide, ListComparison, ListedCandidate, NewPriority, OldPriority, PriorityOutcome,
    Successor,
};
use crate::explain::overrides_in_words;
use crate::rules::RuleSet;
use crate::words::{counted, listed, whole};

/// What was chosen on each side, and what became of the old choice.
pub(super) fn chosen(found: &ListComparison<'_>) -> Vec<DiffSection> {
    let Some(chosen) = &found.chosen else { return Vec::new() };
    let decided = (chosen.boards.0.is_some() || chosen.boards.1.is_some()).then(|| decided(chosen, found));
    decided.into_iter().chain([became(chosen, found)]).collect()
}

// --- What the boards decided ------------------------------------------------------------------------------------------

fn decided(chosen: &Choices<'_>, found: &ListComparison<'_>) -> DiffSection {
    let mut section = DiffSection::new("What the board decided");
    section.before.push(met("Old", chosen.boards.0.as_ref(), found.old));
    section.before.push(met("New", chosen.boards.1.as_ref(), found.new));
    section.table = DiffTable::new(&[("", false), ("old", false), ("new", false)]);
    let said = |decided: &Option<CandidateDecision<'_>>| decided.as_ref().map_or_else(|| "–".to_owned(), with_lead);
    let row =
        |verdict: &BoardVerdict<'_>| vec![verdict.candidate.title.clone(), said(&verdict.old), said(&verdict.new)];
    section.table.rows = chosen.verdicts.iter().take(MAX_LINES).map(row).collect();
    if chosen.verdicts.len() > MAX_LINES {
        let all = whole(chosen.verdicts.len());
        section.after.push(format!("The first {MAX_LINES} of {all} are shown; the JSON has all."));
    }
    let changed = chosen.verdicts.iter().filter(|verdict| verdict.changed());
    let new: Vec<&CandidateDecision<'_>> = changed.filter_map(|verdict| verdict.new.as_ref()).collect();
    section.after.extend(new.iter().take(MAX_LINES).map(|decided| reason(decided, found.new.rules)));
    section
}

/// Who met and what came of it: `Old: Board, 10 March 2020: 3 taken, 1 rejected.`
fn met(which: &str, board: Option<&BoardComparison<'_>>, side: DiffSide<'_>) -> String {
    let Some(board) = board else { return format!("{which}: no decisions are filed.") };
    let (title, date) = (&board.decisions.title, board.decisions.date);
    let many = |count: usize| if count == 0 { "none".to_owned() } else { whole(count) };
    let counts = format!("{} taken, {} rejected", many(board.list.len()), many(board.rejected.len()));
    let mut told = format!("{which}: {title}, {date}: {counts}.");
    if !board.undecided.is_empty() {
        let titles: Vec<String> = board.undecided.iter().take(MAX_LINES).map(|it| it.title.clone()).collect();
        let more = board.undecided.len() - titles.len();
        let more = if more > 0 { format!(" and {} more", whole(more)) } else { String::new() };
        let tier = side.rules.tiers.first().map_or("", |tier| &tier.title);
        told.push_str(&format!(" In \"{tier}\", without a decision: {}{more}.", listed(&titles)));
    }
    told
}

/// What was decided, who leads on it and by when, as far as that is filed.
fn with_lead(decided: &CandidateDecision<'_>) -> String {
    let lead = decided.decision.lead.as_ref().map(|lead| format!("lead: {lead}"));
    let due = decided.decision.due.map(|due| format!("by {due}"));
    [Some(outcome(decided)), lead, due].into_iter().flatten().collect::<Vec<_>>().join("; ")
}

/// What was decided, with the place that was given, if one was.
pub(in crate::report) fn outcome(decided: &CandidateDecision<'_>) -> String {
    use crate::assessment::decisions::DecisionOutcome;
    match (decided.decision.outcome, decided.decision.place) {
        (DecisionOutcome::Rejected, _) => "rejected".to_owned(),
        (DecisionOutcome::Moved, Some(place)) => format!("moved to place {place}"),
        (DecisionOutcome::Adopted, Some(place)) => format!("adopted at place {place}"),
        (_, None) => "adopted".to_owned(),
    }
}

/// A new decision that is other than the old one: how it overruled the rules if it did, why, and who spoke for it.
fn reason(decided: &CandidateDecision<'_>, rules: &RuleSet) -> String {
    let (ways, decision) = (overrides_in_words(decided, rules), decided.decision);
    let did = if ways.is_empty() { outcome(decided) } else { ways.join("; ") };
    let why = decision.reason.trim_end_matches('.');
    format!("{}, {did}: {why} ({}, {}).", decided.candidate.title, decision.by, decision.date)
}

// --- What became of the old priorities --------------------------------------------------------------------------------

fn became(chosen: &Choices<'_>, found: &ListComparison<'_>) -> DiffSection {
    let mut section = DiffSection::new("What became of the old priorities");
    section.before.push(by_whom(chosen, found));
    section.table =
        DiffTable::new(&[("", false), ("rank", true), ("total", true), ("tier", false), ("what became of it", false)]);
    section.table.rows = chosen.old_priorities.iter().take(MAX_LINES).flat_map(rows).collect();
    if chosen.old_priorities.len() > MAX_LINES {
        let all = whole(chosen.old_priorities.len());
        section.after.push(format!("The first {MAX_LINES} of {all} are shown; the JSON has all."));
    }
    section
        .after
        .extend(chosen.old_priorities.iter().take(MAX_LINES).flat_map(|fate| &fate.successors).filter_map(gate));
    section.after.push(of_the_old(&chosen.old_priorities));
    section.after.push(of_the_new(&chosen.new_priorities));
    section
}

/// By whom the priorities were chosen on each side.
fn by_whom(chosen: &Choices<'_>, found: &ListComparison<'_>) -> String {
    let tier =
        |side: DiffSide<'_>| side.rules.tiers.first().map_or_else(String::new, |tier| format!("\"{}\"", tier.title));
    let (old, new) = (tier(found.old), tier(found.new));
    match (chosen.boards.0.is_some(), chosen.boards.1.is_some()) {
        (true, true) => "The priorities are what each board took.".to_owned(),
        (true, false) => {
            format!(
                "The old priorities are what the board took. The new ones are the rules' {new}: no decisions are filed."
            )
        }
        (false, true) => {
            format!(
                "The old priorities are the rules' {old}: no decisions are filed. The new ones are what the board took."
            )
        }
        (false, false) if old == new => format!("The priorities are the rules' {new}: no decisions are filed."),
        (false, false) => format!("The priorities are the rules' {old}, and now {new}: no decisions are filed."),
    }
}

/// A line for each candidate that it is now, or one for what it was where it is gone.
fn rows(fate: &OldPriority<'_>) -> Vec<Vec<String>> {
    let figures = |stand: &ListedCandidate| {
        let rank = stand.rank.map_or_else(|| "–".to_owned(), |rank| rank.to_string());
        let total = stand.total.map_or_else(|| "–".to_owned(), |total| total.to_string());
        [rank, total, stand.tier.clone()]
    };
    let line = |new: &ListedCandidate, words: String| {
        let both = figures(&fate.old).into_iter().zip(figures(new)).map(|(old, new)| turned(&old, &new));
        std::iter::once(fate.old.title.clone()).chain(both).chain([words]).collect()
    };
    let words = |now: &Successor<'_>| match now.stand.id == fate.old.id && now.stand.title == fate.old.title {
        true => in_words(now).to_owned(),
        false => format!("now {}: {}", now.stand.title, in_words(now)),
    };
    if fate.successors.is_empty() {
        return vec![line(&fate.old, "gone".to_owned())];
    }
    fate.successors.iter().map(|now| line(&now.stand, words(now))).collect()
}

fn in_words(now: &Successor<'_>) -> &'static str {
    match now.outcome {
        PriorityOutcome::Kept => "still a priority",
        PriorityOutcome::Undecided => "no decision yet",
        PriorityOutcome::Rejected => "rejected by the board",
        PriorityOutcome::NotRanked => "not ranked: too little is filed",
        PriorityOutcome::Dropped => "has left the top tier",
        PriorityOutcome::Outside => "outside the tier, as before",
        PriorityOutcome::Gone => "gone",
    }
}

/// The gate that puts an old priority outside the tiers.
fn gate(now: &Successor<'_>) -> Option<String> {
    let gate = now.gate.as_ref()?;
    let does = gate.effect.words().against_a_decision;
    let why = gate.reason.trim_end_matches('.');
    Some(format!("{}: the gate \"{}\" {does}: {why}.", now.stand.title, gate.title))
}

/// `Of 4 old priorities, 2 are priorities still, 1 was rejected by the board and 1 is gone from the assessment.`
pub(in crate::report) fn of_the_old(fates: &[OldPriority<'_>]) -> String {
    let told = |(became, one, many): (PriorityOutcome, &str, &str)| {
        let count = fates.iter().filter(|fate| fate.best_outcome() == became).count();
        (count > 0).then(|| if fates.len() == 1 { one.to_owned() } else { counted(count, one, many) })
    };
    let parts = [
        (PriorityOutcome::Kept, "is still a priority", "are still priorities"),
        (PriorityOutcome::Undecided, "has no decision yet", "have no decision yet"),
        (PriorityOutcome::NotRanked, "is not ranked as too little is filed", "are not ranked as too little is filed"),
        (PriorityOutcome::Rejected, "was rejected by the board", "were rejected by the board"),
        (PriorityOutcome::Dropped, "has left the top tier", "have left the top tier"),
        (
            PriorityOutcome::Outside,
            "is outside the top tier as it was, and not taken by the board",
            "are outside the top tier as they were, and not taken by the board",
        ),
        (PriorityOutcome::Gone, "is gone from the assessment", "are gone from the assessment"),
    ];
    let parts = listed(&parts.into_iter().filter_map(told).collect::<Vec<_>>());
    match fates.len() {
        0 => "There were no old priorities.".to_owned(),
        1 => format!("The one old priority {parts}."),
        many => format!("Of {} old priorities, {parts}.", whole(many)),
    }
}

/// `Of 3 new priorities, 2 were priorities before, and 1 was not: Arson (was rank 5, 39.76, Watch).`
pub(in crate::report) fn of_the_new(priorities: &[NewPriority]) -> String {
    let (new, before): (Vec<&NewPriority>, Vec<&NewPriority>) =
        priorities.iter().partition(|priority| priority.carried_from.is_empty());
    let mut names: Vec<String> = new.iter().take(MAX_LINES).map(|priority| newly(priority)).collect();
    if new.len() > MAX_LINES {
        names.push(format!("{} more", whole(new.len() - MAX_LINES)));
    }
    let names = listed(&names);
    let before = counted(before.len(), "was a priority before", "were priorities before");
    match (priorities.len(), new.len()) {
        (0, _) => "There are no new priorities.".to_owned(),
        (1, 0) => "The one new priority was one before.".to_owned(),
        (1, _) => format!("The one new priority was not one before: {names}."),
        (all, 0) => format!("Of {} new priorities, {before}, and none is new.", whole(all)),
        (all, new) if all == new => format!("Of {} new priorities, none was one before: {names}.", whole(all)),
        (all, new) => {
            let was_not = counted(new, "was not", "were not");
            format!("Of {} new priorities, {before}, and {was_not}: {names}.", whole(all))
        }
    }
}

/// `Arson (was rank 5, 39.76, Watch)`.
fn newly(priority: &NewPriority) -> String {
    let before: Vec<String> = priority.stood.iter().map(stood).collect();
    let before =
        if before.is_empty() { "not in the old assessment".to_owned() } else { format!("was {}", listed(&before)) };
    format!("{} ({before})", priority.stand.title)
}
