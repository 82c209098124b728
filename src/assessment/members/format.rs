//! The members of an assessment exactly as they are written: the `[[member]]` tables, the file of themes, and the lists of
//! members that file no assessment.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::assessment::evidence::format::Evidence;
use crate::toml_file::{At, WrittenNumber};

/// A partnership whose assessment or list goes into this assessment. Just one of `record`, `assessment`, `list` and
/// `missing` says what there is of it.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub struct Member {
    /// A short id: letters, digits, `-`, `_` and `.`, beginning with a letter or digit.
    pub id: At<String>,
    /// The name that a reader sees.
    pub title: At<String>,
    /// The folder of its sealed record, in this assessment's folder.
    pub record: Option<At<String>>,
    /// The folder of its assessment, in this assessment's folder. It is ranked by the rules that it names.
    pub assessment: Option<At<String>>,
    /// The file of its list of priorities, relative to this file.
    pub list: Option<At<String>>,
    /// Why nothing of it is here, in a sentence: it did not say, and that is no `no`.
    pub missing: Option<At<String>>,
    /// The people who live in its area, where its own assessment does not say it.
    pub population: Option<MemberPopulation>,
    /// Whether it counts among the members; `false` for a list that is shown beside theirs. True unless told.
    pub counted: Option<bool>,
    /// What a reader should know of it.
    pub note: Option<At<String>>,
}

/// The people who live in a member's area.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a table such as { people = 83000, source = \"ons\", where = \"Table 1\" }")]
pub struct MemberPopulation {
    /// How many people, a whole number.
    pub people: At<WrittenNumber>,
    /// The source's id.
    pub source: At<String>,
    /// The place in the source: table, row, page.
    #[serde(rename = "where")]
    pub place: At<String>,
}

/// A member's priorities as a document lists them.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a table")]
#[schemars(title = "prioritise list of a member")]
pub struct MemberListFile {
    /// Whether they are in order of priority, the first first. Numbers alone do not say so.
    pub ranked: bool,
    /// Whether all of its priorities are listed; then it has no other. True unless told.
    pub complete: Option<bool>,
    /// The period that they are for: `2014/15`.
    pub period: At<String>,
    /// The document's id.
    pub source: At<String>,
    /// The place in the document: table, row, page.
    #[serde(rename = "where")]
    pub place: At<String>,
    /// What a reader should know of the list.
    pub note: Option<At<String>>,
    /// The priorities, in the document's order.
    #[serde(default)]
    pub priority: Vec<At<ListedPriority>>,
}

/// One priority of a member's list.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a table such as { id = \"burglary\", title = \"Burglary\" }")]
pub struct ListedPriority {
    /// A short id, for the file of themes.
    pub id: At<String>,
    /// Its title, as the document prints it.
    pub title: At<String>,
    /// False for what the list has and the member did not choose. True unless told.
    pub chosen: Option<bool>,
    /// Its rank, from 1, in a ranked list in which some have the same; its place in the list unless told.
    pub rank: Option<At<WrittenNumber>>,
    /// Its total, where the document prints one.
    pub total: Option<At<WrittenNumber>>,
    /// What a reader should know of it.
    pub note: Option<At<String>>,
}

/// The themes that members' candidates are gathered under: each is a candidate of the assessment.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a table")]
#[schemars(title = "prioritise themes")]
pub struct ThemesFile {
    /// The themes.
    #[serde(default)]
    pub theme: Vec<At<Theme>>,
    /// Members' candidates that belong to no theme.
    #[serde(default)]
    pub unthemed: Vec<Unthemed>,
}

/// What members' candidates are gathered under.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub struct Theme {
    /// A short id: letters, digits, `-`, `_` and `.`, beginning with a letter or digit.
    pub id: At<String>,
    /// The name that a reader sees.
    pub title: At<String>,
    /// What it covers, in a sentence.
    pub about: Option<At<String>>,
    /// What members still do about it if it is not chosen, in a sentence or two.
    pub meanwhile: Option<At<String>>,
    /// Who is affected by it, in a sentence, with the place that says so.
    pub affected: Option<At<String>>,
    /// The ids under which it, or something that is now part of it, stood in earlier assessments.
    #[serde(default)]
    pub formerly: Vec<At<String>>,
    /// The id of the theme that this one is part of.
    pub part_of: Option<At<String>>,
    /// Members' candidates, as `MEMBER/CANDIDATE`. One may be in several themes.
    #[serde(default)]
    pub gathers: Vec<At<String>>,
    /// Evidence about the theme beside what members say, by evidence name.
    #[serde(default)]
    pub evidence: BTreeMap<String, At<Evidence>>,
    /// What documents say of how many members have it, to be compared with their lists by `check`.
    #[serde(default)]
    pub claimed: Vec<At<ClaimedMembers>>,
}

/// What a document says of how many members have a theme.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(
    deny_unknown_fields,
    expecting = "a table such as { members = 6, says = \"…\", where = \"…\", source = \"…\" }"
)]
pub struct ClaimedMembers {
    /// How many members have it as a priority, by the document.
    pub members: At<WrittenNumber>,
    /// The words of the document.
    pub says: At<String>,
    /// The document's id.
    pub source: At<String>,
    /// The place in the document.
    #[serde(rename = "where")]
    pub place: At<String>,
}

/// A member's candidate that belongs to no theme.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub struct Unthemed {
    /// The candidate, as `MEMBER/CANDIDATE`.
    pub candidate: At<String>,
    /// Why, in a sentence.
    pub because: At<String>,
}
