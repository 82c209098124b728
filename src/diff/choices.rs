//! What was chosen on each side: by the board where its decisions are filed, else by the rules' top tier; and what became
//! of the old choice. Nothing is weighed here: decisions and places are set side by side.

use std::collections::{BTreeMap, BTreeSet};

use super::areas::AreasComparison;
use super::movement::{ListedCandidate, RankedList};
use crate::assessment::decisions::Decision;
use crate::assessment::{Assessment, Candidate};
use crate::board::{BoardComparison, CandidateDecision};
use crate::diagnostic::Problem;
use crate::scoring::{GateTrace, Ranking, Standing, Tracer};

/// What was chosen on two sides, and what became of the old choice.
#[derive(Debug)]
pub struct Choices<'a> {
    /// What each board decided, the old one first; none where no decisions are filed.
    pub boards: (Option<BoardComparison<'a>>, Option<BoardComparison<'a>>),
    /// Everybody on whom a board decided: in the order of the new board's list and then of those it rejected; those on
    /// whom only the old board decided come last, in its order.
    pub verdicts: Vec<BoardVerdict<'a>>,
    /// What became of each old priority: in the order of the old board's list, else of the old list.
    pub old_priorities: Vec<OldPriority<'a>>,
    /// The new priorities, in the order of the new board's list, else of the new list.
    pub new_priorities: Vec<NewPriority>,
}

/// What the boards decided on one candidate, known by its id.
#[derive(Debug)]
pub struct BoardVerdict<'a> {
    /// Whom it is about, as the new assessment has it if it has.
    pub candidate: &'a Candidate,
    /// What the old board decided.
    pub old: Option<CandidateDecision<'a>>,
    /// What the new board decided.
    pub new: Option<CandidateDecision<'a>>,
}

/// What became of an old priority.
#[derive(Debug)]
pub struct OldPriority<'a> {
    /// Where it stood.
    pub old: ListedCandidate,
    /// Where it stands, or where those stand that it has become part of, in the order of the new list; none where it is
    /// gone.
    pub successors: Vec<Successor<'a>>,
}

/// A candidate that is, or carries on, an old priority.
#[derive(Debug)]
pub struct Successor<'a> {
    /// Where it stands.
    pub stand: ListedCandidate,
    /// What became of it.
    pub outcome: PriorityOutcome,
    /// What the new board decided on it.
    pub decision: Option<&'a Decision>,
    /// The gate that puts it outside the tiers.
    pub gate: Option<GateTrace<'a>>,
}

/// What became of an old priority.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PriorityOutcome {
    /// A priority still.
    Kept,
    /// In the top tier, and the board's decision on it is not recorded.
    Undecided,
    /// Too little is filed for the rules to rank it, and no decision on it is recorded.
    NotRanked,
    /// The board does not take it.
    Rejected,
    /// It was in the top tier and is not now, and no board takes it.
    Dropped,
    /// It was in the top tier neither then nor now: the old board took it, and the new one has not.
    Outside,
    /// The new assessment has neither it nor anything that it became.
    Gone,
}

/// A new priority.
#[derive(Debug)]
pub struct NewPriority {
    /// Where it stands.
    pub stand: ListedCandidate,
    /// The ids of the old priorities that it is, or carries on; none where it is new among the priorities.
    pub carried_from: Vec<String>,
    /// Where it stood, itself or what it carries on, where it was there and no priority.
    pub stood: Vec<ListedCandidate>,
}

impl BoardVerdict<'_> {
    /// Whether one board decided on it and the other did not, or they decided otherwise, or gave it another lead or day.
    pub fn changed(&self) -> bool {
        let said = |decided: &Option<CandidateDecision<'_>>| {
            decided.as_ref().map(|it| {
                let Decision { outcome, place, lead, due, .. } = it.decision;
                (*outcome, *place, lead.clone(), *due)
            })
        };
        said(&self.old) != said(&self.new)
    }
}

impl OldPriority<'_> {
    /// What became of it, all in all: the best of what it has become.
    pub fn best_outcome(&self) -> PriorityOutcome {
        self.successors.iter().map(|now| now.outcome).min().unwrap_or(PriorityOutcome::Gone)
    }
}

/// What was chosen on both sides, whose lists these are; none where both are the same assessment with the same decisions.
///
/// # Errors
/// A sentence of a gate or criterion that could not be made.
pub(super) fn choices<'a>(
    old: &Ranking<'a>,
    new: &Ranking<'a>,
    [before, after]: &[RankedList; 2],
    areas: Option<&AreasComparison>,
) -> Result<Option<Choices<'a>>, Problem> {
    if same_content_and_decisions(old.assessment, new.assessment) {
        return Ok(None);
    }
    let boards = (board(old)?, board(new)?);
    let were = priorities(before, boards.0.as_ref());
    let are = priorities(after, boards.1.as_ref());
    let formerly = Formerly::new(new.assessment, areas);
    let fates = SuccessorSearch::new(new, after, ids(&are), boards.1.as_ref(), &formerly).all(&were)?;
    let priorities = new_priorities(&are, &ids(&were), &before.by_id(), &formerly);
    Ok(Some(Choices { verdicts: verdicts(&boards), boards, old_priorities: fates, new_priorities: priorities }))
}

/// Whether two assessments say the same, and their boards decided the same.
fn same_content_and_decisions(old: &Assessment, new: &Assessment) -> bool {
    let of = |side: &Assessment| (side.digest.clone(), side.decisions.as_ref().map(|it| it.digest.clone()));
    of(old) == of(new)
}

/// What the board decided, read off the traces of those on whom it did, or should have.
fn board<'a>(ranking: &Ranking<'a>) -> Result<Option<BoardComparison<'a>>, Problem> {
    let assessment = ranking.assessment;
    let Some(decisions) = &assessment.decisions else { return Ok(None) };
    let mut tracer = Tracer::new(ranking)?;
    let mut traces = Vec::new();
    for candidate in ranking.order().iter().copied() {
        let Some(about) = assessment.candidates.get(candidate) else { continue };
        let is_top = ranking.outcome().standing(candidate) == Standing::Tier(0);
        if is_top || decisions.decisions.contains_key(&about.id) {
            traces.extend(tracer.trace(candidate)?);
        }
    }
    Ok(BoardComparison::new(assessment, ranking.rules, &traces))
}

/// What a side chose, first place first.
fn priorities<'l>(list: &'l RankedList, board: Option<&BoardComparison<'_>>) -> Vec<&'l ListedCandidate> {
    let stands = list.by_id();
    match board {
        Some(board) => board.list.iter().filter_map(|it| stands.get(&*it.candidate.id).copied()).collect(),
        None => list.stands.iter().filter(|stand| stand.is_top).collect(),
    }
}

fn ids<'l>(stands: &[&'l ListedCandidate]) -> BTreeSet<&'l str> {
    stands.iter().map(|stand| &*stand.id).collect()
}

/// Both boards' decisions by candidate.
fn verdicts<'a>((old, new): &(Option<BoardComparison<'a>>, Option<BoardComparison<'a>>)) -> Vec<BoardVerdict<'a>> {
    let decided = |board: &Option<BoardComparison<'a>>| -> Vec<CandidateDecision<'a>> {
        board.iter().flat_map(|board| board.list.iter().chain(&board.rejected)).cloned().collect()
    };
    let (old, new) = (decided(old), decided(new));
    let by_id = |all: &[CandidateDecision<'a>]| -> BTreeMap<&'a str, CandidateDecision<'a>> {
        all.iter().map(|decided| (&*decided.candidate.id, decided.clone())).collect()
    };
    let (before, after) = (by_id(&old), by_id(&new));
    let of_new = new.into_iter().map(|new| {
        let old = before.get(&*new.candidate.id).cloned();
        BoardVerdict { candidate: new.candidate, old, new: Some(new) }
    });
    let of_old = old.into_iter().filter(|old| !after.contains_key(&*old.candidate.id));
    of_new.chain(of_old.map(|old| BoardVerdict { candidate: old.candidate, old: Some(old), new: None })).collect()
}

/// The ids that candidates had, by their own word or because areas became others.
struct Formerly<'l>(BTreeMap<&'l str, BTreeSet<&'l str>>);

impl<'l> Formerly<'l> {
    fn new(assessment: &'l Assessment, areas: Option<&'l AreasComparison>) -> Self {
        let of = |about: &'l Candidate| {
            let by_areas = areas.and_then(|areas| areas.on.made_of.get(&about.id));
            let ids = about.formerly.iter().chain(by_areas.into_iter().flatten()).map(String::as_str);
            (&*about.id, ids.filter(|id| *id != about.id).collect())
        };
        Self(assessment.candidates.iter().map(of).collect())
    }

    fn of(&self, id: &str) -> impl Iterator<Item = &'l str> {
        self.0.get(id).into_iter().flatten().copied()
    }
}

/// What is known of the new side when what became of the old priorities is asked.
struct SuccessorSearch<'l, 'a> {
    new: &'l Ranking<'a>,
    /// Everybody's number and stand, by id.
    stands: BTreeMap<&'l str, (usize, &'l ListedCandidate)>,
    /// Who says that they were somebody: their ids by the earlier one, in the order of the new list.
    successors: BTreeMap<&'l str, Vec<&'l str>>,
    priorities: BTreeSet<&'l str>,
    board: Option<&'l BoardComparison<'a>>,
}

impl<'l, 'a> SuccessorSearch<'l, 'a> {
    fn new(
        new: &'l Ranking<'a>,
        list: &'l RankedList,
        priorities: BTreeSet<&'l str>,
        board: Option<&'l BoardComparison<'a>>,
        formerly: &Formerly<'l>,
    ) -> Self {
        let numbered = new.order().iter().copied().zip(&list.stands);
        let stands = numbered.map(|(number, stand)| (&*stand.id, (number, stand))).collect();
        let mut successors: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for candidate in new.order().iter().filter_map(|number| new.assessment.candidates.get(*number)) {
            for id in formerly.of(&candidate.id) {
                successors.entry(id).or_default().push(&candidate.id);
            }
        }
        Self { new, stands, successors, priorities, board }
    }

    fn all(&self, were: &[&ListedCandidate]) -> Result<Vec<OldPriority<'a>>, Problem> {
        let mut tracer = Tracer::new(self.new)?;
        let fate = |old: &&ListedCandidate| {
            let now = self.successors(&old.id).into_iter();
            let now = now.map(|(number, stand)| self.now(old, number, stand, &mut tracer)).collect::<Result<_, _>>()?;
            Ok(OldPriority { old: (*old).clone(), successors: now })
        };
        were.iter().map(fate).collect()
    }

    /// The candidate with this id or, where there is none, those that were it.
    fn successors(&self, id: &str) -> Vec<(usize, &'l ListedCandidate)> {
        if let Some(itself) = self.stands.get(id) {
            return vec![*itself];
        }
        let successors = self.successors.get(id).into_iter().flatten();
        successors.filter_map(|successor| self.stands.get(successor).copied()).collect()
    }

    fn now(
        &self,
        old: &ListedCandidate,
        number: usize,
        stand: &ListedCandidate,
        tracer: &mut Tracer<'_, 'a>,
    ) -> Result<Successor<'a>, Problem> {
        let decisions = self.board.map(|board| board.decisions);
        let decision = decisions.and_then(|decisions| decisions.decisions.get(&stand.id));
        let became = match (self.priorities.contains(&*stand.id), decision) {
            (true, _) => PriorityOutcome::Kept,
            (false, Some(_)) => PriorityOutcome::Rejected,
            (false, None) if stand.is_top => PriorityOutcome::Undecided,
            (false, None) if self.new.outcome().standing(number) == Standing::NotRanked => PriorityOutcome::NotRanked,
            (false, None) if old.is_top => PriorityOutcome::Dropped,
            (false, None) => PriorityOutcome::Outside,
        };
        let puts_out = |gate: &GateTrace<'_>| gate.effect.band().is_some();
        let gate = match self.new.fired(number).next() {
            None => None,
            // The first gate that fired decided.
            Some(_) => tracer.trace(number)?.and_then(|trace| trace.gates.into_iter().next()).filter(puts_out),
        };
        Ok(Successor { stand: stand.clone(), outcome: became, decision, gate })
    }
}

/// The new priorities, with those of the old ones that they carry on.
fn new_priorities(
    are: &[&ListedCandidate],
    were: &BTreeSet<&str>,
    before: &BTreeMap<&str, &ListedCandidate>,
    formerly: &Formerly<'_>,
) -> Vec<NewPriority> {
    let priority = |stand: &&ListedCandidate| {
        let ids = std::iter::once(&*stand.id).chain(formerly.of(&stand.id));
        let (from, others): (Vec<&str>, Vec<&str>) = ids.partition(|id| were.contains(id));
        let was = others.into_iter().filter_map(|id| before.get(id)).map(|stand| (*stand).clone());
        let carried_from = from.into_iter().map(str::to_owned).collect();
        NewPriority { stand: (*stand).clone(), carried_from, stood: was.collect() }
    };
    are.iter().map(priority).collect()
}
