//! Whether there is evidence enough to rank by: how old it is when the assessment's period ends, how much of the weight it
//! answers, how much of that published figures do, and how many people judged. A rule set may declare each; what is beyond
//! that is a warning and changes no score, unless the rules do not rank such candidates: `scoring/aside.rs`.

use crate::assessment::{Assessment, Column, Period};
use crate::diagnostic::{Code, Place, Problem, Problems, quoted_list};
use crate::rules::RuleSet;
use crate::scoring::Trace;
use crate::words::{counted, first_listed, listed, whole, with_noun};

/// So many candidates are named, and the others counted.
const MOST_NAMED: usize = 6;

/// What is known of the age of one kind of evidence.
pub(crate) struct DatedEvidence<'a> {
    /// Its name.
    pub(crate) name: &'a str,
    /// The time that it is about, of each piece that says one, with where it stands.
    pub(crate) about: Vec<(Period, &'a Place)>,
}

/// The evidence that the rules read and that says what time it is about.
pub(crate) fn dated<'a>(assessment: &'a Assessment, rules: &'a RuleSet) -> Vec<DatedEvidence<'a>> {
    let of = |name: &'a String| {
        let about = assessment.evidence.get(name).map(times).unwrap_or_default();
        (!about.is_empty()).then_some(DatedEvidence { name, about })
    };
    rules.evidence.keys().filter_map(of).collect()
}

fn times(column: &Column) -> Vec<(Period, &Place)> {
    let written =
        column.written().filter_map(|(_, evidence)| evidence.is_about().map(|period| (period, &evidence.place)));
    let tables =
        column.tables().iter().filter_map(|table| table.origin.is_about().map(|period| (period, &table.place)));
    written.chain(tables).collect()
}

/// Warnings where evidence is older, fewer answers are ranked, or fewer people judged, than the rules allow.
pub fn warnings(assessment: &Assessment, rules: &RuleSet, traces: &[Trace<'_>]) -> Problems {
    let mut problems = Problems::default();
    if let Some(months) = rules.oldest_evidence_months {
        for evidence in &dated(assessment, rules) {
            problems.extend(too_old(evidence, months, assessment).map(Problems::from).unwrap_or_default());
        }
    }
    if let Some(least) = rules.answered_at_least {
        problems.extend(too_few(rules, least, traces).map(Problems::from).unwrap_or_default());
    }
    if let Some(least) = rules.published_at_least {
        problems.extend(too_little_published(rules, least, traces).map(Problems::from).unwrap_or_default());
    }
    if let Some(least) = rules.judges_at_least {
        for name in rules.evidence.keys() {
            problems.extend(too_few_judges(assessment, name, least).map(Problems::from).unwrap_or_default());
        }
    }
    problems
}

/// A warning for one kind of evidence that fewer people judged than the rules ask for.
fn too_few_judges(assessment: &Assessment, name: &str, least: u32) -> Option<Problem> {
    let column = assessment.evidence.get(name)?;
    let judged = assessment.candidates.iter().enumerate().filter_map(|(candidate, about)| {
        let evidence = column.get(candidate)?;
        let judges = evidence.figure.judged_by().len();
        let few = judges > 0 && u32::try_from(judges).is_ok_and(|judges| judges < least);
        few.then(|| (&*about.id, judges, evidence.place.clone()))
    });
    let few: Vec<(&str, usize, Place)> = judged.collect();
    let (_, _, place) = few.first()?;
    let named: Vec<String> = few.iter().map(|(id, ..)| format!("`{id}`")).collect();
    let fewest = few.iter().map(|(_, judges, _)| *judges).min().unwrap_or(0);
    let message = format!(
        "`{name}` was judged by {} where the rules ask for {least}: of {}",
        counted(fewest, "person", "people"),
        first_listed(&named, MOST_NAMED),
    );
    let help = "ask more people, or say with the list that these answers rest on so few";
    Some(Problem::new(Code::FewJudges, message).at(place.clone()).help(help))
}

/// A warning for one kind of evidence, at the oldest of it.
fn too_old(evidence: &DatedEvidence<'_>, months: u32, assessment: &Assessment) -> Option<Problem> {
    let age = |period: Period| assessment.period.months_after_end_of(period);
    let old: Vec<_> = evidence.about.iter().filter(|(period, _)| age(*period) > i64::from(months)).collect();
    let (oldest, place) = old.iter().max_by_key(|(period, _)| age(*period))?;
    let others = match old.len() {
        1 => String::new(),
        more => format!("; {} too", counted(more - 1, "other figure of it is", "other figures of it are")),
    };
    let message = format!(
        "`{}` is older than the rules allow: it is of {oldest} and ends {} before the assessment's period does; at \
         most {months} are allowed{others}",
        evidence.name,
        months_in_words(age(*oldest)),
    );
    let help = "file newer evidence, or say `missing` with why there is none";
    Some(Problem::new(Code::OldEvidence, message).at((*place).clone()).help(help))
}

fn too_few(rules: &RuleSet, least: f64, traces: &[Trace<'_>]) -> Option<Problem> {
    let few: Vec<&str> =
        traces.iter().filter(|trace| trace.rank.is_some() && trace.coverage.to_f64() < least).map(Trace::id).collect();
    if few.is_empty() {
        return None;
    }
    let message =
        format!("ranked with answers to less of the weight than the rules ask for, {least}: {}", quoted_list(&few));
    let help = "file the evidence that is missing, or say with the list that these places are not secure";
    Some(Problem::new(Code::FewAnswers, message).at(rules.place.clone()).help(help))
}

fn too_little_published(rules: &RuleSet, least: f64, traces: &[Trace<'_>]) -> Option<Problem> {
    let few: Vec<String> = traces
        .iter()
        .filter(|trace| trace.rank.is_some() && trace.published.to_f64() < least)
        .map(|trace| format!("`{}` ({})", trace.id(), trace.published.trimmed()))
        .collect();
    if few.is_empty() {
        return None;
    }
    let message = format!(
        "ranked with published figures for less of the weight than the rules ask for, {least}: {}",
        listed(&few)
    );
    let help = "file published figures, or say with the list that these places rest on judgement";
    Some(Problem::new(Code::FewPublished, message).at(rules.place.clone()).help(help))
}

/// `3 months`, `24 months`.
pub(crate) fn months_in_words(months: i64) -> String {
    with_noun(&whole(usize::try_from(months).unwrap_or(0)), "month", "months")
}
