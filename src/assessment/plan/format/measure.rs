//! A measure of a plan exactly as it is written.

use schemars::JsonSchema;
use serde::Deserialize;

use super::claim::MeasureClaim;
use super::reading::Reading;
use crate::assessment::evidence::format::SeriesBreak;
use crate::toml_file::{At, WrittenNumber};

/// A figure by which a plan is judged.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub struct Measure {
    /// A short id: letters, digits, `-`, `_` and `.`, beginning with a letter or digit.
    pub id: At<String>,
    /// What is measured: `Theft from vehicles, recorded incidents`.
    pub title: At<String>,
    /// The id of the plan's priority that it belongs to.
    pub priority: Option<At<String>>,
    /// Whose plan it is of, where that is somebody else's which this one must have regard to.
    pub regard: Option<At<String>>,
    /// What it counts, in the plural: `incidents`.
    pub unit: Option<At<String>>,
    /// Which way the figure should go.
    pub wanted: At<Wanted>,
    /// How far it should go. Without it any step in the direction wanted is enough.
    pub target: Option<At<Target>>,
    /// The figure that it is set against.
    pub baseline: Option<At<Reading>>,
    /// The figure of the plan's period.
    pub actual: Option<At<Reading>>,
    /// Figures of the parts of its period so far, such as quarters, oldest first and without a gap: until `actual` is filed
    /// they stand for it, counts added up and anything else by the latest.
    #[serde(default)]
    pub progress: Vec<At<Reading>>,
    /// Figures of other periods, oldest first, for the reader and for what is claimed of them.
    #[serde(default)]
    pub series: Vec<At<Reading>>,
    /// Why there is no figure, in a sentence.
    pub missing: Option<At<String>>,
    /// From when on it counts something else.
    #[serde(default)]
    pub breaks: Vec<At<SeriesBreak>>,
    /// What a document says of it, to be set against the figures.
    #[serde(default)]
    pub claims: Vec<At<MeasureClaim>>,
    /// The role of the person who answers for it.
    pub owner: Option<At<String>>,
    /// The day by which its figure is due, `2014-05-31`.
    pub due: Option<At<String>>,
    /// The ids under which it stood in earlier plans.
    #[serde(default)]
    pub formerly: Vec<At<String>>,
    /// The source's id.
    pub source: At<String>,
    /// The place in the source: table, section, page.
    #[serde(rename = "where")]
    pub place: At<String>,
    /// What a reader should know before relying on it.
    pub note: Option<At<String>>,
}

/// Which way a figure should go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Wanted {
    /// It should fall.
    Less,
    /// It should rise.
    More,
    /// It should lie within the target's band.
    Within,
}

impl Wanted {
    /// The word for it in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Less => "less",
            Self::More => "more",
            Self::Within => "within",
        }
    }
}

/// How far a figure should go. Just one of `count`, `rate`, `percentage`, `number`, `change`, `change_percent` and
/// `between`.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a table such as { change_percent = -40, by = \"2016/17\" }")]
pub struct Target {
    /// The count to be reached.
    pub count: Option<At<WrittenNumber>>,
    /// The rate to be reached, per as many as the baseline's.
    pub rate: Option<At<WrittenNumber>>,
    /// The percentage to be reached.
    pub percentage: Option<At<WrittenNumber>>,
    /// Any other figure to be reached.
    pub number: Option<At<WrittenNumber>>,
    /// By how much it should change, in its own unit; percentages in percentage points. Below zero for a fall.
    pub change: Option<At<WrittenNumber>>,
    /// By how many per cent of the baseline it should change: `-40` for a fall by 40%.
    pub change_percent: Option<At<WrittenNumber>>,
    /// The lowest and the highest figure of the band in which it should lie.
    pub between: Option<At<Vec<At<WrittenNumber>>>>,
    /// The period by whose end it should be reached: that of the plan unless told.
    pub by: Option<At<String>>,
}
