//! A rule set as it stands from day to day: one edition for each stretch of days on which no parameter changes.
//!
//! Every edition is a whole rule set, judged by itself. An assessment gets the one of its period's last day.

use std::collections::BTreeMap;

use super::in_force::in_time;
use super::rule_set::RuleSet;
use crate::assessment::{Day, Declared, Period};
use crate::diagnostic::{Code, Problem, Problems};

/// What was read of a rule set.
pub struct LoadedRules {
    /// The evidence that it declares, as far as it could be read.
    pub evidence: Option<BTreeMap<String, Declared>>,
    /// The rule set at every day for which it has values; none where something in it is wrong.
    pub rules: Option<Editions>,
}

/// A rule set at every day for which its parameters have values; just one where it has no parameters.
#[derive(Debug)]
pub struct Editions {
    latest: RuleSet,
    /// Those before it, the latest first.
    earlier: Vec<RuleSet>,
}

impl Editions {
    /// These editions, the earliest first; none where there are none.
    pub(super) fn new(mut editions: Vec<RuleSet>) -> Option<Self> {
        let latest = editions.pop()?;
        editions.reverse();
        Some(Self { latest, earlier: editions })
    }

    /// The one with the latest values. In all but the values the others are the same.
    pub fn latest(&self) -> &RuleSet {
        &self.latest
    }

    /// The one with the latest values, by itself.
    pub fn into_latest(self) -> RuleSet {
        self.latest
    }

    /// The one with the values in force on a day; none where a parameter has none yet.
    pub fn on(&self, day: Day) -> Option<&RuleSet> {
        self.all().find(|rules| holds(rules, day))
    }

    /// The edition for a day as [`Editions::on`] finds it, for whoever keeps no other.
    pub fn into_on(self, day: Day) -> Option<RuleSet> {
        [self.latest].into_iter().chain(self.earlier).find(|rules| holds(rules, day))
    }

    /// The one for a period: with the values in force on its last day. What a reader should know of them goes to
    /// `problems`, or which parameter has none yet.
    pub fn for_period(self, period: Period, problems: &mut Problems) -> Option<RuleSet> {
        problems.extend(self.not_yet(period).into());
        let rules = self.into_on(period.last_day())?;
        in_time(&rules, period, problems);
        Some(rules)
    }

    /// Parameters that have no value yet when a period ends.
    pub fn not_yet(&self, period: Period) -> Vec<Problem> {
        let day = period.last_day();
        let late = self.latest.parameters.iter().filter(|parameter| parameter.on(day).is_none());
        let told = late.filter_map(|parameter| {
            let first = parameter.values.first()?;
            let name = &parameter.name;
            let message = format!("`{name}` has no value yet on {day}, the last day of the period, {period}");
            let help = format!("its first value is from {}: add the one before it, with its source", first.from);
            Some(Problem::new(Code::NoValueYet, message).at(first.place.clone()).help(help))
        });
        told.collect()
    }

    fn all(&self) -> impl Iterator<Item = &RuleSet> {
        [&self.latest].into_iter().chain(&self.earlier)
    }
}

fn holds(rules: &RuleSet, day: Day) -> bool {
    rules.since.is_none_or(|since| since <= day)
}
