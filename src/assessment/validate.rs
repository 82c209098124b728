//! What the files say, judged: from the types of [`super::format`] to those that can't be wrong.

mod figure;
mod origin;
mod table;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::evidence::{Evidence, Figure};
use super::format::{self, AssessmentFile, EvidenceFile};
use super::period::FORMS;
use super::table::Rows;
use super::{Assessment, Candidate, Column, Document, Period};
use crate::diagnostic::{Code, Place, Problem, Problems, Source, did_you_mean};
use crate::toml_file::{At, Checker};

/// The files of an assessment, read and parsed.
pub(super) struct Gathered {
    pub source: Arc<Source>,
    pub file: AssessmentFile,
    pub rules: (String, Place),
    pub evidence: Vec<(Arc<Source>, EvidenceFile)>,
    /// As many as the file has tables; none where one could not be read.
    pub tables: Vec<Option<Rows>>,
}

/// The assessment that the files make, if nothing in them stops it.
pub(super) fn validate(gathered: Gathered, digest: String, problems: &mut Problems) -> Option<Assessment> {
    let Gathered { source, file, evidence, tables, .. } = gathered;
    let mut check = Checker { source: &source, problems };
    let header = &file.assessment;
    let title = check.text(&header.title, "the title");
    let partnership = check.text(&header.partnership, "the partnership");
    let period = period(&mut check, &header.period);
    let sources = sources(&mut check, &file.source);
    let population = file.population.as_ref().and_then(|population| {
        known_source(&mut check, &population.source, &sources);
        check.whole(&population.people, "a population")
    });
    let facts = Facts { sources: &sources, population };

    let candidates = candidates(&evidence, &file, &tables, &source, problems);
    let numbers: BTreeMap<&str, usize> =
        candidates.iter().enumerate().map(|(number, candidate)| (&*candidate.id, number)).collect();
    let mut columns: BTreeMap<String, Column> = BTreeMap::new();
    for (source, file) in &evidence {
        let mut check = Checker { source, problems };
        for candidate in &file.candidate {
            written_evidence(&mut check, &facts, candidate, &numbers, &mut columns);
        }
    }
    for (table, rows) in file.table.iter().zip(&tables) {
        let mut check = Checker { source: &source, problems };
        if let Some(rows) = rows {
            table::evidence(&mut check, &facts, table, rows, &numbers, &mut columns);
        }
    }
    if candidates.is_empty() && !problems.any_error() {
        let place = Place::new(&source, header.title.span.clone());
        problems.push(
            Problem::new(Code::NoCandidates, "the assessment has no candidate to rank")
                .at(place)
                .help("name evidence files with `[[candidate]]` tables under `evidence`, or add a `[[table]]`"),
        );
    }
    Some(Assessment {
        title: title?,
        partnership: partnership?,
        period: period?,
        sources,
        candidates,
        evidence: columns,
        digest,
    })
}

/// What evidence is judged against.
struct Facts<'a> {
    sources: &'a BTreeMap<String, Document>,
    population: Option<f64>,
}

fn period(check: &mut Checker<'_>, text: &At<String>) -> Option<Period> {
    Period::parse(&text.value).map_err(|message| check.problem(Code::BadPeriod, &text.span, message, FORMS)).ok()
}

fn sources(check: &mut Checker<'_>, written: &[format::Source]) -> BTreeMap<String, Document> {
    let mut sources = BTreeMap::new();
    for source in written {
        if let Some(date) = &source.date {
            period(check, date);
        }
        let (Some(id), Some(title)) = (check.id(&source.id), check.text(&source.title, "the document's title")) else {
            continue;
        };
        let document = Document {
            title,
            publisher: source.publisher.clone(),
            date: source.date.as_ref().map(|date| date.value.clone()),
            note: source.note.clone(),
        };
        if sources.insert(id.clone(), document).is_some() {
            check.duplicate(&source.id.span, "a source", &id);
        }
    }
    sources
}

fn known_source(check: &mut Checker<'_>, source: &At<String>, sources: &BTreeMap<String, Document>) {
    if !sources.contains_key(&source.value) {
        let help = did_you_mean(&source.value, sources.keys().map(String::as_str));
        let message = format!("there is no source `{}` in assessment.toml", source.value);
        check.problem(Code::UnknownId, &source.span, message, help);
    }
}

/// All candidates of files and tables, ascending by id.
fn candidates(
    evidence: &[(Arc<Source>, EvidenceFile)],
    file: &AssessmentFile,
    tables: &[Option<Rows>],
    source: &Arc<Source>,
    problems: &mut Problems,
) -> Vec<Candidate> {
    let mut found: BTreeMap<String, Candidate> = BTreeMap::new();
    for (source, file) in evidence {
        let mut check = Checker { source, problems };
        for candidate in &file.candidate {
            let (Some(id), Some(title)) =
                (check.id(&candidate.id), check.text(&candidate.title, "the candidate's title"))
            else {
                continue;
            };
            let about = candidate.about.clone();
            let kind = Some(candidate.kind.value);
            if found.insert(id.clone(), Candidate { id: id.clone(), title, kind, about }).is_some() {
                check.duplicate(&candidate.id.span, "a candidate", &id);
            }
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

fn needs<'a, T>(check: &mut Checker<'_>, key: &str, value: Option<&'a T>, span: &Range<usize>) -> Option<&'a T> {
    if value.is_none() {
        let message = format!("the key `{key}` is missing");
        check.problem(Code::MissingKey, span, message, format!("add `{key} = …` to this table"));
    }
    value
}
