//! The ranking as JSON: stable, versioned in `schema`, others build on it.
//!
//! These are wire types, apart from the core's: changing one means a new version of the schema, adding a member does
//! not.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Serialize, Serializer};

pub(super) mod decisions;

use decisions::{DecisionsEntry, decisions};

use super::matrix::{MemberMatrix, ThemeRow};
use crate::assessment::members::{Filed, Listed, Member, Membership};
use crate::assessment::{Day, Handling, Levels, MemberSays};
use crate::explain::{arithmetic, contribution_reason, standing_in_words};
use crate::ranked::RankedAssessment;
use crate::rules::list::one_of;
use crate::rules::{
    Amount, Combined, DatedAmount, Earned, Effect, ListPer, Missing, Parameter, RuleSet, Takes, Tier, ValueRange,
    WeightsOrigin,
};
use crate::scoring::{Citation, Contribution, Fixed, GateTrace, PooledCount, Section, Standing, Trace, Veto};
use crate::stats::Estimate;
use crate::words::indented_json;

/// The version of this format.
pub const SCHEMA: &str = "prioritise/ranking/1";

/// A ranking: what was ranked, by which rules, and what came out.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "prioritise ranking")]
pub struct RankingFile<'a> {
    /// `prioritise/ranking/1`.
    pub schema: &'a str,
    /// The engine's version.
    pub engine: &'a str,
    /// What was ranked.
    pub assessment: AssessmentHeader<'a>,
    /// By which rules.
    pub rules: RulesHeader<'a>,
    /// The candidates in the order of their totals; those that could not be ranked come last.
    pub ranking: Vec<CandidateEntry<'a>>,
    /// What the board decided, beside the ranking and never part of it; null where nothing is filed.
    pub decisions: Option<DecisionsEntry<'a>>,
    /// What a reader should know before relying on it.
    pub warnings: Vec<WarningEntry<'a>>,
}

/// What was ranked.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AssessmentHeader<'a> {
    /// The assessment's title.
    pub title: &'a str,
    /// Who files it.
    pub partnership: &'a str,
    /// The period it is about, in words.
    pub period: String,
    /// The first day of that period: `2018-11-01`.
    pub first_day: String,
    /// Its last day.
    pub last_day: String,
    /// The people whom counts are set against; null where none are given.
    pub population: Option<PopulationEntry<'a>>,
    /// The digest of its content.
    pub digest: &'a str,
    /// Who may see it: `official`, `official-sensitive` or `public`; left out where that is not declared.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub handling: Option<&'a str>,
    /// The members whose lists went into it, in the order in which they are written; left out where there are none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<MemberEntry<'a>>,
}

/// How many people, and who says so.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PopulationEntry<'a> {
    /// How many.
    pub people: RoundedFigure,
    /// The document's id.
    pub source: &'a str,
    /// The place in the document.
    #[serde(rename = "where")]
    pub place: &'a str,
    /// What a reader should know before relying on it.
    pub note: Option<&'a str>,
}

/// By which rules.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RulesHeader<'a> {
    /// The rule set's name.
    pub name: &'a str,
    /// Its version.
    pub version: &'a str,
    /// The digest of its content.
    pub digest: &'a str,
    /// What weights add up to, and the highest total where no value passes 1.
    pub scale: u32,
    /// Between which numbers values lie; left out where they lie between 0 and 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub values: Option<ValuesEntry>,
    /// The decimals of points and totals.
    pub decimals: u32,
    /// How sure intervals are, as a share: 0.95.
    pub confidence: f64,
    /// How points become a total: `sum`, `product`, `sections`, `minimum`, `maximum`, `outranking` or `script`.
    pub combine: &'a str,
    /// For what there is a list of its own: `area`, whose `rank` and `tier` are within the candidate's area. Left out where
    /// there is one list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub per: Option<&'a str>,
    /// The groups of criteria, in the order of the scores in `sections`.
    pub groups: Vec<GroupEntry<'a>>,
    /// The criteria whose points order candidates with equal totals, most important first; after them their ids do.
    pub ties: Vec<&'a str>,
    /// That those criteria give the candidates that they order ranks of their own; left out where equal totals share one.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub ties_separate: bool,
    /// The tiers, best first: each takes of those that no tier above has taken. What gates put into the first tier takes
    /// its places first.
    pub tiers: Vec<TierEntry<'a>>,
    /// Where the weights come from; null where that is not recorded.
    pub weights: Option<OriginEntry<'a>>,
    /// The parameters that the rules read, by name, each with the value in force on the last day of the period.
    pub parameters: Vec<ParameterEntry<'a>>,
}

/// Between which numbers values lie.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Values")]
pub struct ValuesEntry {
    /// No value is lower; null where there is no least.
    pub lower: Option<RoundedFigure>,
    /// No value is higher; null where there is no highest.
    pub upper: Option<RoundedFigure>,
}

/// A group of criteria.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Group")]
pub struct GroupEntry<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its title.
    pub title: &'a str,
    /// How its score is made; left out where groups only share out the weight.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub combine: Option<&'a str>,
    /// The ids of its criteria.
    pub criteria: Vec<&'a str>,
    /// The ids of the groups in it; left out where there are none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<&'a str>,
    /// Whether its score stands beside the total and is part of nothing; left out where it does not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub beside: Option<bool>,
}

/// A tier, and which candidates it takes: all that are left where it has neither `from` nor `places`.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Tier")]
pub struct TierEntry<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its title.
    pub title: &'a str,
    /// The lowest total that it takes; null where no total decides.
    #[schemars(with = "Option<f64>")]
    pub from: Option<Fixed>,
    /// How many it takes; null where no number decides.
    pub places: Option<usize>,
    /// Whether only one of a family has a place; left out where not.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub one_of_a_family: bool,
}

/// Where the weights come from.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OriginEntry<'a> {
    /// `swing`, `pairwise`, `rank-order`, `points` or `learnt`.
    pub method: &'a str,
    /// The roles of the people whose answers they are.
    pub people: &'a [String],
    /// How the answers of several became one: `arithmetic-mean` or `geometric-mean`; null for one person.
    pub combined: Option<&'a str>,
    /// The day of the last answer: `2026-11-02`.
    pub date: String,
    /// The file of the answers, in the rule set's folder.
    pub answers: &'a str,
    /// The digest of what the answers said.
    pub digest: &'a str,
}

/// A parameter of the rules, and its value in force.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ParameterEntry<'a> {
    /// Its name.
    pub name: &'a str,
    /// What it is.
    pub title: &'a str,
    /// What it counts; null where not said.
    pub unit: Option<&'a str>,
    /// A number, or numbers by name.
    pub value: ParameterValue<'a>,
    /// The first day on which that value holds: `2018-04-01`.
    pub from: String,
    /// Who says so and where.
    pub source: &'a str,
    /// The last day for which it may be used without looking at it again; null where not said.
    pub review: Option<String>,
}

/// The value of a parameter.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum ParameterValue<'a> {
    /// A number.
    Number(RoundedFigure),
    /// Numbers by name.
    Table(BTreeMap<&'a str, RoundedFigure>),
}

/// One candidate.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Entry")]
pub struct CandidateEntry<'a> {
    /// Competition rank, from 1; null where it could not be ranked.
    pub rank: Option<usize>,
    /// The candidate's id.
    pub id: &'a str,
    /// The candidate's title.
    pub title: &'a str,
    /// The area that it belongs to; left out where none is said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub area: Option<AreaEntry<'a>>,
    /// The list that it is in; left out where the rules make no list for each kind.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub list: Option<AreaEntry<'a>>,
    /// What the partnership or its members still do about it if it is not chosen; null where not said.
    pub meanwhile: Option<&'a str>,
    /// Who is affected by it; left out where not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub affected: Option<&'a str>,
    /// The total; null where it could not be ranked.
    #[schemars(with = "Option<f64>")]
    pub total: Option<Fixed>,
    /// How low and how high the total could be; null where nothing leaves room, and where a missing answer has no most.
    pub range: Option<RangeEntry>,
    /// The tier's id; null where it is in none.
    #[schemars(description = format!("The tier's id; null for what gates {}, and for what could not be ranked.", Effect::done_outside()))]
    pub tier: Option<&'a str>,
    /// Where it stands, as a reader sees it: the tier's title, or what a gate does.
    pub tier_title: String,
    /// The gate that decided; null where none fired.
    pub gate: Option<GateEntry<'a>>,
    /// Further gates that fired and did not decide.
    pub other_gates: Vec<GateEntry<'a>>,
    /// Who leads on it: `county`, which is all members together, `local`, each for itself, or `board`, which decides; left
    /// out where the rules do not say that of any candidate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lead: Option<&'a str>,
    /// The gate that says who leads; left out where none does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lead_gate: Option<GateEntry<'a>>,
    /// What each member says of it; left out of what is no theme.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<MemberSaysEntry<'a>>,
    /// With whom it overlaps.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub overlaps: Vec<OverlapEntry<'a>>,
    /// The id of the candidate that its family is named for, the one that is part of no other; left out where not each
    /// family has one place of the first tier, or there are no families.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub family: Option<&'a str>,
    /// The id of who of its family has the place of the first tier that it would have had; left out where nobody has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub passed_over: Option<&'a str>,
    /// The share of the weight that evidence answered, 0 to 1.
    #[schemars(with = "f64")]
    pub coverage: Fixed,
    /// The criterion without whose evidence the candidate is not ranked; null where it is.
    pub refused_by: Option<&'a str>,
    /// What of the candidate is too little for the rules to rank it; left out where it is enough.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub too_little: Option<TooLittleEntry>,
    /// At which line it shares a band with others, nearer to the other side than the rules tell apart; left out where at
    /// none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_the_line: Option<AtTheLineEntry<'a>>,
    /// One for each criterion.
    pub contributions: Vec<ContributionEntry<'a>>,
    /// The groups' scores, where the total is made of them.
    pub sections: Vec<SectionEntry<'a>>,
    /// What vetoes between it and others change of the total; left out where the rules take none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vetoes: Option<VetoesEntry<'a>>,
    /// The printed sums and products that make the total.
    pub arithmetic: Vec<String>,
    /// Evidence that is kept for the reader and read by no criterion.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub context: Vec<EvidenceEntry<'a>>,
}

/// What one member says of a theme.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "MemberSays")]
pub struct MemberSaysEntry<'a> {
    /// The member's id.
    pub id: &'a str,
    /// Its rank in the member's list, from 1; null where that has no ranks, or does not have it.
    pub rank: Option<usize>,
    /// How many the member's list ranks; null where it has no ranks.
    pub of: Option<usize>,
    /// Its total in the member's list; null where there is none.
    pub total: Option<RoundedFigure>,
    /// Whether it is one of the member's priorities; null where the member did not say.
    pub priority: Option<bool>,
    /// The ids of the member's candidates that the theme gathers.
    pub candidates: Vec<&'a str>,
}

/// A member, and what of it went into the assessment.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Member")]
pub struct MemberEntry<'a> {
    /// The member's id.
    pub id: &'a str,
    /// The name that a reader sees.
    pub title: &'a str,
    /// Whether it counts among the members; others are shown beside them.
    pub counted: bool,
    /// What there is of it: `record`, `assessment`, `list` or `nothing`.
    pub filed: &'static str,
    /// `sha256:` and the digest of the record, of the assessment or of the list; null where there is nothing.
    pub digest: Option<&'a str>,
    /// The digest of the rules that made its list; null of a list in a document.
    pub rules: Option<&'a str>,
    /// The period of its list, in words; null where there is nothing.
    pub period: Option<String>,
    /// How many people live in its area; null where that was not filed.
    pub people: Option<RoundedFigure>,
    /// Why the list of its record is used as it is printed there and was not made again; null where it was.
    pub as_printed: Option<&'a str>,
}

/// A place, or a list, with a code.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Area")]
pub struct AreaEntry<'a> {
    /// Its code.
    pub code: &'a str,
    /// Its name; the code where none is said.
    pub title: &'a str,
}

/// Two ends.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Range")]
pub struct RangeEntry {
    /// The lower end.
    #[schemars(with = "f64")]
    pub lower: Fixed,
    /// The upper end.
    #[schemars(with = "f64")]
    pub upper: Fixed,
    /// Whether the total could be at both ends; where not, it is only proven to go no farther.
    pub reached: bool,
}

/// What vetoes between a candidate and others change of its total.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Vetoes")]
pub struct VetoesEntry<'a> {
    /// What they change.
    #[schemars(with = "f64")]
    pub change: Fixed,
    /// How far it outranks others, where an answer lowers that.
    pub own: Vec<VetoEntry<'a>>,
    /// How far others outrank it, where an answer lowers that.
    pub theirs: Vec<VetoEntry<'a>>,
}

/// That one candidate outranks another less than the answers that agree would have it.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Veto")]
pub struct VetoEntry<'a> {
    /// The id of the other of the two.
    pub other: &'a str,
    /// The ids of the criteria by which the one that is outranked is too far ahead.
    pub by: Vec<&'a str>,
    /// The share of the weight that agrees, 0 to 1.
    #[schemars(with = "f64")]
    pub concordance: Fixed,
    /// What is left of it, 0 to 1.
    #[schemars(with = "f64")]
    pub credibility: Fixed,
}

/// What of a candidate is too little for the rules to rank it.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "TooLittle")]
pub struct TooLittleEntry {
    /// Of what: `answered`, or `published`, which is answered by figures without judgement.
    pub of: &'static str,
    /// The share of the weight that there is, 0 to 1.
    #[schemars(with = "f64")]
    pub share: Fixed,
    /// The share that the rules ask for, 0 to 1.
    pub least: RoundedFigure,
}

/// A band of candidates at a line that are nearer to its other side than the rules tell apart.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "AtTheLine")]
pub struct AtTheLineEntry<'a> {
    /// The id of the tier whose line it is.
    pub tier: &'a str,
    /// The ids of the others, on either side, in the order of the list.
    pub with: Vec<&'a str>,
}

/// That a candidate overlaps with another.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Overlap")]
pub struct OverlapEntry<'a> {
    /// How: `part-of`, `whole-of` or `shares-evidence-with`. Parts of parts are parts.
    pub how: &'a str,
    /// The other's id.
    pub with: &'a str,
}

/// A gate that fired.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GateEntry<'a> {
    /// The gate's id.
    pub id: &'a str,
    /// The word of what it does.
    #[schemars(description = format!("{}.", one_of(Effect::WORDS)))]
    pub effect: &'a str,
    /// The tier that the candidate is raised to, where the effect is `raise`: points may put it higher.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tier: Option<&'a str>,
    /// Why, in a sentence.
    pub reason: &'a str,
    /// What it was decided by.
    pub evidence: Vec<EvidenceEntry<'a>>,
}

/// What one criterion contributed.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ContributionEntry<'a> {
    /// The criterion's id.
    pub criterion: &'a str,
    /// The criterion's title.
    pub title: &'a str,
    /// Its share of the weight for this candidate, on the rule set's scale.
    #[schemars(with = "f64")]
    pub weight: Fixed,
    /// The points; null where it brings in a factor or a score, and where there is no total without this answer.
    #[schemars(with = "Option<f64>")]
    pub points: Option<Fixed>,
    /// The factor, where its group or the total is a weighted product; null as for `points`.
    #[schemars(with = "Option<f64>")]
    pub factor: Option<Fixed>,
    /// The score, its value on the scale, where its group or the total has no weights; left out as `points` is null.
    #[schemars(with = "f64")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score: Option<Fixed>,
    /// The answer in natural units; null where it is missing.
    pub measure: Option<MeasureEntry<'a>>,
    /// The value, stand-ins included; null where the question was left out.
    #[schemars(with = "Option<f64>")]
    pub value: Option<Fixed>,
    /// What was done about a missing measure; null where there is one.
    pub missing: Option<MissingEntry<'a>>,
    /// One sentence for the reader.
    pub because: String,
    /// What the measure was read from.
    pub evidence: Vec<EvidenceEntry<'a>>,
}

/// A measure with its interval.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MeasureEntry<'a> {
    /// The figure.
    pub estimate: RoundedFigure,
    /// The lower end of its interval; null where none is known.
    pub lower: Option<RoundedFigure>,
    /// The upper end of its interval; null where none is known.
    pub upper: Option<RoundedFigure>,
    /// The unit.
    pub unit: &'a str,
    /// The words that the figure and its ends are places of, where they are: then a figure is a place in a list, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<LevelEntry<'a>>,
}

/// A measure in words.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(rename = "Level")]
pub struct LevelEntry<'a> {
    /// The word that counts.
    pub word: &'a str,
    /// The lowest word of those who judged; null where one person or a document says so.
    pub lower: Option<&'a str>,
    /// The highest word of those who judged; null likewise.
    pub upper: Option<&'a str>,
}

/// A figure in natural units, without a point where it is whole.
#[derive(Debug, Clone, Copy, JsonSchema)]
#[schemars(with = "f64", rename = "Figure")]
pub struct RoundedFigure(pub f64);

impl Serialize for RoundedFigure {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            #[expect(clippy::cast_possible_truncation, reason = "whole and far below 2^63")]
            whole if whole.fract() == 0.0 && whole.abs() < 9e15 => serializer.serialize_i64(whole as i64),
            other => serializer.serialize_f64(other),
        }
    }
}

/// A missing measure.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MissingEntry<'a> {
    /// The word of what was done about it.
    #[schemars(description = format!("{}.", one_of(Missing::WORDS)))]
    pub policy: &'a str,
    /// Why just this value stands in; left out where the rule set states none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub because: Option<&'a str>,
    /// Why it is missing, as far as anybody said.
    pub reason: String,
}

/// A group's score.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SectionEntry<'a> {
    /// The group's id.
    pub id: &'a str,
    /// Its score; null where everything in it was left out, or where it could not be made.
    #[schemars(with = "Option<f64>")]
    pub score: Option<Fixed>,
    /// Its share of the weight in what it is in, on the rule set's scale; left out where no weights count there.
    #[schemars(with = "f64")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weight: Option<Fixed>,
    /// The points that its score brings in by that share; left out where it brings in none.
    #[schemars(with = "f64")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub points: Option<Fixed>,
    /// The factor that its score brings in by that share; left out where it brings in none.
    #[schemars(with = "f64")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub factor: Option<Fixed>,
    /// Its place in the list by that score alone, where no total is made of it; left out elsewhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<usize>,
}

/// A piece of evidence.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EvidenceEntry<'a> {
    /// The evidence's name.
    pub path: &'a str,
    /// The document's id; null for a judgement without one.
    pub source: Option<&'a str>,
    /// The place in the document.
    #[serde(rename = "where")]
    pub place: Option<&'a str>,
    /// Who judged; null for figures.
    pub judged: Option<JudgedEntry<'a>>,
    /// Whether it is the rule set's authors' own, made for illustration.
    pub illustration: bool,
    /// What a reader should know before relying on it.
    pub note: Option<&'a str>,
    /// What limits it, a sentence each.
    pub caveats: &'a [String],
    /// Names of evidence about the same candidate that supports it: the two series did the same, or can't be compared.
    pub corroborated_by: Vec<&'a str>,
    /// Names of evidence about the same candidate that contradicts it: the two series did not do the same, or were said to
    /// differ and can't be compared.
    pub contradicted_by: Vec<&'a str>,
    /// From when on a series counts something else.
    pub breaks: Vec<BreakEntry<'a>>,
    /// What the source printed beside it.
    pub published: Vec<PublishedEntry<'a>>,
    /// The period that it covers, in words; null where not said.
    pub period: Option<String>,
    /// The first day of that period: `2018-11-01`; left out where it is not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_day: Option<String>,
    /// Its last day; left out likewise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_day: Option<String>,
    /// Where single counts of a series come from, where that differs from the series.
    pub points: Vec<PointEntry<'a>>,
    /// Its latest rate, drawn towards that of all that it is pooled with; left out where the question does not ask for that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pooled: Option<PooledEntry>,
}

/// A rate that is drawn towards that of all that its count is pooled with. Rates are a year, to six decimals.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PooledEntry {
    /// Per how many people or households.
    pub per: f64,
    /// The count's own rate.
    pub own: f64,
    /// The rate of all together.
    pub all: f64,
    /// How many counts are pooled.
    pub counts: usize,
    /// The rate drawn towards that of all.
    pub rate: f64,
    /// The lower end of its interval.
    pub lower: f64,
    /// The upper end.
    pub upper: f64,
    /// Which part of it is that of all, from 0 to 1.
    pub borrowed: f64,
}

/// Where one count of a series comes from.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PointEntry<'a> {
    /// The period of the count, in words.
    pub period: &'a str,
    /// The document's id, where it differs from the series'.
    pub source: Option<&'a str>,
    /// The place in the document, where it differs from the series'.
    #[serde(rename = "where")]
    pub place: Option<&'a str>,
}

/// From when on a series counts something else.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BreakEntry<'a> {
    /// The first day or month of the new way, in words.
    pub date: String,
    /// What changed.
    pub cause: &'a str,
}

/// The making of a judgement.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct JudgedEntry<'a> {
    /// The roles that judged.
    pub by: &'a [String],
    /// When.
    pub date: &'a str,
    /// Why.
    pub because: &'a str,
}

/// A figure as printed.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PublishedEntry<'a> {
    /// The figure with its digits.
    pub printed: &'a str,
    /// The place in the document.
    #[serde(rename = "where")]
    pub place: &'a str,
}

/// A warning.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Warning")]
pub struct WarningEntry<'a> {
    /// The stable name of this kind of warning.
    pub code: &'a str,
    /// What it is.
    pub message: &'a str,
}

/// The ranking as JSON, indented, ending in a line break.
pub fn json(report: &RankedAssessment<'_>) -> String {
    let matrix = MemberMatrix::new(report);
    let file = RankingFile {
        schema: SCHEMA,
        engine: env!("CARGO_PKG_VERSION"),
        assessment: assessment(report),
        rules: rules(report.rules),
        ranking: report.traces.iter().map(|trace| entry(trace, report, matrix.as_ref())).collect(),
        decisions: report.board.as_ref().map(decisions),
        warnings: report
            .warnings
            .iter()
            .map(|warning| WarningEntry { code: warning.code.name(), message: &warning.message })
            .collect(),
    };
    indented_json(&file)
}

/// What was ranked.
pub(super) fn assessment<'t>(report: &'t RankedAssessment<'_>) -> AssessmentHeader<'t> {
    AssessmentHeader {
        title: &report.assessment.title,
        partnership: &report.assessment.partnership,
        period: report.assessment.period.to_string(),
        first_day: report.assessment.period.first_day().iso(),
        last_day: report.assessment.period.last_day().iso(),
        population: report.assessment.population.as_ref().map(|population| PopulationEntry {
            people: RoundedFigure(population.people()),
            source: &population.cited.source,
            place: &population.cited.place,
            note: population.cited.note.as_deref(),
        }),
        digest: &report.assessment.digest,
        handling: report.assessment.handling.map(Handling::word),
        members: report.assessment.membership.as_ref().map(members).unwrap_or_default(),
    }
}

/// By which rules.
pub(super) fn rules(rules: &RuleSet) -> RulesHeader<'_> {
    RulesHeader {
        name: &rules.name,
        version: &rules.version,
        digest: &rules.digest,
        scale: rules.scale,
        values: values(rules.values),
        decimals: rules.decimals,
        confidence: rules.confidence.level(),
        combine: rules.combine.word(),
        per: rules.per.as_ref().map(ListPer::word),
        groups: groups(rules),
        ties_separate: rules.ties_separate,
        ties: rules.ties.iter().filter_map(|tie| Some(&*rules.criteria.get(*tie)?.id)).collect(),
        tiers: rules.tiers.iter().map(|tier| self::tier(tier, rules.decimals)).collect(),
        weights: rules.origin.as_ref().map(origin),
        parameters: rules.in_force().map(parameter).collect(),
    }
}

fn members(membership: &Membership) -> Vec<MemberEntry<'_>> {
    membership.members.iter().map(member).collect()
}

fn member(member: &Member) -> MemberEntry<'_> {
    let (filed, digest) = match &member.filed {
        Filed::Record(made) => ("record", Some(&*made.digest)),
        Filed::Assessment(made) => ("assessment", Some(&*made.digest)),
        Filed::List(printed) => ("list", Some(&*printed.digest)),
        Filed::Nothing(_) => ("nothing", None),
    };
    let as_printed = member.filed.made().and_then(|made| made.as_printed.as_deref());
    MemberEntry {
        id: &member.id,
        title: &member.title,
        counted: member.is_counted,
        filed,
        digest,
        rules: member.rules().map(|rules| &*rules.digest),
        period: member.period().map(|period| period.to_string()),
        people: member.people.map(RoundedFigure),
        as_printed,
    }
}

fn says<'t>(row: &'t ThemeRow<'_>) -> Vec<MemberSaysEntry<'t>> {
    let entry = |(says, own): (&'t MemberSays, &'t Vec<&Listed>)| MemberSaysEntry {
        id: &says.member,
        rank: says.rank,
        of: says.of,
        total: says.total.map(RoundedFigure),
        priority: says.is_priority,
        candidates: own.iter().map(|listed| &*listed.id).collect(),
    };
    row.says.iter().zip(&row.own).map(entry).collect()
}

fn values(range: ValueRange) -> Option<ValuesEntry> {
    let end = |number: f64| range.has_ends.then_some(RoundedFigure(number));
    (!range.is_usual()).then(|| ValuesEntry { lower: end(range.least), upper: end(range.most) })
}

fn groups(rules: &RuleSet) -> Vec<GroupEntry<'_>> {
    let of = |number: usize| rules.criteria.iter().filter(move |criterion| criterion.group == Some(number));
    let criteria = |number: usize| of(number).map(|criterion| &*criterion.id).collect();
    let within = |number: usize| rules.groups.iter().filter(move |group| group.parent == Some(number));
    let mut entries = Vec::new();
    for (number, group) in rules.groups.iter().enumerate() {
        entries.push(GroupEntry {
            id: &group.id,
            title: &group.title,
            combine: rules.combine.groups().get(number).map(|scored| scored.node.way.word()),
            criteria: criteria(number),
            groups: within(number).map(|group| &*group.id).collect(),
            beside: rules.is_beside(number).then_some(true),
        });
    }
    entries
}

fn tier(tier: &Tier, decimals: u32) -> TierEntry<'_> {
    let (from, places) = match tier.takes {
        Takes::AtLeast(total) => (Some(Fixed::new(total, decimals)), None),
        Takes::Places(places) => (None, Some(places)),
        Takes::Rest => (None, None),
    };
    TierEntry { id: &tier.id, title: &tier.title, from, places, one_of_a_family: tier.one_of_a_family }
}

fn parameter<'r>((parameter, dated): (&'r Parameter, &'r DatedAmount)) -> ParameterEntry<'r> {
    ParameterEntry {
        name: &parameter.name,
        title: &parameter.title,
        unit: parameter.unit.as_deref(),
        value: match &dated.value {
            Amount::Number(number) => ParameterValue::Number(RoundedFigure(*number)),
            Amount::Table(table) => {
                ParameterValue::Table(table.iter().map(|(name, number)| (&**name, RoundedFigure(*number))).collect())
            }
        },
        from: dated.from.iso(),
        source: &dated.source,
        review: dated.review.map(Day::iso),
    }
}

fn origin(origin: &WeightsOrigin) -> OriginEntry<'_> {
    OriginEntry {
        method: origin.method.word(),
        people: &origin.people,
        combined: origin.combined.as_ref().map(Combined::word),
        date: origin.date.iso_day(),
        answers: &origin.answers,
        digest: &origin.digest,
    }
}

/// One candidate.
pub(super) fn entry<'t>(
    trace: &'t Trace<'_>,
    report: &'t RankedAssessment<'_>,
    members: Option<&'t MemberMatrix<'_>>,
) -> CandidateEntry<'t> {
    let rules = report.rules;
    let area = |code: &'t str| AreaEntry { code, title: report.assessment.area_title(code) };
    let list = |code: &'t str| AreaEntry { code, title: rules.list_title(report.assessment, code) };
    let tier = match trace.standing {
        Standing::Tier(tier) => rules.tiers.get(tier).map(|tier| &*tier.id),
        _ => None,
    };
    let mut gates = trace.gates.iter().map(gate);
    CandidateEntry {
        rank: trace.rank,
        id: &trace.candidate.id,
        title: &trace.candidate.title,
        area: trace.candidate.area.as_deref().map(area),
        list: (rules.per == Some(ListPer::Kind)).then(|| rules.list_of(trace.candidate)).map(list),
        meanwhile: trace.candidate.meanwhile.as_deref(),
        affected: trace.candidate.affected.as_deref(),
        total: trace.total,
        range: trace.range.map(|range| RangeEntry { lower: range.low, upper: range.high, reached: range.is_reached }),
        tier,
        tier_title: standing_in_words(trace.standing, rules),
        gate: gates.next(),
        other_gates: gates.collect(),
        lead: rules.says_who_leads().then(|| trace.leader().word()),
        lead_gate: trace.lead_gate().map(gate),
        members: members.and_then(|matrix| matrix.row(trace.id())).map(says).unwrap_or_default(),
        overlaps: trace.overlaps.iter().map(|(how, with)| OverlapEntry { how: how.word(), with: &with.id }).collect(),
        family: trace.family.map(|family| &*family.id),
        passed_over: trace.passed_over.map(|passed| &*passed.by.id),
        coverage: trace.coverage,
        refused_by: trace.refused_by.map(|criterion| &*criterion.id),
        too_little: trace.too_little.map(|found| TooLittleEntry {
            of: found.of.word(),
            share: found.share,
            least: RoundedFigure(found.least),
        }),
        at_the_line: trace.at_the_line.as_ref().map(|line| AtTheLineEntry {
            tier: &line.tier.id,
            with: line.with.iter().map(|other| &*other.id).collect(),
        }),
        contributions: trace.contributions.iter().map(contribution).collect(),
        sections: trace.sections.iter().map(section).collect(),
        vetoes: trace.vetoes.as_ref().map(|vetoes| VetoesEntry {
            change: vetoes.change,
            own: vetoes.own.iter().map(veto).collect(),
            theirs: vetoes.theirs.iter().map(veto).collect(),
        }),
        arithmetic: arithmetic(trace, rules),
        context: trace.context.iter().map(evidence).collect(),
    }
}

fn veto<'t>(veto: &Veto<'t>) -> VetoEntry<'t> {
    VetoEntry {
        other: &veto.other.id,
        by: veto.by.iter().map(|criterion| &*criterion.id).collect(),
        concordance: veto.concordance,
        credibility: veto.credibility,
    }
}

fn section<'t>(section: &Section<'t>) -> SectionEntry<'t> {
    let brings = |kind: Earned| section.weighed.filter(|weighed| weighed.kind == kind).map(|weighed| weighed.brings);
    SectionEntry {
        id: section.id,
        score: section.score,
        weight: section.weighed.map(|weighed| weighed.weight),
        points: brings(Earned::Points),
        factor: brings(Earned::Factor),
        place: section.beside.map(|place| place.rank),
    }
}

fn gate<'t>(gate: &'t GateTrace<'_>) -> GateEntry<'t> {
    let evidence = gate.evidence.iter().map(evidence).collect();
    let tier = gate.tier.map(|tier| &*tier.id);
    GateEntry { id: gate.id, effect: gate.effect.word(), tier, reason: &gate.reason, evidence }
}

fn contribution<'t>(part: &'t Contribution<'_>) -> ContributionEntry<'t> {
    let earned = |kind: Earned| part.earned().filter(|_| part.kind == kind);
    ContributionEntry {
        criterion: &part.criterion.id,
        title: &part.criterion.title,
        weight: part.weight,
        points: earned(Earned::Points),
        factor: earned(Earned::Factor),
        score: earned(Earned::Score),
        measure: part.measure.map(|measure| MeasureEntry {
            estimate: RoundedFigure(measure.estimate),
            lower: measure.interval.map(|interval| RoundedFigure(interval.0)),
            upper: measure.interval.map(|interval| RoundedFigure(interval.1)),
            unit: &part.criterion.unit,
            level: part.criterion.levels.as_ref().and_then(|levels| level(levels, measure)),
        }),
        value: part.value,
        missing: part.missing.as_ref().map(|_| MissingEntry {
            policy: part.criterion.missing.word(),
            because: part.criterion.missing.policy().because(),
            reason: contribution_reason(part),
        }),
        because: contribution_reason(part),
        evidence: part.evidence.iter().map(evidence).collect(),
    }
}

fn level(levels: &Levels, measure: Estimate) -> Option<LevelEntry<'_>> {
    let end = |end: fn((f64, f64)) -> f64| measure.interval.and_then(|ends| levels.word(end(ends)));
    Some(LevelEntry { word: levels.word(measure.estimate)?, lower: end(|ends| ends.0), upper: end(|ends| ends.1) })
}

fn evidence<'t>(citation: &'t Citation<'_>) -> EvidenceEntry<'t> {
    let origin = &citation.origin;
    EvidenceEntry {
        path: citation.path,
        source: origin.source.as_deref(),
        place: origin.place.as_deref(),
        judged: origin.judged.as_ref().map(|judged| JudgedEntry {
            by: &judged.by,
            date: &judged.date,
            because: &judged.because,
        }),
        illustration: origin.illustration,
        note: origin.note.as_deref(),
        caveats: &origin.caveats,
        corroborated_by: citation.corroborated_by(),
        contradicted_by: citation.contradicted_by(),
        breaks: origin
            .breaks
            .iter()
            .map(|broken| BreakEntry { date: broken.date.to_string(), cause: &broken.cause })
            .collect(),
        published: origin
            .published
            .iter()
            .map(|figure| PublishedEntry { printed: &figure.printed, place: &figure.place })
            .collect(),
        period: origin.period.map(|period| period.to_string()),
        first_day: origin.period.map(|period| period.first_day().iso()),
        last_day: origin.period.map(|period| period.last_day().iso()),
        points: origin
            .points
            .iter()
            .map(|point| PointEntry {
                period: &point.period,
                source: point.source.as_deref(),
                place: point.place.as_deref(),
            })
            .collect(),
        pooled: citation.pooled.as_ref().and_then(pooled),
    }
}

fn pooled(found: &PooledCount) -> Option<PooledEntry> {
    let (own, drawn) = (found.own?, found.pooled?);
    let filed = found.count.pool.as_ref()?;
    let rounded = |rate: f64| Fixed::round(rate, 6).to_f64();
    let (lower, upper) = drawn.rate.interval.unwrap_or((drawn.rate.estimate, drawn.rate.estimate));
    Some(PooledEntry {
        per: PooledCount::PER,
        own: rounded(own.estimate),
        all: rounded(filed.pool?.rate * PooledCount::PER),
        counts: filed.counts,
        rate: rounded(drawn.rate.estimate),
        lower: rounded(lower),
        upper: rounded(upper),
        borrowed: rounded(drawn.borrowed),
    })
}
