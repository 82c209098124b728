//! What the files say, judged: from the types of [`super::format`] to those that can't be wrong.

mod candidates;
mod claims;
mod figure;
mod origin;
mod statements;
mod table;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::claim::{Claim, Printed, Whom, YEARLY_CHANGE};
use super::decisions;
use super::document;
use super::evidence::{Evidence, Figure};
use super::format::{self, AssessmentFile, EvidenceFile};
use super::period::FORMS;
use super::table::Rows;
use super::{Among, Assessment, Column, Document, Period, Population};
use crate::diagnostic::{Code, Place, Problems, Source, did_you_mean};
use crate::toml_file::{At, Checker, LostKeys, Number, Parsed};

/// The files of an assessment, read and parsed.
pub(super) struct Gathered {
    pub source: Arc<Source>,
    pub file: AssessmentFile,
    pub content: toml::Table,
    pub lost: LostKeys,
    pub evidence: Vec<(Arc<Source>, Parsed<EvidenceFile>)>,
    /// As many as the file has tables; none where one could not be read.
    pub tables: Vec<Option<Rows>>,
    pub documents: Vec<document::Gathered>,
    pub decisions: Option<decisions::Gathered>,
}

/// The assessment that the files make, if nothing in them stops it.
pub(super) fn validate(gathered: Gathered, digest: String, problems: &mut Problems) -> Option<Assessment> {
    let Gathered { source, file, lost, evidence, tables, documents, decisions, content: _ } = gathered;
    let mut check = Checker { source: &source, lost: &lost, problems };
    let header = &file.assessment;
    let title = check.text(&header.title, "the title");
    let partnership = check.text(&header.partnership, "the partnership");
    let period = period(&mut check, &header.period);
    let mut found = Sources::default();
    found.add(&mut check, &file.source);
    for (source, parsed) in &evidence {
        let mut check = Checker { source, lost: &parsed.lost, problems: check.problems };
        found.add(&mut check, &parsed.file.source);
    }
    let sources = found.documents;
    let all_sources = !lost.has_lost_table && evidence.iter().all(|(_, parsed)| !parsed.lost.has_lost_table);
    let mut facts = Facts { sources: &sources, all_sources, whom: None };
    let population = file.population.as_ref().and_then(|written| population(&mut check, &facts, written));
    facts.whom = population.as_ref().map(|population| Whom {
        among: Among::people(population.people),
        period,
        yearly_change: population.yearly_change,
    });

    let statements = statements::statements(&mut check, &facts, &file.statement);
    let last_plan = statements::last_plan(&mut check, &facts, &file.last_plan);

    let candidates = candidates::candidates(&evidence, &file, &tables, &source, problems);
    let all_files = evidence.len() == header.evidence.len() && tables.iter().all(Option::is_some);
    let all_candidates = all_sources && all_files && !candidates.is_empty();
    let decisions =
        decisions.and_then(|decisions| decisions::validate(decisions, &candidates, all_candidates, problems));
    let numbers: BTreeMap<&str, usize> =
        candidates.iter().enumerate().map(|(number, candidate)| (&*candidate.id, number)).collect();
    let mut columns: BTreeMap<String, Column> = BTreeMap::new();
    let mut claims: Vec<Claim> = Vec::new();
    for document in &documents {
        claims.extend(document::claims(document, &facts, problems));
    }
    for (source, parsed) in &evidence {
        let mut check = Checker { source, lost: &parsed.lost, problems };
        for candidate in &parsed.file.candidate {
            written_evidence(&mut check, &facts, &candidate.value, &numbers, &mut columns);
            for written in candidate.value.evidence.values() {
                claims.extend(claims::of_evidence(&mut check, &facts, written));
            }
        }
    }
    let mut check = Checker { source: &source, lost: &lost, problems };
    for (table, rows) in file.table.iter().zip(&tables) {
        if let Some(rows) = rows {
            table::evidence(&mut check, &facts, table, rows, &candidates, &numbers, &mut columns);
        }
    }
    for (source, parsed) in &evidence {
        let mut check = Checker { source, lost: &parsed.lost, problems: &mut *check.problems };
        for candidate in &parsed.file.candidate {
            if let Some(number) = numbers.get(&*candidate.value.id.value) {
                origin::corroboration(&mut check, &candidate.value, *number, &columns);
            }
        }
    }
    for table in &file.table {
        origin::corroboration_of_columns(&mut check, table, candidates.len(), &columns);
    }
    if candidates.is_empty() && !check.problems.has_errors() {
        let help = "name evidence files with `[[candidate]]` tables under `evidence`, or add a `[[table]]`";
        check.problem(Code::NoCandidates, &header.title.span, "the assessment has no candidate to rank", help);
    }
    Some(Assessment {
        title: title?,
        partnership: partnership?,
        period: period?,
        sources,
        population,
        candidates,
        evidence: columns,
        claims,
        statements,
        last_plan,
        decisions,
        digest,
    })
}

/// What evidence is judged against.
pub(super) struct Facts<'a> {
    sources: &'a BTreeMap<String, Document>,
    /// Whether all sources could be read, so that one that is not among them is not there.
    all_sources: bool,
    /// The assessment's population, and when it was so.
    pub(super) whom: Option<Whom>,
}

impl Facts<'_> {
    /// What counts are set against that do not say it themselves.
    fn among(&self) -> Option<Among> {
        self.whom.as_ref().map(|whom| whom.among)
    }
}

fn population(check: &mut Checker<'_>, facts: &Facts<'_>, written: &format::Population) -> Option<Population> {
    known_source(check, &written.source, facts);
    let place = check.text(&written.place, "the place in the source");
    let people =
        check.whole(&written.people, "a population").and_then(|_| check.positive(&written.people, "a population"));
    let yearly_change = yearly_change(check, written.yearly_change.as_ref());
    Some(Population {
        people: people?,
        yearly_change: yearly_change?,
        source: written.source.value.clone(),
        place: place?,
        note: written.note.clone(),
    })
}

/// What a piece of evidence says that it is set against, unjudged.
fn own_among(evidence: &format::Evidence) -> Option<Among> {
    let people = evidence.population.as_ref().map(|people| Among::people(people.value.0));
    people.or_else(|| evidence.households.as_ref().map(|households| Among::households(households.value.0)))
}

/// Notes that one thing is set against people and households at once.
fn set_against_both(check: &mut Checker<'_>, span: &Range<usize>) {
    let message = "this is set against people and households at once";
    check.problem(Code::WhichEvidence, span, message, "give `population` or `households`, not both");
}

/// By how much a population may differ a year earlier or later, in per cent.
pub(super) fn yearly_change(check: &mut Checker<'_>, written: Option<&At<Number>>) -> Option<f64> {
    written.map_or(Some(YEARLY_CHANGE), |change| check.not_negative(change, "a yearly change"))
}

pub(super) fn period(check: &mut Checker<'_>, text: &At<String>) -> Option<Period> {
    Period::parse(&text.value).map_err(|message| check.problem(Code::BadPeriod, &text.span, message, FORMS)).ok()
}

/// How to write a number whose digits are to be known.
pub(super) const AS_PRINTED: &str = "write its digits as printed, such as 6.3: no words and no exponent";

/// A number with the digits that it was written with, which tell how far it was rounded.
pub(super) fn digits(check: &mut Checker<'_>, text: &str, span: &Range<usize>) -> Option<Printed> {
    let printed = Printed::parse(text);
    if printed.is_none() {
        check.problem(Code::BadValue, span, format!("`{text}` is not a number as printed"), AS_PRINTED);
    }
    printed
}

/// A figure as printed that was worked out, and so rounded, even to a whole number.
pub(super) fn printed(check: &mut Checker<'_>, text: &At<String>) -> Option<Printed> {
    digits(check, &text.value, &text.span).map(|printed| Printed { count: false, ..printed })
}

/// The documents that the files name, and where each is first named.
#[derive(Default)]
struct Sources {
    documents: BTreeMap<String, Document>,
    places: BTreeMap<String, Place>,
}

impl Sources {
    /// Adds those of one file. Several files may name the same document, if they say the same of it.
    fn add(&mut self, check: &mut Checker<'_>, written: &[format::Source]) {
        for source in written {
            if let Some(date) = &source.date {
                period(check, date);
            }
            let (Some(id), Some(title)) = (check.id(&source.id), check.text(&source.title, "the document's title"))
            else {
                continue;
            };
            let document = Document {
                title,
                publisher: source.publisher.clone(),
                date: source.date.as_ref().map(|date| date.value.clone()),
                note: source.note.clone(),
            };
            match self.places.get(&id) {
                Some(first) if first.source == *check.source || self.documents.get(&id) != Some(&document) => {
                    check.duplicate(&source.id.span, "a source", &id, Some(first));
                }
                Some(_) => {}
                None => {
                    self.places.insert(id.clone(), check.place(&source.id.span));
                    self.documents.insert(id, document);
                }
            }
        }
    }
}

pub(super) fn known_source(check: &mut Checker<'_>, source: &At<String>, facts: &Facts<'_>) {
    if facts.all_sources && !facts.sources.contains_key(&source.value) {
        let known = facts.sources.keys().map(String::as_str);
        let help =
            format!("{} Documents are named by `[[source]]` tables", sentence(&did_you_mean(&source.value, known)));
        let message = format!("there is no source `{}`", source.value);
        check.problem(Code::UnknownId, &source.span, message, help);
    }
}

/// With a mark at its end.
fn sentence(text: &str) -> String {
    if text.ends_with('?') { text.to_owned() } else { format!("{text}.") }
}

fn written_evidence(
    check: &mut Checker<'_>,
    facts: &Facts<'_>,
    candidate: &format::Candidate,
    numbers: &BTreeMap<&str, usize>,
    columns: &mut BTreeMap<String, Column>,
) {
    for (name, written) in &candidate.evidence {
        let figure = figure::figure(check, facts, written);
        let origin = origin::origin(check, facts, written, figure.as_ref());
        let Some(number) = numbers.get(&*candidate.id.value) else { continue };
        // A figure that can't be read is noted above; its name is judged all the same.
        let figure = figure.unwrap_or_else(|| Figure::Missing("it could not be read".into()));
        let evidence = Evidence { figure, origin: Arc::new(origin), place: check.place(&written.span) };
        let first = columns.entry(name.clone()).or_default().written.insert(*number, evidence);
        // In the same file the candidate itself stands twice, and that is told.
        if let Some(first) = first.filter(|first| first.place.source != *check.source) {
            check.duplicate(&written.span, &format!("evidence `{name}` for"), &candidate.id.value, Some(&first.place));
        }
    }
}

pub(super) fn needs<'a, T>(
    check: &mut Checker<'_>,
    key: &str,
    value: Option<&'a T>,
    span: &Range<usize>,
) -> Option<&'a T> {
    if value.is_none() && !check.lost.has_lost_from(span) {
        let message = format!("the key `{key}` is missing");
        check.problem(Code::MissingKey, span, message, format!("add `{key} = …` to this table"));
    }
    value
}
