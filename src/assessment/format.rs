//! The assessment's files exactly as they are written: `assessment.toml` and the evidence files it names.
//!
//! Parsed here, judged in `validate`: a value of these types has the right keys and types, and nothing
//! more is known of it. The doc comments are what editors show, through the JSON Schemas made from these types.

mod committee;
mod statement;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::evidence::format::{Column, Evidence};
use super::members::format::Member;
use crate::areas::LookupKind;
use crate::toml_file::{At, WrittenNumber};
pub use committee::{Characteristics, Committee};
pub use statement::{Heading, PlanResult, Statement};

/// What a partnership files for one year: `assessment.toml`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a table")]
#[schemars(title = "prioritise assessment")]
pub struct AssessmentFile {
    /// The format of the files of this folder: 1. `prioritise upgrade` brings older ones up to it.
    pub format: Option<At<WrittenNumber>>,
    /// What is being assessed, by whom, with which rules.
    pub assessment: AssessmentHeader,
    /// The people whom counts are set against, unless a count names its own population. It can stand in an evidence file
    /// instead.
    pub population: Option<Population>,
    /// What a public edition must not say.
    pub publication: Option<Publication>,
    /// What a committee expects of a paper beside the list.
    pub committee: Option<Committee>,
    /// The documents that figures are taken from.
    #[serde(default)]
    pub source: Vec<Source>,
    /// The partnerships whose assessments or lists go into this one, in the order in which a reader sees them.
    #[serde(default)]
    pub member: Vec<Member>,
    /// The areas that candidates belong to, where they have names beside their codes.
    #[serde(default)]
    pub area: Vec<Area>,
    /// CSV files that say which old areas make up which new ones.
    #[serde(default)]
    pub lookup: Vec<Lookup>,
    /// CSV files that hold evidence for many candidates at once, a row each.
    #[serde(default)]
    pub table: Vec<Table>,
    /// What the assessment says beside the list, under the headings that it must have.
    #[serde(default)]
    pub statement: Vec<Statement>,
    /// What became of last year's plan, a table for each measure.
    #[serde(default)]
    pub last_plan: Vec<PlanResult>,
}

/// What is being assessed, by whom, with which rules.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub struct AssessmentHeader {
    /// The assessment's title, as it stands on its cover.
    pub title: At<String>,
    /// The partnership that files it.
    pub partnership: At<String>,
    /// The period it is about: `2018-11/2019-10`, `2018/19` (April to March), `2019`, `2019-03` or `2019-03-31`.
    pub period: At<String>,
    /// The folder of the rule set that ranks it, relative to this file.
    pub rules: At<String>,
    /// The evidence files, relative to this file. Their order makes no difference.
    #[serde(default)]
    pub evidence: Vec<At<String>>,
    /// The file of the themes that members' candidates are gathered under, relative to this file.
    pub themes: Option<At<String>>,
    /// Files that say what documents print, to be recomputed; relative to this file.
    #[serde(default)]
    pub documents: Vec<At<String>>,
    /// The file of what the board decided, relative to this file.
    pub decisions: Option<At<String>>,
    /// The files of plans that came to an end or are under way, to be reviewed; relative to this file.
    #[serde(default)]
    pub reviews: Vec<At<String>>,
    /// The file of the plan that is to be chosen, relative to this file.
    pub plan: Option<At<String>>,
    /// Who may see it: the mark that stands on every page.
    pub handling: Option<At<Handling>>,
}

/// Who may see an assessment and what is made of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Handling {
    /// Those who need it for their work.
    Official,
    /// A few of those, since it could do harm in other hands.
    OfficialSensitive,
    /// Anybody.
    Public,
}

impl Handling {
    /// The word in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Official => "official",
            Self::OfficialSensitive => "official-sensitive",
            Self::Public => "public",
        }
    }

    /// The mark of what is made of several assessments: the narrowest that one has. It is for anybody where all are.
    pub fn of_all(all: impl IntoIterator<Item = Option<Self>>) -> Option<Self> {
        let all: Vec<Option<Self>> = all.into_iter().collect();
        let narrow = [Self::OfficialSensitive, Self::Official].into_iter().find(|one| all.contains(&Some(*one)));
        narrow.or_else(|| (!all.is_empty() && all.iter().all(|one| *one == Some(Self::Public))).then_some(Self::Public))
    }

    /// The mark as it stands on a page.
    pub fn mark(self) -> &'static str {
        match self {
            Self::Official => "OFFICIAL",
            Self::OfficialSensitive => "OFFICIAL-SENSITIVE",
            Self::Public => "PUBLIC",
        }
    }
}

/// The people whom counts are set against.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub struct Population {
    /// How many people, a whole number.
    pub people: At<WrittenNumber>,
    /// The source's id.
    pub source: At<String>,
    /// The place in the source: table, row, page.
    #[serde(rename = "where")]
    pub place: At<String>,
    /// When they were counted: `2023-06-30`. The assessment's period unless told.
    pub period: Option<At<String>>,
    /// By how much it may differ a year earlier or later, in per cent: 1 unless told. Published rates of other years
    /// are recomputed within that.
    pub yearly_change: Option<At<WrittenNumber>>,
    /// What a reader should know before relying on it.
    pub note: Option<String>,
}

/// What a public edition must not say.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub struct Publication {
    /// Counts from 1 to below this are not published: 5 hides 1 to 4. A whole number from 3 to 100.
    pub suppress_below: At<WrittenNumber>,
    /// Whose rule that is, and why.
    pub because: At<String>,
}

/// A place with a code, such as a ward or a neighbourhood.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub struct Area {
    /// Its code: letters, digits, `-`, `_` and `.`, beginning with a letter or digit.
    pub code: At<String>,
    /// The name that a reader sees.
    pub title: At<String>,
}

/// A CSV file that says which old areas make up which new ones, a row for each old area and each new one that it lies in.
/// Tables and evidence files of the old areas name it as `lookup`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub struct Lookup {
    /// A short id: letters, digits, `-`, `_` and `.`, beginning with a letter or digit.
    pub id: At<String>,
    /// The CSV file, relative to `assessment.toml`.
    pub file: At<String>,
    /// How old areas lie in new ones: `whole`, `best-fit` or `shared`.
    pub kind: At<LookupKind>,
    /// The header of the column of old codes: `LSOA11CD`.
    pub from: At<String>,
    /// The header of the column of new codes: `LSOA21CD`.
    pub to: At<String>,
    /// The header of the column of old names, where peer tables have names.
    pub from_name: Option<At<String>>,
    /// The header of the column of new names.
    pub to_name: Option<At<String>>,
    /// The header of the column of shares, where areas are shared out. Those of an old area add up to exactly 1.
    pub share: Option<At<String>>,
    /// The header of the column by which the ONS says what became of an area: `CHGIND`, with `U`, `S`, `M` and `X`. The rows
    /// must say the same.
    pub change: Option<At<String>>,
    /// The source's id.
    pub source: At<String>,
    /// The place in the source.
    #[serde(rename = "where")]
    pub place: At<String>,
    /// What a reader should know before relying on it.
    pub note: Option<String>,
}

/// A document that figures are taken from.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub struct Source {
    /// A short id: letters, digits, `-`, `_` and `.`, beginning with a letter or digit.
    pub id: At<String>,
    /// The document's title.
    pub title: At<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// When, in any form of a period: `2020-02`, `2020-02-14`.
    pub date: Option<At<String>>,
    /// The index of which it is an edition, by one name in all editions; needs `edition`. Figures of different editions make no
    /// series.
    pub index: Option<At<String>>,
    /// Which edition of the index it is: `"2025"`; needs `index`.
    pub edition: Option<At<String>>,
    /// What a reader should know of it: a draft, a reconstruction.
    pub note: Option<String>,
}

/// A CSV file of evidence, a candidate a row.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub struct Table {
    /// The CSV file, relative to `assessment.toml`.
    pub file: At<String>,
    /// The header of the column that holds each candidate's id.
    pub id: At<String>,
    /// The header of the column that holds each candidate's title; the id serves where it is left out.
    pub title: Option<At<String>>,
    /// The header of the column that holds the code of each candidate's area.
    pub area: Option<At<String>>,
    /// The header of the column that holds the name of each candidate's area; `[[area]]` tables can say it instead.
    pub area_title: Option<At<String>>,
    /// The id of the lookup that makes its figures into those of new areas, where its areas are old ones. They are those of the
    /// column `area`, or candidates whose ids are codes.
    pub lookup: Option<At<String>>,
    /// What each row is.
    pub kind: Option<At<CandidateKind>>,
    /// The evidence in the table, by evidence name.
    pub column: BTreeMap<String, Column>,
}

/// An evidence file: one candidate or several, each with its evidence.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a table")]
#[schemars(title = "prioritise evidence")]
pub struct EvidenceFile {
    /// Documents that figures are taken from, where the file brings its own. One that another file names too must say
    /// the same there.
    #[serde(default)]
    pub source: Vec<Source>,
    /// The people whom counts are set against, where neither `assessment.toml` nor another evidence file says so.
    pub population: Option<Population>,
    /// The id of the lookup that makes its figures into those of new areas, where its areas are old ones: the `area` of its
    /// candidates, candidates whose ids are codes, and the areas of peer tables.
    pub lookup: Option<At<String>>,
    /// The candidates. One that another file has too is the same: the evidence is joined.
    #[serde(default)]
    pub candidate: Vec<At<Candidate>>,
}

/// A priority that could be chosen. One file must give its `title` and `kind`; others may repeat or leave them out.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub struct Candidate {
    /// A short id: letters, digits, `-`, `_` and `.`, beginning with a letter or digit.
    pub id: At<String>,
    /// The name that a reader sees.
    pub title: Option<At<String>>,
    /// Whether it is a crime type, a group of people, a place or a theme.
    pub kind: Option<At<CandidateKind>>,
    /// The code of the area that it belongs to: `E05002798`. Rules with `per = "area"` make a list for each.
    pub area: Option<At<String>>,
    /// What it covers, in a sentence.
    pub about: Option<At<String>>,
    /// What the partnership or its members still do about it if it is not chosen, in a sentence or two.
    pub meanwhile: Option<At<String>>,
    /// Who is affected by it, in a sentence, with the place that says so.
    pub affected: Option<At<String>>,
    /// The ids under which it, or something that is now part of it, stood in earlier assessments. Its own may be among
    /// them.
    #[serde(default)]
    pub formerly: Vec<At<String>>,
    /// The id of the candidate that this one is part of, as domestic abuse is part of violence.
    pub part_of: Option<At<String>>,
    /// The ids of candidates that rest on some of the same evidence. It is enough that one of the two says so.
    #[serde(default)]
    pub shares_evidence_with: Vec<At<String>>,
    /// The evidence, by evidence name. The rule set declares which names it reads.
    #[serde(default)]
    pub evidence: BTreeMap<String, At<Evidence>>,
}

impl Candidate {
    /// A candidate of whom nothing else is said.
    pub fn with_id(id: At<String>) -> Self {
        Self {
            id,
            title: None,
            kind: None,
            area: None,
            about: None,
            meanwhile: None,
            affected: None,
            formerly: Vec::new(),
            part_of: None,
            shares_evidence_with: Vec::new(),
            evidence: BTreeMap::new(),
        }
    }
}

/// What sort of thing a candidate is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CandidateKind {
    /// A type of crime or disorder.
    Crime,
    /// A group of people.
    People,
    /// A place.
    Place,
    /// A theme that runs across them.
    Theme,
}

impl CandidateKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Crime, Self::People, Self::Place, Self::Theme];

    /// The word in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Crime => "crime",
            Self::People => "people",
            Self::Place => "place",
            Self::Theme => "theme",
        }
    }

    /// As the heading of a list of them.
    pub fn title(self) -> &'static str {
        match self {
            Self::Crime => "Crimes",
            Self::People => "People",
            Self::Place => "Places",
            Self::Theme => "Themes",
        }
    }

    /// The kind with this word.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

#[cfg(test)]
mod tests {
    use super::Handling::{self, Official, OfficialSensitive, Public};

    #[test]
    fn what_is_made_of_several_has_the_narrowest_mark() {
        assert_eq!(Handling::of_all([Some(Public), Some(OfficialSensitive), Some(Official)]), Some(OfficialSensitive));
        assert_eq!(Handling::of_all([None, Some(Official), Some(Public)]), Some(Official));
        assert_eq!(Handling::of_all([Some(Public), Some(Public)]), Some(Public));
        assert_eq!(Handling::of_all([Some(Public), None]), None, "nobody said that all of it is for anybody");
        assert_eq!(Handling::of_all([]), None);
    }
}
