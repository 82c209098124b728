//! Everything about one candidate in a terminal: 80 columns, question by question, with what would change its place.

mod json;

use std::collections::BTreeSet;

pub use json::{ExplanationFile, explanation_json};

use super::page::Page;
use super::{answered_questions, judged};
use crate::diagnostic::Problem;
use crate::explain::change::{self, ChangeSentences};
use crate::explain::{
    TotalDifference, answer_in_words, arithmetic, at_the_line_in_words, beside_in_words, beyond_the_gate,
    contribution_reason, date_in_words, evidence_notes, no_range_in_words, out_of_scale, overlaps_in_words,
    parameters_in_force, range_in_words, standing_in_words, standing_rule, too_little_in_words, total_difference,
    vetoes_in_words, weights_origin, why_not,
};
use crate::ranked::RankedAssessment;
use crate::rules::{ParameterUse, RuleSet};
use crate::scoring::{Citation, Contribution, Trace};
use crate::words::{counted, joined, listed, lower_title};

/// What of a piece of evidence stands behind its label in one line, in letters.
const ONE_LINE: usize = 66;

/// One candidate, explained; with `other` against another one. Both are numbers in the assessment.
///
/// # Errors
/// A total that could not be made for some change.
pub fn explanation(
    report: &RankedAssessment<'_>,
    candidate: usize,
    other: Option<usize>,
    colour: bool,
) -> Result<String, Problem> {
    let mut page = Page::new(colour);
    let Some(trace) = report.trace_of(candidate) else { return Ok(page.text) };
    let changes = change::place_changes(&report.ranking, &[candidate], true)?;
    let figure = |citation: &Citation<'_>| {
        let evidence = report.assessment.evidence.get(citation.path).and_then(|column| column.get(candidate));
        evidence.map(|evidence| evidence.figure.lines()).unwrap_or_default()
    };
    let mut told = AlreadyTold::default();
    header(trace, report, figure, &mut told, &mut page);
    if let Some(sentence) = why_not(&report.ranking, trace, &report.traces) {
        page.labelled("Why not", &sentence);
        if let Some(meanwhile) = &trace.candidate.meanwhile {
            page.labelled("Meantime", meanwhile);
        }
    }
    if let Some(affected) = &trace.candidate.affected {
        page.labelled("Affects", affected);
    }
    if let Some(other) = other.and_then(|other| Some((other, report.trace_of(other)?))) {
        against(&total_difference(&report.ranking, (candidate, trace), other)?, &mut page);
    }
    page.heading("Question by question");
    for (number, part) in trace.contributions.iter().enumerate() {
        question(part, report.rules, figure, &mut told, &mut page);
        told.tell_parameters(report.rules, |by| by == ParameterUse::Criterion(number), &mut page);
    }
    sum(trace, report, &mut told, &mut page);
    if !trace.context.is_empty() {
        page.heading("Kept for the reader, and used for no points");
        for citation in &trace.context {
            told.tell(citation, figure(citation), &mut page);
        }
    }
    page.heading("What would change it");
    let changes = change::change_sentences(changes.iter().flatten(), &report.ranking);
    what_would(trace, report.rules, &changes, &mut page);
    sources(trace, report, &mut page);
    Ok(page.text)
}

fn header(
    trace: &Trace<'_>,
    report: &RankedAssessment<'_>,
    figure: impl Fn(&Citation<'_>) -> Vec<String>,
    told: &mut AlreadyTold,
    page: &mut Page,
) {
    page.title(&trace.candidate.title);
    page.foreign(&format!("{}, {}", report.assessment.title, report.assessment.period));
    if let Some(about) = &trace.candidate.about {
        page.foreign(&about.split_whitespace().collect::<Vec<_>>().join(" "));
    }
    page.line("");
    let ranked = report.traces.iter().filter(|trace| trace.total.is_some()).count();
    let place = match (trace.rank, trace.total) {
        (Some(rank), Some(total)) => {
            format!("number {rank} of {ranked} with a total of {}", out_of_scale(total, report.rules))
        }
        _ => "not ranked".to_owned(),
    };
    page.labelled("Place", &place);
    let rule = standing_rule(trace.standing, report.rules).map_or_else(String::new, |rule| format!(" ({rule})"));
    page.labelled("Tier", &format!("{}{rule}", standing_in_words(trace.standing, report.rules)));
    for gate in trace.fired() {
        match trace.lead_gate().filter(|lead| lead.id == gate.id) {
            Some(_) => page.labelled("Lead", &format!("{}: {}", trace.leader().word(), gate.reason)),
            None => page.labelled("Gate", &format!("{}: {}", gate.title, gate.reason)),
        }
        for citation in &gate.evidence {
            told.tell(citation, figure(citation), page);
        }
    }
    for (label, told) in [
        ("No total", too_little_in_words(trace)),
        ("Line", at_the_line_in_words(trace, report.rules)),
        ("Overlap", overlaps_in_words(trace)),
    ] {
        if let Some(told) = told {
            page.labelled(label, &told);
        }
    }
    let range = match (trace.total, trace.range) {
        (Some(_), Some(range)) if range.is_reached => format!("the total could be {}", range_in_words(range)),
        (Some(_), Some(range)) => format!("the total is proven to be {}", range_in_words(range)),
        (Some(_), None) => no_range_in_words(trace, report.rules).to_owned(),
        (None, _) => "there is no total".to_owned(),
    };
    let judged = match judged(trace) {
        0 => String::new(),
        judged => format!(", {} by judgement alone", counted(judged, "answer", "answers")),
    };
    page.labelled("How sure", &format!("{range}; {} answered{judged}.", answered_questions(trace)));
}

fn against(difference: &TotalDifference, page: &mut Page) {
    page.heading("One against the other");
    page.paragraph(&difference.headline);
    for part in &difference.parts {
        let sign = if part.points.units() > 0 { "+" } else { "" };
        page.labelled(&format!("{sign}{}", part.points), &format!("{}: {}.", part.title, part.answers));
    }
    if let Some(level) = &difference.without_difference {
        page.labelled("0", level);
    }
    if !difference.sum.is_empty() {
        page.labelled("Adds up", &difference.sum);
    }
}

/// One question: the answer, how it became points, and what it was read from.
fn question(
    part: &Contribution<'_>,
    rules: &RuleSet,
    figure: impl Fn(&Citation<'_>) -> Vec<String>,
    told: &mut AlreadyTold,
    page: &mut Page,
) {
    page.line("");
    page.foreign(&format!("{}: {}", part.criterion.title, part.criterion.question));
    match &part.measure {
        Some(_) => {
            page.labelled("Answer", &answer_in_words(part));
            page.labelled("Because", &contribution_reason(part));
        }
        None => page.labelled("Missing", &contribution_reason(part)),
    }
    page.labelled("Value", &value(part));
    page.labelled("Points", &points(part, rules));
    for citation in &part.evidence {
        told.tell(citation, figure(citation), page);
    }
}

/// Evidence and parameters as they were told; what several questions read, and is longer than a line, is told once.
#[derive(Default)]
struct AlreadyTold(BTreeSet<String>);

impl AlreadyTold {
    fn tell(&mut self, citation: &Citation<'_>, figure: Vec<String>, page: &mut Page) {
        let told = evidence(citation, figure);
        let is_long = told.chars().count() > ONE_LINE;
        match self.0.insert(told.clone()) || !is_long {
            true => page.labelled("Evidence", &told),
            false => page.labelled("Evidence", &format!("{}: as above", citation.path)),
        }
    }

    /// The parameters that the rules read there.
    fn tell_parameters(&mut self, rules: &RuleSet, wanted: impl Fn(ParameterUse) -> bool, page: &mut Page) {
        for parameter in parameters_in_force(rules, wanted) {
            let told = parameter.line();
            let is_long = told.chars().count() > ONE_LINE;
            match self.0.insert(told.clone()) || !is_long {
                true => page.labelled("Set by", &told),
                false => page.labelled("Set by", &format!("{}: as above", parameter.title)),
            }
        }
    }
}

/// A piece of evidence: what it says, who says so and where, what to know.
fn evidence(citation: &Citation<'_>, figure: Vec<String>) -> String {
    let origin = &citation.origin;
    let from = [&origin.source, &origin.place].into_iter().flatten().cloned().collect::<Vec<_>>().join(", ");
    let mut told = figure;
    told.extend((!from.is_empty()).then_some(from));
    if let Some(judged) = &origin.judged {
        told.push(format!("judged by {} on {}", listed(&judged.by), date_in_words(&judged.date)));
    }
    told.extend(
        origin.published.iter().map(|figure| format!("printed beside it: {} ({})", figure.printed, figure.place)),
    );
    told.extend(evidence_notes(citation));
    format!("{}: {}", citation.path, joined(&told))
}

fn value(part: &Contribution<'_>) -> String {
    let shown = part.value.map_or_else(|| "none".to_owned(), |value| value.to_string());
    match (&part.missing, part.reading()) {
        (Some(_), _) => format!("{shown}: {}", part.criterion.missing.policy().done()),
        (None, Some(reading)) => format!("{shown}, {reading}"),
        (None, None) => shown,
    }
}

fn points(part: &Contribution<'_>, rules: &RuleSet) -> String {
    let weight = part.weight.as_weight();
    if part.earned().is_none() {
        return "none: there is no total without this answer".to_owned();
    }
    match part.value {
        None => format!("{}: the question is left out", part.points),
        Some(value) => part.kind.sum(value, &weight, rules.scale, part.points),
    }
}

fn sum(trace: &Trace<'_>, report: &RankedAssessment<'_>, told: &mut AlreadyTold, page: &mut Page) {
    page.line("");
    for (at, line) in beside_in_words(trace).iter().enumerate() {
        page.labelled(if at == 0 { "Beside" } else { "" }, line);
    }
    for (at, line) in vetoes_in_words(trace).iter().enumerate() {
        page.labelled(if at == 0 { "Vetoes" } else { "" }, line);
    }
    for (at, line) in arithmetic(trace, report.rules).iter().enumerate() {
        page.labelled(if at == 0 { "Adds up" } else { "" }, line);
    }
    if let Some(origin) = weights_origin(report.rules, &report.warnings) {
        page.labelled("Weights", &origin);
    }
    told.tell_parameters(report.rules, |by| !matches!(by, ParameterUse::Criterion(_)), page);
}

fn what_would(trace: &Trace<'_>, rules: &RuleSet, told: &[ChangeSentences], page: &mut Page) {
    if let (Some(gate), Some(beyond)) = (trace.overruling_gate(), beyond_the_gate(trace, rules)) {
        page.paragraph(&format!("A gate decides where it stands ({}). {beyond}", lower_title(gate.title)));
    } else if told.is_empty() {
        page.paragraph("Nothing can be said: it has no total, or there is no other place that it could have.");
    }
    for told in told {
        page.paragraph(&format!("{}:", told.goal));
        for sentence in [&told.weight, &told.weights, &told.answers] {
            page.labelled("", sentence);
        }
    }
}

/// The documents cited about it.
fn sources(trace: &Trace<'_>, report: &RankedAssessment<'_>, page: &mut Page) {
    let mut ids: Vec<&String> = trace
        .citations()
        .chain(&trace.context)
        .flat_map(|cited| {
            cited.origin.source.iter().chain(cited.origin.points.iter().filter_map(|point| point.source.as_ref()))
        })
        .collect();
    // Figures of a new area rest on the lookup that made it, too.
    let area = trace.candidate.area.as_ref().unwrap_or(&trace.candidate.id);
    let lookups = report.assessment.lookups.values().filter(|filed| filed.lookup.new.contains_key(area));
    ids.extend(lookups.map(|filed| &filed.cited.source));
    ids.sort_unstable();
    ids.dedup();
    if ids.is_empty() {
        return;
    }
    page.heading("Sources");
    for id in ids {
        if let Some(document) = report.assessment.sources.get(id) {
            let by = [document.publisher.as_deref(), document.date.as_deref()].into_iter().flatten();
            let by: Vec<&str> = by.collect();
            let by = if by.is_empty() { String::new() } else { format!(" ({})", by.join(", ")) };
            page.foreign(&format!("{id}: {}{by}", document.title));
        }
    }
}
