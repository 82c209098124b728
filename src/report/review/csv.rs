//! A measure or an action a row, for a spreadsheet.

use super::tables::aim;
use super::view::ReviewView;
use crate::assessment::Period;
use crate::assessment::plan::Reading;
use crate::assessment::plan::outcome::{Ruling, chance_in_words};
use crate::report::csv::table;
use crate::review::{ActionReview, MeasureReview, PlanReview};
use crate::sheet::inert;

pub(super) const HEADER: [&str; 23] = [
    "plan",
    "kind",
    "id",
    "title",
    "priority",
    "regard",
    "unit",
    "baseline",
    "baseline period",
    "actual",
    "actual period",
    "aim",
    "change",
    "change percent",
    "rate change percent",
    "outcome",
    "because",
    "by chance",
    "p",
    "chance in words",
    "owner",
    "due",
    "source",
];

/// The columns of figures.
pub(super) const FIGURES: [&str; 6] = ["baseline", "actual", "change", "change percent", "rate change percent", "p"];

/// The measures and actions as CSV with a header row. Text that a spreadsheet would run as a formula is made inert.
pub fn csv(view: &ReviewView<'_>) -> String {
    table(std::iter::once(HEADER.map(str::to_owned).to_vec()).chain(rows(view, inert)))
}

/// The measures and actions as rows of cells; what words become is `word`'s.
pub(super) fn rows<'v>(view: &'v ReviewView<'_>, word: fn(&str) -> String) -> impl Iterator<Item = Vec<String>> + 'v {
    view.plans.iter().flat_map(move |plan| {
        let actions = plan.actions.iter().map(move |it| action_row(plan, it, word));
        plan.measures.iter().map(move |it| row(plan, it, word)).chain(actions)
    })
}

fn row(plan: &PlanReview<'_>, it: &MeasureReview<'_>, word: fn(&str) -> String) -> Vec<String> {
    let measure = it.measure;
    let text = |text: &Option<String>| word(text.as_deref().unwrap_or_default());
    let number = |reading: &Reading| if reading.is_range() { word(&reading.printed) } else { reading.low.to_string() };
    let figure = |reading: &Option<Reading>| reading.as_ref().map(number).unwrap_or_default();
    let period = |reading: &Option<Reading>| reading.as_ref().map(|it| it.period.written()).unwrap_or_default();
    let change = it.change.filter(|change| change.low == change.high);
    let percent = change.and_then(|change| change.percent).map(|(percent, _)| percent.to_string());
    vec![
        word(&plan.plan.id),
        "measure".to_owned(),
        word(&measure.id),
        word(&measure.title),
        text(&measure.priority),
        text(&measure.regard),
        text(&measure.unit),
        figure(&measure.baseline),
        period(&measure.baseline),
        figure(&measure.actual),
        period(&measure.actual),
        word(&aim(measure)),
        change.map(|change| change.low.to_string()).unwrap_or_default(),
        percent.unwrap_or_default(),
        change.and_then(|change| change.rate_percent).map(|percent| percent.to_string()).unwrap_or_default(),
        it.outcome.word.word().to_owned(),
        word(&because(&it.outcome)),
        it.chance.verdict.word().to_owned(),
        it.chance.p().map(|p| format!("{p:.6}")).unwrap_or_default(),
        word(&chance_in_words(&it.chance)),
        text(&measure.owner),
        measure.due.map(Period::iso_day).unwrap_or_default(),
        word(&format!("{}, {}", measure.cited.source, measure.cited.place)),
    ]
}

/// Why, and what a reader should know beside that.
fn because(outcome: &Ruling) -> String {
    let all: Vec<&str> = std::iter::once(&outcome.because).chain(&outcome.caveats).map(String::as_str).collect();
    all.join(" ")
}

/// An action's row: what is done of it stands as the actual, in per cent.
fn action_row(plan: &PlanReview<'_>, it: &ActionReview<'_>, word: fn(&str) -> String) -> Vec<String> {
    let (action, latest) = (it.action, it.action.progress.last());
    let cell = |heading: &str| match heading {
        "plan" => word(&plan.plan.id),
        "kind" => "action".to_owned(),
        "id" => word(&action.id),
        "title" => word(&action.title),
        "unit" => "% done".to_owned(),
        "actual" => latest.map(|latest| latest.percent.to_string()).unwrap_or_default(),
        "actual period" => latest.map(|latest| latest.day.iso_day()).unwrap_or_default(),
        "outcome" => it.outcome.word.word().to_owned(),
        "because" => word(&it.outcome.because),
        "owner" => word(action.lead.as_deref().unwrap_or_default()),
        "due" => action.due.map(Period::iso_day).unwrap_or_default(),
        _ => String::new(),
    };
    HEADER.map(cell).into()
}
