//! Values of parameters that are in force: those that took force within the period are told, and those that are stale.

use super::parameter::{DatedAmount, Parameter};
use super::rule_set::RuleSet;
use crate::assessment::Period;
use crate::diagnostic::{Code, Problem, Problems};

/// Warns of values in force that have not been looked at since long, and of those that took force within the period.
pub(super) fn in_time(rules: &RuleSet, period: Period, problems: &mut Problems) {
    for (parameter, dated) in rules.in_force() {
        stale(parameter, dated, period, problems);
        replaced(parameter, dated, period, problems);
    }
}

fn stale(parameter: &Parameter, dated: &DatedAmount, period: Period, problems: &mut Problems) {
    let Some(review) = dated.review.filter(|review| *review < period.last_day()) else { return };
    let message = format!(
        "`{}` was to be reviewed by {review}, and the period ends on {}: it has been {} since {} ({})",
        parameter.name,
        period.last_day(),
        parameter.shown(&dated.value),
        dated.from,
        dated.source
    );
    let help =
        "ask whether it is still right: add the new value with its `from` and `source`, or write a later `review`";
    problems.push(Problem::new(Code::StaleParameter, message).at(dated.place.clone()).help(help));
}

/// A value that took the place of another within the period.
fn replaced(parameter: &Parameter, dated: &DatedAmount, period: Period, problems: &mut Problems) {
    let Some(before) = parameter.on(period.first_day()).filter(|before| before.from != dated.from) else { return };
    let message = format!(
        "`{}` changed within the period, {period}: its value from {} is used ({}), not the one before ({})",
        parameter.name,
        dated.from,
        parameter.shown(&dated.value),
        parameter.shown(&before.value)
    );
    let help = "the value in force on the period's last day is used; say in the assessment that it changed";
    problems.push(Problem::new(Code::ParameterChanged, message).at(dated.place.clone()).help(help));
}
