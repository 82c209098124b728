//! Value functions: how a measure becomes a value. A file for each shape; this one has their list.
//!
//! All that is to be said of a shape is said in its file: its values, what it needs to know of all candidates before it
//! gives any, where it is level, and every sentence about it. It sees numbers, never a candidate; threads, stand-ins and
//! rounding are for whoever asks it.

mod anchors;
mod candidate_measures;
mod column;
mod levels;
mod linear;
mod logistic;
mod member;
mod net_flow;
mod numbers;
mod points;
pub mod relative;
mod script;
mod steps;
mod swing;
mod written;

use schemars::JsonSchema;
use serde::Deserialize;

use super::judge::RuleSetJudge;
use column::WrittenColumn;
use levels::WrittenLevels;
use linear::WrittenLinear;
use logistic::WrittenLogistic;
use net_flow::WrittenNetFlow;
use points::WrittenPoints;
use relative::WrittenRelative;
use script::WrittenScript;
use steps::WrittenSteps;
use written::Judged;

pub use candidate_measures::CandidateMeasures;
pub use levels::ByLevel;
pub use logistic::Logistic;
pub use member::{CellContent, Scale, Segment, Shape, Unbounded, ValueCells, ValueEnds};
pub use net_flow::{NetFlow, Thresholds};
pub use numbers::Anchor;
pub use points::Points;
pub use relative::Relative;
pub use script::ScriptedValue;
pub use steps::Steps;
pub use swing::Swing;
pub use written::{PathStep, Question, Written};

/// Writes how value functions are written, and the one way to ask each, from one line for each: its word in files, what
/// stands behind it there, and what it is once it is judged.
macro_rules! written_value_functions {
    ($($(#[$about:meta])+ $word:literal => $Member:ident($Written:ty) => $Judged:ident,)+) => {
        /// How a measure becomes a value from 0 to 1.
        #[derive(Debug, Clone, Deserialize, JsonSchema)]
        #[serde(rename = "Value")]
        pub enum WrittenValueFunction {
            $($(#[$about])+ #[serde(rename = $word)] $Member($Written),)+
        }

        impl WrittenValueFunction {
            /// The words that files have for them, in the order of the guide.
            pub const WORDS: &[&'static str] = &[$($word),+];

            /// The value function that it makes. None where something in it is wrong, which is told.
            pub(super) fn judged(&self, judge: &mut RuleSetJudge<'_>, question: &Question<'_>) -> Option<ValueFunction> {
                match self {
                    $(Self::$Member(written) => written.judged(judge, question).map(ValueFunction::$Judged),)+
                }
            }

            /// The word that files have for it.
            pub fn word(&self) -> &'static str {
                match self {
                    $(Self::$Member(_) => $word,)+
                }
            }

            /// What it says of itself.
            pub fn written(&self) -> &dyn Written {
                match self {
                    $(Self::$Member(written) => written,)+
                }
            }

            /// The same, to be changed.
            pub(super) fn written_mut(&mut self) -> &mut dyn Written {
                match self {
                    $(Self::$Member(written) => written,)+
                }
            }
        }
    };
}

written_value_functions! {
    /// A straight line between two anchors, level outside them.
    "linear" => Linear(WrittenLinear) => Points,
    /// Straight lines through points `[measure, value]`, level outside them.
    "points" => Points(WrittenPoints) => Points,
    /// From each threshold up: `[threshold, value]`; below the first, the first value.
    "steps" => Steps(WrittenSteps) => Steps,
    /// An S-curve: 0.5 at `middle`, `steepness` says how fast it turns.
    "logistic" => Logistic(WrittenLogistic) => Logistic,
    /// The value of each level, word by word, of a measure that is a level.
    "levels" => Levels(WrittenLevels) => Levels,
    /// Set against the other candidates, so that adding one can reorder the others.
    "relative" => Relative(WrittenRelative) => Relative,
    /// The share of the other candidates to which it is preferred, less the share preferred to it.
    "net-flow" => NetFlow(WrittenNetFlow) => NetFlow,
    /// An expression over `measure` that answers a number from 0 to 1.
    "script" => Script(WrittenScript) => Script,
    /// An expression over `measure` and `column`, the answers of all candidates, so that adding one can reorder the others.
    "whole-column" => Column(WrittenColumn) => Script,
}

/// How a measure becomes a value from 0 to 1.
#[derive(Debug, Clone, PartialEq)]
pub enum ValueFunction {
    /// Straight lines through anchors.
    Points(Points),
    /// From each threshold up.
    Steps(Steps),
    /// An S-curve about a middle.
    Logistic(Logistic),
    /// A value for each word.
    Levels(ByLevel),
    /// Set against the other candidates.
    Relative(Relative),
    /// By how many others it is preferred.
    NetFlow(NetFlow),
    /// An expression over the measure, or over the answers of all candidates too.
    Script(ScriptedValue),
}

impl ValueFunction {
    /// What it says of itself.
    pub fn shape(&self) -> &(dyn Shape + 'static) {
        match self {
            Self::Points(points) => points,
            Self::Steps(steps) => steps,
            Self::Logistic(curve) => curve,
            Self::Levels(levels) => levels,
            Self::Relative(relative) => relative,
            Self::NetFlow(flow) => flow,
            Self::Script(script) => script,
        }
    }
}
