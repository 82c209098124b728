//! For a browser: one file, no script, with the curve drawn. It reads on a phone and on paper.

use super::chart::curve_chart;
use super::tables::{TITLE, header, sections};
use crate::choose::choice::Choice;
use crate::ranked::RankedAssessment;
use crate::report::readable_page::{PageHead, readable_page};

/// What the page adds to the look of the paper.
const STYLE: &str = include_str!("style.css");

/// The best set of a plan, as a page.
pub fn html(report: &RankedAssessment<'_>, choice: &Choice<'_>) -> String {
    let title = report.assessment.plan.as_ref().map_or("", |plan| &plan.title);
    let charts: Vec<String> = choice.by_resource.iter().filter_map(|view| curve_chart(choice, view)).collect();
    let head = PageHead {
        document: &format!("{title}: the best set of actions"),
        title: TITLE,
        handling: report.assessment.handling,
        above: &report.assessment.partnership,
        lines: &header(report, choice),
        skip: "Skip to the best set",
        style: STYLE,
    };
    readable_page(&head, &charts.concat(), &sections(report, choice))
}
