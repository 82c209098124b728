//! Whether an assessment has what a rule set reads: kinds, scales, and names that look like slips.

use std::collections::{BTreeMap, BTreeSet};

use super::format::ListPer;
use super::rule_set::RuleSet;
use crate::assessment::decisions::{Decision, DecisionOutcome};
use crate::assessment::{Assessment, Column, Declared, Figure};
use crate::diagnostic::{Code, Place, Problem, Problems, nearest};
use crate::words::{counted, first_listed};

/// Notes evidence of the wrong kind or scale, slips in names, and evidence that no rule reads.
pub fn fit(assessment: &Assessment, declared: &BTreeMap<String, Declared>, problems: &mut Problems) {
    for (name, column) in &assessment.evidence {
        match declared.get(name) {
            Some(declared) => check_kind(name, declared, column, problems),
            None => undeclared(name, column, assessment, declared, problems),
        }
    }
}

/// So many candidates are named, and the others counted.
const MOST_NAMED: usize = 6;

/// Refuses candidates without an area, or a kind, where the rules make a list for each.
pub fn without_list(assessment: &Assessment, rules: &RuleSet) -> Option<Problem> {
    let per = rules.per?;
    let without: Vec<String> = assessment
        .candidates
        .iter()
        .filter(|candidate| rules.list_of(candidate).is_empty())
        .map(|candidate| format!("`{}`", candidate.id))
        .collect();
    let word = per.word();
    let message = format!(
        "the rules make a list for each {word}, and {} no {word}: {}",
        counted(without.len(), "candidate has", "candidates have"),
        first_listed(&without, MOST_NAMED),
    );
    let help = match per {
        ListPer::Area => {
            "give each candidate its `area`, or a table the header of its column of areas as `area`; or take `per = \"area\"` \
             out of the rule set"
        }
        ListPer::Kind => "give each candidate its `kind`, or say in `own_lists` which kinds have a list of their own",
    };
    (!without.is_empty()).then(|| Problem::new(Code::NoArea, message).at(rules.place.clone()).help(help))
}

/// Refuses places that the board gave twice or beyond the end of a list, where candidates have areas: that the rules make a
/// list for each decides whether they are places within it.
pub fn misplaced(assessment: &Assessment, rules: &RuleSet, problems: &mut Problems) {
    let has_areas = assessment.candidates.iter().any(|about| about.area.is_some());
    let Some(decisions) = assessment.decisions.as_ref().filter(|_| has_areas) else { return };
    let mut lists: BTreeMap<Option<&str>, Vec<&Decision>> = BTreeMap::new();
    for about in &assessment.candidates {
        let decided = decisions.decisions.get(&about.id).filter(|it| it.outcome != DecisionOutcome::Rejected);
        if let Some(decided) = decided {
            lists.entry(rules.per.and(about.area.as_deref())).or_default().push(decided);
        }
    }
    for (area, taken) in lists {
        let of = area.map_or_else(String::new, |code| format!(" of the area `{code}`"));
        let mut first: BTreeMap<usize, &str> = BTreeMap::new();
        for decided in &taken {
            let (Some(place), id) = (decided.place, &*decided.candidate) else { continue };
            let message = match first.get(&place) {
                Some(other) => format!("`{other}` and `{id}` both have place {place} of the board's list{of}"),
                None if place > taken.len() => {
                    let places = counted(taken.len(), "place", "places");
                    format!("`{id}` can't have place {place}: the board's list{of} has {places}")
                }
                None => {
                    first.insert(place, id);
                    continue;
                }
            };
            let help = "give each a place of its own: 1 is the first of those adopted and moved";
            problems.push(Problem::new(Code::BadPlace, message).at(decisions.place.clone()).help(help));
        }
    }
}

fn check_kind(name: &str, declared: &Declared, column: &Column, problems: &mut Problems) {
    for (_, evidence) in column.written() {
        wrong_kind(name, declared, &evidence.figure, &evidence.place, problems);
    }
    for table in column.tables() {
        let samples = table.samples();
        // All cells are of one kind, so that another kind is told once.
        let first = if table.kind() == Some(declared.kind) { samples.len() } else { 1 };
        for (figure, place) in samples.iter().take(first) {
            wrong_kind(name, declared, figure, place, problems);
        }
    }
}

fn wrong_kind(name: &str, declared: &Declared, figure: &Figure, place: &Place, problems: &mut Problems) {
    let Some(kind) = figure.kind() else { return };
    if kind != declared.kind {
        let message = format!("`{name}` is {} here; the rule set reads {}", kind.phrase(), declared.kind.phrase());
        let help = format!("give {}, or change `kind` in the rule set's `[evidence.{name}]`", declared.kind.phrase());
        problems.push(Problem::new(Code::WrongKind, message).at(place.clone()).help(help));
    }
    if let Some((message, help)) = figure.misfit(name, declared) {
        problems.push(Problem::new(Code::WrongKind, message).at(place.clone()).help(help));
    }
}

/// A name that the rules do not declare: a slip where a name like it is read and absent, otherwise just not read.
fn undeclared(
    name: &str,
    column: &Column,
    assessment: &Assessment,
    declared: &BTreeMap<String, Declared>,
    problems: &mut Problems,
) {
    let absent = |candidate: usize| -> BTreeSet<&str> {
        let has = |name: &&String| assessment.evidence.get(*name).is_some_and(|column| column.get(candidate).is_some());
        declared.keys().filter(|name| !has(name)).map(String::as_str).collect()
    };
    for (candidate, evidence) in column.written().filter(|(_, evidence)| !evidence.origin.context) {
        note(name, nearest(name, absent(candidate)), &evidence.place, problems);
    }
    for table in column.tables().iter().filter(|table| !table.origin.context) {
        let candidate = (0..table.numbers.len()).find(|candidate| table.get(*candidate).is_some());
        note(name, candidate.and_then(|candidate| nearest(name, absent(candidate))), &table.place, problems);
    }
}

fn note(name: &str, meant: Option<&str>, place: &Place, problems: &mut Problems) {
    let problem = match meant {
        Some(meant) => Problem::new(Code::UnknownEvidence, format!("the rule set reads no evidence `{name}`"))
            .help(format!("did you mean `{meant}`?")),
        None => Problem::new(Code::UnreadEvidence, format!("no rule reads the evidence `{name}`"))
            .help("declare and read it in the rule set, or mark it `context = true`"),
    };
    problems.push(problem.at(place.clone()));
}
