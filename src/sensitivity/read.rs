//! What weights may be: by a word, or by a file.

use std::sync::Arc;

use super::format::WeightsFile;
use super::weights::{WeightDistribution, WeightSpace};
use crate::diagnostic::{Code, Problems, SourceFile, did_you_mean};
use crate::files::{Files, TEXT_LIMIT, read_text};
use crate::rules::RuleSet;
use crate::toml_file::{At, Checker, Parsed, WrittenNumber, parse};

/// How close drawn weights keep to those of the rules unless told: a weight of a fifth then varies with a deviation of
/// 5.6 hundredths.
pub const DEFAULT_CONCENTRATION: f64 = 50.0;
/// What sums of bounds may miss the whole by.
const SUM_TOLERANCE: f64 = 1e-9;

/// Any weights at all: each pool's are uniform on its simplex.
pub fn any_weights(rules: &RuleSet) -> WeightSpace {
    WeightSpace::new(&pools(rules), WeightDistribution::Uniform)
}

/// Weights around those of the rules.
pub fn weights_around(rules: &RuleSet, concentration: f64) -> WeightSpace {
    let whole = part(rules.weights.whole(), 1);
    let centre = rules.weights.shares().iter().map(|share| part(*share, 1) / whole).collect();
    WeightSpace::new(&pools(rules), WeightDistribution::Around { centre, concentration })
}

/// The weights that the file `path` allows. What is wrong with it goes to `problems`.
pub fn load(files: &dyn Files, path: &str, rules: &RuleSet, problems: &mut Problems) -> Option<WeightSpace> {
    let source = problems.take(read_text(files, path, TEXT_LIMIT, None))?;
    let mut found = Problems::default();
    let space = parse::<WeightsFile>(&source, &mut found).map(|parsed| judge_file(&source, &parsed, rules, &mut found));
    let sound = !found.has_errors();
    problems.extend(found);
    space.filter(|_| sound)
}

fn judge_file(
    source: &Arc<SourceFile>,
    parsed: &Parsed<WeightsFile>,
    rules: &RuleSet,
    problems: &mut Problems,
) -> WeightSpace {
    let mut check = Checker { source, lost: &parsed.lost, problems };
    let file = &parsed.file;
    let concentration = file.concentration.as_ref().and_then(|it| check.positive(it, "a concentration"));
    let space = concentration.map_or_else(|| any_weights(rules), |concentration| weights_around(rules, concentration));
    let bounds = bounds(file, rules, &mut check);
    let orders = file.order.iter().filter_map(|order| in_order(order, rules, &mut check)).collect();
    space.with_bounds(bounds).with_orders(orders)
}

/// The bounds of every criterion, and of every group with a weight of its own, as parts of one.
fn bounds(file: &WeightsFile, rules: &RuleSet, check: &mut Checker<'_>) -> Vec<(f64, f64)> {
    let mut bounds = vec![(0.0, 1.0); rules.weights.shares().len()];
    let scale = f64::from(rules.scale);
    let number = |check: &mut Checker<'_>, number: &At<WrittenNumber>| {
        let value = check.not_negative(number, "a weight")?;
        if value > scale {
            let message = format!("{value} is more than all weights together, {scale}");
            check.problem(Code::BadValue, &number.span, message, "write weights on the rule set's scale");
            return None;
        }
        Some(value / scale)
    };
    for (id, ends) in &file.bounds {
        let Some(criterion) = criterion(id, &ends.span, rules, check) else { continue };
        let (Some(least), Some(most)) = (number(check, &ends.value.0), number(check, &ends.value.1)) else { continue };
        if least > most {
            let message = format!("the least weight of `{id}` is above its most");
            check.problem(Code::BadValue, &ends.span, message, "write the least first: `[15, 40]`");
            continue;
        }
        if let Some(slot) = bounds.get_mut(criterion) {
            *slot = (least, most);
        }
    }
    check_room(&bounds, rules, check);
    bounds
}

/// Whether the bounds of each pool leave room for its whole.
fn check_room(bounds: &[(f64, f64)], rules: &RuleSet, check: &mut Checker<'_>) {
    let mut pools: Vec<usize> = pools(rules);
    let of = |pool: usize| bounds.iter().enumerate().filter(move |(it, _)| rules.weights.pool(*it) == pool);
    pools.sort_unstable();
    pools.dedup();
    for pool in pools {
        let least: f64 = of(pool).map(|(_, (least, _))| least).sum();
        let most: f64 = of(pool).map(|(_, (_, most))| most).sum();
        let help = "these weights must add up to the whole; widen the bounds";
        if least > 1.0 + SUM_TOLERANCE {
            check.problem(Code::BadValue, &(0..0), "the least weights add up to more than the whole", help);
        } else if most < 1.0 - SUM_TOLERANCE {
            check.problem(Code::BadValue, &(0..0), "the most weights add up to less than the whole", help);
        }
    }
}

/// Criteria in the order of their weights, by number.
fn in_order(order: &At<Vec<At<String>>>, rules: &RuleSet, check: &mut Checker<'_>) -> Option<Vec<usize>> {
    let known: Vec<usize> = order.value.iter().filter_map(|id| criterion(&id.value, &id.span, rules, check)).collect();
    if known.len() < order.value.len() {
        return None;
    }
    let mut once = known.clone();
    once.sort_unstable();
    once.dedup();
    let first = known.first().copied()?;
    let help = "name each criterion once, and only criteria whose weights add up together";
    if once.len() < known.len() {
        check.problem(Code::DuplicateId, &order.span, "this order names a criterion twice", help);
        return None;
    }
    if known.iter().any(|it| rules.weights.pool(*it) != rules.weights.pool(first)) {
        check.problem(Code::BadValue, &order.span, "this order has criteria from several sections", help);
        return None;
    }
    Some(known)
}

fn criterion(id: &str, span: &std::ops::Range<usize>, rules: &RuleSet, check: &mut Checker<'_>) -> Option<usize> {
    let scored = || rules.groups.iter().zip(rules.combine.groups()).find(|(group, _)| group.id == id);
    let of_group = || scored().and_then(|(_, scored)| scored.weight_at);
    let found = rules.criteria.iter().position(|criterion| criterion.id == id).or_else(of_group);
    if found.is_none() {
        let known = rules.criteria.iter().map(|criterion| &*criterion.id);
        check.problem(Code::UnknownId, span, format!("there is no criterion `{id}`"), did_you_mean(id, known));
    }
    if found.is_some_and(|found| rules.weighs_beside(found)) {
        let message = format!("the weight of `{id}` is not drawn: its score stands beside the total");
        check.problem(Code::BadValue, span, message, "take it out: no total is made of it");
        return None;
    }
    found
}

/// Which weights share one whole. That of what stands beside the total is alone: nothing of it is drawn.
fn pools(rules: &RuleSet) -> Vec<usize> {
    let weights = &rules.weights;
    let all = weights.shares().len();
    let pools: Vec<usize> = (0..all).map(|at| weights.pool(at)).collect();
    let next = pools.iter().max().map_or(0, |last| last + 1);
    let own = |(at, pool)| if rules.weighs_beside(at) { next + at } else { pool };
    pools.into_iter().enumerate().map(own).collect()
}

#[expect(clippy::cast_precision_loss, reason = "weights have at most 10 digits")]
fn part(share: i64, whole: i64) -> f64 {
    share as f64 / whole as f64
}
