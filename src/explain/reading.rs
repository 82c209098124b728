//! How a value function turned a measure into a value, in words.

use crate::rules::ValueFunction;
use crate::scoring::{Contribution, Reading};
use crate::words::{counted, number};

/// The most decimals that an anchor is shown with.
const DECIMALS: u32 = 6;

/// How the value came about: a part of a sentence, as in "0.65, `on the line from 500 (0.5) to 2,000 (0.8)`". None
/// where the measure is missing.
pub fn reading(part: &Contribution<'_>) -> Option<String> {
    let shown = |x: f64| number(x, DECIMALS);
    let point = |(measure, value): (f64, f64)| format!("{} (value {})", shown(measure), shown(value));
    Some(match part.reading? {
        Reading::Line { from, to } => format!("on the straight line from {} to {}", point(from), point(to)),
        Reading::Below(first) => format!("below the first point, {}", point(first)),
        Reading::Above(last) => format!("at or above the last point, {}", point(last)),
        Reading::Step { from: Some(from), to: Some(to) } => {
            format!("on the step from {} to below {}", shown(from), shown(to))
        }
        Reading::Step { from: Some(from), to: None } => format!("on the last step, from {} up", shown(from)),
        Reading::Step { from: None, to } => format!("below the first step, {}", to.map_or_else(String::new, shown)),
        Reading::Curve { middle, steepness } => {
            let turn = if steepness < 0.0 { "falls" } else { "rises" };
            format!("on the S-curve that {turn} through 0.5 at {}", shown(middle))
        }
        Reading::Between { lowest, highest } => {
            format!("between the lowest answer of all, {}, and the highest, {}", shown(lowest), shown(highest))
        }
        Reading::OfHighest(highest) => format!("as a share of the highest answer of all, {}", shown(highest)),
        Reading::OfMean(mean) => format!("as a multiple of the mean of all answers, {}", shown(mean)),
        Reading::Among { lower, same, others } => {
            let others = counted(others, "other", "others");
            match same {
                0 => format!("above {lower} of {others}"),
                same => format!("above {lower} of {others} and equal to {same}"),
            }
        }
        Reading::Deviations { mean, deviation } => format!(
            "against the mean of all answers, {}, in units of their standard deviation, {}",
            shown(mean),
            shown(deviation)
        ),
        Reading::Script => match &part.criterion.value {
            ValueFunction::Script(expression) => format!("by the rule `{}`", expression.code.trim()),
            _ => "by a rule".to_owned(),
        },
    })
}
