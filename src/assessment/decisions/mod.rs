//! What the board decided, filed after the ranking.
//!
//! Decisions stand beside the engine's list and are never merged into it: no rank, total, tier or digest of assessment
//! or rules knows of them. They have a digest of their own.

pub mod format;
mod validate;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub use format::DecisionOutcome;
pub(super) use validate::validate;

use super::Period;
use crate::diagnostic::{Place, SourceFile};
use crate::toml_file::Parsed;
use format::DecisionsFile;

/// The file of decisions, read and parsed.
pub(super) type DecisionsSource = (Arc<SourceFile>, Parsed<DecisionsFile>);

/// A board's decisions on the candidates of an assessment, judged.
#[derive(Debug, Clone, PartialEq)]
pub struct Decisions {
    /// The name of the meeting that decided.
    pub title: String,
    /// The day on which it was decided.
    pub date: Period,
    /// What was decided, by the candidate's id.
    pub decisions: BTreeMap<String, Decision>,
    /// The actions that the board chose out of the plan, where it did.
    pub chosen: Option<ChosenSet>,
    /// `sha256:` and the digest of the file's content, comments, layout and order left out.
    pub digest: String,
    /// Where the meeting stands.
    pub place: Place,
}

/// What the board decided on one candidate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// The candidate's id.
    pub candidate: String,
    /// What was decided.
    pub outcome: DecisionOutcome,
    /// The place in the board's own list that it was given, from 1; none where the engine's order stands.
    pub place: Option<usize>,
    /// The reason, in the board's own sentence or two.
    pub reason: String,
    /// The role of the person who speaks for the decision.
    pub by: String,
    /// The day on which it was decided.
    pub date: Period,
    /// The role of the person who leads on it, where said.
    pub lead: Option<String>,
    /// The day by which it is to be done, where said.
    pub due: Option<Period>,
}

/// The actions that the board chose out of the plan. Whether the plan has them, and allows them together, is asked where
/// the plan is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChosenSet {
    /// Their ids, each with its place.
    pub actions: Vec<(String, Place)>,
    /// The year whose amounts they are to be had for; that of the plan where none is said.
    pub period: Option<Period>,
    /// The reason, in the board's own sentence or two.
    pub reason: String,
    /// The role of the person who speaks for the decision.
    pub by: String,
    /// Where it stands.
    pub place: Place,
}

/// A candidate in the board's own list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListedDecision<'a> {
    /// The decision that took it.
    pub decision: &'a Decision,
    /// Its place, from 1.
    pub place: usize,
    /// The place it would have, had it not been given one: for what was moved, by the engine's order alone; for what
    /// was adopted at a place, once the moves are made.
    pub otherwise: usize,
}

impl Decisions {
    /// Those on some candidates, by id; none where the board decided on none of them.
    pub(super) fn about<'a>(&self, candidates: impl Iterator<Item = &'a str>) -> Option<Self> {
        let decided = candidates.filter_map(|id| Some((id.to_owned(), self.decisions.get(id)?.clone())));
        let decisions: BTreeMap<String, Decision> = decided.collect();
        (!decisions.is_empty()).then(|| Self { decisions, ..self.without_decisions() })
    }

    fn without_decisions(&self) -> Self {
        let Self { title, date, digest, place, .. } = self;
        let (title, digest, place) = (title.clone(), digest.clone(), place.clone());
        Self { title, date: *date, decisions: BTreeMap::new(), chosen: None, digest, place }
    }

    /// The board's own list, first place first: those adopted or moved, in the engine's order `order` of candidates'
    /// ids, save that what was given a place has it.
    pub fn board_list<'a>(&self, order: impl IntoIterator<Item = &'a str>) -> Vec<ListedDecision<'_>> {
        let decided = order.into_iter().filter_map(|id| self.decisions.get(id));
        let taken: Vec<&Decision> = decided.filter(|decision| decision.outcome != DecisionOutcome::Rejected).collect();
        let moves = arranged(&taken, |decision| decision.place.filter(|_| decision.outcome == DecisionOutcome::Moved));
        let places = arranged(&taken, |decision| decision.place);
        let listed = |(at, ((decision, place), after_moves))| {
            let decision: &Decision = decision;
            let otherwise = match (decision.outcome, decision.place) {
                (DecisionOutcome::Moved, _) => at + 1,
                (_, Some(_)) => after_moves,
                (_, None) => place,
            };
            ListedDecision { decision, place, otherwise }
        };
        let mut list: Vec<ListedDecision<'_>> =
            taken.into_iter().zip(places).zip(moves).enumerate().map(listed).collect();
        list.sort_by_key(|listed| listed.place);
        list
    }
}

/// The place of each, from 1: what was given one has it, and the others fill the rest in their order.
fn arranged(taken: &[&Decision], given: impl Fn(&Decision) -> Option<usize>) -> Vec<usize> {
    let held: BTreeSet<usize> = taken.iter().filter_map(|decision| given(decision)).collect();
    let mut free = (1..).filter(|place| !held.contains(place));
    taken.iter().filter_map(|decision| given(decision).or_else(|| free.next())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decisions(decisions: &[(&str, DecisionOutcome, Option<usize>)]) -> Decisions {
        let date = Period::parse("2026-04-20").unwrap();
        let source = Arc::new(SourceFile::new("decisions.toml", String::new()));
        let text = || "x".to_owned();
        let decision = |(id, outcome, place): &(&str, DecisionOutcome, Option<usize>)| {
            let (candidate, outcome, place) = ((*id).to_owned(), *outcome, *place);
            (
                candidate.clone(),
                Decision { candidate, outcome, place, reason: text(), by: text(), date, lead: None, due: None },
            )
        };
        let decisions = decisions.iter().map(decision).collect();
        Decisions { title: text(), date, decisions, chosen: None, digest: text(), place: Place::new(&source, 0..0) }
    }

    /// The list of these decisions over the order `a`, `b`, `c`, … as `id place otherwise`.
    fn list(written: &[(&str, DecisionOutcome, Option<usize>)]) -> String {
        let decisions = decisions(written);
        let list = decisions.board_list(["a", "b", "c", "d", "e"]);
        let shown = |listed: &ListedDecision<'_>| {
            let ListedDecision { decision, place, otherwise } = listed;
            format!("{} {place} {otherwise}", decision.candidate)
        };
        list.iter().map(shown).collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn the_engines_order_stands_but_for_places_given() {
        use DecisionOutcome::{Adopted, Moved, Rejected};
        assert_eq!(list(&[]), "");
        assert_eq!(list(&[("d", Adopted, None), ("b", Adopted, None)]), "b 1 1, d 2 2");
        assert_eq!(list(&[("a", Rejected, None), ("b", Adopted, None)]), "b 1 1");
        let all = [("a", Adopted, None), ("b", Adopted, None), ("c", Adopted, None), ("d", Moved, Some(1))];
        assert_eq!(list(&all), "d 1 4, a 2 2, b 3 3, c 4 4");
        let all = [("a", Moved, Some(3)), ("b", Adopted, None), ("c", Adopted, None), ("d", Adopted, None)];
        assert_eq!(list(&all), "b 1 1, c 2 2, a 3 1, d 4 4");
    }

    /// Whoever is pushed by a move has not been moved, and whoever is held against it has.
    #[test]
    fn a_place_given_is_told_from_one_that_follows() {
        use DecisionOutcome::{Adopted, Moved};
        let pushed = [("a", Adopted, Some(2)), ("b", Adopted, Some(3)), ("c", Moved, Some(1))];
        assert_eq!(list(&pushed), "c 1 3, a 2 2, b 3 3");
        let held = [("a", Adopted, None), ("b", Adopted, Some(2)), ("c", Moved, Some(1))];
        assert_eq!(list(&held), "c 1 3, b 2 3, a 3 3");
    }

    /// What each of four candidates can have been decided: 11 ways each.
    fn every_way() -> Vec<Option<(DecisionOutcome, Option<usize>)>> {
        use DecisionOutcome::{Adopted, Moved, Rejected};
        let given = (1..=4).flat_map(|place| [Some((Adopted, Some(place))), Some((Moved, Some(place)))]);
        [None, Some((Rejected, None)), Some((Adopted, None))].into_iter().chain(given).collect()
    }

    #[test]
    fn every_list_has_each_place_once_and_keeps_the_order_of_the_rest() {
        let (ids, ways) = (["a", "b", "c", "d"], every_way());
        let mut tried = 0;
        for number in 0..ways.len().pow(4) {
            let way = |at: usize| ways[number / ways.len().pow(u32::try_from(at).unwrap()) % ways.len()];
            let written: Vec<(&str, DecisionOutcome, Option<usize>)> = ids
                .iter()
                .enumerate()
                .filter_map(|(at, id)| way(at).map(|(outcome, place)| (*id, outcome, place)))
                .collect();
            let taken: Vec<_> =
                written.iter().filter(|(_, outcome, _)| *outcome != DecisionOutcome::Rejected).collect();
            let given: Vec<usize> = taken.iter().filter_map(|(_, _, place)| *place).collect();
            let apart = given.iter().collect::<BTreeSet<_>>().len() == given.len();
            // What the file may not say.
            if !apart || given.iter().any(|place| *place > taken.len()) {
                continue;
            }
            tried += 1;
            let decisions = decisions(&written);
            let list = decisions.board_list(ids);
            assert_eq!(
                list.iter().map(|listed| listed.place).collect::<Vec<_>>(),
                (1..=taken.len()).collect::<Vec<_>>()
            );
            assert!(list.iter().all(|listed| listed.decision.place.is_none_or(|place| place == listed.place)));
            let rest: Vec<&str> = list
                .iter()
                .filter(|listed| listed.decision.place.is_none())
                .map(|listed| &*listed.decision.candidate)
                .collect();
            assert!(rest.is_sorted(), "{written:?} gives {rest:?}");
        }
        assert!(tried > 1000, "{tried}");
    }
}
