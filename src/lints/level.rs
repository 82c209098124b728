//! Confidence levels that surprise a reader: one that hardly anybody uses, and two in one list.

use std::collections::BTreeMap;

use super::finding::Finding;
use super::rule_file_places::RuleFilePlaces;
use crate::assessment::Figure;
use crate::diagnostic::{Code, quoted_list};
use crate::ranked::RankedAssessment;
use crate::rules::RuleSet;
use crate::stats::{Confidence, Estimate};
use crate::words::{counted, number};

/// Below it more than one difference in ten that is chance passes for one that is not.
const LOW: f64 = 0.9;
/// Above it little is ever beyond chance.
const HIGH: f64 = 0.99;

/// A level that hardly anybody uses.
pub(super) fn unusual(rules: &RuleSet, written: &RuleFilePlaces) -> Option<Finding> {
    let level = rules.confidence;
    let wrong = number((1.0 - level.level()) * 1000.0, 1);
    let consequence = match level.level() {
        low if low < LOW => format!("of 1,000 differences that are chance alone, {wrong} are told as beyond chance"),
        high if high > HIGH => "only very large differences are told as beyond chance".to_owned(),
        _ => return None,
    };
    let message = format!("the confidence level is {}: {consequence}", level.in_words());
    let help = "write 0.9, 0.95 or 0.99, as readers expect, or accept it with the reason";
    Some(Finding::new(Code::UnusualConfidence, &[], written.confidence(), message, help))
}

/// Intervals that documents print, which are of 95% and stay as printed, where the rule set declares another level.
pub(super) fn printed(report: &RankedAssessment<'_>, written: &RuleFilePlaces) -> Option<Finding> {
    let rules = report.rules;
    if rules.confidence == Confidence::default() {
        return None;
    }
    let mut found: BTreeMap<&str, usize> = BTreeMap::new();
    // Tables have no intervals but those of suppressed cells.
    let read = report
        .assessment
        .evidence
        .iter()
        .filter(|(name, it)| rules.evidence.contains_key(*name) && it.as_table().is_none());
    for (name, column) in read {
        let is_printed = |candidate: &usize| column.get(*candidate).is_some_and(|it| has_printed(&it.figure));
        let many = (0..report.assessment.candidates.len()).filter(is_printed).count();
        if many > 0 {
            found.insert(name, many);
        }
    }
    let names: Vec<&str> = found.keys().copied().collect();
    let (total, level) = (found.values().sum::<usize>(), rules.confidence.in_words());
    let message = format!(
        "{} that documents print, of {}, {} as {} beside those of {level} that are worked out",
        counted(total, "interval", "intervals"),
        quoted_list(&names),
        if total == 1 { "counts" } else { "count" },
        Confidence::default().in_words(),
    );
    let help = "leave `confidence` at 0.95, file what the figures are made of in place of their intervals, or accept it \
                with the reason";
    (!found.is_empty()).then(|| Finding::new(Code::PrintedInterval, &[], written.confidence(), message, help))
}

/// Whether a document or a person gave the interval.
fn has_printed(figure: &Figure) -> bool {
    let has = |estimate: &Estimate| estimate.interval.is_some();
    match figure {
        Figure::Rate(rate) => has(&rate.rate),
        Figure::Percentage(percentage) => has(&percentage.percentage),
        Figure::Number(figure) => has(&figure.0),
        _ => false,
    }
}
