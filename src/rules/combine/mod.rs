//! How points become a total: a file for each way to combine them; this one has their list.
//!
//! All that is to be said of a way is said in its file: how it is judged, the totals that it makes, what weights do to
//! them, and every sentence about it. It sees numbers, never a candidate; how a spreadsheet writes them is for its view.

mod arithmetic;
mod earned;
mod ends;
mod member;
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
use product::Product;
use script::ScriptedTotal;
use sections::Sections;
use sum::Sum;

pub use arithmetic::Term;
pub use earned::Earned;
pub use ends::Influence;
pub use member::{OverWeights, WayToCombine};
pub use settings::{Precision, TotalSettings};
pub use totaller::Totaller;

/// How points become a total.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename = "Combine", rename_all = "kebab-case")]
pub enum WrittenCombine {
    /// The sum of the points.
    Sum,
    /// The weighted product: each value raised to its share of the weight, multiplied.
    Product,
    /// The product of the groups' scores, each out of the scale.
    Sections,
    /// An expression over the groups' scores, by group id; exact decimal arithmetic.
    Script(At<String>),
}

impl WrittenCombine {
    /// The words that files have for them, in the order of the guide.
    pub const WORDS: &[&str] = &["sum", "product", "sections", "script"];
    /// The word for the way that is taken where nothing is written.
    pub const UNLESS_WRITTEN: &str = "sum";

    /// The way that it says, the sum where nothing is written. None where something in it is wrong, which is told.
    pub(super) fn judged(
        written: Option<&At<Self>>,
        judge: &mut RuleSetJudge<'_>,
        groups: &[&str],
    ) -> Option<Box<dyn WayToCombine>> {
        let Some(written) = written else { return Some(Box::new(Sum)) };
        Some(match &written.value {
            Self::Sum => Box::new(Sum),
            Self::Product => Box::new(Product),
            Self::Sections => Box::new(Sections::judged(&written.span, judge, groups)?),
            Self::Script(code) => Box::new(ScriptedTotal::judged(&written.span, code, judge, groups)?),
        })
    }

    /// The first of the words for another way, to ask whether any test tells them apart. None of an expression, of which
    /// each part is changed.
    pub fn other_word(&self) -> Option<&'static str> {
        let own = match self {
            Self::Sum => Sum.word(),
            Self::Product => Product.word(),
            Self::Sections => Sections.word(),
            Self::Script(_) => return None,
        };
        Self::WORDS.iter().copied().find(|word| *word != own)
    }
}
