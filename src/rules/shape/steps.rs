//! Steps: from each threshold up its value; below the first threshold the first value.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::Deserialize;

use super::anchors::{self, WrittenAnchors};
use super::candidate_measures::CandidateMeasures;
use super::member::{Scale, Segment, Shape, ValueCells, ValueEnds};
use super::numbers::{Anchor, figure};
use super::swing::Swing;
use super::written::{Judged, PathStep, Question, Written};
use crate::rules::judge::RuleSetJudge;
use crate::rules::setting::Setting;
use crate::rules::variation::RuleVariation;
use crate::toml_file::At;

/// Steps, as they are written.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline, description = "")]
pub struct WrittenSteps(WrittenAnchors);

impl Judged for WrittenSteps {
    type Becomes = Steps;

    fn judged(&self, judge: &mut RuleSetJudge<'_>, question: &Question<'_>) -> Option<Steps> {
        anchors::judged(&self.0, judge, question).map(|anchors| Steps { anchors })
    }
}

impl Written for WrittenSteps {
    fn settings(&mut self) -> Vec<&mut At<Setting>> {
        anchors::settings(&mut self.0)
    }

    /// Below the first threshold the first value counts too, so that its measure makes no difference.
    fn variations(&self) -> Vec<RuleVariation> {
        anchors::variations(&self.0, 1)
    }

    fn path_of_cell(&self, row: usize, column: usize) -> Option<Vec<PathStep>> {
        Some(anchors::path_of_cell(row, column))
    }
}

/// Steps: from each threshold up its value; below the first threshold the first value.
#[derive(Debug, Clone, PartialEq)]
pub struct Steps {
    /// Ascending thresholds with their values, at least two.
    pub anchors: Vec<Anchor>,
}

impl Steps {
    /// How many thresholds a measure has reached.
    fn reached(&self, measure: f64) -> usize {
        self.anchors.partition_point(|(threshold, _)| *threshold <= measure)
    }
}

impl Shape for Steps {
    fn scale(&self, _: &CandidateMeasures<'_>) -> Arc<dyn Scale> {
        Arc::new(self.clone())
    }

    /// Below the first threshold the first value counts, so that both are one stretch.
    fn segments(&self) -> Vec<Segment> {
        let rises: Vec<f64> = self.anchors.iter().skip(1).map(|(threshold, _)| *threshold).collect();
        let first = rises.first().map(|to| Segment::new(format!("step below {to}"), f64::NEG_INFINITY..*to));
        let between = rises.iter().zip(rises.iter().skip(1));
        let between = between.map(|(from, to)| Segment::new(format!("step from {from} to {to}"), *from..*to));
        let last = rises.last().map(|from| Segment::new(format!("step from {from}"), *from..f64::INFINITY));
        first.into_iter().chain(between).chain(last).collect()
    }

    /// A measure below the first threshold is looked at, too: it is level from anywhere on.
    fn reach(&self) -> Option<(f64, f64)> {
        let first = self.anchors.first()?.0;
        let below = if first > 0.0 { 0.0 } else { first * 2.0 - 1.0 };
        Some((below, self.anchors.last()?.0))
    }

    fn value_ends(&self) -> ValueEnds {
        ValueEnds::of(self.anchors.iter().map(|anchor| anchor.1))
    }

    fn turns(&self) -> Option<Vec<f64>> {
        Some(anchors::turns(&self.anchors))
    }

    fn swing(&self) -> Swing {
        anchors::swing(&self.anchors)
    }

    fn sentence(&self) -> String {
        format!("In steps: {}.", anchors::sentence(&self.anchors, "from"))
    }

    fn sentence_beside_cells(&self) -> String {
        "From each measure up; below the first, the first value.".to_owned()
    }

    fn cells(&self) -> Option<ValueCells> {
        Some(anchors::cells(&self.anchors, "from"))
    }

    fn clause(&self) -> String {
        format!("steps ({})", anchors::pairs(&self.anchors))
    }

    fn since(&self, old: &(dyn Shape + 'static), unit: &str) -> Option<String> {
        let old: &Self = old.downcast()?;
        Some(anchors::since(&old.anchors, &self.anchors, unit, "step"))
    }
}

impl Scale for Steps {
    #[inline]
    fn value(&self, measure: f64) -> Option<f64> {
        let reached = self.anchors.get(self.reached(measure).saturating_sub(1));
        Some(reached.map_or(0.0, |(_, value)| *value))
    }

    fn reading(&self, measure: f64) -> String {
        let reached = self.reached(measure);
        let threshold = |at: usize| self.anchors.get(at).map(|(threshold, _)| figure(*threshold));
        match (reached.checked_sub(1).and_then(threshold), threshold(reached)) {
            (Some(from), Some(to)) => format!("on the step from {from} to below {to}"),
            (Some(from), None) => format!("on the last step, from {from} up"),
            (None, to) => format!("below the first step, {}", to.unwrap_or_default()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_begins_at_its_threshold() {
        let steps = Steps { anchors: vec![(0.0, 0.1), (3.0, 0.5), (5.0, 1.0)] };
        for (x, value) in [(-1.0, 0.1), (0.0, 0.1), (2.999, 0.1), (3.0, 0.5), (5.0, 1.0), (6.0, 1.0)] {
            assert_eq!(steps.value(x), Some(value), "{x}");
        }
    }
}
