//! The questions of the data block: what they ask, what they weigh, and how they can be answered in the room.

use schemars::JsonSchema;
use serde::Serialize;

use super::groups::decimal;
use crate::elicitation::{span_of, swing, swing_words};
use crate::exact::round_to;
use crate::rules::{Criterion, RuleSet};
use crate::workshop::{Judging, Worth};

/// A question.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "WorkshopCriterion")]
pub struct CriterionEntry<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its title.
    pub title: &'a str,
    /// The question as the board is asked it.
    pub question: &'a str,
    /// The unit of the answer; may be empty.
    pub unit: &'a str,
    /// The id of the group that it is asked in; null where there is none.
    pub group: Option<&'a str>,
    /// Its weight as written, a parameter by its value; `1` where it has none.
    pub weight: String,
    /// What is done where the answer is missing.
    pub missing: &'a str,
    /// From least to most, in words: `from 0 to 2,500 recorded a year`.
    pub swing: String,
    /// The measures of that; null where no measures say it.
    pub range: Option<[String; 2]>,
    /// What people's swings are divided by.
    pub span: String,
    /// Whether its measure reads no evidence, so that it answers nothing; left out where it does.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub stated: bool,
    /// How an answer is judged; null where answers can't be changed in the room.
    pub judge: Option<JudgeEntry<'a>>,
    /// Why they can't, as the end of a sentence; null where they can.
    pub fixed: Option<&'a str>,
}

/// How an answer is judged. It has a table or points.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "WorkshopJudge")]
pub struct JudgeEntry<'a> {
    /// The name of the evidence.
    pub evidence: &'a str,
    /// The lowest score.
    pub from: String,
    /// The highest.
    pub to: String,
    /// What one person's score is a multiple of, counted from the lowest.
    pub step: String,
    /// The decimals of the answer.
    pub decimals: u32,
    /// Every score that there can be, ascending, with its value in fine units.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub table: Option<Vec<(String, i64)>>,
    /// Measures with their values, with straight lines between them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub points: Option<Vec<(String, String)>>,
}

/// The decimals that measures of swings are written with.
const RANGE_DECIMALS: u32 = 6;

pub(super) fn criteria<'a>(
    rules: &'a RuleSet,
    judged: Vec<Result<Judging<'a>, &'static str>>,
) -> Vec<CriterionEntry<'a>> {
    let entry = |(number, (criterion, judged)): (usize, (&'a Criterion, Result<Judging<'a>, &'static str>))| {
        let range = swing(criterion).measures();
        let written = |measure: f64| round_to(measure, RANGE_DECIMALS).to_string();
        let (judge, fixed) = match judged {
            Ok(judging) => (Some(judge(judging)), None),
            Err(why) => (None, Some(why)),
        };
        CriterionEntry {
            id: &criterion.id,
            title: &criterion.title,
            question: &criterion.question,
            unit: criterion.unit_behind(),
            group: criterion.group.and_then(|group| rules.groups.get(group)).map(|group| &*group.id),
            weight: rules.weights.written().get(number).map_or_else(|| "1".to_owned(), decimal),
            missing: criterion.missing.word(),
            swing: swing_words(criterion),
            range: range.map(|(least, most)| [written(least), written(most)]),
            span: decimal(&span_of(criterion)),
            stated: criterion.measure.reads.is_empty(),
            judge,
            fixed,
        }
    };
    rules.criteria.iter().zip(judged).enumerate().map(entry).collect()
}

fn judge(judging: Judging<'_>) -> JudgeEntry<'_> {
    let Judging { evidence, scale: (from, to), step, decimals, worth } = judging;
    let (table, points) = match worth {
        Worth::Table(table) => {
            (Some(table.into_iter().map(|(score, value)| (score.to_string(), value)).collect()), None)
        }
        Worth::Points(points) => {
            let written = |(measure, value): (f64, f64)| (measure.to_string(), value.to_string());
            (None, Some(points.into_iter().map(written).collect()))
        }
    };
    JudgeEntry { evidence, from: from.to_string(), to: to.to_string(), step: step.to_string(), decimals, table, points }
}
