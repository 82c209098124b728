//! What a choice rests on: conditions, what each action is judged to reach, and where amounts are from.

use super::words::{demand_in_words, figure, in_order, the_set, there_is};
use crate::assessment::plan::options::{Action, Basis, Reach};
use crate::choose::choice::Choice;
use crate::ranked::RankedAssessment;
use crate::report::section::{Section, SectionCell};
use crate::words::{joined, listed, upper_first};

fn section(title: &str, about: &str, headings: &[&str], rows: Vec<Vec<String>>) -> Section {
    let cells = |row: Vec<String>| row.into_iter().map(SectionCell::text).collect();
    Section {
        title: title.to_owned(),
        about: about.to_owned(),
        headings: headings.iter().map(|heading| (*heading).to_owned()).collect(),
        rows: rows.into_iter().map(cells).collect(),
        notes: Vec::new(),
        wordy: headings.len() - 1,
    }
}

/// What a set must satisfy; none where nothing is asked of it.
pub(super) fn conditions(choice: &Choice<'_>) -> Option<Section> {
    let conditions = &choice.case.options.conditions;
    let row = |condition: &crate::assessment::plan::options::Condition| {
        vec![upper_first(&demand_in_words(choice, &condition.demand)), condition.reason.clone()]
    };
    let about = format!("{} keeps to all of these.", upper_first(the_set(&choice.best)));
    let rows: Vec<Vec<String>> = conditions.iter().map(row).collect();
    (!rows.is_empty()).then(|| section("What a set must satisfy", &about, &["Condition", "Why"], rows))
}

/// What each action is judged to reach, by whom and why.
pub(super) fn judged(report: &RankedAssessment<'_>, choice: &Choice<'_>) -> Section {
    let title = |id: &str| {
        let found = choice.case.candidates.iter().find(|candidate| candidate.id == id);
        found.map_or_else(|| id.to_owned(), |candidate| candidate.title.clone())
    };
    let reach = |reach: &Reach| {
        let between =
            reach.between.map_or_else(String::new, |(low, high)| format!(" ({} to {})", figure(low), figure(high)));
        let by = if reach.by.is_empty() { String::new() } else { format!(", by {}", listed(&reach.by)) };
        format!("{} of {}{between}{by}", figure(reach.share), title(&reach.candidate))
    };
    let row = |action: &Action| {
        let reached: Vec<String> = action.serves.iter().map(reach).collect();
        vec![action.title.clone(), reached.join("; "), told(report, &action.basis)]
    };
    let about =
        "The share of each candidate that an action would reach, with the least and the most where they are said.";
    let actions = &choice.case.options.actions;
    let rows = in_order(choice).into_iter().filter_map(|number| actions.get(number)).map(row).collect();
    section("What each action would reach", about, &["Action", "Reaches", "Who says so, and why"], rows)
}

/// How much there is of each resource, and where that is from.
pub(super) fn amounts(report: &RankedAssessment<'_>, choice: &Choice<'_>) -> Section {
    let resources = choice.case.options.resources.iter().enumerate();
    let rows = resources.map(|(number, it)| vec![it.title.clone(), there_is(choice, number), told(report, &it.basis)]);
    let about = "How much there is, and who says so.";
    section("Where amounts are from", about, &["Resource", "There is", "Who says so"], rows.collect())
}

/// A document and the place in it, or who judged it, when and why.
fn told(report: &RankedAssessment<'_>, basis: &Basis) -> String {
    let sources = report.assessment.plan.as_ref().map(|plan| &plan.sources);
    let title =
        |id: &String| sources.and_then(|sources| sources.get(id)).map_or_else(|| id.clone(), |it| it.title.clone());
    let cited = basis.cited.as_ref().map(|cited| format!("{}, {}", title(&cited.source), cited.place));
    let judged = [&basis.by, &basis.date, &basis.because].into_iter().flatten().cloned();
    let judged: Vec<String> = judged.collect();
    let judged = (!judged.is_empty()).then(|| judged.join(", "));
    let made_up = basis.illustration.then(|| "an illustration".to_owned());
    let all: Vec<String> = cited.into_iter().chain(judged).chain(made_up).chain(basis.note.clone()).collect();
    match all.split_last() {
        // What another part follows ends with no full stop.
        Some((last, before)) if !before.is_empty() => {
            let before: Vec<String> = before.iter().map(|part| part.trim_end_matches('.').to_owned()).collect();
            format!("{}; {last}", joined(&before))
        }
        _ => all.concat(),
    }
}
