//! For a spreadsheet: a row for each candidate and year.

use crate::history::{History, Line, YearPlace};
use crate::report::csv::table;
use crate::report::diff::decided_in_words;
use crate::scoring::Fixed;
use crate::sheet::inert;

/// The headings.
pub(super) const HEADINGS: [&str; 20] = [
    "candidate",
    "year",
    "from",
    "to",
    "id",
    "title",
    "rank",
    "total",
    "scale",
    "could be from",
    "could be to",
    "ends",
    "tier",
    "in top tier",
    "board",
    "board place",
    "by",
    "by areas",
    "by rules",
    "by evidence",
];

/// The headings of the columns that are words, and no figures.
pub(super) const WORDS: [&str; 10] =
    ["candidate", "year", "from", "to", "id", "title", "ends", "tier", "in top tier", "board"];

/// Several years of one list as CSV, a row for each candidate and year that has it. Text that a spreadsheet would run as a
/// formula is made inert.
pub fn csv(found: &History<'_>) -> String {
    table(std::iter::once(HEADINGS.map(str::to_owned).to_vec()).chain(rows(found, inert)))
}

/// The rows without headings, with each word made `fit` to stand there. The first column is the candidate's latest id.
pub(super) fn rows<'f>(
    found: &'f History<'_>,
    fit: impl Fn(&str) -> String + Copy + 'f,
) -> impl Iterator<Item = Vec<String>> + 'f {
    found.lines.iter().enumerate().flat_map(move |(number, line)| {
        (0..found.years.len()).filter_map(move |year| row(found, (number, line), year, fit))
    })
}

fn row(
    found: &History<'_>,
    (number, line): (usize, &Line),
    year: usize,
    fit: impl Fn(&str) -> String,
) -> Option<Vec<String>> {
    let place = found.place(line, year)?;
    let about = found.years.get(year)?;
    let (assessment, rules) = (about.source.side.assessment, about.source.side.rules);
    let step = year.checked_sub(1).and_then(|step| found.total_step(number, step));
    let parts = step.and_then(|step| step.parts.as_ref());
    let shown = |figure: Option<Fixed>| figure.map(|figure| figure.to_string()).unwrap_or_default();
    let mut cells = vec![
        fit(found.latest_place(line).map_or("", |place| &place.stand.id)),
        fit(&about.label),
        assessment.period.first_day().iso(),
        assessment.period.last_day().iso(),
        fit(&place.stand.id),
        fit(&place.stand.title),
        place.stand.rank.map(|rank| rank.to_string()).unwrap_or_default(),
        shown(place.stand.total),
        rules.scale.to_string(),
    ];
    cells.extend(range(place));
    cells.extend([
        fit(&place.stand.tier),
        if place.stand.is_top { "yes" } else { "no" }.to_owned(),
        place.decided.as_ref().map(|decided| fit(&decided_in_words(decided))).unwrap_or_default(),
        place.decided.as_ref().and_then(|it| it.place).map(|place| place.to_string()).unwrap_or_default(),
    ]);
    let by = step.and_then(|step| step.by);
    let parts = [parts.and_then(|it| it.areas), parts.map(|it| it.rules), parts.map(|it| it.evidence)];
    cells.extend([by].into_iter().chain(parts).map(shown));
    Some(cells)
}

fn range(place: &YearPlace<'_>) -> [String; 3] {
    let Some(range) = place.range else { return Default::default() };
    let ends = if range.is_reached { "reached" } else { "bounds" };
    [range.low.to_string(), range.high.to_string(), ends.to_owned()]
}
