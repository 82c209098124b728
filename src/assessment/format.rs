//! The assessment's files exactly as they are written: `assessment.toml` and the evidence files it names.
//!
//! Parsed here, judged in `validate`: a value of these types has the right keys and types, and nothing
//! more is known of it. The doc comments are what editors show, through the JSON Schemas made from these types.

mod statement;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::toml_file::{At, Number};
pub use statement::{PlanResult, Statement, Under};

/// What a partnership files for one year: `assessment.toml`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a table")]
#[schemars(title = "prioritise assessment")]
pub struct AssessmentFile {
    /// What is being assessed, by whom, with which rules.
    pub assessment: Header,
    /// The people whom counts are set against, unless a count names its own population.
    pub population: Option<Population>,
    /// The documents that figures are taken from.
    #[serde(default)]
    pub source: Vec<Source>,
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
pub struct Header {
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
    /// Files that say what documents print, to be recomputed; relative to this file.
    #[serde(default)]
    pub documents: Vec<At<String>>,
    /// The file of what the board decided, relative to this file.
    pub decisions: Option<At<String>>,
}

/// The people whom counts are set against.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub struct Population {
    /// How many people, a whole number.
    pub people: At<Number>,
    /// The source's id.
    pub source: At<String>,
    /// The place in the source: table, row, page.
    #[serde(rename = "where")]
    pub place: At<String>,
    /// By how much it may differ a year earlier or later, in per cent: 1 unless told. Published rates of other years
    /// are recomputed within that.
    pub yearly_change: Option<At<Number>>,
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
    /// What each row is.
    pub kind: Option<At<CandidateKind>>,
    /// The evidence in the table, by evidence name.
    pub column: BTreeMap<String, Column>,
}

/// One column of a table: which header holds it, what kind of evidence it is, where it comes from.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub struct Column {
    /// The column's header in the CSV file.
    pub header: At<String>,
    /// What kind of evidence its cells are.
    pub kind: At<ColumnKind>,
    /// The period that counts cover.
    pub period: Option<At<String>>,
    /// The header of the column that holds each count's population.
    pub population: Option<At<String>>,
    /// The header of the column that holds each count's households, where they are what it is set against.
    pub households: Option<At<String>>,
    /// A rate's denominator: `1000` for a rate per 1,000 people.
    pub per: Option<At<Number>>,
    /// The source's id. Figures need it, judgements do not.
    pub source: Option<At<String>>,
    /// The place in the source.
    #[serde(rename = "where")]
    pub place: Option<At<String>>,
    /// A judgement's lowest and highest possible score.
    pub scale: Option<At<Vec<Number>>>,
    /// The role that judged.
    pub by: Option<At<String>>,
    /// When it was judged, `2020-02-14`.
    pub date: Option<At<String>>,
    /// Why it was judged so.
    pub because: Option<At<String>>,
    /// True where the figures are ours, made for illustration.
    #[serde(default)]
    pub illustration: bool,
    /// True for what is kept for the reader and need not be read by any rule.
    #[serde(default)]
    pub context: bool,
    /// What a reader should know before relying on it.
    pub note: Option<String>,
    /// What limits it, a sentence each.
    pub caveats: Option<Vec<At<String>>>,
    /// Names of evidence about the same candidates that bears it out, in the rows that have it.
    pub corroborated_by: Option<Vec<At<String>>>,
}

/// The kinds of evidence that one cell can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ColumnKind {
    /// A whole number of things that happened.
    Count,
    /// A rate per so many people.
    Rate,
    /// A percentage from 0 to 100.
    Percentage,
    /// Any other figure.
    Number,
    /// A score that somebody gave.
    Judgement,
    /// `yes` or `no`.
    Answer,
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
    /// The candidates. One that another file has too is the same: the evidence is joined.
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
    /// What it covers, in a sentence.
    pub about: Option<At<String>>,
    /// What the partnership or its members still do about it if it is not chosen, in a sentence or two.
    pub meanwhile: Option<At<String>>,
    /// The ids under which it, or something that is now part of it, stood in earlier assessments.
    #[serde(default)]
    pub formerly: Vec<At<String>>,
    /// The evidence, by evidence name. The rule set declares which names it reads.
    #[serde(default)]
    pub evidence: BTreeMap<String, At<Evidence>>,
}

impl Candidate {
    /// A candidate of whom nothing else is said.
    pub fn of(id: At<String>) -> Self {
        let (title, kind, about, meanwhile) = (None, None, None, None);
        Self { id, title, kind, about, meanwhile, formerly: Vec::new(), evidence: BTreeMap::new() }
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

/// One cited figure or judgement. Just one of `count`, `suppressed`, `series`, `rate`, `percentage`, `number`,
/// `offences`, `peers`, `judgement`, `scores`, `answer` and `missing` says what it is.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub struct Evidence {
    /// A whole number of things that happened; needs `period`.
    pub count: Option<At<Number>>,
    /// A count withheld by its publisher, as printed: `<5`, `*`, `c`, `..` or `-`; never read as zero.
    pub suppressed: Option<At<String>>,
    /// Counts of the same thing over several periods, oldest first.
    pub series: Option<At<Vec<At<SeriesPoint>>>>,
    /// A rate as published; needs `per`.
    pub rate: Option<At<Number>>,
    /// A percentage from 0 to 100; its interval is known only where `base` is.
    pub percentage: Option<At<Number>>,
    /// Any other figure.
    pub number: Option<At<Number>>,
    /// Offences with the harm weight of one offence each; needs `period`.
    pub offences: Option<At<Vec<At<Offence>>>>,
    /// The same figure for similar areas, this one included; needs `area`.
    pub peers: Option<At<Vec<At<Peer>>>>,
    /// One person's score; needs `scale`, `by`, `date` and `because`.
    pub judgement: Option<At<Number>>,
    /// Several people's scores; needs `scale`, `date` and `because`.
    pub scores: Option<At<Vec<At<Score>>>>,
    /// A yes-or-no answer: `true` or `false`.
    pub answer: Option<At<bool>>,
    /// Why there is no figure, in a sentence.
    pub missing: Option<At<String>>,

    /// The period that a count or an offence table covers.
    pub period: Option<At<String>>,
    /// The people whom a count is set against, where it is not the assessment's population.
    pub population: Option<At<Number>>,
    /// The households that a count is set against, where it is not set against people.
    pub households: Option<At<Number>>,
    /// A rate's denominator: `1000` for a rate per 1,000 people.
    pub per: Option<At<Number>>,
    /// How many people a percentage was asked of or taken from.
    pub base: Option<At<Number>>,
    /// The lower end of a published interval.
    pub lower: Option<At<Number>>,
    /// The upper end of a published interval.
    pub upper: Option<At<Number>>,
    /// Which of the `peers` is this partnership's area.
    pub area: Option<At<String>>,
    /// A judgement's lowest and highest possible score.
    pub scale: Option<At<Vec<Number>>>,
    /// The role of the person who judged.
    pub by: Option<At<String>>,
    /// When it was judged, `2020-02-14`.
    pub date: Option<At<String>>,
    /// Why it was judged so.
    pub because: Option<At<String>>,
    /// The source's id. Figures need it, judgements do not.
    pub source: Option<At<String>>,
    /// The place in the source: table, row, page.
    #[serde(rename = "where")]
    pub place: Option<At<String>>,
    /// True where the figure is ours, made for illustration.
    pub illustration: Option<bool>,
    /// True for what is kept for the reader and need not be read by any rule.
    pub context: Option<bool>,
    /// What a reader should know before relying on it.
    pub note: Option<String>,
    /// What limits it, a sentence each.
    pub caveats: Option<Vec<At<String>>>,
    /// Names of evidence about the same candidate that bears it out, such as ambulance calls beside recorded violence.
    pub corroborated_by: Option<Vec<At<String>>>,
    /// From when on a series counts something else.
    pub breaks: Option<At<Vec<At<SeriesBreak>>>>,
    /// What the source printed of this figure beside it: rates, percentages and changes, as printed.
    pub published: Option<Vec<Published>>,
}

/// One count of a series.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a table such as { period = \"2018/19\", count = 1258 }")]
pub struct SeriesPoint {
    /// The period it covers.
    pub period: At<String>,
    /// A whole number of things that happened.
    pub count: At<Number>,
    /// The source's id, where it differs from the series'.
    pub source: Option<At<String>>,
    /// The place in the source, where it differs from the series'.
    #[serde(rename = "where")]
    pub place: Option<At<String>>,
    /// What the source printed beside it.
    pub published: Option<Vec<Published>>,
}

/// From when on a series counts something else.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a table such as { date = \"2017-04\", cause = \"burglary re-categorised\" }")]
pub struct SeriesBreak {
    /// The first day or month of the new way: `2017-04`.
    pub date: At<String>,
    /// What changed, in a few words.
    pub cause: At<String>,
}

/// A figure as the source printed it beside a count. Digits are kept as text, so that their rounding is known.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a table such as { rate = \"6.3\", per = 1000, where = \"Table 8\" }")]
pub struct Published {
    /// A rate, as printed: `"6.3"`.
    pub rate: Option<At<String>>,
    /// A percentage, as printed: `"21.5"`.
    pub percentage: Option<At<String>>,
    /// A percentage change, as printed: `"5.1"`; `"-22"` for a fall.
    pub change: Option<At<String>>,
    /// A published rate's denominator.
    pub per: Option<At<Number>>,
    /// What a published percentage is a percentage of: a count.
    pub of: Option<At<Number>>,
    /// The period that a published change is counted from: that of an earlier point of the series; the one before
    /// unless told.
    pub from: Option<At<String>>,
    /// The place in the source.
    #[serde(rename = "where")]
    pub place: At<String>,
}

/// One row of an offence table.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a table such as { offence = \"Threats to kill\", count = 336, harm = 10 }")]
pub struct Offence {
    /// The offence, as the source names it.
    pub offence: At<String>,
    /// How many, a whole number.
    pub count: At<Number>,
    /// The harm weight of one such offence; left out where it matches none, never 0 instead.
    pub harm: Option<At<Number>>,
}

/// One area of a peer table: `rate`, or `count` with `population`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a table such as { area = \"Fenland\", rate = 15.8 }")]
pub struct Peer {
    /// The area's name.
    pub area: At<String>,
    /// Its rate, in the unit of the peer table.
    pub rate: Option<At<Number>>,
    /// Its count.
    pub count: Option<At<Number>>,
    /// Its population.
    pub population: Option<At<Number>>,
}

/// One person's score.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a table such as { by = \"Fire officer\", score = 3 }")]
pub struct Score {
    /// The role of the person who judged.
    pub by: At<String>,
    /// The score given, on the judgement's scale.
    pub score: At<Number>,
}
