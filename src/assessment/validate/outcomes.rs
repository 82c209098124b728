//! Outcomes that evidence names, worked out once the plans are judged.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::assessment::column::Column;
use crate::assessment::evidence::{Evidence, Figure, MeasureName, Missing, Outcome};
use crate::assessment::plan::outcome::as_evidence;
use crate::assessment::plan::{Measure, Plan};
use crate::assessment::references::Document;
use crate::diagnostic::{Code, Problem, Problems, did_you_mean};

/// Puts what became of each measure in the place of its name. What can't be told is missing, and why. Documents that only a
/// plan describes are added to those of the assessment, `sources`. `named` is how many plans the assessment names: fewer are
/// there where one could not be read.
pub(super) fn work_out(
    columns: &mut BTreeMap<String, Column>,
    mut sources: BTreeMap<String, Document>,
    (reviews, plan): (&[Plan], Option<&Plan>),
    named: usize,
    problems: &mut Problems,
) -> BTreeMap<String, Document> {
    let plans: Vec<&Plan> = reviews.iter().chain(plan).collect();
    for evidence in columns.values_mut().flat_map(|column| column.written.values_mut()) {
        let Figure::Outcome(outcome) = &evidence.figure else { continue };
        match &outcome.of {
            None => problems.push(without_a_plan(evidence)),
            Some(of) => match found(&plans, of) {
                Ok((plan, measure)) => {
                    let source = &measure.cited.source;
                    if let Some(document) = plan.sources.get(source) {
                        sources.entry(source.clone()).or_insert_with(|| document.clone());
                    }
                    become_known(evidence, of.clone(), measure);
                }
                Err((message, help)) if plans.len() == named => {
                    problems.push(Problem::new(Code::UnknownId, message).at(evidence.place.clone()).help(help));
                }
                // The plan may be among those that could not be read, and that is told.
                Err(_) => {}
            },
        }
    }
    sources
}

fn without_a_plan(evidence: &Evidence) -> Problem {
    let message = "what became of a measure follows from the figures of its plan, and this names no plan";
    let help = "name the measure and its plan: `{ outcome = \"burglaries\", plan = \"plan-2025\" }`";
    Problem::new(Code::MissingKey, message).at(evidence.place.clone()).help(help)
}

/// The measure of this name, or what is wrong with the name and how to mend it.
fn found<'p>(plans: &[&'p Plan], of: &MeasureName) -> Result<(&'p Plan, &'p Measure), (String, String)> {
    let Some(plan) = plans.iter().find(|plan| *plan.id == *of.plan) else {
        let help = match plans {
            [] => "name the plan's file in `assessment.toml`: `reviews = [\"plan-2025.toml\"]`".to_owned(),
            _ => did_you_mean(&of.plan, plans.iter().map(|plan| &*plan.id)),
        };
        return Err((format!("the assessment has no plan `{}`", of.plan), help));
    };
    let measure = plan.measures.iter().find(|measure| *measure.id == *of.measure);
    let Some(measure) = measure else {
        let help = did_you_mean(&of.measure, plan.measures.iter().map(|measure| &*measure.id));
        return Err((format!("the plan `{}` has no measure `{}`", of.plan, of.measure), help));
    };
    Ok((plan, measure))
}

fn become_known(evidence: &mut Evidence, of: MeasureName, measure: &Measure) {
    let origin = Arc::make_mut(&mut evidence.origin);
    if origin.source.is_none() {
        origin.source = Some(measure.cited.source.clone());
        origin.place = Some(measure.cited.place.clone());
    }
    origin.period = measure.actual.as_ref().map(|actual| actual.period);
    evidence.figure = match as_evidence(measure) {
        Ok((word, found)) => Figure::Outcome(Outcome { of: Some(of), word, found: Arc::new(found) }),
        Err(why) => {
            let title = measure.title.trim_end_matches('.');
            Figure::Missing(Missing(format!("what became of “{title}” can’t be told. {why}").into()))
        }
    };
}
