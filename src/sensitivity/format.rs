//! A file of weights that may be, exactly as it is written.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::toml_file::{At, WrittenNumber};

/// What weights may be: any within these bounds and orders, or some around those of the rules.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a table")]
#[schemars(title = "prioritise weights")]
pub struct WeightsFile {
    /// How close the weights keep to those of the rules, above 0: the larger, the closer. Without it any weights are as
    /// likely as any others.
    pub concentration: Option<At<WrittenNumber>>,
    /// Criteria in the order of their weights, the heaviest first: `[["harm", "volume"], ["change", "views"]]`.
    #[serde(default)]
    pub order: Vec<At<Vec<At<String>>>>,
    /// The least and the most of a criterion's weight, on the rule set's scale: `harm = [15, 40]`.
    #[serde(default)]
    pub bounds: BTreeMap<String, At<WeightBounds>>,
}

/// The least and the most.
pub type WeightBounds = (At<WrittenNumber>, At<WrittenNumber>);
