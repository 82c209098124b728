//! Every edition of a rule set, judged: with the values that its parameters have on some day in place of their names.
//!
//! So a value of years ago that makes no sense is told, too. What is wrong in every edition is told once.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use crate::assessment::{Day, Declared};
use crate::diagnostic::{Code, Place, Problem, Problems, Severity, SourceFile, did_you_mean};
use crate::rules::editions::{Editions, LoadedRules};
use crate::rules::format::RuleSetFile;
use crate::rules::shape::WrittenValueFunction;
use crate::rules::{Amount, DatedAmount, Parameter, ParameterUse, RuleSet};
use crate::toml_file::{At, LostKeys};
use crate::words::{joined, number, typed_number, whole};

/// The most days on which an edition can begin: each is judged whole.
const MOST_DAYS: usize = 200;

/// What stands before the values that a problem comes from.
const WHERE: &str = ", where ";

/// A rule set file with numbers in place of parameters' names.
pub(super) struct Edition {
    pub(super) file: RuleSetFile,
    /// The first day on which every parameter has its value here; none where there are no parameters.
    pub(super) since: Option<Day>,
    /// What each parameter is here. One that is wrong is any number.
    pub(super) values: BTreeMap<String, Amount>,
    /// Which parameter stands in which setting.
    pub(super) uses: Vec<(ParameterUse, String)>,
    /// The settings that name parameters: where, and which.
    settings: Vec<(ParameterUse, Range<usize>, String)>,
}

impl Edition {
    /// The names in its tables, which expressions can ask for as fields.
    pub(super) fn keys(&self) -> impl Iterator<Item = String> {
        let tables = self.values.values().filter_map(|value| match value {
            Amount::Table(table) => Some(table),
            Amount::Number(_) => None,
        });
        tables.flat_map(|table| table.keys().cloned())
    }

    fn new(file: &RuleSetFile, parameters: &[Parameter], since: Option<Day>) -> Self {
        let on = |parameter: &Parameter| since.and_then(|day| parameter.on(day)).map(|dated| dated.value.clone());
        let value = |it: &Parameter| (it.name.clone(), on(it).unwrap_or_else(|| any_of(it)));
        let values: BTreeMap<String, Amount> = parameters.iter().map(value).collect();
        let mut edition = Self { file: file.clone(), since, values, uses: Vec::new(), settings: Vec::new() };
        let sound: BTreeSet<&str> =
            parameters.iter().filter(|it| !it.values.is_empty()).map(|it| it.name.as_str()).collect();
        for (by, setting) in edition.file.settings() {
            let Some(name) = setting.value.parameter.clone() else { continue };
            if let (Some(Amount::Number(number)), true) = (edition.values.get(&name), sound.contains(&*name)) {
                setting.value.number = *number;
            }
            edition.uses.push((by, name.clone()));
            edition.settings.push((by, setting.span.clone(), name));
        }
        edition
    }
}

/// What stands in for a parameter that is wrong, so that the rest can be judged.
fn any_of(parameter: &Parameter) -> Amount {
    parameter.values.first().map_or(Amount::Number(1.0), |dated| dated.value.clone())
}

/// The evidence that an edition declares, and its rule set where nothing in it is wrong.
pub(super) type JudgedEdition = (BTreeMap<String, Declared>, Option<RuleSet>);

/// All editions, each judged by `judge`.
pub(super) fn judged(
    parameters: &[Parameter],
    file: &RuleSetFile,
    lost: &LostKeys,
    source: &Arc<SourceFile>,
    judge: impl Fn(&Edition, &mut Problems) -> JudgedEdition,
    problems: &mut Problems,
) -> LoadedRules {
    let mut days = days(parameters);
    if days.len() > MOST_DAYS {
        let message = format!("parameters change on {} days, and {MOST_DAYS} is the most", whole(days.len()));
        let place = parameters.first().map(|parameter| parameter.place.clone());
        let help = "take out the values for years that are no longer ranked";
        let problem = Problem::new(Code::BadParameter, message).help(help);
        problems.push(place.into_iter().fold(problem, Problem::at));
        days.drain(..days.len() - 1);
    }
    let editions: Vec<Edition> = days.into_iter().map(|since| Edition::new(file, parameters, since)).collect();
    if let Some(latest) = editions.last() {
        unknown(latest, file, parameters, lost, source, problems);
    }
    let mut told: Vec<Vec<Problem>> = Vec::new();
    let mut reads: Vec<JudgedEdition> = Vec::new();
    for edition in &editions {
        let mut found = Problems::default();
        reads.push(judge(edition, &mut found));
        told.push(found.iter().filter_map(|problem| edition.explained(problem, parameters)).collect());
    }
    let days: Vec<Option<Day>> = editions.iter().map(|edition| edition.since).collect();
    problems.extend(together(&days, &told).into());
    let evidence = reads.first().map(|(evidence, _)| evidence.clone());
    let rules: Option<Vec<RuleSet>> = reads.into_iter().map(|(_, rules)| rules).collect();
    if let Some(latest) = rules.as_ref().and_then(|rules| rules.last()).filter(|_| !problems.has_errors()) {
        unused(&latest.parameters, problems);
    }
    LoadedRules { evidence, rules: rules.and_then(Editions::new) }
}

/// The days on which an edition begins: those on which some parameter changes, from when all have a value.
fn days(parameters: &[Parameter]) -> Vec<Option<Day>> {
    let from = |parameter: &Parameter| parameter.values.first().map(|dated| dated.from);
    let Some(first) = parameters.iter().filter_map(from).max() else { return vec![None] };
    let all = parameters.iter().flat_map(|parameter| &parameter.values).map(|dated| dated.from);
    let days: BTreeSet<Day> = all.filter(|day| *day >= first).collect();
    days.into_iter().map(Some).collect()
}

/// Notes settings that name what is no parameter, or one that is a table.
fn unknown(
    edition: &Edition,
    file: &RuleSetFile,
    parameters: &[Parameter],
    lost: &LostKeys,
    source: &Arc<SourceFile>,
    problems: &mut Problems,
) {
    for (_, span, name) in &edition.settings {
        let place = Place::new(source, span.clone());
        match edition.values.get(name) {
            None if lost.has_lost_table => {}
            None => {
                let message = format!("there is no parameter `{name}`");
                let plain = typed_number(name).map_or_else(|| name.clone(), |(plain, _)| plain);
                let help = match file.parameter.is_empty() {
                    _ if plain.parse::<f64>().is_ok() => format!("write the number without quotes: {plain}"),
                    true => format!("write a number, or declare it under `[parameter.{name}]`"),
                    false => {
                        let others = did_you_mean(name, parameters.iter().map(|parameter| &*parameter.name));
                        format!("write a number, or name a parameter: {others}")
                    }
                };
                problems.push(Problem::new(Code::UnknownId, message).at(place).help(help));
            }
            Some(Amount::Table(_)) => {
                let line = parameters.iter().find(|it| it.name == *name).map_or(0, |it| line_of(&it.place));
                let message = format!("a number is needed, and the parameter `{name}` (line {line}) is a table");
                let help = "name a parameter that is a number; an expression can read one number of a table";
                problems.push(Problem::new(Code::BadParameter, message).at(place).help(help));
            }
            Some(Amount::Number(_)) => {}
        }
    }
}

fn line_of(place: &Place) -> usize {
    place.source.line(place.span.start)
}

impl Edition {
    /// A problem with the values of the parameters that it comes from; none where it comes from a parameter that is
    /// wrong itself, which is told.
    fn explained(&self, problem: &Problem, parameters: &[Parameter]) -> Option<Problem> {
        let Some(place) = &problem.place else { return Some(problem.clone()) };
        if problem.code.severity() != Severity::Error {
            return Some(problem.clone());
        }
        let behind = self.behind(problem.code, &place.span);
        let value = |name: &String| {
            let parameter = parameters.iter().find(|parameter| parameter.name == *name)?;
            let dated = parameter.on(self.since?)?;
            matches!(dated.value, Amount::Number(_)).then(|| said(parameter, dated))
        };
        let said: Option<Vec<String>> = behind.iter().map(value).collect();
        let said = said?;
        let mut problem = problem.clone();
        if !said.is_empty() {
            problem.message = format!("{}{WHERE}{}", problem.message, joined(&said));
        }
        Some(problem)
    }

    /// The parameters that a problem at `span` can come from: named there, or in what it is judged together with.
    fn behind(&self, code: Code, span: &Range<usize>) -> BTreeSet<String> {
        let value_of = || {
            let values = self.file.criterion.iter().map(|criterion| &criterion.value.value);
            let function =
                |value: &&At<WrittenValueFunction>| value.span.start <= span.start && span.end <= value.span.end;
            values.filter(function).map(|value| value.span.clone()).next().unwrap_or_default()
        };
        let within = |outer: &Range<usize>, inner: &Range<usize>| outer.start <= inner.start && inner.end <= outer.end;
        let concerns = |by: ParameterUse, setting: &Range<usize>| match code {
            Code::BadValueFunction => within(&value_of(), setting),
            Code::BadTiers => matches!(by, ParameterUse::Tier(_)),
            Code::WeightsAllZero => self.is_weight(setting),
            _ => within(span, setting) && setting.len() == span.len(),
        };
        let settings = self.settings.iter().filter(|(by, setting, _)| concerns(*by, setting));
        settings.map(|(.., name)| name.clone()).collect()
    }

    /// Whether a setting is the weight of a criterion or group.
    fn is_weight(&self, setting: &Range<usize>) -> bool {
        let of_criteria = self.file.criterion.iter().filter_map(|criterion| criterion.value.weight.as_ref());
        let of_groups = self.file.group.iter().filter_map(|group| group.value.weight.as_ref());
        of_criteria.chain(of_groups).any(|weight| weight.span == *setting)
    }
}

fn said(parameter: &Parameter, dated: &DatedAmount) -> String {
    let shown = match &dated.value {
        Amount::Number(value) => number(*value, 6),
        Amount::Table(_) => "a table".to_owned(),
    };
    format!("`{}` is {shown} from {} (line {})", parameter.name, dated.from, line_of(&dated.place))
}

/// The problems of all editions, that begin on these days, each once. Of what is wrong in some only, and names no parameter,
/// it is said in which.
fn together(days: &[Option<Day>], told: &[Vec<Problem>]) -> Vec<Problem> {
    let mut editions_with: BTreeMap<WhatAndWhere<'_>, usize> = BTreeMap::new();
    for found in told {
        for problem in found.iter().map(what_and_where).collect::<BTreeSet<_>>() {
            *editions_with.entry(problem).or_default() += 1;
        }
    }
    let mut all = Vec::new();
    for (day, found) in days.iter().zip(told) {
        for problem in found {
            // Taken out, so that it is told once.
            let Some(count) = editions_with.remove(&what_and_where(problem)) else { continue };
            let everywhere = count == told.len();
            let since = day.filter(|_| !everywhere && !problem.message.contains(WHERE));
            let suffix = since.map_or_else(String::new, |day| format!(", as the parameters stand from {day}"));
            let mut problem = problem.clone();
            problem.message.push_str(&suffix);
            all.push(problem);
        }
    }
    all
}

/// Code, file, stretch and message: what is proposed may differ with the values, and it is one problem.
type WhatAndWhere<'p> = (Code, Option<(&'p str, usize, usize)>, &'p str);

fn what_and_where(problem: &Problem) -> WhatAndWhere<'_> {
    let place = problem.place.as_ref().map(|place| (&*place.source.name, place.span.start, place.span.end));
    (problem.code, place, &problem.message)
}

/// Notes parameters that nothing reads.
fn unused(parameters: &[Parameter], problems: &mut Problems) {
    for parameter in parameters.iter().filter(|parameter| parameter.used_by.is_empty()) {
        let message = format!("nothing reads the parameter `{}`", parameter.name);
        let help = "read it in an expression, name it where a number stands, or take it out";
        problems.push(Problem::new(Code::UnreadDeclaration, message).at(parameter.place.clone()).help(help));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_in_every_edition_is_told_once_and_what_is_wrong_in_one_with_its_day() {
        let source = Arc::new(SourceFile::new("ruleset.toml", "a = 1\n".repeat(20_000)));
        // Compared with each other one by one they would take minutes.
        let problem = |number: usize, message: &str| {
            Problem::new(Code::BadValue, message).at(Place::new(&source, number * 6..number * 6 + 5))
        };
        let everywhere = || (0..20_000).map(|number| problem(number, "wrong"));
        let days = ["2019-04-01", "2020-04-01", "2021-04-01"].map(Day::parse);
        let told = [
            everywhere().collect::<Vec<_>>(),
            everywhere().chain([problem(7, "wrong here"), problem(8, "wrong, where `a` is 1")]).collect(),
            everywhere().collect(),
        ];
        let all = together(&days, &told);
        let said: Vec<&str> = all.iter().skip(19_999).map(|problem| &*problem.message).collect();
        assert_eq!(said, ["wrong", "wrong here, as the parameters stand from 1 April 2020", "wrong, where `a` is 1"]);
    }
}
