//! What the workbook is of, how to use it, and what a reader should know.

use rust_xlsxwriter::XlsxError;

use super::layout::{FIRST_ROW, Layout};
use super::scoring::is_live;
use super::sheet::SheetWriter;
use crate::explain::{parameters_in_force, tie_order, weights_origin};
use crate::rules::Shortfall;
use crate::words::{listed, number};

pub(super) fn fill(sheet: &mut SheetWriter<'_>, layout: &Layout<'_>) -> Result<(), XlsxError> {
    sheet.heading("About this workbook", "")?;
    sheet.headers(&[("What".to_owned(), 30.0), ("Is".to_owned(), 100.0)], 1)?;
    let lines = lines(layout);
    sheet.print(2, FIRST_ROW + u32::try_from(lines.len()).unwrap_or(0))?;
    for (row, (what, is)) in (FIRST_ROW..).zip(lines) {
        sheet.text(row, 0, what)?;
        sheet.text(row, 1, &is)?;
    }
    Ok(())
}

fn lines(layout: &Layout<'_>) -> Vec<(&'static str, String)> {
    let (assessment, rules) = (layout.report.assessment, layout.rules);
    let mut lines = vec![
        ("Assessment", assessment.title.clone()),
        ("Partnership", assessment.partnership.clone()),
        ("Period", assessment.period.to_string()),
    ];
    lines.extend(assessment.handling.map(|handling| ("Who may see it", handling.mark().to_owned())));
    if let Some(population) = &assessment.population {
        let (people, cited) = (number(population.people(), 0), &population.cited);
        lines.push(("Population", format!("{people} ({}, {})", cited.source, cited.place)));
        lines.extend(cited.note.clone().map(|note| ("Note on the population", note)));
    }
    lines.push(("Rule set", format!("{}, version {}", rules.name, rules.version)));
    lines.extend(rules.about.clone().map(|about| ("About the rule set", about)));
    lines.extend(rules.weights_because.clone().map(|because| ("Why these weights", because)));
    lines.extend(weights_origin(rules, &layout.report.warnings).map(|origin| ("Where the weights come from", origin)));
    let set = parameters_in_force(rules, |_| true).into_iter();
    lines.extend(set.map(|it| ("Number set by a source", format!("{}. Used by {}.", it.line(), it.read_by))));
    lines.push(("Order of equals", tie_order(rules)));
    lines.extend(how_to_use(layout).into_iter().map(|line| ("How to use it", line)));
    lines.extend(layout.report.warnings.iter().map(|warning| ("Warning", format!("{}.", warning.message))));
    lines.push(("Digest of the assessment", assessment.digest.clone()));
    lines.push(("Digest of the rule set", rules.digest.clone()));
    lines.push(("Made by", concat!("prioritise ", env!("CARGO_PKG_VERSION")).to_owned()));
    lines
}

fn how_to_use(layout: &Layout<'_>) -> Vec<String> {
    let mut lines = vec![
        "Coloured cells can be changed: weights, places and thresholds of tiers, anchors of value functions. The list on \
         the first sheet sorts itself; beside it stands what the engine ranked."
            .to_owned(),
        "What is changed here is a trial. To keep it, write it into the rule set and rank again.".to_owned(),
    ];
    let by_script = layout.rules.criteria.iter().filter(|it| it.value.shape().expression().is_some());
    let titles: Vec<String> = by_script.map(|criterion| criterion.title.clone()).collect();
    if !titles.is_empty() {
        let those = listed(&titles);
        lines.push(format!(
            "These values come from expressions of the rules and do not follow a changed measure: {those}."
        ));
    }
    if layout.rules.combine.takes_vetoes() {
        let told = "The totals compare each two candidates by all their answers: they do not recompute.";
        lines.push(told.to_owned());
    } else if !is_live(layout) {
        lines.push("The totals come from an expression that no spreadsheet can do: they do not recompute.".to_owned());
    }
    if layout.rules.too_little == Shortfall::NotRanked {
        let told =
            "Of whom too little is known to be ranked was found with the weights as filed: it does not recompute.";
        lines.push(told.to_owned());
    }
    lines.push("Gates are the engine's: no cell here makes one act or stop.".to_owned());
    lines
}
