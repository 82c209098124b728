//! Changes in words.

use super::{AnswerChange, Goal, MIN_PART, PlaceChange, WeightsChange};
use crate::explain::gates::questions_read_by;
use crate::rules::{Criterion, Gate, RuleSet};
use crate::scoring::{Fixed, Ranking};
use crate::words::{counted, either, listed, lower_title, number, with_unit};

/// How many changes of one weight are told: the smallest ones.
const MAX_WEIGHTS: usize = 3;

/// A change as sentences: where to, then one weight, all weights, one answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeSentences {
    /// Where to: `To be in "Priority"`.
    pub goal: String,
    /// What one weight would do.
    pub weight: String,
    /// What all weights together would do.
    pub weights: String,
    /// What one answer would do.
    pub answers: String,
}

/// What `changes` of one candidate say. Goals that the same changes lead to are told as one.
pub fn change_sentences<'c>(
    changes: impl IntoIterator<Item = &'c PlaceChange>,
    ranking: &Ranking<'_>,
) -> Vec<ChangeSentences> {
    let rules = ranking.rules;
    let mut found: Vec<(Vec<String>, [String; 3])> = Vec::new();
    for change in changes {
        let goal = goal(change.goal, ranking);
        let told = [one_weight(change, rules), all_weights(&change.weights, rules), one_answer(change, rules)];
        match found.iter_mut().find(|(_, same)| *same == told) {
            Some((goals, _)) => goals.push(goal),
            None => found.push((vec![goal], told)),
        }
    }
    let told = |(goals, [weight, weights, answers]): (Vec<String>, [String; 3])| ChangeSentences {
        goal: format!("To {}", listed(&goals)),
        weight,
        weights,
        answers,
    };
    found.into_iter().map(told).collect()
}

/// What follows "To".
fn goal(goal: Goal, ranking: &Ranking<'_>) -> String {
    let title = |candidate: usize| ranking.assessment.candidates.get(candidate).map_or("", |about| &*about.title);
    let tier = ranking.rules.tiers.first().map_or("", |tier| &*tier.title);
    match goal {
        Goal::Enter => format!("be in \"{tier}\""),
        Goal::Leave => format!("leave \"{tier}\""),
        Goal::Pass(other) => format!("pass {}", title(other)),
        Goal::FallBehind(other) => format!("fall behind {}", title(other)),
    }
}

fn title(rules: &RuleSet, criterion: usize) -> String {
    rules.weighed(criterion).map_or_else(String::new, |(_, title)| lower_title(title))
}

fn one_weight(change: &PlaceChange, rules: &RuleSet) -> String {
    let told: Vec<String> = change
        .weight
        .iter()
        .take(MAX_WEIGHTS)
        .map(|it| format!("{} at {} instead of {}", title(rules, it.criterion), it.to.trimmed(), it.from.as_weight()))
        .collect();
    let Some((last, first)) = told.split_last() else {
        return "No change to one weight alone that was tried would do it.".to_owned();
    };
    let list = if first.is_empty() { last.clone() } else { format!("{}, or {last}", first.join(", ")) };
    let is_weighed = |at: usize| at >= rules.criteria.len() || rules.earned(at).is_weighed();
    let has_a_weight = |at: &usize| is_weighed(*at) && !rules.weighs_beside(*at);
    let unable: Vec<String> = (0..rules.weights.shares().len())
        .filter(has_a_weight)
        .filter(|criterion| change.weight.iter().all(|it| it.criterion != *criterion))
        .map(|criterion| title(rules, criterion))
        .collect();
    let rest = match &*unable {
        [] => String::new(),
        _ => format!(" No weight that was tried for {} would.", either(&unable)),
    };
    let nearest = match change.weight.len().checked_sub(MAX_WEIGHTS) {
        Some(more @ 1..) => format!("; {} would have to change by more", counted(more, "other", "others")),
        _ => String::new(),
    };
    format!("One weight alone, the others in proportion: {list}{nearest}.{rest}")
}

fn all_weights(change: &WeightsChange, rules: &RuleSet) -> String {
    match change {
        WeightsChange::Impossible { looked_at } => {
            format!("No set of weights{} would do it.", of_which(*looked_at, rules))
        }
        WeightsChange::OnlyTied { looked_at } => {
            format!("No set of weights{} would do it: at best it would draw level.", of_which(*looked_at, rules))
        }
        WeightsChange::Unknown(why) => format!("What all weights together could do is not known, because {why}."),
        WeightsChange::Found { moved, least, shares } => {
            let moves: Vec<String> = rules
                .weights
                .shares()
                .iter()
                .zip(shares)
                .enumerate()
                .filter(|(_, (now, then))| now != then)
                .map(|(criterion, (now, then))| {
                    let fixed = |units: &i64| Fixed::new(*units, rules.fine_decimals());
                    format!("{} {} to {}", title(rules, criterion), fixed(now).as_weight(), fixed(then).trimmed())
                })
                .collect();
            let less = match least {
                Some(least) if least == moved => "; nothing less does".to_owned(),
                Some(least) => format!("; less than {} does not", least.trimmed()),
                None => "; whether less does is not known".to_owned(),
            };
            format!(
                "All weights together: moving {} of {} does it ({}){less}.",
                moved.trimmed(),
                rules.scale,
                moves.join("; ")
            )
        }
    }
}

/// Which sets of weights were looked at, behind what names them; nothing where all were.
pub(crate) fn of_which(looked_at: Option<Fixed>, rules: &RuleSet) -> String {
    let least = number(MIN_PART * f64::from(rules.scale), 6);
    looked_at.map_or_else(String::new, |_| {
        format!(" that leave each candidate at least {least} of {} for its answers", rules.scale)
    })
}

fn one_answer(change: &PlaceChange, rules: &RuleSet) -> String {
    format!("{}{}", one_answer_by_points(&change.answers, rules), beside_gates(change.goal, rules))
}

/// Gates read evidence, and answers were changed without it. They decide about tiers and never about ranks.
fn beside_gates(goal: Goal, rules: &RuleSet) -> String {
    let leads_there = |gate: &&Gate| match goal {
        Goal::Enter => gate.effect.includes(),
        Goal::Leave => gate.effect.band().is_some(),
        Goal::Pass(_) | Goal::FallBehind(_) => false,
    };
    let asked = questions_read_by(rules.gates.iter().filter(leads_there), rules);
    match &*asked {
        [] => String::new(),
        _ => format!(
            " That is by points alone: gates read the evidence on {} too, and with another answer there one of them \
             could decide.",
            listed(&asked)
        ),
    }
}

fn one_answer_by_points(answers: &[AnswerChange], rules: &RuleSet) -> String {
    let all_are_searched = rules.criteria.iter().all(Criterion::is_known_between_turns);
    if answers.is_empty() {
        return match all_are_searched {
            true => "No change to one answer alone would do it.".to_owned(),
            false => "No change to one answer alone that was tried would do it.".to_owned(),
        };
    }
    let one = |answer: &AnswerChange, criterion: &Criterion| {
        let shown = |measure: f64| criterion.figure(measure);
        let end = match (answer.is_end, answer.or_more, criterion.levels.is_some()) {
            (true, ..) => "",
            // Beyond it the total may turn back.
            _ if !criterion.goes_one_way() => "",
            (false, true, false) => " or more",
            (false, false, false) => " or less",
            (false, true, true) => " or higher",
            (false, false, true) => " or lower",
        };
        let now = answer.from.map_or_else(|| "missing now".to_owned(), |from| format!("{} now", shown(from)));
        format!(
            "{}: {}{end} ({now})",
            lower_title(&criterion.title),
            with_unit(&shown(answer.to), criterion.unit_behind())
        )
    };
    let told: Vec<String> =
        answers.iter().filter_map(|answer| Some(one(answer, rules.criteria.get(answer.criterion)?))).collect();
    let unable = |searched: bool| {
        let changed = |criterion: usize| answers.iter().any(|answer| answer.criterion == criterion);
        let asked = rules.criteria.iter().enumerate().filter(|(number, _)| !rules.weighs_beside(*number));
        let unable = asked.filter(|(number, _)| !changed(*number));
        let of_kind = unable.filter(|(_, criterion)| criterion.is_known_between_turns() == searched);
        of_kind.map(|(_, criterion)| lower_title(&criterion.title)).collect::<Vec<_>>()
    };
    let rest = [(true, "would"), (false, "that was tried would")].map(|(searched, would)| match &*unable(searched) {
        [] => String::new(),
        unable => format!(" No answer on {} {would}.", either(unable)),
    });
    format!("One answer alone: {}.{}", told.join("; "), rest.concat())
}
