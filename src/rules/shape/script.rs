//! An expression of the rules over the measure.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::Deserialize;

use super::candidate_measures::CandidateMeasures;
use super::member::{Scale, Segment, Shape};
use super::swing::Swing;
use super::written::{Judged, Question, Written};
use crate::diagnostic::{Code, Problem};
use crate::rules::judge::RuleSetJudge;
use crate::rules::script::{Argument, Compiled, Expression, ExpressionAnswer, Variables};
use crate::rules::variation::RuleVariation;
use crate::stats::Estimate;
use crate::toml_file::At;

/// An expression over the measure, as it is written.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline, description = "")]
pub struct WrittenScript(At<String>);

impl Judged for WrittenScript {
    type Becomes = ScriptedValue;

    fn judged(&self, judge: &mut RuleSetJudge<'_>, _: &Question<'_>) -> Option<ScriptedValue> {
        Some(ScriptedValue { expression: judge.expression(&self.0, &Variables::named(&["measure"])) })
    }
}

impl Written for WrittenScript {
    fn variations(&self) -> Vec<RuleVariation> {
        Vec::new()
    }

    /// It goes its own way whatever the direction.
    fn heeds_direction(&self) -> bool {
        false
    }
}

/// An expression of the rules over the measure, which answers a number from 0 to 1.
#[derive(Debug, Clone, PartialEq)]
pub struct ScriptedValue {
    /// The expression.
    pub expression: Expression,
}

impl ScriptedValue {
    /// The value that the expression, ready to run, gives a measure.
    ///
    /// # Errors
    /// What it fails with, or that what it answers is no number from 0 to 1.
    pub fn run(script: &mut Compiled<'_>, measure: Estimate) -> Result<f64, Problem> {
        let expression = script.expression();
        // All that it can read.
        let answer = script.run(&mut [Argument::estimate(measure)])?;
        let value = answer.measure().ok().flatten().map(|answer| answer.estimate);
        value.filter(|value| (0.0..=1.0).contains(value)).ok_or_else(|| {
            Problem::new(Code::ScriptResult, format!("this value function gave {}", told(&answer)))
                .at(expression.place())
                .help("a value is a number from 0 to 1")
        })
    }

    fn code(&self) -> &str {
        self.expression.code.trim()
    }
}

impl Shape for ScriptedValue {
    fn scale(&self, _: &CandidateMeasures<'_>) -> Arc<dyn Scale> {
        Arc::new(NotRun { code: self.code().to_owned() })
    }

    fn expression(&self) -> Option<&Expression> {
        Some(&self.expression)
    }

    fn segments(&self) -> Vec<Segment> {
        vec![Segment::whole("scripted value")]
    }

    fn swing(&self) -> Swing {
        Swing::Told(format!("from the least to the most that `{}` gives", self.code()))
    }

    fn sentence(&self) -> String {
        format!("Worked out by a script of the rules: {}.", self.code())
    }

    fn sentence_beside_cells(&self) -> String {
        "By an expression of the rules: the values are the engine's and do not recompute here.".to_owned()
    }

    fn clause(&self) -> String {
        let code: Vec<&str> = self.code().split_whitespace().collect();
        format!("`{}`", code.join(" "))
    }
}

/// What was answered: the number itself, or what it is.
fn told(answer: &ExpressionAnswer) -> String {
    match answer.measure() {
        Ok(Some(number)) => number.estimate.to_string(),
        Ok(None) => answer.described(),
        Err(found) => found,
    }
}

/// What can be told of an expression without running it.
#[derive(Debug)]
struct NotRun {
    code: String,
}

impl Scale for NotRun {
    #[inline]
    fn value(&self, _: f64) -> Option<f64> {
        None
    }

    fn reading(&self, _: f64) -> String {
        format!("by the rule `{}`", self.code)
    }
}
