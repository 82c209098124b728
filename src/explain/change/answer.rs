//! The measure at which one answer alone would change a candidate's place.
//!
//! The answer is taken as certain. It is looked for from what it is now outwards, to where the value function is level;
//! where that can't be known, as far as the answers of all candidates go.

use super::Goal;
use super::field::{Field, Rivals, is_met_by_rows};
use crate::diagnostic::Problem;
use crate::rules::combine::Influence;
use crate::rules::{Criterion, Way};
use crate::scoring::{Again, Ranking, Rows};

/// How many measures are tried in each direction before the one that does is narrowed down, and those where the value turns.
/// Where totals go one way between those, that is all there is to try; of others what lies between two is not known.
const PROBES: i64 = 32;

/// A change of one answer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AnswerChange {
    /// The question, by number.
    pub criterion: usize,
    /// The measure now; none where it is missing.
    pub from: Option<f64>,
    /// The measure from which on the goal is reached; one step of its decimals nearer to `from` it is not.
    pub to: f64,
    /// Whether `to` or more is needed, or `to` or less.
    pub or_more: bool,
    /// Whether `to` is as far as was looked: beyond it nothing changes.
    pub is_end: bool,
}

/// The changes of one answer that lead to the goal, in the order of the rules.
pub(super) fn answer_changes(
    ranking: &Ranking<'_>,
    field: &Field,
    again: &mut Again<'_, '_>,
    (candidate, goal): (usize, Goal),
) -> Result<Vec<AnswerChange>, Problem> {
    let mut found = Vec::new();
    let rules = ranking.rules;
    let mut tried = Tried {
        ranking,
        field,
        candidate,
        goal,
        rivals: field.rivals_for_a_place(candidate, goal),
        rows: Rows::new(again, &rules.weights),
    };
    let asked = rules.criteria.iter().enumerate().filter(|(number, _)| !rules.weighs_beside(*number));
    for (number, criterion) in asked {
        found.extend(answer_change(&mut tried, number, criterion)?);
    }
    Ok(found)
}

/// What is tried for one candidate and goal.
struct Tried<'w, 'r, 'a> {
    ranking: &'w Ranking<'w>,
    field: &'w Field,
    candidate: usize,
    goal: Goal,
    rivals: Option<Rivals>,
    rows: Rows<'w, 'r, 'a>,
}

impl Tried<'_, '_, '_> {
    /// Whether the goal is met with this measure for a criterion. Where no other candidate's row changes and rows tell all,
    /// none but its own is made again.
    fn is_met(&mut self, number: usize, criterion: &Criterion, measure: f64) -> Result<bool, Problem> {
        let (candidate, goal) = (self.candidate, self.goal);
        let weights = &self.ranking.rules.weights;
        if criterion.value.shape().needs_facts() || !self.field.rows_suffice(weights) {
            return Ok(goal.is_met(candidate, &self.rows.again().with_measure(candidate, number, measure)?));
        }
        self.rows.answer(candidate, number, measure)?;
        let rivals = self.rivals.as_ref();
        let before = rivals.map(|rivals| |rows: &mut Rows<'_, '_, '_>| rivals.before_one_changed(candidate, rows));
        is_met_by_rows((self.ranking, self.field), (candidate, goal), &mut self.rows, before)
    }
}

fn answer_change(
    tried: &mut Tried<'_, '_, '_>,
    number: usize,
    criterion: &Criterion,
) -> Result<Option<AnswerChange>, Problem> {
    let (ranking, candidate, goal) = (tried.ranking, tried.candidate, tried.goal);
    let Some((low, high)) = reach(ranking, number, criterion) else { return Ok(None) };
    let grid = MeasureGrid::new(criterion.decimals);
    let (low, high) = (grid.ceiling(low), grid.floor(high));
    let from = ranking.measure(number, candidate).map(|measure| measure.estimate);
    // Without an answer the least telling one comes first: the one that asks least of the goal.
    let rises = (criterion.direction.way() != Way::Down) == (criterion.influence != Influence::Lowers);
    let telling_is_high = rises == goal.needs_more();
    let start = from.map_or(if telling_is_high { low } else { high }, |from| grid.nearest(from));
    let mut met = |at: i64| tried.is_met(number, criterion, grid.measure(at));
    let turns = criterion.value.shape().measures_at_turns(criterion.decimals);
    let turns: Vec<i64> = turns.into_iter().map(|turn| grid.nearest(turn)).collect();
    let ends = if telling_is_high { [high, low] } else { [low, high] };
    for end in ends {
        if let Some(at) = first((start, end), from.is_none(), &turns, &mut met)? {
            let or_more = if at == start { telling_is_high } else { at > start };
            return Ok(Some(AnswerChange {
                criterion: number,
                from,
                to: grid.measure(at),
                or_more,
                is_end: at == end,
            }));
        }
    }
    Ok(None)
}

/// The first place from `start` towards `end` that meets the goal; `start` itself only where it may be the answer.
fn first(
    (start, end): (i64, i64),
    start_counts: bool,
    turns: &[i64],
    met: &mut impl FnMut(i64) -> Result<bool, Problem>,
) -> Result<Option<i64>, Problem> {
    if start_counts && met(start)? {
        return Ok(Some(start));
    }
    let mut before = start;
    let probe = |probe: i64| start + (end - start) / PROBES * probe + (end - start) % PROBES * probe / PROBES;
    let between = |at: &i64| start.min(end) < *at && *at < start.max(end);
    let mut probes: Vec<i64> = (1..=PROBES).map(probe).chain(turns.iter().copied().filter(between)).collect();
    probes.sort_unstable_by_key(|at| (at - start).abs());
    for at in probes {
        if at == before || !met(at)? {
            before = at;
            continue;
        }
        let (mut outside, mut inside) = (before, at);
        while (inside - outside).abs() > 1 {
            let middle = outside + (inside - outside) / 2;
            if met(middle)? { inside = middle } else { outside = middle }
        }
        return Ok(Some(inside));
    }
    Ok(None)
}

/// Between which measures the value function is not level, or how far the answers go; none where nobody has one.
fn reach(ranking: &Ranking<'_>, number: usize, criterion: &Criterion) -> Option<(f64, f64)> {
    let known = || (0..ranking.order().len()).filter_map(|candidate| ranking.measure(number, candidate));
    let answers = || {
        let low = known().map(|measure| measure.estimate).min_by(f64::total_cmp)?;
        let high = known().map(|measure| measure.estimate).max_by(f64::total_cmp)?;
        Some((low, high))
    };
    criterion.value.shape().reach().or_else(answers)
}

/// Measures as whole numbers of the last of their decimals.
struct MeasureGrid {
    unit: f64,
}

impl MeasureGrid {
    /// Farther out no measure has decimals.
    const END: f64 = 9e15;

    fn new(decimals: u32) -> Self {
        Self { unit: f64::from(10_u32.pow(decimals)) }
    }

    #[expect(clippy::cast_precision_loss, reason = "below 2^53")]
    fn measure(&self, at: i64) -> f64 {
        at as f64 / self.unit
    }

    #[expect(clippy::cast_possible_truncation, reason = "below 2^53")]
    fn place(scaled: f64) -> i64 {
        scaled.clamp(-Self::END, Self::END) as i64
    }

    fn nearest(&self, measure: f64) -> i64 {
        Self::place((measure * self.unit).round())
    }

    fn ceiling(&self, measure: f64) -> i64 {
        Self::place((measure * self.unit - 1e-9).ceil())
    }

    fn floor(&self, measure: f64) -> i64 {
        Self::place((measure * self.unit + 1e-9).floor())
    }
}
