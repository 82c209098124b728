//! A straight line between two anchors, as it is written. Judged it is [`Points`], two of them.

use std::ops::Range;

use schemars::JsonSchema;
use serde::Deserialize;

use super::anchors::{TOO_FAR, TOO_FAR_HELP};
use super::points::Points;
use super::written::{Judged, PathStep, Question, Written};
use crate::diagnostic::Code;
use crate::rules::judge::RuleSetJudge;
use crate::rules::nudge::MOVED;
use crate::rules::setting::Setting;
use crate::rules::variation::RuleVariation;
use crate::toml_file::At;

/// The two anchors of a straight line.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a table such as { from = 0, to = 5 }")]
#[schemars(rename = "Linear")]
pub struct WrittenLinear {
    /// The lowest measure of interest.
    pub from: At<Setting>,
    /// The highest measure of interest, above `from`.
    pub to: At<Setting>,
}

impl Judged for WrittenLinear {
    type Becomes = Points;

    fn judged(&self, judge: &mut RuleSetJudge<'_>, question: &Question<'_>) -> Option<Points> {
        let (from, to) = (judge.check.finite(&self.from.number()), judge.check.finite(&self.to.number()));
        let (from, to) = (from?, to?);
        if from >= to {
            let message = format!("the line from {from} to {to} does not go up");
            let help = "write the lower measure under `from`; `direction` says which end is worth 1";
            judge.check.problem(Code::BadValueFunction, &self.to.span, message, help);
            return None;
        }
        if !(to - from).is_finite() {
            judge.check.problem(Code::BadValueFunction, &self.to.span, TOO_FAR, TOO_FAR_HELP);
            return None;
        }
        let ends = if question.rises(judge, "linear", &self.to.span)? { (0.0, 1.0) } else { (1.0, 0.0) };
        Some(Points { anchors: vec![(from, ends.0), (to, ends.1)] })
    }
}

impl Written for WrittenLinear {
    fn settings(&mut self) -> Vec<&mut At<Setting>> {
        vec![&mut self.from, &mut self.to]
    }

    fn variations(&self) -> Vec<RuleVariation> {
        let (from, to) = (self.from.value.number, self.to.value.number);
        let step = (to - from) * MOVED;
        let moved = [
            RuleVariation::number("value from", &self.from, from + step),
            RuleVariation::number("value to", &self.to, to + step),
        ];
        moved.into_iter().flatten().collect()
    }

    fn path_of_cell(&self, row: usize, column: usize) -> Option<Vec<PathStep>> {
        let end = if column == 0 { "from" } else { "to" };
        (row == 0).then(|| vec![PathStep::Key(end)])
    }

    fn end(&self, upper: bool) -> Option<&Range<usize>> {
        Some(if upper { &self.to.span } else { &self.from.span })
    }
}
