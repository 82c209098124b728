//! How a question can be answered in a room: by whom it is judged on which scale, and what each score is worth.

use crate::assessment::EvidenceKind;
use crate::exact::{round_to, to_units};
use crate::rules::shape::{Anchor, CandidateMeasures, Points};
use crate::rules::{Criterion, RuleSet};

/// A question that a score answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Judging<'r> {
    /// The name of the judgement.
    pub evidence: &'r str,
    /// The lowest and the highest score.
    pub scale: (f64, f64),
    /// What one person's score is a multiple of, counted from the lowest.
    pub step: f64,
    /// The decimals of the answer.
    pub decimals: u32,
    /// What a score is worth.
    pub worth: Worth,
}

/// What scores are worth.
#[derive(Debug, Clone, PartialEq)]
pub enum Worth {
    /// Every score that one person or the median of several can be, ascending, with its value in units of the fine decimals.
    Table(Vec<(f64, i64)>),
    /// Straight lines through these, level beyond the first and the last.
    Points(Vec<Anchor>),
}

/// The most scores that are written out.
const MOST_SCORES: usize = 250;
/// The longest scale of whole steps on which each score has a button of its own.
const SHORT_SCALE: f64 = 20.0;
/// The decimals that scores are told apart by.
const SCORE_DECIMALS: u32 = 6;

const MEASURED: &str = "it is measured, not judged: new evidence goes through the command";
const WORKED_OUT: &str = "it is worked out of evidence: new evidence goes through the command";
const SHARED: &str = "other questions read the same judgement: new evidence goes through the command";
const OF_SCRIPT: &str = "its value is made by a script, which only the command runs";
const OF_OTHERS: &str = "its value is set against the other candidates’ answers, which only the command works out";
const TOO_LONG: &str = "its scale has more scores than can be written out here";

/// How a question is judged.
///
/// # Errors
/// Why it can't be answered in a room, as the end of a sentence.
pub fn judging<'r>(rules: &'r RuleSet, criterion: &'r Criterion) -> Result<Judging<'r>, &'static str> {
    let reads_judgement = |name: &String| rules.evidence.get(name).is_some_and(|it| it.kind == EvidenceKind::Judgement);
    let Some(evidence) = criterion.plain.as_ref() else {
        let is_judged = criterion.measure.reads.iter().any(reads_judgement);
        return Err(if is_judged { WORKED_OUT } else { MEASURED });
    };
    let declared = rules.evidence.get(evidence).filter(|_| reads_judgement(evidence));
    let scale = declared.and_then(|declared| declared.settings.scale).ok_or(MEASURED)?;
    if rules.criteria.iter().any(|other| other.id != criterion.id && other.measure.reads.contains(evidence)) {
        return Err(SHARED);
    }
    let shape = criterion.value.shape();
    if criterion.looks_at_others() {
        return Err(OF_OTHERS);
    }
    // Between two scores of a script nobody knows how its value goes.
    if shape.expression().is_some() || shape.turns().is_none() {
        return Err(OF_SCRIPT);
    }
    let (step, worth) = worth(rules, criterion, scale)?;
    Ok(Judging { evidence, scale, step, decimals: criterion.decimals, worth })
}

/// What one person's score is a multiple of, and what each is worth.
fn worth(rules: &RuleSet, criterion: &Criterion, (from, to): (f64, f64)) -> Result<(f64, Worth), &'static str> {
    let width = to - from;
    let lines = criterion.value.shape().downcast::<Points>();
    if width > SHORT_SCALE
        && let Some(points) = lines
    {
        let step = if criterion.decimals > 0 { 0.5 } else { 1.0 };
        return Ok((step, Worth::Points(points.anchors.clone())));
    }
    let step = if width < 2.0 { 0.1 } else { 1.0 };
    let scores = scores(criterion, (from, to), step).ok_or(TOO_LONG)?;
    let scale = criterion.value.shape().scale(&CandidateMeasures::none());
    let value = |score: f64| {
        let value = scale.value(round_to(score, criterion.decimals))?;
        Some((score, to_units(value, rules.fine_decimals())))
    };
    let table: Option<Vec<(f64, i64)>> = scores.into_iter().map(value).collect();
    Ok((step, Worth::Table(table.ok_or(OF_SCRIPT)?)))
}

/// Every half of a step, and the measures at which the value turns. None where there are too many.
fn scores(criterion: &Criterion, (from, to): (f64, f64), step: f64) -> Option<Vec<f64>> {
    let mut scores = Vec::new();
    let mut count = 0.0;
    loop {
        let score = round_to(from + count * step / 2.0, SCORE_DECIMALS);
        if score > to {
            break;
        }
        scores.push(score);
        if scores.len() > MOST_SCORES {
            return None;
        }
        count += 1.0;
    }
    let turns = criterion.value.shape().measures_at_turns(criterion.decimals);
    scores.extend(turns.into_iter().filter(|turn| (from..=to).contains(turn)));
    scores.sort_by(f64::total_cmp);
    scores.dedup();
    Some(scores)
}
