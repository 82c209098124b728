//! The fifth side: what is to be carried out by whom, what a committee expects, what the law asks, and how to check.

use schemars::JsonSchema;
use serde::Serialize;

/// The fifth side of the paper.
#[derive(Debug, Serialize, JsonSchema)]
pub struct DecisionSide {
    /// One row for each that has a place or may have one.
    pub rows: Vec<DecisionRow>,
    /// What the board decided, a sentence each; empty where nothing is filed.
    pub decided: Vec<String>,
    /// What became of measures of the last plan, a sentence; none where none is filed.
    pub outcomes: Option<String>,
    /// What all members share, and who leads, a sentence; none where the assessment has no members.
    pub shared: Option<String>,
    /// What a committee expects.
    pub committee: Vec<CommitteeRow>,
    /// What the law asks an assessment to tell.
    pub law: Vec<LawRow>,
    /// How to check that nobody altered the paper: the digests in short groups.
    pub check: CheckBox,
}

/// What one decision needs.
#[derive(Debug, Serialize, JsonSchema)]
pub struct DecisionRow {
    /// Whom it is about, by id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What the board did with it; none where no decisions are filed.
    pub board: Option<String>,
    /// What is done about it now; none where nothing is filed.
    pub now: Option<String>,
    /// What of the plan's chosen actions serves it, each with its cost; none where none does.
    pub action: Option<String>,
    /// The role that leads.
    pub lead: Option<String>,
    /// The day by which it is due.
    pub due: Option<String>,
}

/// A section that a committee expects.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CommitteeRow {
    /// What it is about.
    pub title: &'static str,
    /// What is known, by its first sentence where it is long; none where nothing is filed.
    pub text: Option<String>,
    /// All of it, where that is more.
    pub whole: Option<String>,
}

/// Something that the law asks an assessment to tell.
#[derive(Debug, Serialize, JsonSchema)]
pub struct LawRow {
    /// What.
    pub title: &'static str,
    /// What it says; none where nothing is filed.
    pub text: Option<String>,
    /// How much more the annex has of it, `4 more.`; none where nothing.
    pub more: Option<String>,
}

/// What the paper was made of.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CheckBox {
    /// The digest of the evidence, its first digits.
    pub evidence: String,
    /// The digest of the rules, its first digits.
    pub rules: String,
}
