//! Numbers that decide something and stand in code, where nobody who reads the rule file finds them.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::diagnostic::{Code, Place};
use crate::rules::RuleSet;
use crate::rules::script::{Script, numbers};
use crate::words::listed;

use super::finding::Finding;

/// Numbers that change a unit or count something, and judge nothing: zero to two, a half, days and months.
const PLAIN_NUMBERS: [f64; 8] = [0.0, 0.5, 1.0, 2.0, 7.0, 12.0, 52.0, 365.0];

/// Numbers in the functions of script files and in measures. Weights, anchors, bounds and the expressions of `value`,
/// `when` and `combine` are where a reader looks for numbers.
pub(super) fn undeclared(rules: &RuleSet) -> Vec<Finding> {
    let mut findings: Vec<Finding> = rules.library.scripts.iter().flat_map(of_script).collect();
    for criterion in &rules.criteria {
        let measure = &criterion.measure;
        let Some((first, told)) = telling_numbers(&numbers(&measure.code), &measure.code) else { continue };
        let characters = measure.code.get(..first.start).map_or(0, |before| before.chars().count());
        let place = measure.place_of(characters..characters + first.len());
        let message = format!("the measure of `{}` has {told} in it", criterion.id);
        let help =
            "declare it as a `[parameter.NAME]` with its source and read it by name, or make it an anchor of the value";
        findings.push(Finding::new(Code::UndeclaredConstant, &[&criterion.id], place, message, help));
    }
    findings
}

fn of_script(script: &Script) -> Vec<Finding> {
    let text = &script.source.text;
    let mut by_function: BTreeMap<&str, Vec<(f64, Range<usize>)>> = BTreeMap::new();
    for (number, at) in numbers(text) {
        by_function.entry(script.function_at(at.start)).or_default().push((number, at));
    }
    let one = |(function, numbers): (&str, Vec<(f64, Range<usize>)>)| {
        let (first, told) = telling_numbers(&numbers, text)?;
        let message = format!("the function `{function}` has {told} in it, which the rule file does not show");
        let help = format!(
            "let the rule file give it, as `{function}(…, {})` or as a `[parameter.NAME]` with its source",
            text.get(first.clone()).unwrap_or("…")
        );
        Some(Finding::new(Code::UndeclaredConstant, &[function], Place::new(&script.source, first), message, help))
    };
    by_function.into_iter().filter_map(one).collect()
}

/// The place of the first number of consequence, and all of them as they are written.
fn telling_numbers(numbers: &[(f64, Range<usize>)], code: &str) -> Option<(Range<usize>, String)> {
    let of_consequence = || numbers.iter().filter(|(number, _)| !is_plain(*number));
    let (_, first) = of_consequence().next()?;
    let mut known = BTreeSet::new();
    let texts = of_consequence().filter_map(|(_, at)| code.get(at.clone()));
    let written: Vec<String> = texts.filter(|text| known.insert(*text)).map(str::to_owned).collect();
    let noun = if written.len() == 1 { "the number" } else { "the numbers" };
    Some((first.clone(), format!("{noun} {}", listed(&written))))
}

fn is_plain(number: f64) -> bool {
    let mut power = 10.0;
    while power < number {
        power *= 10.0;
    }
    PLAIN_NUMBERS.contains(&number) || power == number
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_of_ten_and_the_calendar_are_plain() {
        assert!([0.0, 0.5, 1.0, 2.0, 12.0, 10.0, 1000.0, 100_000.0].into_iter().all(is_plain));
        assert!(![0.4, 1.2, 3.0, 20.0, 150.0, 0.05].into_iter().any(is_plain));
    }
}
