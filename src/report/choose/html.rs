//! For a browser: one file, no script, with the curve drawn.

use super::chart::curve_chart;
use super::tables::{TITLE, header, sections};
use crate::choose::choice::Choice;
use crate::ranked::RankedAssessment;
use crate::report::html::sections_page;

/// The best set of a plan, as a page.
pub fn html(report: &RankedAssessment<'_>, choice: &Choice<'_>) -> String {
    let page = sections_page(TITLE, &header(report, choice), &sections(choice));
    let charts: Vec<String> = choice.by_resource.iter().filter_map(|view| curve_chart(choice, view)).collect();
    // The table of the curve stands below; the charts come before all tables.
    match page.split_once("<h2>") {
        Some((head, rest)) if !charts.is_empty() => format!("{head}{}<h2>{rest}", charts.concat()),
        _ => page,
    }
}
