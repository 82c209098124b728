//! Decisions judged: each about a candidate that there is, once, with a place where it can have one.

use std::collections::BTreeMap;

use toml::Value;

use super::format::{self, DecisionOutcome};
use super::{ChosenSet, Decision, Decisions, DecisionsSource};
use crate::assessment::judging::period;
use crate::assessment::{Candidate, Period, canonical_digest, day};
use crate::diagnostic::{Code, Place, Problems, did_you_mean};
use crate::toml_file::{At, Checker, WrittenNumber, duplicate};
use crate::words::counted;

const OUTCOMES: &str = "`moved` needs a place in the board's list, `adopted` may have one, `rejected` has none";

/// The decisions that the file makes. Where not all candidates could be read, one that is not among `candidates` may be
/// there all the same.
pub(in crate::assessment) fn validate(
    gathered: DecisionsSource,
    candidates: &[Candidate],
    all_candidates: bool,
    problems: &mut Problems,
) -> Option<Decisions> {
    let (source, parsed) = gathered;
    let (meeting, written) = (&parsed.file.meeting, &parsed.file.decision);
    let mut check = Checker { source: &source, lost: &parsed.lost, problems };
    let title = check.text(&meeting.title, "the meeting's title");
    let date = day(&mut check, &meeting.date);
    let mut decisions = BTreeMap::new();
    let mut first: BTreeMap<&str, Place> = BTreeMap::new();
    for written in written {
        let about = &written.value.candidate;
        if all_candidates {
            known(&mut check, about, candidates);
        }
        if let Some(first) = first.get(&*about.value) {
            let twice = duplicate(check.place(&about.span), "a decision on", &about.value, Some(first));
            check.problems.push(twice.help("take one of the two out"));
        }
        first.entry(&about.value).or_insert_with(|| check.place(&about.span));
        let judged = decision(&mut check, written, date);
        decisions.extend(judged.map(|judged| (about.value.clone(), judged)));
    }
    // Whether areas have places of their own the rules say: `rules/fit.rs`.
    if candidates.iter().all(|candidate| candidate.area.is_none()) {
        places(&mut check, written);
    }
    let chosen = parsed.file.chosen.as_ref().and_then(|written| chosen(&mut check, written));
    let (place, digest) = (check.place(&meeting.title.span), digest(parsed.content));
    Some(Decisions { title: title?, date: date?, decisions, chosen, digest, place })
}

fn chosen(check: &mut Checker<'_>, written: &At<format::ChosenSet>) -> Option<ChosenSet> {
    let At { value: written, span } = written;
    let reason = check.text(&written.reason, "the reason");
    let by = check.text(&written.by, "the role");
    let of = written.period.as_ref().map(|of| period(check, of));
    let mut first: BTreeMap<&str, Place> = BTreeMap::new();
    for action in &written.actions {
        check.once(&mut first, "an action", action);
    }
    let actions = written.actions.iter().map(|action| (action.value.clone(), check.place(&action.span))).collect();
    let of = match of {
        Some(None) => return None,
        of => of.flatten(),
    };
    Some(ChosenSet { actions, period: of, reason: reason?, by: by?, place: check.place(span) })
}

fn known(check: &mut Checker<'_>, about: &At<String>, candidates: &[Candidate]) {
    if candidates.binary_search_by(|candidate| candidate.id.cmp(&about.value)).is_err() {
        let known = candidates.iter().map(|candidate| &*candidate.id);
        let message = format!("there is no candidate `{}`", about.value);
        check.problem(Code::UnknownId, &about.span, message, did_you_mean(&about.value, known));
    }
}

fn decision(check: &mut Checker<'_>, written: &At<format::Decision>, met: Option<Period>) -> Option<Decision> {
    let At { value: written, span } = written;
    let reason = check.text(&written.reason, "the reason");
    let by = check.text(&written.by, "the role");
    let date = written.date.as_ref().map_or(met, |date| day(check, date));
    let outcome = written.outcome.value;
    let place = match &written.place {
        Some(given) if outcome == DecisionOutcome::Rejected => {
            check.problem(Code::BadPlace, &given.span, "what is rejected has no place in the board's list", OUTCOMES);
            None
        }
        Some(given) => Some(number(check, given)?),
        None if outcome == DecisionOutcome::Moved && !check.lost.has_lost_from(span) => {
            let message = "the key `place` is missing: moved where to?";
            check.problem(Code::MissingKey, &written.outcome.span, message, OUTCOMES);
            None
        }
        None => None,
    };
    let lead = written.lead.as_ref().and_then(|lead| check.text(lead, "the role"));
    let due = written.due.as_ref().and_then(|due| day(check, due));
    let candidate = written.candidate.value.clone();
    Some(Decision { candidate, outcome, place, reason: reason?, by: by?, date: date?, lead, due })
}

/// The places given: none beyond the end of the list, and none twice.
fn places(check: &mut Checker<'_>, written: &[At<format::Decision>]) {
    let taken = || written.iter().map(|one| &one.value).filter(|one| one.outcome.value != DecisionOutcome::Rejected);
    let length = taken().count();
    let mut first: BTreeMap<usize, (&str, Place)> = BTreeMap::new();
    for decision in taken() {
        let Some((given, place)) = decision.place.as_ref().and_then(|given| Some((given, whole(given.value.0)?)))
        else {
            continue;
        };
        let about = &decision.candidate.value;
        if let Some((other, at)) = first.get(&place) {
            let line = at.source.line(at.span.start);
            let message = format!("`{other}` has place {place} already, in line {line}");
            check.problem(Code::BadPlace, &given.span, message, "give each a place of its own");
        } else if place > length && !check.lost.has_lost_table {
            let places = counted(length, "place", "places");
            let message = format!("there is no place {place}: the board's list has {places}");
            let help = "count those adopted and moved: 1 is the first place, and each has one";
            check.problem(Code::BadPlace, &given.span, message, help);
        }
        first.entry(place).or_insert_with(|| (about, check.place(&given.span)));
    }
}

fn number(check: &mut Checker<'_>, given: &At<WrittenNumber>) -> Option<usize> {
    check.whole_above_zero(given, "a place").and_then(whole)
}

/// A whole number above 0 as a place.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole, above 0 and far below 2^53")]
fn whole(number: f64) -> Option<usize> {
    (number.fract() == 0.0 && (1.0..=9e15).contains(&number)).then_some(number as usize)
}

/// The digest of what the file says, whatever the order of the decisions.
fn digest(mut content: toml::Table) -> String {
    if let Some(Value::Array(decisions)) = content.get_mut("decision") {
        decisions.sort_by_cached_key(canonical_digest);
    }
    canonical_digest(&Value::Table(content))
}
