//! Whether the weights in the rules are those that the recorded answers give.

use super::swing::to_six_decimals;
use super::{Answers, Elicited, HowAsked, elicit, load, swing};
use crate::diagnostic::{Code, Problem, Problems};
use crate::files::Files;
use crate::rules::{Combined, RuleSet, WeightMethod, WeightsOrigin};
use crate::stats::Estimate;
use crate::words::{fixed, listed};

const ASK_AGAIN: &str = "a weight belongs to its range: ask again about these";

/// What no longer is as it was recorded: answers that are gone or others, weights that do not follow from them, swings
/// that were asked about other measures. Nothing where no origin is recorded, or weights were learnt: then there are no
/// answers.
pub fn changed_since_recorded(files: &dyn Files, rules: &RuleSet) -> Problems {
    let mut found = Problems::default();
    let Some(origin) = rules.origin.as_ref().filter(|origin| origin.method != WeightMethod::Learnt) else {
        return found;
    };
    let how = HowAsked { method: Some(origin.method), combined: origin.combined };
    let mut unread = Problems::default();
    if let Some(answers) = load(files, &origin.path, rules, how, Some(&origin.place), &mut unread) {
        check_answers(rules, origin, &answers, &mut found);
    } else {
        let why = unread.iter().next().map(|problem| problem.message.clone()).unwrap_or_default();
        let message = format!("the answers that the weights come from can no longer be read: {why}");
        let help = "put the file back, or work out the weights again with `elicit`";
        found.push(Problem::new(Code::AnswersChanged, message).at(origin.place.clone()).help(help));
    }
    found
}

fn check_answers(rules: &RuleSet, origin: &WeightsOrigin, answers: &Answers, found: &mut Problems) {
    let warning = |code, message: String, help: &str| Problem::new(code, message).at(origin.place.clone()).help(help);
    if let Some(other) = other_than_recorded(origin, answers) {
        let message = format!("the answers are not those that were recorded: {other}");
        let help = "work out the weights again with `elicit --write`, or put the old answers back";
        found.push(warning(Code::AnswersChanged, message, help));
    }
    let elicited = elicit(rules, answers);
    let differ = differing(&elicited);
    if !differ.is_empty() {
        let message = format!("the weights are not those that the answers give: {}", listed(&differ));
        let help = "write them with `prioritise elicit … --write`; if they were changed on purpose, take `[weights]` out and say \
                    why in `weights_because`";
        found.push(warning(Code::WeightsDiffer, message, help));
    }
    let moved = moved_ranges(rules, answers);
    if !moved.is_empty() {
        found.push(warning(Code::RangeChanged, ranges_words(&moved), ASK_AGAIN));
    }
}

/// What people should look at again before their answers become weights: comparisons that contradict each other, and
/// swings that were asked about other measures.
pub fn warnings(elicited: &Elicited<'_>) -> Problems {
    let mut found = Problems::default();
    let (rules, answers) = (elicited.rules, elicited.answers);
    let mut tell = |code, message: String, help: &str| {
        let problem = Problem::new(code, message).help(help);
        found.push(match &answers.place {
            Some(place) => problem.at(place.clone()),
            None => problem,
        });
    };
    for of in &elicited.rounds {
        let words = of.round.words(rules);
        let by = |number: &usize| answers.people.get(*number).map_or("", |person| &*person.by);
        let each = of.checks.iter().zip(of.people.iter().map(by));
        for (check, whose) in each.chain(of.combined_check.as_ref().map(|check| (check, "everyone together"))) {
            if let (true, Some(ratio)) = (check.is_too_inconsistent(), check.consistency.ratio) {
                let ratio = fixed(ratio, 3);
                let message =
                    format!("the comparisons of {words} by {whose} contradict each other: a ratio of {ratio}");
                tell(Code::InconsistentAnswers, message, "up to 0.10 is acceptable; discuss the least consistent one");
            }
        }
    }
    let moved = moved_ranges(rules, answers);
    if !moved.is_empty() {
        tell(Code::RangeChanged, ranges_words(&moved), ASK_AGAIN);
    }
    found
}

fn ranges_words(moved: &[String]) -> String {
    format!("swings were asked about other measures than the rules now have: {}", listed(moved))
}

/// In what the answers are not what the origin says.
fn other_than_recorded(origin: &WeightsOrigin, answers: &Answers) -> Option<String> {
    let mut said = origin.people.clone();
    let mut given: Vec<String> = answers.people.iter().map(|person| person.by.clone()).collect();
    said.sort();
    given.sort();
    let combined: Option<Combined> = Some(answers.combined).filter(|_| given.len() > 1);
    if said != given {
        return Some(format!("they are of {}", listed(&given)));
    }
    if origin.method != answers.method {
        return Some(format!("their method is `{}`", answers.method.word()));
    }
    if origin.combined != combined {
        return Some(format!("they are combined by the `{}`", answers.combined.word()));
    }
    if Some(origin.date) != answers.date() {
        return Some(format!("the last is of {}", answers.date().map(|date| date.to_string()).unwrap_or_default()));
    }
    (origin.digest != answers.digest).then(|| format!("their digest is {}", answers.digest))
}

/// The items whose weights are others, with what the answers give them. Weights on another scale in the same
/// proportions are the same.
fn differing(elicited: &Elicited<'_>) -> Vec<String> {
    let mut differ = Vec::new();
    for found in &elicited.rounds {
        let ids = found.round.ids(elicited.rules);
        for ((id, now), new) in ids.iter().zip(&found.current).zip(&found.combined) {
            if now != new {
                differ.push(format!(
                    "`{id}` has {} and would have {}",
                    elicited.weight_text(*now),
                    elicited.weight_text(*new)
                ));
            }
        }
    }
    differ
}

/// The criteria whose swings were asked about other measures, with those.
fn moved_ranges(rules: &RuleSet, answers: &Answers) -> Vec<String> {
    let moved = |(criterion, asked): (&usize, &(f64, f64))| {
        let rule = rules.criteria.get(*criterion)?;
        let shown = |measure: f64| rule.figure_to(Estimate::exact(measure), 6);
        let words = |(from, to): (f64, f64)| format!("{} to {}", shown(from), shown(to));
        let now = swing(rule).measures().map(|(from, to)| (to_six_decimals(from), to_six_decimals(to)));
        let now_words =
            now.map_or_else(|| "the rules have none".to_owned(), |now| format!("the rules have {}", words(now)));
        (now != Some(*asked)).then(|| format!("`{}` was asked from {}, {now_words}", rule.id, words(*asked)))
    };
    answers.ranges.iter().filter_map(moved).collect()
}
