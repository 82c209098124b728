//! What the files say, judged: from the types of [`super::format`] to those that can't be wrong.

mod claims;
mod figure;
mod origin;
mod statements;
mod table;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::claim::{Claim, People, YEARLY_CHANGE};
use super::decisions;
use super::document;
use super::evidence::{Evidence, Figure};
use super::format::{self, AssessmentFile, EvidenceFile};
use super::period::FORMS;
use super::table::Rows;
use super::{Assessment, Candidate, Column, Document, Period, Population};
use crate::diagnostic::{Code, Place, Problems, Source, did_you_mean};
use crate::toml_file::{At, Checker, Lost, Number, Parsed};

/// What a candidate's `meanwhile` says.
const MEANWHILE: &str = "what is still done about it";

/// The files of an assessment, read and parsed.
pub(super) struct Gathered {
    pub source: Arc<Source>,
    pub file: AssessmentFile,
    pub content: toml::Table,
    pub lost: Lost,
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
    let all_sources = !lost.whole && evidence.iter().all(|(_, parsed)| !parsed.lost.whole);
    let mut facts = Facts { sources: &sources, all_sources, population: None, people: None };
    let population = file.population.as_ref().and_then(|written| population(&mut check, &facts, written));
    facts.population = population.as_ref().map(|population| population.people);
    facts.people = population.as_ref().map(|population| People {
        people: population.people,
        period,
        yearly_change: population.yearly_change,
    });

    let statements = statements::statements(&mut check, &facts, &file.statement);
    let last_plan = statements::last_plan(&mut check, &facts, &file.last_plan);

    let candidates = candidates(&evidence, &file, &tables, &source, problems);
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
            written_evidence(&mut check, &facts, candidate, &numbers, &mut columns);
            for written in candidate.evidence.values() {
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
            if let Some(number) = numbers.get(&*candidate.id.value) {
                origin::corroboration(&mut check, candidate, *number, &columns);
            }
        }
    }
    if candidates.is_empty() && !check.problems.any_error() {
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
    population: Option<f64>,
    /// The same population, and when it was so.
    pub(super) people: Option<People>,
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

/// By how much a population may differ a year earlier or later, in per cent.
pub(super) fn yearly_change(check: &mut Checker<'_>, written: Option<&At<Number>>) -> Option<f64> {
    written.map_or(Some(YEARLY_CHANGE), |change| check.not_negative(change, "a yearly change"))
}

pub(super) fn period(check: &mut Checker<'_>, text: &At<String>) -> Option<Period> {
    Period::parse(&text.value).map_err(|message| check.problem(Code::BadPeriod, &text.span, message, FORMS)).ok()
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

/// All candidates of files and tables, ascending by id.
fn candidates(
    evidence: &[(Arc<Source>, Parsed<EvidenceFile>)],
    file: &AssessmentFile,
    tables: &[Option<Rows>],
    source: &Arc<Source>,
    problems: &mut Problems,
) -> Vec<Candidate> {
    let mut found: BTreeMap<String, Candidate> = BTreeMap::new();
    let mut places: BTreeMap<&str, Place> = BTreeMap::new();
    for (source, parsed) in evidence {
        let mut check = Checker { source, lost: &parsed.lost, problems };
        if parsed.file.candidate.is_empty() && !parsed.lost.whole {
            let help = "add a `[[candidate]]` table, or take the file out of `evidence`";
            check.problem(Code::NoCandidates, &(0..0), format!("`{}` has no candidate", source.name), help);
        }
        for candidate in &parsed.file.candidate {
            let (Some(id), Some(title)) =
                (check.id(&candidate.id), check.text(&candidate.title, "the candidate's title"))
            else {
                continue;
            };
            if let Some(first) = places.insert(&candidate.id.value, check.place(&candidate.id.span)) {
                check.duplicate(&candidate.id.span, "a candidate", &id, Some(&first));
            }
            let about = candidate.about.clone();
            let meanwhile = candidate.meanwhile.as_ref().and_then(|text| check.text(text, MEANWHILE));
            let kind = Some(candidate.kind.value);
            found.insert(id.clone(), Candidate { id, title, kind, about, meanwhile });
        }
    }
    for (table, rows) in file.table.iter().zip(tables) {
        if let Some(rows) = rows {
            table::candidates(table, rows, source, problems, &mut found);
        }
    }
    found.into_values().collect()
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
        columns.entry(name.clone()).or_default().written.insert(*number, evidence);
    }
}

pub(super) fn needs<'a, T>(
    check: &mut Checker<'_>,
    key: &str,
    value: Option<&'a T>,
    span: &Range<usize>,
) -> Option<&'a T> {
    if value.is_none() && !check.lost.from(span) {
        let message = format!("the key `{key}` is missing");
        check.problem(Code::MissingKey, span, message, format!("add `{key} = …` to this table"));
    }
    value
}
