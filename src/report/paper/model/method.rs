//! The rules as a template sees them.

use schemars::JsonSchema;
use serde::Serialize;

use super::Curve;

/// How the list was made.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PaperMethod {
    /// The rule set's name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// What it is and where it comes from.
    pub about: Option<String>,
    /// Why the weights are what they are.
    pub weights_because: Option<String>,
    /// Whom the weights come from, how and when, in a sentence or two.
    pub weights_from: Option<String>,
    /// The scale of points.
    pub scale: String,
    /// Whether no total passes that scale, or is below zero.
    pub ends_at_scale: bool,
    /// The questions whose points lower the total, in a sentence; none where there are none.
    pub lowering: Option<String>,
    /// Whether totals are lowest and highest where figures stand at the ends of their ranges; if not, it may be anywhere between.
    pub ends_are_farthest: bool,
    /// What marks beside totals mean, where a total is only proven to lie between two ends; none where none is.
    pub bounds: Option<&'static str>,
    /// How many criteria there are, in words.
    pub count: String,
    /// How points become a total, in a sentence.
    pub combine: String,
    /// The questions.
    pub criteria: Vec<PaperCriterion>,
    /// The rules outside the sum.
    pub gates: Vec<GateRule>,
    /// The tiers, best first.
    pub tiers: Vec<TierRule>,
    /// How equals are ordered, in a sentence.
    pub ties: String,
    /// How far several scorers agree, a sentence for each kind of judgement.
    pub agreement: Vec<String>,
    /// What the rules read, by name.
    pub evidence: Vec<EvidenceMeaning>,
    /// The parameters that the rules read, each with the value in force.
    pub parameters: Vec<PaperParameter>,
}

/// A number that a document or a meeting gives, as the rules read it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PaperParameter {
    /// What it is.
    pub title: String,
    /// Its value with its unit.
    pub value: String,
    /// The day from which it holds.
    pub from: String,
    /// Who says so and where.
    pub source: String,
    /// What reads it, in words.
    pub read_by: String,
}

/// One question, as the rules have it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PaperCriterion {
    /// Its title.
    pub title: String,
    /// The question.
    pub question: String,
    /// The title of its group.
    pub group: Option<String>,
    /// Its weight.
    pub weight: String,
    /// The unit of its measure.
    pub unit: String,
    /// How the measure becomes a value, in a sentence.
    pub value: String,
    /// What stands in where the answer is missing.
    pub missing: String,
    /// The same as a line, with the answers of all; none where nobody has an answer.
    pub curve: Option<Curve>,
}

/// A kind of evidence that the rules read.
#[derive(Debug, Serialize, JsonSchema)]
pub struct EvidenceMeaning {
    /// Its name, as sheets have it.
    pub name: String,
    /// What it is.
    pub title: String,
    /// The titles of the questions and gates that read it.
    pub used: String,
}

/// A rule outside the sum.
#[derive(Debug, Serialize, JsonSchema)]
pub struct GateRule {
    /// Its title.
    pub title: String,
    /// What it does.
    pub effect: String,
    /// When, as the rules write it.
    pub when: String,
}

/// What a tier takes.
#[derive(Debug, Serialize, JsonSchema)]
pub struct TierRule {
    /// Its title.
    pub title: String,
    /// What it takes, in words.
    pub takes: String,
}
