//! Value functions that set a measure against those of all candidates. A file for each; this one has their list.

mod against;
mod min_max;
mod percentile;
mod share_of_maximum;
mod share_of_mean;
mod z_score;

use std::ops::Range;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::Deserialize;

use super::candidate_measures::CandidateMeasures;
use super::member::{Scale, Segment, Shape, Unbounded, ValueEnds};
use super::swing::Swing;
use super::written::{Judged, Question, Written};
use crate::diagnostic::Code;
use crate::rules::judge::RuleSetJudge;
use crate::rules::list::closed_list;
use crate::rules::variation::RuleVariation;
use crate::toml_file::At;
use min_max::MinMax;
use percentile::Percentile;
use share_of_maximum::ShareOfMaximum;
use share_of_mean::ShareOfMean;
use z_score::ZScore;

pub use against::Against;
pub use z_score::REACH as Z_SCORE_REACH;

closed_list! {
    /// Value functions that look at all candidates.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
    #[serde(rename = "Relative")]
    pub enum RelativeFunction => against: Against {
        /// 0 for the lowest measure, 1 for the highest.
        "min-max" => MinMax,
        /// The measure over the highest.
        "share-of-maximum" => ShareOfMaximum,
        /// The measure over the mean of all; 1 is average and there is no upper end.
        "share-of-mean" => ShareOfMean,
        /// The share of the other candidates that it exceeds, equals counting half.
        "percentile" => Percentile,
        /// Standard deviations from the mean: 0.5 at the mean, 0 and 1 three away.
        "z-score" => ZScore,
    }
}

/// A relative value function, as it is written.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline, description = "")]
pub struct WrittenRelative(At<RelativeFunction>);

impl Judged for WrittenRelative {
    type Becomes = Relative;

    fn judged(&self, judge: &mut RuleSetJudge<'_>, question: &Question<'_>) -> Option<Relative> {
        let At { value: function, span } = &self.0;
        let rising = question.rises(judge, "relative", span)?;
        if !rising && !function.against().can_fall() {
            let message = "a share can't be reversed: zero would be worth everything";
            let help = "use `min-max`, `percentile` or `z-score`, or measure the opposite";
            judge.check.problem(Code::BadValueFunction, span, message, help);
            return None;
        }
        told_to_be_relative(judge, question, span);
        Some(Relative { function: *function, rising })
    }
}

/// Tells that a question's values depend on who else is on the list.
pub(super) fn told_to_be_relative(judge: &mut RuleSetJudge<'_>, question: &Question<'_>, span: &Range<usize>) {
    let message =
        format!("`{}` is set against the other candidates: adding or removing one can reorder the rest", question.id);
    let help = "fixed anchors (`linear`, `points`, `steps`) do not have this; keep it where the method asks for it";
    judge.check.problem(Code::RelativeValue, span, message, help);
}

impl Written for WrittenRelative {
    fn variations(&self) -> Vec<RuleVariation> {
        let words = RelativeFunction::WORDS.iter().copied();
        RuleVariation::words("value relative", &self.0.span, self.0.value.word(), words)
    }

    fn unbounded(&self) -> Option<Unbounded> {
        self.0.value.against().unbounded()
    }
}

/// A relative value function that rises or falls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Relative {
    /// The function that sets a measure against the others.
    pub function: RelativeFunction,
    /// Whether a higher measure has a higher value.
    pub rising: bool,
}

impl Shape for Relative {
    fn scale(&self, answers: &CandidateMeasures<'_>) -> Arc<dyn Scale> {
        self.function.against().scale(answers, self.rising)
    }

    fn needs_facts(&self) -> bool {
        true
    }

    fn unbounded(&self) -> Option<Unbounded> {
        self.function.against().unbounded()
    }

    fn segments(&self) -> Vec<Segment> {
        vec![Segment::whole("set against others")]
    }

    fn value_ends(&self) -> ValueEnds {
        let most = if self.unbounded().is_some() { f64::INFINITY } else { 1.0 };
        ValueEnds { most, ..ValueEnds::WHOLE }
    }

    fn swing(&self) -> Swing {
        Swing::Told(self.function.against().swing().to_owned())
    }

    fn sentence(&self) -> String {
        format!("Set against the other candidates: {}.", self.function.against().sentence())
    }

    fn sentence_beside_cells(&self) -> String {
        self.function.against().sentence_beside_cells(self.rising)
    }

    fn clause(&self) -> String {
        self.function.against().clause().to_owned()
    }
}
