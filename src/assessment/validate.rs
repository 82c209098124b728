//! What the files say, judged: from the types of [`super::format`] to those that can't be wrong.

pub(in crate::assessment) mod alike;
mod areas;
mod candidates;
pub(super) mod cited;
mod claims;
pub(super) mod figure;
mod filed;
pub(in crate::assessment) mod in_memory;
mod lookups;
mod origin;
mod outcomes;
mod statements;
mod table;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::claim::Claim;
use super::column::Column;
use super::committee::Committee;
use super::decisions;
use super::document;
use super::evidence::{Evidence, Figure, Missing};
use super::format::{self, AssessmentFile, Handling};
use super::judging::{self, period};
use super::members::{self, MemberSources};
use super::model::{Assessment, Candidate, FiledLookup, Population, Publication};
use super::new_areas::{OldAreas, OnNewArea};
use super::period::Period;
use super::plan::{self, PlanSources};
use super::references::References;
use super::statement::DocumentPlace;
use crate::csv_file::CsvFile;
use crate::diagnostic::{Code, Problems, SourceFile};
use crate::toml_file::{Checker, LostKeys, judge_format};
use crate::words::{as_read, first_listed};
use cited::CitedDocuments;
pub(super) use filed::EvidenceSource;
use filed::{Filed, SameAreas};
use in_memory::Rows;

/// So many members are named where something is wrong with several.
const MOST_NAMED: usize = 6;

/// The files of an assessment, read and parsed.
pub(super) struct AssessmentFiles {
    pub source: Arc<SourceFile>,
    pub file: AssessmentFile,
    pub content: toml::Table,
    pub lost: LostKeys,
    pub evidence: Vec<EvidenceSource>,
    /// As many as the file has tables; none where one could not be read.
    pub tables: Vec<Option<CsvFile>>,
    /// As many as the file has lookups; none where one could not be read.
    pub lookups: Vec<Option<CsvFile>>,
    pub documents: Vec<document::DocumentFiles>,
    pub decisions: Option<decisions::DecisionsSource>,
    pub plans: PlanSources,
    pub members: MemberSources,
    /// Whether it is written inside another file, as the cases of tests are: these have no plans, and say themselves what
    /// became of a measure.
    pub is_embedded: bool,
}

/// The assessment that the files make, if nothing in them stops it.
pub(super) fn validate(gathered: AssessmentFiles, digest: String, problems: &mut Problems) -> Option<Assessment> {
    validate_with(gathered, None, digest, problems)
}

/// The same where the candidates and their evidence are columns in memory.
pub(super) fn validate_with(
    gathered: AssessmentFiles,
    in_memory: Option<&Rows<'_>>,
    digest: String,
    problems: &mut Problems,
) -> Option<Assessment> {
    let AssessmentFiles {
        source,
        file,
        lost,
        evidence,
        tables,
        lookups,
        documents,
        decisions,
        plans,
        members,
        is_embedded,
        content: _,
    } = gathered;
    let mut check = Checker { source: &source, lost: &lost, problems };
    judge_format(&mut check, file.format.as_ref());
    let header = &file.assessment;
    let title = check.text(&header.title, "the title");
    let partnership = check.text(&header.partnership, "the partnership");
    let period = period(&mut check, &header.period);
    let publication = file.publication.as_ref().map(|written| publication(&mut check, written));
    let mut found = CitedDocuments::default();
    found.add(&mut check, &file.source);
    for (source, parsed) in &evidence {
        let mut check = Checker { source, lost: &parsed.lost, problems: check.problems };
        found.add(&mut check, &parsed.file.source);
    }
    let documents_found = found.documents.clone();
    let all_sources = !lost.has_lost_table && evidence.iter().all(|(_, parsed)| !parsed.lost.has_lost_table);
    let mut references = References { documents: &documents_found, all_documents: all_sources, population: None };
    let population = stated_population(&mut check, &references, &file, &evidence, period);
    references.population = population.as_ref().map(|population| population.size.clone());

    let membership = members::validate(&mut check, &references, &file.member, &members);
    members_may_be_published(&mut check, file.publication.as_ref(), membership.as_ref());
    let (handling, committee) = for_committee(&mut check, &file);
    let statements = statements::statements(&mut check, &references, &file.statement);
    let last_plan = statements::last_plan(&mut check, &references, &file.last_plan);

    lookups::named(&mut check, &file, &evidence);
    let lookups = lookups::lookups(&mut check, &references, &file, &lookups);
    let filed = Filed { source: &source, lost: &lost, file: &file, evidence: &evidence, tables: &tables };
    let of_new = filed.of_areas(None);
    let mut candidates = candidates::candidates(&of_new, &filed, problems);
    let moved = filed.moved(&lookups, &references, &candidates, problems);
    join(&mut candidates, &moved);
    let mut order = None;
    if let Some(rows) = in_memory {
        let (found, rows) = rows.candidates(&mut Checker { source: &source, lost: &lost, problems });
        (candidates, order) = (found, Some(rows));
    }
    let areas = areas::areas(&of_new, &filed, &candidates, &lookups, problems);
    let all_files = evidence.len() == header.evidence.len() && tables.iter().all(Option::is_some);
    let all_candidates = all_sources && all_files && !candidates.is_empty();
    let decisions =
        decisions.and_then(|decisions| decisions::validate(decisions, &candidates, all_candidates, problems));
    let numbers = numbers(&candidates);
    let claims = all_claims(&documents, &evidence, &references, problems);
    let mut columns = moved_columns(moved, &numbers);
    filed.columns(&of_new, &references, (&candidates, &numbers), &mut columns, problems);
    if let Some((rows, order)) = in_memory.zip(order) {
        let mut check = Checker { source: &source, lost: &lost, problems };
        rows.evidence(&mut check, &references, &order, &mut columns);
    }
    add_membership(membership.as_ref(), &numbers, &mut columns);
    filed.corroboration(&of_new, &numbers, &columns, problems);
    let mut check = Checker { source: &source, lost: &lost, problems };
    if candidates.is_empty() && !check.problems.has_errors() {
        let help = "name evidence files with `[[candidate]]` tables under `evidence`, or add a `[[table]]`";
        check.problem(Code::NoCandidates, &header.title.span, "the assessment has no candidate to rank", help);
    }
    let filed =
        plan::Filed { documents: &found, is_whole: all_candidates, candidates: &candidates, evidence: &columns };
    let (reviews, plan) = plan::validate(plans, &filed, check.problems);
    let named = header.reviews.len() + usize::from(header.plan.is_some());
    let sources = match is_embedded {
        true => found.documents,
        false => outcomes::work_out(&mut columns, found.documents, (&reviews, plan.as_ref()), named, check.problems),
    };
    Some(Assessment {
        title: title?,
        partnership: partnership?,
        period: period?,
        sources,
        population,
        publication: publication.map_or(Some(None), |judged| judged.map(Some))?,
        handling,
        areas,
        lookups,
        candidates,
        evidence: columns,
        membership,
        claims,
        committee,
        statements,
        last_plan,
        decisions,
        reviews,
        plan,
        pools: None,
        digest,
    })
}

/// What documents and the text beside evidence claim.
fn all_claims(
    documents: &[document::DocumentFiles],
    evidence: &[EvidenceSource],
    references: &References<'_>,
    problems: &mut Problems,
) -> Vec<Claim> {
    let mut claims: Vec<Claim> = Vec::new();
    for document in documents {
        claims.extend(document::claims(document, references, problems));
    }
    for (source, parsed) in evidence {
        let mut check = Checker { source, lost: &parsed.lost, problems };
        for written in parsed.file.candidate.iter().flat_map(|candidate| candidate.value.evidence.values()) {
            claims.extend(claims::claims_beside(&mut check, references, written));
        }
    }
    claims
}

/// Who may see it, and what a committee expects. What keeps small numbers back from a public edition is not public itself.
fn for_committee(check: &mut Checker<'_>, file: &AssessmentFile) -> (Option<Handling>, Committee) {
    let handling = file.assessment.handling.as_ref();
    if let Some(public) = handling.filter(|it| it.value == Handling::Public && file.publication.is_some()) {
        let message = "`handling` is `public`, and `[publication]` keeps small numbers back from the public edition";
        let help =
            "say who may see the full edition, `official` or `official-sensitive`; `rank --public` marks its own";
        check.problem(Code::BadValue, &public.span, message, help);
    }
    let committee = file.committee.as_ref().map(|written| Committee::judge(check, written)).unwrap_or_default();
    (handling.map(|handling| handling.value), committee)
}

impl Filed<'_> {
    /// What is filed of old areas, on new ones.
    fn moved(
        &self,
        lookups: &BTreeMap<String, Arc<FiledLookup>>,
        references: &References<'_>,
        known: &[Candidate],
        problems: &mut Problems,
    ) -> Vec<OnNewArea> {
        let mut moved = Vec::new();
        let known: BTreeMap<(&str, Cow<'_, str>), &str> = known
            .iter()
            .map(|candidate| {
                let title = if candidate.area.is_some() { &candidate.title } else { &candidate.id };
                ((candidate.area.as_deref().unwrap_or_default(), as_read(title)), &*candidate.id)
            })
            .collect();
        for (id, lookup) in lookups {
            let of_old = self.of_areas(Some(id));
            let candidates = candidates::candidates(&of_old, self, problems);
            let mut columns = BTreeMap::new();
            let numbers = numbers(&candidates);
            self.columns(&of_old, references, (&candidates, &numbers), &mut columns, problems);
            self.corroboration(&of_old, &numbers, &columns, problems);
            let old = OldAreas {
                lookup,
                candidates: &candidates,
                columns: &columns,
                everybody: references.denominator(),
                place_of: &|id| candidates::place_of(id, &of_old, self.file),
                known: &|area, title| known.get(&(area, as_read(title))).map(|id| (*id).to_owned()),
            };
            moved.extend(old.on_new_areas(problems));
        }
        moved
    }

    /// The tables of some areas that could be read, with their rows.
    fn tables<'s>(&'s self, same: &'s SameAreas<'_>) -> impl Iterator<Item = (&'s format::Table, &'s CsvFile)> {
        self.file.table.iter().zip(&same.tables).filter_map(|(table, rows)| Some((table, (*rows)?)))
    }

    /// Adds the columns of evidence about candidates.
    fn columns(
        &self,
        same: &SameAreas<'_>,
        references: &References<'_>,
        (candidates, numbers): (&[Candidate], &BTreeMap<&str, usize>),
        columns: &mut BTreeMap<String, Column>,
        problems: &mut Problems,
    ) {
        for (source, parsed) in same.evidence.iter().copied() {
            let mut check = Checker { source, lost: &parsed.lost, problems: &mut *problems };
            for candidate in &parsed.file.candidate {
                written_evidence(&mut check, references, &candidate.value, numbers, columns);
            }
        }
        let mut check = Checker { source: self.source, lost: self.lost, problems };
        for (table, rows) in self.tables(same) {
            table::evidence(&mut check, references, table, rows, candidates, numbers, columns);
        }
    }

    /// Judges what evidence says of other evidence.
    fn corroboration(
        &self,
        same: &SameAreas<'_>,
        numbers: &BTreeMap<&str, usize>,
        columns: &BTreeMap<String, Column>,
        problems: &mut Problems,
    ) {
        let mut check = Checker { source: self.source, lost: self.lost, problems };
        for (source, parsed) in same.evidence.iter().copied() {
            let mut check = Checker { source, lost: &parsed.lost, problems: &mut *check.problems };
            for candidate in &parsed.file.candidate {
                if let Some(number) = numbers.get(&*candidate.value.id.value) {
                    origin::corroboration(&mut check, &candidate.value, *number, columns);
                }
            }
        }
        for (table, _) in self.tables(same) {
            origin::corroboration_of_columns(&mut check, table, numbers.len(), columns);
        }
    }
}

/// The number of each candidate by its id.
fn numbers(candidates: &[Candidate]) -> BTreeMap<&str, usize> {
    candidates.iter().enumerate().map(|(number, candidate)| (&*candidate.id, number)).collect()
}

/// Adds the candidates that were put on new areas. One that is there already has its own words, and those of the old areas
/// where it has none.
fn join(candidates: &mut Vec<Candidate>, moved: &[OnNewArea]) {
    if moved.is_empty() {
        return;
    }
    let mut joined: BTreeMap<String, Candidate> =
        std::mem::take(candidates).into_iter().map(|candidate| (candidate.id.clone(), candidate)).collect();
    for OnNewArea { candidate, .. } in moved {
        let known = joined.entry(candidate.id.clone()).or_insert_with(|| candidate.clone());
        known.kind = known.kind.or(candidate.kind);
        let more = candidate.formerly.iter().filter(|id| !known.formerly.contains(id)).cloned();
        let more: Vec<String> = more.collect();
        known.formerly.extend(more);
        known.formerly.sort();
    }
    *candidates = joined.into_values().collect();
    // Nobody has an id now that another one had before.
    let ids: BTreeSet<String> = candidates.iter().map(|candidate| candidate.id.clone()).collect();
    for candidate in candidates {
        candidate.formerly.retain(|id| !ids.contains(id));
    }
}

/// Adds what members say of candidates, where no file says it.
fn add_membership(
    membership: Option<&members::Membership>,
    numbers: &BTreeMap<&str, usize>,
    columns: &mut BTreeMap<String, Column>,
) {
    for (candidate, evidence) in membership.into_iter().flat_map(|membership| members::evidence(membership, numbers)) {
        columns.entry(members::EVIDENCE.to_owned()).or_default().written.entry(candidate).or_insert(evidence);
    }
}

/// The columns of the evidence that was put on new areas.
fn moved_columns(moved: Vec<OnNewArea>, numbers: &BTreeMap<&str, usize>) -> BTreeMap<String, Column> {
    let mut columns: BTreeMap<String, Column> = BTreeMap::new();
    for OnNewArea { candidate, evidence } in moved {
        let Some(number) = numbers.get(&*candidate.id) else { continue };
        for (name, evidence) in evidence {
            columns.entry(name).or_default().written.insert(*number, evidence);
        }
    }
    columns
}

/// Notes where counts are to be kept back and lists are made of members' own counts: ranks and totals rest on those that are
/// small too. Lists that documents print are published already.
fn members_may_be_published(
    check: &mut Checker<'_>,
    hidden: Option<&format::Publication>,
    membership: Option<&members::Membership>,
) {
    let (Some(hidden), Some(membership)) = (hidden, membership) else { return };
    let made = membership.members.iter().filter(|member| member.filed.made().is_some());
    let made: Vec<String> = made.map(|member| format!("`{}`", member.id)).collect();
    if !made.is_empty() {
        let message = format!(
            "small counts can't be kept back here: the lists of {} are made of their own counts, also of small ones",
            first_listed(&made, MOST_NAMED)
        );
        let help = "make the public edition in a folder of its own, where each member is the `list` that it published: \
                    `prioritise rank MEMBER --public --format csv -o member.csv`, then `prioritise import members`; here take \
                    `[publication]` out";
        check.problem(Code::BadValue, &hidden.suppress_below.span, message, help);
    }
}

fn publication(check: &mut Checker<'_>, written: &format::Publication) -> Option<Publication> {
    let below = check.whole_within(&written.suppress_below, "a number below which counts are not published", 3..=100);
    let because = check.text(&written.because, "whose rule that is");
    Some(Publication { suppress_below: below?.into(), because: because? })
}

/// The population that one of the files states.
fn stated_population(
    check: &mut Checker<'_>,
    references: &References<'_>,
    file: &AssessmentFile,
    evidence: &[EvidenceSource],
    period: Option<Period>,
) -> Option<Population> {
    let mut stated = file.population.as_ref().map(|written| check.place(&written.people.span));
    let mut found = file.population.as_ref().and_then(|written| population(check, references, written, period));
    for (source, parsed) in evidence {
        let Some(written) = &parsed.file.population else { continue };
        let mut check = Checker { source, lost: &parsed.lost, problems: check.problems };
        if let Some(first) = &stated {
            let message = format!("the population is stated here, and in `{}`", first.source.name);
            let help = "take one of the two out; a count that is set against others has its own `population`";
            check.problem(Code::DuplicateId, &written.people.span, message, help);
            continue;
        }
        stated = Some(check.place(&written.people.span));
        found = population(&mut check, references, written, period);
    }
    found
}

fn population(
    check: &mut Checker<'_>,
    references: &References<'_>,
    written: &format::Population,
    of_assessment: Option<Period>,
) -> Option<Population> {
    references.known(check, &written.source);
    let period = match &written.period {
        Some(text) => Some(period(check, text)?),
        None => of_assessment,
    };
    let place = check.text(&written.place, "the place in the source");
    let people = check.whole_above_zero(&written.people, "a population");
    let size = judging::population(check, people, period, written.yearly_change.as_ref());
    let cited = DocumentPlace { source: written.source.value.clone(), place: place?, note: written.note.clone() };
    Some(Population { size: size?, cited })
}

fn written_evidence(
    check: &mut Checker<'_>,
    references: &References<'_>,
    candidate: &format::Candidate,
    numbers: &BTreeMap<&str, usize>,
    columns: &mut BTreeMap<String, Column>,
) {
    for (name, written) in &candidate.evidence {
        let figure = figure::figure(check, references, written);
        let origin = origin::origin(check, references, written, figure.as_ref());
        let Some(number) = numbers.get(&*candidate.id.value) else { continue };
        // A figure that can't be read is noted above; its name is judged all the same.
        let figure = figure.unwrap_or_else(|| Figure::Missing(Missing("it could not be read".into())));
        let evidence = Evidence { figure, origin: Arc::new(origin), place: check.place(&written.span) };
        let first = columns.entry(name.clone()).or_default().written.insert(*number, evidence);
        // In the same file the candidate itself stands twice, and that is told.
        if let Some(first) = first.filter(|first| first.place.source != *check.source) {
            check.duplicate(&written.span, &format!("evidence `{name}` for"), &candidate.id.value, Some(&first.place));
        }
    }
}
