//! Where the script language wants a whole number: 3 and 3.0 are one number to who writes rules, and so is a count of 3.

use std::ops::{Range, RangeInclusive};

use rhai::{Array, Dynamic, Engine, INT};

use super::compare::sorted;
use crate::rules::script::limits::MAX_LIST;
use crate::rules::script::refusal::{Fallible, refuse, refuse_arithmetic};
use crate::rules::script::types::any::{described, number, number_of};

pub(super) fn register(engine: &mut Engine) {
    for name in ["to_int", "int"] {
        engine.register_fn(name, |x: Dynamic| number(&x).and_then(truncated));
    }
    for name in ["..", "range"] {
        engine
            .register_fn(name, |from: Dynamic, to: Dynamic| -> Fallible<Range<INT>> { Ok(whole(&from)?..whole(&to)?) });
    }
    engine.register_fn("..=", |from: Dynamic, to: Dynamic| -> Fallible<RangeInclusive<INT>> {
        Ok(whole(&from)?..=whole(&to)?)
    });
    engine.register_fn("range", |from: Dynamic, to: Dynamic, step: Dynamic| steps(&from, &to, &step));
    engine.register_fn("contains", |range: Range<INT>, x: Dynamic| lies_in(&x, range.start, range.end, false));
    engine.register_fn("contains", |range: RangeInclusive<INT>, x: Dynamic| {
        lies_in(&x, *range.start(), *range.end(), true)
    });
    engine.register_fn("sort", |list: &mut Array| sorted(list).map(|sorted| *list = sorted));
    engine.register_fn("sort_desc", |list: &mut Array| descending(list).map(|sorted| *list = sorted));
    engine.register_fn("order", |list: &mut Array| sorted(list));
    engine.register_fn("order_desc", |list: &mut Array| descending(list));
}

/// What stands before the point, as `to_int` is known.
#[expect(clippy::cast_possible_truncation, reason = "what an integer can't hold was refused")]
fn truncated(x: f64) -> Fallible<INT> {
    match x.abs() < LIMIT {
        true => Ok(x.trunc() as INT),
        false => refuse_arithmetic("this is too large for a whole number"),
    }
}

/// From here up a number of the engine's is not whole to one.
const LIMIT: f64 = 9_007_199_254_740_992.0;

/// A number that is whole, of whatever type.
fn whole(value: &Dynamic) -> Fallible<INT> {
    if let Ok(number) = value.as_int() {
        return Ok(number);
    }
    if let Some(number) = number_of(value).filter(|number| number.trunc() == *number) {
        return truncated(number);
    }
    let mend = "write `to_int(…)` round it in a loop, and `<` in a comparison";
    refuse(&format!("a range has whole numbers for its ends, not {}: {mend}", shown(value)))
}

/// Every `step`-th whole number from one on and before another.
fn steps(from: &Dynamic, to: &Dynamic, step: &Dynamic) -> Fallible<Array> {
    let (from, to, step) = (whole(from)?, whole(to)?, whole(step)?);
    let Some(ahead) = usize::try_from(step.unsigned_abs()).ok().filter(|ahead| *ahead > 0) else {
        return refuse("a range with steps of 0 has no end");
    };
    let count = if step > 0 { to.saturating_sub(from) } else { from.saturating_sub(to) };
    if usize::try_from(count).unwrap_or(0) / ahead >= MAX_LIST {
        return refuse(&format!("this range has more than {MAX_LIST} steps"));
    }
    let inside = |at: &INT| if step > 0 { *at < to } else { *at > to };
    Ok(std::iter::successors(Some(from), |at| at.checked_add(step)).take_while(inside).map(Dynamic::from_int).collect())
}

fn shown(value: &Dynamic) -> String {
    number_of(value).map_or_else(|| described(value), |number| number.to_string())
}

#[expect(clippy::cast_precision_loss, reason = "the ends of a range in a rule are far below 2^53")]
fn lies_in(x: &Dynamic, from: INT, to: INT, with_end: bool) -> Fallible<bool> {
    let (x, from, to) = (number(x)?, from as f64, to as f64);
    Ok(from <= x && if with_end { x <= to } else { x < to })
}

fn descending(list: &mut Array) -> Fallible<Array> {
    let mut list = sorted(list)?;
    list.reverse();
    Ok(list)
}

#[cfg(test)]
mod tests {
    use rhai::{Dynamic, Scope};

    use crate::rules::script::fence::fence;
    use crate::stats::Estimate;

    /// What an expression over `x` answers where `x` is 3, 3.0 and an estimate of 3.
    fn answers(expression: &str) -> Vec<String> {
        let threes = [Dynamic::from(3_i64), Dynamic::from(3.0_f64), Dynamic::from(Estimate::exact(3.0))];
        let answer = |three: Dynamic| {
            let mut scope = Scope::new();
            scope.push_dynamic("x", three);
            let answer = fence().unwrap().eval_with_scope::<Dynamic>(&mut scope, expression);
            answer.map_or_else(|error| error.to_string(), |answer| answer.to_string())
        };
        threes.into_iter().map(answer).collect()
    }

    #[test]
    fn three_is_three_whether_whole_or_with_a_point_or_an_estimate() {
        for (expression, answer) in [
            ("x in 1..5", "true"),
            ("x in 1..3", "false"),
            ("x in 1..=3", "true"),
            ("(1..5).contains(x)", "true"),
            ("2.5 in 1..5", "true"),
            ("x in [1, 2, 3]", "true"),
            ("[1, 2, 3].index_of(x)", "2"),
            ("[1, 2, 3] == [1, 2, x]", "true"),
            ("let sum = 0; for i in 0..x { sum += i } sum", "3"),
            ("let sum = 0; for i in range(0, x) { sum += i } sum", "3"),
            ("let sum = 0; for i in range(0, x, 2) { sum += i } sum", "2"),
            ("let sum = 0; for i in range(x, 0, -1.0) { sum += i } sum", "6"),
            ("let sum = 0; for i in 0..(x * 2 / 3) { sum += 1 } sum", "2"),
            ("[10, 20, 30, 40][to_int(x)]", "40"),
            ("to_int(x + 0.7)", "3"),
            ("`${x}`", "3"),
            ("let list = [x, 1, 2.5]; list.sort(); list[0] == 1 && list[1] == 2.5 && list[2] == 3", "true"),
            ("[x, 1, 2.5].order_desc()[0] == 3", "true"),
            ("let list = [3, x]; list.dedup(); list.len()", "1"),
            ("[\"low\", \"high\"].order()[0]", "high"),
            ("#{a: x} == #{a: 3}", "true"),
            ("x == 3 && x != 4 && x >= 3.0", "true"),
            ("\"high\" == \"high\" && \"high\" != \"low\" && 'a' == \"a\"", "true"),
            ("\"low\" in [\"high\", \"low\"]", "true"),
        ] {
            assert_eq!(answers(expression), [answer; 3], "{expression}");
        }
    }

    #[test]
    fn where_a_whole_number_is_wanted_another_is_refused() {
        for expression in [
            "0..2.5",
            "range(0, 0.5)",
            "range(0, 3, 0)",
            "range(0, 1e9, 1)",
            "range(0, 3, 0.5)",
            "0..\"x\"",
            "to_int(1e300)",
            "[1, \"x\"].order()",
            "[3, 0.0 / 0.0, 1].order()",
        ] {
            assert!(fence().unwrap().eval::<Dynamic>(expression).is_err(), "{expression}");
        }
    }
}
