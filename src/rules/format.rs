//! `ruleset.toml` exactly as it is written.
//!
//! Parsed here, judged in `validate`: a value of these types has the right keys and types, and nothing
//! more is known of it. The doc comments are what editors show, through the JSON Schema made from these types.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::assessment::CandidateKind;
use crate::assessment::evidence::format::EvidenceName;
use crate::toml_file::{At, WrittenNumber};

use super::combine::WrittenCombine;
use super::direction::Direction;
use super::effect::{Effect, Leader};
use super::list::closed_list;
use super::missing::WrittenMissing;
use super::parameter::ParameterUse;
pub use super::setting::{Setting, WrittenAmount};
use super::shape::WrittenValueFunction;
use super::sure::WrittenSure;
use super::value_range::WrittenValues;

/// What an analyst tunes: `ruleset.toml`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a table")]
#[schemars(title = "prioritise rule set")]
pub struct RuleSetFile {
    /// The format of the files of this rule set: 1. `prioritise upgrade` brings older ones up to it.
    pub format: Option<At<WrittenNumber>>,
    /// The rule set's name, version and ways of counting.
    pub ruleset: RuleSetHeader,
    /// Where the weights come from, where people were asked for them; `prioritise elicit --write` fills it in.
    pub weights: Option<At<Origin>>,
    /// The evidence that the rules read, by the name they call it.
    #[serde(default)]
    pub evidence: BTreeMap<String, At<EvidenceName>>,
    /// Numbers that hold from a day on, each with its source; expressions and settings read them by name.
    #[serde(default)]
    pub parameter: BTreeMap<String, At<Parameter>>,
    /// Groups of criteria, where the weights are given in groups or the total is made of section scores.
    #[serde(default)]
    pub group: Vec<At<Group>>,
    /// The questions asked of every candidate.
    #[serde(default)]
    pub criterion: Vec<At<Criterion>>,
    /// Rules outside the sum.
    #[serde(default)]
    pub gate: Vec<At<Gate>>,
    /// The bands that totals fall in, best first.
    #[serde(default)]
    pub tier: Vec<At<Tier>>,
    /// Findings of `prioritise check` that are known and meant, each with the reason.
    #[serde(default)]
    pub accept: Vec<At<Accept>>,
}

impl RuleSetFile {
    /// Every number that may be a parameter's, and what it is part of.
    pub fn settings(&mut self) -> Vec<(ParameterUse, &mut At<Setting>)> {
        let mut all: Vec<(ParameterUse, &mut At<Setting>)> = Vec::new();
        for (number, group) in self.group.iter_mut().enumerate() {
            all.extend(group.value.weight.as_mut().map(|weight| (ParameterUse::Group(number), weight)));
        }
        for (number, criterion) in self.criterion.iter_mut().enumerate() {
            let criterion = &mut criterion.value;
            let of_value = criterion.value.value.written_mut().settings();
            let of_missing = criterion.missing.value.setting();
            let numbers = criterion.weight.as_mut().into_iter().chain(of_value).chain(of_missing);
            all.extend(numbers.map(|setting| (ParameterUse::Criterion(number), setting)));
        }
        for (number, tier) in self.tier.iter_mut().enumerate() {
            let bounds = tier.value.at_least.iter_mut().chain(&mut tier.value.places);
            all.extend(bounds.map(|setting| (ParameterUse::Tier(number), setting)));
        }
        all
    }
}

/// The rule set's name, version and ways of counting.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub struct RuleSetHeader {
    /// The name that a reader sees.
    pub name: At<String>,
    /// The version, in quotes.
    pub version: At<String>,
    /// What it is, where it comes from, what it is not.
    pub about: Option<At<String>>,
    /// Why the weights are what they are, and whose they are.
    pub weights_because: Option<At<String>>,
    /// What weights add up to, and the highest total where no value passes 1: 100 unless told; 1 to 10,000.
    pub scale: Option<At<WrittenNumber>>,
    /// Between which numbers values lie: `[0, 1]` unless told, or `"unbounded"`. Where they pass 1, totals can pass the scale.
    pub values: Option<At<WrittenValues>>,
    /// The decimals of points and totals: 2 unless told; 0 to 4.
    pub decimals: Option<At<WrittenNumber>>,
    /// How many months may lie between the end of evidence's period and that of the assessment's; older evidence is told.
    pub oldest_evidence_months: Option<At<WrittenNumber>>,
    /// How much of the weight must be answered, from 0 to 1; candidates that are ranked with less are told.
    pub answered_at_least: Option<At<WrittenNumber>>,
    /// How much of the weight published figures must answer, and not judgement alone, from 0 to 1; candidates that are ranked
    /// with less are told.
    pub published_at_least: Option<At<WrittenNumber>>,
    /// What becomes of candidates of whom less is answered or published: `"told"` unless written, or `"not-ranked"`.
    pub too_little: Option<At<Shortfall>>,
    /// How far apart two totals must be to be told apart, above 0; where the line of a tier falls between totals that are
    /// nearer, they are told to share a band.
    pub told_apart_by: Option<At<WrittenNumber>>,
    /// From how many of a hundred draws on the paper calls a place in the first tier secure, probable or open: 95, 75 and 25
    /// unless told.
    pub sure: Option<At<WrittenSure>>,
    /// How many people must have judged what is judged, 1 to 100; fewer are a warning.
    pub judges_at_least: Option<At<WrittenNumber>>,
    /// How sure intervals are: 0.95 unless told; 0.5 to 0.999. What is less likely than the rest is beyond chance.
    pub confidence: Option<At<WrittenNumber>>,
    /// How points become a total; `"sum"` unless told.
    pub combine: Option<At<WrittenCombine>>,
    /// For what there is a list of its own: `"area"` or `"kind"` ranks the candidates of each area or kind among themselves. One
    /// list of all unless told.
    pub per: Option<At<ListPer>>,
    /// With `per = "kind"`, the kinds that have a list of their own, while all others share one; each has one unless told.
    #[serde(default)]
    pub own_lists: Vec<At<CandidateKind>>,
    /// The criteria whose points order candidates with equal totals, first to last; then the id does.
    #[serde(default)]
    pub ties: Vec<At<String>>,
    /// Whether who comes before an equal by the points for those criteria has the better rank; unless `true` equal totals
    /// share one.
    pub ties_separate: Option<At<bool>>,
    /// Files of Rhai functions that expressions may call, in this folder.
    #[serde(default)]
    pub scripts: Vec<At<String>>,
}

/// Where the weights come from.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub struct Origin {
    /// How they were found.
    pub method: At<WeightMethod>,
    /// The roles of the people whose answers they are.
    pub people: At<Vec<At<String>>>,
    /// How the answers of several people became one; left out for one person.
    pub combined: Option<At<Combined>>,
    /// The day of the last answer: `2026-11-02`.
    pub date: At<String>,
    /// The file of the answers, in the rule set's folder.
    pub answers: At<String>,
    /// The digest of what the answers say: `sha256:` and 64 digits.
    pub digest: At<String>,
}

closed_list! {
    /// For what there is a list of its own.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
    pub enum ListPer {
        /// For each area: ranks, tiers and their places, and what looks at the other candidates, are within the area.
        "area" => Area,
        /// For each kind of candidate: places among places, say.
        "kind" => Kind,
    }
}

closed_list! {
    /// What becomes of candidates of whom less is answered, or published, than the rules ask for.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
    pub enum Shortfall {
        /// They are ranked, and it is told.
        "told" => Told,
        /// They have no total and no place.
        "not-ranked" => NotRanked,
    }
}

closed_list! {
    /// How weights are found.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
    pub enum WeightMethod {
        /// Swing weighting: what it is worth to move from the least to the most of each measure.
        "swing" => Swing,
        /// Pairwise comparison on Saaty's scale from 1 to 9.
        "pairwise" => Pairwise,
        /// Rank-order centroid: from the order of importance alone.
        "rank-order" => RankOrder,
        /// Points shared out: 100 to all of them together.
        "points" => Points,
        /// Learnt from choices made before.
        "learnt" => Learnt,
    }
}

closed_list! {
    /// How the answers of several people become one.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
    pub enum Combined {
        /// The arithmetic mean of their weights.
        "arithmetic-mean" => ArithmeticMean,
        /// The geometric mean: of their judgements in pairwise comparison, of their weights otherwise.
        "geometric-mean" => GeometricMean,
    }
}

/// A number or a table of numbers that a document or a meeting gives, and from when.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub struct Parameter {
    /// What it is.
    pub title: At<String>,
    /// What it counts: `crimes per 1,000 households`.
    pub unit: Option<String>,
    /// Its values, the earliest first. The one in force on the last day of the assessment's period is used.
    pub values: At<Vec<At<DatedValue>>>,
}

/// A value of a parameter, and from when it holds.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a table such as { from = \"2018-04-01\", value = 10, source = \"…\" }")]
pub struct DatedValue {
    /// The first day on which it holds: `"2018-04-01"`.
    pub from: At<String>,
    /// A number, or numbers by name.
    pub value: At<WrittenAmount>,
    /// Who says so and where: the document and the place in it, or the meeting and its date.
    pub source: At<String>,
    /// The last day for which it may be used without looking at it again.
    pub review: Option<At<String>>,
}

/// A group of criteria.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub struct Group {
    /// A short id: letters, digits and `_`, beginning with a lower-case letter.
    pub id: At<String>,
    /// The name that a reader sees.
    pub title: At<String>,
    /// The group that it is in, by id, where it is not a part of the total itself.
    #[serde(rename = "in")]
    pub within: Option<At<String>>,
    /// The group's weight among those that share one whole with it, on any scale. Left out where what it is in has no weights.
    pub weight: Option<At<Setting>>,
    /// Whether its score stands beside the total and no total is made of it.
    #[serde(default)]
    pub beside: Option<At<bool>>,
    /// How its members become its score: `"sum"` unless told. Where no group says it and none is in another, groups of a
    /// sum or product only share out the weight.
    pub combine: Option<At<WrittenCombine>>,
}

/// One question asked of every candidate.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub struct Criterion {
    /// A short id: letters, digits and `_`, beginning with a lower-case letter.
    pub id: At<String>,
    /// The name that a reader sees.
    pub title: At<String>,
    /// The question asked.
    pub question: At<String>,
    /// The group it belongs to, where there are groups.
    pub group: Option<At<String>>,
    /// Its weight among criteria, or within its group, on any scale. Left out where its group has no weights.
    pub weight: Option<At<Setting>>,
    /// The answer in natural units: an expression over the evidence by name.
    pub measure: At<String>,
    /// The evidence that may be missing and is then `()` in `measure`; anything else missing makes the measure missing.
    #[serde(default)]
    pub optional: Vec<At<String>>,
    /// The unit of the measure: `crimes a year`.
    pub unit: String,
    /// The decimals to which the measure is rounded, once, before anything is made of it: 2 unless told; 0 to 6.
    pub decimals: Option<At<WrittenNumber>>,
    /// Whether a higher measure earns more points or fewer.
    pub direction: At<Direction>,
    /// How the measure becomes a value.
    pub value: At<WrittenValueFunction>,
    /// What stands in where the measure is missing.
    pub missing: At<WrittenMissing>,
    /// The sentence for the reader; `{…}` holds an expression over the evidence and `measure`.
    pub because: At<String>,
}

/// A rule outside the sum.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub struct Gate {
    /// A short id: letters, digits and `_`, beginning with a lower-case letter.
    pub id: At<String>,
    /// The name that a reader sees.
    pub title: At<String>,
    /// An expression over the evidence by name that answers true or false; missing evidence is `()`. It sees the answers and
    /// their values too, as `measure.ID` and `value.ID` of a criterion.
    pub when: At<String>,
    /// What it does.
    pub effect: At<Effect>,
    /// The tier that a candidate is raised to, by id; only where the effect is `raise`.
    pub tier: Option<At<String>>,
    /// Who leads on the candidate; only where the effect is `lead`.
    pub lead: Option<At<Leader>>,
    /// Why, in a sentence for the reader; `{…}` holds an expression over the evidence.
    pub reason: At<String>,
}

/// A band that totals fall in: `at_least`, `places`, or neither for the last, which takes the rest.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub struct Tier {
    /// A short id: letters, digits and `_`, beginning with a lower-case letter.
    pub id: At<String>,
    /// The name that a reader sees.
    pub title: At<String>,
    /// The lowest total of this tier.
    pub at_least: Option<At<Setting>>,
    /// How many candidates the partnership can take on here.
    pub places: Option<At<Setting>>,
    /// Whether a candidate and all that is part of it take one place of this tier together: the first of them has it, and
    /// the others are passed over. For the places of the first tier; `false` unless told.
    pub one_of_a_family: Option<At<bool>>,
}

/// A finding of `prioritise check` that is known and meant.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub struct Accept {
    /// The finding's code: `"product-of-ordinals"`.
    pub finding: At<String>,
    /// What it is about: the criteria, groups or functions that the finding names, all of them. Left out, every finding
    /// of this code is accepted.
    #[serde(default)]
    pub of: Vec<At<String>>,
    /// Why it is as it should be.
    pub because: At<String>,
}
