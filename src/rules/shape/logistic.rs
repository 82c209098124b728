//! An S-curve: 1 ÷ (1 + e^(−steepness × (measure − middle))).

use std::sync::Arc;

use schemars::JsonSchema;
use serde::Deserialize;

use super::candidate_measures::CandidateMeasures;
use super::member::{CellContent, Scale, Segment, Shape, ValueCells, ValueEnds};
use super::numbers::figure;
use super::swing::Swing;
use super::written::{Judged, PathStep, Question, Written};
use crate::rules::judge::RuleSetJudge;
use crate::rules::nudge::MOVED;
use crate::rules::setting::Setting;
use crate::rules::variation::RuleVariation;
use crate::toml_file::At;

/// How far from its middle the curve is looked at, in units of its steepness: there it is level to six digits.
const REACH: f64 = 14.0;
/// What the curve is at its two ends, as far as a reader is told: 0.05 and 0.95. `ln(19)` steepnesses lie between either
/// and the middle.
const LN_19: f64 = 2.944_438_979_166_440_3;

/// The shape of an S-curve.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a table such as { middle = 50, steepness = 0.1 }")]
#[schemars(rename = "Logistic")]
pub struct WrittenLogistic {
    /// The measure whose value is 0.5.
    pub middle: At<Setting>,
    /// How fast it turns, per unit of the measure; above 0.
    pub steepness: At<Setting>,
}

impl Judged for WrittenLogistic {
    type Becomes = Logistic;

    fn judged(&self, judge: &mut RuleSetJudge<'_>, question: &Question<'_>) -> Option<Logistic> {
        let middle = judge.check.finite(&self.middle.number());
        let steepness = judge.check.positive(&self.steepness.number(), "the steepness");
        let (middle, steepness) = (middle?, steepness?);
        let rises = question.rises(judge, "logistic", &self.steepness.span)?;
        Some(Logistic { middle, steepness: if rises { steepness } else { -steepness } })
    }
}

impl Written for WrittenLogistic {
    fn settings(&mut self) -> Vec<&mut At<Setting>> {
        vec![&mut self.middle, &mut self.steepness]
    }

    fn variations(&self) -> Vec<RuleVariation> {
        let middle = self.middle.value.number + MOVED / self.steepness.value.number;
        let middle = RuleVariation::number("value middle", &self.middle, middle);
        middle.into_iter().chain(RuleVariation::nudged("value steepness", &self.steepness)).collect()
    }

    /// The steepness has a sign in its cell, which files leave to the direction.
    fn path_of_cell(&self, row: usize, _: usize) -> Option<Vec<PathStep>> {
        (row == 0).then(|| vec![PathStep::Key("middle")])
    }
}

/// An S-curve.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Logistic {
    /// The measure whose value is 0.5.
    pub middle: f64,
    /// How fast it turns, per unit of the measure; below 0 where it falls.
    pub steepness: f64,
}

impl Logistic {
    fn falls(&self) -> bool {
        self.steepness < 0.0
    }
}

impl Shape for Logistic {
    fn scale(&self, _: &CandidateMeasures<'_>) -> Arc<dyn Scale> {
        Arc::new(*self)
    }

    fn segments(&self) -> Vec<Segment> {
        let middle = self.middle;
        vec![
            Segment::new(format!("curve below {middle}"), f64::NEG_INFINITY..middle),
            Segment::new(format!("curve from {middle}"), middle..f64::INFINITY),
        ]
    }

    fn reach(&self) -> Option<(f64, f64)> {
        let far = REACH / self.steepness.abs();
        Some((self.middle - far, self.middle + far))
    }

    fn value_ends(&self) -> ValueEnds {
        ValueEnds::WHOLE
    }

    fn swing(&self) -> Swing {
        let reach = LN_19 / self.steepness;
        Swing::Along { least: self.middle - reach, most: self.middle + reach, curve: "an S-curve" }
    }

    fn sentence(&self) -> String {
        let way = if self.falls() { "falling" } else { "rising" };
        let (middle, steepness) = (figure(self.middle), figure(self.steepness.abs()));
        format!("On an S-curve {way} through 0.5 at {middle}, with a steepness of {steepness}.")
    }

    fn sentence_beside_cells(&self) -> String {
        "An S-curve: 0.5 at the middle; the steepness says how fast it turns.".to_owned()
    }

    fn cells(&self) -> Option<ValueCells> {
        let columns = vec![(CellContent::Number(self.middle), self.steepness)];
        Some(ValueCells { rows: ["middle", "steepness"], columns })
    }

    fn clause(&self) -> String {
        let way = if self.falls() { "falls" } else { "rises" };
        let (middle, steepness) = (figure(self.middle), figure(self.steepness.abs()));
        format!("an S-curve that {way} through 0.5 at {middle}, steepness {steepness}")
    }
}

impl Scale for Logistic {
    #[inline]
    fn value(&self, measure: f64) -> Option<f64> {
        Some(1.0 / (1.0 + libm::exp(-self.steepness * (measure - self.middle))))
    }

    fn reading(&self, _: f64) -> String {
        let way = if self.falls() { "falls" } else { "rises" };
        format!("on the S-curve that {way} through 0.5 at {}", figure(self.middle))
    }
}
