//! A draft of the record of the Algorithmic Transparency Recording Standard. The fields and their sentences stand in
//! `transparency.toml`; here are the facts that go into them. A field without its facts is a question.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::model::{JudgedRow, Paper, PaperTransparency, TransparencyField, TransparencySection};
use crate::assessment::CommitteePart;
use crate::ranked::RankedAssessment;
use crate::words::{counted, first_listed, listed, lower_title, upper_first};

/// The standard as filed.
const FORM: &str = include_str!("transparency.toml");
/// So many documents are named, and the others counted.
const MOST_NAMED: usize = 8;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    standard: String,
    source: String,
    section: Vec<FormSection>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FormSection {
    title: String,
    field: Vec<FormField>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FormField {
    number: Option<String>,
    name: String,
    about: About,
    #[serde(default)]
    text: Vec<String>,
    ask: Option<String>,
}

/// What a field concerns.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum About {
    Tool,
    Data,
    Decision,
    Owner,
    None,
}

impl About {
    fn word(self) -> &'static str {
        match self {
            Self::Tool => "tool",
            Self::Data => "data",
            Self::Decision => "decision",
            Self::Owner => "owner",
            Self::None => "none",
        }
    }

    /// Whether the engine is expected to know it.
    fn is_counted(self) -> bool {
        matches!(self, Self::Tool | Self::Data | Self::Decision)
    }
}

impl PaperTransparency {
    /// Of a paper whose other parts are made.
    pub(super) fn new(paper: &Paper, report: &RankedAssessment<'_>) -> Self {
        // The form is ours; a test reads it.
        let Ok(form) = toml::from_str::<Form>(FORM) else { return Self::default() };
        let facts = facts(paper, report);
        let (mut filled, mut counted_fields) = (0, 0);
        let mut field = |field: FormField| {
            let sentences = field.text.iter().filter_map(|sentence| with_facts(sentence, &facts));
            let text = sentences.collect::<Vec<_>>().join(" ");
            if field.about.is_counted() {
                counted_fields += 1;
                filled += usize::from(!text.is_empty());
            }
            let text = (!text.is_empty()).then_some(text);
            TransparencyField {
                number: field.number,
                name: field.name,
                about: field.about.word(),
                text,
                ask: field.ask,
            }
        };
        let sections = form.section.into_iter().map(|section| TransparencySection {
            title: section.title,
            fields: section.field.into_iter().map(&mut field).collect(),
        });
        let sections = sections.collect();
        let filled = format!(
            "{filled} of {} on the tool, its data and the decision are filled from what is filed and known; the others, and what \
             only the owner knows, are asked.",
            counted(counted_fields, "field", "fields")
        );
        Self { standard: form.standard, source: form.source, filled, sections }
    }
}

/// A sentence with its facts in place of their names in braces; none where one is not known.
fn with_facts(sentence: &str, facts: &BTreeMap<&str, String>) -> Option<String> {
    let mut text = String::new();
    let mut rest = sentence;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}')?;
        text.push_str(before);
        text.push_str(facts.get(name)?);
        rest = after;
    }
    text.push_str(rest);
    Some(text)
}

/// What is known, by the name that sentences give it; what is not known is not there.
fn facts(paper: &Paper, report: &RankedAssessment<'_>) -> BTreeMap<&'static str, String> {
    let (assessment, method) = (report.assessment, &paper.method);
    let committee = &assessment.committee;
    let noun = lower_title(&paper.list.noun);
    let titles: Vec<String> = method.criteria.iter().map(|criterion| lower_title(&criterion.title)).collect();
    let each = || "Each question has a weight.".to_owned();
    let weights = method.weights_from.clone().or_else(|| method.weights_because.clone()).unwrap_or_else(each);
    let said = |sentences: &[String]| (!sentences.is_empty()).then(|| sentences.join(" "));
    let known = [
        ("partnership", Some(paper.partnership.clone())),
        ("period", Some(paper.period.clone())),
        ("engine", Some(paper.engine.clone())),
        ("rules", Some(method.name.clone())),
        ("version", Some(method.version.clone())),
        ("scale", Some(method.scale.clone())),
        ("digest", Some(paper.digests.assessment.clone())),
        ("rules_digest", Some(paper.digests.rules.clone())),
        ("list", Some(counted(report.traces.len(), &noun, &format!("{noun}s")))),
        ("questions", Some(method.count.clone())),
        ("question_titles", (!titles.is_empty()).then(|| listed(&titles))),
        ("about", method.about.clone()),
        ("combine", Some(method.combine.clone())),
        ("gates", gates(paper)),
        ("tiers", tiers(paper)),
        ("ties", Some(method.ties.clone())),
        ("weights", Some(weights)),
        ("weights_from", method.weights_from.clone()),
        ("parameters", parameters(paper)),
        ("pieces", Some(pieces(report))),
        ("basis", basis(paper)),
        ("documents", documents(report)),
        ("population", paper.population.as_ref().map(|it| format!("Counts are set against {} people.", it.people))),
        ("missing", Some(paper.gaps.sentence.clone())),
        ("policies", policies(paper)),
        ("judged", said(&paper.basis.judged_about)),
        ("judged_count", judged(paper)),
        ("recomputed", Some(paper.recomputed.sentence.clone())),
        ("sureness", said(&paper.sureness)),
        ("sensitivity", said(&paper.sensitivity)),
        ("agreement", said(&method.agreement)),
        ("warnings", said(&paper.warnings)),
        ("meeting", committee.meeting.as_ref().map(|meeting| format!("It is for {meeting}."))),
        ("board", paper.board.as_ref().map(|board| format!("{}, {}: {}", board.meeting, board.date, board.summary))),
        (
            "publication",
            assessment.publication.as_ref().map(|it| {
                format!("Of what is published, counts from 1 to {} are kept back.", it.suppress_below.saturating_sub(1))
            }),
        ),
        ("characteristics", characteristics(report)),
        ("contact", committee.contact.clone()),
        ("options", committee.options.clone()),
        ("equality", committee.equality.clone()),
        ("risk", committee.risk.clone()),
    ];
    known.into_iter().filter_map(|(name, fact)| Some((name, fact?))).collect()
}

fn gates(paper: &Paper) -> Option<String> {
    let gates: Vec<String> =
        paper.method.gates.iter().map(|gate| format!("{} ({})", gate.title, gate.effect)).collect();
    (!gates.is_empty()).then(|| format!("Rules that decide outside the points: {}.", gates.join("; ")))
}

fn tiers(paper: &Paper) -> Option<String> {
    let tiers: Vec<String> = paper.method.tiers.iter().map(|tier| format!("{} ({})", tier.title, tier.takes)).collect();
    (!tiers.is_empty()).then(|| listed(&tiers))
}

fn parameters(paper: &Paper) -> Option<String> {
    let titles: Vec<String> = paper.method.parameters.iter().map(|parameter| parameter.title.clone()).collect();
    let told = || format!("Numbers that a source sets, each with its source in the annex: {}.", titles.join("; "));
    (!titles.is_empty()).then(told)
}

fn pieces(report: &RankedAssessment<'_>) -> String {
    let columns = report.assessment.evidence.values();
    let of = |number: usize| columns.clone().filter(|column| column.get(number).is_some()).count();
    let all = (0..report.assessment.candidates.len()).map(of).sum();
    counted(all, "piece of evidence", "pieces of evidence")
}

/// What points rest on, in a sentence.
fn basis(paper: &Paper) -> Option<String> {
    let parts: Vec<String> =
        paper.front.status.parts.iter().map(|part| format!("{} {}", part.share, part.words)).collect();
    let before = paper.front.status.sentence.trim_end_matches(':');
    (!parts.is_empty()).then(|| format!("{before}: {}.", listed(&parts)))
}

fn documents(report: &RankedAssessment<'_>) -> Option<String> {
    let titles: Vec<String> = report.assessment.sources.values().map(|document| document.title.clone()).collect();
    let told = || format!("{}: {}.", counted(titles.len(), "document", "documents"), first_listed(&titles, MOST_NAMED));
    (!titles.is_empty()).then(told)
}

/// What stands in for answers that are missing.
fn policies(paper: &Paper) -> Option<String> {
    let policy = |question: &super::model::QuestionGap| {
        format!("{}: missing for {}, {}", question.title, question.count, question.stand_in)
    };
    let told: Vec<String> = paper.gaps.questions.iter().map(policy).collect();
    (!told.is_empty()).then(|| format!("{}.", told.join("; ")))
}

/// Whose judgement was asked.
fn judged(paper: &Paper) -> Option<String> {
    let role = |row: &JudgedRow| row.made_up.map_or_else(|| row.who.clone(), |_| format!("{} (made up)", row.who));
    let mut roles: Vec<String> = paper.basis.judged.iter().map(role).collect();
    roles.sort();
    roles.dedup();
    (!roles.is_empty()).then(|| format!("What no figure answers was judged by {}.", first_listed(&roles, MOST_NAMED)))
}

/// What is known of people with each protected characteristic.
fn characteristics(report: &RankedAssessment<'_>) -> Option<String> {
    let told = |part: CommitteePart<'_>| Some(format!("{}: {}", part.what, part.filed?.trim_end_matches('.')));
    let told: Vec<String> = report.assessment.committee.by_characteristic().filter_map(told).collect();
    (!told.is_empty()).then(|| upper_first(&format!("{}.", told.join("; "))))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A field whose sentences name a fact that nobody makes would never be filled.
    #[test]
    fn the_form_is_read_and_names_known_facts_alone() {
        let form: Form = toml::from_str(FORM).unwrap();
        let source = include_str!("transparency.rs");
        let mut names = 0;
        for field in form.section.iter().flat_map(|section| &section.field) {
            assert!(!field.text.is_empty() || field.ask.is_some(), "{}: neither known nor asked", field.name);
            for sentence in &field.text {
                for name in sentence.split('{').skip(1).filter_map(|rest| rest.split_once('}')) {
                    assert!(source.contains(&format!("\"{}\"", name.0)), "{}: {}", field.name, name.0);
                    names += 1;
                }
            }
        }
        assert!(names > 30, "{names}");
    }

    #[test]
    fn a_sentence_stands_where_all_its_facts_are_known() {
        let facts = BTreeMap::from([("a", "one".to_owned()), ("b", "two".to_owned())]);
        assert_eq!(with_facts("{a} and {b}.", &facts).as_deref(), Some("one and two."));
        assert_eq!(with_facts("{a} and {c}.", &facts), None);
        assert_eq!(with_facts("Plain.", &facts).as_deref(), Some("Plain."));
    }
}
