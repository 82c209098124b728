//! What chance says of a change, in words.

use super::by_chance::{ByChance, ChanceFigures, ChanceVerdict};
use crate::stats::RateRatio;
use crate::words::{fixed, joined, number};

/// What chance says, with the test and its figures.
pub fn chance_in_words(chance: &ByChance) -> String {
    let figures = chance_figures_in_words(chance);
    let told = match &chance.verdict {
        ChanceVerdict::CouldExplain => "Chance could explain it",
        ChanceVerdict::DoesNotExplain => "Chance does not explain it",
        ChanceVerdict::CannotTell(why) if chance.figures.is_some() => {
            return format!("By chance: can’t be told, {why}: {}", tests_in_words(chance));
        }
        ChanceVerdict::CannotTell(why) => return format!("By chance: can’t be told, {why}."),
    };
    match chance.figures {
        None => format!("{told}."),
        Some(ChanceFigures::Percentages(found)) => {
            format!("{told}: {} percentage points, {figures}", least(found.estimate))
        }
        Some(ChanceFigures::Counts { .. }) => format!("{told}: {figures}"),
    }
}

/// What chance rests on, for who has its verdict and the change at hand: the tests with their figures, or why it can't be
/// told.
pub fn chance_figures_in_words(chance: &ByChance) -> String {
    match &chance.verdict {
        ChanceVerdict::CannotTell(why) if chance.figures.is_some() => {
            format!("By chance: {why}: {}", tests_in_words(chance))
        }
        ChanceVerdict::CannotTell(why) => format!("By chance: {why}."),
        _ => tests_in_words(chance),
    }
}

fn tests_in_words(chance: &ByChance) -> String {
    match chance.figures {
        None => String::new(),
        Some(ChanceFigures::Percentages(found)) => {
            let (lower, upper) = found.interval.unwrap_or((found.estimate, found.estimate));
            format!("95% interval {} to {} percentage points (Newcombe).", least(lower), least(upper))
        }
        Some(ChanceFigures::Counts { e_test, conditional, ratio, .. }) => {
            let test = |name: &str, p: Option<f64>| p.map(|p| format!("{name} {}", p_in_words(p)));
            let tests: Vec<String> =
                [test("E-test", e_test), test("conditional binomial", conditional)].into_iter().flatten().collect();
            let ratio = ratio.and_then(RateRatio::to_estimate).map(|ratio| {
                let (lower, upper) = ratio.interval.unwrap_or((ratio.estimate, ratio.estimate));
                let [ratio, lower, upper] = [ratio.estimate, lower, upper].map(|number| fixed(number, 2));
                format!("; ratio {ratio}, 95% interval {lower} to {upper}")
            });
            format!("{}{}.", joined(&tests), ratio.unwrap_or_default())
        }
    }
}

/// A number to one decimal, with a minus sign and without a zero at its end.
fn least(percentage_points: f64) -> String {
    number(percentage_points, 1).replacen('-', "−", 1)
}

/// A p-value to four decimals.
fn p_in_words(p: f64) -> String {
    if p < 0.000_05 { "p below 0.0001".to_owned() } else { format!("p = {}", fixed(p, 4)) }
}
