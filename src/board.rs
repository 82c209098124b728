//! The engine's list and the board's, side by side: what the board decided on each candidate, and where it overruled the
//! rules.
//!
//! Nothing here reaches back: a decision changes no rank, total, tier or digest, and the two lists are never merged.

use std::collections::BTreeMap;

use crate::assessment::decisions::{Decision, DecisionOutcome, Decisions, ListedDecision};
use crate::assessment::plan::options::Action;
use crate::assessment::{Assessment, Candidate};
use crate::diagnostic::{Code, Problem, Problems, quoted_list};
use crate::rules::RuleSet;
use crate::scoring::{GateTrace, Standing, Trace};

/// The standing that the rules give to what is to be chosen.
const FIRST_TIER: Standing = Standing::Tier(0);

/// What the board decided on a ranking.
#[derive(Debug, Clone)]
pub struct BoardComparison<'a> {
    /// The decisions as filed.
    pub decisions: &'a Decisions,
    /// The board's own list, first place first.
    pub list: Vec<CandidateDecision<'a>>,
    /// Those that the board does not take, in the engine's order.
    pub rejected: Vec<CandidateDecision<'a>>,
    /// Those in the rules' first tier without a decision, in the engine's order.
    pub undecided: Vec<&'a Candidate>,
}

/// What the board decided on one candidate.
#[derive(Debug, Clone)]
pub struct CandidateDecision<'a> {
    /// Whom it is about.
    pub candidate: &'a Candidate,
    /// What was decided, why, by whom and when.
    pub decision: &'a Decision,
    /// The place in the board's own list, from 1; none for what is rejected.
    pub place: Option<usize>,
    /// The engine's competition rank, from 1; none where it could not be ranked.
    pub rank: Option<usize>,
    /// Where the rules put it.
    pub standing: Standing,
    /// In what ways the board overruled the rules: none where it followed them.
    pub overrulings: Vec<Overruling<'a>>,
}

/// A way in which the board overruled the rules.
#[derive(Debug, Clone)]
pub enum Overruling<'a> {
    /// Adopted, though the rules do not have it in their first tier.
    AdoptedOutsideFirstTier,
    /// Rejected, though the rules have it in their first tier.
    RejectedInFirstTier,
    /// Given another place in the list.
    Moved {
        /// The place it would have otherwise.
        from: usize,
        /// The place it was given.
        to: usize,
    },
    /// Adopted or rejected, though a gate decided otherwise.
    AgainstGate(GateTrace<'a>),
}

impl<'a> BoardComparison<'a> {
    /// What the board decided on these traces, all of a ranking in its order; none where no decisions are filed. Where the
    /// rules make a list for each area, the board's list has places within it, too.
    pub fn new(assessment: &'a Assessment, rules: &RuleSet, traces: &[Trace<'a>]) -> Option<Self> {
        // A board that decided on actions of the plan alone has decided nothing on the list.
        let is_of_the_list = |decisions: &&Decisions| !decisions.decisions.is_empty() || decisions.chosen.is_none();
        let decisions = assessment.decisions.as_ref().filter(is_of_the_list)?;
        let (mut list, mut rejected, mut undecided) = (Vec::new(), Vec::new(), Vec::new());
        let area = |candidate: &'a Candidate| rules.per.and(candidate.area.as_deref());
        let mut by_area: BTreeMap<Option<&str>, Vec<&'a str>> = BTreeMap::new();
        for trace in traces {
            by_area.entry(area(trace.candidate)).or_default().push(&trace.candidate.id);
        }
        let listed = by_area.into_values().flat_map(|ids| decisions.board_list(ids));
        let listed: BTreeMap<&str, ListedDecision<'_>> =
            listed.map(|listed| (&*listed.decision.candidate, listed)).collect();
        for trace in traces {
            match decisions.decisions.get(&trace.candidate.id) {
                Some(decision) if decision.outcome == DecisionOutcome::Rejected => {
                    rejected.push(CandidateDecision::new(trace, decision, None));
                }
                Some(decision) => {
                    list.push(CandidateDecision::new(trace, decision, listed.get(&*trace.candidate.id)));
                }
                None if trace.standing == FIRST_TIER => undecided.push(trace.candidate),
                None => {}
            }
        }
        list.sort_by_key(|decided: &CandidateDecision<'a>| (area(decided.candidate), decided.place));
        Some(Self { decisions, list, rejected, undecided })
    }

    /// Every decision that overruled the rules: those of the board's list first.
    pub fn overruling_decisions(&self) -> impl Iterator<Item = &CandidateDecision<'a>> {
        self.list.iter().chain(&self.rejected).filter(|decided| !decided.overrulings.is_empty())
    }
}

impl<'a> CandidateDecision<'a> {
    fn new(trace: &Trace<'a>, decision: &'a Decision, listed: Option<&ListedDecision<'_>>) -> Self {
        Self {
            candidate: trace.candidate,
            decision,
            place: listed.map(|listed| listed.place),
            rank: trace.rank,
            standing: trace.standing,
            overrulings: overrulings(trace, decision, listed),
        }
    }
}

fn overrulings<'a>(trace: &Trace<'a>, decision: &Decision, listed: Option<&ListedDecision<'_>>) -> Vec<Overruling<'a>> {
    let rejected = decision.outcome == DecisionOutcome::Rejected;
    let mut found = Vec::new();
    match (rejected, trace.standing == FIRST_TIER) {
        (false, false) => found.push(Overruling::AdoptedOutsideFirstTier),
        (true, true) => found.push(Overruling::RejectedInFirstTier),
        _ => {}
    }
    if let Some(ListedDecision { place, otherwise, .. }) = listed.copied()
        && (decision.outcome == DecisionOutcome::Moved || place != otherwise)
    {
        found.push(Overruling::Moved { from: otherwise, to: place });
    }
    // The first gate that fired decided.
    if let Some(gate) = trace.overruling_gate()
        && gate.effect.is_against(rejected)
    {
        found.push(Overruling::AgainstGate(gate.clone()));
    }
    found
}

/// Who is to carry out what is decided, or is to be decided, and by when, where that is not filed: of what the board took, and of
/// what is in the first tier without a decision. An action of the plan that serves it may say so; where the board chose
/// actions, one of those.
pub fn not_led(assessment: &Assessment, traces: &[Trace<'_>]) -> Option<Problem> {
    let decisions = assessment.decisions.as_ref();
    let chosen: Option<Vec<&str>> = decisions
        .and_then(|decisions| decisions.chosen.as_ref())
        .map(|chosen| chosen.actions.iter().map(|(id, _)| &**id).collect());
    let actions = assessment.plan.iter().flat_map(|plan| &plan.options).flat_map(|options| &options.actions);
    let actions: Vec<&Action> =
        actions.filter(|action| chosen.as_ref().is_none_or(|chosen| chosen.contains(&&*action.id))).collect();
    let missing = |trace: &Trace<'_>| {
        let id = &trace.candidate.id;
        let decision = decisions.and_then(|decisions| decisions.decisions.get(id));
        let is_taken = match decision {
            Some(decision) => decision.outcome != DecisionOutcome::Rejected,
            None => trace.standing == FIRST_TIER,
        };
        let own = || actions.iter().filter(|action| action.serves.iter().any(|reach| reach.candidate == *id));
        let is_led =
            decision.is_some_and(|decision| decision.lead.is_some()) || own().any(|action| action.lead.is_some());
        let is_due =
            decision.is_some_and(|decision| decision.due.is_some()) || own().any(|action| action.due.is_some());
        let what = match (is_led, is_due) {
            _ if !is_taken => return None,
            (true, true) => return None,
            (false, false) => "`lead` and `due`",
            (false, true) => "`lead`",
            (true, false) => "`due`",
        };
        Some(format!("{what} of `{id}`"))
    };
    let missing: Vec<String> = traces.iter().filter_map(missing).collect();
    let message = format!("a committee expects who leads on each decision and by which day: {}", missing.join("; "));
    let help = "add them to its `[[decision]]` in `decisions.toml`, or to an action of the plan that serves it";
    (!missing.is_empty()).then(|| Problem::new(Code::NotForCommittee, message).help(help))
}

/// A warning where decisions are filed and those on some candidates of the first tier are not.
pub fn undecided_warning(assessment: &Assessment, rules: &RuleSet, traces: &[Trace<'_>]) -> Problems {
    let mut problems = Problems::default();
    let Some(board) = BoardComparison::new(assessment, rules, traces).filter(|board| !board.undecided.is_empty())
    else {
        return problems;
    };
    let ids: Vec<&str> = board.undecided.iter().map(|candidate| &*candidate.id).collect();
    let tier = rules.tiers.first().map_or("", |tier| &tier.title);
    let message = format!("no decision of the board is recorded on {}, in \"{tier}\"", quoted_list(&ids));
    let help = "add a `[[decision]]` for each: `adopted`, `rejected` or `moved`, and why";
    problems.push(Problem::new(Code::DecisionMissing, message).at(board.decisions.place.clone()).help(help));
    problems
}
