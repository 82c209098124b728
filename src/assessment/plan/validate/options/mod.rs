//! Resources, actions and conditions judged together: what they name is there, no number is below zero, and no action needs
//! itself. A file for each kind of table.

mod action;
mod basis;
mod condition;
mod figure;
mod resource;

use toml::Value;

use super::super::format::{self, PlanFile};
use super::super::options::{Options, Worth};
use super::named::Filed;
use crate::assessment::digest::canonical_digest;
use crate::assessment::references::References;
use crate::diagnostic::{Code, did_you_mean};
use crate::toml_file::{At, Checker};

/// The most actions of a plan.
const MOST_ACTIONS: usize = 1_000;

/// Whether a plan is one to choose from: it says what is worth what, or its actions cost or serve something. Otherwise its
/// actions are only followed.
pub(in crate::assessment::plan::validate) fn to_choose(file: &PlanFile) -> bool {
    let is_option = |action: &At<format::Action>| {
        let action = &action.value;
        action.costs.as_ref().is_some_and(|costs| !costs.is_empty())
            || !action.serves.is_empty()
            || action.candidate.is_some()
    };
    file.plan.value.worth.is_some() || !file.condition.is_empty() || file.action.iter().any(is_option)
}

/// What can be chosen; none where there is nothing to choose from, or something in it stops it.
pub(in crate::assessment::plan::validate) fn judge(
    check: &mut Checker<'_>,
    references: &References<'_>,
    filed: &Filed<'_>,
    file: &PlanFile,
    content: &toml::Table,
) -> Option<Options> {
    let mut judging = Judging { check, references, filed };
    let resources = judging.resources(&file.resource);
    // The money and the actions of a plan that is reviewed: there is nothing to choose.
    if !to_choose(file) {
        return None;
    }
    let actions = judging.actions(&file.action, &resources);
    let conditions = judging.conditions(&file.condition, &actions);
    let worth = file.plan.value.worth.as_ref();
    if worth.is_none() && !judging.check.lost.has_lost_from(&file.plan.span) {
        let help = "add `worth = \"total\"` for its total in the list, or another expression over it: docs/plan.md";
        let message = "the key `worth` is missing: what a candidate is worth";
        judging.check.problem(Code::MissingKey, &file.plan.value.title.span, message, help);
    }
    let worth = worth.filter(|worth| judging.check.text(worth, "the worth").is_some());
    let source = std::sync::Arc::clone(judging.check.source);
    let worth = worth.map(|code| Worth { code: code.clone(), source });
    if actions.is_empty() && !judging.check.lost.has_lost_table {
        let message = "the plan has nothing to choose from";
        judging.check.problem(
            Code::MissingKey,
            &file.plan.value.title.span,
            message,
            "add an `[[action]]` for each thing that could be done",
        );
    }
    if actions.len() > MOST_ACTIONS {
        let message = format!("the plan has {} actions, and {MOST_ACTIONS} is the most", actions.len());
        judging.check.problem(
            Code::BadValue,
            &file.plan.value.title.span,
            message,
            "choose among fewer, such as those of one group",
        );
    }
    Some(Options { worth: worth?, resources, actions, conditions, digest: digest(content) })
}

/// The digest of what is chosen from, whatever the order of the tables.
fn digest(content: &toml::Table) -> String {
    let mut root = toml::Table::new();
    for key in ["resource", "action", "condition"] {
        if let Some(Value::Array(items)) = content.get(key) {
            let mut told: Vec<String> = items.iter().map(|item| canonical_digest(&without_progress(item))).collect();
            told.sort();
            root.insert(key.to_owned(), Value::Array(told.into_iter().map(Value::String).collect()));
        }
    }
    if let Some(Value::Table(plan)) = content.get("plan") {
        let kept = ["worth", "maximise", "period"].into_iter().filter_map(|key| Some((key, plan.get(key)?)));
        root.extend(kept.map(|(key, value)| (key.to_owned(), value.clone())));
    }
    canonical_digest(&Value::Table(root))
}

/// How far an action is changes nothing of what is chosen.
fn without_progress(item: &Value) -> Value {
    let mut item = item.clone();
    if let Value::Table(table) = &mut item {
        table.remove("progress");
        table.remove("formerly");
    }
    item
}

struct Judging<'j, 'c> {
    check: &'j mut Checker<'c>,
    references: &'j References<'j>,
    filed: &'j Filed<'j>,
}

impl Judging<'_, '_> {
    fn unknown<'a>(&mut self, named: &At<String>, what: &str, known: impl Iterator<Item = &'a str>) {
        if !self.check.lost.has_lost_table {
            let message = format!("{what} `{}`", named.value);
            self.check.problem(Code::UnknownId, &named.span, message, did_you_mean(&named.value, known));
        }
    }
}
