//! The lists that settings of a workshop give, each made by the engine from the rules and the evidence on: what the page's
//! arithmetic is held against, setting by setting. Nothing is written.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;

use serde::{Deserialize, Serialize};

use super::judging::judging;
use super::session::format::ExpectedPlace;
use super::session::{places, weights_with};
use crate::assessment::{Assessment, NewJudgement};
use crate::diagnostic::{Code, Problem, Problems};
use crate::rules::RuleSet;
use crate::scoring::{self, Ranking};
use crate::words::visible;

/// A setting: a line of JSON.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Setting {
    /// Weights as in a session, by id; what is left out stays as the rules have it.
    #[serde(default)]
    weights: BTreeMap<String, String>,
    #[serde(default)]
    judgements: Vec<Judged>,
}

/// What several people judge of one candidate.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Judged {
    candidate: String,
    criterion: String,
    scores: Vec<String>,
}

/// The list of a setting: a line of JSON.
#[derive(Debug, Serialize)]
struct List<'a> {
    /// Those with a total, in order.
    list: Vec<ExpectedPlace>,
    /// By candidate, who has the place of its family that it would have had itself.
    passed_over: BTreeMap<&'a str, &'a str>,
}

/// The list of each setting of a text, a line for a line. The weights of `rules` are those of the last setting then.
///
/// # Errors
/// A line that is no setting, or that rules and assessment do not fit; and what the engine says of one.
pub fn lists(
    assessment: &Assessment,
    rules: &mut RuleSet,
    (path, text): (&str, &str),
    threads: NonZeroUsize,
) -> Result<String, Problems> {
    let mut lines = String::new();
    let filed = rules.weights.clone();
    for (number, line) in text.lines().enumerate() {
        let here = |told: String| {
            let message = format!("line {} of `{path}` is no setting: {}", number + 1, visible(&told, &[]));
            Problem::new(Code::BadSession, message)
                .help("leave the line out, or write it as page/README.md of the workshop says")
        };
        let setting: Setting = serde_json::from_str(line).map_err(|error| here(error.to_string()))?;
        rules.weights = filed.clone();
        rules.weights = weights_with(rules, &setting.weights)?;
        let judged = judged(assessment, rules, &setting.judgements).map_err(here)?;
        let judged = (!judged.is_empty()).then(|| assessment.judged(&judged));
        let ranking = scoring::rank(judged.as_ref().unwrap_or(assessment), rules, threads)?;
        // No type of a list can fail to be written.
        lines.push_str(&serde_json::to_string(&list(&ranking)).unwrap_or_default());
        lines.push('\n');
    }
    Ok(lines)
}

/// The judgements of a setting as evidence; else why they can't be.
fn judged<'a>(
    assessment: &Assessment,
    rules: &'a RuleSet,
    judgements: &[Judged],
) -> Result<Vec<NewJudgement<'a>>, String> {
    let one = |judged: &Judged| {
        let candidate = assessment.candidates.iter().position(|candidate| candidate.id == judged.candidate);
        let candidate = candidate.ok_or_else(|| format!("there is no candidate `{}`", judged.candidate))?;
        let criterion = rules.criteria.iter().find(|criterion| criterion.id == judged.criterion);
        let criterion = criterion.ok_or_else(|| format!("there is no question `{}`", judged.criterion))?;
        let how = judging(rules, criterion).map_err(|why| format!("`{}` can't be judged: {why}", criterion.id))?;
        let score = |text: &String| text.parse().ok().filter(|score| (how.scale.0..=how.scale.1).contains(score));
        let scores: Option<Vec<f64>> = judged.scores.iter().map(score).collect();
        let scores = scores.filter(|scores| !scores.is_empty());
        let scores = scores.ok_or_else(|| format!("the scores of `{}` are not all on its scale", criterion.id))?;
        let place = rules.evidence.get(how.evidence).map_or(&rules.place, |declared| &declared.place);
        Ok(NewJudgement { candidate, name: how.evidence, scores, scale: how.scale, place })
    };
    judgements.iter().map(one).collect()
}

fn list<'a>(ranking: &'a Ranking<'_>) -> List<'a> {
    let id = |candidate: usize| ranking.assessment.candidates.get(candidate).map(|it| &*it.id);
    let passed = |candidate: usize| Some((id(candidate)?, id(ranking.outcome().passed_over(candidate)?.by)?));
    List { list: places(ranking), passed_over: ranking.with_totals().filter_map(passed).collect() }
}
