//! An assessment, judged.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::claim::Claim;
use super::column::Column;
use super::committee::Committee;
use super::decisions::Decisions;
use super::denominator::DatedDenominator;
use super::format::{CandidateKind, Handling};
use super::members::Membership;
use super::period::Period;
use super::plan::Plan;
use super::pooling::Pools;
use super::references::Document;
use super::statement::{DocumentPlace, PlanResult, Statement};
use crate::areas::Lookup;
use crate::diagnostic::Place;

/// A partnership's evidence for one year, judged and in a fixed order: no file or row order is left in it.
#[derive(Debug)]
pub struct Assessment {
    /// The title on its cover.
    pub title: String,
    /// The partnership that files it.
    pub partnership: String,
    /// What it is about.
    pub period: Period,
    /// The documents cited, by id.
    pub sources: BTreeMap<String, Document>,
    /// The people whom counts are set against, unless a count names its own population.
    pub population: Option<Population>,
    /// What a public edition must not say, where that is declared.
    pub publication: Option<Publication>,
    /// The names of areas, by code; a code without one is its own name.
    pub areas: BTreeMap<String, String>,
    /// Which old areas make up which new ones, by id.
    pub lookups: BTreeMap<String, Arc<FiledLookup>>,
    /// Who may see it, where that is declared.
    pub handling: Option<Handling>,
    /// The candidates, ascending by id.
    pub candidates: Vec<Candidate>,
    /// The evidence, a column per name, each as long as the list of candidates.
    pub evidence: BTreeMap<String, Column>,
    /// The members whose lists go into it, where there are any.
    pub membership: Option<Membership>,
    /// What documents print beside the numbers that it comes from, in the order it was written.
    pub claims: Vec<Claim>,
    /// What a committee expects of a paper beside the list, as far as it is filed.
    pub committee: Committee,
    /// What the assessment says beside the list, in the order it was written.
    pub statements: Vec<Statement>,
    /// What became of last year's plan, in the order it was written.
    pub last_plan: Vec<PlanResult>,
    /// What the board decided, where that was filed. The digest does not cover it.
    pub decisions: Option<Decisions>,
    /// The plans to be reviewed, the earliest period first. The digest covers those alone of which evidence says what became
    /// of a measure.
    pub reviews: Vec<Plan>,
    /// The plan that is to be chosen, where there is one. The digest covers it where it covers a reviewed one.
    pub plan: Option<Plan>,
    /// What rules pool with candidates that this is a part without, or that was filed before it was drawn anew; none of a whole
    /// assessment, which has all that is pooled.
    pub pools: Option<Arc<Pools>>,
    /// `sha256:` and the digest of the content: the same whatever the order of files, rows and keys, and the comments.
    pub digest: String,
}

/// What a public edition must not say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publication {
    /// Counts from 1 to below this are not published; 3 to 100.
    pub suppress_below: u64,
    /// Whose rule that is, and why.
    pub because: String,
}

/// Which old areas make up which new ones, and who says so.
#[derive(Debug)]
pub struct FiledLookup {
    /// Its id in the assessment.
    pub id: String,
    /// Where each old area goes.
    pub lookup: Lookup,
    /// The document and place that it is from.
    pub cited: DocumentPlace,
    /// Where `assessment.toml` names it.
    pub place: Place,
}

/// How many people, and who says so.
#[derive(Debug, Clone, PartialEq)]
pub struct Population {
    /// So many people, above 0, and when they were counted.
    pub size: DatedDenominator,
    /// The document and place that the number is from.
    pub cited: DocumentPlace,
}

impl Population {
    /// How many people.
    pub fn people(&self) -> f64 {
        self.size.denominator.number
    }
}

/// A priority that could be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Unique among candidates.
    pub id: String,
    /// The name that a reader sees.
    pub title: String,
    /// What sort of thing it is, where said.
    pub kind: Option<CandidateKind>,
    /// The code of the area that it belongs to, where said.
    pub area: Option<String>,
    /// What it covers.
    pub about: Option<String>,
    /// What the partnership or its members still do about it if it is not chosen, where said.
    pub meanwhile: Option<String>,
    /// Who is affected by it, where said.
    pub affected: Option<String>,
    /// The ids under which it, or something that is now part of it, stood in earlier assessments, ascending and without
    /// its own. No candidate has one of them now.
    pub formerly: Vec<String>,
    /// The id of the candidate that it is part of. Nothing is part of itself, by whatever way round.
    pub part_of: Option<String>,
    /// The ids of the candidates that it says rest on some of the same evidence, ascending. Another may say so of it.
    pub shares_evidence_with: Vec<String>,
}

/// What several people judge of one candidate.
#[derive(Debug, Clone, PartialEq)]
pub struct NewJudgement<'a> {
    /// The candidate, by number.
    pub candidate: usize,
    /// The name of the evidence.
    pub name: &'a str,
    /// A score from each; at least one.
    pub scores: Vec<f64>,
    /// The scale that they are on.
    pub scale: (f64, f64),
    /// Where that evidence is declared.
    pub place: &'a Place,
}

impl Assessment {
    /// The name of the area with this code.
    pub fn area_title<'a>(&'a self, code: &'a str) -> &'a str {
        self.areas.get(code).map_or(code, String::as_str)
    }

    /// The number of the candidate with this id; none where nobody has it.
    pub fn candidate_number(&self, id: &str) -> Option<usize> {
        self.candidates.binary_search_by(|candidate| candidate.id.as_str().cmp(id)).ok()
    }

    /// A candidate's title, with its area where it has one: `Burglary, Abbey`.
    pub fn title_in_area(&self, candidate: &Candidate) -> String {
        let area = candidate.area.as_deref().map(|code| format!(", {}", self.area_title(code)));
        format!("{}{}", candidate.title, area.unwrap_or_default())
    }

    /// The codes of the areas that candidates belong to, ascending, each with its candidates by number.
    pub fn by_area(&self) -> BTreeMap<&str, Vec<usize>> {
        let mut by_area: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (number, candidate) in self.candidates.iter().enumerate() {
            by_area.entry(candidate.area.as_deref().unwrap_or_default()).or_default().push(number);
        }
        by_area
    }

    /// The candidates of one area alone, by number and in ascending order, with their evidence: an assessment by itself,
    /// with what the board decided on them and without last year's plan and claims. Its digest is that of the whole.
    #[must_use]
    pub fn of_area(&self, code: &str, candidates: &[usize]) -> Self {
        let evidence = self.evidence.iter().map(|(name, column)| (name.clone(), column.of(candidates)));
        let own = |number: &usize| self.candidates.get(*number).cloned();
        let own: Vec<Candidate> = candidates.iter().filter_map(own).collect();
        Self {
            title: format!("{}: {}", self.title, self.area_title(code)),
            decisions: self.decisions.as_ref().and_then(|all| all.about(own.iter().map(|about| &*about.id))),
            candidates: own,
            evidence: evidence.collect(),
            statements: self.statements.clone(),
            areas: self
                .areas
                .get_key_value(code)
                .map(|(code, title)| (code.clone(), title.clone()))
                .into_iter()
                .collect(),
            digest: self.digest.clone(),
            ..self.without_candidates()
        }
    }

    /// The candidates of several areas alone, with their evidence: an assessment by itself, named for what they are together.
    #[must_use]
    pub fn of_areas(&self, codes: &BTreeSet<&str>, title: &str) -> Self {
        let by_area = self.by_area();
        let mut own: Vec<usize> = codes.iter().filter_map(|code| by_area.get(code)).flatten().copied().collect();
        own.sort_unstable();
        let areas = self.areas.iter().filter(|(code, _)| codes.contains(code.as_str()));
        let areas = areas.map(|(code, title)| (code.clone(), title.clone())).collect();
        Self { title: format!("{}: {title}", self.title), areas, ..self.of_area("", &own) }
    }

    /// The same with these candidates alone, by number and in ascending order, whose evidence is written out.
    #[must_use]
    pub fn only(&self, candidates: impl IntoIterator<Item = usize>) -> Self {
        let kept: BTreeMap<usize, usize> = candidates.into_iter().enumerate().map(|(new, old)| (old, new)).collect();
        let evidence = self.evidence.iter().map(|(name, column)| (name.clone(), column.renumbered(&kept)));
        Self {
            candidates: kept.keys().filter_map(|old| self.candidates.get(*old).cloned()).collect(),
            evidence: evidence.collect(),
            ..self.without_evidence()
        }
    }

    /// The same candidates without evidence, and without what stands beside the list.
    #[must_use]
    pub fn without_evidence(&self) -> Self {
        Self { candidates: self.candidates.clone(), areas: self.areas.clone(), ..self.without_candidates() }
    }

    /// The same where every candidate was judged under one name, by as many people as there are scores on its scale.
    #[must_use]
    pub fn judged_alike(&self, name: &str, scores: &[f64], scale: (f64, f64), place: &Place) -> Self {
        let all: Vec<usize> = (0..self.candidates.len()).collect();
        let others = self.evidence.iter().filter(|(other, _)| *other != name);
        let mut evidence: BTreeMap<String, Column> =
            others.map(|(other, column)| (other.clone(), column.of(&all))).collect();
        evidence.insert(name.to_owned(), Column::judged_alike(self.candidates.len(), scores, scale, place));
        Self { evidence, digest: self.digest.clone(), ..self.without_evidence() }
    }

    /// The same where candidates were judged so, in the place of what was known of them under those names.
    #[must_use]
    pub fn judged(&self, judgements: &[NewJudgement<'_>]) -> Self {
        let all: Vec<usize> = (0..self.candidates.len()).collect();
        let mut evidence: BTreeMap<String, Column> =
            self.evidence.iter().map(|(name, column)| (name.clone(), column.of(&all))).collect();
        for NewJudgement { candidate, name, scores, scale, place } in judgements {
            let column = evidence.entry((*name).to_owned()).or_default();
            column.written.insert(*candidate, Column::judged(scores, *scale, place));
        }
        Self { evidence, digest: self.digest.clone(), ..self.without_evidence() }
    }

    /// The same without the evidence that was made up for illustration; none where nothing was.
    #[must_use]
    pub fn without_made_up(&self) -> Option<Self> {
        let evidence = self.evidence.iter().map(|(name, column)| (name.clone(), column.without_made_up()));
        self.evidence.values().any(Column::holds_made_up).then(|| Self {
            evidence: evidence.collect(),
            digest: self.digest.clone(),
            ..self.without_evidence()
        })
    }

    fn without_candidates(&self) -> Self {
        Self {
            title: self.title.clone(),
            partnership: self.partnership.clone(),
            period: self.period,
            sources: self.sources.clone(),
            population: self.population.clone(),
            publication: self.publication.clone(),
            handling: self.handling,
            areas: BTreeMap::new(),
            lookups: self.lookups.clone(),
            candidates: Vec::new(),
            evidence: BTreeMap::new(),
            membership: None,
            claims: Vec::new(),
            committee: self.committee.clone(),
            statements: Vec::new(),
            last_plan: Vec::new(),
            decisions: None,
            reviews: Vec::new(),
            plan: None,
            pools: self.pools.clone(),
            digest: String::new(),
        }
    }
}
