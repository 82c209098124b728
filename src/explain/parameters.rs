//! The parameters that the rules read: what each was, since when, who says so, and what reads it.

use crate::rules::{DatedAmount, Parameter, ParameterUse, RuleSet};
use crate::words::{listed, lower_title};

/// A parameter, as the rules read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParameterInForce {
    /// What the rules call it for readers.
    pub title: String,
    /// Its value with its unit.
    pub value: String,
    /// The day from which it holds.
    pub from: String,
    /// Who says so and where.
    pub source: String,
    /// What reads it, in words.
    pub read_by: String,
}

impl ParameterInForce {
    /// All but what reads it, in a line.
    pub fn line(&self) -> String {
        format!("{}: {}, from {} ({})", self.title, self.value, self.from, self.source)
    }
}

/// The parameters read by what `wanted` says, each once, by name.
pub fn parameters_in_force(rules: &RuleSet, wanted: impl Fn(ParameterUse) -> bool) -> Vec<ParameterInForce> {
    let read = rules.in_force().filter(|(parameter, _)| parameter.used_by.iter().any(|by| wanted(*by)));
    read.map(|(parameter, dated)| told(parameter, dated, rules)).collect()
}

fn told(parameter: &Parameter, dated: &DatedAmount, rules: &RuleSet) -> ParameterInForce {
    let readers: Vec<String> = parameter.used_by.iter().map(|by| reader(*by, rules)).collect();
    ParameterInForce {
        title: parameter.title.clone(),
        value: parameter.shown(&dated.value),
        from: dated.from.to_string(),
        source: dated.source.clone(),
        read_by: listed(&readers),
    }
}

fn reader(by: ParameterUse, rules: &RuleSet) -> String {
    let titled = |what: &str, title: Option<&String>| {
        title.map_or_else(|| what.to_owned(), |title| format!("{what} “{}”", lower_title(title)))
    };
    match by {
        ParameterUse::Combine => "the total".to_owned(),
        ParameterUse::Group(number) => titled("the weight of the group", rules.groups.get(number).map(|it| &it.title)),
        ParameterUse::Criterion(number) => titled("the question", rules.criteria.get(number).map(|it| &it.title)),
        ParameterUse::Gate(number) => titled("the gate", rules.gates.get(number).map(|it| &it.title)),
        ParameterUse::Tier(number) => titled("the tier", rules.tiers.get(number).map(|it| &it.title)),
    }
}
