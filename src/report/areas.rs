//! A list for each area or kind: all of them on one page, and the index of pages that have one each.

use std::collections::BTreeMap;

use super::section::{Section, SectionCell};
use super::sections_view::SectionsView;
use super::{answered, csv};
use crate::explain::{range_in_a_cell, standing_at_the_line};
use crate::ranked::RankedAssessment;
use crate::rules::ListPer;
use crate::scoring::{Standing, Trace};
use crate::sheet::inert;
use crate::words::{counted, listed, upper_first};

/// The lists of all areas as text.
pub fn areas_text(report: &RankedAssessment<'_>, colour: bool) -> String {
    view(report, lists(report)).text(colour)
}

/// The lists of all areas as Markdown.
pub fn areas_markdown(report: &RankedAssessment<'_>) -> String {
    view(report, lists(report)).markdown()
}

/// The lists of all areas as a page.
pub fn areas_html(report: &RankedAssessment<'_>) -> String {
    view(report, lists(report)).html()
}

/// The index of the areas' pages, whose names end in `ending`, as Markdown.
pub fn index_markdown(report: &RankedAssessment<'_>, ending: &str) -> String {
    view(report, vec![index(report, ending)]).markdown()
}

/// The index of the areas' pages, whose names end in `ending`, as a page.
pub fn index_html(report: &RankedAssessment<'_>, ending: &str) -> String {
    view(report, vec![index(report, ending)]).html()
}

/// The index of the areas' files, whose names end in `ending`, as CSV.
pub fn index_csv(report: &RankedAssessment<'_>, ending: &str) -> String {
    let [code, title] = csv::list_headings(report.rules).unwrap_or(["list", "list title"]);
    let headings = [code, title, "file", "candidates", "first tier"].map(str::to_owned);
    let row = |(code, traces): (&str, Vec<&Trace<'_>>)| {
        let title = report.rules.list_title(report.assessment, code).to_owned();
        let first: Vec<&str> = in_first_tier(&traces).map(|trace| &*trace.candidate.id).collect();
        let file = format!("{code}.{ending}");
        [code.to_owned(), title, file, traces.len().to_string(), first.join(" ")].map(|cell| inert(&cell))
    };
    csv::table(std::iter::once(headings).chain(by_list(report).into_iter().map(row)))
}

fn view<'a>(report: &RankedAssessment<'a>, sections: Vec<Section>) -> SectionsView<'a> {
    let assessment = report.assessment;
    SectionsView { title: &assessment.title, handling: assessment.handling, lines: header(report), sections }
}

/// The lists by code, each with its candidates in order.
fn by_list<'r, 'a>(report: &'r RankedAssessment<'a>) -> BTreeMap<&'r str, Vec<&'r Trace<'a>>> {
    let mut lists: BTreeMap<&str, Vec<&Trace<'_>>> = BTreeMap::new();
    for trace in &report.traces {
        lists.entry(report.rules.list_of(trace.candidate)).or_default().push(trace);
    }
    for traces in lists.values_mut() {
        traces.sort_by_key(|trace| trace.standing);
    }
    lists
}

fn header(report: &RankedAssessment<'_>) -> Vec<String> {
    let (assessment, rules) = (report.assessment, report.rules);
    let lists = by_list(report).len();
    let candidates = counted(report.traces.len(), "candidate", "candidates");
    let mut lines = vec![
        assessment.partnership.clone(),
        format!("{}, {}", assessment.title, assessment.period),
        format!("Ranked by: {}, version {}", rules.name, rules.version),
        match rules.per {
            Some(ListPer::Kind) => format!(
                "{}, {candidates} in all, by what kind they are: ranks, tiers and their places are within the list.",
                counted(lists, "list", "lists"),
            ),
            _ => format!(
                "A list for each of {}, {candidates} in all: ranks, tiers and their places are within the area.",
                counted(lists, "area", "areas"),
            ),
        },
    ];
    lines.extend(report.warnings.iter().map(|warning| format!("To know: {}.", warning.message)));
    lines
}

fn lists(report: &RankedAssessment<'_>) -> Vec<Section> {
    let list = |(code, traces): (&str, Vec<&Trace<'_>>)| {
        let title = report.rules.list_title(report.assessment, code);
        Section {
            title: if title == code { code.to_owned() } else { format!("{title} ({code})") },
            about: format!("{}.", counted(traces.len(), "candidate", "candidates")),
            headings: ["candidate", "rank", "total", "could be", "answered", "tier"].map(str::to_owned).into(),
            rows: traces.into_iter().map(|trace| row(trace, report)).collect(),
            notes: Vec::new(),
            wordy: 1,
        }
    };
    by_list(report).into_iter().map(list).collect()
}

fn row(trace: &Trace<'_>, report: &RankedAssessment<'_>) -> Vec<SectionCell> {
    let or_dash = |text: Option<String>| SectionCell::text(text.unwrap_or_else(|| "–".to_owned()));
    vec![
        SectionCell::text(&trace.candidate.title),
        or_dash(trace.shown_rank().map(|rank| rank.to_string())),
        or_dash(trace.total.map(|total| total.to_string())),
        SectionCell::text(trace.range.map_or_else(String::new, range_in_a_cell)),
        SectionCell::text(answered(trace)),
        SectionCell::text(standing_at_the_line(trace, report.rules)),
    ]
}

fn in_first_tier<'r, 'a>(traces: &'r [&'r Trace<'a>]) -> impl Iterator<Item = &'r Trace<'a>> {
    traces.iter().copied().filter(|trace| trace.standing == Standing::Tier(0))
}

fn index(report: &RankedAssessment<'_>, ending: &str) -> Section {
    let tier = report.rules.tiers.first().map_or("", |tier| &tier.title);
    let row = |(code, traces): (&str, Vec<&Trace<'_>>)| {
        let first: Vec<String> = in_first_tier(&traces).map(|trace| trace.candidate.title.clone()).collect();
        let link = Some(format!("{code}.{ending}"));
        let area = SectionCell { link, ..SectionCell::text(report.rules.list_title(report.assessment, code)) };
        vec![
            area,
            SectionCell::text(traces.len().to_string()),
            SectionCell::text(code),
            SectionCell::text(listed(&first)),
        ]
    };
    let (heading, each) = match report.rules.per {
        Some(ListPer::Kind) => ("list", "Each list has a page"),
        _ => ("area", "Each area has a page with its list"),
    };
    Section {
        title: upper_first(&format!("{heading}s")),
        about: format!("{each}; here is what is in \"{tier}\"."),
        headings: vec![heading.to_owned(), "candidates".to_owned(), "code".to_owned(), tier.to_owned()],
        rows: by_list(report).into_iter().map(row).collect(),
        notes: Vec::new(),
        wordy: 2,
    }
}
