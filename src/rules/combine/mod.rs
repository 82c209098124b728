//! How points become a total: a file for each way to combine them; this one has their list.
//!
//! All that is to be said of a way is said in its file: how it is judged, what it makes, what weights do to it, and every
//! sentence about it. It makes one figure of those of its members and sees numbers, never a candidate; how a spreadsheet
//! writes them is for its view. `combination.rs` has which ways a rule set uses: one for the total, one for each group
//! that has a score.

mod arithmetic;
mod combination;
mod earned;
mod ends;
mod maximum;
mod member;
mod minimum;
mod node;
mod outranking;
mod product;
mod script;
mod sections;
mod settings;
mod sum;
mod totaller;

use schemars::JsonSchema;
use serde::Deserialize;

use super::judge::RuleSetJudge;
use crate::toml_file::At;
use maximum::Maximum;
use minimum::Minimum;
use outranking::Outranking;
use product::Product;
use script::ScriptedTotal;
use sections::Sections;
use sum::Sum;

pub use arithmetic::Term;
pub use combination::Combination;
pub use earned::Earned;
pub use ends::Influence;
pub use member::{OverWeights, WayToCombine};
pub use node::{MemberKind, Names, Node, ScoredGroup};
pub use settings::Precision;
pub use totaller::Totaller;

#[cfg(test)]
use settings::NodeSettings;

/// How points become a total, or the score of a group.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename = "Combine", rename_all = "kebab-case")]
pub enum WrittenCombine {
    /// The sum of the points, which is their weighted mean: the weights add up to the scale.
    Sum,
    /// The weighted product: each value raised to its share of the weight, multiplied.
    Product,
    /// The product of the groups' scores, each out of the scale.
    Sections,
    /// The least of the scores.
    Minimum,
    /// The greatest of the scores.
    Maximum,
    /// The net credibility of outranking: the sum of the points, each of a `net-flow`, with what vetoes change of it.
    Outranking,
    /// An expression over the scores of the groups that are in it, or else of its criteria, by id; exact decimal arithmetic.
    Script(At<String>),
    /// Another word for `sum`, and told as that.
    Mean,
    /// Another word for `product`, and told as that.
    GeometricMean,
}

impl WrittenCombine {
    /// The words that files have for them, in the order of the guide.
    pub const WORDS: &[&str] = &["sum", "product", "sections", "minimum", "maximum", "outranking", "script"];
    /// Other words that files may have, each with the one that says the same.
    pub const SYNONYMS: [(&str, &str); 2] = [("mean", "sum"), ("geometric-mean", "product")];
    /// The word for the way that is taken where nothing is written.
    pub const UNLESS_WRITTEN: &str = "sum";

    /// The way that it says, the sum where nothing is written, for members with these ids. None where something in it is
    /// wrong, which is told.
    pub(super) fn judged(
        written: Option<&At<Self>>,
        judge: &mut RuleSetJudge<'_>,
        (kind, names): (MemberKind, &[&str]),
    ) -> Option<Box<dyn WayToCombine>> {
        let Some(written) = written else { return Some(Box::new(Sum)) };
        Some(match &written.value {
            Self::Sum | Self::Mean => Box::new(Sum),
            Self::Product | Self::GeometricMean => Box::new(Product),
            Self::Sections => Box::new(Sections::judged(&written.span, judge, kind)?),
            Self::Minimum => Box::new(Minimum),
            Self::Maximum => Box::new(Maximum),
            Self::Outranking => Box::new(Outranking::judged(&written.span, judge, kind)?),
            Self::Script(code) => Box::new(ScriptedTotal::judged(code, judge, names)?),
        })
    }

    /// Whether its members have shares of the weight.
    pub fn weighs(&self) -> bool {
        matches!(self, Self::Sum | Self::Mean | Self::Product | Self::GeometricMean | Self::Outranking)
    }

    /// The first of the words for another way that takes the same members, to ask whether any test tells them apart. None
    /// of an expression, of which each part is changed, and of outranking, of which each veto is.
    pub fn other_word(&self) -> Option<&'static str> {
        match self {
            Self::Sum | Self::Mean => Some(Product.word()),
            Self::Product | Self::GeometricMean | Self::Sections => Some(Sum.word()),
            Self::Minimum => Some(Maximum.word()),
            Self::Maximum => Some(Minimum.word()),
            Self::Outranking | Self::Script(_) => None,
        }
    }
}
