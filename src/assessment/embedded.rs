//! An assessment that is written inside another file, such as the cases of a rule set's tests. It is judged as any other.

use std::ops::Range;
use std::sync::Arc;

use super::format::{AssessmentFile, AssessmentHeader, Candidate, EvidenceFile, Population, Source};
use super::members::MemberSources;
use super::model::Assessment;
use super::plan::PlanSources;
use super::validate::{AssessmentFiles, validate};
use crate::diagnostic::{self, Problems};
use crate::toml_file::{At, LostKeys, Parsed, WrittenNumber};

/// The document that made-up figures are taken from.
pub const MADE_UP: &str = "made-up";
/// The period of an assessment that does not say it.
const PERIOD: &str = "2000";

/// What is written of such an assessment.
pub struct EmbeddedAssessment<'a> {
    /// The file that it stands in.
    pub source: &'a Arc<diagnostic::SourceFile>,
    /// What the file's shape made it lose.
    pub lost: &'a LostKeys,
    /// Where in the file it stands.
    pub span: Range<usize>,
    /// Its period, where said.
    pub period: Option<At<String>>,
    /// The people whom counts are set against, where said.
    pub people: Option<At<WrittenNumber>>,
    /// The candidates, by the file that they are written in.
    pub candidates: Vec<(Arc<diagnostic::SourceFile>, Vec<At<Candidate>>)>,
}

impl EmbeddedAssessment<'_> {
    /// The assessment, if nothing in it stops it. What is wrong goes to `problems`.
    pub fn judge(self, problems: &mut Problems) -> Option<Assessment> {
        let at = |text: &str| At { value: text.to_owned(), span: self.span.clone() };
        let written: Vec<_> = self.candidates.into_iter().filter(|(_, candidates)| !candidates.is_empty()).collect();
        let header = AssessmentHeader {
            rules: at("."),
            evidence: written.iter().map(|(source, _)| at(&source.name)).collect(),
            ..bare_header([at("A test"), at("A test"), self.period.unwrap_or_else(|| at(PERIOD))])
        };
        let population = self.people.map(|people| Population {
            people,
            source: at(MADE_UP),
            place: at(MADE_UP),
            period: None,
            yearly_change: None,
            note: None,
        });
        let made_up = Source {
            id: at(MADE_UP),
            title: at("Made up"),
            publisher: None,
            date: None,
            index: None,
            edition: None,
            note: None,
        };
        let file = bare_file(header, population, vec![made_up]);
        let evidence = written.into_iter().map(|(source, candidate)| {
            let lost = if Arc::ptr_eq(&source, self.source) { self.lost.clone() } else { LostKeys::default() };
            (
                source,
                Parsed {
                    file: EvidenceFile { source: Vec::new(), population: None, lookup: None, candidate },
                    content: toml::Table::new(),
                    lost,
                },
            )
        });
        let gathered =
            AssessmentFiles { lost: self.lost.clone(), evidence: evidence.collect(), ..bare_files(self.source, file) };
        validate(gathered, String::new(), problems)
    }
}

/// A header that says its title, its partnership and its period, and names no file.
pub(super) fn bare_header([title, partnership, period]: [At<String>; 3]) -> AssessmentHeader {
    AssessmentHeader {
        title,
        partnership,
        period,
        rules: At::default(),
        evidence: Vec::new(),
        themes: None,
        documents: Vec::new(),
        decisions: None,
        reviews: Vec::new(),
        plan: None,
        handling: None,
    }
}

/// A file that says this and nothing else.
pub(super) fn bare_file(
    assessment: AssessmentHeader,
    population: Option<Population>,
    source: Vec<Source>,
) -> AssessmentFile {
    AssessmentFile {
        format: None,
        assessment,
        population,
        source,
        publication: None,
        committee: None,
        member: Vec::new(),
        area: Vec::new(),
        lookup: Vec::new(),
        table: Vec::new(),
        statement: Vec::new(),
        last_plan: Vec::new(),
    }
}

/// That file, written in `source`, and no other.
pub(super) fn bare_files(source: &Arc<diagnostic::SourceFile>, file: AssessmentFile) -> AssessmentFiles {
    AssessmentFiles {
        source: Arc::clone(source),
        file,
        content: toml::Table::new(),
        lost: LostKeys::default(),
        evidence: Vec::new(),
        tables: Vec::new(),
        lookups: Vec::new(),
        documents: Vec::new(),
        decisions: None,
        plans: PlanSources::default(),
        members: MemberSources::default(),
        is_embedded: true,
    }
}
