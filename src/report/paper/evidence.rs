//! What the answers were read from: each piece once, with its figure, its place and who judged.

use super::model::{JudgedNote, PaperEvidence};
use crate::assessment::Column;
use crate::explain::{date_in_words, evidence_notes};
use crate::ranked::RankedAssessment;
use crate::scoring::{Citation, Trace};
use crate::words::listed;

/// The evidence of one candidate: what the questions read, then the gates; and what no rule reads.
pub(super) fn candidate_evidence(
    trace: &Trace<'_>,
    report: &RankedAssessment<'_>,
) -> (Vec<PaperEvidence>, Vec<PaperEvidence>) {
    let number = report.assessment.candidate_number(&trace.candidate.id);
    let mut names: Vec<&str> = Vec::new();
    let mut all = Vec::new();
    for citation in trace.citations().chain(&trace.context) {
        if names.contains(&citation.path) {
            continue;
        }
        names.push(citation.path);
        let found = number.zip(report.assessment.evidence.get(citation.path));
        let figure = found.and_then(|(number, column): (usize, &Column)| column.get(number));
        let figure = figure.map(|evidence| evidence.figure.lines()).unwrap_or_default();
        all.push(piece(citation, figure, trace, report));
    }
    all.into_iter().partition(|piece| !piece.used.is_empty())
}

fn piece(
    citation: &Citation<'_>,
    figure: Vec<String>,
    trace: &Trace<'_>,
    report: &RankedAssessment<'_>,
) -> PaperEvidence {
    let origin = &citation.origin;
    let reads = |evidence: &[Citation<'_>]| evidence.iter().any(|other| other.path == citation.path);
    let questions = trace.contributions.iter().filter(|part| reads(&part.evidence));
    let gates = trace.fired().filter(|gate| reads(&gate.evidence));
    let titles = questions.map(|part| &*part.criterion.title).chain(gates.map(|gate| gate.title));
    let read_by: Vec<String> = titles.map(str::to_owned).collect();
    let source = origin.source.as_ref().and_then(|id| report.assessment.sources.get(id));
    let told = figure.join("; ");
    PaperEvidence {
        name: citation.path.to_owned(),
        is_explained: report.rules.evidence.contains_key(citation.path),
        used: listed(&read_by),
        figure,
        period: origin.period.map(|period| period.to_string()).filter(|period| !told.contains(period)),
        source: origin.source.clone(),
        source_title: source.map(|document| document.title.clone()),
        place: origin.place.clone(),
        judged: origin.judged.as_ref().map(|judged| JudgedNote {
            made_up: origin.illustration,
            by: listed(&judged.by),
            date: date_in_words(&judged.date),
            because: Some(judged.because.clone()).filter(|why| !is_told(why, trace)),
        }),
        published: origin.published.iter().map(|figure| format!("{} ({})", figure.printed, figure.place)).collect(),
        notes: evidence_notes(citation),
    }
}

/// Whether the sentence of some question holds these words.
fn is_told(words: &str, trace: &Trace<'_>) -> bool {
    let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let words = line(words);
    trace.contributions.iter().any(|part| part.because.as_ref().is_some_and(|told| line(told).contains(&words)))
}
