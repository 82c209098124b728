//! Straight lines through anchors, level beyond the first and the last.

use std::sync::Arc;

use std::ops::Range;

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

/// Straight lines through anchors, as they are written.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline, description = "")]
pub struct WrittenPoints(WrittenAnchors);

impl Judged for WrittenPoints {
    type Becomes = Points;

    fn judged(&self, judge: &mut RuleSetJudge<'_>, question: &Question<'_>) -> Option<Points> {
        anchors::judged(&self.0, judge, question).map(|anchors| Points { anchors })
    }
}

impl Written for WrittenPoints {
    fn settings(&mut self) -> Vec<&mut At<Setting>> {
        anchors::settings(&mut self.0)
    }

    fn variations(&self) -> Vec<RuleVariation> {
        anchors::variations(&self.0, 0)
    }

    fn path_of_cell(&self, row: usize, column: usize) -> Option<Vec<PathStep>> {
        Some(anchors::path_of_cell(row, column))
    }

    fn end(&self, upper: bool) -> Option<&Range<usize>> {
        anchors::end(&self.0, upper)
    }
}

/// Straight lines through anchors, level beyond the first and the last.
#[derive(Debug, Clone, PartialEq)]
pub struct Points {
    /// Ascending measures with their values, at least two.
    pub anchors: Vec<Anchor>,
}

impl Points {
    /// The anchor that a measure has reached, and the next one.
    fn around(&self, measure: f64) -> (Option<Anchor>, Option<Anchor>) {
        let after = self.anchors.partition_point(|(anchor, _)| *anchor <= measure);
        let at = |place: usize| self.anchors.get(place).copied();
        (after.checked_sub(1).and_then(at), at(after))
    }
}

impl Shape for Points {
    fn scale(&self, _: &CandidateMeasures<'_>) -> Arc<dyn Scale> {
        Arc::new(self.clone())
    }

    fn segments(&self) -> Vec<Segment> {
        let measures = || self.anchors.iter().map(|(measure, _)| *measure);
        let below = measures().next().map(|from| Segment::new(format!("level below {from}"), f64::NEG_INFINITY..from));
        let above = measures().next_back().map(|to| Segment::new(format!("level from {to}"), to..f64::INFINITY));
        let lines = measures().zip(measures().skip(1));
        let lines = lines.map(|(from, to)| Segment::new(format!("line from {from} to {to}"), from..to));
        below.into_iter().chain(lines).chain(above).collect()
    }

    fn reach(&self) -> Option<(f64, f64)> {
        self.ends().map(|[first, last]| (first.0, last.0))
    }

    fn ends(&self) -> Option<[Anchor; 2]> {
        Some([*self.anchors.first()?, *self.anchors.last()?])
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
        format!("In straight lines: {}; level beyond the ends.", anchors::sentence(&self.anchors, "at"))
    }

    fn sentence_beside_cells(&self) -> String {
        "Straight lines through the anchors, level outside them.".to_owned()
    }

    fn cells(&self) -> Option<ValueCells> {
        Some(anchors::cells(&self.anchors, "measures"))
    }

    fn clause(&self) -> String {
        format!("straight lines ({})", anchors::pairs(&self.anchors))
    }

    fn since(&self, old: &(dyn Shape + 'static), unit: &str) -> Option<String> {
        let old: &Self = old.downcast()?;
        Some(anchors::since(&old.anchors, &self.anchors, unit, "point"))
    }
}

impl Scale for Points {
    #[inline]
    fn value(&self, measure: f64) -> Option<f64> {
        Some(match self.around(measure) {
            (Some((x0, v0)), Some((x1, v1))) => v0 + (measure - x0) / (x1 - x0) * (v1 - v0),
            (Some((_, v)), None) | (None, Some((_, v))) => v,
            (None, None) => 0.0,
        })
    }

    fn reading(&self, measure: f64) -> String {
        let shown = |(measure, value): Anchor| format!("{} (value {})", figure(measure), figure(value));
        match self.around(measure) {
            (Some(from), Some(to)) => format!("on the straight line from {} to {}", shown(from), shown(to)),
            (Some(last), None) => format!("at or above the last point, {}", shown(last)),
            (None, first) => format!("below the first point, {}", first.map_or_else(String::new, shown)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_level_beyond_their_ends() {
        let points = Points { anchors: vec![(0.8, 0.0), (1.0, 0.4), (1.5, 1.0)] };
        for (x, value) in [(0.0, 0.0), (0.8, 0.0), (0.9, 0.2), (1.0, 0.4), (1.25, 0.7), (9.0, 1.0)] {
            assert!((points.value(x).unwrap() - value).abs() < 1e-12, "{x}");
        }
    }
}
