//! A measure a row, for a spreadsheet.

use super::tables::{aim, chance_in_words};
use super::view::ReviewView;
use crate::assessment::plan::Reading;
use crate::report::csv::table;
use crate::review::{ChanceVerdict, MeasureReview, PlanReview};
use crate::sheet::inert;

const HEADER: [&str; 20] = [
    "plan",
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
    "outcome",
    "because",
    "by chance",
    "p",
    "chance in words",
    "owner",
    "source",
];

/// The measures as CSV with a header row. Text that a spreadsheet would run as a formula is made inert.
pub fn csv(view: &ReviewView<'_>) -> String {
    let rows = view.plans.iter().flat_map(|plan| plan.measures.iter().map(move |it| row(plan, it)));
    table(std::iter::once(HEADER.map(str::to_owned).to_vec()).chain(rows))
}

/// The measures as rows of cells, the header first.
pub(super) fn header() -> Vec<String> {
    HEADER.map(str::to_owned).to_vec()
}

pub(super) fn row(plan: &PlanReview<'_>, it: &MeasureReview<'_>) -> Vec<String> {
    let measure = it.measure;
    let text = |text: &Option<String>| inert(text.as_deref().unwrap_or_default());
    let figure = |reading: &Option<Reading>| reading.as_ref().map(number).unwrap_or_default();
    let period = |reading: &Option<Reading>| reading.as_ref().map(|it| it.period.written()).unwrap_or_default();
    let change = it.change.filter(|change| change.low == change.high);
    let percent = change.and_then(|change| change.percent).map(|(percent, _)| percent.to_string());
    let chance = match it.chance.verdict {
        ChanceVerdict::CouldExplain => "could-explain",
        ChanceVerdict::DoesNotExplain => "does-not-explain",
        ChanceVerdict::CannotTell(_) => "cannot-tell",
    };
    vec![
        inert(&plan.plan.id),
        inert(&measure.id),
        inert(&measure.title),
        text(&measure.priority),
        text(&measure.regard),
        text(&measure.unit),
        figure(&measure.baseline),
        period(&measure.baseline),
        figure(&measure.actual),
        period(&measure.actual),
        inert(&aim(measure)),
        change.map(|change| change.low.to_string()).unwrap_or_default(),
        percent.unwrap_or_default(),
        it.outcome.word.word().to_owned(),
        inert(&it.outcome.because),
        chance.to_owned(),
        it.chance.p().map(|p| format!("{p:.6}")).unwrap_or_default(),
        inert(&chance_in_words(&it.chance)),
        text(&measure.owner),
        inert(&format!("{}, {}", measure.cited.source, measure.cited.place)),
    ]
}

/// A figure as a number; one that is withheld as it was printed.
fn number(reading: &Reading) -> String {
    if reading.is_range() { inert(&reading.printed) } else { reading.low.to_string() }
}
