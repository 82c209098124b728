//! An expression of the rules over the measure.

mod course;

use std::sync::Arc;

use schemars::JsonSchema;
use serde::Deserialize;

use super::candidate_measures::CandidateMeasures;
use super::member::{Scale, Segment, Shape, Unbounded, ValueEnds};
use super::swing::Swing;
use super::written::{Judged, Question, Written};
use crate::diagnostic::{Code, Problem};
use crate::exact::{Ends, Fixed, to_units};
use crate::rules::judge::RuleSetJudge;
use crate::rules::script::{
    AnswersOfAll, Argument, Compiled, Compiler, Expression, ExpressionAnswer, Formula, Literals, Variables,
};
use crate::rules::value_range::ValueRange;
use crate::rules::variation::RuleVariation;
use crate::stats::Estimate;
use crate::toml_file::At;
use crate::words::counted;
use course::MeasureCourse;

/// An expression over the measure, as it is written.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline, description = "")]
pub struct WrittenScript(At<String>);

impl Judged for WrittenScript {
    type Becomes = ScriptedValue;

    fn judged(&self, judge: &mut RuleSetJudge<'_>, question: &Question<'_>) -> Option<ScriptedValue> {
        let mut expression = judge.expression(&self.0, &Variables::named(&["measure"]));
        expression.values = question.values;
        let anything = ValueEnds { least: question.values.least, most: question.values.most, are_reached: false };
        let library = judge.scripts.library();
        let formula = Formula::new(&expression, library, Literals::Floats);
        let ends = endless(anything, question.values);
        let mut value = ScriptedValue { expression, formula, ends, one_way: false, reads_column: false };
        // Without a formula all measures there are would have to be asked one by one, each time that the rules are read.
        if value.formula.is_none() {
            return Some(value);
        }
        // What is wrong with the expression is told.
        let Ok(compiler) = Compiler::new(library) else { return Some(value) };
        let known = compiler.compile(&value.expression).ok().map(|mut script| {
            value.along(&mut script, &|_| None, (question.decimals, DECIMALS), |mut course| {
                let everything = (-course.units(FARTHEST), course.units(FARTHEST));
                (course.ends(everything), course.goes_one_way(everything))
            })
        });
        if let Some((ends, one_way)) = known {
            let value_of = |units: i64| Fixed::new(units, DECIMALS).to_f64();
            let ends =
                ValueEnds { least: value_of(ends.least), most: value_of(ends.most), are_reached: ends.are_reached };
            value.ends = endless(ends, question.values);
            value.one_way = one_way;
        }
        Some(value)
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

/// The same without those ends that are only what can be reckoned with.
fn endless(ends: ValueEnds, values: ValueRange) -> ValueEnds {
    let least = if !values.has_ends && ends.least <= values.least { f64::NEG_INFINITY } else { ends.least };
    let most = if !values.has_ends && ends.most >= values.most { f64::INFINITY } else { ends.most };
    ValueEnds { least, most, ..ends }
}

/// To how many decimals the least and the most of all values are known: the most that values are rounded to.
const DECIMALS: u32 = 6;
/// No measure is farther from zero.
const FARTHEST: f64 = 1e9;

/// An expression of the rules over the measure, and where it says so over the answers of all candidates, which answers a
/// number among the values of the rules.
#[derive(Debug, Clone)]
pub struct ScriptedValue {
    /// The expression.
    pub expression: Expression,
    /// The same as a formula; none where it does more than formulas know.
    formula: Option<Formula>,
    ends: ValueEnds,
    one_way: bool,
    /// Whether it looks at the answers of all candidates.
    reads_column: bool,
}

impl PartialEq for ScriptedValue {
    /// What is known of it follows from the expression.
    fn eq(&self, other: &Self) -> bool {
        self.expression == other.expression
    }
}

impl ScriptedValue {
    /// One over the answers of all candidates, of which no more is known than between which values it lies.
    pub(super) fn of_column(expression: Expression, values: ValueRange) -> Self {
        let ends = ValueEnds { least: values.least, most: values.most, are_reached: false };
        Self { expression, formula: None, ends: endless(ends, values), one_way: false, reads_column: true }
    }

    /// The value that the expression, ready to run, gives a measure among the answers of all candidates.
    ///
    /// # Errors
    /// What it fails with, or that what it answers is no such number.
    pub fn run(script: &mut Compiled<'_>, measure: Estimate, column: Option<&AnswersOfAll>) -> Result<f64, Problem> {
        let expression = script.expression();
        let answer = match column {
            // All that it can read.
            None => script.run(&mut [Argument::estimate(measure)])?,
            Some(column) => {
                let given = |name: &String| match &**name {
                    "column" => Argument::column(column),
                    _ => Argument::number(measure.estimate),
                };
                script.run(&mut expression.reads.iter().map(given).collect::<Vec<_>>())?
            }
        };
        let value = answer.measure().ok().flatten().map(|answer| answer.estimate);
        value.filter(|value| expression.values.contains(*value)).ok_or_else(|| {
            Problem::new(Code::ScriptResult, format!("this value function gave {}", told(&answer)))
                .at(expression.place())
                .help(format!("a value is a number {}", expression.values.in_words()))
        })
    }

    /// The ends of the values, in units of so many decimals, of all measures from `lower` to `upper`, which are rounded to
    /// `measured` decimals. `script` is this, ready to run, and `column` has the answers that it looks at with a measure
    /// among them.
    pub fn ends_between(
        &self,
        script: &mut Compiled<'_>,
        column: &dyn Fn(f64) -> Option<AnswersOfAll>,
        (lower, upper): (f64, f64),
        measured: u32,
        decimals: u32,
    ) -> Ends {
        self.along(script, column, (measured, decimals), |mut course| {
            let area = (course.units(lower), course.units(upper));
            course.ends(area)
        })
    }

    /// What `ask` finds along the measures, which have so many decimals, as the values have.
    fn along<T>(
        &self,
        script: &mut Compiled<'_>,
        column: &dyn Fn(f64) -> Option<AnswersOfAll>,
        (measured, decimals): (u32, u32),
        ask: impl FnOnce(MeasureCourse<'_>) -> T,
    ) -> T {
        let mut value = |measure: f64| {
            Self::run(script, Estimate::between(measure, measure, measure), column(measure).as_ref()).ok()
        };
        let of = self.expression.values;
        let values = (to_units(of.least, decimals), to_units(of.most, decimals));
        ask(MeasureCourse { formula: self.formula.as_ref(), value: &mut value, measured, decimals, values })
    }

    /// Whether the value is the measure itself.
    pub fn is_the_measure(&self) -> bool {
        self.code() == "measure"
    }

    fn code(&self) -> &str {
        self.expression.code.trim()
    }
}

impl Shape for ScriptedValue {
    fn scale(&self, answers: &CandidateMeasures<'_>) -> Arc<dyn Scale> {
        let column = self.reads_column.then(|| answers.whole());
        Arc::new(NotRun { code: self.code().to_owned(), column, decimals: answers.decimals() })
    }

    fn needs_facts(&self) -> bool {
        self.reads_column
    }

    fn expression(&self) -> Option<&Expression> {
        Some(&self.expression)
    }

    fn segments(&self) -> Vec<Segment> {
        vec![Segment::whole("scripted value")]
    }

    fn value_ends(&self) -> ValueEnds {
        self.ends
    }

    fn turns(&self) -> Option<Vec<f64>> {
        self.one_way.then(Vec::new)
    }

    fn unbounded(&self) -> Option<Unbounded> {
        let has_ends = self.ends.least.is_finite() && self.ends.most.is_finite();
        (!has_ends).then_some(Unbounded { called: "a value without an end", neutral: None })
    }

    fn swing(&self) -> Swing {
        Swing::Told("from the least to the most that the rules give for it".to_owned())
    }

    fn sentence(&self) -> String {
        match self.reads_column {
            true => format!("Set against the other candidates, by a script of the rules: {}.", self.code()),
            false => format!("Worked out by a script of the rules: {}.", self.code()),
        }
    }

    fn sentence_beside_cells(&self) -> String {
        "By an expression of the rules: the values are the engine's and do not recompute here.".to_owned()
    }

    fn clause(&self) -> String {
        let code: Vec<&str> = self.code().split_whitespace().collect();
        match self.reads_column {
            true => format!("`{}`, over the answers of all", code.join(" ")),
            false => format!("`{}`", code.join(" ")),
        }
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
    column: Option<AnswersOfAll>,
    /// The decimals of the answers.
    decimals: u32,
}

impl Scale for NotRun {
    #[inline]
    fn value(&self, _: f64) -> Option<f64> {
        None
    }

    fn column(&self) -> Option<&AnswersOfAll> {
        self.column.as_ref()
    }

    fn column_instead(&self, own: f64, measure: f64) -> Option<AnswersOfAll> {
        let column = self.column.as_ref()?;
        if own == measure {
            return Some(column.clone());
        }
        let mut answers = column.sorted.to_vec();
        if let Ok(at) = answers.binary_search_by(|other| other.total_cmp(&own)) {
            answers.remove(at);
        }
        answers.insert(answers.partition_point(|other| *other < measure), measure);
        Some(CandidateMeasures::new(&answers, self.decimals, |_| {}).whole())
    }

    fn reading(&self, _: f64) -> String {
        let all = |column: &AnswersOfAll| format!(", among {}", counted(column.sorted.len(), "answer", "answers"));
        format!("by the rule `{}`{}", self.code, self.column.as_ref().map(all).unwrap_or_default())
    }
}
