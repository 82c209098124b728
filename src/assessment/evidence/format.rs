//! Evidence exactly as it is written: by itself, as a column of a table, and as a rule set declares it.
//!
//! A piece of evidence is one flat table of optional keys for all kinds, rather than a type for each kind: what is
//! flattened into another type is buffered by serde, and then no problem in it knows where in the file it stands; a
//! choice among types would tell of one that matches none, and not which key is wrong. So a kind's keys stand here, and
//! everything else that is to be said of a kind stands in its own file.
//!
//! The doc comments are what editors show, through the JSON Schemas made from these types.

use std::ops::Range;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::toml_file::{At, WrittenNumber};

/// The kinds of evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum EvidenceKind {
    /// A whole number of things that happened in a period.
    Count,
    /// Counts over several periods.
    Series,
    /// A rate as published.
    Rate,
    /// A percentage, with its base where known.
    Percentage,
    /// Percentages over several periods, each with its base where known.
    Percentages,
    /// Any other figure.
    Number,
    /// Offence × count × harm weight.
    Offences,
    /// The same figure for similar areas.
    Peers,
    /// A score by one person or several.
    Judgement,
    /// A word from an ordered list that the rule set declares.
    Level,
    /// Yes or no.
    Answer,
    /// What became of a measure of a plan: `not-achieved`, `off-course`, `on-course` or `achieved`.
    Outcome,
    /// What the members of an assessment say of a theme.
    Members,
}

impl EvidenceKind {
    /// Every kind, in the order in which they are listed everywhere.
    pub const ALL: [Self; 13] = [
        Self::Count,
        Self::Series,
        Self::Rate,
        Self::Percentage,
        Self::Percentages,
        Self::Number,
        Self::Offences,
        Self::Peers,
        Self::Judgement,
        Self::Level,
        Self::Answer,
        Self::Outcome,
        Self::Members,
    ];
}

/// One cited figure or judgement. Just one of `count`, `suppressed`, `series`, `rate`, `percentage`, `percentages`,
/// `number`, `offences`, `peers`, `judgement`, `scores`, `level`, `levels`, `answer`, `outcome`, `members` and
/// `missing` says what it is.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub struct Evidence {
    /// A whole number of things that happened; needs `period`.
    pub count: Option<At<WrittenNumber>>,
    /// The least that a count can be of which part was shared out among areas; needs `at_most`, and `count` may then have
    /// decimals.
    pub at_least: Option<At<WrittenNumber>>,
    /// The most that such a count can be.
    pub at_most: Option<At<WrittenNumber>>,
    /// A count withheld by its publisher, as printed: `<5`, `*`, `c`, `..` or `-`; never read as zero.
    pub suppressed: Option<At<String>>,
    /// Counts of the same thing over several periods, oldest first.
    pub series: Option<At<Vec<At<SeriesPoint>>>>,
    /// A rate as published; needs `per`.
    pub rate: Option<At<WrittenNumber>>,
    /// A percentage from 0 to 100; its interval is known only where `base` is.
    pub percentage: Option<At<WrittenNumber>>,
    /// Percentages of the same question over several periods, oldest first.
    pub percentages: Option<At<Vec<At<PercentagePoint>>>>,
    /// Any other figure.
    pub number: Option<At<WrittenNumber>>,
    /// Offences with the harm weight of one offence each; needs `period`.
    pub offences: Option<At<Vec<At<Offence>>>>,
    /// The same figure for similar areas, this one included; needs `area`.
    pub peers: Option<At<Vec<At<Peer>>>>,
    /// One person's score; needs `scale`, `by`, `date` and `because`.
    pub judgement: Option<At<WrittenNumber>>,
    /// Several people's scores; needs `scale`, `date` and `because`.
    pub scores: Option<At<Vec<At<Score>>>>,
    /// A word from the list that the rule set declares, as a document prints it or, with `by`, `date` and `because`, as
    /// somebody judges it.
    pub level: Option<At<String>>,
    /// Several people's words; needs `date` and `because`.
    pub levels: Option<At<Vec<At<LevelOpinion>>>>,
    /// A yes-or-no answer: `true` or `false`.
    pub answer: Option<At<bool>>,
    /// A measure of a plan, by its id, of which it is to be known what became: `review` works it out. Needs `plan`; tests of
    /// rules, which have no plan, say `achieved`, `not-achieved`, `on-course` or `off-course` instead.
    pub outcome: Option<At<String>>,
    /// What the members of the assessment say of the candidate, a row each. An assessment with `[[member]]` tables makes this
    /// itself for each theme.
    pub members: Option<At<Vec<At<MemberSays>>>>,
    /// Why there is no figure, in a sentence.
    pub missing: Option<At<String>>,

    /// The plan whose measure an outcome is of: the name of its file without the ending.
    pub plan: Option<At<String>>,
    /// In tests of rules, the change of an outcome's measure in per cent; of a plan it is worked out.
    pub change_percent: Option<At<WrittenNumber>>,
    /// The period that a count or an offence table covers.
    pub period: Option<At<String>>,
    /// The people whom a count is set against, where it is not the assessment's population.
    pub population: Option<At<WrittenNumber>>,
    /// The households that a count is set against, where it is not set against people.
    pub households: Option<At<WrittenNumber>>,
    /// A rate's denominator: `1000` for a rate per 1,000 people.
    pub per: Option<At<WrittenNumber>>,
    /// How many people a percentage was asked of or taken from.
    pub base: Option<At<WrittenNumber>>,
    /// The lower end of a published interval.
    pub lower: Option<At<WrittenNumber>>,
    /// The upper end of a published interval.
    pub upper: Option<At<WrittenNumber>>,
    /// Which of the `peers` is this partnership's area.
    pub area: Option<At<String>>,
    /// A judgement's lowest and highest possible score.
    pub scale: Option<At<Vec<WrittenNumber>>>,
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
    /// Names of evidence about the same candidate that supports it, such as ambulance calls beside recorded violence.
    pub corroborated_by: Option<Vec<At<String>>>,
    /// Names of evidence about the same candidate that speaks against it.
    pub contradicted_by: Option<Vec<At<String>>>,
    /// From when on a series counts something else.
    pub breaks: Option<At<Vec<At<SeriesBreak>>>>,
    /// What the source printed of this figure beside it: rates, percentages and changes, as printed.
    pub published: Option<Vec<Published>>,
}

/// A key that holds one plain value.
pub enum PlainKey<'e> {
    /// A key that takes a number.
    Number(&'e mut Option<At<WrittenNumber>>),
    /// A key that takes text.
    Text(&'e mut Option<At<String>>),
    /// A key that takes `true` or `false`.
    Truth(&'e mut Option<At<bool>>),
}

impl Evidence {
    /// Every key that some kinds of evidence have and others have not, and where it stands if it was given: first those
    /// that give a figure, then those that stand beside one.
    pub fn keys(&self) -> [(&'static str, Option<&Range<usize>>); 34] {
        [
            ("count", span(self.count.as_ref())),
            ("suppressed", span(self.suppressed.as_ref())),
            ("series", span(self.series.as_ref())),
            ("rate", span(self.rate.as_ref())),
            ("percentage", span(self.percentage.as_ref())),
            ("percentages", span(self.percentages.as_ref())),
            ("number", span(self.number.as_ref())),
            ("offences", span(self.offences.as_ref())),
            ("peers", span(self.peers.as_ref())),
            ("judgement", span(self.judgement.as_ref())),
            ("scores", span(self.scores.as_ref())),
            ("level", span(self.level.as_ref())),
            ("levels", span(self.levels.as_ref())),
            ("answer", span(self.answer.as_ref())),
            ("outcome", span(self.outcome.as_ref())),
            ("members", span(self.members.as_ref())),
            ("missing", span(self.missing.as_ref())),
            ("plan", span(self.plan.as_ref())),
            ("change_percent", span(self.change_percent.as_ref())),
            ("period", span(self.period.as_ref())),
            ("population", span(self.population.as_ref())),
            ("households", span(self.households.as_ref())),
            ("at_least", span(self.at_least.as_ref())),
            ("at_most", span(self.at_most.as_ref())),
            ("per", span(self.per.as_ref())),
            ("base", span(self.base.as_ref())),
            ("lower", span(self.lower.as_ref())),
            ("upper", span(self.upper.as_ref())),
            ("area", span(self.area.as_ref())),
            ("scale", span(self.scale.as_ref())),
            ("by", span(self.by.as_ref())),
            ("date", span(self.date.as_ref())),
            ("because", span(self.because.as_ref())),
            ("breaks", span(self.breaks.as_ref())),
        ]
    }

    /// The key of this name, if it holds one plain value.
    pub fn plain_key(&mut self, key: &str) -> Option<PlainKey<'_>> {
        Some(match key {
            "count" => PlainKey::Number(&mut self.count),
            "suppressed" => PlainKey::Text(&mut self.suppressed),
            "rate" => PlainKey::Number(&mut self.rate),
            "percentage" => PlainKey::Number(&mut self.percentage),
            "number" => PlainKey::Number(&mut self.number),
            "judgement" => PlainKey::Number(&mut self.judgement),
            "level" => PlainKey::Text(&mut self.level),
            "answer" => PlainKey::Truth(&mut self.answer),
            "outcome" => PlainKey::Text(&mut self.outcome),
            "missing" => PlainKey::Text(&mut self.missing),
            "plan" => PlainKey::Text(&mut self.plan),
            "change_percent" => PlainKey::Number(&mut self.change_percent),
            "period" => PlainKey::Text(&mut self.period),
            "population" => PlainKey::Number(&mut self.population),
            "households" => PlainKey::Number(&mut self.households),
            "at_least" => PlainKey::Number(&mut self.at_least),
            "at_most" => PlainKey::Number(&mut self.at_most),
            "per" => PlainKey::Number(&mut self.per),
            "base" => PlainKey::Number(&mut self.base),
            "lower" => PlainKey::Number(&mut self.lower),
            "upper" => PlainKey::Number(&mut self.upper),
            "area" => PlainKey::Text(&mut self.area),
            "by" => PlainKey::Text(&mut self.by),
            "date" => PlainKey::Text(&mut self.date),
            "because" => PlainKey::Text(&mut self.because),
            _ => return None,
        })
    }

    /// Whether anything is said of who judged it, when or why.
    pub fn is_judged(&self) -> bool {
        let said = [&self.by, &self.date, &self.because].into_iter().any(Option::is_some);
        said || self.levels.is_some()
    }
}

fn span<T>(given: Option<&At<T>>) -> Option<&Range<usize>> {
    given.map(|given| &given.span)
}

/// One count of a series.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a table such as { period = \"2018/19\", count = 1258 }")]
pub struct SeriesPoint {
    /// The period it covers.
    pub period: At<String>,
    /// A whole number of things that happened.
    #[schemars(required, with = "WrittenNumber")]
    pub count: Option<At<WrittenNumber>>,
    /// The least that a count can be of which part was shared out among areas; needs `at_most`, and `count` may then have
    /// decimals.
    pub at_least: Option<At<WrittenNumber>>,
    /// The most that such a count can be.
    pub at_most: Option<At<WrittenNumber>>,
    /// No key of a point: read so that it can be told where percentages are filed.
    #[schemars(skip)]
    pub percentage: Option<At<WrittenNumber>>,
    /// The same of rates.
    #[schemars(skip)]
    pub rate: Option<At<WrittenNumber>>,
    /// What stands beside such a percentage.
    #[schemars(skip)]
    pub base: Option<At<WrittenNumber>>,
    /// The source's id, where it differs from the series'.
    pub source: Option<At<String>>,
    /// The place in the source, where it differs from the series'.
    #[serde(rename = "where")]
    pub place: Option<At<String>>,
    /// What the source printed beside it.
    pub published: Option<Vec<Published>>,
}

/// One percentage of a series.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a table such as { period = \"2024/25\", percentage = 18, base = 1240 }")]
pub struct PercentagePoint {
    /// The period it covers.
    pub period: At<String>,
    /// The percentage, from 0 to 100.
    pub percentage: At<WrittenNumber>,
    /// How many people it was asked of or taken from, where known.
    pub base: Option<At<WrittenNumber>>,
    /// The source's id, where it differs from the series'.
    pub source: Option<At<String>>,
    /// The place in the source, where it differs from the series'.
    #[serde(rename = "where")]
    pub place: Option<At<String>>,
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
    pub per: Option<At<WrittenNumber>>,
    /// What a published percentage is a percentage of: a count.
    pub of: Option<At<WrittenNumber>>,
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
    pub count: At<WrittenNumber>,
    /// The harm weight of one such offence; left out where it matches none, never 0 instead.
    pub harm: Option<At<WrittenNumber>>,
}

/// One area of a peer table: `rate`, or `count` with `population`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a table such as { area = \"Fenland\", rate = 15.8 }")]
pub struct Peer {
    /// The area's name.
    pub area: At<String>,
    /// Its rate, in the unit of the peer table.
    pub rate: Option<At<WrittenNumber>>,
    /// Its count.
    pub count: Option<At<WrittenNumber>>,
    /// Its population.
    pub population: Option<At<WrittenNumber>>,
}

/// What one member says of a candidate.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a table such as { member = \"east\", priority = true }")]
pub struct MemberSays {
    /// The member's id.
    pub member: At<String>,
    /// The name that a reader sees; the id serves where it is left out.
    pub title: Option<String>,
    /// Whether it is one of the member's priorities. Left out, the member did not say, and that is no `false`.
    pub priority: Option<bool>,
    /// Its rank in the member's list, from 1; needs `of`.
    pub rank: Option<At<WrittenNumber>>,
    /// How many the member's list ranks; without `rank`, it is not among them.
    pub of: Option<At<WrittenNumber>>,
    /// Its total in the member's list.
    pub total: Option<At<WrittenNumber>>,
    /// The rules that the total is by, named alike for members with the same: totals compare under one rule set only.
    pub rules: Option<String>,
    /// How many people live in the member's area.
    pub people: Option<At<WrittenNumber>>,
}

/// One person's score.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a table such as { by = \"Fire officer\", score = 3 }")]
pub struct Score {
    /// The role of the person who judged.
    pub by: At<String>,
    /// The score given, on the judgement's scale.
    pub score: At<WrittenNumber>,
}

/// One person's word.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a table such as { by = \"Fire officer\", level = \"rising\" }")]
pub struct LevelOpinion {
    /// The role of the person who judged.
    pub by: At<String>,
    /// A word from the list that the rule set declares.
    pub level: At<String>,
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
    pub per: Option<At<WrittenNumber>>,
    /// The source's id. Figures need it, judgements do not.
    pub source: Option<At<String>>,
    /// The place in the source.
    #[serde(rename = "where")]
    pub place: Option<At<String>>,
    /// A judgement's lowest and highest possible score.
    pub scale: Option<At<Vec<WrittenNumber>>>,
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
    /// Names of evidence about the same candidates that supports it, in the rows that have it.
    pub corroborated_by: Option<Vec<At<String>>>,
    /// Names of evidence about the same candidates that speaks against it, in the rows that have it.
    pub contradicted_by: Option<Vec<At<String>>>,
}

impl Column {
    /// Every key that columns of some kinds have and others have not, and where it stands if it was given.
    pub fn keys(&self) -> [(&'static str, Option<&Range<usize>>); 8] {
        [
            ("period", span(self.period.as_ref())),
            ("population", span(self.population.as_ref())),
            ("households", span(self.households.as_ref())),
            ("per", span(self.per.as_ref())),
            ("scale", span(self.scale.as_ref())),
            ("by", span(self.by.as_ref())),
            ("date", span(self.date.as_ref())),
            ("because", span(self.because.as_ref())),
        ]
    }

    /// Whether anything is said of who judged it, when or why.
    pub fn is_judged(&self) -> bool {
        [&self.by, &self.date, &self.because].into_iter().any(Option::is_some)
    }
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
    /// A word from an ordered list that the rule set declares.
    Level,
    /// `yes` or `no`.
    Answer,
}

impl From<ColumnKind> for EvidenceKind {
    fn from(kind: ColumnKind) -> Self {
        match kind {
            ColumnKind::Count => Self::Count,
            ColumnKind::Rate => Self::Rate,
            ColumnKind::Percentage => Self::Percentage,
            ColumnKind::Number => Self::Number,
            ColumnKind::Judgement => Self::Judgement,
            ColumnKind::Level => Self::Level,
            ColumnKind::Answer => Self::Answer,
        }
    }
}

/// Evidence that the rules read.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub struct EvidenceName {
    /// What kind of evidence it must be.
    pub kind: At<EvidenceKind>,
    /// What it is, for those who collect it.
    pub title: At<String>,
    /// What it counts, in the plural: `crimes`, `fires`, `people`.
    pub unit: Option<String>,
    /// Whom to ask for it where it is missing: an office or a role.
    pub ask: Option<At<String>>,
    /// The scale that judgements must be on, lowest and highest score; judgements need it.
    pub scale: Option<At<Vec<WrittenNumber>>>,
    /// The words of levels, lowest first, two or more; levels need them.
    pub levels: Option<At<Vec<At<String>>>>,
    /// Which level counts where an even number of people fall between two; levels of such panels need it.
    pub between: Option<At<Between>>,
    /// By how much what one person alone judged may be off, either way, where `sensitivity` redraws the evidence: in
    /// points of the scale, or in levels. Judgements and levels may have it; without it such answers stay as they are.
    pub spread: Option<At<WrittenNumber>>,
    /// With whom counts are pooled, and how: then `pooled_rate` draws the rate of each towards that of all, as far as chance
    /// explains how they differ. Counts and series may have it.
    pub pooled: Option<At<WrittenPooled>>,
}

/// With whom counts are pooled, and how.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a table such as { with = \"same-title\", method = \"global-moments\" }")]
pub struct WrittenPooled {
    /// With whom.
    pub with: At<PooledWith>,
    /// How the mean and the variance of the areas' own rates are found.
    pub method: At<PoolMethod>,
}

/// With whom counts are pooled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PooledWith {
    /// Those of the same title, in all areas.
    SameTitle,
    /// All candidates of the list that it is in.
    SameList,
}

/// How the mean and the variance of the areas' own rates are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PoolMethod {
    /// Empirical Bayes by the moments of all areas: gamma and Poisson, Clayton and Kaldor (1987), Marshall (1991).
    GlobalMoments,
}

/// Which of two levels counts where an even number of people fall between them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Between {
    /// The one that stands later in the list.
    Higher,
    /// The one that stands earlier.
    Lower,
}

impl Between {
    /// The words that files have for them.
    pub const WORDS: &[&'static str] = &["higher", "lower"];
}
