//! Resources, actions and conditions judged together: what they name is there, no number is below zero, and no action needs
//! itself. A file for each kind of table.

mod action;
mod basis;
mod condition;
mod figure;
mod resource;

use toml::Value;

use super::super::format::PlanFile;
use super::super::options::{Options, Worth};
use super::named::Filed;
use crate::assessment::digest::canonical_digest;
use crate::assessment::judging::needs;
use crate::assessment::references::References;
use crate::diagnostic::{Code, did_you_mean};
use crate::toml_file::{At, Checker};

/// The most actions of a plan.
const MOST_ACTIONS: usize = 1_000;

/// What can be chosen; none where the plan has no actions, or something in it stops it.
pub(in crate::assessment::plan::validate) fn judge(
    check: &mut Checker<'_>,
    references: &References<'_>,
    filed: &Filed<'_>,
    file: &PlanFile,
    content: &toml::Table,
) -> Option<Options> {
    if file.action.is_empty() && file.resource.is_empty() && file.condition.is_empty() && file.plan.worth.is_none() {
        return None;
    }
    let mut judging = Judging { check, references, filed };
    let resources = judging.resources(&file.resource);
    // The money of a plan that is reviewed: there is nothing to choose.
    if file.action.is_empty() && file.condition.is_empty() && file.plan.worth.is_none() {
        return None;
    }
    let actions = judging.actions(&file.action, &resources);
    let conditions = judging.conditions(&file.condition, &actions);
    let worth = needs(judging.check, "worth", file.plan.worth.as_ref(), &file.plan.title.span);
    let worth = worth.filter(|worth| judging.check.text(worth, "the worth").is_some());
    let source = std::sync::Arc::clone(judging.check.source);
    let worth = worth.map(|code| Worth { code: code.clone(), source });
    if actions.is_empty() && !judging.check.lost.has_lost_table {
        let message = "the plan has nothing to choose from";
        judging.check.problem(
            Code::MissingKey,
            &file.plan.title.span,
            message,
            "add an `[[action]]` for each thing that could be done",
        );
    }
    if actions.len() > MOST_ACTIONS {
        let message = format!("the plan has {} actions, and {MOST_ACTIONS} is the most", actions.len());
        judging.check.problem(
            Code::BadValue,
            &file.plan.title.span,
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
            let mut told: Vec<String> = items.iter().map(canonical_digest).collect();
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
