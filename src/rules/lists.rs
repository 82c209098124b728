//! Whom the rules rank together: all candidates, or those of a list for each area or kind.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::format::ListPer;
use super::rule_set::RuleSet;
use crate::assessment::{Assessment, Candidate, PooledAs, Pools};

/// The code of the list of those whose kind has none of its own.
const OTHERS: &str = "others";

impl RuleSet {
    /// The code of the list that a candidate is in; empty where it has no area or kind, or where there is one list.
    pub fn list_of<'c>(&self, candidate: &'c Candidate) -> &'c str {
        match self.per {
            None => "",
            Some(ListPer::Area) => candidate.area.as_deref().unwrap_or_default(),
            Some(ListPer::Kind) => match candidate.kind {
                Some(kind) if self.own_lists.is_empty() || self.own_lists.contains(&kind) => kind.word(),
                _ if !self.own_lists.is_empty() => OTHERS,
                _ => "",
            },
        }
    }

    /// The codes of the lists that candidates are in, ascending, each with its candidates by number.
    pub fn by_list<'c>(&self, assessment: &'c Assessment) -> BTreeMap<&'c str, Vec<usize>> {
        let mut lists: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (number, candidate) in assessment.candidates.iter().enumerate() {
            lists.entry(self.list_of(candidate)).or_default().push(number);
        }
        lists
    }

    /// The name of the list with this code: that of its area, or its kind.
    pub fn list_title<'c>(&self, assessment: &'c Assessment, code: &'c str) -> &'c str {
        match self.per {
            Some(ListPer::Kind) if code == OTHERS => "All others",
            Some(ListPer::Kind) => crate::assessment::CandidateKind::named(code).map_or(code, |kind| kind.title()),
            _ => assessment.area_title(code),
        }
    }

    /// The candidates of one list alone, by number and in ascending order: an assessment by itself, named for the list.
    #[must_use]
    pub fn of_list(&self, assessment: &Assessment, code: &str, candidates: &[usize]) -> Assessment {
        let title = format!("{}: {}", assessment.title, self.list_title(assessment, code));
        Assessment { title, pools: Some(self.pools(assessment)), ..assessment.of_area(code, candidates) }
    }

    /// What the rules pool of an assessment's counts. A part of an assessment has what was made of the whole.
    pub fn pools(&self, assessment: &Assessment) -> Arc<Pools> {
        let made = || {
            let candidates = assessment.candidates.iter().map(|it| self.pooled_as(it));
            Arc::new(Pools::new(&assessment.evidence, &self.evidence, &candidates))
        };
        assessment.pools.clone().unwrap_or_else(made)
    }

    /// What decides whom a candidate is pooled with.
    pub fn pooled_as<'c>(&self, candidate: &'c Candidate) -> PooledAs<'c> {
        PooledAs { title: &candidate.title, list: self.list_of(candidate) }
    }
}
