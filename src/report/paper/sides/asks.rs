//! What the board is asked to decide, and what it would mean to decide nothing.

use super::super::gaps;
use super::super::model::{Ask, Asks};
use super::basis::Answers;
use super::list::open_places_in_words;
use super::shown::{first_side_by_side, in_words, nouns, ordinal, side_by_side, so_many, titles};
use super::sure::{Sureness, Surety, above_unknown, given};
use crate::assessment::Candidate;
use crate::assessment::statement::Heading;
use crate::ranked::RankedAssessment;
use crate::scoring::Trace;
use crate::words::{as_read, listed, lower_title};

/// So many missing answers are named.
const MOST_MISSING: usize = 4;
/// So many priorities of the last plan are.
const MOST_KEPT: usize = 6;

/// What the board is asked to decide; one line where it has decided. While anything is made up, only to have it replaced: the
/// rest is told as what it would be asked then.
pub(super) fn asks(report: &RankedAssessment<'_>, sure: &Sureness) -> Asks {
    if let Some(board) = &report.board {
        let decided = &board.decisions;
        let when = format!(
            "{}, {}. The list below is what the rules found (“Decisions” has the board’s own).",
            decided.title, decided.date
        );
        return Asks { now: vec![ask("Note what the board decided:", when)], once_replaced: Vec::new() };
    }
    let parts = [taken(report, sure), not_known(report, sure), open(report, sure)];
    let chosen = parts.into_iter().flatten();
    let led = ask("Name a lead and a date for each", "(see “Decisions”).".to_owned());
    numbered(match Answers::of(report.traces.iter()).made_up {
        0 => Asks { now: chosen.chain([kept("Or keep", report), led]).collect(), once_replaced: Vec::new() },
        made_up => {
            let answers = if made_up == 1 { "answer" } else { "answers" };
            let replaced = ask(
                &format!("Have the {made_up} made-up {answers} replaced"),
                "by real ones, with roles and days.".to_owned(),
            );
            Asks { now: vec![replaced, kept("Until then keep", report)], once_replaced: chosen.chain([led]).collect() }
        }
    })
}

/// The number is that of the first: [`numbered`] gives each its own.
fn ask(what: &str, more: String) -> Ask {
    Ask { number: 1, what: what.to_owned(), more }
}

/// Each with its number among all.
fn numbered(mut asks: Asks) -> Asks {
    for (at, ask) in asks.now.iter_mut().chain(&mut asks.once_replaced).enumerate() {
        ask.number = at + 1;
    }
    asks
}

/// To take those whose place is sure.
fn taken(report: &RankedAssessment<'_>, sure: &Sureness) -> Option<Ask> {
    let (one, many) = nouns(report);
    let mut taken = given(report);
    for surety in [Surety::Secure, Surety::Probable] {
        taken.extend(sure.those(surety, &report.traces));
    }
    let priorities = if taken.len() == 1 { "a priority" } else { "priorities" };
    (!taken.is_empty()).then(|| {
        let what = format!("Take {} as {priorities}:", so_many(taken.len(), one, many));
        ask(&what, format!("{}.", side_by_side(&titles(taken.iter().copied()))))
    })
}

/// To take or leave those of whom nothing says how sure their place is.
fn not_known(report: &RankedAssessment<'_>, sure: &Sureness) -> Option<Ask> {
    let (one, many) = nouns(report);
    let unknown = above_unknown(report, sure);
    let (priorities, them, their) = match unknown.len() {
        1 => ("a priority", "it", "its place is"),
        _ => ("priorities", "them", "their places are"),
    };
    (!unknown.is_empty()).then(|| {
        let what = format!("Take {} as {priorities} or leave {them}:", so_many(unknown.len(), one, many));
        ask(&what, format!("{}. Nothing says how sure {their}.", side_by_side(&titles(unknown))))
    })
}

/// To choose among those whose place is open, or to ask first for what is missing of them.
fn open(report: &RankedAssessment<'_>, sure: &Sureness) -> Option<Ask> {
    let open = sure.those(Surety::Open, &report.traces);
    if open.is_empty() {
        return None;
    }
    let what = match sure.open_places(report) {
        Some(0) => "Say whether another should have a place instead:".to_owned(),
        Some(places) if places < open.len() => {
            format!(
                "Choose {} of {} for {}:",
                in_words(places),
                in_words(open.len()),
                open_places_in_words(report, places)
            )
        }
        _ => format!("Decide on {} whose place is open:", in_words(open.len())),
    };
    let names = side_by_side(&titles(open.iter().copied()));
    Some(ask(&what, format!("{names}.{}", first_ask_for(&open))))
}

/// What is missing of them and could be asked for; empty where nothing is.
fn first_ask_for(open: &[&Trace<'_>]) -> String {
    let of = |trace: &&Trace<'_>| {
        let missing: Vec<String> = gaps::missing(trace).map(|part| lower_title(&part.criterion.title)).collect();
        (!missing.is_empty()).then(|| (missing.len(), format!("{} of {}", listed(&missing), trace.candidate.title)))
    };
    let missing: Vec<(usize, String)> = open.iter().filter_map(of).collect();
    match missing.iter().map(|(count, _)| count).sum() {
        0 => String::new(),
        1..=MOST_MISSING => {
            let told: Vec<String> = missing.into_iter().map(|(_, told)| told).collect();
            format!(" Or ask first for what is missing: {}.", side_by_side(&told))
        }
        count => format!(" Or ask first for the {count} answers that are missing on them (“What was not known”)."),
    }
}

/// To keep what there is and decide nothing, `Or keep` or `Until then keep`, and what that would mean.
fn kept(keep: &str, report: &RankedAssessment<'_>) -> Ask {
    let present = present_priorities(report);
    let goes_on = "What is done now goes on.";
    let is_stated = report.assessment.statements.iter().any(|statement| statement.under == Heading::LastPlan);
    match present.is_empty() {
        false => {
            let what = format!("{keep} the priorities of the last plan:");
            ask(&what, format!("{}. {goes_on}", first_side_by_side(&present, MOST_KEPT)))
        }
        true if is_stated => ask(&format!("{keep} the present priorities"), format!("(“Last year’s plan”). {goes_on}")),
        true => ask(
            &format!("{keep} what there is now."),
            format!("{goes_on} Which priorities there are now is not filed."),
        ),
    }
}

/// The priorities of the last plan, each once, with where they stand in this list: as its results name them, or as the plan does
/// that is reviewed last.
pub(super) fn present_priorities(report: &RankedAssessment<'_>) -> Vec<String> {
    let last = report.assessment.reviews.last();
    let planned = last.iter().flat_map(|plan| &plan.priorities);
    let planned = planned.map(|priority| (&priority.title, stands_now(report, |about| is_now(about, &priority.id))));
    let results = report.assessment.last_plan.iter().map(|result| &result.priority);
    let results = results.map(|title| (title, stands_now(report, |about| as_read(&about.title) == as_read(title))));
    let mut found: Vec<(&String, Option<String>)> = Vec::new();
    for (title, now) in results.chain(planned) {
        if found.iter().all(|(other, _)| *other != title) {
            found.push((title, now));
        }
    }
    let told = |(title, now): (&String, Option<String>)| match now {
        Some(now) => format!("{title} ({now} now)"),
        None => title.clone(),
    };
    found.into_iter().map(told).collect()
}

/// Whether a candidate has, or had, this id.
fn is_now(about: &Candidate, id: &String) -> bool {
    about.id == *id || about.formerly.contains(id)
}

/// Where the candidate stands that is meant; none where there is none.
fn stands_now(report: &RankedAssessment<'_>, is_meant: impl Fn(&Candidate) -> bool) -> Option<String> {
    let trace = report.traces.iter().find(|trace| is_meant(trace.candidate))?;
    Some(trace.rank.map_or_else(|| "not ranked".to_owned(), |rank| format!("{} by points", ordinal(rank))))
}
