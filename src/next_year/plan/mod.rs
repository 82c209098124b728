//! The plans that next year's assessment reviews: last year's, or, where none was filed, the priorities of its list; and
//! those that were reviewed and whose time is not over.

mod filed;
mod measures;
mod priorities;
mod reviewed;
mod written;

use toml::{Table, Value};

use super::asked::Asking;
use super::last::LastYear;
use crate::assessment::Period;
use crate::diagnostic::Problem;
use crate::files::join;
use crate::words::counted;
use filed::FiledPlan;
use measures::Measures;
use priorities::Priorities;
use reviewed::Reviewed;
use written::{asked_again, names, source};

/// The plans to review.
#[derive(Debug)]
pub(super) struct Review {
    /// The files, by name, in the order in which they are to be reviewed.
    pub(super) files: Vec<(String, String)>,
    /// What they were made of, in sentences.
    pub(super) told: Vec<String>,
}

impl Review {
    /// Last year's plan as it was filed, each measure without a figure asked for; or a plan of the priorities. With it the
    /// measures of last year's reviews: asked for again in the same file where their time is not over, else in the plan where
    /// that has none of its own.
    ///
    /// # Errors
    /// An assessment or plan that is not UTF-8.
    pub(super) fn of(last: &LastYear<'_>, asking: &Asking<'_>) -> Result<Self, Problem> {
        let main = last.text(super::file::MAIN)?.unwrap_or_default().parse::<Table>().unwrap_or_default();
        let header = main.get("assessment").and_then(Value::as_table);
        let named = header.and_then(|header| header.get("reviews")).and_then(Value::as_array);
        let named: Vec<String> =
            named.into_iter().flatten().filter_map(Value::as_str).map(|name| join(".", name)).collect();
        let reviewed = Reviewed::of(last, asking, &named)?;
        let name = free_name(last, asking.next);
        let plan = header.and_then(|header| header.get("plan")).and_then(Value::as_str).map(|name| join(".", name));
        let plan = match plan {
            Some(file) => last.text(&file)?.map(|text| (file, text)),
            None => None,
        };
        let mut told = Vec::new();
        let text = if let Some((file, text)) = plan {
            let plan = FiledPlan::of(last, asking, &text);
            told.push(format!("To review: last year's plan, `{file}`, as `{name}`{}.", plan.told()));
            plan.with(last, asking, &reviewed, &mut told, &name)
        } else {
            of_the_list(last, asking, &reviewed, &mut told, &name)
        };
        told.extend(reviewed.told);
        let files = [(name, text)].into_iter().chain(reviewed.files).collect();
        Ok(Self { files, told })
    }
}

/// A plan of what last year's list chose, with the measures of last year's reviews.
fn of_the_list(
    last: &LastYear<'_>,
    asking: &Asking<'_>,
    reviewed: &Reviewed<'_>,
    told: &mut Vec<String>,
    name: &str,
) -> String {
    let priorities = Priorities::of(last.ranked);
    told.push(format!(
        "To review: {} in `{name}`, {}. Name there the measures by which they are judged.",
        counted(priorities.list.len(), "priority", "priorities"),
        priorities.from
    ));
    let ids: Vec<&str> = priorities.list.iter().map(|priority| priority.id.as_str()).collect();
    let measures = Measures { last, asking, source: source(last), priorities: &ids };
    let (ended, count) = measures.of_last_year(&reviewed.ended);
    told.extend((count > 0).then(|| asked_again(count, name)));
    let suggested = measures.suggested(priorities.candidates.iter().copied(), &reviewed.ended);
    format!("{}{ended}{suggested}", priorities.plan(last, asking.next))
}

/// The name of a file that last year's folder does not have, after the period of last year's plan, or of what is to come.
fn free_name(last: &LastYear<'_>, next: Period) -> String {
    let period = last.ranked.assessment.plan.as_ref().map_or(next, |plan| plan.period);
    let year = period.written().replace('/', "-");
    let files = last.inputs.files();
    let is_free = |name: &String| !files.contains_key(&format!("assessment/{name}"));
    names(&format!("plan-{year}"), ".toml").find(is_free).unwrap_or_default()
}
