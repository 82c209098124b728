//! The names that an expression may read, and what to say of one that is not among them.

use std::collections::BTreeMap;

use crate::assessment::{Declared, Levels};
use crate::diagnostic::{Code, did_you_mean, nearest};
use crate::rules::Amount;

/// The variables that an expression may read.
#[derive(Debug, Clone)]
pub struct Variables<'a> {
    pub(super) names: Vec<&'a str>,
    evidence: bool,
    pub(super) parameters: Vec<(&'a str, &'a Amount)>,
    /// Those that are words of a list.
    pub(super) levels: Vec<(&'a str, &'a Levels)>,
    /// The criteria whose answers and values are seen, by id, and under which names.
    pub(super) answers: (&'a [&'a str], Vec<&'a str>),
}

impl<'a> Variables<'a> {
    /// Names of which none is evidence.
    pub fn named(names: &[&'a str]) -> Self {
        Self {
            names: names.to_vec(),
            evidence: false,
            parameters: Vec::new(),
            levels: Vec::new(),
            answers: (&[], Vec::new()),
        }
    }

    /// The evidence that the rule set declares.
    pub fn declared(evidence: &'a BTreeMap<String, Declared>) -> Self {
        let levels = |(name, declared): (&'a String, &'a Declared)| Some((&**name, declared.settings.levels.as_ref()?));
        Self {
            names: evidence.keys().map(String::as_str).collect(),
            evidence: true,
            parameters: Vec::new(),
            levels: evidence.iter().filter_map(levels).collect(),
            answers: (&[], Vec::new()),
        }
    }

    /// With more names, which are not evidence either.
    #[must_use]
    pub fn and(mut self, more: &[&'a str]) -> Self {
        self.names.extend(more);
        self
    }

    /// With more of them that are words of a list.
    #[must_use]
    pub fn with_levels(mut self, more: impl IntoIterator<Item = (&'a str, &'a Levels)>) -> Self {
        self.levels.extend(more);
        self
    }

    /// With what is seen of these criteria, under these names.
    #[must_use]
    pub fn with_answers(mut self, criteria: &'a [&'a str], names: &[&'a str]) -> Self {
        self.names.extend(names);
        self.answers = (criteria, names.to_vec());
        self
    }

    /// These and parameters, which have the same value throughout.
    #[must_use]
    pub fn with(mut self, parameters: impl IntoIterator<Item = (&'a str, &'a Amount)>) -> Self {
        self.parameters.extend(parameters);
        self
    }

    pub(super) fn all(&self) -> impl Iterator<Item = &'a str> {
        self.names.iter().copied().chain(self.parameters.iter().map(|(name, _)| *name))
    }

    /// What to say of a name that is not among them.
    pub(super) fn unknown(&self, name: &str) -> (Code, String, String) {
        let help = did_you_mean(name, self.all());
        if self.evidence {
            let message = format!("the rule set declares no evidence `{name}`");
            let declare = format!("declare it under `[evidence.{name}]`");
            let help = match nearest(name, self.all()) {
                Some(_) => format!("{help} If not, {declare}"),
                None => format!("{declare}; {help}"),
            };
            return (Code::UndeclaredEvidence, message, help);
        }
        (Code::ScriptUnknownName, format!("there is no variable `{name}`"), help)
    }
}
