//! Parameters, judged: names that nothing else has, days in order, numbers of one kind, each with its source.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use crate::assessment::Day;
use crate::diagnostic::{Code, Place};
use crate::rules::format::{self, DatedValue, RuleSetFile};
use crate::rules::judge::is_name;
use crate::rules::script::limits::MAX_MAP;
use crate::rules::script::{Expression, Library, ScriptChecker};
use crate::rules::{Amount, DatedAmount, Parameter, ParameterUse, RuleSet};
use crate::toml_file::{At, Checker};

/// Names that expressions read beside evidence and parameters.
const SPECIAL: [&str; 3] = ["measure", "value", "candidate"];

/// The parameters that the file declares, by name. One that is wrong is told and has no value.
pub(super) fn judged(check: &mut Checker<'_>, file: &RuleSetFile, scripts: &ScriptChecker) -> Vec<Parameter> {
    let taken = taken(check, file, scripts.library());
    let mut parameters = Vec::new();
    for (name, written) in &file.parameter {
        if is_name(check, name, &written.span) {
            clash(check, name, &written.span, scripts, &taken);
        }
        let title = check.text(&written.value.title, "the title").unwrap_or_default();
        parameters.push(Parameter {
            name: name.clone(),
            title,
            unit: written.value.unit.clone(),
            values: values(check, &written.value.values).unwrap_or_default(),
            used_by: BTreeSet::new(),
            place: check.place(&written.span),
        });
    }
    parameters
}

/// The names that parameters can't have, what each of them is, and where it stands.
fn taken(check: &Checker<'_>, file: &RuleSetFile, library: &Library) -> BTreeMap<String, (&'static str, Place)> {
    let mut taken = BTreeMap::new();
    let groups = file.group.iter().map(|group| ("a group", &group.value.id));
    let criteria = file.criterion.iter().map(|criterion| ("a criterion", &criterion.value.id));
    for (what, id) in groups.chain(criteria) {
        taken.insert(id.value.clone(), (what, check.place(&id.span)));
    }
    for (name, declared) in &file.evidence {
        taken.insert(name.clone(), ("the evidence", check.place(&declared.span)));
    }
    for script in &library.scripts {
        for function in script.functions.keys() {
            taken.insert(function.clone(), ("a function", script.place_of(function)));
        }
    }
    taken
}

fn clash(
    check: &mut Checker<'_>,
    name: &str,
    span: &Range<usize>,
    scripts: &ScriptChecker,
    taken: &BTreeMap<String, (&'static str, Place)>,
) {
    if let Some((what, first)) = taken.get(name) {
        check.duplicate(span, what, name, Some(first));
    } else if scripts.has_built_in(name) || SPECIAL.contains(&name) {
        let message = format!("`{name}` already means something in expressions");
        check.problem(Code::BadId, span, message, "give the parameter a name of its own");
    }
}

/// Values in the order of their days, all of one kind. What is wrong with any of them is told.
fn values(check: &mut Checker<'_>, written: &At<Vec<At<DatedValue>>>) -> Option<Vec<DatedAmount>> {
    if written.value.is_empty() && !check.lost.has_lost_table {
        let help = "add `{ from = \"2018-04-01\", value = 10, source = \"…\" }`";
        check.problem(Code::BadParameter, &written.span, "this parameter has no value", help);
        return None;
    }
    let before = check.problems.errors();
    let judged: Vec<Option<DatedAmount>> = written.value.iter().map(|value| dated(check, value)).collect();
    for (earlier, (later, written)) in judged.iter().flatten().zip(judged.iter().zip(&written.value).skip(1)) {
        if let Some(later) = later {
            in_order(check, earlier, later, written);
        }
    }
    let values = judged.into_iter().collect::<Option<Vec<DatedAmount>>>()?;
    (check.problems.errors() == before && !values.is_empty()).then_some(values)
}

fn dated(check: &mut Checker<'_>, written: &At<DatedValue>) -> Option<DatedAmount> {
    let value = &written.value;
    let from = day(check, &value.from);
    let amount = amount(check, &value.value);
    let source = check.text(&value.source, "the source");
    let review = value.review.as_ref().map(|review| day(check, review));
    if let (Some(from), Some(Some(review)), Some(written)) = (from, review, &value.review)
        && review < from
    {
        let message = format!("{review} is before {from}, when the value begins to apply");
        check.problem(Code::BadParameter, &written.span, message, "write the day by which it must be reviewed");
    }
    let review = review.map_or(Some(None), |review| review.map(Some))?;
    Some(DatedAmount { from: from?, value: amount?, source: source?, review, place: check.place(&written.span) })
}

fn day(check: &mut Checker<'_>, written: &At<String>) -> Option<Day> {
    let day = Day::parse(&written.value);
    if day.is_none() {
        let message = format!("`{}` is not a day", written.value);
        check.problem(Code::BadPeriod, &written.span, message, "write it as `\"2018-04-01\"`");
    }
    day
}

fn amount(check: &mut Checker<'_>, written: &At<format::WrittenAmount>) -> Option<Amount> {
    match &written.value {
        format::WrittenAmount::Number(number) => {
            let number = At { value: crate::toml_file::WrittenNumber(*number), span: written.span.clone() };
            check.finite(&number).map(Amount::Number)
        }
        format::WrittenAmount::Table(table) => {
            let numbers: Vec<Option<(String, f64)>> =
                table.iter().map(|(name, number)| Some((name.clone(), check.finite(number)?))).collect();
            if numbers.is_empty() || numbers.len() > MAX_MAP {
                let message = format!("a table can't have {} numbers", numbers.len());
                let help = format!("write from 1 to {MAX_MAP} numbers by name");
                check.problem(Code::BadParameter, &written.span, message, help);
                return None;
            }
            numbers.into_iter().collect::<Option<_>>().map(|table| Amount::Table(Arc::new(table)))
        }
    }
}

/// Notes a value that does not come after the one before it, or is of another kind.
fn in_order(check: &mut Checker<'_>, earlier: &DatedAmount, later: &DatedAmount, written: &At<DatedValue>) {
    let line = |place: &Place| place.source.line(place.span.start);
    let there = line(&earlier.place);
    if later.from <= earlier.from {
        let (message, help) = match later.from == earlier.from {
            true => (
                format!("there is already a value from {}, in line {there}", later.from),
                "take one of the two out, or give it the day from which it applies",
            ),
            false => (
                format!("{} does not come after {}, of the value before it in line {there}", later.from, earlier.from),
                "put the earliest value first",
            ),
        };
        check.problem(Code::BadParameter, &written.value.from.span, message, help);
    }
    if std::mem::discriminant(&earlier.value) != std::mem::discriminant(&later.value) {
        let is = |value: &Amount| match value {
            Amount::Number(_) => "a number",
            Amount::Table(_) => "a table",
        };
        let message = format!("this value is {}, and the one in line {there} {}", is(&later.value), is(&earlier.value));
        let help = "give the parameter numbers or tables, not both";
        check.problem(Code::BadParameter, &written.value.value.span, message, help);
    }
}

/// Fills in where a rule set reads each of its parameters: in settings, as told, and in expressions.
pub(super) fn used(rules: &mut RuleSet, settings: &[(ParameterUse, String)]) {
    let mut uses: Vec<(ParameterUse, String)> = settings.to_vec();
    uses.extend(uses_in_expressions(rules));
    let mut by_name: BTreeMap<String, BTreeSet<ParameterUse>> = BTreeMap::new();
    for (by, name) in uses {
        by_name.entry(name).or_default().insert(by);
    }
    for parameter in &mut rules.parameters {
        parameter.used_by = by_name.remove(&parameter.name).unwrap_or_default();
    }
}

fn uses_in_expressions(rules: &RuleSet) -> Vec<(ParameterUse, String)> {
    let mut uses = Vec::new();
    let mut note = |by: ParameterUse, expression: &Expression| {
        uses.extend(expression.parameters.iter().map(|(name, _)| (by, name.clone())));
    };
    rules.combine.expressions().for_each(|(_, total)| note(ParameterUse::Combine, total));
    for (number, criterion) in rules.criteria.iter().enumerate() {
        note(ParameterUse::Criterion(number), &criterion.measure);
        criterion.value.shape().expression().into_iter().for_each(|value| note(ParameterUse::Criterion(number), value));
        criterion.because.holes().for_each(|hole| note(ParameterUse::Criterion(number), hole));
    }
    for (number, gate) in rules.gates.iter().enumerate() {
        note(ParameterUse::Gate(number), &gate.when);
        gate.reason.holes().for_each(|hole| note(ParameterUse::Gate(number), hole));
    }
    uses
}
