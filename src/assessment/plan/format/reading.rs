//! A figure of a measure exactly as it is written.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::assessment::evidence::format::Evidence;
use crate::toml_file::{At, WrittenNumber};

/// A figure with its period. Just one of `count`, `suppressed`, `rate`, `percentage`, `number` and `evidence` says what it
/// is. Numbers are written with the digits that were printed: `7.0`, not `7`.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a table such as { count = 421, period = \"2012/13\" }")]
pub struct Reading {
    /// A whole number of things that happened.
    pub count: Option<At<WrittenNumber>>,
    /// A count withheld by its publisher, as printed: `<5`.
    pub suppressed: Option<At<String>>,
    /// A rate as published; needs `per`.
    pub rate: Option<At<WrittenNumber>>,
    /// A percentage from 0 to 100.
    pub percentage: Option<At<WrittenNumber>>,
    /// Any other figure.
    pub number: Option<At<WrittenNumber>>,
    /// Evidence that the assessment files: the candidate's id, a point and the evidence's name.
    pub evidence: Option<At<String>>,
    /// The period that it covers. Evidence brings its own; of a series it says which figure.
    pub period: Option<At<String>>,
    /// The people whom a count is set against: then rates are compared.
    pub population: Option<At<WrittenNumber>>,
    /// The households that a count is set against, where it is not set against people.
    pub households: Option<At<WrittenNumber>>,
    /// A rate's denominator: `1000` for a rate per 1,000 people.
    pub per: Option<At<WrittenNumber>>,
    /// How many people a percentage was asked of or taken from, where known.
    pub base: Option<At<WrittenNumber>>,
}

impl Reading {
    /// The same as evidence, to be judged as that is.
    pub fn as_evidence(&self) -> Evidence {
        let written = self.clone();
        Evidence {
            count: written.count,
            suppressed: written.suppressed,
            rate: written.rate,
            percentage: written.percentage,
            number: written.number,
            period: written.period,
            population: written.population,
            households: written.households,
            per: written.per,
            base: written.base,
            ..Evidence::default()
        }
    }
}
