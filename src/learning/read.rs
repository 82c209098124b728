//! What was agreed: from a file, or from the decisions filed with the assessment.

use std::collections::BTreeMap;
use std::sync::Arc;

use toml::Value;

use super::agreed_list::{AgreedList, AgreedStatement, StatedPreference};
use super::format::{AgreedFile, StatementEntry};
use crate::assessment::decisions::DecisionOutcome;
use crate::assessment::{Assessment, Period, canonical_digest, day};
use crate::diagnostic::{Code, Place, Problem, Problems, SourceFile, did_you_mean};
use crate::files::{Files, TEXT_LIMIT, read_text};
use crate::rules::{RuleSet, WeightMethod};
use crate::scoring::{Ranking, Standing};
use crate::toml_file::{At, Checker, duplicate, parse};
use crate::words::whole;

/// How many pairs may be ordered in all.
const MAX_PAIRS: usize = 100_000;
/// What a statement may say.
const STATEMENT_HELP: &str = "write `above` and `below`, or `order`, or `chosen`";

/// What no longer is as it was recorded of weights that were learnt: what was agreed is gone, or says something else.
/// Whether the weights are those that it gave can't be told from the rules alone: they came from evidence, too.
pub fn changed_since_recorded(files: &dyn Files, rules: &RuleSet) -> Problems {
    let Some(origin) = rules.origin.as_ref().filter(|origin| origin.method == WeightMethod::Learnt) else {
        return Problems::default();
    };
    let warning = |message: String| {
        let help = "learn the weights again with `--write`, or put the old file back";
        Problem::new(Code::AnswersChanged, message).at(origin.place.clone()).help(help)
    };
    let mut unread = Problems::default();
    let read = unread.take(read_text(files, &origin.path, TEXT_LIMIT, None));
    let parsed = read.and_then(|source| parse::<AgreedFile>(&source, &mut unread)).filter(|_| !unread.has_errors());
    match parsed.map(|parsed| canonical_digest(&Value::Table(parsed.content))) {
        None => {
            let why = unread.iter().next().map(|problem| problem.message.clone()).unwrap_or_default();
            warning(format!("what the weights were learnt from can no longer be read: {why}")).into()
        }
        Some(digest) if digest != origin.digest => {
            warning(format!("what was agreed is not what was recorded: its digest is {digest}")).into()
        }
        Some(_) => Problems::default(),
    }
}

/// The agreed list in the file `path`. What is wrong with it goes to `problems`.
pub fn load(files: &dyn Files, path: &str, assessment: &Assessment, problems: &mut Problems) -> Option<AgreedList> {
    let source = problems.take(read_text(files, path, TEXT_LIMIT, None))?;
    let mut found = Problems::default();
    let agreed = parse::<AgreedFile>(&source, &mut found).map(|parsed| {
        let mut check = Checker { source: &source, lost: &parsed.lost, problems: &mut found };
        let digest = canonical_digest(&Value::Table(parsed.content));
        judge_file(&source, &parsed.file, digest, assessment, &mut check)
    });
    let sound = !found.has_errors();
    problems.extend(found);
    agreed.filter(|_| sound)
}

/// What the board's decisions say, as filed with the assessment: those taken stand above all others, and those given a place
/// have it among those taken. Who is in the first tier and has no decision yet is left out, as the board has not spoken.
///
/// # Errors
/// No decisions are filed, or none takes a candidate.
pub fn from_decisions(ranking: &Ranking<'_>) -> Result<AgreedList, Problem> {
    let candidates = &ranking.assessment.candidates;
    let Some(decisions) = &ranking.assessment.decisions else {
        return Err(Problem::new(Code::NothingAgreed, "there is no agreed list to learn from").help(
            "name a file of what was agreed, `prioritise learn ASSESSMENT AGREED.toml`, or file `decisions.toml`",
        ));
    };
    let number = |id: &str| candidates.binary_search_by(|candidate| candidate.id.as_str().cmp(id)).ok();
    let id = |candidate: &usize| candidates.get(*candidate).map_or("", |candidate| &*candidate.id);
    let list: Vec<(usize, bool, Period)> = decisions
        .board_list(ranking.order().iter().map(id))
        .iter()
        .filter_map(|it| Some((number(&it.decision.candidate)?, it.decision.place.is_some(), it.decision.date)))
        .collect();
    let chosen: Vec<usize> = list.iter().map(|(candidate, ..)| *candidate).collect();
    let decided = |candidate: &usize| decisions.decisions.get(id(candidate)).map(|decision| decision.outcome);
    let open =
        |candidate: &usize| decided(candidate).is_none() && ranking.outcome().standing(*candidate) == Standing::Tier(0);
    let others =
        (0..candidates.len()).filter(|it| matches!(decided(it), None | Some(DecisionOutcome::Rejected)) && !open(it));
    let others: Vec<usize> = others.collect();
    if chosen.is_empty() {
        return Err(Problem::new(
            Code::NothingAgreed,
            "no decision takes a candidate, so there is nothing to learn from",
        )
        .at(decisions.place.clone())
        .help("name a file of what was agreed: `prioritise learn ASSESSMENT AGREED.toml`"));
    }
    let source = Some(decisions.title.clone());
    let first = AgreedStatement {
        preference: StatedPreference::Chosen { chosen, others },
        source: source.clone(),
        date: Some(decisions.date),
    };
    let placed = list.iter().enumerate().filter(|(_, (_, placed, _))| *placed).map(|(at, (candidate, _, date))| {
        let of = |it: &[(usize, bool, Period)]| it.iter().map(|(candidate, ..)| *candidate).collect();
        let (after, before) = (of(list.get(..at).unwrap_or_default()), of(list.get(at + 1..).unwrap_or_default()));
        let says = StatedPreference::Placed { candidate: *candidate, after, before };
        AgreedStatement { preference: says, source: source.clone(), date: Some(*date) }
    });
    let origin = format!("{}, {}", decisions.title, decisions.date);
    let statements = [first].into_iter().chain(placed).collect();
    let agreed = AgreedList { origin, statements, digest: decisions.digest.clone() };
    let pairs = agreed.statements.iter().map(|statement| statement.preference.pair_count()).sum();
    if pairs > MAX_PAIRS {
        return Err(too_many(pairs, decisions.place.clone()));
    }
    Ok(agreed)
}

fn judge_file(
    source: &Arc<SourceFile>,
    file: &AgreedFile,
    digest: String,
    assessment: &Assessment,
    check: &mut Checker<'_>,
) -> AgreedList {
    let mut statements = Vec::new();
    let mut places = Vec::new();
    let mut pairs = 0_usize;
    for written in &file.statement {
        let says = stated_preference(written, assessment, check);
        let source = written.value.source.as_ref().and_then(|source| check.text(source, "the source"));
        let date = written.value.date.as_ref().and_then(|date| day(check, date));
        if let Some(says) = says {
            let statement = AgreedStatement { preference: says, source, date };
            pairs = pairs.saturating_add(statement.preference.pair_count());
            if pairs > MAX_PAIRS {
                check.problems.push(too_many(pairs, check.place(&written.span)));
                break;
            }
            statements.push(statement);
            places.push(check.place(&written.span));
        }
    }
    if file.statement.is_empty() && !check.problems.has_errors() {
        let help = format!("add a `[[statement]]`: {STATEMENT_HELP}");
        check.problem(Code::NothingAgreed, &(0..0), "this file has no statement", help);
    }
    let agreed = AgreedList { origin: source.name.clone(), statements, digest };
    tell_opposites(&agreed, &places, assessment, check);
    agreed
}

fn too_many(pairs: usize, place: Place) -> Problem {
    let message = format!("{} pairs are ordered; {} can be learnt from", whole(pairs), whole(MAX_PAIRS));
    Problem::new(Code::BadValue, message).at(place).help("name fewer candidates, in an `order` or in pairs")
}

/// What one statement says; none where that can't be told.
fn stated_preference(
    written: &At<StatementEntry>,
    assessment: &Assessment,
    check: &mut Checker<'_>,
) -> Option<StatedPreference> {
    let StatementEntry { above, below, order, chosen, .. } = &written.value;
    match (above, below, order, chosen) {
        (Some(above), Some(below), None, None) => {
            let ends = [above, below].map(|id| candidate(id, assessment, check));
            let [Some(one), Some(other)] = ends else { return None };
            if one == other {
                let message = format!("`{}` can't be above itself", above.value);
                check.problem(Code::BadValue, &below.span, message, "name two candidates");
                return None;
            }
            Some(StatedPreference::Above { higher: one, lower: other })
        }
        (None, None, Some(order), None) => {
            let candidates = each_once(order, assessment, check)?;
            if candidates.len() < 2 {
                check.problem(
                    Code::BadValue,
                    &order.span,
                    "an order needs at least two candidates",
                    "name at least two candidates",
                );
                return None;
            }
            Some(StatedPreference::Order(candidates))
        }
        (None, None, None, Some(set)) => {
            let chosen = each_once(set, assessment, check)?;
            let others: Vec<usize> = (0..assessment.candidates.len()).filter(|it| !chosen.contains(it)).collect();
            if chosen.is_empty() || others.is_empty() {
                let message = if chosen.is_empty() { "no candidate is chosen" } else { "every candidate is chosen" };
                check.problem(
                    Code::BadValue,
                    &set.span,
                    message,
                    "name those that were chosen, and leave out the others",
                );
                return None;
            }
            Some(StatedPreference::Chosen { chosen, others })
        }
        // A key that could not be read was told.
        _ if check.lost.has_lost_from(&written.span) => None,
        (None, None, None, None) => unclear_statement(check, written, "this statement says nothing"),
        (Some(_), None, None, None) => unclear_statement(check, written, "this statement has `above` and no `below`"),
        (None, Some(_), None, None) => unclear_statement(check, written, "this statement has `below` and no `above`"),
        _ => unclear_statement(check, written, "this statement says more than one thing"),
    }
}

fn unclear_statement(check: &mut Checker<'_>, written: &At<StatementEntry>, message: &str) -> Option<StatedPreference> {
    check.problem(Code::WhichStatement, &written.span, message, STATEMENT_HELP);
    None
}

/// The candidates of a list, by number, each of which must be there once.
fn each_once(list: &At<Vec<At<String>>>, assessment: &Assessment, check: &mut Checker<'_>) -> Option<Vec<usize>> {
    let mut first: BTreeMap<usize, Place> = BTreeMap::new();
    let mut found = Vec::new();
    let mut sound = true;
    for id in &list.value {
        let Some(number) = candidate(id, assessment, check) else {
            sound = false;
            continue;
        };
        let place = check.place(&id.span);
        if let Some(first) = first.get(&number) {
            sound = false;
            let twice = duplicate(place, "a place in this statement for", &id.value, Some(first));
            check.problems.push(twice.help("take one of the two out"));
            continue;
        }
        first.insert(number, place);
        found.push(number);
    }
    sound.then_some(found)
}

fn candidate(id: &At<String>, assessment: &Assessment, check: &mut Checker<'_>) -> Option<usize> {
    let found = assessment.candidates.binary_search_by(|candidate| candidate.id.cmp(&id.value)).ok();
    if found.is_none() {
        let known = assessment.candidates.iter().map(|candidate| &*candidate.id);
        let message = format!("there is no candidate `{}`", id.value);
        check.problem(Code::UnknownId, &id.span, message, did_you_mean(&id.value, known));
    }
    found
}

/// Statements that say the opposite of an earlier one: once for each two of them.
fn tell_opposites(agreed: &AgreedList, places: &[Place], assessment: &Assessment, check: &mut Checker<'_>) {
    let id = |candidate: usize| assessment.candidates.get(candidate).map_or("", |candidate| &*candidate.id);
    let mut said: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for (at, (statement, place)) in agreed.statements.iter().zip(places).enumerate() {
        let mut told = Vec::new();
        for (above, below) in statement.preference.pairs() {
            said.entry((above, below)).or_insert(at);
            let Some((earlier, first)) = said.get(&(below, above)).and_then(|it| Some((*it, places.get(*it)?))) else {
                continue;
            };
            if told.contains(&earlier) {
                continue;
            }
            told.push(earlier);
            let line = first.source.line(first.span.start);
            let message = format!("`{}` is above `{}` here, and below it in line {line}", id(above), id(below));
            let problem = Problem::new(Code::OppositeStatements, message).at(place.clone());
            check.problems.push(problem.help("no list can do both: take out the one that the board does not mean"));
        }
    }
}
