//! The plans that last year's assessment reviewed. One whose time is not over stays, with its figures asked for again; of the
//! others the measures may be asked for again in the plan of next year.

use toml::{Table, Value};

use super::super::asked::Asking;
use super::super::last::LastYear;
use super::super::rewriting::Rewriting;
use super::super::rewriting::Step::{At, Key};
use super::measures::{linked, not_filed_yet, written};
use crate::assessment::plan::{Measure, Plan, Reading};
use crate::diagnostic::Problem;
use crate::words::counted;

/// What last year's reviews leave for next year.
pub(super) struct Reviewed<'a> {
    /// The files of the plans whose time is not over, by name.
    pub(super) files: Vec<(String, String)>,
    /// The measures whose time is over, those of the latest plan first.
    pub(super) ended: Vec<(&'a Plan, &'a Measure)>,
    /// What becomes of them, in sentences.
    pub(super) told: Vec<String>,
}

impl<'a> Reviewed<'a> {
    /// What the plans in the files of these names leave.
    ///
    /// # Errors
    /// A file that is not UTF-8.
    pub(super) fn of(last: &LastYear<'a>, asking: &Asking<'_>, names: &[String]) -> Result<Self, Problem> {
        let mut reviewed = Self { files: Vec::new(), ended: Vec::new(), told: Vec::new() };
        // The later plan says what a measure is now.
        for plan in last.ranked.assessment.reviews.iter().rev() {
            let (ended, open): (Vec<&Measure>, Vec<&Measure>) =
                plan.measures.iter().map(|measure| &**measure).partition(|measure| asking.is_over(measure.target.by));
            reviewed.ended.extend(ended.into_iter().map(|measure| (plan, measure)));
            let Some(name) = names.iter().find(|name| stem(name) == plan.id) else { continue };
            if open.is_empty() && asking.is_over(plan.period) {
                continue;
            }
            let Some(text) = last.text(name)? else { continue };
            reviewed.files.insert(0, (name.clone(), going_on(&text, plan, asking)));
            reviewed.told.push(format!(
                "To review: `{name}` too, whose time is not over; to file: {} of it.",
                counted(open.len(), "measure", "measures")
            ));
        }
        Ok(reviewed)
    }
}

fn stem(name: &str) -> &str {
    let name = name.rsplit('/').next().unwrap_or_default();
    name.strip_suffix(".toml").unwrap_or(name)
}

/// A plan whose time is not over: without the measures whose time is, and with the figures of the others asked for again.
fn going_on(text: &str, plan: &Plan, asking: &Asking<'_>) -> String {
    let Some(mut file) = Rewriting::new(text) else { return text.to_owned() };
    let measures: Vec<Value> =
        file.tree().get("measure").and_then(Value::as_array).into_iter().flatten().cloned().collect();
    // From the last to the first, so that those before keep their numbers where one is taken out.
    for (at, measure) in measures.iter().enumerate().rev() {
        let id = measure.get("id").and_then(Value::as_str);
        let Some(judged) = plan.measures.iter().find(|it| Some(&*it.id) == id) else { continue };
        if asking.is_over(judged.target.by) {
            file.leave_out(&[Key("measure"), At(at)]);
            continue;
        }
        baseline_as_filed(&mut file, at, measure, judged.baseline.as_ref());
        file.leave_out(&[Key("measure"), At(at), Key("claims")]);
        let is_past = judged.due.is_some_and(|due| asking.is_over(due));
        if is_past {
            file.leave_out(&[Key("measure"), At(at), Key("due")]);
        }
        ask_again(&mut file, at, measure, judged, asking);
    }
    file.finish("")
}

/// The figure of the plan's period asked for: evidence by its period, and any other as one that is not there yet. Parts of
/// the period go on.
fn ask_again(file: &mut Rewriting<'_>, at: usize, measure: &Value, judged: &Measure, asking: &Asking<'_>) {
    let steps = |key| [Key("measure"), At(at), Key(key)];
    match judged.actual.as_ref().and_then(|actual| actual.link.as_ref()) {
        Some(link) if measure.get("actual").is_some() => {
            let next = format!("actual = {}", linked(link, asking.next)).parse::<Table>().unwrap_or_default();
            if let Some(next) = next.get("actual").and_then(Value::as_table) {
                file.replace(&steps("actual"), next, "");
            }
        }
        _ => {
            let has_parts = measure.get("progress").is_some();
            if measure.get("actual").is_some() {
                file.leave_out(&steps("actual"));
            }
            if !has_parts && measure.get("missing").is_none() {
                file.add(&[Key("measure"), At(at)], "missing", Value::String(not_filed_yet(asking)));
            }
        }
    }
}

/// The baseline with its figure where it named evidence, which next year's assessment does not file.
pub(super) fn baseline_as_filed(file: &mut Rewriting<'_>, at: usize, measure: &Value, judged: Option<&Reading>) {
    let is_named = measure.get("baseline").and_then(|it| it.get("evidence")).is_some();
    let Some(figure) = judged.filter(|_| is_named).and_then(written) else { return };
    let filed = format!("baseline = {figure}").parse::<Table>().unwrap_or_default();
    if let Some(filed) = filed.get("baseline").and_then(Value::as_table) {
        file.replace(&[Key("measure"), At(at), Key("baseline")], filed, "");
    }
}
