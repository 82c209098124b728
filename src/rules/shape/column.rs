//! An expression of the rules over the answers of all candidates, as it is written: ranks, shares, quantiles and what can be
//! made of them. Judged it is a [`ScriptedValue`] that reads the column.

use schemars::JsonSchema;
use serde::Deserialize;

use super::relative::told_to_be_relative;
use super::script::ScriptedValue;
use super::written::{Judged, Question, Written};
use crate::rules::judge::RuleSetJudge;
use crate::rules::script::Variables;
use crate::rules::variation::RuleVariation;
use crate::toml_file::At;

/// An expression over the measure and the answers of all candidates, as it is written.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline, description = "")]
pub struct WrittenColumn(At<String>);

impl Judged for WrittenColumn {
    type Becomes = ScriptedValue;

    fn judged(&self, judge: &mut RuleSetJudge<'_>, question: &Question<'_>) -> Option<ScriptedValue> {
        let mut expression = judge.expression(&self.0, &Variables::named(&["measure", "column"]));
        expression.values = question.values;
        told_to_be_relative(judge, question, &self.0.span);
        Some(ScriptedValue::of_column(expression, question.values))
    }
}

impl Written for WrittenColumn {
    fn variations(&self) -> Vec<RuleVariation> {
        Vec::new()
    }

    /// It goes its own way whatever the direction.
    fn heeds_direction(&self) -> bool {
        false
    }
}
