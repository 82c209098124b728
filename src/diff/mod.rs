//! What is other between two lists, and why: another rule set on the same evidence, another year by the same rules, or
//! both; what was chosen of each; and what became of their plans.
//!
//! Pure: each side is an assessment with the rules that rank it, wherever the two came from. Nothing is laid out here.

mod areas;
mod attribution;
mod change;
mod choices;
mod committee;
mod content;
mod evidence;
mod members;
mod movement;
mod plans;
mod words;

use std::collections::BTreeMap;
use std::num::NonZeroUsize;

pub use areas::AreasComparison;
pub use attribution::{ChangeGroup, GroupingReason, TotalSplit};
pub use change::{RuleChange, RuleEdit};
pub use choices::{BoardVerdict, Choices, NewPriority, OldPriority, PriorityOutcome, Successor};
pub use committee::CommitteeShift;
pub use content::TableKind;
pub use evidence::{AnswerShift, AnswerState, CandidateShift, IndirectCause};
pub use members::{MembersComparison, ThemeShift};
pub use movement::{ListedCandidate, MovedCandidate, Movement, RankedList, Renames, movement};
pub use plans::{PlanShift, Shift};

use crate::assessment::Assessment;
use crate::diagnostic::{Problem, Problems};
use crate::rules::{self, RuleSet};
use crate::scoring::{self, Ranking};
use change::RuleSetPair;
use movement::{CarriedOn, movement_of};

/// An assessment with the rules that rank it.
#[derive(Debug, Clone, Copy)]
pub struct DiffSide<'a> {
    /// The assessment that is ranked.
    pub assessment: &'a Assessment,
    /// The rule set that ranks it.
    pub rules: &'a RuleSet,
    /// The record that the assessment was read from; none where it was a folder.
    pub record: Option<RecordIdentity<'a>>,
}

/// A side with its list made.
#[derive(Debug, Clone, Copy)]
pub struct RankedSide<'r, 'a> {
    /// The list, with the assessment and the rules that it is made of.
    pub ranking: &'r Ranking<'a>,
    /// The record that the assessment was read from; none where it was a folder.
    pub record: Option<RecordIdentity<'a>>,
}

impl<'a> RankedSide<'_, 'a> {
    fn side(&self) -> DiffSide<'a> {
        DiffSide { assessment: self.ranking.assessment, rules: self.ranking.rules, record: self.record }
    }
}

/// Which record it is.
#[derive(Debug, Clone, Copy)]
pub struct RecordIdentity<'a> {
    /// `sha256:` and the digest that stands for it.
    pub digest: &'a str,
    /// The day that was stated when it was made, `2020-02-14`.
    pub date: Option<&'a str>,
    /// The role of the person who sealed it, as stated.
    pub by: Option<&'a str>,
}

/// All that is other between two sides.
#[derive(Debug)]
pub struct ListComparison<'a> {
    /// The side that changes are told from.
    pub old: DiffSide<'a>,
    /// The side that changes lead to.
    pub new: DiffSide<'a>,
    /// What moved, all in all.
    pub moved: Movement,
    /// What moved because areas became others, or why that can't be told; none where the old side has no candidate of an
    /// area that the new one says has become another. The rules and the evidence change then, on the new areas.
    pub areas: Option<Result<AreasComparison, String>>,
    /// What changed in the rules, and what that does to the old assessment; none where both sides have the same ones.
    pub rules: Option<RulesComparison>,
    /// What changed in the evidence, by the new rules; none where both sides have the same.
    pub evidence: Option<EvidenceComparison>,
    /// Who the members are and what they have as priorities; none where that is the same, and where neither side has any.
    pub members: Option<MembersComparison>,
    /// What was chosen on each side, and what became of the old choice; none where both sides are the same assessment
    /// with the same decisions.
    pub chosen: Option<Choices<'a>>,
    /// What a committee is told beside the list that is new, other or gone.
    pub committee: Vec<CommitteeShift<'a>>,
    /// What became of the plans, the earliest first; none where both sides have the same ones.
    pub plans: Option<Vec<PlanShift<'a>>>,
}

impl ListComparison<'_> {
    /// What the areas did, where they became others and that can be told.
    pub fn areas(&self) -> Option<&AreasComparison> {
        self.areas.as_ref()?.as_ref().ok()
    }

    /// The assessment on which the rules changed: the old one, on the new areas where they are others.
    pub fn before_rules(&self) -> &Assessment {
        self.areas().map_or(self.old.assessment, |areas| &areas.on.assessment)
    }
}

/// What changed in the rules, and what that does to one assessment.
#[derive(Debug)]
pub struct RulesComparison {
    /// Every change of meaning, in the order of the new rules; none where only comments or layout are others.
    pub changes: Vec<DescribedChange>,
    /// Who moved from the one list to the other.
    pub moved: Movement,
    /// The changes that can alter a total, where need be several as one.
    pub parts: Vec<ChangeGroup>,
    /// How the change of each total is made up of the parts, in the order of the new list.
    pub splits: Vec<TotalSplit>,
}

/// A change of the rules in words, and whether it moves anything.
#[derive(Debug)]
pub struct DescribedChange {
    /// What changed, by key.
    pub change: RuleChange,
    /// What it says, a sentence without its full stop.
    pub words: String,
    /// What comes of it.
    pub effect: ChangeEffect,
}

/// What comes of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeEffect {
    /// It alters totals, by itself or with others: it is one of the parts.
    Totals,
    /// It alters no total; made alone, or alone not made, it moves somebody's rank, tier or gates.
    Places,
    /// It moves nothing here.
    Nothing,
    /// It is of names and sentences, and can move nothing.
    Words,
    /// Evidence or a function that only one of the rule sets has: what reads or calls it moves totals, or not.
    ByUse,
}

impl ChangeEffect {
    /// The word for it in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Totals => "totals",
            Self::Places => "places",
            Self::Nothing => "nothing",
            Self::Words => "words",
            Self::ByUse => "by-use",
        }
    }
}

/// What changed in the evidence, by the same rules.
#[derive(Debug)]
pub struct EvidenceComparison {
    /// Who moved from the one list to the other.
    pub moved: Movement,
    /// What became of each candidate that both assessments have and of whom anything changed, in the order of the new
    /// list.
    pub shifts: Vec<CandidateShift>,
}

/// Everything that is other from `old` to `new`. Where areas became others, the old evidence is put on the new ones first.
/// Where both rules and evidence are other, the rules change then, on the old evidence, and the evidence does last. The number of threads changes nothing of what comes out.
///
/// # Errors
/// Expressions that failed, and evidence of the old assessment that is not what the new rules read.
pub fn compare<'a>(
    old: DiffSide<'a>,
    new: DiffSide<'a>,
    threads: NonZeroUsize,
) -> Result<ListComparison<'a>, Problems> {
    let ranked = |side: DiffSide<'a>| scoring::rank(side.assessment, side.rules, threads);
    let (first, last) = (ranked(old)?, ranked(new)?);
    let (old, new) =
        (RankedSide { ranking: &first, record: old.record }, RankedSide { ranking: &last, record: new.record });
    compare_ranked(old, new, &Renames::new(), threads)
}

/// The same of two lists that were made already. Some candidates of the new side may have had another id on the old one:
/// each is compared with what it was.
///
/// # Errors
/// As [`compare`].
pub fn compare_ranked<'a>(
    old: RankedSide<'_, 'a>,
    new: RankedSide<'_, 'a>,
    renames: &Renames,
    threads: NonZeroUsize,
) -> Result<ListComparison<'a>, Problems> {
    let (first, last) = (old.ranking, new.ranking);
    let (old, new) = (old.side(), new.side());
    let lists = [RankedList::from_ranking(first), RankedList::from_ranking(last)];
    let same_evidence = old.assessment.digest == new.assessment.digest;
    let put_on = (!same_evidence).then(|| old.assessment.on_areas_of(new.assessment)).flatten();
    let (areas, RulesThenEvidence { rules, evidence }) = match put_on {
        None => (None, RulesThenEvidence::new(first, last, renames, threads)?),
        Some(Err(why)) => (Some(Err(why.message)), RulesThenEvidence::new(first, last, renames, threads)?),
        Some(Ok(on)) => {
            let start = scoring::rank(&on.assessment, old.rules, threads)?;
            let then = RulesThenEvidence::new(&start, last, &areas::renames_left(renames, &on), threads)?;
            let list = RankedList::from_ranking(&start);
            drop(start);
            (Some(Ok(AreasComparison::new(on, &lists[0], &list))), then)
        }
    };
    // Rules in between that could not be ranked by are told as such: that the budget was spent is not.
    new.rules.library.budget.check()?;
    let known = areas.as_ref().and_then(|areas| areas.as_ref().ok());
    let chosen = choices::choices(first, last, &lists, known)?;
    let [before, after] = lists;
    let moved = movement_of(&before, &after, &areas::carried_on(renames, known));
    let members = members::members(old.assessment, new.assessment, renames);
    let committee = committee::committee(old.assessment, new.assessment);
    let plans = plans::plans(old.assessment, new.assessment);
    Ok(ListComparison { old, new, moved, areas, rules, evidence, members, chosen, committee, plans })
}

/// What is other once the areas are the same: the rules change first, on the old evidence, and then the evidence does.
struct RulesThenEvidence {
    rules: Option<RulesComparison>,
    evidence: Option<EvidenceComparison>,
}

impl RulesThenEvidence {
    fn new(
        first: &Ranking<'_>,
        last: &Ranking<'_>,
        renames: &Renames,
        threads: NonZeroUsize,
    ) -> Result<Self, Problems> {
        let same_rules = first.rules.digest == last.rules.digest && !change::other_in_force(first.rules, last.rules);
        let same_evidence = first.assessment.digest == last.assessment.digest;
        let are_both = !same_rules && !same_evidence;
        if are_both {
            can_rank(first.assessment, last.rules)?;
        }
        let between = are_both.then(|| scoring::rank(first.assessment, last.rules, threads)).transpose()?;
        let by_new_rules = between.as_ref().unwrap_or(if same_rules { first } else { last });
        let rules = (!same_rules).then(|| other_rules(first, by_new_rules, threads));
        let evidence = (!same_evidence).then(|| other_evidence(by_new_rules, last, renames)).transpose()?;
        Ok(Self { rules, evidence })
    }
}

/// Every change of meaning from one rule set to another, in the order of the new one, each in a sentence without its full
/// stop. Nothing is ranked.
pub fn rule_changes(old: &RuleSet, new: &RuleSet) -> Vec<(RuleChange, String)> {
    let pair = RuleSetPair::new(old, new);
    pair.changes.iter().map(|change| (change.clone(), words::words(&pair, change))).collect()
}

/// Whether the old assessment has what the new rules read.
fn can_rank(assessment: &Assessment, rules: &RuleSet) -> Result<(), Problems> {
    let mut problems = Problems::default();
    rules::fit(assessment, &rules.evidence, &mut problems);
    if problems.has_errors() { Err(problems) } else { Ok(()) }
}

fn other_evidence(old: &Ranking<'_>, new: &Ranking<'_>, renames: &Renames) -> Result<EvidenceComparison, Problem> {
    let carried: CarriedOn = renames.iter().map(|(new, old)| (new.clone(), vec![old.clone()])).collect();
    Ok(EvidenceComparison {
        moved: movement_of(&RankedList::from_ranking(old), &RankedList::from_ranking(new), &carried),
        shifts: evidence::shifts(old, new, renames)?,
    })
}

/// What changed from the rules of `old` to those of `new`, which rank the same assessment.
fn other_rules(old: &Ranking<'_>, new: &Ranking<'_>, threads: NonZeroUsize) -> RulesComparison {
    let pair = RuleSetPair::new(old.rules, new.rules);
    let mut credit = attribution::attribute(&pair, old, new, threads);
    let places: BTreeMap<usize, usize> = new.order().iter().enumerate().map(|(place, it)| (*it, place)).collect();
    credit.splits.sort_by_key(|split| places.get(&split.candidate));
    let lists = [RankedList::from_ranking(old), RankedList::from_ranking(new)];
    let changes = pair.changes.iter().enumerate().map(|(number, change)| DescribedChange {
        words: words::words(&pair, change),
        effect: effect(&pair, number, &credit.parts, old.assessment, &lists),
        change: change.clone(),
    });
    RulesComparison {
        changes: changes.collect(),
        moved: movement(&lists[0], &lists[1]),
        parts: credit.parts,
        splits: credit.splits,
    }
}

fn effect(
    pair: &RuleSetPair<'_>,
    number: usize,
    parts: &[ChangeGroup],
    assessment: &Assessment,
    lists: &[RankedList; 2],
) -> ChangeEffect {
    if let Some(part) = parts.iter().find(|part| part.changes.contains(&number)) {
        return if part.moves { ChangeEffect::Totals } else { ChangeEffect::Nothing };
    }
    let Some(change) = pair.changes.get(number) else { return ChangeEffect::Words };
    let words = ["name", "version", "about", "weights_because", "title", "question", "unit", "because", "reason"];
    let aside = change.kind == TableKind::Ruleset && change.is_of(&content::ASIDE);
    if aside || change.is_of(&words) {
        return ChangeEffect::Words;
    }
    let is_part = matches!(change.kind, TableKind::Parameter | TableKind::Function);
    if change.kind == TableKind::Evidence || (is_part && change.is_whole()) {
        return ChangeEffect::ByUse;
    }
    let [old, new] = lists;
    let alone = list(pair, assessment, |other| other == number);
    let but_this = list(pair, assessment, |other| other != number);
    let moves = |from: &RankedList, to: Option<RankedList>| {
        to.is_some_and(|to| order(from) != order(&to) || movement(from, &to).any())
    };
    if moves(old, alone) || moves(new, but_this) { ChangeEffect::Places } else { ChangeEffect::Nothing }
}

fn order(list: &RankedList) -> Vec<&str> {
    list.stands.iter().map(|stand| &*stand.id).collect()
}

/// The list where only some changes are made; none where such rules can't rank.
fn list(pair: &RuleSetPair<'_>, assessment: &Assessment, is_made: impl Fn(usize) -> bool) -> Option<RankedList> {
    let made = (0..pair.changes.len()).filter(|number| is_made(*number)).collect();
    let rules = pair.mixed(&made).judged(&pair.new.library.budget)?;
    let ranking = scoring::rank(assessment, &rules, NonZeroUsize::MIN).ok()?;
    Some(RankedList::from_ranking(&ranking))
}
