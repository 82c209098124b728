//! What every chart has round its marks: title, what it is of, key, rows in their bands, and whom it leaves out.

use super::svg::{Drawing, Mark};
use crate::explain::standing_in_words;
use crate::ranked::RankedAssessment;
use crate::scoring::Trace;

/// So many candidates are drawn; the key says how many are left out.
const MOST_ROWS: usize = 60;

/// Those with a total, by where they stand and in the order of the list, as far as they are drawn.
pub(super) fn rows<'t, 'a>(report: &'t RankedAssessment<'a>) -> Vec<(String, Vec<&'t Trace<'a>>)> {
    let mut room = MOST_ROWS;
    let mut bands = Vec::new();
    for (standing, traces) in report.by_standing() {
        let drawn: Vec<&Trace<'_>> = traces.into_iter().filter(|trace| trace.total.is_some()).take(room).collect();
        room -= drawn.len();
        if !drawn.is_empty() {
            bands.push((standing_in_words(standing, report.rules), drawn));
        }
    }
    bands
}

/// Whom the chart leaves out, in words; nothing where nobody.
pub(super) fn left_out(report: &RankedAssessment<'_>, bands: &[(String, Vec<&Trace<'_>>)]) -> Option<String> {
    let drawn: usize = bands.iter().map(|(_, traces)| traces.len()).sum();
    let without = report.traces.iter().filter(|trace| trace.total.is_none()).count();
    let more = report.traces.len() - without - drawn;
    let told = [(without, "without a total"), (more, "further down the list")];
    let told: Vec<String> =
        told.into_iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
    (!told.is_empty()).then(|| format!("Not on the chart: {}.", told.join(", ")))
}

/// Of what it is a chart, in a line.
fn of_what(report: &RankedAssessment<'_>) -> String {
    let (assessment, rules) = (report.assessment, report.rules);
    format!("{}, {}. Ranked by: {}, version {}.", assessment.partnership, assessment.period, rules.name, rules.version)
}

/// The handling mark, the title, what it shows and the key, and then the room for its marks.
pub(super) fn headed(report: &RankedAssessment<'_>, title: &str, about: &str, key: &[(Mark, &str)]) -> Drawing {
    let mut drawing = Drawing::new();
    if let Some(handling) = report.assessment.handling {
        drawing.line_of_words("small", handling.mark());
    }
    drawing.line_of_words("title", title);
    drawing.line_of_words("small", about);
    drawing.line_of_words("small", &of_what(report));
    drawing.key(key);
    drawing
}
