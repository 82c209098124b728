//! For programs: stable, versioned in `schema`. Wire types, apart from the core's.

mod areas;
mod choices;
mod committee;
mod members;
mod plans;
mod stand;

use schemars::JsonSchema;
use serde::Serialize;

use crate::assessment::Assessment;
use crate::diff::{
    AnswerShift, AnswerState, CandidateShift, ChangeGroup, DescribedChange, DiffSide, EvidenceComparison,
    GroupingReason, IndirectCause, ListComparison, ListedCandidate, Movement, RecordIdentity, RulesComparison,
    TotalSplit,
};
use crate::rules::RuleSet;
use crate::scoring::Fixed;
use crate::words::indented_json;
pub(in crate::report) use areas::AreasEntry;
pub(in crate::report) use areas::areas as areas_entry;
use choices::{ChoicesEntry, chosen};
use committee::{CommitteeShiftEntry, committee};
use members::{MembersEntry, members};
use plans::{PlanShiftEntry, plans};
use stand::{ListedEntry, stand};

/// The version of this format.
pub const SCHEMA: &str = "prioritise/diff/1";

/// What is other between two lists, and why.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "prioritise diff")]
pub struct DiffFile<'a> {
    /// `prioritise/diff/1`.
    pub schema: &'a str,
    /// The engine's version.
    pub engine: &'a str,
    /// The old side.
    pub old: SideEntry<'a>,
    /// The new side.
    pub new: SideEntry<'a>,
    /// What moved, all in all.
    pub moved: MovementEntry<'a>,
    /// What areas did that became others, before anything else changed; left out where they are the same.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub areas: Option<AreasEntry<'a>>,
    /// What changed in the rules, and what that does to the old assessment, on the new areas where they are others; null
    /// where both sides have the same ones.
    pub rules: Option<RulesComparisonEntry<'a>>,
    /// What changed in the evidence, by the new rules; null where both sides have the same.
    pub evidence: Option<EvidenceComparisonEntry<'a>>,
    /// Who the members are and which themes they have as priorities; left out where that is the same, and where neither side
    /// has members.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub members: Option<MembersEntry<'a>>,
    /// What a committee is told beside the list that is new, other or gone; left out where nothing is.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub committee: Vec<CommitteeShiftEntry<'a>>,
    /// What was chosen on each side, and what became of the old choice; null where both sides are the same assessment with
    /// the same decisions.
    pub chosen: Option<ChoicesEntry<'a>>,
    /// What became of the plans, the earliest first: measures from year to year, and what was added, dropped or changed;
    /// null where both sides have the same ones.
    pub plans: Option<Vec<PlanShiftEntry<'a>>>,
}

/// An assessment with the rules that rank it.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SideEntry<'a> {
    /// The assessment's title.
    pub title: &'a str,
    /// Its period, in words.
    pub period: String,
    /// Its digest.
    pub assessment: &'a str,
    /// The rule set's name.
    pub rules_name: &'a str,
    /// Its version.
    pub rules_version: &'a str,
    /// Its digest.
    pub rules: &'a str,
    /// The record that it was read from; null where it was a folder.
    pub record: Option<RecordEntry<'a>>,
}

/// Which record it is.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordEntry<'a> {
    /// The digest that stands for it, as `record` and a register tell it.
    pub digest: &'a str,
    /// The day that was stated when it was made; null where none was.
    pub date: Option<&'a str>,
    /// The role of the person who sealed it, as stated; null where none was.
    pub by: Option<&'a str>,
}

/// What moved.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "MovedEntry")]
pub struct MovementEntry<'a> {
    /// The ids of those that are in the top tier and were not.
    pub entered: Vec<&'a str>,
    /// The ids of those that were in the top tier and are not.
    pub left: Vec<&'a str>,
    /// The ids of those that were first.
    pub was_first: Vec<&'a str>,
    /// The ids of those that are first.
    pub is_first: Vec<&'a str>,
    /// Those of both lists that moved, in the order of the new list.
    pub movers: Vec<MovedCandidateEntry<'a>>,
    /// How many of both lists did not move.
    pub stayed: usize,
    /// Those of the new list alone.
    pub added: Vec<ListedEntry<'a>>,
    /// Those of the old list alone.
    pub gone: Vec<ListedEntry<'a>>,
}

/// A candidate that moved.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "MoverEntry")]
pub struct MovedCandidateEntry<'a> {
    /// Where it stood.
    pub old: ListedEntry<'a>,
    /// Where it stands.
    pub new: ListedEntry<'a>,
    /// The change of its total; null where it has none on one of the sides.
    #[schemars(with = "Option<f64>")]
    pub by: Option<Fixed>,
}

/// What changed in the rules.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "RulesEntry")]
pub struct RulesComparisonEntry<'a> {
    /// Every change of meaning; none where only comments or layout are others.
    pub changes: Vec<ChangeEntry<'a>>,
    /// The changes that can alter a total, where need be several as one.
    pub parts: Vec<ChangeGroupEntry<'a>>,
    /// How the change of each total is made up.
    pub candidates: Vec<SplitEntry<'a>>,
}

/// A change of the rules.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeEntry<'a> {
    /// What changed, by its keys: `criterion.volume.weight`.
    pub key: String,
    /// What it says.
    pub words: &'a str,
    /// What comes of it: `totals`, `places`, `nothing`, `words` where it can move nothing, or `by-use` where all that it
    /// can move is moved by the changes of what reads or calls it.
    pub moves: &'a str,
}

/// Changes that are counted as one.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "PartEntry")]
pub struct ChangeGroupEntry<'a> {
    /// The numbers of the changes in `changes`, from 0.
    pub changes: &'a [usize],
    /// Why they are one: `single`, `same-criterion`, `rest` or `stand-together`.
    pub why: &'a str,
    /// Whether it alters anybody's total.
    pub moves: bool,
}

/// How the change of a total is made up.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SplitEntry<'a> {
    /// The candidate's id.
    pub id: &'a str,
    /// The change of its total.
    #[schemars(with = "f64")]
    pub by: Fixed,
    /// What each of `parts` makes of it, in their order; null where it has no total on the way.
    #[schemars(with = "Option<Vec<f64>>")]
    pub parts: Option<&'a [Fixed]>,
}

/// What changed in the evidence.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "EvidenceEntry")]
pub struct EvidenceComparisonEntry<'a> {
    /// The candidates of whom anything changed, in the order of the new list.
    pub candidates: Vec<ShiftEntry<'a>>,
}

/// What became of a candidate.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ShiftEntry<'a> {
    /// Its id.
    pub id: &'a str,
    /// The change of its total by the new rules; null where it has none on one of the sides.
    #[schemars(with = "Option<f64>")]
    pub by: Option<Fixed>,
    /// What vetoes make of the change; left out where the rules take none.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<f64>")]
    pub vetoes: Option<Fixed>,
    /// The questions whose answer, value or points changed.
    pub questions: Vec<AnswerShiftEntry<'a>>,
}

/// What became of an answer.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "QuestionEntry")]
pub struct AnswerShiftEntry<'a> {
    /// The criterion's id.
    pub criterion: &'a str,
    /// What it makes of the change of the total; null where there is none.
    #[schemars(with = "Option<f64>")]
    pub part: Option<Fixed>,
    /// The old answer.
    pub old: AnswerEntry,
    /// The new answer.
    pub new: AnswerEntry,
    /// Why value or points changed though the answer did not: `others` moved, or `weights` are shared in another way.
    pub because: Option<&'a str>,
}

/// An answer, its value and its points.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AnswerEntry {
    /// The measure; null where it is missing.
    pub measure: Option<f64>,
    /// The lower end of its interval.
    pub lower: Option<f64>,
    /// The upper end of its interval.
    pub upper: Option<f64>,
    /// The value, or what stands in for it; null where the question is left out.
    #[schemars(with = "Option<f64>")]
    pub value: Option<Fixed>,
    /// The points; a factor where the total is a weighted product.
    #[schemars(with = "f64")]
    pub points: Fixed,
}

/// What is other between two lists, and why, as JSON.
pub fn json(found: &ListComparison<'_>) -> String {
    let file = DiffFile {
        schema: SCHEMA,
        engine: env!("CARGO_PKG_VERSION"),
        old: side(found.old),
        new: side(found.new),
        moved: moved(&found.moved),
        areas: found.areas.as_ref().map(areas_entry),
        rules: found.rules.as_ref().map(|other| rules(other, found.before_rules())),
        evidence: found.evidence.as_ref().map(|other| evidence(other, found.new)),
        members: found.members.as_ref().map(members),
        committee: found.committee.iter().map(committee).collect(),
        chosen: found.chosen.as_ref().map(chosen),
        plans: found.plans.as_deref().map(plans),
    };
    indented_json(&file)
}

fn side(side: DiffSide<'_>) -> SideEntry<'_> {
    SideEntry {
        title: &side.assessment.title,
        period: side.assessment.period.to_string(),
        assessment: &side.assessment.digest,
        rules_name: &side.rules.name,
        rules_version: &side.rules.version,
        rules: &side.rules.digest,
        record: side.record.map(|RecordIdentity { digest, date, by }| RecordEntry { digest, date, by }),
    }
}

fn moved(moved: &Movement) -> MovementEntry<'_> {
    MovementEntry {
        entered: ids_of(&moved.entered),
        left: ids_of(&moved.left),
        was_first: ids_of(&moved.first.0),
        is_first: ids_of(&moved.first.1),
        movers: moved
            .movers
            .iter()
            .map(|mover| MovedCandidateEntry {
                old: stand(&mover.old),
                new: stand(&mover.new),
                by: mover.total_change(),
            })
            .collect(),
        stayed: moved.stayed,
        added: moved.added.iter().map(stand).collect(),
        gone: moved.gone.iter().map(stand).collect(),
    }
}

fn ids_of(stands: &[ListedCandidate]) -> Vec<&str> {
    stands.iter().map(|stand| &*stand.id).collect()
}

fn rules<'a>(other: &'a RulesComparison, assessment: &'a Assessment) -> RulesComparisonEntry<'a> {
    let split = |split: &'a TotalSplit| SplitEntry {
        id: assessment.candidates.get(split.candidate).map_or("", |candidate| &candidate.id),
        by: split.by,
        parts: split.parts.as_deref(),
    };
    RulesComparisonEntry {
        changes: other.changes.iter().map(change).collect(),
        parts: other.parts.iter().map(part).collect(),
        candidates: other.splits.iter().map(split).collect(),
    }
}

fn change(told: &DescribedChange) -> ChangeEntry<'_> {
    ChangeEntry { key: told.change.key(), words: &told.words, moves: told.effect.word() }
}

fn part(part: &ChangeGroup) -> ChangeGroupEntry<'_> {
    let why = match part.reason {
        GroupingReason::Single => "single",
        GroupingReason::SameCriterion => "same-criterion",
        GroupingReason::Rest => "rest",
        GroupingReason::StandTogether => "stand-together",
    };
    ChangeGroupEntry { changes: &part.changes, why, moves: part.moves }
}

fn evidence<'a>(other: &'a EvidenceComparison, new: DiffSide<'a>) -> EvidenceComparisonEntry<'a> {
    let entry = |shift: &'a CandidateShift| ShiftEntry {
        id: new.assessment.candidates.get(shift.candidate.1).map_or("", |candidate| &candidate.id),
        by: shift.total_change,
        vetoes: shift.vetoes,
        questions: shift.questions.iter().map(|asked| question(asked, new.rules)).collect(),
    };
    EvidenceComparisonEntry { candidates: other.shifts.iter().map(entry).collect() }
}

fn question<'a>(question: &AnswerShift, rules: &'a RuleSet) -> AnswerShiftEntry<'a> {
    AnswerShiftEntry {
        criterion: rules.criteria.get(question.criterion).map_or("", |criterion| &criterion.id),
        part: question.part,
        old: answer(&question.old),
        new: answer(&question.new),
        because: question.because.map(|because| match because {
            IndirectCause::Others => "others",
            IndirectCause::Weights => "weights",
        }),
    }
}

fn answer(answer: &AnswerState) -> AnswerEntry {
    let interval = answer.measure.and_then(|measure| measure.interval);
    AnswerEntry {
        measure: answer.measure.map(|measure| measure.estimate),
        lower: interval.map(|(lower, _)| lower),
        upper: interval.map(|(_, upper)| upper),
        value: answer.value,
        points: answer.points,
    }
}
